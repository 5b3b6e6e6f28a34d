package report

import (
	"fmt"

	"backtobar/domain"
	"backtobar/reports/doc"
	"backtobar/reports/flow"
)

// This file draws three trends below each other on one axis of days: pain,
// disability, and the weight of the sessions or, while nobody lifts, the back
// extensor hold. Lines and points are black, the limit is dashed and named, so
// that a fax keeps them apart.

// point is a value on a day.
type point struct {
	on    domain.Date
	value float64
	text  string
}

// trend is one plot.
type trend struct {
	title     string
	low, high float64
	// limit is drawn dashed with its words when limited.
	limited   bool
	limit     float64
	limitText string
	points    []point
}

// trendSource says which measures a plot may show, the first that has a value, and
// the threshold of the rules for it.
type trendSource struct{ measure, threshold string }

var (
	painSources       = []trendSource{{"nprs_7day", "nprs_fail"}, {"vas", "vas_fail"}, {"nprs_now", ""}}
	disabilitySources = []trendSource{{"odi", "odi_fail"}, {"rmdq", "rmdq_fail"}}
	holdSources       = []trendSource{{"biering_sorensen", "bst_min"}}
)

func (l *layout) trends() []flow.Block {
	third := l.loads()
	if len(third.points) == 0 {
		third = l.measured("Back extensor hold", holdSources)
	}
	plots := []trend{l.measured("Pain", painSources), l.measured("Disability", disabilitySources), third}
	from, to := span(plots)
	out := []flow.Block{l.heading("Trends")}
	if from.IsZero() {
		return append(out, l.Text("Nothing was measured yet.", bodyStyle, 0))
	}
	var parts []flow.Block
	for i, t := range plots {
		parts = append(parts, l.plot(t, from, to, i == len(plots)-1))
	}
	return append(out, flow.Stack(4, parts...))
}

// measured is the first of the measures that has values.
func (l *layout) measured(empty string, sources []trendSource) trend {
	for _, s := range sources {
		for _, h := range l.Measures {
			if h.Measure.ID != s.measure {
				continue
			}
			t := trend{title: h.Measure.Title + ", " + h.Measure.Unit, low: number(h.Measure.Low), high: number(h.Measure.High)}
			lines := counted(h)
			for i := len(lines) - 1; i >= 0; i-- {
				if r := lines[i].Record; r.Value != nil {
					t.points = append(t.points, point{r.Date, number(*r.Value), h.Measure.Shown(*r.Value)})
				}
			}
			if v, ok := l.Rules.Thresholds[s.threshold]; ok {
				t.limited, t.limit, t.limitText = true, number(v.Value), "limit "+v.Value.String()
			}
			if len(t.points) > 0 {
				return t.shrunk(h.Measure.Capped)
			}
		}
	}
	return trend{title: empty}
}

// shrunk lets the scale of a test without a natural end stop above its values.
func (t trend) shrunk(open bool) trend {
	if !open {
		return t
	}
	top := t.limit
	for _, p := range t.points {
		top = max(top, p.value)
	}
	t.high = min(t.high, rounded(top*1.15))
	return t
}

// rounded is the next full ten above.
func rounded(v float64) float64 { return float64(int(v/10)+1) * 10 }

// loads is the heaviest weight of each session, in the clinic's unit.
func (l *layout) loads() trend {
	unit := l.Settings.LoadUnit
	if !unit.Valid() {
		unit = domain.Pound
	}
	t := trend{title: "Heaviest weight of a session, " + unit.Name()}
	for _, s := range l.Sessions {
		if top := topLoad(s); top != nil {
			v, _ := top.In(unit).Float64()
			t.points = append(t.points, point{s.Session.Date, v, top.In(unit).FloatString(0)})
			t.high = max(t.high, rounded(v*1.15))
		}
	}
	return t
}

func number(d domain.Decimal) float64 {
	f, _ := d.Rat().Float64()
	return f
}

// span is the first and the last day of all plots.
func span(plots []trend) (from, to domain.Date) {
	for _, t := range plots {
		for _, p := range t.points {
			if from.IsZero() || p.on.Before(from) {
				from = p.on
			}
			if to.IsZero() || to.Before(p.on) {
				to = p.on
			}
		}
	}
	return from, to
}

// The measures of a plot, in points.
const (
	plotHigh   = 72.0
	plotTitle  = 13.0
	plotAxis   = 13.0
	scaleWidth = 30.0
	limitWidth = 52.0
	endGap     = 18.0
)

// plot draws one trend. The last of them carries the days for all.
func (l *layout) plot(t trend, from, to domain.Date, days bool) flow.Block {
	h := plotTitle + plotHigh
	if days {
		h += plotAxis
	}
	left, right := l.Margin+scaleWidth, l.W-l.Margin-limitWidth
	length := float64(max(1, from.DaysUntil(to)))
	at := func(d domain.Date) float64 {
		// Points at the very ends keep off the frame.
		return left + endGap + (right-left-2*endGap)*float64(from.DaysUntil(d))/length
	}
	return flow.Block{H: h, Draw: func(p *doc.Page, y float64) {
		l.Line(p, noticeStyle, l.Margin, y+9, t.title)
		top, bottom := y+plotTitle, y+plotTitle+plotHigh
		p.Add(doc.Rect{X: left, Y: top, W: right - left, H: plotHigh, Stroke: black, Width: 0.75})
		if len(t.points) == 0 {
			l.Line(p, smallStyle, left+10, top+plotHigh/2+3, "Not recorded")
		} else {
			height := func(v float64) float64 { return bottom - (plotHigh-14)*(v-t.low)/(t.high-t.low) - 2 }
			l.Right(p, smallStyle, left-4, bottom, fmt.Sprintf("%.0f", t.low))
			l.Right(p, smallStyle, left-4, height(t.high)+3, fmt.Sprintf("%.0f", t.high))
			if t.limited && t.limit > t.low && t.limit < t.high {
				l.dashed(p, left, right, height(t.limit))
				l.Line(p, smallStyle, right+4, height(t.limit)+3, t.limitText)
			}
			l.curve(p, t, at, height)
		}
		if days {
			l.Line(p, smallStyle, at(from)-endGap, bottom+11, from.Short())
			if from != to {
				l.Right(p, smallStyle, at(to)+endGap, bottom+11, to.Short())
			}
		}
	}}
}

// curve is the points, joined, with their values where there is room.
func (l *layout) curve(p *doc.Page, t trend, at func(domain.Date) float64, height func(float64) float64) {
	for i, q := range t.points {
		if i > 0 {
			b := t.points[i-1]
			p.Add(doc.Line{X1: at(b.on), Y1: height(b.value), X2: at(q.on), Y2: height(q.value), Stroke: black, Width: 1})
		}
	}
	last := len(t.points) - 1
	free := 0.0
	for i, q := range t.points {
		x, y := at(q.on), height(q.value)
		p.Add(doc.Circle{X: x, Y: y, R: 2.2, Fill: black})
		w := l.Fonts.Width(q.text, smallStyle.Size, false)
		if i < last && (x-w/2 < free || x+w/2+2 > at(t.points[last].on)-w) {
			continue
		}
		// White behind it keeps the number readable where a line passes.
		p.Add(doc.Rect{X: x - w/2 - 1, Y: y - 12, W: w + 2, H: 8.5, Fill: doc.RGB(255, 255, 255)})
		l.Line(p, smallStyle, x-w/2, y-4.5, q.text)
		free = x + w/2 + 3
	}
}

// dashed is a line of short strokes.
func (l *layout) dashed(p *doc.Page, from, to, y float64) {
	const stroke, gap = 5.0, 4.0
	for x := from; x < to; x += stroke + gap {
		p.Add(doc.Line{X1: x, Y1: y, X2: min(x+stroke, to), Y2: y, Stroke: faint, Width: 0.9})
	}
}
