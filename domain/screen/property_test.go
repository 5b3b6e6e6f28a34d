package screen_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// values are what a drawn case answers, field by field; each list holds both
// sides of every limit and null.
var values = map[string]string{
	"patient.age_years": "16 17 18 45 69 70 71", "patient.sex": "male female",
	"long_term_steroids": "true false null", "significant_trauma": "true false null",
	"vitals.systolic_mmhg": "null 89 90 124 139 140 160 161 180 181", "vitals.diastolic_mmhg": "null 60 78",
	"vitals.heart_rate_bpm": "null 72 100 101 120 121", "vitals.symptoms": "true false null",
	"neuro.finding":          "null normal mild_unassessed mild_stable_assessed motor_le3 progressive umn bilateral_motor",
	"neuro.slr_own_leg_pain": "true false null", "neuro.slr_angle_deg": "null 40 70 71", "neuro.crossed_slr": "true false null",
	"pregnancy.status": "null no yes postpartum not_applicable", "pregnancy.weeks_postpartum": "null 0 11 12 13",
	"bone":         "null none osteoporosis vertebral_fracture_under_12_weeks vertebral_fracture_healed",
	"surgery.kind": "null none discectomy fusion abdominal", "surgery.weeks_ago": "null 0 11 12 25 26 51 52",
	"episode.duration_weeks": "null 0 5 6 26", "episode.mechanism": "null nociceptive neuropathic nociplastic mixed unknown",
	"episode.irritability": "null low moderate high", "episode.directional_response": "null none peripheralizes_with_hinge",
	"pain.nprs_7day": "null 0 5.9 6 10", "pain.vas_mm": "null 0 59 60 100",
	"disability.odi_percent": "null 0 20 20.1 40 40.1", "disability.rmdq": "null 0 7 8 13 14",
	"biering_sorensen":   `null {} {"seconds":47} {"seconds":60} {"seconds":61} {"seconds":73} {"status":"unable_pain"} {"status":"not_done"}`,
	"hip_extension.test": "null bridge_reps bridge_hold_seconds",
	"hip_extension":      `null {} {"mmt_left":3} {"test":"manual_muscle_test","left":3,"right":5} {"test":"manual_muscle_test","mmt_left":4,"mmt_right":4}`,
	"hip_extension.left": "null 0 3 4 5", "hip_extension.right": "null 3 4 5",
	"hip_extension.mmt_left": "null 3 4 5", "hip_extension.mmt_right": "null 3 4",
	"dowel_hinge.reps_with_contact": "null 0 8 9 10", "dowel_hinge.reps": "null 10",
	"dowel_hinge.depth": "null none mid_thigh knee mid_shin floor", "dowel_hinge.pain": "null 0 2 3 5 6",
	"start_back.total": "null 5 9", "start_back.distress": "null 3 4", "tsk11": "null 28 29",
	"history.highest_stage_exited": "null 0 1 2 3 4", "history.barbell_experience_12_months": "null true false",
	"age_days.red_flags": "0 15", "age_days.vitals": "0 31", "age_days.pain": "0 8", "age_days.disability": "0 31",
	"age_days.biering_sorensen": "0 43", "age_days.hip_extension": "0 43", "age_days.dowel_hinge": "0 15",
	"age_days.neuro": "0 31", "age_days.health": "0 366",
	"clearances": `[] ["fx_combo","bp","ob"] ["bone","surgeon","minor"] ["bone_heavy","nociplastic","psych_plan"] ["CV3"]`,
	"red_flags":  "keep null {}", "red_flags.CES1": "no no no yes null", "red_flags.CA2": "no no no yes unknown",
	"red_flags.CV3": "no no yes", "red_flags.INFL1": "no yes",
}

var drawn = func() []string { // in an order that puts a parent before its fields
	out := make([]string, 0, len(values))
	for path := range values {
		out = append(out, path)
	}
	slices.Sort(out)
	return out
}()

// someCase draws a case a few answers away from ready, so that every outcome is
// reached often.
func someCase(t *rapid.T) string {
	edits := ""
	for range rapid.IntRange(0, 6).Draw(t, "answers changed") {
		path := rapid.SampledFrom(drawn).Draw(t, "field")
		value := rapid.SampledFrom(strings.Fields(values[path])).Draw(t, path)
		if value != "keep" && !strings.Contains(edits, path) {
			edits += path + "=" + value + " "
		}
	}
	return edits
}

func TestEveryDecisionIsExplained(t *testing.T) {
	// One case of each outcome for certain, then drawn ones.
	for edits, want := range map[string]screen.Outcome{"red_flags.CES1=yes": screen.Emergency,
		"red_flags.CA2=yes": screen.UrgentRefer, "red_flags.CV3=yes": screen.HoldRefer, "bone=null": screen.Incomplete,
		"pain.nprs_7day=7": screen.NotReady, "age_days.pain=8": screen.Retest, "": screen.Ready} {
		if d := explained(t, t, edits); d.Outcome != want {
			t.Errorf("%s: %s", edits, brief(d))
		}
	}
	rapid.Check(t, func(rt *rapid.T) { explained(t, rt, someCase(rt)) })
}

// explained holds one decision and its explanation to what every one must be.
func explained(t *testing.T, rt interface{ Errorf(string, ...any) }, edits string) screen.Decision {
	r, fields := rules(t), fieldPaths(t)
	c := makeCase(t, edits)
	x := screen.Explain(c, r)
	d := x.Decision
	if diff := cmp.Diff(screen.Evaluate(c, r), d); diff != "" {
		rt.Errorf("%s: Evaluate and Explain disagree:\n%s", edits, diff)
	}
	if !named(d) || d.Cap < 1 || d.Cap > 4 {
		rt.Errorf("%s: %s", edits, brief(d))
	}
	for _, list := range [][]string{d.Rules, d.Tracks, d.Flags, d.Missing, d.Stale} {
		if list == nil || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			rt.Errorf("%s: a list is not sorted and unique: %v", edits, list)
		}
	}
	for _, id := range slices.Concat(d.Rules, d.Flags, d.Missing, d.Stale) {
		if _, ok := reasonOf(x, id); !ok {
			rt.Errorf("%s: %s has no reason", edits, id)
		}
	}
	for _, reason := range x.Reasons {
		if reason.Title == "" || reason.Value == "" || reason.Threshold == "" || reason.Text == "" ||
			!known(reason.Tag, reason.Citation) {
			rt.Errorf("%s: a reason with a gap: %+v", edits, reason)
		}
		if !slices.Contains(fields, reason.Field) || !slices.Contains(screen.Groups, reason.Group) {
			rt.Errorf("%s: %s leads to %q in %q", edits, reason.ID, reason.Field, reason.Group)
		}
	}
	if (len(x.Unanswered) == 0) != (len(d.Missing) == 0) {
		rt.Errorf("%s: unanswered %v, missing %v", edits, x.Unanswered, d.Missing)
	}
	for _, f := range x.Unanswered {
		if !slices.Contains(fields, f) {
			rt.Errorf("%s: no such field %s", edits, f)
		}
	}
	stops := d.Outcome == screen.Emergency || d.Outcome == screen.UrgentRefer
	if d.Outcome != screen.Ready && stops != (len(x.Changes) == 0) {
		rt.Errorf("%s: %s, changes %+v", edits, d.Outcome, x.Changes)
	}
	if x.Headline == "" || len(x.Changes) > 2 {
		rt.Errorf("%s: headline %q, changes %+v", edits, x.Headline, x.Changes)
	}
	if strings.Contains(x.Leaning, "ready") && (d.Outcome != screen.Incomplete || safetyGap(d)) {
		rt.Errorf("%s: %s leans to ready", edits, brief(d))
	}
	return d
}

// named reports whether the decision holds what its outcome is called after.
func named(d screen.Decision) bool {
	rules, tracks, gaps, old := len(d.Rules) > 0, len(d.Tracks) > 0, len(d.Missing) > 0, len(d.Stale) > 0
	clean := !rules && !tracks && !gaps
	switch d.Outcome {
	case screen.Emergency, screen.UrgentRefer, screen.HoldRefer:
		return rules && d.Stage == 0
	case screen.Incomplete:
		return gaps && d.Stage == 0
	case screen.NotReady:
		return rules && tracks && d.Stage == 0
	case screen.Retest:
		return clean && old && d.Stage == 0
	}
	return d.Outcome == screen.Ready && clean && !old && d.Stage >= 1 && d.Stage <= d.Cap
}

func safetyGap(d screen.Decision) bool {
	for _, item := range strings.Fields("red_flags vitals neuro pregnancy bone surgery steroids trauma") {
		if slices.Contains(d.Missing, item) {
			return true
		}
	}
	return false
}

// ranks orders the outcomes from the least to the most permissive. Incomplete
// stands both above and below not ready, so the two share a rank.
var ranks = map[screen.Outcome]int{screen.Emergency: 0, screen.UrgentRefer: 1, screen.HoldRefer: 2,
	screen.Incomplete: 3, screen.NotReady: 3, screen.Retest: 4, screen.Ready: 5}

// TestWorseIsNeverBetter makes one measured value worse and expects no better
// outcome, no higher stage and, within one outcome, no higher cap.
func TestWorseIsNeverBetter(t *testing.T) {
	r := rules(t)
	worse := []struct {
		name, at string
		low      int
		high     int
		up       bool // a higher value is worse
	}{
		{"pain.nprs_7day", "", 0, 10, true}, {"pain.vas_mm", "pain.nprs_7day=null ", 0, 100, true},
		{"disability.odi_percent", "", 0, 100, true}, {"disability.rmdq", "", 0, 24, true},
		{"biering_sorensen.seconds", "", 0, 300, false},
		{"vitals.systolic_mmhg", "", 90, 260, true}, {"vitals.diastolic_mmhg", "vitals.systolic_mmhg=170 ", 30, 160, true},
		{"vitals.heart_rate_bpm", "", 40, 250, true}, {"patient.age_years", "", 18, 120, true},
		{"dowel_hinge.pain", "", 0, 10, true}, {"hip_extension.left", "", 0, 40, false}, {"hip_extension.mmt_left", "", 0, 5, false},
		{"surgery.weeks_ago", "surgery.kind=fusion ", 0, 80, false}, {"episode.duration_weeks", "", 0, 40, false},
		{"tsk11", "", 11, 44, true},
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := rapid.SampledFrom(worse).Draw(rt, "value")
		a := rapid.IntRange(w.low, w.high).Draw(rt, "a")
		b := rapid.IntRange(w.low, w.high).Draw(rt, "b")
		if (a > b) == w.up {
			a, b = b, a // b is the worse
		}
		edits := ""
		for _, e := range strings.Fields(someCase(rt)) {
			if p, _, _ := strings.Cut(e, "="); !strings.HasPrefix(w.name, p) && !strings.Contains(w.at, p+"=") && !strings.HasPrefix(p, "vitals.") {
				edits += e + " "
			}
		}
		edits += w.at
		d1 := screen.Evaluate(makeCase(t, edits+w.name+"="+strconv.Itoa(a)), r)
		d2 := screen.Evaluate(makeCase(t, edits+w.name+"="+strconv.Itoa(b)), r)
		if ranks[d2.Outcome] > ranks[d1.Outcome] || d2.Stage > d1.Stage || d2.Outcome == d1.Outcome && d2.Cap > d1.Cap {
			rt.Errorf("%s%s from %d to %d: %s became %s", edits, w.name, a, b, brief(d1), brief(d2))
		}
	})
}

// TestOlderIsNeverHigher ages a case and expects no higher stage.
func TestOlderIsNeverHigher(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		c := makeCase(t, edits)
		days := rapid.IntRange(0, 400).Draw(rt, "days")
		d1, d2 := screen.Evaluate(c, r), screen.Evaluate(screen.Age(c, days), r)
		if d2.Stage > d1.Stage || d2.Cap > d1.Cap {
			rt.Errorf("%s after %d days: %s became %s", edits, days, brief(d1), brief(d2))
		}
	})
}

// TestDecidingDoesNotChangeTheCase: the form keeps what was answered.
func TestDecidingDoesNotChangeTheCase(t *testing.T) {
	r := rules(t)
	const edits = "biering_sorensen.seconds=300 age_days.pain=8 clearances=[\"CV3\"]"
	c, fresh := makeCase(t, edits), makeCase(t, edits)
	screen.Explain(c, r)
	screen.Evaluate(screen.Age(c, 10), r)
	if d := cmp.Diff(fresh, c, cmp.Comparer(func(a, b domain.Decimal) bool { return a.Cmp(b) == 0 })); d != "" {
		t.Error(d)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	r := rules(b)
	c := makeCase(b, "neuro.crossed_slr=true biering_sorensen.seconds=50")
	b.ReportAllocs()
	for b.Loop() {
		screen.Evaluate(c, r)
	}
}

func BenchmarkExplain(b *testing.B) {
	r := rules(b)
	c := makeCase(b, "neuro.crossed_slr=true biering_sorensen.seconds=50")
	b.ReportAllocs()
	for b.Loop() {
		screen.Explain(c, r)
	}
}
