package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"backtobar/domain"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// control is a field with what stands for it in the window.
type control struct {
	field
	widget kit.Control
	// box is the caption with its control; nil for a question row.
	box *kit.Field
	row *kit.YesNoRow
}

// object is what is laid out.
func (c *control) object() fyne.CanvasObject {
	if c.row != nil {
		return c.row
	}
	return c.box
}

func (c *control) setProblem(text string) {
	if c.row != nil {
		c.row.SetProblem(text)
		return
	}
	c.box.SetProblem(text)
}

// put shows what the model holds.
func (c *control) put(text string) {
	switch w := c.widget.(type) {
	case *kit.YesNoRow:
		w.Put(kit.Answer(text))
	case *kit.ChoiceChips:
		w.Put(text)
	case *kit.NumberEntry:
		w.Put(text)
	}
}

// skipTo says where Enter goes from an answered field when what stands between
// is only needed otherwise.
var skipTo = map[string]string{
	pathODI:               pathSeconds,
	pathSeconds:           pathHipTest,
	"hip_extension.right": pathContact,
	pathContact:           "dowel_hinge.depth",
}

// newControl makes the control of a field.
func (s *Section) newControl(f field) *control {
	c := &control{field: f}
	changed := func(text string) { s.changed(f.path, text) }
	left := func() { s.left(f.path) }
	switch f.kind {
	case yesNo:
		hint := ""
		if s.model.opensSheet(f.path) {
			hint = "F7 opens its score sheet"
		}
		c.row = kit.NewYesNoRow(s.keys, f.name, hint)
		c.row.OnChanged = func(a kit.Answer) { changed(string(a)) }
		c.widget = c.row
		return c
	case choice:
		var choices []kit.Choice
		for _, o := range f.options {
			choices = append(choices, kit.Choice{Value: o.value, Text: o.text, Key: o.key})
		}
		w := kit.NewChoiceChips(s.keys, choices...)
		w.AutoAdvance, w.OnChanged, w.OnLeave = true, changed, left
		c.widget = w
	case scale:
		w := kit.NewScaleChips(s.keys, f.high)
		w.AutoAdvance, w.OnChanged, w.OnLeave = true, changed, left
		c.widget = w
	case number:
		c.widget = s.newNumber(f, changed, left)
	}
	var options []kit.FieldOption
	if f.hint != "" {
		options = append(options, kit.Hint(f.hint))
	}
	if f.unit != "" {
		options = append(options, kit.Unit(f.unit))
	}
	if s.model.opensSheet(f.path) {
		options = append(options, kit.Help("Score, F7", func() { s.score(f.path) }))
	}
	c.box = kit.NewField(s.form, f.name, c.widget, options...)
	return c
}

func (s *Section) newNumber(f field, changed func(string), left func()) *kit.NumberEntry {
	digits := 3
	if f.decimals {
		digits = 5
	}
	w := kit.NewNumberEntry(s.keys, digits)
	w.OnLeave = left
	w.OnChanged = changed
	target := skipTo[f.path]
	if f.full && target == "" {
		w.FullAt = func(text string) bool { return kit.Full(text, f.low, f.high) }
	}
	if target == "" {
		return w
	}
	w.OnEnter = func() {
		if w.Text == "" {
			kit.Next(w)
			return
		}
		s.focus(target)
	}
	if f.full {
		w.OnChanged = func(text string) {
			typed := !s.painting
			changed(text)
			if typed && kit.Full(text, f.low, s.most(f)) {
				s.focus(target) // at once: the next key may already be waiting
			}
		}
	}
	return w
}

// most is the highest number that a field can hold as the form stands.
func (s *Section) most(f field) int {
	if f.path == pathContact {
		if v, err := domain.ParseDecimal(s.model.get(pathReps)); err == nil && v.IsWhole() {
			return int(v.Rat().Num().Int64())
		}
	}
	return f.high
}

// build makes every control and lays them out in the order of the form.
func (s *Section) build() {
	s.form = kit.NewFormScroll(s.host)
	s.keys = scoringHost{s.form, s}
	s.controls = map[string]*control{}
	var rows []*kit.YesNoRow
	for _, f := range s.model.fields {
		c := s.newControl(f)
		s.controls[f.path] = c
		if c.row != nil && f.part == partSafety {
			rows = append(rows, c.row)
		}
	}
	// One list for Backspace; it is laid out below with its headings.
	kit.YesNoGroup(rows...)
	s.noSex = kit.NewText("Choose female or male in the intake (Ctrl+2). The clinical rules need it.",
		kit.TextStyle{Bold: true, Color: look.ColorStop})
	s.fracture = kit.NewText("", kit.Quiet)
	s.notApplicable = kit.NewText("Pregnancy: not applicable, the chart says male.", kit.Quiet)
	s.watch = newStopwatch(s.form, s.host, func(seconds string) {
		s.changed(pathSeconds, seconds)
		s.paint()
		s.focus(pathSeconds)
	})
	s.form.SetContent(kit.Stack(18,
		kit.Stack(4, kit.NewText("Readiness screen", kit.Heading),
			kit.NewText("Y yes, N no, U not asked. Nothing is answered by itself; what was not asked never passes.", kit.Quiet),
			s.noSex),
		s.part(partSafety, s.safety()),
		s.part(partVitals, s.vitals()),
		s.part(partEpisode, s.episode()),
		s.part(partTests, s.tests()),
		s.part(partOptional, s.optional()),
	))
}

func (s *Section) part(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return kit.Card(kit.Stack(10, kit.NewText(title, kit.Title), content))
}

// cell is a field in a grid.
func (s *Section) cell(span int, path string) kit.Cell {
	return kit.Span(span, s.controls[path].object())
}

func (s *Section) line(path string) []kit.Cell { return kit.Row(s.cell(12, path)) }

// safety lists the questions under the headings of the rules.
func (s *Section) safety() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	group := ""
	var rows []fyne.CanvasObject
	flush := func() {
		if len(rows) > 0 {
			parts = append(parts, kit.Stack(7, rows...))
		}
		rows = nil
	}
	for _, f := range s.model.fields {
		if f.part != partSafety {
			break
		}
		if f.group != group {
			flush()
			group = f.group
			rows = append(rows, kit.NewText(group, groupStyle))
		}
		rows = append(rows, s.controls[f.path].row)
	}
	rows = append(rows, s.fracture)
	flush()
	return kit.Stack(14, parts...)
}

var groupStyle = kit.TextStyle{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary, Bold: true}

func (s *Section) vitals() fyne.CanvasObject {
	return kit.Grid(
		kit.Row(s.cell(3, pathSystolic), s.cell(3, pathDiastolic), s.cell(4, "vitals.heart_rate_bpm")),
		s.line("vitals.symptoms"),
		s.line("neuro.finding"),
		s.line("neuro.slr_own_leg_pain"),
		s.line("neuro.slr_angle_deg"),
		s.line("neuro.crossed_slr"),
		kit.Row(kit.Span(12, s.notApplicable)),
		s.line(pathPregnancy),
		s.line("pregnancy.weeks_postpartum"),
		s.line("bone"),
		s.line("surgery.kind"),
		s.line("surgery.weeks_ago"),
	)
}

func (s *Section) episode() fyne.CanvasObject {
	return kit.Grid(
		s.line("episode.duration_weeks"),
		s.line("episode.mechanism"),
		s.line("episode.irritability"),
		s.line("pain.nprs_7day"),
	)
}

func (s *Section) tests() fyne.CanvasObject {
	return kit.Grid(
		kit.Row(s.cell(6, pathODI), s.cell(6, pathRMDQ)),
		kit.Row(s.cell(6, pathSeconds), kit.Span(4, s.watch.button)),
		s.line(pathHold),
		s.line(pathHipTest),
		kit.Row(s.cell(6, "hip_extension.left"), s.cell(6, "hip_extension.right")),
		kit.Row(s.cell(6, "hip_extension.mmt_left"), s.cell(6, "hip_extension.mmt_right")),
		kit.Row(s.cell(6, pathContact), s.cell(6, pathReps)),
		s.line("dowel_hinge.depth"),
		s.line("dowel_hinge.pain"),
		s.line("episode.directional_response"),
		s.line("history.barbell_experience_12_months"),
	)
}

func (s *Section) optional() fyne.CanvasObject {
	return kit.Grid(
		kit.Row(s.cell(6, "pain.vas_mm"), s.cell(6, "tsk11")),
		s.line(pathStart),
		kit.Row(s.cell(6, pathDistress), s.cell(6, "history.highest_stage_exited")),
	)
}

// paint shows the model: answers, hints, what is asked, what is wrong.
func (s *Section) paint() {
	s.painting = true
	defer func() { s.painting = false }()
	for path, c := range s.controls {
		c.put(s.model.get(path))
	}
	s.judge()
}

// judge shows what the answers mean: which questions are asked, the problems
// that are due, and the verdict.
func (s *Section) judge() {
	moved := show(s.noSex, s.model.patient.Sex == "")
	if words := s.model.fractureWords(); words != s.fracture.Text() {
		s.fracture.SetText(words)
		moved = true
	}
	moved = show(s.notApplicable, !s.model.asked(pathPregnancy)) || moved
	open := map[string]bool{}
	for _, path := range s.model.verdict.Unanswered {
		open[path] = true
	}
	for path, c := range s.controls {
		moved = show(c.object(), s.model.asked(path)) || moved
		text := ""
		if s.due[path] {
			text = s.model.problems.For(path)
		}
		if text == "" && s.needed == path && open[path] {
			text = c.need()
		}
		c.setProblem(text)
		if c.box != nil {
			c.box.SetNote(s.model.note(c.field))
		}
	}
	if moved {
		s.form.Relayout()
	}
	s.showVerdict()
}

// show hides or shows o and reports whether that changed anything.
func show(o fyne.CanvasObject, visible bool) bool {
	if o.Visible() == visible {
		return false
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
	return true
}

// focus gives the keyboard to a field.
func (s *Section) focus(path string) {
	if c := s.controls[path]; c != nil && s.model.asked(path) {
		kit.Focus(c.widget.First())
	}
}

// here is the path of the field with the keyboard, or "".
func (s *Section) here() string {
	at := s.host.Canvas().Focused()
	for path, c := range s.controls {
		if at != nil && at == c.widget.First() {
			return path
		}
	}
	return ""
}
