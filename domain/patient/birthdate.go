package patient

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
)

// ParseBirthDate reads a birth date as people type it: 3/14/86, 03141986,
// 03/14/1986, 3-14-1986, 3 14 86, mar 14 1986, 14 mar 1986, 1986-03-14. Digits
// are in US order, month first. A two-digit year is the latest that is not in
// the future, and note says how it was read. problem is one sentence when the
// text is no birth date; then date is zero.
func ParseBirthDate(text string, today domain.Date) (date domain.Date, note, problem string) {
	parts := dateParts(text)
	if len(parts) == 0 {
		return domain.Date{}, "", "Enter the birth date"
	}
	if len(parts) == 1 && len(parts[0]) == 8 && digitsOnly(parts[0]) {
		parts = []string{parts[0][:2], parts[0][2:4], parts[0][4:]}
	}
	if len(parts) < 3 {
		return domain.Date{}, "", "Birth date must include a year"
	}
	if len(parts) > 3 {
		return domain.Date{}, "", "Birth date must be a real date"
	}
	month, day, year := order(parts)
	m, okMonth := readMonth(month)
	d, okDay := readNumber(day, 2)
	y, okYear := readNumber(year, 4)
	if !okMonth || !okDay || !okYear {
		return domain.Date{}, "", "Birth date must be a real date"
	}
	switch len(year) {
	case 4:
		date, okDay = domain.NewDate(y, m, d)
	case 2:
		date, okDay = latestPast(y, m, d, today)
		note = fmt.Sprintf("Year read as %d. Change it if that is wrong.", date.Year)
	default:
		return domain.Date{}, "", "Write the birth year with 4 digits"
	}
	if !okDay {
		return domain.Date{}, "", "Birth date must be a real date"
	}
	if problem = birthDateProblem(date, today); problem != "" {
		return domain.Date{}, "", problem
	}
	return date, note, ""
}

// dateParts splits at anything that is neither letter nor digit, and between a
// letter and a digit, so that "mar14 1986" reads like "mar 14 1986".
func dateParts(text string) []string {
	var parts []string
	var kind rune
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		now := ' '
		if unicode.IsDigit(r) {
			now = '0'
		} else if unicode.IsLetter(r) {
			now = 'a'
		}
		switch {
		case now == ' ':
		case now == kind:
			parts[len(parts)-1] += string(r)
		default:
			parts = append(parts, string(r))
		}
		kind = now
	}
	return parts
}

// order puts three parts as month, day, year.
func order(p []string) (month, day, year string) {
	switch {
	case !digitsOnly(p[1]) && digitsOnly(p[0]):
		return p[1], p[0], p[2]
	case len(p[0]) == 4 && digitsOnly(p[0]):
		return p[1], p[2], p[0]
	}
	return p[0], p[1], p[2]
}

func digitsOnly(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func readNumber(s string, most int) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && digitsOnly(s) && len(s) <= most
}

// readMonth reads a month number, or an English month name of which at least
// three letters are written.
func readMonth(s string) (time.Month, bool) {
	if n, ok := readNumber(s, 2); ok {
		return time.Month(n), true
	}
	for m := time.January; m <= time.December && len(s) >= 3; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), s) || s == "sept" && m == time.September {
			return m, true
		}
	}
	return 0, false
}

// latestPast returns the latest such day before today, looking back up to two
// centuries because February 29 is missing from some years.
func latestPast(yy int, m time.Month, day int, today domain.Date) (domain.Date, bool) {
	century := today.Year / 100 * 100
	for _, c := range []int{century, century - 100} {
		if d, ok := domain.NewDate(c+yy, m, day); ok && d.Before(today) {
			return d, true
		}
	}
	return domain.Date{}, false
}
