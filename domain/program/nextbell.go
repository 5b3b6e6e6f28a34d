package program

import (
	"fmt"
	"math/big"

	"backtobar/domain"
)

// bellJumpPercent is the largest step from one bell to the next that may be
// taken at once, in percent of the current bell (clinic default).
const bellJumpPercent = 25

// The volume that comes before a larger step, and the start after it (clinic
// defaults).
var (
	beforeLargeJump = Scheme{Sets: 3, Reps: 12}
	afterLargeJump  = Scheme{Sets: 3, Reps: 6}
)

// Scheme is sets of repeats.
type Scheme struct {
	Sets int `json:"sets"`
	Reps int `json:"reps"`
}

// String writes the scheme in words.
func (s Scheme) String() string { return fmt.Sprintf("%d sets of %d", s.Sets, s.Reps) }

// BellStep is the next step of a kettlebell lift.
type BellStep struct {
	// Load is the bell to use next: the next size, or the current one while
	// more repeats come first.
	Load domain.Mass
	// Scheme is what to reach at Load first; nil when Load is the next size,
	// with the dose of the sub-stage.
	Scheme *Scheme
	// Text is the reason, one sentence or two. Warning is a sentence when the
	// therapist must look, else "".
	Text, Warning string
}

// NextBell returns the next step up from the current bell: the next size that
// is there, when it is at most 25 percent heavier; else the current bell until
// 3 sets of 12 are reached, and only then the next size with 3 sets of 6. With
// no larger bell it stays and adds repeats. A step across the limit of moderate
// bells carries a warning, because only the therapist lifts that limit.
// available may mix units and need not hold the current bell.
func (l *Library) NextBell(current domain.Mass, available []domain.Mass) (BellStep, error) {
	if current.Value.Sign() <= 0 || !current.Unit.Valid() {
		return BellStep{}, domain.Problems{{Field: "current", Text: "must be a bell above 0, in kg or lb"}}
	}
	if len(available) == 0 {
		return BellStep{}, ErrNoKettlebells
	}
	stay := beforeLargeJump
	next, found := largerBell(current, available)
	if !found {
		return BellStep{Load: current, Scheme: &stay,
			Text:    fmt.Sprintf("Add repeats up to %s.", stay),
			Warning: fmt.Sprintf("There is no bell larger than %s in the list.", current)}, nil
	}
	rise := risePercent(current, next)
	if rise.Cmp(big.NewRat(bellJumpPercent, 1)) > 0 {
		return BellStep{Load: current, Scheme: &stay, Text: fmt.Sprintf(
			"The next bell, %s, is more than %d percent heavier (%s). First %s at %s, then %s at %s.",
			next, bellJumpPercent, percentText(rise), stay, current, afterLargeJump, next)}, nil
	}
	step := BellStep{Load: next, Text: fmt.Sprintf("The next bell, %s, is at most %d percent heavier (%s).", next, bellJumpPercent, percentText(rise))}
	limit := l.bellLimit(next.Unit)
	if next.Cmp(limit) > 0 && current.Cmp(limit) <= 0 {
		step.Warning = fmt.Sprintf("%s is above the limit of %s for kettlebells. Use it only when the therapist lifts the limit.", next, limit)
	}
	return step, nil
}

// bellLimit is the most that a moderate bell weighs, as labelled in the unit.
func (l *Library) bellLimit(unit domain.MassUnit) domain.Mass {
	if unit == domain.Pound {
		return domain.Mass{Value: l.Loads.ModerateMaxLb, Unit: unit}
	}
	return domain.Mass{Value: l.Loads.ModerateMaxKg, Unit: unit}
}

// largerBell is the smallest bell above current.
func largerBell(current domain.Mass, available []domain.Mass) (best domain.Mass, found bool) {
	for _, b := range available {
		if b.Cmp(current) > 0 && (!found || b.Cmp(best) < 0) {
			best, found = b, true
		}
	}
	return best, found
}

// risePercent is how much heavier next is, exact.
func risePercent(current, next domain.Mass) *big.Rat {
	from := current.In(domain.Kilogram)
	r := new(big.Rat).Sub(next.In(domain.Kilogram), from)
	return r.Mul(r.Quo(r, from), big.NewRat(100, 1))
}

// percentText writes a percentage for people, to one place.
func percentText(r *big.Rat) string { return roundTenth(r).String() + " percent" }

// ReducedBell returns the largest bell that is at most that percentage of the
// last one, e.g. 70 after a flare of four to seven days: a step back is rounded
// down. ok is false when no bell is light enough; then the way back is an
// earlier sub-stage.
func ReducedBell(last domain.Mass, percent domain.Decimal, available []domain.Mass) (bell domain.Mass, ok bool) {
	limit := percentOf(percent, last.In(domain.Kilogram))
	for _, b := range available {
		if b.In(domain.Kilogram).Cmp(limit) <= 0 && (!ok || b.Cmp(bell) > 0) {
			bell, ok = b, true
		}
	}
	return bell, ok
}
