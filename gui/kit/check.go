package kit

import (
	"strconv"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Ticks is a set of things of which any number can be ticked, one Tab stop.
// Left and Right move, Space ticks, Enter goes to the next control; in numbered
// ones a digit ticks its box. A single tick box is Ticks with one text.
type Ticks struct {
	widget.BaseWidget
	base
	// OnChanged is called after a tick changed.
	OnChanged func(i int, ticked bool)

	texts    []string
	ticked   []bool
	cursor   int
	numbered bool
}

// NewNumberedTicks returns at most nine tick boxes whose texts begin with their
// number, "1 Mon"; the digit ticks the box.
func NewNumberedTicks(host Host, texts ...string) *Ticks {
	for i := range texts {
		texts[i] = strconv.Itoa(i+1) + "  " + texts[i]
	}
	t := NewTicks(host, texts...)
	t.numbered = true
	return t
}

// NewTicks returns tick boxes, none ticked.
func NewTicks(host Host, texts ...string) *Ticks {
	t := &Ticks{texts: texts, ticked: make([]bool, len(texts))}
	t.host, t.self = host, t
	t.region = t
	if len(texts) == 1 {
		t.name = texts[0]
	}
	t.ExtendBaseWidget(t)
	return t
}

// First implements Control.
func (t *Ticks) First() fyne.Focusable { return t }

// SetWrong implements Control.
func (t *Ticks) SetWrong(wrong bool) {
	if t.wrong != wrong {
		t.wrong = wrong
		t.Refresh()
	}
}

// Ticked reports whether box i is ticked.
func (t *Ticks) Ticked(i int) bool { return t.ticked[i] }

// Put ticks or clears box i without calling OnChanged.
func (t *Ticks) Put(i int, ticked bool) {
	if t.ticked[i] != ticked {
		t.ticked[i] = ticked
		t.Refresh()
	}
}

// SetTexts replaces the boxes; all are cleared.
func (t *Ticks) SetTexts(texts ...string) {
	t.texts, t.ticked, t.cursor = texts, make([]bool, len(texts)), 0
	t.Refresh()
}

func (t *Ticks) toggle(i int) {
	t.ticked[i] = !t.ticked[i]
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(i, t.ticked[i])
	}
}

// TypedRune implements fyne.Focusable.
func (t *Ticks) TypedRune(r rune) {
	Stir()
	switch box := int(r - '1'); {
	case unicode.IsSpace(r) && len(t.texts) > 0:
		t.toggle(t.cursor)
	case t.numbered && box >= 0 && box < len(t.texts):
		t.cursor = box
		t.toggle(box)
	}
}

// TypedKey implements fyne.Focusable. Space arrives as a rune as well, so it
// is not taken here.
func (t *Ticks) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyRight, fyne.KeyDown:
		t.cursor = max(0, min(t.cursor+1, len(t.texts)-1))
		t.Refresh()
	case fyne.KeyLeft, fyne.KeyUp:
		t.cursor = max(t.cursor-1, 0)
		t.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter:
		Next(t)
	case fyne.KeySpace:
	default:
		t.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (t *Ticks) TypedShortcut(s fyne.Shortcut) { t.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (t *Ticks) FocusGained() { t.gained(); t.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *Ticks) FocusLost() { t.lost(); t.Refresh() }

// Tapped implements fyne.Tappable.
func (t *Ticks) Tapped(p *fyne.PointEvent) {
	Stir()
	Focus(t)
	for i, b := range t.boxes(t.Size().Width) {
		if p.Position.X >= b.x && p.Position.X <= b.x+b.w && p.Position.Y >= b.y && p.Position.Y <= b.y+chipHeight {
			t.cursor = i
			t.toggle(i)
		}
	}
}

const (
	tickBox = float32(18)
	tickGap = float32(14)
)

func (t *Ticks) boxes(width float32) []chipBox {
	var out []chipBox
	x, y := float32(0), float32(0)
	for _, s := range t.texts {
		w := tickBox + 7 + fyne.MeasureText(s, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width
		if x > 0 && x+w > width {
			x, y = 0, y+chipHeight
		}
		out = append(out, chipBox{x, y, w})
		x += w + tickGap
	}
	return out
}

// HeightFor is the height at that width.
func (t *Ticks) HeightFor(width float32) float32 {
	b := t.boxes(width)
	if len(b) == 0 {
		return chipHeight
	}
	return b[len(b)-1].y + chipHeight
}

// CreateRenderer implements fyne.Widget.
func (t *Ticks) CreateRenderer() fyne.WidgetRenderer {
	r := &ticksRenderer{t: t, ring: newRing()}
	r.Refresh()
	return r
}

type ticksRenderer struct {
	t     *Ticks
	ring  *canvas.Rectangle
	boxes []*canvas.Rectangle
	marks []*canvas.Image
	texts []*canvas.Text
}

func (r *ticksRenderer) Destroy() {}

func (r *ticksRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i := range r.boxes {
		out = append(out, r.boxes[i], r.marks[i], r.texts[i])
	}
	return append(out, r.ring)
}

func (r *ticksRenderer) MinSize() fyne.Size {
	w := r.t.Size().Width
	if w == 0 {
		w = 100_000
	}
	m := fyne.NewSize(tickBox, r.t.HeightFor(w))
	if len(r.t.texts) == 1 {
		m.Width = r.t.boxes(w)[0].w
	}
	return m
}

func (r *ticksRenderer) Layout(size fyne.Size) {
	for i, b := range r.t.boxes(size.Width) {
		y := b.y + (chipHeight-tickBox)/2
		r.boxes[i].Move(fyne.NewPos(b.x, y))
		r.boxes[i].Resize(fyne.NewSize(tickBox, tickBox))
		r.marks[i].Move(fyne.NewPos(b.x+1, y+1))
		r.marks[i].Resize(fyne.NewSize(tickBox-2, tickBox-2))
		h := r.texts[i].MinSize().Height
		r.texts[i].Move(fyne.NewPos(b.x+tickBox+7, b.y+(chipHeight-h)/2))
		r.texts[i].Resize(r.texts[i].MinSize())
		if i == r.t.cursor {
			placeRing(r.ring, fyne.NewPos(b.x, b.y+4), fyne.NewSize(b.w, chipHeight-8))
		}
	}
}

func (r *ticksRenderer) Refresh() {
	for len(r.boxes) < len(r.t.texts) {
		r.boxes = append(r.boxes, canvas.NewRectangle(nil))
		r.marks = append(r.marks, canvas.NewImageFromResource(look.Icon("tick", theme.ColorNameForegroundOnPrimary)))
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	n := len(r.t.texts)
	r.boxes, r.marks, r.texts = r.boxes[:n], r.marks[:n], r.texts[:n]
	for i, s := range r.t.texts {
		box := r.boxes[i]
		box.CornerRadius = 3
		box.StrokeWidth = 1
		box.FillColor, box.StrokeColor = look.Color(look.ColorCard), look.Color(theme.ColorNameInputBorder)
		if r.t.ticked[i] {
			box.FillColor, box.StrokeColor = look.Color(theme.ColorNamePrimary), look.Color(theme.ColorNamePrimary)
		}
		if r.t.wrong {
			box.StrokeColor, box.StrokeWidth = look.Color(look.ColorStop), 2
		}
		r.marks[i].Hidden = !r.t.ticked[i]
		r.texts[i].Text, r.texts[i].Color = s, look.Color(foreground())
		r.texts[i].TextSize = look.Size(theme.SizeNameText)
	}
	r.Layout(r.t.Size())
	paintRing(r.ring, r.t.focused)
	refreshAll(r.Objects())
}
