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
		z:     vector.NewRasterizer(w, h),
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
	// left, top, right, bottom frame what was added since the last fill, in
	// pixels: only this part of the picture is touched.
	left, top, right, bottom float64
	any                      bool
}

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
		x, y := c.pixel(p.X, p.Y)
		if i == 0 {
			c.z.MoveTo(x, y)
		} else {
			c.z.LineTo(x, y)
		}
	}
	c.z.ClosePath()
}

// pixel converts a place and widens the frame.
func (c *canvas) pixel(x, y float64) (float32, float32) {
	x, y = x*c.scale, y*c.scale
	if !c.any {
		c.left, c.top, c.right, c.bottom, c.any = x, y, x, y, true
	}
	c.left, c.top = min(c.left, x), min(c.top, y)
	c.right, c.bottom = max(c.right, x), max(c.bottom, y)
	return float32(x), float32(y)
}

// fill paints what was added and starts anew.
func (c *canvas) fill(colour doc.Colour) {
	frame := image.Rect(int(math.Floor(c.left)), int(math.Floor(c.top)),
		int(math.Ceil(c.right))+1, int(math.Ceil(c.bottom))+1).Intersect(c.img.Bounds())
	if c.any && !frame.Empty() {
		ink := image.NewUniform(color.RGBA{R: colour.R, G: colour.G, B: colour.B, A: 255})
		c.z.Draw(c.img, frame, ink, image.Point{})
	}
	c.z.Reset(c.img.Rect.Dx(), c.img.Rect.Dy())
	c.any = false
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
		at := func(p fixed.Point26_6) (float32, float32) {
			return c.pixel(x+float64(p.X)*unit, t.Y+float64(p.Y)*unit)
		}
		for _, s := range segments {
			c.glyph(s, at)
		}
		x += c.fonts.Advance(r, t.Size, t.Bold)
	}
	c.fill(t.Colour)
	return nil
}

func (c *canvas) glyph(s sfnt.Segment, at func(fixed.Point26_6) (float32, float32)) {
	ax, ay := at(s.Args[0])
	switch s.Op {
	case sfnt.SegmentOpMoveTo:
		c.z.ClosePath()
		c.z.MoveTo(ax, ay)
	case sfnt.SegmentOpLineTo:
		c.z.LineTo(ax, ay)
	case sfnt.SegmentOpQuadTo:
		bx, by := at(s.Args[1])
		c.z.QuadTo(ax, ay, bx, by)
	case sfnt.SegmentOpCubeTo:
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		c.z.CubeTo(ax, ay, bx, by, cx, cy)
	}
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
