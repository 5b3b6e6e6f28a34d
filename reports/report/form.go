package report

import (
	"fmt"
	"strings"

	"backtobar/domain/screen"
	"backtobar/reports/doc"
	"backtobar/reports/flow"
)

// This file is the forms to fill in by hand: what the front desk asks, and the
// screen. Both ask in the order of the windows, so that typing them in afterwards
// never looks for a field. Of a licensed questionnaire only the score is asked;
// its own form is beside the patient.

// fill is a question with lines to write on, lines of them.
func (l *layout) fill(label string, lines int) flow.Block {
	const lead = 20.0
	words := l.Wrap(label, bodyStyle, l.Width()*0.55)
	h := max(float64(len(words))*bodyStyle.Lead, lead) + float64(lines-1)*lead + 3
	return flow.Block{H: h, Draw: func(p *doc.Page, y float64) {
		end := 0.0
		for i, text := range words {
			l.Line(p, bodyStyle, l.Margin, y+5+bodyStyle.Size+float64(i)*bodyStyle.Lead, text)
			end = max(end, l.Fonts.Width(text, bodyStyle.Size, false))
		}
		for i := range lines {
			from := l.Margin
			if i == 0 {
				from += end + 6
			}
			at := y + lead + float64(i)*lead - 2
			p.Add(doc.Line{X1: from, Y1: at, X2: l.W - l.Margin, Y2: at, Stroke: black, Width: 0.5})
		}
	}}
}

// tick is a question with squares at the right, or below when they need room.
func (l *layout) tick(question string, labels ...string) flow.Block {
	wide := 0.0
	for _, text := range labels {
		wide += 14 + l.Fonts.Width(text, bodyStyle.Size, false) + 16
	}
	if wide > l.Width()*0.42 {
		return flow.Stack(2, l.Text(question, bodyStyle, 0), l.boxes(bodyStyle, 12, labels...), flow.Space(2))
	}
	at := l.Width() - wide + 8
	words, boxes := l.Row(flow.Cell{W: at - 10, Text: question, Style: bodyStyle}), l.boxes(bodyStyle, at, labels...)
	return flow.Block{H: max(words.H, boxes.H) + 3, Draw: func(p *doc.Page, y float64) {
		words.Draw(p, y)
		boxes.Draw(p, y)
	}}
}

// intakeForm asks what the front desk types: who the patient is, and the intake.
// The identity that the chart holds stands in the head and is not asked again.
func (l *layout) intakeForm() []flow.Block {
	var out []flow.Block
	if l.Patient.LastName == "" {
		out = append(out, l.heading("About you"), l.fill("Last name", 1), l.fill("First name", 1), l.tick("Sex for care", "Female", "Male"),
			l.fill("Birth date (month in letters)", 1), l.fill("Mobile phone", 1))
	}
	return append(out, l.heading("What brings you here"),
		l.fill("Main problem, in your own words: since when, and what do you want to do again?", 4),
		l.fill("Body weight (write pounds or kilograms)", 1),
		l.tick("Language of your exercise sheet", "English", "Español"),
		l.heading("What you have at home. Write the sizes that stand on it, and lb or kg."),
		l.fill("Kettlebells", 1), l.tick("A barbell and a rack", "Yes", "No"),
		l.fill("Dumbbells", 1), l.tick("A strong backpack and a scale", "Yes", "No"),
		l.fill("Plates, and how many of each", 1), l.fill("Weight of the empty bar", 1),
		l.heading("For today"),
		l.fill("Filled in by (patient, or who helped)", 1),
		l.signature("Signature"))
}

// screenForm asks the whole screen.
func (l *layout) screenForm() []flow.Block {
	out := []flow.Block{l.Text("The therapist asks and measures. Nothing is left out: what is not asked never passes. "+
		"A yes in part A may mean care today: stop and call the therapist at once.", strongStyle, 0)}
	part, group := "", ""
	for _, q := range screen.Form(l.Rules) {
		if q.Part != part {
			part, group = q.Part, ""
			out = append(out, l.heading(part))
		}
		if q.Group != group && q.Group != "" {
			group = q.Group
			head := l.Text(group, noticeStyle, 0)
			head.Keep = true
			out = append(out, head)
		}
		out = append(out, l.question(q))
	}
	return append(out, l.heading("Done by"), l.signature("Therapist: name, credentials, licence"))
}

// question is one of the screen with room for its answer.
func (l *layout) question(q screen.Question) flow.Block {
	name := q.Name
	if q.Hint != "" && !strings.Contains(name, q.Hint) {
		name += " (" + q.Hint + ")"
	}
	switch q.Kind {
	case screen.AskYesNo:
		return l.tick(name, "Yes", "No", "Not known")
	case screen.AskChoice:
		var labels []string
		for _, o := range q.Options {
			labels = append(labels, o.Text)
		}
		return l.tick(name, labels...)
	case screen.AskScale:
		if q.Decimals {
			return l.fill(fmt.Sprintf("%s, 0 to %d", name, q.High), 1)
		}
		var labels []string
		for n := 0; n <= q.High; n++ {
			labels = append(labels, fmt.Sprint(n))
		}
		return l.tick(name, labels...)
	}
	if q.Unit != "" {
		name += ", " + q.Unit
	}
	return l.fill(name, 1)
}
