package handout

import (
	"fmt"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/reports/doc"
)

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

// Measures in points.
const (
	margin = 40.0
	gap    = 8.0
	// body and lead are size and line distance of what the patient reads.
	body, lead = 12.0, 15.5
	small      = 10.0
	smallLead  = 13.0
	footSize   = 9.5
	footLead   = 12.0
	// footBaseline is from the lower edge to the footer's last line.
	footBaseline = 30.0
	pad          = 10.0
	corner       = 6.0
)

// block is a measured part of the page. Nothing is drawn before everything is
// measured, so a block cannot run out of its space.
type block struct {
	h    float64
	draw func(p *doc.Page, y float64)
}

// layout is a sheet while it is laid out.
type layout struct {
	Sheet
	Text      *Text
	Exercises *program.HandoutText
	fonts     *doc.Fonts
	w, h      float64
	problems  domain.Problems
}

func (l *layout) width() float64 { return l.w - 2*margin }

// style is how a text is set.
type style struct {
	size, lead float64
	bold       bool
	colour     doc.Colour
	// field names where the words come from, for messages.
	field string
}

func (l *layout) wrap(text string, s style, width float64) []string {
	return l.fonts.Wrap(text, s.size, s.bold, width)
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

// right draws a line that ends at x.
func (l *layout) right(p *doc.Page, s style, x, y float64, text string) {
	p.Add(s.line(x-l.fonts.Width(text, s.size, s.bold), y, text))
}

// middle draws a line centred on x.
func (l *layout) middle(p *doc.Page, s style, x, y float64, text string) {
	p.Add(s.line(x-l.fonts.Width(text, s.size, s.bold)/2, y, text))
}

// paragraph is a wrapped text over the full width.
func (l *layout) paragraph(text string, s style) block {
	lines := l.wrap(text, s, l.width())
	return block{float64(len(lines)) * s.lead, func(p *doc.Page, y float64) {
		s.lines(p, margin, y, lines)
	}}
}

// laid is a page with its blocks placed, before its number is known.
type laid struct {
	blocks []placed
	full   bool
}

type placed struct {
	block
	y float64
}

// pages lays everything out.
//
//	page 1   head, what to do, pain guide, as many cards as fit, stop box
//	then     cards
//	last     the week to tick, flare-up, whom to call
func (l *layout) pages() []doc.Page {
	first := &laid{full: true}
	y := margin
	for _, b := range []block{l.head(), l.guide()} {
		first.blocks = append(first.blocks, placed{b, y})
		y += b.h + gap
	}
	stop := l.stopBox()
	limit := l.limit(true) - stop.h
	if y > limit {
		l.problems.Add("clinic", "The head of page 1 leaves no room for the stop box. Shorten the clinic's name, address or hours.")
		return nil
	}
	first.blocks = append(first.blocks, placed{stop, limit})

	pages := []*laid{first}
	rest := l.items()
	done := 0
	for {
		page := pages[len(pages)-1]
		n, cards := l.fit(done, len(rest), y, limit-gap)
		for _, c := range cards {
			page.blocks = append(page.blocks, placed{c, y})
			y += c.h + gap
		}
		if done += n; done == len(rest) {
			break
		}
		if n == 0 && len(pages) > 1 {
			l.problems.Add("plan", "An exercise is too long for one page. Shorten its steps.")
			return nil
		}
		pages, y = append(pages, &laid{}), l.top()
		limit = l.limit(false) + gap
		pages[len(pages)-1].blocks = []placed{{l.runningHead(), margin}}
	}
	pages = l.end(pages, y)
	return l.finish(pages)
}

// fit returns how many cards, from the given one on, go between y and bottom.
// When one more would miss by 30 points or less, the cards of the page are set
// tight if that brings it in.
func (l *layout) fit(from, all int, y, bottom float64) (int, []block) {
	const nearMiss = 30
	take := func(tight bool, most int) (cards []block, missed float64) {
		at := y
		for i := from; i < all && len(cards) < most; i++ {
			c := l.card(i, tight)
			if at+c.h > bottom {
				return cards, at + c.h - bottom
			}
			cards = append(cards, c)
			at += c.h + gap
		}
		return cards, 0
	}
	cards, missed := take(false, all)
	if missed > 0 && missed <= nearMiss {
		if tight, _ := take(true, len(cards)+1); len(tight) > len(cards) {
			cards = tight
		}
	}
	return len(cards), cards
}

// end adds the week and what follows it: on the page of the last cards when
// all of it fits there, else on a page of its own. A sheet that counts for more
// than a week has two weeks to tick where they fit.
func (l *layout) end(pages []*laid, y float64) []*laid {
	last := pages[len(pages)-1]
	bottom := l.limit(true)
	if len(pages) > 1 && y+total(l.ending(1)) <= bottom {
		last.full = true
		last.add(y, l.ending(l.weeks(y, bottom)))
		return pages
	}
	page := &laid{full: true, blocks: []placed{{l.runningHead(), margin}}}
	weeks := l.weeks(l.top(), bottom)
	if l.top()+total(l.ending(weeks)) > bottom {
		l.problems.Add("plan", "The week to tick is too long for one page. Use fewer exercises.")
		return nil
	}
	page.add(l.top(), l.ending(weeks))
	return append(pages, page)
}

// weeks is how many weeks to tick go between y and bottom: one for each week
// that the sheet counts, two at most, and always one.
func (l *layout) weeks(y, bottom float64) int {
	const most = 2
	if l.Date.DaysUntil(l.GoodUntil) > 7 && y+total(l.ending(most)) <= bottom {
		return most
	}
	return 1
}

func (p *laid) add(y float64, blocks []block) {
	for _, b := range blocks {
		p.blocks = append(p.blocks, placed{b, y})
		y += b.h + gap
	}
}

// total is the height of blocks with the gaps between them.
func total(blocks []block) float64 {
	h := -gap
	for _, b := range blocks {
		h += b.h + gap
	}
	return h
}

// finish draws the pages, now that their number is known.
func (l *layout) finish(pages []*laid) []doc.Page {
	var out []doc.Page
	for i, page := range pages {
		p := doc.Page{W: l.w, H: l.h}
		for _, b := range page.blocks {
			b.draw(&p, b.y)
		}
		l.foot(&p, page.full, fill(l.Text.Page, "n", fmt.Sprint(i+1), "total", fmt.Sprint(len(pages))))
		out = append(out, p)
	}
	return out
}
