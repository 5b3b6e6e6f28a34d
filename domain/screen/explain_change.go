package screen

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// The nearest changes are found by trying: each blocking reason knows what would
// answer it, the case is decided again with that, and only what alters the
// outcome or the stage is named. One step is nearer than two, two are nearer
// than all of them.
//
// A step never unsays a finding. A safety question answered yes is cleared by
// somebody who may, or it stays; an open one is asked; a measurement is taken
// again or improves. Nothing lifts an emergency or a same-day referral, so for
// these no change is named.

// maxChanges is how many nearest changes are named.
const maxChanges = 2

// mostAnswers is how many open items are named one by one.
const mostAnswers = 3

// mostPairs is how many steps are tried two by two. Where more than that stand
// in the way together, no two of them open it.
const mostPairs = 6

// step is one change that can be tried.
type step struct {
	field, text string
	// as says how much the result after it can be relied on, see then.
	as string
	// safety: it answers an open safety item.
	safety bool
	apply  func(c *Case)
}

// The kinds of steps.
const (
	asMet     = "met"     // a goal is met or a clearance is there
	asAnswer  = "answer"  // an open question is answered, nobody knows how
	asSame    = "same"    // a measurement is repeated with the same result
	asWarning = "warning" // a value gets worse
)

// tried is a change with the case that it makes.
type tried struct {
	Change
	after Case
}

// changes finds the nearest changes.
func (e *evaluator) changes(d Decision, reasons []Reason) []tried {
	var out []tried
	if d.Outcome == Emergency || d.Outcome == UrgentRefer {
		return out
	}
	steps := e.steps(d, reasons)
	for _, s := range steps {
		out = e.try(out, d, s)
	}
	first := steps[:e.level(steps)]
	if len(out) == 0 && len(first) <= mostPairs {
		for i := range first {
			for j := range i {
				out = e.try(out, d, first[j], first[i])
			}
		}
	}
	if len(out) == 0 && len(first) > 1 {
		out = e.try(out, d, first...)
	}
	if len(out) == 0 && len(steps) > 1 {
		out = e.try(out, d, steps...)
	}
	if d.Outcome == Ready {
		for _, s := range e.warnings(reasons) {
			out = e.try(out, d, s)
		}
	}
	return out
}

// level is how many of the steps stand before all others: the open safety
// answers, which come first, or else all steps.
func (e *evaluator) level(steps []step) int {
	n := 0
	for _, s := range steps {
		if s.as == asAnswer && s.safety {
			n++
		}
	}
	if n == 0 {
		return len(steps)
	}
	return n
}

// try adds the steps to the changes when together they alter the result.
func (e *evaluator) try(out []tried, d Decision, steps ...step) []tried {
	if len(out) == maxChanges {
		return out
	}
	c := *e.c
	for _, s := range steps {
		s.apply(&c)
	}
	after := EvaluateWith(c, e.renewed(steps), e.r)
	if after.Outcome == d.Outcome && after.Stage == d.Stage {
		return out
	}
	n := tried{Change{Outcome: after.Outcome, Stage: after.Stage, Then: e.then(after, steps)}, c}
	if len(steps) > mostAnswers && steps[0].as == asAnswer {
		open := len(unanswered(e.c, e.r, e.missing))
		n.Steps = []Step{{steps[0].field, fmt.Sprintf("Answer what is open: %d answers.", open)}}
		return append(out, n)
	}
	for _, s := range steps {
		n.Steps = append(n.Steps, Step{s.field, s.text})
	}
	return append(out, n)
}

// then says the result after a change. While safety answers are open it names
// none, because a screen that is not complete must not lean to ready.
func (e *evaluator) then(after Decision, steps []step) string {
	result := lowerFirst(headline(after, unanswered(e.c, e.r, after.missing())))
	for _, s := range steps {
		switch {
		case s.as == asAnswer && e.missingSafety:
			return "Only then can there be a result."
		case s.as == asAnswer:
			return "At best: " + result
		case s.as == asSame:
			return "With the same result as before: " + result
		}
	}
	return "Then: " + result
}

// missing is the set of missing items.
func (d Decision) missing() set {
	s := set{}
	for _, name := range d.Missing {
		s.add(name)
	}
	return s
}

// steps are what would answer the reasons that block at the level that
// decides, in reading order.
func (e *evaluator) steps(d Decision, reasons []Reason) []step {
	var out []step
	seen := map[string]bool{}
	add := func(s step, ok bool) {
		if ok && !seen[s.text] {
			seen[s.text] = true
			out = append(out, s)
		}
	}
	for _, r := range reasons {
		switch {
		case d.Outcome == Incomplete && r.State == "missing":
			add(e.answer(r), true)
		case d.Outcome == Retest && r.State == "stale":
			add(step{r.Field, "Ask or measure again: " + lowerFirst(r.Title) + ".", asSame, false, renew(r.ID)}, true)
		case d.Outcome == HoldRefer && r.State == "hold", d.Outcome == NotReady && r.State == "fail":
			add(e.meet(r))
		case d.Outcome == Ready && r.State == "cap" && e.cap < e.earned &&
			strings.HasPrefix(r.ID, fmt.Sprintf("CAP%d:", e.cap)):
			add(e.lift(r))
		}
	}
	if d.Outcome == Ready && e.earned < noCap && e.earned <= e.cap {
		next := min(e.stage, noCap-1)
		add(step{"history.highest_stage_exited", fmt.Sprintf("The goals of stage %d met.", next), asMet, false, func(c *Case) {
			h := copied(c.History)
			h.HighestStageExited = &next
			c.History = h
		}}, true)
	}
	return out
}

// copied returns a copy to change, so that the case of the caller stays as it
// is; of nothing it is an empty one.
func copied[T any](p *T) *T {
	var out T
	if p != nil {
		out = *p
	}
	return &out
}

func clearance(names ...string) func(c *Case) {
	return func(c *Case) {
		c.Clearances = append(append([]string(nil), c.Clearances...), names...)
	}
}

// renew makes one item as young as today.
func renew(item string) func(c *Case) {
	return func(c *Case) {
		a := &c.AgeDays
		for i, n := range []*int{&a.RedFlags, &a.Vitals, &a.Pain, &a.Disability, &a.BieringSorensen,
			&a.HipExtension, &a.DowelHinge, &a.Neuro, &a.Health} {
			if ageItems[i] == item {
				*n = 0
			}
		}
	}
}

// atMostNow lowers a value to the limit when it is above; values that are
// missing stay missing.
func atMostNow(v **domain.Decimal, limit domain.Decimal) {
	if above(*v, limit) {
		*v = &limit
	}
}

// atLeastNow raises a value to the limit when it is below.
func atLeastNow(v **domain.Decimal, limit domain.Decimal) {
	if below(*v, limit) {
		*v = &limit
	}
}

var one, tenth = domain.NewDecimal(1), domain.MustDecimal("0.1")

// meet is the step that answers a rule that holds or fails.
func (e *evaluator) meet(r Reason) (step, bool) {
	s := step{field: r.Field, text: e.r.texts[r.ID].Change, as: asMet}
	l := e.lim
	switch r.ID {
	case "RF-FXC":
		s.apply = clearance("fx_combo")
	case "BP-3":
		s.apply = func(c *Case) {
			v := copied(c.Vitals)
			atMostNow(&v.SystolicMmHg, l.BPRelSys)
			atMostNow(&v.DiastolicMmHg, l.BPRelDia)
			c.Vitals = v
		}
	case "BP-5":
		s.apply = func(c *Case) {
			v := copied(c.Vitals)
			atLeastNow(&v.SystolicMmHg, l.BPLowSys)
			c.Vitals = v
		}
	case "NEURO-3":
		s.apply = func(c *Case) {
			n := copied(c.Neuro)
			n.Finding = NeuroMildStableAssessed
			c.Neuro = n
		}
	case "SCOPE-1":
		s.apply = clearance("minor")
	case "PREG-1", "PREG-2":
		s.apply = clearance("ob")
	case "BONE-1", "BONE-3":
		s.apply = clearance("bone")
	case "BONE-2":
		s.apply = func(c *Case) {
			c.Bone = BoneFractureHealed
			clearance("bone")(c)
		}
	case "SURG-1":
		s.apply = func(c *Case) {
			g := copied(c.Surgery)
			window := e.r.windows[g.Kind]
			atLeastNow(&g.WeeksAgo, window)
			c.Surgery = g
			clearance("surgeon")(c)
		}
	case "PAIN-1":
		s.apply = func(c *Case) {
			p := copied(c.Pain)
			atMostNow(&p.NPRS7Day, l.NPRSFail.Sub(tenth))
			atMostNow(&p.VASMm, l.VASFail.Sub(one))
			c.Pain = p
		}
	case "PAIN-2":
		s.apply = func(c *Case) {
			ep := copied(c.Episode)
			ep.Irritability = "moderate"
			c.Episode = ep
		}
	case "PAIN-3":
		s.apply = func(c *Case) {
			ep := copied(c.Episode)
			ep.DirectionalResponse = "no_change"
			c.Episode = ep
		}
	case "STR-1", "STR-2":
		if r.ID == "STR-1" {
			s.text = e.longer()
		}
		s.apply = func(c *Case) {
			held := l.BSTMin.Add(one)
			c.BieringSorensen = &Sorensen{Seconds: &held}
		}
	case "DIS-1":
		s.apply = func(c *Case) {
			d := copied(c.Disability)
			atMostNow(&d.ODIPercent, l.ODIFail)
			if d.RMDQ != nil {
				most := min(*d.RMDQ, int(l.RMDQFail.Rat().Num().Int64())-1)
				d.RMDQ = &most
			}
			c.Disability = d
		}
	case "STR-3":
		s.apply = e.stronger
	case "MOB-1":
		s.apply = func(c *Case) {
			h := copied(c.DowelHinge)
			h.Depth = depths[l.HingeDepth]
			c.DowelHinge = h
		}
	case "MOB-2":
		s.apply = func(c *Case) {
			h := copied(c.DowelHinge)
			atMostNow(&h.Pain, l.HingePainMax)
			c.DowelHinge = h
		}
	case "MECH-1":
		s.apply = clearance("nociplastic")
	default:
		id, isFlag := strings.CutPrefix(r.ID, "RF-")
		if !isFlag {
			return step{}, false
		}
		s.text = e.r.texts["RF"].Change
		s.apply = clearance(id)
		// Each question needs its own clearance, so each is a step of its own.
		if n := e.heldFlags(); n > 1 {
			s.text = "A documented clearance for: " + r.Title
		}
	}
	return s, true
}

// heldFlags counts the safety questions that hold the patient.
func (e *evaluator) heldFlags() int {
	n := 0
	for _, f := range e.r.RedFlags {
		if f.Action == HoldRefer && e.c.RedFlags[f.ID] == Yes && !e.cleared(f.ID) {
			n++
		}
	}
	return n
}

// longer says how much longer the hold has to be.
func (e *evaluator) longer() string {
	if short := e.lim.BSTMin.Sub(e.held()); short.Sign() > 0 {
		return "Hold more than " + amount(short, "seconds") + " longer."
	}
	return e.r.texts["STR-1"].Change
}

// stronger raises what is too low in the hip extensor test to its goal.
func (e *evaluator) stronger(c *Case) {
	h := copied(c.HipExtension)
	gate := e.lim.BridgeRepsMin
	switch h.Test {
	case testBridgeHold:
		gate = e.lim.BridgeHoldMin
	case testMMT:
		gate = e.lim.MMTMin
	}
	for _, side := range []**domain.Decimal{&h.Left, &h.Right} {
		atLeastNow(side, gate)
	}
	for _, side := range []**domain.Decimal{&h.MMTLeft, &h.MMTRight} {
		atLeastNow(side, e.lim.MMTMin)
	}
	c.HipExtension = h
}

// lift is the step that ends a stage limit, where one can.
func (e *evaluator) lift(r Reason) (step, bool) {
	rule := e.why.caps[r.ID]
	s := step{field: r.Field, text: e.r.texts[rule].Lift, as: asMet}
	no := false
	switch rule {
	case "BP-3":
		met, _ := e.meet(Reason{ID: "BP-3"})
		s.apply = met.apply
	case "NEURO-4":
		s.apply = func(c *Case) {
			n := copied(c.Neuro)
			n.Finding = NeuroNormal
			c.Neuro = n
		}
	case "SLR-1":
		s.apply = func(c *Case) {
			n := copied(c.Neuro)
			n.SLROwnLegPain, n.SLRAngleDeg = &no, nil
			c.Neuro = n
		}
	case "SLR-2":
		s.apply = func(c *Case) {
			n := copied(c.Neuro)
			n.CrossedSLR = &no
			c.Neuro = n
		}
	case "PREG-1":
		s.apply = func(c *Case) {
			p := copied(c.Pregnancy)
			weeks := e.lim.PostpartumWeeks
			p.Status, p.WeeksPostpartum = PregnancyPostpartum, &weeks
			c.Pregnancy = p
		}
	case "BONE-1":
		s.apply = clearance("bone_heavy")
	case "SURG-1":
		s.apply = func(c *Case) {
			g := copied(c.Surgery)
			atLeastNow(&g.WeeksAgo, e.lim.SurgeryYear)
			c.Surgery = g
		}
	case "MECH-2":
		s.apply = func(c *Case) {
			ep := copied(c.Episode)
			ep.Mechanism = "mixed"
			c.Episode = ep
		}
	case "ACUTE-1":
		s.apply = func(c *Case) {
			ep := copied(c.Episode)
			atLeastNow(&ep.DurationWeeks, e.lim.AcuteWeeks)
			c.Episode = ep
		}
	case "PSY-1":
		s.apply = clearance("psych_plan")
	default:
		return step{}, false // BONE-3: nothing lifts it
	}
	return s, true
}
