package clinic

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// JudgedSession is a session with what the rules say of it.
type JudgedSession struct {
	LoggedSession
	// Verdict is "" when too little is known to judge it; Why are the rules
	// that fired, the deciding one first.
	Verdict course.Verdict
	Why     []program.Why
}

// Advice is what the sessions suggest for one place, and the plan that would be
// signed by following it. Nothing of it is applied before somebody signs.
type Advice struct {
	// Place is program.AtClinic or program.AtHome.
	Place program.Where `json:"place"`
	// PlanID is the newest signed plan, on which the suggestion stands.
	PlanID     domain.PlanID     `json:"plan_id"`
	Suggestion course.Suggestion `json:"suggestion"`
	// Offer is the plan that accepting signs; nil when nothing changes.
	Offer *program.Plan `json:"offer,omitempty"`
	// Refused is why no plan can be signed today, although the suggestion asks
	// for one.
	Refused domain.Problems `json:"refused,omitempty"`

	changes []PlanChange
}

// Judged returns the newest version of every session of the patient with its
// verdict, by day.
func (s *Service) Judged(ctx context.Context, id domain.PatientID) ([]JudgedSession, error) {
	return view(ctx, s, func(tx Tx) ([]JudgedSession, error) {
		all, err := tx.Sessions().All(id)
		if err != nil {
			return nil, err
		}
		var out []JudgedSession
		for _, x := range newest(all) {
			j := JudgedSession{LoggedSession: x}
			signs := s.course.Signs(x.Session)
			if v, err := s.course.Judge(signs); err == nil {
				j.Verdict, j.Why = v, s.course.Explain(signs)
			}
			out = append(out, j)
		}
		return out, nil
	})
}

// Suggestions returns what the sessions suggest, for the clinic and, when the
// plan has a lift with its own weight at home, for home. domain.ErrNotFound
// before a plan is signed.
func (s *Service) Suggestions(ctx context.Context, id domain.PatientID) ([]Advice, error) {
	return view(ctx, s, func(tx Tx) ([]Advice, error) {
		facts, err := s.adviceFacts(tx, id)
		if err != nil {
			return nil, err
		}
		places := []program.Where{program.AtClinic}
		for _, it := range facts.plan.Plan.Items {
			if it.Exercise == facts.main && it.Where == program.AtHome {
				places = append(places, program.AtHome)
			}
		}
		var out []Advice
		for _, place := range places {
			a, err := s.advise(tx, facts, place)
			if err != nil {
				return nil, err
			}
			out = append(out, a)
		}
		return out, nil
	})
}

// AcceptSuggestion signs the plan that the suggestion offers, as a new version,
// and returns it. Inside the same transaction everything is asked again: it is
// refused when the rules no longer allow it, or when the suggestion is not the
// one that was shown.
func (s *Service) AcceptSuggestion(ctx context.Context, id domain.PatientID, shown Advice) (SignedPlan, error) {
	return update(ctx, s, func(tx Tx) (SignedPlan, error) {
		facts, err := s.adviceFacts(tx, id)
		if err != nil {
			return SignedPlan{}, err
		}
		now, err := s.advise(tx, facts, shown.Place)
		if err != nil {
			return SignedPlan{}, err
		}
		same, err := equalJSON(now, shown)
		if err != nil {
			return SignedPlan{}, fmt.Errorf("accept suggestion: %w", err)
		}
		switch {
		case !same:
			return SignedPlan{}, domain.NotAllowed(domain.Problem{
				Text: "The sessions, the screen or the equipment have changed since this suggestion was shown. Read the new one, then accept it."})
		case now.Refused != nil:
			return SignedPlan{}, domain.NotAllowed(now.Refused...)
		case now.Offer == nil:
			return SignedPlan{}, domain.NotAllowed(domain.Problem{Text: "The suggestion changes nothing, so there is nothing to sign."})
		}
		return s.signChanged(ctx, tx, id, *now.Offer, now.changes, "suggestion.accept")
	})
}

// Choice is what a therapist decides instead of the suggestion.
type Choice struct {
	// Place is program.AtClinic or program.AtHome; SubStage is where.
	Place    program.Where
	SubStage program.Code
	// Sets and Reps are those of the lift. Load is nil for a lift without one.
	Sets, Reps int
	Load       *domain.Mass
	// Reason is required.
	Reason string
}

// The limits of what a therapist can choose for a lift: the largest dose of the
// route and a little more (clinic defaults).
const (
	maxChosenSets = 6
	maxChosenReps = 20
)

// PreviewChoice returns the plan that ChangeSuggestion would sign, or
// domain.Problems and refusals as it does. It stores nothing.
func (s *Service) PreviewChoice(ctx context.Context, id domain.PatientID, c Choice) (program.Plan, error) {
	return view(ctx, s, func(tx Tx) (program.Plan, error) {
		facts, err := s.adviceFacts(tx, id)
		if err != nil {
			return program.Plan{}, err
		}
		plan, _, err := s.chosen(tx, facts, c)
		return plan, err
	})
}

// ChangeSuggestion signs a plan with what the therapist chose instead, with the
// reason, and returns it. The screen must allow the sub-stage, and a weight must
// be there.
func (s *Service) ChangeSuggestion(ctx context.Context, id domain.PatientID, c Choice) (SignedPlan, error) {
	return update(ctx, s, func(tx Tx) (SignedPlan, error) {
		facts, err := s.adviceFacts(tx, id)
		if err != nil {
			return SignedPlan{}, err
		}
		plan, changes, err := s.chosen(tx, facts, c)
		if err != nil {
			return SignedPlan{}, err
		}
		return s.signChanged(ctx, tx, id, plan, changes, "suggestion.change")
	})
}

// signChanged keeps the plan as a new signed version.
func (s *Service) signChanged(ctx context.Context, tx Tx, id domain.PatientID, plan program.Plan, changes []PlanChange, action string) (SignedPlan, error) {
	signed, err := s.sign(ctx, tx, id, plan, changes)
	if err != nil {
		return SignedPlan{}, err
	}
	return signed, record(ctx, tx, action, id, string(signed.ID))
}

// facts are the records that advice stands on.
type facts struct {
	id       domain.PatientID
	plan     SignedPlan
	main     string
	now      Current
	sessions []LoggedSession
	input    course.Input
	p        prescriber
}

func (s *Service) adviceFacts(tx Tx, id domain.PatientID) (facts, error) {
	plan, err := tx.Plans().Latest(id)
	if err != nil {
		return facts{}, err
	}
	p, err := s.prescriber(tx, id)
	if err != nil {
		return facts{}, err
	}
	sub, _ := s.route.SubStage(plan.Plan.SubStage)
	f := facts{id: id, plan: plan, main: sub.Main, now: p.now, sessions: p.sessions, p: p}
	first, err := tx.Screens().All(id)
	if err != nil {
		return facts{}, fmt.Errorf("advise: %w", err)
	}
	f.input = course.Input{
		Today:    domain.DateOf(tx.Now()),
		Screen:   course.Screened{Decision: p.now.Explanation.Decision, On: p.asked.on, AfterLast: true},
		BodyMass: p.intake.BodyMass,
		Measures: measures(first[0].Answers, p.now),
	}
	for _, x := range p.sessions {
		f.input.Sessions = append(f.input.Sessions, x.Session)
		if x.At.After(p.asked.at) {
			f.input.Screen.AfterLast = false
		}
	}
	f.input.Flares = s.course.Flares(f.input.Sessions, f.input.Screen)
	return f, nil
}

// measures are what the screens measured: the first disability score as the
// start, and of the newest what is still in date.
func measures(start screen.Case, now Current) course.Measures {
	var m course.Measures
	stale := now.Explanation.Decision.Stale
	if b := now.Case.BieringSorensen; b != nil && !slices.Contains(stale, "biering_sorensen") {
		m.EnduranceSeconds = b.Seconds
	}
	if start.Disability != nil {
		m.ODIStart = start.Disability.ODIPercent
	}
	if d := now.Case.Disability; d != nil && !slices.Contains(stale, "disability") {
		m.ODINow = d.ODIPercent
	}
	return m
}

// inputAt is what a suggestion for one place is made from.
func (s *Service) inputAt(f facts, place program.Where) course.Input {
	in := f.input
	in.Place, in.Supervised = place, place == program.AtClinic
	inventory := f.p.clinic
	if place == program.AtHome {
		inventory = f.p.home.Inventory
	}
	in.Bells, in.Bars = course.NewWeights(inventory.Bells()), course.NewWeights(inventory.Totals(f.p.unit, false))
	in.Floor = course.NewWeights(inventory.Totals(f.p.unit, true))
	if in.Floor == nil {
		in.Floor = course.Weights{} // none, and not the other ones
	}
	in.Plan = course.Start{SubStage: f.plan.Plan.SubStage, Signed: domain.DateOf(f.plan.Signature.At)}
	in.Plan.AfterLast = !slices.ContainsFunc(f.sessions, func(x LoggedSession) bool {
		return x.Session.Date == in.Plan.Signed && x.PlanID == f.plan.ID
	})
	if i := itemAt(f.plan.Plan, f.main, place); i >= 0 {
		in.Plan.Work = Worked(f.plan.Plan.Items[i])
	}
	return in
}

// advise asks the rules for one place.
func (s *Service) advise(tx Tx, f facts, place program.Where) (Advice, error) {
	in := s.inputAt(f, place)
	found, err := s.course.Suggest(in)
	if err != nil {
		return Advice{}, fmt.Errorf("suggest: %w", err)
	}
	a := Advice{Place: place, PlanID: f.plan.ID, Suggestion: found}
	if !found.Lifts() || found.SubStage == f.plan.Plan.SubStage && sameWork(found.Work, in.Plan.Work) && !found.Deload {
		return a, nil
	}
	sub, ok := s.route.SubStage(found.SubStage)
	if !ok {
		return a, nil
	}
	change := PlanChange{Exercise: sub.Main, Place: place, Work: found.Work, Deload: found.Deload, Rule: found.Reasons[0].Rule, Text: found.Text()}
	plan, changes, refused, err := s.planned(f, sub.Code, change)
	if err != nil {
		return Advice{}, err
	}
	if refused != nil {
		a.Refused = refused
		return a, nil //nolint:nilerr // a refusal is part of the advice
	}
	if same, err := equalPlans(plan, f.plan.Plan); err != nil || same && !found.Deload {
		return a, err
	}
	a.Offer, a.changes = &plan, changes
	return a, nil
}

func sameWork(a, b course.Work) bool {
	return a.Sets == b.Sets && a.Reps == b.Reps && a.Seconds == b.Seconds && sameMass(a.Load, b.Load)
}

func sameMass(a, b *domain.Mass) bool {
	return a == b || a != nil && b != nil && a.Cmp(*b) == 0
}

// planned prescribes the sub-stage with one more change. At another sub-stage
// the other place starts no heavier than this one.
func (s *Service) planned(f facts, code program.Code, c PlanChange) (program.Plan, []PlanChange, domain.Problems, error) {
	base, refused, err := s.prescribe(f.p, code)
	if err != nil || refused != nil {
		return program.Plan{}, nil, refused, err
	}
	kept, gone := s.carried(f.plan, code, f.p)
	gone = slices.DeleteFunc(gone, func(x PlanChange) bool { return x.Exercise == c.Exercise && x.Place == c.Place })
	if problems := tooHeavy(gone); problems != nil {
		return program.Plan{}, nil, problems, nil
	}
	changes := replaced(kept, c)
	if code != f.plan.Plan.SubStage && c.Work.Load != nil {
		other := elsewhere(c.Place)
		sub, _ := s.route.SubStage(code)
		if i := itemAt(base, c.Exercise, other); i >= 0 && base.Items[i].Load != nil && base.Items[i].Load.Cmp(*c.Work.Load) > 0 {
			load, ok := s.weightsAt(sub, other, f.p).AtMost(*c.Work.Load)
			if !ok {
				return program.Plan{}, nil, domain.Problems{{Field: "load", Text: fmt.Sprintf("No weight %s is as light as %s, where the step begins.", whereWords(other), c.Work.Load)}}, nil
			}
			lighter := c
			lighter.Place, lighter.Work.Load, lighter.Work.Target = other, &load, &load
			changes = append(changes, lighter)
		}
	}
	plan, made := s.apply(base, changes, f.p)
	if len(made) < len(changes) && c.Work.Load != nil {
		return program.Plan{}, nil, domain.Problems{{Field: "load", Text: fmt.Sprintf(
			"%s cannot be loaded for %s %s, at standard height from the floor. Choose another weight.", c.Work.Load, code, whereWords(c.Place))}}, nil
	}
	return plan, made, nil, nil
}

func whereWords(place program.Where) string {
	if place == program.AtHome {
		return "at home"
	}
	return "in the clinic"
}

// chosen is the plan with what a therapist decided.
func (s *Service) chosen(tx Tx, f facts, c Choice) (program.Plan, []PlanChange, error) {
	var out domain.Problems
	sub, ok := s.route.SubStage(c.SubStage)
	if !ok {
		out.Add("sub_stage", "Choose a step from 1A to 4C")
	}
	if c.Place != program.AtClinic && c.Place != program.AtHome {
		out.Add("place", "Choose the place: in the clinic or at home")
	}
	if c.Sets < 1 || c.Sets > maxChosenSets {
		out.Add("sets", fmt.Sprintf("Sets must be from 1 to %d", maxChosenSets))
	}
	if c.Reps < 1 || c.Reps > maxChosenReps {
		out.Add("reps", fmt.Sprintf("Repeats must be from 1 to %d", maxChosenReps))
	}
	if c.Reason = strings.TrimSpace(c.Reason); c.Reason == "" {
		out.Add("reason", "Enter why you choose otherwise. It stays with the plan.")
	}
	if err := out.Err(); err != nil {
		return program.Plan{}, nil, err
	}
	x, _ := s.route.Exercise(sub.Main)
	weights := s.weightsAt(sub, c.Place, f.p)
	switch weighted := x.Needs == program.NeedsKettlebell || x.Needs == program.NeedsBarbell; {
	case weighted && c.Load == nil:
		out.Add("load", "Enter the weight with its unit, such as 35 lb or 16 kg")
	case weighted && !has(weights, *c.Load):
		text := equipment.Offer(*c.Load, weights)
		if text == "" {
			text = "No weight is set up for this lift " + whereWords(c.Place) + ". List what is there first."
		}
		out.Add("load", text)
	case !weighted && c.Load != nil:
		out.Add("load", "This exercise is done without a weight. Clear the weight.")
	}
	if err := out.Err(); err != nil {
		return program.Plan{}, nil, err
	}
	change := PlanChange{Exercise: sub.Main, Place: c.Place, Reason: c.Reason,
		Work: course.Work{Sets: c.Sets, Reps: c.Reps, Load: c.Load, Target: c.Load}}
	plan, changes, refused, err := s.planned(f, c.SubStage, change)
	switch {
	case err != nil:
		return program.Plan{}, nil, err
	case refused != nil:
		return program.Plan{}, nil, domain.NotAllowed(refused...)
	case itemAt(plan, sub.Main, c.Place) < 0:
		return program.Plan{}, nil, domain.Problems{{Field: "place", Text: "This lift is not done there. Choose the other place."}}
	}
	return plan, changes, nil
}

// equalJSON compares two values as they are stored.
func equalJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return string(x) == string(y), err
}
