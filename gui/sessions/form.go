package sessions

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"backtobar/domain/program"
	"backtobar/gui/kit"
)

// most is the highest number of the scales.
const most = 10

// logForm builds the form of a session.
func (s *Section) logForm() []fyne.CanvasObject {
	m := s.model
	f := &m.form
	out := []fyne.CanvasObject{kit.NewText(m.title(), kit.Title), kit.NewText(m.planLine(), kit.Quiet)}
	if f.Mode == correcting {
		reason := kit.NewEntry(s.form)
		reason.Put(f.Reason)
		reason.OnChanged = func(v string) { f.Reason = v; s.edited() }
		out = append(out, kit.Grid(kit.Row(kit.Span(12, s.field("reason", "Why it is corrected", reason, kit.Needed(),
			kit.Hint("the first entry stays in the records"))))))
		s.first = reason.First()
	}
	out = append(out, s.when(), kit.NewText("Ask before anything else", kit.Strong), s.questions())
	out = append(out, kit.Rule(), s.scaleField("pain_before", "Pain before, 0 to 10", &f.Before))
	plan := m.plan(f.Plan)
	for i := range f.Rows {
		if it, ok := item(plan, f.Place, f.Rows[i].Exercise); ok {
			out = append(out, s.exercise(i, it))
		}
	}
	out = append(out, kit.NewText("Enter in an empty box takes what was planned; a digit begins another number. Leave a set that was not done empty.", kit.Quiet))
	if f.Stopping {
		out = append(out, s.stopped())
	}
	row := []kit.Cell{kit.Span(6, s.scaleField("pain_after", "Pain after, 0 to 10", &f.After))}
	note := kit.NewEntry(s.form)
	note.Put(f.Note)
	note.OnChanged = func(v string) { f.Note = v; s.edited() }
	row = append(row, kit.Span(6, s.field("note", "Note", note)))
	out = append(out, kit.Rule(), kit.Grid(row))
	if f.Mode == correcting {
		out = append(out, s.scaleField("pain_24h", "Pain the next day, 0 to 10", &f.NextDay))
	}
	return out
}

// field adds a question under the name of its problems.
func (s *Section) field(path, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
	x := kit.NewField(s.form, name, c, options...)
	s.fields.Add(path, x)
	return x
}

// when asks for the day and the place.
func (s *Section) when() fyne.CanvasObject {
	f := &s.model.form
	date := kit.NewDateEntry(s.form)
	if month, day, year, ok := kit.SplitDate(f.Date); ok {
		date.Put(month, day, year)
	}
	date.OnChanged = func() { f.Date = date.Typed(); s.edited() }
	date.OnLeave = s.replan
	where := kit.NewChoiceChips(s.form, kit.Choice{Value: string(program.AtClinic), Text: "Clinic", Key: 'C'},
		kit.Choice{Value: string(program.AtHome), Text: "Home", Key: 'H'})
	where.Put(string(f.Place))
	where.OnChanged = func(v string) {
		f.Place = program.Where(v)
		s.edited()
		s.replan()
	}
	return kit.Grid(kit.Row(kit.Span(4, s.field("date", "Date", date, kit.Needed(), kit.Hint("month day year"))),
		kit.Span(4, s.field("place", "Where", where, kit.Needed()))))
}

// replan shows the exercises of the plan that was in force on the day typed.
func (s *Section) replan() {
	if s.model.replan() {
		s.rebuild()
	}
}

// rebuild paints the open form anew; the keyboard stays on its question.
func (s *Section) rebuild() {
	at := s.fields.Focused()
	s.paint()
	s.fields.Focus(at)
}

// questions asks the four red-flag questions of the visit, and the leg.
func (s *Section) questions() fyne.CanvasObject {
	var rows []*kit.YesNoRow
	add := func(path, id, text, hint string) {
		y := kit.NewYesNoRow(s.form, text, hint)
		y.Put(kit.Answer(s.model.form.Answers[id]))
		y.OnChanged = func(a kit.Answer) {
			s.model.form.Answers[id] = string(a)
			y.SetProblem("")
			s.warn()
			s.edited()
		}
		s.fields.Add(path, y)
		if s.first == nil && s.model.form.Answers[id] == "" {
			s.first = y
		}
		rows = append(rows, y)
	}
	for _, q := range program.VisitQuestions() {
		add("warnings."+q.ID, q.ID, q.Text, "")
	}
	add("leg_symptom", legQuestion, program.LegQuestion, "")
	return kit.YesNoGroup(rows...)
}

// warn says at once what a yes means.
func (s *Section) warn() {
	for _, q := range program.VisitQuestions() {
		if s.model.form.Answers[q.ID] == string(kit.AnswerYes) {
			s.host.Notify(stopLook, "Stop. A warning question is answered yes. No lifting: finish this session now and screen again in full.")
			return
		}
	}
	if s.model.form.Answers[legQuestion] == string(kit.AnswerYes) {
		s.host.Notify(stopLook, "Stop. A new or spreading leg symptom ends the session and takes a step back.")
	}
}

// scaleField asks for a number from 0 to 10 by chips.
func (s *Section) scaleField(path, name string, value *string) *kit.Field {
	c := kit.NewScaleChips(s.form, most)
	c.AutoAdvance = true
	c.Put(*value)
	c.OnChanged = func(v string) { *value = v; s.edited() }
	return s.field(path, name, c)
}

// exercise is the row of one exercise: the weight, a box a set, effort, pain,
// faults.
func (s *Section) exercise(i int, it program.Item) fyne.CanvasObject {
	row := &s.model.form.Rows[i]
	x, _ := s.model.route.Exercise(it.Exercise)
	r := kit.NewFieldRow(s.form, x.Name, planned(it))
	at := fmt.Sprintf("rows[%d].", i)
	if it.Load != nil {
		e := kit.NewEntry(s.form)
		e.Width = 84
		e.Planned = loadText(*it.Load)
		e.PlaceHolder = e.Planned
		e.Put(row.Load)
		e.OnChanged = func(v string) { row.Load = v; s.edited() }
		s.fields.Add(at+"load", r.Add("Weight", e))
	}
	for j := range row.Reps {
		caption := fmt.Sprintf("Set %d", j+1)
		n := s.number(&row.Reps[j], strconv.Itoa(max(1, it.Dose.Reps.Min)))
		if it.Dose.Minutes.Max > 0 {
			caption = "Done"
		}
		s.fields.Add(fmt.Sprintf("%sset[%d]", at, j), r.Add(caption, n))
	}
	effort, pain := s.number(&row.RPE, ""), s.number(&row.Pain, "")
	effort.FullAt, pain.FullAt = kit.FullAbove(most), kit.FullAbove(most)
	s.fields.Add(at+"rpe", r.Add("Effort", effort))
	s.fields.Add(at+"pain", r.Add("Pain", pain))
	if i == 0 {
		s.fields.Add(at+"faulty", r.Add("Faulty", s.number(&row.Faulty, "0")))
	}
	return r
}

// number is a small box for a number; planned is what Enter takes.
func (s *Section) number(value *string, planned string) *kit.NumberEntry {
	n := kit.NewNumberEntry(s.form, 2)
	n.Planned, n.PlaceHolder = planned, planned
	n.Put(*value)
	n.OnChanged = func(v string) { *value = v; s.edited() }
	return n
}

// stopped asks why the session was stopped.
func (s *Section) stopped() fyne.CanvasObject {
	f := &s.model.form
	var choices []kit.Choice
	for _, x := range stops {
		choices = append(choices, kit.Choice{Value: x.text, Text: x.text, Key: x.key})
	}
	c := kit.NewChoiceChips(s.form, choices...)
	c.AutoAdvance = true
	c.Put(f.WhyStopped)
	c.OnChanged = func(v string) { f.WhyStopped = v; s.edited() }
	return kit.Grid(kit.Row(kit.Span(12, s.field("stopped", "Why the session was stopped", c, kit.Needed()))))
}
