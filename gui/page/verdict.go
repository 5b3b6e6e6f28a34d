package page

import (
	"strings"

	"backtobar/domain"
	"backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// OutcomeStatus is the silhouette and the word of an outcome.
func OutcomeStatus(o screen.Outcome) (look.Status, string) {
	shape := look.Unknown
	switch o {
	case screen.Emergency, screen.UrgentRefer:
		shape = look.Stop
	case screen.HoldRefer, screen.Retest:
		shape = look.Hold
	case screen.NotReady:
		shape = look.Build
	case screen.Ready:
		shape = look.Ready
	}
	return shape, o.Word()
}

// reasonShapes are the silhouettes of the states; every other one is unknown.
var reasonShapes = map[string]look.Status{
	"stop": look.Stop, "hold": look.Hold, "fail": look.Unmet, "pass": look.Ready, "stale": look.Hold,
	"overridden": look.Chosen, "cap": look.Locked, "caution": look.Attention, "conflict": look.Attention,
	"check": look.Attention, "note": look.Info,
}

// ReasonStatus is the silhouette and the word of a reason.
func ReasonStatus(r screen.Reason) (look.Status, string) {
	shape, known := reasonShapes[r.State]
	if !known {
		shape = look.Unknown
	}
	return shape, r.Word()
}

// VerdictOf puts a decision into the words of the panel. Whatever blocks, limits
// or warns also says why and where the rule comes from; what is met says its
// value and its goal and no more, so that the rest can be seen. Everything that is
// known of a reason stands in its details, with the day of the measurement
// counted back from today.
func VerdictOf(e screen.Explanation, today domain.Date) kit.Verdict {
	v := kit.Verdict{Headline: e.Headline, Leaning: e.Leaning, Missing: len(e.Decision.Missing),
		Rules: e.RulesVersion}
	for _, c := range e.Changes {
		v.Changes = append(v.Changes, c.Text()+" "+c.Then)
	}
	v.Status, v.Word = OutcomeStatus(e.Decision.Outcome)
	if e.Decision.Outcome == screen.Ready && len(e.Decision.Overridden()) > 0 {
		v.Status, v.Word = look.Chosen, "Overridden"
	}
	v.Headline = strings.TrimPrefix(v.Headline, v.Word+". ") // the word stands above it
	if e.Next != nil {
		v.Next = e.Next.Text()
	}
	for _, r := range e.Reasons {
		x := kit.VerdictReason{Title: r.Title, Value: r.Value, Field: r.Field}
		x.Status, x.Word = ReasonStatus(r)
		if r.Threshold != "" && r.State != "missing" {
			x.Goal = "Goal: " + r.Threshold
		}
		if r.State != "pass" && r.State != "missing" {
			x.Why = r.Text + " " + source(r)
		}
		for _, l := range r.Lines(today) {
			x.Details = append(x.Details, kit.VerdictDetail(l))
		}
		v.Reasons = append(v.Reasons, x)
	}
	return v
}

// source names where a rule comes from, by its first author and year.
func source(r screen.Reason) string {
	first, _, _ := strings.Cut(r.Citation, ",")
	switch r.Tag {
	case screen.TagSource:
		return "Source: " + first + "."
	case screen.TagSecondary:
		return "Secondary source: " + first + "."
	}
	return "Clinic default."
}
