// Package guitest drives windows in tests as a person does, by keys alone, and
// names what has the keyboard. One window a test: the toolkit's test driver
// knows only the last one.
package guitest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// Window is a window of a test, in the program's theme.
type Window struct {
	fyne.Window
	t      testing.TB
	Router *kit.Router
}

// New shows content made by build at that size.
func New(t testing.TB, size fyne.Size, build func(r *kit.Router) fyne.CanvasObject) *Window {
	t.Helper()
	r := kit.NewRouter()
	return open(t, size, r, func() fyne.CanvasObject { return build(r) }, func(*Window) {})
}

func open(t testing.TB, size fyne.Size, r *kit.Router, build func() fyne.CanvasObject, shown func(*Window)) *Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New())
	w := &Window{Window: test.NewTempWindow(t, build()), t: t, Router: r}
	w.SetPadded(false)
	w.Resize(size)
	r.Attach(w.Canvas())
	shown(w)
	return w
}

type named interface{ AccessibleName() string }

// Focused is the name of the control with the keyboard, or "".
func (w *Window) Focused() string {
	if n, ok := w.Canvas().Focused().(named); ok {
		return n.AccessibleName()
	}
	return ""
}

// TabOrder presses Tab from the top until the first control comes again and
// returns the names on the way. A control without a name is "(no name)".
func (w *Window) TabOrder() []string {
	w.t.Helper()
	w.Canvas().Unfocus()
	var out []string
	var first fyne.Focusable
	for range 500 {
		w.Tab()
		f := w.Canvas().Focused()
		if f == nil || f == first {
			return out
		}
		if first == nil {
			first = f
		}
		name := w.Focused()
		if name == "" {
			name = "(no name)"
		}
		out = append(out, name)
	}
	w.t.Fatal("Tab does not come round")
	return nil
}

// Tab goes to the next control.
func (w *Window) Tab() { w.Canvas().FocusNext() }

// BackTab goes to the control before.
func (w *Window) BackTab() { w.Canvas().FocusPrevious() }

// GoTo presses Tab until the control of that name has the keyboard.
func (w *Window) GoTo(name string) {
	w.t.Helper()
	for range 500 {
		if w.Focused() == name {
			return
		}
		w.Tab()
	}
	w.t.Fatalf("no control is called %q; the order is %s", name, strings.Join(w.TabOrder(), ", "))
}

// Type types text into whatever has the keyboard, letter by letter, so that
// controls which move on by themselves do.
func (w *Window) Type(text string) {
	w.t.Helper()
	for _, r := range text {
		f := w.Canvas().Focused()
		if f == nil {
			w.t.Fatalf("nothing has the keyboard at %q", r)
		}
		w.push(f)
		f.TypedRune(r)
	}
}

// Hold is Type of one letter that the keyboard repeats while it is held down.
func (w *Window) Hold(letter rune, times int) {
	w.push(w.Canvas().Focused())
	for range times {
		w.Canvas().Focused().TypedRune(letter)
	}
}

// push says that a key goes down, as the window does before the letter comes.
func (w *Window) push(f fyne.Focusable) {
	if k, ok := f.(desktop.Keyable); ok {
		k.KeyDown(&fyne.KeyEvent{})
	}
}

// Press presses keys without Ctrl or Alt. Tab moves as in a window.
func (w *Window) Press(keys ...fyne.KeyName) {
	for _, k := range keys {
		switch f := w.Canvas().Focused(); {
		case k == fyne.KeyTab:
			w.Tab()
		case f != nil:
			f.TypedKey(&fyne.KeyEvent{Name: k})
			if k == fyne.KeySpace { // the letter goes to whoever has the keyboard by then
				w.Type(" ")
			}
		default:
			w.Router.HandleKey(&fyne.KeyEvent{Name: k})
		}
	}
}

// Shortcut presses a combination, as the window would hand it on.
func (w *Window) Shortcut(s fyne.Shortcut) {
	if f, ok := w.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	w.Router.HandleShortcut(s)
}

// Golden compares the window with the picture testdata/name.png.
func (w *Window) Golden(name string) {
	w.t.Helper()
	t, ok := w.t.(*testing.T)
	if !ok {
		w.t.Fatal("a picture needs a *testing.T")
	}
	test.AssertRendersToImage(t, name+".png", w.Canvas())
}
