package patient

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// phoneDigits is the length of a number of the North American plan.
const phoneDigits = 10

// ParsePhone reads a US phone number however it is punctuated, with or without
// the country code 1, and returns its ten digits. problem is one sentence when
// it cannot; an empty text is no number and no problem.
func ParsePhone(text string) (digits, problem string) {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" ()-.+/\t\u2010\u2011\u2012\u2013", r):
		default:
			return "", "Phone must be digits, such as 954 555 0142"
		}
	}
	digits = b.String()
	if len(digits) == phoneDigits+1 && digits[0] == '1' {
		digits = digits[1:]
	}
	if digits == "" {
		if strings.TrimSpace(text) != "" {
			return "", "Phone must be digits, such as 954 555 0142"
		}
		return "", ""
	}
	if problem = PhoneProblem(digits); problem != "" {
		return "", problem
	}
	return digits, ""
}

// PhoneProblem says in one sentence why digits is not the ten digits of a US
// number, or "" when it is.
func PhoneProblem(digits string) string {
	for _, r := range digits {
		if r < '0' || r > '9' {
			return "Phone must be digits, such as 954 555 0142"
		}
	}
	if n := utf8.RuneCountInString(digits); n != phoneDigits {
		return fmt.Sprintf("Phone must have %d digits. This has %d.", phoneDigits, n)
	}
	if digits[0] < '2' {
		return "Phone cannot begin with 0 or 1. Check the area code."
	}
	return ""
}

// FormatPhone writes ten digits as "(954) 555-0142", and anything else as it is.
func FormatPhone(digits string) string {
	if len(digits) != phoneDigits {
		return digits
	}
	return "(" + digits[:3] + ") " + digits[3:6] + "-" + digits[6:]
}
