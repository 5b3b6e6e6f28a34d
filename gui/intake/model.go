// Package intake is the Intake section of a chart: who the patient is, and what
// the program needs to know before it can choose a load, a language and the
// equipment at home.
package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
)

// Service is what this screen needs of the use cases.
type Service interface {
	Today() domain.Date
	Chart(context.Context, domain.PatientID) (clinic.Chart, error)
	Settings(context.Context) (clinic.Settings, error)
	UpdatePatient(context.Context, patient.Patient) (patient.Patient, error)
	SaveIntake(context.Context, intake.Intake) (intake.Intake, error)
	Draft(context.Context, domain.PatientID, string) (clinic.Draft, error)
	SaveDraft(context.Context, domain.PatientID, string, []byte) error
	DiscardDraft(context.Context, domain.PatientID, string) error
}

// answers are the form as it was typed. They are the draft, too: what is wrong
// is kept like what is right.
type answers struct {
	Last        string          `json:"last"`
	First       string          `json:"first"`
	Born        string          `json:"born"`
	Sex         string          `json:"sex"`
	Phone       string          `json:"phone"`
	NoPhone     bool            `json:"no_phone"`
	MainProblem string          `json:"main_problem"`
	Weight      string          `json:"weight"`
	WeightUnit  domain.MassUnit `json:"weight_unit"`
	Language    string          `json:"language"`
	Bells       string          `json:"bells"`
	// BellUnit is the unit of the sizes written without one. It is kept with
	// them, so that another unit of the clinic never makes 15 pounds 15 kilograms.
	BellUnit domain.MassUnit `json:"bell_unit"`
	// Dumbbells, Bars and Plates are lists like Bells, in the same unit.
	Dumbbells string `json:"dumbbells"`
	Bars      string `json:"bars"`
	Plates    string `json:"plates"`
	// Barbell and Backpack are yes, no or, not asked, empty.
	Barbell  string `json:"barbell"`
	Backpack string `json:"backpack"`
}

// model is the section without widgets.
type model struct {
	svc  Service
	id   domain.PatientID
	unit domain.MassUnit

	patient patient.Patient
	intake  intake.Intake
	saved   bool // an intake version exists
	stored  answers
	form    answers
	// problems of the last check, by field; empty until the form is checked.
	problems domain.Problems
	checked  bool
	// kept is the draft as it was last written.
	kept string
}

// newModel starts from the chart, so that the rail is right before the section
// is shown.
func newModel(svc Service, chart clinic.Chart) *model {
	m := &model{svc: svc, id: chart.Patient.ID, unit: domain.Pound}
	m.take(chart)
	return m
}

// take takes over what the records say.
func (m *model) take(chart clinic.Chart) {
	m.patient, m.intake, m.saved = chart.Patient, intake.Intake{PatientID: m.id}, chart.Intake != nil
	if m.saved {
		m.intake = *chart.Intake
	}
	m.stored = m.fromRecords()
}

// load reads the records and the draft. It reports whether unfinished work was
// brought back.
func (m *model) load(ctx context.Context) (restored bool, err error) {
	chart, err := m.svc.Chart(ctx, m.id)
	if err != nil {
		return false, err
	}
	settings, err := m.svc.Settings(ctx)
	switch {
	case err == nil:
		m.unit = settings.LoadUnit
	case !errors.Is(err, domain.ErrNotFound):
		return false, err
	}
	m.take(chart)
	if m.form != (answers{}) {
		return false, nil // what is being typed outlives a refresh
	}
	m.form = m.stored
	d, err := m.svc.Draft(ctx, m.id, clinic.SectionIntake)
	if errors.Is(err, domain.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var typed answers
	if json.Unmarshal(d.Data, &typed) != nil {
		return false, nil //nolint:nilerr // a draft of another version of the form says nothing
	}
	m.form, m.kept = typed, string(d.Data)
	return typed != m.stored, nil
}

func (m *model) fromRecords() answers {
	p, in := m.patient, m.intake
	a := answers{Last: p.LastName, First: p.FirstName, Sex: string(p.Sex), Phone: p.Phone, NoPhone: p.NoPhone,
		MainProblem: in.MainProblem, Language: in.Language, WeightUnit: m.unit,
		BellUnit: m.unit, Barbell: string(in.Home.Barbell), Backpack: string(in.Home.Backpack)}
	home := in.Home
	a.Bells = equipment.SizesText(home.Kettlebells, home.Ranges, equipment.Kettlebell, m.unit)
	a.Dumbbells = equipment.SizesText(home.Dumbbells, home.Ranges, equipment.Dumbbell, m.unit)
	a.Bars = equipment.BarsText(home.Bars, m.unit)
	a.Plates = equipment.PlatesText(home.Plates, m.unit, false)
	if b := p.BirthDate; !b.IsZero() {
		a.Born = b.Slashed()
	}
	if a.Language == "" {
		a.Language = "en"
	}
	if !in.BodyMass.IsZero() {
		a.Weight, a.WeightUnit = in.BodyMass.Value.String(), in.BodyMass.Unit
	}
	return a
}

// dirty reports whether the form differs from the records.
func (m *model) dirty() bool { return m.form != m.stored }

// read turns what was typed into records, with everything that is wrong.
func (m *model) read() (patient.Patient, intake.Intake, domain.Problems) {
	var out domain.Problems
	p, in := m.patient, m.intake
	p.LastName, p.FirstName, p.Sex = m.form.Last, m.form.First, patient.Sex(m.form.Sex)
	p.Phone, p.NoPhone = m.form.Phone, m.form.NoPhone
	born, _, wrong := patient.ParseBirthDate(m.form.Born, m.svc.Today())
	p.BirthDate = born
	if wrong != "" {
		out.Add("birth_date", wrong)
	}
	for _, x := range patient.Validate(p, m.svc.Today()) {
		if x.Field != "birth_date" || wrong == "" {
			out = append(out, x)
		}
	}
	if p.Sex == patient.SexUnknown {
		out.Add("sex", "Choose female or male. Some safety rules depend on it.")
	}
	in.PatientID, in.MainProblem, in.Language = m.id, m.form.MainProblem, m.form.Language
	in.BodyMass = domain.Mass{}
	if text := strings.TrimSpace(m.form.Weight); text != "" {
		v, err := domain.ParseDecimal(text)
		if err != nil || v.Sign() <= 0 {
			out.Add("body_mass", "Body weight must be a number, such as 154 or 72.5")
		} else {
			in.BodyMass = domain.Mass{Value: v, Unit: m.form.WeightUnit}
		}
	}
	in.Home = m.home(&out)
	for _, x := range intake.Validate(in) {
		x.Field = fieldOf(x.Field, in.Home)
		out = append(out, x)
	}
	return p, in, out
}

// The fields of the equipment at home.
const (
	fieldBells     = "home.kettlebells"
	fieldDumbbells = "home.dumbbells"
	fieldBars      = "home.bars"
	fieldPlates    = "home.plates"
	fieldBarbell   = "home.barbell"
	fieldBackpack  = "home.backpack"
)

// home reads the equipment at home.
func (m *model) home(out *domain.Problems) (h equipment.Home) {
	var ranges []equipment.Range
	wrong := map[string]string{}
	unit := m.form.BellUnit
	h.Kettlebells, h.Ranges, wrong[fieldBells] = equipment.ParseSizes(m.form.Bells, equipment.Kettlebell, unit)
	h.Dumbbells, ranges, wrong[fieldDumbbells] = equipment.ParseSizes(m.form.Dumbbells, equipment.Dumbbell, unit)
	h.Ranges = append(h.Ranges, ranges...)
	h.Bars, wrong[fieldBars] = equipment.ParseBars(m.form.Bars, unit)
	h.Plates, wrong[fieldPlates] = equipment.ParsePlates(m.form.Plates, unit, false)
	h.Barbell, h.Backpack = equipment.Answer(m.form.Barbell), equipment.Answer(m.form.Backpack)
	for _, field := range []string{fieldBells, fieldDumbbells, fieldBars, fieldPlates} {
		if wrong[field] != "" {
			out.Add(field, wrong[field])
		}
	}
	return h
}

// fieldOf is the field of this form that a problem of an intake belongs to.
func fieldOf(path string, h equipment.Home) string {
	list, item, _ := strings.Cut(path, "[")
	if list != "home.ranges" {
		return list
	}
	for i, r := range h.Ranges {
		if item == fmt.Sprintf("%d]", i) && r.Of == equipment.Dumbbell {
			return fieldDumbbells
		}
	}
	return fieldBells
}

// check judges the whole form.
func (m *model) check() {
	_, _, m.problems = m.read()
	m.checked = true
}

// recheck takes away the messages that were put right; it adds none while
// somebody is typing.
func (m *model) recheck() {
	if !m.checked {
		return
	}
	_, _, now := m.read()
	var still domain.Problems
	for _, x := range m.problems {
		if now.For(x.Field) != "" {
			still = append(still, domain.Problem{Field: x.Field, Text: now.For(x.Field)})
		}
	}
	m.problems = still
}

// save keeps the identity, when it was changed, and the intake. Nothing is
// written while anything is wrong.
func (m *model) save(ctx context.Context) error {
	m.check()
	if len(m.problems) > 0 {
		return m.problems
	}
	p, in, _ := m.read()
	if patient.Clean(p) != m.patient {
		q, err := m.svc.UpdatePatient(ctx, p)
		if err != nil {
			return m.refused(err)
		}
		m.patient = q
	}
	kept, err := m.svc.SaveIntake(ctx, in)
	if err != nil {
		return m.refused(err)
	}
	m.intake, m.saved, m.kept = kept, true, ""
	m.stored = m.fromRecords()
	m.form = m.stored
	return nil
}

// refused takes over the problems of a use case, so that they stand beside
// their fields.
func (m *model) refused(err error) error {
	var list domain.Problems
	if errors.As(err, &list) {
		m.problems, m.checked = list, true
	}
	return err
}

// draft returns what is typed when it differs from the records and from the
// last draft that was kept; nil otherwise.
func (m *model) draft() []byte {
	if !m.dirty() {
		return nil
	}
	b, err := json.Marshal(m.form)
	if err != nil || string(b) == m.kept {
		return nil
	}
	return b
}

// saveDraft keeps what is typed. It reports whether anything was written.
func (m *model) saveDraft(ctx context.Context) (bool, error) {
	b := m.draft()
	if b == nil {
		return false, m.dropStaleDraft(ctx)
	}
	if err := m.svc.SaveDraft(ctx, m.id, clinic.SectionIntake, b); err != nil {
		return false, err
	}
	m.kept = string(b)
	return true, nil
}

// dropStaleDraft removes a draft when the form was typed back to what the
// records say.
func (m *model) dropStaleDraft(ctx context.Context) error {
	if m.dirty() || m.kept == "" {
		return nil
	}
	m.kept = ""
	return m.svc.DiscardDraft(ctx, m.id, clinic.SectionIntake)
}

// discard gives up what was typed.
func (m *model) discard(ctx context.Context) error {
	if err := m.svc.DiscardDraft(ctx, m.id, clinic.SectionIntake); err != nil {
		return err
	}
	m.form, m.kept, m.problems, m.checked = m.stored, "", nil, false
	return nil
}

// status is the word on the rail.
func (m *model) status() string {
	switch {
	case m.form != (answers{}) && m.dirty():
		return "draft"
	case m.saved:
		return "done"
	}
	return "not started"
}

// age is the age of the saved birth date, in completed years today.
func (m *model) age() int { return m.patient.BirthDate.AgeOn(m.svc.Today()) }

// noted is how many sizes are named one by one.
const noted = 8

// bellNote says how the sizes were read, each with its unit; "" without sizes.
func (m *model) bellNote() string {
	var home equipment.Home
	home.Kettlebells, home.Ranges, _ = equipment.ParseSizes(m.form.Bells, equipment.Kettlebell, m.form.BellUnit)
	bells := home.Bells()
	if len(bells) > noted {
		return fmt.Sprintf("%d sizes, %s to %s", len(bells), bells[0], bells[len(bells)-1])
	}
	out := make([]string, len(bells))
	for i, b := range bells {
		out[i] = b.String()
	}
	return strings.Join(out, ", ")
}

// ageNote says how the birth date was read: "40 years", or a remark about a
// year of two digits.
func (m *model) ageNote() string {
	born, note, wrong := patient.ParseBirthDate(m.form.Born, m.svc.Today())
	if wrong != "" {
		return ""
	}
	if note != "" {
		return note
	}
	return years(born.AgeOn(m.svc.Today()))
}
