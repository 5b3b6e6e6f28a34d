package course_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/program"
)

func TestNextBell(t *testing.T) {
	l := rules(t)
	for _, c := range []struct {
		name, current, available string
		unit                     domain.MassUnit
		load, warning            string
		stay                     bool
	}{
		{"C22", "16", "8 12 16 24 32", domain.Kilogram, "16", "", true},
		{"next_size", "16", "8 12 16 18 20 24", domain.Kilogram, "18", "", false},
		{"order_does_not_matter", "16", "24 20 18 16 12 8", domain.Kilogram, "18", "", false},
		{"exactly_25_percent", "16", "16 20", domain.Kilogram, "20", "", false},
		{"just_above_25_percent", "16", "16 20.000001", domain.Kilogram, "16", "", true},
		{"just_below_25_percent", "16", "16 19.999999", domain.Kilogram, "19.999999", "", false},
		{"smallest_bells", "4", "4 6 8", domain.Kilogram, "4", "", true},
		{"6_to_8", "6", "4 6 8", domain.Kilogram, "6", "", true},
		{"8_to_10", "8", "8 10", domain.Kilogram, "10", "", false},
		{"12_to_16", "12", "12 16", domain.Kilogram, "12", "", true},
		{"the_current_bell_is_not_listed", "14", "16", domain.Kilogram, "16", "", false},
		{"lb_15_to_20", "15", "5 10 15 20", domain.Pound, "15", "", true},
		{"lb_20_to_25", "20", "20 25", domain.Pound, "25", "", false},
		{"lb_40_to_50", "40", "40 50", domain.Pound, "50", "", false},
		{"lb_40_to_51", "40", "40 51", domain.Pound, "40", "", true},
		{"no_larger", "24", "8 16 24", domain.Kilogram, "24", "no bell larger than 24 kilograms", true},
		{"none_but_smaller", "28", "8", domain.Kilogram, "28", "no bell larger than 28 kilograms", true},
		{"to_the_limit", "20", "20 24", domain.Kilogram, "24", "", false},
		{"across_the_limit", "24", "24 28", domain.Kilogram, "28", "above the limit of 24 kilograms", false},
		{"beyond_the_limit", "28", "28 32", domain.Kilogram, "32", "", false},
		{"lb_across_the_limit", "50", "50 55", domain.Pound, "55", "above the limit of 53 pounds", false},
		{"lb_to_the_limit", "44", "44 53", domain.Pound, "53", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := l.NextBell(mass(c.current, c.unit), masses(c.unit, strings.Fields(c.available)...))
			if err != nil || got.Load != mass(c.load, c.unit) || got.Text == "" {
				t.Fatalf("%+v, %v; want %s", got, err, c.load)
			}
			if (got.Scheme != nil) != c.stay || c.stay && *got.Scheme != (program.Scheme{Sets: 3, Reps: 12}) {
				t.Errorf("scheme %v, want one: %v", got.Scheme, c.stay)
			}
			if (got.Warning != "") != (c.warning != "") || !strings.Contains(got.Warning, c.warning) {
				t.Errorf("warning %q, want %q", got.Warning, c.warning)
			}
		})
	}
	step, err := l.NextBell(mass("16", domain.Kilogram), masses(domain.Kilogram, "24"))
	if want := "The next bell, 24 kilograms, is more than 25 percent heavier (50 percent). First 3 sets of 12 at 16 kilograms, then 3 sets of 6 at 24 kilograms."; err != nil || step.Text != want {
		t.Errorf("%q, %v", step.Text, err)
	}
}

// TestNextBellAcrossUnits: a 35 lb bell is just below 16 kg, a 44 lb bell just
// below 20 kg.
func TestNextBellAcrossUnits(t *testing.T) {
	got, err := rules(t).NextBell(mass("16", domain.Kilogram), []domain.Mass{mass("35", domain.Pound), mass("20", domain.Kilogram), mass("44", domain.Pound)})
	if err != nil || got.Load != mass("44", domain.Pound) || got.Scheme != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNextBellRefuses(t *testing.T) {
	l := rules(t)
	if _, err := l.NextBell(mass("16", domain.Kilogram), nil); !errors.Is(err, program.ErrNoKettlebells) {
		t.Errorf("without bells: %v", err)
	}
	for _, m := range []domain.Mass{{}, mass("0", domain.Kilogram), mass("-8", domain.Pound), mass("8", "st")} {
		if _, err := l.NextBell(m, bells()); err == nil || !strings.HasPrefix(err.Error(), "current: ") {
			t.Errorf("%v: %v", m, err)
		}
	}
}

// TestNextBellKeepsTheJump: the answer is a bell that is there or the current
// one, never lighter, never more than 25 percent heavier, never past a size in
// between, and it never stays without saying what to do first.
func TestNextBellKeepsTheJump(t *testing.T) {
	l := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]domain.MassUnit{domain.Kilogram, domain.Pound}).Draw(t, "unit")
		bell := func(label string) domain.Mass {
			return domain.Mass{Value: domain.MustDecimal("0.5").Mul(rapid.IntRange(2, 200).Draw(t, label)), Unit: unit}
		}
		current := bell("current")
		var available []domain.Mass
		for range rapid.IntRange(1, 10).Draw(t, "bells") {
			available = append(available, bell("bell"))
		}
		got, err := l.NextBell(current, available)
		if err != nil {
			t.Fatal(err)
		}
		stays := got.Load == current
		switch {
		case stays != (got.Scheme != nil):
			t.Fatalf("%v to %v with scheme %v", current, got.Load, got.Scheme)
		case stays:
			return
		case !slices.Contains(available, got.Load), got.Load.Cmp(current) < 0,
			got.Load.Value.Mul(100).Cmp(current.Value.Mul(125)) > 0:
			t.Fatalf("%v to %v of %v", current, got.Load, available)
		}
		for _, b := range available {
			if b.Cmp(current) > 0 && b.Cmp(got.Load) < 0 {
				t.Fatalf("%v to %v passes %v", current, got.Load, b)
			}
		}
	})
}
