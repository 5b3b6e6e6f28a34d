package figure

// Half widths of the body in the front view, in body heights.
const (
	halfShoulders = 0.098
	halfHips      = 0.045
	halfFeet      = 0.018
	// rLowHip is the hip that is pressed by the weight on it.
	rLowHip = 0.036
	// elbowHeight is the middle of a forearm that lies on the mat.
	elbowHeight = 0.028
	// foreArmShown is the length of the forearm that points to the reader.
	foreArmShown = 0.085
)

// plank is the joints of a side plank seen from the front.
type plank struct {
	base, hip, shoulder, head           vec
	hipLow, hipHigh, shoulderLow, shTop vec
	elbow, hand, topElbow, topHand      vec
	legs, trunk, headDir                float64
}

func (p SidePlank) solve(s Segments) plank {
	var k plank
	k.legs, k.trunk = p.LegAngle, p.TrunkAngle
	k.base = vec{0, 0.040}
	length := s.Thigh + s.Shank
	if p.OnKnees {
		k.base = vec{0, rKnee + 0.002}
		length = s.Thigh
	}
	k.hip = k.base.add(polar(length, k.legs))
	k.shoulder = k.hip.add(polar(s.Trunk, k.trunk))
	low := polar(1, k.trunk-90)
	hipLow := polar(halfHips, (k.legs+k.trunk)/2-90)
	k.hipLow, k.hipHigh = k.hip.add(hipLow), k.hip.sub(hipLow)
	k.shoulderLow, k.shTop = k.shoulder.add(low.times(halfShoulders)), k.shoulder.sub(low.times(halfShoulders))
	k.elbow = vec{k.shoulderLow.x, elbowHeight}
	k.hand = k.elbow.add(vec{foreArmShown, -0.004})
	k.headDir = k.trunk - p.NeckFlex
	k.head = k.shoulder.add(polar(s.Neck+s.Head, k.headDir))
	k.topHand = k.hipHigh.add(polar(0.030, k.trunk-90))
	mid := k.shTop.to(k.topHand, 0.46)
	k.topElbow = mid.add(polar(0.075, k.trunk+90))
	return k
}

// frontal draws a side plank.
func (p Pose) frontal(s Segments) []shape {
	k := p.SidePlank.solve(s)
	out := p.draw(body{}, behind)
	out = append(out, p.SidePlank.legs(k)...)
	out = append(out, layer(
		capsule(k.shoulder, k.head, 0.032, rNeck, skin),
		disc(k.head, 0.047, skin))...)
	out = append(out, plain(frontHair(k.head, k.headDir))...)
	// The support arm stands behind the chest.
	hem := k.shoulderLow.to(k.elbow, sleeveEnds)
	out = append(out, layer(
		capsule(k.shoulderLow, k.elbow, rUpperArm, rElbow+0.002, skin),
		capsule(k.elbow, k.hand, rElbow, rWrist+0.002, skin),
		capsule(k.shoulderLow, hem, rUpperArm, rUpperArm-0.002, shirt))...)
	out = append(out, layer(
		capsule(k.hipLow, k.hipHigh, rLowHip, 0.046, shorts),
		capsule(k.hip, k.hip.to(k.shoulder, 0.25), 0.062, 0.060, shorts),
		capsule(k.hip, k.hip.sub(polar(0.10, k.legs)), 0.056, 0.050, shorts))...)
	waist := k.hip.to(k.shoulder, 0.30)
	across := polar(0.058, k.trunk-90)
	out = append(out, layer(
		capsule(waist.add(across.times(0.35)), waist.sub(across.times(0.35)), 0.042, 0.042, shirt),
		flat(shirt, waist.add(across), waist.sub(across), k.shTop.add(polar(0.03, k.trunk)), k.shoulderLow.add(polar(0.03, k.trunk))),
		capsule(k.shTop, k.shoulderLow, 0.032, 0.032, shirt))...)
	topHem := k.shTop.to(k.topElbow, 0.5)
	out = append(out, layer(
		capsule(k.shTop, k.topElbow, rUpperArm, rElbow, skin),
		capsule(k.topElbow, k.topHand, rElbow, rWrist+0.002, skin),
		capsule(k.shTop, topHem, rUpperArm, rUpperArm-0.002, shirt))...)
	out = append(out, plain(disc(k.shTop.to(k.shoulder, 0.25), rUpperArm*0.8, shirt))...)
	return append(out, p.draw(body{}, front)...)
}

// legs draws the lower leg behind the upper one.
func (p SidePlank) legs(k plank) []shape {
	end := func(hip vec, side, wide float64) []blob {
		foot := k.base.add(polar(side*halfFeet, k.legs+90))
		knee := hip.to(foot, 0.5)
		hem := hip.to(foot, 0.32)
		if p.OnKnees {
			return []blob{
				capsule(hip, foot, wide, rKnee, skin),
				capsule(hip, hip.to(foot, 0.62), wide, 0.040, shorts)}
		}
		toe := foot.sub(polar(0.030, k.legs)).add(polar(0.006, k.legs+90))
		return []blob{
			capsule(hip, knee, wide, 0.034, skin),
			capsule(knee, foot, 0.034, 0.022, skin),
			capsule(hip, hem, wide, wide-0.004, shorts),
			capsule(foot, toe, 0.021, 0.019, shoes)}
	}
	lower := layer(end(k.hipLow, -1, rLowHip)...)
	for i := range lower {
		if lower[i].fill == skin {
			lower[i].fill = skinFar
		}
	}
	return append(lower, layer(end(k.hipHigh, 1, 0.046)...)...)
}

// frontHair is the hair seen from the front: the crown.
func frontHair(head vec, dir float64) blob {
	up, side := polar(1, dir), polar(1, dir-90)
	var kept []vec
	for i := range 72 {
		q := polar(0.049, 5*float64(i))
		if q.y > 0.012 {
			kept = append(kept, head.add(up.times(q.y)).add(side.times(q.x)))
		}
	}
	return flat(hair, hull(kept)...)
}
