package sessions

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/gui/kit"
	"backtobar/gui/look"
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
	out = append(out, s.seen()...)
	out = append(out, kit.Rule(), s.around())
	if f.Mode == correcting {
		out = append(out, s.scaleField("pain_24h", "Pain the next day, 0 to 10", &f.NextDay))
	}
	return out
}

// seen asks what the therapist saw: the goals of the step that nothing measures.
func (s *Section) seen() []fyne.CanvasObject {
	m := s.model
	f := &m.form
	if f.Place != program.AtClinic {
		return nil
	}
	texts := []string{"Seen by the therapist"}
	var ids []string
	plan := m.plan(f.Plan)
	step, _ := m.route.SubStage(plan.Plan.SubStage)
	for _, c := range step.Exit {
		if slices.Contains(m.step(step.Code).Exit.Shown, c.ID) {
			ids, texts = append(ids, c.ID), append(texts, c.Text)
		}
	}
	t := kit.NewNumberedTicks(s.form, texts...)
	t.Put(0, !f.Unseen)
	for i, id := range ids {
		t.Put(i+1, f.Shown[id])
	}
	t.OnChanged = func(i int, ticked bool) {
		if i == 0 {
			f.Unseen = !ticked
		} else {
			f.Shown[ids[i-1]] = ticked
		}
		s.edited()
	}
	return []fyne.CanvasObject{s.field("shown", "Seen in this session", t, kit.Hint("a digit ticks"))}
}

// around asks for the pain after, the days before, and a note.
func (s *Section) around() fyne.CanvasObject {
	f := &s.model.form
	note := kit.NewEntry(s.form)
	note.Put(f.Note)
	note.OnChanged = func(v string) { f.Note = v; s.edited() }
	week := s.number(&f.PainWeek, "")
	week.Width = 70
	days := kit.NewNumberedTicks(s.form, "Poor sleep", "Ill")
	days.Put(0, f.PoorSleep)
	days.Put(1, f.Ill)
	days.OnChanged = func(i int, ticked bool) {
		if i == 0 {
			f.PoorSleep = ticked
		} else {
			f.Ill = ticked
		}
		s.edited()
	}
	return kit.Grid(
		kit.Row(kit.Span(6, s.scaleField("pain_after", "Pain after, 0 to 10", &f.After)), kit.Span(6, s.field("note", "Note", note))),
		kit.Row(kit.Span(6, s.field("days", "Since the last session", days, kit.Hint("a digit ticks"))),
			kit.Span(6, s.field("pain_week", "Average pain of the last 7 days", week, kit.Hint("0 to 10")))))
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
	add := func(path, id, text string) {
		y := kit.NewYesNoRow(s.form, text, "")
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
	for _, q := range s.model.rules.VisitQuestions {
		add("red_flags."+q.ID, q.ID, q.Text)
	}
	add("new_leg_symptom", legQuestion, legText)
	return kit.YesNoGroup(rows...)
}

// warn says at once what a yes means.
func (s *Section) warn() {
	for _, q := range s.model.rules.VisitQuestions {
		if s.model.form.Answers[q.ID] == yes {
			s.host.Notify(look.Stop, q.Refer)
			return
		}
	}
	if s.model.form.Answers[legQuestion] == yes {
		s.host.Notify(look.Stop, "Stop. A new or spreading leg symptom ends the session and takes a step back. Examine the leg first.")
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
	if s.model.weighted(it) {
		e := kit.NewEntry(s.form)
		e.Width = 84
		if it.Load != nil {
			e.Planned = loadText(*it.Load)
			e.PlaceHolder = e.Planned
		}
		e.Put(row.Load)
		e.OnChanged = func(v string) { row.Load = v; s.edited() }
		s.fields.Add(at+"load", r.Add("Weight", e))
	}
	work := clinic.Worked(it)
	for j := range row.Reps {
		caption, planned := fmt.Sprintf("Set %d", j+1), work.Reps
		switch {
		case it.Dose.Minutes.Max > 0:
			caption, planned = "Minutes", it.Dose.Minutes.Min
		case work.Seconds > 0:
			planned = work.Seconds
		}
		s.fields.Add(fmt.Sprintf("%sset[%d]", at, j), r.Add(caption, s.number(&row.Reps[j], strconv.Itoa(planned))))
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
		choices = append(choices, kit.Choice{Value: string(x.reason), Text: x.reason.Words(), Key: x.key})
	}
	c := kit.NewChoiceChips(s.form, choices...)
	c.AutoAdvance = true
	c.Put(string(f.WhyStopped))
	c.OnChanged = func(v string) { f.WhyStopped = course.StopReason(v); s.edited() }
	note := kit.NewEntry(s.form)
	note.Put(f.StopNote)
	note.OnChanged = func(v string) { f.StopNote = v; s.edited() }
	return kit.Grid(kit.Row(kit.Span(12, s.field("stop.reason", "Why the session was stopped", c, kit.Needed()))),
		kit.Row(kit.Span(12, s.field("stop.note", "In a few words", note, kit.Hint("needed for Other")))))
}
