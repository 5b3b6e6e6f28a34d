package handout

import (
	"fmt"
	"strings"

	"backtobar/reports/doc"
)

// This file draws what frames every page: the heads, the disclaimer and the
// footer.

const dot = " · "

// stepName is "Step 1 of 4", or "Getting ready" below the first step.
func (l *layout) stepName() string {
	if l.Plan.Stage == 0 {
		return l.Text.GettingReady
	}
	return fill(l.Text.Step, "n", fmt.Sprint(l.Plan.Stage))
}

// stepLine adds what the step is about.
func (l *layout) stepLine() string {
	if l.Plan.Stage > 0 {
		return l.stepName() + ": " + l.Exercises.Steps[string(l.Plan.SubStage)]
	}
	var aims []string
	for _, track := range l.Plan.Tracks {
		if aim := l.Exercises.Tracks[track]; aim != "" {
			aims = append(aims, aim)
		}
	}
	if len(aims) == 0 {
		aims = []string{l.Exercises.Steps[string(l.Plan.SubStage)]}
	}
	return l.stepName() + ": " + strings.Join(aims, ". ")
}

// joined is the non-empty texts with dots between them.
func joined(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, dot)
}

// head is the top of page 1. Everything in it wraps; what follows moves down.
func (l *layout) head() block {
	clinic := style{16, 20, true, teal, "clinic.name"}
	contact := style{small, smallLead, false, grey, "clinic.address"}
	title := style{24, 29, true, black, ""}
	step := style{14, 18, true, teal, ""}
	name := style{14, 18, true, black, "patient.first_name"}
	date := style{11, 14, false, grey, ""}
	valid := style{11, 14, true, black, ""}

	const side = 180.0
	left := l.width() - side - 14
	names := l.wrap(l.Clinic.Name, clinic, l.width())
	contacts := l.wrap(joined(l.Therapist.Name+", "+l.Therapist.Credentials, l.Clinic.Address, l.Clinic.Phone, l.Clinic.Hours), contact, l.width())
	steps := l.wrap(l.stepLine(), step, left)
	people := l.wrap(fill(l.Text.For, "name", l.FirstName), name, side)
	dates := []string{l.Text.long(l.Date)}
	until := l.wrap(fill(l.Text.Until, "date", l.Text.long(l.GoodUntil)), valid, side)

	top := float64(len(names))*clinic.lead + float64(len(contacts))*contact.lead + 4
	middle := max(title.lead+float64(len(steps))*step.lead, float64(len(people))*name.lead+float64(len(dates)+len(until))*date.lead) + 6
	const pill = 20.0
	return block{top + 8 + middle + pill, func(p *doc.Page, y float64) {
		clinic.lines(p, margin, y-4, names)
		y += float64(len(names)) * clinic.lead
		contact.lines(p, margin, y-2, contacts)
		y += float64(len(contacts))*contact.lead + 4
		p.Add(doc.Line{X1: margin, Y1: y, X2: l.w - margin, Y2: y, Stroke: teal, Width: 2})
		y += 8
		title.lines(p, margin, y-2, []string{l.Text.Title})
		step.lines(p, margin, y+title.lead, steps)
		at := y
		for _, text := range people {
			l.right(p, name, l.w-margin, at+name.size, text)
			at += name.lead
		}
		for _, text := range dates {
			l.right(p, date, l.w-margin, at+date.size, text)
			at += date.lead
		}
		for _, text := range until {
			l.right(p, valid, l.w-margin, at+valid.size, text)
			at += valid.lead
		}
		l.ladder(p, y+middle, pill)
	}}
}

// ladder is the four steps with the patient's own filled; in preparation none
// is.
func (l *layout) ladder(p *doc.Page, y, h float64) {
	const space = 6.0
	w := (l.width() - 3*space) / 4
	for i, text := range l.Text.Ladder {
		x := margin + float64(i)*(w+space)
		s := style{11, 14, false, grey, ""}
		box := doc.Rect{X: x, Y: y, W: w, H: h, Radius: 4, Fill: white, Stroke: border, Width: 1}
		if i+1 == l.Plan.Stage {
			s.bold, s.colour = true, white
			box.Fill, box.Stroke = teal, teal
		}
		p.Add(box)
		l.middle(p, s, x+w/2, y+h/2+4, text)
	}
}

// runningHead is the top of every later page.
func (l *layout) runningHead() block {
	clinic := style{12, 15, true, teal, "clinic.name"}
	who := style{11, 15, false, grey, "patient.first_name"}
	half := (l.width() - 12) / 2
	left := l.wrap(l.Clinic.Name, clinic, half)
	right := l.wrap(fill(l.Text.For, "name", l.FirstName)+dot+l.Text.long(l.Date), who, half)
	h := float64(max(len(left), len(right)))*clinic.lead + 4
	return block{h, func(p *doc.Page, y float64) {
		clinic.lines(p, margin, y, left)
		for i, text := range right {
			l.right(p, who, l.w-margin, y+clinic.size+float64(i)*who.lead, text)
		}
		p.Add(doc.Line{X1: margin, Y1: y + h, X2: l.w - margin, Y2: y + h, Stroke: teal, Width: 2})
	}}
}

// top is where the content of a later page starts.
func (l *layout) top() float64 { return margin + l.runningHead().h + gap + 2 }

var (
	footStyle     = style{footSize, footLead, false, grey, "clinic.name"}
	smallPrint    = style{small, smallLead, false, black, ""}
	fullPrint     = style{small, smallLead, true, black, ""}
	unreviewedTag = style{small, smallLead, true, black, ""}
	practiceTag   = style{small, smallLead, true, red, ""}
)

func (l *layout) footLines() []string {
	text := joined(l.FirstName, l.stepName(), fill(l.Text.Program, "version", l.Plan.ProtocolVersion), l.Clinic.Name+" "+l.Clinic.Phone)
	return l.wrap(text, footStyle, l.width()-80)
}

// disclaimer is the full one, for the first and the last page, or the short one
// for the pages between. The full one says all that the short one says.
func (l *layout) disclaimer(full bool) ([]string, style) {
	if full {
		return l.wrap(l.Text.DisclaimerFull, fullPrint, l.width()), fullPrint
	}
	return l.wrap(l.Text.Disclaimer, smallPrint, l.width()), smallPrint
}

// limit is the lowest point that content may reach on a page with the full or
// the short disclaimer.
func (l *layout) limit(full bool) float64 {
	lines, s := l.disclaimer(full)
	return l.h - footBaseline - float64(len(l.footLines()))*footLead - 4 - float64(len(lines))*s.lead - 10
}

// foot draws the disclaimer of the page, the footer and the practice mark.
func (l *layout) foot(p *doc.Page, full bool, number string) {
	y := l.limit(full) + 6
	p.Add(doc.Line{X1: margin, Y1: y, X2: l.w - margin, Y2: y, Stroke: border, Width: 1})
	y += 4
	text, s := l.disclaimer(full)
	s.lines(p, margin, y, text)
	lines := l.footLines()
	base := l.h - footBaseline - float64(len(lines)-1)*footLead
	for i, text := range lines {
		p.Add(footStyle.line(margin, base+float64(i)*footLead, text))
	}
	l.right(p, footStyle, l.w-margin, l.h-footBaseline, number)
	if !l.Words.Reviewed(l.Language) {
		l.right(p, unreviewedTag, l.w-margin, 30, l.Text.NotReviewed)
	}
	if l.Practice {
		p.Add(practiceTag.line(margin, 30, l.Text.Practice))
	}
}
