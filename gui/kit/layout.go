package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"backtobar/gui/look"
)

// Texts wrap, so the height of most things depends on their width. The
// toolkit's layouts ask for a size before they give a width; these ask for the
// height at a width, and get the answer in one pass.
type tall interface{ HeightFor(width float32) float32 }

type tallLayout interface {
	HeightFor(objects []fyne.CanvasObject, width float32) float32
}

// HeightFor returns the height that o needs at the width.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if t, ok := o.(tall); ok {
		return t.HeightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(tallLayout); ok {
			return l.HeightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

type stack struct {
	gap   float32
	width float32
}

// Stack puts objects under one another at full width, gap units apart.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stack{gap: gap}, objects...)
}

func (s *stack) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	h, n := float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			h += HeightFor(o, width)
			n++
		}
	}
	if n > 1 {
		h += s.gap * float32(n-1)
	}
	return h
}

func (s *stack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := HeightFor(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + s.gap
	}
}

func (s *stack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return fyne.NewSize(w, s.HeightFor(objects, max(w, s.width)))
}

type inline struct{ gap float32 }

// Inline puts objects beside one another at their own width, centred on one
// line, gap units apart.
func Inline(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&inline{gap}, objects...)
}

func (l *inline) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o.Resize(m)
		x += m.Width + l.gap
	}
}

func (l *inline) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if s.Width > 0 {
			s.Width += l.gap
		}
		s.Width += m.Width
		s.Height = max(s.Height, m.Height)
	}
	return s
}

type inset struct{ left, top, right, bottom float32 }

// Inset puts space around one object.
func Inset(left, top, right, bottom float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&inset{left, top, right, bottom}, o)
}

func (p *inset) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(objects[len(objects)-1], width-p.left-p.right) + p.top + p.bottom
}

func (p *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	last := len(objects) - 1
	for _, o := range objects[:last] {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	objects[last].Move(fyne.NewPos(p.left, p.top))
	objects[last].Resize(size.SubtractWidthHeight(p.left+p.right, p.top+p.bottom))
}

func (p *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[len(objects)-1].MinSize().AddWidthHeight(p.left+p.right, p.top+p.bottom)
}

// Card is a white surface with a thin frame around its content.
func Card(content fyne.CanvasObject) *fyne.Container {
	return Panel(look.ColorCard, look.ColorRule, 12, content)
}

// Panel is a surface of the colour with a frame of the colour and space inside.
func Panel(fill, frame fyne.ThemeColorName, space float32, content fyne.CanvasObject) *fyne.Container {
	bg := canvas.NewRectangle(look.Color(fill))
	bg.StrokeColor = look.Color(frame)
	bg.StrokeWidth = 1
	bg.CornerRadius = look.Size(look.SizeRadius)
	return container.New(&inset{space, space, space, space}, bg, content)
}

// Cell is an object and how many of the 12 columns it takes.
type Cell struct {
	Span   int
	Object fyne.CanvasObject
}

type grid struct {
	rows  [][]int // spans
	width float32
}

const gridColumns = 12

// Grid lays fields on 12 columns, row by row, in reading order, which is also
// the Tab order. Cells of a row share their lower edge, so that inputs stay in
// line when one of them shows a problem above itself.
func Grid(rows ...[]Cell) *fyne.Container {
	g := &grid{}
	var objects []fyne.CanvasObject
	for _, row := range rows {
		var spans []int
		for _, c := range row {
			spans = append(spans, c.Span)
			objects = append(objects, c.Object)
		}
		g.rows = append(g.rows, spans)
	}
	return container.New(g, objects...)
}

// Row is one row of a Grid.
func Row(cells ...Cell) []Cell { return cells }

// Span is a cell that takes n of the 12 columns.
func Span(n int, o fyne.CanvasObject) Cell { return Cell{n, o} }

const (
	gridGutter = float32(12)
	gridRowGap = float32(9)
	maxFormW   = float32(1120)
)

func (g *grid) cellWidth(width float32, span int) float32 {
	column := (min(width, maxFormW) - gridGutter*(gridColumns-1)) / gridColumns
	return column*float32(span) + gridGutter*float32(span-1)
}

func (g *grid) rowHeight(objects []fyne.CanvasObject, spans []int, width float32) (h float32, any bool) {
	for i, span := range spans {
		if objects[i].Visible() {
			h = max(h, HeightFor(objects[i], g.cellWidth(width, span)))
			any = true
		}
	}
	return h, any
}

func (g *grid) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	total, at := float32(0), 0
	for _, spans := range g.rows {
		h, any := g.rowHeight(objects[at:], spans, width)
		at += len(spans)
		if any {
			total += h + gridRowGap
		}
	}
	return max(0, total-gridRowGap)
}

func (g *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	y, at := float32(0), 0
	for _, spans := range g.rows {
		row := objects[at : at+len(spans)]
		at += len(spans)
		h, any := g.rowHeight(row, spans, size.Width)
		if !any {
			continue
		}
		x := float32(0)
		for i, span := range spans {
			w := g.cellWidth(size.Width, span)
			own := HeightFor(row[i], w)
			row[i].Move(fyne.NewPos(x, y+h-own))
			row[i].Resize(fyne.NewSize(w, own))
			x += w + gridGutter
		}
		y += h + gridRowGap
	}
}

func (g *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, g.HeightFor(objects, max(480, g.width)))
}

// ruleLine is a thin horizontal line.
func ruleLine() *canvas.Rectangle {
	l := canvas.NewRectangle(look.Color(look.ColorRule))
	l.SetMinSize(fyne.NewSize(1, 1))
	return l
}

// Rule is a thin horizontal line between parts.
func Rule() fyne.CanvasObject { return ruleLine() }

func textHeight(size float32, bold bool) float32 {
	key := lineKey{size, bold}
	h, ok := lineHeights[key]
	if !ok {
		h = fyne.MeasureText("Ag", size, fyne.TextStyle{Bold: bold}).Height
		lineHeights[key] = h
	}
	return h
}

type lineKey struct {
	size float32
	bold bool
}

// lineHeights remembers how high a line is; there are a handful of sizes.
var lineHeights = map[lineKey]float32{}

func foreground() fyne.ThemeColorName { return theme.ColorNameForeground }

// Lead puts an icon of its own size before something that takes the rest.
func Lead(icon, o fyne.CanvasObject) *fyne.Container {
	return container.New(&lead{icon.MinSize().Width, 8}, icon, o)
}

// Side is the white column of a panel with a line at its left.
func Side(o fyne.CanvasObject) *fyne.Container {
	return container.New(&sideLayout{}, canvas.NewRectangle(look.Color(look.ColorCard)), ruleLine(), o)
}

type sideLayout struct{}

func (sideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Resize(fyne.NewSize(1, size.Height))
	o[2].Resize(size)
}

func (sideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 200) }
