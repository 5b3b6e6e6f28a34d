package intake

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
)

// MaxProblemLength is the most characters of the main problem; it is what fits
// the box on the clinician's page (clinic default).
const MaxProblemLength = 500

// The limits of a body mass, in kilograms (clinic defaults): a small child to
// the limit of bariatric scales.
var (
	minBody = kilograms(20)
	maxBody = kilograms(350)
)

func kilograms(n int) domain.Mass {
	return domain.Mass{Value: domain.NewDecimal(n), Unit: domain.Kilogram}
}

// Clean returns in as it is stored: the main problem in Unicode NFC without
// space at its ends.
func Clean(in Intake) Intake {
	in.MainProblem = norm.NFC.String(strings.TrimSpace(in.MainProblem))
	return in
}

// Validate returns what must be put right before in can be kept. Fields are
// the JSON names of Intake; a bell is "home.kettlebells[0]".
func Validate(in Intake) domain.Problems {
	var out domain.Problems
	in = Clean(in)
	if text := FreeTextProblem("Main problem", in.MainProblem, MaxProblemLength); text != "" {
		out.Add("main_problem", text)
	} else if LooksLikeSSN(in.MainProblem) {
		out.Add("main_problem", "This looks like a Social Security number. This program does not store them.")
	}
	if in.Language != "en" && in.Language != "es" {
		out.Add("language", "Choose the language of the handout: English or Spanish")
	}
	if text := bodyMassProblem(in.BodyMass); text != "" {
		out.Add("body_mass", text)
	}
	out = append(out, in.Home.Check("home")...)
	return out
}

func bodyMassProblem(m domain.Mass) string {
	switch {
	case m.IsZero():
		return ""
	case !m.Unit.Valid():
		return "Choose pounds or kilograms for the body weight"
	case m.Cmp(minBody) >= 0 && m.Cmp(maxBody) <= 0:
		return ""
	case m.Unit == domain.Pound:
		return "Body weight must be from 44.1 to 771.6 pounds. Check the number and the unit."
	}
	return "Body weight must be from 20 to 350 kilograms. Check the number and the unit."
}

// nineDigits finds nine digits written as a Social Security number or in one
// run, but not inside a longer number such as a phone number.
var nineDigits = regexp.MustCompile(`(^|[^0-9])[0-9]{3}[ .\-\x{2010}-\x{2015}]?[0-9]{2}[ .\-\x{2010}-\x{2015}]?[0-9]{4}($|[^0-9])`)

// LooksLikeSSN reports whether s contains what could be a Social Security
// number. The program stores none.
func LooksLikeSSN(s string) bool { return nineDigits.MatchString(norm.NFKC.String(s)) }

// FreeTextProblem says in one sentence what is wrong with a free text, or "".
// label begins the sentence; most is in characters.
func FreeTextProblem(label, s string, most int) string {
	n := utf8.RuneCountInString(s)
	switch {
	case n > most:
		return fmt.Sprintf("%s must be %d characters or fewer. This has %d.", label, most, n)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unshown):
		return label + " contains a character that cannot be shown. Type it again by hand."
	}
	return ""
}

func unshown(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t'
}
