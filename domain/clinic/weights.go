package clinic

import (
	"fmt"
	"slices"

	"backtobar/domain"
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
		step, ok := s.route.SubStage(x.SubStage)
		for _, e := range x.Log.Exercises {
			if ok && e.Exercise == step.Main && x.Log.Place == program.AtClinic && e.Load != nil && len(e.Reps) > 0 {
				out[step.Code] = *e.Load
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
		for _, e := range x.Log.Exercises {
			if e.Exercise != step.Main || x.Log.Place != program.AtClinic || e.Load == nil || e.RPE == nil || len(e.Reps) == 0 {
				continue
			}
			est, err := s.route.EstimateMax(e.Load.Value, slices.Min(e.Reps), ten.Sub(*e.RPE))
			if err == nil && est.Value != nil {
				out = domain.Mass{Value: *est.Value, Unit: e.Load.Unit}
			}
		}
	}
	return out
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
func (s *Service) checkThere(l SessionLog, settings Settings) (out domain.Problems) {
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
		if x.Load == nil {
			continue
		}
		if text := equipment.Offer(*x.Load, there); text != "" {
			out.Add(fmt.Sprintf("exercises[%d].load", i), text+" Correct the weight, or add it to the list in Settings.")
		}
	}
	return out
}
