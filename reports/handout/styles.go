package handout

import "backtobar/reports/doc"

// styles is the type of a sheet. Nothing on a standard sheet is below 12 points,
// nothing on a large one below 18: not the footer, and not the disclaimer.
type styles struct {
	// read is what the patient reads, strong the same in bold.
	read, strong style
	// box heads a box, card an exercise.
	box, card style
	// clinic, contact, title, step, name, date and valid are the head of page 1,
	// who the head of later pages.
	clinic, contact, title, step, name, date, valid, who style
	// pill is a step of the ladder.
	pill style
	// dose is the number of a dose box, doseRest its word.
	dose, doseRest style
	caption        style
	// stop heads the warning signs.
	stop style
	// week heads a week, day its columns, note what is beside it.
	week, day, note style
	call            style
	// short and full are the disclaimers, foot the footer, tag a mark at the top.
	short, full, foot, tag style
	// number is the room before the words of a numbered step, bullet that before
	// a warning sign, row the height of a line of the week, tick that of its box,
	// names the width of its first column.
	number, bullet, row, tick, names float64
	// pictures are the heights of a standing person, the usual one first, then
	// larger ones for a page with room; tight is for a page that misses a little.
	pictures []float64
	tight    float64
}

var standard = styles{
	read: style{12, 15.5, false, black, ""}, strong: style{12, 15.5, true, black, ""},
	box: style{13, 17, true, black, ""}, card: style{14, 18, true, black, ""},
	clinic: style{16, 20, true, teal, "clinic.name"}, contact: style{12, 14.5, false, grey, "clinic.address"},
	title: style{24, 29, true, black, ""}, step: style{14, 18, true, teal, ""},
	name: style{14, 18, true, black, "patient.first_name"}, date: style{12, 15, false, grey, ""}, valid: style{12, 15, true, black, ""},
	who: style{12, 15, false, grey, "patient.first_name"}, pill: style{12, 15, false, grey, ""},
	dose: style{15, 18, true, black, ""}, doseRest: style{12, 15, false, black, ""}, caption: style{12, 15, false, grey, ""},
	stop: style{13, 17, true, red, "clinic.phone"},
	week: style{14, 18, true, black, ""}, day: style{12, 14, true, black, ""}, note: style{12, 14, false, black, ""},
	call:  style{14, 18, true, teal, "clinic.phone"},
	short: style{12, 14.5, false, black, ""}, full: style{12, 14.5, true, black, ""},
	foot: style{12, 14.5, false, grey, "clinic.name"}, tag: style{12, 15, true, black, ""},
	number: 17, bullet: 11, row: 20, tick: 14, names: 158,
	pictures: []float64{92, 96, 100, 104, 108, 112}, tight: 80,
}

var large = styles{
	read: style{18, 23.5, false, black, ""}, strong: style{18, 23.5, true, black, ""},
	box: style{20, 26, true, black, ""}, card: style{22, 28, true, black, ""},
	clinic: style{20, 25, true, teal, "clinic.name"}, contact: style{18, 23, false, grey, "clinic.address"},
	title: style{26, 32, true, black, ""}, step: style{20, 26, true, teal, ""},
	name: style{18, 23, true, black, "patient.first_name"}, date: style{18, 23, false, grey, ""}, valid: style{18, 23, true, black, ""},
	who: style{18, 23, false, grey, "patient.first_name"}, pill: style{18, 23, false, grey, ""},
	dose: style{20, 25, true, black, ""}, doseRest: style{18, 23, false, black, ""}, caption: style{18, 22, false, grey, ""},
	stop: style{20, 26, true, red, "clinic.phone"},
	week: style{22, 28, true, black, ""}, day: style{18, 22, true, black, ""}, note: style{18, 22, false, black, ""},
	call:  style{20, 26, true, teal, "clinic.phone"},
	short: style{18, 22, false, black, ""}, full: style{18, 22, false, black, ""},
	foot: style{18, 22, false, grey, "clinic.name"}, tag: style{18, 22, true, black, ""},
	number: 24, bullet: 16, row: 30, tick: 22, names: 196,
	pictures: []float64{120, 132, 144, 156, 168, 180, 192}, tight: 90,
}

// The colours of the sheet; every tint is under a tenth black and every box
// has a border or a title, so that grey print loses nothing.
var (
	black  = doc.RGB(0x1b, 0x26, 0x31)
	grey   = doc.RGB(0x46, 0x54, 0x62)
	teal   = doc.RGB(0x00, 0x5c, 0x7a)
	tint   = doc.RGB(0xe8, 0xed, 0xf1)
	border = doc.RGB(0x5c, 0x68, 0x74)
	rule   = doc.RGB(0xc3, 0xcc, 0xd4)
	white  = doc.RGB(255, 255, 255)
	red    = doc.RGB(0x9b, 0x14, 0x20)
	redBox = doc.RGB(0xfc, 0xe7, 0xe8)
	green  = doc.RGB(0x17, 0x60, 0x2d)
	amber  = doc.RGB(0x6e, 0x43, 0x00)
)

// style is how a text is set.
type style struct {
	size, lead float64
	bold       bool
	colour     doc.Colour
	// field names where the words come from, for messages.
	field string
}

// in is the style in another colour.
func (s style) in(c doc.Colour) style {
	s.colour = c
	return s
}

// of is the style with another field.
func (s style) of(field string) style {
	s.field = field
	return s
}

// line is one line of text with its baseline at y.
func (s style) line(x, y float64, text string) doc.Text {
	return doc.Text{X: x, Y: y, Size: s.size, Bold: s.bold, Colour: s.colour, Content: text, Field: s.field}
}

// lines draws lines one below the other; y is the top of the first.
func (s style) lines(p *doc.Page, x, y float64, lines []string) {
	for i, text := range lines {
		p.Add(s.line(x, y+float64(i)*s.lead+s.size, text))
	}
}
