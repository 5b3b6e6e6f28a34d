package equipment

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// preset is an inventory as somebody would type it.
type preset struct{ bells, bars, plates, wide, steps, pins string }

// usual is what a small clinic usually owns (clinic default). It is offered,
// never taken for granted: a clinic picks it and strikes out what it has not.
var usual = map[domain.MassUnit]preset{
	domain.Pound: {
		bells: "10, 15, 20, 25, 30, 35, 45, 53, 70",
		bars:  "45, 35, 15", plates: "35, 25 x 2, 10 x 2, 5 x 2, 2.5 x 2, 1.25",
		wide: "45 x 4, 25, 10 x 2, 5", steps: "2, 4, 6, 8, 12", pins: "4, 6, 8, 10, 12, 14, 16, 18, 20, 22",
	},
	domain.Kilogram: {
		bells: "8, 10, 12, 14, 16, 18, 20, 24, 28, 32",
		bars:  "20, 15", plates: "15, 10 x 2, 5 x 2, 2.5 x 2, 1.25 x 2",
		wide: "20 x 2, 10, 5, 2.5", steps: "10, 15, 20, 30", pins: "10, 15, 20, 25, 30, 35, 40, 45, 50, 55",
	},
}

// Usual returns what a small clinic usually owns in the unit.
func Usual(unit domain.MassUnit) Inventory {
	p := usual[unit]
	var i Inventory
	i.Kettlebells, i.Ranges, _ = ParseSizes(p.bells, Kettlebell, unit)
	i.Bars, _ = ParseBars(p.bars, unit)
	plates, _ := ParsePlates(p.plates, unit, false)
	wide, _ := ParsePlates(p.wide, unit, true)
	i.Plates = append(wide, plates...)
	i.Steps, _ = ParseHeights(p.steps, unit.Lengths())
	i.Pins, _ = ParseHeights(p.pins, unit.Lengths())
	return i
}

// CanMake says in sentences what the bars and plates can be loaded to, so that
// a slip in the list is seen; "" without a bar.
func (i Inventory) CanMake() string {
	var out []string
	done := map[domain.MassUnit]bool{}
	for _, s := range i.Sets() {
		if done[s.Unit] {
			continue
		}
		done[s.Unit] = true
		out = append(out, i.unitText(s.Unit))
	}
	return strings.Join(out, " ")
}

// unitText is CanMake for the bars of one unit.
func (i Inventory) unitText(unit domain.MassUnit) string {
	var low, high, floor, step domain.Decimal
	for _, s := range i.Sets() {
		if s.Unit != unit {
			continue
		}
		total := s.Bar
		for _, p := range s.Pairs {
			total = total.Add(p.Plate.Mul(2 * p.Count))
			if pair := p.Plate.Mul(2); step.Sign() == 0 || pair.Cmp(step) < 0 {
				step = pair
			}
			if least := s.Bar.Add(p.Plate.Mul(2)); p.Wide && (floor.Sign() == 0 || least.Cmp(floor) < 0) {
				floor = least
			}
		}
		if low.Sign() == 0 || s.Bar.Cmp(low) < 0 {
			low = s.Bar
		}
		if total.Cmp(high) > 0 {
			high = total
		}
	}
	say := func(d domain.Decimal) string { return domain.Mass{Value: d, Unit: unit}.String() }
	text := fmt.Sprintf("Loads from %s to %s", low, say(high))
	if step.Sign() > 0 {
		text += ", smallest change " + say(step)
	}
	switch {
	case floor.Sign() > 0:
		text += ". From the floor at standard height from " + say(floor)
	case len(i.Blocks) > 0:
		text += ". From the floor only on blocks"
	default:
		text += ". None from the floor: no plate is 450 mm across and there are no blocks"
	}
	return text + "."
}
