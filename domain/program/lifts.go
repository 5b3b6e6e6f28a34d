package program

import (
	"errors"
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// mainLift adds the exercise that the sub-stage teaches, with its weight for
// the clinic and for home.
func (l *Library) mainLift(plan *Plan, s SubStage, in Input) domain.Problems {
	it := Item{Exercise: s.Main, Dose: s.Dose, Where: s.Where, OnSheet: true, SetUp: l.setUp(s, in)}
	switch l.exercises[s.Main].Needs {
	case NeedsKettlebell:
		return l.kettlebellLift(plan, it, s, in)
	case NeedsBarbell:
		l.barbellLift(plan, it, s, in)
	default:
		plan.add(it)
	}
	return nil
}

// setUp says which of the clinic's own steps to take; "" when there is none of
// the right height, or none needed.
func (l *Library) setUp(s SubStage, in Input) string {
	if step, ok := s.Step.step(in.Clinic.Steps); ok {
		return fmt.Sprintf("Step of %s between the feet.", step)
	}
	return ""
}

func (l *Library) kettlebellLift(plan *Plan, it Item, s SubStage, in Input) domain.Problems {
	if in.BodyMass.IsZero() {
		return domain.Problems{{Field: "body_mass", Text: "Enter the body weight in Intake. The kettlebell is chosen from it."}}
	}
	bells := in.Clinic.Bells()
	clinic, why, err := l.firstLoad(s.Level, in.BodyMass, bells)
	switch {
	case errors.Is(err, equipment.ErrNotSetUp):
		plan.Warnings = append(plan.Warnings, "The clinic's kettlebells are not set up. List the sizes in Settings.")
	case err != nil:
		return domain.Problems{{Field: "body_mass", Text: "The body weight cannot be used. Check it in Intake."}}
	default:
		it = it.with(clinic.Load, clinic.Target, why)
		it.WarmUp = l.Ramps.bells(clinic.Load, bells)
		if clinic.Warning != "" {
			plan.Warnings = append(plan.Warnings, clinic.Warning)
		}
	}
	home := l.homeLift(s, in, true)
	if it.Load != nil && home.Load != nil && home.Exercise == it.Exercise && *home.Load == *it.Load {
		plan.add(it)
		return nil
	}
	// The two places have different weights, so each gets an entry of its own.
	if it.Load != nil || home.Exercise != it.Exercise {
		it.Where, it.OnSheet = AtClinic, false
		it.OffSheetReason = l.atHome(it, home)
		plan.add(it)
	}
	plan.Items = append(plan.Items, home)
	return nil
}

// atHome says what is done at home instead.
func (l *Library) atHome(clinic, home Item) string {
	name := l.exercises[home.Exercise].Name
	switch {
	case home.Load == nil:
		return "At home: " + name + "."
	case home.Exercise == clinic.Exercise:
		return fmt.Sprintf("At home with %s.", home.Load)
	}
	return fmt.Sprintf("At home: %s with %s.", name, home.Load)
}

// boneSupervised is the flag of osteoporosis with a written clearance for heavy
// loading. Heavy loading of weak bone was tried only under supervision (LIFTMOR
// trial), so it does not reach a home sheet (clinic default).
const boneSupervised = "CAUTION:bone_supervised"

func (l *Library) barbellLift(plan *Plan, it Item, s SubStage, in Input) {
	target, why, known := l.barTarget(s, in)
	if known {
		l.putOnBar(plan, &it, s, in, target, why)
	} else {
		plan.Warnings = append(plan.Warnings, why)
	}
	weakBone := slices.Contains(in.Decision.Flags, boneSupervised)
	switch {
	case weakBone:
		it.OffSheetReason = "Bone health: heavy lifts only in the clinic, under supervision."
	case in.Home.Barbell != equipment.Yes || !in.SupervisedPlace:
		it.OffSheetReason = "No barbell lift at home without a barbell there and a safe place with supervision."
	default:
		l.barAtHome(plan, it, s, in, target, known)
		return
	}
	it.OnSheet = false
	plan.add(it)
	plan.add(l.homeLift(s, in, !weakBone))
}

// barAtHome adds a barbell lift for both places: one entry when the weight is
// the same, else one each. A bar and plates at home that are not listed get no
// weight on paper.
func (l *Library) barAtHome(plan *Plan, it Item, s SubStage, in Input, target domain.Mass, known bool) {
	if !known || it.Load == nil {
		plan.add(it)
		return
	}
	home := Item{Exercise: it.Exercise, Dose: it.Dose, Where: AtHome, OnSheet: true, SetUp: it.SetUp,
		LoadReason: "The bar and plates at home are not listed, so the therapist writes the weight on the sheet."}
	if b, err := in.Home.Bar(target, in.unit(), s.FromFloor); err == nil && b.Warning == "" {
		if b.Load == *it.Load {
			plan.add(it)
			return
		}
		home = l.withBar(home, b, target, "The same target with the plates at home.")
	}
	it.Where, it.OnSheet, it.OffSheetReason = AtClinic, false, l.atHome(it, home)
	plan.Items = append(plan.Items, it, home)
}

// barTarget returns the target of the first session of a barbell sub-stage and
// where it comes from; known is false, with the reason, when nothing says it.
// The target is at most what the rules allow and is never rounded.
func (l *Library) barTarget(s SubStage, in Input) (target domain.Mass, why string, known bool) {
	last, found := in.Last[s.Back]
	rule := l.Loads
	switch {
	case !found:
		return target, fmt.Sprintf("The bar's weight is set in the session, from the effort of the warm-up sets: no weight of %s is on record.", s.Back), false
	case s.Code == "3A":
		return l.FirstBarTarget(last, in.Clinic), fmt.Sprintf("%s percent of the last kettlebell, %s, and at least the empty bar. Then add weight in the warm-up sets until the effort is one below its ceiling.", rule.FirstBarPercent, last), true
	case s.Code == "3B":
		return last.Share(rule.LargerRangePercent), fmt.Sprintf("%s percent of the last weight of 3A, %s, because the way is longer.", rule.LargerRangePercent, last), true
	case s.Code == "4A":
		return l.floorTarget(last, in)
	}
	return last, fmt.Sprintf("The last weight of %s. Load and sub-stage never rise together.", s.Back), true
}

// floorTarget is that of 4A: an estimate of the rack pull is not one of the
// deadlift, so the first pull from the floor is the lower of a share of that
// estimate and the last weight of 3A. Without an estimate the share is taken of
// the last weight of 3B, which is never more.
func (l *Library) floorTarget(last domain.Mass, in Input) (domain.Mass, string, bool) {
	percent := l.Loads.RackToFloorPercent
	target := last.Share(percent)
	why := fmt.Sprintf("%s percent of the last rack pull, %s, because there is no estimate of its maximum.", percent, last)
	if !in.RackMax.IsZero() {
		target = in.RackMax.Share(percent)
		why = fmt.Sprintf("%s percent of the estimated maximum of the rack pull, %s.", percent, in.RackMax)
	}
	if first, ok := in.Last["3A"]; ok && first.Cmp(target) < 0 {
		return first, fmt.Sprintf("The last weight of 3A, %s, which is below the share of the rack pull.", first), true
	}
	return target, why, true
}

// putOnBar loads the clinic's bar for the target.
func (l *Library) putOnBar(plan *Plan, it *Item, s SubStage, in Input, target domain.Mass, why string) {
	b, err := in.Clinic.Bar(target, in.unit(), s.FromFloor)
	switch {
	case errors.Is(err, equipment.ErrNotSetUp):
		plan.Warnings = append(plan.Warnings, "The clinic's bars and plates are not set up. List them in Settings.")
	case err != nil:
		plan.Warnings = append(plan.Warnings, "The last weight cannot be used for the bar. Check it in the sessions.")
	case b.Warning != "":
		plan.Warnings = append(plan.Warnings, b.Warning)
	default:
		*it = l.withBar(*it, b, target, why)
		if it.Load.Cmp(b.Bar) == 0 {
			plan.Warnings = append(plan.Warnings, "The first weight is the empty bar. If it feels heavier than effort 6, use a lighter bar.")
		}
	}
}

// withBar gives the item a loaded bar.
func (l *Library) withBar(it Item, b equipment.BarLoad, target domain.Mass, why string) Item {
	it = it.with(b.Load, target, why)
	if short := b.ShortText(); short != "" {
		it.LoadReason += " It is " + short + "."
	}
	bar := b.Bar
	it.Bar, it.PerSide = &bar, b.PerSide
	if b.Floor == equipment.FloorBlocks {
		it.SetUp = "No wide plate is on this bar: put blocks under the plates."
	}
	if sets, err := l.Ramps.bar(b); err == nil {
		it.WarmUp = sets
	}
	return it
}
