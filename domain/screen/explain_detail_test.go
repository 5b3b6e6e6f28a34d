package screen_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/measure"
	"backtobar/domain/screen"
)

// TestEachChangeReallyChangesTheResult: every change that is named was made,
// decided anew, and led where it says; it is a possible case, and it unsays no
// finding.
func TestEachChangeReallyChangesTheResult(t *testing.T) {
	r := rules(t)
	named := 0
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		c := makeCase(t, edits)
		x, after := screen.TriedChanges(c, r)
		if len(after) != len(x.Changes) {
			rt.Fatalf("%s: %d changes, %d cases", edits, len(x.Changes), len(after))
		}
		for i, n := range x.Changes {
			named++
			d := screen.Evaluate(after[i], r)
			if d.Outcome == x.Decision.Outcome && d.Stage == x.Decision.Stage {
				rt.Errorf("%s: %q changes nothing", edits, n.Text())
			}
			if d.Outcome != n.Outcome || d.Stage != n.Stage {
				rt.Errorf("%s: %q leads to %s, not to %s/%d", edits, n.Text(), brief(d), n.Outcome, n.Stage)
			}
			if p := screen.Validate(after[i], r); len(p) > 0 {
				rt.Errorf("%s: %q makes an impossible case: %v", edits, n.Text(), p)
			}
			for id, answer := range c.RedFlags {
				if (answer == screen.Yes || answer == screen.No) && answer != after[i].RedFlags[id] {
					rt.Errorf("%s: %q changes the answer to %s", edits, n.Text(), id)
				}
			}
			if safetyGap(x.Decision) && strings.Contains(n.Then, "ready") {
				rt.Errorf("%s: leans to ready over a safety gap: %q", edits, n.Then)
			}
			for _, s := range n.Steps {
				if s.Text == "" || !slices.Contains(fieldPaths(t), s.Field) {
					rt.Errorf("%s: a step with a gap: %+v", edits, s)
				}
			}
		}
	})
	if named == 0 {
		t.Error("no change was named at all")
	}
}

// TestNextMeasurement: nothing is measured after a stop or when nothing is
// open; else the next item is one that is missing, too old or not met, and no
// cheaper one can change the result.
func TestNextMeasurement(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ edits, want string }{
		{"", ""},
		{"red_flags.CES1=yes pain=null", ""},
		{"red_flags.CA2=yes vitals=null", ""},
		// A safety answer alone can change the result; pain cannot while it is open.
		{"pain=null vitals=null", "vitals"},
		{"pain=null vitals=null bone=null", "bone"},
		{"red_flags.CES1=null pain=null", "red_flags"},
		{"pain=null biering_sorensen=null", "pain"},
		{"biering_sorensen=null", "biering_sorensen"},
		{"age_days.pain=8 age_days.biering_sorensen=50", "pain"},
		{"age_days.biering_sorensen=50 age_days.dowel_hinge=20", "dowel_hinge"},
		{"age_days.health=400", "steroids"},
		{"biering_sorensen.seconds=50", "biering_sorensen"},
		{"biering_sorensen.seconds=50 pain.nprs_7day=8", "pain"},
		{"vitals.systolic_mmhg=165", "vitals"},
		{"bone=osteoporosis", ""},
		{"bone=osteoporosis red_flags.CES1=null", "red_flags"},
		{"episode.mechanism=nociplastic", ""},
	} {
		x := screen.Explain(makeCase(t, c.edits), r)
		got := ""
		if x.Next != nil {
			got = x.Next.Item
			if x.Next.Minutes < 1 || x.Next.Equipment == "" || x.Next.Why == "" || x.Next.Title == "" ||
				!slices.Contains(fieldPaths(t), x.Next.Field) || !strings.Contains(x.Next.Text(), "minute") {
				t.Errorf("%s: a gap in %+v", c.edits, *x.Next)
			}
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.edits, got, c.want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		edits := someCase(rt)
		x := screen.Explain(makeCase(t, edits), r)
		d := x.Decision
		open := slices.Concat(d.Missing, d.Stale)
		stop := d.Outcome == screen.Emergency || d.Outcome == screen.UrgentRefer
		switch {
		case stop && x.Next != nil:
			rt.Errorf("%s: %s asks for %s", edits, d.Outcome, x.Next.Item)
		case (d.Outcome == screen.Incomplete || d.Outcome == screen.Retest) && x.Next == nil:
			rt.Errorf("%s: %s with nothing to ask next", edits, brief(d))
		case d.Outcome == screen.Incomplete && safetyGap(d) && !stop && !slices.Contains(open, x.Next.Item) && !slices.Contains(open, "health"):
			rt.Errorf("%s: %s is not open: %s", edits, x.Next.Item, brief(d))
		}
	})
}

// TestSidesAndBorders pins direction, side, the source of the number and the
// measurement error of a reason of each kind.
func TestSidesAndBorders(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		edits, id, better, side, tag string
		near                         bool
	}{
		{"", "PAIN-1", "lower", "2 points below the limit", "clinic default", false},
		{"pain.nprs_7day=4.2", "PAIN-1", "lower", "1.8 points below the limit", "clinic default", false},
		{"pain.nprs_7day=4.3", "PAIN-1", "lower", "1.7 points below the limit", "clinic default", true},
		{"pain.nprs_7day=6", "PAIN-1", "lower", "exactly at the limit", "clinic default", true},
		{"pain.nprs_7day=null pain.vas_mm=75", "PAIN-1", "lower", "15 mm above the limit", "secondary source", true},
		{"pain.nprs_7day=null pain.vas_mm=75.1", "PAIN-1", "lower", "15.1 mm above the limit", "secondary source", false},
		{"biering_sorensen.seconds=48", "STR-1", "higher", "12 seconds below the limit", "secondary source", true},
		{"biering_sorensen.seconds=47", "STR-1", "higher", "13 seconds below the limit", "secondary source", false},
		{"biering_sorensen.seconds=72", "STR-1", "higher", "12 seconds above the limit", "secondary source", true},
		{"disability.odi_percent=52.1", "DIS-1", "lower", "12.1 percentage points above the limit", "clinic default", false},
		{"disability.odi_percent=28", "DIS-1", "lower", "12 percentage points below the limit", "clinic default", true},
		{"disability={\"rmdq\":9}", "DIS-1", "lower", "5 points below the limit", "clinic default", true},
		{"disability={\"rmdq\":8}", "DIS-1", "lower", "6 points below the limit", "clinic default", false},
		{"disability={\"rmdq\":8}", "CAUTION:disability", "lower", "exactly at the limit", "clinic default", true},
		{"hip_extension.left=7", "STR-3", "higher", "3 bridges below the limit", "clinic default", false},
		{"hip_extension.mmt_left=3", "STR-3", "higher", "1 grade below the limit", "clinic default", false},
		{`hip_extension={"test":"manual_muscle_test","mmt_left":4,"mmt_right":5}`, "STR-3", "higher", "exactly at the limit", "clinic default", false},
		{`hip_extension={"test":"bridge_hold_seconds","left":30,"right":31}`, "STR-3", "higher", "10 seconds above the limit", "clinic default", false},
		{"hip_extension.left=10", "CAUTION:asymmetry", "lower", "13.3 percentage points above the limit", "clinic default", false},
		{"dowel_hinge.pain=6", "MOB-2", "lower", "1 point above the limit", "clinic default", false},
		{"vitals.systolic_mmhg=165", "BP-3", "lower", "5 mmHg above the limit", "source", false},
		{"vitals.diastolic_mmhg=109", "BP-3", "lower", "9 mmHg above the limit", "source", false},
		{"vitals.systolic_mmhg=null vitals.diastolic_mmhg=115", "BP-2", "lower", "5 mmHg above the limit", "source", false},
		{"vitals.systolic_mmhg=85", "BP-5", "higher", "5 mmHg below the limit", "clinic default", false},
		{"vitals.symptoms=true vitals.systolic_mmhg=180", "BP-1", "lower", "exactly at the limit", "clinic default", false},
		{"vitals.heart_rate_bpm=125", "HR-1", "lower", "5 a minute above the limit", "clinic default", false},
		{"patient.age_years=17", "SCOPE-1", "higher", "1 year below the limit", "clinic default", false},
		{"patient.age_years=70", "CAUTION:age", "lower", "exactly at the limit", "clinic default", false},
		{"patient.age_years=71 patient.sex=female", "RF-FXC", "lower", "exactly at the limit", "clinic default", false},
		{"surgery.kind=fusion surgery.weeks_ago=20", "SURG-1", "higher", "6 weeks below the limit", "clinic default", false},
		{"surgery.kind=fusion surgery.weeks_ago=30", "SURG-1", "higher", "22 weeks below the limit", "clinic default", false},
		{"episode.duration_weeks=2", "CAP2:ACUTE", "higher", "4 weeks below the limit", "clinic default", false},
		{"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=50", "CAP2:SLR", "higher", "20 degrees below the limit", "source", false},
		{"neuro.slr_own_leg_pain=true", "CAP2:SLR", "", "", "", false},
		{"pregnancy.status=postpartum pregnancy.weeks_postpartum=8", "PREG-2", "higher", "4 weeks below the limit", "clinic default", false},
		{"tsk11=30", "CAUTION:fear", "lower", "1 point above the limit", "clinic default", true},
		{"pain.vas_mm=70", "CONFLICT:pain_scales", "lower", "10 mm above the limit", "clinic default", false},
		{"red_flags.CES1=yes", "RF-CES1", "", "", "", false},
		{"dowel_hinge.depth=none", "MOB-1", "", "", "", false},
	} {
		t.Run(c.edits+" "+c.id, func(t *testing.T) {
			got, ok := reasonOf(screen.Explain(makeCase(t, c.edits), r), c.id)
			if !ok {
				t.Fatal("no such reason")
			}
			if got.Better != c.better || got.Side != c.side || got.ThresholdTag != c.tag || (got.Borderline != nil) != c.near {
				t.Errorf("got %q, %q, %q, borderline %+v", got.Better, got.Side, got.ThresholdTag, got.Borderline)
			}
			if b := got.Borderline; b != nil && (b.Distance.Cmp(b.Error) > 0 || b.Text == "" || b.Citation == "" || b.Kind == "") {
				t.Errorf("%+v", *b)
			}
		})
	}
}

// TestBorderlineFlagAndReasonAgree: the flag of the decision and the words
// beside the value speak of the same hold.
func TestBorderlineFlagAndReasonAgree(t *testing.T) {
	r := rules(t)
	for seconds := 30; seconds <= 100; seconds++ {
		held := domain.NewDecimal(seconds)
		c := makeCase(t, "")
		c.BieringSorensen = &screen.Sorensen{Seconds: &held}
		x := screen.Explain(c, r)
		reason, _ := reasonOf(x, "STR-1")
		if flagged := slices.Contains(x.Decision.Flags, "BORDERLINE:biering_sorensen"); flagged != (reason.Borderline != nil) {
			t.Errorf("%d seconds: flag %v, reason %v", seconds, flagged, reason.Borderline)
		}
	}
}

// TestPrecisionIsThatOfTheMeasures holds the rules file to the catalogue of
// measures: one number, stated twice, must not drift apart.
func TestPrecisionIsThatOfTheMeasures(t *testing.T) {
	catalog, err := measure.Load(assets.Measures)
	if err != nil {
		t.Fatal(err)
	}
	r := rules(t)
	if len(r.Precision) == 0 {
		t.Fatal("no measurement error at all")
	}
	for _, p := range r.Precision {
		m, ok := catalog.Measure(p.Measure)
		if !ok {
			t.Errorf("%s: no measure %s", p.Field, p.Measure)
		}
		found := false
		for _, n := range m.Change {
			found = found || n.Kind == p.Kind && n.Value.Cmp(p.Value) == 0 && n.Citation == p.Citation && n.Tag == p.Tag && !n.Percent
		}
		if !found {
			t.Errorf("%s: the catalogue has no %s of %s for %s", p.Field, p.Kind, p.Value, p.Measure)
		}
	}
}

// TestChecks: contradictions and slips are found at their edge and not beside
// it, and none of them changes the decision.
func TestChecks(t *testing.T) {
	r := rules(t)
	base := screen.Explain(makeCase(t, ""), r)
	for _, x := range base.Reasons {
		if strings.HasPrefix(x.ID, "CHECK:") {
			t.Errorf("the plain case is checked: %+v", x)
		}
	}
	for _, c := range []struct{ yes, no, id, state string }{
		{"patient.age_years=96", "patient.age_years=95", "age", "check"},
		{"neuro.finding=motor_le3", "neuro.finding=motor_le3 red_flags.NEU1=yes", "weak_legs", "conflict"},
		{"neuro.finding=bilateral_motor", "neuro.finding=bilateral_motor red_flags.CES5=null", "weak_legs", "conflict"},
		{"neuro.finding=umn", "neuro.finding=mild_stable_assessed", "weak_legs", "conflict"},
		{"vitals.systolic_mmhg=97", "vitals.systolic_mmhg=98", "pulse_pressure", "check"},
		{"vitals.systolic_mmhg=179", "vitals.systolic_mmhg=178", "pulse_pressure", "check"},
		{"vitals.heart_rate_bpm=39", "vitals.heart_rate_bpm=40", "heart_rate", "check"},
		{"vitals.heart_rate_bpm=181", "vitals.heart_rate_bpm=180", "heart_rate", "check"},
		{"neuro.crossed_slr=true", "neuro.crossed_slr=true neuro.slr_own_leg_pain=true", "leg_raise", "conflict"},
		{"neuro.slr_angle_deg=40", "neuro.slr_angle_deg=40 neuro.slr_own_leg_pain=true", "leg_raise", "conflict"},
		{"pregnancy.status=yes", "pregnancy.status=yes patient.sex=female", "pregnancy", "check"},
		{"pregnancy.status=postpartum patient.sex=female patient.age_years=56", "pregnancy.status=postpartum patient.sex=female patient.age_years=55", "pregnancy", "check"},
		{"pregnancy.status=not_applicable patient.sex=female", "pregnancy.status=not_applicable", "pregnancy", "check"},
		{"episode.directional_response=centralizes dowel_hinge.pain=6", "episode.directional_response=centralizes dowel_hinge.pain=5", "direction", "conflict"},
		{"episode.directional_response=peripheralizes_with_hinge dowel_hinge.pain=0", "episode.directional_response=peripheralizes_with_hinge dowel_hinge.pain=1", "direction", "conflict"},
		{"episode.irritability=high pain.nprs_7day=0", "episode.irritability=high pain.nprs_7day=0.1", "irritability", "conflict"},
		{"pain.nprs_7day=6", "pain.nprs_7day=5.9", "irritability", "conflict"},
		{"disability.rmdq=8", "disability.rmdq=7", "disability", "conflict"},
		{"disability.odi_percent=40.1 disability.rmdq=13", "disability.odi_percent=40 disability.rmdq=13", "disability", "conflict"},
		{"pain.nprs_7day=0 disability.odi_percent=0", "pain.nprs_7day=0 disability.odi_percent=0.1", "no_symptoms", "note"},
		{"biering_sorensen.seconds=241", "biering_sorensen.seconds=240", "hold_capped", "note"},
		{"hip_extension.right=61", "hip_extension.right=60", "bridges", "check"},
		{"history.highest_stage_exited=1 dowel_hinge.depth=mid_thigh", "history.highest_stage_exited=1 dowel_hinge.depth=knee", "hinge_lost", "conflict"},
		{"neuro.finding=mild_stable_assessed", "neuro.finding=mild_stable_assessed episode.mechanism=mixed", "mechanism", "conflict"},
		{"neuro.crossed_slr=true neuro.slr_own_leg_pain=true", "neuro.slr_own_leg_pain=true", "mechanism", "conflict"},
	} {
		got, ok := reasonOf(screen.Explain(makeCase(t, c.yes), r), "CHECK:"+c.id)
		if !ok || got.State != c.state || got.Value == "" || !slices.Contains(fieldPaths(t), got.Field) {
			t.Errorf("%s: %v %+v", c.yes, ok, got)
		}
		if got, ok := reasonOf(screen.Explain(makeCase(t, c.no), r), "CHECK:"+c.id); ok {
			t.Errorf("%s: is checked: %+v", c.no, got)
		}
	}
}

// TestLines: every field of a reason is said once, and the day of the
// measurement when it is known.
func TestLines(t *testing.T) {
	today, err := domain.ParseDate("2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	reason, _ := reasonOf(screen.Explain(makeCase(t, "biering_sorensen.seconds=58 age_days.biering_sorensen=2"), rules(t)), "STR-1")
	var got []string
	for _, l := range reason.Lines(today) {
		got = append(got, l.Label+": "+l.Text)
	}
	const want = `Why: Back extensor endurance was the strongest predictor of benefit. Measurement error is about 12 seconds.
Direction: Higher is better; 2 seconds below the limit.
Near the limit: 2 seconds from the limit, within the measurement error of 12 seconds (SEM, Latimer 1999). Measure again on another day before relying on it.
Taken: Nov 20, 2026, 2 days ago. Good for 42 days.
Rule: Source: Berglund 2015, J Strength Cond Res 29(7):1803-1811, doi:10.1519/JSC.0000000000000837.
Number: Secondary source, not read in the original.
Limits of the evidence: One study, 35 people; not a validated prediction rule.`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if lines := reason.Lines(domain.Date{}); lines[3].Text != "2 days ago. Good for 42 days." {
		t.Errorf("without a day: %v", lines[3])
	}
	pain, _ := reasonOf(screen.Explain(makeCase(t, ""), rules(t)), "PAIN-1")
	if lines := pain.Lines(today); lines[len(lines)-2].Label != "Number" ||
		lines[len(lines)-2].Text != "Clinic default: twin of the 60 mm value; the scales are not interchangeable." {
		t.Errorf("the source of the number: %v", lines)
	}
	for _, l := range pain.Lines(today) {
		if strings.Contains(l.Text, "Nov 22, 2026, today. Good for 7 days.") {
			return
		}
	}
	t.Error("no line says when the pain was asked")
}
