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
	switch o {
	case screen.Emergency:
		return look.Stop, "Stop: emergency"
	case screen.UrgentRefer:
		return look.Stop, "Stop: refer urgently"
	case screen.HoldRefer:
		return look.Hold, "Hold and refer"
	case screen.NotReady:
		return look.Build, "Build first"
	case screen.Retest:
		return look.Hold, "Measure again"
	case screen.Ready:
		return look.Ready, "Ready"
	}
	return look.Unknown, "Not complete"
}

// ReasonStatus is the silhouette and the word of a reason's state.
func ReasonStatus(state string) (look.Status, string) {
	switch state {
	case "stop":
		return look.Stop, "Stop"
	case "hold":
		return look.Hold, "Hold"
	case "fail":
		return look.Unmet, "Not met"
	case "pass":
		return look.Ready, "Met"
	case "stale":
		return look.Hold, "Too old"
	case "overridden":
		return look.Chosen, "Overridden"
	case "cap":
		return look.Locked, "Limit"
	case "caution":
		return look.Attention, "Caution"
	case "conflict":
		return look.Attention, "Answers disagree"
	case "check":
		return look.Attention, "Is that right?"
	case "note":
		return look.Info, "Note"
	}
	return look.Unknown, "Not asked"
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
		x.Status, x.Word = ReasonStatus(r.State)
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
	if r.Tag != "source" {
		return "Clinic default."
	}
	first, _, _ := strings.Cut(r.Citation, ",")
	return "Source: " + first + "."
}
