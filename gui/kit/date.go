package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/run"
)

// DateEntry is three boxes for month, day and year. Digits move on when a box
// is full; slash, dot, dash and space move on too and are swallowed when the
// box has just moved; Backspace in an empty box goes back; a month can be
// typed in letters; a whole date can be pasted. The widget keeps what was
// typed: whether it is a date is for the model to say, from Month, Day and
// Year, and nothing here ever falls back to an earlier date.
type DateEntry struct {
	widget.BaseWidget
	base
	// OnChanged is called after each edit.
	OnChanged func()

	month, day, year *Entry
	moved            bool
}

// NewDateEntry returns three empty boxes.
func NewDateEntry(host Host) *DateEntry {
	d := &DateEntry{}
	d.host, d.self = host, d
	d.month = d.box("month", 2, nil, func() *Entry { return d.day })
	d.day = d.box("day", 2, func() *Entry { return d.month }, func() *Entry { return d.year })
	d.year = d.box("year", 4, func() *Entry { return d.day }, nil)
	d.setRegion(d)
	d.ExtendBaseWidget(d)
	return d
}

func (d *DateEntry) box(part string, digits int, before, after func() *Entry) *Entry {
	e := NewEntry(d.host)
	e.name = part
	e.Width = 30 + float32(digits)*10
	e.PlaceHolder = map[string]string{"month": "mm", "day": "dd", "year": "yyyy"}[part]
	letters := part == "month"
	e.accept = func(r rune) bool {
		switch {
		case unicode.IsDigit(r) && r < unicode.MaxASCII:
			d.moved = false
			return e.SelectedText() != "" || len([]rune(e.Text)) < max(digits, 9*b2i(letters))
		case letters && unicode.IsLetter(r):
			d.moved = false
			return len([]rune(e.Text)) < 9 || e.SelectedText() != ""
		case strings.ContainsRune("/-. ,", r):
			if d.moved {
				d.moved = false
			} else if e.Text != "" && after != nil {
				Focus(after())
			}
		}
		return false
	}
	e.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyBackspace || e.Text != "" || before == nil {
			return false
		}
		b := before()
		Focus(b)
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // entering selected everything
		return true
	}
	e.paste = d.pasted
	e.OnChanged = func(s string) {
		if d.OnChanged != nil {
			d.OnChanged()
		}
		if !e.focused || e.CursorColumn < len([]rune(s)) {
			return
		}
		if full(part, s) {
			d.moved = true
			if after != nil {
				Focus(after())
			} else {
				jump(e) // at once: the next key may already be waiting
			}
		}
	}
	e.OnLeave = func() {
		if d.OnLeave != nil {
			run.Later(func() {
				if !d.month.focused && !d.day.focused && !d.year.focused {
					d.OnLeave()
				}
			})
		}
	}
	return e
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// full reports that nothing more can follow in the box. A single digit never
// moves on, so that a slip in one box does not shift the digits of the next.
func full(part, s string) bool {
	switch part {
	case "year":
		return len(s) == 4
	case "day":
		return len(s) == 2
	default:
		if s != "" && unicode.IsDigit(rune(s[0])) {
			return len(s) == 2
		}
		_, ok := MonthOf(s)
		return ok && len(s) >= 3
	}
}

var months = []string{"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december"}

// MonthOf reads a month in letters, three or more: "mar" is 3.
func MonthOf(s string) (int, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) < 3 {
		return 0, false
	}
	for i, m := range months {
		if strings.HasPrefix(m, s) || (s == "sept" && i == 8) {
			return i + 1, true
		}
	}
	return 0, false
}

// pasted spreads a whole date over the boxes; anything else is pasted as text.
func (d *DateEntry) pasted(text string) bool {
	month, day, year, ok := SplitDate(text)
	if ok {
		d.Put(month, day, year)
		if d.OnChanged != nil {
			d.OnChanged()
		}
		Focus(d.year)
	}
	return ok
}

// SplitDate cuts a written date into month, day and year as they stand there:
// 3/14/1986, 03141986, 1986-03-14, mar 14 1986, 14 mar 1986.
func SplitDate(text string) (month, day, year string, ok bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsLetter(r) })
	if len(parts) == 1 && len(parts[0]) == 8 && allDigits(parts[0]) {
		p := parts[0]
		return p[:2], p[2:4], p[4:], true
	}
	if len(parts) != 3 {
		return "", "", "", false
	}
	_, firstIsMonth := MonthOf(parts[0])
	_, secondIsMonth := MonthOf(parts[1])
	switch {
	case len(parts[0]) == 4 && allDigits(parts[0]):
		month, day, year = parts[1], parts[2], parts[0]
	case secondIsMonth:
		month, day, year = parts[1], parts[0], parts[2]
	case firstIsMonth || allDigits(parts[0]):
		month, day, year = parts[0], parts[1], parts[2]
	default:
		return "", "", "", false
	}
	return month, day, year, allDigits(day) && allDigits(year)
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// Month, Day and Year are what stands in the boxes; the month may be letters.
func (d *DateEntry) Month() string { return d.month.Text }

// Day is what stands in the second box.
func (d *DateEntry) Day() string { return d.day.Text }

// Year is what stands in the third box.
func (d *DateEntry) Year() string { return d.year.Text }

// Typed is the whole as "month/day/year", or "" when nothing was typed.
func (d *DateEntry) Typed() string {
	if d.month.Text == "" && d.day.Text == "" && d.year.Text == "" {
		return ""
	}
	return d.month.Text + "/" + d.day.Text + "/" + d.year.Text
}

// Put fills the boxes from the model.
func (d *DateEntry) Put(month, day, year string) {
	changed := d.OnChanged
	d.OnChanged = nil
	d.month.Put(month)
	d.day.Put(day)
	d.year.Put(year)
	d.OnChanged = changed
}

// SetAccessibleName implements Control.
func (d *DateEntry) SetAccessibleName(s string) {
	d.name = s
	d.month.name, d.day.name, d.year.name = s+" month", s+" day", s+" year"
}

// SetWrong implements Control.
func (d *DateEntry) SetWrong(wrong bool) {
	d.wrong = wrong
	for _, e := range []*Entry{d.month, d.day, d.year} {
		e.SetWrong(wrong)
	}
}

// First implements Control.
func (d *DateEntry) First() fyne.Focusable { return d.month }

func (d *DateEntry) setRegion(o fyne.CanvasObject) {
	for _, e := range []*Entry{d.month, d.day, d.year} {
		e.setRegion(o)
	}
}

func (d *DateEntry) answerWidth() float32 { return 50 + 50 + 70 + 16 }

// CreateRenderer implements fyne.Widget.
func (d *DateEntry) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(&inline{8}, d.month, d.day, d.year))
}
