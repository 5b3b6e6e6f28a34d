package measure_test

import (
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/measure"
)

func day(t testing.TB, s string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// record is a whole record of a measure with that value.
func record(t testing.TB, id, value string) measure.Record {
	t.Helper()
	m := get(t, id)
	r := measure.Record{Measure: id, Status: measure.Measured, Value: decp(value), Unit: m.Unit,
		Date: day(t, "2026-03-02"), By: "R. Castello", Protocol: m.Protocols[0]}
	if m.Form {
		r.Language = "en"
	}
	if m.Sides {
		r.Side = measure.Left
	}
	if m.Activities > 0 {
		r.Activities = []string{"Carry a child", "Put on socks"}[:min(2, m.Activities)]
	}
	if m.Capped && value != "" && dec(value).Cmp(m.High) == 0 {
		r.Status = measure.Capped
	}
	return r
}

func later(r measure.Record) measure.Record {
	r.Date = r.Date.AddDays(28)
	return r
}

func TestChange(t *testing.T) {
	for _, c := range []struct {
		id, before, after string
		want              measure.Verdict
		important         bool
	}{
		{"psfs", "4", "6", measure.Improved, true}, // C10
		{"psfs", "4", "5.999999", measure.WithinError, false},
		{"psfs", "6", "4", measure.Worse, false},
		{"psfs_activity", "4", "6", measure.WithinError, false},
		{"psfs_activity", "4", "7", measure.Improved, false},
		{"nprs_7day", "6", "4", measure.Improved, true},
		{"nprs_7day", "6", "4.1", measure.WithinError, false},
		{"nprs_7day", "3", "1.5", measure.WithinError, false}, // half of it, and still inside the error
		{"nprs_7day", "4", "6", measure.Worse, false},
		{"nprs_now", "0", "2", measure.Worse, false},
		{"nprs_worst", "9", "9", measure.WithinError, false},
		{"vas", "60", "45", measure.Improved, true},
		{"vas", "60", "45.5", measure.WithinError, false},
		{"odi", "40", "28", measure.Improved, true},
		{"odi", "40", "28.000001", measure.WithinError, false},
		{"odi", "40", "52", measure.Worse, false},
		{"rmdq", "14", "9", measure.Improved, true},
		{"rmdq", "14", "10", measure.WithinError, false},
		{"tsk11", "40", "33", measure.Improved, true},
		{"tsk11", "40", "34", measure.WithinError, false}, // reaches the MIC of 4, inside the error of 7
		{"pseq", "20", "31", measure.Improved, false},
		{"pseq", "20", "30", measure.WithinError, false},
		{"biering_sorensen", "58", "89", measure.WithinError, false},
		{"biering_sorensen", "58", "90", measure.Improved, false},
		{"biering_sorensen", "90", "58", measure.Worse, false},
		{"fabq_pa", "20", "5", measure.NotJudged, false},
		{"fabq_pa", "20", "20", measure.WithinError, false},
		{"start_back_total", "9", "0", measure.NotJudged, false},
		{"mmt", "3", "5", measure.NotJudged, false},
		{"systolic", "150", "120", measure.NotJudged, false},
		{"hip_torque", "50", "150", measure.NotJudged, false},
	} {
		before, after := record(t, c.id, c.before), later(record(t, c.id, c.after))
		got := catalog(t).Change(before, after)
		if got.Verdict != c.want || got.Important != c.important || got.Text == "" {
			t.Errorf("%s %s to %s: %+v, want %s important %v", c.id, c.before, c.after, got, c.want, c.important)
		}
		if want := dec(c.after).Sub(dec(c.before)); got.Difference != want {
			t.Errorf("%s: difference %s, want %s", c.id, got.Difference, want)
		}
		if got.Verdict != measure.NotJudged && c.before != c.after && (got.Limit == nil || !strings.Contains(got.Text, got.Limit.Citation)) {
			t.Errorf("%s: judged without its source: %+v", c.id, got)
		}
	}
}

// TestChangeImportantShare: three tenths of the first value count when the
// amount does not reach the published one.
func TestChangeImportantShare(t *testing.T) {
	c, err := measure.Parse([]byte(`{"version":"T","issued":"2026-01-01","measures":[{"id":"x","title":"X","unit":"points",
		"low":0,"high":100,"better":"lower","protocols":["p"],"missing":"m","missing_tag":"source","scoring":"s",
		"licence":{"owner":"o","item_text":"own words","note":"n"},"change":[
		{"kind":"MDC","value":2,"use":"real","tag":"source","citation":"c"},
		{"kind":"MIC","value":30,"percent":true,"use":"important","tag":"source","citation":"c"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		before, after string
		important     bool
	}{{"10", "7", true}, {"10", "7.1", false}, {"50", "35", true}, {"50", "35.5", false}, {"6", "4.5", false}, {"100", "70", true}, {"100", "70.1", false}} {
		r := measure.Record{Measure: "x", Status: measure.Measured, Value: decp(x.before), Unit: "points", Protocol: "p", Date: day(t, "2026-03-02")}
		after := r
		after.Value = decp(x.after)
		if got := c.Change(r, after); got.Important != x.important {
			t.Errorf("%s to %s: %+v, want important %v", x.before, x.after, got, x.important)
		}
	}
}

// TestChangeOfOddMeasures: a first value of 0 has no share, and a capped
// measure may have no known error.
func TestChangeOfOddMeasures(t *testing.T) {
	const head = `{"version":"T","issued":"2026-01-01","measures":[{"id":"x","title":"X","unit":"points",
		"low":0,"high":100,"better":"higher","capped":true,"protocols":["p"],"missing":"m","missing_tag":"source","scoring":"s",
		"licence":{"owner":"o","item_text":"own words","note":"n"}`
	of := func(value string, s measure.Status) measure.Record {
		return measure.Record{Measure: "x", Status: s, Value: decp(value), Unit: "points", Protocol: "p", Date: day(t, "2026-03-02")}
	}
	share, err := measure.Parse([]byte(head + `,"change":[{"kind":"MDC","value":2,"use":"real","tag":"source","citation":"c"},
		{"kind":"MIC","value":30,"percent":true,"use":"important","tag":"source","citation":"c"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := share.Change(of("0", measure.Measured), of("50", measure.Measured)); got.Verdict != measure.Improved || got.Important {
		t.Errorf("from 0: %+v", got)
	}
	bare, err := measure.Parse([]byte(head + `}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := bare.Change(of("10", measure.Measured), of("100", measure.Capped)); got.Verdict != measure.NotComparable {
		t.Errorf("capped without a known error: %+v", got)
	}
	if got := bare.Change(of("10", measure.Measured), of("90", measure.Measured)); got.Verdict != measure.NotJudged {
		t.Errorf("not capped without a known error: %+v", got)
	}
}

func TestChangeByProtocol(t *testing.T) {
	before := record(t, "hip_torque", "100")
	before.Protocol = "standing_prone"
	for after, want := range map[string]measure.Verdict{
		"114.8": measure.Improved, "114.7": measure.WithinError, "85.2": measure.Worse, "85.3": measure.WithinError,
	} {
		r := later(record(t, "hip_torque", after))
		r.Protocol = "standing_prone"
		if got := catalog(t).Change(before, r); got.Verdict != want {
			t.Errorf("100 to %s: %+v, want %s", after, got, want)
		}
	}
}

func TestChangeCapped(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          measure.Verdict
		text          string
	}{
		{"208", "240", measure.Improved, "At least 32 seconds higher."},
		{"209", "240", measure.NotComparable, "hides"},
		{"240", "240", measure.NotComparable, "hides"},
		{"240", "208", measure.Worse, "At least 32 seconds lower."},
		{"240", "209", measure.NotComparable, "hides"},
	} {
		got := catalog(t).Change(record(t, "biering_sorensen", c.before), later(record(t, "biering_sorensen", c.after)))
		if got.Verdict != c.want || !strings.Contains(got.Text, c.text) || got.AtLeast != (c.want != measure.NotComparable) {
			t.Errorf("%s to %s: %+v, want %s", c.before, c.after, got, c.want)
		}
	}
}

func TestNotComparable(t *testing.T) {
	for name, edit := range map[string]func(before, after *measure.Record){
		"another measure":     func(_, a *measure.Record) { a.Measure = "psfs_activity" },
		"an unknown measure":  func(b, a *measure.Record) { b.Measure, a.Measure = "x", "x" },
		"another protocol":    func(_, a *measure.Record) { a.Protocol = "other" },
		"another unit":        func(_, a *measure.Record) { a.Unit = "percent" },
		"another unit, first": func(b, _ *measure.Record) { b.Unit = "percent" },
		"another side":        func(_, a *measure.Record) { a.Side = measure.Right },
		"another language":    func(_, a *measure.Record) { a.Language = "es" },
		"other activities":    func(_, a *measure.Record) { a.Activities = []string{"Carry a child"} },
		"before it":           func(_, a *measure.Record) { a.Date = a.Date.AddDays(-29) },
		"no value":            func(_, a *measure.Record) { a.Status, a.Value = measure.UnablePain, nil },
		"no value, first":     func(b, _ *measure.Record) { b.Status, b.Value = measure.NotScored, nil },
		"status and value":    func(_, a *measure.Record) { a.Value = nil },
		"value, first":        func(b, _ *measure.Record) { b.Value = nil },
		"status, first":       func(b, _ *measure.Record) { b.Status = measure.NotDone },
		"value and status":    func(_, a *measure.Record) { a.Status = measure.NotDone },
	} {
		before, after := record(t, "psfs", "2"), later(record(t, "psfs", "9"))
		if got := catalog(t).Change(before, after); got.Verdict != measure.Improved {
			t.Fatalf("the pair is not comparable to begin with: %+v", got)
		}
		edit(&before, &after)
		got := catalog(t).Change(before, after)
		if got.Verdict != measure.NotComparable || got.Important || got.Difference.Sign() != 0 || got.Text == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	before, after := record(t, "psfs", "2"), record(t, "psfs", "9")
	after.Activities = []string{"put on  socks", " carry a CHILD"}
	if got := catalog(t).Change(before, after); got.Verdict != measure.Improved {
		t.Errorf("the same activities, written otherwise, on the same day: %+v", got)
	}
}

func TestChangeText(t *testing.T) {
	for _, c := range []struct{ id, before, after, want string }{
		{"odi", "40", "28", "12 percent lower. A real change: 12 percent or more (MDC, clinic default: published values lie at about 10 to 12 and were not read again; the higher is taken). Large enough to matter to patients."},
		{"rmdq", "14", "13", "1 point lower. Less than 5 points, so it does not count as a change (MDC90, " + get(t, "rmdq").Change[0].Citation + ")."},
		{"fabq_work", "10", "12", "2 points higher. No measurement error is known for this test, so this is not judged."},
		{"pseq", "10", "10", "No change."},
		{"psfs", "3.333333", "5", "1.66 points higher. Less than 2 points, so it does not count as a change (MDC90, secondary source: Stratford 1995, Physiother Can 47:258-263, doi:10.3138/ptc.47.4.258)."},
		{"psfs", "3.333", "5", "1.66 points higher. Less than 2 points, so it does not count as a change (MDC90, secondary source: Stratford 1995, Physiother Can 47:258-263, doi:10.3138/ptc.47.4.258)."},
	} {
		if got := catalog(t).Change(record(t, c.id, c.before), later(record(t, c.id, c.after))); got.Text != c.want {
			t.Errorf("%s: %q, want %q", c.id, got.Text, c.want)
		}
	}
}

func TestCheckRecord(t *testing.T) {
	born, today := day(t, "1986-03-14"), day(t, "2026-04-01")
	for _, c := range []struct {
		name, id, value string
		edit            func(*measure.Record)
		fields          string
	}{
		{"whole", "odi", "33.333333", nil, ""},
		{"lowest", "tsk11", "11", nil, ""},
		{"highest", "tsk11", "44", nil, ""},
		{"below", "tsk11", "10", nil, "value"},
		{"above", "odi", "100.1", nil, "value"},
		{"NPRS 5.7 as a mean", "nprs_7day", "5.7", nil, ""},
		{"NPRS two decimals", "nprs_7day", "5.75", nil, "value"},
		{"NPRS now must be whole", "nprs_now", "5.5", nil, "value"},
		{"RMDQ must be whole", "rmdq", "7.5", nil, "value"},
		{"unknown measure", "odi", "10", func(r *measure.Record) { r.Measure = "oswestry" }, "measure"},
		{"unit", "odi", "10", func(r *measure.Record) { r.Unit = "points" }, "unit"},
		{"no day", "odi", "10", func(r *measure.Record) { r.Date = domain.Date{} }, "date"},
		{"today", "odi", "10", func(r *measure.Record) { r.Date = today }, ""},
		{"tomorrow", "odi", "10", func(r *measure.Record) { r.Date = today.AddDays(1) }, "date"},
		{"on the day of birth", "odi", "10", func(r *measure.Record) { r.Date = born }, ""},
		{"before birth", "odi", "10", func(r *measure.Record) { r.Date = born.AddDays(-1) }, "date"},
		{"nobody", "odi", "10", func(r *measure.Record) { r.By = " " }, "by"},
		{"protocol", "odi", "10", func(r *measure.Record) { r.Protocol = "" }, "protocol"},
		{"language", "odi", "10", func(r *measure.Record) { r.Language = "" }, "language"},
		{"language of a test", "biering_sorensen", "60", func(r *measure.Record) { r.Language = "en" }, "language"},
		{"side", "mmt", "4", func(r *measure.Record) { r.Side = "" }, "side"},
		{"strange side", "mmt", "4", func(r *measure.Record) { r.Side = "both" }, "side"},
		{"side of a form", "odi", "10", func(r *measure.Record) { r.Side = measure.Left }, "side"},
		{"activities", "psfs", "4", func(r *measure.Record) { r.Activities = nil }, "activities"},
		{"an activity twice", "psfs", "4", func(r *measure.Record) { r.Activities = []string{"Sit", "sit "} }, "activities"},
		{"no activity of one", "psfs_activity", "4", func(r *measure.Record) { r.Activities = nil }, "activities"},
		{"unable through pain", "biering_sorensen", "", func(r *measure.Record) { r.Status = measure.UnablePain }, ""},
		{"unable otherwise", "biering_sorensen", "", func(r *measure.Record) { r.Status = measure.UnableOther }, ""},
		{"two activities of one", "psfs_activity", "4", func(r *measure.Record) { r.Activities = []string{"Sit", "Lift"} }, "activities"},
		{"five of five", "psfs", "4", func(r *measure.Record) { r.Activities = strings.Fields("a b c d e") }, ""},
		{"six of five", "psfs", "4", func(r *measure.Record) { r.Activities = strings.Fields("a b c d e f") }, "activities"},
		{"activities of a form", "odi", "4", func(r *measure.Record) { r.Activities = []string{"Sit"} }, "activities"},
		{"strange status", "odi", "4", func(r *measure.Record) { r.Status = "good" }, "status"},
		{"value of nothing", "odi", "4", func(r *measure.Record) { r.Status = measure.NotDone }, "value"},
		{"nothing of a value", "odi", "4", func(r *measure.Record) { r.Value = nil }, "value"},
		{"not scored", "psfs", "", func(r *measure.Record) { r.Status, r.Activities = measure.NotScored, nil }, ""},
		{"not done needs no form", "odi", "", func(r *measure.Record) { r.Status, r.Protocol, r.Language = measure.NotDone, "", "" }, ""},
		{"stopped by pain", "biering_sorensen", "40", func(r *measure.Record) { r.Stopped = measure.StopPain }, ""},
		{"stopped by luck", "biering_sorensen", "40", func(r *measure.Record) { r.Stopped = "luck" }, "stopped"},
		{"capped", "biering_sorensen", "240", nil, ""},
		{"240 not capped", "biering_sorensen", "240", func(r *measure.Record) { r.Status = measure.Measured }, "status"},
		{"capped early", "biering_sorensen", "239", func(r *measure.Record) { r.Status = measure.Capped }, "status"},
		{"capped form", "odi", "100", func(r *measure.Record) { r.Status = measure.Capped }, "status"},
		{"everything", "odi", "101", func(r *measure.Record) { *r = measure.Record{Measure: "odi", Status: measure.Measured, Value: r.Value} },
			"value unit date by protocol language"},
	} {
		r := record(t, c.id, c.value)
		if c.edit != nil {
			c.edit(&r)
		}
		err := catalog(t).Check(r, born, today)
		if c.fields == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) { refused(t, err, strings.Fields(c.fields)...) })
	}
	if err := catalog(t).Check(record(t, "odi", "10"), domain.Date{}, today); err != nil {
		t.Errorf("an unknown day of birth: %v", err)
	}
}

func TestPut(t *testing.T) {
	r := record(t, "biering_sorensen", "60")
	r.Put(measure.Score{Status: measure.UnablePain, Value: dec("12")})
	if r.Status != measure.UnablePain || r.Value != nil {
		t.Errorf("a score without a value left one: %+v", r)
	}
	s, _ := measure.Sorensen(measure.Hold{Seconds: decp("275")})
	r.Put(s)
	if r.Status != measure.Capped || *r.Value != dec("240") {
		t.Errorf("got %+v", r)
	}
	if err := catalog(t).Check(r, domain.Date{}, r.Date); err != nil {
		t.Error(err)
	}
}
