package kit

import (
	"strconv"
	"unicode"

	"fyne.io/fyne/v2"
)

// NumberEntry is an Entry for a plain number. Up and Down change it by Step; the
// wheel does nothing, so scrolling never changes an answer. What is typed stays
// as typed, also a point, a comma or a dash where none belongs: without them
// "58.5" would be 585. The model judges it. Only letters and spaces are left out.
type NumberEntry struct {
	Entry
	// Step is what Up and Down add; 0 turns them off.
	Step int
	// Min and Max bound Up and Down, never what is typed.
	Min, Max int
	// FullAt reports that no further digit can belong to the text, so that the
	// keyboard moves on by itself, e.g. after the third digit of a pressure.
	FullAt func(text string) bool
}

// NewNumberEntry returns an empty number box. An answer of the width of digits
// is expected.
func NewNumberEntry(host Host, digits int) *NumberEntry {
	n := &NumberEntry{Max: 1_000_000}
	n.Entry.init(host, n)
	n.Width = 30 + float32(digits)*9
	n.accept = takes
	n.OnKey = n.key
	n.ExtendBaseWidget(n)
	return n
}

// First implements Control.
func (n *NumberEntry) First() fyne.Focusable { return n }

func takes(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsSpace(r) }

// TypedRune implements fyne.Focusable.
func (n *NumberEntry) TypedRune(r rune) {
	if !takes(r) {
		return
	}
	n.Entry.TypedRune(r)
	if n.FullAt != nil && n.CursorColumn == len([]rune(n.Text)) && n.FullAt(n.Text) {
		if n.focused {
			jump(n) // at once: the next digit may already be waiting
		}
	}
}

func (n *NumberEntry) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyUp && k.Name != fyne.KeyDown {
		return false
	}
	if n.Step == 0 {
		return true
	}
	v, err := strconv.Atoi(n.Text)
	switch {
	case n.Text == "":
		v = n.Min
	case err != nil:
		return true // not a whole number: leave it as it is
	case k.Name == fyne.KeyUp:
		v += n.Step
	default:
		v -= n.Step
	}
	n.SetText(strconv.Itoa(max(n.Min, min(n.Max, v))))
	n.CursorColumn = len(n.Text)
	n.Refresh()
	return true
}

// Full reports whether a whole number is in its range and no further digit can
// keep it there.
func Full(text string, low, high int) bool {
	v, err := strconv.Atoi(text)
	return err == nil && v >= low && (text == "0" || v*10 > high)
}

// FullAbove is a FullAt for whole numbers up to max: full when another digit
// would exceed it.
func FullAbove(limit int) func(string) bool {
	return func(s string) bool {
		v, err := strconv.Atoi(s)
		return err == nil && v*10 > limit
	}
}
