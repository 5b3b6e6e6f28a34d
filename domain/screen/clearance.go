package screen

import (
	"fmt"
	"math/big"
	"strings"

	"backtobar/domain"
)

// Clearance is a documented clearance: somebody outside the screen has judged
// one concern and said so on paper.
type Clearance struct {
	// Name is as in Case.Clearances: "bp", "CV3".
	Name string `json:"name"`
	// By is who cleared, Profession what they are: "cardiologist".
	By         string `json:"by"`
	Profession string `json:"profession"`
	// Given is the day on the paper, Until the last day on which it counts.
	Given domain.Date `json:"given"`
	Until domain.Date `json:"until"`
	// Covers says in words what was cleared, with any limit.
	Covers string `json:"covers"`
}

// InForce reports whether the clearance counts on the day. It counts on its
// last day still.
func (c Clearance) InForce(on domain.Date) bool {
	return !on.Before(c.Given) && !c.Until.Before(on)
}

// otherClearances is the key of Rules.ClearanceDays for every clearance that is
// not named there.
const otherClearances = "other"

// The names of which the file says how long they count.
var (
	clearanceNames = []string{"bp", "ob", otherClearances}
	answerNames    = []string{"irritability", "mechanism", "duration", "history"}
)

// indexClearances checks how long clearances, overrides and dated answers count.
func (r *Rules) indexClearances(p *domain.Problems) {
	r.ClearanceDays = wholes(p, r.ClearanceTimes, "clearance_days", clearanceNames)
	r.AnswerDays = wholes(p, r.AnswerTimes, "answer_days", answerNames)
	r.OverrideDays = int(r.lim.OverrideDays.Rat().Num().Int64())
}

// ClearanceUntil returns the last day on which a clearance of that name counts
// that was given on the day.
func (r *Rules) ClearanceUntil(name string, given domain.Date) domain.Date {
	n, named := r.ClearanceDays[name]
	if !named {
		n = r.ClearanceDays[otherClearances]
	}
	return given.AddDays(n)
}

// Concern names what a clearance of that name would answer in the case: the
// rules and limits that it lifts. It is "" when it would change nothing, as
// within a surgery window, which no clearance opens. Two screens have the same
// concern only when the text is the same.
func (r *Rules) Concern(name string, c Case) string {
	c.Clearances = nil
	before := Evaluate(c, r)
	c.Clearances = []string{name}
	after := Evaluate(c, r)
	lifted := set{}
	for _, id := range append(before.Rules, before.Flags...) {
		if !contains(after.Rules, id) && !contains(after.Flags, id) && blocks(id) {
			lifted.add(id)
		}
	}
	if len(lifted) == 0 {
		return ""
	}
	concern := strings.Join(lifted.sorted(), " ")
	switch {
	case name == "fx_combo":
		e := evaluator{c: &c, r: r, lim: &r.lim}
		concern += fmt.Sprint(" ", above(e.age(), r.lim.FractureAge), c.Patient.Sex, yes(c.LongTermSteroids), yes(c.SignificantTrauma))
	case name == "surgeon":
		concern += " " + string(c.Surgery.Kind)
	}
	return concern
}

// blocks reports whether an id is that of a rule or a stage limit, which a
// clearance can lift. Notes that come and go with the outcome are neither.
func blocks(id string) bool {
	head, _, flag := strings.Cut(id, ":")
	return !flag && id != "FAST_TRACK" || strings.HasPrefix(head, "CAP")
}

// Seen is a case with the day of its answers.
type Seen struct {
	On   domain.Date
	Case Case
}

// Covers reports whether a clearance that answered the first of these screens
// also answers the last. It does while the same concern is there in every one
// of them: what was resolved and comes back is new and needs a new clearance,
// as is an operation after the day on the surgeon's letter.
func (r *Rules) Covers(c Clearance, screens ...Seen) bool {
	if len(screens) == 0 {
		return false
	}
	first := r.Concern(c.Name, screens[0].Case)
	for _, s := range screens {
		if concern := r.Concern(c.Name, s.Case); concern == "" || concern != first {
			return false
		}
		if c.Name == "surgeon" && c.Given.Before(operated(s)) {
			return false
		}
	}
	return true
}

// operated is the latest day that the weeks since the operation can mean.
func operated(s Seen) domain.Date {
	days := new(big.Rat).Mul(s.Case.Surgery.WeeksAgo.Rat(), big.NewRat(7, 1))
	whole := new(big.Int).Quo(days.Num(), days.Denom())
	return s.On.AddDays(-int(whole.Int64()))
}

// Clearable returns the clearances that would lift something in the case, in
// the order of Clearances.
func (r *Rules) Clearable(c Case) []string {
	var out []string
	for _, name := range r.Clearances() {
		if r.Concern(name, c) != "" {
			out = append(out, name)
		}
	}
	return out
}
