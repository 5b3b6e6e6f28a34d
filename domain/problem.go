package domain

import (
	"errors"
	"strings"
)

// The kinds of failure that callers tell apart with errors.Is. Anything else
// is unexpected and is shown without its inner text.
var (
	// ErrNotFound: the record does not exist.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the record was changed by somebody else since it was read.
	ErrConflict = errors.New("changed by somebody else")
	// ErrNotAllowed: the rules do not allow it; the error also carries Problems
	// with the reasons.
	ErrNotAllowed = errors.New("not allowed")
	// ErrStorageFull: the disk is full; nothing was saved, nothing was lost.
	ErrStorageFull = errors.New("the disk is full")
	// ErrReadOnly: the folder or file cannot be written.
	ErrReadOnly = errors.New("the folder is read-only")
	// ErrOtherKey: the file was encrypted with another key, or is not a Back to
	// Bar file.
	ErrOtherKey = errors.New("the key does not open the file")
	// ErrOlder: something that was saved in the records is not in them any more.
	ErrOlder = errors.New("the records are older than they were")
	// ErrDamaged: the file is damaged or is not a Back to Bar file.
	ErrDamaged = errors.New("the file is damaged or is not a Back to Bar file")
	// ErrNewer: the file was written by a newer version of the program.
	ErrNewer = errors.New("the file was written by a newer version of this program")
	// ErrInUse: another program holds the file.
	ErrInUse = errors.New("the file is in use by another program")
)

// Problem is one thing a person can put right.
type Problem struct {
	// Field is the path of the field, e.g. "vitals.systolic_mmhg". Empty when
	// the problem belongs to no single field.
	Field string `json:"field"`
	// Text says what is wrong and what to do, in one sentence without the
	// value typed.
	Text string `json:"text"`
}

// Problems is a list of problems that is also an error.
type Problems []Problem

// Error joins the sentences. It holds field names and texts, never values.
func (p Problems) Error() string {
	var b strings.Builder
	for i, x := range p {
		if i > 0 {
			b.WriteString("; ")
		}
		if x.Field != "" {
			b.WriteString(x.Field + ": ")
		}
		b.WriteString(x.Text)
	}
	return b.String()
}

// Err returns p as an error, or nil when there is no problem.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Add appends a problem.
func (p *Problems) Add(field, text string) { *p = append(*p, Problem{field, text}) }

// For returns the first text for the field, or "".
func (p Problems) For(field string) string {
	for _, x := range p {
		if x.Field == field {
			return x.Text
		}
	}
	return ""
}

// NotAllowed is an ErrNotAllowed with its reasons.
func NotAllowed(reasons ...Problem) error {
	return errors.Join(ErrNotAllowed, Problems(reasons))
}
