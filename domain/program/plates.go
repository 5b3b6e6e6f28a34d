package program

import (
	"fmt"
	"math/big"
	"slices"

	"backtobar/domain"
)

// PlatePairs is how many pairs of one plate there are. The same mass may be
// listed again: a wide and a small plate of 10 kg are two lines.
type PlatePairs struct {
	// Plate is the mass of one plate, 0.1 to 100, with at most three decimals.
	Plate domain.Decimal `json:"plate"`
	// Count is 0 to 100 pairs.
	Count int `json:"count"`
}

// BarbellSet is a bar and the plates that are there, all in one unit. Collars
// count as part of the bar.
type BarbellSet struct {
	Unit  domain.MassUnit
	Bar   domain.Decimal
	Pairs []PlatePairs
}

// BarbellLoad is a weight that can be put on the bar.
type BarbellLoad struct {
	// Load is the bar and all plates; PerSide the plates of one side, the
	// heaviest first, never nil.
	Load    domain.Mass
	PerSide []domain.Decimal
	// Warning is a sentence when the bar alone is above the target, else "".
	Warning string
}

const (
	maxPlateKinds = 20
	maxPairs      = 100
	maxTarget     = 1000
	maxBar        = 100
	maxPlate      = 100
)

var (
	minPlate = domain.MustDecimal("0.1")
	minBar   = domain.NewDecimal(1)
)

// Check returns what is wrong with the set, with the fields "unit", "bar",
// "pairs" and "pairs[0].plate".
func (b BarbellSet) Check() (p domain.Problems) {
	if !b.Unit.Valid() {
		p.Add("unit", "is required: kg or lb")
	}
	if b.Bar.Cmp(minBar) < 0 || b.Bar.Cmp(domain.NewDecimal(maxBar)) > 0 {
		p.Add("bar", fmt.Sprintf("must be from %s to %d", minBar, maxBar))
	}
	if len(b.Pairs) > maxPlateKinds {
		p.Add("pairs", fmt.Sprintf("list at most %d plates", maxPlateKinds))
	}
	for i, pair := range b.Pairs {
		at := fmt.Sprintf("pairs[%d]", i)
		if pair.Plate.Cmp(minPlate) < 0 || pair.Plate.Cmp(domain.NewDecimal(maxPlate)) > 0 {
			p.Add(at+".plate", fmt.Sprintf("must be from %s to %d", minPlate, maxPlate))
		} else if !pair.Plate.Mul(1000).IsWhole() {
			p.Add(at+".plate", "must have at most three decimal places")
		}
		if pair.Count < 0 || pair.Count > maxPairs {
			p.Add(at+".count", fmt.Sprintf("must be from 0 to %d pairs", maxPairs))
		}
	}
	return p
}

// Heaviest returns the heaviest total that can be loaded without going above
// the target, under the pairs that are there. It is not greedy: for 60 on a bar
// of 20 with one pair of 15 and two of 10 it finds 10 and 10 a side, where the
// heaviest plate first would end at 50. Among the ways to load it takes the one
// with the fewest plates, and of those the one with the heaviest plate first.
// When nothing fits it is the bar alone, with a warning when the bar itself is
// above the target. The error is the Problems of Check or of the target, which
// must be above 0 and at most 1000.
func (b BarbellSet) Heaviest(target domain.Decimal) (BarbellLoad, error) {
	p := b.Check()
	if target.Sign() <= 0 || target.Cmp(domain.NewDecimal(maxTarget)) > 0 {
		p.Add("target", fmt.Sprintf("must be above 0 and at most %d", maxTarget))
	}
	if err := p.Err(); err != nil {
		return BarbellLoad{}, err
	}
	out := BarbellLoad{Load: domain.Mass{Value: b.Bar, Unit: b.Unit}, PerSide: []domain.Decimal{}}
	if target.Cmp(b.Bar) < 0 {
		want := domain.Mass{Value: target, Unit: b.Unit}
		out.Warning = fmt.Sprintf("The bar alone, %s, is above the target of %s. Use a lighter bar, or stay with the kettlebell.", out.Load, want)
		return out, nil
	}
	out.PerSide = loadSide(target.Sub(b.Bar), b.Pairs)
	for _, plate := range out.PerSide {
		out.Load.Value = out.Load.Value.Add(plate.Mul(2))
	}
	return out, nil
}

// loadSide returns the plates of one side for at most that much on both.
func loadSide(both domain.Decimal, pairs []PlatePairs) []domain.Decimal {
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p PlatePairs) bool { return p.Count == 0 })
	slices.SortFunc(pairs, func(a, b PlatePairs) int { return b.Plate.Cmp(a.Plate) })
	if len(pairs) == 0 {
		return []domain.Decimal{}
	}
	// All masses as whole numbers of the largest common step, so that the
	// table below is as small as the plates allow.
	step, all := int64(0), int64(0)
	for _, p := range pairs {
		step = gcd(micros(p.Plate), step)
		all += micros(p.Plate) * int64(p.Count)
	}
	room := int(min(micros(both)/2, all) / step)
	weights := make([]int, len(pairs))
	for i, p := range pairs {
		weights[i] = int(micros(p.Plate) / step)
	}
	fewest := fewestPlates(weights, pairs, room)
	load := room
	for fewest[0][load] >= impossible {
		load--
	}
	side := []domain.Decimal{}
	for i, p := range pairs {
		// As many of the heavier plate as a best way allows.
		k := min(p.Count, load/weights[i])
		for fewest[i+1][load-k*weights[i]]+uint16(k) != fewest[i][load] {
			k--
		}
		for range k {
			side = append(side, p.Plate)
		}
		load -= k * weights[i]
	}
	return side
}

// impossible, or more, marks a sum that no plates make. It is larger than any
// count of plates, 20 kinds of 100, and such a count more still fits.
const impossible = 1 << 14

// fewestPlates returns, for each i, how few of the plates i, i+1, ... make
// each sum from 0 to room. A count is split in 1, 2, 4, ... and the rest, whose
// sums are all the numbers up to it, so that each is tried at most once.
func fewestPlates(weights []int, pairs []PlatePairs, room int) [][]uint16 {
	fewest := make([][]uint16, len(pairs)+1)
	last := make([]uint16, room+1)
	for s := range last[1:] {
		last[s+1] = impossible
	}
	fewest[len(pairs)] = last
	for i := len(pairs) - 1; i >= 0; i-- {
		f := slices.Clone(fewest[i+1])
		for left, k := pairs[i].Count, 1; left > 0; left, k = left-k, 2*k {
			k = min(k, left)
			for s := room; s >= k*weights[i]; s-- {
				f[s] = min(f[s], f[s-k*weights[i]]+uint16(k))
			}
		}
		fewest[i] = f
	}
	return fewest
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// micros is the number in millionths.
func micros(d domain.Decimal) int64 {
	r := d.Rat()
	return new(big.Int).Div(new(big.Int).Mul(r.Num(), big.NewInt(1_000_000)), r.Denom()).Int64()
}

// firstBarbellShare of the last kettlebell is the first barbell load (clinic
// default).
var firstBarbellShare = domain.NewDecimal(125)

// FirstBarbell returns the first load of sub-stage 3A: 1.25 times the last
// kettlebell of 2D rounded down to what can be loaded, and at least the bar.
// The bell may have another unit than the set; it is converted exactly.
func (b BarbellSet) FirstBarbell(bell domain.Mass) (BarbellLoad, error) {
	target := domain.DecimalFromRat(percentOf(firstBarbellShare, bell.In(b.Unit)))
	if target.Sign() > 0 && target.Cmp(b.Bar) < 0 {
		target = b.Bar
	}
	return b.Heaviest(target)
}
