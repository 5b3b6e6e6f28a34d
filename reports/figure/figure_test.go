package figure

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"backtobar/assets"
)

func shipped(t testing.TB) *Poses {
	t.Helper()
	p, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// names returns every pose in order.
func names(p *Poses) []string {
	var out []string
	for name := range p.Poses {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func near(a, b vec, within float64) bool { return a.sub(b).length() <= within }

func TestJointsLieWhereTheTableSays(t *testing.T) {
	p := shipped(t)
	checked := 0
	for _, name := range names(p) {
		pose := p.Poses[name]
		if pose.Check == nil {
			continue
		}
		checked++
		b := solve(pose, p.Segments)
		for what, pair := range map[string][2]vec{
			"hip":      {b.hip, {pose.Check.Hip[0], pose.Check.Hip[1]}},
			"shoulder": {b.shoulder, {pose.Check.Shoulder[0], pose.Check.Shoulder[1]}},
			"grip":     {b.near.grip, {pose.Check.Grip[0], pose.Check.Grip[1]}},
		} {
			if !near(pair[0], pair[1], 0.01) {
				t.Errorf("%s: the %s is at %.3f, the table says %.3f", name, what, pair[0], pair[1])
			}
		}
		if com := b.com(p.Segments); math.Abs(com.x-pose.Check.ComX) > 0.02 {
			t.Errorf("%s: centre of mass at x %.3f, the table says %.3f", name, com.x, pose.Check.ComX)
		}
	}
	if checked != 19 {
		t.Errorf("%d poses have check values, want 19", checked)
	}
}

func TestTheWeightIsInTheHand(t *testing.T) {
	p := shipped(t)
	const barLow, bellLow, step = 0.132, 0.152, 0.150
	for name, want := range map[string]float64{
		"dl_start": barLow, "kbfloor_start": bellLow, "kbstep_start": bellLow + step, "rack_start": 0.296,
	} {
		if grip := solve(p.Poses[name], p.Segments).near.grip; math.Abs(grip.y-want) > 0.01 {
			t.Errorf("%s: the hand is at height %.3f, the handle at %.3f", name, grip.y, want)
		}
	}
}

func TestStandingPosesStand(t *testing.T) {
	p := shipped(t)
	for _, name := range names(p) {
		pose := p.Poses[name]
		if pose.SidePlank != nil {
			continue
		}
		for _, side := range []Side{pose.Near, pose.Far} {
			if side.ElbowFlex < 0 || side.ElbowFlex > 165 && side.ForearmScale == 1 {
				t.Errorf("%s: the elbow bends %.0f degrees", name, side.ElbowFlex)
			}
		}
		if pose.Anchor.Joint != "ankle" || math.Abs(pose.TrunkLean) > 80 {
			continue
		}
		flat := pose.TrunkLean + pose.Near.KneeFlex - pose.Near.HipFlex
		if math.Abs(pose.Near.AnkleDorsi-flat) > 1 || flat < 0 || flat > 20 {
			t.Errorf("%s: a flat foot needs the ankle at %.0f, the pose has %.0f", name, flat, pose.Near.AnkleDorsi)
		}
		if com := solve(pose, p.Segments).com(p.Segments); com.x < -0.04 || com.x > 0.09 {
			t.Errorf("%s: would fall over, centre of mass at x %.3f", name, com.x)
		}
	}
}

func TestNothingBelowTheFloor(t *testing.T) {
	p := shipped(t)
	for _, name := range names(p) {
		for _, s := range p.Poses[name].shapes(p.Segments) {
			if low, _ := s.bounds(); low.y < -0.02 {
				t.Errorf("%s: a part reaches %.3f below the floor", name, -low.y)
				break
			}
		}
	}
}

func TestTheDowelTouchesTheBack(t *testing.T) {
	p := shipped(t)
	for _, name := range []string{"dowel_start", "dowel_end"} {
		b := solve(p.Poses[name], p.Segments)
		d := dowelDots(b)
		// The back's surface is a body's radius behind the line of the trunk.
		up, back := polar(1, b.trunk), polar(1, b.trunk+90)
		along := func(v vec) float64 { return v.sub(b.hip).x*up.x + v.sub(b.hip).y*up.y }
		behind := func(v vec) float64 { return v.sub(b.hip).x*back.x + v.sub(b.hip).y*back.y }
		for i, want := range []float64{-0.005, 0.20, b.head.sub(b.hip).length()} {
			if math.Abs(along(d[i])-want) > 0.01 {
				t.Errorf("%s: dot %d is %.3f up the back, want %.3f", name, i, along(d[i]), want)
			}
		}
		for i, surface := range []float64{rPelvis, rChest, rSkull + 0.008} {
			if gap := behind(d[i]) - 0.008 - surface; math.Abs(gap) > 0.01 {
				t.Errorf("%s: dot %d is %.3f from the body", name, i, gap)
			}
		}
	}
}

func TestDamagedDrawingsAreRefused(t *testing.T) {
	whole, err := assets.Drawings.ReadFile("drawings/poses.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"unknown prop":   {`"kind": "wall"`, `"kind": "door"`},
		"unknown key":    {`"trunk_lean": 52`, `"trunk_leen": 52`},
		"unknown anchor": {`"joint": "knee"`, `"joint": "nose"`},
		"no length":      {`"shank": 0.246`, `"shank": 0`},
		"negative elbow": {`"elbow_flex": 156`, `"elbow_flex": -1`},
		"no title":       {`"title": "Bridge: end"`, `"title": ""`},
	} {
		text := strings.Replace(string(whole), edit[0], edit[1], 1)
		if text == string(whole) {
			t.Errorf("%s: nothing to edit", name)
		}
		if _, err := Load(fstest.MapFS{"drawings/poses.json": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("a missing file was accepted")
	}
}

func TestDrawRefusesWhatItCannotDraw(t *testing.T) {
	p := shipped(t)
	if _, err := p.Draw([]string{"nobody"}, make([]Frame, 1)); err == nil {
		t.Error("an unknown pose was drawn")
	}
	if _, err := p.Draw([]string{"dl_end"}, nil); err == nil {
		t.Error("a pose without a frame was drawn")
	}
}
