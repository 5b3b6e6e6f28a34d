package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Button is a button with its key printed beside its words. Enter and Space
// press it.
type Button struct {
	widget.BaseWidget
	base
	text, key string
	main      bool
	hover     bool
	onPress   func()
}

// NewButton returns a button; key is printed beside the words, "" for none.
func NewButton(host Host, text, key string, onPress func()) *Button {
	b := &Button{text: text, key: key, onPress: onPress}
	b.host, b.self, b.name = host, b, text
	b.ExtendBaseWidget(b)
	return b
}

// NewMainButton returns the one filled button of a screen or sheet.
func NewMainButton(host Host, text, key string, onPress func()) *Button {
	b := NewButton(host, text, key, onPress)
	b.main = true
	return b
}

// First implements Control.
func (b *Button) First() fyne.Focusable { return b }

// SetWrong implements Control; a button is never wrong.
func (b *Button) SetWrong(bool) {}

// Text returns the words on the button.
func (b *Button) Text() string { return b.text }

// SetText changes the words and the key.
func (b *Button) SetText(text, key string) {
	b.text, b.key, b.name = text, key, text
	b.Refresh()
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.onPress != nil {
		b.onPress()
	}
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeySpace: // its letter follows and presses
	default:
		b.host.HandleKey(k)
	}
}

// TypedRune implements fyne.Focusable.
//
// A window tells of the Space key first and of its letter second. A button that
// acted on the key would give the keyboard away, and the letter would be typed
// into whatever has it then.
func (b *Button) TypedRune(r rune) {
	Stir()
	if r == ' ' {
		b.Tapped(nil)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (b *Button) TypedShortcut(s fyne.Shortcut) { b.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.gained(); b.Refresh() }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.lost(); b.Refresh() }

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hover = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.hover = false; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{b: b, ring: newRing(), box: canvas.NewRectangle(nil),
		text: canvas.NewText("", nil), key: canvas.NewText("", nil)}
	r.box.CornerRadius = look.Size(look.SizeRadius)
	r.box.StrokeWidth = 1
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b         *Button
	ring, box *canvas.Rectangle
	text, key *canvas.Text
}

const (
	buttonSide   = float32(14)
	buttonKeyGap = float32(10)
	buttonHeight = float32(32)
)

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.text, r.key, r.ring}
}

func (r *buttonRenderer) MinSize() fyne.Size {
	w := r.text.MinSize().Width + 2*buttonSide
	if r.b.key != "" {
		w += r.key.MinSize().Width + buttonKeyGap
	}
	return fyne.NewSize(w, buttonHeight)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	placeRing(r.ring, fyne.NewPos(0, 0), size)
	t, k := r.text.MinSize(), r.key.MinSize()
	w := t.Width
	if r.b.key != "" {
		w += buttonKeyGap + k.Width
	}
	x := (size.Width - w) / 2
	r.text.Move(fyne.NewPos(x, (size.Height-t.Height)/2))
	r.text.Resize(t)
	r.key.Move(fyne.NewPos(x+t.Width+buttonKeyGap, (size.Height-k.Height)/2+1))
	r.key.Resize(k)
}

func (r *buttonRenderer) Refresh() {
	fill, frame, text, key := theme.ColorNameButton, theme.ColorNameInputBorder, foreground(), look.ColorSecondary
	if r.b.main {
		fill, frame, text, key = theme.ColorNamePrimary, theme.ColorNamePrimary,
			theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnPrimary
	}
	if r.b.hover {
		fill = theme.ColorNameHover
		if r.b.main {
			fill = look.ColorPrimaryHover
		}
	}
	r.box.FillColor = look.Color(fill)
	r.box.StrokeColor = look.Color(frame)
	r.text.Text, r.text.Color = r.b.text, look.Color(text)
	r.text.TextSize, r.text.TextStyle.Bold = look.Size(theme.SizeNameText), r.b.main
	r.key.Text, r.key.Color = r.b.key, look.Color(key)
	r.key.TextSize = look.Size(theme.SizeNameCaptionText)
	r.Layout(r.b.Size())
	paintRing(r.ring, r.b.focused)
	refreshAll(r.Objects())
}
