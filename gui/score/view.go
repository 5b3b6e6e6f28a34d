package score

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/measure"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// Params are what a sheet is made of.
type Params struct {
	Router *kit.Router
	Canvas fyne.Canvas
	// Calculator asks and scores; Given are entries to begin with.
	Calculator measure.Calculator
	Given      map[string]string
	// Today bounds the day; On is the day to begin with, zero is today.
	Today, On domain.Date
	// Dated asks for the day, the language of a questionnaire and a note;
	// NeedsNote makes the note a duty. Form: it is a questionnaire.
	Dated, NeedsNote, Form bool
	// Language is the language to begin with.
	Language string
	// Main is the words of the main button.
	Main string
	// Done takes the result. What it returns is shown, and the sheet stays
	// open, unless it is "".
	Done func(Result) string
	// After runs when the sheet has closed behind a result; it may be nil.
	After func()
}

// sheet is an open sheet.
type sheet struct {
	*kit.Router
	model  *model
	p      Params
	sheet  *kit.Sheet
	form   *kit.FormScroll
	fields kit.Fields
	says   *kit.Text
	wrong  *kit.Text
	day    *kit.DateEntry
	first  fyne.Focusable
}

// Relayout implements kit.Host: a sentence needs room.
func (s *sheet) Relayout() {
	if s.sheet != nil {
		s.sheet.Relayout()
	}
}

// Open shows the sheet.
func Open(p Params) {
	s := &sheet{Router: p.Router, model: newModel(p), p: p}
	s.form = kit.NewFormScroll(s)
	s.says = kit.NewText("", kit.Strong)
	s.wrong = kit.NewText("", kit.TextStyle{Color: look.ColorStop, Bold: true})
	s.wrong.Hide()
	rows := s.questions()
	if p.Dated {
		rows = append(rows, s.about())
	}
	s.form.SetContent(kit.Stack(10, rows...))
	s.show()
	s.sheet = &kit.Sheet{
		Title: p.Calculator.Title, Main: p.Main, First: s.first, Width: sheetWidth,
		Body: kit.Stack(10,
			kit.NewText(p.Calculator.Help, kit.Quiet),
			container.New(&atMost{p.Canvas.Size().Height - sheetFrame}, s.form),
			kit.Panel(look.ColorUnknownTint, look.ColorRule, 10, s.says),
			s.wrong),
		Do: s.done,
	}
	s.sheet.Show(p.Router, p.Canvas)
}

const (
	sheetWidth = float32(720)
	// sheetFrame is what the title, the sentences and the buttons need.
	sheetFrame = float32(250)
)

// questions lays out the calculator's questions: those that fit beside one
// another on one line, under their headings.
func (s *sheet) questions() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var rows [][]kit.Cell
	var row []kit.Cell
	group := ""
	flushRow := func() {
		if len(row) > 0 {
			rows = append(rows, row)
		}
		row = nil
	}
	flush := func() {
		flushRow()
		if len(rows) > 0 {
			out = append(out, kit.Grid(rows...))
		}
		rows = nil
	}
	beside := 0
	for _, q := range s.p.Calculator.Questions {
		if q.Group != group {
			flush()
			if group = q.Group; group != "" {
				out = append(out, kit.NewText(group, kit.Strong))
			}
		}
		if n := max(1, q.Beside); n != beside || len(row) == n {
			flushRow()
			beside = n
		}
		row = append(row, kit.Span(12/max(1, q.Beside), s.question(q)))
	}
	flush()
	return out
}

// question is the control of one question.
func (s *sheet) question(q measure.Question) fyne.CanvasObject {
	typed := func(text string) {
		s.model.set(q.Name, text)
		s.fields.Clear(q.Name, s.model.problems.For(q.Name))
		s.show()
	}
	left := func() {
		if text := s.model.problems.For(q.Name); text != "" {
			s.fields.ShowOne(q.Name, text)
		}
	}
	given := s.model.given[q.Name]
	var control kit.Control
	switch q.Kind {
	case measure.AskYesNo:
		row := kit.NewYesNoRow(s.form, q.Label, "")
		row.Put(kit.Answer(given))
		row.OnChanged = func(a kit.Answer) { typed(string(a)) }
		s.fields.Add(q.Name, row)
		s.start(row.First())
		return row
	case measure.AskChoice:
		var choices []kit.Choice
		for _, o := range q.Choices {
			choices = append(choices, kit.Choice{Value: o.Value, Text: o.Text, Key: o.Key})
		}
		chips := kit.NewChoiceChips(s.form, choices...)
		chips.Put(given)
		chips.AutoAdvance, chips.OnChanged, chips.OnLeave = true, typed, left
		control = chips
	case measure.AskText:
		e := kit.NewEntry(s.form)
		e.Put(given)
		e.OnChanged, e.OnLeave = typed, left
		control = e
	default:
		e := kit.NewNumberEntry(s.form, digits(q))
		e.Put(given)
		e.OnChanged, e.OnLeave = typed, left
		if !q.Decimals {
			e.FullAt = func(text string) bool { return kit.Full(text, q.Low, q.High) }
		}
		control = e
	}
	var options []kit.FieldOption
	if q.Unit != "" {
		options = append(options, kit.Unit(q.Unit))
	}
	f := kit.NewField(s.form, q.Label, control, options...)
	s.fields.Add(q.Name, f)
	s.start(control.First())
	return f
}

func (s *sheet) start(f fyne.Focusable) {
	if s.first == nil {
		s.first = f
	}
}

// digits is how wide an answer can become.
func digits(q measure.Question) int {
	n := len(strconv.Itoa(q.High))
	if q.Decimals {
		n += 3
	}
	return max(2, n)
}

// about asks when it was measured and what else is to be known.
func (s *sheet) about() fyne.CanvasObject {
	s.day = kit.NewDateEntry(s.form)
	on := s.model.on
	s.day.Put(on.Short()[:3], strconv.Itoa(on.Day), strconv.Itoa(on.Year))
	s.day.OnChanged = func() {
		s.model.setDay(s.day.Month(), s.day.Day(), s.day.Year())
		s.fields.Clear(fieldDay, s.model.problems.For(fieldDay))
	}
	s.day.OnLeave = func() { s.fields.ShowOne(fieldDay, s.model.problems.For(fieldDay)) }
	day := kit.NewField(s.form, "Measured on", s.day, kit.Hint("month day year"))
	s.fields.Add(fieldDay, day)
	note := kit.NewEntry(s.form)
	note.OnChanged = func(text string) {
		s.model.note = text
		s.model.work()
		s.fields.Clear(fieldNote, s.model.problems.For(fieldNote))
	}
	var needed []kit.FieldOption
	label := "Note"
	if s.p.NeedsNote {
		label, needed = "Why it is corrected", []kit.FieldOption{kit.Needed()}
	}
	noteField := kit.NewField(s.form, label, note, needed...)
	s.fields.Add(fieldNote, noteField)
	rows := [][]kit.Cell{kit.Row(kit.Span(5, day), kit.Span(7, noteField))}
	if s.p.Form {
		chips := kit.NewChoiceChips(s.form, kit.Choice{Value: "en", Text: "English", Key: 'e'}, kit.Choice{Value: "es", Text: "Spanish", Key: 's'},
			kit.Choice{Value: "other", Text: "Another", Key: 'a'})
		chips.Put(s.model.language)
		chips.OnChanged = func(v string) { s.model.language = v }
		rows = append(rows, kit.Row(kit.Span(12, kit.NewField(s.form, "Language of the form", chips))))
	}
	return kit.Stack(10, kit.Rule(), kit.Grid(rows...))
}

// show paints the result.
func (s *sheet) show() {
	s.says.SetText(s.model.says())
	s.wrong.SetText("")
	s.wrong.Hide()
	s.Relayout()
}

// done hands the result over, or goes to what is in the way.
func (s *sheet) done() bool {
	if len(s.model.problems) > 0 {
		rest := s.fields.Show(s.model.problems)
		if len(rest) > 0 {
			s.refuse(rest[0].Text)
		}
		s.fields.First()
		return false
	}
	if !s.model.something() {
		s.refuse("There is nothing to keep yet. " + s.model.says())
		return false
	}
	if text := s.p.Done(s.model.result()); text != "" {
		s.refuse(text)
		return false
	}
	s.sheet.Close()
	if s.p.After != nil {
		s.p.After()
	}
	return false
}

func (s *sheet) refuse(text string) {
	s.wrong.SetText(text)
	s.wrong.Show()
	s.Relayout()
}

// atMost gives its one object the height it needs, up to a limit.
type atMost struct{ limit float32 }

// HeightFor is the height at that width.
func (a *atMost) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return min(a.limit, o[0].(*kit.FormScroll).Needs(width))
}

// Layout implements fyne.Layout.
func (a *atMost) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize implements fyne.Layout.
func (a *atMost) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, min(a.limit, o[0].(*kit.FormScroll).Needs(max(320, o[0].Size().Width))))
}
