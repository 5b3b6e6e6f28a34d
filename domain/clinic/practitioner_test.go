package clinic_test

import (
	"errors"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

// counting is a desk whose clinic counts the days to the practitioner of record.
func counting(t *testing.T) *desk {
	t.Helper()
	d := open(t)
	in, err := d.Settings(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	in.CountPractitioner = true
	if _, err := d.SaveSettings(d.ctx, in); err != nil {
		t.Fatal(err)
	}
	d.saveIntake()
	return d
}

func (d *desk) practitioner(event clinic.PractitionerEvent, on domain.Date, name string) clinic.Ruling {
	d.t.Helper()
	r, err := d.RecordPractitioner(d.ctx, d.patient.ID, clinic.Practitioner{Event: event, On: on, Name: name})
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// screenAgain signs fresh answers and the plan that they give.
func (d *desk) screenAgain() clinic.SignedPlan {
	d.t.Helper()
	d.signScreen()
	return d.signPlan("1B")
}

func TestPractitionerDays(t *testing.T) {
	for _, c := range []struct {
		day             int
		warned, blocked bool
	}{{0, false, false}, {20, false, false}, {21, true, false}, {22, true, false}, {29, true, false}, {30, true, true}, {31, true, true}} {
		d := counting(t)
		d.signScreen()
		d.practitioner(clinic.FirstTreatment, d.Today().AddDays(-c.day), "")
		count := d.current().Count
		if count.Days != c.day || count.Warned() != c.warned || count.Blocked() != c.blocked {
			t.Errorf("day %d: %+v, warned %v, blocked %v", c.day, count, count.Warned(), count.Blocked())
		}
		_, err := d.DraftPlan(d.ctx, d.patient.ID, "1B")
		if c.blocked {
			refused(t, err, "without a practitioner of record")
		} else if err != nil {
			t.Errorf("day %d: %v", c.day, err)
		}
		chart, err := d.Chart(d.ctx, d.patient.ID)
		if err != nil || chart.Count != count || !strings.Contains(count.Text(), "practitioner of record") {
			t.Errorf("day %d: the chart says %+v, %v", c.day, chart.Count, err)
		}
	}
}

// The first plan starts the count by itself, and a sheet never counts into the
// day that blocks.
func TestPractitionerBlocksTheSheet(t *testing.T) {
	d := counting(t)
	d.screenAgain()
	d.clock.addDays(25)
	plan := d.screenAgain()
	until, err := d.HandoutUntil(d.ctx, plan.ID)
	if err != nil || d.Today().DaysUntil(until) != 4 {
		t.Errorf("the sheet counts until %s, %v", until, err)
	}
	d.clock.addDays(4)
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Errorf("on day 29: %v", err)
	}
	d.clock.addDays(1)
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "Day 30 without a practitioner of record")
	r := d.practitioner(clinic.PractitionerSigned, d.Today(), "Dr. A. Example")
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Errorf("signed: %v", err)
	}
	if _, err := d.Withdraw(d.ctx, d.patient.ID, r.ID, "It was of somebody else"); err != nil {
		t.Fatal(err)
	}
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "Day 30 without a practitioner of record")
	d.practitioner(clinic.OutOfState, d.Today().AddDays(-90), "Dr. B. Example")
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Errorf("exempt: %v", err)
	}
}

func TestPractitionerIsOffAtFirst(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.screenAgain()
	d.practitioner(clinic.FirstTreatment, d.Today().AddDays(-400), "")
	if _, err := d.DraftPlan(d.ctx, d.patient.ID, "1B"); err != nil || d.current().Count.Text() != "" {
		t.Errorf("counted without being asked to: %q, %v", d.current().Count.Text(), err)
	}
}

// A first treatment alone never makes the count younger; after a signature it
// begins a new condition.
func TestPractitionerCountsFromTheEarliestDay(t *testing.T) {
	d := counting(t)
	d.signScreen()
	if d.current().Count.Running() {
		t.Error("counts before anything was done")
	}
	today := d.Today()
	for _, c := range []struct {
		name  string
		event clinic.PractitionerEvent
		ago   int
		days  int
		runs  bool
	}{
		{"the first", clinic.FirstTreatment, 10, 10, true},
		{"a later one", clinic.FirstTreatment, 2, 10, true},
		{"an earlier one", clinic.FirstTreatment, 12, 12, true},
		{"signed", clinic.PractitionerSigned, 5, 12, false},
		{"before the signature", clinic.FirstTreatment, 6, 12, false},
		{"another condition", clinic.FirstTreatment, 1, 1, true},
	} {
		name := ""
		if c.event != clinic.FirstTreatment {
			name = "Dr. A. Example"
		}
		d.practitioner(c.event, today.AddDays(-c.ago), name)
		if got := d.current().Count; got.Running() != c.runs || c.runs && got.Days != c.days {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestPractitionerIsChecked(t *testing.T) {
	d := counting(t)
	for name, c := range map[string]struct {
		in    clinic.Practitioner
		field string
	}{
		"no event":   {clinic.Practitioner{On: d.Today()}, "event"},
		"no day":     {clinic.Practitioner{Event: clinic.FirstTreatment}, "on"},
		"the future": {clinic.Practitioner{Event: clinic.FirstTreatment, On: d.Today().AddDays(1)}, "on"},
		"unborn":     {clinic.Practitioner{Event: clinic.FirstTreatment, On: d.patient.BirthDate.AddDays(-1)}, "on"},
		"nobody":     {clinic.Practitioner{Event: clinic.PractitionerSigned, On: d.Today(), Name: " "}, "name"},
	} {
		_, err := d.RecordPractitioner(d.ctx, d.patient.ID, c.in)
		if p := clinic.Reasons(err); len(p) != 1 || p.For(c.field) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPractitionerIsKeptAsItWas(t *testing.T) {
	d := counting(t)
	if r := d.practitioner(clinic.FirstTreatment, d.Today().AddDays(-40), "Somebody"); r.Practitioner.Name != "" {
		t.Errorf("a first treatment is kept with the name %q", r.Practitioner.Name)
	}
	_, err := d.RecordPractitioner(d.ctx, "nobody", clinic.Practitioner{Event: clinic.FirstTreatment, On: d.Today()})
	if !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a patient who is not there: %v", err)
	}
	d.signScreen()
	d.practitioner(clinic.PractitionerSigned, d.Today(), "Dr. A. Example")
	if c := d.current().Count; c.Warned() || c.Blocked() || c.Text() != "" {
		t.Errorf("a count that has stopped says %q, warned %v", c.Text(), c.Warned())
	}
}
