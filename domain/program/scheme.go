package program

import (
	"fmt"

	"backtobar/domain"
)

// Scheme is sets of repeats.
type Scheme struct {
	Sets int `json:"sets"`
	Reps int `json:"reps"`
}

// String writes the scheme in words.
func (s Scheme) String() string { return fmt.Sprintf("%d sets of %d", s.Sets, s.Reps) }

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
