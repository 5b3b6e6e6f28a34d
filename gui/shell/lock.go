package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
)

// How often the window asks whether somebody uses it, and how long before it
// locks it says so.
const (
	watchEvery = 5 * time.Second
	warnBefore = 30 * time.Second
)

// absence is what stood on the window when it was locked.
type absence struct {
	focus    fyne.Focusable
	overlays []fyne.CanvasObject
	title    string
	layer    *kit.Layer
}

// watch locks a window that nobody uses. It counts its own calls instead of
// reading a clock, which may be set.
func (s *Shell) watch() {
	if s.absence != nil {
		return
	}
	if kit.Stirred() {
		s.idle = 0
		if s.warned {
			s.warned = false
			s.Say("")
		}
		return
	}
	s.idle += watchEvery
	limit := s.settings.LockAfter()
	switch {
	case s.idle >= limit:
		s.Lock()
	case s.idle >= limit-warnBefore && !s.warned:
		s.warned = true
		s.Say("Locking in 30 s. Any key keeps it open.")
	}
}

// Lock keeps drafts and gives the window to the door. All that is typed stays
// as it is, so that the same person finds it again, at the same place.
func (s *Shell) Lock() {
	if s.absence != nil {
		return
	}
	s.idle, s.warned = 0, false
	s.unkept = s.question() != nil // asking keeps drafts
	c := s.Canvas()
	s.absence = &absence{focus: c.Focused(), overlays: append([]fyne.CanvasObject(nil), c.Overlays().List()...), title: s.p.Window.Title()}
	c.Unfocus()
	for _, o := range s.absence.overlays {
		c.Overlays().Remove(o)
	}
	// Commands of this window wait: a layer that hears every key and binds none.
	s.absence.layer = s.router.Open()
	s.p.OnLock()
	s.tell("locked")
}

// Resume gives the window back to the person who has left it.
func (s *Shell) Resume() {
	a := s.absence
	if a == nil {
		return
	}
	s.absence = nil
	s.router.Close(a.layer)
	s.take()
	s.p.Window.SetTitle(a.title)
	c := s.Canvas()
	for _, o := range a.overlays {
		c.Overlays().Add(o)
	}
	s.relayout()
	if a.focus != nil {
		kit.Return(c, a.focus)
	}
	kit.Stir()
	s.tell("resumed")
}

// Dismiss ends a window that was left, unless something is typed in it that is
// kept nowhere else.
func (s *Shell) Dismiss() bool {
	if s.Unkept() {
		return false
	}
	if s.chart != nil {
		s.chart.end()
	}
	s.leave()
	s.p.Runner.Close(0)
	return true
}

// Unkept reports whether something typed was kept nowhere when it was locked.
func (s *Shell) Unkept() bool { return s.absence != nil && s.unkept }

// take gives the window this shell's content and keys.
func (s *Shell) take() {
	w := s.p.Window
	w.SetMainMenu(s.menu)
	w.SetPadded(false)
	w.SetContent(s.root)
	s.router.Attach(w.Canvas())
	w.SetCloseIntercept(s.Close)
}
