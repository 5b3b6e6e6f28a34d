package program_test

import (
	"testing"

	"backtobar/domain"
	"backtobar/domain/program"
)

func TestReducedBell(t *testing.T) {
	for _, c := range []struct {
		name, last, percent, want string
		unit                      domain.MassUnit
		set                       []domain.Mass
	}{
		{"C23", "18", "70", "12", domain.Kilogram, kgSet},
		{"exactly_on_a_size", "20", "70", "14", domain.Kilogram, kgSet},
		{"eighty", "18", "80", "14", domain.Kilogram, kgSet},
		{"lb", "50", "70", "35", domain.Pound, lbSet},
		{"lb_down", "45", "70", "30", domain.Pound, lbSet},
		{"competition", "16", "70", "8", domain.Kilogram, comp},
		{"none_light_enough", "8", "70", "", domain.Kilogram, comp},
		{"no_bells", "8", "70", "", domain.Kilogram, nil},
		{"across_units", "18", "70", "25", domain.Kilogram, lbSet},
	} {
		got, ok := program.ReducedBell(mass(c.last, c.unit), domain.MustDecimal(c.percent), c.set)
		if ok != (c.want != "") || ok && got.Value.String() != c.want {
			t.Errorf("%s: %v, %v; want %q", c.name, got, ok, c.want)
		}
	}
}
