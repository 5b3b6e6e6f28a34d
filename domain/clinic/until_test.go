package clinic_test

import (
	"errors"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

// The first answers of this screen count for 7 days, so the sheet ends with it, however
// late it is given out; the rules say the same on its last day and on the next.
func TestHandoutUntil(t *testing.T) {
	for _, c := range []struct{ wait, want int }{{0, 7}, {3, 4}, {7, 0}, {9, 0}} {
		d := open(t)
		d.saveIntake()
		d.signScreen()
		plan := d.signPlan("1B")
		d.clock.addDays(c.wait)
		until, err := d.HandoutUntil(d.ctx, plan.ID)
		if err != nil {
			t.Fatal(err)
		}
		days := d.Today().DaysUntil(until)
		if days != c.want {
			t.Errorf("given out after %d days it counts for %d days, want %d", c.wait, days, c.want)
		}
		d.clock.addDays(days)
		if err := d.CheckHandout(d.ctx, plan.ID, false); c.wait <= 7 && err != nil {
			t.Errorf("given out after %d days, the screen forbids it on its last day: %v", c.wait, err)
		}
		d.clock.addDays(1)
		if err := d.CheckHandout(d.ctx, plan.ID, false); err == nil {
			t.Errorf("given out after %d days it ends too early", c.wait)
		}
	}
}

// A stage-0 sheet outlives the tests of the screen, and ends after HandoutDays.
func TestHandoutUntilOfAPreparation(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(`{"biering_sorensen":{"seconds":40}}`)
	plan := d.signPlan("0")
	until, err := d.HandoutUntil(d.ctx, plan.ID)
	if days := d.Today().DaysUntil(until); err != nil || days > clinic.HandoutDays || days < 1 {
		t.Errorf("%d days, %v", days, err)
	}
	d.clock.addDays(d.Today().DaysUntil(until))
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Errorf("on its last day: %v", err)
	}
}

func TestHandoutUntilWithoutAPlan(t *testing.T) {
	d := open(t)
	if got, err := d.HandoutUntil(d.ctx, "no such plan"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("%v, %v", got, err)
	}
}
