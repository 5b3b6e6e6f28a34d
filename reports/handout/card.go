package handout

import (
	"fmt"
	"math"
	"strings"

	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
)

// ring is a regular polygon.
func ring(x, y, r float64, corners int, turn float64, fill doc.Colour) doc.Polygon {
	p := doc.Polygon{Fill: fill}
	for i := range corners {
		sin, cos := math.Sincos((turn + 360*float64(i)/float64(corners)) * math.Pi / 180)
		p.Points = append(p.Points, doc.Point{X: x + r*cos, Y: y + r*sin})
	}
	return p
}

// look is how the cards of a page are set: the height of a standing person in
// their pictures, and whether the lines are close.
type look struct {
	picture float64
	tight   bool
}

// card is one exercise: title, dose boxes, pictures and steps. It is one block
// and so never split. In large print the doses stand beside the pictures, or above
// those of a lying person, and the steps below them, over the whole width.
func (l *layout) card(i int, look look) block {
	it := l.items()[i]
	text := l.Exercises.Exercises[it.Exercise]
	exercise, _ := l.Library.Exercise(it.Exercise)
	field := "exercises." + it.Exercise

	read, strong, between := l.read.of(field), l.strong.of(field), 8.0
	if look.tight {
		read.lead, strong.lead, between = 1.2*read.size, 1.2*strong.size, 6
	}
	title, cue, need := l.styles.card.of(field), strong.in(teal), read.in(grey)
	inner := l.width() - 2*pad
	x := margin + pad
	titles := l.wrap(fmt.Sprintf("%d. %s", i+1, text.Title), title, inner)
	var needs []string
	if text.Need != "" {
		needs = l.wrap(fill(l.Text.Need, "need", text.Need), need, inner)
	}
	low := l.LargePrint && l.low(exercise.Figures)
	share := inner / 2
	if low {
		share = inner
	}
	pictures := l.figures(exercise.Figures, look.picture, share)
	left, textW := x, inner
	var doses part
	switch {
	case low:
		doses = l.doseList(it, x, inner, look.tight)
	case l.LargePrint:
		doses = l.doseList(it, x+pictures.w, inner-pictures.w, look.tight)
	default:
		doses = l.doses(it)
		left, textW = x+pictures.w, inner-pictures.w
	}
	steps := l.steps(text.Steps, read, strong.in(teal), textW)
	efforts := l.wrap(l.effort(it, exercise), read, textW)
	effortH := 0.0
	if len(efforts) > 0 {
		effortH = float64(len(efforts))*read.lead + 2
	}
	cues := l.wrap(text.Cue, cue, textW)
	cueH := float64(len(cues)) * cue.lead
	textH := steps.h + effortH + 4 + cueH
	head := between + float64(len(titles))*title.lead + float64(len(needs))*need.lead + 4
	body := doses.h + between + max(pictures.h, textH)
	switch {
	case low:
		body = doses.h + between + pictures.h + between + textH
	case l.LargePrint:
		body = max(pictures.h, doses.h) + between + textH
	}
	h := head + body + between
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: l.width(), H: h, Radius: corner, Fill: white, Stroke: border, Width: 1})
		at := y + between - 2
		title.lines(p, x, at, titles)
		need.lines(p, x, at+float64(len(titles))*title.lead, needs)
		at = y + head
		doses.draw(p, x, at)
		switch {
		case low:
			pictures.draw(p, x, at+doses.h+between)
			at += doses.h + pictures.h + 2*between
		case l.LargePrint:
			pictures.draw(p, x, at)
			at += max(pictures.h, doses.h) + between
		default:
			at += doses.h + between
			pictures.draw(p, x, at)
		}
		steps.draw(p, left, at)
		read.lines(p, left, at+steps.h, efforts)
		// The cue stands at the foot of the card, where the eye ends.
		cue.lines(p, left, max(at+steps.h+effortH+2, y+h-between-2-cueH), cues)
	}}
}

// steps are numbered lines.
func (l *layout) steps(texts []string, read, number style, width float64) part {
	var steps [][]string
	h := 0.0
	for _, s := range texts {
		lines := l.wrap(s, read, width-l.number)
		steps = append(steps, lines)
		h += float64(len(lines))*read.lead + 2
	}
	return part{width, h, func(p *doc.Page, x, y float64) {
		for n, lines := range steps {
			p.Add(number.line(x, y+read.size, fmt.Sprint(n+1)))
			read.lines(p, x+l.number, y, lines)
			y += float64(len(lines))*read.lead + 2
		}
	}}
}

// part is a measured part of a card.
type part struct {
	w, h float64
	draw func(p *doc.Page, x, y float64)
}

// effort says how hard each set should feel, and who sets the weight when the
// sheet does not.
func (l *layout) effort(it program.Item, exercise program.Exercise) string {
	text := ""
	if it.Load == nil && exercise.Needs == program.NeedsBarbell {
		text = l.Text.InSession + " "
	}
	if it.Dose.RIR > 0 {
		text += fill(l.Text.Effort, "n", fmt.Sprint(it.Dose.RIR))
	}
	return text
}

// low reports whether the pictures are of somebody who lies or kneels down: much
// wider than high.
func (l *layout) low(names []string) bool {
	size, ok := l.size(names)
	return ok && len(names) > 1 && size.Y < 0.6*size.X
}

// size is how wide and tall the pictures are, in body heights; false without
// pictures. A card is measured many times, its pictures once.
func (l *layout) size(names []string) (doc.Point, bool) {
	if len(names) == 0 {
		return doc.Point{}, false
	}
	key := strings.Join(names, " ")
	if size, ok := l.shown[key]; ok {
		return size, true
	}
	wide, tall, err := l.Poses.Size(names)
	if err != nil {
		l.problems.Add("figures", "A picture of the sheet is missing. Install the program again.")
		return doc.Point{}, false
	}
	l.shown[key] = doc.Point{X: wide, Y: tall}
	return l.shown[key], true
}

// figures are the pictures side by side with their captions, of a size at which
// a standing person is so high; a lying one has the same scale. They take at
// most so much width. The part's width holds the space after them.
func (l *layout) figures(names []string, height, most float64) part {
	size, ok := l.size(names)
	if !ok {
		return part{draw: func(*doc.Page, float64, float64) {}}
	}
	const between, after, standing = 6.0, 8.0, 1.06
	n := float64(len(names))
	scale := min(height/standing, (most-after-n*between)/(n*size.X))
	w, h := size.X*scale, size.Y*scale
	captions := []string{l.Text.Start, l.Text.Finish}
	if len(names) == 1 {
		captions = []string{l.Text.Hold}
		w = max(w, l.wide(l.Text.Hold, l.caption))
	}
	return part{n*(w+between) + after, h + l.caption.lead, func(p *doc.Page, x, y float64) {
		var frames []figure.Frame
		for i := range names {
			frames = append(frames, figure.Frame{X: x + float64(i)*(w+between), Y: y, W: w, H: h})
		}
		items, err := l.Poses.Draw(names, frames)
		if err != nil {
			l.problems.Add("figures", "A picture of the sheet is missing. Install the program again.")
			return
		}
		p.Add(items...)
		for i, f := range frames {
			l.middle(p, l.caption, f.X+w/2, y+h+l.caption.size, captions[i])
		}
	}}
}

// one is the width of a dose box with its words on one line, two that with the
// word below its number.
func (l *layout) one(w program.DoseWord) float64 {
	return l.wide(w.Strong, l.dose) + l.wide(" "+w.Rest, l.doseRest) + 18
}

func (l *layout) two(w program.DoseWord) float64 {
	return max(l.wide(w.Strong, l.dose), l.wide(w.Rest, l.doseRest)) + 14
}

// doses is the row of boxes: each number with its word. The boxes are as wide
// as their words need and share what is left; when one line is too narrow the
// word goes below its number, and when that is still too narrow there are more
// rows. The size never changes.
func (l *layout) doses(it program.Item) part {
	words := l.Text.Dose.Words(it.Dose, it.Load)
	inner := l.width() - 2*pad
	if boxes, ok := share(words, l.one, inner); ok {
		return l.doseRow(words, boxes, false, false)
	}
	if boxes, ok := share(words, l.two, inner); ok {
		return l.doseRow(words, boxes, true, false)
	}
	return l.doseList(it, margin+pad, inner, false)
}

// doseList puts the boxes into rows, as many in each as fit on one line, or low
// ones when it is tight.
func (l *layout) doseList(it program.Item, left, width float64, tight bool) part {
	words := l.Text.Dose.Words(it.Dose, it.Load)
	var rows []part
	h := -doseGap
	for len(words) > 0 {
		n := len(words)
		boxes, ok := share(words[:n], l.one, width)
		for !ok && n > 1 {
			n--
			boxes, ok = share(words[:n], l.one, width)
		}
		stacked := !ok
		if stacked {
			if boxes, ok = share(words[:1], l.two, width); !ok {
				l.problems.Add("plan", "The dose of "+it.Exercise+" is too long for its boxes. Choose a shorter range.")
				return part{}
			}
		}
		rows = append(rows, l.doseRow(words[:n], boxes, stacked, tight))
		h += rows[len(rows)-1].h + doseGap
		words = words[n:]
	}
	return part{width, h, func(p *doc.Page, _, y float64) {
		for _, r := range rows {
			r.draw(p, left, y)
			y += r.h + doseGap
		}
	}}
}

// doseGap is the space between dose boxes.
const doseGap = 6.0

// share gives every box what it needs and an equal part of the rest.
func share(words []program.DoseWord, need func(program.DoseWord) float64, width float64) ([]float64, bool) {
	left := width - doseGap*float64(len(words)-1)
	var out []float64
	for _, w := range words {
		out = append(out, need(w))
		left -= need(w)
	}
	for i := range out {
		out[i] += left / float64(len(out))
	}
	return out, left >= 0
}

func (l *layout) doseRow(words []program.DoseWord, widths []float64, stacked, tight bool) part {
	h := l.dose.lead + 12
	switch {
	case tight && !stacked:
		h = l.dose.lead + 3
	case stacked:
		h = l.dose.lead + l.doseRest.lead + 8
	}
	return part{0, h, func(p *doc.Page, x, y float64) {
		for i, w := range words {
			p.Add(doc.Rect{X: x, Y: y, W: widths[i], H: h, Radius: 4, Fill: tint})
			centre := x + widths[i]/2
			if stacked {
				l.middle(p, l.dose, centre, y+l.dose.size+4, w.Strong)
				l.middle(p, l.doseRest, centre, y+4+l.dose.lead+l.doseRest.size, w.Rest)
			} else {
				strongW := l.wide(w.Strong, l.dose)
				left := centre - (strongW+l.wide(" "+w.Rest, l.doseRest))/2
				base := y + h/2 + l.dose.size*0.36
				p.Add(l.dose.line(left, base, w.Strong))
				if w.Rest != "" {
					p.Add(l.doseRest.line(left+strongW+l.wide(" ", l.doseRest), base, w.Rest))
				}
			}
			x += widths[i] + doseGap
		}
	}}
}
