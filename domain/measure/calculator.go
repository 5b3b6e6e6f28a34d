package measure

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
)

// A calculator is a form without a window: its questions as data, and one
// function from what was entered to records. Every "Score" sheet of the program
// is one of them, so that a score is worked out in one place. Items of a form
// that belongs to somebody are numbers here, never wording.

// QuestionKind is how a question of a calculator is answered.
type QuestionKind string

// The kinds.
const (
	// AskNumber is a number from Low to High; whole unless Decimals.
	AskNumber QuestionKind = "number"
	// AskYesNo is "yes", "no" or "unknown".
	AskYesNo QuestionKind = "yes_no"
	// AskChoice is one of Choices.
	AskChoice QuestionKind = "choice"
	// AskText is a short text.
	AskText QuestionKind = "text"
)

// Option is one answer of a choice, with the key that selects it.
type Option struct {
	Value, Text string
	Key         rune
}

// Question is one entry of a calculator.
type Question struct {
	// Name is what the entry is called in the answers and in problems.
	Name string
	// Label is what stands on the form.
	Label string
	Kind  QuestionKind
	// Low and High bound a number.
	Low, High int
	Decimals  bool
	Unit      string
	Choices   []Option
	// Group is the heading above it and those that follow, "" for none.
	Group string
	// Beside is how many such questions fit on one line, 0 for one.
	Beside int
}

// Scored is what the entries of a calculator come to so far.
type Scored struct {
	// Records are without day, name and language, and only those with
	// something to keep. The most important comes first.
	Records []Record
	// Answers are results that are no measure, by the path of the screen's
	// answer, such as "neuro.finding".
	Answers map[string]string
	// Text says the result, or what is missing, in a sentence or two.
	Text string
}

// Calculator turns entries into records.
type Calculator struct {
	ID, Title string
	// Help is one quiet sentence above the questions.
	Help string
	// Measures are the ids that it can give.
	Measures  []string
	Questions []Question

	score func(*entries) (Scored, error)
}

// Score works out what was entered, by the names of the questions. Problems
// name a question; entries without an answer are left out or "".
func (c Calculator) Score(given map[string]string) (Scored, domain.Problems) {
	e := &entries{given: given, questions: map[string]Question{}}
	for _, q := range c.Questions {
		e.questions[q.Name] = q
		e.check(q)
	}
	if len(e.problems) > 0 {
		return Scored{}, e.problems
	}
	s, err := c.score(e)
	if err != nil {
		return Scored{}, e.placed(err)
	}
	for i := range s.Records {
		r := &s.Records[i]
		if r.Protocol == "" && len(e.protocol) > 0 {
			r.Protocol = e.protocol
		}
	}
	return s, nil
}

// entries reads what was entered into a calculator.
type entries struct {
	given     map[string]string
	questions map[string]Question
	problems  domain.Problems
	// protocol is that of every record without one of its own.
	protocol string
}

func (e *entries) text(name string) string { return strings.TrimSpace(e.given[name]) }

// check refuses an entry outside its range, in a sentence.
func (e *entries) check(q Question) {
	text := e.text(q.Name)
	if text == "" {
		return
	}
	label := q.Label
	if q.Group != "" && q.Kind == AskNumber {
		label = q.Group + ", " + strings.ToLower(label[:1]) + label[1:]
	}
	switch q.Kind {
	case AskNumber:
		v, err := domain.ParseDecimal(text)
		if err != nil || !within(v, domain.NewDecimal(q.Low), domain.NewDecimal(q.High)) || !q.Decimals && !v.IsWhole() {
			what := "a whole number"
			if q.Decimals {
				what = "a number"
			}
			e.problems.Add(q.Name, fmt.Sprintf("%s must be %s from %d to %d", label, what, q.Low, q.High))
		}
	case AskYesNo:
		if !oneOf(text, []string{"yes", "no", "unknown"}) {
			e.problems.Add(q.Name, label+" must be answered with Y, N or U")
		}
	case AskChoice:
		for _, o := range q.Choices {
			if o.Value == text {
				return
			}
		}
		e.problems.Add(q.Name, label+" must be one of the answers shown")
	case AskText:
		if len([]rune(text)) > maxEntry {
			e.problems.Add(q.Name, fmt.Sprintf("%s must be %d characters or fewer", label, maxEntry))
		}
	}
}

// placed puts the problems of a scoring function beside a question, the first
// one when it names none.
func (e *entries) placed(err error) domain.Problems {
	var found domain.Problems
	if !errors.As(err, &found) {
		return domain.Problems{{Text: err.Error()}}
	}
	var out domain.Problems
	for _, p := range found {
		text := p.Text
		if q, known := e.questions[p.Field]; known {
			text = q.Label + " " + text
		} else {
			text = strings.ToUpper(text[:1]) + text[1:]
		}
		out.Add(p.Field, text)
	}
	return out
}

// whole returns a whole number, nil when it was left empty.
func (e *entries) whole(name string) *int {
	if v := e.number(name); v != nil {
		n := int(v.Rat().Num().Int64())
		return &n
	}
	return nil
}

func (e *entries) number(name string) *domain.Decimal {
	v, err := domain.ParseDecimal(e.text(name))
	if err != nil {
		return nil
	}
	return &v
}

// yes returns true, false, or nil for not asked.
func (e *entries) yes(name string) *bool {
	switch e.text(name) {
	case "yes":
		b := true
		return &b
	case "no":
		b := false
		return &b
	}
	return nil
}

// kept returns the entries of the names that were answered.
func (e *entries) kept(names ...string) []Entry {
	var out []Entry
	for _, n := range names {
		if t := e.text(n); t != "" {
			out = append(out, Entry{n, t})
		}
	}
	return out
}

// scoreRecord is the record of a score, and false when there is nothing to
// keep.
func scoreRecord(id string, side Side, s Score) (Record, bool) {
	r := Record{Measure: id, Side: side}
	r.Put(s)
	return r, s.Status != NotScored && s.Status != ""
}

// items asks for numbered items of a form.
func items(n int, label string, low, high, beside int) []Question {
	var out []Question
	for i := 1; i <= n; i++ {
		out = append(out, Question{Name: "item_" + strconv.Itoa(i), Label: label + " " + strconv.Itoa(i), Kind: AskNumber,
			Low: low, High: high, Beside: beside})
	}
	return out
}

// item returns the numbered items in order.
func (e *entries) item(n int) []*int {
	out := make([]*int, n)
	for i := range out {
		out[i] = e.whole("item_" + strconv.Itoa(i+1))
	}
	return out
}
