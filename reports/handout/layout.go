package handout

import (
	"fmt"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/reports/doc"
)

// Measures in points.
const (
	margin = 40.0
	gap    = 8.0
	// footBaseline is from the lower edge to the footer's last line.
	footBaseline = 28.0
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
	styles
	Text      *Text
	Exercises *program.HandoutText
	fonts     *doc.Fonts
	w, h      float64
	// shown are the sizes of pictures that were asked for, by their names.
	shown    map[string]doc.Point
	problems domain.Problems
}

func (l *layout) width() float64 { return l.w - 2*margin }

func (l *layout) wrap(text string, s style, width float64) []string {
	return l.fonts.Wrap(text, s.size, s.bold, width)
}

// wide is the length of a text on one line.
func (l *layout) wide(text string, s style) float64 { return l.fonts.Width(text, s.size, s.bold) }

// right draws a line that ends at x.
func (l *layout) right(p *doc.Page, s style, x, y float64, text string) {
	p.Add(s.line(x-l.wide(text, s), y, text))
}

// middle draws a line centred on x.
func (l *layout) middle(p *doc.Page, s style, x, y float64, text string) {
	p.Add(s.line(x-l.wide(text, s)/2, y, text))
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
	// y is where the next block goes, bottom the lowest point it may reach.
	y, bottom float64
	full      bool
}

type placed struct {
	block
	y float64
}

// add places blocks one below the other.
func (p *laid) add(blocks ...block) {
	for _, b := range blocks {
		p.blocks = append(p.blocks, placed{b, p.y})
		p.y += b.h + gap
	}
}

// room is what a page has left.
func (p *laid) room() float64 { return p.bottom - p.y }

// laying is the pages so far.
type laying struct {
	*layout
	pages []*laid
	// flared: the advice for a flare-up is on page 1 already.
	flared bool
}

func (g *laying) last() *laid { return g.pages[len(g.pages)-1] }

// turn begins a page. full gives it the full disclaimer.
func (g *laying) turn(full bool) *laid {
	p := &laid{y: g.topMargin(), bottom: g.limit(full), full: full}
	p.blocks = []placed{{g.runningHead(), p.y}}
	p.y = g.top()
	g.pages = append(g.pages, p)
	return p
}

// flow places blocks, each whole, on this page or the next; false when one is
// taller than a page.
func (g *laying) flow(full bool, blocks ...block) bool {
	for _, b := range blocks {
		if b.h > g.last().room() {
			if p := g.turn(full); b.h > p.room() {
				return false
			}
		}
		g.last().add(b)
	}
	return true
}

// pages lays everything out.
//
//	page 1   head, what to do, pain guide, as many cards as fit, stop box
//	then     cards
//	last     the week to tick, flare-up, whom to call
//
// In large print the stop box fills page 1, and what to do and the pain guide
// are on page 2.
func (l *layout) pages() []doc.Page {
	g := &laying{layout: l}
	if !g.first() || !g.cards() || !g.end() {
		return nil
	}
	return l.finish(g.pages)
}

// first lays out page 1 as far as the cards, with the stop box pinned to its
// foot. In large print the head gives way where the box needs its room: its lines
// are set closer, then the clinic's name goes to page 2.
func (g *laying) first() bool {
	const closer = 1.2
	head, lead := []block{g.head(), g.guide()}, g.read.lead
	named := true
	if g.LargePrint {
		head = []block{g.headLarge(true)}
	}
	room := func() float64 { return g.limit(true) - g.topMargin() - total(head) - gap - g.stopBox(lead).h }
	if g.LargePrint && room() < 0 {
		lead = closer * g.read.size
	}
	if g.LargePrint && room() < 0 {
		head, named = []block{g.headLarge(false)}, false
	}
	if room() < 0 {
		g.problems.Add("clinic", "The head of page 1 leaves no room for the stop box. Shorten the clinic's name, address or hours.")
		return false
	}
	stop := g.stopBox(lead)
	p := &laid{y: g.topMargin(), bottom: g.limit(true) - stop.h - gap, full: true}
	g.pages = []*laid{p}
	p.add(head...)
	p.blocks = append(p.blocks, placed{stop, p.bottom + gap})
	if !g.LargePrint {
		return true
	}
	p.bottom = 0 // what follows does not go between head and warning signs
	if !g.flow(false, g.intro(named)...) {
		g.problems.Add("clinic", "The clinic's address and hours are too long for a page. Shorten them.")
		return false
	}
	return true
}

// cards places every exercise. A page that has room to spare shows its pictures
// larger; page 1 first takes the advice for a flare-up, if it has the room.
func (g *laying) cards() bool {
	all := len(g.items())
	for done := 0; done < all; {
		p := g.last()
		n, look := g.fit(done, all, p)
		if n == 0 && len(g.pages) > 1 && p.y <= g.top() {
			g.problems.Add("plan", "An exercise is too long for one page. Shorten its steps.")
			return false
		}
		g.relief(p, done, n, look)
		ends := done+n == all
		after := 0.0
		switch {
		case ends:
			after = g.after(p, done, n, look)
		case len(g.pages) == 1 && g.flared:
			after = g.flare().h + gap
		}
		look = g.grow(p, done, n, look, after)
		for i := range n {
			p.add(g.card(done+i, look))
		}
		if len(g.pages) == 1 && g.flared {
			p.add(g.flare())
		}
		if len(g.pages) == 1 && !g.LargePrint {
			p.spread()
		}
		if done += n; !ends {
			g.turn(false)
		}
	}
	return true
}

// relief puts the advice for a flare-up on page 1 below the cards, when there is
// room for it.
func (g *laying) relief(p *laid, from, n int, look look) {
	if len(g.pages) > 1 || g.LargePrint {
		return
	}
	if g.stack(from, n, look)+g.flare().h <= p.room() {
		g.flared = true
	}
}

// spread shares what page 1 has left among its blocks, so that it is not one
// empty band. The head and the pinned stop box stay.
func (p *laid) spread() {
	const most = 22
	var moving []int
	for i := range p.blocks {
		if i > 0 && p.blocks[i].y < p.bottom {
			moving = append(moving, i)
		}
	}
	if len(moving) == 0 {
		return
	}
	each := min(most, (p.room()+gap)/float64(len(moving)+1))
	for n, i := range moving {
		p.blocks[i].y += each * float64(n+1)
	}
}

// after is the room that follows the last cards on their page: that of the
// ending when it goes there too, else none.
func (g *laying) after(p *laid, from, n int, look look) float64 {
	if len(g.pages) == 1 || g.LargePrint {
		return 0
	}
	bottom := g.limit(true)
	if need := total(g.ending(1)); p.y+g.stack(from, n, look)+need <= bottom {
		return need + p.bottom - bottom
	}
	return 0
}

// stack is the height of n cards with the gap after each.
func (g *laying) stack(from, n int, look look) float64 {
	h := 0.0
	for i := range n {
		h += g.card(from+i, look).h + gap
	}
	return h
}

// fit returns how many cards go onto the page, and how they look. When one more
// would miss by 30 points or less, or is too tall for a fresh page, the cards of
// the page are set tight if that brings it in.
func (g *laying) fit(from, all int, p *laid) (int, look) {
	const nearMiss = 30
	take := func(look look, most int) (n int, missed float64) {
		at := p.y
		for i := from; i < all && n < most; i++ {
			h := g.card(i, look).h
			if at+h > p.bottom {
				return n, at + h - p.bottom
			}
			n++
			at += h + gap
		}
		return n, 0
	}
	usual, tight := look{g.pictures[0], false}, look{g.tight, true}
	n, missed := take(usual, all)
	alone := n == 0 && p.y <= g.top() // a card that even a fresh page is too short for
	if missed > 0 && (missed <= nearMiss || alone) {
		if more, _ := take(tight, n+1); more > n {
			return more, tight
		}
	}
	return n, usual
}

// grow returns the look with the largest pictures that still let the n cards
// stand on the page, with so much after them.
func (g *laying) grow(p *laid, from, n int, usual look, after float64) look {
	if usual.tight {
		return usual
	}
	for i := len(g.pictures) - 1; i > 0; i-- {
		if bigger := (look{g.pictures[i], false}); g.stack(from, n, bigger)-gap+after <= p.room() {
			return bigger
		}
	}
	return usual
}

// end adds the week and what follows it: on the page of the last cards when
// all of it fits there, else on a page of its own. A sheet that counts for more
// than a week has two weeks to tick where they fit. Room that is left on the
// last page is for the patient's own notes.
func (g *laying) end() bool {
	last := g.last()
	full := g.limit(true)
	switch {
	case len(g.pages) > 1 && last.y+total(g.ending(1)) <= full:
		last.full, last.bottom = true, full
		last.add(g.ending(g.weeks(last))...)
	default:
		p := g.turn(true)
		if !g.flow(true, g.ending(g.weeks(p))...) {
			g.problems.Add("plan", "The week to tick is too long for one page. Use fewer exercises.")
			return false
		}
		for _, before := range g.pages[1 : len(g.pages)-1] {
			before.full = false
		}
	}
	if notes, ok := g.notes(g.last().room()); ok {
		g.last().add(notes)
	}
	return true
}

// weeks is how many weeks to tick go onto the page: one for each week that the
// sheet counts, two at most, and always one.
func (g *laying) weeks(p *laid) int {
	const most = 2
	if g.Date.DaysUntil(g.GoodUntil) > 7 && total(g.ending(most)) <= p.room() {
		return most
	}
	return 1
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
		l.footer(&p, page.full, fill(l.Text.Page, "n", fmt.Sprint(i+1), "total", fmt.Sprint(len(pages))))
		out = append(out, p)
	}
	return out
}
