package clinic_test

import (
	"testing"

	"backtobar/domain/course"
)

// A screen that is only signed again has asked nothing: it never answers a
// warning of a session, neither on the same day nor later.
func TestSigningAgainAnswersNoWarning(t *testing.T) {
	for name, days := range map[string]int{"the same day": 0, "three days later": 3} {
		t.Run(name, func(t *testing.T) {
			d, plan := trains(t)
			log := d.goodLog(plan)
			log.RedFlags["saddle"] = true
			log.Stop = &course.Stop{Reason: course.StopRedFlag}
			d.clock.set(d.clock.Now().Add(3600e9))
			d.log(plan, log)
			d.clock.addDays(days)
			d.clock.set(d.clock.Now().Add(3600e9))
			if _, err := d.SignAgain(d.ctx, d.patient.ID, d.current().Screen.ID); err != nil {
				t.Fatal(err)
			}
			_, err := d.DraftPlan(d.ctx, d.patient.ID, "1A")
			refused(t, err, "No lifting until the patient is screened again")
			if a := d.advice(); a.Suggestion.Action != course.ActionRefer || a.Offer != nil {
				t.Errorf("suggested %+v", a.Suggestion)
			}
			chart, err := d.Chart(d.ctx, d.patient.ID)
			if err != nil || !chart.Warned {
				t.Errorf("the chart is not warned: %v", err)
			}
			d.clock.set(d.clock.Now().Add(3600e9))
			d.signScreen()
			if _, err := d.DraftPlan(d.ctx, d.patient.ID, "1A"); err != nil {
				t.Errorf("after a screen that was asked: %v", err)
			}
		})
	}
}
