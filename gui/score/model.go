// Package score is the sheet behind every "Score": the questions of one
// calculator, the result below them after each key, and on some sheets the day
// and a note. It knows calculators and no screen; whoever opens it says what
// becomes of the result.
package score

import (
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/measure"
)

// Result is what a sheet hands over.
type Result struct {
	measure.Scored
	// On is the day of the measurement.
	On domain.Date
	// Language is that of a questionnaire, "" when the sheet did not ask.
	Language string
	Note     string
}

// The names of the sheet's own fields, beside those of the questions.
const (
	fieldDay  = "day"
	fieldNote = "note"
)

// model is a sheet without its window.
type model struct {
	calc  measure.Calculator
	dated bool
	// needsNote: the sheet is a correction, which says why.
	needsNote bool
	today     domain.Date

	given    map[string]string
	day      [3]string // month, day, year as typed
	language string
	note     string

	scored   measure.Scored
	problems domain.Problems
	on       domain.Date
}

func newModel(p Params) *model {
	m := &model{calc: p.Calculator, dated: p.Dated, needsNote: p.NeedsNote, today: p.Today, on: p.Today,
		given: map[string]string{}, language: p.Language}
	for name, text := range p.Given {
		m.given[name] = text
	}
	if !p.On.IsZero() {
		m.on = p.On
	}
	m.work()
	return m
}

// set keeps an entry and works out what it means.
func (m *model) set(name, text string) {
	m.given[name] = text
	m.work()
}

func (m *model) work() {
	m.scored, m.problems = m.calc.Score(m.given)
	if !m.dated {
		return
	}
	if text := m.dayProblem(); text != "" {
		m.problems.Add(fieldDay, text)
	}
	switch {
	case m.needsNote && strings.TrimSpace(m.note) == "":
		m.problems.Add(fieldNote, "Enter why it is corrected")
	default:
		if text := intake.FreeTextProblem("The note", m.note, clinic.MaxMeasureNote); text != "" {
			m.problems.Add(fieldNote, text)
		}
	}
}

// setDay reads the day as typed.
func (m *model) setDay(month, day, year string) {
	m.day = [3]string{month, day, year}
	m.work()
}

// dayProblem reads the boxes; while they were not touched the day stands.
func (m *model) dayProblem() string {
	if m.day == [3]string{} {
		return ""
	}
	text := strings.Join(m.day[:], "/")
	for _, layout := range []string{"1/2/2006", "Jan/2/2006", "January/2/2006", "1/2/06", "Jan/2/06"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if m.on = domain.DateOf(t); m.today.Before(m.on) {
			return "The day must not be in the future"
		}
		return ""
	}
	return "The day must be a real date: month, day and year"
}

// something reports whether there is anything to hand over.
func (m *model) something() bool { return len(m.scored.Records) > 0 || len(m.scored.Answers) > 0 }

// says is the line under the questions.
func (m *model) says() string {
	if len(m.problems) > 0 {
		return "Not scored yet. See what is marked above."
	}
	if m.scored.Text == "" {
		return "Nothing is entered yet."
	}
	return m.scored.Text
}

// result is what the sheet hands over.
func (m *model) result() Result {
	return Result{Scored: m.scored, On: m.on, Language: m.language, Note: strings.TrimSpace(m.note)}
}
