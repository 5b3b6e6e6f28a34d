package program

import (
	"fmt"
	"math/big"

	"backtobar/domain"
)

// EstimateRules are the limits within which a working set says something about
// the strongest single lift (clinic defaults): an easier or longer set gives a
// number that is too low or too rough.
type EstimateRules struct {
	// MaxRIR is the most repetitions in reserve, MaxReps the most repeats and
	// reserve together.
	MaxRIR  int    `json:"max_rir"`
	MaxReps int    `json:"max_reps"`
	Source  string `json:"source"`
}

func (r EstimateRules) check(p *domain.Problems) {
	// Brzycki's formula has no answer from 37 on.
	if r.MaxRIR < 0 || r.MaxReps < 1 || r.MaxReps > 30 || r.Source == "" {
		p.Add("estimate", "needs limits of reserve and repeats, the repeats from 1 to 30, and a source")
	}
}

// What can be typed for one set.
const (
	maxTarget  = 1000
	setMaxReps = 100
	setMaxRIR  = 30
)

// Estimate is an estimated one-repetition maximum, or why there is none.
type Estimate struct {
	// Value is rounded to 0.1, in the unit of the load; nil when the set does
	// not allow an estimate.
	Value *domain.Decimal
	// Reason says why there is none, "" with a value.
	Reason string
	// Formula names the lower of the two; both, when they agree.
	Formula string
}

// EstimateMax estimates the one-repetition maximum from a working set: the
// load, the repeats done, and the repetitions left in reserve. It takes the
// lower of Epley and Brzycki, computed exactly and rounded to 0.1, half up
// (away from zero: loads are positive). A load, repeats or reserve out of
// range are a Problems error. True maximum tests are not used in this program.
func (l *Library) EstimateMax(load domain.Decimal, reps int, rir domain.Decimal) (Estimate, error) {
	var p domain.Problems
	if load.Sign() <= 0 || load.Cmp(domain.NewDecimal(maxTarget)) > 0 {
		p.Add("load", fmt.Sprintf("must be above 0 and at most %d", maxTarget))
	}
	if reps < 1 || reps > setMaxReps {
		p.Add("reps", fmt.Sprintf("must be from 1 to %d", setMaxReps))
	}
	if rir.Sign() < 0 || rir.Cmp(domain.NewDecimal(setMaxRIR)) > 0 {
		p.Add("rir", fmt.Sprintf("must be from 0 to %d", setMaxRIR))
	}
	if err := p.Err(); err != nil {
		return Estimate{}, err
	}
	if rir.Cmp(domain.NewDecimal(l.Estimate.MaxRIR)) > 0 {
		return Estimate{Reason: fmt.Sprintf("No estimate yet, progress by effort: more than %d repetitions were left in reserve.", l.Estimate.MaxRIR)}, nil
	}
	r := domain.NewDecimal(reps).Add(rir)
	if r.Cmp(domain.NewDecimal(l.Estimate.MaxReps)) > 0 {
		return Estimate{Reason: fmt.Sprintf("No estimate yet, progress by effort: repeats and reserve together are more than %d.", l.Estimate.MaxReps)}, nil
	}
	value, formula := lowerEstimate(load.Rat(), r.Rat())
	d := roundTenth(value)
	return Estimate{Value: &d, Formula: formula}, nil
}

// lowerEstimate returns the lower of the two formulas for w lifted r times at
// most, 1 <= r <= 10. At r = 1 both are w: Epley's is defined so.
func lowerEstimate(w, r *big.Rat) (*big.Rat, string) {
	one := big.NewRat(1, 1)
	epley := new(big.Rat).Set(w)
	if r.Cmp(one) > 0 {
		share := new(big.Rat).Quo(r, big.NewRat(30, 1))
		epley.Mul(w, share.Add(share, one))
	}
	brzycki := new(big.Rat).Mul(w, big.NewRat(36, 1))
	brzycki.Quo(brzycki, new(big.Rat).Sub(big.NewRat(37, 1), r))
	switch epley.Cmp(brzycki) {
	case -1:
		return epley, "Epley"
	case 0:
		return epley, "Epley and Brzycki"
	}
	return brzycki, "Brzycki"
}

// roundTenth rounds a positive number to one place, half up.
func roundTenth(r *big.Rat) domain.Decimal {
	tenths := new(big.Rat).Mul(r, big.NewRat(10, 1))
	tenths.Add(tenths, big.NewRat(1, 2))
	whole := new(big.Int).Div(tenths.Num(), tenths.Denom())
	return domain.DecimalFromRat(new(big.Rat).SetFrac(whole, big.NewInt(10)))
}
