package measure_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"backtobar/domain/measure"
)

// This file holds the cases that no test noticed when the code was broken on
// purpose (docs/proof.md).

func TestWords(t *testing.T) {
	for _, c := range []struct {
		id, value string
		edit      func(*measure.Record)
		want      string
	}{
		{"odi", "33.333333", nil, "33.3 percent"},
		{"biering_sorensen", "60", nil, "60 seconds"},
		{"biering_sorensen", "1", nil, "1 second"},
		{"biering_sorensen", "2", nil, "2 seconds"},
		{"biering_sorensen", "11", nil, "11 seconds"},
		{"biering_sorensen", "240", nil, "240 seconds or more"},
		{"biering_sorensen", "", func(r *measure.Record) { r.Status = measure.UnablePain }, "pain stopped the test"},
		{"biering_sorensen", "", func(r *measure.Record) { r.Status = measure.UnableOther }, "the test could not be done"},
		{"biering_sorensen", "", func(r *measure.Record) { r.Status = measure.NotDone }, "it was not done"},
		{"odi", "", func(r *measure.Record) { r.Status = measure.NotScored }, "too many answers are missing"},
	} {
		r := record(t, c.id, c.value)
		if c.edit != nil {
			c.edit(&r)
		}
		if got := get(t, c.id).Words(r); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.id, c.value, got, c.want)
		}
	}
}

// TestBandsForEveryoneAreForEachSex, and bands for one sex only for that.
func TestBandsForEveryoneAreForEachSex(t *testing.T) {
	for _, sex := range []string{"", "female", "male"} {
		if b, ok := get(t, "odi").Band(dec("10"), sex); !ok || b.Name != "minimal" {
			t.Errorf("odi 10, %q: %v", sex, b)
		}
	}
	for _, m := range catalog(t).Measures {
		if len(m.BandSets) < 2 {
			continue
		}
		if _, ok := m.Band(m.Low, ""); ok {
			t.Errorf("%s: a band for a sex that is not known", m.ID)
		}
	}
}

func TestParseRefusesMore(t *testing.T) {
	for _, c := range []struct{ name, old, new, says string }{
		{"asked again before today", `"step":1`, `"step":1,"retest_days":-1`, "retest"},
		{"asked again after a year", `"step":1`, `"step":1,"retest_days":366`, "retest"},
		{"band without a name", `"name":"b"`, `"name":""`, "one of from and above"},
		{"band without plain words", `"plain":"b"`, `"plain":""`, "one of from and above"},
		{"band with two beginnings", `"above":4`, `"above":4,"from":4`, "one of from and above"},
		{"band with two ends", `"below":7`, `"below":7,"to":7`, "one of from and above"},
		{"band without a beginning", `"above":4,`, ``, "one of from and above"},
		{"band without an end", `,"below":7`, ``, "one of from and above"},
		{"gap after an open end", `"from":7`, `"from":8`, "begin where"},
		{"nothing in it, open above", `"to":4},{"name":"b","plain":"b","above":4,"below":7},{"name":"c","plain":"c","from":7`,
			`"below":4},{"name":"b","plain":"b","from":4,"below":4},{"name":"c","plain":"c","from":4`, "ends before it begins"},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		if bad == good {
			t.Errorf("%s: the edit changed nothing", c.name)
			continue
		}
		if _, err := measure.Parse([]byte(bad)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.says)
		}
	}
	for name, r := range map[string]*strings.Replacer{
		"asked again after a year":                strings.NewReplacer(`"step":1`, `"step":1,"retest_days":365`),
		"never asked again":                       strings.NewReplacer(`"step":1`, `"step":1,"retest_days":0`),
		"a change above 100 that is no share":     strings.NewReplacer(`"high":10`, `"high":1000`, `"to":10`, `"to":1000`, `"value":2`, `"value":200`),
		"a number that is only shown":             strings.NewReplacer(`"better":"lower",`, ``, `"use":"real"`, `"use":"shown"`),
		"decimals at most":                        strings.NewReplacer(`"decimals":0`, `"decimals":2`),
		"five activities":                         strings.NewReplacer(`"step":1`, `"step":1,"activities":5`),
		"any value":                               strings.NewReplacer(`"step":1`, `"step":0`),
		"a band of one value":                     strings.NewReplacer(`"to":4},`, `"below":4},{"name":"d","plain":"d","from":4,"to":4},`),
		"real for one protocol and for the other": strings.NewReplacer(`"use":"real","tag":"source","citation":"c"}]`, `"use":"real","protocol":"p","tag":"source","citation":"c"},{"kind":"MDC","value":3,"use":"real","protocol":"q","tag":"source","citation":"c"}]`),
	} {
		text := r.Replace(good)
		if _, err := measure.Parse([]byte(text)); text == good || err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := measure.Load(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "read the measures") {
		t.Errorf("no file: %v", err)
	}
}

func TestCheckRecordMore(t *testing.T) {
	born, today := day(t, "1986-03-14"), day(t, "2026-04-01")
	entries := func(n int, name, value string) []measure.Entry {
		var out []measure.Entry
		for i := range n {
			out = append(out, measure.Entry{Name: fmt.Sprintf(name, i), Value: value})
		}
		return out
	}
	long := strings.Repeat("x", 100)
	for _, c := range []struct {
		name, id, value string
		edit            func(*measure.Record)
		field           string
	}{
		{"left", "mmt", "4", func(r *measure.Record) { r.Side = measure.Left }, ""},
		{"right", "mmt", "4", func(r *measure.Record) { r.Side = measure.Right }, ""},
		{"not done by no protocol that there is", "odi", "", func(r *measure.Record) { r.Status, r.Protocol = measure.NotDone, "strange" }, "protocol"},
		{"the language of a test not done", "biering_sorensen", "", func(r *measure.Record) { r.Status, r.Language = measure.NotDone, "en" }, "language"},
		{"forty entries", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = entries(40, "n%d", "1") }, ""},
		{"forty-one entries", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = entries(41, "n%d", "1") }, "entries"},
		{"entries of a form of others", "odi", "10", func(r *measure.Record) { r.Entries = entries(1, "n%d", "1") }, "entries"},
		{"an entry without a name", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = []measure.Entry{{Value: "1"}} }, "entries"},
		{"an entry without a value", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = entries(1, "n%d", "") }, "entries"},
		{"an entry twice", "biering_sorensen", "60", func(r *measure.Record) {
			r.Entries = []measure.Entry{{Name: "a", Value: "1"}, {Name: "a", Value: "2"}}
		}, "entries"},
		{"a long entry", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = []measure.Entry{{Name: long, Value: long}} }, ""},
		{"too long a name", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = []measure.Entry{{Name: long + "x", Value: "1"}} }, "entries"},
		{"too long a value", "biering_sorensen", "60", func(r *measure.Record) { r.Entries = []measure.Entry{{Name: "a", Value: long + "x"}} }, "entries"},
	} {
		r := record(t, c.id, c.value)
		c.edit(&r)
		err := catalog(t).Check(r, born, today)
		if c.field == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) { refused(t, err, c.field) })
	}
	if got := (measure.Record{Entries: []measure.Entry{{Name: "a", Value: "1"}, {Name: "b", Value: "2"}}}); got.Entry("b") != "2" || got.Entry("c") != "" {
		t.Errorf("entries by name: %q, %q", got.Entry("b"), got.Entry("c"))
	}
}

func TestChangeOfAnUnknownMeasure(t *testing.T) {
	a := record(t, "odi", "10")
	a.Measure = "oswestry"
	if got := catalog(t).Change(a, a); !strings.Contains(got.Text, "not in the list") {
		t.Error(got.Text)
	}
}

func TestHingeRecord(t *testing.T) {
	text := func(h measure.Hinge) string {
		r, err := measure.HingeRecord(h)
		if err != nil {
			return err.Error()
		}
		out := string(r.Status)
		for _, e := range r.Entries {
			out += " " + e.Name + "=" + e.Value
		}
		return out
	}
	for want, h := range map[string]measure.Hinge{
		"measured reps_with_contact=8 reps=10 depth=knee pain=2 lost=head, head": {Reps: ptr(10), Kept: ptr(8), Depth: "knee", Pain: decp("2"), Lost: []string{"head", "head"}},
		"measured reps_with_contact=10 reps=10":                                  {Reps: ptr(10), Kept: ptr(10)},
		"not_scored depth=floor":                                                 {Depth: "floor", Reps: ptr(10)},
		"not_scored pain=0":                                                      {Pain: decp("0"), Kept: ptr(3)},
		"not_scored":                                                             {},
	} {
		if got := text(h); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if _, err := measure.HingeRecord(measure.Hinge{Reps: ptr(4)}); err == nil {
		t.Error("four repeats are a test")
	}
}

// TestAnOldNormalScreenIsNormal: an assessment does not make a deficit.
func TestAnOldNormalScreenIsNormal(t *testing.T) {
	five := [5]*int{ptr(5), ptr(5), ptr(5), ptr(5), ptr(5)}
	n := measure.Neuro{Left: five, Right: five, Sensation: ptr(false), Reflex: ptr(false), Babinski: ptr(false),
		Clonus: ptr(false), Worsening: ptr(false), Assessed: ptr(true), UnchangedWeeks: decp("8")}
	if got, err := n.Finding(); err != nil || got != measure.NeuroNormal {
		t.Error(got, err)
	}
}

// TestHowLongAScoreCounts where the screening rules state no interval.
func TestHowLongAScoreCounts(t *testing.T) {
	for _, m := range catalog(t).Measures {
		want := map[string]int{"start_back_total": 90, "start_back_distress": 90}[m.ID]
		if m.RetestDays != want {
			t.Errorf("%s: %d days, want %d", m.ID, m.RetestDays, want)
		}
	}
}
