package equipment_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// The tests of this file are named after what users of lifting programs
// complain about.

func inventory(t testing.TB, unit domain.MassUnit, bars, wide, small string) equipment.Inventory {
	t.Helper()
	var i equipment.Inventory
	var p [3]string
	var plates []equipment.Plates
	i.Bars, p[0] = equipment.ParseBars(bars, unit)
	i.Plates, p[1] = equipment.ParsePlates(wide, unit, true)
	plates, p[2] = equipment.ParsePlates(small, unit, false)
	i.Plates = append(i.Plates, plates...)
	if p != [3]string{} {
		t.Fatal(p)
	}
	return i
}

func TestComplaintASuggestedWeightThatDoesNotExist(t *testing.T) {
	there := []domain.Mass{mass("35", "lb"), mass("40", "lb")}
	for want, text := range map[string]string{
		"37": "This weight is not on the clinic's list. The nearest are 35 pounds and 40 pounds.",
		"30": "This weight is not on the clinic's list. The lightest is 35 pounds.",
		"41": "This weight is not on the clinic's list. The heaviest is 40 pounds.",
		"35": "", "40": "",
	} {
		if got := equipment.Offer(mass(want, "lb"), there); got != text {
			t.Errorf("%s: %q, want %q", want, got, text)
		}
	}
}

func TestComplaintSixteenTypedWhereSixteenKilogramsWasMeant(t *testing.T) {
	if sizes, _, p := equipment.ParseSizes("35, 16", equipment.Kettlebell, domain.Pound); sizes != nil || !strings.HasPrefix(p, "Is one of the sizes in kilograms?") {
		t.Errorf("%v %q", sizes, p)
	}
	for text, want := range map[string]domain.MassUnit{"16 lb": domain.Pound, "16 kg": domain.Kilogram} {
		if sizes, _, p := equipment.ParseSizes(text, equipment.Kettlebell, domain.Pound); p != "" || len(sizes) != 1 || sizes[0].Unit != want {
			t.Errorf("%s: %v %q", text, sizes, p)
		}
	}
}

func TestComplaintAnEmptyListIsShownAsZero(t *testing.T) {
	var i equipment.Inventory
	if i.Bells() != nil || i.Totals(domain.Pound, false) != nil || equipment.Offer(mass("35", "lb"), i.Bells()) != "" {
		t.Error("an empty inventory has sizes")
	}
	if _, err := i.Bar(mass("100", "lb"), domain.Pound, false); err != equipment.ErrNotSetUp {
		t.Errorf("an empty inventory loads a bar: %v", err)
	}
}

func TestComplaintTheUnitSwitchRelabelsTheData(t *testing.T) {
	bells := []domain.Mass{mass("24", "kg"), mass("53", "lb"), mass("17.5", "lb")}
	text := equipment.SizesText(bells, nil, equipment.Kettlebell, domain.Pound)
	if text != "24 kg, 53, 17.5" {
		t.Errorf("in pounds %q", text)
	}
	back, _, p := equipment.ParseSizes(text, equipment.Kettlebell, domain.Pound)
	if p != "" || !slices.Equal(back, bells) {
		t.Errorf("%v %q", back, p)
	}
	if got := equipment.SizesText(bells, nil, equipment.Kettlebell, domain.Kilogram); got != "24, 53 lb, 17.5 lb" {
		t.Errorf("in kilograms %q", got)
	}
}

func TestComplaintMixedUnitsInOneGym(t *testing.T) {
	i := inventory(t, domain.Pound, "45, 20 kg", "45 x 2, 20 kg x 2", "10, 2.5 kg")
	got, err := i.Bar(mass("140", "lb"), domain.Pound, false)
	if err != nil || got.Load != mass("135", "lb") || sideWords(got.PerSide) != "45" {
		t.Errorf("%v %v %v", got.Load, got.PerSide, err)
	}
	got, err = i.Bar(mass("140", "lb"), domain.Kilogram, false)
	if err != nil || got.Load != mass("60", "kg") || sideWords(got.PerSide) != "20" {
		t.Errorf("%v %v %v", got.Load, got.PerSide, err)
	}
}

func TestComplaintTwoHundredPlatesListedForEvenSteps(t *testing.T) {
	_, ranges, p := equipment.ParseSizes("1 to 200 by 1", equipment.Dumbbell, domain.Pound)
	i := equipment.Inventory{Ranges: ranges}
	if p != "" || len(i.Hands()) != 200 || i.Hands()[199] != mass("200", "lb") || i.Bells() != nil {
		t.Errorf("%q, %d sizes", p, len(i.Hands()))
	}
}

func TestComplaintRoundingForgetsTheBar(t *testing.T) {
	i := inventory(t, domain.Pound, "45", "45 x 4", "35, 25, 10, 5 x 2, 2.5")
	for _, want := range []string{"130", "135", "140"} {
		if got, err := i.Bar(mass(want, "lb"), domain.Pound, false); err != nil || got.Load != mass(want, "lb") {
			t.Errorf("%s: %v %v", want, got.Load, err)
		}
	}
}

func TestComplaintTheStepIsAddedToTheRoundedWeight(t *testing.T) {
	i := inventory(t, domain.Kilogram, "20", "20 x 2", "10")
	// The targets rise by 5; the load follows from each target and never sticks.
	var loads []string
	for target := 60; target <= 80; target += 5 {
		got, err := i.Bar(domain.Mass{Value: domain.NewDecimal(target), Unit: domain.Kilogram}, domain.Kilogram, false)
		if err != nil {
			t.Fatal(err)
		}
		loads = append(loads, got.Load.Value.String())
	}
	if got := strings.Join(loads, " "); got != "60 60 60 60 80" {
		t.Errorf("loads %s", got)
	}
	// 397 and 10 are 407, not 410.
	got, err := inventory(t, domain.Pound, "45", "45 x 8", "2.5").Bar(mass("407", "lb"), domain.Pound, false)
	if err != nil || got.Load != mass("405", "lb") || got.ShortText() != "2 pounds short of 407 pounds" {
		t.Errorf("%v, %q, %v", got.Load, got.ShortText(), err)
	}
}

func TestComplaintTheWarmUpChangesEveryPlate(t *testing.T) {
	i := inventory(t, domain.Pound, "45", "45 x 2, 25 x 2, 10 x 2", "35 x 2, 5 x 2, 2.5 x 2")
	b, err := i.Bar(mass("185", "lb"), domain.Pound, false)
	if err != nil || sideWords(b.PerSide) != "45 25" {
		t.Fatal(b, err)
	}
	sets, err := b.WarmUp([]domain.Decimal{domain.NewDecimal(0), domain.NewDecimal(50), domain.NewDecimal(75)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sets {
		got = append(got, s.Load.Value.String()+": "+sideWords(s.PerSide))
	}
	if want := "45:  | 90: 10 10 2.5 | 135: 45"; strings.Join(got, " | ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " | "), want)
	}
}

func TestComplaintTheLoadIsShortAndNobodySaysSo(t *testing.T) {
	set := equipment.Set{Unit: domain.Pound, Bar: domain.NewDecimal(45), Pairs: pairs("45x1 10x1")}
	got, err := set.Heaviest(domain.MustDecimal("137.5"))
	if err != nil || got.ShortText() != "2.5 pounds short of 137.5 pounds" {
		t.Errorf("%q %v", got.ShortText(), err)
	}
}

// TestBarHeight: a floor start is standard only with a 450 mm pair or blocks.
func TestBarHeight(t *testing.T) {
	usual := equipment.Usual(domain.Pound)
	blocks := inventory(t, domain.Pound, "45", "", "25 x 2, 10, 5")
	blocks.Blocks = []domain.Length{{Value: domain.NewDecimal(4), Unit: domain.Inch}}
	for _, c := range []struct {
		name   string
		inv    equipment.Inventory
		target string
		load   string
		floor  equipment.Floor
		warns  bool
	}{
		{"lowest_with_the_usual_set", usual, "25", "25", equipment.FloorStandard, false},
		{"below_it", usual, "24", "25", equipment.FloorStandard, true},
		{"100_pounds", usual, "100", "100", equipment.FloorStandard, false},
		{"small_plates_alone", inventory(t, domain.Pound, "45", "", "25 x 2, 10"), "95", "95", equipment.FloorBlocks, true},
		{"with_blocks", blocks, "95", "95", equipment.FloorBlocks, false},
		{"a_wide_pair_is_forced", inventory(t, domain.Pound, "45", "10", "25 x 2"), "95", "65", equipment.FloorStandard, false},
	} {
		got, err := c.inv.Bar(mass(c.target, "lb"), domain.Pound, true)
		if err != nil || got.Load != mass(c.load, "lb") || got.Floor != c.floor || (got.Warning != "") != c.warns {
			t.Errorf("%s: %v %q %q, %v", c.name, got.Load, got.Floor, got.Warning, err)
		}
	}
}

// TestFewestChangesEqualsEveryWay holds the plates handled to trying every way.
func TestFewestChangesEqualsEveryWay(t *testing.T) {
	plates := strings.Fields("45 35 25 10 5 2.5")
	rapid.Check(t, func(t *rapid.T) {
		set := equipment.Set{Unit: domain.Pound, Bar: domain.NewDecimal(45)}
		for _, p := range plates {
			set.Pairs = append(set.Pairs, equipment.Pairs{Plate: domain.MustDecimal(p), Count: rapid.IntRange(0, 3).Draw(t, p)})
		}
		first, err := set.Heaviest(domain.NewDecimal(rapid.IntRange(45, 300).Draw(t, "first")))
		if err != nil {
			t.Fatal(err)
		}
		target := domain.NewDecimal(rapid.IntRange(45, 300).Draw(t, "second"))
		got, err := set.Change(target, first.PerSide)
		if err != nil {
			t.Fatal(err)
		}
		best := everyWay(target.Sub(set.Bar), set.Pairs)
		total := set.Bar
		for _, p := range best {
			total = total.Add(p.Mul(2))
		}
		if got.Load.Value != total {
			t.Fatalf("%s, the heaviest is %s", got.Load.Value, total)
		}
		if a, b := changes(first.PerSide, got.PerSide), fewestChanges(total.Sub(set.Bar), set.Pairs, first.PerSide); a != b {
			t.Fatalf("from %q to %q takes %d plates, %d would do", sideWords(first.PerSide), sideWords(got.PerSide), a, b)
		}
	})
}

// changes is how many plates go on or come off one side.
func changes(from, to []domain.Decimal) int {
	n := map[domain.Decimal]int{}
	for _, p := range from {
		n[p]--
	}
	for _, p := range to {
		n[p]++
	}
	sum := 0
	for _, k := range n {
		sum += max(k, -k)
	}
	return sum
}

// fewestChanges tries every side that makes exactly that much on both.
func fewestChanges(exact domain.Decimal, have []equipment.Pairs, from []domain.Decimal) int {
	best := 1 << 20
	var try func(i int, side []domain.Decimal, sum domain.Decimal)
	try = func(i int, side []domain.Decimal, sum domain.Decimal) {
		if i == len(have) {
			if sum.Mul(2).Cmp(exact) == 0 {
				best = min(best, changes(from, side))
			}
			return
		}
		for k := 0; k <= have[i].Count; k++ {
			try(i+1, side, sum)
			side, sum = append(slices.Clone(side), have[i].Plate), sum.Add(have[i].Plate)
		}
	}
	try(0, nil, domain.Decimal{})
	return best
}

// TestTotalsAreWhatCanBeLoaded: every total is its own heaviest load, and from
// the floor it has a wide pair.
func TestTotalsAreWhatCanBeLoaded(t *testing.T) {
	i := inventory(t, domain.Pound, "45, 15", "45 x 2, 5", "25, 10, 2.5")
	for _, floor := range []bool{false, true} {
		totals := i.Totals(domain.Pound, floor)
		if len(totals) < 20 {
			t.Fatalf("%d totals", len(totals))
		}
		for _, want := range totals {
			if got, err := i.Bar(want, domain.Pound, floor); err != nil || got.Load != want || got.Warning != "" || floor && got.Floor != equipment.FloorStandard {
				t.Fatalf("%v: %v %q %v", want, got.Load, got.Warning, err)
			}
		}
	}
}

// TestConversionIsExactThereAndBack: no mass changes by being said in the other
// unit.
func TestConversionIsExactThereAndBack(t *testing.T) {
	perPound := big.NewRat(45359237, 100000000)
	rapid.Check(t, func(t *rapid.T) {
		m := domain.Mass{Value: domain.MustDecimal("0.001").Mul(rapid.IntRange(1, 1_000_000).Draw(t, "value")), Unit: domain.Pound}
		kg := m.In(domain.Kilogram)
		if back := new(big.Rat).Quo(kg, perPound); back.Cmp(m.Value.Rat()) != 0 || m.In(domain.Pound).Cmp(m.Value.Rat()) != 0 {
			t.Fatalf("%v came back as %v", m, back)
		}
	})
}

// FuzzLists: whatever is typed is refused with a sentence or read, and what was
// read comes back the same when it is written and read again.
func FuzzLists(f *testing.F) {
	for _, s := range []string{"", "15, 25", "8 kg,12kg; 35 lb", "5 to 50 by 5", "45 x 4, 2.5", "1e9", "45x4x4", "٣", "-4", "0", "0.0001 kg", `12", 30 cm`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, unit := range []domain.MassUnit{domain.Pound, domain.Kilogram} {
			sizes, ranges, p := equipment.ParseSizes(text, equipment.Dumbbell, unit)
			again, ranges2, p2 := equipment.ParseSizes(equipment.SizesText(sizes, ranges, equipment.Dumbbell, unit), equipment.Dumbbell, unit)
			if p != "" && len(sizes)+len(ranges) > 0 || p2 != "" || !slices.Equal(again, sizes) || !slices.Equal(ranges, ranges2) {
				t.Fatalf("%q: %v %v %q, then %v %v %q", text, sizes, ranges, p, again, ranges2, p2)
			}
			plates, p := equipment.ParsePlates(text, unit, true)
			plates2, p2 := equipment.ParsePlates(equipment.PlatesText(plates, unit, true), unit, true)
			if p2 != "" || !slices.Equal(plates, plates2) || p != "" && plates != nil {
				t.Fatalf("%q: %v %q, then %v %q", text, plates, p, plates2, p2)
			}
			inv := equipment.Inventory{Dumbbells: sizes, Ranges: ranges, Plates: plates, Bars: []domain.Mass{mass("45", "lb")}}
			if len(inv.Check("x")) == 0 {
				for _, m := range inv.Hands() {
					if m.Value.Sign() <= 0 {
						t.Fatalf("%q is a weight of %v", text, m)
					}
				}
			}
		}
	})
}

func BenchmarkTotals(b *testing.B) {
	i := equipment.Usual(domain.Pound)
	for b.Loop() {
		i.Totals(domain.Pound, true)
	}
}
