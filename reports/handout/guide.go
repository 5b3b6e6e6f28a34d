package handout

import (
	"fmt"

	"backtobar/domain/program"
	"backtobar/reports/doc"
)

// This file draws what is read first: what to do, how much pain is all right,
// when to stop.

var (
	boxTitle = style{13, 17, true, black, ""}
	reading  = style{body, lead, false, black, ""}
	strong   = style{body, lead, true, black, ""}
)

// guide is the two boxes side by side: what to do, and the pain guide.
func (l *layout) guide() block {
	const inner = 10.0
	left := (l.width() - gap) * 0.41
	right := l.width() - gap - left
	textW := left - 2*inner
	main := l.wrap(l.Text.Main, reading, textW)
	days := l.wrap(l.daysLine(), reading, textW)

	const mark = 18.0
	var bands [][]string
	for i, band := range l.Text.Pain {
		label := l.Text.label(i)
		bolder := l.fonts.Width(label, body, true) - l.fonts.Width(label, body, false)
		bands = append(bands, l.wrap(label+" "+l.bandText(band), reading, right-2*inner-mark-bolder))
	}
	leftH := boxTitle.lead + float64(len(main)+len(days))*lead + 2
	rightH := boxTitle.lead
	for _, lines := range bands {
		rightH += float64(len(lines))*lead + 2
	}
	h := max(leftH, rightH) + 14
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: left, H: h, Radius: corner, Fill: tint})
		at := y + 6
		boxTitle.lines(p, margin+inner, at, []string{l.Text.WhatTitle})
		at += boxTitle.lead
		reading.lines(p, margin+inner, at, main)
		reading.lines(p, margin+inner, at+float64(len(main))*lead+2, days)
		x := margin + left + gap
		p.Add(doc.Rect{X: x, Y: y, W: right, H: h, Radius: corner, Fill: white, Stroke: border, Width: 1})
		at = y + 6
		boxTitle.lines(p, x+inner, at, []string{l.Text.PainTitle})
		at += boxTitle.lead
		for i, lines := range bands {
			l.painMark(p, i, x+inner+5, at+8)
			l.band(p, i, x+inner+mark, at, lines)
			at += float64(len(lines))*lead + 2
		}
	}}
}

// weighted reports whether the sheet has a weight that can be made less: one
// that it prints, or one that the therapist sets on the bar.
func (l *layout) weighted() bool {
	for _, it := range l.items() {
		exercise, _ := l.Library.Exercise(it.Exercise)
		if it.Load != nil || exercise.Needs == program.NeedsBarbell {
			return true
		}
	}
	return false
}

func (l *layout) bandText(band PainBand) string {
	if band.NoWeight != "" && !l.weighted() {
		return band.NoWeight
	}
	return band.Text
}

// band draws a band's lines with its numbers in bold; the wrapping left room
// for them.
func (l *layout) band(p *doc.Page, i int, x, y float64, lines []string) {
	label := l.Text.label(i)
	first := lines[0]
	if len(first) <= len(label) || first[:len(label)] != label {
		reading.lines(p, x, y, lines)
		return
	}
	p.Add(strong.line(x, y+body, label))
	p.Add(reading.line(x+l.fonts.Width(label, body, true)+l.fonts.Width(" ", body, false), y+body, first[len(label)+1:]))
	reading.lines(p, x, y+lead, lines[1:])
}

// painMark is a shape beside each band: a disc, a triangle, a square. They
// differ in form, so that colour is not needed.
func (l *layout) painMark(p *doc.Page, i int, x, y float64) {
	switch {
	case i == 0:
		p.Add(doc.Circle{X: x, Y: y, R: 4.6, Fill: green})
	case i == len(l.Text.Pain)-1:
		p.Add(ring(x, y, 6, 4, 45, red))
	default:
		p.Add(ring(x, y+1, 5.8, 3, -90, amber))
	}
}

// daysLine says on how many days, when that is the same for all.
func (l *layout) daysLine() string {
	items := l.items()
	days := items[0].Dose.DaysPerWeek
	for _, it := range items {
		if it.Dose.DaysPerWeek != days {
			return l.Text.DaysDiffer
		}
	}
	n := fill(l.Text.Days, "n", l.Text.Dose.Span(days))
	if days.Max == 1 {
		n = l.Text.Day
	}
	text := fill(l.Text.DaysSame, "count", fmt.Sprint(len(items)), "days", n)
	if len(items) == 1 {
		text = fill(l.Text.DaysOne, "days", n)
	}
	// Up to 3 days a week always leave a day between.
	if days.Max > 1 && days.Max <= 3 {
		text += " " + l.Text.RestDay
	}
	return text
}

// stopBox has every warning sign, each on its own line or lines.
func (l *layout) stopBox() block {
	const inner, bullet = 10.0, 11.0
	title := style{12.5, 17, true, red, "clinic.phone"}
	// The longer list gets the wider column.
	columns := l.width() - 3*inner
	stopW := columns * 0.42
	type list struct {
		title []string
		lines [][]string
	}
	read := func(heading string, texts []string, column float64) (out list, h float64) {
		out.title = l.wrap(heading, title, column)
		h = float64(len(out.title)) * title.lead
		for _, t := range texts {
			lines := l.wrap(t, reading, column-bullet)
			out.lines = append(out.lines, lines)
			h += float64(len(lines)) * lead
		}
		return out, h
	}
	stop, stopH := read(fill(l.Text.StopTitle, "phone", l.Clinic.Phone), l.Text.Stop, stopW)
	er, erH := read(l.Text.ERTitle, l.Text.ER, columns-stopW)
	h := max(stopH, erH) + 12
	draw := func(p *doc.Page, x, y float64, from list) {
		title.lines(p, x, y, from.title)
		y += float64(len(from.title)) * title.lead
		for _, lines := range from.lines {
			p.Add(doc.Rect{X: x, Y: y + 5.5, W: 4.5, H: 4.5, Fill: red})
			reading.lines(p, x+bullet, y, lines)
			y += float64(len(lines)) * lead
		}
	}
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: l.width(), H: h, Radius: corner, Fill: redBox, Stroke: red, Width: 1.5})
		draw(p, margin+inner, y+5, stop)
		draw(p, margin+2*inner+stopW, y+5, er)
	}}
}
