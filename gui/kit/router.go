package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Host is what a control needs from where it stands.
type Host interface {
	// HandleKey takes a key that the control has no use for. It reports
	// whether somebody used it.
	HandleKey(*fyne.KeyEvent) bool
	// HandleShortcut does the same for a combination with Ctrl or Alt.
	HandleShortcut(fyne.Shortcut) bool
	// Focused is told that o has the keyboard, so that it can be shown.
	Focused(o fyne.CanvasObject)
	// Relayout is told that a control may have changed its height.
	Relayout()
}

// Router gives the keys of the window to commands. It has layers: the window's
// own, and one for each sheet that is open. Only the top layer hears anything,
// so no command can run behind a sheet, not even from the menu.
type Router struct {
	layers []*Layer
	always *Layer
}

// Layer is the commands of the window or of one sheet.
type Layer struct {
	keys      map[fyne.KeyName]func()
	shortcuts map[string]func()
}

// NewRouter returns a router with the window's layer.
func NewRouter() *Router { return &Router{layers: []*Layer{newLayer()}, always: newLayer()} }

// Always binds a combination that works behind a sheet, too: locking does.
func (r *Router) Always(s fyne.KeyboardShortcut, do func()) { r.always.On(s, do) }

func newLayer() *Layer {
	return &Layer{keys: map[fyne.KeyName]func(){}, shortcuts: map[string]func(){}}
}

// OnKey binds a key without Ctrl or Alt, such as Esc or F8.
func (l *Layer) OnKey(name fyne.KeyName, do func()) { l.keys[name] = do }

// On binds a combination. Enter of the number block counts as Enter.
func (l *Layer) On(s fyne.KeyboardShortcut, do func()) {
	l.shortcuts[shortcutName(s)] = do
	if s.Key() == fyne.KeyReturn {
		l.shortcuts[shortcutName(&desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: s.Mod()})] = do
	}
}

// Window is the window's own layer.
func (r *Router) Window() *Layer { return r.layers[0] }

// Open puts a new layer on top, for a sheet.
func (r *Router) Open() *Layer {
	l := newLayer()
	r.layers = append(r.layers, l)
	return l
}

// Close takes the layer away again.
func (r *Router) Close(l *Layer) {
	for i := len(r.layers) - 1; i > 0; i-- {
		if r.layers[i] == l {
			r.layers = append(r.layers[:i], r.layers[i+1:]...)
			return
		}
	}
}

// SheetOpen reports whether a sheet is open.
func (r *Router) SheetOpen() bool { return len(r.layers) > 1 }

func (r *Router) top() *Layer { return r.layers[len(r.layers)-1] }

// HandleKey implements Host.
func (r *Router) HandleKey(k *fyne.KeyEvent) bool {
	Stir()
	do := r.top().keys[k.Name]
	if do == nil {
		return false
	}
	do()
	return true
}

// HandleShortcut implements Host. Menu items call it too, so that a menu
// shortcut obeys an open sheet.
func (r *Router) HandleShortcut(s fyne.Shortcut) bool {
	Stir()
	do := r.top().shortcuts[shortcutName(s)]
	if do == nil {
		do = r.always.shortcuts[shortcutName(s)]
	}
	if do == nil {
		return false
	}
	do()
	return true
}

// Focused implements Host; the window itself has nothing to scroll.
func (r *Router) Focused(fyne.CanvasObject) {}

// Relayout implements Host; the window follows its content by itself.
func (r *Router) Relayout() {}

// Attach lets the canvas hand over what reaches no control.
func (r *Router) Attach(c fyne.Canvas) {
	c.SetOnTypedKey(func(k *fyne.KeyEvent) { r.HandleKey(k) })
	for name := range r.layers[0].shortcuts {
		c.AddShortcut(named(name), func(s fyne.Shortcut) { r.HandleShortcut(s) })
	}
}

type named string

func (n named) ShortcutName() string { return string(n) }

func shortcutName(s fyne.Shortcut) string {
	if k, ok := s.(fyne.KeyboardShortcut); ok {
		return (&desktop.CustomShortcut{KeyName: k.Key(), Modifier: k.Mod()}).ShortcutName()
	}
	return s.ShortcutName()
}

// Ctrl is the combination of Ctrl and a key.
func Ctrl(k fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl}
}

// CtrlShift is the combination of Ctrl, Shift and a key.
func CtrlShift(k fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}
}

// Alt is the combination of Alt and a key.
func Alt(k fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

// ShiftDown reports whether Shift is held, which the toolkit does not say with
// a function key.
func ShiftDown() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// traveller is the part of the canvas that walks the Tab order.
type traveller interface {
	FocusNext()
	FocusPrevious()
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// Next gives the keyboard to the control after o, which must have it now.
func Next(o fyne.CanvasObject) {
	if c, ok := canvasOf(o).(traveller); ok {
		c.FocusNext()
	}
}

// Previous gives the keyboard to the control before o, which must have it now.
func Previous(o fyne.CanvasObject) {
	if c, ok := canvasOf(o).(traveller); ok {
		c.FocusPrevious()
	}
}

// Focus gives the keyboard to o when it is in a window.
func Focus(o fyne.Focusable) {
	obj, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	c := canvasOf(obj)
	if c == nil {
		// Not drawn yet, as after a form was built anew. The program has one
		// window.
		all := fyne.CurrentApp().Driver().AllWindows()
		if len(all) == 0 {
			return
		}
		c = all[0].Canvas()
	}
	if c.Focused() == o { // it may have been scrolled out of view
		if r, ok := o.(interface{ reveal() }); ok {
			r.reveal()
		}
		return
	}
	c.Focus(o)
}

// KeyText writes a combination as it is printed on buttons and in menus:
// "Ctrl+Shift+S", "Alt+Left", "F8".
func KeyText(s fyne.KeyboardShortcut) string {
	out := ""
	for _, m := range []struct {
		mod  fyne.KeyModifier
		text string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if s.Mod()&m.mod != 0 {
			out += m.text
		}
	}
	switch s.Key() {
	case fyne.KeyReturn:
		return out + "Enter"
	case fyne.KeyComma:
		return out + "comma"
	}
	return out + string(s.Key())
}
