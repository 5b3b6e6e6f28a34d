package program

import (
	"errors"
	"fmt"
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
	// Clinic and Home are what is there to lift.
	Clinic equipment.Inventory
	Home   equipment.Home
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
		l.prepare(&plan, in.Decision)
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
		plan.add(l.item(id))
	}
	return plan, nil
}

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
func (l *Library) prepare(plan *Plan, d screen.Decision) {
	plan.Tracks = append(plan.Tracks, d.Tracks...)
	hinge := hingeAllowed(d)
	for rank := 0; len(plan.Items) < MaxItems; rank++ {
		more := false
		for _, id := range d.Tracks {
			t := l.tracks[id]
			if rank < len(t.Exercises) {
				more = true
				if id := t.Exercises[rank]; hinge || !l.exercises[id].Bends {
					plan.add(l.item(id))
				}
			}
		}
		if !more {
			break
		}
	}
	if hinge && len(plan.Items) > 0 {
		plan.add(l.item(l.HingePractice))
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

// item is an exercise with its own dose and no weight.
func (l *Library) item(id string) Item {
	e := l.exercises[id]
	it := Item{Exercise: id, Dose: e.Dose, Where: HomeAndClinic, OnSheet: true}
	if e.Needs == NeedsBench {
		it.Where, it.OnSheet = AtClinic, false
		it.OffSheetReason = "Needs a bench with a strap: in the clinic only."
	}
	return it
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

// mainLift adds the exercise that the sub-stage teaches, with its weight for
// the clinic and for home.
func (l *Library) mainLift(plan *Plan, s SubStage, in Input) domain.Problems {
	it := Item{Exercise: s.Main, Dose: s.Dose, Where: s.Where, OnSheet: true}
	switch l.exercises[s.Main].Needs {
	case NeedsKettlebell:
		return l.kettlebellLift(plan, it, s, in)
	case NeedsBarbell:
		switch {
		case slices.Contains(in.Decision.Flags, boneSupervised):
			it.OnSheet = false
			it.OffSheetReason = "Bone health: heavy lifts only in the clinic, under supervision."
		case in.Home.Barbell != equipment.Yes || !in.SupervisedPlace:
			it.OnSheet = false
			it.OffSheetReason = "No barbell lift at home without a barbell there and a safe place with supervision."
		}
		plan.Warnings = append(plan.Warnings,
			"The bar's weight is set in the session, from the last kettlebell and the effort of the warm-up sets.")
	}
	plan.add(it)
	return nil
}

// boneSupervised is the flag of osteoporosis with a written clearance for heavy
// loading. Heavy loading of weak bone was tried only under supervision (LIFTMOR
// trial), so it does not reach a home sheet (clinic default).
const boneSupervised = "CAUTION:bone_supervised"

func (l *Library) kettlebellLift(plan *Plan, it Item, s SubStage, in Input) domain.Problems {
	if in.BodyMass.IsZero() {
		return domain.Problems{{Field: "body_mass", Text: "Enter the body weight in Intake. The kettlebell is chosen from it."}}
	}
	clinic, why, err := l.firstLoad(s.Level, in.BodyMass, in.Clinic.Bells())
	switch {
	case errors.Is(err, ErrNoKettlebells):
		plan.Warnings = append(plan.Warnings, "The clinic's kettlebells are not set up. List the sizes in Settings.")
	case err != nil:
		return domain.Problems{{Field: "body_mass", Text: "The body weight cannot be used. Check it in Intake."}}
	default:
		load := clinic.Load
		it.Load, it.LoadReason = &load, why
		if clinic.Warning != "" {
			plan.Warnings = append(plan.Warnings, clinic.Warning)
		}
	}
	home, homeWhy, homeErr := l.firstLoad(s.Level, in.BodyMass, in.Home.Bells())
	switch {
	case homeErr != nil:
		it.OnSheet, it.OffSheetReason = false, "The patient has no kettlebell at home. Done in the clinic."
	case home.Warning != "":
		it.OnSheet = false
		it.OffSheetReason = fmt.Sprintf("The smallest kettlebell at home, %s, is above the target of %s. Done in the clinic.", home.Load, home.Target)
	case it.Load != nil && home.Load == *it.Load:
	default:
		// The two places have different bells, so each gets an entry of its own.
		load := home.Load
		atHome := Item{Exercise: it.Exercise, Dose: it.Dose, Load: &load, LoadReason: homeWhy, Where: AtHome, OnSheet: true}
		if it.Load == nil {
			plan.add(atHome)
			return nil
		}
		it.Where, it.OnSheet = AtClinic, false
		it.OffSheetReason = fmt.Sprintf("At home with %s.", load)
		plan.Items = append(plan.Items, it, atHome)
		return nil
	}
	plan.add(it)
	return nil
}
