package figure

// place is the layer in which a prop is drawn.
type place int

const (
	behind place = iota
	stick
	held
	front
)

// propDrawer draws one kind of prop on one layer.
type propDrawer struct {
	place place
	draw  func(Prop, body) []shape
}

// propDrawers is every thing that can be in a picture, with its layers.
var propDrawers = map[string][]propDrawer{
	"wall":       {{behind, wall}},
	"step":       {{behind, step}},
	"mat":        {{behind, mat}},
	"bench":      {{behind, bench}},
	"stool":      {{behind, stool}},
	"strap":      {{front, strap}},
	"pins":       {{behind, pins}},
	"dowel":      {{stick, dowel}, {front, dots}},
	"kettlebell": {{held, kettlebell}},
	"barbell":    {{held, plate}, {front, hub}},
}

// draw draws the pose's props of one layer.
func (p Pose) draw(b body, at place) []shape {
	var out []shape
	for _, prop := range p.Props {
		for _, d := range propDrawers[prop.Kind] {
			if d.place == at {
				out = append(out, d.draw(prop, b)...)
			}
		}
	}
	return out
}

func box(x, to, low, high float64) []vec {
	return []vec{{x, low}, {to, low}, {to, high}, {x, high}}
}

func wall(p Prop, _ body) []shape {
	return []shape{
		{points: box(p.X-0.030, p.X, 0, 1.02), fill: boxFill},
		{points: box(p.X-0.006, p.X, 0, 1.02), fill: iron},
	}
}

func step(p Prop, _ body) []shape {
	return layer(flat(boxFill, box(p.X, p.To, 0.006, p.Height-0.006)...))
}

func mat(p Prop, _ body) []shape {
	return plain(capsule(vec{p.X, -0.002}, vec{p.To, -0.002}, 0.009, 0.009, matFill))
}

func bench(p Prop, _ body) []shape {
	const thick, legWide = 0.040, 0.018
	out := plain(
		flat(iron, box(p.X+0.04, p.X+0.04+legWide, 0, p.Height-thick)...),
		flat(iron, box(p.To-0.10, p.To-0.10+legWide, 0, p.Height-thick)...))
	return append(out, layer(flat(padFill, box(p.X, p.To, p.Height-thick, p.Height-0.004)...))...)
}

func stool(p Prop, _ body) []shape {
	out := plain(
		flat(iron, box(p.X+0.015, p.X+0.029, 0, p.Height-0.02)...),
		flat(iron, box(p.To-0.029, p.To-0.015, 0, p.Height-0.02)...))
	return append(out, layer(flat(boxFill, box(p.X, p.To, p.Height-0.020, p.Height-0.004)...))...)
}

// strap holds the shanks to the bench.
func strap(p Prop, _ body) []shape {
	return plain(flat(ink, box(p.X-0.009, p.X+0.009, p.Height-0.045, p.Height+0.082)...))
}

// pins is one post of a rack with the arm that the bar rests on.
func pins(p Prop, _ body) []shape {
	return plain(
		flat(ironLight, box(p.X+0.010, p.X+0.030, 0, 0.62)...),
		capsule(vec{p.X - 0.035, p.Height}, vec{p.X + 0.10, p.Height}, 0.008, 0.008, iron))
}

// dowelEnds is the line of the dowel behind the back.
func dowelEnds(b body) (low, high vec) {
	back := polar(dowelBehind, b.trunk+90)
	return b.hip.add(back).sub(polar(0.105, b.trunk)), b.hip.add(back).add(polar(0.50, b.trunk))
}

func dowel(_ Prop, b body) []shape {
	low, high := dowelEnds(b)
	const half = 0.008
	return layer(capsule(low, high, half, half, wood))
}

// dowelDots are the three contacts: sacrum, mid-back and head.
func dowelDots(b body) [3]vec {
	back := polar(dowelBehind, b.trunk+90)
	at := func(up float64) vec { return b.hip.add(back).add(polar(up, b.trunk)) }
	return [3]vec{at(-0.005), at(0.20), at(b.head.sub(b.hip).length())}
}

func dots(_ Prop, b body) []shape {
	var out []shape
	for _, d := range dowelDots(b) {
		out = append(out, plain(disc(d, 0.0105, accent))...)
	}
	return out
}

// kettlebell hangs straight below the grip. Its base is .152 below the handle.
func kettlebell(_ Prop, b body) []shape {
	const ball, drop = 0.056, 0.096
	g := b.near.grip
	c := g.sub(vec{0, drop})
	const top, bottom, thick = 0.033, 0.050, 0.0105
	out := plain(
		capsule(g.add(vec{-top, 0}), g.add(vec{top, 0}), thick, thick, iron),
		capsule(g.add(vec{-top, 0}), c.add(vec{-bottom, 0.030}), thick, thick, iron),
		capsule(g.add(vec{top, 0}), c.add(vec{bottom, 0.030}), thick, thick, iron))
	out = append(out, layer(disc(c, ball-grow, iron))...)
	return append(out, plain(disc(c.add(vec{-0.016, 0.014}), 0.015, ironLight))...)
}

// plate is a ring, so that the shins stay visible behind it. Its rim touches
// the floor when the bar is at .132.
func plate(_ Prop, b body) []shape {
	const rim, wide = 0.132, 0.020
	c := b.near.grip
	return []shape{
		{centre: c, radius: rim - wide/2, stroke: iron, width: wide},
		{centre: c, radius: 0.088, stroke: ironLight, width: 0.007},
	}
}

// hub is the end of the bar. It stands before the hand, so that it is plain
// what is held.
func hub(_ Prop, b body) []shape {
	c := b.near.grip
	return []shape{
		{centre: c, radius: 0.022, fill: iron},
		{centre: c, radius: 0.010, fill: skin},
	}
}
