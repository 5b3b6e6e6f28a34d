package screen_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/screen"
)

func step(t screen.Value, from domain.Decimal, steps int) string {
	return from.Add(t.Step.Mul(steps)).String()
}

// TestEveryHardLimit sets each value at both hard limits and one step beyond.
func TestEveryHardLimit(t *testing.T) {
	r := rules(t)
	// The other end of a pair is moved out of the way.
	room := map[string]screen.Edits{
		"bp_caution_systolic": {}, "odi_fail": {"odi_caution": "10"}, "rmdq_fail": {"rmdq_caution": "4"},
		"hr_urgent": {"hr_caution": "80"}, "rmdq_caution": {"rmdq_fail": "18"},
		"bp_absolute_systolic":  {"bp_relative_systolic": "130", "bp_caution_systolic": "120"},
		"bp_absolute_diastolic": {"bp_relative_diastolic": "80", "bp_caution_diastolic": "80"},
		"bp_relative_systolic":  {"bp_caution_systolic": "120"}, "bp_relative_diastolic": {"bp_caution_diastolic": "80"},
	}
	try := func(v screen.Value, text string) (*screen.Rules, domain.Problems) {
		e := screen.Edits{v.Key: text}
		for key, other := range room[v.Key] {
			e[key] = other
		}
		return r.With(1, e)
	}
	for _, v := range r.Values() {
		t.Run(v.Key, func(t *testing.T) {
			if v.Lock != "" {
				if _, p := try(v, v.Now); !strings.Contains(p.For(v.Key), v.Lock) {
					t.Errorf("a fixed value: %v", p)
				}
				return
			}
			good, bad := v.Options, []string{"", "often", " on"}
			if v.Options == nil {
				good = []string{v.Low.String(), v.High.String()}
				bad = []string{step(v, v.Low, -1), step(v, v.High, 1), "", "x", "1e1"}
				half := v.Step.Rat()
				half.Quo(half, domain.NewDecimal(2).Rat())
				bad = append(bad, v.Low.Add(domain.DecimalFromRat(half)).String())
			}
			for _, text := range good {
				made, p := try(v, text)
				if len(p) > 0 {
					t.Errorf("%s: %v", text, p)
					continue
				}
				if now := valueOf(t, made, v.Key); now.Now != text || now.Shipped != v.Shipped {
					t.Errorf("set to %s: %+v", text, now)
				}
				if text == v.Shipped && made.Edits()[v.Key] != "" {
					t.Errorf("the shipped value is kept as an edit")
				}
			}
			for _, text := range bad {
				made, p := try(v, text)
				if made != nil || !strings.HasPrefix(p.For(v.Key), v.Title+": ") {
					t.Errorf("%q is taken: %v", text, p)
				}
			}
		})
	}
}

func valueOf(t testing.TB, r *screen.Rules, key string) screen.Value {
	t.Helper()
	for _, v := range r.Values() {
		if v.Key == key {
			return v
		}
	}
	t.Fatalf("no value %s", key)
	return screen.Value{}
}

func TestSafetyValuesAreOnlyEverStricter(t *testing.T) {
	r := rules(t)
	for key, tries := range map[string][2]string{ // the value that is laxer, and one that is stricter
		"bp_crisis_systolic": {"181", "170"}, "bp_crisis_diastolic": {"121", "115"},
		"bp_absolute_systolic": {"190", "170"}, "bp_absolute_diastolic": {"111", "105"},
		"bp_relative_systolic": {"161", "150"}, "bp_relative_diastolic": {"101", "95"},
		"bp_low_systolic": {"89", "95"}, "hr_urgent": {"121", "110"}, "fracture_age": {"71", "65"},
		"age_min": {"17", "21"}, "postpartum_weeks": {"11", "16"}, "surgery_year": {"51", "60"},
		"surgery_window_weeks.fusion": {"25", "30"}, "surgery_window_weeks.discectomy": {"11", "13"},
		"max_age_days.red_flags": {"15", "7"}, "max_age_days.vitals": {"31", "29"},
	} {
		made, p := r.With(1, screen.Edits{key: tries[0]})
		if made != nil || p.For(key) == "" {
			t.Errorf("%s may be %s: %v", key, tries[0], p)
		}
		if v := valueOf(t, r, key); v.Guards != "" && !strings.HasSuffix(p.For(key), "never weakened.") {
			t.Errorf("%s is refused without its reason: %q", key, p.For(key))
		}
		if _, p := r.With(1, screen.Edits{key: tries[1]}); len(p) > 0 {
			t.Errorf("%s may not be %s: %v", key, tries[1], p)
		}
	}
	for _, key := range []string{"CES1", "red_flags.CES1", "rules.BP-1", "thresholds.bst_min", "max_age_days.", "max_age_days.mood"} {
		if made, p := r.With(1, screen.Edits{key: "1"}); made != nil || p.For(key) == "" {
			t.Errorf("%q is taken for a value", key)
		}
	}
}

// TestEditsMoveTheRules: each part of the edits reaches the decision and its
// words.
func TestEditsMoveTheRules(t *testing.T) {
	for _, c := range []struct {
		edits             screen.Edits
		answers, was, now string
		reason, says      string
	}{
		{screen.Edits{"bst_min": "90"}, "biering_sorensen.seconds=90", "READY/1",
			"NOT_READY rules=STR-1 tracks=STRENGTH flags=BORDERLINE:biering_sorensen", "STR-1", "more than 90 seconds"},
		{screen.Edits{"hinge_depth_min": "floor"}, "dowel_hinge.depth=mid_shin", "READY/1",
			"NOT_READY rules=MOB-1 tracks=MOBILITY", "MOB-1", "floor level or lower with three contacts"},
		{screen.Edits{"max_age_days.pain": "3"}, "age_days.pain=4", "READY/1", "RETEST stale=pain", "pain", "at most 3 days"},
		{screen.Edits{"surgery_window_weeks.fusion": "40"}, `surgery={"kind":"fusion","weeks_ago":39} clearances=["surgeon"]`,
			"READY/1 cap=3 flags=CAP3:SURG", "HOLD_REFER rules=SURG-1", "SURG-1", ""},
		{screen.Edits{"fast_track": "off"}, "dowel_hinge.reps_with_contact=10 history.barbell_experience_12_months=true",
			"READY/2 flags=FAST_TRACK", "READY/1", "", ""},
		{screen.Edits{"start_high_cap": "2"}, `start_back={"total":9,"distress":5} history.highest_stage_exited=3`,
			"READY/1 cap=1 flags=CAP1:START_HIGH,START:high", "READY/2 cap=2 flags=CAP2:START_HIGH,START:high", "", ""},
	} {
		made, p := rules(t).With(3, c.edits)
		if len(p) > 0 {
			t.Fatal(p)
		}
		in := makeCase(t, c.answers)
		if got := brief(screen.Evaluate(in, rules(t))); got != c.was {
			t.Errorf("%s as shipped: %s, want %s", c.answers, got, c.was)
		}
		x := screen.Explain(in, made)
		if got := brief(x.Decision); got != c.now {
			t.Errorf("%s with %v: %s, want %s", c.answers, c.edits, got, c.now)
		}
		if why, ok := reasonOf(x, c.reason); c.says != "" && (!ok || why.Threshold != c.says) {
			t.Errorf("%v: the goal says %q", c.edits, why.Threshold)
		}
		if x.RulesVersion != "BB-1.0+clinic.3" || x.RulesHash != made.Hash() {
			t.Errorf("signed as %s %s", x.RulesVersion, x.RulesHash)
		}
	}
}

func TestCautionBeginsBeforeTheFailure(t *testing.T) {
	r := rules(t)
	if _, p := r.With(1, screen.Edits{"bp_relative_systolic": "130"}); !strings.Contains(p.For("bp_caution_systolic"), "enter 130 or less") {
		t.Errorf("%v", p)
	}
	if _, p := r.With(1, screen.Edits{"bp_relative_systolic": "130", "bp_caution_systolic": "130"}); len(p) > 0 {
		t.Error(p)
	}
}

// TestEveryVersionHasItsOwnHash: the hash names the file, the version and the
// values, and nothing else.
func TestEveryVersionHasItsOwnHash(t *testing.T) {
	r := rules(t)
	with := func(r *screen.Rules, n int, e screen.Edits) *screen.Rules {
		made, p := r.With(n, e)
		if len(p) > 0 {
			t.Fatal(p)
		}
		return made
	}
	a := with(r, 1, screen.Edits{"bst_min": "55", "vas_fail": "50"})
	hashes := []string{r.Hash(), a.Hash(), with(r, 2, a.Edits()).Hash(), with(r, 1, screen.Edits{"bst_min": "55"}).Hash(),
		with(r, 1, nil).Hash()}
	for i, h := range hashes {
		if len(h) != 64 || slices.Contains(hashes[:i], h) {
			t.Errorf("hash %d: %q", i, h)
		}
	}
	if again := with(a, 1, screen.Edits{"vas_fail": "50.0", "bst_min": "55", "nprs_fail": "6"}); again.Hash() != a.Hash() {
		t.Error("the same values written otherwise have another hash")
	}
	if r.Clinic() != 0 || a.Clinic() != 1 || a.BaseHash() != r.Hash() || string(a.File()) != string(r.File()) {
		t.Errorf("clinic %d, base %s", a.Clinic(), a.BaseHash())
	}
	a.Edits()["bst_min"] = "1"
	a.File()[0] = 'X'
	if again := with(r, 1, screen.Edits{"bst_min": "55", "vas_fail": "50"}); again.Hash() != a.Hash() || a.Edits()["bst_min"] != "55" || a.File()[0] != '{' {
		t.Error("rules changed after they were made")
	}
	if back, err := screen.ParseRules(a.File()); err != nil || with(back, 1, a.Edits()).Hash() != a.Hash() {
		t.Errorf("the file and the edits do not make the rules again: %v", err)
	}
}

// otherFile is the shipped file changed as a later version of the program might
// ship it.
func otherFile(t *testing.T, change func(m map[string]any)) *screen.Rules {
	t.Helper()
	b, err := fs.ReadFile(assets.Rules, "rules/screen.json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	change(m)
	if b, err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
	r, err := screen.ParseRules(b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSignedValuesMeetALaterFile(t *testing.T) {
	later := otherFile(t, func(m map[string]any) {
		m["version"] = "BB-1.1"
		at := func(key string) map[string]any { return m["thresholds"].(map[string]any)[key].(map[string]any) }
		at("bst_min")["high"] = 80
		at("vas_fail")["low"] = 50
		at("nprs_fail")["step"] = 1
		at("mmt_min")["low"], at("mmt_min")["high"], at("mmt_min")["lock"] = 4, 4, "Fixed."
		delete(at("mmt_min"), "stricter")
		at("bp_relative_systolic")["value"], at("bp_relative_systolic")["high"] = 135, 135
		at("bp_caution_systolic")["value"] = 130
		m["choices"].(map[string]any)["hinge_depth_min"].(map[string]any)["options"] = []any{"knee", "mid_shin"}
	})
	r, told := later.Fit(4, screen.Edits{"bst_min": "100", "vas_fail": "45", "nprs_fail": "5.5", "mmt_min": "5",
		"acute_weeks": "8", "gone": "1", "hinge_depth_min": "floor", "fast_track": "off", "bp_caution_systolic": "138"})
	if r.Version != "BB-1.1+clinic.4" {
		t.Errorf("version %s", r.Version)
	}
	for key, want := range map[string]string{"bst_min": "80", "vas_fail": "50", "nprs_fail": "6", "mmt_min": "4", "acute_weeks": "8",
		"hinge_depth_min": "mid_shin", "fast_track": "off", "bp_caution_systolic": "135"} {
		if got := valueOf(t, r, key).Now; got != want {
			t.Errorf("%s counts as %s, want %s", key, got, want)
		}
	}
	for _, key := range []string{"bst_min", "vas_fail", "nprs_fail", "mmt_min", "gone", "hinge_depth_min", "bp_caution_systolic"} {
		if told.For(key) == "" {
			t.Errorf("nothing is said of %s", key)
		}
	}
	if len(told) != 7 {
		t.Errorf("told %v", told)
	}
	same, told := rules(t).Fit(4, screen.Edits{"bst_min": "100"})
	if len(told) != 0 || valueOf(t, same, "bst_min").Now != "100" {
		t.Errorf("values that fit: %v", told)
	}
	// A stop that begins early pulls the hold before it along.
	pulled, told := rules(t).Fit(1, screen.Edits{"bp_absolute_systolic": "150"})
	if len(told) != 1 || valueOf(t, pulled, "bp_relative_systolic").Now != "150" {
		t.Errorf("told %v", told)
	}
}

func TestToward(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		key, from, to string
		want          int
	}{
		{"bst_min", "60", "70", 1}, {"bst_min", "60", "50", -1}, {"bst_min", "60", "60", 0},
		{"nprs_fail", "6", "5.9", 1}, {"nprs_fail", "6", "6.1", -1},
		{"fast_track", "on", "off", 1}, {"fast_track", "off", "on", -1}, {"hinge_depth_min", "knee", "floor", 1},
		{"max_age_days.pain", "7", "6", 1}, {"surgery_window_weeks.fusion", "26", "27", 1},
	} {
		if got := valueOf(t, r, c.key).Toward(c.from, c.to); got != c.want {
			t.Errorf("%s from %s to %s is %d, want %d", c.key, c.from, c.to, got, c.want)
		}
	}
}

// TestEveryRuleCanBeRead: no rule without its rationale, source and tag, and
// every rule that stops says why it cannot be changed.
func TestEveryRuleCanBeRead(t *testing.T) {
	r := rules(t)
	for _, x := range r.Texts {
		if x.Title == "" || x.Goal == "" || !strings.HasSuffix(x.Text, ".") || x.Citation == "" ||
			!known(x.Tag, x.Citation) {
			t.Errorf("%s: %+v", x.ID, x)
		}
	}
	for _, v := range r.Values() {
		if v.Title == "" || v.Citation == "" || !known(v.Tag, v.Citation) {
			t.Errorf("%s: %+v", v.Key, v)
		}
		if v.Options == nil && (v.Unit == "" || v.Low.Cmp(v.High) > 0 || v.Low.Cmp(v.High) == 0 != (v.Lock != "")) {
			t.Errorf("%s: %+v", v.Key, v)
		}
	}
	var locked []string
	for _, l := range r.Locks() {
		locked = append(locked, l.ID)
		if l.Title == "" || !strings.HasSuffix(l.Why, ".") {
			t.Errorf("%+v", l)
		}
	}
	slices.Sort(locked)
	if got := strings.Join(locked, " "); got != "BP-1 BP-2 HR-1 NEURO-1 NEURO-2 RF RF-FXC" {
		t.Errorf("locked are %s", got)
	}
}

// someEdits draws values, most of them allowed.
func someEdits(rt *rapid.T, r *screen.Rules) screen.Edits {
	e := screen.Edits{}
	values := slices.DeleteFunc(r.Values(), func(v screen.Value) bool { return v.Lock != "" })
	for range rapid.IntRange(1, 6).Draw(rt, "values changed") {
		v := rapid.SampledFrom(values).Draw(rt, "value")
		if v.Options != nil {
			e[v.Key] = rapid.SampledFrom(v.Options).Draw(rt, "choice")
			continue
		}
		n := v.High.Sub(v.Low).Rat()
		n.Quo(n, v.Step.Rat())
		steps := int(n.Num().Int64())
		most := steps
		if rapid.IntRange(0, 19).Draw(rt, "beyond the limit") == 0 {
			most++
		}
		e[v.Key] = step(v, v.Low, rapid.IntRange(0, most).Draw(rt, "steps"))
	}
	return e
}

// stopsRules are the rules of a decision that stop for emergency or same-day
// care. BP-1 and BP-2 exclude each other, and FXC may also hold.
func stopRules(d screen.Decision) []string {
	var out []string
	for _, id := range d.Rules {
		if a := actions[strings.TrimPrefix(id, "RF-")]; a == screen.Emergency || a == screen.UrgentRefer {
			out = append(out, id)
		}
		switch id {
		case "BP-1", "BP-2":
			out = append(out, "BP")
		case "HR-1", "NEURO-1", "NEURO-2":
			out = append(out, id)
		}
	}
	return out
}

// TestNoEditWeakensAStop: whatever a clinic is allowed to set, a case that is an
// emergency stays one, same-day care never becomes less, and each rule that
// stopped still fires.
func TestNoEditWeakensAStop(t *testing.T) {
	r := rules(t)
	urgent := strings.Fields(`red_flags.CES1=yes red_flags.CA2=yes vitals.systolic_mmhg=181 vitals.systolic_mmhg=200
		vitals.diastolic_mmhg=111 vitals.diastolic_mmhg=121 vitals.symptoms=true vitals.heart_rate_bpm=121
		neuro.finding=bilateral_motor neuro.finding=umn patient.age_years=71 long_term_steroids=true significant_trauma=true`)
	tried, accepted := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		for range rapid.IntRange(1, 3).Draw(rt, "stops") {
			s := rapid.SampledFrom(urgent).Draw(rt, "stop")
			if path, _, _ := strings.Cut(s, "="); !strings.Contains(edits, path) && !strings.Contains(edits, "red_flags=") {
				edits += " " + s
			}
		}
		c, err := screen.DecodeCase(line(t, edits), r)
		if err != nil {
			return // a pressure above the other
		}
		before := screen.Evaluate(c, r)
		tried++
		made, p := r.With(1, someEdits(rt, r))
		if len(p) > 0 {
			return
		}
		accepted++
		after := screen.Evaluate(c, made)
		if before.Outcome == screen.Emergency && after.Outcome != screen.Emergency ||
			before.Outcome == screen.UrgentRefer && ranks[after.Outcome] > ranks[screen.UrgentRefer] {
			rt.Errorf("%s with %v: %s became %s", edits, made.Edits(), brief(before), brief(after))
		}
		kept := stopRules(after)
		for _, id := range stopRules(before) {
			if !slices.Contains(kept, id) {
				rt.Errorf("%s with %v: %s no longer fires in %s", edits, made.Edits(), id, brief(after))
			}
		}
		if before.Outcome == screen.HoldRefer && ranks[after.Outcome] > ranks[screen.HoldRefer] {
			rt.Errorf("%s with %v: %s became %s", edits, made.Edits(), brief(before), brief(after))
		}
	})
	if accepted*20 < tried {
		t.Errorf("only %d of %d drawn edits are allowed: the property says little", accepted, tried)
	}
}

// TestStricterIsNeverMorePermissive moves one value a step the stricter way.
func TestStricterIsNeverMorePermissive(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		v := rapid.SampledFrom(r.Values()).Draw(rt, "value")
		to := v.Shipped
		switch {
		case v.Options != nil:
			to = rapid.SampledFrom(v.Options).Draw(rt, "choice")
		case v.Lock == "":
			n := rapid.IntRange(1, 10).Draw(rt, "steps")
			if v.Stricter == "lower" {
				n = -n
			}
			to = step(v, domain.MustDecimal(v.Shipped), n)
		}
		made, p := r.With(1, screen.Edits{v.Key: to})
		if len(p) > 0 {
			return
		}
		c := makeCase(t, edits)
		d1, d2 := screen.Evaluate(c, r), screen.Evaluate(c, made)
		// What no longer counts neither passes nor fails, so a shorter interval
		// turns a failure into a re-test; that permits less, not more.
		looser := ranks[d2.Outcome] > ranks[d1.Outcome] && d1.Outcome != screen.Incomplete && d2.Outcome != screen.Retest
		if looser || d2.Stage > d1.Stage || d2.Outcome == d1.Outcome && d2.Cap > d1.Cap {
			rt.Errorf("%s with %s = %s: %s became %s", edits, v.Key, to, brief(d1), brief(d2))
		}
	})
}

func ExampleRules_With() {
	r, err := screen.LoadRules(assets.Rules)
	if err != nil {
		fmt.Println(err)
		return
	}
	mine, problems := r.With(1, screen.Edits{"bst_min": "75"})
	fmt.Println(mine.Version, len(problems))
	_, problems = r.With(2, screen.Edits{"hr_urgent": "130"})
	fmt.Println(problems.For("hr_urgent"))
	// Output:
	// BB-1.0+clinic.1 0
	// Heart rate at rest stops for same-day care above: enter a number from 100 to 120 per minute. A rule for same-day care is never weakened.
}
