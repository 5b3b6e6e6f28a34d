package clinic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/program"
)

// DraftPlan prescribes for a sub-stage from the screen as it counts today, the
// newest intake and the clinic's equipment. It stores nothing. An empty code
// means the usual start. Refused with the reasons when the screen does not
// allow the sub-stage.
func (s *Service) DraftPlan(ctx context.Context, id domain.PatientID, code program.Code) (program.Plan, error) {
	return view(ctx, s, func(tx Tx) (program.Plan, error) {
		plan, _, err := s.prescription(tx, id, code)
		return plan, err
	})
}

// SignPlan keeps the plan as a new signed version, removes its draft, and
// returns the version. Inside the same transaction it prescribes again and
// refuses when the screen no longer allows the sub-stage, or when the result
// is not the plan that was shown: a therapist signs what was read.
func (s *Service) SignPlan(ctx context.Context, id domain.PatientID, shown program.Plan) (SignedPlan, error) {
	return update(ctx, s, func(tx Tx) (SignedPlan, error) {
		who, _, err := signing(ctx, tx)
		if err != nil {
			return SignedPlan{}, err
		}
		plan, from, err := s.prescription(tx, id, shown.SubStage)
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
		last, _, err := latest(tx.Plans().Latest(id))
		if err != nil {
			return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
		}
		signed := SignedPlan{
			ID:        domain.PlanID(s.newID()),
			PatientID: id,
			Version:   last.Version + 1,
			ScreenID:  from.Screen.ID,
			Plan:      plan,
			Signature: Signature{By: who, At: tx.Now(), RulesVersion: plan.ProtocolVersion, RulesHash: plan.ProtocolHash},
		}
		if err := tx.Plans().Append(signed); err != nil {
			return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
		}
		if err := tx.Drafts().Delete(id, SectionPlan); err != nil {
			return SignedPlan{}, fmt.Errorf("sign plan: %w", err)
		}
		return signed, record(ctx, tx, "plan.sign", id, string(signed.ID))
	})
}

// Plans returns every signed plan of the patient, oldest first.
func (s *Service) Plans(ctx context.Context, id domain.PatientID) ([]SignedPlan, error) {
	return view(ctx, s, func(tx Tx) ([]SignedPlan, error) { return tx.Plans().All(id) })
}

// equalPlans compares two plans as they are stored, so that an empty list and
// no list are the same.
func equalPlans(a, b program.Plan) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return string(x) == string(y), err
}

// prescription prescribes from what is stored. It returns the screen it stands
// on, too.
func (s *Service) prescription(tx Tx, id domain.PatientID, code program.Code) (program.Plan, Current, error) {
	now, err := s.current(tx, id)
	if errors.Is(err, domain.ErrNotFound) {
		return program.Plan{}, Current{}, domain.NotAllowed(domain.Problem{
			Text: "There is no signed screen. Sign the screen before the plan."})
	}
	if err != nil {
		return program.Plan{}, Current{}, fmt.Errorf("prescribe: %w", err)
	}
	logged, err := tx.Sessions().All(id)
	if err != nil {
		return program.Plan{}, Current{}, fmt.Errorf("prescribe: %w", err)
	}
	if stop := warned(newest(logged), now.Screen); stop != nil {
		return program.Plan{}, Current{}, domain.NotAllowed(stop...)
	}
	in, found, err := latest(tx.Intakes().Latest(id))
	if err != nil {
		return program.Plan{}, Current{}, fmt.Errorf("prescribe: %w", err)
	}
	if !found {
		return program.Plan{}, Current{}, domain.NotAllowed(domain.Problem{
			Text: "There is no intake. Save the intake before the plan."})
	}
	settings, _, err := latest(tx.Settings().Current())
	if err != nil {
		return program.Plan{}, Current{}, fmt.Errorf("prescribe: %w", err)
	}
	if domain.DateOf(tx.Now()).Before(now.Screen.TakenOn) {
		return program.Plan{}, Current{}, domain.NotAllowed(domain.Problem{Text: clockBack})
	}
	plans, err := tx.Plans().All(id)
	if err != nil {
		return program.Plan{}, Current{}, fmt.Errorf("prescribe: %w", err)
	}
	route, problems := s.routeOf(settings)
	if len(problems) > 0 {
		return program.Plan{}, Current{}, domain.NotAllowed(problems...)
	}
	plan, problems := program.Prescribe(route, program.Input{
		Decision: now.Explanation.Decision,
		Want:     code,
		BodyMass: in.BodyMass,
		Unit:     settings.LoadUnit,
		Clinic:   settings.Equipment,
		Home:     in.Home,
		Last:     s.lastLoads(plans, newest(logged)),
		RackMax:  s.rackMax(newest(logged)),
		BestHold: bestHold(now.Screen.Answers),
		// The place is confirmed when the sheet is printed, not when the plan
		// is signed: no sheet of a barbell stage is issued without it.
		SupervisedPlace: true,
	})
	if len(problems) == 0 {
		problems = forbids(now.Explanation, plan.Stage)
	}
	problems = append(now.refuses(len(problems) > 0), problems...)
	if len(problems) > 0 {
		return program.Plan{}, Current{}, domain.NotAllowed(problems...)
	}
	return plan, now, nil
}
