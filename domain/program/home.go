package program

import (
	"fmt"
	"math/big"
	"slices"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// HomeRules say what a home program does when the patient has no kettlebell for
// the lift (clinic defaults). A home program never asks for what the patient
// does not own: a dumbbell or a weighed backpack takes the place of the bell,
// and without either the unloaded hinge goes on with more repeats and a slower
// tempo.
type HomeRules struct {
	// Dumbbell, Backpack and Unloaded are exercises.
	Dumbbell string `json:"dumbbell"`
	Backpack string `json:"backpack"`
	// The steps in which a backpack is filled, in each unit.
	BackpackStepKg domain.Decimal `json:"backpack_step_kg"`
	BackpackStepLb domain.Decimal `json:"backpack_step_lb"`
	Unloaded       string         `json:"unloaded"`
	UnloadedDose   Dose           `json:"unloaded_dose"`
	Source         string         `json:"source"`
}

// FastTrack is for lifters whose screen says so: they start at 2A.
type FastTrack struct {
	// OneSession are the sub-stages of which one good session is enough.
	OneSession []Code `json:"one_session"`
	Text       string `json:"text"`
	Source     string `json:"source"`
}

// backpack returns the weight of a backpack for a target: rounded down to its
// step in the unit; false when the step is above the target.
func (h HomeRules) backpack(target domain.Mass, unit domain.MassUnit) (domain.Mass, bool) {
	step := h.BackpackStepKg
	if unit == domain.Pound {
		step = h.BackpackStepLb
	}
	n := new(big.Rat).Quo(target.In(unit), step.Rat())
	whole := new(big.Int).Div(n.Num(), n.Denom())
	load := domain.Mass{Value: step.Mul(int(whole.Int64())), Unit: unit}
	return load, load.Value.Sign() > 0
}

// homeLift returns the lift for home beside the clinic's: with a bell, a
// dumbbell or a backpack that is there, else without a weight. heavy is false
// when nothing heavy may be done at home.
func (l *Library) homeLift(s SubStage, in Input, heavy bool) Item {
	it := Item{Exercise: s.Home.Lift, Dose: s.Dose, Where: AtHome, OnSheet: true}
	if s.Stage > 2 {
		// The dose of a bar is not that of a bell.
		it.Dose = l.exercises[s.Home.Lift].Dose
	}
	target, err := l.KettlebellTarget(s.Home.Level, in.BodyMass)
	if err == nil && heavy {
		if bell, why, err := l.firstLoad(s.Home.Level, in.BodyMass, in.Home.Bells()); err == nil && bell.Warning == "" {
			return it.with(bell.Load, bell.Target, why)
		}
		if hand, err := l.KettlebellLoad(s.Home.Level, in.BodyMass, in.Home.Hands()); err == nil && hand.Warning == "" {
			it.Exercise = l.Home.Dumbbell
			return it.with(hand.Load, hand.Target, fmt.Sprintf("The heaviest dumbbell at home that is not above %s.", hand.Target))
		}
		if load, ok := l.Home.backpack(target, in.unit()); ok && in.Home.Backpack == equipment.Yes {
			it.Exercise = l.Home.Backpack
			return it.with(load, target, fmt.Sprintf("A backpack filled and weighed to %s, not above %s.", load, target))
		}
	}
	return Item{Exercise: l.Home.Unloaded, Dose: l.Home.UnloadedDose, Where: AtHome, OnSheet: true,
		LoadReason: "No weight at home for this step: more repeats and a slower way down instead."}
}

// with gives the item its weight.
func (it Item) with(load, target domain.Mass, why string) Item {
	it.Load, it.LoadReason = &load, why
	if target != load {
		it.Target = &target
	}
	return it
}

// unit is the unit that people say here.
func (in Input) unit() domain.MassUnit {
	if in.Unit.Valid() {
		return in.Unit
	}
	if in.BodyMass.Unit.Valid() {
		return in.BodyMass.Unit
	}
	return domain.Pound
}

// step returns the clinic's step for the sub-stage; false when it has none of
// such a height.
func (h StepHeight) step(steps []domain.Length) (best domain.Length, ok bool) {
	low, high := big.NewRat(int64(h.MinCm), 1), big.NewRat(int64(h.MaxCm), 1)
	steps = slices.Clone(steps)
	slices.SortStableFunc(steps, domain.Length.Cmp)
	for _, s := range steps {
		cm := s.Centimeters()
		if cm.Cmp(low) < 0 || cm.Cmp(high) > 0 || h.MaxCm == 0 {
			continue
		}
		if !ok || h.High {
			best, ok = s, true
		}
	}
	return best, ok
}
