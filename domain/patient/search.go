package patient

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
)

// plain gives letters that have no accent to strip their nearest plain form,
// so that they are found by somebody whose keyboard lacks them.
var plain = strings.NewReplacer(
	"ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe",
	"ı", "i", "ħ", "h", "ŋ", "ng", "ŧ", "t", "ß", "ss",
)

// spelledOut is the other habit, two letters for one: Mueller for Müller.
var spelledOut = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "å", "aa", "ø", "oe")

// fold returns s without marks, case and punctuation: "O’Neil" gives "oneil",
// "Nguyễn" gives "nguyen". The same letters give the same key on every machine
// and in every store, because no locale takes part.
func fold(s string) string {
	s = cases.Fold().String(norm.NFKD.String(s))
	s = strings.Map(func(r rune) rune {
		// Some marks that are typed for an apostrophe count as letters.
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && !apostrophe(r) {
			return r
		}
		return -1
	}, s)
	return norm.NFC.String(plain.Replace(s))
}

// NameKey is what lists are sorted by: family name, then given name, folded.
// Keys compare byte by byte.
func NameKey(p Patient) string { return fold(p.LastName) + " " + fold(p.FirstName) }

// Tokens splits a search text into folded tokens; see SearchWords.
func Tokens(query string) []string {
	var out []string
	for _, f := range strings.Fields(query) {
		if t := fold(f); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// SearchWords returns the folded words that p is found by, sorted: names whole
// and in parts (also what stands after an apostrophe), birth year and date in
// ISO and US order, phone, chart number. A patient matches when every token of
// the query begins one of these words; a word that begins another is therefore
// left out.
func SearchWords(p Patient) []string {
	var w []string
	for _, name := range []string{p.LastName, p.FirstName} {
		for _, n := range nameParts(name) {
			lower := norm.NFC.String(strings.ToLower(n))
			w = append(w, fold(n), fold(spelledOut.Replace(lower)))
		}
	}
	if b := p.BirthDate; !b.IsZero() {
		y, yy := fmt.Sprintf("%04d", b.Year), fmt.Sprintf("%02d", b.Year%100)
		m, d := int(b.Month), b.Day
		w = append(w, fmt.Sprintf("%s%02d%02d", y, m, d), yy)
		for _, year := range []string{y, yy} {
			w = append(w,
				fmt.Sprintf("%02d%02d%s", m, d, year),
				fmt.Sprintf("%d%d%s", m, d, year))
		}
	}
	if len(p.Phone) == phoneDigits {
		// A number typed with spaces arrives in pieces.
		w = append(w, p.Phone, p.Phone[3:], p.Phone[6:])
	}
	if p.Number > 0 {
		w = append(w, strconv.Itoa(p.Number), FormatNumber(p.Number))
	}
	return withoutPrefixes(w)
}

// nameParts returns everything that a name may be looked for by: all of it,
// its parts between spaces and hyphens ("O'Neill" of "Chen-O'Neill"), and what
// stands between any marks ("Neill").
func nameParts(name string) []string {
	out := []string{name}
	out = append(out, strings.FieldsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && !apostrophe(r)
	})...)
	return append(out, strings.FieldsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || apostrophe(r)
	})...)
}

// apostrophe reports whether r is one of the marks that are typed for the
// apostrophe inside a name. The grave and acute accents are no punctuation.
func apostrophe(r rune) bool {
	return strings.ContainsRune("'\u2018\u2019\u02bc\u02bb\u2032\uff07`\u00b4", r)
}

func withoutPrefixes(w []string) []string {
	slices.Sort(w)
	w = slices.Compact(w)
	var out []string
	for i, x := range w {
		begins := i+1 < len(w) && strings.HasPrefix(w[i+1], x)
		if x != "" && !begins {
			out = append(out, x)
		}
	}
	return out
}

// Matches reports whether every token begins a search word of p.
func Matches(p Patient, tokens []string) bool {
	words := SearchWords(p)
	for _, t := range tokens {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, t) }) {
			return false
		}
	}
	return true
}

// Compare orders patients as lists show them: name key, birth date, number.
func Compare(a, b Patient) int {
	if c := strings.Compare(NameKey(a), NameKey(b)); c != 0 {
		return c
	}
	if c := strings.Compare(a.BirthDate.String(), b.BirthDate.String()); c != 0 {
		return c
	}
	return a.Number - b.Number
}

// FormatNumber writes a chart number with six digits, "004217".
func FormatNumber(n int) string { return fmt.Sprintf("%06d", n) }

// DisplayName writes the name for banners and lists, "ALVAREZ, Maria"; the
// capitals say which part is the family name.
func DisplayName(p Patient) string { return strings.ToUpper(p.LastName) + ", " + p.FirstName }

// SameName reports whether two people are written alike but for accents, case
// and punctuation.
func SameName(a, b Patient) bool { return NameKey(a) == NameKey(b) }

// SimilarNames reports whether two people on one list are easily confused:
// their names differ by at most one letter, or they share the family name and
// the birth year. The list then asks the reader to check the birth date.
func SimilarNames(a, b Patient) bool {
	if a.ID == b.ID && a.ID != domain.PatientID("") {
		return false
	}
	sameFamily := fold(a.LastName) == fold(b.LastName)
	return sameFamily && a.BirthDate.Year == b.BirthDate.Year ||
		withinOneEdit([]rune(NameKey(a)), []rune(NameKey(b)))
}

// withinOneEdit reports whether one insertion, deletion or substitution at most
// turns a into b.
func withinOneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || slices.Equal(a[i+1:], b[i+1:])
	}
	return slices.Equal(a[i:], b[i+1:])
}
