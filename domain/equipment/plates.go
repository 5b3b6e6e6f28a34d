package equipment

import (
	"fmt"
	"math/big"
	"slices"

	"backtobar/domain"
)

// Pairs is how many pairs of one plate there are. The same mass may be listed
// again: a wide and a small plate of 10 kg are two lines.
type Pairs struct {
	// Plate is the mass of one plate, 0.1 to 100, with at most three decimals.
	Plate domain.Decimal `json:"plate"`
	// Count is 0 to 100 pairs.
	Count int `json:"count"`
	// Wide: full diameter, 450 mm, so that the bar lies at standard height.
	Wide bool `json:"wide"`
}

// Set is a bar and the plates that go on it, all in one unit. Collars count as
// part of the bar.
type Set struct {
	Unit  domain.MassUnit
	Bar   domain.Decimal
	Pairs []Pairs
}

// Loaded is a bar with plates on it.
type Loaded struct {
	// Load is the bar and all plates; PerSide the plates of one side, the
	// heaviest first, never nil.
	Load    domain.Mass
	PerSide []domain.Decimal
	// Short is how much the load is below the target, 0 when it is exact or
	// when the bar itself is above the target.
	Short domain.Decimal
	// Warning is a sentence when the bar alone, or the lightest load that can
	// lie at standard height, is above the target; else "".
	Warning string
}

// ShortText says how far the load is below the target, "2.5 pounds short of
// 37.5 pounds"; "" when it is exact.
func (l Loaded) ShortText() string {
	if l.Short.Sign() <= 0 {
		return ""
	}
	short := domain.Mass{Value: l.Short, Unit: l.Load.Unit}
	target := domain.Mass{Value: l.Load.Value.Add(l.Short), Unit: l.Load.Unit}
	return fmt.Sprintf("%s short of %s", short, target)
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
func (s Set) Check() (p domain.Problems) {
	if !s.Unit.Valid() {
		p.Add("unit", "is required: kg or lb")
	}
	if s.Bar.Cmp(minBar) < 0 || s.Bar.Cmp(domain.NewDecimal(maxBar)) > 0 {
		p.Add("bar", fmt.Sprintf("must be from %s to %d", minBar, maxBar))
	}
	if len(s.Pairs) > maxPlateKinds {
		p.Add("pairs", fmt.Sprintf("list at most %d plates", maxPlateKinds))
	}
	for i, pair := range s.Pairs {
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
func (s Set) Heaviest(target domain.Decimal) (Loaded, error) { return s.Change(target, nil) }

// Change is Heaviest for a bar that already has plates on it: among the ways to
// load the heaviest total it takes the one that puts on and takes off the
// fewest plates, and of those the one of Heaviest. on are the plates of one
// side; those that are not in the set come off.
func (s Set) Change(target domain.Decimal, on []domain.Decimal) (Loaded, error) {
	p := s.Check()
	if target.Sign() <= 0 || target.Cmp(domain.NewDecimal(maxTarget)) > 0 {
		p.Add("target", fmt.Sprintf("must be above 0 and at most %d", maxTarget))
	}
	if err := p.Err(); err != nil {
		return Loaded{}, err
	}
	out := Loaded{Load: domain.Mass{Value: s.Bar, Unit: s.Unit}, PerSide: []domain.Decimal{}}
	if target.Cmp(s.Bar) < 0 {
		want := domain.Mass{Value: target, Unit: s.Unit}
		out.Warning = fmt.Sprintf("The bar alone, %s, is above the target of %s. Use a lighter bar, or stay with the kettlebell.", out.Load, want)
		return out, nil
	}
	out.PerSide = loadSide(target.Sub(s.Bar), s.Pairs, on)
	for _, plate := range out.PerSide {
		out.Load.Value = out.Load.Value.Add(plate.Mul(2))
	}
	out.Short = target.Sub(out.Load.Value)
	return out, nil
}

// Floor is Heaviest for a pull from the floor at standard height: at least one
// pair on the bar is full diameter. ok is false when there is no such pair, or
// none that fits below the target; lowest is then the lightest standard load,
// zero without a wide pair.
func (s Set) Floor(target domain.Decimal) (best Loaded, lowest domain.Decimal, ok bool, err error) {
	if best, err = s.Heaviest(target); err != nil {
		return best, lowest, false, err
	}
	for i, pair := range s.Pairs {
		if !pair.Wide || pair.Count == 0 {
			continue
		}
		least := s.Bar.Add(pair.Plate.Mul(2))
		if lowest.Sign() == 0 || least.Cmp(lowest) < 0 {
			lowest = least
		}
		if least.Cmp(target) > 0 {
			continue
		}
		// With the wide pair as part of the bar, the rest is free.
		rest := slices.Clone(s.Pairs)
		rest[i].Count--
		with := Loaded{Load: domain.Mass{Value: least, Unit: s.Unit}, PerSide: loadSide(target.Sub(least), rest, nil)}
		for _, plate := range with.PerSide {
			with.Load.Value = with.Load.Value.Add(plate.Mul(2))
		}
		with.PerSide = append(with.PerSide, pair.Plate)
		slices.SortFunc(with.PerSide, func(a, b domain.Decimal) int { return b.Cmp(a) })
		with.Short = target.Sub(with.Load.Value)
		if !ok || with.better(best) {
			best, ok = with, true
		}
	}
	return best, lowest, ok, nil
}

// better reports whether l is heavier than m, or as heavy with fewer plates, or
// with as many and a heavier one first.
func (l Loaded) better(m Loaded) bool {
	if c := l.Load.Value.Cmp(m.Load.Value); c != 0 {
		return c > 0
	}
	if len(l.PerSide) != len(m.PerSide) {
		return len(l.PerSide) < len(m.PerSide)
	}
	return slices.CompareFunc(l.PerSide, m.PerSide, domain.Decimal.Cmp) > 0
}

// Ramp loads the warm-up sets before the working set, so that as few plates as
// possible are handled on the way: each set is chosen for the one after it. The
// targets are in the set's unit, in order; one below the bar is the bar alone.
func (s Set) Ramp(targets []domain.Decimal, work Loaded) ([]Loaded, error) {
	out := make([]Loaded, len(targets))
	next := work.PerSide
	for i := len(targets) - 1; i >= 0; i-- {
		target := targets[i]
		if target.Cmp(s.Bar) < 0 {
			target = s.Bar
		}
		set, err := s.Change(target, next)
		if err != nil {
			return nil, err
		}
		out[i], next = set, set.PerSide
	}
	return out, nil
}

// kind is one kind of plate: its mass in steps, how many pairs there are and
// how many of them are on the bar.
type kind struct {
	plate           domain.Decimal
	weight, all, on int
}

// loadSide returns the plates of one side for at most that much on both.
func loadSide(both domain.Decimal, pairs []Pairs, on []domain.Decimal) []domain.Decimal {
	kinds, step := plateKinds(pairs, on)
	if len(kinds) == 0 {
		return []domain.Decimal{}
	}
	all := 0
	for _, k := range kinds {
		all += k.weight * k.all
	}
	room := int(min(micros(both)/2/step, int64(all)))
	cheapest := cheapestWays(kinds, room)
	load := room
	for cheapest[0][load] >= impossible {
		load--
	}
	side := []domain.Decimal{}
	for i, k := range kinds {
		// As many of the heavier plate as a best way allows.
		n := min(k.all, load/k.weight)
		for cheapest[i+1][load-n*k.weight]+k.cost(n) != cheapest[i][load] {
			n--
		}
		for range n {
			side = append(side, k.plate)
		}
		load -= n * k.weight
	}
	return side
}

// plateKinds gathers the plates by mass, the heaviest first, as whole numbers of
// the largest common step, so that the table of sums is as small as the plates
// allow.
func plateKinds(pairs []Pairs, on []domain.Decimal) (kinds []kind, step int64) {
	for _, p := range pairs {
		if p.Count == 0 {
			continue
		}
		step = gcd(micros(p.Plate), step)
		i := slices.IndexFunc(kinds, func(k kind) bool { return k.plate == p.Plate })
		if i < 0 {
			i, kinds = len(kinds), append(kinds, kind{plate: p.Plate})
		}
		kinds[i].all += p.Count
	}
	slices.SortFunc(kinds, func(a, b kind) int { return b.plate.Cmp(a.plate) })
	for i := range kinds {
		k := &kinds[i]
		k.weight = int(micros(k.plate) / step)
		for _, plate := range on {
			if plate == k.plate && k.on < k.all {
				k.on++
			}
		}
	}
	return kinds, step
}

const (
	// impossible, or more, marks a sum that no plates make.
	impossible = int32(1) << 28
	// handled is the cost of one plate put on or taken off, beside the cost 1
	// of a plate that is on in the end. It is larger than any count of plates,
	// 20 kinds of 100, so that changes count before plates.
	handled = int32(1) << 12
)

// cost is that of having n of the kind on the bar.
func (k kind) cost(n int) int32 {
	changes := n - k.on
	if changes < 0 {
		changes = -changes
	}
	return int32(n) + int32(changes)*handled //nolint:gosec // at most 2000 plates
}

// cheapestWays returns, for each i, the least cost at which the kinds i, i+1,
// ... make each sum from 0 to room. Those on the bar and those beside it are
// each split in 1, 2, 4, ... and the rest, whose sums are all the numbers up to
// it, so that each is tried at most once. A plate that stays on saves its
// change, so it is never passed over for one beside the bar.
func cheapestWays(kinds []kind, room int) [][]int32 {
	cheapest := make([][]int32, len(kinds)+1)
	last := make([]int32, room+1)
	for s := range last[1:] {
		last[s+1] = impossible
	}
	cheapest[len(kinds)] = last
	for i := len(kinds) - 1; i >= 0; i-- {
		k := kinds[i]
		f := slices.Clone(cheapest[i+1])
		take := func(count int, each int32) {
			for left, n := count, 1; left > 0; left, n = left-n, 2*n {
				n = min(n, left)
				price := int32(n) * each //nolint:gosec // at most 2000 plates
				for s := room; s >= n*k.weight; s-- {
					if from := f[s-n*k.weight]; from < impossible {
						f[s] = min(f[s], from+price)
					}
				}
			}
		}
		if k.on > 0 {
			for s := range f {
				if f[s] < impossible {
					f[s] += int32(k.on) * handled //nolint:gosec // at most 2000 plates
				}
			}
		}
		take(k.on, 1-handled)
		take(k.all-k.on, 1+handled)
		cheapest[i] = f
	}
	return cheapest
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
