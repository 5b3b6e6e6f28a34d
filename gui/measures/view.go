package measures

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/score"
)

// Section is the Summary section of one chart.
type Section struct {
	svc      Service
	host     page.Host
	patient  domain.PatientID
	language string
	model    model

	list, lines *kit.DataList
	about       *kit.Reader
	plot        *kit.TrendPlot
	empty       *kit.Text
	title       *kit.Text
	root        *fyne.Container
}

// New returns the section of a patient's chart.
func New(svc Service, host page.Host, chart clinic.Chart) *Section {
	s := &Section{svc: svc, host: host, patient: chart.Patient.ID}
	if chart.Intake != nil {
		s.language = chart.Intake.Language
	}
	s.list = kit.NewDataList(host, kit.Column{Title: "Measure", Strong: true}, kit.Column{Title: "Newest", Width: 240},
		kit.Column{Title: "Measured on", Width: 116, Fixed: true}, kit.Column{Title: "Change since the one before", Width: 220})
	s.list.SetAccessibleName("Measures")
	s.list.OnSelect = func(row int) { s.model.at, s.model.line = row, 0; s.showHistory() }
	s.list.OnOpen = func(int) { kit.Focus(s.lines) }
	s.lines = kit.NewDataList(host, kit.Column{Title: "Measured on", Width: 108, Fixed: true}, kit.Column{Title: "Value", Width: 176},
		kit.Column{Title: "Change", Width: 180}, kit.Column{Title: "By", Width: 96}, kit.Column{Title: "Note"})
	s.lines.SetAccessibleName("Measurements")
	s.lines.OnSelect = func(row int) { s.model.line = row; s.showLine() }
	s.lines.OnOpen = func(int) { s.correct() }
	s.about = kit.NewReader(host, "About this measurement")
	s.plot = kit.NewTrendPlot()
	s.title = kit.NewText("", kit.Title)
	s.empty = kit.NewText("Nothing is measured yet. A signed screen brings its measures here; Ctrl+Enter records one that belongs to no screen.", kit.Body)
	s.root = container.New(&floors{}, kit.NewText("Measures and trends", kit.Heading), s.empty, s.list, s.title, s.lines, s.about, s.plot)
	if list, err := svc.Measures(host.Context(), s.patient); err == nil {
		s.model.put(list)
	}
	s.paint()
	return s
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Summary }

// Title implements page.Section.
func (s *Section) Title() string { return "Summary" }

// Status implements page.Section.
func (s *Section) Status() string { return s.model.status() }

// Content implements page.Section.
func (s *Section) Content() fyne.CanvasObject { return s.root }

// FirstFocus implements page.Section.
func (s *Section) FirstFocus() fyne.Focusable {
	if len(s.model.histories) == 0 {
		return nil
	}
	return s.list
}

// Main implements page.Section.
func (s *Section) Main() page.Action {
	return page.Action{Text: "Record a measure", Key: "Ctrl+Enter", Do: s.choose}
}

// More implements page.Section.
func (s *Section) More() []page.Action {
	l, ok := s.model.chosen()
	if !ok || l.Replaced {
		return nil
	}
	return []page.Action{{Text: "Correct", Do: s.correct}, {Text: "Withdraw", Do: s.withdraw}}
}

// Problems implements page.Section.
func (s *Section) Problems() string { return "" }

// NextProblem implements page.Section.
func (s *Section) NextProblem(bool) {}

// Save implements page.Section: nothing here waits to be saved.
func (s *Section) Save() {}

// Leave implements page.Section.
func (s *Section) Leave() {}

// Refresh implements page.Section.
func (s *Section) Refresh() {
	list, err := s.svc.Measures(s.host.Context(), s.patient)
	if err != nil {
		s.host.Notify(look.Stop, clinic.Sentence(err), page.Action{Text: "Try again", Do: s.Refresh})
		return
	}
	s.model.put(list)
	s.paint()
}

// paint shows the model.
func (s *Section) paint() {
	some := len(s.model.histories) > 0
	for _, o := range []fyne.CanvasObject{s.list, s.title, s.lines, s.about, s.plot} {
		if some {
			o.Show()
		} else {
			o.Hide()
		}
	}
	s.empty.Hidden = some
	s.list.SetRows(len(s.model.histories), func(i, column int) string { return row(s.model.histories[i])[column] })
	at := s.model.at
	s.list.Select(at)
	s.showHistory()
	s.root.Refresh()
}

// showHistory shows the chosen measure.
func (s *Section) showHistory() {
	h, ok := s.model.history()
	if !ok {
		return
	}
	s.title.SetText(title(h))
	line := s.model.line
	s.lines.SetRows(len(h.Lines), func(i, column int) string { return lineRow(h.Lines[i])[column] })
	s.lines.Select(line)
	s.showLine()
}

// showLine shows the chosen measurement of it.
func (s *Section) showLine() {
	h, ok := s.model.history()
	if !ok {
		return
	}
	var texts []fyne.CanvasObject
	for i, text := range s.model.about() {
		style := kit.Body
		if i > 0 {
			style = kit.Quiet
		}
		texts = append(texts, kit.NewText(text, style))
	}
	s.about.SetContent(kit.Stack(6, texts...))
	s.plot.SetTrend(s.trend(h))
	s.host.Changed()
}

// trend is the plot of a history, oldest first.
func (s *Section) trend(h clinic.MeasureHistory) kit.Trend {
	low, high := rangeOf(h)
	out := kit.Trend{Title: title(h), Unit: h.Measure.Unit, Low: low, High: high, Chosen: -1}
	for i := len(h.Lines) - 1; i >= 0; i-- {
		l := h.Lines[i]
		v, ok := value(l)
		if !ok {
			continue
		}
		if i == s.model.line {
			out.Chosen = len(out.Points)
		}
		out.Points = append(out.Points, kit.TrendPoint{Day: domain.Date{Year: 2000, Month: 1, Day: 1}.DaysUntil(l.Record.Date),
			Value: v, Label: l.Record.Date.Short()})
		out.Words = real(h.Measure, l.Record.Protocol)
	}
	return out
}

// choose asks which measure is recorded, and opens its sheet.
func (s *Section) choose() {
	all := s.svc.MeasureCatalog().Calculators()
	var kept []measure.Calculator
	for _, c := range all {
		if len(c.Measures) > 0 {
			kept = append(kept, c)
		}
	}
	sheet := &kit.Sheet{Title: "Record a measure", Main: "Open"}
	list := kit.NewDataList(s.host.Router(), kit.Column{Title: "A letter goes to the next one that begins with it"})
	list.SetAccessibleName("What was measured")
	list.SetRows(len(kept), func(i, _ int) string { return kept[i].Title })
	open := func() {
		sheet.Close()
		s.record(kept[list.Selected()])
	}
	list.OnOpen = func(int) { open() }
	sheet.Body = container.New(&tall{min(420, s.host.Canvas().Size().Height-220)}, list)
	sheet.First = list
	sheet.Do = func() bool { open(); return false }
	sheet.Show(s.host.Router(), s.host.Canvas())
}

// record asks the questions of a calculator and keeps the result.
func (s *Section) record(c measure.Calculator) {
	score.Open(score.Params{
		Router: s.host.Router(), Canvas: s.host.Canvas(), Calculator: c, Today: s.svc.Today(),
		Dated: true, Form: s.isForm(c), Language: s.language, Main: "Keep",
		Done: func(r score.Result) string {
			records := r.Records
			for i := range records {
				records[i].Date, records[i].Language = r.On, ""
				if m, ok := s.svc.MeasureCatalog().Measure(records[i].Measure); ok && m.Form {
					records[i].Language = r.Language
				}
			}
			kept, err := s.svc.RecordMeasures(s.host.Context(), s.patient, r.Note, records...)
			if err != nil {
				return clinic.Sentence(err)
			}
			s.keptOne(kept[0].Record, "Measure kept")
			return ""
		},
		After: s.settle,
	})
}

// isForm reports whether a calculator is a questionnaire.
func (s *Section) isForm(c measure.Calculator) bool {
	for _, id := range c.Measures {
		if m, ok := s.svc.MeasureCatalog().Measure(id); ok && m.Form {
			return true
		}
	}
	return false
}

// keptOne shows what was kept.
func (s *Section) keptOne(r measure.Record, said string) {
	s.Refresh()
	s.model.show(r)
	s.paint()
	s.host.Say(said)
}

// settle gives the keyboard to the list when nothing has it: before the first
// measurement there was no list.
func (s *Section) settle() {
	if s.host.Canvas().Focused() == nil {
		s.host.Canvas().Focus(s.list)
	}
}

// correct asks for the right value of the chosen measurement.
func (s *Section) correct() {
	l, ok := s.model.chosen()
	c, known := s.svc.MeasureCatalog().ValueCalculator(l.Record.Measure)
	if !ok || !known || l.Replaced {
		return
	}
	given := map[string]string{"protocol": l.Record.Protocol}
	if l.Record.Value != nil {
		given["value"] = l.Record.Value.String()
	}
	c.Title = "Correct: " + c.Title
	c.Help = "The old value stays readable as replaced. A signed screen keeps the value it was signed with; screen again where it matters."
	score.Open(score.Params{
		Router: s.host.Router(), Canvas: s.host.Canvas(), Calculator: c, Given: given, Today: s.svc.Today(), On: l.Record.Date,
		Dated: true, NeedsNote: true, Form: l.Record.Language != "", Language: l.Record.Language, Main: "Correct",
		Done: func(r score.Result) string {
			m, err := s.svc.CorrectMeasure(s.host.Context(), s.patient, l.ID, r.Note, corrected(l.Record, r))
			if err != nil {
				return clinic.Sentence(err)
			}
			s.keptOne(m.Record, "Measure corrected")
			return ""
		},
		After: s.settle,
	})
}

// withdraw takes the chosen measurement back.
func (s *Section) withdraw() {
	l, ok := s.model.chosen()
	if !ok || l.Replaced {
		return
	}
	router := s.host.Router()
	sheet := &kit.Sheet{Title: "Withdraw this measurement?", Main: "Withdraw"}
	why := kit.NewEntry(router)
	field := kit.NewField(sheetHost{router, sheet}, "Why it should not have been entered", why, kit.Needed())
	sheet.Body = kit.Stack(12, kit.SummaryList(
		kit.SummaryItem{Label: "Measured on", Value: l.Record.Date.Short()},
		kit.SummaryItem{Label: "Value", Value: valueWords(l)}),
		kit.NewText("It stays readable and counts for nothing. A signed screen keeps the value it was signed with.", kit.Quiet), field)
	sheet.First = why
	sheet.Do = func() bool {
		m, err := s.svc.WithdrawMeasure(s.host.Context(), s.patient, l.ID, why.Text)
		if err != nil {
			field.SetProblem(clinic.Sentence(err))
			field.Focus()
			return false
		}
		sheet.Close()
		s.keptOne(m.Record, "Measure withdrawn")
		return false
	}
	sheet.Show(router, s.host.Canvas())
}

// sheetHost lets a sentence in a sheet make room for itself.
type sheetHost struct {
	*kit.Router
	sheet *kit.Sheet
}

// Relayout implements kit.Host.
func (h sheetHost) Relayout() { h.sheet.Relayout() }

// tall gives its one object a height.
type tall struct{ height float32 }

// HeightFor is the height at any width.
func (t *tall) HeightFor([]fyne.CanvasObject, float32) float32 { return t.height }

// Layout implements fyne.Layout.
func (t *tall) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize implements fyne.Layout.
func (t *tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, t.height) }

// floors puts heading and list on top, and under them the chosen measure: its
// measurements, what is to be said of one, and the plot at the right.
type floors struct{}

const (
	edge      = float32(16)
	plotWidth = float32(400)
)

// Layout implements fyne.Layout.
func (floors) Layout(o []fyne.CanvasObject, size fyne.Size) {
	heading, empty, list, name, lines, about, plot := o[0], o[1], o[2], o[3], o[4], o[5], o[6]
	w := size.Width - 2*edge
	y := edge
	put := func(x fyne.CanvasObject, left, width, height float32) {
		x.Move(fyne.NewPos(left, y))
		x.Resize(fyne.NewSize(width, height))
	}
	h := kit.HeightFor(heading, w)
	put(heading, edge, w, h)
	y += h + 8
	put(empty, edge, w, kit.HeightFor(empty, w))
	room := size.Height - y - edge
	top := max(126, room*0.37)
	put(list, edge, w, top)
	y += top + 12
	h = kit.HeightFor(name, w)
	put(name, edge, w, h)
	y += h + 6
	rest := size.Height - y - edge
	picture := min(plotWidth, max(240, w-690))
	left := w - picture - edge
	put(plot, edge+left+edge, picture, rest)
	history := max(126, rest*0.5)
	put(lines, edge, left, history)
	y += history
	put(about, 0, left+edge, size.Height-y)
}

// MinSize implements fyne.Layout.
func (floors) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 380) }
