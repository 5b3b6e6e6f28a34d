package kit

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// TrendPoint is one value of a trend.
type TrendPoint struct {
	// Day counts days from any day; Value is in the unit of the trend.
	Day   int
	Value float64
	// Label is the day in words.
	Label string
}

// Trend is what a TrendPlot shows: points over time on a fixed range, so that
// two patients' pictures can be compared.
type Trend struct {
	Title, Unit string
	Low, High   float64
	// Points are in the order of their days.
	Points []TrendPoint
	// Chosen is the point that is being read, -1 for none.
	Chosen int
	// Words stands under the plot, such as what counts as a change.
	Words string
}

// TrendPlot is a small plot of one measure. Points at most three weeks apart are
// joined; a longer gap stays a gap. It takes no keyboard: the list beside it has
// the same values and says which point is being read.
type TrendPlot struct {
	widget.BaseWidget
	shown Trend
}

// NewTrendPlot returns an empty plot.
func NewTrendPlot() *TrendPlot {
	t := &TrendPlot{}
	t.ExtendBaseWidget(t)
	return t
}

// SetTrend shows another trend.
func (t *TrendPlot) SetTrend(trend Trend) { t.shown = trend; t.Refresh() }

// trendGap is how many days two points may lie apart to be joined.
const trendGap = 21

// CreateRenderer implements fyne.Widget.
func (t *TrendPlot) CreateRenderer() fyne.WidgetRenderer {
	r := &trendRenderer{t: t}
	again(r, t.Size())
	return r
}

type trendRenderer struct {
	drawing
	t     *TrendPlot
	lines []*canvas.Line
}

func (r *trendRenderer) Destroy()                     {}
func (r *trendRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *trendRenderer) MinSize() fyne.Size           { return fyne.NewSize(240, 150) }
func (r *trendRenderer) Layout(size fyne.Size)        { r.build(size) }

func (r *trendRenderer) Refresh() {
	r.build(r.t.Size())
	canvas.Refresh(r.t)
}

const (
	trendLeft   = float32(40)
	trendTop    = float32(26)
	trendBottom = float32(40)
	trendRight  = float32(14)
	trendDot    = float32(9)
)

func (r *trendRenderer) build(size fyne.Size) {
	r.begin()
	tr := r.t.shown
	if size.Width < 2*trendLeft || size.Height < trendTop+trendBottom || len(tr.Points) == 0 {
		return
	}
	caption := look.Size(theme.SizeNameCaptionText)
	r.addText(tr.Title+", "+tr.Unit, caption, true, foreground(), 0, 0)
	x0, x1 := trendLeft, size.Width-trendRight
	y0, y1 := size.Height-trendBottom, trendTop
	at := func(p TrendPoint) (x, y float32) {
		first, last := tr.Points[0].Day, tr.Points[len(tr.Points)-1].Day
		x = (x0 + x1) / 2
		if last > first {
			x = x0 + 10 + (x1-x0-20)*float32(p.Day-first)/float32(last-first)
		}
		return x, y0 - (y0-y1)*float32((p.Value-tr.Low)/(tr.High-tr.Low))
	}
	r.addBox(x0, y0, x1-x0, 1, theme.ColorNameInputBorder, "", 0, 0)
	r.addBox(x0, y1, 1, y0-y1, theme.ColorNameInputBorder, "", 0, 0)
	for _, v := range []float64{tr.Low, (tr.Low + tr.High) / 2, tr.High} {
		_, y := at(TrendPoint{Day: tr.Points[0].Day, Value: v})
		label := fmt.Sprintf("%.4g", v)
		r.addText(label, caption, false, look.ColorSecondary, x0-8-measure(label, caption, false), y-textHeight(caption, false)/2)
		r.addBox(x0-4, y, 4, 1, theme.ColorNameInputBorder, "", 0, 0)
	}
	n := 0
	for i := 1; i < len(tr.Points); i++ {
		if tr.Points[i].Day-tr.Points[i-1].Day > trendGap {
			continue
		}
		if n == len(r.lines) {
			r.lines = append(r.lines, canvas.NewLine(color.Transparent))
		}
		l := r.lines[n]
		n++
		xa, ya := at(tr.Points[i-1])
		xb, yb := at(tr.Points[i])
		l.StrokeColor, l.StrokeWidth = look.Color(look.ColorSecondary), 1.5
		l.Position1, l.Position2 = fyne.NewPos(xa, ya), fyne.NewPos(xb, yb)
		r.objects = append(r.objects, l)
	}
	for i, p := range tr.Points {
		x, y := at(p)
		d := trendDot
		if i == tr.Chosen {
			d += 6
			r.addBox(x, y1, 1, y0-y1, look.ColorFocusRing, "", 0, 0)
		}
		r.addBox(x-d/2, y-d/2, d, d, theme.ColorNamePrimary, look.ColorCard, 1.5, d/2)
	}
	first, last := tr.Points[0].Label, tr.Points[len(tr.Points)-1].Label
	r.addText(first, caption, false, look.ColorSecondary, x0, y0+4)
	if len(tr.Points) > 1 && first != last {
		r.addText(last, caption, false, look.ColorSecondary, x1-measure(last, caption, false), y0+4)
	}
	words := tr.Words
	if len(tr.Points) == 1 {
		words = "One so far. A line needs two."
	}
	r.addText(shorten(words, caption, false, size.Width), caption, false, look.ColorSecondary, 0, size.Height-textHeight(caption, false))
}
