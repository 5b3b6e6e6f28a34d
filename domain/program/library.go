package program

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// What an exercise needs besides a floor.
const (
	NeedsNothing    = ""
	NeedsWall       = "wall"
	NeedsDowel      = "dowel"
	NeedsMat        = "mat"
	NeedsKettlebell = "kettlebell"
	NeedsBarbell    = "barbell"
	NeedsBench      = "bench"
	NeedsDumbbell   = "dumbbell"
	NeedsBackpack   = "backpack"
)

// Preparation is the sub-stage of a NOT_READY result: stage 0.
const Preparation Code = "0"

// Fault is a common mistake and what puts it right.
type Fault struct {
	Fault string `json:"fault"`
	Fix   string `json:"fix"`
}

// Exercise is one exercise of the route, in the therapist's words.
type Exercise struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Needs is one of the Needs constants.
	Needs string `json:"needs"`
	// Bends: it practises the hinge, so it is left out while the hinge itself
	// hurts or has not been tested.
	Bends  bool     `json:"bends"`
	SetUp  string   `json:"setup"`
	Cues   []string `json:"cues"`
	Faults []Fault  `json:"faults"`
	// Figures are pose ids of the drawings, start first; none yet when empty.
	Figures []string `json:"figures"`
	// Dose when the exercise is not the main lift of a sub-stage (clinic
	// default).
	Dose Dose `json:"dose"`
	// HoldPercent of the patient's best back-extension time is the length of
	// each hold; zero when the dose says it.
	HoldPercent Range `json:"hold_percent"`
	// Level chooses the kettlebell of an accessory; "" for none.
	Level Level `json:"level"`
	// ProgressTo says where an accessory leads, in words; "" for a main lift.
	ProgressTo string `json:"progress_to"`
}

// StepHeight is the step below a kettlebell, in whole centimeters; the zero
// StepHeight is no step.
type StepHeight struct {
	MinCm int `json:"min_cm"`
	MaxCm int `json:"max_cm"`
	// High takes the highest step there is within the span, else the lowest.
	High bool `json:"high"`
}

// HomeLift is the lift for home, when the patient has a weight for it.
type HomeLift struct {
	// Lift is an exercise with a kettlebell, Level its weight.
	Lift  string `json:"lift"`
	Level Level  `json:"level"`
}

// SubStage is one step of the route. All numbers are clinic defaults.
type SubStage struct {
	Code  Code   `json:"code"`
	Stage int    `json:"stage"`
	Name  string `json:"name"`
	// Main is the id of the exercise that is being learnt.
	Main string `json:"main"`
	Dose Dose   `json:"dose"`
	// Where it may be done.
	Where Where `json:"where"`
	// Back is the sub-stage to go back to; "0" below the first.
	Back Code `json:"back"`
	// Level chooses the kettlebell: light, heavier, longer or moderate; "" when
	// the load is not a kettlebell.
	Level Level `json:"level"`
	// SetUp is the equipment and its height; Step the height of the step.
	SetUp string     `json:"set_up"`
	Step  StepHeight `json:"step"`
	// FromFloor: the bar starts on the floor, at standard height.
	FromFloor bool `json:"from_floor"`
	// Home is the lift for home; zero when the main exercise is for home too.
	Home HomeLift `json:"home"`
	// Entry must hold before the first session, Exit before the next sub-stage.
	Entry []Criterion `json:"entry"`
	Exit  []Criterion `json:"exit"`
	// Contraindications keep it from being done that day.
	Contraindications []string `json:"contraindications"`
	// Alternatives are ways round a contraindication.
	Alternatives []string `json:"alternatives"`
	// Accessories are the exercises beside the main lift.
	Accessories []string `json:"accessories"`
}

// Track is a stage-0 preparation for one failed part of the screen.
type Track struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Aim  string `json:"aim"`
	// Exercises by id, the most useful first.
	Exercises []string `json:"exercises"`
	Advice    []string `json:"advice"`
	// RescreenDays is when to screen again.
	RescreenDays Range `json:"rescreen_days"`
}

// Library is the route of one version. It is read-only after Load.
type Library struct {
	Version string      `json:"version"`
	Issued  domain.Date `json:"issued"`
	Loads   LoadRules   `json:"loads"`
	// Estimate says when a working set gives an estimated maximum.
	Estimate  EstimateRules `json:"estimate"`
	Exercises []Exercise    `json:"exercises"`
	Stages    []SubStage    `json:"sub_stages"`
	Tracks    []Track       `json:"tracks"`
	// Ramps are the lighter sets before the first working set.
	Ramps Ramps `json:"ramps"`
	// Home says what a home program does without a kettlebell.
	Home HomeRules `json:"home"`
	// FastTrack is for experienced lifters.
	FastTrack FastTrack `json:"fast_track"`
	// Accessories are the exercises that may stand beside a main lift.
	Accessories []string `json:"accessories"`
	// WarmUp is what comes before every session.
	WarmUp []string `json:"warm_up"`
	// HingePractice is the exercise that may join any track while the unloaded
	// hinge is within the pain rule.
	HingePractice string `json:"hinge_practice"`

	hash string
	// inches and metric are this route with its lengths said in either unit.
	inches, metric *Library

	exercises map[string]Exercise
	stages    map[Code]SubStage
	tracks    map[string]Track
}

// Load reads protocol/protocol.json from the folder and checks it whole.
func Load(fsys fs.FS) (*Library, error) {
	b, err := fs.ReadFile(fsys, "protocol/protocol.json")
	if err != nil {
		return nil, fmt.Errorf("read the route: %w", err)
	}
	return Parse(b)
}

// Parse is Load for the bytes of one file. Unknown keys are refused.
func Parse(b []byte) (*Library, error) {
	l := &Library{}
	if err := strictjson.Unmarshal(b, l); err != nil {
		return nil, fmt.Errorf("route: %w", err)
	}
	sum := sha256.Sum256(b)
	l.hash = hex.EncodeToString(sum[:])
	if err := l.index().Err(); err != nil {
		return nil, fmt.Errorf("route: %w", err)
	}
	l.sayBoth()
	return l.inches, nil
}

// sayBoth makes the two copies that In returns.
func (l *Library) sayBoth() {
	inches, metric := l.said(domain.Inch), l.said(domain.Centimeter)
	for _, c := range []*Library{inches, metric} {
		c.inches, c.metric = inches, metric
	}
	l.inches, l.metric = inches, metric
}

// lookUps fills the maps from the lists.
func (l *Library) lookUps() {
	l.exercises, l.stages, l.tracks = map[string]Exercise{}, map[Code]SubStage{}, map[string]Track{}
	for _, e := range l.Exercises {
		l.exercises[e.ID] = e
	}
	for _, s := range l.Stages {
		l.stages[s.Code] = s
	}
	for _, t := range l.Tracks {
		l.tracks[t.ID] = t
	}
}

// Hash is the SHA-256 of the route's file in lower-case hex.
func (l *Library) Hash() string { return l.hash }

// SubStages returns the sub-stages from 1A to 4C.
func (l *Library) SubStages() []SubStage { return l.Stages }

// SubStage returns the sub-stage of that code.
func (l *Library) SubStage(code Code) (SubStage, bool) {
	s, ok := l.stages[code]
	return s, ok
}

// Exercise returns the exercise of that id.
func (l *Library) Exercise(id string) (Exercise, bool) {
	e, ok := l.exercises[id]
	return e, ok
}

// Track returns the preparation track of that id.
func (l *Library) Track(id string) (Track, bool) {
	t, ok := l.tracks[id]
	return t, ok
}

// routeCodes are the sub-stages of the route in order.
var routeCodes = []Code{"1A", "1B", "2A", "2B", "2C", "2D", "3A", "3B", "4A", "4B", "4C"}

// trackIDs are the preparation tracks that a screen can name.
var trackIDs = []string{"PAIN", "DISABILITY", "MOBILITY", "STRENGTH", "EDUCATION"}
