package handouts

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/gui/paper"
)

// state is the result of one check.
type state int

const (
	passed state = iota
	// warned is something to know; it does not keep anybody from printing.
	warned
	failed
)

// check is one line of the list before printing.
type check struct {
	State state
	Text  string
}

// checks looks at the sheet that would be given out, not at what was meant.
func (m *model) checks() []check {
	var out []check
	add := func(ok bool, good, bad string) {
		if ok {
			out = append(out, check{passed, good})
		} else {
			out = append(out, check{failed, bad})
		}
	}
	if m.chart.Plan == nil {
		return nil
	}
	sig := m.chart.Plan.Signature
	out = append(out, check{passed, fmt.Sprintf("Signed by %s, %s", sig.By.Name, domain.DateOf(sig.At).Short())})
	for _, p := range m.refused {
		out = append(out, check{failed, paper.Sentence(p.Text)})
	}
	if len(m.refused) == 0 {
		out = append(out, check{passed, "The newest screen allows it today"})
	}
	switch {
	case !m.made.done:
		return out
	case m.made.err != nil:
		reasons := clinic.Reasons(m.made.err)
		if len(reasons) == 0 {
			reasons = domain.Problems{{Text: "The sheet could not be made. Nothing was saved. Go back to the plan and sign it again; if it happens again, restart the program."}}
		}
		for _, p := range reasons {
			out = append(out, check{failed, paper.Sentence(p.Text)})
		}
		return out
	}
	sheet := m.made.sheet
	out = append(out, check{passed, fmt.Sprintf("Fits on %s; every letter can be printed", count(len(sheet.Pictures), "page"))})
	lacking := 0
	for i := range sheet.Words {
		if !named(sheet.Words[i], sheet.On, m.made.order) {
			lacking = i + 1
			break
		}
	}
	add(lacking == 0 && len(sheet.Words) == len(sheet.Pictures), "Name and date on each page",
		fmt.Sprintf("Page %d lacks the name or the date. It must not be given out.", lacking))
	if want := m.chart.Intake; want != nil && want.Language != "" && want.Language != m.made.order.Language {
		out = append(out, check{warned, fmt.Sprintf("The intake says %s. This sheet is in %s: go through it together.",
			spoken(want.Language), spoken(m.made.order.Language))})
	}
	if sheet.Unreviewed {
		out = append(out, check{warned, "No certified translator has reviewed the " + spoken(m.made.order.Language) +
			" texts; each page says so. Go through it together."})
	}
	return out
}

// spoken is what people call a language.
func spoken(code string) string {
	if code == "es" {
		return "Spanish"
	}
	return "English"
}

// named reports whether the words of a page say for whom it is and of which day,
// as the sheet writes it.
func named(words, on string, o Order) bool {
	words = strings.Join(strings.Fields(words), " ")
	name := strings.Join(strings.Fields(o.FirstName), " ")
	return strings.Contains(words, name) && on != "" && strings.Contains(words, on)
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// why is the sentence for a save that failed.
func (s saved) why() string {
	reason := s.reason()
	switch {
	case s.record != nil && !s.again:
		return "The handout is in the chart, but its file was not saved: " + lowerFirst(reason) +
			` Then use "Save PDF" again; the same bytes are written.`
	case s.record != nil:
		return "Not saved: " + lowerFirst(reason) + " The handout itself is safe in the chart."
	case s.again:
		return reason
	}
	if paper.OfFile(s.err) {
		return "Not saved, and nothing was recorded: " + lowerFirst(reason)
	}
	return reason
}

func (s saved) reason() string { return paper.Why(s.err) }

// folderProblem is what is wrong with the folder, "" when something else is.
func (s saved) folderProblem() string { return paper.FolderProblem(s.err) }

// lowerFirst makes a sentence the second half of another.
func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// row is one handout given before.
type row struct {
	handout clinic.Handout
	// version is that of its plan, replaced: a newer plan was signed since.
	version  int
	replaced bool
	cells    []string
}

// given lists the handouts, newest first.
func (m *model) given() []row {
	var out []row
	for i := len(m.chart.Handouts) - 1; i >= 0; i-- {
		h := m.chart.Handouts[i]
		p := m.plans[h.PlanID]
		note, replaced := "", m.chart.Plan != nil && h.PlanID != m.chart.Plan.ID
		if replaced {
			note = "Replaced"
		}
		out = append(out, row{h, p.Version, replaced, []string{domain.DateOf(h.At).Short(), step(p), spoken(h.Language), short(h.SHA256), note}})
	}
	return out
}

// step names the step of a plan for people.
func step(p clinic.SignedPlan) string {
	if p.Plan.Stage == 0 {
		return "Preparation"
	}
	return string(p.Plan.SubStage)
}

// short is the beginning of a checksum, enough to compare two by eye.
func short(sum string) string {
	if len(sum) > 8 {
		return sum[:8]
	}
	return sum
}

// title is the heading of the section.
func (m *model) title() string {
	if m.chart.Plan == nil {
		return "Home program"
	}
	p := m.chart.Plan
	name := "Step " + step(*p)
	if p.Plan.Stage == 0 {
		name = "Preparation"
	}
	return fmt.Sprintf("Home program, %s, plan %d", name, p.Version)
}

// status is a few words for the rail, also before the section was shown.
func (m *model) status() string {
	switch {
	case m.chart.Plan == nil && len(m.chart.Handouts) == 0:
		return "no plan yet"
	case m.chart.Plan != nil && len(m.refused) == 0 && m.chart.Next.Section == clinic.SectionHandouts:
		return "ready"
	}
	return m.chart.HandoutsState
}

// noPlan is said while there is nothing to print.
const noPlan = "No signed plan yet. Sign a plan first; its home program is shown here before it is printed."

// untilWords is the last day on which the sheet counts.
func (m *model) untilWords() string {
	if m.forbidden() {
		return "Not allowed today"
	}
	return m.until.Short()
}

// waiting is what stands in place of the page when there is none to show.
func (m *model) waiting() string {
	switch {
	case m.chart.Plan == nil:
		return "No page to show."
	case m.forbidden():
		return "This program must not be given out today. The checks say why."
	case m.made.err != nil:
		return "The sheet cannot be made. The reasons are listed at the left."
	}
	return "Making the sheet"
}

// wayOut is the section that a refusal points to.
func (m *model) wayOut() string {
	if m.chart.Plan == nil || m.chart.Screen == nil {
		return clinic.SectionPlan
	}
	switch m.chart.Decision.Outcome {
	case screen.Ready, screen.NotReady:
		if m.chart.Next.Section == clinic.SectionScreen {
			return clinic.SectionScreen
		}
		return clinic.SectionPlan
	}
	return clinic.SectionScreen
}
