package course_test

import (
	"fmt"
	"reflect"
	"testing"

	"backtobar/domain/course"
)

// TestPreview: six sessions ahead, as prescribed, hard and painful, without a
// change to what was asked about.
func TestPreview(t *testing.T) {
	in := clinicInput("2C", work(3, 8, "12"))
	in.Sessions = append(in.Sessions, trained(day("2026-01-05"), "2C", work(3, 8, "12"), false, "6"))
	in.Today = day("2026-01-08")
	before := len(in.Sessions)
	for how, want := range map[course.Assumption][]string{
		course.AsPrescribed: {"repeat 2C 12 3x8", "reps 2C 12 3x10", "repeat 2C 12 3x10", "load 2C 14 3x8", "repeat 2C 14 3x8", "next 2D 14 3x8"},
		course.Hard:         {"repeat 2C 12 3x8", "repeat 2C 12 3x8", "repeat 2C 12 3x8", "lighter 2C 10 3x8", "repeat 2C 10 3x8", "repeat 2C 10 3x8"},
		course.Painful:      {"repeat 2C 12 3x8", "lighter 2C 10 3x8", "back 2B 8 3x10", "rescreen 2B - 0x0"},
	} {
		list, err := rules(t).Preview(in, how)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, a := range list {
			load := "-"
			if a.Suggestion.Work.Load != nil {
				load = a.Suggestion.Work.Load.Value.String()
			}
			got = append(got, fmt.Sprintf("%s %s %s %dx%d", a.Suggestion.Action, a.Suggestion.SubStage, load, a.Suggestion.Work.Sets, a.Suggestion.Work.Reps))
			if i > 0 && !list[i-1].Date.Before(a.Date) {
				t.Errorf("%s: day %s after %s", how, a.Date, list[i-1].Date)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%q\nwant\n%q", how, got, want)
		}
	}
	if len(in.Sessions) != before {
		t.Error("the preview added sessions")
	}
}

// twoYears is a history of 200 sessions, each as suggested.
func twoYears(tb testing.TB) course.Input {
	in := clinicInput("1B", work(3, 10, ""))
	for i := range 200 {
		in.Screen = ready(in.Today.String())
		s := suggest(tb, in)
		if !s.Lifts() {
			tb.Fatalf("session %d: %+v", i, s)
		}
		in.Sessions = append(in.Sessions, trained(in.Today, s.SubStage, s.Work, s.Deload, fmt.Sprint(s.EffortRPE-i%3)))
		in.Today = in.Today.AddDays(3)
	}
	return in
}

// BenchmarkSuggestTwoYears must stay below a millisecond.
func BenchmarkSuggestTwoYears(b *testing.B) {
	in := twoYears(b)
	r := rules(b)
	for b.Loop() {
		if _, err := r.Suggest(in); err != nil {
			b.Fatal(err)
		}
	}
}
