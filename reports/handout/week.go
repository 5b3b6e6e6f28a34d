package handout

import (
	"fmt"

	"backtobar/reports/doc"
)

// ending is what follows the cards: the weeks to tick, what to do in a
// flare-up, whom to call.
func (l *layout) ending(weeks int) []block {
	var out []block
	for range weeks {
		out = append(out, l.week())
	}
	call := style{14, 18, true, teal, "clinic.phone"}
	return append(out,
		l.paragraph(l.Text.Log, strong),
		l.flare(),
		l.paragraph(fill(l.Text.Call, "phone", l.Clinic.Phone), call),
		l.paragraph(l.Text.AfterHours, reading))
}

func (l *layout) flare() block {
	const inner = 10.0
	text := l.Text.FlareNoWeight
	if l.weighted() {
		text = l.Text.Flare
	}
	lines := l.wrap(text, reading, l.width()-2*inner)
	h := boxTitle.lead + float64(len(lines))*lead + 12
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: l.width(), H: h, Radius: corner, Fill: tint})
		boxTitle.lines(p, margin+inner, y+5, []string{l.Text.FlareTitle})
		reading.lines(p, margin+inner, y+5+boxTitle.lead, lines)
	}}
}

// week is the grid: a box for each exercise and day, and a line for the pain
// of each day. It is kept whole.
func (l *layout) week() block {
	const row, box, names, headings = 20.0, 14.0, 150.0, 34.0
	items := l.items()
	type label struct {
		lines []string
		h     float64
	}
	var rows []label
	for i, it := range items {
		text := fmt.Sprintf("%d %s", i+1, l.Exercises.Exercises[it.Exercise].Short)
		lines := l.wrap(text, reading, names-4)
		rows = append(rows, label{lines, max(row, float64(len(lines))*lead+4)})
	}
	h := headings
	for _, r := range rows {
		h += r.h
	}
	h += row * float64(len(l.Text.PainRows))
	title := style{14, 18, true, black, ""}
	day := style{11, 14, true, black, ""}
	note := style{11, 14, false, black, ""}
	column := (l.width() - names) / 7
	return block{h, func(p *doc.Page, y float64) {
		title.lines(p, margin, y, []string{l.Text.Week})
		l.blanks(p, note, y+14)
		centre := func(i int) float64 { return margin + names + (float64(i)+0.5)*column }
		for i, text := range l.Text.Weekdays {
			l.middle(p, day, centre(i), y+30, text)
		}
		at := y + headings
		for _, r := range rows {
			reading.lines(p, margin+4, at+1, r.lines)
			for i := range l.Text.Weekdays {
				p.Add(doc.Rect{X: centre(i) - box/2, Y: at + (r.h-box)/2, W: box, H: box, Fill: white, Stroke: black, Width: 1})
			}
			at += r.h
			p.Add(doc.Line{X1: margin, Y1: at, X2: l.w - margin, Y2: at, Stroke: rule, Width: 0.75})
		}
		pain := row * float64(len(l.Text.PainRows))
		p.Add(doc.Rect{X: margin, Y: at, W: l.width(), H: pain, Fill: tint})
		for _, text := range l.Text.PainRows {
			strong.lines(p, margin+4, at+2, []string{text})
			for i := range l.Text.Weekdays {
				p.Add(doc.Line{X1: centre(i) - column/2 + 7, Y1: at + 16, X2: centre(i) + column/2 - 7, Y2: at + 16, Stroke: black, Width: 0.8})
			}
			at += row
		}
	}}
}

// blanks is the place for the first day of the week, month and day.
func (l *layout) blanks(p *doc.Page, s style, y float64) {
	const blank, slash = 26.0, 12.0
	right := l.w - margin
	p.Add(
		doc.Line{X1: right - blank, Y1: y + 1, X2: right, Y2: y + 1, Stroke: black, Width: 0.8},
		doc.Line{X1: right - 2*blank - slash, Y1: y + 1, X2: right - blank - slash, Y2: y + 1, Stroke: black, Width: 0.8})
	l.middle(p, s, right-blank-slash/2, y, "/")
	l.right(p, s, right-2*blank-slash-5, y, l.Text.WeekStarting)
}
