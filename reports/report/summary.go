package report

import (
	"fmt"
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/reports/flow"
)

// outcome is what the newest screen says on the day of the paper.
func (o Order) outcome() screen.Outcome {
	if o.Current == nil {
		return ""
	}
	return o.Current.Explanation.Decision.Outcome
}

// summary is the whole record. What stands in the way comes first, what is met
// last.
func (l *layout) summary() []flow.Block {
	x := l.Current.Explanation
	blocks := l.decision(x)
	blocks = append(blocks, l.reasons(x, reasonParts[:3])...)
	blocks = append(blocks, l.measures()...)
	blocks = append(blocks, l.trends()...)
	blocks = append(blocks, l.rulings()...)
	blocks = append(blocks, l.plans()...)
	blocks = append(blocks, l.sessions()...)
	blocks = append(blocks, l.reasons(x, reasonParts[3:])...)
	return append(blocks, l.end(x)...)
}

// decision is the result, what would change it, and what to measure next.
func (l *layout) decision(x screen.Explanation) []flow.Block {
	d := x.Decision
	out := []flow.Block{l.heading("Decision"), l.Text(x.Headline, bigStyle, 0)}
	line := func(label, text string) {
		if text != "" {
			out = append(out, l.Labelled(label, text, bodyStyle, 0))
		}
	}
	line("Leaning:", strings.TrimPrefix(x.Leaning, "Leaning to: "))
	if d.Cap < 4 {
		line("Limit:", fmt.Sprintf("stage %d, %s, at most", d.Cap, screen.StageNames[d.Cap]))
	}
	signed := "not signed"
	if s := l.Current.Screen.Signature; s.By.Name != "" {
		signed = "signed by " + signer(s.By) + ", " + moment(s.At)
	}
	line("Screen:", "answers of "+l.Current.Screen.TakenOn.Short()+", "+signed+"; judged as it counts on "+l.On.Short()+".")
	line("Sign again:", l.Current.Resign)
	if l.Warned {
		line("Warning:", "a red-flag question was answered yes at a session after this screen. Nothing is lifted before the next screen.")
	}
	line("Practitioner of record:", l.Current.Count.Text())
	for i, c := range x.Changes {
		line(fmt.Sprintf("What would change it, %d:", i+1), c.Text()+" "+c.Then)
	}
	if x.Next != nil {
		line("Cheapest next measurement:", x.Next.Text())
	}
	return out
}

// moment is a time for people, in the zone it was recorded in.
func moment(t time.Time) string { return t.Format("Jan 2, 2006 3:04 pm") }

// reasonPart is a heading and the states below it.
type reasonPart struct{ title, states string }

// reasonParts are the headings of the reasons and the states below each. Every
// state has its place; a test holds that.
var reasonParts = []reasonPart{
	{"What decides", " stop hold fail "},
	{"Not asked, or too old", " missing stale "},
	{"Overridden, limits, answers that disagree, cautions", " overridden cap conflict check caution note "},
	{"Met", " pass "},
}

// reasons are all of them, in the words of the window and of the command.
func (l *layout) reasons(x screen.Explanation, parts []reasonPart) []flow.Block {
	var out []flow.Block
	for _, part := range parts {
		open := true
		for _, r := range x.Reasons {
			if !strings.Contains(part.states, " "+r.State+" ") {
				continue
			}
			if open {
				out, open = append(out, l.heading(part.title)), false
			}
			out = append(out, l.reason(r), flow.Space(4))
		}
	}
	return out
}

// reason is one of them with everything that is known of it.
func (l *layout) reason(r screen.Reason) flow.Block {
	const mark = 82.0
	found := r.Value
	if r.Threshold != "" {
		found += ". Goal: " + r.Threshold
	}
	parts := []flow.Block{
		l.Row(flow.Cell{W: mark - 6, Text: r.Word(), Style: strongStyle},
			flow.Cell{X: mark, W: l.Width() - mark - 136, Text: r.Title, Style: strongStyle},
			flow.Cell{X: l.Width() - 130, W: 130, Text: r.ID, Style: smallStyle}),
		l.Text(found+".", bodyStyle, mark),
	}
	for _, line := range r.Lines(l.On) {
		parts = append(parts, l.Labelled(line.Label+":", line.Text, smallStyle, mark))
	}
	return flow.Stack(0, parts...)
}

// measures is each measure with its first, last and newest value, and what can
// be said of the change.
func (l *layout) measures() []flow.Block {
	out := []flow.Block{l.heading("Measures")}
	if len(l.Measures) == 0 {
		return append(out, l.Text("None recorded.", bodyStyle, 0))
	}
	w := l.Width()
	columns := []float64{0, w * 0.43, w * 0.61, w * 0.79}
	row := func(st, first flow.Style, texts ...string) flow.Block {
		var cells []flow.Cell
		for i, text := range texts {
			right := w
			if i+1 < len(columns) {
				right = columns[i+1]
			}
			style := st
			if i == 0 {
				style = first
			}
			cells = append(cells, flow.Cell{X: columns[i], W: right - columns[i] - 8, Text: text, Style: style})
		}
		return l.Row(cells...)
	}
	top := row(noticeStyle, noticeStyle, "Measure", "First", "Before", "Newest")
	top.Keep = true
	out = append(out, top)
	for _, h := range l.Measures {
		lines := counted(h)
		if len(lines) == 0 {
			continue
		}
		now, first, before := lines[0], clinic.MeasureLine{}, clinic.MeasureLine{}
		if len(lines) > 1 {
			first = lines[len(lines)-1]
		}
		if len(lines) > 2 {
			before = lines[1]
		}
		block := []flow.Block{row(bodyStyle, strongStyle, measureTitle(h), first.Shown, before.Shown, now.Shown),
			row(smallStyle, smallStyle, banded(now), taken(first), taken(before), taken(now))}
		for _, text := range changes(h, now) {
			block = append(block, l.Text(text, smallStyle, 12))
		}
		out = append(out, flow.Stack(0, append(block, flow.Space(3))...))
	}
	return out
}

// counted are the lines that count, newest first.
func counted(h clinic.MeasureHistory) []clinic.MeasureLine {
	var out []clinic.MeasureLine
	for _, x := range h.Lines {
		if !x.Replaced {
			out = append(out, x)
		}
	}
	return out
}

func measureTitle(h clinic.MeasureHistory) string {
	if h.Side == measure.NoSide {
		return h.Measure.Title
	}
	return h.Measure.Title + ", " + string(h.Side)
}

// taken is the day of a value, "" for none.
func taken(x clinic.MeasureLine) string {
	if x.Record.Date.IsZero() {
		return ""
	}
	return x.Record.Date.Short()
}

// banded names the range of the newest value.
func banded(x clinic.MeasureLine) string {
	if x.Band == "" {
		return ""
	}
	return "now in the range: " + x.Band
}

// changes says whether the newest value changed for real, and which change
// matters to patients.
func changes(h clinic.MeasureHistory, now clinic.MeasureLine) []string {
	var out []string
	if now.Change != nil {
		out = append(out, "Change since the one before: "+now.Change.Text)
	}
	var important []string
	for _, n := range h.Measure.Change {
		if n.Use != measure.UseImportant && n.Kind != "MCID" || n.Protocol != "" && n.Protocol != now.Record.Protocol {
			continue
		}
		amount := n.Value.String() + " " + h.Measure.Unit
		if n.Percent {
			amount = n.Value.String() + " percent of the first value"
		}
		important = append(important, n.Kind+" "+amount+" ("+n.Citation+")")
	}
	if len(important) > 0 {
		out = append(out, "Change that matters to patients: "+strings.Join(important, "; ")+".")
	}
	if h.Sides != "" {
		out = append(out, h.Sides)
	}
	return out
}

// rulings are the clearances and overrides, with who, why and how long.
func (l *layout) rulings() []flow.Block {
	out := []flow.Block{l.heading("Clearances and overrides")}
	ended := map[domain.RulingID]bool{}
	for _, r := range l.Rulings {
		if r.Withdrawal != nil {
			ended[r.Withdrawal.Ruling] = true
		}
	}
	for _, r := range l.Rulings {
		var text string
		switch {
		case r.Clearance != nil:
			c := r.Clearance
			text = fmt.Sprintf("Clearance %s by %s, %s, given %s, counts until %s: %s", c.Name, c.By, c.Profession, c.Given.Short(), c.Until.Short(), c.Covers)
		case r.Override != nil:
			text = strings.Join(r.Override.Names, ", ") + ". " + r.Override.Sentence()
		case r.Practitioner != nil:
			text = r.Practitioner.Words()
		case r.Finding != nil:
			text = r.Finding.Words()
		default:
			text = "Withdrawal: " + r.Withdrawal.Reason
		}
		if ended[r.ID] {
			text = "WITHDRAWN. " + text
		}
		out = append(out, l.Labelled(domain.DateOf(r.At).Short()+":", text, bodyStyle, 0))
	}
	if len(l.Rulings) == 0 {
		out = append(out, l.Text("None on record.", bodyStyle, 0))
	}
	for _, text := range l.Current.Lapsed {
		out = append(out, l.Text(text, bodyStyle, 0))
	}
	return out
}

// plans are the stages so far, and the newest plan in full.
func (l *layout) plans() []flow.Block {
	out := []flow.Block{l.heading("Plan and stages")}
	if len(l.Plans) == 0 {
		return append(out, l.Text("No plan was signed.", bodyStyle, 0))
	}
	var steps []string
	for i, p := range l.Plans {
		if i == 0 || p.Plan.SubStage != l.Plans[i-1].Plan.SubStage {
			steps = append(steps, step(p.Plan.SubStage)+" from "+domain.DateOf(p.Signature.At).Short())
		}
	}
	out = append(out, l.Labelled("Stages:", strings.Join(steps, "; ")+".", bodyStyle, 0))
	now := l.Plans[len(l.Plans)-1]
	out = append(out, l.Labelled("Newest plan:", fmt.Sprintf("number %d, %s, stage %d, %s. Signed by %s, %s. Route %s.", now.Version,
		step(now.Plan.SubStage), now.Plan.Stage, screen.StageNames[now.Plan.Stage], signer(now.Signature.By), moment(now.Signature.At), now.Plan.ProtocolVersion), bodyStyle, 0))
	for _, it := range now.Plan.Items {
		name := it.Exercise
		if e, ok := l.Route.Exercise(it.Exercise); ok {
			name = e.Name
		}
		var words []string
		for _, w := range program.DoseWords(it.Dose, it.Load) {
			words = append(words, w.String())
		}
		text := strings.Join(words, ", ") + "."
		if it.LoadReason != "" {
			text += " " + it.LoadReason
		}
		out = append(out, l.Labelled(name+":", text, bodyStyle, 12))
	}
	for _, text := range now.Plan.Warnings {
		out = append(out, l.Text(text, bodyStyle, 12))
	}
	return out
}

func step(code program.Code) string {
	if code == program.Preparation {
		return "Preparation"
	}
	return "Step " + string(code)
}

// mostSessions is how many of the newest sessions are listed one by one.
const mostSessions = 8

// sessions is how many there were, and the newest of them.
func (l *layout) sessions() []flow.Block {
	out := []flow.Block{l.heading("Sessions")}
	n := len(l.Sessions)
	if n == 0 {
		return append(out, l.Text("None logged.", bodyStyle, 0))
	}
	stops := 0
	for _, s := range l.Sessions {
		if s.Session.Stop != nil {
			stops++
		}
	}
	word := fmt.Sprintf("%d sessions", n)
	if n == 1 {
		word = "1 session"
	}
	out = append(out, l.Text(fmt.Sprintf("%s from %s to %s; broken off: %d.", word, l.Sessions[0].Session.Date.Short(), l.Sessions[n-1].Session.Date.Short(), stops), bodyStyle, 0))
	for i := n - 1; i >= max(0, n-mostSessions); i-- {
		s := l.Sessions[i]
		text := step(s.Session.SubStage) + ", pain before " + pain(s.Session.PainBefore) + ", after " + pain(s.Session.PainAfter) + ", next day " + pain(s.Session.Pain24h)
		if top := topLoad(s); top != nil {
			text += ", heaviest " + top.String()
		}
		if stop := s.Session.Stop; stop != nil {
			text += ". Broken off: " + stop.Reason.Words()
			if stop.Note != "" {
				text += ", " + stop.Note
			}
		}
		out = append(out, l.Labelled(s.Session.Date.Short()+":", text+".", bodyStyle, 0))
	}
	return out
}

func pain(d *domain.Decimal) string {
	if d == nil {
		return "not asked"
	}
	return d.String()
}

// topLoad is the heaviest weight of a session, nil without one.
func topLoad(s clinic.LoggedSession) *domain.Mass {
	var top *domain.Mass
	for _, e := range s.Session.Exercises {
		for _, set := range e.Done {
			if set.Load != nil && (top == nil || set.Load.Cmp(*top) > 0) {
				top = set.Load
			}
		}
	}
	return top
}

// end is what the decision stands on, and the line to sign.
func (l *layout) end(x screen.Explanation) []flow.Block {
	name := l.By
	if name.Name == "" {
		name = l.Current.Screen.Signature.By
	}
	last := []flow.Block{l.heading("Rules and signature"),
		l.Labelled("Rules:", "version "+x.RulesVersion+", SHA-256 "+x.RulesHash, smallStyle, 0)}
	if s := l.Current.Screen.Signature; s.RulesHash != "" && s.RulesHash != x.RulesHash {
		last = append(last, l.Labelled("Signed under:", "version "+s.RulesVersion+", SHA-256 "+s.RulesHash, smallStyle, 0))
	}
	last = append(last, l.signature(signer(name)))
	for i := range last[:len(last)-1] {
		last[i].Keep = true
	}
	return last
}
