package shell

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// bindKeys gives every command its key. The same table stands in the menu.
func (s *Shell) bindKeys() {
	w := s.router.Window()
	for _, c := range s.commands() {
		if c.text == lockText {
			s.router.Always(c.key, c.do)
		}
		if k, ok := c.key.(*desktop.CustomShortcut); ok && k.Modifier == 0 {
			w.OnKey(k.KeyName, c.do)
		} else if c.key != nil {
			w.On(c.key, c.do)
		}
	}
	w.OnKey(fyne.KeyEscape, func() {
		if s.frame.panelOpen {
			s.nextPane()
		}
	})
}

// command is something the window can do, with its key and its menu.
type command struct {
	menu, text string
	key        fyne.KeyboardShortcut
	do         func()
}

// quitText is the command that the toolkit must know as the one that quits, or
// it adds its own.
const quitText = "Quit"

// lockText is the one command that works behind a sheet, too.
const lockText = "Lock"

func plain(k fyne.KeyName) fyne.KeyboardShortcut { return &desktop.CustomShortcut{KeyName: k} }

// commands in the order of the menu; an empty text is a line between.
func (s *Shell) commands() []command {
	out := []command{
		{"File", "Home", kit.Ctrl(fyne.Key0), s.GoHome},
		{"File", "Back", kit.Alt(fyne.KeyLeft), s.GoBack},
		{"File", "Clinic settings", kit.Ctrl(fyne.KeyComma), s.SetUp},
		{"File", "Readiness rules", kit.CtrlShift(fyne.KeyR), s.ChangeRules},
		{"File", lockText, kit.Ctrl(fyne.KeyL), s.Lock},
		{"File", quitText, kit.Ctrl(fyne.KeyQ), s.Close},
		{"Patient", "Find patient", kit.Ctrl(fyne.KeyF), s.GoHome},
		{"Patient", "New patient", kit.Ctrl(fyne.KeyN), func() { s.AddPatient("") }},
	}
	for _, sec := range []struct {
		id   page.ID
		name string
	}{{page.Summary, "Summary"}, {page.Intake, "Intake"}, {page.Screen, "Screen"}, {page.Plan, "Plan"},
		{page.Sessions, "Sessions"}, {page.Handouts, "Handouts"}, {page.Documents, "Documents"}, {page.History, "History"}} {
		if !s.has(sec.id) {
			continue
		}
		key := fyne.KeyName(fmt.Sprint(int(sec.id)))
		out = append(out, command{"Chart", sec.name, kit.Ctrl(key), func() { s.openSection(sec.id) }})
	}
	return append(out,
		command{"Chart", "Next section", kit.Ctrl(fyne.KeyTab), func() { s.step(1) }},
		command{"Chart", "Previous section", kit.CtrlShift(fyne.KeyTab), func() { s.step(-1) }},
		command{"Work", "Main action", kit.Ctrl(fyne.KeyReturn), s.mainAction},
		command{"Work", "Save", kit.Ctrl(fyne.KeyS), func() { s.withView(page.View.Save) }},
		command{"Work", "Next problem", plain(fyne.KeyF8), func() { s.nextProblem(kit.ShiftDown()) }},
		command{"Work", "Next pane", plain(fyne.KeyF6), s.nextPane},
		command{"Print", "Print", kit.Ctrl(fyne.KeyP), func() { s.withPrinter(page.Printer.Print) }},
		command{"Print", "Save PDF", kit.CtrlShift(fyne.KeyS), func() { s.withPrinter(page.Printer.SavePDF) }},
		command{"Person", "Another person signs in", kit.Ctrl(fyne.KeyT), s.Lock},
		command{"Person", "People, passphrases", kit.CtrlShift(fyne.KeyP), s.ManagePeople},
	)
}

// has reports whether charts of this version have the section. Their numbers
// are known before any chart is open.
func (s *Shell) has(id page.ID) bool {
	for _, n := range s.p.SectionIDs {
		if n == id {
			return true
		}
	}
	return false
}

func (s *Shell) withView(do func(page.View)) {
	if s.view != nil {
		do(s.view)
		s.Changed()
	}
}

func (s *Shell) mainAction() {
	if s.view != nil {
		if do := s.view.Main().Do; do != nil {
			do()
		}
	}
}

func (s *Shell) nextProblem(back bool) { s.withView(func(v page.View) { v.NextProblem(back) }) }

func (s *Shell) withPrinter(do func(page.Printer)) {
	v := s.view
	if k, ok := v.(*kept); ok {
		if p, ok := k.Section.(page.Printer); ok {
			do(p)
			return
		}
	}
	if p, ok := v.(page.Printer); ok {
		do(p)
		return
	}
	s.Say("Nothing to print here. Open Handouts.")
}

// step opens the next or the previous section, round and round.
func (s *Shell) step(by int) {
	if s.chart == nil {
		return
	}
	n := len(s.chart.sections)
	for i, x := range s.chart.sections {
		if x.ID() == s.chart.at {
			s.openSection(s.chart.sections[(i+by+n)%n].ID())
			return
		}
	}
}

// nextPane moves the keyboard from the form to the panel, the rail, the
// buttons, and back to the form.
func (s *Shell) nextPane() {
	if s.view == nil {
		return
	}
	if s.frame.narrow {
		if p, ok := s.panel(); ok {
			s.frame.panelOpen = !s.frame.panelOpen
			s.paintGlance()
			if s.frame.panelOpen {
				p.FocusPanel()
			} else {
				s.focusForm()
			}
			return
		}
	}
	switch at := s.pane(); {
	case at == inForm && s.focusPanel():
	case at <= inPanel && s.chart != nil:
		kit.Focus(s.rail)
	case at <= inRail && s.bar.Main() != nil:
		s.Canvas().Focus(s.bar.Main())
	default:
		s.focusForm()
	}
}

const (
	inForm = iota
	inPanel
	inRail
	inBar
)

// pane says where the keyboard is.
func (s *Shell) pane() int {
	f := s.Canvas().Focused()
	if f == nil {
		return inForm
	}
	if f == fyne.Focusable(s.rail) {
		return inRail
	}
	o, ok := f.(fyne.CanvasObject)
	if !ok {
		return inForm
	}
	d := fyne.CurrentApp().Driver()
	pos := d.AbsolutePositionForObject(o)
	top := d.AbsolutePositionForObject(s.bar.Box).Y
	switch {
	case pos.Y >= top:
		return inBar
	case !s.side.Hidden && len(s.side.Objects) > 0 && pos.X >= d.AbsolutePositionForObject(s.side).X:
		return inPanel
	}
	return inForm
}

func (s *Shell) focusPanel() bool {
	p, ok := s.panel()
	if ok {
		p.FocusPanel()
	}
	return ok
}

func (s *Shell) focusForm() {
	if f := s.view.FirstFocus(); f != nil {
		s.Canvas().Focus(f)
	}
}
