package documents

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/gui/paper"
)

// kindName names a paper for people; the letter of an emergency is a transfer
// note.
func kindName(k clinic.PaperKind, o screen.Outcome) string {
	switch k {
	case clinic.PaperSummary:
		return "Clinician summary"
	case clinic.PaperReferral:
		if o == screen.Emergency {
			return "Transfer note"
		}
		return "Referral letter"
	case clinic.PaperIntake:
		return "Intake form"
	}
	return "Screening form"
}

// check is one line of the list before printing.
type check struct {
	ok   bool
	text string
}

// checks looks at the paper that would be given out.
func (m *model) checks() []check {
	switch {
	case !m.made.done:
		return nil
	case m.made.err != nil:
		reasons := clinic.Reasons(m.made.err)
		if len(reasons) == 0 {
			return []check{{false, "The paper could not be made. Nothing was saved. If it happens again, restart the program."}}
		}
		var out []check
		for _, p := range reasons {
			out = append(out, check{false, paper.Sentence(p.Text)})
		}
		return out
	}
	return []check{{true, "Fits on " + count(len(m.made.sheet.Pictures), "page") + "; every letter can be printed"},
		{true, "Name, birth date, chart number and disclaimer on each page"}}
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// status is a few words for the rail.
func (m *model) status() string {
	if m.letterDue() {
		return "letter due"
	}
	if len(m.papers) == 0 {
		return "none"
	}
	return fmt.Sprintf("%d given", len(m.papers))
}

// letterDue reports whether the newest screen refers and no letter about it was
// given out.
func (m *model) letterDue() bool {
	if m.about == "" || !clinic.Refers(m.outcome) {
		return false
	}
	for _, p := range m.papers {
		if p.Kind == clinic.PaperReferral && p.ScreenID == m.about {
			return false
		}
	}
	return true
}

// waiting is what stands in place of the page when there is none to show.
func (m *model) waiting() string {
	if m.made.err != nil {
		return "This paper cannot be made. The reasons are listed at the left."
	}
	return "Making the paper"
}

// row is one paper given before.
type row struct {
	paper clinic.Paper
	cells []string
}

// given lists the papers, newest first.
func (m *model) given() []row {
	var out []row
	for i := len(m.papers) - 1; i >= 0; i-- {
		p := m.papers[i]
		mark := p.SHA256[:min(8, len(p.SHA256))]
		out = append(out, row{p, []string{domain.DateOf(p.At).Short(), kindName(p.Kind, p.Outcome), p.By.Name, mark}})
	}
	return out
}

// why is the sentence for a save that failed.
func (s saved) why() string {
	reason := paper.Why(s.err)
	lower := strings.ToLower(reason[:min(1, len(reason))]) + reason[min(1, len(reason)):]
	switch {
	case s.record != nil && !s.again:
		return "The paper is in the chart, but its file was not saved: " + lower + ` Then use "Save again"; the same bytes are written.`
	case s.record != nil:
		return "Not saved: " + lower + " The paper itself is safe in the chart."
	case paper.OfFile(s.err):
		return "Not saved, and nothing was recorded: " + lower
	}
	return reason
}
