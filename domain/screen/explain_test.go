package screen_test

import (
	"slices"
	"strings"
	"testing"

	"backtobar/domain/screen"
)

func reasonOf(x screen.Explanation, id string) (screen.Reason, bool) {
	for _, r := range x.Reasons {
		if r.ID == id {
			return r, true
		}
	}
	return screen.Reason{}, false
}

// TestReasons pins what is shown for one rule of each kind.
func TestReasons(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ edits, id, state, value, goal, field string }{
		{"red_flags.CES1=yes", "RF-CES1", "stop", "Yes", "answer no", "red_flags.CES1"},
		{`red_flags.CV3=yes clearances=["CV3"]`, "CLEARED:CV3", "note", "Yes", "clearance on file", "red_flags.CV3"},
		{"red_flags.INFL1=yes", "REFER_ROUTINE:INFL1", "note", "Yes", "fewer than 4 of 5 features", "red_flags.INFL1"},
		{"", "red_flags", "pass", "All 33 answered no", "every answer no", "red_flags.CES1"},
		{"red_flags.CES2=unknown", "red_flags", "missing", "1 of 33 not answered", "an answer", "red_flags.CES2"},
		{"patient.age_years=71 patient.sex=female", "RF-FXC", "hold", "2 of 4", "fewer than 2 of 4", "long_term_steroids"},
		{"vitals.systolic_mmhg=165", "BP-3", "hold", "165 over 78", "160 over 100 or less", "vitals.systolic_mmhg"},
		{"vitals.systolic_mmhg=null vitals.diastolic_mmhg=115", "BP-2", "stop", "not taken over 115", "180 over 110 or less", "vitals.systolic_mmhg"},
		{"vitals.systolic_mmhg=null", "vitals", "missing", "Not complete", "an answer", "vitals.systolic_mmhg"},
		{"vitals=null", "vitals", "missing", "Not asked", "an answer", "vitals.systolic_mmhg"},
		{"vitals.heart_rate_bpm=110", "CAUTION:HR", "caution", "110 a minute", "100 a minute or less", "vitals.heart_rate_bpm"},
		{"neuro.finding=umn", "NEURO-2", "stop", "Upper motor neuron signs", "no marked, progressive or upper motor neuron sign", "neuro.finding"},
		{"neuro.crossed_slr=true", "CAP1:CSLR", "cap", "Yes", "negative", "neuro.crossed_slr"},
		{"pregnancy.status=yes", "PREG-1", "hold", "Pregnant", "obstetric clearance", "pregnancy.status"},
		{"surgery.kind=si_fusion surgery.weeks_ago=20", "SURG-1", "hold", "SI joint fusion, 20 weeks ago, window 26 weeks", "", "surgery.kind"},
		{"surgery.kind=si_fusion", "surgery", "missing", "Not complete", "an answer", "surgery.weeks_ago"},
		{"pain.nprs_7day=6.5", "PAIN-1", "fail", "6.5 of 10", "below 6 of 10, and below 60 mm", "pain.nprs_7day"},
		{"pain.nprs_7day=null pain.vas_mm=70", "PAIN-1", "fail", "70 mm", "below 6 of 10, and below 60 mm", "pain.vas_mm"},
		{"pain.nprs_7day=3 pain.vas_mm=70", "PAIN-1", "fail", "3 of 10, 70 mm", "below 6 of 10, and below 60 mm", "pain.vas_mm"},
		{"pain.nprs_7day=3 pain.vas_mm=30", "PAIN-1", "pass", "3 of 10, 30 mm", "", "pain.nprs_7day"},
		{"pain.nprs_7day=7 pain.vas_mm=70", "PAIN-1", "fail", "7 of 10, 70 mm", "", "pain.nprs_7day"},
		{"disability.odi_percent=15 disability.rmdq=2", "DIS-1", "pass", "ODI 15 percent, RMDQ 2 of 24", "", "disability.odi_percent"},
		{"disability.odi_percent=50 disability.rmdq=20", "DIS-1", "fail", "ODI 50 percent, RMDQ 20 of 24", "", "disability.odi_percent"},
		{"disability.odi_percent=15 disability.rmdq=20", "DIS-1", "fail", "ODI 15 percent, RMDQ 20 of 24", "ODI 40 percent or less, RMDQ below 14 of 24", "disability.rmdq"},
		{"biering_sorensen.seconds=48", "STR-1", "fail", "48 seconds", "more than 60 seconds", "biering_sorensen.seconds"},
		{"biering_sorensen.seconds=275", "STR-1", "pass", "240 seconds", "more than 60 seconds", "biering_sorensen.seconds"},
		{`biering_sorensen={"status":"not_done"}`, "biering_sorensen", "missing", "Not done", "an answer", "biering_sorensen.seconds"},
		{"hip_extension.left=5", "STR-3", "fail", "left 5, right 15 bridges; muscle test left 5 right 5", "", "hip_extension.left"},
		{"hip_extension.right=null", "hip_extension", "missing", "Not complete", "an answer", "hip_extension.right"},
		{"dowel_hinge.depth=mid_thigh", "MOB-1", "fail", "Mid thigh", "knee level or lower with three contacts", "dowel_hinge.depth"},
		{"episode.mechanism=mixed", "CAUTION:mechanism", "caution", "Mixed", "nociceptive", "episode.mechanism"},
		{"episode.duration_weeks=2", "CAP2:ACUTE", "cap", "2 weeks", "6 weeks or more", "episode.duration_weeks"},
		{"start_back.total=6 start_back.distress=5", "CAP1:START_HIGH", "cap", "High", "low or medium, or a documented plan", "start_back.total"},
		{"age_days.pain=8", "pain", "stale", "8 days old", "at most 7 days", "pain.nprs_7day"},
		{"tsk11=30", "CAUTION:fear", "caution", "30", "below 29", "tsk11"},
	} {
		t.Run(c.edits+" "+c.id, func(t *testing.T) {
			got, ok := reasonOf(screen.Explain(makeCase(t, c.edits), r), c.id)
			if !ok {
				t.Fatal("no such reason")
			}
			if got.State != c.state || got.Value != c.value || got.Field != c.field || c.goal != "" && got.Threshold != c.goal {
				t.Errorf("got %s, %q, goal %q, field %s", got.State, got.Value, got.Threshold, got.Field)
			}
		})
	}
}

// TestDraftIsExplained: the form explains while nothing is answered yet, not
// even age and sex.
func TestDraftIsExplained(t *testing.T) {
	x := screen.Explain(screen.Case{}, rules(t))
	const want = "INCOMPLETE missing=biering_sorensen,bone,disability,dowel_hinge,duration,hip_extension," +
		"irritability,mechanism,neuro,pain,pregnancy,red_flags,steroids,surgery,trauma,vitals"
	if got := brief(x.Decision); got != want {
		t.Errorf("got %s", got)
	}
	if x.Leaning != "" || len(x.Unanswered) != 57 || x.Headline != "Not complete. 57 answers left." {
		t.Errorf("%q, %q, %d open", x.Headline, x.Leaning, len(x.Unanswered))
	}
}

// TestStaleNeverPasses: no item is shown as passed and too old at once.
func TestStaleNeverPasses(t *testing.T) {
	c := makeCase(t, "")
	passes := func(x screen.Explanation) (out []string) {
		for _, r := range x.Reasons {
			if r.State == "pass" {
				out = append(out, r.ID)
			}
		}
		return out
	}
	fresh := strings.Join(passes(screen.Explain(c, rules(t))), " ")
	if fresh != "red_flags BP-4 NEURO-4 PAIN-1 PAIN-2 STR-1 DIS-1 STR-3 MOB-1 MOB-2 MECH-3" {
		t.Errorf("fresh: %s", fresh)
	}
	for _, edits := range []string{"vitals.symptoms=null", "vitals.diastolic_mmhg=null", "vitals.systolic_mmhg=85"} {
		if got := passes(screen.Explain(makeCase(t, edits), rules(t))); slices.Contains(got, "BP-4") {
			t.Errorf("%s: blood pressure shows as passed", edits)
		}
	}
	if got := passes(screen.Explain(makeCase(t, "vitals.systolic_mmhg=90"), rules(t))); !slices.Contains(got, "BP-4") {
		t.Error("90 systolic does not show as passed")
	}
	for _, edits := range []string{"hip_extension.left=null", "hip_extension.right=null", "hip_extension.test=null"} {
		if got := passes(screen.Explain(makeCase(t, edits), rules(t))); slices.Contains(got, "STR-3") {
			t.Errorf("%s: the hip test shows as passed", edits)
		}
	}
	// Irritability and mechanism have no interval.
	if old := strings.Join(passes(screen.Explain(screen.Age(c, 400), rules(t))), " "); old != "PAIN-2 MECH-3" {
		t.Errorf("stale: %s", old)
	}
}

// TestHeadlineLeaningAndChanges pins the sentences of the verdict panel.
func TestHeadlineLeaningAndChanges(t *testing.T) {
	const exited = "history.highest_stage_exited=3 "
	r := rules(t)
	for _, c := range []struct{ edits, headline, leaning, changes string }{
		{"", "Ready for stage 1, dowel hip hinge.", "",
			"The goals of stage 1 met. Then: ready for stage 2, kettlebell RDL.|Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain."},
		{"red_flags.CES1=yes", "Stop. Emergency care now.", "", ""},
		{"red_flags.CA2=yes", "Stop. Medical review the same day.", "", ""},
		{"red_flags.CV3=yes", "Not yet. Clearance or a consult comes first.", "",
			"A documented clearance for the question answered yes. Then: ready for stage 1, dowel hip hinge."},
		{"bone=osteoporosis", "Not yet. Clearance or a consult comes first.", "",
			"Bone-health clearance on file. Then: ready for stage 1, dowel hip hinge."},
		{"red_flags.CES1=null", "Not complete. 1 answer left.", "",
			"Answer: safety questions. Only then can there be a result."},
		{"red_flags.CES1=null pain.nprs_7day=8", "Not complete. 1 answer left.", "Leaning to: build first. Track: pain.",
			"Answer: safety questions. Only then can there be a result."},
		{"pain=null disability=null dowel_hinge=null", "Not complete. 6 answers left.", "Leaning to: ready for stage 1, dowel hip hinge.",
			"All of these: Answer: pain, average of 7 days. Answer: disability. Answer: dowel hinge. At best: ready for stage 1, dowel hip hinge."},
		{"pain=null age_days.neuro=31", "Not complete. 1 answer left.", "Leaning to: measure again.",
			"Answer: pain, average of 7 days. At best: measure again. Some answers are too old."},
		{"biering_sorensen.seconds=48", "Build first. Track: strength.", "",
			"Hold more than 12 seconds longer. Then: ready for stage 1, dowel hip hinge."},
		{"biering_sorensen.seconds=60", "Build first. Track: strength.", "",
			"Back extensor hold above 60 seconds. Then: ready for stage 1, dowel hip hinge."},
		{"pain.nprs_7day=8 dowel_hinge.depth=none", "Build first. Tracks: mobility, pain.", "",
			"Both: Average pain below 6 of 10, and below 60 mm. Dowel hinge to knee level with three contacts. Then: ready for stage 1, dowel hip hinge."},
		{"age_days.pain=8", "Measure again. Some answers are too old.", "",
			"Ask or measure again: pain, average of 7 days. With the same result as before: ready for stage 1, dowel hip hinge."},
		{exited + "episode.duration_weeks=2", "Ready for stage 2, kettlebell RDL.", "",
			"The stage-2 limit ends at 6 weeks. Then: ready for stage 4, barbell deadlift.|Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain."},
		{exited + `bone=osteoporosis clearances=["bone"]`, "Ready for stage 2, kettlebell RDL.", "",
			"Written clearance for heavy loading, under supervision, ends the stage-2 limit. Then: ready for stage 4, barbell deadlift.|Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain."},
		{exited + `bone=vertebral_fracture_healed clearances=["bone"]`, "Ready for stage 2, kettlebell RDL.", "",
			"Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain.|Back extensor hold (Biering-Sørensen): worse by 40 seconds. Then: build first. Track: strength."},
		// Only the lowest limit holds the stage down, and only when it does.
		{exited + "episode.duration_weeks=2 neuro.crossed_slr=true", "Ready for stage 1, dowel hip hinge.", "",
			"The stage-1 limit ends when the crossed straight leg raise is negative. Then: ready for stage 2, kettlebell RDL.|Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain."},
		{"episode.duration_weeks=2", "Ready for stage 1, dowel hip hinge.", "",
			"The goals of stage 1 met. Then: ready for stage 2, kettlebell RDL.|Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain."},
		{"history.highest_stage_exited=1 episode.duration_weeks=2", "Ready for stage 2, kettlebell RDL.", "",
			"Pain, average of 7 days: worse by 2 points. Then: build first. Track: pain.|Back extensor hold (Biering-Sørensen): worse by 40 seconds. Then: build first. Track: strength."},
	} {
		t.Run(c.edits, func(t *testing.T) {
			x := screen.Explain(makeCase(t, c.edits), r)
			var changes []string
			for _, n := range x.Changes {
				changes = append(changes, n.Text()+" "+n.Then)
			}
			if x.Headline != c.headline || x.Leaning != c.leaning || strings.Join(changes, "|") != c.changes {
				t.Errorf("got %q, %q, %q", x.Headline, x.Leaning, strings.Join(changes, "|"))
			}
		})
	}
}

func TestUnansweredFollowsTheForm(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ edits, want string }{
		{"", ""},
		{"pain=null vitals=null red_flags.GEN1=unknown", "red_flags.GEN1 vitals.systolic_mmhg vitals.diastolic_mmhg vitals.symptoms pain.nprs_7day"},
		{"neuro=null surgery.kind=fusion", "neuro.finding neuro.slr_own_leg_pain neuro.crossed_slr surgery.weeks_ago"},
		{"surgery=null episode=null", "surgery.kind episode.duration_weeks episode.mechanism episode.irritability"},
		{"hip_extension=null", "hip_extension.test hip_extension.left hip_extension.right"},
		{`hip_extension={"test":"manual_muscle_test","mmt_left":5}`, "hip_extension.mmt_right"},
		{"dowel_hinge=null", "dowel_hinge.reps_with_contact dowel_hinge.reps dowel_hinge.depth dowel_hinge.pain"},
		{"long_term_steroids=null significant_trauma=null pregnancy=null bone=null", "long_term_steroids significant_trauma pregnancy.status bone"},
		{"disability=null biering_sorensen=null", "disability.odi_percent biering_sorensen.seconds"},
	} {
		if got := strings.Join(screen.Explain(makeCase(t, c.edits), r).Unanswered, " "); got != c.want {
			t.Errorf("%s: got %s", c.edits, got)
		}
	}
}

// TestReasonsKeepTheReadingOrder: what stops comes first, then the groups.
func TestReasonsKeepTheReadingOrder(t *testing.T) {
	x := screen.Explain(makeCase(t, "red_flags.CES1=yes vitals.systolic_mmhg=165 pain.nprs_7day=8 "+
		"biering_sorensen.seconds=10 disability.odi_percent=50 hip_extension.left=1 dowel_hinge.depth=none episode.duration_weeks=1"), rules(t))
	var got []string
	for _, r := range x.Reasons {
		if r.State == "stop" || r.State == "hold" || r.State == "fail" || r.State == "cap" {
			got = append(got, r.ID)
		}
	}
	const want = "RF-CES1 BP-3 PAIN-1 STR-1 DIS-1 STR-3 MOB-1 CAP2:ACUTE"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s", got)
	}
	if x.RulesVersion != rules(t).Version || x.RulesHash != rules(t).Hash() || len(x.RulesHash) != 64 {
		t.Errorf("rules %q %q", x.RulesVersion, x.RulesHash)
	}
}

func TestItemTitles(t *testing.T) {
	if got := screen.ItemTitle("biering_sorensen"); got != "Back extensor hold (Biering-Sørensen)" {
		t.Error(got)
	}
}
