package program_test

import (
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/program"
)

func span(low, high int) *program.Range { return &program.Range{Min: low, Max: high} }

// TestATemplateNeverAsksForMore than the route that was reviewed.
func TestATemplateNeverAsksForMore(t *testing.T) {
	l := library(t)
	six, eight, zero := 6, 8, 0
	for _, c := range []struct {
		name  string
		edit  program.StepEdit
		field string
	}{
		{"fewer_sets", program.StepEdit{SubStage: "3A", Sets: span(2, 3)}, ""},
		{"more_sets", program.StepEdit{SubStage: "3A", Sets: span(3, 4)}, "steps[0].sets"},
		{"no_sets", program.StepEdit{SubStage: "3A", Sets: span(0, 0)}, "steps[0].sets"},
		{"backward", program.StepEdit{SubStage: "3A", Reps: span(8, 6)}, "steps[0].reps"},
		{"more_repeats", program.StepEdit{SubStage: "3A", Reps: span(9, 9)}, "steps[0].reps"},
		{"shorter_rest", program.StepEdit{SubStage: "3A", RestSeconds: span(119, 180)}, "steps[0].rest_seconds"},
		{"longer_rest", program.StepEdit{SubStage: "3A", RestSeconds: span(120, 600)}, ""},
		{"endless_rest", program.StepEdit{SubStage: "3A", RestSeconds: span(120, 601)}, "steps[0].rest_seconds"},
		{"more_days", program.StepEdit{SubStage: "3A", DaysPerWeek: span(2, 3)}, "steps[0].days_per_week"},
		{"lower_effort", program.StepEdit{SubStage: "3A", EffortRPE: &six}, ""},
		{"higher_effort", program.StepEdit{SubStage: "3A", EffortRPE: &eight}, "steps[0].effort_rpe"},
		{"no_effort", program.StepEdit{SubStage: "3A", EffortRPE: &zero}, "steps[0].effort_rpe"},
		{"accessories", program.StepEdit{SubStage: "3A", Accessories: []string{"front_plank", "suitcase_carry"}}, ""},
		{"no_such_accessory", program.StepEdit{SubStage: "3A", Accessories: []string{"deadlift"}}, "steps[0].accessories"},
		{"four_accessories", program.StepEdit{SubStage: "3A", Accessories: []string{"bridge", "bird_dog", "front_plank", "dead_bug"}}, "steps[0].accessories"},
		{"no_such_step", program.StepEdit{SubStage: "5A"}, "steps[0].sub_stage"},
	} {
		p := l.CheckTemplate(program.Template{Name: "Ours", Steps: []program.StepEdit{c.edit}})
		if (c.field == "") != (len(p) == 0) || c.field != "" && p.For(c.field) == "" {
			t.Errorf("%s: %v, want a problem of %q", c.name, p, c.field)
		}
		if l2, err := l.With(program.Template{Name: "Ours", Steps: []program.StepEdit{c.edit}}); (err == nil) != (c.field == "") || (l2 == nil) != (err != nil) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if p := l.CheckTemplate(program.Template{}); p.For("name") == "" {
		t.Errorf("a template without a name: %v", p)
	}
}

// TestATemplateLeavesTheRouteAlone: the clone has its own doses, version and
// hash; the shipped route keeps its own.
func TestATemplateLeavesTheRouteAlone(t *testing.T) {
	l := library(t)
	before, hash := l.SubStages()[6], l.Hash()
	five := 5
	c, err := l.With(program.Template{Name: "Irritable", Steps: []program.StepEdit{
		{SubStage: "3A", Sets: span(2, 2), EffortRPE: &five, Accessories: []string{"suitcase_carry", "dead_bug"}}}})
	if err != nil {
		t.Fatal(err)
	}
	in := input(3, "3A")
	in.Last = map[program.Code]domain.Mass{"2D": mass("35", domain.Pound)}
	in.Clinic.Bars = masses(domain.Pound, "35")
	plan, p := program.Prescribe(c, in)
	if len(p) > 0 || plan.Items[0].Dose.Sets != *span(2, 2) || plan.Items[0].Dose.EffortRPE != 5 || plan.Items[0].Dose.RIR != 5 {
		t.Errorf("%+v, %v", plan, p)
	}
	if plan.ProtocolHash != c.Hash() || c.Hash() == hash || !strings.HasPrefix(plan.ProtocolVersion, l.Version+"-") {
		t.Errorf("the plan names %s %s", plan.ProtocolVersion, plan.ProtocolHash)
	}
	carry := plan.Items[2]
	if carry.Exercise != "suitcase_carry" || carry.Load == nil || carry.Load.Value.String() != "15" || carry.OnSheet {
		t.Errorf("the carry is %+v", carry)
	}
	after := l.SubStages()[6]
	if after.Dose != before.Dose || l.Hash() != hash || strings.Join(after.Accessories, " ") != strings.Join(before.Accessories, " ") {
		t.Error("the route changed")
	}
	if m := c.In(domain.Centimeter); m.Hash() != c.Hash() || m.SubStages()[6].Dose.Sets != *span(2, 2) {
		t.Error("the clone in centimeters is another route")
	}
}
