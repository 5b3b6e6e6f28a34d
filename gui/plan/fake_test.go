package plan

import (
	"context"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func moment() time.Time { return time.Date(2026, time.November, 22, 11, 4, 0, 0, time.UTC) }

// route is a short route with the shape of the real one.
type route struct{}

func (route) Stages() []Stage {
	return []Stage{
		{1, "Dowel hip hinge", []Step{
			{Code: "1A", Name: "Wall-tap hinge", Exit: []string{"3 sets of 10 taps with pain 3 or less"}},
			{Code: "1B", Name: "Dowel hip hinge", Exit: []string{"8 of 10 repeats keep all three contacts", "Pain 3 or less, settled in 24 hours"}}}},
		{2, "Kettlebell RDL", []Step{
			{Code: "2A", Name: "From a step, light", Gate: []string{"1B passed"}, Exit: []string{"3 sets of 10 at RPE 6 or less"}},
			{Code: "2B", Name: "From a step, heavier", Gate: []string{"2A passed"}}}},
		{3, "Rack pull", []Step{{Code: "3A", Name: "Above the knee", Gate: []string{"2B passed", "Supervision"}}}},
		{4, "Barbell deadlift", []Step{{Code: "4A", Name: "Low blocks", Gate: []string{"3A passed"}}}},
	}
}

func (r route) Step(code program.Code) Step {
	for _, st := range r.Stages() {
		for _, s := range st.Steps {
			if s.Code == code {
				return s
			}
		}
	}
	return Step{}
}

func (route) Start(stage int) program.Code {
	return map[int]program.Code{1: "1B", 2: "2A", 3: "3A", 4: "4A"}[stage]
}

func (route) Exercise(id string) Exercise {
	switch id {
	case "dowel":
		return Exercise{Name: "Dowel hip hinge", Setup: "Stick on head, mid-back and tail.",
			Cues: []string{"Soft knees.", "Push your hips back."}, Faults: []string{"Head leaves the stick: look at a spot 2 m ahead"}}
	case "rdl":
		return Exercise{Name: "Kettlebell RDL from a step", Setup: "Bell on a step about 30 cm high.", Cues: []string{"Arms are ropes."}}
	}
	return Exercise{Name: "Bridge"}
}

func (route) Dose(d program.Dose) string {
	if d.Sets.Min == 0 {
		return "As told"
	}
	return "3 sets of 10, 5 to 7 days a week"
}

func (route) Track(id string) Track {
	return Track{Name: map[string]string{"ENDURANCE": "Back endurance"}[id], Exit: []string{"Holds 61 seconds or more"}}
}

// fake is a clinic with one invented patient.
type fake struct {
	chart   clinic.Chart
	why     screen.Explanation
	answers map[program.Code]drafted
	draft   []byte
	signed  []program.Plan
	plans   []clinic.SignedPlan
	signErr error
	draftOK error
}

func itemOf(id string) program.Item {
	return program.Item{Exercise: id, Where: program.HomeAndClinic, OnSheet: true,
		Dose: program.Dose{Sets: program.Range{Min: 3, Max: 3}, EffortRPE: 4}}
}

func planOf(code program.Code, stage int, ids ...string) drafted {
	p := program.Plan{SubStage: code, Stage: stage, ProtocolVersion: "test"}
	for _, id := range ids {
		p.Items = append(p.Items, itemOf(id))
	}
	return drafted{plan: p}
}

func no(text string, more ...domain.Problem) drafted {
	return drafted{refused: append(domain.Problems{{Text: text}}, more...)}
}

// newFake is ready for stage 2 with a body weight.
func newFake() *fake {
	five := domain.Mass{Unit: domain.Pound}
	five.Value, _ = domain.ParseDecimal("15")
	f := &fake{chart: clinic.Chart{Age: 40, Intake: &intake.Intake{}, PlanState: "not started",
		Patient: patient.Patient{ID: "p", Number: 217, FirstName: "Maria", LastName: "Alvarez", BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}},
		Screen:  &clinic.SignedScreen{ID: "s1", TakenOn: domain.Date{Year: 2026, Month: time.November, Day: 22}}},
		answers: map[program.Code]drafted{
			"0":  planOf("0", 0, "bridge"),
			"1A": planOf("1A", 1, "dowel"), "1B": planOf("1B", 1, "dowel", "bridge"),
			"2A": planOf("2A", 2, "rdl", "dowel"),
			"2B": no("2B needs the exit of 2A."),
			"3A": no("The screen allows stage 2 at most. Choose a lower stage."), "4A": no("The screen allows stage 2 at most. Choose a lower stage.")}}
	f.answers["2A"].plan.Items[0].Load = &five
	f.answers["2A"].plan.Items[0].LoadReason = "12.5 percent of the body weight, rounded down to a bell of the clinic."
	f.decide(screen.Ready, 2, 2)
	f.why.Reasons = []screen.Reason{{State: "cap", Title: "Back surgery in the last 12 months"}}
	return f
}

func (f *fake) decide(o screen.Outcome, stage, limit int) {
	f.why.Decision = screen.Decision{Outcome: o, Stage: stage, Cap: limit}
	f.chart.Decision = f.why.Decision
}

// refuseAll makes the rules refuse every sub-stage.
func (f *fake) refuseAll(d drafted) {
	for code := range f.answers {
		f.answers[code] = d
	}
}

func (f *fake) Chart(context.Context, domain.PatientID) (clinic.Chart, error) { return f.chart, nil }

func (f *fake) CurrentDecision(context.Context, domain.PatientID) (clinic.Current, error) {
	if f.chart.Screen == nil {
		return clinic.Current{}, domain.ErrNotFound
	}
	return clinic.Current{Screen: *f.chart.Screen, Explanation: f.why}, nil
}

func (f *fake) DraftPlan(_ context.Context, _ domain.PatientID, code program.Code) (program.Plan, error) {
	a := f.answers[code]
	if a.refused != nil {
		return program.Plan{}, domain.NotAllowed(a.refused...)
	}
	return a.plan, nil
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

func (f *fake) SaveDraft(_ context.Context, _ domain.PatientID, _ string, data []byte) error {
	if f.draftOK != nil {
		return f.draftOK
	}
	f.draft = data
	return nil
}
