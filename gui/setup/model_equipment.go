package setup

import (
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// gear is the clinic's equipment as it is typed. Kettlebells of the usual sizes
// are ticked; everything else is a list.
type gear struct {
	// unit is that of the numbers written without one. It is kept with them, so
	// that another unit of the clinic never makes 45 pounds 45 kilograms.
	unit  domain.MassUnit
	bells map[domain.Mass]bool
	// lists are the typed texts by the paths of their fields.
	lists map[string]string
}

// The paths of the fields. Where the inventory has no list of its own the field
// is a part of one.
const (
	pathTicks     = "equipment.kettlebells"
	pathBells     = "equipment.other_kettlebells"
	pathDumbbells = "equipment.dumbbells"
	pathBars      = "equipment.bars"
	pathCollars   = "equipment.collars"
	pathPlates    = "equipment.plates"
	pathWide      = "equipment.wide_plates"
	pathSteps     = "equipment.steps"
	pathBlocks    = "equipment.blocks"
	pathPins      = "equipment.pins"
)

// write is an inventory as it would be typed.
func write(inv equipment.Inventory, unit domain.MassUnit) gear {
	g := gear{unit: unit, bells: map[domain.Mass]bool{}, lists: map[string]string{}}
	var others []domain.Mass
	for _, b := range inv.Kettlebells {
		if slices.Contains(equipment.CommonBells(b.Unit), b.Value) {
			g.bells[b] = true
		} else {
			others = append(others, b)
		}
	}
	lengths := unit.Lengths()
	g.lists[pathBells] = equipment.SizesText(others, inv.Ranges, equipment.Kettlebell, unit)
	g.lists[pathDumbbells] = equipment.SizesText(inv.Dumbbells, inv.Ranges, equipment.Dumbbell, unit)
	g.lists[pathBars] = equipment.BarsText(inv.Bars, unit)
	if !inv.Collars.IsZero() {
		g.lists[pathCollars] = equipment.BarsText([]domain.Mass{inv.Collars}, unit)
	}
	g.lists[pathPlates] = equipment.PlatesText(inv.Plates, unit, false)
	g.lists[pathWide] = equipment.PlatesText(inv.Plates, unit, true)
	g.lists[pathSteps] = equipment.HeightsText(inv.Steps, lengths)
	g.lists[pathBlocks] = equipment.HeightsText(inv.Blocks, lengths)
	g.lists[pathPins] = equipment.HeightsText(inv.Pins, lengths)
	return g
}

// read is the inventory that is typed, with everything that is wrong by the
// paths of the fields. A list that cannot be read is left out.
func (g gear) read() (inv equipment.Inventory, wrong domain.Problems) {
	note := func(path, text string) {
		if text != "" {
			wrong.Add(path, text)
		}
	}
	for b := range g.bells {
		inv.Kettlebells = append(inv.Kettlebells, b)
	}
	slices.SortFunc(inv.Kettlebells, domain.Mass.Cmp)
	bells, ranges, text := equipment.ParseSizes(g.lists[pathBells], equipment.Kettlebell, g.unit)
	note(pathBells, text)
	inv.Kettlebells, inv.Ranges = append(inv.Kettlebells, bells...), append(inv.Ranges, ranges...)
	inv.Dumbbells, ranges, text = equipment.ParseSizes(g.lists[pathDumbbells], equipment.Dumbbell, g.unit)
	note(pathDumbbells, text)
	inv.Ranges = append(inv.Ranges, ranges...)
	inv.Bars, text = equipment.ParseBars(g.lists[pathBars], g.unit)
	note(pathBars, text)
	collars, text := equipment.ParseBars(g.lists[pathCollars], g.unit)
	switch {
	case text != "" || len(collars) > 1:
		note(pathCollars, "Write what a pair of collars weighs, such as 5 or 5 kg, or leave it empty when they are not counted")
	case len(collars) == 1:
		inv.Collars = collars[0]
	}
	wide, text := equipment.ParsePlates(g.lists[pathWide], g.unit, true)
	note(pathWide, text)
	plates, text := equipment.ParsePlates(g.lists[pathPlates], g.unit, false)
	note(pathPlates, text)
	inv.Plates = append(wide, plates...)
	lengths := g.unit.Lengths()
	inv.Steps, text = equipment.ParseHeights(g.lists[pathSteps], lengths)
	note(pathSteps, text)
	inv.Blocks, text = equipment.ParseHeights(g.lists[pathBlocks], lengths)
	note(pathBlocks, text)
	inv.Pins, text = equipment.ParseHeights(g.lists[pathPins], lengths)
	note(pathPins, text)
	if len(wrong) > 0 {
		return inv, wrong
	}
	for _, p := range inv.Check("equipment") {
		wrong.Add(fieldOf(p.Field, inv), p.Text)
	}
	return inv, wrong
}

// fieldOf is the field where an item of the inventory was typed.
func fieldOf(path string, inv equipment.Inventory) string {
	list, rest, item := strings.Cut(path, "[")
	number := 0
	if item {
		for _, r := range strings.TrimSuffix(rest, "]") {
			number = number*10 + int(r-'0')
		}
	}
	switch {
	case list == pathTicks:
		return pathBells
	case list == "equipment.ranges" && number < len(inv.Ranges) && inv.Ranges[number].Of == equipment.Dumbbell:
		return pathDumbbells
	case list == "equipment.ranges":
		return pathBells
	case list == pathPlates && item && number < len(inv.Plates) && inv.Plates[number].Wide:
		return pathWide
	}
	return list
}

// say writes the numbers in another unit of the clinic: each item keeps its
// value and its own unit. While something cannot be read, all stays as typed,
// in the unit it was typed in.
func (g gear) say(unit domain.MassUnit) gear {
	if inv, wrong := g.read(); len(wrong) == 0 {
		return write(inv, unit)
	}
	return g
}

// sizes are the bells offered in the unit: those on the market.
func (m *model) sizes() []domain.Decimal { return equipment.CommonBells(m.in.LoadUnit) }

func (m *model) owns(size domain.Decimal) bool {
	return m.gear.bells[domain.Mass{Value: size, Unit: m.in.LoadUnit}]
}

func (m *model) tick(size domain.Decimal, owned bool) {
	b := domain.Mass{Value: size, Unit: m.in.LoadUnit}
	if owned {
		m.gear.bells[b] = true
	} else {
		delete(m.gear.bells, b)
	}
}

// setUnit changes the unit that people here say.
func (m *model) setUnit(unit domain.MassUnit) {
	m.in.LoadUnit = unit
	if unit.Valid() {
		m.gear = m.gear.say(unit)
	}
}

// fill puts what a small clinic usually owns into every list that is empty, so
// that nothing typed is lost. It is a choice that somebody makes: a new clinic
// owns nothing until it says so.
func (m *model) fill() {
	usual := write(equipment.Usual(m.in.LoadUnit), m.in.LoadUnit)
	if len(m.gear.bells) == 0 && m.gear.lists[pathBells] == "" {
		m.gear.bells = usual.bells
	}
	if m.gear.unit != usual.unit {
		return // what is typed cannot be read yet and has another unit
	}
	for path, text := range usual.lists {
		if m.gear.lists[path] == "" {
			m.gear.lists[path] = text
		}
	}
}

// otherUnit says which bells are ticked in the other unit, so that none is out
// of sight; "" for none.
func (m *model) otherUnit() string {
	var out []domain.Mass
	for b := range m.gear.bells {
		if b.Unit != m.in.LoadUnit {
			out = append(out, b)
		}
	}
	if len(out) == 0 {
		return ""
	}
	slices.SortFunc(out, domain.Mass.Cmp)
	words := make([]string, len(out))
	for i, b := range out {
		words[i] = b.String()
	}
	return "Also " + strings.Join(words, ", ")
}

// canMake says what the typed equipment can be loaded to.
func (m *model) canMake() string {
	inv, wrong := m.gear.read()
	if len(wrong) > 0 {
		return ""
	}
	if len(inv.Sets()) == 0 {
		return "No bar is set up, so no barbell load can be worked out."
	}
	return inv.CanMake()
}
