package figure

import "math"

// vec is a place or a step in body heights.
type vec struct{ x, y float64 }

func (a vec) add(b vec) vec           { return vec{a.x + b.x, a.y + b.y} }
func (a vec) sub(b vec) vec           { return vec{a.x - b.x, a.y - b.y} }
func (a vec) times(k float64) vec     { return vec{a.x * k, a.y * k} }
func (a vec) to(b vec, t float64) vec { return a.add(b.sub(a).times(t)) }
func (a vec) length() float64         { return math.Hypot(a.x, a.y) }

// polar is a step of the length in the direction.
func polar(length, degrees float64) vec {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return vec{length * cos, length * sin}
}

// waistAt is how far up the trunk the waist is.
const waistAt = 0.42

// limb is the joints of one side.
type limb struct {
	knee, ankle, elbow, wrist, grip vec
	// foot is the direction of the sole.
	foot float64
}

// body is a solved pose: where every joint is.
type body struct {
	hip, waist, shoulder, neck, head vec
	// trunk and facing are the directions of the lower trunk and of the head.
	trunk, headDir float64
	near, far      limb
}

// solve walks from the hip outward and then shifts the whole body so that the
// anchor stands in its place.
func solve(p Pose, s Segments) body {
	b := body{trunk: 90 - p.TrunkLean}
	upper := b.trunk - p.LumbarFlex
	b.waist = polar(s.Trunk*waistAt, b.trunk)
	b.shoulder = b.waist.add(polar(s.Trunk*(1-waistAt), upper))
	b.headDir = upper - p.NeckFlex
	b.neck = b.shoulder.add(polar(s.Neck, b.headDir))
	b.head = b.neck.add(polar(s.Head, b.headDir))
	b.near = b.limb(p.Near, s, upper)
	b.far = b.limb(p.Far, s, upper)

	at := map[string]vec{"ankle": b.near.ankle, "knee": b.near.knee, "hip": b.hip}[p.Anchor.Joint]
	shift := vec{p.Anchor.X, p.Anchor.Y}.sub(at)
	for _, joint := range []*vec{&b.hip, &b.waist, &b.shoulder, &b.neck, &b.head,
		&b.near.knee, &b.near.ankle, &b.near.elbow, &b.near.wrist, &b.near.grip,
		&b.far.knee, &b.far.ankle, &b.far.elbow, &b.far.wrist, &b.far.grip} {
		*joint = joint.add(shift)
	}
	return b
}

func (b body) limb(j Side, s Segments, upper float64) limb {
	var l limb
	thigh := b.trunk + j.HipFlex
	shank := thigh - j.KneeFlex
	l.knee = b.hip.sub(polar(s.Thigh, thigh))
	l.ankle = l.knee.sub(polar(s.Shank, shank))
	if !j.FootFlat {
		l.foot = shank - 90 + j.AnkleDorsi
	}
	upperArm := upper + 180 + j.ShoulderFlex
	forearm := upperArm + j.ElbowFlex
	l.elbow = b.shoulder.add(polar(s.UpperArm, upperArm))
	l.wrist = l.elbow.add(polar(s.Forearm*j.ForearmScale, forearm))
	l.grip = l.wrist.add(polar(s.Hand, forearm+j.WristExt))
	return l
}

// part is a share of the body's mass at a share of the way between two joints,
// after Winter's table; head and neck count at the head.
type part struct {
	from, to     vec
	along, share float64
}

// com is the centre of mass of the body.
func (b body) com(s Segments) vec {
	const arm, fore, hand, thigh, shank, foot = 0.028, 0.016, 0.006, 0.100, 0.0465, 0.0145
	parts := []part{{b.head, b.neck, 0, 0.081}, {b.hip, b.shoulder, 0.5, 0.497}}
	for _, l := range []limb{b.near, b.far} {
		sole := l.ankle.add(polar((s.Toe-s.Heel)/2, l.foot))
		parts = append(parts,
			part{b.shoulder, l.elbow, 0.436, arm}, part{l.elbow, l.wrist, 0.430, fore}, part{l.wrist, l.grip, 0.5, hand},
			part{b.hip, l.knee, 0.433, thigh}, part{l.knee, l.ankle, 0.433, shank}, part{l.ankle, sole, 1, foot})
	}
	var sum vec
	total := 0.0
	for _, p := range parts {
		sum = sum.add(p.from.to(p.to, p.along).times(p.share))
		total += p.share
	}
	return sum.times(1 / total)
}
