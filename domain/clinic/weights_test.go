package clinic_test

import (
	"encoding/json"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
)

// TestOldRecordsAreUnderstood: settings and intakes from before the inventory
// keep their bells; "no barbell" of then was never asked as a question.
func TestOldRecordsAreUnderstood(t *testing.T) {
	var s clinic.Settings
	if err := json.Unmarshal([]byte(`{"version":3,"clinic_name":"A","kettlebells":[{"value":16,"unit":"kg"},{"value":35,"unit":"lb"}],"load_unit":"lb"}`), &s); err != nil {
		t.Fatal(err)
	}
	if b := s.Equipment.Bells(); len(b) != 2 || b[0].String() != "35 pounds" || b[1].String() != "16 kilograms" || s.Version != 3 {
		t.Errorf("%+v", s)
	}
	for text, want := range map[string]equipment.Answer{"true": equipment.Yes, "false": equipment.NotAsked} {
		var in intake.Intake
		if err := json.Unmarshal([]byte(`{"version":1,"home_kettlebells":[{"value":8,"unit":"kg"}],"home_barbell":`+text+`}`), &in); err != nil {
			t.Fatal(err)
		}
		if in.Home.Barbell != want || len(in.Home.Bells()) != 1 {
			t.Errorf("%s: %+v", text, in.Home)
		}
	}
}

// TestAWeightThatIsNotOnTheList: 37 pounds when only 35 and 40 are there.
func TestAWeightThatIsNotOnTheList(t *testing.T) {
	inv := equipment.Inventory{Kettlebells: []domain.Mass{pounds(35), pounds(40)}}
	if got := equipment.Offer(pounds(37), inv.Bells()); got == "" {
		t.Error("37 pounds is offered nothing")
	}
	d, plan := trains(t)
	s, err := d.Settings(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Equipment = inv
	if _, err := d.SaveSettings(d.ctx, s); err != nil {
		t.Fatal(err)
	}
	log := d.goodLog(plan)
	log.Exercises[0].Exercise = "kb_deadlift"
	load := pounds(37)
	log.Exercises[0].Prescribed.Load = &load
	for i := range log.Exercises[0].Done {
		log.Exercises[0].Done[i].Load = &load
	}
	_, err = d.LogSession(d.ctx, plan.ID, log)
	problem(t, err, "exercises[0].done[0].load", "The nearest are 35 pounds and 40 pounds")
	load = pounds(40)
	d.log(plan, log)
}

func pounds(n int) domain.Mass { return domain.Mass{Value: domain.NewDecimal(n), Unit: domain.Pound} }
