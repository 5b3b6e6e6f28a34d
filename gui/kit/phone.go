package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// PhoneEntry is a box for a US phone number. After the tenth digit the
// keyboard moves on. On leaving, ten digits are written as (954) 555-0142;
// anything else stays as typed.
type PhoneEntry struct {
	Entry
}

// NewPhoneEntry returns an empty phone box.
func NewPhoneEntry(host Host) *PhoneEntry {
	p := &PhoneEntry{}
	p.Entry.init(host, p)
	p.Width = 170
	p.accept = func(r rune) bool { return r >= '0' && r <= '9' || strings.ContainsRune("()-. +", r) }
	p.ExtendBaseWidget(p)
	return p
}

// First implements Control.
func (p *PhoneEntry) First() fyne.Focusable { return p }

// Digits returns the digits typed, without a leading country code 1 of eleven.
func (p *PhoneEntry) Digits() string { return PhoneDigits(p.Text) }

// PhoneDigits returns the digits of a phone number, without a leading country
// code 1 of eleven.
func PhoneDigits(s string) string {
	d := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	if len(d) == 11 && d[0] == '1' {
		return d[1:]
	}
	return d
}

// PhoneText writes ten digits as (954) 555-0142; other texts stay.
func PhoneText(s string) string {
	d := PhoneDigits(s)
	if len(d) != 10 {
		return s
	}
	return "(" + d[:3] + ") " + d[3:6] + "-" + d[6:]
}

// Put shows a number from the model.
func (p *PhoneEntry) Put(digits string) {
	if p.Digits() != digits || !p.focused {
		p.Entry.Put(PhoneText(digits))
	}
}

// TypedRune implements fyne.Focusable.
func (p *PhoneEntry) TypedRune(r rune) {
	before := len(p.Digits())
	p.Entry.TypedRune(r)
	if before == 9 && len(p.Digits()) == 10 && p.CursorColumn == len([]rune(p.Text)) && p.Text[0] != '1' {
		if p.focused {
			jump(p) // at once: the next key may already be waiting
		}
	}
}

// FocusLost implements fyne.Focusable.
func (p *PhoneEntry) FocusLost() {
	if text := PhoneText(p.Text); text != p.Text {
		changed := p.OnChanged
		p.OnChanged = nil
		p.SetText(text)
		p.OnChanged = changed
	}
	p.Entry.FocusLost()
}

var _ fyne.Focusable = (*PhoneEntry)(nil)
