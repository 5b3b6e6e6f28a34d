// Package report lays out the papers for clinicians: the summary of a patient,
// the letter that refers, and blank forms in the order of the screens. What is
// said of a decision is screen.Explanation in its own words, so that paper,
// window and command say the same.
//
// A clinician's paper names the patient on each page, by name, birth date and
// chart number, because its pages are faxed and filed apart. The home program
// (package handout) never does. See docs/paper.md.
package report

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/flow"
)

// Order is what a paper is made of.
type Order struct {
	Kind clinic.PaperKind
	// Paper is doc.Letter or doc.A4.
	Paper doc.Paper
	clinic.Dossier
	// Route names the exercises of plans.
	Route *program.Library
}

// Colours. Nothing is told by colour alone: the papers are faxed and copied.
var (
	black = doc.RGB(0, 0, 0)
	grey  = doc.RGB(0x46, 0x54, 0x62)
	faint = doc.RGB(0x9a, 0xa4, 0xae)
)

// Styles. No text is smaller than 9 points.
var (
	titleStyle   = flow.Style{Size: 15, Lead: 19, Bold: true, Colour: black}
	headingStyle = flow.Style{Size: 11, Lead: 15, Bold: true, Colour: black}
	bigStyle     = flow.Style{Size: 13, Lead: 17, Bold: true, Colour: black}
	bodyStyle    = flow.Style{Size: 9.5, Lead: 12.5, Colour: black}
	strongStyle  = flow.Style{Size: 9.5, Lead: 12.5, Bold: true, Colour: black}
	smallStyle   = flow.Style{Size: 9, Lead: 11.5, Colour: grey}
	letterStyle  = flow.Style{Size: 10.5, Lead: 14, Colour: black}
	letterStrong = flow.Style{Size: 10.5, Lead: 14, Bold: true, Colour: black}
	noticeStyle  = flow.Style{Size: 9, Lead: 11.5, Bold: true, Colour: black}
)

const margin = 40.0

// Disclaimer stands on every page of every clinician paper and cannot be
// removed.
const Disclaimer = "Decision support, not medical advice: it advises the licensed therapist, who examines the patient and decides. " +
	"Limits are clinic defaults unless marked with a source. For this patient only."

// BlankDisclaimer stands on every page of a form without answers.
const BlankDisclaimer = "This form gathers answers and is not medical advice. Nobody starts to lift because of it: a licensed therapist examines the patient and decides. " +
	"In an emergency call 911."

// layout is one paper while it is laid out.
type layout struct {
	Order
	flow.Sheet
	title, notice string
}

// Build lays the paper out. The problems name the field and what to change;
// with any problem there is no document.
func Build(o Order) (*doc.Document, domain.Problems) {
	fonts, err := doc.LoadFonts()
	if err != nil {
		return nil, domain.Problems{{Text: "The typeface of the program is damaged. Install the program again."}}
	}
	o = clean(o)
	if p := o.check(); len(p) > 0 {
		return nil, p
	}
	w, h, _ := o.Paper.Size()
	l := &layout{Order: o, Sheet: flow.Sheet{Fonts: fonts, W: w, H: h, Margin: margin}, notice: Disclaimer}
	var blocks []flow.Block
	switch o.Kind {
	case clinic.PaperSummary:
		l.title, blocks = "Clinician summary", l.summary()
	case clinic.PaperReferral:
		l.title, blocks = letterTitle(o.outcome()), l.letter()
	case clinic.PaperIntake:
		l.title, l.notice, blocks = "Intake form", BlankDisclaimer, l.intakeForm()
	case clinic.PaperScreen:
		l.title, l.notice, blocks = "Screening form", BlankDisclaimer, l.screenForm()
	}
	pages, problems := l.Pages(l.frame(), blocks)
	if len(problems) > 0 {
		return nil, problems
	}
	d := &doc.Document{Title: o.documentTitle(l.title), Author: o.Settings.ClinicName, Language: "en", Date: o.On, Pages: pages}
	if p := doc.Check(d, fonts); len(p) > 0 {
		return nil, p
	}
	return d, nil
}

// documentTitle names the paper by the chart number, never by the patient.
func (o Order) documentTitle(title string) string {
	if o.Patient.Number == 0 {
		return title
	}
	return title + " " + patient.FormatNumber(o.Patient.Number)
}

// clean composes accents, so that a name prints in one piece.
func clean(o Order) Order {
	for _, text := range []*string{&o.Settings.ClinicName, &o.Settings.Address, &o.Settings.Hours, &o.Patient.FirstName, &o.Patient.LastName} {
		*text = norm.NFC.String(strings.Join(strings.Fields(*text), " "))
	}
	return o
}

func (o Order) check() (p domain.Problems) {
	if o.Settings.ClinicName == "" || o.Settings.Phone == "" {
		p.Add("clinic", "Enter the clinic name and phone in Settings. They print on every paper.")
	}
	if _, _, ok := o.Paper.Size(); !ok {
		p.Add("paper", "Choose the paper: letter or a4")
	}
	if o.On.IsZero() {
		p.Add("date", "Enter the date of the paper")
	}
	if o.Rules == nil || o.Route == nil {
		p.Add("", "The rules of the program are missing. Install the program again.")
	}
	named := o.Patient.LastName != "" && !o.Patient.BirthDate.IsZero()
	switch o.Kind {
	case clinic.PaperSummary, clinic.PaperReferral:
		if !named {
			p.Add("patient", "Enter the name and the birth date. They print on every page.")
		}
		if o.Current == nil {
			p.Add("", "There is no signed screen. Sign the screen first.")
		} else if o.Kind == clinic.PaperReferral && !clinic.Refers(o.outcome()) {
			p.Add("", "The newest screen does not refer. A letter is written when it stops or holds the patient.")
		}
	case clinic.PaperIntake, clinic.PaperScreen:
	default:
		p.Add("kind", "Choose which paper to make")
	}
	return p
}

// frame is the heads and the foot of every page.
func (l *layout) frame() flow.Frame {
	foot := l.footLines()
	return flow.Frame{First: l.firstHead(), Later: l.laterHead(), Gap: 8,
		FootH: float64(len(foot.notice))*noticeStyle.Lead + float64(len(foot.who))*smallStyle.Lead + 7,
		Foot: func(p *doc.Page, y float64, number, total int) {
			p.Add(doc.Line{X1: margin, Y1: y, X2: l.W - margin, Y2: y, Stroke: black, Width: 0.75})
			y += 3
			for _, text := range foot.notice {
				l.Line(p, noticeStyle, margin, y+noticeStyle.Size, text)
				y += noticeStyle.Lead
			}
			y += 2
			for _, text := range foot.who {
				l.Line(p, smallStyle, margin, y+smallStyle.Size, text)
				y += smallStyle.Lead
			}
			l.Right(p, smallStyle, l.W-margin, y-smallStyle.Lead+smallStyle.Size, fmt.Sprintf("Page %d of %d", number, total))
		}}
}

type footWords struct{ notice, who []string }

func (l *layout) footLines() footWords {
	who := l.Settings.ClinicName + ", " + phone(l.Settings.Phone)
	if id := l.identity(); id != "" {
		who = id + " · " + who
	}
	if l.Patient.Practice {
		who = "PRACTICE, NOT A REAL PATIENT · " + who
	}
	return footWords{l.Wrap(l.notice, noticeStyle, l.Width()), l.Wrap(who, smallStyle, l.Width()-64)}
}

// identity is name, birth date and chart number; "" on a paper without a
// patient.
func (l *layout) identity() string {
	if l.Patient.LastName == "" {
		return ""
	}
	text := patient.DisplayName(l.Patient) + " · Born " + l.Patient.BirthDate.Short()
	if l.Patient.Number > 0 {
		text += " · Chart " + patient.FormatNumber(l.Patient.Number)
	}
	return text
}

// firstHead is the clinic, the title and who it is about.
func (l *layout) firstHead() flow.Block {
	name := flow.Style{Size: 13, Lead: 17, Bold: true, Colour: black, Field: "clinic.name"}
	contact := []string{phone(l.Settings.Phone)}
	for _, text := range []string{l.Settings.Address, l.Settings.Hours} {
		if text != "" {
			contact = append(contact, text)
		}
	}
	parts := []flow.Block{
		l.Row(flow.Cell{W: l.Width() - 110, Text: l.Settings.ClinicName, Style: name},
			flow.Cell{X: l.Width() - l.Fonts.Width("CONFIDENTIAL", 9, true), W: 110, Text: "CONFIDENTIAL", Style: noticeStyle}),
		l.Text(strings.Join(contact, " · "), smallStyle.In("clinic.address"), 0),
		flow.Space(3), l.rule(1.5), flow.Space(3),
		l.Text(l.title, titleStyle, 0),
	}
	return flow.Stack(0, append(parts, l.who()...)...)
}

// who is the identity in full.
func (l *layout) who() []flow.Block {
	if l.Patient.LastName == "" {
		return nil
	}
	about := fmt.Sprintf("Born %s (%d y) · %s", l.Patient.BirthDate.Short(), l.Patient.BirthDate.AgeOn(l.On), sexWord(l.Patient.Sex))
	if l.Patient.Number > 0 {
		about += " · Chart " + patient.FormatNumber(l.Patient.Number)
	}
	if l.Patient.Phone != "" {
		about += " · Phone " + phone(l.Patient.Phone)
	}
	made := "Made " + l.On.Short()
	if l.By.Name != "" {
		made += " by " + signer(l.By)
	}
	return []flow.Block{l.Text(patient.DisplayName(l.Patient), bigStyle.In("patient.name"), 0),
		l.Text(about, bodyStyle, 0), l.Text(made, bodyStyle, 0), flow.Space(3), l.rule(0.75)}
}

func sexWord(s patient.Sex) string {
	switch s {
	case patient.Female:
		return "Female"
	case patient.Male:
		return "Male"
	}
	return "Sex not recorded"
}

// signer is a name with credentials and licence.
func signer(a domain.Actor) string {
	text := a.Name
	if a.Credentials != "" {
		text += ", " + a.Credentials
	}
	if a.Licence != "" {
		text += ", licence " + a.Licence
	}
	return text
}

// laterHead is the top of every page but the first.
func (l *layout) laterHead() flow.Block {
	text := l.title
	if id := l.identity(); id != "" {
		text += " · " + id
	}
	return flow.Stack(2, l.Text(text+" · "+l.On.Short(), strongStyle.In("patient.name"), 0), l.rule(0.75))
}

// rule is a line over the width.
func (l *layout) rule(width float64) flow.Block {
	return flow.Block{H: width, Draw: func(p *doc.Page, y float64) {
		p.Add(doc.Line{X1: margin, Y1: y + width/2, X2: l.W - margin, Y2: y + width/2, Stroke: black, Width: width})
	}}
}

// heading opens a part; it stands with what follows.
func (l *layout) heading(text string) flow.Block {
	b := flow.Stack(0, flow.Space(8), l.Text(text, headingStyle, 0), l.rule(0.5), flow.Space(3))
	b.Keep = true
	return b
}

// signature is a line to sign on, with the name below.
func (l *layout) signature(name string) flow.Block {
	const line, day = 280.0, 130.0
	return flow.Block{H: 48, Draw: func(p *doc.Page, y float64) {
		at := y + 32
		p.Add(doc.Line{X1: margin, Y1: at, X2: margin + line, Y2: at, Stroke: black, Width: 0.75},
			doc.Line{X1: margin + line + 24, Y1: at, X2: margin + line + 24 + day, Y2: at, Stroke: black, Width: 0.75})
		l.Line(p, smallStyle, margin, at+11, clip(l, name, line))
		l.Line(p, smallStyle, margin+line+24, at+11, "Date and time")
	}}
}

// clip is the first line of a text that is given in full elsewhere.
func clip(l *layout, text string, width float64) string {
	if lines := l.Wrap(text, smallStyle, width); len(lines) > 0 {
		return lines[0]
	}
	return ""
}

// phone writes ten digits the way they are read; anything else stays.
func phone(p string) string {
	if len(p) != 10 || strings.Trim(p, "0123456789") != "" {
		return p
	}
	return fmt.Sprintf("(%s) %s-%s", p[:3], p[3:6], p[6:])
}
