package plan

import (
	"context"
	"os"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func moment() time.Time { return time.Date(2026, time.November, 22, 11, 4, 0, 0, time.UTC) }

// library is the route of the program.
func library(t testing.TB) *program.Library {
	t.Helper()
	l, err := program.Load(os.DirFS("../../assets"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// fake is a clinic with one invented patient and the program's own route.
type fake struct {
	route   *program.Library
	chart   clinic.Chart
	why     screen.Explanation
	mass    domain.Mass
	refuse  domain.Problems // of every sub-stage
	draft   []byte
	signed  []program.Plan
	plans   []clinic.SignedPlan
	signErr error
	keepErr error
	advice  []clinic.Advice
	choices []clinic.Choice
	// practitioner is what was recorded last.
	practitioner clinic.Practitioner
}

func pounds(s string) domain.Mass {
	return domain.Mass{Value: domain.MustDecimal(s), Unit: domain.Pound}
}

// newFake is ready for stage 2, where a surgery sets the limit.
func newFake(t testing.TB) *fake {
	f := &fake{route: library(t), mass: pounds("152"), chart: clinic.Chart{Age: 40, Intake: &intake.Intake{}, PlanState: "not started",
		Patient: patient.Patient{ID: "p", Number: 217, FirstName: "Maria", LastName: "Alvarez", BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}},
		Screen:  &clinic.SignedScreen{ID: "s1", TakenOn: domain.Date{Year: 2026, Month: time.November, Day: 22}}}}
	f.decide(screen.Ready, 2, 2)
	f.why.Reasons = []screen.Reason{{State: "cap", Title: "Back surgery in the last 12 months"}}
	return f
}

func (f *fake) decide(o screen.Outcome, stage, limit int, tracks ...string) {
	f.why.Decision = screen.Decision{Outcome: o, Stage: stage, Cap: limit, Tracks: tracks}
	f.chart.Decision = f.why.Decision
}

// plan is what the rules give for a sub-stage.
func (f *fake) plan(code program.Code) program.Plan {
	p, _ := f.prescribe(code)
	return p
}

func (f *fake) prescribe(code program.Code) (program.Plan, domain.Problems) {
	if f.chart.Screen == nil {
		return program.Plan{}, domain.Problems{{Text: "There is no signed screen. Sign the screen before the plan."}}
	}
	if f.refuse != nil {
		return program.Plan{}, f.refuse
	}
	return program.Prescribe(f.route, program.Input{Decision: f.why.Decision, Want: code, BodyMass: f.mass,
		Clinic: equipment.Inventory{Kettlebells: []domain.Mass{pounds("10"), pounds("15"), pounds("20"), pounds("35")}},
		Home:   equipment.Home{Inventory: equipment.Inventory{Kettlebells: []domain.Mass{pounds("10")}}}})
}

func (f *fake) Chart(context.Context, domain.PatientID) (clinic.Chart, error) { return f.chart, nil }

func (f *fake) CurrentDecision(context.Context, domain.PatientID) (clinic.Current, error) {
	if f.chart.Screen == nil {
		return clinic.Current{}, domain.ErrNotFound
	}
	return clinic.Current{Screen: *f.chart.Screen, Explanation: f.why}, nil
}

func (f *fake) DraftPlan(_ context.Context, _ domain.PatientID, code program.Code) (program.Plan, error) {
	plan, refused := f.prescribe(code)
	if refused != nil {
		return program.Plan{}, domain.NotAllowed(refused...)
	}
	return plan, nil
}

func (f *fake) SignPlan(_ context.Context, _ domain.PatientID, p program.Plan) (clinic.SignedPlan, error) {
	if f.signErr != nil {
		return clinic.SignedPlan{}, f.signErr
	}
	f.signed, f.draft = append(f.signed, p), nil
	f.chart.Plan = &clinic.SignedPlan{ID: "plan", Version: len(f.signed), ScreenID: f.chart.Screen.ID, Plan: p,
		Signature: clinic.Signature{By: domain.Actor{Name: "R. Castello"}, At: moment()}}
	f.chart.PlanState = "signed"
	return *f.chart.Plan, nil
}

func (f *fake) Plans(context.Context, domain.PatientID) ([]clinic.SignedPlan, error) {
	return f.plans, nil
}

func (f *fake) Draft(context.Context, domain.PatientID, string) (clinic.Draft, error) {
	if f.draft == nil {
		return clinic.Draft{}, domain.ErrNotFound
	}
	return clinic.Draft{Data: f.draft}, nil
}

func (f *fake) Settings(context.Context) (clinic.Settings, error) {
	return clinic.Settings{LoadUnit: domain.Pound}, nil
}

func (f *fake) SaveDraft(_ context.Context, _ domain.PatientID, _ string, data []byte) error {
	if f.keepErr != nil {
		return f.keepErr
	}
	f.draft = data
	return nil
}

func (f *fake) Suggestions(context.Context, domain.PatientID) ([]clinic.Advice, error) {
	return f.advice, nil
}

func (f *fake) AcceptSuggestion(context.Context, domain.PatientID, clinic.Advice) (clinic.SignedPlan, error) {
	return clinic.SignedPlan{}, f.signErr
}

func (f *fake) PreviewChoice(_ context.Context, _ domain.PatientID, c clinic.Choice) (program.Plan, error) {
	f.choices = append(f.choices, c)
	return program.Plan{}, nil
}

func (f *fake) PreviewSessions(context.Context, domain.PatientID, program.Where, course.Assumption) ([]course.Ahead, error) {
	return nil, nil
}

func (f *fake) ChangeSuggestion(context.Context, domain.PatientID, clinic.Choice) (clinic.SignedPlan, error) {
	return *f.chart.Plan, f.signErr
}

func (f *fake) RecordPractitioner(_ context.Context, _ domain.PatientID, p clinic.Practitioner) (clinic.Ruling, error) {
	if p.Name == "" {
		return clinic.Ruling{}, domain.Problems{{Field: "name", Text: "Enter the name of the practitioner"}}
	}
	f.practitioner = p
	f.chart.Count.Stopped = &p
	f.refuse = nil
	return clinic.Ruling{Practitioner: &p}, nil
}
