package clinic

import (
	"context"
	"errors"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/program"
)

// DraftPlan prescribes for a sub-stage from the screen as it counts today, the
// newest intake and the clinic's equipment. It stores nothing. An empty code
// means the usual start. Refused with the reasons when the screen does not
// allow the sub-stage.
func (s *Service) DraftPlan(ctx context.Context, id domain.PatientID, code program.Code) (program.Plan, error) {
	return view(ctx, s, func(tx Tx) (program.Plan, error) {
		plan, _, _, err := s.prescription(tx, id, code)
		return plan, err
	})
}

// SignPlan keeps the plan as a new signed version, removes its draft, and
// returns the version. Inside the same transaction it prescribes again and
// refuses when the screen no longer allows the sub-stage, or when the result
// is not the plan that was shown: a therapist signs what was read.
func (s *Service) SignPlan(ctx context.Context, id domain.PatientID, shown program.Plan) (SignedPlan, error) {
	return update(ctx, s, func(tx Tx) (SignedPlan, error) {
		if _, _, err := signing(ctx, tx); err != nil {
			return SignedPlan{}, err
		}
		plan, changes, _, err := s.prescription(tx, id, shown.SubStage)
		if err != nil {
			return SignedPlan{}, err
		}
		same, err := equalPlans(plan, shown)
		if err != nil {
			return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
		}
		if !same {
			return SignedPlan{}, domain.NotAllowed(domain.Problem{
				Text: "The screen, the intake or the equipment has changed since this plan was shown. Read the new plan, then sign."})
		}
		return s.sign(ctx, tx, id, plan, changes)
	})
}

// sign keeps a plan as a new signed version and removes its draft.
func (s *Service) sign(ctx context.Context, tx Tx, id domain.PatientID, plan program.Plan, changes []PlanChange) (SignedPlan, error) {
	who, _, err := signing(ctx, tx)
	if err != nil {
		return SignedPlan{}, err
	}
	from, err := tx.Screens().Latest(id)
	if err != nil {
		return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
	}
	last, _, err := latest(tx.Plans().Latest(id))
	if err != nil {
		return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
	}
	signed := SignedPlan{
		ID:        domain.PlanID(s.newID()),
		PatientID: id,
		Version:   last.Version + 1,
		ScreenID:  from.ID,
		Plan:      plan,
		Changes:   changes,
		Signature: Signature{By: who, At: tx.Now(), RulesVersion: plan.ProtocolVersion, RulesHash: plan.ProtocolHash},
	}
	if err := tx.Plans().Append(signed); err != nil {
		return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
	}
	if err := tx.Drafts().Delete(id, SectionPlan); err != nil {
		return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
	}
	return signed, record(ctx, tx, "plan.sign", id, string(signed.ID))
}

// Plans returns every signed plan of the patient, oldest first.
func (s *Service) Plans(ctx context.Context, id domain.PatientID) ([]SignedPlan, error) {
	return view(ctx, s, func(tx Tx) ([]SignedPlan, error) { return tx.Plans().All(id) })
}

// equalPlans compares two plans as they are stored.
func equalPlans(a, b program.Plan) (bool, error) { return equalJSON(a, b) }

// prescriber is everything that a prescription is made from.
type prescriber struct {
	now      Current
	asked    asking
	sessions []LoggedSession
	intake   intake.Intake
	clinic   equipment.Inventory
	home     equipment.Home
	// refused is why nothing at all is prescribed today.
	refused domain.Problems
	unit    domain.MassUnit
	// route is the program\'s, or the clinic\'s template of it.
	route *program.Library
	// plans are the signed ones, oldest first.
	plans []SignedPlan
}

// prescriber reads the records. An error is unexpected; what forbids every plan
// is in refused.
func (s *Service) prescriber(tx Tx, id domain.PatientID) (prescriber, error) {
	var p prescriber
	fail := func(err error) (prescriber, error) { return prescriber{}, fmt.Errorf("prescribe: %w", err) }
	refuse := func(text string) { p.refused = append(p.refused, domain.Problem{Text: text}) }
	now, err := s.current(tx, id)
	if errors.Is(err, domain.ErrNotFound) {
		return prescriber{}, domain.NotAllowed(domain.Problem{
			Text: "There is no signed screen. Sign the screen before the plan."})
	}
	if err != nil {
		return fail(err)
	}
	p.now = now
	logged, err := tx.Sessions().All(id)
	if err != nil {
		return fail(err)
	}
	p.sessions = newest(logged)
	if p.asked, err = asked(tx, now.Screen); err != nil {
		return fail(err)
	}
	p.refused = warned(p.sessions, p.asked)
	in, found, err := latest(tx.Intakes().Latest(id))
	if err != nil {
		return fail(err)
	}
	if p.refused == nil && !found {
		refuse("There is no intake. Save the intake before the plan.")
	}
	settings, _, err := latest(tx.Settings().Current())
	if err != nil {
		return fail(err)
	}
	if p.refused == nil && domain.DateOf(tx.Now()).Before(now.Screen.TakenOn) {
		refuse(clockBack)
	}
	p.intake, p.clinic, p.home = in, settings.Equipment, in.Home
	p.unit = settings.LoadUnit
	route, problems := s.routeOf(settings)
	p.route = route
	if p.refused == nil {
		p.refused = problems
	}
	if p.plans, err = tx.Plans().All(id); err != nil {
		return fail(err)
	}
	return p, nil
}

// newest is the newest signed plan, the zero plan before the first.
func (p prescriber) newest() SignedPlan {
	if len(p.plans) == 0 {
		return SignedPlan{}
	}
	return p.plans[len(p.plans)-1]
}

// prescribe asks the route for a sub-stage, without what was changed since.
func (s *Service) prescribe(p prescriber, code program.Code) (program.Plan, domain.Problems, error) {
	if p.refused != nil {
		return program.Plan{}, p.refused, nil
	}
	plan, problems := program.Prescribe(p.route, program.Input{
		Decision: p.now.Explanation.Decision,
		Want:     code,
		BodyMass: p.intake.BodyMass,
		Unit:     p.unit,
		Clinic:   p.clinic,
		Home:     p.home,
		Last:     s.lastLoads(p.plans, p.sessions),
		RackMax:  s.rackMax(p.sessions),
		BestHold: bestHold(p.now.Screen.Answers),
		// The place is confirmed when the sheet is printed, not when the plan
		// is signed: no sheet of a barbell stage is issued without it.
		SupervisedPlace: true,
	})
	if len(problems) == 0 {
		problems = forbids(p.now.Explanation, plan.Stage)
	}
	problems = append(p.now.refuses(len(problems) > 0), problems...)
	if len(problems) > 0 {
		return program.Plan{}, problems, nil
	}
	return plan, nil, nil
}

// prescription prescribes from what is stored, with what the newest plan has
// changed. It returns the changes and the screen it stands on, too.
func (s *Service) prescription(tx Tx, id domain.PatientID, code program.Code) (program.Plan, []PlanChange, Current, error) {
	p, err := s.prescriber(tx, id)
	if err != nil {
		return program.Plan{}, nil, Current{}, err
	}
	plan, problems, err := s.prescribe(p, code)
	if err == nil && problems != nil {
		err = domain.NotAllowed(problems...)
	}
	if err != nil {
		return program.Plan{}, nil, Current{}, err
	}
	kept, gone := s.carried(p.newest(), plan.SubStage, p)
	held, none := s.neverBoth(plan, p)
	if problems := tooHeavy(append(gone, none...)); problems != nil {
		return program.Plan{}, nil, Current{}, domain.NotAllowed(problems...)
	}
	plan, changes := s.apply(plan, append(kept, held...), p)
	return plan, changes, p.now, nil
}
