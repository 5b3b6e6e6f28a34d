// Package raster draws a page of a display list as a picture, for the preview
// in the window. Texts stand where the PDF has them, glyph by glyph with the
// same widths, so the preview is the sheet and not a likeness of it.
package raster

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"backtobar/reports/doc"
)

// maxSide bounds a picture, in pixels.
const maxSide = 8000

// Page draws one page on white. Scale is pixels a point: 1 gives 72 pixels an
// inch. It is an error when the picture would be empty or have a side of more
// than 8000 pixels. The same page gives the same picture.
func Page(p doc.Page, scale float64) (*image.RGBA, error) {
	fonts, err := doc.LoadFonts()
	if err != nil {
		return nil, err
	}
	w, h := int(math.Ceil(p.W*scale)), int(math.Ceil(p.H*scale))
	if !(w > 0 && h > 0 && w <= maxSide && h <= maxSide) {
		return nil, errors.New("raster: the scale does not suit the page")
	}
	c := &canvas{
		img:   image.NewRGBA(image.Rect(0, 0, w, h)),
		z:     vector.NewRasterizer(0, 0),
		scale: scale,
		fonts: fonts,
	}
	draw.Draw(c.img, c.img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, item := range p.Items {
		if err := c.item(item); err != nil {
			return nil, fmt.Errorf("raster: %w", err)
		}
	}
	return c.img, nil
}

// canvas is a picture while it is drawn.
type canvas struct {
	img   *image.RGBA
	z     *vector.Rasterizer
	scale float64
	fonts *doc.Fonts
	buf   sfnt.Buffer
	// pending is the outlines added since the last fill, in pixels.
	pending []move
}

// move is one step of an outline: to a new start, along a line, or along a
// curve of two or three points.
type move struct {
	op sfnt.SegmentOp
	to [3]pixel
	n  int
}

type pixel struct{ x, y float64 }

func (c *canvas) item(item doc.Item) error {
	switch x := item.(type) {
	case doc.Text:
		return c.text(x)
	case doc.Rect:
		outline := roundRect(x.X, x.Y, x.W, x.H, x.Radius)
		c.shape(outline, x.Fill, x.Stroke, x.Width)
	case doc.Line:
		if x.Stroke.On && x.Width > 0 {
			c.segment(doc.Point{X: x.X1, Y: x.Y1}, doc.Point{X: x.X2, Y: x.Y2}, x.Width)
			c.fill(x.Stroke)
		}
	case doc.Polygon:
		c.shape(x.Points, x.Fill, x.Stroke, x.Width)
	case doc.Circle:
		c.shape(arc(nil, doc.Point{X: x.X, Y: x.Y}, x.R, 0, 2*math.Pi), x.Fill, x.Stroke, x.Width)
	}
	return nil
}

// shape fills a closed outline and draws its edge.
func (c *canvas) shape(outline []doc.Point, fill, stroke doc.Colour, width float64) {
	if len(outline) == 0 {
		return
	}
	if fill.On {
		c.path(outline)
		c.fill(fill)
	}
	if stroke.On && width > 0 {
		for i, p := range outline {
			c.segment(p, outline[(i+1)%len(outline)], width)
		}
		c.fill(stroke)
	}
}

// segment adds a line with round ends. Overlapping segments of one edge merge,
// because every one is added in the same direction of turning.
func (c *canvas) segment(a, b doc.Point, width float64) {
	r, dir := width/2, math.Atan2(b.Y-a.Y, b.X-a.X)
	out := arc(nil, b, r, dir-math.Pi/2, dir+math.Pi/2)
	c.path(arc(out, a, r, dir+math.Pi/2, dir+3*math.Pi/2))
}

// path adds a closed outline in points.
func (c *canvas) path(points []doc.Point) {
	for i, p := range points {
		op := sfnt.SegmentOpLineTo
		if i == 0 {
			op = sfnt.SegmentOpMoveTo
		}
		c.pending = append(c.pending, move{op, [3]pixel{{p.X * c.scale, p.Y * c.scale}}, 1})
	}
}

// frame is the part of the picture that the pending outlines can touch.
func (c *canvas) frame() image.Rectangle {
	if len(c.pending) == 0 {
		return image.Rectangle{}
	}
	low := c.pending[0].to[0]
	high := low
	for _, m := range c.pending {
		for _, p := range m.to[:m.n] {
			low = pixel{min(low.x, p.x), min(low.y, p.y)}
			high = pixel{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	return image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)),
		int(math.Ceil(high.x))+1, int(math.Ceil(high.y))+1)
}

// fill paints the pending outlines. The rasterizer is made only as large as
// they are: most are a few pixels wide.
func (c *canvas) fill(colour doc.Colour) {
	frame := c.frame().Intersect(c.img.Bounds())
	if !frame.Empty() {
		c.z.Reset(frame.Dx(), frame.Dy())
		at := func(p pixel) (float32, float32) {
			return float32(p.x - float64(frame.Min.X)), float32(p.y - float64(frame.Min.Y))
		}
		for _, m := range c.pending {
			ax, ay := at(m.to[0])
			bx, by := at(m.to[1])
			cx, cy := at(m.to[2])
			switch m.op {
			case sfnt.SegmentOpMoveTo:
				c.z.ClosePath()
				c.z.MoveTo(ax, ay)
			case sfnt.SegmentOpLineTo:
				c.z.LineTo(ax, ay)
			case sfnt.SegmentOpQuadTo:
				c.z.QuadTo(ax, ay, bx, by)
			case sfnt.SegmentOpCubeTo:
				c.z.CubeTo(ax, ay, bx, by, cx, cy)
			}
		}
		c.z.ClosePath()
		ink := image.NewUniform(color.RGBA{R: colour.R, G: colour.G, B: colour.B, A: 255})
		c.z.Draw(c.img, frame, ink, image.Point{})
	}
	c.pending = c.pending[:0]
}

// text draws each glyph's outline at the place that the unkerned widths give.
func (c *canvas) text(t doc.Text) error {
	face, _ := c.fonts.Font(t.Bold)
	units := fixed.I(int(face.UnitsPerEm()))
	unit := t.Size / float64(units)
	x := t.X
	for _, r := range t.Content {
		i, err := face.GlyphIndex(&c.buf, r)
		if err != nil {
			return err
		}
		segments, err := face.LoadGlyph(&c.buf, i, units, nil)
		if err != nil {
			return err
		}
		for _, s := range segments {
			m := move{op: s.Op, n: 1}
			switch s.Op {
			case sfnt.SegmentOpQuadTo:
				m.n = 2
			case sfnt.SegmentOpCubeTo:
				m.n = 3
			}
			for i, p := range s.Args[:m.n] {
				m.to[i] = pixel{(x + float64(p.X)*unit) * c.scale, (t.Y + float64(p.Y)*unit) * c.scale}
			}
			c.pending = append(c.pending, m)
		}
		x += c.fonts.Advance(r, t.Size, t.Bold)
	}
	c.fill(t.Colour)
	return nil
}

// arc appends points on a circle from one angle to another.
func arc(to []doc.Point, centre doc.Point, r, from, until float64) []doc.Point {
	steps := max(4, int(math.Ceil(math.Abs(until-from)*math.Sqrt(r+1)*4)))
	for i := range steps + 1 {
		sin, cos := math.Sincos(from + (until-from)*float64(i)/float64(steps))
		to = append(to, doc.Point{X: centre.X + r*cos, Y: centre.Y + r*sin})
	}
	return to
}

func roundRect(x, y, w, h, r float64) []doc.Point {
	if r <= 0 {
		return []doc.Point{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}}
	}
	out := arc(nil, doc.Point{X: x + w - r, Y: y + r}, r, -math.Pi/2, 0)
	out = arc(out, doc.Point{X: x + w - r, Y: y + h - r}, r, 0, math.Pi/2)
	out = arc(out, doc.Point{X: x + r, Y: y + h - r}, r, math.Pi/2, math.Pi)
	return arc(out, doc.Point{X: x + r, Y: y + r}, r, math.Pi, 3*math.Pi/2)
}
