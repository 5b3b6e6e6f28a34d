package screen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"backtobar/domain/screen"
)

func TestPainAndDisability(t *testing.T) {
	const noNPRS, noODI = "pain.nprs_7day=null ", "disability.odi_percent=null "
	const painful, disabled = "NOT_READY rules=PAIN-1 tracks=PAIN", "NOT_READY rules=DIS-1 tracks=DISABILITY"
	check(t, []row{
		{"pain.nprs_7day=0", "READY/1"},
		{"pain.nprs_7day=5", "READY/1"},
		{"pain.nprs_7day=5.7", "READY/1"},
		{"pain.nprs_7day=5.999999", "READY/1"},
		{"pain.nprs_7day=6", painful},
		{"pain.nprs_7day=6.0", painful},
		{"pain.nprs_7day=7", painful},
		{noNPRS + "pain.vas_mm=59", "READY/1"},
		{noNPRS + "pain.vas_mm=60", painful},
		{noNPRS + "pain.vas_mm=61", painful},
		{noNPRS, "INCOMPLETE missing=pain"},
		{"pain=null", "INCOMPLETE missing=pain"},
		// Both scales: the worse decides, and more than 20 mm apart conflicts.
		{"pain.nprs_7day=6 pain.vas_mm=59", painful},
		{"pain.nprs_7day=5 pain.vas_mm=60", painful},
		{"pain.nprs_7day=4 pain.vas_mm=59", "READY/1"},
		{"pain.nprs_7day=3 pain.vas_mm=50", "READY/1"},
		{"pain.nprs_7day=3 pain.vas_mm=51", "READY/1 flags=CONFLICT:pain_scales"},
		{"pain.nprs_7day=3 pain.vas_mm=9", "READY/1 flags=CONFLICT:pain_scales"},
		{"pain.nprs_7day=5.7 pain.vas_mm=37", "READY/1"},
		{"pain.nprs_7day=5.7 pain.vas_mm=36.9", "READY/1 flags=CONFLICT:pain_scales"},
		{"pain.nprs_7day=3 pain.vas_mm=62", painful + " flags=CONFLICT:pain_scales"},

		{"disability.odi_percent=20", "READY/1"},
		{"disability.odi_percent=20.1", "READY/1 flags=CAUTION:disability"},
		{"disability.odi_percent=40", "READY/1 flags=CAUTION:disability"},
		{"disability.odi_percent=40.0", "READY/1 flags=CAUTION:disability"},
		{"disability.odi_percent=40.1", disabled},
		{noODI + "disability.rmdq=7", "READY/1"},
		{noODI + "disability.rmdq=8", "READY/1 flags=CAUTION:disability"},
		{noODI + "disability.rmdq=13", "READY/1 flags=CAUTION:disability"},
		{noODI + "disability.rmdq=14", disabled},
		{"disability.odi_percent=10 disability.rmdq=14", disabled},
		{"disability.odi_percent=41 disability.rmdq=9", disabled},
		{"disability.odi_percent=10 disability.rmdq=9", "READY/1 flags=CAUTION:disability"},
		{noODI, "INCOMPLETE missing=disability"},
		{"disability=null", "INCOMPLETE missing=disability"},
	})
}

func TestEndurance(t *testing.T) {
	const weak, near = "NOT_READY rules=STR-1 tracks=STRENGTH", " flags=BORDERLINE:biering_sorensen"
	check(t, []row{
		{"biering_sorensen.seconds=0", weak},
		{"biering_sorensen.seconds=47", weak},
		{"biering_sorensen.seconds=47.9", weak},
		{"biering_sorensen.seconds=48", weak + near},
		{"biering_sorensen.seconds=59", weak + near},
		{"biering_sorensen.seconds=60", weak + near},
		{"biering_sorensen.seconds=60.1", "READY/1" + near},
		{"biering_sorensen.seconds=61", "READY/1" + near},
		{"biering_sorensen.seconds=72", "READY/1" + near},
		{"biering_sorensen.seconds=73", "READY/1"},
		{"biering_sorensen.seconds=275", "READY/1"},
		{"biering_sorensen.seconds=1000", "READY/1"},
		{`biering_sorensen={"status":"unable_pain"}`, "NOT_READY rules=STR-2 tracks=PAIN,STRENGTH"},
		{`biering_sorensen={"status":"unable_other"}`, "INCOMPLETE missing=biering_sorensen"},
		{`biering_sorensen={"status":"not_done"}`, "INCOMPLETE missing=biering_sorensen"},
		{"biering_sorensen={}", "INCOMPLETE missing=biering_sorensen"},
		{"biering_sorensen=null", "INCOMPLETE missing=biering_sorensen"},
		{`biering_sorensen={"status":"unable_pain"} age_days.biering_sorensen=43`, "RETEST stale=biering_sorensen"},
		{`biering_sorensen={"status":"not_done"} age_days.biering_sorensen=43`, "INCOMPLETE missing=biering_sorensen"},
	})
}

func TestHipExtension(t *testing.T) {
	const weak, gap, conflict = "NOT_READY rules=STR-3 tracks=STRENGTH", "CAUTION:asymmetry", "CONFLICT:hip_extension"
	both := func(test string, l, r string) string {
		return fmt.Sprintf("hip_extension.test=%s hip_extension.left=%s hip_extension.right=%s ", test, l, r)
	}
	const noMMT = "hip_extension.mmt_left=null hip_extension.mmt_right=null "
	check(t, []row{
		{both("bridge_reps", "10", "10"), "READY/1"},
		{both("bridge_reps", "9", "10"), weak},
		{both("bridge_reps", "10", "9"), weak},
		{both("bridge_reps", "10", "11") + noMMT, "READY/1"},
		{both("bridge_hold_seconds", "20", "20"), "READY/1"},
		{both("bridge_hold_seconds", "19", "20"), weak},
		{both("bridge_hold_seconds", "19.9", "20"), weak},
		// Exactly 20 percent is not above it.
		{both("bridge_reps", "16", "20"), "READY/1"},
		{both("bridge_reps", "20", "16"), "READY/1"},
		{both("bridge_reps", "15", "20"), "READY/1 flags=" + gap},
		{both("bridge_reps", "20", "15"), "READY/1 flags=" + gap},
		{both("bridge_hold_seconds", "31.9", "40"), "READY/1 flags=" + gap},
		{both("bridge_reps", "9", "14"), weak + " flags=" + gap},
		{both("bridge_reps", "0", "0"), weak},
		{"hip_extension.mmt_left=4 hip_extension.mmt_right=4", "READY/1"},
		{"hip_extension.mmt_left=3", weak + " flags=" + conflict},
		{"hip_extension.mmt_right=3", weak + " flags=" + conflict},
		{"hip_extension.mmt_right=3.5", weak + " flags=" + conflict},
		{"hip_extension.mmt_left=3 hip_extension.mmt_right=null", weak + " flags=" + conflict},
		{both("bridge_reps", "9", "9") + "hip_extension.mmt_left=3", weak},
		{both("manual_muscle_test", "4", "5") + noMMT, "READY/1"},
		{both("manual_muscle_test", "3", "4") + noMMT, weak + " flags=" + gap},
		{both("manual_muscle_test", "null", "null") + "hip_extension.mmt_left=4 hip_extension.mmt_right=4", "READY/1"},
		{both("manual_muscle_test", "null", "null") + "hip_extension.mmt_left=3 hip_extension.mmt_right=3", weak},
		{both("manual_muscle_test", "5", "5") + "hip_extension.mmt_left=3 hip_extension.mmt_right=3", weak},
		{both("manual_muscle_test", "null", "5") + noMMT, "INCOMPLETE missing=hip_extension"},
		{"hip_extension=null", "INCOMPLETE missing=hip_extension"},
		{"hip_extension.test=null", "INCOMPLETE missing=hip_extension"},
		{"hip_extension.test=null hip_extension.left=1", "INCOMPLETE missing=hip_extension"},
		{"hip_extension.left=null", "INCOMPLETE missing=hip_extension"},
		{"hip_extension.right=null", "INCOMPLETE missing=hip_extension"},
		// A known failure fails whatever else is open.
		{"hip_extension.left=null hip_extension.right=5", weak + " missing=hip_extension"},
		{"hip_extension.left=null hip_extension.mmt_left=3", weak + " missing=hip_extension"},
		{`hip_extension={"mmt_left":3}`, weak + " missing=hip_extension"},
		{`hip_extension={"mmt_left":5,"mmt_right":5}`, "INCOMPLETE missing=hip_extension"},
	})
}

func TestDowelHinge(t *testing.T) {
	check(t, []row{
		{"dowel_hinge.depth=none", "NOT_READY rules=MOB-1 tracks=MOBILITY"},
		{"dowel_hinge.depth=mid_thigh", "NOT_READY rules=MOB-1 tracks=MOBILITY"},
		{"dowel_hinge.depth=knee", "READY/1"},
		{"dowel_hinge.depth=floor", "READY/1"},
		{"dowel_hinge.pain=5", "READY/1"},
		{"dowel_hinge.pain=5.1", "NOT_READY rules=MOB-2 tracks=PAIN"},
		{"dowel_hinge.pain=6", "NOT_READY rules=MOB-2 tracks=PAIN"},
		{"dowel_hinge.pain=6 dowel_hinge.depth=none", "NOT_READY rules=MOB-1,MOB-2 tracks=MOBILITY,PAIN"},
		{"dowel_hinge=null", "INCOMPLETE missing=dowel_hinge"},
		{"dowel_hinge.depth=null", "INCOMPLETE missing=dowel_hinge"},
		{"dowel_hinge.pain=null", "INCOMPLETE missing=dowel_hinge"},
		{"dowel_hinge.reps=null", "INCOMPLETE missing=dowel_hinge"},
		{"dowel_hinge.reps_with_contact=null", "INCOMPLETE missing=dowel_hinge"},
		{"dowel_hinge.pain=null dowel_hinge.depth=none", "NOT_READY rules=MOB-1 tracks=MOBILITY missing=dowel_hinge"},
	})
}

func TestEpisodeAndPsychosocial(t *testing.T) {
	const exited = "history.highest_stage_exited=3 "
	check(t, []row{
		{"episode.irritability=moderate", "READY/1"},
		{"episode.irritability=high", "NOT_READY rules=PAIN-2 tracks=PAIN"},
		{"episode.irritability=null", "INCOMPLETE missing=irritability"},
		{"episode.directional_response=centralizes", "READY/1"},
		{"episode.directional_response=peripheralizes", "READY/1"},
		{"episode.directional_response=peripheralizes_with_hinge", "NOT_READY rules=PAIN-3 tracks=PAIN"},
		{"episode.directional_response=null", "READY/1"},
		{exited + "episode.mechanism=nociplastic", "NOT_READY rules=MECH-1 tracks=EDUCATION"},
		{exited + `episode.mechanism=nociplastic clearances=["nociplastic"]`, "READY/4 flags=CAUTION:mechanism"},
		{exited + "episode.mechanism=neuropathic", "READY/2 cap=2 flags=CAP2:NEUROPATHIC"},
		{exited + "episode.mechanism=mixed", "READY/4 flags=CAUTION:mechanism"},
		{exited + "episode.mechanism=unknown", "READY/4 flags=CAUTION:mechanism"},
		{"episode.mechanism=null", "INCOMPLETE missing=mechanism"},
		{exited + "episode.duration_weeks=0", "READY/2 cap=2 flags=CAP2:ACUTE"},
		{exited + "episode.duration_weeks=5.9", "READY/2 cap=2 flags=CAP2:ACUTE"},
		{exited + "episode.duration_weeks=6", "READY/4"},
		{"episode.duration_weeks=null", "INCOMPLETE missing=duration"},
		{"episode=null", "INCOMPLETE missing=duration,irritability,mechanism"},
		{exited + "start_back.total=3 start_back.distress=3", "READY/4 flags=START:low"},
		{exited + "start_back.total=3", "READY/4 flags=START:low"},
		{exited + "start_back.total=4 start_back.distress=3", "READY/4 flags=START:medium"},
		{exited + "start_back.total=4 start_back.distress=4", "READY/1 cap=1 flags=CAP1:START_HIGH,START:high"},
		{exited + `start_back.total=4 start_back.distress=4 clearances=["psych_plan"]`, "READY/4 flags=START:high"},
		{exited + "start_back.total=9", "READY/4"},
		{exited + "start_back.distress=4", "READY/4"},
		{"tsk11=28", "READY/1"},
		{"tsk11=29", "READY/1 flags=CAUTION:fear"},
	})
}

func TestPlacement(t *testing.T) {
	const lifter = "history.barbell_experience_12_months=true dowel_hinge.reps_with_contact=9 dowel_hinge.pain=2 "
	check(t, []row{
		{"history=null", "READY/1"},
		{"history.highest_stage_exited=null", "READY/1"},
		{"history.highest_stage_exited=1", "READY/2"},
		{"history.highest_stage_exited=2", "READY/3"},
		{"history.highest_stage_exited=3", "READY/4"},
		{"history.highest_stage_exited=4", "READY/4"},
		{lifter, "READY/2 flags=FAST_TRACK"},
		{lifter + "dowel_hinge.depth=floor", "READY/2 flags=FAST_TRACK"},
		{lifter + "dowel_hinge.reps_with_contact=8", "READY/1"},
		{lifter + "dowel_hinge.reps=11", "READY/1"},
		{lifter + "dowel_hinge.depth=knee", "READY/1"},
		{lifter + "dowel_hinge.pain=2.1", "READY/1"},
		{lifter + "history.barbell_experience_12_months=null", "READY/1"},
		{lifter + "history.highest_stage_exited=1", "READY/2"},
		{lifter + "history.highest_stage_exited=3", "READY/4"},
		{lifter + "neuro.crossed_slr=true", "READY/1 cap=1 flags=CAP1:CSLR,FAST_TRACK"},
		{lifter + "pain.nprs_7day=7", "NOT_READY rules=PAIN-1 tracks=PAIN"},
		{lifter + "age_days.dowel_hinge=15", "RETEST stale=dowel_hinge"},
		// The lowest cap wins and each keeps its own reason.
		{"history.highest_stage_exited=3 episode.duration_weeks=2 neuro.crossed_slr=true",
			"READY/1 cap=1 flags=CAP1:CSLR,CAP2:ACUTE"},
	})
}

func TestPrecedence(t *testing.T) {
	const e, u, h = "red_flags.CES1=yes ", "red_flags.CA2=yes ", "red_flags.CV3=yes "
	const gap, fail, open, old = "bone=null ", "pain.nprs_7day=8 ", "disability=null ", "age_days.hip_extension=43 "
	const rest = " rules=PAIN-1"
	const tail = " tracks=PAIN missing=bone,disability stale=hip_extension"
	check(t, []row{
		{e + u + h + gap + fail + open + old, "EMERGENCY rules=PAIN-1,RF-CA2,RF-CES1,RF-CV3" + tail},
		{u + h + gap + fail + open + old, "URGENT_REFER rules=PAIN-1,RF-CA2,RF-CV3" + tail},
		{h + gap + fail + open + old, "HOLD_REFER rules=PAIN-1,RF-CV3" + tail},
		{gap + fail + open + old, "INCOMPLETE" + rest + tail},
		{fail + open + old, "NOT_READY" + rest + " tracks=PAIN missing=disability stale=hip_extension"},
		{open + old, "INCOMPLETE missing=disability stale=hip_extension"},
		{old, "RETEST stale=hip_extension"},
	})
}

// TestAges tries each item one day before, at and one day after its interval.
func TestAges(t *testing.T) {
	for item, most := range map[string]int{"red_flags": 14, "vitals": 30, "pain": 7, "disability": 30,
		"biering_sorensen": 42, "hip_extension": 42, "dowel_hinge": 14, "neuro": 30, "health": 365} {
		check(t, []row{
			{fmt.Sprintf("age_days.%s=%d", item, most-1), "READY/1"},
			{fmt.Sprintf("age_days.%s=%d", item, most), "READY/1"},
			{fmt.Sprintf("age_days.%s=%d", item, most+1), "RETEST stale=" + item},
		})
	}
	check(t, []row{
		// A stale measure neither passes nor fails and raises no flag.
		{"age_days.pain=8 pain.nprs_7day=8 pain.vas_mm=20", "RETEST stale=pain"},
		{"age_days.disability=31 disability.odi_percent=50", "RETEST stale=disability"},
		{"age_days.disability=31 disability.odi_percent=30", "RETEST stale=disability"},
		{"age_days.biering_sorensen=43 biering_sorensen.seconds=55", "RETEST stale=biering_sorensen"},
		{"age_days.hip_extension=43 hip_extension.left=5 hip_extension.mmt_left=2", "RETEST stale=hip_extension"},
		{"age_days.dowel_hinge=15 dowel_hinge.depth=none dowel_hinge.pain=9", "RETEST stale=dowel_hinge"},
		{"age_days.dowel_hinge=15 pain.nprs_7day=8", "NOT_READY rules=PAIN-1 tracks=PAIN stale=dowel_hinge"},
		// Safety answers act at any age when they are positive.
		{"age_days.red_flags=15 red_flags.CV3=yes", "HOLD_REFER rules=RF-CV3 stale=red_flags"},
		{"age_days.vitals=31 vitals.systolic_mmhg=185", "URGENT_REFER rules=BP-2 stale=vitals"},
		{"age_days.neuro=31 neuro.finding=umn", "URGENT_REFER rules=NEURO-2 stale=neuro"},
		{"age_days.neuro=31 neuro.crossed_slr=true", "RETEST cap=1 flags=CAP1:CSLR stale=neuro"},
		{"age_days.health=366 bone=osteoporosis", "HOLD_REFER rules=BONE-1 stale=health"},
		// What was not taken cannot be stale.
		{"age_days.pain=8 pain=null", "INCOMPLETE missing=pain"},
		{"age_days.hip_extension=43 hip_extension=null", "INCOMPLETE missing=hip_extension"},
		{"age_days.vitals=31 vitals=null", "INCOMPLETE missing=vitals"},
		{"age_days.neuro=31 neuro=null", "INCOMPLETE missing=neuro"},
		{"age_days.red_flags=15 red_flags={}", "INCOMPLETE missing=red_flags"},
		{"age_days.dowel_hinge=15 dowel_hinge={}", "INCOMPLETE missing=dowel_hinge"},
		{"age_days.disability=31 disability={}", "INCOMPLETE missing=disability"},
		{"age_days.pain=8 pain.nprs_7day=null pain.vas_mm=10", "RETEST stale=pain"},
		{"age_days.disability=31 disability.odi_percent=null disability.rmdq=1", "RETEST stale=disability"},
		{`age_days.hip_extension=43 hip_extension={"mmt_left":3}`, "INCOMPLETE missing=hip_extension stale=hip_extension"},
		{`age_days.hip_extension=43 hip_extension={"test":"bridge_reps"}`, "INCOMPLETE missing=hip_extension"},
	})
	// One health answer is enough for health to be stale.
	health := map[string]string{"long_term_steroids": "steroids", "significant_trauma": "trauma",
		"pregnancy": "pregnancy", "bone": "bone", "surgery": "surgery"}
	for kept := range health {
		edits, missing := "age_days.health=366", []string{}
		for path, item := range health {
			if path != kept {
				edits, missing = edits+" "+path+"=null", append(missing, item)
			}
		}
		slices.Sort(missing)
		check(t, []row{{edits, "INCOMPLETE missing=" + strings.Join(missing, ",") + " stale=health"}})
		check(t, []row{{edits + " " + kept + "=null", "INCOMPLETE missing=bone,pregnancy,steroids,surgery,trauma"}})
	}
}

func TestAgeMakesEveryItemOlder(t *testing.T) {
	c := makeCase(t, "age_days.pain=3")
	d := screen.Evaluate(screen.Age(c, 366), rules(t))
	const all = "RETEST stale=biering_sorensen,disability,dowel_hinge,health,hip_extension,neuro,pain,red_flags,vitals"
	if got := brief(d); got != all {
		t.Errorf("got %s", got)
	}
	if got := strings.Join(d.StaleSafety(), ","); got != "health,neuro,red_flags,vitals" {
		t.Errorf("stale safety items: %s", got)
	}
	if got := brief(screen.Evaluate(screen.Age(c, 4), rules(t))); got != "READY/1" {
		t.Errorf("3 and 4 days: %s", got)
	}
	if got := brief(screen.Evaluate(screen.Age(c, 5), rules(t))); got != "RETEST stale=pain" {
		t.Errorf("3 and 5 days: %s", got)
	}
}

// TestEveryAnswerIsNeeded takes one answer at a time from a ready case. Only
// the answers that are documented as optional may be taken without a gap.
func TestEveryAnswerIsNeeded(t *testing.T) {
	optional := " vitals.heart_rate_bpm neuro.slr_angle_deg pregnancy.weeks_postpartum surgery.weeks_ago" +
		" episode.directional_response pain.vas_mm disability.rmdq hip_extension.mmt_left hip_extension.mmt_right" +
		" history.highest_stage_exited history.barbell_experience_12_months start_back.total start_back.distress" +
		" tsk11 biering_sorensen.status about id clearances "
	r := rules(t)
	for _, path := range fieldPaths(t) {
		if strings.HasPrefix(path, "age_days.") || strings.HasPrefix(path, "patient.") {
			continue // absent is 0; absent age or sex is an error
		}
		got := brief(screen.Evaluate(makeCase(t, path+"=null"), r))
		if want := strings.Contains(optional, " "+path+" "); want != (got == "READY/1") {
			t.Errorf("without %s: %s", path, got)
		}
	}
	for _, path := range []string{"patient.age_years", "patient.sex", "patient"} {
		if _, err := screen.DecodeCase(line(t, path+"=null"), r); err == nil {
			t.Errorf("without %s: accepted", path)
		}
	}
}

func TestOutOfRangeIsRefusedAtItsField(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ edits, want string }{
		{"patient.age_years=-1", "patient.age_years: must be from 0 to 120"},
		{"patient.age_years=121", "patient.age_years: must be from 0 to 120"},
		{"patient.age_years=45.5", "patient.age_years: must be a whole number"},
		// 45 plus 2 to the 58th, times a million, is 45 million modulo 2 to the 64th.
		{"patient.age_years=288230376151711789", "patient.age_years: must be"},
		{"patient.sex=other", "patient.sex: is required: female or male"},
		{"red_flags.CES1=maybe", "red_flags.CES1: must be one of: yes, no, unknown"},
		{"red_flags.FXC=no", "red_flags.FXC: there is no such safety question"},
		{"vitals.systolic_mmhg=59", "vitals.systolic_mmhg: must be from 60 to 260"},
		{"vitals.systolic_mmhg=261", "vitals.systolic_mmhg: must be from 60 to 260"},
		{"vitals.diastolic_mmhg=29", "vitals.diastolic_mmhg: must be from 30 to 160"},
		{"vitals.systolic_mmhg=200 vitals.diastolic_mmhg=161", "vitals.diastolic_mmhg: must be from 30 to 160"},
		{"vitals.systolic_mmhg=80 vitals.diastolic_mmhg=80", "vitals.diastolic_mmhg: must be below the systolic"},
		{"neuro.finding=fine", "neuro.finding: must be one of: normal, mild_unassessed"},
		{"neuro.slr_angle_deg=121", "neuro.slr_angle_deg: must be from 0 to 120"},
		{"pregnancy.status=maybe", "pregnancy.status: must be one of"},
		{"pregnancy.weeks_postpartum=-1", "pregnancy.weeks_postpartum: must be from 0"},
		{"bone=weak", "bone: must be one of"},
		{"surgery.kind=knee", "surgery.kind: must be one of: none, discectomy"},
		{"surgery.weeks_ago=-1", "surgery.weeks_ago: must be from 0"},
		{"episode.duration_weeks=-1", "episode.duration_weeks: must be from 0"},
		{"episode.mechanism=x", "episode.mechanism: must be one of"},
		{"episode.irritability=x", "episode.irritability: must be one of"},
		{"episode.directional_response=x", "episode.directional_response: must be one of"},
		{"pain.nprs_7day=10.1", "pain.nprs_7day: must be from 0 to 10"},
		{"pain.vas_mm=101", "pain.vas_mm: must be from 0 to 100"},
		{"disability.odi_percent=100.1", "disability.odi_percent: must be from 0 to 100"},
		{"disability.rmdq=25", "disability.rmdq: must be from 0 to 24"},
		{"biering_sorensen.seconds=-1", "biering_sorensen.seconds: must be from 0"},
		{"biering_sorensen.seconds=3601", "biering_sorensen.seconds: must be from 0 to 3600"},
		{"biering_sorensen.status=not_done", "biering_sorensen.status: give the seconds or a status"},
		{`biering_sorensen={"status":"tired"}`, "biering_sorensen.status: must be one of"},
		{"hip_extension.test=squat", "hip_extension.test: must be one of"},
		{"hip_extension.left=-1", "hip_extension.left: must be from 0 to 600"},
		{"hip_extension.test=manual_muscle_test", "hip_extension.left: must be from 0 to 5"},
		{"hip_extension.mmt_right=5.1", "hip_extension.mmt_right: must be from 0 to 5"},
		{"dowel_hinge.reps=0", "dowel_hinge.reps: must be from 1 to 50"},
		{"dowel_hinge.reps_with_contact=11", "dowel_hinge.reps_with_contact: must not be more than"},
		{"dowel_hinge.reps_with_contact=-1", "dowel_hinge.reps_with_contact: must be from 0 to 50"},
		{"dowel_hinge.depth=toes", "dowel_hinge.depth: must be one of"},
		{"dowel_hinge.pain=11", "dowel_hinge.pain: must be from 0 to 10"},
		{"start_back.total=10", "start_back.total: must be from 0 to 9"},
		{"start_back.total=9 start_back.distress=6", "start_back.distress: must be from 0 to 5"},
		{"start_back.total=2 start_back.distress=3", "start_back.distress: must not be more than the total"},
		{"tsk11=10", "tsk11: must be from 11 to 44"},
		{"tsk11=45", "tsk11: must be from 11 to 44"},
		{"history.highest_stage_exited=5", "history.highest_stage_exited: must be from 0 to 4"},
		{"age_days.pain=-1", "age_days.pain: must be 0 days or more"},
		{`clearances=["CES1"]`, "clearances: there is no such clearance"},
		{`clearances=["surgoen"]`, "clearances: there is no such clearance"},
	} {
		t.Run(c.edits, func(t *testing.T) {
			got, err := screen.DecodeCase(line(t, c.edits), r)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if got.ID != "T" {
				t.Errorf("the refused case lost its id: %q", got.ID)
			}
		})
	}
}
