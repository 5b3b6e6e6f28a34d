package documents

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/paper"
	"backtobar/gui/run"
)

// Config is what the section is given besides the use cases.
type Config struct {
	// Press makes the paper.
	Press Press
	// Folder is where the file goes unless somebody types another.
	Folder string
	// Open shows a file in the computer's own viewer. It runs in the background.
	Open func(path string) error
	// Now is the program's clock; it only stamps the words in the status bar.
	Now func() time.Time
}

// Section is the Documents section of one chart.
type Section struct {
	model *model
	host  page.Host
	cfg   Config

	form    *kit.FormScroll
	body    *fyne.Container
	kind    *kit.ChoiceChips
	which   *kit.Field
	size    *kit.ChoiceChips
	sizes   *kit.Field
	folder  *kit.Entry
	where   *kit.Field
	list    *kit.DataList
	again   *kit.Button
	preview *kit.PagePreview
	rows    []row
	content fyne.CanvasObject
	shown   bool
}

var (
	_ page.Section = (*Section)(nil)
	_ page.Printer = (*Section)(nil)
)

// New returns the section of a patient's chart.
func New(svc Service, host page.Host, chart clinic.Chart, cfg Config) *Section {
	s := &Section{model: newModel(svc, cfg.Press, chart, cfg.Folder), host: host, cfg: cfg}
	s.form = kit.NewFormScroll(host)
	var kinds []kit.Choice
	for i, key := range []rune{'C', 'R', 'I', 'S'} {
		k := clinic.PaperKinds[i]
		kinds = append(kinds, kit.Choice{Value: string(k), Text: kindName(k, ""), Key: key})
	}
	s.kind = kit.NewChoiceChips(s.form, kinds...)
	s.kind.OnChanged = func(string) { s.choose() }
	s.which = kit.NewField(s.form, "Paper", s.kind)
	s.size = kit.NewChoiceChips(s.form, kit.Choice{Value: "letter", Text: "US Letter", Key: 'L'}, kit.Choice{Value: "a4", Text: "A4", Key: '4'})
	s.size.OnChanged = func(string) { s.choose() }
	s.sizes = kit.NewField(s.form, "Size", s.size)
	s.folder = kit.NewEntry(s.form)
	s.folder.Put(cfg.Folder)
	s.folder.OnChanged = func(v string) {
		s.model.folder = v
		s.where.SetProblem("")
	}
	s.where = kit.NewField(s.form, "Folder for the PDF", s.folder)
	s.list = kit.NewDataList(s.form, kit.Column{Title: "Given", Width: 104, Fixed: true}, kit.Column{Title: "Paper", Width: 140},
		kit.Column{Title: "By", Width: 110}, kit.Column{Title: "Mark", Width: 80, Fixed: true})
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
	s.kind.Put(string(m.kind))
	s.size.Put(m.size)
	parts := []fyne.CanvasObject{kit.NewText("Papers for clinicians", kit.Title),
		kit.NewText("They carry name, birth date, chart number and results. The sheet for the patient's home is under Handouts.", kit.Quiet),
		s.which, s.sizes, s.where}
	var lines []fyne.CanvasObject
	for _, c := range m.checks() {
		status := look.Ready
		if !c.ok {
			status = look.Stop
		}
		lines = append(lines, kit.StatusLine(status, c.text))
	}
	if m.letterDue() {
		lines = append(lines, kit.StatusLine(look.Attention, "The newest screen refers. No letter about it was given out yet."))
	}
	if len(lines) > 0 {
		parts = append(parts, kit.Rule(), kit.NewText("Checks", kit.Strong), kit.Stack(6, lines...))
	}
	parts = append(parts, kit.Rule())
	if s.rows = m.given(); len(s.rows) > 0 {
		s.list.SetRows(len(s.rows), func(row, column int) string { return s.rows[row].cells[column] })
		parts = append(parts, kit.NewText("Given before", kit.Strong), s.list, kit.Inline(0, s.again))
	} else {
		parts = append(parts, kit.NewText("No paper was given yet.", kit.Quiet))
	}
	s.body.Objects = parts
	s.form.Relayout()
	s.preview.SetEmpty(m.waiting())
	if m.ready() {
		s.preview.SetPages(m.made.sheet.Pictures)
	} else {
		s.preview.SetPages(nil)
	}
	s.host.Changed()
}

// choose takes the chips over. A paper is always chosen, so clearing a chip puts
// it back.
func (s *Section) choose() {
	if s.model.choose(clinic.PaperKind(s.kind.Value()), s.size.Value()) {
		s.paint()
		s.print()
		return
	}
	s.kind.Put(string(s.model.kind))
	s.size.Put(s.model.size)
}

// print makes the paper in the background.
func (s *Section) print() {
	order := s.model.order()
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (made, error) {
		return s.model.make(ctx, order), nil
	}, func(x made, _ error) {
		if s.model.take(x) {
			s.paint()
		}
	})
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Documents }

// Title implements page.Section.
func (s *Section) Title() string { return "Documents" }

// Status implements page.Section.
func (s *Section) Status() string { return s.model.status() }

// Content implements page.View.
func (s *Section) Content() fyne.CanvasObject { return s.content }

// FirstFocus implements page.View: which paper comes first.
func (s *Section) FirstFocus() fyne.Focusable { return s.kind }

// Main implements page.View.
func (s *Section) Main() page.Action {
	return page.Action{Text: "Save PDF", Key: "Ctrl+Enter", Do: s.SavePDF}
}

// More implements page.View.
func (s *Section) More() []page.Action {
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
		if !c.ok {
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
		s.host.Canvas().Focus(s.kind)
	}
}

// Save implements page.View. Giving a paper out makes a record, so the key that
// people press out of habit does not do it.
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

func (s *Section) reload() {
	if err := s.model.load(s.host.Context()); err != nil {
		if s.host.Context().Err() == nil {
			s.host.Notify(look.Stop, "The documents cannot be read. "+clinic.Sentence(err))
		}
		return
	}
	s.paint()
	s.print()
}

// SavePDF implements page.Printer.
func (s *Section) SavePDF() { s.save(nil) }

// Print implements page.Printer: it saves the paper, opens it in the computer's
// own viewer and says what to press.
func (s *Section) Print() {
	s.save(func(path string) { s.open(path, "The PDF is open in the viewer. Press Ctrl+P there to print.") })
}

// save gives the paper out and then calls then with its path.
func (s *Section) save(then func(path string)) {
	m := s.model
	switch {
	case m.busy:
		return
	case !m.made.done:
		s.host.Say("The paper is still being made.")
		return
	case !m.ready():
		s.host.Say("Nothing was saved. The checks list what is wrong.")
		s.NextProblem(false)
		return
	}
	m.busy = true
	order := m.save()
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (saved, error) {
		return m.run(ctx, order), nil
	}, func(x saved, _ error) { s.finish(x, then) })
}

// saveAgain writes a paper of before, byte for byte.
func (s *Section) saveAgain() {
	at := s.list.Selected()
	if s.model.busy || at < 0 || at >= len(s.rows) {
		return
	}
	m := s.model
	m.busy = true
	order := m.copy(s.rows[at].paper)
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (saved, error) {
		return m.runCopy(ctx, order), nil
	}, func(x saved, _ error) { s.finish(x, nil) })
}

// finish says what came of a save.
func (s *Section) finish(x saved, then func(string)) {
	m := s.model
	m.busy = false
	if x.err == nil {
		m.saved = x.path
	}
	s.reload()
	s.where.SetProblem("")
	if x.err != nil {
		wrong := paper.FolderProblem(x.err)
		s.where.SetProblem(wrong)
		s.host.Notify(look.Stop, x.why())
		if wrong != "" && s.shown {
			s.where.Focus()
		}
		return
	}
	said := "Saved " + count(x.record.Pages, "page") + " at " + s.cfg.Now().Format("3:04 pm") + " to " + x.path
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
