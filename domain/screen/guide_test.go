package screen_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/screen"
)

// TestGuideIsCheckedWhole damages one part at a time of what explanations use:
// measurement errors, costs and checks.
func TestGuideIsCheckedWhole(t *testing.T) {
	b, err := fs.ReadFile(assets.Rules, "rules/screen.json")
	if err != nil {
		t.Fatal(err)
	}
	type object = map[string]any
	const precision, cost, checked = "precision[0]: needs a field of its own", "costs.pain: needs 1 to 60 minutes", "checks[0]: needs an id of its own"
	first := func(m object, list string) object { return m[list].([]any)[0].(object) }
	check := func(m object, id string) object {
		for _, c := range m["checks"].([]any) {
			if c.(object)["id"] == id {
				return c.(object)
			}
		}
		t.Fatal(id)
		return nil
	}
	for _, c := range []struct {
		name   string
		damage func(m object)
		want   string
	}{
		{"kind", func(m object) { first(m, "precision")["kind"] = "SD" }, "precision[0]: must be an SEM"},
		{"no field", func(m object) { first(m, "precision")["field"] = "" }, precision},
		{"no measure", func(m object) { first(m, "precision")["measure"] = "" }, precision},
		{"no unit", func(m object) { first(m, "precision")["unit"] = "" }, precision},
		{"no value", func(m object) { first(m, "precision")["value"] = 0 }, precision},
		{"value below 0", func(m object) { first(m, "precision")["value"] = -1 }, precision},
		{"small value", func(m object) { first(m, "precision")["value"] = 0.1 }, ""},
		{"no citation", func(m object) { first(m, "precision")["citation"] = "" }, precision},
		{"other tag", func(m object) { first(m, "precision")["tag"] = "V" }, precision},
		{"twice", func(m object) { m["precision"] = append(m["precision"].([]any), first(m, "precision")) }, "needs a field of its own"},
		{"no minutes", func(m object) { m["costs"].(object)["pain"].(object)["minutes"] = 0 }, cost},
		{"1 minute", func(m object) { m["costs"].(object)["pain"].(object)["minutes"] = 1 }, ""},
		{"60 minutes", func(m object) { m["costs"].(object)["pain"].(object)["minutes"] = 60 }, ""},
		{"61 minutes", func(m object) { m["costs"].(object)["pain"].(object)["minutes"] = 61 }, cost},
		{"no equipment", func(m object) { m["costs"].(object)["pain"].(object)["equipment"] = "" }, cost},
		{"another cost", func(m object) { m["costs"].(object)["mood"] = m["costs"].(object)["pain"] }, "costs: holds an item"},
		{"other group", func(m object) { first(m, "checks")["group"] = "mood" }, checked},
		{"no title", func(m object) { first(m, "checks")["title"] = "" }, checked},
		{"no goal", func(m object) { first(m, "checks")["goal"] = "" }, checked},
		{"no text", func(m object) { first(m, "checks")["text"] = "" }, checked},
		{"untagged", func(m object) { first(m, "checks")["tag"] = "" }, checked},
		{"stop", func(m object) { first(m, "checks")["state"] = "stop" }, checked},
		{"a note", func(m object) { first(m, "checks")["state"] = "note" }, ""},
		{"a conflict", func(m object) { first(m, "checks")["state"] = "conflict" }, ""},
		{"a check", func(m object) { first(m, "checks")["state"] = "check" }, ""},
		{"check twice", func(m object) { m["checks"] = append(m["checks"].([]any), first(m, "checks")) }, "needs an id of its own"},
		{"check gone", func(m object) { m["checks"] = m["checks"].([]any)[1:] }, "checks: " + "age is missing"},
		{"unknown check", func(m object) {
			more := object{}
			for k, v := range first(m, "checks") {
				more[k] = v
			}
			more["id"] = "mood"
			m["checks"] = append(m["checks"].([]any), more)
		}, "checks: holds a check"},
		{"range gone", func(m object) { delete(check(m, "age"), "low"); delete(check(m, "age"), "high") }, "checks: age needs a usual range"},
		{"no lower end", func(m object) { delete(check(m, "age"), "low") }, ""},
		{"no upper end", func(m object) { delete(check(m, "age"), "high") }, ""},
		{"range of words", func(m object) { check(m, "weak_legs")["low"] = 1 }, "checks: weak_legs needs a usual range"},
		{"upper end of words", func(m object) { check(m, "weak_legs")["high"] = 1 }, "checks: weak_legs needs a usual range"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m object
			if err := json.Unmarshal(b, &m); err != nil {
				t.Fatal(err)
			}
			c.damage(m)
			bad, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			r, err := screen.ParseRules(bad)
			if err == nil {
				_ = screen.Explain(makeCase(t, ""), r) // one end of a range is enough
			}
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestNoAgeYet: the form explains a pregnancy before the birth date is known.
func TestNoAgeYet(t *testing.T) {
	x := screen.Explain(screen.Case{Pregnancy: &screen.Pregnancy{Status: screen.PregnancyYes}}, rules(t))
	if _, ok := reasonOf(x, "CHECK:pregnancy"); ok {
		t.Error("an unknown age does not fit")
	}
}

func TestSmallWords(t *testing.T) {
	for from, want := range map[string]string{"": "", "A": "A", "Ab": "ab", "Low": "low", "SI joint": "SI joint", "STarT": "STarT",
		"OA": "OA", "OZ": "OZ", "O@": "o@", "O[": "o["} {
		if got := screen.LowerFirst(from); got != want {
			t.Errorf("%q becomes %q, want %q", from, got, want)
		}
	}
	all := []string{"red_flags", "vitals", "pain", "disability", "biering_sorensen", "hip_extension", "dowel_hinge", "neuro", "health"}
	if got := (screen.Decision{Stale: all}).StaleSafety(); !slices.Equal(got, []string{"red_flags", "vitals", "neuro", "health"}) {
		t.Errorf("stale safety items are %v", got)
	}
	for days, want := range map[int]string{0: "Today. Good for 1 day.", 1: "1 day ago. Good for 1 day.", 2: "2 days ago. Good for 1 day."} {
		if got := (screen.Reason{AgeDays: &days, MaxAgeDays: 1}).Lines(domain.Date{}); len(got) != 1 || got[0].Text != want {
			t.Errorf("%d days: %v", days, got)
		}
	}
}

func TestEachStateHasItsWord(t *testing.T) {
	for outcome, want := range map[screen.Outcome]string{screen.Emergency: "Stop: emergency", screen.UrgentRefer: "Stop: refer urgently",
		screen.HoldRefer: "Hold and refer", screen.Incomplete: "Not complete", screen.NotReady: "Build first", screen.Retest: "Measure again", screen.Ready: "Ready"} {
		if got := outcome.Word(); got != want {
			t.Errorf("%s is called %q", outcome, got)
		}
	}
	for state, want := range map[string]string{"stop": "Stop", "hold": "Hold", "fail": "Not met", "pass": "Met", "stale": "Too old", "overridden": "Overridden",
		"cap": "Limit", "caution": "Caution", "conflict": "Answers disagree", "check": "Is that right?", "note": "Note", "missing": "Not asked"} {
		if got := (screen.Reason{State: state}).Word(); got != want {
			t.Errorf("%s is called %q", state, got)
		}
	}
}
