package sessions

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// draftEvery is how far a draft may be behind the keys.
const draftEvery = 1500 * time.Millisecond

// Section is the Sessions section of one chart.
type Section struct {
	model *model
	host  page.Host
	now   func() time.Time

	form   *kit.FormScroll
	body   *fyne.Container
	fields *kit.Fields
	first  fyne.Focusable
	list   *kit.DataList
	rows   []row
	way    *kit.Button
	waits  []*nextDay
}

var (
	_ page.Section = (*Section)(nil)
	_ page.Keeper  = (*Section)(nil)
)

// keys adds the keys of this section to those of the window.
type keys struct {
	page.Host
	s *Section
}

// HandleShortcut implements kit.Host.
func (k keys) HandleShortcut(c fyne.Shortcut) bool {
	if x, ok := c.(fyne.KeyboardShortcut); ok && kit.KeyText(x) == stopKey {
		k.s.stop()
		return true
	}
	return k.Host.HandleShortcut(c)
}

// stopKey stops the session, with a reason.
const stopKey = "Ctrl+E"

// Config is what the section is given besides the use cases.
type Config struct {
	// Rules and Route are those of the program.
	Rules *course.Rules
	Route *program.Library
	// Now is the program's clock; it only stamps the words in the status bar.
	Now func() time.Time
}

// New returns the section of a patient's chart.
func New(svc Service, host page.Host, chart clinic.Chart, cfg Config) *Section {
	s := &Section{model: newModel(svc, cfg.Rules, cfg.Route, chart), host: host, now: cfg.Now, fields: &kit.Fields{}}
	s.form = kit.NewFormScroll(keys{host, s})
	s.body = kit.Stack(12)
	s.form.SetContent(kit.Inset(8, 4, 8, 24, s.body))
	s.way = kit.NewButton(s.form, "", "", s.goOn)
	s.list = kit.NewDataList(s.form, kit.Column{Title: "Date", Width: 106, Fixed: true, Strong: true}, kit.Column{Title: "Step", Width: 80, Fixed: true},
		kit.Column{Title: "Done"}, kit.Column{Title: "Pain", Width: 250}, kit.Column{Title: "Verdict", Width: 132, Fixed: true})
	s.list.SetAccessibleName("Earlier sessions")
	s.list.OnOpen = func(i int) { s.correct(s.rows[i].session) }
	return s
}

// paint builds what is shown from the model.
func (s *Section) paint() {
	s.fields, s.first = &kit.Fields{}, nil
	switch s.model.form.Mode {
	case overview:
		s.body.Objects = s.overview()
	case paper:
		s.body.Objects = s.paperForm()
	default:
		s.body.Objects = s.logForm()
	}
	_ = s.fields.Show(s.model.problems) // the rest was told when they were found
	s.form.Relayout()
	s.host.Changed()
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Sessions }

// Title implements page.Section.
func (s *Section) Title() string { return "Sessions" }

// Status implements page.Section.
func (s *Section) Status() string { return s.model.status() }

// Content implements page.View. It starts keeping drafts.
func (s *Section) Content() fyne.CanvasObject {
	s.host.Runner().Every(s.host.Context(), draftEvery, func() { s.keepDraft() })
	return s.form
}

// FirstFocus implements page.View: the first open answer.
func (s *Section) FirstFocus() fyne.Focusable {
	if s.first != nil {
		return s.first
	}
	return kit.FirstIn(s.form)
}

// Main implements page.View.
func (s *Section) Main() page.Action {
	m := s.model
	switch {
	case !m.loaded:
		return page.Action{}
	case m.form.Mode == paper:
		return page.Action{Text: "Save paper log", Key: "Ctrl+Enter", Do: s.finishPaper}
	case m.form.Mode == correcting:
		return page.Action{Text: "Save correction", Key: "Ctrl+Enter", Do: s.finish}
	case m.form.Mode == logging:
		return page.Action{Text: "Finish session", Key: "Ctrl+Enter", Do: s.finish}
	case m.mayLog() != "":
		return page.Action{Text: s.wayText(), Key: "Ctrl+Enter", Do: s.goOn}
	}
	return page.Action{Text: "Log session", Key: "Ctrl+Enter", Do: s.startLog}
}

// More implements page.View.
func (s *Section) More() []page.Action {
	m := s.model
	switch {
	case !m.loaded:
		return nil
	case m.form.Mode == logging || m.form.Mode == correcting:
		out := []page.Action{{Text: "Close without saving", Do: s.discard}}
		if !m.form.Stopping {
			out = append([]page.Action{{Text: "Stop, with reason", Key: stopKey, Do: s.stop}}, out...)
		}
		return out
	case m.form.Mode == paper:
		return []page.Action{{Text: "Close without saving", Do: s.discard}}
	case m.mayLog() == "":
		out := []page.Action{{Text: "Enter paper log", Do: s.startPaper}}
		if m.chart.Next.Section == clinic.SectionHandouts {
			out = append(out, page.Action{Text: "New handout", Do: func() { s.host.GoTo(page.Handouts) }})
		}
		return out
	}
	return nil
}

// Problems implements page.View.
func (s *Section) Problems() string { return s.fields.Words() }

// NextProblem implements page.View.
func (s *Section) NextProblem(back bool) { s.fields.Next(back) }

// Save implements page.View: it keeps the draft of an open form.
func (s *Section) Save() {
	if s.model.form.Mode == overview {
		s.host.Say("Nothing is open here. Log session begins one.")
		return
	}
	if why := s.keepDraft(); why == "" {
		s.host.Say("Draft saved " + s.now().Format("15:04:05"))
	}
}

// keepDraft returns why the draft could not be kept, "" when it is.
func (s *Section) keepDraft() string {
	// The chart may be closing; what was typed is kept all the same.
	written, err := s.model.saveDraft(context.WithoutCancel(s.host.Context()))
	switch {
	case err != nil:
		s.host.Say("Draft not saved. " + clinic.Sentence(err))
		return clinic.Sentence(err)
	case written:
		s.host.Say("Draft saved " + s.now().Format("15:04:05"))
		s.host.Changed()
	}
	return ""
}

// Unkept implements page.Keeper.
func (s *Section) Unkept() string { return s.keepDraft() }

// Leave implements page.View.
func (s *Section) Leave() { s.keepDraft() }

// Refresh implements page.View.
func (s *Section) Refresh() {
	restored, err := s.model.load(s.host.Context())
	if err != nil {
		if s.host.Context().Err() == nil {
			s.host.Notify(look.Stop, "The sessions cannot be read. "+clinic.Sentence(err))
		}
		return
	}
	s.paint()
	if restored {
		s.host.Notify(look.Info, "Your unfinished session was brought back.", page.Action{Text: "Discard", Do: s.discard})
	}
}

// startLog opens the form of a new session.
func (s *Section) startLog() {
	s.model.startLog()
	s.show()
}

// startPaper opens the grid of a paper log.
func (s *Section) startPaper() {
	s.model.startPaper()
	s.show()
}

// correct opens the form on an earlier session.
func (s *Section) correct(x clinic.LoggedSession) {
	s.model.correct(x)
	s.show()
}

// show paints another form from its beginning and gives it the keyboard.
func (s *Section) show() {
	s.host.Canvas().Unfocus()
	s.paint()
	s.form.ScrollToTop()
	if f := s.FirstFocus(); f != nil {
		s.host.Canvas().Focus(f)
	}
}

// finish keeps the session.
func (s *Section) finish() {
	m := s.model
	was := m.form.Mode
	logged, err := m.finish(s.host.Context())
	if err != nil {
		s.refused(err)
		return
	}
	said := "Session of " + logged.Session.Date.Short() + " logged " + s.now().Format("3:04 pm")
	if was == correcting {
		said = "Correction saved " + s.now().Format("3:04 pm") + ". The first entry stays in the records."
	}
	s.done(said)
}

func (s *Section) finishPaper() {
	n, err := s.model.finishPaper(s.host.Context())
	if err != nil {
		s.refused(err)
		return
	}
	s.done(counted(n, "day", "days") + " of the paper log saved " + s.now().Format("3:04 pm"))
}

// done shows the records after a form was kept.
func (s *Section) done(said string) {
	s.host.Say(said)
	if _, err := s.model.load(s.host.Context()); err != nil {
		s.host.Notify(look.Stop, "The sessions cannot be read. "+clinic.Sentence(err))
	}
	s.show()
}

// refused shows why a form was not kept. What was typed stays.
func (s *Section) refused(err error) {
	s.keepDraft()
	rest := s.fields.Show(s.model.problems)
	s.host.Changed()
	switch {
	case s.fields.Words() != "":
		s.host.Say("Saved as draft. " + counted(len(s.model.problems)-len(rest), "answer needs", "answers need") + " a change.")
		s.fields.First()
	default:
		s.host.Notify(look.Stop, "Not saved. "+clinic.Sentence(err)+" What you typed is still here.")
	}
}

// discard gives up the open form; it can be brought back until the next notice.
func (s *Section) discard() {
	had, form := s.model.dirty(), s.model.form
	if err := s.model.closeForm(s.host.Context()); err != nil {
		s.host.Notify(look.Stop, "Not discarded. "+clinic.Sentence(err))
		return
	}
	s.show()
	if had {
		s.host.Notify(look.Info, "The form was closed without saving.", page.Action{Text: "Undo", Do: func() {
			s.model.open(form)
			s.model.fresh = ""
			s.show()
		}})
	}
}

// stop opens the question why the session was stopped.
func (s *Section) stop() {
	f := &s.model.form
	if f.Mode != logging && f.Mode != correcting {
		return
	}
	f.Stopping = true
	s.paint()
	s.fields.Focus("stop.reason")
}

func (s *Section) wayText() string {
	if s.model.chart.Plan == nil {
		return "Go to plan"
	}
	return "Go to screen"
}

// goOn opens the section where a lock is opened.
func (s *Section) goOn() {
	if s.model.chart.Plan == nil {
		s.host.GoTo(page.Plan)
		return
	}
	s.host.GoTo(page.Screen)
}

// edited takes over an answer: it takes a message away that was put right, and
// adds none while somebody types.
func (s *Section) edited() {
	m := s.model
	if len(m.problems) > 0 {
		now := m.read().wrong
		if m.form.Mode == paper {
			_, _, now = m.readPaper()
		}
		var still domain.Problems
		for _, p := range m.problems {
			if now.For(p.Field) != "" {
				still = append(still, p)
			}
		}
		m.problems = still
		_ = s.fields.Show(still) // all of them have a question
	}
	s.host.Changed()
}
