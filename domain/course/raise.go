package course

import (
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// progress is one step up: repeats to the top of the range, then one load, or
// the next sub-stage when everything that it asks for was shown. Load and
// sub-stage never rise together.
func (c *state) progress(ruling Ruling) Suggestion {
	if days := c.missed(); days > c.planned() {
		return c.plain(ActionRepeat, NextRepeat, "MISSED", fmt.Sprintf("%d days since the last session: first back to where it was.", days))
	}
	if s, ok := c.comeBack(); ok {
		return s
	}
	missing := c.missing()
	if len(missing) == 0 {
		s, why, ok := c.advance(ruling)
		if ok {
			return s
		}
		missing = why
	}
	s := c.raise(ruling)
	s.Missing = missing
	return s
}

// advance moves to the next sub-stage, or says what keeps it.
func (c *state) advance(ruling Ruling) (s Suggestion, missing []Reason, ok bool) {
	at := c.order(c.sub.Code)
	if at >= len(c.r.SubStages) {
		return s, []Reason{c.r.because("LAST", "The goals of the last sub-stage are met. Plan the discharge or a gym program.")}, false
	}
	next, _ := c.r.route.SubStage(c.r.SubStages[at].Code)
	no := func(rule, text string) (Suggestion, []Reason, bool) {
		return Suggestion{}, []Reason{c.r.because(rule, text)}, false
	}
	d := c.in.Screen.Decision
	if d.Outcome != screen.Ready {
		return no("SCREEN", "The screen is not current. Measure again before "+string(next.Code)+": "+titles(d.Stale)+".")
	}
	if !slices.Contains(c.r.route.Allowed(d), next.Code) {
		return no("SCREEN", fmt.Sprintf("The screen allows stage %d at most.", d.Stage))
	}
	if next.Where == program.Supervised && !c.in.Supervised {
		return no("SUPERVISED", string(next.Code)+" needs supervision and a safe rack.")
	}
	work, why, ok := c.enter(next)
	if !ok {
		return s, why, false
	}
	s = Suggestion{Action: ActionNext, Next: NextProgress, SubStage: next.Code, Work: work, EffortRPE: next.Dose.EffortRPE,
		Reasons: append([]Reason{c.r.because("EXIT_TWICE", fmt.Sprintf("Everything that %s asks for was shown in %s sessions: on to %s.",
			c.sub.Code, countSmall(c.r.Decision.ExitSessions), next.Code)), c.r.because(ruling.Rule, ruling.Text)}, why...)}
	return s, nil, true
}

// enter returns the first work of a sub-stage that is reached from below.
func (c *state) enter(next program.SubStage) (Work, []Reason, bool) {
	work := Work{Sets: next.Dose.Sets.Min, Reps: next.Dose.Reps.Min}
	needs := c.needs(next)
	if needs != program.NeedsKettlebell && needs != program.NeedsBarbell {
		return work, nil, true
	}
	target, why := c.entry(next, needs)
	if target == nil {
		return work, why, false
	}
	load, ok := c.weights(next).AtMost(*target)
	if !ok {
		return work, append(why, c.r.because("NO_WEIGHT", fmt.Sprintf("%s starts at %s or less, and there is no weight as light as that.", next.Code, target))), false
	}
	work.Target, work.Load = target, &load
	return work, why, true
}

// entry returns the target of the first session of a sub-stage, the lowest of
// what its rules say, with the rule that decided.
func (c *state) entry(next program.SubStage, needs string) (*domain.Mass, []Reason) {
	var target *domain.Mass
	var why []Reason
	least := func(m domain.Mass, rule, text string) {
		if target == nil || m.Cmp(*target) < 0 {
			target, why = &m, []Reason{c.r.because(rule, text)}
		}
	}
	same := c.needs(c.sub) == needs && c.work.Target != nil
	if same {
		least(*c.work.Target, "NEVER_BOTH", "The load stays, because load and sub-stage never rise together.")
	}
	if same && c.r.steps[next.Code].LargerRange {
		kept := c.r.route.Loads.LargerRangePercent
		least(share(*lighter(c.work.Load, c.work.Target), kept), "LARGER_RANGE", fmt.Sprintf("%s percent of the last load, because the way is longer.", kept))
	}
	before := c.h.at(next.Code, domain.Date{})
	if before != nil && before.load != nil {
		kept := c.r.Flare.ReentryKept
		least(share(*before.load, kept), "REENTRY", fmt.Sprintf("%s percent of the last load of %s, because it is begun again.", kept, next.Code))
	}
	if next.Stage == 4 && c.sub.Stage == 3 {
		c.floor(least)
	}
	if target != nil {
		return target, why
	}
	if needs == program.NeedsBarbell && c.work.Load != nil && len(c.in.Bars) > 0 {
		first := share(*c.work.Load, c.r.route.Loads.FirstBarPercent)
		if first.Cmp(c.in.Bars[0]) < 0 {
			first = c.in.Bars[0]
		}
		least(first, "FIRST_BAR", fmt.Sprintf("%s percent of the last kettlebell, at least the empty bar; add weight in the warm-up sets while the effort is RPE %d or less.",
			c.r.route.Loads.FirstBarPercent, next.Dose.EffortRPE-1))
		return target, why
	}
	if needs == program.NeedsKettlebell {
		choice, err := c.r.route.KettlebellLoad(next.Level, c.in.BodyMass, c.in.Bells)
		if err == nil && choice.Warning == "" {
			least(choice.Load, "FIRST_BELL", fmt.Sprintf("The %s kettlebell for the body weight.", next.Level))
			return target, why
		}
	}
	return nil, []Reason{c.r.because("NO_WEIGHT", "The first load of "+string(next.Code)+" cannot be chosen: list the weights that are there and the body weight.")}
}

// floor limits the first pull from the floor: an estimate of the rack pull is
// not one of the deadlift.
func (c *state) floor(least func(domain.Mass, string, string)) {
	if top, ok := c.estimate(c.sub.Main); ok {
		least(share(top, c.r.route.Loads.RackToFloorPercent), "RACK_SHARE", fmt.Sprintf("%s percent of the estimated maximum of the rack pull, %s.", c.r.route.Loads.RackToFloorPercent, top))
	}
	for _, s := range c.r.SubStages {
		sub, _ := c.r.route.SubStage(s.Code)
		if sub.Stage != 3 {
			continue
		}
		if p := c.h.at(s.Code, domain.Date{}); p != nil && p.load != nil {
			least(*p.load, "RACK_FIRST", "The last load of "+string(s.Code)+".")
		}
		return // the first sub-stage of the rack pulls alone
	}
}

// needs is the equipment of the lift of a sub-stage.
func (c *state) needs(s program.SubStage) string {
	e, _ := c.r.route.Exercise(s.Main)
	return e.Needs
}

// weights are the weights that there are for the lift of a sub-stage.
func (c *state) weights(s program.SubStage) Weights {
	switch {
	case c.needs(s) != program.NeedsBarbell:
		return c.in.Bells
	case s.FromFloor && c.in.Floor != nil:
		return c.in.Floor
	}
	return c.in.Bars
}

// raise is one step up within the sub-stage.
func (c *state) raise(ruling Ruling) Suggestion {
	dose := c.sub.Dose
	easy := ruling.Rule == "EASY"
	s := c.plain(ActionRepeat, NextProgress, ruling.Rule, ruling.Text)
	switch {
	case c.work.Reps < dose.Reps.Max && (!easy || c.work.Reps < dose.Reps.Min):
		s.Action, s.Work.Reps = ActionReps, min(c.work.Reps+c.r.Raise.RepsStep, dose.Reps.Max)
		s.Reasons = append(s.Reasons, c.r.because("REPS_FIRST", fmt.Sprintf("Repeats rise to the top of the range, %d, before the load.", dose.Reps.Max)))
	case ruling.VolumeFirst && c.work.Sets < dose.Sets.Max:
		s.Action, s.Work.Sets = ActionSets, c.work.Sets+1
		s.Reasons = append(s.Reasons, c.r.because("VOLUME_FIRST", "Pain rose and settled, so volume comes before load."))
	case c.work.Load == nil:
		s.Reasons = append(s.Reasons, c.r.because("EXIT_OPEN", "There is no load to add here. The next sub-stage follows when everything that it asks for was shown."))
	case !easy && !c.topTwice(c.work.Reps):
		s.Reasons = append(s.Reasons, c.r.because("TOP_TWICE", fmt.Sprintf("The load rises after %s sessions with all sets at %d.", countSmall(c.r.Decision.Greens), c.work.Reps)))
	case c.needs(c.sub) == program.NeedsBarbell:
		c.raiseBar(&s, easy)
	default:
		c.raiseBell(&s)
	}
	return s
}

// topTwice reports whether the last sessions were all done at that many
// repeats of this load.
func (c *state) topTwice(reps int) bool {
	n := 0
	for i := len(c.h.points) - 1; i >= 0 && n < c.r.Decision.Greens; i-- {
		p := &c.h.points[i]
		if p.e == nil || restful(p) {
			continue
		}
		if p.s.SubStage != c.sub.Code || !sameMass(p.load, c.work.Load) || p.e.Prescribed.Reps < reps {
			return false
		}
		n++
	}
	return n >= c.r.Decision.Greens
}

// raiseBell goes to the next bell, or to more repeats while that is too far.
func (c *state) raiseBell(s *Suggestion) {
	load := *c.work.Load
	next, ok := c.in.Bells.Above(load)
	if !ok {
		c.more(s, c.r.Raise.BellBefore.Reps, "NO_LARGER_BELL", fmt.Sprintf("There is no bell above %s in the list.", load))
		return
	}
	if top := c.bellCap(); top != nil && next.Cmp(*top) > 0 {
		c.more(s, c.r.Raise.BellBefore.Reps, "BELL_CAP", fmt.Sprintf("The next bell, %s, is above the limit of %s for this sub-stage.", next, top))
		return
	}
	before, after := c.r.Raise.BellBefore, c.r.Raise.BellAfter
	if !c.r.farBell(load, next) {
		s.Action, s.Work = ActionLoad, c.at(&next, &next)
		s.Reasons = append(s.Reasons, c.r.because("BELL_STEP", fmt.Sprintf("The next bell, %s, is at most %d percent heavier.", next, c.r.Raise.BellJumpPercent)))
		return
	}
	if c.work.Reps < before.Reps || c.work.Sets < before.Sets || !c.topTwice(before.Reps) {
		c.more(s, before.Reps, "BELL_JUMP", fmt.Sprintf("The next bell, %s, is more than %d percent heavier. First %s at %s, then %s at %s.",
			next, c.r.Raise.BellJumpPercent, before, load, after, next))
		return
	}
	s.Action, s.Work = ActionLoad, Work{Sets: after.Sets, Reps: after.Reps, Target: &next, Load: &next}
	s.Reasons = append(s.Reasons, c.r.because("BELL_JUMP", fmt.Sprintf("%s were reached, so the next bell, %s, starts with %s.", before, next, after)))
}

// at is the work of the sub-stage with a new load: the dose from its bottom.
func (c *state) at(target, load *domain.Mass) Work {
	return Work{Sets: c.sub.Dose.Sets.Min, Reps: c.sub.Dose.Reps.Min, Target: target, Load: load}
}

// more adds repeats because no larger weight may be taken, up to most; beyond
// it nothing changes, and the therapist is told the other ways on.
func (c *state) more(s *Suggestion, most int, rule, text string) {
	s.Reasons = append(s.Reasons, c.r.because(rule, text))
	if c.work.Reps < most {
		s.Action, s.Work.Reps = ActionReps, min(c.work.Reps+c.r.Raise.RepsStep, most)
		s.Reasons = append(s.Reasons, c.r.because("REPS_INSTEAD", "Repeats rise instead."))
		return
	}
	s.Action = ActionRepeat
	s.Reasons = append(s.Reasons, c.r.because("TOP", fmt.Sprintf("%d repeats are the most here, so nothing changes.", c.work.Reps)))
	s.Options = c.ways()
}

// raiseBar adds the smallest step, within the limits of one jump and the
// ceiling of the estimated maximum.
func (c *state) raiseBar(s *Suggestion, easy bool) {
	rules, unit, load := c.r.Raise, c.work.Load.Unit, *c.work.Load
	step, most, percent := rules.StepKg, rules.MostKg, rules.Percent
	if unit == domain.Pound {
		step, most = rules.StepLb, rules.MostLb
	}
	if easy {
		step, most, percent = rules.EasyStepKg, rules.EasyMostKg, rules.EasyPercent
		if unit == domain.Pound {
			step, most = rules.EasyStepLb, rules.EasyMostLb
		}
	}
	plus := func(m domain.Mass, d domain.Decimal) domain.Mass {
		return domain.Mass{Value: m.Value.Add(d), Unit: unit}
	}
	limit := *lighter(ptr(plus(load, most)), ptr(share(load, percent.Add(domain.NewDecimal(100)))))
	target := *lighter(ptr(domain.Mass{Value: domain.DecimalFromRat(c.work.Target.In(unit)), Unit: unit}), &limit)
	target = *lighter(ptr(plus(target, step)), &limit)
	next, ok := c.weights(c.sub).AtMost(target)
	if !ok || next.Cmp(load) <= 0 {
		// The smallest pair of plates may be more than the percentage.
		next, ok = c.weights(c.sub).Above(load)
		if !ok || next.Cmp(plus(load, most)) > 0 {
			c.more(s, c.sub.Dose.Reps.Max+rules.BarExtraReps, "NO_SMALLER_PLATE", fmt.Sprintf("The next weight that can be loaded is more than %s %s heavier.", most, unit))
			return
		}
		if next.Cmp(target) > 0 {
			target = next
		}
	}
	s.Action, s.Work = ActionLoad, c.at(&target, &next)
	s.Reasons = append(s.Reasons, c.r.because("BAR_STEP", fmt.Sprintf("%s more, at most %s percent or %s %s.",
		domain.Mass{Value: step, Unit: unit}, percent, most, unit.Name())))
}

func ptr[T any](v T) *T { return &v }

// estimate returns the newest estimated maximum of an exercise that still
// counts.
func (c *state) estimate(exercise string) (domain.Mass, bool) {
	for i := len(c.h.points) - 1; i >= 0; i-- {
		p := &c.h.points[i]
		if p.s.Date.DaysUntil(c.in.Today) > c.r.Raise.EstimateDays {
			break
		}
		if p.e == nil || p.e.Exercise != exercise {
			continue
		}
		if top, ok := c.r.estimateOf(p); ok {
			return top, true
		}
	}
	return domain.Mass{}, false
}

// estimateOf is the estimated maximum of one session, if its sets allow one.
func (r *Rules) estimateOf(p *point) (domain.Mass, bool) {
	reps := p.e.fewest()
	if p.load == nil || p.e.RPE == nil || reps == 0 {
		return domain.Mass{}, false
	}
	top, err := r.route.EstimateMax(p.load.Value, reps, domain.NewDecimal(10).Sub(*p.e.RPE))
	if err != nil || top.Value == nil {
		return domain.Mass{}, false
	}
	return domain.Mass{Value: *top.Value, Unit: p.load.Unit}, true
}

// fewest is the fewest repeats of a set with the worked weight; 0 when there
// is none.
func (e *Exercise) fewest() int {
	load, n := e.worked(), 0
	for _, set := range e.Done {
		if set.Load != nil && load != nil && set.Load.Cmp(*load) < 0 {
			continue
		}
		if n == 0 || set.Reps < n {
			n = set.Reps
		}
	}
	return n
}
