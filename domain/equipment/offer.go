package equipment

import (
	"slices"

	"backtobar/domain"
)

// Totals returns every weight that the bars of the unit can be loaded to, the
// lightest first; of all bars when none has that unit. With fromFloor only those
// that lie at standard height, by a full-diameter pair or by blocks. Nil when no
// bar is set up.
func (i Inventory) Totals(prefer domain.MassUnit, fromFloor bool) []domain.Mass {
	var out []domain.Mass
	for _, s := range i.usable(prefer) {
		for _, t := range s.totals(fromFloor && len(i.Blocks) == 0) {
			out = append(out, domain.Mass{Value: t, Unit: s.Unit})
		}
	}
	slices.SortStableFunc(out, domain.Mass.Cmp)
	return slices.CompactFunc(out, func(a, b domain.Mass) bool { return a.Cmp(b) == 0 })
}

// usable are the sets of the preferred unit, all when it has none.
func (i Inventory) usable(prefer domain.MassUnit) []Set {
	sets := i.Sets()
	if own := slices.DeleteFunc(slices.Clone(sets), func(s Set) bool { return s.Unit != prefer }); len(own) > 0 {
		return own
	}
	return sets
}

// totals are the totals up to maxTarget, with wide only those with a wide pair
// on the bar.
func (s Set) totals(wide bool) []domain.Decimal {
	// For each total: whether a wide pair is on.
	sums := map[domain.Decimal]bool{s.Bar: false}
	most := domain.NewDecimal(maxTarget)
	for _, p := range s.Pairs {
		next := map[domain.Decimal]bool{}
		for sum, on := range sums {
			for n := 0; n <= p.Count; n++ {
				total := sum.Add(p.Plate.Mul(2 * n))
				if total.Cmp(most) > 0 {
					break
				}
				next[total] = next[total] || on || p.Wide && n > 0
			}
		}
		sums = next
	}
	var out []domain.Decimal
	for sum, on := range sums {
		if on || !wide {
			out = append(out, sum)
		}
	}
	slices.SortFunc(out, domain.Decimal.Cmp)
	return out
}

// Offer says what is there instead of a weight that is not: the next lighter and
// the next heavier one. "" when the weight is there, or when nothing is set up
// to compare it with. there is sorted, the lightest first.
func Offer(want domain.Mass, there []domain.Mass) string {
	at, found := slices.BinarySearchFunc(there, want, domain.Mass.Cmp)
	switch {
	case found || len(there) == 0:
		return ""
	case at == 0:
		return "This weight is not on the clinic's list. The lightest is " + there[0].String() + "."
	case at == len(there):
		return "This weight is not on the clinic's list. The heaviest is " + there[at-1].String() + "."
	}
	return "This weight is not on the clinic's list. The nearest are " + there[at-1].String() + " and " + there[at].String() + "."
}

// InBothUnits reports whether the number is on the list in kilograms and in
// pounds, so that without its unit it says nothing.
func InBothUnits(number domain.Decimal, there []domain.Mass) bool {
	has := func(unit domain.MassUnit) bool {
		return slices.ContainsFunc(there, func(m domain.Mass) bool { return m.Unit == unit && m.Value.Cmp(number) == 0 })
	}
	return has(domain.Kilogram) && has(domain.Pound)
}
