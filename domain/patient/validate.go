package patient

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
)

const (
	// MaxNameLength is the most characters of a last or a first name: what the
	// banner can show without cutting (clinic default).
	MaxNameLength = 80
	// MaxAge is the highest believable age in years (clinic default).
	MaxAge = 120
)

// Clean returns p as it is stored: names in Unicode NFC with single spaces and
// every accent kept. Nothing else is touched, so that what a person typed is
// what a person reads.
func Clean(p Patient) Patient {
	p.LastName = cleanName(p.LastName)
	p.FirstName = cleanName(p.FirstName)
	return p
}

func cleanName(s string) string {
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// Validate returns what must be put right before p can be kept. Fields are the
// JSON names of Patient. It judges p as Clean would store it.
func Validate(p Patient, today domain.Date) domain.Problems {
	var out domain.Problems
	p = Clean(p)
	name(&out, "last_name", "last name", p.LastName)
	name(&out, "first_name", "first name", p.FirstName)
	if text := birthDateProblem(p.BirthDate, today); text != "" {
		out.Add("birth_date", text)
	}
	if p.Sex != SexUnknown && p.Sex != Female && p.Sex != Male {
		out.Add("sex", "Sex must be female or male, or left open")
	}
	if text := phoneProblem(p.Phone, p.NoPhone); text != "" {
		out.Add("phone", text)
	}
	return out
}

func name(out *domain.Problems, field, label, s string) {
	capital := strings.ToUpper(label[:1]) + label[1:]
	n := utf8.RuneCountInString(s)
	switch {
	case s == "":
		out.Add(field, "Enter the "+label)
	case n > MaxNameLength:
		out.Add(field, fmt.Sprintf("%s must be %d characters or fewer. This has %d.", capital, MaxNameLength, n))
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable):
		out.Add(field, capital+" contains a character that cannot be shown. Type it again by hand.")
	case !strings.ContainsFunc(s, unicode.IsLetter):
		out.Add(field, capital+" must contain a letter")
	}
}

// unprintable reports control, direction and private characters. The two
// joiners are kept because Persian and Indian names need them.
func unprintable(r rune) bool {
	const zeroWidthNonJoiner, zeroWidthJoiner = '\u200c', '\u200d'
	if r == zeroWidthNonJoiner || r == zeroWidthJoiner {
		return false
	}
	return r == utf8.RuneError || !unicode.IsPrint(r)
}

func birthDateProblem(born, today domain.Date) string {
	if born.IsZero() {
		return "Enter the birth date"
	}
	if _, ok := domain.NewDate(born.Year, born.Month, born.Day); !ok {
		return "Birth date must be a real date"
	}
	if !born.Before(today) {
		return "Birth date must be in the past"
	}
	if age := born.AgeOn(today); age > MaxAge {
		return fmt.Sprintf("Check the birth year. %d makes the age %d.", born.Year, age)
	}
	return ""
}

func phoneProblem(digits string, none bool) string {
	switch {
	case digits == "" && !none:
		return "Enter a phone number, or tick No phone"
	case digits == "":
		return ""
	case none:
		return "Remove the phone number, or untick No phone"
	}
	return PhoneProblem(digits)
}
