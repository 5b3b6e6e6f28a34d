package handout

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/program"
)

// source is the language that the words are written in; the others are
// translations of it.
const source = "en"

// The languages that a sheet can be asked for, and how people call them.
var languages = []struct{ code, name string }{{source, "English"}, {"es", "Spanish"}}

// Words are the texts of the home program in every language. A translation
// that lacks something is kept out with its reasons; the others still print.
type Words struct {
	texts     map[string]*Text
	exercises map[string]*program.HandoutText
	missing   map[string]domain.Problems
}

// LoadWords reads handouts/<language>/text.json and exercises.json of every
// language and checks them whole. Only a fault of the English texts is an error:
// a translation must have every key of them, with the same names in braces and
// the same numbers, or its sheet is refused when it is asked for.
func LoadWords(fsys fs.FS, l *program.Library) (*Words, error) {
	w := &Words{map[string]*Text{}, map[string]*program.HandoutText{}, map[string]domain.Problems{}}
	for _, language := range languages {
		text, err := LoadText(fsys, language.code)
		if err == nil {
			w.exercises[language.code], err = program.LoadHandoutText(fsys, language.code, l)
		}
		if err != nil && language.code == source {
			return nil, err
		}
		p := compare(fsys, language.code)
		if err != nil {
			p.Add(language.code, err.Error())
		}
		w.texts[language.code] = text
		if len(p) > 0 {
			w.missing[language.code] = p
		}
	}
	return w, nil
}

// Blocked returns the sentence why nothing is printed in a language, "" when it
// can be.
func (w *Words) Blocked(language string) string {
	for _, l := range languages {
		if l.code != language {
			continue
		}
		if p := w.missing[language]; len(p) > 0 {
			return fmt.Sprintf("The %s texts are not complete, so no %s sheet is printed (%s %s). Choose English, or install the program again.",
				l.name, l.name, p[0].Field, p[0].Text)
		}
		return ""
	}
	return "Choose the language of the sheet: en or es"
}

// Date writes a date as the sheet of a language does, "" for a language that
// cannot be printed.
func (w *Words) Date(language string, d domain.Date) string {
	if w.Blocked(language) != "" {
		return ""
	}
	return w.texts[language].long(d)
}

// Reviewed reports whether a certified translator has checked a language, and
// is true for the language that the words were written in. While it is false,
// every page says so.
func (w *Words) Reviewed(language string) bool {
	if language == source {
		return true
	}
	text, exercises := w.texts[language], w.exercises[language]
	return text != nil && exercises != nil && text.ReviewedBy != "" && exercises.ReviewedBy != ""
}

// own are the keys that a translation need not share, or has for itself.
var own = []string{"language", "about", "reviewed_by", "reviewed_on", "not_reviewed"}

// compare finds what a translation lacks against the source.
func compare(fsys fs.FS, language string) (p domain.Problems) {
	for _, name := range []string{"text.json", "exercises.json"} {
		var from, to map[string]any
		if readJSON(fsys, source, name, &from) != nil || readJSON(fsys, language, name, &to) != nil {
			continue // the readers of the files have said so
		}
		for _, key := range slices.Sorted(maps.Keys(from)) {
			if !slices.Contains(own, key) {
				same(&p, key, from[key], to[key])
			}
		}
	}
	return p
}

func readJSON(fsys fs.FS, language, name string, into any) error {
	b, err := fs.ReadFile(fsys, "handouts/"+language+"/"+name)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

var brace = regexp.MustCompile(`\{[a-z]+\}`)

// same holds a translated value to the original: the same keys, as many lines,
// the same braces, and the same numbers.
func same(p *domain.Problems, at string, from, to any) {
	switch a := from.(type) {
	case map[string]any:
		b, ok := to.(map[string]any)
		if !ok {
			p.Add(at, "is missing")
			return
		}
		for _, key := range slices.Sorted(maps.Keys(a)) {
			same(p, at+"."+key, a[key], b[key])
		}
	case []any:
		b, ok := to.([]any)
		if !ok || len(a) != len(b) {
			p.Add(at, fmt.Sprintf("must have %d lines", len(a)))
			return
		}
		for i := range a {
			same(p, fmt.Sprintf("%s[%d]", at, i), a[i], b[i])
		}
	case string:
		b, ok := to.(string)
		switch {
		case !ok || strings.TrimSpace(b) == "" && a != "":
			p.Add(at, "is not translated")
		case !slices.Equal(sorted(brace.FindAllString(a, -1)), sorted(brace.FindAllString(b, -1))):
			p.Add(at, "must fill in the same braces as the English text")
		}
	default:
		if from != to {
			p.Add(at, "must be the same number as in the English text")
		}
	}
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
