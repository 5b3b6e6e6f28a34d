package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Reader is a text that is longer than its place and can be read by keys: it
// takes the keyboard, and Up, Down, PgUp, PgDn, Home and End scroll it. Enter
// goes to the next control. Controls in it stand in its Form.
type Reader struct {
	widget.BaseWidget
	base
	// Form is the Host of controls that stand in the text.
	Form *FormScroll
}

// NewReader returns an empty text of that name.
func NewReader(host Host, name string) *Reader {
	r := &Reader{Form: NewFormScroll(host)}
	r.host, r.self, r.name = host, r, name
	r.ExtendBaseWidget(r)
	return r
}

// SetContent shows another text from its beginning.
func (r *Reader) SetContent(o fyne.CanvasObject) {
	r.Form.SetContent(o)
	r.Form.ScrollToTop()
}

// lineStep is what one press of an arrow scrolls.
const lineStep = float32(48)

// TypedKey implements fyne.Focusable.
func (r *Reader) TypedKey(k *fyne.KeyEvent) {
	Stir()
	view := max(lineStep, r.Form.Size().Height-lineStep)
	switch k.Name {
	case fyne.KeyDown:
		r.scroll(lineStep)
	case fyne.KeyUp:
		r.scroll(-lineStep)
	case fyne.KeyPageDown:
		r.scroll(view)
	case fyne.KeyPageUp:
		r.scroll(-view)
	case fyne.KeyHome:
		r.Form.ScrollToTop()
	case fyne.KeyEnd:
		r.Form.scroll.ScrollToBottom()
	case fyne.KeyReturn, fyne.KeyEnter:
		Next(r)
	default:
		r.host.HandleKey(k)
	}
}

func (r *Reader) scroll(by float32) {
	s := r.Form.scroll
	most := max(0, s.Content.Size().Height-s.Size().Height)
	s.ScrollToOffset(fyne.NewPos(0, max(0, min(most, s.Offset.Y+by))))
}

// TypedRune implements fyne.Focusable.
func (r *Reader) TypedRune(rune) {}

// TypedShortcut implements fyne.Shortcutable.
func (r *Reader) TypedShortcut(s fyne.Shortcut) { r.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (r *Reader) FocusGained() { r.gained(); r.Refresh() }

// FocusLost implements fyne.Focusable.
func (r *Reader) FocusLost() { r.lost(); r.Refresh() }

// Tapped implements fyne.Tappable.
func (r *Reader) Tapped(*fyne.PointEvent) { Focus(r) }

// CreateRenderer implements fyne.Widget.
func (r *Reader) CreateRenderer() fyne.WidgetRenderer {
	x := &readerRenderer{r: r, ring: newRing()}
	again(x, r.Size())
	paintRing(x.ring, r.focused)
	return x
}

type readerRenderer struct {
	r    *Reader
	ring *canvas.Rectangle
}

func (x *readerRenderer) Destroy()           {}
func (x *readerRenderer) MinSize() fyne.Size { return x.r.Form.MinSize() }
func (x *readerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.r.Form, x.ring}
}

func (x *readerRenderer) Layout(size fyne.Size) {
	x.r.Form.Resize(size)
	placeRing(x.ring, fyne.NewPos(4, 4), size.SubtractWidthHeight(8, 8))
}

func (x *readerRenderer) Refresh() {
	paintRing(x.ring, x.r.focused)
	x.r.Form.Refresh()
}
