// Package figure draws the exercise pictures. A picture is not a file: a pose
// says the angle of each joint, the same way a therapist would read them, and
// the body, its outline and the equipment follow by arithmetic. So all pictures
// have one style and one scale, are sharp at any size, and are the same on
// screen and paper.
//
// Lengths are in body heights. World x runs to the right, y up, the floor is at
// y = 0 and the person faces right. Angles are in degrees; a direction is
// counted counter-clockwise from the x axis.
package figure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"backtobar/assets"
	"backtobar/domain"
)

// Poses is the set of drawings. It is read-only after Load.
type Poses struct {
	About    string          `json:"about"`
	Segments Segments        `json:"segments"`
	Poses    map[string]Pose `json:"poses"`
}

// Segments are the lengths of the body's parts in body heights, after the
// fractions of Drillis and Contini; the hand is shortened to the grip.
type Segments struct {
	Shank    float64 `json:"shank"`
	Thigh    float64 `json:"thigh"`
	Trunk    float64 `json:"trunk"`
	Neck     float64 `json:"neck"`
	Head     float64 `json:"head"`
	UpperArm float64 `json:"upper_arm"`
	Forearm  float64 `json:"forearm"`
	Hand     float64 `json:"hand"`
	// Ankle is the height of the ankle above the sole, Toe and Heel how far the
	// foot reaches in front of and behind it.
	Ankle float64 `json:"ankle"`
	Toe   float64 `json:"toe"`
	Heel  float64 `json:"heel"`
}

// Pose is one position of the body, seen from its right side, or from the
// front for a side plank.
type Pose struct {
	Title string `json:"title"`
	// TrunkLean is from upright: positive forward, 90 face down, -90 face up.
	TrunkLean float64 `json:"trunk_lean"`
	// LumbarFlex turns the upper 58 percent of the trunk; 0 is neutral.
	LumbarFlex float64 `json:"lumbar_flex"`
	// NeckFlex is positive with the chin to the chest.
	NeckFlex float64 `json:"neck_flex"`
	// Anchor is the joint that stands at a given place.
	Anchor Anchor `json:"anchor"`
	// Near is the side toward the reader.
	Near Side `json:"near"`
	Far  Side `json:"far"`
	// SidePlank replaces all joints above by the few angles of the front view.
	SidePlank *SidePlank `json:"side_plank"`
	Props     []Prop     `json:"props"`
	// Arrow shows the movement, nil for none.
	Arrow *Arrow `json:"arrow"`
	// Check is what the angles must lead to, computed by other means.
	Check *Check `json:"check"`
}

// Anchor places one near joint: "ankle", "knee" or "hip".
type Anchor struct {
	Joint string  `json:"joint"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
}

// Side is the joints of one side of the body.
type Side struct {
	HipFlex  float64 `json:"hip_flex"`
	KneeFlex float64 `json:"knee_flex"`
	// AnkleDorsi is positive with the toes up. It is not used when FootFlat.
	AnkleDorsi float64 `json:"ankle_dorsi"`
	FootFlat   bool    `json:"foot_flat"`
	// ShoulderFlex is positive with the arm forward.
	ShoulderFlex float64 `json:"shoulder_flex"`
	// ElbowFlex is never below 0.
	ElbowFlex float64 `json:"elbow_flex"`
	WristExt  float64 `json:"wrist_ext"`
	// ForearmScale is below 1 when the forearm points out of the picture.
	ForearmScale float64 `json:"forearm_scale"`
}

// SidePlank is a side plank seen from the front.
type SidePlank struct {
	// LegAngle and TrunkAngle are above the floor.
	LegAngle   float64 `json:"leg_angle"`
	TrunkAngle float64 `json:"trunk_angle"`
	NeckFlex   float64 `json:"neck_flex"`
	// OnKnees hides the shanks behind the thighs.
	OnKnees bool `json:"on_knees"`
}

// Prop is a thing in the picture. X, To and Height place it where its kind
// needs them.
type Prop struct {
	// Kind is dowel, wall, kettlebell, barbell, step, pins, mat, bench, strap
	// or stool.
	Kind   string  `json:"kind"`
	X      float64 `json:"x"`
	To     float64 `json:"to"`
	Height float64 `json:"height"`
}

// Arrow runs between two places.
type Arrow struct {
	From [2]float64 `json:"from"`
	To   [2]float64 `json:"to"`
}

// Check is where joints and the centre of mass must come to lie.
type Check struct {
	ComX     float64    `json:"com_x"`
	Hip      [2]float64 `json:"hip"`
	Shoulder [2]float64 `json:"shoulder"`
	Grip     [2]float64 `json:"grip"`
}

// Shipped returns the drawings that the program ships.
var Shipped = sync.OnceValues(func() (*Poses, error) { return Load(assets.Drawings) })

// Load reads drawings/poses.json and checks it. Unknown keys are refused.
func Load(fsys fs.FS) (*Poses, error) {
	b, err := fs.ReadFile(fsys, "drawings/poses.json")
	if err != nil {
		return nil, fmt.Errorf("read the drawings: %w", err)
	}
	p := &Poses{}
	in := json.NewDecoder(bytes.NewReader(b))
	in.DisallowUnknownFields()
	if err := in.Decode(p); err != nil {
		return nil, fmt.Errorf("drawings: %w", err)
	}
	if err := p.check().Err(); err != nil {
		return nil, fmt.Errorf("drawings: %w", err)
	}
	return p, nil
}

func (p *Poses) check() (out domain.Problems) {
	s := p.Segments
	for _, length := range []float64{s.Shank, s.Thigh, s.Trunk, s.Neck, s.Head, s.UpperArm, s.Forearm, s.Hand, s.Ankle, s.Toe, s.Heel} {
		if !(length > 0 && length < 1) {
			out.Add("segments", "every length must be above 0 and below 1")
			break
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Poses)) {
		pose := p.Poses[name]
		field := "poses." + name
		if pose.Title == "" {
			out.Add(field+".title", "every pose needs a title")
		}
		for _, prop := range pose.Props {
			if _, ok := propDrawers[prop.Kind]; !ok {
				out.Add(field+".props", "there is no such thing to draw: "+prop.Kind)
			}
		}
		if pose.SidePlank != nil {
			continue
		}
		switch pose.Anchor.Joint {
		case "ankle", "knee", "hip":
		default:
			out.Add(field+".anchor", "the anchor must be ankle, knee or hip")
		}
		for _, side := range []Side{pose.Near, pose.Far} {
			if side.ElbowFlex < 0 || side.ForearmScale <= 0 || side.ForearmScale > 1 {
				out.Add(field, "an elbow bends from 0 up, and a forearm scale is above 0 and at most 1")
			}
		}
	}
	return out
}
