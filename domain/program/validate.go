package program

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

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
	l.checkBack(&p)
	l.checkHome(&p)
	l.Ramps.check(&p)
	l.texts(func(field string, text *string) { checkLengths(&p, field, *text) })
	return p
}

// checkBack walks down from every sub-stage: each must lead to the preparation
// without a circle, and each must be reached by walking up.
func (l *Library) checkBack(p *domain.Problems) {
	for _, s := range l.Stages {
		at, seen := s.Code, map[Code]bool{}
		for at != Preparation && !seen[at] {
			seen[at] = true
			at = l.stages[at].Back
		}
		if at != Preparation {
			p.Add("sub_stages."+string(s.Code), "has no way back to the preparation")
		}
	}
}

// checkHome looks at what a home program may do.
func (l *Library) checkHome(p *domain.Problems) {
	for _, s := range l.Stages {
		loaded := s.Where != HomeAndClinic
		if loaded != (s.Home.Lift != "") || loaded && (l.exercises[s.Home.Lift].Needs != NeedsKettlebell || s.Home.Level == "" || !s.Home.Level.valid()) {
			p.Add("sub_stages."+string(s.Code)+".home", "a loaded sub-stage, and no other, needs a kettlebell lift and a level for home")
		}
	}
	h := l.Home
	if l.exercises[h.Dumbbell].Needs != NeedsDumbbell || l.exercises[h.Backpack].Needs != NeedsBackpack ||
		h.BackpackStepKg.Sign() <= 0 || h.BackpackStepLb.Sign() <= 0 || h.Source == "" {
		p.Add("home", "needs an exercise with a dumbbell, one with a backpack, the steps of its weight, and a source")
	}
	if e, ok := l.exercises[h.Unloaded]; !ok || e.Needs == NeedsKettlebell || e.Needs == NeedsBarbell || e.Needs == NeedsBench {
		p.Add("home.unloaded", "needs an exercise without a weight")
	}
	checkDose(p, "home.unloaded_dose", h.UnloadedDose)
	for _, code := range l.FastTrack.OneSession {
		if _, ok := l.stages[code]; !ok {
			p.Add("fast_track", "names a sub-stage that does not exist")
		}
	}
	if l.FastTrack.Text == "" || l.FastTrack.Source == "" {
		p.Add("fast_track", "needs a text and a source")
	}
}

// measurable reports whether a criterion of the gate holds a number.
func measurable(gate []Criterion) bool {
	for _, c := range gate {
		if strings.ContainsAny(c.Text, "0123456789") {
			return true
		}
	}
	return false
}

func (l *Library) indexExercises(p *domain.Problems) {
	l.exercises = map[string]Exercise{}
	for i, e := range l.Exercises {
		field := fmt.Sprintf("exercises[%d]", i)
		if _, twice := l.exercises[e.ID]; twice || e.ID == "" || e.Name == "" || e.SetUp == "" {
			p.Add(field, "needs an id of its own, a name and a set-up")
		}
		switch e.Needs {
		case NeedsNothing, NeedsWall, NeedsDowel, NeedsMat, NeedsKettlebell, NeedsBarbell, NeedsBench, NeedsDumbbell, NeedsBackpack:
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
		if !measurable(s.Entry) || !measurable(s.Exit) {
			p.Add(field, "a gate needs a criterion with a number")
		}
		if s.Step.MinCm < 0 || s.Step.MaxCm < s.Step.MinCm || s.Step.MaxCm > 60 {
			p.Add(field+".step", "must run upward, to at most 60 centimeters")
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
	for _, id := range l.Accessories {
		used[id] = true
	}
	for _, s := range l.Stages {
		for _, id := range s.Accessories {
			if !used[id] {
				p.Add("sub_stages."+string(s.Code)+".accessories", "is not in the list of accessories: "+id)
			}
		}
	}
	for _, t := range l.Tracks {
		for _, id := range t.Exercises {
			used[id] = true
		}
	}
	for id := range used {
		// Only the lift that a sub-stage teaches, and an accessory with a level,
		// is given a weight that is there.
		if e := l.exercises[id]; e.Needs == NeedsKettlebell && e.Level == "" || e.Needs == NeedsBarbell {
			p.Add("exercises", "only the main lift of a sub-stage may need a weight, or an accessory with a level: "+id)
		}
	}
	used[l.Home.Dumbbell], used[l.Home.Backpack], used[l.Home.Unloaded] = true, true, true
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
	if counted && d.Reps.Min > 1 && d.RestSeconds.Min == 0 {
		p.Add(field, "needs a rest in seconds between its sets")
	}
	if d.Tempo != "" && d.Tempo == TempoWords(d.Tempo) && !strings.Contains(d.Tempo, "each rep") {
		p.Add(field, "the tempo is seconds down, pause and up, as 3-1-1, or words about each rep")
	}
	if d.EffortRPE < 0 || d.EffortRPE > 10 || d.RIR < 0 || d.RIR > 10 {
		p.Add(field, "effort and repetitions in reserve are from 0 to 10")
	}
}
