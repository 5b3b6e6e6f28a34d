package figure

// Radii of the body's parts, in body heights. Two numbers are the ends of a
// tapered part.
const (
	rPelvis, rWaist       = 0.060, 0.052
	rChest, rShoulder     = 0.058, 0.046
	rNeck                 = 0.026
	rSkull, rFace         = 0.052, 0.043
	rNose, rChin          = 0.012, 0.018
	rUpperArm, rElbow     = 0.030, 0.024
	rWrist, rHand         = 0.018, 0.022
	rThigh, rKnee, rAnkle = 0.054, 0.037, 0.023
	rHeel, rToe           = 0.021, 0.014
)

// The clothes end part of the way down a limb.
const (
	sleeveEnds = 0.42
	shortsEnd  = 0.60
)

// dowelBehind is how far the dowel lies behind the line of the trunk.
const dowelBehind = 0.068

// side draws a pose seen from the side, from the back layer to the front.
func (p Pose) side(s Segments) []shape {
	b := solve(p, s)
	var out []shape
	out = append(out, p.draw(b, behind)...)
	out = append(out, layer(leg(b, b.far, s, true)...)...)
	out = append(out, layer(arm(b, b.far, true)...)...)
	out = append(out, p.draw(b, stick)...)
	out = append(out, layer(skull(b.shoulder, b.neck, b.head, b.headDir)...)...)
	out = append(out, plain(hairCap(b.head, b.headDir))...)
	hips := []blob{capsule(b.hip, b.waist, rPelvis, rWaist, shorts)}
	out = append(out, layer(append(leg(b, b.near, s, false), hips...)...)...)
	out = append(out, chest(b)...)
	out = append(out, p.draw(b, held)...)
	out = append(out, layer(arm(b, b.near, false)...)...)
	// A patch of shirt hides the ring of ink where the arm joins the chest.
	out = append(out, plain(disc(b.shoulder.to(b.waist, 0.05), rUpperArm*0.86, shirt))...)
	out = append(out, p.draw(b, front)...)
	if p.Arrow != nil {
		out = append(out, arrow(*p.Arrow)...)
	}
	return out
}

func leg(b body, l limb, s Segments, far bool) []blob {
	flesh, cloth := skin, shorts
	if far {
		flesh, cloth = skinFar, shortsFar
	}
	hem := b.hip.to(l.knee, shortsEnd)
	rHem := rThigh + (rKnee-rThigh)*shortsEnd
	up := l.foot + 90
	sole := l.ankle.sub(polar(s.Ankle, up))
	heel := sole.add(polar(rHeel, up)).sub(polar(s.Heel-rHeel, l.foot))
	toe := sole.add(polar(rToe, up)).add(polar(s.Toe-rToe, l.foot))
	return []blob{
		capsule(b.hip, l.knee, rThigh, rKnee, flesh),
		capsule(l.knee, l.ankle, rKnee, rAnkle, flesh),
		capsule(b.hip, hem, rThigh, rHem, cloth),
		capsule(heel, toe, rHeel, rToe, shoes),
	}
}

func arm(b body, l limb, far bool) []blob {
	flesh, cloth := skin, shirt
	if far {
		flesh, cloth = skinFar, shirtFar
	}
	hem := b.shoulder.to(l.elbow, sleeveEnds)
	rHem := rUpperArm + (rElbow-rUpperArm)*sleeveEnds
	return []blob{
		capsule(b.shoulder, l.elbow, rUpperArm, rElbow, flesh),
		capsule(l.elbow, l.wrist, rElbow, rWrist, flesh),
		capsule(l.wrist, l.grip, rWrist, rHand, flesh),
		capsule(b.shoulder, hem, rUpperArm, rHem, cloth),
	}
}

// chest covers the upper trunk down over the waistband.
func chest(b body) []shape {
	mid := b.waist.to(b.shoulder, 0.45)
	return layer(
		capsule(b.waist, mid, rWaist, rChest, shirt),
		capsule(mid, b.shoulder, rChest, rShoulder, shirt))
}

// skull is neck, head, nose and chin; they show where the person looks.
func skull(shoulder, neck, head vec, dir float64) []blob {
	up, face := polar(1, dir), polar(1, dir-90)
	at := func(upward, forward float64) vec { return head.add(up.times(upward)).add(face.times(forward)) }
	return []blob{
		capsule(shoulder, neck.add(up.times(0.02)), 0.030, rNeck, skin),
		capsule(at(-0.016, 0.006), at(0.002, 0), rFace, rSkull, skin),
		disc(at(-0.010, 0.050), rNose, skin),
		disc(at(-0.043, 0.030), rChin, skin),
	}
}

// hairCap is a neutral cap of hair: the part of the skull behind and above a
// line from the forehead to the nape.
func hairCap(head vec, dir float64) blob {
	up, face := polar(1, dir), polar(1, dir-90)
	var kept []vec
	const corners = 72
	for i := range corners {
		p := polar(rSkull+0.002, 360*float64(i)/corners)
		// In the head's own frame: y up, x to the face.
		if p.x*0.80-(p.y-0.010)*0.60 < 0.019 && p.y > -0.034 {
			kept = append(kept, head.add(up.times(p.y+0.002)).add(face.times(p.x)))
		}
	}
	return flat(hair, hull(kept)...)
}
