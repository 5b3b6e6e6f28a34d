package screen

import (
	"fmt"
	"sort"
	"strings"
)

// Explain is Evaluate with its reasons: every rule that fired, every gate that
// was met, every gap and every stale item, with value, goal, source and the
// limits of the evidence.
func Explain(c Case, r *Rules) Explanation { return ExplainWith(c, Facts{}, r) }

// ExplainWith is Explain with what only a chart knows, as in EvaluateWith.
func ExplainWith(c Case, f Facts, r *Rules) Explanation {
	e := &evaluator{c: &c, r: r, lim: &r.lim, why: &explainer{}, facts: f}
	e.run()
	d := e.decision()
	w := e.why
	w.check(e)
	w.finish(e)
	x := Explanation{
		Decision: d, Reasons: w.reasons, Unanswered: unanswered(&c, r, e.missing),
		RulesVersion: r.Version, RulesHash: r.hash,
	}
	x.Headline = headline(d, x.Unanswered)
	x.Leaning = e.leaning(d)
	x.Changes = []Change{}
	for _, n := range e.changes(d, x.Reasons) {
		x.Changes = append(x.Changes, n.Change)
	}
	x.Next = e.next(d, x.Reasons)
	return x
}

// explainer collects reasons while the rules speak.
type explainer struct {
	reasons []Reason
	caps    map[string]string // cap flag -> rule text
	lacking []string
	aged    []string
	ages    map[string][2]int
}

func (w *explainer) missing(item string) {
	if !contains(w.lacking, item) {
		w.lacking = append(w.lacking, item)
	}
}

func (w *explainer) old(item string, days, most int) {
	if w.ages == nil {
		w.ages = map[string][2]int{}
	}
	w.aged = append(w.aged, item)
	w.ages[item] = [2]int{days, most}
}

func (w *explainer) reason(e *evaluator, id, text, state, field string) {
	t := e.r.texts[text]
	if state == "cap" {
		if w.caps == nil {
			w.caps = map[string]string{}
		}
		w.caps[id] = text
	}
	title := t.Title
	if f, ok := e.r.flags[strings.TrimPrefix(field, "red_flags.")]; ok {
		title = f.Question
	}
	if strings.HasPrefix(id, "CONFLICT:") {
		state = "conflict"
	}
	r := Reason{ID: id, Group: t.Group, State: state, Title: title, Value: e.valueOf(text), Threshold: t.Goal,
		Text: t.Text, Tag: t.Tag, Citation: t.Citation, Limit: t.Limit, Field: field}
	if s, ok := e.scaleOf(text, field); ok {
		s.put(&r, e)
	}
	w.reasons = append(w.reasons, r)
}

// safetyAnswered says in one line that every safety question was answered.
func (w *explainer) safetyAnswered(e *evaluator) {
	no := 0
	for _, f := range e.r.RedFlags {
		if e.c.RedFlags[f.ID] == No {
			no++
		}
	}
	if no < len(e.r.RedFlags) {
		return
	}
	t := e.r.texts["RF"]
	w.reasons = append(w.reasons, Reason{ID: "red_flags", Group: "safety", State: "pass",
		Title: "Safety questions", Value: fmt.Sprintf("All %d answered no", no), Threshold: "every answer no",
		Text: t.Text, Tag: t.Tag, Citation: t.Citation, Limit: t.Limit, Field: "red_flags." + e.r.RedFlags[0].ID})
}

// finish adds the gaps and the stale items and puts the reasons in order: what
// stops first, then the fixed order of the groups.
func (w *explainer) finish(e *evaluator) {
	for _, item := range w.lacking {
		i := items[item]
		w.reasons = append(w.reasons, Reason{ID: item, Group: i.group, State: "missing", Title: i.title,
			Value: e.gapWords(item), Threshold: "an answer", Text: "An answer that was not asked never passes.",
			Tag: TagDefault, Citation: TagDefault, Field: openFields(e.c, e.r, item)[0]})
	}
	for _, item := range w.aged {
		i, a := items[item], w.ages[item]
		w.reasons = append(w.reasons, Reason{ID: item, Group: i.group, State: "stale", Title: i.title,
			Value: days(a[0]) + " old", Threshold: "at most " + days(a[1]),
			Text: "Too old to pass or fail: ask or measure again.",
			Tag:  TagDefault, Citation: TagDefault, Field: i.first})
	}
	for i := range w.reasons {
		e.date(&w.reasons[i])
	}
	sort.SliceStable(w.reasons, func(i, j int) bool {
		return order(w.reasons[i]) < order(w.reasons[j])
	})
}

// order ranks a reason: stops, then groups; within a group what blocks before
// what passes.
func order(r Reason) int {
	if r.State == "stop" {
		return -1
	}
	rank := map[string]int{"hold": 0, "fail": 1, "missing": 2, "stale": 3, "overridden": 3, "cap": 4, "conflict": 5, "check": 6, "caution": 7, "note": 8, "pass": 9}[r.State]
	for i, g := range Groups {
		if g == r.Group {
			return 10*i + rank
		}
	}
	return 10 * len(Groups)
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// StageNames are the four stages of the route; index 0 is the preparation.
var StageNames = [5]string{"Preparation", "Dowel hip hinge", "Kettlebell RDL", "Rack pull", "Barbell deadlift"}

func headline(d Decision, open []string) string {
	switch d.Outcome {
	case Emergency:
		return "Stop. Emergency care now."
	case UrgentRefer:
		return "Stop. Medical review the same day."
	case HoldRefer:
		return "Not yet. Clearance or a consult comes first."
	case Incomplete:
		if len(open) == 1 {
			return "Not complete. 1 answer left."
		}
		return fmt.Sprintf("Not complete. %d answers left.", len(open))
	case NotReady:
		return "Build first. " + trackWords(d.Tracks) + "."
	case Retest:
		return "Measure again. Some answers are too old."
	}
	text := fmt.Sprintf("Ready for stage %d, %s", d.Stage, lowerFirst(StageNames[d.Stage]))
	if len(d.Overridden()) > 0 {
		text += ", by override"
	}
	return text + "."
}

func trackWords(tracks []string) string {
	names := make([]string, len(tracks))
	for i, t := range tracks {
		names[i] = strings.ToLower(t)
	}
	word := "Track: "
	if len(names) > 1 {
		word = "Tracks: "
	}
	return word + strings.Join(names, ", ")
}

// lowerFirst begins a text in the middle of a sentence; abbreviations and what
// is no letter stay as they are.
func lowerFirst(s string) string {
	if len(s) < 2 || s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// leaning says where an incomplete screen is heading. It never leans to ready
// while a safety answer is missing.
func (e *evaluator) leaning(d Decision) string {
	switch {
	case d.Outcome != Incomplete:
		return ""
	case e.fired[actNotReady]:
		return "Leaning to: build first. " + trackWords(d.Tracks) + "."
	case e.missingSafety:
		return ""
	case len(e.stale) > 0:
		return "Leaning to: measure again."
	}
	return fmt.Sprintf("Leaning to: ready for stage %d, %s.", e.stage, lowerFirst(StageNames[e.stage]))
}

// StaleSafety returns the stale items that keep any sheet, even a preparation
// sheet, from being printed until they are asked again.
func (d Decision) StaleSafety() []string {
	out := []string{}
	for _, item := range d.Stale {
		if item == "red_flags" || item == "vitals" || item == "neuro" || item == "health" {
			out = append(out, item)
		}
	}
	return out
}

// ItemTitle returns the words for an item of Missing or Stale.
func ItemTitle(item string) string { return items[item].title }
