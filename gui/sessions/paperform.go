package sessions

import (
	"fmt"

	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
)

// paperForm builds the grid of a returned paper log: which days were done, and
// the numbers of each of those days.
func (s *Section) paperForm() []fyne.CanvasObject {
	m := s.model
	f := &m.form
	begin := kit.NewDateEntry(s.form)
	if month, day, year, ok := kit.SplitDate(f.Date); ok {
		begin.Put(month, day, year)
	}
	begin.OnChanged = func() { f.Date = begin.Typed(); s.edited() }
	shown, _ := m.day(0, 0)
	begin.OnLeave = func() {
		if now, _ := m.day(0, 0); now != shown {
			s.rebuild()
		}
	}
	out := []fyne.CanvasObject{kit.NewText(m.title(), kit.Title), kit.NewText(m.planLine(), kit.Quiet),
		kit.NewText("Ask before anything else", kit.Strong), s.questions(), kit.Rule(),
		kit.Grid(kit.Row(kit.Span(6, s.field("date", "First week starting", begin, kit.Needed(), kit.Hint("as on the sheet")))))}
	for w := range f.Weeks {
		out = append(out, s.week(w)...)
	}
	return append(out, kit.NewText("A day that was only partly done is not ticked; log it as a session at home.", kit.Quiet))
}

// week asks for the days of one week; a day that is ticked opens its numbers.
func (s *Section) week(w int) []fyne.CanvasObject {
	m := s.model
	days := &m.form.Weeks[w]
	ticks := kit.NewNumberedTicks(s.form, append([]string{}, weekdayNames...)...)
	var rows []fyne.CanvasObject
	for d := range days.Days {
		day := &days.Days[d]
		ticks.Put(d, day.Done)
		title := weekdayNames[d]
		if on, ok := m.day(w, d); ok {
			title += ", " + on.Short()
		}
		r := kit.NewFieldRow(s.form, title, "")
		for _, box := range []struct {
			name, caption string
			value         *string
		}{{"before", "Before", &day.Before}, {"after", "After", &day.After}, {"next", "Next day", &day.Next}, {"rpe", "Effort", &day.RPE}} {
			n := s.number(box.value, "")
			n.FullAt = kit.FullAbove(most)
			s.fields.Add(place{w, d}.path(box.name), r.Add(box.caption, n))
		}
		r.Hidden = !day.Done
		rows = append(rows, r)
	}
	ticks.OnChanged = func(d int, done bool) {
		days.Days[d].Done = done
		if r, ok := rows[d].(*kit.FieldRow); ok {
			r.Hidden = !done
		}
		s.form.Relayout()
		s.edited()
	}
	title := "Days done in the first week"
	if w > 0 {
		title = "Days done in the second week"
	}
	return append([]fyne.CanvasObject{s.field(fmt.Sprintf("week[%d]", w), title, ticks, kit.Hint("digits 1 to 7 tick a day"))}, rows...)
}
