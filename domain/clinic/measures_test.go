package clinic_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/measure"
)

// today is the day of the desk's clock.
func (d *desk) today() domain.Date { return domain.DateOf(d.clock.Now()) }

// record is a record of a value on a day that lies so many days back.
func (d *desk) record(id, value string, ago int) measure.Record {
	d.t.Helper()
	m, ok := d.MeasureCatalog().Measure(id)
	if !ok {
		d.t.Fatalf("no measure %q", id)
	}
	v := domain.MustDecimal(value)
	r := measure.Record{Measure: id, Status: measure.Measured, Value: &v, Date: d.today().AddDays(-ago), Protocol: m.Protocols[0]}
	if m.Form {
		r.Language = "en"
	}
	return r
}

func sided(r measure.Record, side measure.Side) measure.Record { r.Side = side; return r }

func (d *desk) keep(records ...measure.Record) []clinic.Measurement {
	d.t.Helper()
	out, err := d.RecordMeasures(d.ctx, d.patient.ID, "", records...)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// lines tells every history in short: "odi: 24.0 percent moderate; ...".
func (d *desk) lines() map[string][]string {
	d.t.Helper()
	list, err := d.Measures(d.ctx, d.patient.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string][]string{}
	for _, h := range list {
		key := strings.TrimSpace(h.Measure.ID + " " + string(h.Side))
		for _, l := range h.Lines {
			text := strings.TrimSpace(l.Shown + " " + l.Band)
			if l.Change != nil {
				text += ", " + string(l.Change.Verdict)
			}
			if l.Replaced {
				text += ", replaced"
			}
			out[key] = append(out[key], text)
		}
	}
	return out
}

// TestSigningKeepsWhatWasMeasured: every measured answer of a signed screen is
// a measurement of its day, once, in the same transaction.
func TestSigningKeepsWhatWasMeasured(t *testing.T) {
	d := open(t)
	signed := d.signScreen(`{"start_back":{"total":5,"distress":4},"tsk11":29,"pain":{"nprs_7day":4,"vas_mm":41.5},
		"biering_sorensen":{"seconds":275.5},"disability":{"odi_percent":40.04,"rmdq":9},"age_days":{"biering_sorensen":3}}`)
	want := map[string][]string{
		"systolic": {"124.0 mmHg"}, "diastolic": {"78.0 mmHg"},
		"nprs_7day": {"4.0 points moderate"}, "vas": {"41.5 mm"},
		"odi": {"40.0 percent severe"}, "rmdq": {"9 points moderate"},
		"start_back_total": {"5 points high risk"}, "start_back_distress": {"4 points"}, "tsk11": {"29 points raised"},
		"biering_sorensen": {"240 seconds or more good"},
		"bridge_reps left": {"14 repeats"}, "bridge_reps right": {"15 repeats"},
		"mmt left": {"5 grades"}, "mmt right": {"5 grades"}, "hinge_contacts": {"60 percent"},
	}
	if diff := cmp.Diff(want, d.lines()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	list, _ := d.Measures(d.ctx, d.patient.ID)
	for _, h := range list {
		l, back := h.Lines[0], 0
		if h.Measure.ID == "biering_sorensen" {
			back = 3
		}
		if l.ScreenID != signed.ID || l.Record.By != castello.Name || l.EnteredBy != castello || l.Catalog != "M-1.0" ||
			l.Record.Date != d.today().AddDays(-back) || h.Measure.Form != (l.Record.Language == "en") {
			t.Errorf("%s: %+v", h.Measure.ID, l.Measurement)
		}
	}
	n := len(d.trail())
	d.signScreen(`{"start_back":{"total":5,"distress":4},"tsk11":29,"pain":{"nprs_7day":4,"vas_mm":41.5},
		"biering_sorensen":{"seconds":275.5},"disability":{"odi_percent":40.04,"rmdq":9},"age_days":{"biering_sorensen":3}}`)
	if got := d.trail()[n:]; !slices.Equal(got, []string{"screen.sign"}) {
		t.Errorf("signed again with the same values: %v", got)
	}
}

// TestARefusedScreenKeepsNothing: all or nothing.
func TestARefusedScreenKeepsNothing(t *testing.T) {
	d := open(t)
	for _, overlay := range []string{`{"disability":null}`, `{"pain":{"nprs_7day":11}}`, `{"pain":{"nprs_7day":4.25}}`} {
		if _, err := d.SignScreen(d.ctx, d.patient.ID, d.ready(overlay)); err == nil {
			t.Errorf("signed %s", overlay)
		} else if overlay == `{"pain":{"nprs_7day":4.25}}` && !strings.Contains(clinic.Reasons(err).For("pain.nprs_7day"), "steps of 0.1") {
			t.Errorf("said %v", err)
		}
	}
	if got := d.lines(); len(got) > 0 {
		t.Errorf("kept %v", got)
	}
	if _, err := d.LatestScreen(d.ctx, d.patient.ID); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("the screen: %v", err)
	}
}

// TestTakenSaysDayAndScoring: the form's own day counts, and what a calculator
// made is kept as long as its value stands.
func TestTakenSaysDayAndScoring(t *testing.T) {
	d := open(t)
	pressure := func(v string) measure.Record {
		r := d.record("systolic", v, 0)
		r.Protocol = "seated_mean_of_2"
		r.Entries = []measure.Entry{{Name: "reading_1", Value: "122"}, {Name: "reading_2", Value: "126"}}
		return r
	}
	average, now := d.record("nprs_7day", "4", 0), d.record("nprs_now", "3", 0)
	average.Language, now.Language = "", "es"
	_, err := d.SignScreen(d.ctx, d.patient.ID, d.ready(`{"age_days":{"disability":20}}`),
		clinic.Taken{Path: "vitals.systolic_mmhg", Records: []measure.Record{pressure("124")}},
		clinic.Taken{Path: "vitals.diastolic_mmhg", Records: []measure.Record{pressure("78")}},
		clinic.Taken{Path: "pain.nprs_7day", On: d.today().AddDays(-2), Records: []measure.Record{average, now}},
		clinic.Taken{Path: "hip_extension.left", On: d.today().AddDays(-7)})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	list, _ := d.Measures(d.ctx, d.patient.ID)
	for _, h := range list {
		r := h.Lines[0].Record
		got[h.Measure.ID+string(h.Side)] = fmt.Sprint(r.Value, " ", r.Date.DaysUntil(d.today()), " ", r.Protocol, " ", r.Language, " ", len(r.Entries))
	}
	for id, want := range map[string]string{
		"systolic": "124 0 seated_mean_of_2  2", "diastolic": "78 0 seated_as_entered  0",
		"nprs_7day": "4 2 asked en 0", "nprs_now": "3 2 asked es 0",
		"odi": "10 20 odi_2.1a en 0", "bridge_repsleft": "14 7 floor_60_per_minute  0", "bridge_repsright": "15 0 floor_60_per_minute  0",
		"hinge_contacts": "60 0 dowel_slow  4",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
}

// TestFormsAreInTheLanguageOfTheIntake unless somebody says otherwise.
func TestFormsAreInTheLanguageOfTheIntake(t *testing.T) {
	d := open(t)
	if _, err := d.SaveIntake(d.front, intake.Intake{PatientID: d.patient.ID, Language: "es"}); err != nil {
		t.Fatal(err)
	}
	d.signScreen()
	list, _ := d.Measures(d.ctx, d.patient.ID)
	for _, h := range list {
		if h.Measure.ID == "odi" && h.Lines[0].Record.Language != "es" {
			t.Errorf("language %q", h.Lines[0].Record.Language)
		}
	}
}

// TestChangeSinceLast: real or within error against the one before, whatever
// order they were entered in.
func TestChangeSinceLast(t *testing.T) {
	d := open(t)
	d.keep(d.record("odi", "40", 0))
	d.keep(d.record("odi", "48", 30), d.record("odi", "60", 60)) // entered from paper, later
	d.keep(sided(d.record("bridge_hold", "20", 0), measure.Left), sided(d.record("bridge_hold", "30", 0), measure.Right))
	if got, want := d.lines()["odi"], []string{
		"40.0 percent moderate, within measurement error", "48.0 percent severe, improved", "60.0 percent severe"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	list, _ := d.Measures(d.ctx, d.patient.ID)
	for _, h := range list {
		switch h.Measure.ID {
		case "odi":
			c := h.Lines[0].Change
			if c.Limit == nil || c.Limit.Kind != "MDC" || c.Limit.Citation == "" || !strings.Contains(c.Text, "8 percent lower. Less than 12 percent") {
				t.Errorf("change %+v", c)
			}
		case "bridge_hold":
			if h.Sides != "The left side is 33 percent lower." {
				t.Errorf("%s: %q", h.Side, h.Sides)
			}
		}
	}
}

// TestCorrections: the old one stays readable, counts no more, and can be
// corrected once.
func TestCorrections(t *testing.T) {
	d := open(t)
	first := d.keep(d.record("odi", "84", 1))[0]
	d.keep(d.record("odi", "50", 5))
	fixed, err := d.CorrectMeasure(d.front, d.patient.ID, first.ID, "48 was read as 84", d.record("odi", "48", 1))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"48.0 percent severe, within measurement error", "84.0 percent, replaced", "50.0 percent severe"}
	if got := d.lines()["odi"]; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	_, err = d.CorrectMeasure(d.ctx, d.patient.ID, first.ID, "again", d.record("odi", "47", 1))
	if !errors.Is(err, domain.ErrConflict) {
		t.Errorf("a second correction: %v", err)
	}
	if _, err := d.WithdrawMeasure(d.ctx, d.patient.ID, fixed.ID, "another patient's form"); err != nil {
		t.Fatal(err)
	}
	if got := d.lines()["odi"]; got[len(got)-1] != "50.0 percent severe" || len(got) != 4 || strings.Contains(got[0], "48.0 percent severe") {
		t.Errorf("after the withdrawal %q", got)
	}
	if fed := d.fed(); fed["disability.odi_percent"].Text != "50" {
		t.Errorf("the screen takes %+v", fed["disability.odi_percent"])
	}
	for name, err := range map[string]error{
		"without a reason": func() error { _, err := d.WithdrawMeasure(d.ctx, d.patient.ID, first.ID, "  "); return err }(),
		"another measure": func() error {
			_, err := d.CorrectMeasure(d.ctx, d.patient.ID, d.keep(d.record("odi", "33", 0))[0].ID, "no", d.record("rmdq", "3", 1))
			return err
		}(),
		"a long note": func() error {
			_, err := d.RecordMeasures(d.ctx, d.patient.ID, strings.Repeat("x", 301), d.record("rmdq", "3", 1))
			return err
		}(),
		"a number like an SSN": func() error {
			_, err := d.RecordMeasures(d.ctx, d.patient.ID, "123-45-6789", d.record("rmdq", "3", 1))
			return err
		}(),
	} {
		if len(clinic.Reasons(err)) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.WithdrawMeasure(d.ctx, d.patient.ID, "none", "why"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("withdraw nothing: %v", err)
	}
	trail := d.trail()
	for _, action := range []string{"measure.record", "measure.correct", "measure.withdraw"} {
		if !slices.Contains(trail, action) {
			t.Errorf("%s is not in the trail %v", action, trail)
		}
	}
}

// TestRecordingRefuses says what is wrong in words that name the measure, and
// keeps nothing.
func TestRecordingRefuses(t *testing.T) {
	d := open(t)
	future, noside, high, early := d.record("odi", "20", -1), d.record("mmt", "4", 0), d.record("rmdq", "24", 0), d.record("odi", "20", 366*60)
	*high.Value = domain.MustDecimal("25")
	entries := d.record("odi", "20", 0)
	entries.Entries = []measure.Entry{{Name: "section_1", Value: "2"}}
	for _, c := range []struct {
		r    measure.Record
		want string
	}{
		{future, "Oswestry Disability Index: the date must not be in the future"},
		{early, "must not be before the patient's birth"},
		{noside, "Manual muscle test, hip extension: the side must be left or right"},
		{high, "Roland-Morris Disability Questionnaire must be from 0 to 24 points"},
		{entries, "only its score is kept"},
		{measure.Record{Measure: "x"}, "check the spelling"},
	} {
		_, err := d.RecordMeasures(d.ctx, d.patient.ID, "", d.record("vas", "20", 0), c.r)
		if !strings.Contains(clinic.Sentence(err), c.want) {
			t.Errorf("%s: %q, want %q", c.r.Measure, clinic.Sentence(err), c.want)
		}
	}
	d.keep(d.record("vas", "20", 0))
	if _, err := d.RecordMeasures(d.ctx, d.patient.ID, "", d.record("vas", "20", 0)); !strings.Contains(clinic.Sentence(err), "for that day already") {
		t.Errorf("twice: %v", err)
	}
	if got := d.lines(); len(got) != 1 || len(got["vas"]) != 1 {
		t.Errorf("kept %v", got)
	}
	if _, err := d.RecordMeasures(t.Context(), d.patient.ID, "", d.record("vas", "21", 0)); !errors.Is(err, domain.ErrNotAllowed) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := d.RecordMeasures(d.ctx, "nobody", "", d.record("vas", "21", 0)); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("for nobody: %v", err)
	}
}

// fed is what a new screen begins with, by its path.
func (d *desk) fed() map[string]clinic.Fed {
	d.t.Helper()
	list, err := d.MeasuredAnswers(d.ctx, d.patient.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]clinic.Fed{}
	for _, f := range list {
		out[f.Path] = f
	}
	return out
}

// TestTheNextScreenTakesWhatIsYoungEnough: at each interval, one day before,
// on the day and one day after.
func TestTheNextScreenTakesWhatIsYoungEnough(t *testing.T) {
	intervals := map[string]int{
		"pain.nprs_7day": 7, "disability.odi_percent": 30, "biering_sorensen.seconds": 42,
		"hip_extension.test": 42, "hip_extension.left": 42, "hip_extension.right": 42, "hip_extension.mmt_left": 42,
		"dowel_hinge.reps": 14, "dowel_hinge.reps_with_contact": 14, "dowel_hinge.depth": 14, "dowel_hinge.pain": 14,
		"start_back.total": 90, "start_back.distress": 90,
		// Kept for the chart and shown as earlier values; never taken.
		"tsk11": -1, "vitals.systolic_mmhg": -1, "vitals.diastolic_mmhg": -1,
	}
	texts := map[string]string{"hip_extension.test": "bridge_reps", "dowel_hinge.depth": "mid_shin", "disability.odi_percent": "10",
		"biering_sorensen.seconds": "100", "hip_extension.left": "14", "dowel_hinge.reps_with_contact": "6"}
	d := open(t)
	d.signScreen(`{"start_back":{"total":5,"distress":4},"tsk11":29}`)
	for day := range 93 {
		fed := d.fed()
		for path, longest := range intervals {
			f, ok := fed[path]
			if !ok || f.Days != day || f.Valid != (day <= longest) || texts[path] != "" && f.Text != texts[path] {
				t.Fatalf("%s after %d days: %+v", path, day, f)
			}
		}
		d.clock.addDays(1)
	}
}

// TestNewestValueCounts: what was measured last, not what was entered last; a
// test that was left out hides nothing, one that pain stopped does.
func TestNewestValueCounts(t *testing.T) {
	d := open(t)
	d.keep(d.record("biering_sorensen", "80", 2), d.record("rmdq", "9", 0))
	d.keep(d.record("biering_sorensen", "50", 9), d.record("rmdq", "11", 3))
	if got := d.fed(); got["biering_sorensen.seconds"].Text != "80" || got["disability.rmdq"].Text != "9" {
		t.Errorf("got %+v", got)
	}
	not := measure.Record{Measure: "biering_sorensen", Status: measure.NotDone, Date: d.today()}
	d.keep(not)
	if got := d.fed(); got["biering_sorensen.seconds"].Text != "80" {
		t.Errorf("after a test that was left out: %+v", got)
	}
	not.Status, not.Protocol = measure.UnablePain, "three_straps"
	d.keep(not)
	got := d.fed()
	if got["biering_sorensen.status"].Text != "unable_pain" || got["biering_sorensen.seconds"].Text != "" {
		t.Errorf("after pain stopped it: %+v", got)
	}
	d.keep(sided(d.record("bridge_reps", "14", 5), measure.Left), sided(d.record("bridge_reps", "15", 3), measure.Right),
		sided(d.record("bridge_hold", "44", 4), measure.Left), sided(d.record("bridge_hold", "45", 4), measure.Right))
	got = d.fed()
	if got["hip_extension.test"].Text != "bridge_hold_seconds" || got["hip_extension.left"].Text != "44" {
		t.Errorf("the test whose older side is newer: %+v", got)
	}
	d2 := open(t)
	d2.keep(sided(d2.record("mmt", "4", 1), measure.Left))
	if got := d2.fed(); len(got) != 0 {
		t.Errorf("one side alone: %+v", got)
	}
	d2.keep(sided(d2.record("mmt", "5", 0), measure.Right))
	if got := d2.fed(); got["hip_extension.test"].Text != "manual_muscle_test" || got["hip_extension.mmt_right"].Text != "5" {
		t.Errorf("both sides: %+v", got)
	}
}

// TestSigningAgainMeasuresNothing: an old screen with a new signature does not
// make its values younger, and does not bring back one that was corrected.
func TestSigningAgainMeasuresNothing(t *testing.T) {
	d := open(t)
	signed := d.signScreen(`{"start_back":{"total":5,"distress":4}}`)
	list, _ := d.Measures(d.ctx, d.patient.ID)
	for _, h := range list {
		if h.Measure.ID == "odi" {
			if _, err := d.WithdrawMeasure(d.ctx, d.patient.ID, h.Lines[0].ID, "another patient's form"); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := d.lines()
	d.clock.addDays(2)
	if _, err := d.SignAgain(d.ctx, d.patient.ID, signed.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, d.lines()); diff != "" {
		t.Errorf("signing again changed the measurements: %s", diff)
	}
}
