package handout_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"backtobar/domain/program"
	"backtobar/reports/handout"
)

// Reading ease, by the two formulas that fit the two languages. An English
// formula says nothing about Spanish.
const (
	// hardestGrade is the Flesch-Kincaid grade that no English text may exceed
	// (written for grade 5).
	hardestGrade = 6.0
	// leastInflesz: the INFLESZ scale calls a text easy from 65 up.
	leastInflesz = 65.0
)

// fleschKincaid is 0.39 words a sentence + 11.8 syllables a word - 15.59
// (Kincaid and others, 1975).
func fleschKincaid(s string) float64 {
	words, sentences := split(s)
	syllables := 0
	for _, w := range words {
		syllables += englishSyllables(w)
	}
	n := float64(len(words))
	return 0.39*n/float64(sentences) + 11.8*float64(syllables)/n - 15.59
}

// inflesz is 206.835 - 62.3 syllables a word - words a sentence
// (Szigriszt-Pazos, 1993; scale of Barrio-Cantalejo and others, 2008).
func inflesz(s string) float64 {
	words, sentences := split(s)
	syllables := 0
	for _, w := range words {
		syllables += spanishSyllables(w)
	}
	n := float64(len(words))
	return 206.835 - 62.3*float64(syllables)/n - n/float64(sentences)
}

// split takes a text apart into words and sentences. A number is a word.
func split(s string) (words []string, sentences int) {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }) {
		words = append(words, strings.ToLower(w))
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(".!?:\n", r) }) {
		if strings.TrimSpace(part) != "" {
			sentences++
		}
	}
	return words, max(sentences, 1)
}

// englishSyllables counts groups of vowels, without a silent e at the end.
func englishSyllables(word string) int {
	if unicode.IsDigit(rune(word[0])) {
		return numberSyllables(word, []int{2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1})
	}
	isVowel := func(r rune) bool { return strings.ContainsRune("aeiouy", r) }
	n, before := 0, false
	for _, r := range word {
		v := isVowel(r)
		if v && !before {
			n++
		}
		before = v
	}
	switch {
	case strings.HasSuffix(word, "le") && len(word) > 2 && !isVowel(rune(word[len(word)-3])): // ta-ble
	case strings.HasSuffix(word, "ed") && len(word) > 3 && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded") && !isVowel(rune(word[len(word)-3])):
		n--
	case strings.HasSuffix(word, "es") && len(word) > 3 && !strings.ContainsRune("scxzhg", rune(word[len(word)-3])) && !isVowel(rune(word[len(word)-3])):
		n--
	case strings.HasSuffix(word, "e") && len(word) > 2 && !isVowel(rune(word[len(word)-2])):
		n--
	}
	for _, apart := range []string{"ia", "io", "ying", "eing", "iet"} { // di-al, ti-ny-ing
		if strings.Contains(word, apart) && !strings.Contains(word, "tion") && !strings.Contains(word, "cial") {
			n++
		}
	}
	return max(n, 1)
}

// spanishSyllables counts groups of vowels; two strong vowels, or a weak one
// with an accent, are apart.
func spanishSyllables(word string) int {
	if unicode.IsDigit(rune(word[0])) {
		return numberSyllables(word, []int{2, 1, 1, 1, 2, 2, 1, 2, 2, 2, 1})
	}
	word = strings.NewReplacer("que", "ke", "qui", "ki", "gue", "ge", "gui", "gi", "qué", "ké", "quí", "kí").Replace(word)
	strong := func(r rune) bool { return strings.ContainsRune("aeoáéóíú", r) }
	n := 0
	var before rune
	for i, r := range []rune(word) {
		vowel := strings.ContainsRune("aeiouáéíóúü", r) || r == 'y' && i == len([]rune(word))-1
		if vowel && (before == 0 || strong(r) && strong(before)) {
			n++
		}
		before = 0
		if vowel {
			before = r
		}
	}
	return max(n, 1)
}

// numberSyllables is that of the digits as they are said, for numbers to ten;
// longer ones are telephone numbers, a digit at a time.
func numberSyllables(digits string, said []int) int {
	if digits == "10" {
		return said[10]
	}
	n := 0
	for _, r := range digits {
		if unicode.IsDigit(r) {
			n += said[r-'0']
		}
	}
	return n
}

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{"stand": 1, "table": 2, "handle": 2, "close": 1, "shoulder": 2, "exercise": 3, "lower": 2, "squeeze": 1,
		"buttocks": 2, "touches": 2, "knees": 1, "therapist": 3, "physical": 3, "emergency": 4, "tired": 1, "lifted": 2, "phone": 1, "the": 1, "10": 1, "7": 2, "911": 3,
		"medical": 3, "advice": 2, "general": 3, "kettlebell": 3, "dizzy": 2, "person": 2, "one": 1, "tearing": 2} {
		if got := englishSyllables(word); got != want {
			t.Errorf("%s has %d syllables, want %d", word, got, want)
		}
	}
	for word, want := range map[string]int{"pie": 1, "rodilla": 3, "siga": 2, "espalda": 3, "día": 2, "despacio": 3, "adormecimiento": 6, "levante": 3,
		"caderas": 3, "atrás": 2, "peso": 2, "muerto": 2, "que": 1, "quieta": 2, "guía": 2, "farmacias": 3, "orina": 3, "heces": 2, "piernas": 2, "cuerpo": 2,
		"línea": 3, "muy": 1, "ahora": 3, "baúl": 2, "fisioterapeuta": 6, "después": 2, "10": 1, "5": 2, "911": 4, "y": 1, "aire": 2, "pausa": 2, "acuéstese": 4} {
		if got := spanishSyllables(word); got != want {
			t.Errorf("%s has %d syllables, want %d", word, got, want)
		}
	}
}

func TestReadingFormulas(t *testing.T) {
	// Worked by hand: 2 words of 2 syllables, 6 words of 10; 2 of 5, 3 of 5.
	for text, want := range map[string]float64{"Go slow.": 0.39*2 + 11.8*2/2 - 15.59, "Your physical therapist made this plan.": 0.39*6 + 11.8*10/6 - 15.59} {
		if got := fleschKincaid(text); got < want-0.001 || got > want+0.001 {
			t.Errorf("%q is grade %.2f, want %.2f", text, got, want)
		}
	}
	for text, want := range map[string]float64{"Vaya despacio.": 206.835 - 62.3*5/2 - 2, "Baje la barra.": 206.835 - 62.3*5/3 - 3} {
		if got := inflesz(text); got < want-0.001 || got > want+0.001 {
			t.Errorf("%q is %.2f, want %.2f", text, got, want)
		}
	}
}

// passages are what a patient reads in one go, by name: each exercise, each box.
func passages(text *handout.Text, exercises *program.HandoutText) map[string]string {
	sentence := func(s string) string {
		if !strings.ContainsAny(s[len(s)-1:], ".?!:") {
			s += "."
		}
		return s + " "
	}
	out := map[string]string{
		"what":            text.WhatTitle + ". " + text.Main + " " + text.DaysSame + " " + text.DaysDiffer + " " + text.RestDay,
		"effort":          text.Effort + " " + text.InSession,
		"flare":           text.FlareTitle + ". " + text.Flare,
		"flare_no_weight": text.FlareTitle + ". " + text.FlareNoWeight,
		"end":             text.Log + " " + text.Call + " " + text.AfterHours,
		"disclaimer":      text.Disclaimer, "disclaimer_full": text.DisclaimerFull,
	}
	pain := sentence(text.PainTitle)
	for _, b := range text.Pain {
		pain += fmt.Sprintf("%d. %s ", b.From, b.Text)
	}
	out["pain"] = pain
	for name, list := range map[string][]string{"stop": append([]string{text.StopTitle}, text.Stop...), "er": append([]string{text.ERTitle}, text.ER...)} {
		for _, line := range list {
			out[name] += sentence(line)
		}
	}
	for id, e := range exercises.Exercises {
		all := sentence(e.Title) + sentence(e.Need)
		for _, s := range e.Steps {
			all += sentence(s)
		}
		out["exercises."+id] = all + sentence(e.Cue)
	}
	for _, s := range exercises.Steps {
		out["steps"] += sentence(s)
	}
	for _, s := range exercises.Tracks {
		out["tracks"] += sentence(s)
	}
	for name, s := range out {
		out[name] = strings.NewReplacer("{phone}", "", "{count}", "4", "{days}", "3", "{n}", "3").Replace(s)
	}
	return out
}

func TestEveryEnglishTextIsReadAtGradeSix(t *testing.T) {
	worst, name := -99.0, ""
	for at, s := range passages(text(t, "en"), exercises(t, "en")) {
		grade := fleschKincaid(s)
		if grade > hardestGrade {
			t.Errorf("%s is grade %.1f: %s", at, grade, s)
		}
		if grade > worst {
			worst, name = grade, at
		}
	}
	t.Logf("hardest: %s, grade %.1f", name, worst)
}

func TestEverySpanishTextIsEasyToRead(t *testing.T) {
	worst, name := 999.0, ""
	for at, s := range passages(text(t, "es"), exercises(t, "es")) {
		ease := inflesz(s)
		if ease < leastInflesz {
			t.Errorf("%s is %.1f: %s", at, ease, s)
		}
		if ease < worst {
			worst, name = ease, at
		}
	}
	t.Logf("hardest: %s, %.1f", name, worst)
}
