package program

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

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
	// SetUp is the equipment and its height.
	SetUp string `json:"set_up"`
	// Entry must hold before the first session, Exit before the next sub-stage.
	Entry []Criterion `json:"entry"`
	Exit  []Criterion `json:"exit"`
	// Contraindications keep it from being done that day.
	Contraindications []string `json:"contraindications"`
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
	// WarmUp is what comes before every session.
	WarmUp []string `json:"warm_up"`
	// HingePractice is the exercise that may join any track while the unloaded
	// hinge is within the pain rule.
	HingePractice string `json:"hinge_practice"`

	hash      string
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
	return l, nil
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

// index builds the look-ups and returns everything that is wrong.
func (l *Library) index() (p domain.Problems) {
	if l.Version == "" || l.Issued.IsZero() {
		p.Add("version", "a version and its day of issue are required")
	}
	l.Loads.check(&p)
	l.Estimate.check(&p)
	l.indexExercises(&p)
	l.indexStages(&p)
	l.indexTracks(&p)
	l.checkUse(&p)
	return p
}

func (l *Library) indexExercises(p *domain.Problems) {
	l.exercises = map[string]Exercise{}
	for i, e := range l.Exercises {
		field := fmt.Sprintf("exercises[%d]", i)
		if _, twice := l.exercises[e.ID]; twice || e.ID == "" || e.Name == "" || e.SetUp == "" {
			p.Add(field, "needs an id of its own, a name and a set-up")
		}
		switch e.Needs {
		case NeedsNothing, NeedsWall, NeedsDowel, NeedsMat, NeedsKettlebell, NeedsBarbell, NeedsBench:
		default:
			p.Add(field+".needs", "names equipment that the program does not know")
		}
		if len(e.Cues) == 0 || len(e.Figures) > 2 {
			p.Add(field, "needs a cue, and at most two figures")
		}
		checkDose(p, field+".dose", e.Dose)
		l.exercises[e.ID] = e
	}
}

func (l *Library) indexStages(p *domain.Problems) {
	l.stages = map[Code]SubStage{}
	if len(l.Stages) != len(routeCodes) {
		p.Add("sub_stages", "must be 1A, 1B, 2A to 2D, 3A, 3B and 4A to 4C")
		return
	}
	ids := map[string]bool{}
	for i, s := range l.Stages {
		field := fmt.Sprintf("sub_stages[%d]", i)
		if s.Code != routeCodes[i] || s.Stage != int(s.Code[0]-'0') || s.Name == "" || s.SetUp == "" {
			p.Add(field, "needs its code in the order of the route, its stage, a name and a set-up")
		}
		// The way back is the step before, so that every step can be reached
		// and every step can be left downward.
		back := Preparation
		if i > 0 {
			back = routeCodes[i-1]
		}
		if s.Back != back {
			p.Add(field+".back", "must be "+string(back))
		}
		if len(s.Entry) == 0 || len(s.Exit) == 0 || len(s.Contraindications) == 0 {
			p.Add(field, "needs an entry gate, exit criteria and contraindications")
		}
		for _, c := range append(append([]Criterion(nil), s.Entry...), s.Exit...) {
			if ids[c.ID] || !strings.HasPrefix(c.ID, string(s.Code)+".") || c.Text == "" || c.Source == "" {
				p.Add(field, "every criterion needs an id of its own, a text and a source")
			}
			ids[c.ID] = true
		}
		l.checkMain(p, field, s)
		checkDose(p, field+".dose", s.Dose)
		l.stages[s.Code] = s
	}
}

func (l *Library) checkMain(p *domain.Problems, field string, s SubStage) {
	main, ok := l.exercises[s.Main]
	if !ok {
		p.Add(field+".main", "names an exercise that does not exist")
	}
	if (main.Needs == NeedsKettlebell) != (s.Level != "") || !s.Level.valid() {
		p.Add(field+".level", "a kettlebell stage, and no other, needs light, heavier, longer or moderate")
	}
	switch s.Where {
	case HomeAndClinic, ClinicFirst, Supervised:
	default:
		p.Add(field+".where", "must be home_and_clinic, clinic_then_home or supervised")
	}
	if main.Needs == NeedsBarbell && s.Where != Supervised {
		p.Add(field+".where", "a barbell is supervised")
	}
	if s.Dose.EffortRPE == 0 {
		p.Add(field+".dose.effort_rpe", "needs a ceiling")
	}
}

func (l *Library) indexTracks(p *domain.Problems) {
	l.tracks = map[string]Track{}
	for i, t := range l.Tracks {
		if len(t.Exercises) == 0 || t.Name == "" || t.Aim == "" || t.RescreenDays.Min < 1 || !t.RescreenDays.valid() {
			p.Add(fmt.Sprintf("tracks[%d]", i), "needs a name, an aim, exercises and the days until the next screen")
		}
		l.tracks[t.ID] = t
	}
	for _, id := range trackIDs {
		if _, ok := l.tracks[id]; !ok {
			p.Add("tracks", id+" is missing")
		}
	}
	if len(l.Tracks) != len(trackIDs) {
		p.Add("tracks", "must be the five tracks that the screen names, once each")
	}
}

// checkUse finds references without an exercise and exercises without a use.
func (l *Library) checkUse(p *domain.Problems) {
	used := map[string]bool{l.HingePractice: true}
	for _, s := range l.Stages {
		for _, id := range s.Accessories {
			used[id] = true
		}
	}
	for _, t := range l.Tracks {
		for _, id := range t.Exercises {
			used[id] = true
		}
	}
	for id := range used {
		// Only the lift that a sub-stage teaches is given a weight that is there.
		if n := l.exercises[id].Needs; n == NeedsKettlebell || n == NeedsBarbell {
			p.Add("exercises", "only the main lift of a sub-stage may need a weight: "+id)
		}
	}
	for _, s := range l.Stages {
		used[s.Main] = true
	}
	for id := range used {
		if _, ok := l.exercises[id]; !ok {
			p.Add("exercises", "an exercise that is used does not exist: "+id)
		}
	}
	for id := range l.exercises {
		if !used[id] {
			p.Add("exercises", "no sub-stage and no track uses "+id)
		}
	}
}

// valid reports whether the range runs upward.
func (r Range) valid() bool { return r.Min >= 0 && r.Max >= r.Min }

// checkDose refuses a dose that leaves open how much.
func checkDose(p *domain.Problems, field string, d Dose) {
	for _, r := range []Range{d.Sets, d.Reps, d.HoldSeconds, d.Minutes, d.Metres, d.RestSeconds, d.DaysPerWeek} {
		if !r.valid() {
			p.Add(field, "a range must run upward from 0 or more")
			return
		}
	}
	if d.Sets.Max > 10 || d.Reps.Max > 30 || d.HoldSeconds.Max > 240 || d.Minutes.Max > 60 || d.Metres.Max > 100 || d.RestSeconds.Max > 600 {
		p.Add(field, "is at most 10 sets, 30 repeats, 240 seconds, 60 minutes, 100 metres and 600 seconds of rest")
	}
	counted := d.Sets.Min > 0 && d.Reps.Min > 0
	timed := d.Minutes.Min > 0
	if counted == timed || d.DaysPerWeek.Min < 1 || d.DaysPerWeek.Max > 7 {
		p.Add(field, "needs sets and repeats, or minutes, and 1 to 7 days a week")
	}
	if d.EffortRPE < 0 || d.EffortRPE > 10 || d.RIR < 0 || d.RIR > 10 {
		p.Add(field, "effort and repetitions in reserve are from 0 to 10")
	}
}
