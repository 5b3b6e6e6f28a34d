package page

import (
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// TestVerdictSaysWhy: what blocks says its reason and its source, what is met
// stays short, and a gap names no goal.
func TestVerdictSaysWhy(t *testing.T) {
	v := VerdictOf(screen.Explanation{Reasons: []screen.Reason{
		{State: "fail", Title: "Hold", Value: "48 seconds", Threshold: "more than 60 seconds", Text: "It predicts benefit.",
			Tag: "source", Citation: "Berglund 2015, J Strength Cond Res 29(7)"},
		{State: "pass", Title: "Pain", Value: "4 of 10", Threshold: "below 6", Text: "Lower pain helps.", Tag: "clinic default"},
		{State: "missing", Title: "Surgery", Value: "Not asked", Threshold: "an answer", Text: "Never passes."},
		{State: "cap", Title: "Duration", Value: "3 weeks", Threshold: "6 weeks or more", Text: "Acute.", Tag: "clinic default", Citation: "clinic default"},
	}}, domain.Date{})
	for i, want := range []struct{ goal, why string }{
		{"Goal: more than 60 seconds", "It predicts benefit. Source: Berglund 2015."},
		{"Goal: below 6", ""},
		{"", ""},
		{"Goal: 6 weeks or more", "Acute. Clinic default."},
	} {
		if got := v.Reasons[i]; got.Goal != want.goal || got.Why != want.why {
			t.Errorf("%s: goal %q, why %q; want %q, %q", got.Title, got.Goal, got.Why, want.goal, want.why)
		}
	}
}

// TestTheWordIsSaidOnce: the headline does not repeat the word above it.
func TestTheWordIsSaidOnce(t *testing.T) {
	v := VerdictOf(screen.Explanation{Headline: "Build first. Track: strength.", Decision: screen.Decision{Outcome: screen.NotReady}}, domain.Date{})
	if v.Word != "Build first" || v.Headline != "Track: strength." {
		t.Errorf("%q, %q", v.Word, v.Headline)
	}
}

// TestEveryStateHasItsOwnLook: no two states share silhouette and word.
func TestEveryStateHasItsOwnLook(t *testing.T) {
	seen := map[string]string{}
	for _, state := range strings.Fields("stop hold fail pass stale cap conflict check caution note missing") {
		status, word := ReasonStatus(screen.Reason{State: state})
		if other, twice := seen[word]; twice || word == "" {
			t.Errorf("%s and %s are both %q (%d)", state, other, word, status)
		}
		seen[word] = state
	}
}
