package clinic_test

import (
	"testing"

	"backtobar/domain/course"
	"backtobar/domain/program"
)

// A session of today that must not begin is kept only with its stop; one of an
// earlier day is kept as it was.
func TestASessionThatMustNotBegin(t *testing.T) {
	yes := true
	for field, change := range map[string]func(*course.Session){
		"pain_before":            func(l *course.Session) { l.PainBefore = dec(6) },
		"new_leg_symptom":        func(l *course.Session) { l.NewLegSymptom = &yes },
		"red_flags.leg_weakness": func(l *course.Session) { l.RedFlags["leg_weakness"] = true },
	} {
		t.Run(field, func(t *testing.T) {
			d, plan := trains(t)
			log := d.goodLog(plan)
			change(&log)
			_, err := d.LogSession(d.ctx, plan.ID, log)
			problem(t, err, field, "Stop the session with its reason")
			if all, err := d.SessionVersions(d.ctx, d.patient.ID); err != nil || len(all) != 0 {
				t.Fatalf("something was kept: %v, %v", all, err)
			}
			log.Stop = &course.Stop{Reason: course.StopOther, Note: "Not begun"}
			d.log(plan, log)
			home := d.goodLog(plan)
			change(&home)
			home.Place, home.Observed = program.AtHome, false
			d.clock.addDays(1)
			d.log(plan, home)
		})
	}
}

// An average that rose by 2 rests the patient, and the next one that is lower
// lets the way back begin.
func TestAFlareUpOfTheRecords(t *testing.T) {
	d, plan := trains(t)
	add := func(average int) {
		log := d.goodLog(plan)
		log.PainWeek = dec(average)
		d.log(plan, log)
		d.clock.addDays(2)
	}
	add(2)
	add(4)
	if a := d.advice(); a.Suggestion.Action != course.ActionRest || a.Offer != nil {
		t.Fatalf("no rest in a flare-up: %+v", a.Suggestion)
	}
	add(2)
	if a := d.advice(); a.Suggestion.Action == course.ActionRest {
		t.Errorf("still resting: %+v", a.Suggestion)
	}
}
