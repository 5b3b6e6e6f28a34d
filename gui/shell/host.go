package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backtobar/domain"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// The Shell is the page.Frame of views outside a chart.
var _ page.Frame = (*Shell)(nil)

// HandleKey implements kit.Host.
func (s *Shell) HandleKey(k *fyne.KeyEvent) bool { return s.router.HandleKey(k) }

// HandleShortcut implements kit.Host.
func (s *Shell) HandleShortcut(x fyne.Shortcut) bool { return s.router.HandleShortcut(x) }

// Focused implements kit.Host.
func (s *Shell) Focused(fyne.CanvasObject) {}

// Relayout implements kit.Host.
func (s *Shell) Relayout() {}

// Router implements page.Frame.
func (s *Shell) Router() *kit.Router { return s.router }

// Canvas implements page.Frame.
func (s *Shell) Canvas() fyne.Canvas { return s.p.Window.Canvas() }

// Context implements page.Frame: it ends when the view is left.
func (s *Shell) Context() context.Context {
	if s.chart != nil {
		return s.chart.Context()
	}
	return domain.WithActor(s.ctx, s.actor)
}

// Runner implements page.Frame.
func (s *Shell) Runner() *run.Runner { return s.p.Runner }

// Actor implements page.Frame.
func (s *Shell) Actor() domain.Actor { return s.actor }

// Changed implements page.Frame.
func (s *Shell) Changed() {
	if s.view == nil {
		return
	}
	main := s.view.Main()
	var more []kit.BarAction
	for _, a := range s.view.More() {
		more = append(more, kit.BarAction(a))
	}
	s.bar.Set(kit.BarAction{Text: main.Text, Key: "Ctrl+Enter", Do: main.Do}, more,
		s.view.Problems(), func() { s.nextProblem(false) })
	if s.chart != nil {
		s.chart.paintRail()
	}
	s.paintGlance()
	s.tell("changed")
}

// paintGlance shows the panel in one line where there is no room for it.
func (s *Shell) paintGlance() {
	s.buildGlance()
	s.relayout()
}

func (s *Shell) buildGlance() {
	p, ok := s.panel()
	if ok = ok && s.frame.narrow; !ok && len(s.glance.Objects) == 0 {
		return
	}
	s.glance.Objects = nil
	if ok {
		status, text := p.Glance()
		words := "Show why"
		if s.frame.panelOpen {
			words = "Back to the form"
		}
		icon := canvas.NewImageFromResource(status.Icon())
		s.glance.Objects = []fyne.CanvasObject{glanceLine(status, icon, text, kit.NewButton(s, words, "F6", s.nextPane))}
	}
	s.glance.Refresh()
}

func (s *Shell) panel() (page.Panelled, bool) {
	if k, ok := s.view.(*kept); ok {
		p, ok := k.Section.(page.Panelled)
		return p, ok
	}
	p, ok := s.view.(page.Panelled)
	return p, ok
}

// Say implements page.Frame.
func (s *Shell) Say(text string) { s.status.Say(text) }

// Notify implements page.Frame.
func (s *Shell) Notify(st look.Status, text string, actions ...page.Action) {
	var out []kit.BarAction
	for _, a := range actions {
		out = append(out, kit.BarAction(a))
	}
	s.notice.Show(st, text, out...)
	s.status.Say(text)
	s.relayout()
}

// relayout places everything again, after something changed its height.
func (s *Shell) relayout() {
	if size := s.root.Size(); size.Width > 0 {
		s.frame.Layout(s.root.Objects, size)
		canvas.Refresh(s.root)
	}
}

// failure is the view of records that cannot be read.
type failure struct {
	text  string
	again func()
}

// Content implements page.View.
func (f *failure) Content() fyne.CanvasObject {
	return kit.Inset(24, 24, 24, 24, kit.Stack(12,
		kit.NewText("The records cannot be opened", kit.Heading),
		kit.NewText(f.text, kit.Body),
		kit.NewText("Nothing was changed.", kit.Body)))
}

// FirstFocus implements page.View.
func (f *failure) FirstFocus() fyne.Focusable { return nil }

// Main implements page.View.
func (f *failure) Main() page.Action { return page.Action{Text: "Try again", Do: f.again} }

// More implements page.View.
func (f *failure) More() []page.Action { return nil }

// Problems implements page.View.
func (f *failure) Problems() string { return "" }

// NextProblem implements page.View.
func (f *failure) NextProblem(bool) {}

// Save implements page.View.
func (f *failure) Save() {}

// Leave implements page.View.
func (f *failure) Leave() {}

// Refresh implements page.View.
func (f *failure) Refresh() {}
