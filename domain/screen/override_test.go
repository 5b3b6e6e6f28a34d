package screen_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/screen"
)

func day(s string) domain.Date {
	d, err := domain.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// decided is an override of the names by an invented therapist.
func decided(names ...string) screen.Override {
	return screen.Override{Names: names, By: domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 00001"},
		Reason: "Hold limited by the shoulder", Signed: day("2026-11-22"), Until: day("2026-12-06")}
}

func overriding(names ...string) screen.Facts {
	return screen.Facts{Overrides: []screen.Override{decided(names...)}}
}

// overridable is the whole table: every rule, limit and item that a decision
// can name, and whether a therapist may override it.
var overridable = map[bool]string{
	true: `PAIN-1 PAIN-2 PAIN-3 STR-1 STR-2 STR-3 DIS-1 MOB-1 MOB-2 MECH-1
		CAP2:NEURO CAP2:SLR CAP1:CSLR CAP2:PREG CAP2:BONE CAP3:SURG CAP2:NEUROPATHIC CAP2:ACUTE CAP1:START_HIGH CAP3:START_HIGH
		pain irritability disability biering_sorensen hip_extension dowel_hinge mechanism duration history`,
	false: `RF-CES1 RF-CES2 RF-CES3 RF-CES4 RF-CES5 RF-CES6 RF-NEU1 RF-NEU2 RF-FX1 RF-FX2 RF-FX3 RF-FXC
		RF-CA1 RF-CA2 RF-CA3 RF-CA4 RF-CA5 RF-INF1 RF-INF2 RF-INF3 RF-INFL1 RF-INFL2 RF-VAS1 RF-VAS2 RF-VAS3 RF-VAS4 RF-VAS5
		RF-VIS1 RF-CV1 RF-CV2 RF-CV3 RF-CV4 RF-CV5 RF-GEN1
		BP-1 BP-2 BP-3 BP-4 BP-5 HR-1 NEURO-1 NEURO-2 NEURO-3 SCOPE-1 PREG-1 PREG-2 BONE-1 BONE-2 BONE-3 SURG-1 CAP2:BP
		red_flags steroids trauma vitals neuro pregnancy bone surgery health
		CAP2:NOTHING CAP2 RF-NONE PAIN-9 `,
}

func TestWhatMayBeOverridden(t *testing.T) {
	r := rules(t)
	table := map[string]bool{}
	for may, names := range overridable {
		for _, name := range strings.Fields(names) {
			table[name] = true
			if why := r.NoOverride(name); (why == "") != may {
				t.Errorf("%s: may be overridden is %v, want %v: %q", name, why == "", may, why)
			}
		}
	}
	if r.NoOverride("") == "" {
		t.Error("nothing can be overridden")
	}
	for _, f := range r.RedFlags {
		if !table["RF-"+f.ID] {
			t.Errorf("RF-%s is not in the table", f.ID)
		}
	}
	// Whatever a decision can name stands in the table.
	rapid.Check(t, func(rt *rapid.T) {
		d := screen.Evaluate(makeCase(t, someCase(rt)), r)
		for _, name := range slices.Concat(d.Rules, d.Missing, d.Stale, capsOf(d)) {
			if !table[name] {
				rt.Errorf("%s is not in the table", name)
			}
		}
	})
}

func capsOf(d screen.Decision) []string {
	var out []string
	for _, f := range d.Flags {
		if strings.HasPrefix(f, "CAP") {
			out = append(out, f)
		}
	}
	return out
}

// Each row is a case, what is overridden, and the decision with it.
func TestOverride(t *testing.T) {
	for _, row := range []struct{ edits, names, want string }{
		{"pain.nprs_7day=7", "PAIN-1", "READY/1 flags=OVERRIDE:PAIN-1"},
		{"pain.nprs_7day=7 biering_sorensen.seconds=40", "PAIN-1", "NOT_READY rules=STR-1 tracks=STRENGTH flags=OVERRIDE:PAIN-1"},
		{"pain.nprs_7day=7 biering_sorensen.seconds=40", "PAIN-1 STR-1", "READY/1 flags=OVERRIDE:PAIN-1,OVERRIDE:STR-1"},
		{"pain.nprs_7day=4", "PAIN-1", "READY/1"},
		{"episode.duration_weeks=3 history.highest_stage_exited=3", "CAP2:ACUTE", "READY/4 flags=OVERRIDE:CAP2:ACUTE"},
		{"episode.duration_weeks=3 history.highest_stage_exited=3 neuro.crossed_slr=true", "CAP2:ACUTE", "READY/1 cap=1 flags=CAP1:CSLR,OVERRIDE:CAP2:ACUTE"},
		{"pain=null", "pain", "READY/1 flags=OVERRIDE:pain"},
		{"pain=null disability=null", "pain", "INCOMPLETE flags=OVERRIDE:pain missing=disability"},
		{"pain=null bone=null", "pain bone", "INCOMPLETE flags=OVERRIDE:pain missing=bone"},
		{"dowel_hinge.reps=null dowel_hinge.pain=6", "dowel_hinge", "NOT_READY rules=MOB-2 tracks=PAIN flags=OVERRIDE:dowel_hinge"},
		{"age_days.pain=8", "pain", "READY/1 flags=OVERRIDE:pain"},
		{"age_days.pain=8 pain.nprs_7day=7", "pain", "NOT_READY rules=PAIN-1 tracks=PAIN flags=OVERRIDE:pain"},
		{"age_days.pain=8 pain.nprs_7day=7", "PAIN-1", "RETEST stale=pain"},
		{"age_days.vitals=31", "vitals", "RETEST stale=vitals"},
		{"vitals.systolic_mmhg=165", "BP-3 CAP2:BP", "HOLD_REFER rules=BP-3"},
		{`vitals.systolic_mmhg=165 clearances=["bp"] history.highest_stage_exited=3`, "CAP2:BP", "READY/2 cap=2 flags=CAP2:BP"},
		{`bone=osteoporosis clearances=["bone"] history.highest_stage_exited=3`, "CAP2:BONE", "READY/4 flags=OVERRIDE:CAP2:BONE"},
		{"red_flags.CV3=yes", "RF-CV3", "HOLD_REFER rules=RF-CV3"},
		{"red_flags.CES1=yes pain.nprs_7day=7", "PAIN-1 RF-CES1", "EMERGENCY rules=RF-CES1 flags=OVERRIDE:PAIN-1"},
	} {
		t.Run(row.edits+" "+row.names, func(t *testing.T) {
			r, c, f := rules(t), makeCase(t, row.edits), overriding(strings.Fields(row.names)...)
			d := screen.EvaluateWith(c, f, r)
			x := screen.ExplainWith(c, f, r)
			if got := brief(d); got != row.want || brief(x.Decision) != row.want {
				t.Errorf("\n got %s\n and %s\nwant %s", got, brief(x.Decision), row.want)
			}
			for _, name := range d.Overridden() {
				reason, ok := reasonOf(x, screen.OverridePrefix+name)
				for _, part := range []string{"R. Castello, PT, DPT", "PT 00001", "Dec 6, 2026", "Hold limited by the shoulder."} {
					if !ok || reason.State != "overridden" || !strings.Contains(reason.Text, part) {
						t.Errorf("%s is not explained with %q: %+v", name, part, reason)
					}
				}
			}
			if byOverride := strings.Contains(x.Headline, "by override"); byOverride != (d.Outcome == screen.Ready && len(d.Overridden()) > 0) {
				t.Errorf("the headline is %q", x.Headline)
			}
		})
	}
}

// everything is every name that anybody could write into an override.
var everything = strings.Fields(overridable[true] + " " + overridable[false])

// TestEveryNameHasWords: what may be overridden is never shown as a code.
func TestEveryNameHasWords(t *testing.T) {
	for _, name := range strings.Fields(overridable[true]) {
		if title := rules(t).NameTitle(name); title == name || title == "" || strings.HasPrefix(name, "CAP") != strings.Contains(title, "(stage limit)") {
			t.Errorf("%s is called %q", name, title)
		}
	}
	if got := rules(t).NameTitle("NONE-1"); got != "NONE-1" {
		t.Errorf("what nobody knows is called %q", got)
	}
}

// TestNoOverrideLiftsSafety: whatever an override names, a stop, a hold, a
// missing safety answer or a stale one stays as it is.
func TestNoOverrideLiftsSafety(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		c := makeCase(t, edits)
		before := screen.Evaluate(c, r)
		names := rapid.SliceOfN(rapid.SampledFrom(everything), 0, 12).Draw(rt, "names")
		if rapid.Bool().Draw(rt, "all") {
			names = everything
		}
		after := screen.EvaluateWith(c, overriding(names...), r)
		blocked := ranks[before.Outcome] <= ranks[screen.HoldRefer] || safetyGap(before)
		if blocked && after.Outcome != before.Outcome {
			rt.Errorf("%s: %s became %s by %v", edits, brief(before), brief(after), names)
		}
		if len(before.StaleSafety()) > 0 && (after.Outcome == screen.Ready || len(after.StaleSafety()) != len(before.StaleSafety())) {
			rt.Errorf("%s: %s became %s by %v", edits, brief(before), brief(after), names)
		}
		for _, id := range before.Rules {
			if r.NoOverride(id) != "" && !slices.Contains(after.Rules, id) {
				rt.Errorf("%s: %s is gone by %v", edits, id, names)
			}
		}
		if slices.Contains(before.Flags, "CAP2:BP") && after.Cap > 2 {
			rt.Errorf("%s: the limit of the pressure is gone by %v", edits, names)
		}
	})
}

// TestAnOverrideLiftsOnlyWhatItNames: everything else that was found stays, and
// what is gone stands as overridden.
func TestAnOverrideLiftsOnlyWhatItNames(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		c := makeCase(t, edits)
		before := screen.Evaluate(c, r)
		names := rapid.SliceOfN(rapid.SampledFrom(everything), 1, 4).Draw(rt, "names")
		after := screen.EvaluateWith(c, overriding(names...), r)
		still := slices.Concat(after.Rules, after.Flags, after.Missing, after.Stale)
		for _, id := range slices.Concat(before.Rules, capsOf(before), before.Missing, before.Stale) {
			named := slices.Contains(names, id) && r.NoOverride(id) == ""
			if !named && !slices.Contains(still, id) {
				rt.Errorf("%s: %v took away %s: %s became %s", edits, names, id, brief(before), brief(after))
			}
			if named && !slices.Contains(after.Flags, screen.OverridePrefix+id) {
				rt.Errorf("%s: %s is overridden and not shown: %s", edits, id, brief(after))
			}
		}
		for _, id := range after.Overridden() {
			if !slices.Contains(names, id) {
				rt.Errorf("%s: %s was never overridden", edits, id)
			}
		}
	})
}

// TestOverridableIsWhatWouldHelp: nothing is offered beside a safety outcome,
// and whatever is offered can be overridden.
func TestOverridableIsWhatWouldHelp(t *testing.T) {
	r := rules(t)
	for edits, want := range map[string]string{
		"": "", "pain.nprs_7day=7": "PAIN-1", "pain.nprs_7day=7 red_flags.CV3=yes": "", "pain=null": "pain",
		"pain=null vitals=null": "", "age_days.pain=8": "pain", "age_days.pain=8 age_days.neuro=31": "",
		"episode.duration_weeks=3 dowel_hinge.depth=none":                          "CAP2:ACUTE MOB-1",
		`vitals.systolic_mmhg=165 clearances=["bp"] episode.mechanism=neuropathic`: "CAP2:NEUROPATHIC",
	} {
		if got := strings.Join(r.Overridable(screen.Evaluate(makeCase(t, edits), r)), " "); got != want {
			t.Errorf("%s: %q, want %q", edits, got, want)
		}
	}
}

func TestOverrideCountsThroughItsLastDay(t *testing.T) {
	o := decided("PAIN-1")
	for on, want := range map[string]bool{"2026-11-21": false, "2026-11-22": true, "2026-12-05": true, "2026-12-06": true, "2026-12-07": false} {
		if got := o.InForce(day(on)); got != want {
			t.Errorf("%s: in force is %v", on, got)
		}
	}
}

// TestDatedAnswers: the answers that a case does not date grow old in a chart.
func TestDatedAnswers(t *testing.T) {
	r := rules(t)
	for _, row := range []struct {
		edits, item string
		limit       int
	}{{"", "irritability", 7}, {"", "mechanism", 30}, {"", "duration", 30}, {"history.highest_stage_exited=1", "history", 28}} {
		c := makeCase(t, row.edits)
		for days, stale := range map[int]bool{row.limit - 1: false, row.limit: false, row.limit + 1: true} {
			f := screen.Facts{Ages: map[string]int{row.item: days}}
			d := screen.EvaluateWith(c, f, r)
			if got := d.Outcome == screen.Retest && slices.Equal(d.Stale, []string{row.item}); got != stale || !stale && d.Outcome != screen.Ready {
				t.Errorf("%s at %d days: %s", row.item, days, brief(d))
			}
			if x := screen.ExplainWith(c, f, r); stale {
				if reason, ok := reasonOf(x, row.item); !ok || reason.State != "stale" || reason.Field == "" {
					t.Errorf("%s is not explained: %+v", row.item, reason)
				}
			}
		}
	}
	if d := screen.EvaluateWith(makeCase(t, ""), screen.Facts{Ages: map[string]int{"history": 400}}, r); d.Outcome != screen.Ready {
		t.Errorf("a stage that nobody reached grows old: %s", brief(d))
	}
}

// TestOverrideRulesAreChecked: a clinic may be stricter and never laxer.
func TestOverrideRulesAreChecked(t *testing.T) {
	for _, row := range []struct {
		key, is string
		good    bool
	}{
		{"clearance_days.bp", "60", true}, {"clearance_days.bp", "91", false}, {"clearance_days.bp", "0", false},
		{"clearance_days.ob", "43", false}, {"clearance_days.other", "366", false}, {"clearance_days.else", "365", false},
		{"answer_days.irritability", "8", false}, {"answer_days.history", "29", false}, {"answer_days.history", "27", true},
		{"override_days", "28", true}, {"override_days", "29", false}, {"override_days", "0", false},
	} {
		if _, p := rules(t).With(1, screen.Edits{row.key: row.is}); (len(p) == 0) != row.good {
			t.Errorf("%s: %v", row.is, p)
		}
	}
}
