package screen

import (
	"fmt"

	"backtobar/domain"
)

// What an explanation needs beside the rules: how exact a measure is, what a
// measurement costs, and which combinations of answers look like a slip. It is
// data of the rules file, so that it has the version and the hash that are
// stored with every decision; none of it decides anything.

// Precision is the measurement error of one answer, as the catalogue of
// measures states it. A test holds the two files to the same numbers.
type Precision struct {
	// Field is the answer: "disability.rmdq".
	Field string `json:"field"`
	// Measure is its id in the catalogue of measures.
	Measure string `json:"measure"`
	// Kind is SEM, MDC, MDC90, MDC95, or MIC when no error is published and the
	// smallest important change stands in.
	Kind  string         `json:"kind"`
	Value domain.Decimal `json:"value"`
	Unit  string         `json:"unit"`
	// Tag is TagSource, TagSecondary or TagDefault.
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
}

// Cost is what asking or measuring one item takes; a clinic default.
type Cost struct {
	// Minutes is 1 to 60, with preparing the patient.
	Minutes int `json:"minutes"`
	// Equipment is what is needed: "no equipment", "a cuff".
	Equipment string `json:"equipment"`
	// Care says when it must not be done, in a sentence, or is empty.
	Care string `json:"care"`
}

// CheckText is what is said when answers contradict each other or look like a
// slip. The range says what is usual where the check is about a number.
type CheckText struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	// State is conflict, check or note, as in Reason.
	State string `json:"state"`
	Title string `json:"title"`
	// Goal is what would be usual, in words.
	Goal     string `json:"goal"`
	Text     string `json:"text"`
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Low and High are the usual range, both usual; nil when there is none.
	Low  *domain.Decimal `json:"low"`
	High *domain.Decimal `json:"high"`
}

// unusual reports whether a number is outside the usual range.
func (t CheckText) unusual(d domain.Decimal) bool {
	return t.Low != nil && d.Cmp(*t.Low) < 0 || t.High != nil && d.Cmp(*t.High) > 0
}

// indexGuide builds the look-ups of the guide and checks it whole.
func (r *Rules) indexGuide(p *domain.Problems) {
	r.exact = map[string]Precision{}
	for i, x := range r.Precision {
		field := fmt.Sprintf("precision[%d]", i)
		switch x.Kind {
		case "SEM", "MDC", "MDC90", "MDC95", "MIC":
		default:
			p.Add(field, "must be an SEM, MDC, MDC90, MDC95 or MIC")
		}
		if _, twice := r.exact[x.Field]; twice || x.Field == "" || x.Measure == "" || x.Unit == "" ||
			x.Value.Sign() <= 0 || !tagged(x.Tag, x.Citation) {
			p.Add(field, "needs a field of its own, a measure, a value above 0 with its unit, a tag and a citation")
		}
		r.exact[x.Field] = x
	}
	for _, name := range formOrder {
		c := r.Costs[name]
		if c.Minutes < 1 || c.Minutes > 60 || c.Equipment == "" {
			p.Add("costs."+name, "needs 1 to 60 minutes and what is needed")
		}
	}
	if len(r.Costs) != len(formOrder) {
		p.Add("costs", "holds an item that the form does not ask for")
	}
	r.checks = map[string]CheckText{}
	for i, t := range r.Checks {
		field := fmt.Sprintf("checks[%d]", i)
		if _, twice := r.checks[t.ID]; twice || !contains(Groups, t.Group) || t.Title == "" || t.Goal == "" ||
			t.Text == "" || !tagged(t.Tag, t.Citation) || t.State != "conflict" && t.State != "check" && t.State != "note" {
			p.Add(field, "needs an id of its own, a known group and state, a title, a goal, a text, a tag and a citation")
		}
		r.checks[t.ID] = t
	}
	for _, c := range checks {
		t, ok := r.checks[c.id]
		if !ok {
			p.Add("checks", c.id+" is missing")
		} else if c.number != (t.Low != nil || t.High != nil) {
			p.Add("checks", c.id+" needs a usual range exactly when it is about a number")
		}
	}
	if len(r.checks) != len(checks) {
		p.Add("checks", "holds a check that the program does not know")
	}
}
