package clinic_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

func (d *desk) current() clinic.Current {
	d.t.Helper()
	now, err := d.CurrentDecision(d.ctx, d.patient.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return now
}

func (d *desk) override(names ...string) clinic.Ruling {
	d.t.Helper()
	r, err := d.Override(d.ctx, d.patient.ID, d.current().Screen.ID,
		clinic.OverrideRequest{Names: names, Reason: "Hold limited by the shoulder"})
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// letter is a clearance as it is typed from a paper of today.
func (d *desk) letter(name string) clinic.ClearanceRequest {
	return clinic.ClearanceRequest{Name: name, By: "Dr. A. Example", Profession: "cardiologist",
		Covers: "Strength training without breath-holding", Given: d.Today()}
}

func (d *desk) clear(name string) clinic.Ruling {
	d.t.Helper()
	r, err := d.RecordClearance(d.ctx, d.patient.ID, d.current().Screen.ID, d.letter(name))
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func TestAnOverrideLetsThePlanGoOnAndEnds(t *testing.T) {
	d := open(t)
	d.saveIntake()
	// Endurance counts for 42 days, so the override ends before the answer does.
	d.signScreen(`{"biering_sorensen":{"seconds":48}}`)
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1B")
	refused(t, err, "only the preparation")
	r := d.override("STR-1")
	if r.By.Licence != castello.Licence || r.Override.Until != d.Today().AddDays(14) {
		t.Errorf("kept as %+v", r)
	}
	now := d.current()
	if now.Explanation.Decision.Outcome != screen.Ready || len(now.Overrides) != 1 || len(now.Rulings) != 1 {
		t.Fatalf("got %+v", now.Explanation.Decision)
	}
	if now.Screen.Explanation.Decision.Outcome != screen.NotReady {
		t.Error("the signed screen changed")
	}
	plan := d.signPlan("1B")
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Fatal(err)
	}
	chart, err := d.Chart(d.ctx, d.patient.ID)
	if err != nil || len(chart.Overrides) != 1 || chart.Next.Text != "Print handout" {
		t.Errorf("the chart says %q with %d overrides, %v", chart.Next.Text, len(chart.Overrides), err)
	}
	if got := d.trail(); !slices.Contains(got, "override.sign") {
		t.Errorf("the trail is %v", got)
	}
	until, err := d.HandoutUntil(d.ctx, plan.ID)
	if err != nil || d.Today().DaysUntil(until) != 7 {
		t.Errorf("the sheet counts until %s, %v", until, err)
	}
}

// The last day of an override still counts and the next does not; what ended is
// named.
func TestAnOverrideEnds(t *testing.T) {
	for _, c := range []struct {
		days   int
		counts bool
	}{{2, true}, {3, true}, {4, false}} {
		d := open(t)
		d.saveIntake()
		s := d.signScreen(`{"biering_sorensen":{"seconds":48}}`)
		if _, err := d.Override(d.ctx, d.patient.ID, s.ID, clinic.OverrideRequest{Names: []string{"STR-1"},
			Reason: "Hold limited by the shoulder", Until: d.Today().AddDays(3)}); err != nil {
			t.Fatal(err)
		}
		plan := d.signPlan("1B")
		until, err := d.HandoutUntil(d.ctx, plan.ID)
		if err != nil || d.Today().DaysUntil(until) != 3 {
			t.Errorf("the sheet counts until %s, %v", until, err)
		}
		d.clock.addDays(c.days)
		err = d.CheckHandout(d.ctx, plan.ID, false)
		if c.counts && err != nil {
			t.Errorf("after %d days: %v", c.days, err)
		}
		if !c.counts {
			refused(t, err, "The override by R. Castello ended on Nov 25, 2026", "only the preparation")
			_, err = d.DraftPlan(d.ctx, d.patient.ID, "1B")
			refused(t, err, "The override by R. Castello ended")
		}
	}
}

func TestWhatIsNotOverridden(t *testing.T) {
	good := clinic.OverrideRequest{Names: []string{"STR-1"}, Reason: "Hold limited by the shoulder"}
	for name, c := range map[string]struct {
		overlay, want string
		change        func(*desk, *clinic.OverrideRequest)
	}{
		"nothing chosen":   {`{}`, "Choose what to override", func(_ *desk, r *clinic.OverrideRequest) { r.Names = nil }},
		"did not fire":     {`{"pain":{"nprs_7day":7}}`, "The result has changed", nil},
		"an emergency":     {`{"red_flags":{"CES1":"yes"}}`, "An emergency cannot be overridden", func(_ *desk, r *clinic.OverrideRequest) { r.Names = []string{"RF-CES1"} }},
		"a referral":       {`{"red_flags":{"CA1":"yes"}}`, "An urgent referral cannot be overridden", func(_ *desk, r *clinic.OverrideRequest) { r.Names = []string{"RF-CA1"} }},
		"a hold":           {`{"red_flags":{"CV3":"yes"}}`, "A hold cannot be overridden", func(_ *desk, r *clinic.OverrideRequest) { r.Names = []string{"RF-CV3"} }},
		"blood pressure":   {`{"vitals":{"systolic_mmhg":170}}`, "Blood pressure cannot be overridden", func(_ *desk, r *clinic.OverrideRequest) { r.Names = []string{"BP-3"} }},
		"beside a hold":    {`{"red_flags":{"CV3":"yes"},"biering_sorensen":{"seconds":48}}`, "The result has changed", nil},
		"one of two wrong": {`{"biering_sorensen":{"seconds":48}}`, "Blood pressure", func(_ *desk, r *clinic.OverrideRequest) { r.Names = []string{"STR-1", "vitals"} }},
		"no reason":        {`{"biering_sorensen":{"seconds":48}}`, "10 characters", func(_ *desk, r *clinic.OverrideRequest) { r.Reason = "  because  " }},
		"too long":         {`{"biering_sorensen":{"seconds":48}}`, "14 days at most", func(d *desk, r *clinic.OverrideRequest) { r.Until = d.Today().AddDays(15) }},
		"over already":     {`{"biering_sorensen":{"seconds":48}}`, "14 days at most", func(d *desk, r *clinic.OverrideRequest) { r.Until = d.Today().AddDays(-1) }},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			s := d.signScreen(c.overlay)
			r := good
			if c.change != nil {
				c.change(d, &r)
			}
			_, err := d.Override(d.ctx, d.patient.ID, s.ID, r)
			refused(t, err, c.want)
			if all, err := d.Rulings(d.ctx, d.patient.ID); err != nil || len(all) != 0 {
				t.Errorf("kept %v, %v", all, err)
			}
		})
	}
}

func TestOnlyAListedTherapistRules(t *testing.T) {
	d := open(t)
	s := d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
	nobody := context.Background()
	without := domain.WithActor(nobody, domain.Actor{Name: castello.Name})
	for _, ctx := range []context.Context{nobody, d.front, without} {
		_, e1 := d.Override(ctx, d.patient.ID, s.ID, clinic.OverrideRequest{})
		_, e2 := d.RecordClearance(ctx, d.patient.ID, s.ID, d.letter("CV3"))
		_, e3 := d.Withdraw(ctx, d.patient.ID, "x", "a reason of some length")
		_, e4 := d.RecordPractitioner(ctx, d.patient.ID, clinic.Practitioner{Event: clinic.FirstTreatment, On: d.Today()})
		for i, err := range []error{e1, e2, e3, e4} {
			if !errors.Is(err, domain.ErrNotAllowed) {
				t.Errorf("%d: %v", i, err)
			}
		}
	}
}

// What was read must be the newest: a ruling on an older screen is refused.
func TestRulingsAreAboutTheNewestScreen(t *testing.T) {
	d := open(t)
	_, err := d.Override(d.ctx, d.patient.ID, "none", clinic.OverrideRequest{})
	refused(t, err, "There is no signed screen")
	old := d.signScreen(`{"biering_sorensen":{"seconds":48},"red_flags":{"CV3":"yes"}}`)
	d.signScreen(`{"biering_sorensen":{"seconds":48},"red_flags":{"CV3":"yes"}}`)
	_, err = d.Override(d.ctx, d.patient.ID, old.ID, clinic.OverrideRequest{Names: []string{"STR-1"}, Reason: "Hold limited by the shoulder"})
	refused(t, err, "A newer screen was signed")
	_, err = d.RecordClearance(d.ctx, d.patient.ID, old.ID, d.letter("CV3"))
	refused(t, err, "A newer screen was signed")
}

// An override dies with its screen; the next one asks for a new decision.
func TestAnOverrideIsOfOneScreen(t *testing.T) {
	d := open(t)
	d.signScreen(`{"biering_sorensen":{"seconds":48}}`)
	d.override("STR-1")
	d.signScreen(`{"biering_sorensen":{"seconds":48}}`)
	if now := d.current(); now.Explanation.Decision.Outcome != screen.NotReady || len(now.Overrides) != 0 {
		t.Errorf("the override went on: %+v", now.Explanation.Decision)
	}
}

func TestAClearanceLiftsItsHold(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
	if now := d.current(); !slices.Equal(now.Clearable, []string{"CV3"}) || len(now.Overridable) != 0 || !strings.Contains(now.NoOverride, "A hold cannot be overridden") {
		t.Fatalf("offered: %v, %v, %q", now.Clearable, now.Overridable, now.NoOverride)
	}
	r := d.clear("CV3")
	if r.Clearance.Until != d.Today().AddDays(365) {
		t.Errorf("counts until %s", r.Clearance.Until)
	}
	now := d.current()
	if now.Explanation.Decision.Outcome != screen.Ready || !slices.Contains(now.Explanation.Decision.Flags, "CLEARED:CV3") || len(now.Clearable) != 0 {
		t.Fatalf("got %+v", now.Explanation.Decision)
	}
	d.signPlan("1B")
	if got := d.trail(); !slices.Contains(got, "clearance.record") {
		t.Errorf("the trail is %v", got)
	}
}

func TestClearancesAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		field string
		edit  func(*clinic.ClearanceRequest, domain.Date)
	}{
		"nobody":        {"by", func(r *clinic.ClearanceRequest, _ domain.Date) { r.By = " " }},
		"no profession": {"profession", func(r *clinic.ClearanceRequest, _ domain.Date) { r.Profession = "" }},
		"covers":        {"covers", func(r *clinic.ClearanceRequest, _ domain.Date) { r.Covers = "" }},
		"no day":        {"given", func(r *clinic.ClearanceRequest, _ domain.Date) { r.Given = domain.Date{} }},
		"the future":    {"given", func(r *clinic.ClearanceRequest, d domain.Date) { r.Given = d.AddDays(1) }},
		"an old paper":  {"given", func(r *clinic.ClearanceRequest, d domain.Date) { r.Given = d.AddDays(-366) }},
		"too long":      {"until", func(r *clinic.ClearanceRequest, d domain.Date) { r.Until = d.AddDays(366) }},
		"backwards":     {"until", func(r *clinic.ClearanceRequest, d domain.Date) { r.Until = d.AddDays(-1) }},
		"over":          {"until", func(r *clinic.ClearanceRequest, d domain.Date) { r.Given, r.Until = d.AddDays(-9), d.AddDays(-1) }},
		"another":       {"name", func(r *clinic.ClearanceRequest, _ domain.Date) { r.Name = "bp" }},
		"unknown":       {"name", func(r *clinic.ClearanceRequest, _ domain.Date) { r.Name = "CES1" }},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			s := d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
			r := d.letter("CV3")
			c.edit(&r, d.Today())
			_, err := d.RecordClearance(d.ctx, d.patient.ID, s.ID, r)
			if p := clinic.Reasons(err); len(p) != 1 || p.For(c.field) == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Each clearance counts as long as the text says, measured from the day on the
// paper, while its screen is still the newest.
func TestClearancesEnd(t *testing.T) {
	for _, c := range []struct {
		name, overlay string
		days          int
	}{
		{"bp", `{"vitals":{"systolic_mmhg":165}}`, 90},
		{"ob", `{"pregnancy":{"status":"yes"}}`, 42},
		{"bone", `{"bone":"osteoporosis"}`, 365},
		{"CV3", `{"red_flags":{"CV3":"yes"}}`, 365},
	} {
		d := open(t)
		s := d.signScreen(c.overlay)
		r := d.letter(c.name)
		r.Given = d.Today().AddDays(-10) // the paper is older than the screen
		if _, err := d.RecordClearance(d.ctx, d.patient.ID, s.ID, r); err != nil {
			t.Fatal(err)
		}
		for _, age := range []int{c.days - 1, c.days, c.days + 1} {
			d.clock.addDays(d.Today().DaysUntil(r.Given.AddDays(age)))
			now := d.current()
			held := now.Explanation.Decision.Outcome == screen.HoldRefer
			if counts := age <= c.days; held == counts || (len(now.Lapsed) > 0) == counts {
				t.Errorf("%s on day %d: %s, %v", c.name, age, now.Explanation.Decision.Outcome, now.Lapsed)
			}
		}
	}
}

// A resolved flag that returns is new: its old clearance does not count.
func TestAReturnedFlagIsNew(t *testing.T) {
	d := open(t)
	d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
	d.clear("CV3")
	hold := func(overlay string) screen.Outcome {
		t.Helper()
		d.clock.addDays(1)
		d.signScreen(overlay)
		return d.current().Explanation.Decision.Outcome
	}
	if got := hold(`{"red_flags":{"CV3":"yes"}}`); got != screen.Ready {
		t.Errorf("while it goes on: %s", got)
	}
	if got := hold(`{}`); got != screen.Ready {
		t.Errorf("resolved: %s", got)
	}
	if got := hold(`{"red_flags":{"CV3":"yes"}}`); got != screen.HoldRefer {
		t.Errorf("back again: %s", got)
	}
	if now := d.current(); !slices.Equal(now.Clearable, []string{"CV3"}) || len(now.Rulings) != 0 {
		t.Errorf("offered %v, counting %v", now.Clearable, now.Rulings)
	}
	d.clear("CV3")
	if got := d.current().Explanation.Decision.Outcome; got != screen.Ready {
		t.Errorf("with a new clearance: %s", got)
	}
}

// A clearance that nobody recorded does not count, whatever the answers say.
func TestATickIsNoClearance(t *testing.T) {
	d := open(t)
	s := d.signScreen(`{"red_flags":{"CV3":"yes"},"clearances":["CV3"]}`)
	if s.Explanation.Decision.Outcome != screen.HoldRefer || len(s.Answers.Clearances) != 0 {
		t.Errorf("signed as %s with %v", s.Explanation.Decision.Outcome, s.Answers.Clearances)
	}
	d.clear("CV3")
	s = d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
	if s.Explanation.Decision.Outcome != screen.Ready || !slices.Equal(s.Answers.Clearances, []string{"CV3"}) {
		t.Errorf("signed as %s with %v", s.Explanation.Decision.Outcome, s.Answers.Clearances)
	}
}

func TestWithdraw(t *testing.T) {
	d := open(t)
	d.signScreen(`{"red_flags":{"CV3":"yes"},"biering_sorensen":{"seconds":48}}`)
	letter := d.clear("CV3")
	decision := d.override("STR-1")
	if got := d.current().Explanation.Decision.Outcome; got != screen.Ready {
		t.Fatal(got)
	}
	_, err := d.Withdraw(d.ctx, d.patient.ID, decision.ID, "short")
	if clinic.Reasons(err).For("reason") == "" {
		t.Errorf("got %v", err)
	}
	for _, step := range []struct {
		id   domain.RulingID
		want screen.Outcome
	}{{decision.ID, screen.NotReady}, {letter.ID, screen.HoldRefer}} {
		if _, err := d.Withdraw(d.ctx, d.patient.ID, step.id, "The paper was of somebody else"); err != nil {
			t.Fatal(err)
		}
		if got := d.current().Explanation.Decision.Outcome; got != step.want {
			t.Errorf("%s, want %s", got, step.want)
		}
		_, err := d.Withdraw(d.ctx, d.patient.ID, step.id, "The paper was of somebody else")
		refused(t, err, "withdrawn already")
	}
	all, err := d.Rulings(d.ctx, d.patient.ID)
	if err != nil || len(all) != 4 || all[3].Withdrawal.Ruling != letter.ID {
		t.Errorf("the history is %+v, %v", all, err)
	}
}

// A screen that is not complete is signed only together with an override of all
// that is missing, and never without a safety answer.
func TestSignedWithAnOverride(t *testing.T) {
	with := func(names ...string) clinic.Signing {
		return clinic.Signing{Override: &clinic.OverrideRequest{Names: names, Reason: "Amputee, cannot lie prone"}}
	}
	d := open(t)
	open := d.ready(`{"biering_sorensen":{"seconds":null,"status":"unable_other"}}`)
	_, err := d.SignScreen(d.ctx, d.patient.ID, open)
	refused(t, err, "Back extensor hold")
	_, err = d.SignScreenWith(d.ctx, d.patient.ID, open, with("pain"))
	refused(t, err, "The result has changed")
	_, err = d.SignScreenWith(d.ctx, d.patient.ID, d.ready(`{"biering_sorensen":null,"bone":""}`), with("biering_sorensen"))
	refused(t, err, "The result has changed")
	if _, err := d.LatestScreen(d.ctx, d.patient.ID); !errors.Is(err, domain.ErrNotFound) {
		t.Fatalf("something was signed: %v", err)
	}
	s, err := d.SignScreenWith(d.ctx, d.patient.ID, open, with("biering_sorensen"))
	if err != nil || s.Explanation.Decision.Outcome != screen.Ready {
		t.Fatalf("%+v, %v", s.Explanation.Decision, err)
	}
	if now := d.current(); now.Explanation.Decision.Outcome != screen.Ready || len(now.Overrides) != 1 {
		t.Errorf("it counts as %+v", now.Explanation.Decision)
	}
	old := d.ready(`{"age_days":{"disability":31}}`)
	if _, err := d.SignScreenWith(d.ctx, d.patient.ID, old, with("disability")); err != nil {
		t.Errorf("an old score that is accepted: %v", err)
	}
}

// What a case cannot date grows old in the chart from the day it was answered.
func TestAnswersHaveTheirOwnDates(t *testing.T) {
	d := open(t)
	days := map[string]domain.Date{"irritability": d.Today().AddDays(-5), "mechanism": d.Today()}
	if _, err := d.SignScreenWith(d.ctx, d.patient.ID, d.ready(), clinic.Signing{Answered: days}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		wait int
		want []string
	}{{2, []string{}}, {1, []string{"irritability"}}} {
		d.clock.addDays(c.wait)
		if got := d.current().Explanation.Decision.Stale; !slices.Equal(got, c.want) {
			t.Errorf("%s: stale is %v, want %v", d.Today(), got, c.want)
		}
	}
	_, err := d.SignScreenWith(d.ctx, d.patient.ID, d.ready(), clinic.Signing{Answered: map[string]domain.Date{"irritability": d.Today().AddDays(-8)}})
	refused(t, err, "Irritability")
}

// The rules judge by the corrected identity at once, and ask for a new
// signature before anything is planned or printed.
func TestACorrectedIdentityIsSignedAgain(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen()
	plan := d.signPlan("1B")
	p, err := d.Patient(d.ctx, d.patient.ID)
	if err != nil {
		t.Fatal(err)
	}
	p.BirthDate = p.BirthDate.AddDays(1) // no birthday in between: the age stays
	if _, err := d.UpdatePatient(d.front, p); err != nil {
		t.Fatal(err)
	}
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "The birth date was corrected after this screen was signed")
	_, err = d.DraftPlan(d.ctx, d.patient.ID, "1B")
	refused(t, err, "sign the screen again")
	chart, err := d.Chart(d.ctx, d.patient.ID)
	if err != nil || chart.Resign == "" || chart.Next.Text != "Screen: sign again" {
		t.Errorf("the chart says %q, %q, %v", chart.Resign, chart.Next.Text, err)
	}
	now := d.current()
	_, err = d.Override(d.ctx, d.patient.ID, now.Screen.ID, clinic.OverrideRequest{})
	refused(t, err, "sign the screen again")
	_, err = d.SignAgain(d.ctx, d.patient.ID, "another")
	refused(t, err, "A newer screen was signed")
	d.clock.addDays(2)
	again, err := d.SignAgain(d.ctx, d.patient.ID, now.Screen.ID)
	if err != nil || again.Answers.AgeDays.Pain != 2 || again.AnswerAges["irritability"] != 2 {
		t.Fatalf("signed with ages %+v and %v, %v", again.Answers.AgeDays, again.AnswerAges, err)
	}
	if now := d.current(); now.Resign != "" {
		t.Errorf("still %q", now.Resign)
	}
	d.signPlan("1B")
}

// The longest texts of a clearance, and one character more.
func TestTextsOfAClearance(t *testing.T) {
	for _, c := range []struct {
		field string
		most  int
		set   func(*clinic.ClearanceRequest, string)
	}{
		{"by", 80, func(r *clinic.ClearanceRequest, s string) { r.By = s }},
		{"profession", 80, func(r *clinic.ClearanceRequest, s string) { r.Profession = s }},
		{"covers", 200, func(r *clinic.ClearanceRequest, s string) { r.Covers = s }},
	} {
		d := open(t)
		s := d.signScreen(`{"red_flags":{"CV3":"yes"}}`)
		r := d.letter("CV3")
		c.set(&r, strings.Repeat("ü", c.most+1))
		_, err := d.RecordClearance(d.ctx, d.patient.ID, s.ID, r)
		if p := clinic.Reasons(err); len(p) != 1 || p.For(c.field) == "" {
			t.Errorf("%s of %d characters: %v", c.field, c.most+1, err)
		}
		c.set(&r, strings.Repeat("ü", c.most))
		if _, err := d.RecordClearance(d.ctx, d.patient.ID, s.ID, r); err != nil {
			t.Errorf("%s of %d characters: %v", c.field, c.most, err)
		}
	}
}
