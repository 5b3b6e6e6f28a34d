package clinic_test

import (
	"context"
	"slices"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

const stopAnswers = `{"red_flags":{"CES1":"yes"}}`

func (d *desk) found(f clinic.Finding) (clinic.Ruling, error) {
	d.t.Helper()
	now := d.current()
	if now.Stopped == nil {
		d.t.Fatal("no stop is open")
	}
	return d.RecordFinding(d.ctx, d.patient.ID, now.Stopped.ID, f)
}

func (d *desk) finding() clinic.Finding {
	return clinic.Finding{By: "Dr. A. Example", Profession: "emergency physician", On: d.Today(),
		Text: "MRI without compression, bladder scan normal"}
}

// Answering no on the next screen does not undo an emergency: it closes with a
// medical finding.
func TestOtherAnswersDoNotCloseAStop(t *testing.T) {
	for name, c := range map[string]struct{ stop, sentence string }{
		"emergency": {stopAnswers, "The emergency of Nov 22, 2026 has no medical finding on record"},
		"urgent":    {`{"red_flags":{"CA1":"yes"}}`, "The urgent referral of Nov 22, 2026 has no medical finding on record"},
		"pressure":  {`{"vitals":{"systolic_mmhg":181}}`, "The urgent referral of Nov 22, 2026 has no medical finding on record"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.saveIntake()
			d.signScreen()
			plan := d.signPlan("1B")
			d.signScreen(c.stop)
			if now := d.current(); now.Stopped == nil || now.OpenStop != "" {
				t.Errorf("on the stop itself: %v %q", now.Stopped, now.OpenStop)
			}
			d.signScreen()
			_, err := d.DraftPlan(d.ctx, d.patient.ID, "1B")
			refused(t, err, c.sentence)
			_, err = d.SignPlan(d.ctx, d.patient.ID, plan.Plan)
			refused(t, err, c.sentence)
			refused(t, d.CheckHandout(d.ctx, plan.ID, true), c.sentence)
			if until, err := d.HandoutUntil(d.ctx, plan.ID); err != nil || until != d.Today() {
				t.Errorf("the sheet counts until %s, %v", until, err)
			}
			chart, err := d.Chart(d.ctx, d.patient.ID)
			if err != nil || chart.OpenStop == "" || chart.Next.Text != "Stop not closed: record the finding" {
				t.Errorf("the chart says %q, %q, %v", chart.OpenStop, chart.Next.Text, err)
			}
			r, err := d.found(d.finding())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.DraftPlan(d.ctx, d.patient.ID, "1B"); err != nil {
				t.Errorf("with the finding: %v", err)
			}
			if now := d.current(); len(now.Rulings) != 1 || now.Rulings[0].ID != r.ID {
				t.Errorf("the finding is not shown: %v", now.Rulings)
			}
			if _, err := d.Withdraw(d.ctx, d.patient.ID, r.ID, "Was about another patient"); err != nil {
				t.Fatal(err)
			}
			_, err = d.DraftPlan(d.ctx, d.patient.ID, "1B")
			refused(t, err, c.sentence)
		})
	}
}

// What was closed and comes back is new, and a finding closes nothing else.
func TestAStopThatComesBackIsNew(t *testing.T) {
	d := open(t)
	d.saveIntake()
	first := d.signScreen(stopAnswers)
	if _, err := d.found(d.finding()); err != nil {
		t.Fatal(err)
	}
	if now := d.current(); now.Stopped != nil {
		t.Error("still open")
	}
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1B")
	refused(t, err, "RF-CES1")
	d.signScreen(stopAnswers)
	d.signScreen()
	_, err = d.DraftPlan(d.ctx, d.patient.ID, "1B")
	refused(t, err, "has no medical finding on record")
	_, err = d.RecordFinding(d.ctx, d.patient.ID, first.ID, d.finding())
	refused(t, err, "No stop is open on this screen")
	if _, err := d.found(d.finding()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.DraftPlan(d.ctx, d.patient.ID, "1B"); err != nil {
		t.Errorf("after the second finding: %v", err)
	}
	if got := d.trail(); !slices.Contains(got, "finding.record") {
		t.Errorf("the trail is %v", got)
	}
}

// A hold ends with its clearance or with a new answer, and needs no finding.
func TestAHoldNeedsNoFinding(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
	d.signScreen()
	if now := d.current(); now.Stopped != nil {
		t.Error("a hold is a stop")
	}
}

func TestAFindingIsWhole(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(stopAnswers)
	for field, change := range map[string]func(*clinic.Finding){
		"by":         func(f *clinic.Finding) { f.By = " " },
		"profession": func(f *clinic.Finding) { f.Profession = "" },
		"text":       func(f *clinic.Finding) { f.Text = "" },
		"on":         func(f *clinic.Finding) { f.On = domain.Date{} },
	} {
		f := d.finding()
		change(&f)
		if _, err := d.found(f); len(clinic.Reasons(err)) != 1 || clinic.Reasons(err)[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for days, sentence := range map[int]string{-1: "must not be older than the stop", 1: "must not be in the future"} {
		f := d.finding()
		f.On = d.Today().AddDays(days)
		_, err := d.found(f)
		if p := clinic.Reasons(err); len(p) != 1 || p[0].Field != "on" {
			t.Errorf("%d days, %s: %v", days, sentence, err)
		}
	}
	stopped := d.current().Stopped.ID
	_, err := d.RecordFinding(context.Background(), d.patient.ID, stopped, d.finding())
	if err == nil {
		t.Error("nobody signed")
	}
}
