// Package handouts is the Handouts section of a chart: the home program as it
// will be printed, the checks before it is given out, and what was given before.
//
// A sheet that somebody holds must be in the chart, and the chart must not name
// a sheet that nobody could have. So a save goes in this order: the document is
// put on the disk under a passing name, where a full disk or a missing folder
// shows; then its record is made with the exact bytes, where the rules are asked
// again; only then does the file get its name. If that last step fails, the
// record stays and says so, and "Save again" writes the kept bytes.
package handouts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/paper"
)

// Service is what this screen needs of the use cases.
type Service interface {
	Today() domain.Date
	Chart(context.Context, domain.PatientID) (clinic.Chart, error)
	Settings(context.Context) (clinic.Settings, error)
	CheckHandout(context.Context, domain.PlanID, bool) error
	IssueHandout(context.Context, clinic.HandoutRequest) (clinic.Handout, error)
	HandoutUntil(context.Context, domain.PlanID) (domain.Date, error)
	HandoutPDF(context.Context, domain.HandoutID) (clinic.Handout, error)
	Plans(context.Context, domain.PatientID) ([]clinic.SignedPlan, error)
}

// Order is everything that goes onto a sheet.
type Order struct {
	Settings  clinic.Settings
	FirstName string
	// Practice marks invented data on every page.
	Practice bool
	Plan     clinic.SignedPlan
	// Date is the day the sheet is given out, Until the last day it counts.
	Date, Until domain.Date
	// Language is "en" or "es", Paper "letter" or "a4".
	Language, Paper string
	// Large asks for the 18 point sheet.
	Large bool
}

// Sheet is a made home program.
type Sheet struct {
	paper.Sheet
	// On is the date as the sheet writes it.
	On string
	// Unreviewed: no certified translator has checked the language.
	Unreviewed bool
}

// Press makes a sheet. Its errors are domain.Problems, each naming what does
// not fit or cannot be printed.
type Press func(context.Context, Order) (Sheet, error)

// model is the section without widgets.
type model struct {
	svc   Service
	press Press
	id    domain.PatientID

	// supervised is the tick of the barbell stages, folder the answer typed.
	supervised bool
	folder     string
	// language is what was chosen here, "" while nothing was: then it is the
	// language of the intake. size is "" or "large".
	language, size string

	chart    clinic.Chart
	settings clinic.Settings
	plans    map[domain.PlanID]clinic.SignedPlan
	until    domain.Date
	loaded   bool
	// refused is why nothing may be given out today.
	refused domain.Problems
	made    made
	// unsaved is the record whose file did not get its name.
	unsaved *clinic.Handout
	// saved is the path of the file saved last.
	saved string
	busy  bool
}

// made is a finished press run.
type made struct {
	sheet Sheet
	order Order
	sum   string
	err   error
	done  bool
}

// newModel returns a model that knows the chart, but no sheet yet.
func newModel(svc Service, press Press, chart clinic.Chart, folder string) *model {
	return &model{svc: svc, press: press, id: chart.Patient.ID, chart: chart, folder: folder}
}

// load reads the records and asks the rules. It reports whether the sheet that
// was made is still the one to show.
func (m *model) load(ctx context.Context) (fresh bool, err error) {
	chart, err := m.svc.Chart(ctx, m.id)
	if err != nil {
		return false, err
	}
	settings, err := m.svc.Settings(ctx)
	if err != nil && !errors.Is(err, domain.ErrNotFound) {
		return false, err
	}
	plans, err := m.svc.Plans(ctx, m.id)
	if err != nil {
		return false, err
	}
	m.plans = map[domain.PlanID]clinic.SignedPlan{}
	for _, p := range plans {
		m.plans[p.ID] = p
	}
	if chart.Plan == nil || m.chart.Plan == nil || chart.Plan.ID != m.chart.Plan.ID {
		m.supervised = false // the tick was for another plan
	}
	m.chart, m.settings, m.loaded = chart, settings, true
	if err := m.ask(ctx); err != nil {
		return false, err
	}
	if chart.Plan != nil {
		if m.until, err = m.svc.HandoutUntil(ctx, chart.Plan.ID); err != nil {
			return false, err
		}
	}
	order, ok := m.order()
	if !ok {
		m.made = made{}
		return true, nil
	}
	return m.made.done && m.made.err == nil && same(m.made.order, order), nil
}

// ask asks the rules whether the plan may be given out today.
func (m *model) ask(ctx context.Context) error {
	m.refused = nil
	if m.chart.Plan == nil {
		return nil
	}
	err := m.svc.CheckHandout(ctx, m.chart.Plan.ID, m.supervised)
	if err != nil && !errors.Is(err, domain.ErrNotAllowed) {
		return err
	}
	m.refused = clinic.Reasons(err)
	if err != nil && len(m.refused) == 0 {
		m.refused.Add("", clinic.Sentence(err))
	}
	return nil
}

// order is what the next sheet is made of, false when there is no plan.
func (m *model) order() (Order, bool) {
	if m.chart.Plan == nil {
		return Order{}, false
	}
	return Order{Settings: m.settings, FirstName: m.chart.Patient.FirstName, Practice: m.chart.Patient.Practice,
		Plan: *m.chart.Plan, Date: m.svc.Today(), Until: m.until, Language: m.speaks(), Paper: "letter", Large: m.size == large}, true
}

// large is the choice of the 18 point sheet.
const large = "large"

// speaks is the language of the next sheet: the one chosen, else that of the
// intake, else English.
func (m *model) speaks() string {
	switch {
	case m.language != "":
		return m.language
	case m.chart.Intake != nil && m.chart.Intake.Language != "":
		return m.chart.Intake.Language
	}
	return "en"
}

// same reports whether two orders give the same sheet.
func same(a, b Order) bool {
	return a.Plan.ID == b.Plan.ID && a.FirstName == b.FirstName && a.Practice == b.Practice && a.Date == b.Date && a.Until == b.Until &&
		a.Settings.Version == b.Settings.Version && a.Language == b.Language && a.Paper == b.Paper && a.Large == b.Large
}

// make prints the order. It touches nothing of the model, so it runs in the
// background.
func (m *model) make(ctx context.Context, order Order) made {
	sheet, err := m.press(ctx, order)
	out := made{sheet: sheet, order: order, err: err, done: true}
	if err == nil {
		sum := sha256.Sum256(sheet.PDF)
		out.sum = hex.EncodeToString(sum[:])
	}
	return out
}

// take shows a finished press run, unless the order has changed since.
func (m *model) take(x made) bool {
	order, ok := m.order()
	if !ok || !same(order, x.order) {
		return false
	}
	m.made = x
	return true
}

// placeOnly reports whether the tick is all that is missing.
func (m *model) placeOnly() bool {
	return len(m.refused) == 1 && m.refused[0].Field == "supervised_place"
}

// forbidden reports whether the rules give nothing out today. Then no page is
// shown either: what can be seen can be copied from the screen.
func (m *model) forbidden() bool { return len(m.refused) > 0 && !m.placeOnly() }

// ready reports whether the sheet on the screen may be given out.
func (m *model) ready() bool {
	if !m.made.done || m.made.err != nil || len(m.refused) > 0 {
		return false
	}
	for _, c := range m.checks() {
		if c.State == failed {
			return false
		}
	}
	return true
}

// saving is one save, made of copies so that it runs in the background.
type saving struct {
	request clinic.HandoutRequest
	order   Order
	name    string
	folder  string
	// given is the record of these bytes, nil when there is none yet.
	given *clinic.Handout
}

// saved is what a save did.
type saved struct {
	record *clinic.Handout
	path   string
	// again: the record was there before.
	again bool
	// err is why there is no file; record tells whether there is a record.
	err error
}

// errNewDay: the date on the sheet is no longer today.
var errNewDay = domain.Problems{{Text: "The day has changed since this sheet was made. It was made again; look at it, then save."}}

// save returns the save of the sheet on the screen.
func (m *model) save() saving {
	s := saving{order: m.made.order, folder: m.folder, name: fileName(m.chart.Patient.Number, m.chart.Plan.Version, m.made.order.Date),
		request: clinic.HandoutRequest{PlanID: m.chart.Plan.ID, Language: m.made.order.Language, Paper: m.made.order.Paper,
			Pages: len(m.made.sheet.Pictures), PDF: m.made.sheet.PDF, SupervisedPlace: m.supervised}}
	for _, h := range m.chart.Handouts {
		if h.PlanID == m.chart.Plan.ID && h.SHA256 == m.made.sum {
			s.given = &h
		}
	}
	if m.unsaved != nil && m.unsaved.PlanID == m.chart.Plan.ID && m.unsaved.SHA256 == m.made.sum {
		s.given = m.unsaved
	}
	return s
}

// run does it. The same bytes are the same handout: when they are already in
// the chart, no second record is made.
func (m *model) run(ctx context.Context, s saving) saved {
	if m.svc.Today() != s.order.Date {
		return saved{err: errNewDay}
	}
	if s.given != nil { // the rules may have changed their answer since
		if err := m.svc.CheckHandout(ctx, s.request.PlanID, s.request.SupervisedPlace); err != nil {
			return saved{err: err}
		}
	}
	staged, err := paper.Stage(s.folder, s.name, s.request.PDF)
	if err != nil {
		return saved{record: s.given, again: s.given != nil, err: err}
	}
	if s.given == nil {
		h, err := m.svc.IssueHandout(ctx, s.request)
		if err != nil {
			staged.Drop()
			return saved{err: err}
		}
		path, err := paper.Keep(staged)
		return saved{record: &h, path: path, err: err}
	}
	path, err := paper.Keep(staged)
	return saved{record: s.given, path: path, again: true, err: err}
}

// again is one save of a handout given before.
type again struct {
	id           domain.HandoutID
	folder, name string
}

// saveAgain returns the save of a row.
func (m *model) saveAgain(r row) again {
	return again{r.handout.ID, m.folder, fileName(m.chart.Patient.Number, r.version, domain.DateOf(r.handout.At))}
}

// runAgain writes the bytes that were given out before, exactly.
func (m *model) runAgain(ctx context.Context, a again) saved {
	kept, err := m.svc.HandoutPDF(ctx, a.id)
	if err != nil {
		return saved{err: err, again: true}
	}
	staged, err := paper.Stage(a.folder, a.name, kept.PDF)
	if err != nil {
		return saved{record: &kept, again: true, err: err}
	}
	path, err := paper.Keep(staged)
	return saved{record: &kept, path: path, again: true, err: err}
}

// fileName names the file by the chart and the plan, never by the patient.
func fileName(chart, planVersion int, on domain.Date) string {
	return fmt.Sprintf("home-program-%06d-%d-%s.pdf", chart, planVersion, on)
}
