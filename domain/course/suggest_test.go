package course_test

import (
	"testing"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// after adds a session on that day, as changed, and returns the suggestion for
// two days later.
func after(t testing.TB, in *course.Input, on, rpe string, w course.Work, change func(*course.Session)) course.Suggestion {
	t.Helper()
	s := trained(day(on), in.Plan.SubStage, w, false, rpe)
	if change != nil {
		change(&s)
	}
	in.Sessions = append(in.Sessions, s)
	in.Today = day(on).AddDays(2)
	return suggest(t, *in)
}

func next24(v string) func(*course.Session) {
	return func(s *course.Session) { s.Pain24h = dec(v) }
}

func expect(t testing.TB, s course.Suggestion, action course.Action, code program.Code, load string, sets, reps int) {
	t.Helper()
	got := "none"
	if s.Work.Load != nil {
		got = s.Work.Load.Value.String()
	}
	if s.Action != action || s.SubStage != code || got != load || s.Work.Sets != sets || s.Work.Reps != reps {
		t.Errorf("%s %s %s %dx%d, want %s %s %s %dx%d\n%+v", s.Action, s.SubStage, got, s.Work.Sets, s.Work.Reps, action, code, load, sets, reps, s.Reasons)
	}
}

// TestFirstSuggestion: without a session the plan is begun as signed.
func TestFirstSuggestion(t *testing.T) {
	expect(t, suggest(t, clinicInput("2C", work(3, 8, "12"))), course.ActionStart, "2C", "12", 3, 8)
}

// TestRepeatsThenLoad: repeats rise to the top of the range, then one bell.
func TestRepeatsThenLoad(t *testing.T) {
	in := clinicInput("2C", work(3, 8, "12"))
	expect(t, after(t, &in, "2026-01-05", "6", work(3, 8, "12"), nil), course.ActionRepeat, "2C", "12", 3, 8)
	expect(t, after(t, &in, "2026-01-07", "6", work(3, 8, "12"), nil), course.ActionReps, "2C", "12", 3, 10)
	expect(t, after(t, &in, "2026-01-09", "6", work(3, 10, "12"), nil), course.ActionRepeat, "2C", "12", 3, 10)
	expect(t, after(t, &in, "2026-01-12", "6", work(3, 10, "12"), nil), course.ActionLoad, "2C", "14", 3, 8)
}

// TestStepBack: pain of the next day takes one bell size, the second time in
// two weeks a sub-stage, the third time in four weeks leads to a new screen.
func TestStepBack(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "18"))
	expect(t, after(t, &in, "2026-01-05", "6", work(3, 8, "18"), next24("3")), course.ActionLighter, "2D", "16", 3, 8)
	expect(t, after(t, &in, "2026-01-07", "6", work(3, 8, "16"), next24("3")), course.ActionBack, "2C", "8", 3, 8)
	s := after(t, &in, "2026-01-09", "6", work(3, 8, "8"), func(s *course.Session) { s.SubStage = "2C"; s.Exercises[0].Exercise = "kb_rdl"; s.Pain24h = dec("3") })
	expect(t, s, course.ActionRescreen, "2C", "none", 0, 0)
	in.Screen = ready("2026-01-10")
	if s := suggest(t, in); !s.Lifts() {
		t.Errorf("still no lifting after the new screen: %+v", s)
	}
}

// TestRedFlagStops: a red flag stops until a screen after it, and says what a
// yes leads to.
func TestRedFlagStops(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "18"))
	s := after(t, &in, "2026-01-07", "6", work(3, 8, "18"), func(s *course.Session) { s.RedFlags["saddle"] = true })
	expect(t, s, course.ActionRefer, "2D", "none", 0, 0)
	if len(s.Reasons) != 2 || s.Reasons[1].Rule != "RED_FLAG" {
		t.Errorf("reasons %+v", s.Reasons)
	}
	in.Screen = ready("2026-01-07")
	expect(t, suggest(t, in), course.ActionRefer, "2D", "none", 0, 0)
	in.Screen.AfterLast = true
	if s := suggest(t, in); !s.Lifts() {
		t.Errorf("still no lifting after the new screen: %+v", s)
	}
}

// TestGoalIsNoNextLoad: a first bell is far below the goal of its step, and
// neither the first session nor the same again nor more repeats climbs to it.
func TestGoalIsNoNextLoad(t *testing.T) {
	far := course.Work{Sets: 3, Reps: 10, Load: kg("8"), Target: kg("14")}
	in := clinicInput("2B", far)
	in.Bells = course.NewWeights(masses(domain.Kilogram, "6", "8", "12", "16"))
	expect(t, suggest(t, in), course.ActionStart, "2B", "8", 3, 10)
	expect(t, after(t, &in, "2026-01-05", "7", far, nil), course.ActionRepeat, "2B", "8", 3, 10)
	pending := in
	pending.Sessions = nil
	expect(t, after(t, &pending, "2026-01-05", "7", far, func(s *course.Session) { s.Pain24h = nil }), course.ActionWait, "2B", "8", 3, 10)
	expect(t, after(t, &in, "2026-01-07", "7", far, nil), course.ActionReps, "2B", "8", 3, 12)
}
