// Package sessions is the Sessions section of a chart: what was trained, how it
// went, what that suggests for the next time, and the paper log that a patient
// brings back.
//
// Nothing suggested is applied by itself: the therapist accepts it, or chooses
// otherwise with a reason, and signs. A session is never erased; a correction
// is a new entry that names the one before.
package sessions

import (
	"context"
	"encoding/json"
	"errors"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// Service is what this screen needs of the use cases.
type Service interface {
	Today() domain.Date
	Chart(context.Context, domain.PatientID) (clinic.Chart, error)
	Plans(context.Context, domain.PatientID) ([]clinic.SignedPlan, error)
	Draft(context.Context, domain.PatientID, string) (clinic.Draft, error)
	SaveDraft(context.Context, domain.PatientID, string, []byte) error
	DiscardDraft(context.Context, domain.PatientID, string) error
	CheckSession(context.Context, domain.PlanID, domain.SessionID, course.Session) (domain.Problems, error)
	LogSession(context.Context, domain.PlanID, course.Session) (clinic.LoggedSession, error)
	LogSessions(context.Context, domain.PlanID, []course.Session) ([]clinic.LoggedSession, error)
	CorrectSession(context.Context, domain.SessionID, course.Session, string) (clinic.LoggedSession, error)
	RecordNextDayPain(context.Context, domain.SessionID, int) (clinic.LoggedSession, error)
	Judged(context.Context, domain.PatientID) ([]clinic.JudgedSession, error)
	Suggestions(context.Context, domain.PatientID) ([]clinic.Advice, error)
	Settings(context.Context) (clinic.Settings, error)
	AcceptSuggestion(context.Context, domain.PatientID, clinic.Advice) (clinic.SignedPlan, error)
	PreviewChoice(context.Context, domain.PatientID, clinic.Choice) (program.Plan, error)
	ChangeSuggestion(context.Context, domain.PatientID, clinic.Choice) (clinic.SignedPlan, error)
	PreviewSessions(context.Context, domain.PatientID, program.Where, course.Assumption) ([]course.Ahead, error)
}

// mode is what the section shows.
type mode string

// The modes. A form is open in all but the first.
const (
	overview   mode = ""
	logging    mode = "log"
	correcting mode = "correct"
	paper      mode = "paper"
)

// typed is the open form as it was typed. It is the draft, too: what is wrong is
// kept like what is right.
type typed struct {
	Mode mode          `json:"mode"`
	Plan domain.PlanID `json:"plan"`
	// Session is the one that is corrected, Reason why.
	Session domain.SessionID `json:"session,omitempty"`
	Reason  string           `json:"reason,omitempty"`

	Date  string        `json:"date"`
	Place program.Where `json:"place"`
	// Answers are those of the safety questions by id, and "leg".
	Answers map[string]string `json:"answers,omitempty"`
	Before  string            `json:"before"`
	Rows    []typedRow        `json:"rows,omitempty"`
	After   string            `json:"after"`
	NextDay string            `json:"next_day"`
	// Unseen: the therapist did not see it. Shown are the exit criteria ticked.
	Unseen bool            `json:"unseen,omitempty"`
	Shown  map[string]bool `json:"shown,omitempty"`
	// PoorSleep, Ill and PainWeek are about the days before.
	PoorSleep bool   `json:"poor_sleep,omitempty"`
	Ill       bool   `json:"ill,omitempty"`
	PainWeek  string `json:"pain_week,omitempty"`
	// Stopping: the session was stopped, WhyStopped and StopNote say why.
	Stopping   bool              `json:"stopping,omitempty"`
	WhyStopped course.StopReason `json:"why_stopped,omitempty"`
	StopNote   string            `json:"stop_note,omitempty"`
	Note       string            `json:"note"`
	// Weeks are the weeks of a paper log.
	Weeks [paperWeeks]typedWeek `json:"weeks"`
}

// typedRow is one exercise.
type typedRow struct {
	Exercise string   `json:"exercise"`
	Load     string   `json:"load"`
	Reps     []string `json:"reps"`
	RPE      string   `json:"rpe"`
	Pain     string   `json:"pain"`
	Faulty   string   `json:"faulty"`
}

// model is the section without widgets.
type model struct {
	svc   Service
	route *program.Library
	rules *course.Rules
	id    domain.PatientID

	settings clinic.Settings

	loaded bool
	chart  clinic.Chart
	plans  []clinic.SignedPlan
	judged []clinic.JudgedSession
	advice []clinic.Advice

	form typed
	// fresh is the form as it was opened, kept the draft as last written.
	fresh, kept string
	problems    domain.Problems
}

func newModel(svc Service, rules *course.Rules, route *program.Library, chart clinic.Chart) *model {
	return &model{svc: svc, rules: rules, route: route, id: chart.Patient.ID, chart: chart}
}

// load reads the records, and the draft unless a form is open. It reports
// whether unfinished work was brought back.
func (m *model) load(ctx context.Context) (restored bool, err error) {
	chart, err := m.svc.Chart(ctx, m.id)
	if err != nil {
		return false, err
	}
	plans, err := m.svc.Plans(ctx, m.id)
	if err != nil {
		return false, err
	}
	settings, err := m.svc.Settings(ctx)
	if err != nil && !errors.Is(err, domain.ErrNotFound) {
		return false, err
	}
	m.settings = settings
	judged, err := m.svc.Judged(ctx, m.id)
	if err != nil {
		return false, err
	}
	var advice []clinic.Advice
	if chart.Plan != nil {
		advice, err = m.svc.Suggestions(ctx, m.id)
		if err != nil && !errors.Is(err, domain.ErrNotAllowed) {
			return false, err
		}
	}
	m.chart, m.plans, m.judged, m.advice, m.loaded = chart, plans, judged, advice, true
	if m.form.Mode != overview {
		return false, nil // what is being typed outlives a refresh
	}
	d, err := m.svc.Draft(ctx, m.id, clinic.SectionSessions)
	if errors.Is(err, domain.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var form typed
	if json.Unmarshal(d.Data, &form) != nil || form.Mode == overview || m.plan(form.Plan) == nil {
		return false, nil //nolint:nilerr // a draft of another version of the form says nothing
	}
	m.form, m.fresh, m.kept = form, "", string(d.Data)
	return true, nil
}

// plan returns a signed plan of the patient.
func (m *model) plan(id domain.PlanID) *clinic.SignedPlan {
	for i := range m.plans {
		if m.plans[i].ID == id {
			return &m.plans[i]
		}
	}
	return nil
}

// planOn returns the plan that was in force on the day: the newest that was
// signed by then.
func (m *model) planOn(day domain.Date) *clinic.SignedPlan {
	var found *clinic.SignedPlan
	for i := range m.plans {
		if !day.Before(domain.DateOf(m.plans[i].Signature.At)) {
			found = &m.plans[i]
		}
	}
	return found
}

// items are the exercises of the plan that are done at the place.
func items(plan *clinic.SignedPlan, place program.Where) []program.Item {
	var out []program.Item
	for _, it := range plan.Plan.Items {
		elsewhere := program.AtHome
		if place == program.AtHome {
			elsewhere = program.AtClinic
		}
		if it.Where != elsewhere && (place != program.AtHome || it.OnSheet) {
			out = append(out, it)
		}
	}
	return out
}

// mayLog says why no session can be logged, "" when one can.
func (m *model) mayLog() string {
	switch {
	case m.chart.Plan == nil:
		return "A session is logged on a signed plan. Sign the plan first."
	case m.chart.Warned:
		return "A warning question was answered yes at a session. No lifting until the patient is screened again."
	}
	return ""
}

// open begins a form.
func (m *model) open(form typed) {
	m.form, m.problems, m.kept = form, nil, ""
	m.fresh = m.packed()
}

// startLog opens the form of a session of today.
func (m *model) startLog() {
	plan := m.chart.Plan
	f := typed{Mode: logging, Plan: plan.ID, Date: m.svc.Today().Slashed(), Place: program.AtClinic, Answers: map[string]string{}, Shown: map[string]bool{}}
	f.Rows = rowsFor(plan, f.Place, nil)
	m.open(f)
}

// rowsFor are empty rows for what is done at the place; what was typed for an
// exercise stays with it.
func rowsFor(plan *clinic.SignedPlan, place program.Where, typedBefore []typedRow) []typedRow {
	var out []typedRow
	for _, it := range items(plan, place) {
		row := typedRow{Exercise: it.Exercise, Reps: make([]string, sets(it.Dose))}
		for _, old := range typedBefore {
			if old.Exercise == it.Exercise {
				reps := row.Reps
				row = old
				row.Reps = append(append([]string{}, old.Reps...), reps...)[:max(len(reps), filled(old.Reps))]
			}
		}
		out = append(out, row)
	}
	return out
}

// filled is how many of the sets hold something, counted to the last.
func filled(reps []string) int {
	for n := len(reps); n > 0; n-- {
		if reps[n-1] != "" {
			return n
		}
	}
	return 0
}

// sets is how many boxes a dose has: its sets, and one box for what is counted
// in minutes.
func sets(d program.Dose) int { return max(1, d.Sets.Max) }

// loadUnit is the unit of a weight that is typed without one.
func (m *model) loadUnit() domain.MassUnit {
	if m.settings.LoadUnit.Valid() {
		return m.settings.LoadUnit
	}
	return domain.Pound
}

// step is what the rules ask of a sub-stage.
func (m *model) step(code program.Code) course.StepRules {
	for _, s := range m.rules.SubStages {
		if s.Code == code {
			return s
		}
	}
	return course.StepRules{}
}

// replan fits the rows to the day and the place. It reports whether they
// changed.
func (m *model) replan() bool {
	f := &m.form
	if f.Mode != logging {
		return false
	}
	plan := m.plan(f.Plan)
	if day, ok := m.readDate(f.Date); ok {
		if on := m.planOn(day); on != nil {
			plan = on
		}
	}
	rows := rowsFor(plan, f.Place, f.Rows)
	same := plan.ID == f.Plan && len(rows) == len(f.Rows)
	for i := 0; same && i < len(rows); i++ {
		same = rows[i].Exercise == f.Rows[i].Exercise && len(rows[i].Reps) == len(f.Rows[i].Reps)
	}
	f.Plan, f.Rows = plan.ID, rows
	return !same
}

// packed is the form as JSON.
func (m *model) packed() string {
	b, err := json.Marshal(m.form)
	if err != nil {
		return ""
	}
	return string(b)
}

// dirty reports whether something was typed that is not in the records.
func (m *model) dirty() bool { return m.form.Mode != overview && m.packed() != m.fresh }

// saveDraft keeps what is typed. It reports whether anything was written.
func (m *model) saveDraft(ctx context.Context) (bool, error) {
	b := m.packed()
	if !m.dirty() || b == m.kept {
		return false, nil
	}
	if err := m.svc.SaveDraft(ctx, m.id, clinic.SectionSessions, []byte(b)); err != nil {
		return false, err
	}
	m.kept = b
	return true, nil
}

// closeForm gives up what was typed.
func (m *model) closeForm(ctx context.Context) error {
	if m.kept != "" {
		if err := m.svc.DiscardDraft(ctx, m.id, clinic.SectionSessions); err != nil {
			return err
		}
	}
	m.form, m.problems, m.kept, m.fresh = typed{}, nil, "", ""
	return nil
}

// status is the word on the rail.
func (m *model) status() string {
	if m.dirty() {
		return "draft"
	}
	return m.chart.SessionsState
}
