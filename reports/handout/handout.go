// Package handout lays out the home program that a patient takes home. The
// page rules are few and fixed, so that the same plan always gives the same
// sheet: the stop box is on page 1, a card is never split, no text is made
// smaller to fit, and what does not fit is a problem that is said before
// printing. See docs/paper.md.
package handout

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
)

// Clinic is what the sheet says about the clinic. Name and Phone are required.
type Clinic struct {
	Name string `json:"name"`
	// Phone is printed as it is, ten digits as "(954) 555-0100".
	Phone   string `json:"phone"`
	Address string `json:"address"`
	Hours   string `json:"hours"`
}

// Therapist is who made the program. Both are required.
type Therapist struct {
	Name        string `json:"name"`
	Credentials string `json:"credentials"`
}

// Sheet is everything that goes onto a home program. It has no birth date, no
// last name, no diagnosis and no scores: the paper hangs on a fridge.
type Sheet struct {
	Clinic    Clinic
	Therapist Therapist
	// FirstName of the patient.
	FirstName string
	// Date is the day it is given out, GoodUntil the last day it counts.
	Date, GoodUntil domain.Date
	// Plan is the signed prescription; only items with OnSheet are printed.
	Plan program.Plan
	// Library is the route that the plan was made from.
	Library *program.Library
	// Words are the texts of every language.
	Words *Words
	Poses *figure.Poses
	// Language is "en" or "es". Paper is doc.Letter or doc.A4.
	Language string
	Paper    doc.Paper
	// LargePrint asks for the 18 point sheet.
	LargePrint bool
	// Practice marks invented data on every page.
	Practice bool
}

// The longest texts that the head of the sheet has room for, in characters.
const (
	maxName  = 80
	maxLines = 200
	// In large print page 1 has room for less.
	maxLargeClinic = 60
	maxLargeFirst  = 40
)

// Build lays the sheet out. The problems name the field and what to change;
// with any problem there is no document.
func Build(s Sheet) (*doc.Document, domain.Problems) {
	fonts, err := doc.LoadFonts()
	if err != nil {
		return nil, domain.Problems{{Text: "The typeface of the program is damaged. Install the program again."}}
	}
	s = s.clean()
	if p := s.check(fonts); len(p) > 0 {
		return nil, p
	}
	w, h, _ := s.Paper.Size()
	l := &layout{Sheet: s, Text: s.Words.texts[s.Language], Exercises: s.Words.exercises[s.Language], fonts: fonts, w: w, h: h, styles: standard, shown: map[string]doc.Point{}}
	if s.LargePrint {
		l.styles = large
	}
	d := &doc.Document{Title: l.Text.Document, Author: s.Clinic.Name, Language: s.Language, Date: s.Date}
	d.Pages = l.pages()
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	if p := doc.Check(d, fonts); len(p) > 0 {
		return nil, p
	}
	return d, nil
}

// clean makes one kind of space and composes accents, so that what was pasted
// prints as what was typed.
func (s Sheet) clean() Sheet {
	for _, text := range []*string{&s.Clinic.Name, &s.Clinic.Phone, &s.Clinic.Address, &s.Clinic.Hours,
		&s.Therapist.Name, &s.Therapist.Credentials, &s.FirstName} {
		*text = norm.NFC.String(strings.Join(strings.Fields(*text), " "))
	}
	s.Clinic.Phone = phone(s.Clinic.Phone)
	return s
}

// phone writes ten digits the way they are read; anything else stays.
func phone(p string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, p)
	if len(digits) != 10 || len(p) != len(digits) {
		return p
	}
	return fmt.Sprintf("(%s) %s-%s", digits[:3], digits[3:6], digits[6:])
}

func (s Sheet) check(fonts *doc.Fonts) (p domain.Problems) {
	clinic, first := maxName, maxName
	if s.LargePrint {
		clinic, first = maxLargeClinic, maxLargeFirst
	}
	for _, f := range []struct {
		field, text, missing string
		most                 int
	}{
		{"clinic.name", s.Clinic.Name, "Enter the clinic name. It prints on every page.", clinic},
		{"clinic.phone", s.Clinic.Phone, "Enter the clinic phone. The patient must know whom to call.", maxName},
		{"therapist.name", s.Therapist.Name, "Enter the therapist's name", maxName},
		{"therapist.credentials", s.Therapist.Credentials, "Enter the therapist's credentials, such as PT", maxName},
		{"patient.first_name", s.FirstName, "Enter the patient's first name", first},
		{"clinic.address", s.Clinic.Address, "", maxLines},
		{"clinic.hours", s.Clinic.Hours, "", maxLines},
	} {
		switch n := len([]rune(f.text)); {
		case n == 0 && f.missing != "":
			p.Add(f.field, f.missing)
		case n > f.most:
			p.Add(f.field, fmt.Sprintf("Shorten it to %d characters. This has %d.", f.most, n))
		}
		// The two weights have the same characters.
		if text := fonts.Unprintable(f.text, false); text != "" {
			p.Add(f.field, text)
		}
	}
	if s.Date.IsZero() {
		p.Add("date", "Enter the date of the sheet")
	} else if s.GoodUntil.Before(s.Date) {
		p.Add("good_until", "The sheet must be good until its own date or later")
	}
	if _, _, ok := s.Paper.Size(); !ok {
		p.Add("paper", "Choose the paper: letter or a4")
	}
	return append(p, s.checkPlan()...)
}

func (s Sheet) checkPlan() (p domain.Problems) {
	if s.Library == nil || s.Words == nil || s.Poses == nil {
		p.Add("", "The texts or drawings of the program are missing. Install the program again.")
		return p
	}
	if text := s.Words.Blocked(s.Language); text != "" {
		p.Add("language", text)
		return p
	}
	exercises := s.Words.exercises[s.Language]
	if exercises.Steps[string(s.Plan.SubStage)] == "" {
		p.Add("sub_stage", "there is no such sub-stage; choose 0, or 1A to 4C")
	}
	if len(s.items()) == 0 {
		p.Add("sub_stage", "No exercise of this plan can be done at home: "+s.offSheet())
	}
	for _, it := range s.items() {
		text, ok := exercises.Exercises[it.Exercise]
		if _, known := s.Library.Exercise(it.Exercise); !known || !ok || len(text.Steps) == 0 {
			p.Add("plan", "The exercise "+it.Exercise+" has no text for the sheet")
		}
	}
	return p
}

// items are the exercises that are printed, in order.
func (s Sheet) items() []program.Item {
	var out []program.Item
	for _, it := range s.Plan.Items {
		if it.OnSheet {
			out = append(out, it)
		}
	}
	return out
}

// offSheet is the reasons why items are not printed.
func (s Sheet) offSheet() string {
	var out []string
	for _, it := range s.Plan.Items {
		if !it.OnSheet && it.OffSheetReason != "" {
			out = append(out, it.OffSheetReason)
		}
	}
	return strings.Join(out, " ")
}
