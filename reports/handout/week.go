package handout

import (
	"fmt"

	"backtobar/reports/doc"
)

// ending is what follows the cards: the weeks to tick, what to do in a
// flare-up unless page 1 says it, whom to call.
func (g *laying) ending(weeks int) []block {
	var out []block
	for range weeks {
		out = append(out, g.grid())
	}
	out = append(out, g.paragraph(g.Text.Log, g.strong))
	if !g.flared {
		out = append(out, g.flare())
	}
	return append(out,
		g.paragraph(fill(g.Text.Call, "phone", g.Clinic.Phone), g.call),
		g.paragraph(g.Text.AfterHours, g.read))
}

func (l *layout) flare() block {
	text := l.Text.FlareNoWeight
	if l.weighted() {
		text = l.Text.Flare
	}
	lines := l.wrap(text, l.read, l.width()-2*pad)
	h := l.box.lead + float64(len(lines))*l.read.lead + 12
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: l.width(), H: h, Radius: corner, Fill: tint})
		l.box.lines(p, margin+pad, y+5, []string{l.Text.FlareTitle})
		l.read.lines(p, margin+pad, y+5+l.box.lead, lines)
	}}
}

// grid is a week: a box for each exercise and day, and a line for the pain of
// each day. It is kept whole.
func (l *layout) grid() block {
	items := l.items()
	type row struct {
		lines []string
		h     float64
	}
	label := func(text string, s style) row {
		lines := l.wrap(text, s, l.names-6)
		return row{lines, max(l.row, float64(len(lines))*s.lead+4)}
	}
	var rows, pains []row
	headings := l.week.lead + l.day.lead + 2
	h, painH := headings, 0.0
	for i, it := range items {
		rows = append(rows, label(fmt.Sprintf("%d %s", i+1, l.Exercises.Exercises[it.Exercise].Short), l.read))
		h += rows[i].h
	}
	for _, text := range l.Text.PainRows {
		r := label(text, l.strong)
		pains = append(pains, r)
		painH += r.h
	}
	h += painH
	column := (l.width() - l.names) / 7
	return block{h, func(p *doc.Page, y float64) {
		l.week.lines(p, margin, y, []string{l.Text.Week})
		l.blanks(p, y+l.week.size)
		centre := func(i int) float64 { return margin + l.names + (float64(i)+0.5)*column }
		for i, text := range l.Text.Weekdays {
			l.middle(p, l.day, centre(i), y+l.week.lead+l.day.size, text)
		}
		at := y + headings
		for _, r := range rows {
			l.read.lines(p, margin+4, at+1, r.lines)
			for i := range l.Text.Weekdays {
				p.Add(doc.Rect{X: centre(i) - l.tick/2, Y: at + (r.h-l.tick)/2, W: l.tick, H: l.tick, Fill: white, Stroke: black, Width: 1})
			}
			at += r.h
			p.Add(doc.Line{X1: margin, Y1: at, X2: l.w - margin, Y2: at, Stroke: rule, Width: 0.75})
		}
		p.Add(doc.Rect{X: margin, Y: at, W: l.width(), H: painH, Fill: tint})
		for _, r := range pains {
			l.strong.lines(p, margin+4, at+2, r.lines)
			for i := range l.Text.Weekdays {
				p.Add(doc.Line{X1: centre(i) - column/2 + 7, Y1: at + r.h - 4, X2: centre(i) + column/2 - 7, Y2: at + r.h - 4, Stroke: black, Width: 0.8})
			}
			at += r.h
		}
	}}
}

// blanks is the place for the first day of the week, month and day.
func (l *layout) blanks(p *doc.Page, y float64) {
	blank, slash := 2.2*l.note.size, l.note.size
	right := l.w - margin
	p.Add(
		doc.Line{X1: right - blank, Y1: y + 1, X2: right, Y2: y + 1, Stroke: black, Width: 0.8},
		doc.Line{X1: right - 2*blank - slash, Y1: y + 1, X2: right - blank - slash, Y2: y + 1, Stroke: black, Width: 0.8})
	l.middle(p, l.note, right-blank-slash/2, y, "/")
	l.right(p, l.note, right-2*blank-slash-5, y, l.Text.WeekStarting)
}

// notes are lines to write on, as many as the room takes; false for fewer than
// two.
func (l *layout) notes(room float64) (block, bool) {
	distance := 2 * l.read.size
	n := int((room - l.box.lead) / distance)
	if n < 2 {
		return block{}, false
	}
	return block{l.box.lead + float64(n)*distance, func(p *doc.Page, y float64) {
		l.box.lines(p, margin, y, []string{l.Text.Notes})
		for i := range n {
			at := y + l.box.lead + float64(i+1)*distance
			p.Add(doc.Line{X1: margin, Y1: at, X2: l.w - margin, Y2: at, Stroke: rule, Width: 0.75})
		}
	}}, true
}
