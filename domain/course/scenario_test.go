package course_test

import (
	"slices"
	"testing"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// This file walks whole courses week by week, as a clinic would: each session
// follows the suggestion, unless the therapist changes it.

// walk is a course that goes on session by session.
type walk struct {
	t  *testing.T
	in course.Input
	// unticked: the therapist does not pass the technique yet.
	unticked bool
}

// on sets the day of the next session and returns the suggestion.
func (w *walk) on(date string) course.Suggestion {
	w.t.Helper()
	w.in.Today = day(date)
	return suggest(w.t, w.in)
}

// want holds the suggestion of that day to an action and a weight, and trains
// it with that effort.
func (w *walk) want(date string, action course.Action, code program.Code, load string, sets, reps int, rpe string) course.Suggestion {
	w.t.Helper()
	s := w.on(date)
	w.t.Logf("%s %-8s %s %s %d x %d: %s", date, s.Action, s.SubStage, load, s.Work.Sets, s.Work.Reps, s.Text())
	got := ""
	if s.Work.Load != nil {
		got = s.Work.Load.Value.String()
	}
	if s.Action != action || s.SubStage != code || got != load || s.Work.Sets != sets || s.Work.Reps != reps {
		w.t.Fatalf("%s: %s %s %q %d x %d, want %s %s %q %d x %d\n%+v\nmissing %+v", date, s.Action, s.SubStage, got, s.Work.Sets, s.Work.Reps,
			action, code, load, sets, reps, s.Reasons, s.Missing)
	}
	w.do(date, s.SubStage, s.Work, s.Deload, rpe)
	return s
}

// change trains something else than suggested, as the therapist decided.
func (w *walk) change(date string, code program.Code, work course.Work, deload bool, rpe string) {
	w.t.Helper()
	w.on(date)
	w.do(date, code, work, deload, rpe)
}

func (w *walk) do(date string, code program.Code, work course.Work, deload bool, rpe string) {
	x := trained(day(date), code, work, deload, rpe)
	if w.unticked {
		x.Shown = nil
	}
	w.in.Sessions = append(w.in.Sessions, x)
}

func has(s course.Suggestion, rule string) bool {
	return slices.ContainsFunc(s.Reasons, func(r course.Reason) bool { return r.Rule == rule })
}

// TestCourseA is the typical course of somebody of 70 kg with weights in kg.
// Where the rules and the usual calendar differ, the rules stand: a new
// sub-stage begins with the load of the last one or less, so 2B begins with
// 8 kg; and a lighter week proves nothing about more load, so 4A begins again
// with its first load. TestCalendarOfCourseA walks the usual calendar itself.
func TestCourseA(t *testing.T) {
	w := &walk{t: t, in: clinicInput("1A", work(3, 10, ""))}
	w.in.Measures = course.Measures{EnduranceSeconds: dec("75"), ODIStart: dec("30"), ODINow: dec("22"), PSFSStart: dec("4"), PSFSNow: dec("6"), ManagesFlare: flag(true)}
	// Weeks 1 and 2: the hinge; the first dowel session is too hard.
	w.want("2026-01-05", course.ActionStart, "1A", "", 3, 10, "2")
	w.want("2026-01-06", course.ActionRepeat, "1A", "", 3, 10, "2")
	w.want("2026-01-08", course.ActionNext, "1B", "", 3, 10, "5")
	w.want("2026-01-12", course.ActionRepeat, "1B", "", 3, 10, "3")
	w.want("2026-01-14", course.ActionRepeat, "1B", "", 3, 10, "4")
	// Week 3: the light bell from the step.
	w.want("2026-01-19", course.ActionNext, "2A", "8", 3, 10, "5")
	w.want("2026-01-21", course.ActionRepeat, "2A", "8", 3, 10, "6")
	// Weeks 4 and 5: heavier from the step, one size a session while it is easy.
	w.want("2026-01-26", course.ActionNext, "2B", "8", 3, 10, "5")
	w.want("2026-01-28", course.ActionLoad, "2B", "10", 3, 10, "5")
	w.want("2026-01-30", course.ActionLoad, "2B", "12", 3, 10, "5")
	w.want("2026-02-02", course.ActionLoad, "2B", "14", 3, 10, "5")
	// 12 and 14 kg are two sizes above light or more; 90 percent of 14 is 12.6.
	w.want("2026-02-04", course.ActionNext, "2C", "12", 3, 8, "5")
	w.want("2026-02-06", course.ActionLoad, "2C", "14", 3, 8, "6")
	w.want("2026-02-09", course.ActionRepeat, "2C", "14", 3, 8, "6")
	// Weeks 6 and 7: from the floor, until the moderate bell of 18 kg twice.
	w.want("2026-02-11", course.ActionNext, "2D", "14", 3, 8, "5")
	w.want("2026-02-13", course.ActionLoad, "2D", "16", 3, 8, "5")
	w.want("2026-02-16", course.ActionLoad, "2D", "18", 3, 8, "6")
	w.want("2026-02-18", course.ActionRepeat, "2D", "18", 3, 8, "7")
	// The screen is out of date: no new sub-stage before it was taken again.
	w.in.Screen.Decision.Outcome = screen.Retest
	if s := w.on("2026-02-23"); s.SubStage != "2D" || s.Missing[0].Rule != "SCREEN" {
		t.Fatalf("without a current screen: %+v", s)
	}
	w.in.Screen = ready("2026-02-20")
	// Week 8: 1.25 times 18 is 22.5; the therapist ramps to 30 at RPE 6.
	if s := w.on("2026-02-23"); s.Action != course.ActionNext || s.SubStage != "3A" || s.Work.Load.Value.String() != "22.5" {
		t.Fatalf("the first bar: %+v", s)
	}
	w.change("2026-02-23", "3A", work(3, 8, "30"), false, "6")
	w.want("2026-02-26", course.ActionRepeat, "3A", "30", 3, 8, "6")
	// Weeks 9 and 10: below the knee; 90 percent of 30 is 27.
	w.want("2026-03-02", course.ActionNext, "3B", "25", 3, 6, "5")
	w.want("2026-03-05", course.ActionLoad, "3B", "30", 3, 6, "5")
	w.want("2026-03-09", course.ActionLoad, "3B", "35", 3, 6, "7")
	// 75 percent of the estimate of 45 is 33.75, but 35 showed what 3B asks for,
	// so it is done a second time.
	w.want("2026-03-12", course.ActionRepeat, "3B", "35", 3, 6, "7")
	// Week 11: three trained weeks, so a lighter one, at the floor: 60 percent
	// of the estimated maximum of 45 is 27. Both reductions look at the same
	// load, so 25 is not reduced again.
	s := w.want("2026-03-16", course.ActionNext, "4A", "25", 2, 5, "4")
	if !s.Deload || !has(s, "DELOAD") || !has(s, "RACK_SHARE") {
		t.Fatalf("the lighter week: %+v", s)
	}
	w.want("2026-03-19", course.ActionDeload, "4A", "25", 2, 5, "4")
	// Weeks 12 to 14: the floor; the technique passes at 40 kg.
	w.unticked = true
	w.want("2026-03-23", course.ActionRepeat, "4A", "25", 3, 5, "4")
	w.want("2026-03-26", course.ActionLoad, "4A", "30", 3, 5, "4")
	w.want("2026-03-30", course.ActionLoad, "4A", "35", 3, 5, "4")
	w.unticked = false
	w.want("2026-04-02", course.ActionLoad, "4A", "40", 3, 5, "6")
	w.want("2026-04-06", course.ActionRepeat, "4A", "40", 3, 5, "6")
	w.want("2026-04-09", course.ActionNext, "4B", "40", 3, 5, "5")
	// Week 15: lighter again, after three trained weeks.
	s = w.want("2026-04-13", course.ActionDeload, "4B", "35", 2, 5, "4")
	if !s.Deload {
		t.Fatalf("not marked as lighter: %+v", s)
	}
	w.want("2026-04-16", course.ActionDeload, "4B", "35", 2, 5, "4")
	// Weeks 16 to 18: one step a session while it is easy, then at RPE 7.
	w.want("2026-04-20", course.ActionLoad, "4B", "45", 3, 5, "5")
	w.want("2026-04-23", course.ActionLoad, "4B", "50", 3, 5, "6")
	w.want("2026-04-27", course.ActionRepeat, "4B", "50", 3, 5, "6")
	w.want("2026-04-30", course.ActionReps, "4B", "50", 3, 6, "6")
	w.want("2026-05-04", course.ActionRepeat, "4B", "50", 3, 6, "6")
	w.want("2026-05-07", course.ActionLoad, "4B", "52.5", 3, 5, "7")
	// Week 19 is lighter; then 52.5 kg, 75 percent of body mass, once more at
	// RPE 7 in another week, and 4C.
	w.want("2026-05-11", course.ActionDeload, "4B", "45", 2, 5, "4")
	w.want("2026-05-14", course.ActionDeload, "4B", "45", 2, 5, "4")
	w.want("2026-05-18", course.ActionRepeat, "4B", "52.5", 3, 5, "7")
	w.want("2026-05-21", course.ActionNext, "4C", "52.5", 3, 3, "6")
	w.want("2026-05-25", course.ActionLoad, "4C", "57.5", 3, 3, "7")
	w.want("2026-05-28", course.ActionRepeat, "4C", "57.5", 3, 3, "7")
	w.want("2026-06-01", course.ActionReps, "4C", "57.5", 3, 5, "7")
	w.want("2026-06-04", course.ActionRepeat, "4C", "57.5", 3, 5, "7")
	w.in.Measures.ODINow = dec("18")
	if s = w.on("2026-06-08"); len(s.Missing) != 1 || s.Missing[0].Rule != "LAST" {
		t.Fatalf("the goals of the course: %+v", s)
	}
}

// TestCourseC is the slow start: while the screen is not passed there is the
// preparation and nothing else; afterwards the route begins at 1B.
func TestCourseC(t *testing.T) {
	w := &walk{t: t, in: clinicInput(program.Preparation, course.Work{})}
	w.in.Screen.Decision = notReady
	for _, date := range []string{"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"} {
		if s := w.on(date); s.Lifts() || s.SubStage != program.Preparation {
			t.Fatalf("%s: %+v", date, s)
		}
	}
	w.in.Screen = ready("2026-02-02")
	w.in.Screen.Decision.Stage = 1
	w.in.Plan = course.Start{SubStage: "1B", Work: work(3, 10, ""), Signed: day("2026-02-02")}
	w.want("2026-02-02", course.ActionStart, "1B", "", 3, 10, "3")
	w.want("2026-02-03", course.ActionRepeat, "1B", "", 3, 10, "3")
	if s := w.on("2026-02-04"); s.SubStage != "1B" || len(s.Missing) == 0 || s.Missing[0].Rule != "SCREEN" {
		t.Fatalf("past the stage of the screen: %+v", s)
	}
	w.in.Screen.Decision.Stage = 2
	w.want("2026-02-04", course.ActionNext, "2A", "8", 3, 10, "5")
}

// TestCourseB is the experienced lifter of 198 pounds with weights in pounds,
// on the fast track: the therapist goes faster than the rules suggest in weeks
// 1 and 2, and the rules follow from there.
func TestCourseB(t *testing.T) {
	in := clinicInput("2A", course.Work{Sets: 3, Reps: 10, Target: lb("20"), Load: lb("20")})
	in.BodyMass = *lb("198")
	in.Bells = course.NewWeights(masses(domain.Pound, "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "60", "70"))
	in.Bars = bars(domain.Pound, "45", "5", 80)
	in.Measures = course.Measures{EnduranceSeconds: dec("120"), ODIStart: dec("18"), ODINow: dec("12")}
	w := &walk{t: t, in: in}
	pounds := func(sets, reps int, load string) course.Work {
		return course.Work{Sets: sets, Reps: reps, Target: lb(load), Load: lb(load)}
	}
	w.want("2026-01-05", course.ActionStart, "2A", "20", 3, 10, "4")
	w.change("2026-01-07", "2B", pounds(3, 10, "40"), false, "5")
	w.change("2026-01-09", "2B", pounds(3, 10, "40"), false, "5")
	// 90 percent of 40 is 36.
	w.want("2026-01-12", course.ActionNext, "2C", "35", 3, 8, "5")
	w.change("2026-01-14", "2C", pounds(3, 8, "40"), false, "5")
	w.change("2026-01-16", "2D", pounds(3, 8, "50"), false, "6")
	w.want("2026-01-19", course.ActionRepeat, "2D", "50", 3, 8, "6")
	// 1.25 times 50 is 62.5; the therapist ramps to 135 at RPE 6.
	if s := w.on("2026-01-26"); s.SubStage != "2D" || !has(s, "MISSED") {
		t.Fatalf("a week without a session: %+v", s)
	}
	if s := w.on("2026-01-24"); s.Action != course.ActionNext || s.SubStage != "3A" || s.Work.Load.Value.String() != "60" {
		t.Fatalf("the first bar: %+v", s)
	}
	w.change("2026-01-24", "3A", pounds(3, 8, "135"), false, "6")
	w.want("2026-01-28", course.ActionRepeat, "3A", "135", 3, 8, "6")
	// 90 percent of 135 is 121.5.
	w.want("2026-02-02", course.ActionNext, "3B", "120", 3, 6, "5")
	w.want("2026-02-05", course.ActionLoad, "3B", "130", 3, 6, "5")
	// Enough for the floor; the therapist builds on to 145 first.
	if s := w.on("2026-02-07"); s.SubStage != "4A" {
		t.Fatalf("half of body weight twice: %+v", s)
	}
	w.change("2026-02-07", "3B", pounds(3, 6, "140"), false, "6")
	w.change("2026-02-09", "3B", pounds(3, 6, "145"), false, "7")
	w.change("2026-02-12", "3B", pounds(3, 6, "145"), false, "7")
	// The lighter week, and 60 percent of 186.4 is 111.8.
	s := w.want("2026-02-16", course.ActionNext, "4A", "110", 2, 5, "4")
	if !s.Deload || !has(s, "RACK_SHARE") {
		t.Fatalf("the lighter week: %+v", s)
	}
	w.want("2026-02-19", course.ActionDeload, "4A", "110", 2, 5, "4")
	w.unticked = true
	w.want("2026-02-23", course.ActionRepeat, "4A", "110", 3, 5, "4")
	w.want("2026-02-25", course.ActionLoad, "4A", "120", 3, 5, "4")
	w.unticked = false
	w.want("2026-02-27", course.ActionLoad, "4A", "130", 3, 5, "6")
	w.want("2026-03-02", course.ActionRepeat, "4A", "130", 3, 5, "6")
	w.want("2026-03-05", course.ActionNext, "4B", "130", 3, 5, "5")
	w.want("2026-03-07", course.ActionLoad, "4B", "140", 3, 5, "5")
	w.want("2026-03-09", course.ActionLoad, "4B", "150", 3, 5, "5")
	w.want("2026-03-12", course.ActionLoad, "4B", "160", 3, 5, "5")
	// The next week would be a lighter one; the therapist goes on to 175.
	if s := w.on("2026-03-16"); s.Action != course.ActionDeload {
		t.Fatalf("three trained weeks: %+v", s)
	}
	w.change("2026-03-16", "4B", pounds(3, 5, "175"), false, "7")
	// 175 for 5 with 3 in reserve gives 217.2; 80 percent of it is 173.8.
	w.in.Sessions[len(w.in.Sessions)-1].Date = day("2026-03-13")
	if s := w.on("2026-03-15"); s.Work.Load == nil || s.Work.Load.Value.String() != "170" || s.Work.Target.Value.String() != "173.76" || !has(s, "CEILING") {
		t.Fatalf("the ceiling of 4B: %+v", s)
	}
}

// TestCourseD is a flare-up of five days in 3A: one sub-stage back with 70
// percent of its last load, a size up per good session until the load before,
// and 3A again with 80 percent of its last load.
func TestCourseD(t *testing.T) {
	w := &walk{t: t, in: clinicInput("2D", work(3, 8, "18"))}
	w.want("2026-01-05", course.ActionStart, "2D", "18", 3, 8, "6")
	w.want("2026-01-07", course.ActionRepeat, "2D", "18", 3, 8, "6")
	w.change("2026-01-09", "3A", work(3, 8, "35"), false, "6")
	w.change("2026-01-12", "3A", work(3, 8, "35"), false, "8")
	w.in.Flares = []course.Flare{{Began: day("2026-01-13"), PainWeek: dec("5")}}
	if s := w.on("2026-01-15"); s.Action != course.ActionRest || s.Lifts() {
		t.Fatalf("during the flare-up: %+v", s)
	}
	w.in.Flares[0].Settled = day("2026-01-18")
	s := w.want("2026-01-19", course.ActionBack, "2D", "12", 3, 8, "6")
	if !has(s, "FLARE_MIDDLE") || s.Work.Target.Value.String() != "12.6" {
		t.Fatalf("70 percent of 18: %+v", s)
	}
	w.want("2026-01-21", course.ActionReturn, "2D", "14", 3, 8, "6")
	w.want("2026-01-23", course.ActionReturn, "2D", "16", 3, 8, "6")
	w.want("2026-01-26", course.ActionReturn, "2D", "18", 3, 8, "6")
	w.want("2026-01-28", course.ActionRepeat, "2D", "18", 3, 8, "6")
	s = w.want("2026-02-02", course.ActionNext, "3A", "27.5", 3, 8, "6")
	if !has(s, "REENTRY") || s.Work.Target.Value.String() != "28" {
		t.Fatalf("80 percent of 35: %+v", s)
	}
}
