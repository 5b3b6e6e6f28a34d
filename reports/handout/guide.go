package handout

import (
	"fmt"

	"backtobar/domain/program"
	"backtobar/reports/doc"
)

// This file draws what is read first: what to do, how much pain is all right,
// when to stop.

// guide is the two boxes side by side: what to do, and the pain guide.
func (l *layout) guide() block {
	left := (l.width() - gap) * 0.41
	right := l.width() - gap - left
	h := max(l.whatToDo(margin, left, 0).h, l.painGuide(margin+left+gap, right, 0).h)
	what, pain := l.whatToDo(margin, left, h), l.painGuide(margin+left+gap, right, h)
	return block{h, func(p *doc.Page, y float64) {
		what.draw(p, y)
		pain.draw(p, y)
	}}
}

// whatToDo is the box with the main message, at least so high.
func (l *layout) whatToDo(x, width, least float64) block {
	main := l.wrap(l.Text.Main, l.read, width-2*pad)
	days := l.wrap(l.daysLine(), l.read, width-2*pad)
	h := max(least, l.box.lead+float64(len(main)+len(days))*l.read.lead+16)
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: x, Y: y, W: width, H: h, Radius: corner, Fill: tint})
		at := y + 6
		l.box.lines(p, x+pad, at, []string{l.Text.WhatTitle})
		at += l.box.lead
		l.read.lines(p, x+pad, at, main)
		l.read.lines(p, x+pad, at+float64(len(main))*l.read.lead+2, days)
	}}
}

// painGuide is the box with the pain bands, at least so high.
func (l *layout) painGuide(x, width, least float64) block {
	mark := l.read.size * 1.5
	var bands [][]string
	h := l.box.lead + 14
	for i, band := range l.Text.Pain {
		label := l.Text.label(i)
		bolder := l.wide(label, l.strong) - l.wide(label, l.read)
		lines := l.wrap(label+" "+l.bandText(band), l.read, width-2*pad-mark-bolder)
		bands = append(bands, lines)
		h += float64(len(lines))*l.read.lead + 2
	}
	h = max(h, least)
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: x, Y: y, W: width, H: h, Radius: corner, Fill: white, Stroke: border, Width: 1})
		at := y + 6
		l.box.lines(p, x+pad, at, []string{l.Text.PainTitle})
		at += l.box.lead
		for i, lines := range bands {
			l.painMark(p, i, x+pad+l.read.size*0.42, at+l.read.size*0.67)
			l.band(p, i, x+pad+mark, at, lines)
			at += float64(len(lines))*l.read.lead + 2
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
		l.read.lines(p, x, y, lines)
		return
	}
	p.Add(l.strong.line(x, y+l.read.size, label))
	p.Add(l.read.line(x+l.wide(label, l.strong)+l.wide(" ", l.read), y+l.read.size, first[len(label)+1:]))
	l.read.lines(p, x, y+l.read.lead, lines[1:])
}

// painMark is a shape beside each band: a disc, a triangle, a square. They
// differ in form, so that colour is not needed.
func (l *layout) painMark(p *doc.Page, i int, x, y float64) {
	r := l.read.size / 2
	switch {
	case i == 0:
		p.Add(doc.Circle{X: x, Y: y, R: 0.77 * r, Fill: green})
	case i == len(l.Text.Pain)-1:
		p.Add(ring(x, y, r, 4, 45, red))
	default:
		p.Add(ring(x, y+1, 0.97*r, 3, -90, amber))
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

// stopBox has every warning sign, each on its own line or lines: two columns,
// in large print one below the other. lead is the distance of its lines.
func (l *layout) stopBox(lead float64) block {
	read := l.read
	read.lead = lead
	columns := l.width() - 3*pad
	stopW, erW := columns*0.42, columns*0.58 // the longer list gets the wider column
	if l.LargePrint {
		stopW, erW = l.width()-2*pad, l.width()-2*pad
	}
	type list struct {
		title []string
		lines [][]string
		h     float64
	}
	measure := func(heading string, texts []string, column float64) (out list) {
		out.title = l.wrap(heading, l.stop, column)
		out.h = float64(len(out.title)) * l.stop.lead
		for _, t := range texts {
			lines := l.wrap(t, read, column-l.bullet)
			out.lines = append(out.lines, lines)
			out.h += float64(len(lines)) * read.lead
		}
		return out
	}
	stop := measure(fill(l.Text.StopTitle, "phone", l.Clinic.Phone), l.Text.Stop, stopW)
	er := measure(l.Text.ERTitle, l.Text.ER, erW)
	h := max(stop.h, er.h) + 12
	if l.LargePrint {
		h = stop.h + er.h + 22
	}
	draw := func(p *doc.Page, x, y float64, from list) {
		l.stop.lines(p, x, y, from.title)
		y += float64(len(from.title)) * l.stop.lead
		side := read.size * 0.375
		for _, lines := range from.lines {
			p.Add(doc.Rect{X: x, Y: y + read.size*0.46, W: side, H: side, Fill: red})
			read.lines(p, x+l.bullet, y, lines)
			y += float64(len(lines)) * read.lead
		}
	}
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: l.width(), H: h, Radius: corner, Fill: redBox, Stroke: red, Width: 1.5})
		draw(p, margin+pad, y+4, stop)
		if l.LargePrint {
			p.Add(doc.Line{X1: margin + pad, Y1: y + 10 + stop.h, X2: l.w - margin - pad, Y2: y + 10 + stop.h, Stroke: red, Width: 1})
			draw(p, margin+pad, y+13+stop.h, er)
			return
		}
		draw(p, margin+2*pad+stopW, y+4, er)
	}}
}
