package screen_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain/screen"
)

func cleared(name, given string, t testing.TB) screen.Clearance {
	return screen.Clearance{Name: name, Given: day(given), Until: rules(t).ClearanceUntil(name, day(given))}
}

// TestClearanceBoundaries: the day before the last, the last day, the day after.
func TestClearanceBoundaries(t *testing.T) {
	for name, days := range map[string]int{"bp": 90, "ob": 42, "bone": 365, "surgeon": 365, "CV3": 365, "fx_combo": 365, "psych_plan": 365} {
		c := cleared(name, "2026-01-10", t)
		for after, want := range map[int]bool{-1: false, 0: true, days - 1: true, days: true, days + 1: false} {
			if got := c.InForce(c.Given.AddDays(after)); got != want {
				t.Errorf("%s on day %d: in force is %v", name, after, got)
			}
		}
	}
}

// TestConcern: what a clearance would answer, and that it answers nothing else.
func TestConcern(t *testing.T) {
	r := rules(t)
	for _, row := range []struct{ edits, clearable string }{
		{"", ""},
		{"red_flags.CV3=yes", "CV3"},
		{"red_flags.CV3=yes red_flags.GEN1=yes", "CV3 GEN1"},
		{"red_flags.CA1=yes", ""},
		{"vitals.systolic_mmhg=160", ""}, {"vitals.systolic_mmhg=161", "bp"}, {"vitals.systolic_mmhg=181", ""},
		{"vitals.systolic_mmhg=85 vitals.diastolic_mmhg=50", ""},
		{"pregnancy.status=yes patient.sex=female", "ob"},
		{"pregnancy.status=postpartum pregnancy.weeks_postpartum=12 patient.sex=female", ""},
		{"bone=osteoporosis", "bone bone_heavy"}, {"bone=vertebral_fracture_healed", "bone bone_heavy"},
		{"bone=vertebral_fracture_under_12_weeks", ""},
		{"surgery.kind=fusion surgery.weeks_ago=25", ""}, {"surgery.kind=fusion surgery.weeks_ago=26", "surgeon"},
		{"surgery.kind=fusion surgery.weeks_ago=52", ""},
		{"patient.age_years=17", "minor"}, {"patient.sex=female long_term_steroids=true", "fx_combo"},
		{"episode.mechanism=nociplastic", "nociplastic"}, {"start_back.total=6 start_back.distress=4", "psych_plan"},
		{"neuro.finding=mild_unassessed", ""},
	} {
		c := makeCase(t, row.edits)
		if got := strings.Join(r.Clearable(c), " "); got != row.clearable {
			t.Errorf("%s: clearable are %q, want %q", row.edits, got, row.clearable)
		}
		for _, name := range r.Clearances() {
			if concern := r.Concern(name, c); (concern != "") != slices.Contains(strings.Fields(row.clearable), name) {
				t.Errorf("%s: the concern of %s is %q", row.edits, name, concern)
			}
		}
	}
}

// TestCovers: an earlier clearance goes on while the concern does, and not when
// it comes back.
func TestCovers(t *testing.T) {
	for _, row := range []struct {
		name    string
		screens []string
		want    bool
	}{
		{"CV3", []string{"red_flags.CV3=yes"}, true},
		{"CV3", []string{"red_flags.CV3=yes", "red_flags.CV3=yes"}, true},
		{"CV3", []string{"red_flags.CV3=yes", ""}, false},
		{"CV3", []string{"red_flags.CV3=yes", "", "red_flags.CV3=yes"}, false},
		{"CV3", []string{"", "red_flags.CV3=yes"}, false},
		{"GEN1", []string{"red_flags.CV3=yes"}, false},
		{"bp", []string{"vitals.systolic_mmhg=165", "vitals.systolic_mmhg=175"}, true},
		{"bp", []string{"vitals.systolic_mmhg=165", "vitals.systolic_mmhg=130", "vitals.systolic_mmhg=165"}, false},
		{"bp", []string{"vitals.systolic_mmhg=165", "vitals.systolic_mmhg=181"}, false},
		{"bone", []string{"bone=osteoporosis", "bone=osteoporosis"}, true},
		{"bone", []string{"bone=osteoporosis", "bone=vertebral_fracture_healed"}, false},
		{"ob", []string{"patient.sex=female pregnancy.status=yes", "patient.sex=female pregnancy.status=postpartum"}, false},
		{"fx_combo", []string{"patient.sex=female long_term_steroids=true", "patient.sex=female long_term_steroids=true significant_trauma=true"}, false},
		{"surgeon", []string{"surgery.kind=fusion surgery.weeks_ago=30", "surgery.kind=fusion surgery.weeks_ago=30"}, true},
		{"surgeon", []string{"surgery.kind=fusion surgery.weeks_ago=30", "surgery.kind=si_fusion surgery.weeks_ago=30"}, false},
	} {
		c := cleared(row.name, "2026-11-01", t)
		var screens []screen.Seen
		for i, edits := range row.screens {
			screens = append(screens, screen.Seen{On: day("2026-11-02").AddDays(i), Case: makeCase(t, edits)})
		}
		if got := rules(t).Covers(c, screens...); got != row.want {
			t.Errorf("%s over %q: covers is %v", row.name, row.screens, got)
		}
	}
	if rules(t).Covers(cleared("CV3", "2026-11-01", t)) {
		t.Error("a clearance covers nothing at all")
	}
}

// TestSurgeonsLetterIsAboutThisOperation: on the day of the operation it still
// is; before that day it cannot be.
func TestSurgeonsLetterIsAboutThisOperation(t *testing.T) {
	taken := screen.Seen{On: day("2026-11-22"), Case: makeCase(t, "surgery.kind=discectomy surgery.weeks_ago=20")}
	operated := day("2026-11-22").AddDays(-140)
	for days, want := range map[int]bool{-1: false, 0: true, 1: true} {
		c := screen.Clearance{Name: "surgeon", Given: operated.AddDays(days)}
		if got := rules(t).Covers(c, taken); got != want {
			t.Errorf("a letter %d days after the operation: covers is %v", days, got)
		}
	}
}

// TestAClearanceLiftsOnlyItsConcern: with one clearance more, every rule and
// limit that is gone is of that concern.
func TestAClearanceLiftsOnlyItsConcern(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		c := makeCase(t, edits)
		name := rapid.SampledFrom(r.Clearances()).Draw(rt, "clearance")
		c.Clearances = nil
		before := screen.Evaluate(c, r)
		c.Clearances = []string{name}
		after := screen.Evaluate(c, r)
		concern := strings.Fields(r.Concern(name, c))
		for _, id := range slices.Concat(before.Rules, capsOf(before), before.Missing, before.Stale) {
			gone := !slices.Contains(slices.Concat(after.Rules, after.Flags, after.Missing, after.Stale), id)
			if gone && !slices.Contains(concern, id) {
				rt.Errorf("%s: %s took away %s", edits, name, id)
			}
		}
		if len(concern) == 0 && after.Outcome != before.Outcome {
			rt.Errorf("%s: %s changes %s to %s without a concern", edits, name, brief(before), brief(after))
		}
		stopped := map[screen.Outcome]bool{screen.Emergency: true, screen.UrgentRefer: true}
		if name != "fx_combo" && (stopped[before.Outcome] || stopped[after.Outcome]) && before.Outcome != after.Outcome {
			rt.Errorf("%s: %s changes %s to %s", edits, name, brief(before), brief(after))
		}
	})
}
