package program

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/screen"
)

// MaxItems is the most exercises of a plan: longer programs are done less well
// (clinic default, from adherence studies in older adults).
const MaxItems = 5

// Input is what a prescription is made from.
type Input struct {
	// Decision is the readiness decision as it counts today.
	Decision screen.Decision
	// Want is the sub-stage; "" is the usual start for the decision.
	Want Code
	// BodyMass may be zero; a kettlebell stage then names it as missing.
	BodyMass domain.Mass
	// Unit is the unit that people say at this clinic; "" is that of BodyMass.
	Unit domain.MassUnit
	// Clinic and Home are what is there to lift.
	Clinic equipment.Inventory
	Home   equipment.Home
	// Last is the last weight of the main lift of each earlier sub-stage, RackMax
	// the estimated maximum of the rack pull below the knee; both may be empty.
	Last    map[Code]domain.Mass
	RackMax domain.Mass
	// BestHold is the best time of the Biering-Sørensen test in seconds, nil
	// when there is none.
	BestHold *domain.Decimal
	// SupervisedPlace: the therapist has confirmed a safe place and
	// supervision for a barbell.
	SupervisedPlace bool
}

// Allowed returns the sub-stages that a decision allows, lowest first. READY
// with stage n allows every sub-stage up to stage n; NOT_READY allows only the
// preparation; every other outcome allows none, and neither does a decision
// with stale safety answers.
func (l *Library) Allowed(d screen.Decision) []Code {
	switch {
	case d.Outcome == screen.NotReady && len(d.StaleSafety()) == 0:
		return []Code{Preparation}
	case d.Outcome != screen.Ready || d.Stage < 1 || d.Stage > 4:
		return nil
	}
	var out []Code
	for _, s := range l.Stages {
		if s.Stage <= d.Stage {
			out = append(out, s.Code)
		}
	}
	return out
}

// Usual returns the sub-stage where a patient with this decision normally
// starts: 1B, 2A, 3A or 4A, or the preparation; "" when nothing is allowed.
func (l *Library) Usual(d screen.Decision) Code {
	allowed := l.Allowed(d)
	if len(allowed) == 0 {
		return ""
	}
	if d.Outcome == screen.NotReady {
		return Preparation
	}
	return [...]Code{"", "1B", "2A", "3A", "4A"}[d.Stage]
}

// Prescribe makes the plan for one sub-stage, or returns the reasons why not.
// The same input gives the same plan.
func Prescribe(l *Library, in Input) (Plan, domain.Problems) {
	l = l.In(in.unit().Lengths())
	code := in.Want
	if code == "" {
		code = l.Usual(in.Decision)
	}
	if p := l.refuse(in.Decision, code); len(p) > 0 {
		return Plan{}, p
	}
	plan := Plan{SubStage: code, Tracks: []string{}, Items: []Item{}, Warnings: []string{},
		ProtocolVersion: l.Version, ProtocolHash: l.hash}
	if code == Preparation {
		l.prepare(&plan, in)
		if len(plan.Items) == 0 {
			return Plan{}, domain.Problems{{Field: "screen", Text: "The screen names no preparation track that the route knows. Screen again."}}
		}
		return plan, nil
	}
	stage := l.stages[code]
	plan.Stage = stage.Stage
	if p := l.mainLift(&plan, stage, in); len(p) > 0 {
		return Plan{}, p
	}
	for _, id := range stage.Accessories {
		plan.add(l.item(id, in))
	}
	if slices.Contains(in.Decision.Flags, fastTrackFlag) && slices.Contains(l.FastTrack.OneSession, code) {
		plan.Warnings = append(plan.Warnings, l.FastTrack.Text)
	}
	return plan, nil
}

// fastTrackFlag is the screen's flag of an experienced lifter.
const fastTrackFlag = "FAST_TRACK"

// refuse returns why the decision does not allow the sub-stage.
func (l *Library) refuse(d screen.Decision, code Code) (p domain.Problems) {
	for _, c := range l.Allowed(d) {
		if c == code {
			return nil
		}
	}
	_, known := l.stages[code]
	switch {
	case code != "" && code != Preparation && !known:
		p.Add("sub_stage", "there is no such sub-stage; choose 0, or 1A to 4C")
	case d.Outcome == screen.Ready && code == Preparation:
		p.Add("sub_stage", "The screen is passed, so the preparation is not needed. Choose a sub-stage.")
	case d.Outcome == screen.Ready:
		p.Add("sub_stage", fmt.Sprintf("The screen allows stage %d at most. Choose a lower sub-stage.", d.Stage))
	case d.Outcome == screen.NotReady && len(d.StaleSafety()) > 0:
		p.Add("screen", "The safety answers are out of date. Screen again first: "+titles(d.StaleSafety())+".")
	case d.Outcome == screen.NotReady:
		p.Add("sub_stage", "The screen allows only the preparation, sub-stage 0, because of "+strings.Join(d.Rules, ", ")+".")
	case d.Outcome == screen.Incomplete:
		p.Add("screen", "The screen is not complete. Answer first: "+titles(d.Missing)+".")
	case d.Outcome == screen.Retest:
		p.Add("screen", "The screen is out of date. Take again first: "+titles(d.Stale)+".")
	default:
		p.Add("screen", "The screen forbids exercise until a medical answer is on file: "+strings.Join(d.Rules, ", ")+".")
	}
	return p
}

func titles(items []string) string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = screen.ItemTitle(item)
	}
	return strings.Join(out, ", ")
}

// prepare fills a stage-0 plan from the tracks that the screen names: the
// first exercise of each track, then the second, so that every track is on a
// sheet of five. While the hinge itself hurts, or was not tested, nothing that
// bends at the hips is given, whichever track names it.
func (l *Library) prepare(plan *Plan, in Input) {
	d := in.Decision
	plan.Tracks = append(plan.Tracks, d.Tracks...)
	hinge := hingeAllowed(d)
	for rank := 0; len(plan.Items) < MaxItems; rank++ {
		more := false
		for _, id := range d.Tracks {
			t := l.tracks[id]
			if rank < len(t.Exercises) {
				more = true
				if id := t.Exercises[rank]; hinge || !l.exercises[id].Bends {
					plan.add(l.item(id, in))
				}
			}
		}
		if !more {
			break
		}
	}
	if hinge && len(plan.Items) > 0 {
		plan.add(l.item(l.HingePractice, in))
	}
}

// hingeAllowed reports whether unloaded hinge practice may join the plan: the
// hinge was tested, recently, and stayed within the pain rule.
func hingeAllowed(d screen.Decision) bool {
	for _, list := range [][]string{d.Missing, d.Stale} {
		for _, item := range list {
			if item == "dowel_hinge" {
				return false
			}
		}
	}
	for _, rule := range d.Rules {
		if rule == "MOB-2" || rule == "PAIN-3" {
			return false
		}
	}
	return true
}

// item is an exercise with its own dose, and a weight when it needs one.
func (l *Library) item(id string, in Input) Item {
	e := l.exercises[id]
	it := Item{Exercise: id, Dose: e.Dose, Where: HomeAndClinic, OnSheet: true}
	if e.HoldPercent.Max > 0 && in.BestHold != nil {
		it.Dose.HoldSeconds = share(e.HoldPercent, *in.BestHold)
	}
	switch e.Needs {
	case NeedsBench:
		it.Where, it.OnSheet = AtClinic, false
		it.OffSheetReason = "Needs a bench with a strap: in the clinic only."
	case NeedsKettlebell:
		it.Where, it.OnSheet = AtClinic, false
		it.OffSheetReason = "Done with the clinic's kettlebell."
		if bell, why, err := l.firstLoad(e.Level, in.BodyMass, in.Clinic.Bells()); err == nil && bell.Warning == "" {
			it = it.with(bell.Load, bell.Target, why)
		}
	}
	return it
}

// share returns the whole seconds that lie within a span of percent of the best
// time; the lower end alone when none does.
func share(percent Range, best domain.Decimal) Range {
	low := new(big.Rat).Mul(best.Rat(), big.NewRat(int64(percent.Min), 100))
	high := new(big.Rat).Mul(best.Rat(), big.NewRat(int64(percent.Max), 100))
	to := int(new(big.Int).Div(high.Num(), high.Denom()).Int64())
	from := int(new(big.Int).Div(low.Num(), low.Denom()).Int64())
	if from < to && !low.IsInt() {
		from++
	}
	return Range{max(from, 1), max(to, from, 1)}
}

// add appends an item unless the exercise is there already or the plan is full.
func (p *Plan) add(it Item) {
	if len(p.Items) >= MaxItems {
		return
	}
	for _, x := range p.Items {
		if x.Exercise == it.Exercise {
			return
		}
	}
	p.Items = append(p.Items, it)
}
