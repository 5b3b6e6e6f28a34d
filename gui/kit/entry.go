package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Entry is a box for text. Tab always leaves it, Enter goes to the next
// control, entering it by key selects what is in it, and keys it has no use
// for reach the Host.
type Entry struct {
	widget.Entry
	base
	// Width is the width of the answer in Fyne units; 0 fills the cell.
	Width float32
	// OnEnter replaces "Enter goes to the next control".
	OnEnter func()
	// Planned is what Enter in an empty box stands for, "" for nothing; it is
	// printed pale in the box.
	Planned string
	// OnKey sees each key first and reports whether it used it.
	OnKey func(*fyne.KeyEvent) bool
	// accept filters typed letters; nil takes all.
	accept func(r rune) bool
	// paste replaces pasting; it reports whether it did.
	paste func(string) bool

	byMouse bool
}

// NewEntry returns an empty box for one line.
func NewEntry(host Host) *Entry {
	e := &Entry{}
	e.init(host, e)
	e.ExtendBaseWidget(e)
	return e
}

// NewSecret returns an empty box whose letters are not shown until Reveal.
func NewSecret(host Host) *Entry {
	e := NewEntry(host)
	e.Password = true
	return e
}

// Reveal shows the letters of a secret, or hides them again.
func (e *Entry) Reveal(show bool) {
	if e.Password == show {
		e.Password = !show
		e.Refresh()
	}
}

// NewNotes returns an empty box for rows lines of text that wraps. Enter
// starts a new line; Tab leaves.
func NewNotes(host Host, rows int) *Entry {
	e := &Entry{}
	e.init(host, e)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

func (e *Entry) init(host Host, self fyne.CanvasObject) { e.host, e.self = host, self }

func (e *Entry) answerWidth() float32 { return e.Width }

// First implements Control.
func (e *Entry) First() fyne.Focusable { return e }

// SetWrong implements Control.
func (e *Entry) SetWrong(wrong bool) {
	if e.wrong != wrong {
		e.wrong = wrong
		e.Refresh()
	}
}

// Put shows a value from the model without disturbing an equal one, so that
// the caret and the undo history of the person typing stay.
func (e *Entry) Put(text string) {
	if e.Text != text {
		e.SetText(text)
	}
}

// AcceptsTab keeps Tab for leaving the box.
func (e *Entry) AcceptsTab() bool { return false }

// TypedShortcut implements fyne.Shortcutable: the window's shortcuts first.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && e.paste != nil && e.paste(p.Clipboard.Content()) {
		return
	}
	if _, ok := s.(*desktop.CustomShortcut); ok && e.host.HandleShortcut(s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	Stir()
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case e.MultiLine:
			e.Entry.TypedKey(k)
		case e.OnEnter != nil:
			e.OnEnter()
		case e.Planned != "" && e.Text == "":
			if !fromHabit(e.self) {
				e.SetText(e.Planned)
				Next(e.self)
			}
		case !fromHabit(e.self):
			Next(e.self)
		}
		return
	}
	if forEntry(k.Name) || !e.host.HandleKey(k) {
		e.Entry.TypedKey(k)
	}
}

// forEntry lists the keys that edit text; the Host gets the others first.
func forEntry(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		return true
	}
	return false
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(r rune) {
	used()
	if e.accept == nil || e.accept(r) {
		e.Entry.TypedRune(r)
	}
}

// Return gives the keyboard back to whatever had it, without selecting what is
// typed there: the next letter goes on, it does not replace.
func Return(c fyne.Canvas, f fyne.Focusable) {
	if e, ok := f.(interface{ keepCaret() }); ok {
		e.keepCaret()
	}
	c.Focus(f)
}

func (e *Entry) keepCaret() { e.byMouse = true }

// MouseDown notes that the pointer, not a key, gave the keyboard.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	e.byMouse = true
	e.Entry.MouseDown(m)
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.gained() // first, so that the repaint that follows draws the ring
	e.Entry.FocusGained()
	// At once, not after the frame: a key that is already waiting must replace
	// what was here, and must not itself be selected and replaced.
	if !e.byMouse && !e.MultiLine && e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	e.byMouse = false
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.lost()
	e.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (e *Entry) MinSize() fyne.Size {
	m := e.Entry.MinSize()
	if e.Width > 0 {
		m.Width = e.Width
	}
	return fyne.NewSize(m.Width, max(m.Height, look.Size(look.SizeControl)))
}

// CreateRenderer implements fyne.Widget: the stock box with our ring outside
// and the frame of a problem on top.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	frame := canvas.NewRectangle(color.Transparent)
	frame.StrokeWidth = 2
	frame.CornerRadius = 4
	frame.Hide()
	r := &entryRenderer{e.Entry.CreateRenderer(), e, newRing(), frame}
	again(r, e.Size())
	r.paint()
	return r
}

type entryRenderer struct {
	fyne.WidgetRenderer
	e     *Entry
	ring  *canvas.Rectangle
	frame *canvas.Rectangle
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{}, r.WidgetRenderer.Objects()...), r.frame, r.ring)
}

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.frame.Resize(size)
	placeRing(r.ring, fyne.NewPos(0, 0), size)
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
}

func (r *entryRenderer) paint() {
	r.frame.StrokeColor = look.Color(look.ColorStop)
	r.frame.Hidden = !r.e.wrong
	r.frame.Refresh()
	paintRing(r.ring, r.e.focused)
}
