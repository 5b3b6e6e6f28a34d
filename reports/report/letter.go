package report

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/screen"
	"backtobar/reports/doc"
	"backtobar/reports/flow"
)

// This file is the letter that goes with a patient whom the screen stops or
// holds: a transfer note for an emergency, a referral for the rest. It is made
// for a fax: black on white, no tint, one page unless very much was found.

func letterTitle(o screen.Outcome) string {
	switch o {
	case screen.Emergency:
		return "Transfer note: emergency"
	case screen.UrgentRefer:
		return "Referral: urgent, same day"
	}
	return "Referral: clearance before lifting"
}

// urgency is how soon, in one sentence.
func urgency(o screen.Outcome) string {
	switch o {
	case screen.Emergency:
		return "NOW. Call 911 or go to the emergency department at once. The patient does not drive."
	case screen.UrgentRefer:
		return "THE SAME DAY. Medical review today, at the latest by the time that the therapist marks below."
	}
	return "BEFORE ANY LIFTING. Not an emergency. No lifting program is given until an answer is here."
}

// asked is what the reader is asked for.
func asked(o screen.Outcome) []string {
	switch o {
	case screen.Emergency:
		return []string{"Assess for the serious condition that the findings above point to, with imaging or tests as you judge.",
			"Send the diagnosis and what was ruled out to the clinic before physical therapy goes on."}
	case screen.UrgentRefer:
		return []string{"Review the findings above and examine the patient.",
			"Tell the clinic the finding, any test results, and whether exercise with weights may go on, with any limit."}
	}
	return []string{"Say whether the patient may begin a graded hip hinge and deadlift program, which goes from an unloaded dowel to a barbell over weeks.",
		"Name any limit on load, position, heart rate or breath-holding, and until when your answer counts."}
}

func (l *layout) letter() []flow.Block {
	x := l.Current.Explanation
	o := x.Decision.Outcome
	when := l.Labelled("Urgency:", urgency(o), letterStrong, 8)
	if o == screen.UrgentRefer {
		when = flow.Stack(2, when, l.boxes(letterStyle, 8, "today", "within 24 hours", "within 72 hours"))
	}
	out := []flow.Block{l.blankLine("To:", "Fax or phone:"), flow.Space(2), l.boxed(when), l.heading("What was found")}
	for _, r := range reasonsThat(x, "stop", "hold") {
		out = append(out, l.finding(r))
	}
	if text := l.measuredToday(); text != "" {
		out = append(out, l.Labelled("Also measured:", text, letterStyle, 0))
	}
	if cautions := titles(reasonsThat(x, "cap", "caution", "conflict")); cautions != "" {
		out = append(out, l.Labelled("Also noted:", cautions+".", letterStyle, 0))
	}
	if gaps := titles(reasonsThat(x, "missing", "stale")); gaps != "" {
		out = append(out, l.Labelled("Not asked, or too old:", gaps+".", letterStyle, 0))
	}
	out = append(out, l.heading("What is asked for"))
	for _, text := range asked(o) {
		out = append(out, l.bullet(text, letterStyle))
	}
	out = append(out, l.Text("Answer to "+l.Settings.ClinicName+", phone "+phone(l.Settings.Phone)+".", letterStrong, 0))
	s := l.Current.Screen
	who := s.Signature.By
	if who.Name == "" {
		who = l.By
	}
	signed := "Screened on " + s.TakenOn.Short()
	if s.Signature.By.Name != "" {
		signed += ", signed by " + signer(s.Signature.By) + ", " + moment(s.Signature.At)
	}
	last := flow.Stack(0, l.Text(signed+". Rules "+x.RulesVersion+", SHA-256 "+short(x.RulesHash)+".", smallStyle, 0), l.signature(signer(who)))
	out = append(out, flow.Space(3), last)
	return append(out, l.reply()...)
}

// short is the beginning of a hash, enough to compare two by eye.
func short(hash string) string {
	if len(hash) > 16 {
		return hash[:16]
	}
	return hash
}

// finding is one reason in two lines or so: what was found and why it matters.
func (l *layout) finding(r screen.Reason) flow.Block {
	when := ""
	if r.AgeDays != nil && *r.AgeDays > 0 {
		when = " (" + l.On.AddDays(-*r.AgeDays).Short() + ")"
	}
	text := r.Value + when
	if r.Threshold != "" && r.Better != "" {
		text += "; limit " + r.Threshold
	}
	parts := []flow.Block{l.bullet(asking(r.Title)+" "+text+". ["+r.ID+"]", letterStrong)}
	if !strings.HasPrefix(r.ID, "RF-") || r.ID == "RF-FXC" {
		parts = append(parts, l.Text(r.Text, smallStyle, 12))
	}
	return flow.Stack(0, append(parts, flow.Space(2))...)
}

// asking ends a title so that its answer can follow.
func asking(title string) string {
	if strings.HasSuffix(title, "?") || strings.HasSuffix(title, ":") {
		return title
	}
	return strings.TrimSuffix(title, ".") + ":"
}

// boxes is squares to tick, each before its words, in as many rows as they need.
func (l *layout) boxes(st flow.Style, indent float64, labels ...string) flow.Block {
	const square, gap = 9.0, 16.0
	type place struct{ x, y float64 }
	places := make([]place, len(labels))
	x, y := indent, 0.0
	for i, text := range labels {
		w := square + 5 + l.Fonts.Width(text, st.Size, st.Bold)
		if x > indent && x+w > l.Width() {
			x, y = indent, y+st.Lead+2
		}
		places[i] = place{x, y}
		x += w + gap
	}
	return flow.Block{H: y + st.Lead + 2, Draw: func(p *doc.Page, top float64) {
		for i, at := range places {
			left, base := l.Margin+at.x, top+at.y+st.Size
			p.Add(doc.Rect{X: left, Y: base - square + 1, W: square, H: square, Stroke: black, Width: 0.75})
			l.Line(p, st, left+square+5, base, labels[i])
		}
	}}
}

// bullet is a text with a square before it.
func (l *layout) bullet(text string, st flow.Style) flow.Block {
	b := l.Text(text, st, 12)
	return flow.Block{H: b.H, Draw: func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: l.Margin + 1, Y: y + st.Size*0.5, W: 4.5, H: 4.5, Fill: black})
		b.Draw(p, y)
	}}
}

// boxed puts a frame round a block.
func (l *layout) boxed(b flow.Block) flow.Block {
	const pad = 5.0
	return flow.Block{H: b.H + 2*pad, Draw: func(p *doc.Page, y float64) {
		p.Add(doc.Rect{X: l.Margin, Y: y, W: l.Width(), H: b.H + 2*pad, Stroke: black, Width: 1.5})
		b.Draw(p, y+pad)
	}}
}

// blankLine is labels with lines to write on, sharing the width.
func (l *layout) blankLine(labels ...string) flow.Block {
	return flow.Block{H: 22, Draw: func(p *doc.Page, y float64) {
		w := l.Width() / float64(len(labels))
		for i, label := range labels {
			x := l.Margin + float64(i)*w
			l.Line(p, letterStrong, x, y+15, label)
			from := x + l.Fonts.Width(label, letterStrong.Size, true) + 6
			p.Add(doc.Line{X1: from, Y1: y + 17, X2: x + w - 10, Y2: y + 17, Stroke: black, Width: 0.6})
		}
	}}
}

// measuredToday is the vital signs and the neurological finding in one line.
func (l *layout) measuredToday() string {
	c := l.Current.Case
	var out []string
	if v := c.Vitals; v != nil && v.SystolicMmHg != nil && v.DiastolicMmHg != nil {
		out = append(out, "blood pressure "+v.SystolicMmHg.String()+"/"+v.DiastolicMmHg.String()+" mmHg")
		if v.HeartRateBpm != nil {
			out = append(out, "heart rate "+v.HeartRateBpm.String()+" a minute")
		}
	}
	if c.Pain != nil && c.Pain.NPRS7Day != nil {
		out = append(out, "average pain of 7 days "+c.Pain.NPRS7Day.String()+" out of 10")
	}
	if c.Episode != nil && c.Episode.DurationWeeks != nil {
		out = append(out, "this episode "+weeks(*c.Episode.DurationWeeks))
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, ", ") + "."
}

func weeks(d domain.Decimal) string {
	if d.String() == "1" {
		return "1 week"
	}
	return d.String() + " weeks"
}

// titles are the titles of reasons in one line, each once.
func titles(list []screen.Reason) string {
	var out []string
	seen := map[string]bool{}
	for _, r := range list {
		text := strings.TrimSuffix(r.Title, ".")
		if r.Value != "" && r.State != "missing" {
			text += fmt.Sprintf(" (%s)", strings.TrimSuffix(r.Value, "."))
		}
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return strings.Join(out, "; ")
}

// reply is what the other side fills in. Its lines are those that a clearance on
// record has.
func (l *layout) reply() []flow.Block {
	out := []flow.Block{l.heading("Reply"),
		l.boxes(letterStyle, 0, "may start", "may start with limits", "not cleared", "diagnosis and plan attached"),
		l.blankLine("Limits, finding:"), l.blankLine("Name:", "Profession:"), l.blankLine("Signature:", "Date:", "Counts until:")}
	for i := range out[:len(out)-1] {
		out[i].Keep = true
	}
	return out
}

// reasonsThat are those of the states, in the order of the explanation.
func reasonsThat(x screen.Explanation, states ...string) []screen.Reason {
	var out []screen.Reason
	for _, s := range states {
		for _, r := range x.Reasons {
			if r.State == s {
				out = append(out, r)
			}
		}
	}
	return out
}
