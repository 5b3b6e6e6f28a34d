package clinic

import (
	"context"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// HandoutDays is how many days a sheet counts at most after the day it is given
// out (clinic default).
const HandoutDays = 14

// HandoutUntil returns the last day on which a handout of the plan counts: at
// most HandoutDays from today, and never past the day on which the screen still
// allows it. Today when the screen does not allow it even now; CheckHandout
// says why. domain.ErrNotFound when there is no such plan.
func (s *Service) HandoutUntil(ctx context.Context, id domain.PlanID) (domain.Date, error) {
	return view(ctx, s, func(tx Tx) (domain.Date, error) {
		plan, err := tx.Plans().Get(id)
		if err != nil {
			return domain.Date{}, err
		}
		p, err := tx.Patients().Get(plan.PatientID)
		if err != nil {
			return domain.Date{}, err
		}
		signed, err := tx.Screens().Latest(plan.PatientID)
		if err != nil {
			return domain.Date{}, err
		}
		r, err := s.rules.in(tx)
		if err != nil {
			return domain.Date{}, err
		}
		rest, err := s.readStanding(tx, p, signed)
		if err != nil {
			return domain.Date{}, err
		}
		last := domain.DateOf(tx.Now())
		if open := rest.past.stopped(); open != nil {
			return last, nil
		}
		for range HandoutDays {
			next := last.AddDays(1)
			c, facts := rest.on(next, r)
			d := screen.EvaluateWith(c, facts, r)
			if len(forbids(screen.Explanation{Decision: d}, plan.Plan.Stage)) > 0 || rest.count(next).Blocked() {
				break
			}
			last = next
		}
		return last, nil
	})
}
