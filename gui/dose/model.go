// Package dose is where a therapist decides about a suggestion: the sheet that
// signs it, and the one that signs something else with a reason. The Plan and
// the Sessions screens open the same two sheets, so that a decision looks the
// same wherever it is made.
package dose

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
)

// Service is what the sheets need of the use cases.
type Service interface {
	AcceptSuggestion(context.Context, domain.PatientID, clinic.Advice) (clinic.SignedPlan, error)
	PreviewChoice(context.Context, domain.PatientID, clinic.Choice) (program.Plan, error)
	ChangeSuggestion(context.Context, domain.PatientID, clinic.Choice) (clinic.SignedPlan, error)
	PreviewSessions(context.Context, domain.PatientID, program.Where, course.Assumption) ([]course.Ahead, error)
}

// Words is a suggestion in words: what to do, and the reasons, the deciding one
// first.
type Words struct {
	Title string
	// What is the dose, "" when nothing is lifted.
	What    string
	Reasons []string
	// Missing is what the next step still asks for, Notes what to look at.
	Missing, Notes []string
	// Rule names the deciding rule and the version of the rules.
	Rule string
}

// titles are the actions in words.
var titles = map[course.Action]string{
	course.ActionRefer: "Stop. Refer before any lifting.", course.ActionRescreen: "Screen again before any lifting.",
	course.ActionRest: "Rest: a flare-up is going on.", course.ActionWait: "Wait for the pain of the next day.",
	course.ActionBack: "One step back.", course.ActionLighter: "Lighter.", course.ActionDeload: "A lighter week.",
	course.ActionRepeat: "The same again.", course.ActionStart: "Begin as signed.", course.ActionReturn: "Back up towards the load before.",
	course.ActionReps: "More repeats.", course.ActionSets: "One more set.", course.ActionLoad: "The next weight.",
	course.ActionNext: "The next step.",
}

// Describe puts the advice into words.
func Describe(route *program.Library, a clinic.Advice) Words {
	s := a.Suggestion
	w := Words{Title: titles[s.Action], Rule: "Rule " + s.Reasons[0].Rule + ", version " + s.RulesVersion}
	if s.Lifts() {
		w.What = "Step " + string(s.SubStage) + ": " + WorkWords(s.Work)
		if a.Place == program.AtHome {
			w.What = "At home. " + w.What
		}
		if s.EffortRPE > 0 {
			w.What += fmt.Sprintf(", effort at most RPE %d", s.EffortRPE)
		}
	}
	for _, r := range s.Reasons {
		w.Reasons = append(w.Reasons, r.Text)
	}
	for _, r := range s.Missing {
		w.Missing = append(w.Missing, r.Text)
	}
	for _, r := range append(append([]course.Reason{}, s.Options...), s.Flags...) {
		w.Notes = append(w.Notes, r.Text)
	}
	for _, p := range a.Refused {
		w.Notes = append(w.Notes, p.Text)
	}
	return w
}

// WorkWords writes a dose: "3 sets of 8 at 35 pounds". Where the weight is not
// the target, both are said.
func WorkWords(w course.Work) string {
	out := fmt.Sprintf("%d sets of %d", w.Sets, w.Reps)
	if w.Sets == 1 {
		out = fmt.Sprintf("1 set of %d", w.Reps)
	}
	if w.Seconds > 0 {
		out = fmt.Sprintf("%d sets of %d seconds", w.Sets, w.Seconds)
	}
	if w.Load != nil {
		out += " at " + w.Load.String()
		if w.Target != nil && w.Target.Cmp(*w.Load) != 0 {
			out += " (target " + w.Target.String() + ")"
		}
	}
	return out
}

// form is what somebody typed for another dose.
type form struct {
	Place                    program.Where
	SubStage                 string
	Sets, Reps, Load, Reason string
}

// begin is the form of a plan's lift: the dose as it is, without its weight,
// because a weight that nobody typed is a weight that nobody read.
func begin(plan clinic.SignedPlan, place program.Where) form {
	f := form{Place: place, SubStage: string(plan.Plan.SubStage)}
	if len(plan.Plan.Items) > 0 {
		w := clinic.Worked(plan.Plan.Items[0])
		f.Sets, f.Reps = strconv.Itoa(w.Sets), strconv.Itoa(w.Reps)
	}
	return f
}

// read turns the form into a choice, with what cannot be read. Pounds or
// kilograms is the unit of a weight that is typed without one.
func (f form) read(unit domain.MassUnit) (c clinic.Choice, wrong domain.Problems) {
	number := func(field, text, problem string) int {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			wrong.Add(field, problem)
		}
		return n
	}
	c = clinic.Choice{Place: f.Place, SubStage: program.Code(strings.ToUpper(strings.TrimSpace(f.SubStage))), Reason: f.Reason,
		Sets: number("sets", f.Sets, "Sets must be a whole number"), Reps: number("reps", f.Reps, "Repeats must be a whole number")}
	if text := strings.TrimSpace(f.Load); text != "" {
		list, ranges, problem := equipment.ParseSizes(text, equipment.Kettlebell, unit)
		switch {
		case problem != "" && strings.HasPrefix(problem, "Is one"):
			wrong.Add("load", "Is this weight in kilograms or in pounds? Write it with its unit, such as 16 kg or 35 lb.")
		case problem != "" || len(list) != 1 || len(ranges) > 0:
			wrong.Add("load", "Write the weight with its unit, such as 35 lb or 16 kg")
		default:
			c.Load = &list[0]
		}
	}
	return c, wrong
}
