package course

import (
	"math/big"
	"slices"

	"backtobar/domain"
)

// Weights are all the weights that there are for a lift: the sizes of the
// bells, or every total that the bars and plates make. NewWeights sorts them.
type Weights []domain.Mass

// NewWeights returns the list sorted, the lightest first, each once.
func NewWeights(list []domain.Mass) Weights {
	w := slices.Clone(list)
	slices.SortStableFunc(w, domain.Mass.Cmp)
	return slices.CompactFunc(w, func(a, b domain.Mass) bool { return a.Cmp(b) == 0 })
}

// after is the place of the first weight above m.
func (w Weights) after(m domain.Mass) int {
	i, found := slices.BinarySearchFunc(w, m, domain.Mass.Cmp)
	if found {
		i++
	}
	return i
}

// AtMost returns the heaviest weight that is not above m; ok is false when even
// the lightest is.
func (w Weights) AtMost(m domain.Mass) (load domain.Mass, ok bool) {
	if i := w.after(m); i > 0 {
		return w[i-1], true
	}
	return domain.Mass{}, false
}

// Above returns the lightest weight above m; ok is false when there is none.
func (w Weights) Above(m domain.Mass) (load domain.Mass, ok bool) {
	if i := w.after(m); i < len(w) {
		return w[i], true
	}
	return domain.Mass{}, false
}

// Below returns the heaviest weight below m; ok is false when there is none.
func (w Weights) Below(m domain.Mass) (load domain.Mass, ok bool) {
	i, _ := slices.BinarySearchFunc(w, m, domain.Mass.Cmp)
	if i > 0 {
		return w[i-1], true
	}
	return domain.Mass{}, false
}

// share returns percent of m, rounded down to a millionth.
func share(m domain.Mass, percent domain.Decimal) domain.Mass {
	v := new(big.Rat).Mul(percent.Rat(), m.Value.Rat())
	return domain.Mass{Value: domain.DecimalFromRat(v.Quo(v, big.NewRat(100, 1))), Unit: m.Unit}
}

// risePercent is how much heavier next is, in percent.
func risePercent(from, next domain.Mass) *big.Rat {
	base := from.In(domain.Kilogram)
	r := new(big.Rat).Sub(next.In(domain.Kilogram), base)
	return r.Mul(r.Quo(r, base), big.NewRat(100, 1))
}

// lighter returns the lighter of two masses; nil is no mass at all and loses.
func lighter(a, b *domain.Mass) *domain.Mass {
	if a == nil || b != nil && b.Cmp(*a) < 0 {
		return b
	}
	return a
}

func sameMass(a, b *domain.Mass) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Cmp(*b) == 0
}

// worked returns the weight of the sets: that of the lightest set when all were
// at least as heavy as planned, else the planned one, so that a lighter set
// never passes for the planned weight. Nil without a weight.
func (e *Exercise) worked() *domain.Mass {
	planned := e.Prescribed.Load
	if planned == nil {
		return nil
	}
	var least *domain.Mass
	for _, set := range e.Done {
		load := planned
		if set.Load != nil {
			load = set.Load
		}
		least = lighter(least, load)
	}
	if least == nil || least.Cmp(*planned) < 0 {
		return planned
	}
	return least
}

// aimed is the exact target behind the worked weight.
func (e *Exercise) aimed() *domain.Mass {
	load := e.worked()
	if load != nil && e.Prescribed.Target != nil && sameMass(load, e.Prescribed.Load) {
		return e.Prescribed.Target
	}
	return load
}

// asked is the repeats, or seconds, of one planned set.
func (w Work) asked() int { return max(w.Reps, w.Seconds) }

// counted returns the work done in each set that counts: with at least the
// worked weight, no more than a planned set, the most first.
func (e *Exercise) counted() []int {
	load := e.worked()
	out := make([]int, 0, len(e.Done))
	for _, set := range e.Done {
		if load != nil && set.Load != nil && set.Load.Cmp(*load) < 0 {
			continue
		}
		out = append(out, min(max(set.Reps, set.Seconds), e.Prescribed.asked()))
	}
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return out
}

// doneShare is how much of the planned work was done, 0 to 100 percent. Every
// planned set must be full: more repeats in one never make up for another.
func (e *Exercise) doneShare() *domain.Decimal {
	total := e.Prescribed.Sets * e.Prescribed.asked()
	done := 0
	for i, n := range e.counted() {
		if i < e.Prescribed.Sets {
			done += n
		}
	}
	return percentage(done, total)
}

// faultShare is how many of the repeats done had a fault, in percent.
func (e *Exercise) faultShare() *domain.Decimal {
	done := 0
	for _, set := range e.Done {
		done += set.Reps
	}
	return percentage(e.FaultyReps, done)
}

// percentage rounds down; of nothing it is 0.
func percentage(part, whole int) *domain.Decimal {
	d := domain.Decimal{}
	switch {
	case whole > 0 && part == whole:
		d = domain.NewDecimal(100)
	case whole > 0 && part > 0:
		d = domain.DecimalFromRat(big.NewRat(int64(part)*100, int64(whole)))
	}
	return &d
}
