package kit

import (
	"fmt"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Column is one column of a DataList.
type Column struct {
	Title string
	// Width in Fyne units; a column of 0 takes what is left.
	Width float32
	// Strong columns are bold; Fixed ones are never shortened, which is the
	// rule for numbers, units and dates.
	Strong, Fixed bool
}

// DataList is rows of records under a header. Only the rows in view are drawn,
// so its length does not matter. Up, Down, PgUp, PgDn, Home and End move, a
// letter goes to the next row that begins with it, Enter opens.
type DataList struct {
	widget.BaseWidget
	base
	// OnSelect is called when another row is chosen; -1 for none.
	OnSelect func(row int)
	// OnOpen is called on Enter and on a double click.
	OnOpen func(row int)

	columns []Column
	n       int
	cell    func(row, column int) string
	cursor  int
	top     int
	note    string
}

// NewDataList returns an empty list with those columns.
func NewDataList(host Host, columns ...Column) *DataList {
	d := &DataList{columns: columns, cursor: -1, cell: func(int, int) string { return "" }}
	d.host, d.self, d.name = host, d, "List"
	d.ExtendBaseWidget(d)
	return d
}

// SetRows replaces the rows at once; cell is asked for those in view. The
// first row is chosen, without telling OnSelect.
func (d *DataList) SetRows(n int, cell func(row, column int) string) {
	d.n, d.cell, d.top = n, cell, 0
	d.cursor = min(0, n-1)
	d.Refresh()
}

// SetNote adds words to the line under the rows, such as "Type more letters."
func (d *DataList) SetNote(s string) { d.note = s; d.Refresh() }

// Selected returns the chosen row, or -1.
func (d *DataList) Selected() int { return d.cursor }

// Len returns the number of rows.
func (d *DataList) Len() int { return d.n }

// Select chooses a row and brings it into view.
func (d *DataList) Select(row int) {
	row = max(0, min(row, d.n-1))
	if d.n == 0 || row == d.cursor {
		return
	}
	d.cursor = row
	switch v := d.visible(); {
	case row < d.top:
		d.top = row
	case row >= d.top+v:
		d.top = row - v + 1
	}
	d.Refresh()
	if d.OnSelect != nil {
		d.OnSelect(row)
	}
}

const (
	listHeader = float32(30)
	listRow    = float32(36)
	listFoot   = float32(24)
	listSide   = float32(12)
)

// visible is how many whole rows fit.
func (d *DataList) visible() int {
	return max(1, int((d.Size().Height-listHeader-listFoot)/listRow))
}

// TypedRune implements fyne.Focusable.
func (d *DataList) TypedRune(r rune) {
	Stir()
	for i := 1; i <= d.n; i++ {
		row := (d.cursor + i) % d.n
		if first := []rune(d.cell(row, 0)); len(first) > 0 && unicode.ToLower(first[0]) == unicode.ToLower(r) {
			d.Select(row)
			return
		}
	}
}

// TypedKey implements fyne.Focusable.
func (d *DataList) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyDown:
		d.Select(d.cursor + 1)
	case fyne.KeyUp:
		d.Select(d.cursor - 1)
	case fyne.KeyPageDown:
		d.Select(d.cursor + d.visible())
	case fyne.KeyPageUp:
		d.Select(d.cursor - d.visible())
	case fyne.KeyHome:
		d.Select(0)
	case fyne.KeyEnd:
		d.Select(d.n - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		d.open()
	default:
		d.host.HandleKey(k)
	}
}

func (d *DataList) open() {
	if d.cursor >= 0 && d.OnOpen != nil {
		d.OnOpen(d.cursor)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (d *DataList) TypedShortcut(s fyne.Shortcut) { d.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (d *DataList) FocusGained() { d.gained(); d.Refresh() }

// FocusLost implements fyne.Focusable.
func (d *DataList) FocusLost() { d.lost(); d.Refresh() }

// Tapped implements fyne.Tappable.
func (d *DataList) Tapped(p *fyne.PointEvent) {
	Stir()
	Focus(d)
	if row := d.top + int((p.Position.Y-listHeader)/listRow); p.Position.Y > listHeader && row < d.n {
		d.Select(row)
	}
}

// DoubleTapped implements fyne.DoubleTappable.
func (d *DataList) DoubleTapped(*fyne.PointEvent) { d.open() }

// Scrolled implements fyne.Scrollable.
func (d *DataList) Scrolled(e *fyne.ScrollEvent) {
	Stir()
	by := 1
	if e.Scrolled.DY > 0 {
		by = -1
	}
	if top := max(0, min(d.n-d.visible(), d.top+3*by)); top != d.top {
		d.top = top
		d.Refresh()
	}
}

// widths shares the width among the columns.
func (d *DataList) widths(total float32) []float32 {
	out := make([]float32, len(d.columns))
	left, stretch := total-2*listSide, 0
	for i, c := range d.columns {
		out[i] = c.Width
		left -= c.Width
		if c.Width == 0 {
			stretch++
		}
	}
	for i, c := range d.columns {
		if c.Width == 0 {
			out[i] = max(60, left/float32(stretch))
		}
	}
	return out
}

// shorten cuts a text that is too wide, at its end, with three points.
func shorten(s string, size float32, bold bool, width float32) string {
	if measure(s, size, bold) <= width {
		return s
	}
	r := []rune(s)
	for len(r) > 1 && measure(string(r)+"...", size, bold) > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ") + "..."
}

// CreateRenderer implements fyne.Widget.
func (d *DataList) CreateRenderer() fyne.WidgetRenderer {
	r := &listRenderer{d: d, ring: newRing()}
	r.Refresh()
	return r
}

type listRenderer struct {
	drawing
	d    *DataList
	ring *canvas.Rectangle
}

func (r *listRenderer) Destroy()                     {}
func (r *listRenderer) Objects() []fyne.CanvasObject { return append(r.objects, r.ring) }

func (r *listRenderer) MinSize() fyne.Size {
	return fyne.NewSize(320, listHeader+3*listRow+listFoot)
}

func (r *listRenderer) Layout(size fyne.Size) {
	placeRing(r.ring, fyne.NewPos(8, 8), size.SubtractWidthHeight(16, 16)) // inside: a scrolling control is cut at its edge
	r.build(size)
}

func (r *listRenderer) rect(x, y, w, h float32, fill fyne.ThemeColorName) {
	r.addBox(x, y, w, h, fill, "", 0, 0)
}

// words draws a text in the middle of a row of height h.
func (r *listRenderer) words(s string, size float32, bold bool, colour fyne.ThemeColorName, x, y, h float32) {
	r.addText(s, size, bold, colour, x, y+(h-textHeight(size, bold))/2)
}

func (r *listRenderer) build(size fyne.Size) {
	r.begin()
	d := r.d
	r.rect(0, 0, size.Width, size.Height, look.ColorCard)
	r.rect(0, 0, size.Width, listHeader, look.ColorTableHeader)
	widths := d.widths(size.Width)
	body, caption := look.Size(theme.SizeNameText), look.Size(theme.SizeNameCaptionText)
	x := listSide
	for i, c := range d.columns {
		r.words(c.Title, caption, true, foreground(), x, 0, listHeader)
		x += widths[i]
	}
	last := min(d.n, d.top+d.visible())
	for row := d.top; row < last; row++ {
		y := listHeader + float32(row-d.top)*listRow
		if row == d.cursor {
			r.rect(0, y, size.Width, listRow, look.ColorSelectedRow)
			r.rect(0, y, 4, listRow, theme.ColorNamePrimary)
		}
		r.rect(0, y+listRow-1, size.Width, 1, look.ColorRule)
		x := listSide
		for i, c := range d.columns {
			s := d.cell(row, i)
			if !c.Fixed {
				s = shorten(s, body, c.Strong, widths[i]-10)
			}
			r.words(s, body, c.Strong, foreground(), x, y, listRow)
			x += widths[i]
		}
	}
	if d.n > 0 {
		words := fmt.Sprintf("Rows %d to %d of %d", d.top+1, last, d.n)
		if d.note != "" {
			words += "     " + d.note
		}
		r.words(words, caption, false, look.ColorSecondary, listSide, size.Height-listFoot, listFoot)
	}
	if v := d.visible(); d.n > v { // how far down the view is
		track := size.Height - listHeader - listFoot
		h := max(24, track*float32(v)/float32(d.n))
		y := listHeader + (track-h)*float32(d.top)/float32(d.n-v)
		r.rect(size.Width-6, y, 4, h, theme.ColorNameScrollBar)
	}
}

func (r *listRenderer) Refresh() {
	r.build(r.d.Size())
	paintRing(r.ring, r.d.focused)
	canvas.Refresh(r.d)
}
