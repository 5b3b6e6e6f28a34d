package course_test

import (
	"testing"

	"backtobar/domain/course"
	"backtobar/domain/program"
)

// TestCalendarOfCourseA trains the usual calendar of 16 weeks of somebody of 70
// kg, two or three sessions a week, to the letter, and holds what the rules
// suggest before each session against it. In 25 of 34 sessions they are the same. Where they differ the rules never suggest more
// than the calendar, and the test names the rule that stands in between:
//
//   - a new sub-stage begins with the last load at most (2B, 2D, 4B): one session
//     each;
//   - 3A begins with the first load of the rules, and the ramp in the session
//     leads to 30 kg;
//   - a lighter week proves nothing, so 25 kg comes again after it;
//   - one good session at RPE 6 is repeated (42.5 kg), where the calendar goes on;
//   - three trained weeks are followed by a lighter one also in weeks 15 and
//     16, which the calendar leaves out.
func TestCalendarOfCourseA(t *testing.T) {
	w := &walk{t: t, in: clinicInput("1A", work(3, 10, ""))}
	w.in.Measures = course.Measures{EnduranceSeconds: dec("75"), ODIStart: dec("30"), ODINow: dec("22"), PSFSStart: dec("4"), PSFSNow: dec("8"), ManagesFlare: flag(true)}
	same := 0
	for _, x := range []struct {
		date       string
		code       program.Code
		load       string
		sets, reps int
		rpe        string
		rule       string // why the rules suggest something else, "" for the same
	}{
		{"2026-01-05", "1A", "", 3, 10, "2", ""},
		{"2026-01-07", "1A", "", 3, 10, "2", ""},
		{"2026-01-09", "1B", "", 3, 10, "3", ""},
		{"2026-01-12", "1B", "", 3, 10, "5", ""},
		{"2026-01-14", "1B", "", 3, 10, "4", ""},
		{"2026-01-16", "1B", "", 3, 10, "4", ""},
		{"2026-01-19", "2A", "8", 3, 10, "5", ""},
		{"2026-01-21", "2A", "8", 3, 10, "6", ""},
		{"2026-01-26", "2B", "10", 3, 10, "5", "NEVER_BOTH"},
		{"2026-01-28", "2B", "12", 3, 10, "5", ""},
		{"2026-01-30", "2B", "14", 3, 10, "5", ""},
		{"2026-02-02", "2C", "12", 3, 8, "5", ""},
		{"2026-02-04", "2C", "14", 3, 8, "6", ""},
		{"2026-02-06", "2C", "14", 3, 8, "6", ""},
		{"2026-02-09", "2D", "16", 3, 8, "5", "NEVER_BOTH"},
		{"2026-02-13", "2D", "18", 3, 8, "6", ""},
		{"2026-02-17", "2D", "18", 3, 8, "6", ""},
		{"2026-02-23", "3A", "30", 3, 8, "6", "FIRST_BAR"},
		{"2026-02-26", "3A", "30", 3, 8, "6", ""},
		{"2026-03-02", "3B", "25", 3, 6, "5", ""},
		{"2026-03-05", "3B", "30", 3, 6, "5", ""},
		{"2026-03-09", "3B", "35", 3, 6, "7", ""},
		{"2026-03-12", "3B", "35", 3, 6, "7", ""},
		{"2026-03-16", "4A", "25", 2, 5, "4", ""},
		{"2026-03-19", "4A", "25", 2, 5, "4", ""},
		{"2026-03-23", "4A", "30", 3, 5, "4", "DELOAD_OVER"},
		{"2026-03-26", "4A", "35", 3, 5, "4", ""},
		{"2026-03-30", "4A", "40", 3, 5, "6", ""},
		{"2026-04-02", "4A", "40", 3, 5, "6", ""},
		{"2026-04-06", "4B", "42.5", 3, 5, "6", "NEVER_BOTH"},
		{"2026-04-09", "4B", "45", 3, 5, "5", "NOT_YET"},
		{"2026-04-13", "4B", "47.5", 3, 5, "5", "DELOAD"},
		{"2026-04-16", "4B", "50", 3, 5, "5", "DELOAD"},
		{"2026-04-20", "4B", "52.5", 3, 5, "7", "DELOAD"},
	} {
		w.unticked = x.code == "4A" && x.load != "40"
		w.in.Screen = ready(x.date)
		s := w.on(x.date)
		got := ""
		if s.Work.Load != nil {
			got = s.Work.Load.Value.String()
		}
		switch {
		case x.rule == "" && (s.SubStage != x.code || got != x.load || s.Work.Sets != x.sets || s.Work.Reps != x.reps):
			t.Errorf("%s: %s %s %q %d x %d, the calendar has %s %q: %+v", x.date, s.Action, s.SubStage, got, s.Work.Sets, s.Work.Reps, x.code, x.load, s.Reasons)
		case x.rule != "" && (!has(s, x.rule) || place(s.SubStage) > place(x.code) || s.SubStage == x.code && s.Work.Load.Cmp(*kg(x.load)) >= 0):
			t.Errorf("%s: %s %s %q, not less than the %q of the calendar because of %s: %+v", x.date, s.Action, s.SubStage, got, x.load, x.rule, s.Reasons)
		case x.rule == "":
			same++
		}
		w.do(x.date, x.code, work(x.sets, x.reps, x.load), x.sets == 2, x.rpe)
	}
	if same != 25 {
		t.Errorf("%d sessions as in the calendar", same)
	}
	// Week 16 is the check at discharge: 75 percent of body weight for 5 at RPE 7.
	if last := w.in.Sessions[len(w.in.Sessions)-1].Exercises[0]; last.Prescribed.Load.Cmp(*kg("52.5")) != 0 {
		t.Errorf("the last session: %+v", last)
	}
}
