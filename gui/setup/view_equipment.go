package setup

import (
	"backtobar/domain"
	"backtobar/gui/kit"
)

// gearView are the controls of the equipment.
type gearView struct {
	bells   *kit.Ticks
	sizes   []domain.Decimal
	entries map[string]*kit.Entry
	fields  map[string]*kit.Field
	made    *kit.Text
}

// equipment are the rows of the clinic's equipment.
func (v *View) equipment() [][]kit.Cell {
	unit := kit.NewChoiceChips(v.form,
		kit.Choice{Value: string(domain.Pound), Text: "Pounds", Key: 'p'},
		kit.Choice{Value: string(domain.Kilogram), Text: "Kilograms", Key: 'k'})
	unit.Put(string(v.m.in.LoadUnit))
	unit.OnChanged = func(s string) {
		v.m.setUnit(domain.MassUnit(s))
		v.showGear()
		v.clear("load_unit")
	}
	fill := kit.NewChoiceChips(v.form,
		kit.Choice{Value: "usual", Text: "What clinics usually own", Key: 'u'})
	fill.OnChanged = func(s string) {
		if s != "" {
			v.m.fill()
			v.showGear()
		}
	}
	v.gear = gearView{bells: kit.NewTicks(v.form), entries: map[string]*kit.Entry{}, fields: map[string]*kit.Field{},
		made: kit.NewText("", kit.Quiet)}
	v.gear.bells.OnChanged = func(i int, ticked bool) { v.m.tick(v.gear.sizes[i], ticked) }
	lengths := "inches or centimeters from the floor"
	rows := [][]kit.Cell{
		kit.Row(kit.Span(6, v.field("load_unit", "Weights are said in", unit)),
			kit.Span(6, v.field("equipment.fill", "Fill empty lists with", fill))),
		kit.Row(kit.Span(12, v.gearField(pathTicks, "Kettlebells", v.gear.bells, "Left and Right move, Space ticks"))),
		kit.Row(kit.Span(6, v.list(pathBells, "Other kettlebells", "such as 17.5 or 12 to 32 by 4 kg")),
			kit.Span(6, v.list(pathDumbbells, "Dumbbells", "such as 5 to 50 by 5"))),
		kit.Row(kit.Span(6, v.list(pathBars, "Empty bars", "such as 45, 35, 20 kg")),
			kit.Span(6, v.list(pathCollars, "A pair of collars", "empty when they are not counted"))),
		kit.Row(kit.Span(6, v.list(pathWide, "Wide plates, in pairs", "450 mm across, such as 45 x 4, 10")),
			kit.Span(6, v.list(pathPlates, "Small plates, in pairs", "such as 25 x 2, 5, 2.5"))),
		kit.Row(kit.Span(4, v.list(pathSteps, "Steps", lengths)),
			kit.Span(4, v.list(pathBlocks, "Blocks for plates", lengths)),
			kit.Span(4, v.list(pathPins, "Rack pins", lengths))),
	}
	v.showGear()
	return rows
}

// list is one typed list.
func (v *View) list(path, name, hint string) *kit.Field {
	e := kit.NewEntry(v.form)
	e.OnChanged = func(s string) {
		v.m.gear.lists[path] = s
		v.clear(path)
		v.showMade()
	}
	e.OnLeave = func() { v.check(path) }
	v.gear.entries[path] = e
	return v.gearField(path, name, e, hint)
}

func (v *View) gearField(path, name string, c kit.Control, hint string) *kit.Field {
	f := v.field(path, name, c, kit.Hint(hint))
	v.gear.fields[path] = f
	return f
}

// showGear puts the model's equipment into the controls.
func (v *View) showGear() {
	g := &v.gear
	g.sizes = nil
	if v.m.in.LoadUnit.Valid() {
		g.sizes = v.m.sizes()
	}
	texts := make([]string, len(g.sizes))
	for i, s := range g.sizes {
		texts[i] = s.String()
	}
	g.bells.SetTexts(texts...)
	for i, s := range g.sizes {
		g.bells.Put(i, v.m.owns(s))
	}
	for path, e := range g.entries {
		e.Put(v.m.gear.lists[path])
		v.fields.ShowOne(path, "")
	}
	g.fields[pathTicks].SetNote(v.m.otherUnit())
	v.showMade()
	v.form.Relayout()
}

// showMade says what the list can be loaded to.
func (v *View) showMade() {
	v.gear.made.SetText(v.m.canMake())
	v.form.Relayout()
}
