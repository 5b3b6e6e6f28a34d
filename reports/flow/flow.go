// Package flow sets running text on pages: blocks that are measured first and
// then put one below the other, page after page, with the same head and foot
// on each. Nothing is drawn before everything is measured, so a block cannot
// run out of its space, and none is split. What a document says is not known
// here.
package flow

import (
	"fmt"

	"backtobar/domain"
	"backtobar/reports/doc"
)

// Style is how a text is set. Size and Lead, the distance from line to line,
// are in points.
type Style struct {
	Size, Lead float64
	Bold       bool
	Colour     doc.Colour
	// Field names where the words come from, for messages.
	Field string
}

// In returns the style with another field name.
func (s Style) In(field string) Style {
	s.Field = field
	return s
}

// Block is a measured part of a page.
type Block struct {
	// H is its height in points.
	H float64
	// Draw draws it with its upper edge at y.
	Draw func(p *doc.Page, y float64)
	// Keep: it is not the last of its page; what follows stands with it.
	Keep bool
}

// Sheet is the paper that blocks are made for. All measures are in points.
type Sheet struct {
	Fonts        *doc.Fonts
	W, H, Margin float64
}

// Width is that of the text.
func (s *Sheet) Width() float64 { return s.W - 2*s.Margin }

// Line draws one line of text with its baseline at y.
func (s *Sheet) Line(p *doc.Page, st Style, x, y float64, text string) {
	p.Add(doc.Text{X: x, Y: y, Size: st.Size, Bold: st.Bold, Colour: st.Colour, Content: text, Field: st.Field})
}

// Right draws a line that ends at x.
func (s *Sheet) Right(p *doc.Page, st Style, x, y float64, text string) {
	s.Line(p, st, x-s.Fonts.Width(text, st.Size, st.Bold), y, text)
}

// Wrap breaks a text into the lines of a column.
func (s *Sheet) Wrap(text string, st Style, width float64) []string {
	return s.Fonts.Wrap(text, st.Size, st.Bold, width)
}

// Cell is a text in a column that begins X from the left margin and is W wide.
type Cell struct {
	X, W  float64
	Text  string
	Style Style
}

// Row is cells side by side, each wrapped in its column.
func (s *Sheet) Row(cells ...Cell) Block {
	lines := make([][]string, len(cells))
	h := 0.0
	for i, c := range cells {
		lines[i] = s.Wrap(c.Text, c.Style, c.W)
		h = max(h, float64(len(lines[i]))*c.Style.Lead)
	}
	return Block{H: h, Draw: func(p *doc.Page, y float64) {
		for i, c := range cells {
			for n, text := range lines[i] {
				s.Line(p, c.Style, s.Margin+c.X, y+float64(n)*c.Style.Lead+c.Style.Size, text)
			}
		}
	}}
}

// Text is a wrapped text over the full width, indented.
func (s *Sheet) Text(text string, st Style, indent float64) Block {
	return s.Row(Cell{X: indent, W: s.Width() - indent, Text: text, Style: st})
}

// Labelled is a text with a bold label in front of it, indented as a whole.
func (s *Sheet) Labelled(label, text string, st Style, indent float64) Block {
	bold := st
	bold.Bold = true
	extra := s.Fonts.Width(label, st.Size, true) - s.Fonts.Width(label, st.Size, false)
	lines := s.Wrap(label+" "+text, st, s.Width()-indent-extra)
	if len(lines) == 0 || len(lines[0]) <= len(label) || lines[0][:len(label)] != label {
		// The label alone fills its line.
		return Stack(0, s.Text(label, bold, indent), s.Text(text, st, indent))
	}
	return Block{H: float64(len(lines)) * st.Lead, Draw: func(p *doc.Page, y float64) {
		x := s.Margin + indent
		s.Line(p, bold, x, y+st.Size, label)
		s.Line(p, st, x+s.Fonts.Width(label+" ", st.Size, true), y+st.Size, lines[0][len(label)+1:])
		for n, text := range lines[1:] {
			s.Line(p, st, x, y+float64(n+1)*st.Lead+st.Size, text)
		}
	}}
}

// Space is h points of nothing.
func Space(h float64) Block { return Block{H: h, Draw: func(*doc.Page, float64) {}} }

// Stack puts blocks below each other as one block, gap points apart.
func Stack(gap float64, blocks ...Block) Block {
	h := 0.0
	for i, b := range blocks {
		if i > 0 {
			h += gap
		}
		h += b.H
	}
	return Block{H: h, Draw: func(p *doc.Page, y float64) {
		for _, b := range blocks {
			b.Draw(p, y)
			y += b.H + gap
		}
	}}
}

// Frame is what stands on each page round the blocks.
type Frame struct {
	// First is the head of the first page, Later that of the others.
	First, Later Block
	// Gap is below a head, above the foot and nowhere else.
	Gap float64
	// FootH is the height of the foot, which ends at the lower margin.
	FootH float64
	// Foot draws it; number is from 1 to total.
	Foot func(p *doc.Page, y float64, number, total int)
}

// Pages puts the blocks on as few pages as they need, in order. A block that is
// higher than a page is a problem.
func (s *Sheet) Pages(f Frame, blocks []Block) ([]doc.Page, domain.Problems) {
	bottom := s.H - s.Margin - f.FootH - f.Gap
	page := func(head Block) (doc.Page, float64) {
		p := doc.Page{W: s.W, H: s.H}
		head.Draw(&p, s.Margin)
		return p, s.Margin + head.H + f.Gap
	}
	p, y := page(f.First)
	pages := []doc.Page{p}
	fresh := true
	for i := 0; i < len(blocks); {
		n, h := together(blocks[i:])
		if y+h > bottom && !fresh {
			p, y = page(f.Later)
			pages = append(pages, p)
		}
		if y+h > bottom {
			return nil, domain.Problems{{Text: fmt.Sprintf("A part of this paper is higher than a page: %.0f points. Shorten its text.", h)}}
		}
		for _, b := range blocks[i : i+n] {
			b.Draw(&pages[len(pages)-1], y)
			y += b.H
		}
		i, fresh = i+n, false
	}
	for i := range pages {
		f.Foot(&pages[i], s.H-s.Margin-f.FootH, i+1, len(pages))
	}
	return pages, nil
}

// together is how many blocks must share a page with the first, and their
// height.
func together(blocks []Block) (n int, h float64) {
	for _, b := range blocks {
		n, h = n+1, h+b.H
		if !b.Keep {
			break
		}
	}
	return n, h
}
