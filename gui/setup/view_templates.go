package setup

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
)

// templates are the parts of the page about the clinic's variants of the route;
// none before the clinic is set up. The shipped route cannot be edited: it is
// cloned.
func (v *View) templates() []fyne.CanvasObject {
	m := v.m
	if !m.saved || m.route == nil {
		return nil
	}
	choices := []kit.Choice{{Value: "-1", Text: "Route as shipped", Key: 'r'}}
	for i, t := range m.templates {
		c := kit.Choice{Value: strconv.Itoa(i), Text: t.name}
		if i < 9 {
			c.Key = rune('1' + i)
		}
		choices = append(choices, c)
	}
	use := kit.NewChoiceChips(v.form, choices...)
	use.Put(strconv.Itoa(m.using))
	use.OnChanged = func(s string) {
		n, err := strconv.Atoi(s)
		if err != nil {
			n = -1
		}
		m.using = n
		v.build()
		v.fields.Focus("template")
	}
	out := []fyne.CanvasObject{
		kit.NewText("Doses at this clinic", kit.Title),
		kit.NewText("New plans use the doses chosen here. The route as shipped stays as it is: clone it, then ask for less, never for more.", kit.Quiet),
		kit.Grid(kit.Row(kit.Span(12, v.field("template", "New plans use", use)))),
	}
	t := m.inUse()
	if t == nil {
		return out
	}
	out = append(out, kit.Grid(kit.Row(kit.Span(6, v.field("template.name", "Name of this template", v.entry("template.name", &t.name), kit.Needed())))))
	for _, s := range m.route.SubStages() {
		row := kit.NewFieldRow(v.form, string(s.Code)+"  "+s.Name, fmt.Sprintf("Route: %s sets of %s, effort %d at most", rangeText(s.Dose.Sets), rangeText(s.Dose.Reps), s.Dose.EffortRPE))
		for _, b := range boxes {
			key := boxKey(s.Code, b.field)
			e := kit.NewEntry(v.form)
			e.Width = boxWidth
			e.Put(t.text(m.route, s, b))
			e.OnChanged = func(text string) { t.typed[key] = text; v.clear("template." + key) }
			e.OnLeave = func() { v.check("template." + key) }
			v.fields.Add("template."+key, row.Add(b.caption, e))
		}
		out = append(out, row)
	}
	return out
}

// boxWidth holds "120 to 180".
const boxWidth = float32(96)
