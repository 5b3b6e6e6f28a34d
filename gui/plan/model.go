// Package plan is the Plan section of a chart: the ladder of stages, where the
// patient stands on it, what each gate needs, and the exercises of the
// sub-stage that is looked at. What is shown at the right is what gets signed,
// nothing else.
package plan

import (
	"context"
	"encoding/json"
	"errors"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// Service is what this screen needs of the use cases.
type Service interface {
	Chart(context.Context, domain.PatientID) (clinic.Chart, error)
	CurrentDecision(context.Context, domain.PatientID) (clinic.Current, error)
	DraftPlan(context.Context, domain.PatientID, program.Code) (program.Plan, error)
	SignPlan(context.Context, domain.PatientID, program.Plan) (clinic.SignedPlan, error)
	Plans(context.Context, domain.PatientID) ([]clinic.SignedPlan, error)
	Draft(context.Context, domain.PatientID, string) (clinic.Draft, error)
	SaveDraft(context.Context, domain.PatientID, string, []byte) error
	Settings(context.Context) (clinic.Settings, error)
	Suggestions(context.Context, domain.PatientID) ([]clinic.Advice, error)
	AcceptSuggestion(context.Context, domain.PatientID, clinic.Advice) (clinic.SignedPlan, error)
	PreviewChoice(context.Context, domain.PatientID, clinic.Choice) (program.Plan, error)
	ChangeSuggestion(context.Context, domain.PatientID, clinic.Choice) (clinic.SignedPlan, error)
	PreviewSessions(context.Context, domain.PatientID, program.Where, course.Assumption) ([]course.Ahead, error)
	RecordPractitioner(context.Context, domain.PatientID, clinic.Practitioner) (clinic.Ruling, error)
}

// choice is the draft: the sub-stage somebody chose but has not signed.
type choice struct {
	SubStage program.Code `json:"sub_stage"`
}

// drafted is what the rules answer for one sub-stage: a plan, or why not.
type drafted struct {
	plan    program.Plan
	refused domain.Problems
}

// model is the section without widgets.
type model struct {
	svc   Service
	route *program.Library
	id    domain.PatientID

	loaded bool
	chart  clinic.Chart
	why    screen.Explanation
	// answers are the plans the rules give today, by sub-stage.
	answers map[program.Code]drafted
	// advice is what the sessions suggest, by place.
	advice []clinic.Advice
	// looking is the sub-stage whose exercises are shown.
	looking program.Code
	// walked are the sub-stages that had a signed plan.
	walked map[program.Code]bool
	// chosen is the sub-stage of the draft, "" for none.
	chosen program.Code
}

// newModel returns a model that knows the chart, but nothing of the plans yet.
func newModel(svc Service, route *program.Library, chart clinic.Chart) *model {
	return &model{svc: svc, route: route, id: chart.Patient.ID, chart: chart, answers: map[program.Code]drafted{}}
}

// load reads the records and asks the rules about every sub-stage. The
// sub-stage that was looked at stays when it still can be.
func (m *model) load(ctx context.Context) error {
	chart, err := m.svc.Chart(ctx, m.id)
	if err != nil {
		return err
	}
	now, err := m.svc.CurrentDecision(ctx, m.id)
	if err != nil && !errors.Is(err, domain.ErrNotFound) {
		return err
	}
	settings, err := m.svc.Settings(ctx)
	if err != nil && !errors.Is(err, domain.ErrNotFound) {
		return err
	}
	plans, err := m.svc.Plans(ctx, m.id)
	if err != nil {
		return err
	}
	m.advice = nil
	if chart.Plan != nil {
		m.advice, err = m.svc.Suggestions(ctx, m.id)
		if err != nil && !errors.Is(err, domain.ErrNotAllowed) {
			return err
		}
	}
	walked := map[program.Code]bool{}
	for _, p := range plans {
		walked[p.Plan.SubStage] = true
	}
	chosen, err := m.draft(ctx)
	if err != nil {
		return err
	}
	answers := map[program.Code]drafted{}
	for _, code := range m.codes() {
		plan, err := m.svc.DraftPlan(ctx, m.id, code)
		switch {
		case err == nil:
			answers[code] = drafted{plan: plan}
		case errors.Is(err, domain.ErrNotAllowed):
			answers[code] = drafted{refused: clinic.Reasons(err)}
		default:
			return err
		}
	}
	m.route = m.route.In(settings.LoadUnit.Lengths())
	m.chart, m.why, m.walked, m.chosen, m.answers, m.loaded = chart, now.Explanation, walked, chosen, answers, true
	if !m.allowed(m.looking) {
		m.looking = m.start()
	}
	return nil
}

// draft returns the sub-stage of the draft, "" when there is none.
func (m *model) draft(ctx context.Context) (program.Code, error) {
	d, err := m.svc.Draft(ctx, m.id, clinic.SectionPlan)
	if errors.Is(err, domain.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var c choice
	if json.Unmarshal(d.Data, &c) != nil {
		return "", nil //nolint:nilerr // a draft of another version of the form says nothing
	}
	return c.SubStage, nil
}

// codes are the preparation and every sub-stage, lowest first.
func (m *model) codes() []program.Code {
	out := []program.Code{program.Preparation}
	for _, s := range m.route.SubStages() {
		out = append(out, s.Code)
	}
	return out
}

// allowed reports whether the rules give a plan for the sub-stage today.
func (m *model) allowed(code program.Code) bool {
	a, ok := m.answers[code]
	return ok && a.refused == nil
}

// start is the sub-stage to look at first: the draft, else that of the plan in
// force, else the usual start after this screen.
func (m *model) start() program.Code {
	if m.allowed(m.chosen) {
		return m.chosen
	}
	if p := m.chart.Plan; p != nil && m.standing() && m.allowed(p.Plan.SubStage) {
		return p.Plan.SubStage
	}
	if usual := m.route.Usual(m.why.Decision); usual != "" {
		return usual
	}
	return program.Preparation
}

// standing reports whether the signed plan stands on the newest screen.
func (m *model) standing() bool {
	return m.chart.Plan != nil && m.chart.Screen != nil && m.chart.Plan.ScreenID == m.chart.Screen.ID
}

// current reports whether the sub-stage looked at is the plan in force, word
// for word, so that there is nothing to sign.
func (m *model) current() bool { return m.inForce(m.looking) }

// inForce reports whether the rules give the signed plan for the sub-stage.
func (m *model) inForce(code program.Code) bool {
	a, ok := m.answers[code]
	if !ok || a.refused != nil || !m.standing() {
		return false
	}
	x, err := json.Marshal(a.plan)
	if err != nil {
		return false
	}
	y, err := json.Marshal(m.chart.Plan.Plan)
	return err == nil && string(x) == string(y)
}

// lookAt shows another sub-stage.
func (m *model) lookAt(code program.Code) { m.looking = code }

// choose keeps the sub-stage looked at as the draft. It reports whether
// anything was written.
func (m *model) choose(ctx context.Context) (bool, error) {
	if !m.allowed(m.looking) || m.looking == m.chosen || m.current() {
		return false, nil
	}
	data, err := json.Marshal(choice{m.looking})
	if err != nil {
		return false, err
	}
	if err := m.svc.SaveDraft(ctx, m.id, clinic.SectionPlan, data); err != nil {
		return false, err
	}
	m.chosen = m.looking
	return true, nil
}
