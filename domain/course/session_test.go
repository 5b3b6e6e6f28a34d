package course_test

import (
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

var days = course.Limits{Planned: day("2026-01-05"), Today: day("2026-02-01")}

// TestSessionCheck: every slip is named with its field and what to do.
func TestSessionCheck(t *testing.T) {
	for _, c := range []struct {
		name, field, says string
		change            func(*course.Session)
	}{
		{"before_the_plan", "date", "before the first plan of Jan 5, 2026", func(s *course.Session) { s.Date = day("2026-01-04") }},
		{"future", "date", "in the future", func(s *course.Session) { s.Date = day("2026-02-02") }},
		{"no_day", "date", "Enter the day", func(s *course.Session) { s.Date = domain.Date{} }},
		{"pain_11", "pain_before", "Pain is from 0 to 10", func(s *course.Session) { s.PainBefore = dec("11") }},
		{"pain_11_during", "exercises[0].pain_during", "Pain is from 0 to 10", func(s *course.Session) { s.Exercises[0].PainDuring = dec("11") }},
		{"pain_next_day", "pain_24h", "24 hours later", func(s *course.Session) { s.Pain24h = dec("-1") }},
		{"no_pain_before", "pain_before", "Enter the pain", func(s *course.Session) { s.PainBefore = nil }},
		{"no_pain_during", "exercises[0].pain_during", "Enter the pain", func(s *course.Session) { s.Exercises[0].PainDuring = nil }},
		{"zero_reps", "exercises[0].done[1].reps", "0 repeats was not done", func(s *course.Session) { s.Exercises[0].Done[1].Reps = 0 }},
		{"too_many_reps", "exercises[0].done[0]", "1 to 100 repeats", func(s *course.Session) { s.Exercises[0].Done[0].Reps = 101 }},
		{"no_effort", "exercises[0].rpe", "Enter the effort", func(s *course.Session) { s.Exercises[0].RPE = nil }},
		{"effort_11", "exercises[0].rpe", "RPE is from 0 to 10", func(s *course.Session) { s.Exercises[0].RPE = dec("11") }},
		{"faults", "exercises[0].faulty_reps", "cannot be more than", func(s *course.Session) { s.Exercises[0].FaultyReps = 25 }},
		{"no_planned_weight", "exercises[0].prescribed.load", "Enter the weight", func(s *course.Session) { s.Exercises[0].Prescribed.Load = nil }},
		{"weight_of_nothing", "exercises[0].done[0].load", "above 0", func(s *course.Session) { s.Exercises[0].Done[0].Load = kg("0") }},
		{"no_unit", "exercises[0].done[0].load", "kg or lb", func(s *course.Session) { s.Exercises[0].Done[0].Load = &domain.Mass{Value: domain.NewDecimal(16)} }},
		{"no_sets_planned", "exercises[0].prescribed", "1 to 20 sets", func(s *course.Session) { s.Exercises[0].Prescribed.Sets = 0 }},
		{"unknown_exercise", "exercises[0].exercise", "no such exercise", func(s *course.Session) { s.Exercises[0].Exercise = "curl" }},
		{"twice", "exercises[1].exercise", "logged twice", func(s *course.Session) { s.Exercises = append(s.Exercises, s.Exercises[0]) }},
		{"no_exercise", "exercises", "at least one exercise", func(s *course.Session) { s.Exercises = nil }},
		{"red_flag_not_asked", "red_flags.fever", "Ask this question", func(s *course.Session) { delete(s.RedFlags, "fever") }},
		{"no_such_question", "red_flags.feaver", "no such question", func(s *course.Session) { s.RedFlags["feaver"] = false }},
		{"leg_not_asked", "new_leg_symptom", "symptom in a leg", func(s *course.Session) { s.NewLegSymptom = nil }},
		{"no_such_step", "sub_stage", "no such sub-stage", func(s *course.Session) { s.SubStage, s.Shown = "5A", nil }},
		{"nowhere", "place", "in the clinic or at home", func(s *course.Session) { s.Place = "" }},
		{"nobody", "by", "who logged", func(s *course.Session) { s.By = "" }},
		{"stop_without_reason", "stop.reason", "Choose why", func(s *course.Session) { s.Stop = &course.Stop{} }},
		{"stop_other", "stop.note", "in a few words", func(s *course.Session) { s.Stop = &course.Stop{Reason: course.StopOther} }},
		{"stop_red_flag_without_one", "stop.reason", "No red-flag question", func(s *course.Session) { s.Stop = &course.Stop{Reason: course.StopRedFlag} }},
		{"stop_leg_without_one", "stop.reason", "leg symptom", func(s *course.Session) { s.Stop = &course.Stop{Reason: course.StopLeg} }},
		{"foreign_goal", "shown[0]", "does not belong", func(s *course.Session) { s.Shown = []string{"4A.technique"} }},
		{"long_note", "note", "Shorten", func(s *course.Session) { s.Note = strings.Repeat("a", 2001) }},
	} {
		s := trained(day("2026-01-07"), "2D", work(3, 8, "16"), false, "6")
		if p := rules(t).Check(s, days); len(p) > 0 {
			t.Fatalf("a good session: %v", p)
		}
		c.change(&s)
		p := rules(t).Check(s, days)
		if len(p) != 1 || p[0].Field != c.field || !strings.Contains(p[0].Text, c.says) {
			t.Errorf("%s: %v; want %s: ...%s...", c.name, p, c.field, c.says)
		}
	}
}

// TestStoppedSessionNeedsLittle: what was not reached need not be given.
func TestStoppedSessionNeedsLittle(t *testing.T) {
	s := course.Session{Date: day("2026-01-07"), SubStage: "2D", Place: program.AtClinic, By: "R. Castello, PT",
		RedFlags: map[string]bool{"saddle": true, "leg_weakness": false, "fever": false, "injury": false}}
	if p := rules(t).Check(s, days); len(p) > 0 {
		t.Errorf("stopped by a red flag: %v", p)
	}
	s.RedFlags["saddle"] = false
	s.Stop = &course.Stop{Reason: course.StopTime}
	if p := rules(t).Check(s, days); len(p) > 0 {
		t.Errorf("stopped for time: %v", p)
	}
}

// TestStartReasons: what is known before a session can keep it from beginning.
func TestStartReasons(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*course.Session)
		want   string
	}{
		"fine":          {func(*course.Session) {}, ""},
		"pain_5":        {func(s *course.Session) { s.PainBefore = dec("5") }, ""},
		"pain_above_5":  {func(s *course.Session) { s.PainBefore = dec("5.1") }, "pain_before"},
		"red_flag":      {func(s *course.Session) { s.RedFlags["injury"] = true }, "red_flags.injury"},
		"not_asked":     {func(s *course.Session) { delete(s.RedFlags, "injury") }, ""},
		"a_leg_symptom": {func(s *course.Session) { s.NewLegSymptom = flag(true) }, "new_leg_symptom"},
	} {
		s := trained(day("2026-01-07"), "2D", work(3, 8, "16"), false, "6")
		c.change(&s)
		got := rules(t).StartReasons(s)
		if len(got) > 1 || len(got) == 1 && got[0].Field != c.want || len(got) == 0 && c.want != "" {
			t.Errorf("%s: %+v, want %q", name, got, c.want)
		}
	}
}
