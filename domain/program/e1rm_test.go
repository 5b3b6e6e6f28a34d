package program_test

import (
	"fmt"
	"strings"
	"testing"

	"backtobar/domain"
)

func TestEstimateMax(t *testing.T) {
	for _, c := range []struct {
		name, load, rir string
		reps            int
		want, formula   string
	}{
		{"C12", "60", "2", 8, "80", "Epley and Brzycki"},
		{"C13", "80", "3", 5, "99.3", "Brzycki"},
		{"C14", "100", "0", 1, "100", "Epley and Brzycki"},
		{"lb", "185", "2", 5, "222", "Brzycki"},
		{"175_lb", "175", "3", 5, "217.2", "Brzycki"},
		{"one_repeat_keeps_the_load", "62.5", "0", 1, "62.5", "Epley and Brzycki"},
		{"two", "100", "1", 1, "102.9", "Brzycki"},
		{"reserve_at_its_limit", "100", "3", 7, "133.3", "Epley and Brzycki"},
		{"ten", "100", "0", 10, "133.3", "Epley and Brzycki"},
		{"half_a_reserve", "100", "0.5", 9, "130.9", "Brzycki"},
		// Exactly between two tenths: away from zero.
		{"half", "62.25", "0", 1, "62.3", "Epley and Brzycki"},
		{"half_of_ten", "60.0375", "0", 10, "80.1", "Epley and Brzycki"},
		{"below_half", "62.249999", "0", 1, "62.2", "Epley and Brzycki"},
		{"small", "0.04", "0", 1, "0", "Epley and Brzycki"},
		{"large", "1000", "0", 10, "1333.3", "Epley and Brzycki"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := library(t).EstimateMax(domain.MustDecimal(c.load), c.reps, domain.MustDecimal(c.rir))
			if err != nil || got.Value == nil || got.Reason != "" {
				t.Fatalf("%+v, %v", got, err)
			}
			if got.Value.String() != c.want || got.Formula != c.formula {
				t.Errorf("%s by %s, want %s by %s", got.Value, got.Formula, c.want, c.formula)
			}
		})
	}
}

func TestNoEstimate(t *testing.T) {
	for _, c := range []struct {
		name, rir string
		reps      int
		want      string
	}{
		{"C15", "4", 8, "more than 3 repetitions were left in reserve"},
		{"just_above_3", "3.000001", 2, "more than 3 repetitions were left in reserve"},
		{"eleven", "0", 11, "repeats and reserve together are more than 10"},
		{"eight_and_three", "3", 8, "repeats and reserve together are more than 10"},
		{"just_above_10", "1.1", 9, "repeats and reserve together are more than 10"},
		{"thirty_in_reserve", "30", 8, "more than 3 repetitions were left in reserve"},
		{"hundred", "0", 100, "repeats and reserve together are more than 10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := library(t).EstimateMax(domain.NewDecimal(40), c.reps, domain.MustDecimal(c.rir))
			if err != nil || got.Value != nil || !strings.Contains(got.Reason, c.want) {
				t.Errorf("%+v, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestEstimateMaxRefuses(t *testing.T) {
	for _, c := range []struct {
		load, rir string
		reps      int
		want      string
	}{
		{"0", "0", 5, "load: must be above 0 and at most 1000"},
		{"-60", "0", 5, "load: must be above 0 and at most 1000"},
		{"1000.1", "0", 5, "load: must be above 0 and at most 1000"},
		{"60", "0", 0, "reps: must be from 1 to 100"},
		{"60", "0", 101, "reps: must be from 1 to 100"},
		{"60", "-1", 5, "rir: must be from 0 to 30"},
		{"60", "31", 5, "rir: must be from 0 to 30"},
	} {
		if got, err := library(t).EstimateMax(domain.MustDecimal(c.load), c.reps, domain.MustDecimal(c.rir)); err == nil || err.Error() != c.want || got.Value != nil {
			t.Errorf("%s x %d: %+v, %v; want %s", c.load, c.reps, got, err, c.want)
		}
	}
}

// TestEstimateInWholeNumbers holds every valid set of whole repeats to the two
// formulas written in whole numbers only, with loads in tenths.
func TestEstimateInWholeNumbers(t *testing.T) {
	for tenths := 1; tenths <= 4000; tenths += 7 {
		load := domain.MustDecimal("0.1").Mul(tenths)
		for reps := 1; reps <= 10; reps++ {
			for rir := 0; rir <= 3 && reps+rir <= 10; rir++ {
				r := reps + rir
				// Half up: floor((2n + d) / 2d).
				epley := (2*tenths*(30+r) + 30) / 60
				brzycki := (2*tenths*36 + 37 - r) / (2 * (37 - r))
				if r == 1 {
					epley = tenths
				}
				want := domain.MustDecimal("0.1").Mul(min(epley, brzycki))
				got, err := library(t).EstimateMax(load, reps, domain.NewDecimal(rir))
				if err != nil || got.Value == nil || *got.Value != want {
					t.Fatalf("%s x %d at %d: %v, %v; want %s", load, reps, rir, got.Value, err, want)
				}
			}
		}
	}
}

// TestShareOfTheMaximum is the clinic's table of percentages: a set with that
// load leads back to a maximum of 100.
func TestShareOfTheMaximum(t *testing.T) {
	for reps, row := range map[int][4]int{3: {94, 92, 89, 86}, 5: {89, 86, 83, 81}, 6: {86, 83, 81, 78}, 8: {81, 78, 75, 0}, 10: {75, 0, 0, 0}} {
		for rir, percent := range row {
			if percent == 0 {
				continue // repeats and reserve are more than 10
			}
			got, err := library(t).EstimateMax(domain.NewDecimal(percent), reps, domain.NewDecimal(rir))
			if err != nil || got.Value == nil {
				t.Fatal(fmt.Sprint(reps, rir), got.Reason, err)
			}
			if off := got.Value.Sub(domain.NewDecimal(100)).Abs(); off.Cmp(domain.MustDecimal("0.6")) > 0 {
				t.Errorf("%d x %d at %d in reserve: %s, want about 100", percent, reps, rir, got.Value)
			}
		}
	}
}
