package screen_test

import (
	"fmt"
	"strings"
	"testing"

	"backtobar/domain/screen"
)

// actions are the questions of the safety screen with what a yes leads to.
var actions = map[string]screen.Outcome{
	"CES1": screen.Emergency, "CES2": screen.Emergency, "CES3": screen.Emergency, "CES4": screen.Emergency,
	"CES5": screen.Emergency, "CES6": screen.UrgentRefer, "NEU1": screen.UrgentRefer, "NEU2": screen.UrgentRefer,
	"FX1": screen.Emergency, "FX2": screen.UrgentRefer, "FX3": screen.UrgentRefer,
	"CA1": screen.UrgentRefer, "CA2": screen.UrgentRefer, "CA3": screen.UrgentRefer, "CA4": screen.UrgentRefer,
	"CA5": screen.HoldRefer, "INF1": screen.UrgentRefer, "INF2": screen.Emergency, "INF3": screen.UrgentRefer,
	"INFL2": screen.UrgentRefer, "VAS1": screen.Emergency, "VAS2": screen.HoldRefer, "VAS3": screen.HoldRefer,
	"VAS4": screen.Emergency, "VAS5": screen.UrgentRefer, "VIS1": screen.UrgentRefer, "CV1": screen.Emergency,
	"CV2": screen.UrgentRefer, "CV3": screen.HoldRefer, "CV4": screen.HoldRefer, "CV5": screen.HoldRefer,
	"GEN1": screen.HoldRefer,
}

func worse(a, b screen.Outcome) screen.Outcome {
	for _, o := range []screen.Outcome{screen.Emergency, screen.UrgentRefer, screen.HoldRefer} {
		if a == o || b == o {
			return o
		}
	}
	return ""
}

func TestEachSafetyQuestionAndEachPair(t *testing.T) {
	r := rules(t)
	if len(r.RedFlags) != len(actions)+1 {
		t.Fatalf("%d questions, want %d and INFL1", len(r.RedFlags), len(actions))
	}
	for id, want := range actions {
		c := makeCase(t, "red_flags."+id+"=yes")
		if got := brief(screen.Evaluate(c, r)); got != string(want)+" rules=RF-"+id {
			t.Errorf("%s alone: %s", id, got)
		}
		for other, second := range actions {
			if other == id {
				continue
			}
			c.RedFlags[other] = screen.Yes
			d := screen.Evaluate(c, r)
			if d.Outcome != worse(want, second) || len(d.Rules) != 2 {
				t.Errorf("%s with %s: %s", id, other, brief(d))
			}
			c.RedFlags[other] = screen.No
		}
		c.RedFlags[id] = screen.Unknown
		if got := brief(screen.Evaluate(c, r)); got != "INCOMPLETE missing=red_flags" {
			t.Errorf("%s unknown: %s", id, got)
		}
		delete(c.RedFlags, id)
		if got := brief(screen.Evaluate(c, r)); got != "INCOMPLETE missing=red_flags" {
			t.Errorf("%s not asked: %s", id, got)
		}
	}
}

func TestSafetyQuestionsMore(t *testing.T) {
	check(t, []row{
		{"", "READY/1"},
		{"red_flags.INFL1=yes", "READY/1 flags=REFER_ROUTINE:INFL1"},
		{"red_flags.INFL1=unknown", "INCOMPLETE missing=red_flags"},
		{`red_flags.CV3=yes clearances=["CV3"]`, "READY/1 flags=CLEARED:CV3"},
		{`red_flags.CV3=yes clearances=["CV4"]`, "HOLD_REFER rules=RF-CV3"},
		{`red_flags.CV3=no clearances=["CV3"]`, "READY/1"},
		{"red_flags.CES1=yes red_flags.CES2=null", "EMERGENCY rules=RF-CES1 missing=red_flags"},
		{"red_flags={}", "INCOMPLETE missing=red_flags"},
		{"red_flags=null", "INCOMPLETE missing=red_flags"},
		// All rules that fire are listed, also below the one that decides.
		{"red_flags.CES1=yes pain.nprs_7day=8 vitals.systolic_mmhg=165", "EMERGENCY rules=BP-3,PAIN-1,RF-CES1 tracks=PAIN"},
		{"red_flags.CV3=yes vitals=null", "HOLD_REFER rules=RF-CV3 missing=vitals"},
	})
}

func TestFractureFeatures(t *testing.T) {
	const old, female = "patient.age_years=71 ", "patient.sex=female "
	const steroids, trauma = "long_term_steroids=true ", "significant_trauma=true "
	check(t, []row{
		{"patient.age_years=70 " + female, "READY/1 flags=CAUTION:age"},
		{old, "READY/1 flags=CAUTION:age"},
		{female, "READY/1"},
		{steroids, "READY/1 flags=CAUTION:steroid"},
		{trauma, "READY/1"},
		{old + female, "HOLD_REFER rules=RF-FXC flags=CAUTION:age"},
		{old + steroids, "HOLD_REFER rules=RF-FXC flags=CAUTION:age,CAUTION:steroid"},
		{female + steroids, "HOLD_REFER rules=RF-FXC flags=CAUTION:steroid"},
		{old + trauma, "URGENT_REFER rules=RF-FXC flags=CAUTION:age"},
		{female + trauma, "URGENT_REFER rules=RF-FXC"},
		{steroids + trauma, "URGENT_REFER rules=RF-FXC flags=CAUTION:steroid"},
		{old + female + steroids, "URGENT_REFER rules=RF-FXC flags=CAUTION:age,CAUTION:steroid"},
		{old + female + steroids + trauma, "URGENT_REFER rules=RF-FXC flags=CAUTION:age,CAUTION:steroid"},
		{old + female + `clearances=["fx_combo"]`, "READY/1 flags=CAUTION:age"},
		{old + female + trauma + `clearances=["fx_combo"]`, "READY/1 flags=CAUTION:age"},
		{"long_term_steroids=null", "INCOMPLETE missing=steroids"},
		{"significant_trauma=null", "INCOMPLETE missing=trauma"},
		{old + female + "significant_trauma=null", "HOLD_REFER rules=RF-FXC flags=CAUTION:age missing=trauma"},
	})
}

// TestPressurePairs tries every pair around the limits, with and without
// symptoms. level counts the limits that the value is beyond.
func TestPressurePairs(t *testing.T) {
	systolic := map[int]int{90: 0, 139: 0, 140: 1, 160: 1, 161: 2, 179: 2, 180: 2, 181: 3}
	diastolic := map[int]int{60: 0, 89: 0, 90: 1, 100: 1, 101: 2, 110: 2, 111: 3, 119: 3, 120: 3}
	want := [4]string{"READY/1", "READY/1 flags=CAUTION:BP", "HOLD_REFER rules=BP-3", "URGENT_REFER rules=BP-2"}
	cleared := want
	cleared[2] = "READY/1 cap=2 flags=CAP2:BP"
	r := rules(t)
	for s, sl := range systolic {
		for d, dl := range diastolic {
			if s <= d {
				continue
			}
			for _, symptoms := range []bool{false, true} {
				for list, expect := range map[string][4]string{"[]": want, `["bp"]`: cleared} {
					text := expect[max(sl, dl)]
					if symptoms && (s == 180 || s == 181 || d == 120) {
						text = "EMERGENCY rules=BP-1"
					}
					edits := fmt.Sprintf("vitals.systolic_mmhg=%d vitals.diastolic_mmhg=%d vitals.symptoms=%t clearances=%s", s, d, symptoms, list)
					if got := brief(screen.Evaluate(makeCase(t, edits), r)); got != text {
						t.Errorf("%s: got %s, want %s", edits, got, text)
					}
				}
			}
		}
	}
}

func TestVitalsMore(t *testing.T) {
	check(t, []row{
		{"vitals.systolic_mmhg=89", "HOLD_REFER rules=BP-5"},
		{"vitals.systolic_mmhg=89.9", "HOLD_REFER rules=BP-5"},
		{"vitals.systolic_mmhg=90", "READY/1"},
		{`vitals.systolic_mmhg=89 clearances=["bp"]`, "HOLD_REFER rules=BP-5"},
		{"vitals.systolic_mmhg=160.1", "HOLD_REFER rules=BP-3"},
		{"vitals.heart_rate_bpm=null", "READY/1"},
		{"vitals.heart_rate_bpm=100", "READY/1"},
		{"vitals.heart_rate_bpm=101", "READY/1 flags=CAUTION:HR"},
		{"vitals.heart_rate_bpm=120", "READY/1 flags=CAUTION:HR"},
		{"vitals.heart_rate_bpm=121", "URGENT_REFER rules=HR-1"},
		{"vitals=null", "INCOMPLETE missing=vitals"},
		{"vitals.systolic_mmhg=null", "INCOMPLETE missing=vitals"},
		{"vitals.diastolic_mmhg=null", "INCOMPLETE missing=vitals"},
		{"vitals.symptoms=null", "INCOMPLETE missing=vitals"},
		{"vitals.systolic_mmhg=null vitals.diastolic_mmhg=111", "URGENT_REFER rules=BP-2 missing=vitals"},
		{"vitals.diastolic_mmhg=null vitals.systolic_mmhg=85", "HOLD_REFER rules=BP-5 missing=vitals"},
		{"vitals.symptoms=null vitals.systolic_mmhg=180", "HOLD_REFER rules=BP-3 missing=vitals"},
		{"vitals.symptoms=true", "READY/1"},
	})
}

// TestNeuroAndLegRaise crosses every finding with every leg raise. Exited is 3
// so that a cap shows in the stage.
func TestNeuroAndLegRaise(t *testing.T) {
	findings := map[string]struct{ outcome, rule, flag string }{
		"normal":               {"READY", "", ""},
		"mild_unassessed":      {"HOLD_REFER", "NEURO-3", ""},
		"mild_stable_assessed": {"READY", "", "CAP2:NEURO"},
		"motor_le3":            {"URGENT_REFER", "NEURO-2", ""},
		"progressive":          {"URGENT_REFER", "NEURO-2", ""},
		"umn":                  {"URGENT_REFER", "NEURO-2", ""},
		"bilateral_motor":      {"EMERGENCY", "NEURO-1", ""},
	}
	raises := map[string]string{
		"neuro.slr_own_leg_pain=false":                                               "",
		"neuro.slr_own_leg_pain=false neuro.slr_angle_deg=40":                        "",
		"neuro.slr_own_leg_pain=true":                                                "CAP2:SLR",
		"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=20":                         "CAP2:SLR",
		"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=70":                         "CAP2:SLR",
		"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=70.1":                       "",
		"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=71":                         "",
		"neuro.crossed_slr=true":                                                     "CAP1:CSLR",
		"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=50 neuro.crossed_slr=true":  "CAP1:CSLR",
		"neuro.slr_own_leg_pain=true neuro.slr_angle_deg=71 neuro.crossed_slr=true ": "CAP1:CSLR",
	}
	for finding, f := range findings {
		for raise, cap := range raises {
			edits := "history.highest_stage_exited=3 neuro.finding=" + finding + " " + raise
			stage, limit := 4, 4
			var flags []string
			if cap != "" {
				flags, limit = append(flags, cap), int(cap[3]-'0')
			}
			if f.flag != "" {
				flags, limit = append(flags, f.flag), min(limit, 2)
				if cap == "CAP2:SLR" {
					flags = []string{f.flag, cap}
				}
			}
			want := f.outcome
			if stage = min(stage, limit); f.outcome == "READY" {
				want += fmt.Sprintf("/%d", stage)
			}
			if limit < 4 {
				want += fmt.Sprintf(" cap=%d", limit)
			}
			if f.rule != "" {
				want += " rules=" + f.rule
			}
			if len(flags) > 0 {
				want += " flags=" + strings.Join(flags, ",")
			}
			if got := brief(screen.Evaluate(makeCase(t, edits), rules(t))); got != want {
				t.Errorf("%s: got %s, want %s", edits, got, want)
			}
		}
	}
	check(t, []row{
		{"neuro=null", "INCOMPLETE missing=neuro"},
		{"neuro.finding=null", "INCOMPLETE missing=neuro"},
		{"neuro.slr_own_leg_pain=null", "INCOMPLETE missing=neuro"},
		{"neuro.crossed_slr=null", "INCOMPLETE missing=neuro"},
		{"neuro.finding=null neuro.crossed_slr=true", "INCOMPLETE cap=1 flags=CAP1:CSLR missing=neuro"},
		{"neuro.finding=umn neuro.crossed_slr=null", "URGENT_REFER rules=NEURO-2 missing=neuro"},
	})
}

func TestScopePregnancyBone(t *testing.T) {
	const exited = "history.highest_stage_exited=3 "
	check(t, []row{
		{"patient.age_years=17", "HOLD_REFER rules=SCOPE-1"},
		{"patient.age_years=18", "READY/1"},
		{`patient.age_years=17 clearances=["minor"]`, "READY/1"},
		{"patient.age_years=0", "HOLD_REFER rules=SCOPE-1"},
		{"patient.age_years=69", "READY/1"},
		{"patient.age_years=70", "READY/1 flags=CAUTION:age"},
		{exited + "pregnancy.status=yes", "HOLD_REFER rules=PREG-1"},
		{exited + `pregnancy.status=yes clearances=["ob"]`, "READY/2 cap=2 flags=CAP2:PREG"},
		{exited + "pregnancy.status=postpartum", "HOLD_REFER rules=PREG-2"},
		{exited + "pregnancy.status=postpartum pregnancy.weeks_postpartum=11.9", "HOLD_REFER rules=PREG-2"},
		{exited + "pregnancy.status=postpartum pregnancy.weeks_postpartum=12", "READY/4"},
		{exited + `pregnancy.status=postpartum clearances=["ob"]`, "READY/4"},
		{"pregnancy.status=not_applicable", "READY/1"},
		{"pregnancy=null", "INCOMPLETE missing=pregnancy"},
		{"pregnancy.status=null", "INCOMPLETE missing=pregnancy"},
		{"bone=null", "INCOMPLETE missing=bone"},
		{exited + "bone=osteoporosis", "HOLD_REFER rules=BONE-1"},
		{exited + `bone=osteoporosis clearances=["bone"]`, "READY/2 cap=2 flags=CAP2:BONE"},
		{exited + `bone=osteoporosis clearances=["bone_heavy"]`, "READY/4 flags=CAUTION:bone_supervised"},
		{exited + `bone=osteoporosis clearances=["bone","bone_heavy"]`, "READY/4 flags=CAUTION:bone_supervised"},
		{exited + "bone=vertebral_fracture_under_12_weeks", "HOLD_REFER rules=BONE-2"},
		{exited + `bone=vertebral_fracture_under_12_weeks clearances=["bone","bone_heavy"]`, "HOLD_REFER rules=BONE-2"},
		{exited + "bone=vertebral_fracture_healed", "HOLD_REFER rules=BONE-3"},
		{exited + `bone=vertebral_fracture_healed clearances=["bone"]`, "READY/2 cap=2 flags=CAP2:BONE"},
		{exited + `bone=vertebral_fracture_healed clearances=["bone_heavy"]`, "READY/2 cap=2 flags=CAP2:BONE"},
		{exited + `bone=none clearances=["bone_heavy"]`, "READY/4"},
		{"surgery=null", "INCOMPLETE missing=surgery"},
		{"surgery.kind=null", "INCOMPLETE missing=surgery"},
		{"surgery.kind=fusion", "INCOMPLETE missing=surgery"},
		{"surgery.kind=discectomy surgery.weeks_ago=11.9", "HOLD_REFER rules=SURG-1"},
		{`surgery.kind=fusion clearances=["surgeon"]`, "INCOMPLETE missing=surgery"},
	})
}

func TestSurgeryWindows(t *testing.T) {
	windows := map[string]int{"discectomy": 12, "decompression": 12, "vertebral_augmentation": 12, "abdominal": 12,
		"fusion": 26, "disc_replacement": 26, "si_fusion": 26}
	const hold = "HOLD_REFER rules=SURG-1"
	r := rules(t)
	for kind, window := range windows {
		for weeks := range 61 {
			alone, cleared := hold, "READY/3 cap=3 flags=CAP3:SURG"
			switch {
			case weeks < window:
				cleared = hold
			case weeks >= 52:
				alone, cleared = "READY/4", "READY/4"
			}
			edits := fmt.Sprintf("history.highest_stage_exited=3 surgery.kind=%s surgery.weeks_ago=%d ", kind, weeks)
			if got := brief(screen.Evaluate(makeCase(t, edits), r)); got != alone {
				t.Errorf("%s: got %s, want %s", edits, got, alone)
			}
			if got := brief(screen.Evaluate(makeCase(t, edits+`clearances=["surgeon"]`), r)); got != cleared {
				t.Errorf("%s cleared: got %s, want %s", edits, got, cleared)
			}
		}
	}
}

// TestClearancesLiftOnlyWhatTheyName tries every clearance on every condition
// that some clearance can lift, and on those that none can.
func TestClearancesLiftOnlyWhatTheyName(t *testing.T) {
	conditions := map[string]string{ // edits -> the clearances that matter
		"patient.sex=female long_term_steroids=true": "fx_combo",
		"vitals.systolic_mmhg=165":                   "bp",
		"pregnancy.status=yes":                       "ob",
		"pregnancy.status=postpartum":                "ob",
		"bone=osteoporosis":                          "bone bone_heavy",
		"bone=vertebral_fracture_healed":             "bone bone_heavy",
		"surgery.kind=fusion surgery.weeks_ago=30":   "surgeon",
		"patient.age_years=16":                       "minor",
		"episode.mechanism=nociplastic":              "nociplastic",
		"start_back.total=6 start_back.distress=5":   "psych_plan",
		"":                         "",
		"red_flags.CES1=yes":       "",
		"red_flags.CA2=yes":        "",
		"vitals.systolic_mmhg=185": "",
		"vitals.systolic_mmhg=185 vitals.symptoms=true": "",
		"vitals.systolic_mmhg=85":                       "",
		"vitals.heart_rate_bpm=130":                     "",
		"neuro.finding=mild_unassessed":                 "",
		"neuro.finding=mild_stable_assessed":            "",
		"neuro.crossed_slr=true":                        "",
		"bone=vertebral_fracture_under_12_weeks":        "",
		"surgery.kind=fusion surgery.weeks_ago=20":      "",
		"pain.nprs_7day=7":                              "",
		"biering_sorensen.seconds=40":                   "",
		"episode.duration_weeks=2":                      "",
		"episode.mechanism=neuropathic":                 "",
		"dowel_hinge.depth=none":                        "",
		"vitals=null":                                   "",
		"age_days.pain=8":                               "",
	}
	r := rules(t)
	for _, f := range r.RedFlags {
		if f.Action == screen.HoldRefer {
			conditions["red_flags."+f.ID+"=yes"] = f.ID
		}
	}
	for edits, lifting := range conditions {
		c := makeCase(t, edits)
		before := brief(screen.Evaluate(c, r))
		for _, name := range r.Clearances() {
			c.Clearances = []string{name}
			changed := brief(screen.Evaluate(c, r)) != before
			want := lifting != "" && strings.Contains(" "+lifting+" ", " "+name+" ")
			if changed != want {
				t.Errorf("%s with clearance %s: changed %v, want %v", edits, name, changed, want)
			}
		}
	}
}
