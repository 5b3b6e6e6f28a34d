package sessions

import (
	"strconv"

	"fyne.io/fyne/v2"

	"backtobar/domain/clinic"
	"backtobar/gui/dose"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/run"
)

// overview builds what is shown while no form is open.
func (s *Section) overview() []fyne.CanvasObject {
	m := s.model
	var out []fyne.CanvasObject
	if why := m.mayLog(); why != "" && m.loaded {
		s.way.SetText(s.wayText(), "")
		status := look.Locked
		if m.chart.Warned {
			status = look.Stop
		}
		out = append(out, kit.NewText("Sessions", kit.Title), kit.StatusLine(status, why), kit.Inline(0, s.way))
		s.first = s.way
	}
	out = append(out, s.nextDays()...)
	out = append(out, s.suggestions()...)
	s.rows = m.rows()
	if len(s.rows) == 0 {
		if m.chart.Plan != nil && m.loaded {
			out = append(out, kit.NewText("No session was logged yet.", kit.Quiet))
		}
		return out
	}
	s.list.SetRows(len(s.rows), func(row, column int) string { return s.rows[row].cells[column] })
	s.list.SetNote("Enter corrects a session")
	return append(out, kit.Rule(), kit.NewText("Earlier sessions", kit.Strong), s.list)
}

// nextDay is the open question for the day after a session.
type nextDay struct {
	session clinic.LoggedSession
	value   string
}

// nextDays asks for the pain of the day after each session that waits for it.
func (s *Section) nextDays() []fyne.CanvasObject {
	s.waits = nil
	var out []fyne.CanvasObject
	for _, x := range s.model.waiting() {
		w := &nextDay{session: x}
		c := kit.NewScaleChips(s.form, most)
		c.AutoAdvance = true
		c.OnChanged = func(v string) { w.value = v }
		c.OnLeave = func() { s.answer(w) }
		name := "Pain the day after " + x.Session.Date.Short() + ", 0 to 10"
		out = append(out, kit.Grid(kit.Row(kit.Span(12, s.field("pain_24h", name, c, kit.Hint("the worst of that day"))))))
		if s.first == nil {
			s.first = c
		}
		s.waits = append(s.waits, w)
	}
	return out
}

// answer keeps the pain of a next day, once the keyboard has left it: until then
// the 1 may become 10.
func (s *Section) answer(w *nextDay) {
	n, err := strconv.Atoi(w.value)
	if err != nil {
		return
	}
	w.value = ""
	if _, err := s.model.svc.RecordNextDayPain(s.host.Context(), w.session.ID, n); err != nil {
		s.host.Notify(look.Stop, "Not saved. "+clinic.Sentence(err))
		return
	}
	// After the key that left the question: its way on ends in the form that is
	// built anew here.
	run.Later(func() {
		s.done("Pain of the day after " + w.session.Session.Date.Short() + " saved " + s.now().Format("3:04 pm"))
	})
}

// suggestions shows what the sessions lead to, with the keys that decide.
func (s *Section) suggestions() []fyne.CanvasObject {
	m := s.model
	var out []fyne.CanvasObject
	for _, a := range m.advice {
		var buttons []fyne.CanvasObject
		if a.Offer != nil {
			accept := kit.NewMainButton(s.form, "Accept", "Enter", func() { s.desk().Accept(m.chart, a) })
			accept.SetAccessibleName("Accept " + string(a.Place))
			buttons = append(buttons, accept)
			if s.first == nil {
				s.first = accept
			}
		}
		if m.mayLog() == "" {
			change := kit.NewButton(s.form, "Change", "", func() { s.desk().Change(m.chart, a.Place) })
			change.SetAccessibleName("Change " + string(a.Place))
			what := kit.NewButton(s.form, "What if", "", func() { s.desk().WhatIf(m.chart, a.Place) })
			what.SetAccessibleName("What if " + string(a.Place))
			buttons = append(buttons, change, what)
		}
		out = append(out, dose.Card(m.route, a, buttons...))
	}
	return out
}

// desk is where a suggestion is decided.
func (s *Section) desk() dose.Desk {
	return dose.Desk{Service: s.model.svc, Host: s.host, Route: s.model.route, Unit: s.model.loadUnit(), Done: func(clinic.SignedPlan) { s.Refresh() }}
}
