package figure

import (
	"fmt"

	"backtobar/domain"
	"backtobar/reports/doc"
)

// The part of the world that a picture shows at least, in body heights: a
// person standing, or lying.
const (
	seenTall = 1.06
	seenWide = 1.02
	seenLong = 1.30
	// lying is the height below which a pair counts as lying.
	lying = 0.62
	// seenBelow is what shows below the floor line.
	seenBelow = 0.03
)

// minStroke is the thinnest line in print, in points.
const minStroke = 0.6

// Frame is where a picture stands on the page, in points.
type Frame struct{ X, Y, W, H float64 }

// Size returns how much of the world the pictures of the named poses show, in
// body heights: the same for all of them, so that the movement is what changes.
// Frames of that shape have no empty room: a lying person needs a low, wide one.
// An unknown pose is a Problem.
func (p *Poses) Size(names []string) (wide, tall float64, err error) {
	_, v, err := p.view(names)
	return v.wide, v.tall, err
}

// view is what a set of pictures shows.
type view struct {
	wide, tall, middle float64
}

// view returns the shapes of each pose and the part of the world to show.
func (p *Poses) view(names []string) ([][]shape, view, error) {
	drawn := make([][]shape, len(names))
	var low, high vec
	for i, name := range names {
		pose, ok := p.Poses[name]
		if !ok {
			return nil, view{}, domain.Problems{{Field: "figures", Text: "There is no picture " + name}}
		}
		drawn[i] = pose.shapes(p.Segments)
		for j, s := range drawn[i] {
			a, b := s.bounds()
			if i == 0 && j == 0 {
				low, high = a, b
			}
			low, high = vec{min(low.x, a.x), min(low.y, a.y)}, vec{max(high.x, b.x), max(high.y, b.y)}
		}
	}
	v := view{seenWide, seenTall, (low.x + high.x) / 2}
	if high.y < lying {
		v.wide, v.tall = seenLong, high.y+2*seenBelow
	}
	v.wide = max(v.wide, high.x-low.x+0.04)
	return drawn, v, nil
}

// Draw returns the pictures of the named poses, one for each frame. All frames
// of a call share scale, floor line and x origin, so that the movement is what
// changes between them; the frames must have the same size. The floor line is
// drawn in each. An unknown pose is a Problem.
func (p *Poses) Draw(names []string, frames []Frame) ([]doc.Item, error) {
	if len(names) != len(frames) || len(names) == 0 {
		return nil, fmt.Errorf("figure: %d poses for %d frames", len(names), len(frames))
	}
	drawn, v, err := p.view(names)
	if err != nil {
		return nil, err
	}
	f := frames[0]
	c := camera{scale: min(f.H/v.tall, f.W/v.wide), middle: v.middle}
	var out []doc.Item
	for i, shapes := range drawn {
		c.frame = frames[i]
		out = append(out, c.floor())
		for _, s := range shapes {
			out = append(out, c.item(s))
		}
	}
	return out, nil
}

// shapes draws the pose in the world.
func (p Pose) shapes(s Segments) []shape {
	if p.SidePlank != nil {
		return p.frontal(s)
	}
	return p.side(s)
}

// camera turns the world into points: x is its middle, the floor is near the
// lower edge of the frame.
type camera struct {
	frame  Frame
	scale  float64
	middle float64
}

func (c camera) at(v vec) doc.Point {
	return doc.Point{
		X: c.frame.X + c.frame.W/2 + (v.x-c.middle)*c.scale,
		Y: c.frame.Y + c.frame.H - (v.y+seenBelow)*c.scale,
	}
}

func (c camera) floor() doc.Item {
	y := c.at(vec{}).Y
	return doc.Line{X1: c.frame.X, Y1: y, X2: c.frame.X + c.frame.W, Y2: y, Stroke: shoes, Width: 0.8}
}

func (c camera) item(s shape) doc.Item {
	width := 0.0
	if s.stroke.On {
		width = max(minStroke, s.width*c.scale)
	}
	if s.radius > 0 {
		at := c.at(s.centre)
		return doc.Circle{X: at.X, Y: at.Y, R: s.radius * c.scale, Fill: s.fill, Stroke: s.stroke, Width: width}
	}
	points := make([]doc.Point, len(s.points))
	for i, v := range s.points {
		points[i] = c.at(v)
	}
	return doc.Polygon{Points: points, Fill: s.fill, Stroke: s.stroke, Width: width}
}
