package handout

import (
	"fmt"
	"math"

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

// Sizes of a card, in points.
const (
	pictureW     = 88.0
	pictureH     = 92.0
	tightPicture = 80.0
	captionH     = 16.0
	doseGap      = 6.0
	tightLead    = 14.5
)

// card is one exercise: title, dose boxes, pictures and steps. It is one block
// and so never split.
func (l *layout) card(i int, tight bool) block {
	it := l.items()[i]
	text := l.Exercises.Exercises[it.Exercise]
	exercise, _ := l.Library.Exercise(it.Exercise)
	field := "exercises." + it.Exercise

	read, bold, between := reading, strong, 8.0
	pictures := pictureH
	if tight {
		read.lead, bold.lead, between, pictures = tightLead, tightLead, 6, tightPicture
	}
	read.field, bold.field = field, field
	title := style{14, 18, true, black, field}
	cue := bold
	cue.colour = teal
	need := read
	need.colour = grey

	inner := l.width() - 2*pad
	titles := l.wrap(fmt.Sprintf("%d. %s", i+1, text.Title), title, inner)
	var needs []string
	if text.Need != "" {
		needs = l.wrap(fill(l.Text.Need, "need", text.Need), need, inner)
	}
	doses := l.doses(it)
	figures := exercise.Figures
	pictureX := 0.0
	pictureBlock := 0.0
	if len(figures) > 0 {
		pictureX = float64(len(figures))*(pictureW+6) + 8
		pictureBlock = pictures + captionH
	}
	const number = 17.0
	textW := inner - pictureX - number
	var steps [][]string
	textH := 0.0
	for _, s := range text.Steps {
		lines := l.wrap(s, read, textW)
		steps = append(steps, lines)
		textH += float64(len(lines))*read.lead + 2
	}
	efforts := l.efforts(it, exercise, read, inner-pictureX)
	if len(efforts) > 0 {
		textH += float64(len(efforts))*read.lead + 2
	}
	cues := l.wrap(text.Cue, cue, inner-pictureX)
	textH += float64(len(cues))*cue.lead + 4

	head := float64(len(titles))*title.lead + float64(len(needs))*need.lead
	h := between + head + 4 + doses.h + between + max(pictureBlock, textH) + between
	return block{h, func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: margin, Y: y, W: l.width(), H: h, Radius: corner, Fill: white, Stroke: border, Width: 1})
		at := y + between - 2
		x := margin + pad
		title.lines(p, x, at, titles)
		at += float64(len(titles)) * title.lead
		need.lines(p, x, at, needs)
		at += float64(len(needs))*need.lead + 6
		doses.draw(p, at)
		at += doses.h + between
		if len(figures) > 0 {
			l.pictures(p, figures, x, at, pictures)
		}
		left := x + pictureX
		for n, lines := range steps {
			s := bold
			s.colour = teal
			p.Add(s.line(left, at+body, fmt.Sprint(n+1)))
			read.lines(p, left+number, at, lines)
			at += float64(len(lines))*read.lead + 2
		}
		read.lines(p, left, at, efforts)
		if len(efforts) > 0 {
			at += float64(len(efforts))*read.lead + 2
		}
		// The cue stands at the foot of the card, where the eye ends.
		at = max(at+2, y+h-between-2-float64(len(cues))*cue.lead)
		cue.lines(p, left, at, cues)
	}}
}

// efforts says how hard each set should feel, and who sets the weight when the
// sheet does not.
func (l *layout) efforts(it program.Item, exercise program.Exercise, s style, width float64) []string {
	text := ""
	if it.Load == nil && exercise.Needs == program.NeedsBarbell {
		text = l.Text.InSession + " "
	}
	if it.Dose.RIR > 0 {
		text += fill(l.Text.Effort, "n", fmt.Sprint(it.Dose.RIR))
	}
	return l.wrap(text, s, width)
}

// pictures draws the figures side by side with their captions.
func (l *layout) pictures(p *doc.Page, figures []string, x, y, height float64) {
	var frames []figure.Frame
	for i := range figures {
		frames = append(frames, figure.Frame{X: x + float64(i)*(pictureW+6), Y: y, W: pictureW, H: height})
	}
	items, err := l.Poses.Draw(figures, frames)
	if err != nil {
		l.problems.Add("figures", "A picture of the sheet is missing. Install the program again.")
		return
	}
	p.Add(items...)
	captions := []string{l.Text.Start, l.Text.Finish}
	if len(figures) == 1 {
		captions = []string{l.Text.Hold}
	}
	for i, f := range frames {
		l.middle(p, style{11, 14, false, grey, ""}, f.X+f.W/2, y+height+12, captions[min(i, len(captions)-1)])
	}
}

var (
	doseStrong = style{15, 18, true, black, ""}
	doseRest   = style{11, 14, false, black, ""}
)

// doses is the row of boxes: each number with its word. The boxes are as wide
// as their words need and share what is left; when one line is too narrow the
// word goes below its number, and when that is still too narrow there are two
// rows. The size never changes.
func (l *layout) doses(it program.Item) block {
	words := l.Text.Dose.Words(it.Dose, it.Load)
	inner := l.width() - 2*pad
	one := func(w program.DoseWord) float64 {
		return l.fonts.Width(w.Strong, doseStrong.size, true) + l.fonts.Width(" "+w.Rest, doseRest.size, false) + 18
	}
	two := func(w program.DoseWord) float64 {
		return max(l.fonts.Width(w.Strong, doseStrong.size, true), l.fonts.Width(w.Rest, doseRest.size, false)) + 14
	}
	if boxes, ok := share(words, one, inner); ok {
		return l.doseRow(words, boxes, 32, false)
	}
	if boxes, ok := share(words, two, inner); ok {
		return l.doseRow(words, boxes, 40, true)
	}
	half := (len(words) + 1) / 2
	above, okAbove := share(words[:half], one, inner)
	below, okBelow := share(words[half:], one, inner)
	if !okAbove || !okBelow {
		l.problems.Add("plan", "The dose of "+it.Exercise+" is too long for its boxes. Choose a shorter range.")
		return block{}
	}
	first, second := l.doseRow(words[:half], above, 30, false), l.doseRow(words[half:], below, 30, false)
	return block{first.h + doseGap + second.h, func(p *doc.Page, y float64) {
		first.draw(p, y)
		second.draw(p, y+first.h+doseGap)
	}}
}

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

func (l *layout) doseRow(words []program.DoseWord, widths []float64, h float64, stacked bool) block {
	return block{h, func(p *doc.Page, y float64) {
		x := margin + pad
		for i, w := range words {
			p.Add(doc.Rect{X: x, Y: y, W: widths[i], H: h, Radius: 4, Fill: tint})
			centre := x + widths[i]/2
			if stacked {
				l.middle(p, doseStrong, centre, y+18, w.Strong)
				l.middle(p, doseRest, centre, y+32, w.Rest)
			} else {
				strongW := l.fonts.Width(w.Strong, doseStrong.size, true)
				left := centre - (strongW+l.fonts.Width(" "+w.Rest, doseRest.size, false))/2
				p.Add(doseStrong.line(left, y+h/2+5.5, w.Strong))
				if w.Rest != "" {
					p.Add(doseRest.line(left+strongW+l.fonts.Width(" ", doseRest.size, false), y+h/2+5.5, w.Rest))
				}
			}
			x += widths[i] + doseGap
		}
	}}
}
