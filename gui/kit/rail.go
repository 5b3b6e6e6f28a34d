package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// RailItem is one section of the rail.
type RailItem struct {
	// Number is also the key: Ctrl+Number.
	Number int
	// Title and Status are words: "Screen", "3 left".
	Title, Status string
}

// SectionRail lists the sections of a chart at the left with what is left to
// do in each, in words. Up and Down move, Enter opens.
type SectionRail struct {
	widget.BaseWidget
	base
	// OnOpen is called with the number of the section.
	OnOpen func(number int)

	items   []RailItem
	current int
	cursor  int
	narrow  bool
}

// NewSectionRail returns an empty rail.
func NewSectionRail(host Host) *SectionRail {
	r := &SectionRail{}
	r.host, r.self, r.name = host, r, "Sections"
	r.ExtendBaseWidget(r)
	return r
}

// SetItems changes the sections and says which is open.
func (r *SectionRail) SetItems(items []RailItem, current int) {
	r.items, r.current = items, current
	for i, it := range items {
		if it.Number == current {
			r.cursor = i
		}
	}
	r.Refresh()
}

// SetNarrow shows numbers only.
func (r *SectionRail) SetNarrow(narrow bool) {
	if r.narrow != narrow {
		r.narrow = narrow
		r.Refresh()
	}
}

// Width is the width of the rail.
func (r *SectionRail) Width() float32 {
	if r.narrow {
		return 56
	}
	return 168
}

// Items returns the sections shown.
func (r *SectionRail) Items() []RailItem { return r.items }

func (r *SectionRail) open(i int) {
	if i >= 0 && i < len(r.items) && r.OnOpen != nil {
		r.OnOpen(r.items[i].Number)
	}
}

// TypedRune implements fyne.Focusable; a digit opens its section.
func (r *SectionRail) TypedRune(c rune) {
	Stir()
	if c == ' ' { // as a Button: the letter acts, not the key before it
		r.open(r.cursor)
		return
	}
	for i, it := range r.items {
		if rune('0'+it.Number) == c {
			r.open(i)
		}
	}
}

// TypedKey implements fyne.Focusable.
func (r *SectionRail) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyDown:
		r.cursor = min(r.cursor+1, len(r.items)-1)
		r.Refresh()
	case fyne.KeyUp:
		r.cursor = max(r.cursor-1, 0)
		r.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter:
		r.open(r.cursor)
	case fyne.KeySpace:
	default:
		r.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (r *SectionRail) TypedShortcut(s fyne.Shortcut) { r.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (r *SectionRail) FocusGained() { r.gained(); r.Refresh() }

// FocusLost implements fyne.Focusable.
func (r *SectionRail) FocusLost() { r.lost(); r.Refresh() }

// Tapped implements fyne.Tappable.
func (r *SectionRail) Tapped(p *fyne.PointEvent) { r.open(int((p.Position.Y - railTop) / railRow)) }

const (
	railRow = float32(54)
	railTop = float32(10)
)

// CreateRenderer implements fyne.Widget.
func (r *SectionRail) CreateRenderer() fyne.WidgetRenderer {
	o := &railRenderer{r: r, ring: newRing()}
	o.Refresh()
	return o
}

type railRenderer struct {
	drawing
	r    *SectionRail
	ring *canvas.Rectangle
}

func (o *railRenderer) Destroy()                     {}
func (o *railRenderer) Objects() []fyne.CanvasObject { return append(o.objects, o.ring) }

func (o *railRenderer) MinSize() fyne.Size {
	return fyne.NewSize(o.r.Width(), railTop*2+railRow*float32(len(o.r.items)))
}

func (o *railRenderer) Layout(size fyne.Size) {
	o.begin()
	o.addBox(0, 0, size.Width, size.Height, look.ColorCard, "", 0, 0)
	o.addBox(size.Width-1, 0, 1, size.Height, look.ColorRule, "", 0, 0)
	body, caption := look.Size(theme.SizeNameText), look.Size(theme.SizeNameCaptionText)
	for i, it := range o.r.items {
		y := railTop + float32(i)*railRow
		here := it.Number == o.r.current
		if here {
			o.addBox(0, y, size.Width-1, railRow, look.ColorSelectedRow, "", 0, 0)
			o.addBox(0, y, 4, railRow, theme.ColorNamePrimary, "", 0, 0)
		}
		if i == o.r.cursor {
			placeRing(o.ring, fyne.NewPos(6, y+6), fyne.NewSize(size.Width-13, railRow-12))
		}
		if o.r.narrow {
			o.addText(fmt.Sprint(it.Number), look.Size(theme.SizeNameSubHeadingText), here, foreground(), 22, y+14)
			continue
		}
		o.addText(fmt.Sprint(it.Number), body, false, look.ColorSecondary, 16, y+7)
		o.addText(it.Title, body, here, foreground(), 36, y+7)
		o.addText(it.Status, caption, false, look.ColorSecondary, 36, y+28)
	}
}

func (o *railRenderer) Refresh() {
	o.Layout(o.r.Size())
	paintRing(o.ring, o.r.focused)
	canvas.Refresh(o.r)
}
