// Package doc is the display list: a finished document as pages of texts,
// boxes, lines and shapes, each with its place in points. What is in the list
// is what is seen: the PDF writer, the picture for the window and the tests
// all read the same list, so a sheet cannot look right in one and wrong in
// another.
//
// A point is 1/72 inch. The origin is the top left corner of the page, x to
// the right, y downward. Text stands on its baseline.
package doc

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// Document is a finished document.
type Document struct {
	// Title stands in the file's properties. It never holds a patient's name.
	Title string
	// Author is the clinic's name.
	Author string
	// Language is "en" or "es".
	Language string
	// Date stands in the file's properties as the day it was made.
	Date domain.Date
	// Pages in order, at least one.
	Pages []Page
}

// Page is one sheet side.
type Page struct {
	// W and H are the size in points.
	W, H float64
	// Items are drawn in this order, later ones on top.
	Items []Item
}

// Add appends items to the page.
func (p *Page) Add(items ...Item) { p.Items = append(p.Items, items...) }

// Paper is a paper size.
type Paper string

// The papers.
const (
	Letter Paper = "letter"
	A4     Paper = "a4"
)

// Size returns width and height in points, and false for an unknown paper.
func (p Paper) Size() (w, h float64, ok bool) {
	switch p {
	case Letter:
		return 612, 792, true
	case A4:
		return 595, 842, true
	}
	return 0, 0, false
}

// Colour is a solid colour; the zero Colour draws nothing.
type Colour struct {
	R, G, B uint8
	// On tells black from nothing.
	On bool
}

// RGB returns a colour from its three parts.
func RGB(r, g, b uint8) Colour { return Colour{r, g, b, true} }

// String returns "#1b2631", or "none".
func (c Colour) String() string {
	if !c.On {
		return "none"
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// Point is a place on the page.
type Point struct{ X, Y float64 }

// Item is one thing on a page: Text, Rect, Line, Polygon or Circle.
type Item interface {
	// String describes the item on one line, for reviewable goldens.
	fmt.Stringer
	// extent returns the corners of what it covers, text by its width.
	extent(*Fonts) (left, top, right, bottom float64)
}

// Text is one line of text. X is its left edge, Y its baseline.
type Text struct {
	X, Y, Size float64
	Bold       bool
	Colour     Colour
	Content    string
	// Field names where the words come from, for messages; not drawn.
	Field string
}

// Rect is a box. Radius rounds its corners. Width is that of the stroke.
type Rect struct {
	X, Y, W, H, Radius float64
	Fill, Stroke       Colour
	Width              float64
}

// Line is a straight line with round ends.
type Line struct {
	X1, Y1, X2, Y2 float64
	Stroke         Colour
	Width          float64
}

// Polygon is a closed shape of at least three corners.
type Polygon struct {
	Points       []Point
	Fill, Stroke Colour
	Width        float64
}

// Circle is a disc or ring around its centre.
type Circle struct {
	X, Y, R      float64
	Fill, Stroke Colour
	Width        float64
}

// String describes the text.
func (t Text) String() string {
	weight := "regular"
	if t.Bold {
		weight = "bold"
	}
	return fmt.Sprintf("text %.2f %.2f %g %s %s %q", t.X, t.Y, t.Size, weight, t.Colour, t.Content)
}

// String describes the box.
func (r Rect) String() string {
	return fmt.Sprintf("rect %.2f %.2f %.2f x %.2f radius %g fill %s stroke %s %g", r.X, r.Y, r.W, r.H, r.Radius, r.Fill, r.Stroke, r.Width)
}

// String describes the line.
func (l Line) String() string {
	return fmt.Sprintf("line %.2f %.2f to %.2f %.2f %s %.2f", l.X1, l.Y1, l.X2, l.Y2, l.Stroke, l.Width)
}

// String describes the shape by its corners' frame and number, which is what a
// reader can judge; the PDF's hash sees the rest.
func (p Polygon) String() string {
	l, t, r, b := p.extent(nil)
	return fmt.Sprintf("polygon of %d in %.2f %.2f to %.2f %.2f fill %s stroke %s %.2f", len(p.Points), l, t, r, b, p.Fill, p.Stroke, p.Width)
}

// String describes the circle.
func (c Circle) String() string {
	return fmt.Sprintf("circle %.2f %.2f radius %.2f fill %s stroke %s %.2f", c.X, c.Y, c.R, c.Fill, c.Stroke, c.Width)
}

func (t Text) extent(f *Fonts) (l, top, r, b float64) {
	return t.X, t.Y - t.Size*0.8, t.X + f.Width(t.Content, t.Size, t.Bold), t.Y + t.Size*0.25
}

func (r Rect) extent(*Fonts) (l, t, right, b float64) { return r.X, r.Y, r.X + r.W, r.Y + r.H }

func (l Line) extent(*Fonts) (left, t, r, b float64) {
	return min(l.X1, l.X2), min(l.Y1, l.Y2), max(l.X1, l.X2), max(l.Y1, l.Y2)
}

func (p Polygon) extent(*Fonts) (l, t, r, b float64) {
	for i, q := range p.Points {
		if i == 0 {
			l, t, r, b = q.X, q.Y, q.X, q.Y
		}
		l, t, r, b = min(l, q.X), min(t, q.Y), max(r, q.X), max(b, q.Y)
	}
	return l, t, r, b
}

func (c Circle) extent(*Fonts) (l, t, r, b float64) {
	return c.X - c.R, c.Y - c.R, c.X + c.R, c.Y + c.R
}

// Dump returns the document as text that a person can review: one line an
// item.
func Dump(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "document %q by %q language %s date %s\n", d.Title, d.Author, d.Language, d.Date)
	for i, p := range d.Pages {
		fmt.Fprintf(&b, "page %d of %d, %g x %g\n", i+1, len(d.Pages), p.W, p.H)
		for _, item := range p.Items {
			b.WriteString("  " + item.String() + "\n")
		}
	}
	return b.String()
}

// Words returns the page's texts in the order drawn, one a line.
func (p Page) Words() string {
	var b strings.Builder
	for _, item := range p.Items {
		if t, ok := item.(Text); ok {
			b.WriteString(t.Content + "\n")
		}
	}
	return b.String()
}

// Check returns what cannot be drawn as meant: characters that the typeface
// does not have, each with the field it stands in, and anything beyond the edge
// of a page. A document with problems is not written.
func Check(d *Document, f *Fonts) domain.Problems {
	var out domain.Problems
	if len(d.Pages) == 0 {
		out.Add("", "The document has no page")
	}
	for i, p := range d.Pages {
		for _, item := range p.Items {
			if t, ok := item.(Text); ok {
				if text := f.Unprintable(t.Content, t.Bold); text != "" && out.For(t.Field) == "" {
					out.Add(t.Field, text)
				}
			}
			const slack = 0.01
			l, t, r, b := item.extent(f)
			if l < -slack || t < -slack || r > p.W+slack || b > p.H+slack {
				field := ""
				if x, ok := item.(Text); ok {
					field = x.Field
				}
				out.Add(field, fmt.Sprintf("Something reaches beyond the edge of page %d. Shorten the text.", i+1))
			}
		}
	}
	return out
}
