package figure

import (
	"slices"

	"backtobar/reports/doc"
)

// grow is the width of the ink around a layer, in body heights.
const grow = 0.0055

// The fills are grey-safe: in grey print skin, shirt, shorts and shoes keep
// apart, and everything stands out from paper by its ink.
var (
	ink     = doc.RGB(0x1b, 0x26, 0x31)
	skin    = doc.RGB(246, 247, 249)
	skinFar = doc.RGB(222, 226, 230)
	shirt   = doc.RGB(199, 214, 224)
	// shirtFar is the sleeve of the far arm.
	shirtFar  = doc.RGB(172, 186, 196)
	shorts    = doc.RGB(122, 140, 153)
	shortsFar = doc.RGB(160, 172, 182)
	shoes     = doc.RGB(90, 98, 106)
	hair      = doc.RGB(92, 82, 75)
	accent    = doc.RGB(0x00, 0x5c, 0x7a)
	iron      = doc.RGB(70, 78, 86)
	ironLight = doc.RGB(150, 158, 166)
	boxFill   = doc.RGB(209, 214, 219)
	wood      = doc.RGB(214, 160, 96)
	matFill   = doc.RGB(176, 200, 212)
	padFill   = doc.RGB(150, 170, 182)
)

// shape is a filled outline, or a ring when width is given, in body heights.
type shape struct {
	points []vec
	fill   doc.Colour
	stroke doc.Colour
	width  float64
	// centre and radius make a circle when the radius is not 0.
	centre vec
	radius float64
}

// bounds is the frame of the shape.
func (s shape) bounds() (low, high vec) {
	if s.radius > 0 {
		r := vec{s.radius + s.width/2, s.radius + s.width/2}
		return s.centre.sub(r), s.centre.add(r)
	}
	low, high = s.points[0], s.points[0]
	for _, p := range s.points {
		low = vec{min(low.x, p.x), min(low.y, p.y)}
		high = vec{max(high.x, p.x), max(high.y, p.y)}
	}
	half := vec{s.width / 2, s.width / 2}
	return low.sub(half), high.add(half)
}

// blob is one part of a layer: it can be made wider by the ink.
type blob struct {
	outline func(grow float64) []vec
	fill    doc.Colour
}

// round is how many corners stand for each end of a capsule.
const round = 22

// capsule is the convex hull of two circles.
func capsule(a, b vec, ra, rb float64, fill doc.Colour) blob {
	return blob{func(g float64) []vec {
		var all []vec
		for i := range round {
			step := polar(1, 360*float64(i)/round)
			all = append(all, a.add(step.times(ra+g)), b.add(step.times(rb+g)))
		}
		return hull(all)
	}, fill}
}

func disc(c vec, r float64, fill doc.Colour) blob { return capsule(c, c, r, r, fill) }

// flat is a convex shape with corners; its ink is a round brush along the edge.
func flat(fill doc.Colour, corners ...vec) blob {
	return blob{func(g float64) []vec {
		if g == 0 {
			return corners
		}
		var all []vec
		for _, c := range corners {
			for i := range round {
				all = append(all, c.add(polar(g, 360*float64(i)/round)))
			}
		}
		return hull(all)
	}, fill}
}

// layer draws all parts in ink a little wider, then again in their fills, so
// that they merge into one silhouette without lines inside.
func layer(parts ...blob) []shape {
	var out []shape
	for _, p := range parts {
		out = append(out, shape{points: p.outline(grow), fill: ink})
	}
	for _, p := range parts {
		out = append(out, shape{points: p.outline(0), fill: p.fill})
	}
	return out
}

// plain draws parts without ink.
func plain(parts ...blob) []shape {
	var out []shape
	for _, p := range parts {
		out = append(out, shape{points: p.outline(0), fill: p.fill})
	}
	return out
}

// hull is the convex hull, counter-clockwise (Andrew's monotone chain).
func hull(points []vec) []vec {
	sorted := slices.Clone(points)
	slices.SortFunc(sorted, func(a, b vec) int {
		switch {
		case a.x < b.x || a.x == b.x && a.y < b.y:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	half := func(points []vec) []vec {
		var out []vec
		for _, p := range points {
			for len(out) >= 2 {
				a, b := out[len(out)-2], out[len(out)-1]
				if (b.x-a.x)*(p.y-a.y)-(b.y-a.y)*(p.x-a.x) > 1e-12 {
					break
				}
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		return out
	}
	lower := half(sorted)
	slices.Reverse(sorted)
	upper := half(sorted)
	return append(lower[:len(lower)-1], upper[:len(upper)-1]...)
}

// arrow is a straight arrow with a filled head.
func arrow(a Arrow) []shape {
	from, to := vec{a.From[0], a.From[1]}, vec{a.To[0], a.To[1]}
	along := to.sub(from)
	length := along.length()
	along = along.times(1 / length)
	across := vec{-along.y, along.x}
	const shaft, half, head = 0.0065, 0.019, 0.042
	neck := to.sub(along.times(head))
	return plain(
		capsule(from, neck, shaft, shaft, accent),
		flat(accent, to, neck.add(across.times(half)), neck.sub(across.times(half))))
}
