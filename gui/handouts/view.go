package handouts

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Config is what the section is given besides the use cases.
type Config struct {
	// Press makes the sheet.
	Press Press
	// Folder is where the file goes unless somebody types another.
	Folder string
	// Open shows a file in the computer's own viewer. It runs in the background.
	Open func(path string) error
	// Now is the program's clock; it only stamps the words in the status bar.
	Now func() time.Time
}

// Section is the Handouts section of one chart.
type Section struct {
	model *model
	host  page.Host
	cfg   Config

	form       *kit.FormScroll
	body       *fyne.Container
	supervised *kit.Ticks
	place      *kit.Field
	language   *kit.ChoiceChips
	size       *kit.ChoiceChips
	choices    *fyne.Container
	folder     *kit.Entry
	where      *kit.Field
	way        *kit.Button
	list       *kit.DataList
	again      *kit.Button
	preview    *kit.PagePreview
	rows       []row
	content    fyne.CanvasObject
	// shown: nothing takes the keyboard while another section is open.
	shown bool
}

var (
	_ page.Section = (*Section)(nil)
	_ page.Printer = (*Section)(nil)
)

// New returns the section of a patient's chart. The chart tells the rail how
// far the handouts are until the section is shown.
func New(svc Service, host page.Host, chart clinic.Chart, cfg Config) *Section {
	s := &Section{model: newModel(svc, cfg.Press, chart, cfg.Folder), host: host, cfg: cfg}
	s.form = kit.NewFormScroll(host)
	s.supervised = kit.NewTicks(s.form, "A safe place and supervision are arranged")
	s.supervised.OnChanged = func(_ int, ticked bool) { s.model.supervised = ticked; s.ask() }
	s.place = kit.NewField(s.form, "Barbell stages", s.supervised, kit.Needed())
	s.language = kit.NewChoiceChips(s.form, kit.Choice{Value: "en", Text: "English", Key: 'E'}, kit.Choice{Value: "es", Text: "Spanish", Key: 'S'})
	s.language.OnChanged = func(v string) { s.model.language = v; s.choose() }
	s.size = kit.NewChoiceChips(s.form, kit.Choice{Value: "", Text: "12 point", Key: 'N'}, kit.Choice{Value: large, Text: "18 point", Key: 'L'})
	s.size.OnChanged = func(v string) { s.model.size = v; s.choose() }
	s.choices = kit.Grid(kit.Row(kit.Span(6, kit.NewField(s.form, "Language", s.language)), kit.Span(6, kit.NewField(s.form, "Print size", s.size))))
	s.folder = kit.NewEntry(s.form)
	s.folder.Put(cfg.Folder)
	s.folder.OnChanged = func(v string) {
		s.model.folder = v
		s.where.SetProblem("")
	}
	s.where = kit.NewField(s.form, "Folder for the PDF", s.folder)
	s.way = kit.NewButton(s.form, "", "", s.goOn)
	s.list = kit.NewDataList(s.form, kit.Column{Title: "Given", Width: 104, Fixed: true}, kit.Column{Title: "Step", Width: 92, Fixed: true},
		kit.Column{Title: "Language", Width: 72}, kit.Column{Title: "Mark", Width: 80, Fixed: true}, kit.Column{})
	s.list.SetAccessibleName("Given before")
	s.list.OnOpen = func(int) { s.saveAgain() }
	s.again = kit.NewButton(s.form, "Save again", "Enter", s.saveAgain)
	s.preview = kit.NewPagePreview(host, "")
	s.body = kit.Stack(12)
	s.form.SetContent(s.body)
	s.content = container.New(kit.Halves(), s.form, s.preview)
	s.paint()
	return s
}

// paint shows the model.
func (s *Section) paint() {
	m := s.model
	s.supervised.Put(0, m.supervised)
	s.language.Put(m.speaks())
	s.size.Put(m.size)
	parts := []fyne.CanvasObject{kit.NewText(m.title(), kit.Title)}
	if m.chart.Plan == nil {
		s.way.SetText(wayText(m.wayOut()), "")
		parts = append(parts, kit.StatusLine(look.Locked, noPlan), kit.Inline(0, s.way))
	} else {
		parts = append(parts, s.options()...)
	}
	s.rows = m.given()
	if len(s.rows) > 0 {
		s.list.SetRows(len(s.rows), func(row, column int) string { return s.rows[row].cells[column] })
		parts = append(parts, kit.Rule(), kit.NewText("Given before", kit.Strong), s.list, kit.Inline(0, s.again))
	} else if m.chart.Plan != nil {
		parts = append(parts, kit.Rule(), kit.NewText("Nothing was given yet.", kit.Quiet))
	}
	s.body.Objects = parts
	s.form.Relayout()
	s.preview.SetEmpty(m.waiting())
	if m.made.done && m.made.err == nil && !m.forbidden() {
		s.preview.SetPages(m.made.sheet.Pictures)
	} else {
		s.preview.SetPages(nil)
	}
	s.host.Changed()
}

// options are the choices and the checks of a plan.
func (s *Section) options() []fyne.CanvasObject {
	m := s.model
	parts := []fyne.CanvasObject{kit.SummaryList(
		kit.SummaryItem{Label: "For", Value: m.chart.Patient.FirstName},
		kit.SummaryItem{Label: "Paper", Value: "US Letter"},
		kit.SummaryItem{Label: "Use until", Value: m.untilWords()},
		kit.SummaryItem{Label: "Always on it", Value: "Stop rules, when to call 911, disclaimer on each page"},
	)}
	parts = append(parts, s.choices)
	if m.chart.Plan.Plan.Stage >= clinic.FirstBarbellStage {
		parts = append(parts, s.place)
	}
	wrong := false
	var lines []fyne.CanvasObject
	for _, c := range m.checks() {
		lines = append(lines, kit.StatusLine(map[state]look.Status{passed: look.Ready, warned: look.Attention, failed: look.Stop}[c.State], c.Text))
		wrong = wrong || c.State == failed
	}
	parts = append(parts, s.where, kit.Rule(), kit.NewText("Checks", kit.Strong), kit.Stack(6, lines...))
	if wrong && !m.placeOnly() {
		s.way.SetText(wayText(m.wayOut()), "")
		parts = append(parts, kit.Inline(0, s.way))
	}
	return parts
}

func wayText(section string) string {
	if section == clinic.SectionScreen {
		return "Go to screen"
	}
	return "Go to plan"
}

// goOn opens the section that a refusal points to.
func (s *Section) goOn() {
	if s.model.wayOut() == clinic.SectionScreen {
		s.host.GoTo(page.Screen)
		return
	}
	s.host.GoTo(page.Plan)
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Handouts }

// Title implements page.Section.
func (s *Section) Title() string { return "Handouts" }

// Status implements page.Section.
func (s *Section) Status() string { return s.model.status() }

// Content implements page.View.
func (s *Section) Content() fyne.CanvasObject { return s.content }

// FirstFocus implements page.View: the open tick, the way out of a refusal,
// else the preview, because reading it is what comes first.
func (s *Section) FirstFocus() fyne.Focusable {
	switch m := s.model; {
	case m.chart.Plan == nil:
		return s.way
	case m.refused.For("supervised_place") != "":
		return s.supervised
	case len(m.refused) > 0:
		return s.way
	}
	return s.preview
}

// Main implements page.View.
func (s *Section) Main() page.Action {
	m := s.model
	if m.chart.Plan == nil || m.forbidden() {
		return page.Action{Text: wayText(m.wayOut()), Key: "Ctrl+Enter", Do: s.goOn}
	}
	return page.Action{Text: "Save PDF", Key: "Ctrl+Enter", Do: s.SavePDF}
}

// More implements page.View.
func (s *Section) More() []page.Action {
	if s.model.chart.Plan == nil {
		return nil
	}
	out := []page.Action{{Text: "Print", Key: "Ctrl+P", Do: s.Print}}
	if s.model.saved != "" {
		out = append(out, page.Action{Text: "Open in PDF viewer", Do: func() { s.open(s.model.saved, "") }})
	}
	return out
}

// Problems implements page.View.
func (s *Section) Problems() string {
	n := 0
	for _, c := range s.model.checks() {
		if c.State == failed {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return count(n, "problem")
}

// NextProblem implements page.View.
func (s *Section) NextProblem(bool) {
	if s.Problems() != "" {
		s.host.Canvas().Focus(s.FirstFocus())
	}
}

// Save implements page.View. Giving a handout out makes a record, so the key
// that people press out of habit does not do it.
func (s *Section) Save() {
	s.host.Say("Nothing to save here. Ctrl+Enter saves the PDF and records it.")
}

// Leave implements page.View.
func (s *Section) Leave() { s.shown = false }

// Refresh implements page.View.
func (s *Section) Refresh() {
	s.shown = true
	s.reload()
}

// reload reads the records and makes the sheet when it is no longer the one to
// show.
func (s *Section) reload() {
	fresh, err := s.model.load(s.host.Context())
	if err != nil {
		if s.host.Context().Err() == nil {
			s.host.Notify(look.Stop, "The handouts cannot be read. "+clinic.Sentence(err))
		}
		return
	}
	if !fresh {
		s.model.made = made{}
	}
	s.paint()
	if !fresh {
		s.printAgain()
	}
}

// choose makes the sheet that was asked for.
func (s *Section) choose() {
	s.model.made = made{}
	s.paint()
	s.printAgain()
}

// ask asks the rules again after the tick.
func (s *Section) ask() {
	if err := s.model.ask(s.host.Context()); err != nil {
		s.host.Notify(look.Stop, "The rules could not be asked. "+clinic.Sentence(err))
	}
	s.paint()
}

// printAgain makes the sheet in the background.
func (s *Section) printAgain() {
	order, ok := s.model.order()
	if !ok {
		return
	}
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (made, error) {
		return s.model.make(ctx, order), nil
	}, func(x made, _ error) {
		if s.model.take(x) {
			s.paint()
		}
	})
}

// SavePDF implements page.Printer.
func (s *Section) SavePDF() { s.save(nil) }

// Print implements page.Printer. The program prints by way of the computer's
// own viewer: it saves the sheet, opens it there, and says what to press.
func (s *Section) Print() {
	s.save(func(path string) { s.open(path, "The PDF is open in the viewer. Press Ctrl+P there to print.") })
}

// save gives the sheet out and then calls then with its path.
func (s *Section) save(then func(path string)) {
	m := s.model
	if m.busy {
		return
	}
	if m.chart.Plan == nil {
		s.host.Say("This plan is not signed. Ask a therapist to sign it before printing.")
		return
	}
	if !m.ready() {
		if !m.made.done {
			s.host.Say("The sheet is still being made.")
			return
		}
		s.host.Say("Nothing was saved. The checks list what is wrong.")
		s.NextProblem(false)
		return
	}
	m.busy = true
	order := m.save()
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (saved, error) {
		return m.run(ctx, order), nil
	}, func(x saved, _ error) { s.finish(x, order.request.Pages, then) })
}

// saveAgain writes a handout of before, byte for byte. One that is not the
// program of today is asked about first: the file does not say so itself.
func (s *Section) saveAgain() {
	at := s.list.Selected()
	if s.model.busy || at < 0 || at >= len(s.rows) {
		return
	}
	r := s.rows[at]
	warning := s.outdated(r)
	if warning == "" {
		s.copy(r, "")
		return
	}
	sheet := &kit.Sheet{Title: "This is not the program of today", Main: "Save the old handout", Destructive: true,
		Body: kit.NewText(warning, kit.Body)}
	sheet.Do = func() bool {
		sheet.Close()
		s.copy(r, warning)
		return false
	}
	sheet.Show(s.host.Router(), s.host.Canvas())
}

// copy saves the handout of the row and then says the warning, if any.
func (s *Section) copy(r row, warning string) {
	m := s.model
	m.busy = true
	order := m.saveAgain(r)
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (saved, error) {
		return m.runAgain(ctx, order), nil
	}, func(x saved, _ error) {
		s.finish(x, r.handout.Pages, nil)
		if x.err == nil && warning != "" {
			s.host.Notify(look.Attention, warning)
		}
	})
}

// outdated says that a copy is not the program of today, "" when it is.
func (s *Section) outdated(r row) string {
	text := "This is the handout of " + r.cells[0] + ". "
	switch {
	case r.replaced:
		return text + "A newer plan has replaced it. Do not give it out as the current program."
	case s.model.forbidden():
		return text + "The rules do not allow this program today. Do not give it out."
	}
	return ""
}

// finish says what came of a save.
func (s *Section) finish(x saved, pages int, then func(string)) {
	m := s.model
	m.busy = false
	m.unsaved = nil
	if x.record != nil && x.err != nil && !x.again {
		m.unsaved = x.record
	}
	if x.err == nil {
		m.saved = x.path
	}
	s.reload()
	s.where.SetProblem("")
	if x.err != nil {
		s.where.SetProblem(x.folderProblem())
		s.host.Notify(look.Stop, x.why())
		if x.folderProblem() != "" && s.shown {
			s.where.Focus()
		}
		return
	}
	said := "Saved " + count(pages, "page") + " at " + s.cfg.Now().Format("3:04 pm") + " to " + x.path
	if x.again {
		said = "Saved again, the same bytes as before, to " + x.path
	}
	s.host.Say(said)
	if then != nil {
		then(x.path)
		return
	}
	s.host.Notify(look.Ready, said, page.Action{Text: "Open in PDF viewer", Do: func() { s.open(x.path, "") }})
}

// open shows the file in the computer's viewer and then says a word.
func (s *Section) open(path, then string) {
	s.host.Say("Opening " + path)
	run.Go(s.host.Context(), s.host.Runner(), func(context.Context) (struct{}, error) {
		return struct{}{}, s.cfg.Open(path)
	}, func(_ struct{}, err error) {
		switch {
		case err != nil:
			s.host.Notify(look.Attention, "This computer has no program that opens PDF files by itself. The file is saved: "+path)
		case then != "":
			s.host.Notify(look.Info, then)
		}
	})
}
