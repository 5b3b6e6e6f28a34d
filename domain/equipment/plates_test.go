package equipment_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// pairs reads "20x2 1.25x1": plates and how many pairs.
func pairs(text string) []equipment.Pairs {
	out := []equipment.Pairs{}
	for _, word := range strings.Fields(text) {
		plate, count, _ := strings.Cut(word, "x")
		n := domain.MustDecimal(count).Rat()
		out = append(out, equipment.Pairs{Plate: domain.MustDecimal(plate), Count: int(n.Num().Int64())})
	}
	return out
}

func sideWords(side []domain.Decimal) string {
	words := make([]string, len(side))
	for i, d := range side {
		words[i] = d.String()
	}
	return strings.Join(words, " ")
}

func mass(value string, unit domain.MassUnit) domain.Mass {
	return domain.Mass{Value: domain.MustDecimal(value), Unit: unit}
}

const (
	kgPlates = "25x2 20x2 15x2 10x2 5x2 2.5x2 1.25x2"
	lbPlates = "45x4 35x1 25x2 10x2 5x2 2.5x2"
)

func TestHeaviestLoadable(t *testing.T) {
	for _, c := range []struct {
		name, bar, pairs, target string
		unit                     domain.MassUnit
		load, side               string
	}{
		{"C19", "20", kgPlates, "63.7", domain.Kilogram, "62.5", "20 1.25"},
		{"C20", "45", lbPlates, "104", domain.Pound, "100", "25 2.5"},
		{"exact", "20", kgPlates, "62.5", domain.Kilogram, "62.5", "20 1.25"},
		{"a_hair_below", "20", kgPlates, "62.499999", domain.Kilogram, "60", "20"},
		{"a_hair_above", "20", kgPlates, "62.500001", domain.Kilogram, "62.5", "20 1.25"},
		{"185_lb", "45", lbPlates, "185", domain.Pound, "185", "45 25"},
		{"150_lb", "45", lbPlates, "150", domain.Pound, "150", "45 5 2.5"},
		{"135_lb", "45", lbPlates, "135", domain.Pound, "135", "45"},
		{"47.4_kg", "20", kgPlates, "47.4", domain.Kilogram, "45", "10 2.5"},
		{"bar_is_the_target", "20", kgPlates, "20", domain.Kilogram, "20", ""},
		{"nothing_fits", "20", kgPlates, "22.4", domain.Kilogram, "20", ""},
		{"smallest_pair", "20", kgPlates, "22.5", domain.Kilogram, "22.5", "1.25"},
		{"no_plates", "20", "", "100", domain.Kilogram, "20", ""},
		{"no_pairs", "20", "25x0", "100", domain.Kilogram, "20", ""},
		{"all_plates", "20", "10x1 5x2", "500", domain.Kilogram, "60", "10 5 5"},
		{"light_bar", "15", kgPlates, "30", domain.Kilogram, "30", "5 2.5"},
		// The heaviest plate first would stop short of these.
		{"not_greedy", "20", "15x1 10x2", "60", domain.Kilogram, "60", "10 10"},
		{"not_greedy_lb", "45", "45x1 35x2 2.5x1", "185", domain.Pound, "185", "35 35"},
		{"pairs_run_out", "20", "20x1 15x2 1.25x1", "80", domain.Kilogram, "80", "15 15"},
		// Fewest plates, and of those the heaviest first.
		{"fewest", "20", "10x2 5x4 2.5x4", "60", domain.Kilogram, "60", "10 10"},
		{"heaviest_first", "20", "20x1 15x1 10x1 5x1", "70", domain.Kilogram, "70", "20 5"},
		{"order_of_the_list", "20", "5x1 10x1 15x1 20x1", "70", domain.Kilogram, "70", "20 5"},
		{"same_plate_twice", "20", "10x1 5x1 10x1", "60", domain.Kilogram, "60", "10 10"},
		{"fractions", "20", "0.25x1 0.5x1 0.125x1", "21.3", domain.Kilogram, "21.25", "0.5 0.125"},
		{"odd_plates", "20", "9.07x1 11.34x2", "65.36", domain.Kilogram, "65.36", "11.34 11.34"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := equipment.Set{Unit: c.unit, Bar: domain.MustDecimal(c.bar), Pairs: pairs(c.pairs)}
			got, err := set.Heaviest(domain.MustDecimal(c.target))
			if err != nil || got.Warning != "" {
				t.Fatalf("%q, %v", got.Warning, err)
			}
			if got.Load != mass(c.load, c.unit) || sideWords(got.PerSide) != c.side || got.PerSide == nil {
				t.Errorf("%v with %q a side, want %s with %q", got.Load, sideWords(got.PerSide), c.load, c.side)
			}
		})
	}
}

func TestTargetBelowTheBar(t *testing.T) {
	set := equipment.Set{Unit: domain.Pound, Bar: domain.NewDecimal(45), Pairs: pairs(lbPlates)}
	got, err := set.Heaviest(domain.MustDecimal("44.9"))
	if err != nil || got.Load != mass("45", domain.Pound) || len(got.PerSide) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if want := "The bar alone, 45 pounds, is above the target of 44.9 pounds."; !strings.HasPrefix(got.Warning, want) {
		t.Errorf("warning %q", got.Warning)
	}
}

func TestBarbellSetRefuses(t *testing.T) {
	for _, c := range []struct{ unit, bar, pairs, target, want string }{
		{"st", "20", "", "50", "unit: is required: kg or lb"},
		{"kg", "0", "", "50", "bar: must be from 1 to 100"},
		{"kg", "100.1", "", "500", "bar: must be from 1 to 100"},
		{"kg", "20", "", "0", "target: must be above 0 and at most 1000"},
		{"kg", "20", "", "-5", "target: must be above 0 and at most 1000"},
		{"kg", "20", "", "1000.5", "target: must be above 0 and at most 1000"},
		{"kg", "20", "20x1 0.05x1", "50", "pairs[1].plate: must be from 0.1 to 100"},
		{"kg", "20", "101x1", "50", "pairs[0].plate: must be from 0.1 to 100"},
		{"kg", "20", "1.0005x1", "50", "pairs[0].plate: must have at most three decimal places"},
		{"kg", "20", "20x101", "50", "pairs[0].count: must be from 0 to 100 pairs"},
		{"kg", "20", "20x-1", "50", "pairs[0].count: must be from 0 to 100 pairs"},
		{"kg", "20", strings.Repeat("5x1 ", 21), "50", "pairs: list at most 20 plates"},
	} {
		set := equipment.Set{Unit: domain.MassUnit(c.unit), Bar: domain.MustDecimal(c.bar), Pairs: pairs(c.pairs)}
		if _, err := set.Heaviest(domain.MustDecimal(c.target)); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// TestEdgesOfASetAreAllowed: both ends of every range.
func TestEdgesOfASetAreAllowed(t *testing.T) {
	for _, c := range []struct{ bar, pairs, target, want string }{
		{"1", "", "1000", "1"},
		{"100", "", "100", "100"},
		{"20", "0.1x1 100x1", "1000", "220.2"},
		{"20", "4x100", "1000", "820"},
		{"20", strings.Repeat("5x1 ", 20), "1000", "220"},
	} {
		set := equipment.Set{Unit: domain.Kilogram, Bar: domain.MustDecimal(c.bar), Pairs: pairs(c.pairs)}
		if got, err := set.Heaviest(domain.MustDecimal(c.target)); err != nil || got.Load != mass(c.want, domain.Kilogram) {
			t.Errorf("bar %s, %q: %v, %v; want %s", c.bar, c.pairs, got.Load, err, c.want)
		}
	}
}

// everyWay tries every number of every plate and returns the plates of the best
// side within half of both: heaviest, then fewest, then heaviest plate first.
func everyWay(both domain.Decimal, have []equipment.Pairs) []domain.Decimal {
	have = slices.Clone(have)
	slices.SortFunc(have, func(a, b equipment.Pairs) int { return b.Plate.Cmp(a.Plate) })
	var best []domain.Decimal
	bestSum := domain.Decimal{}
	var try func(i int, side []domain.Decimal, sum domain.Decimal)
	try = func(i int, side []domain.Decimal, sum domain.Decimal) {
		if sum.Mul(2).Cmp(both) > 0 {
			return
		}
		if i == len(have) {
			if better := sum.Cmp(bestSum); better > 0 || better == 0 && (len(side) < len(best) ||
				len(side) == len(best) && slices.CompareFunc(side, best, domain.Decimal.Cmp) > 0) {
				best, bestSum = slices.Clone(side), sum
			}
			return
		}
		for k := 0; k <= have[i].Count; k++ {
			try(i+1, side, sum)
			side, sum = append(side, have[i].Plate), sum.Add(have[i].Plate)
		}
	}
	try(0, nil, domain.Decimal{})
	return best
}

// TestHeaviestEqualsEveryWay holds the solver to trying every way, for small
// random racks with real and odd plates in both units.
func TestHeaviestEqualsEveryWay(t *testing.T) {
	plates := strings.Fields("45 35 25 20 15 10 5 2.5 2 1.5 1.25 1 0.5 0.25 0.125 11.34 9.07 7 3 0.7")
	rapid.Check(t, func(t *rapid.T) {
		set := equipment.Set{Unit: rapid.SampledFrom([]domain.MassUnit{domain.Kilogram, domain.Pound}).Draw(t, "unit"),
			Bar: domain.NewDecimal(rapid.IntRange(5, 45).Draw(t, "bar"))}
		for range rapid.IntRange(0, 5).Draw(t, "kinds") {
			set.Pairs = append(set.Pairs, equipment.Pairs{
				Plate: domain.MustDecimal(rapid.SampledFrom(plates).Draw(t, "plate")), Count: rapid.IntRange(0, 4).Draw(t, "count")})
		}
		over := domain.MustDecimal("0.01").Mul(rapid.IntRange(0, 20_000).Draw(t, "over"))
		target := set.Bar.Add(over)
		got, err := set.Heaviest(target)
		if err != nil {
			t.Fatal(err)
		}
		if want := everyWay(over, set.Pairs); sideWords(got.PerSide) != sideWords(want) {
			t.Fatalf("%s with %v: %q, best is %q", target, set.Pairs, sideWords(got.PerSide), sideWords(want))
		}
		sum := set.Bar
		for _, p := range got.PerSide {
			sum = sum.Add(p.Mul(2))
		}
		if got.Load != (domain.Mass{Value: sum, Unit: set.Unit}) || sum.Cmp(target) > 0 {
			t.Fatalf("load %v, plates make %s, target %s", got.Load, sum, target)
		}
	})
}

// realRacks are full racks with every fractional plate on sale.
var realRacks = map[domain.MassUnit]string{
	domain.Kilogram: "25x8 20x4 15x4 10x4 5x4 2.5x4 2x2 1.5x2 1.25x2 1x2 0.5x2 0.25x2",
	domain.Pound:    "55x2 45x10 35x4 25x4 10x6 5x4 2.5x4 1.25x2 1x2 0.75x1 0.5x2 0.25x2",
}

func BenchmarkHeaviest(b *testing.B) {
	for unit, rack := range realRacks {
		b.Run(string(unit), func(b *testing.B) {
			set := equipment.Set{Unit: unit, Bar: domain.NewDecimal(20), Pairs: pairs(rack)}
			for b.Loop() {
				if _, err := set.Heaviest(domain.MustDecimal("223.7")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("worst_allowed", func(b *testing.B) {
		set := equipment.Set{Unit: domain.Kilogram, Bar: domain.NewDecimal(1)}
		for i := range 20 {
			set.Pairs = append(set.Pairs, equipment.Pairs{Plate: domain.MustDecimal("50.001").Add(domain.MustDecimal("0.001").Mul(i)), Count: 100})
		}
		for b.Loop() {
			if _, err := set.Heaviest(domain.NewDecimal(1000)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
