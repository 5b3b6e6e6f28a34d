package course

import (
	"fmt"
	"math/big"

	"backtobar/domain"
	"backtobar/domain/program"
)

// BellStep is the next step of a kettlebell lift.
type BellStep struct {
	// Load is the bell to use next: the next size, or the current one while
	// more repeats come first.
	Load domain.Mass
	// Scheme is what to reach at Load first; nil when Load is the next size,
	// with the dose of the sub-stage.
	Scheme *program.Scheme
	// Text is the reason, one sentence or two. Warning is a sentence when the
	// therapist must look, else "".
	Text, Warning string
}

// NextBell returns the next step up from the current bell: the next size that
// is there, when it is near enough (RaiseRules.BellJumpPercent); else the
// current bell until BellBefore is reached, and only then the next size with
// BellAfter. With
// no larger bell it stays and adds repeats. A step across the limit of moderate
// bells carries a warning, because only the therapist lifts that limit.
// available may mix units and need not hold the current bell.
func (r *Rules) NextBell(current domain.Mass, available []domain.Mass) (BellStep, error) {
	if current.Value.Sign() <= 0 || !current.Unit.Valid() {
		return BellStep{}, domain.Problems{{Field: "current", Text: "must be a bell above 0, in kg or lb"}}
	}
	if len(available) == 0 {
		return BellStep{}, program.ErrNoKettlebells
	}
	stay := r.Raise.BellBefore
	next, found := NewWeights(available).Above(current)
	if !found {
		return BellStep{Load: current, Scheme: &stay,
			Text:    fmt.Sprintf("Add repeats up to %s.", stay),
			Warning: fmt.Sprintf("There is no bell larger than %s in the list.", current)}, nil
	}
	rise := percentText(risePercent(current, next))
	if r.farBell(current, next) {
		return BellStep{Load: current, Scheme: &stay, Text: fmt.Sprintf(
			"The next bell, %s, is more than %d percent heavier (%s). First %s at %s, then %s at %s.",
			next, r.Raise.BellJumpPercent, rise, stay, current, r.Raise.BellAfter, next)}, nil
	}
	step := BellStep{Load: next, Text: fmt.Sprintf("The next bell, %s, is at most %d percent heavier (%s).", next, r.Raise.BellJumpPercent, rise)}
	limit := r.bellLimit(next.Unit)
	if next.Cmp(limit) > 0 && current.Cmp(limit) <= 0 {
		step.Warning = fmt.Sprintf("%s is above the limit of %s for kettlebells. Use it only when the therapist lifts the limit.", next, limit)
	}
	return step, nil
}

// bellLimit is the most that a moderate bell weighs, as labelled in the unit.
func (r *Rules) bellLimit(unit domain.MassUnit) domain.Mass {
	if unit == domain.Pound {
		return domain.Mass{Value: r.route.Loads.ModerateMaxLb, Unit: unit}
	}
	return domain.Mass{Value: r.route.Loads.ModerateMaxKg, Unit: unit}
}

// farBell reports whether the next bell is too much heavier to be taken at once.
func (r *Rules) farBell(current, next domain.Mass) bool {
	return risePercent(current, next).Cmp(big.NewRat(int64(r.Raise.BellJumpPercent), 1)) > 0
}

// percentText writes a percentage for people, to one place, half up.
func percentText(p *big.Rat) string {
	tenths := new(big.Rat).Mul(p, big.NewRat(10, 1))
	tenths.Add(tenths, big.NewRat(1, 2))
	whole := new(big.Int).Div(tenths.Num(), tenths.Denom())
	return domain.DecimalFromRat(new(big.Rat).SetFrac(whole, big.NewInt(10))).String() + " percent"
}
