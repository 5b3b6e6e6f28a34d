package clinic

import (
	"fmt"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// lastLoads is the newest weight of the main lift of each sub-stage in the
// clinic: that of the newest session, before any session that of the newest
// signed plan.
func (s *Service) lastLoads(plans []SignedPlan, sessions []LoggedSession) map[program.Code]domain.Mass {
	out := map[program.Code]domain.Mass{}
	for _, p := range plans {
		step, ok := s.route.SubStage(p.Plan.SubStage)
		for _, it := range p.Plan.Items {
			if ok && it.Exercise == step.Main && it.Where != program.AtHome && it.Load != nil {
				out[step.Code] = *it.Load
			}
		}
	}
	for _, x := range sessions {
		step, ok := s.route.SubStage(x.Session.SubStage)
		for _, e := range x.Session.Exercises {
			if load, _ := lightest(e); ok && e.Exercise == step.Main && x.Session.Place == program.AtClinic && load != nil {
				out[step.Code] = *load
			}
		}
	}
	return out
}

// rackPull is the sub-stage whose estimated maximum limits the first pull from
// the floor.
const rackPull program.Code = "3B"

// rackMax is the estimated maximum of the rack pull by the newest session that
// gives one, by the lowest repeats of its sets; the zero Mass without one.
func (s *Service) rackMax(sessions []LoggedSession) (out domain.Mass) {
	step, _ := s.route.SubStage(rackPull)
	ten := domain.NewDecimal(10)
	for _, x := range sessions {
		for _, e := range x.Session.Exercises {
			load, reps := lightest(e)
			if e.Exercise != step.Main || x.Session.Place != program.AtClinic || load == nil || e.RPE == nil {
				continue
			}
			est, err := s.route.EstimateMax(load.Value, reps, ten.Sub(*e.RPE))
			if err == nil && est.Value != nil {
				out = domain.Mass{Value: *est.Value, Unit: load.Unit}
			}
		}
	}
	return out
}

// lightest is the lightest weight of the sets done and the fewest repeats with
// any of them; nil when nothing was lifted.
func lightest(e course.Exercise) (load *domain.Mass, reps int) {
	for i, set := range e.Done {
		if set.Load != nil && (load == nil || set.Load.Cmp(*load) < 0) {
			load = set.Load
		}
		if i == 0 || set.Reps < reps {
			reps = set.Reps
		}
	}
	return load, reps
}

// bestHold is the time of the Biering-Sørensen test, nil without one.
func bestHold(c screen.Case) *domain.Decimal {
	if c.BieringSorensen == nil {
		return nil
	}
	return c.BieringSorensen.Seconds
}

// checkThere finds a weight that a session in the clinic cannot have been done
// with, because it is not on the clinic's list: most often a slip of the keys or
// of the unit. Fields as in checkLog. What is not set up is not checked.
func (s *Service) checkThere(l course.Session, settings Settings) (out domain.Problems) {
	if l.Place != program.AtClinic {
		return nil
	}
	inv := settings.Equipment
	for i, x := range l.Exercises {
		e, _ := s.route.Exercise(x.Exercise)
		var there []domain.Mass
		switch e.Needs {
		case program.NeedsKettlebell:
			there = inv.Bells()
		case program.NeedsDumbbell:
			there = inv.Hands()
		case program.NeedsBarbell:
			there = inv.Totals(settings.LoadUnit, false)
		}
		for j, set := range x.Done {
			if set.Load == nil {
				continue
			}
			if text := equipment.Offer(*set.Load, there); text != "" {
				out.Add(fmt.Sprintf("exercises[%d].done[%d].load", i, j), text+" Correct the weight, or add it to the list in Settings.")
				break
			}
		}
	}
	return out
}
