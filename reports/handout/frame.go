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
	// The date of a Spanish sheet fits into so much, unless the title needs it.
	side := min(226, l.width()-l.wide(l.Text.Title, l.title)-16)
	left := l.width() - side - 14
	names := l.wrap(l.Clinic.Name, l.clinic, l.width())
	contacts := l.wrap(l.contacts(), l.contact, l.width())
	steps := l.wrap(l.stepLine(), l.step, left)
	people := l.wrap(fill(l.Text.For, "name", l.FirstName), l.name, side)
	dates := []string{l.Text.long(l.Date)}
	until := l.wrap(fill(l.Text.Until, "date", l.Text.long(l.GoodUntil)), l.valid, side)

	top := float64(len(names))*l.clinic.lead + float64(len(contacts))*l.contact.lead + 4
	middle := max(l.title.lead+float64(len(steps))*l.step.lead, float64(len(people))*l.name.lead+float64(len(dates)+len(until))*l.date.lead) + 6
	const pill = 20.0
	return block{top + 8 + middle + pill, func(p *doc.Page, y float64) {
		l.clinic.lines(p, margin, y-4, names)
		y += float64(len(names)) * l.clinic.lead
		l.contact.lines(p, margin, y-2, contacts)
		y += float64(len(contacts))*l.contact.lead + 4
		p.Add(doc.Line{X1: margin, Y1: y, X2: l.w - margin, Y2: y, Stroke: teal, Width: 2})
		y += 8
		l.title.lines(p, margin, y-2, []string{l.Text.Title})
		l.step.lines(p, margin, y+l.title.lead, steps)
		at := y
		for _, part := range []struct {
			style
			lines []string
		}{{l.name, people}, {l.date, dates}, {l.valid, until}} {
			for _, text := range part.lines {
				l.right(p, part.style, l.w-margin, at+part.size, text)
				at += part.lead
			}
		}
		l.ladder(p, y+middle, pill)
	}}
}

// contacts is who made the sheet and where to find them.
func (l *layout) contacts() string {
	return joined(l.Therapist.Name+", "+l.Therapist.Credentials, l.Clinic.Address, l.Clinic.Phone, l.Clinic.Hours)
}

// headLarge is the top of page 1 in large print: whose sheet it is. The rest of
// the head is on page 2, because the warning signs need page 1.
func (l *layout) headLarge(clinic bool) block {
	var names []string
	if clinic {
		names = l.wrap(l.Clinic.Name, l.clinic, l.width())
	}
	person := fill(l.Text.For, "name", l.FirstName)
	on := l.Text.long(l.Date)
	oneLine := l.wide(person, l.name)+l.wide(on, l.date)+16 <= l.width()
	people := l.wrap(person, l.name, l.width())
	h := float64(len(names))*l.clinic.lead + 6 + l.title.lead + float64(len(people))*l.name.lead
	if !oneLine {
		h += l.date.lead
	}
	return block{h, func(p *doc.Page, y float64) {
		l.clinic.lines(p, margin, y-4, names)
		y += float64(len(names)) * l.clinic.lead
		p.Add(doc.Line{X1: margin, Y1: y, X2: l.w - margin, Y2: y, Stroke: teal, Width: 2})
		y += 4
		l.title.lines(p, margin, y-2, []string{l.Text.Title})
		y += l.title.lead
		l.name.lines(p, margin, y, people)
		if oneLine {
			l.right(p, l.date, l.w-margin, y+l.date.size, on)
		} else {
			l.date.lines(p, margin, y+float64(len(people))*l.name.lead, []string{on})
		}
	}}
}

// intro is what page 2 of large print begins with; with the clinic's name when
// page 1 does not have it.
func (l *layout) intro(named bool) []block {
	var out []block
	if !named {
		out = append(out, l.paragraph(l.Clinic.Name, l.clinic))
	}
	return append(out,
		l.paragraph(l.stepLine(), l.step),
		l.paragraph(fill(l.Text.Until, "date", l.Text.long(l.GoodUntil)), l.valid),
		l.paragraph(l.contacts(), l.contact),
		l.whatToDo(margin, l.width(), 0),
		l.painGuide(margin, l.width(), 0))
}

// ladder is the four steps with the patient's own filled; in preparation none
// is.
func (l *layout) ladder(p *doc.Page, y, h float64) {
	const space = 6.0
	w := (l.width() - 3*space) / 4
	for i, text := range l.Text.Ladder {
		x := margin + float64(i)*(w+space)
		s := l.pill
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
	clinic := l.clinic
	clinic.size, clinic.lead = l.who.size, l.who.lead
	left := l.wrap(l.Clinic.Name, clinic, (l.width()-12)/2)
	right := l.wrap(fill(l.Text.For, "name", l.FirstName)+dot+l.Text.long(l.Date), l.who, (l.width()-12)/2)
	if l.LargePrint { // one below the other, each over the whole width
		left, right = nil, l.wrap(fill(l.Text.For, "name", l.FirstName)+dot+l.Text.long(l.Date), l.who, l.width())
	}
	h := float64(max(len(left), len(right)))*clinic.lead + 4
	return block{h, func(p *doc.Page, y float64) {
		clinic.lines(p, margin, y, left)
		for i, text := range right {
			if l.LargePrint {
				p.Add(l.who.line(margin, y+l.who.size+float64(i)*l.who.lead, text))
				continue
			}
			l.right(p, l.who, l.w-margin, y+l.who.size+float64(i)*l.who.lead, text)
		}
		p.Add(doc.Line{X1: margin, Y1: y + h, X2: l.w - margin, Y2: y + h, Stroke: teal, Width: 2})
	}}
}

// marks are what every page says at its top: that the translation is not
// reviewed, that the data is invented.
func (l *layout) marks() (out []string) {
	if !l.Words.Reviewed(l.Language) {
		out = append(out, l.wrap(l.Text.NotReviewed, l.tag, l.width())...)
	}
	if l.Practice {
		out = append(out, l.wrap(l.Text.Practice, l.tag, l.width())...)
	}
	return out
}

// marksTop is where the marks begin.
const marksTop = 18.0

// topMargin is where the head of a page starts, below the marks.
func (l *layout) topMargin() float64 {
	return max(margin, marksTop+float64(len(l.marks()))*l.tag.lead+l.tag.size*0.6)
}

// top is where the content of a later page starts.
func (l *layout) top() float64 { return l.topMargin() + l.runningHead().h + gap + 2 }

func (l *layout) footLines() []string {
	program := fill(l.Text.Program, "version", l.Plan.ProtocolVersion)
	if l.LargePrint {
		return []string{program}
	}
	return l.wrap(joined(l.FirstName, program, l.Clinic.Name+" "+l.Clinic.Phone), l.foot, l.width()-100)
}

// disclaimer is the full one, for the first and the last page, or the short one
// for the pages between. The full one says all that the short one says.
func (l *layout) disclaimer(full bool) ([]string, style) {
	if full {
		return l.wrap(l.Text.DisclaimerFull, l.full, l.width()), l.full
	}
	return l.wrap(l.Text.Disclaimer, l.short, l.width()), l.short
}

// limit is the lowest point that content may reach on a page with the full or
// the short disclaimer.
func (l *layout) limit(full bool) float64 {
	lines, s := l.disclaimer(full)
	return l.h - footBaseline - float64(len(l.footLines()))*l.foot.lead - 4 - float64(len(lines))*s.lead - 10
}

// footer draws the disclaimer of the page, the footer and the marks.
func (l *layout) footer(p *doc.Page, full bool, number string) {
	y := l.limit(full) + 6
	p.Add(doc.Line{X1: margin, Y1: y, X2: l.w - margin, Y2: y, Stroke: border, Width: 1})
	y += 4
	text, s := l.disclaimer(full)
	s.lines(p, margin, y, text)
	lines := l.footLines()
	base := l.h - footBaseline - float64(len(lines)-1)*l.foot.lead
	for i, text := range lines {
		p.Add(l.foot.line(margin, base+float64(i)*l.foot.lead, text))
	}
	l.right(p, l.foot, l.w-margin, l.h-footBaseline, number)
	l.tag.lines(p, margin, marksTop, l.marks())
}
