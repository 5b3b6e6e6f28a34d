package clinic

import (
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// PlanChange is the lift of a plan at one place, decided otherwise than the
// route prescribes: by an accepted suggestion, or by the therapist.
type PlanChange struct {
	// Exercise is an id of the route, Place program.AtClinic or program.AtHome.
	Exercise string        `json:"exercise"`
	Place    program.Where `json:"place"`
	Work     course.Work   `json:"work"`
	// Deload: a planned lighter week; its sessions are logged as such.
	Deload bool `json:"deload,omitempty"`
	// Rule and Text are those of the suggestion, Reason the therapist's own when
	// it was not followed.
	Rule   string `json:"rule,omitempty"`
	Text   string `json:"text,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// why is the sentence that stands beside the load.
func (c PlanChange) why() string {
	if c.Reason != "" {
		return "Chosen by the therapist: " + c.Reason
	}
	return c.Text
}

// elsewhere is the other place.
func elsewhere(place program.Where) program.Where {
	if place == program.AtHome {
		return program.AtClinic
	}
	return program.AtHome
}

// itemAt returns the place of the exercise in the plan's list for where it is done,
// -1 when it is not done there. An entry for both places serves each of them; at
// home only what may be on the sheet.
func itemAt(plan program.Plan, exercise string, place program.Where) int {
	return slices.IndexFunc(plan.Items, func(it program.Item) bool {
		return it.Exercise == exercise && it.Where != elsewhere(place) && (place != program.AtHome || it.OnSheet)
	})
}

// Worked is what an item of a plan asks for, as the rules of progression read it.
func Worked(it program.Item) course.Work {
	w := course.Work{Sets: it.Dose.Sets.Min, Reps: it.Dose.Reps.Min, Load: it.Load, Target: it.Target}
	if it.Dose.HoldSeconds.Min > 0 && w.Reps <= 1 {
		w.Reps, w.Seconds = 0, it.Dose.HoldSeconds.Min
	}
	if it.Dose.Minutes.Min > 0 {
		w.Sets, w.Reps, w.Seconds = 1, 0, it.Dose.Minutes.Min*60
	}
	if w.Target == nil {
		w.Target = w.Load
	}
	return w
}

// apply returns the plan with the changes, and those that could be made. Each
// place has its own weight, so an entry for both is split when only one of them
// changes, and two that became the same are one again.
func (s *Service) apply(plan program.Plan, changes []PlanChange, p prescriber) (program.Plan, []PlanChange) {
	plan.Items = slices.Clone(plan.Items)
	var made []PlanChange
	for _, c := range changes {
		i := itemAt(plan, c.Exercise, c.Place)
		if i < 0 {
			continue
		}
		it, ok := s.changed(plan, plan.Items[i], c, p)
		if !ok {
			continue
		}
		made = append(made, c)
		was := plan.Items[i]
		both := was.Where != program.AtClinic && was.Where != program.AtHome
		if both && was.OnSheet && c.Work.Load != nil && was.Load != nil && c.Work.Load.Cmp(*was.Load) != 0 {
			here, there := it, was
			here.Where, there.Where = c.Place, elsewhere(c.Place)
			first, second := here, there
			if c.Place == program.AtHome { // the clinic comes first
				first, second = there, here
			}
			plan.Items[i] = first
			plan.Items = slices.Insert(plan.Items, i+1, second)
		} else {
			plan.Items[i] = it
		}
		splitSheet(&plan, c.Exercise)
		s.join(&plan, c.Exercise)
	}
	return plan, made
}

// changed returns the item with the work of the change; false when its weight
// cannot be made.
func (s *Service) changed(plan program.Plan, it program.Item, c PlanChange, p prescriber) (program.Item, bool) {
	it.Dose.Sets = program.Range{Min: c.Work.Sets, Max: c.Work.Sets}
	if c.Work.Reps > 0 {
		it.Dose.Reps = program.Range{Min: c.Work.Reps, Max: c.Work.Reps}
	}
	if c.Work.Load == nil {
		return it, true
	}
	there := p.clinic
	if c.Place == program.AtHome {
		there = p.home.Inventory
	}
	target := c.Work.Load
	if c.Work.Target != nil {
		target = c.Work.Target
	}
	sub, _ := s.route.SubStage(plan.SubStage)
	return s.route.WithLoad(it, sub, *c.Work.Load, *target, c.why(), there)
}

// join makes one entry of two that ask for the same.
func (s *Service) join(plan *program.Plan, exercise string) {
	home := slices.IndexFunc(plan.Items, func(it program.Item) bool { return it.Exercise == exercise && it.Where == program.AtHome })
	here := slices.IndexFunc(plan.Items, func(it program.Item) bool { return it.Exercise == exercise && it.Where == program.AtClinic })
	if home < 0 || here < 0 {
		return
	}
	if a, b := plan.Items[here], plan.Items[home]; !sameMass(a.Load, b.Load) || !sameMass(a.Target, b.Target) || a.Dose != b.Dose {
		return
	}
	sub, _ := s.route.SubStage(plan.SubStage)
	it := plan.Items[here]
	it.Where, it.OnSheet, it.OffSheetReason = sub.Where, true, ""
	plan.Items[here] = it
	plan.Items = slices.Delete(plan.Items, home, home+1)
}

// splitSheet keeps the entry of the clinic off the sheet when there is one for
// home.
func splitSheet(plan *program.Plan, exercise string) {
	home := slices.IndexFunc(plan.Items, func(it program.Item) bool { return it.Exercise == exercise && it.Where == program.AtHome })
	for i, it := range plan.Items {
		if home >= 0 && it.Exercise == exercise && it.Where == program.AtClinic && plan.Items[home].Load != nil {
			plan.Items[i].OnSheet = false
			plan.Items[i].OffSheetReason = fmt.Sprintf("At home with %s.", plan.Items[home].Load)
		}
	}
}

// weightsAt are the weights that there are at a place for the lift of a
// sub-stage.
func (s *Service) weightsAt(sub program.SubStage, place program.Where, p prescriber) course.Weights {
	inventory := p.clinic
	if place == program.AtHome {
		inventory = p.home.Inventory
	}
	if x, _ := s.route.Exercise(sub.Main); x.Needs == program.NeedsBarbell {
		return course.NewWeights(inventory.Totals(p.unit, sub.FromFloor))
	}
	return course.NewWeights(inventory.Bells())
}

// has reports whether exactly that weight is there.
func has(w course.Weights, m domain.Mass) bool {
	found, ok := w.AtMost(m)
	return ok && found.Cmp(m) == 0
}

// carried are the changes of the newest plan that still hold for the sub-stage,
// so that progress that was earned, and a step back that was taken, is not lost
// when the plan is read again. A weight that is no longer there becomes the next
// lighter one; gone are those without one.
func (s *Service) carried(last SignedPlan, code program.Code, p prescriber) (out, gone []PlanChange) {
	if last.Plan.SubStage != code {
		return nil, nil
	}
	sub, _ := s.route.SubStage(code)
	for _, c := range last.Changes {
		weights := s.weightsAt(sub, c.Place, p)
		switch {
		case c.Work.Load == nil || has(weights, *c.Work.Load):
			out = append(out, c)
		case len(weights) > 0: // else nothing is set up, and the plan says so
			load, ok := weights.AtMost(*c.Work.Load)
			if !ok {
				gone = append(gone, c)
				continue
			}
			c.Rule, c.Reason = "NO_WEIGHT", ""
			c.Text = fmt.Sprintf("%s is not there any more, so the next lighter weight.", c.Work.Load)
			c.Work.Load = &load
			out = append(out, c)
		}
	}
	return out, gone
}

// tooHeavy says that a plan cannot be made with the weights that there are.
func tooHeavy(changes []PlanChange) (out domain.Problems) {
	for _, c := range changes {
		out.Add("load", fmt.Sprintf("No weight %s is as light as %s, which this step was at. List a lighter weight, or choose an earlier step.",
			whereWords(c.Place), c.Work.Load))
	}
	return out
}

// neverBoth keeps the first weight of another sub-stage at or below the last one
// that was lifted with the same equipment: load and sub-stage never rise
// together, whoever chose the sub-stage. gone are places without a weight as
// light as that.
func (s *Service) neverBoth(plan program.Plan, p prescriber) (out, gone []PlanChange) {
	if p.newest().Plan.SubStage == plan.SubStage {
		return nil, nil
	}
	sub, _ := s.route.SubStage(plan.SubStage)
	for _, place := range []program.Where{program.AtClinic, program.AtHome} {
		i := itemAt(plan, sub.Main, place)
		if i < 0 || plan.Items[i].Load == nil {
			continue
		}
		last := s.lastLift(p.sessions, sub, place)
		if last == nil || plan.Items[i].Load.Cmp(*last) <= 0 {
			continue
		}
		c := PlanChange{Exercise: sub.Main, Place: place, Work: Worked(plan.Items[i]), Rule: "NEVER_BOTH",
			Text: fmt.Sprintf("At most %s, as in the last session: load and sub-stage never rise together.", last)}
		c.Work.Load, c.Work.Target = last, last
		load, ok := s.weightsAt(sub, place, p).AtMost(*last)
		if !ok {
			gone = append(gone, c)
			continue
		}
		c.Work.Load = &load
		out = append(out, c)
	}
	return out, gone
}

// lastLift is the weight of the newest session with the equipment of the
// sub-stage at the place, else at the other; nil without one.
func (s *Service) lastLift(sessions []LoggedSession, sub program.SubStage, place program.Where) (out *domain.Mass) {
	main, _ := s.route.Exercise(sub.Main)
	here := false
	for _, x := range sessions {
		step, _ := s.route.SubStage(x.Session.SubStage)
		for _, e := range x.Session.Exercises {
			if y, _ := s.route.Exercise(e.Exercise); e.Exercise != step.Main || y.Needs != main.Needs {
				continue
			}
			own := x.Session.Place == place
			if load, _ := lightest(e); load != nil && (own || !here) {
				out, here = load, own
			}
		}
	}
	return out
}

// replaced returns the changes with c in the place of those for the same lift at
// the same place.
func replaced(changes []PlanChange, c PlanChange) []PlanChange {
	out := slices.DeleteFunc(slices.Clone(changes), func(x PlanChange) bool { return x.Exercise == c.Exercise && x.Place == c.Place })
	return append(out, c)
}
