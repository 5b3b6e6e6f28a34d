package program_test

import (
	"testing"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// rack is an inventory as it is typed.
func rack(t testing.TB, unit domain.MassUnit, bars, wide, small string) equipment.Inventory {
	t.Helper()
	var inv equipment.Inventory
	var problems [3]string
	var plates []equipment.Plates
	inv.Bars, problems[0] = equipment.ParseBars(bars, unit)
	inv.Plates, problems[1] = equipment.ParsePlates(wide, unit, true)
	plates, problems[2] = equipment.ParsePlates(small, unit, false)
	inv.Plates = append(inv.Plates, plates...)
	if problems != [3]string{} {
		t.Fatal(problems)
	}
	return inv
}

func kgRack(t testing.TB) equipment.Inventory {
	return rack(t, domain.Kilogram, "20", "25 x 2, 20 x 2", "15 x 2, 10 x 2, 5 x 2, 2.5 x 2, 1.25 x 2")
}

func lbRack(t testing.TB) equipment.Inventory {
	return rack(t, domain.Pound, "45", "45 x 4", "35, 25 x 2, 10 x 2, 5 x 2, 2.5 x 2")
}

// TestFirstBar is the clinic's table of first loads, and C21.
func TestFirstBar(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		inv  equipment.Inventory
		bell domain.Mass
		want domain.Mass
	}{
		{kgRack(t), mass("12", domain.Kilogram), mass("20", domain.Kilogram)},
		{kgRack(t), mass("16", domain.Kilogram), mass("20", domain.Kilogram)},
		{kgRack(t), mass("18", domain.Kilogram), mass("22.5", domain.Kilogram)},
		{kgRack(t), mass("22", domain.Kilogram), mass("27.5", domain.Kilogram)},
		{kgRack(t), mass("24", domain.Kilogram), mass("30", domain.Kilogram)},
		{lbRack(t), mass("50", domain.Pound), mass("60", domain.Pound)},
		{lbRack(t), mass("35", domain.Pound), mass("45", domain.Pound)},
		{lbRack(t), mass("36", domain.Pound), mass("45", domain.Pound)},
		// 24 kg are 52.91 lb, and 1.25 times that 66.1.
		{lbRack(t), mass("24", domain.Kilogram), mass("65", domain.Pound)},
		{kgRack(t), mass("53", domain.Pound), mass("30", domain.Kilogram)},
	} {
		target := l.FirstBarTarget(c.bell, c.inv)
		got, err := c.inv.Bar(target, c.want.Unit, false)
		if err != nil || got.Load != c.want || got.Warning != "" {
			t.Errorf("after %v: %v %q, %v; want %v", c.bell, got.Load, got.Warning, err, c.want)
		}
	}
}
