package clinic_test

import (
	"slices"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/program"
)

// twice is a desk where 2A at 20 pounds was trained well twice, with the next
// days known.
func twice(t *testing.T) (*desk, clinic.SignedPlan) {
	d := open(t)
	s, err := d.Settings(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Equipment = equipment.Inventory{Kettlebells: []domain.Mass{pounds(10), pounds(15), pounds(20), pounds(25), pounds(35), pounds(40)}}
	if _, err := d.SaveSettings(d.ctx, s); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SaveIntake(d.front, intake.Intake{PatientID: d.patient.ID, Language: "en", BodyMass: pounds(154)}); err != nil {
		t.Fatal(err)
	}
	d.signScreen(`{"history":{"highest_stage_exited":1}}`)
	plan := d.signPlan("2B")
	for range 2 {
		logged := d.log(plan, d.goodLog(plan))
		d.clock.addDays(1)
		if _, err := d.RecordNextDayPain(d.ctx, logged.ID, 2); err != nil {
			t.Fatal(err)
		}
	}
	return d, plan
}

func (d *desk) advice() clinic.Advice {
	d.t.Helper()
	all, err := d.Suggestions(d.ctx, d.patient.ID)
	if err != nil || len(all) == 0 {
		d.t.Fatalf("%d suggestions, %v", len(all), err)
	}
	return all[0]
}

func TestAcceptASuggestion(t *testing.T) {
	d, plan := twice(t)
	a := d.advice()
	if a.Offer == nil || len(a.Suggestion.Reasons) == 0 {
		t.Fatalf("two good sessions offer nothing: %+v", a.Suggestion)
	}
	if now, err := d.Plans(d.ctx, d.patient.ID); err != nil || len(now) != 1 {
		t.Fatalf("a suggestion was applied by itself: %d plans, %v", len(now), err)
	}
	_, err := d.AcceptSuggestion(d.front, d.patient.ID, a)
	refused(t, err, "Only a therapist")
	stale := a
	stale.Suggestion.SubStage = "2D"
	_, err = d.AcceptSuggestion(d.ctx, d.patient.ID, stale)
	refused(t, err, "have changed since this suggestion was shown")
	signed, err := d.AcceptSuggestion(d.ctx, d.patient.ID, a)
	if err != nil || signed.Version != plan.Version+1 || len(signed.Changes) == 0 || signed.Changes[0].Text == "" {
		t.Fatalf("%+v, %v", signed, err)
	}
	if got := clinic.Worked(signed.Plan.Items[0]); got.Load == nil || got.Load.Cmp(*a.Suggestion.Work.Load) != 0 || got.Reps != a.Suggestion.Work.Reps {
		t.Errorf("the plan asks for %+v, the suggestion for %+v", got, a.Suggestion.Work)
	}
	if err := d.CheckHandout(d.ctx, signed.ID, true); err != nil {
		t.Errorf("the plan that was just signed cannot go home: %v", err)
	}
	if tail := d.trail(); !slices.Equal(tail[len(tail)-2:], []string{"plan.sign", "suggestion.accept"}) {
		t.Errorf("the trail ends with %v", tail)
	}
	// What was earned is still there when the plan is read again.
	again, err := d.DraftPlan(d.ctx, d.patient.ID, signed.Plan.SubStage)
	if err != nil || clinic.Worked(again.Items[0]).Load.Cmp(*a.Suggestion.Work.Load) != 0 {
		t.Errorf("read again: %+v, %v", again.Items, err)
	}
}

func TestChooseAnotherDose(t *testing.T) {
	d, _ := twice(t)
	choice := func(load *domain.Mass) clinic.Choice {
		return clinic.Choice{Place: program.AtClinic, SubStage: "2B", Sets: 3, Reps: 8, Load: load, Reason: "Slow week"}
	}
	p37, p25 := pounds(37), pounds(25)
	_, err := d.PreviewChoice(d.ctx, d.patient.ID, choice(&p37))
	problem(t, err, "load", "The nearest are 35 pounds and 40 pounds")
	_, err = d.PreviewChoice(d.ctx, d.patient.ID, choice(nil))
	problem(t, err, "load", "Enter the weight")
	without := choice(&p25)
	without.Reason = " "
	_, err = d.ChangeSuggestion(d.ctx, d.patient.ID, without)
	problem(t, err, "reason", "Enter why")
	far := choice(&p25)
	far.SubStage = "4A"
	_, err = d.ChangeSuggestion(d.ctx, d.patient.ID, far)
	if err == nil {
		t.Error("a step above the screen was signed")
	}
	signed, err := d.ChangeSuggestion(d.ctx, d.patient.ID, choice(&p25))
	if err != nil || signed.Changes[0].Reason != "Slow week" || clinic.Worked(signed.Plan.Items[0]).Load.String() != "25 pounds" {
		t.Fatalf("%+v, %v", signed.Changes, err)
	}
}
