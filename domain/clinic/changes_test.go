package clinic_test

import (
	"testing"

	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
)

// bells replaces the kettlebells of the clinic, in pounds.
func (d *desk) bells(sizes ...int) {
	d.t.Helper()
	s, err := d.Settings(d.ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	s.Equipment = equipment.Inventory{}
	for _, n := range sizes {
		s.Equipment.Kettlebells = append(s.Equipment.Kettlebells, pounds(n))
	}
	if _, err := d.SaveSettings(d.ctx, s); err != nil {
		d.t.Fatal(err)
	}
}

// A bell that was taken away never makes a plan heavier than what was decided.
func TestABellThatIsGoneNeverMakesThePlanHeavier(t *testing.T) {
	d, _ := twice(t)
	p15 := pounds(15)
	if _, err := d.ChangeSuggestion(d.ctx, d.patient.ID, clinic.Choice{Place: program.AtClinic, SubStage: "2B", Sets: 3, Reps: 8,
		Load: &p15, Reason: "Sore after the weekend"}); err != nil {
		t.Fatal(err)
	}
	d.bells(10, 20, 25, 35)
	plan, err := d.DraftPlan(d.ctx, d.patient.ID, "2B")
	if err != nil {
		t.Fatal(err)
	}
	if got := clinic.Worked(plan.Items[0]); got.Load == nil || got.Load.Cmp(pounds(10)) != 0 || got.Reps != 8 {
		t.Errorf("without the 15: %+v", got)
	}
	d.bells(20, 25, 35)
	_, err = d.DraftPlan(d.ctx, d.patient.ID, "2B")
	refused(t, err, "No weight in the clinic is as light as 15 pounds")
}

// A sub-stage that is chosen by hand begins with the last weight at most.
func TestAnotherStepByHandIsNoHeavier(t *testing.T) {
	d, plan := twice(t)
	last := *plan.Plan.Items[0].Load
	for _, code := range []program.Code{"2A", "2C", "2D"} {
		shown, err := d.DraftPlan(d.ctx, d.patient.ID, code)
		if err != nil {
			t.Fatal(err)
		}
		if got := clinic.Worked(shown.Items[0]); got.Load == nil || got.Load.Cmp(last) > 0 {
			t.Errorf("%s begins with %v after %s", code, got.Load, last)
		}
		if _, err := d.SignPlan(d.ctx, d.patient.ID, shown); err != nil {
			t.Errorf("%s cannot be signed as read: %v", code, err)
		}
		again, err := d.DraftPlan(d.ctx, d.patient.ID, code)
		if err != nil || clinic.Worked(again.Items[0]).Load.Cmp(*clinic.Worked(shown.Items[0]).Load) != 0 {
			t.Errorf("%s read again: %+v, %v", code, again.Items, err)
		}
	}
}
