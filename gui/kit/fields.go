package kit

import (
	"fmt"

	"backtobar/domain"
)

// Questioned is something that shows the sentence of a problem: a Field or a
// YesNoRow.
type Questioned interface {
	// SetProblem shows the sentence, or takes it away when it is "".
	SetProblem(text string)
	// Problem returns the sentence shown.
	Problem() string
	// Focus gives the keyboard to the control.
	Focus()
	hasFocus() bool
}

// Fields are the questions of a form by the names that problems use, in
// reading order.
type Fields struct {
	order []string
	by    map[string]Questioned
}

// Add adds a question under the name of its problems.
func (f *Fields) Add(path string, q Questioned) {
	if f.by == nil {
		f.by = map[string]Questioned{}
	}
	f.order = append(f.order, path)
	f.by[path] = q
}

// Show shows exactly these problems and takes all others away. Problems of no
// question here are returned.
func (f *Fields) Show(problems domain.Problems) (rest domain.Problems) {
	for _, path := range f.order {
		f.by[path].SetProblem(problems.For(path))
	}
	for _, p := range problems {
		if f.by[p.Field] == nil {
			rest = append(rest, p)
		}
	}
	return rest
}

// ShowOne shows or takes away the problem of one question.
func (f *Fields) ShowOne(path, text string) {
	if q := f.by[path]; q != nil {
		q.SetProblem(text)
	}
}

// Clear takes away the problem of a question that is put right, and never adds
// one: sentences do not appear while somebody types.
func (f *Fields) Clear(path, text string) {
	if q := f.by[path]; q != nil && q.Problem() != "" {
		q.SetProblem(text)
	}
}

// Note shows a quiet remark behind the control of a field, or takes it away.
func (f *Fields) Note(path, text string) {
	if q, ok := f.by[path].(*Field); ok {
		q.SetNote(text)
	}
}

// Focus gives the keyboard to a question and reports whether it is here.
func (f *Fields) Focus(path string) bool {
	q := f.by[path]
	if q != nil {
		q.Focus()
	}
	return q != nil
}

// Focused returns the name of the question that has the keyboard, or "".
func (f *Fields) Focused() string {
	for _, path := range f.order {
		if f.by[path].hasFocus() {
			return path
		}
	}
	return ""
}

// Words is "2 problems", or "" for none.
func (f *Fields) Words() string {
	n := 0
	for _, q := range f.by {
		if q.Problem() != "" {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "1 problem"
	}
	return fmt.Sprintf("%d problems", n)
}

// Next gives the keyboard to the next question with a problem after the one
// that has it, or to the one before, round and round. It reports whether there
// was one.
func (f *Fields) Next(back bool) bool {
	n, at, by := len(f.order), -1, 1
	for i, path := range f.order {
		if f.by[path].hasFocus() {
			at = i
		}
	}
	if back {
		by = -1
		if at < 0 {
			at = 0
		}
	}
	for i := 1; i <= n; i++ {
		q := f.by[f.order[((at+i*by)%n+n)%n]]
		if q.Problem() != "" {
			q.Focus()
			return true
		}
	}
	return false
}

// First gives the keyboard to the first question with a problem.
func (f *Fields) First() {
	for _, path := range f.order {
		if q := f.by[path]; q.Problem() != "" {
			q.Focus()
			return
		}
	}
}

func (f *Field) hasFocus() bool { return f.Control.hasFocus() }

func (b *base) hasFocus() bool { return b.focused }

func (d *DateEntry) hasFocus() bool {
	return d.month.focused || d.day.focused || d.year.focused
}

// Focus gives the keyboard to the row.
func (y *YesNoRow) Focus() { Focus(y) }
