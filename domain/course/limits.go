package course

import (
	"fmt"
	"math/big"

	"backtobar/domain"
	"backtobar/domain/program"
)

// deload makes the next session a lighter one when a lighter week is due. It
// never adds to another reduction: it starts from the work of the last session,
// too, and the lower target stays.
func (c *state) deload(s *Suggestion) {
	switch s.Action {
	case ActionRepeat, ActionReps, ActionSets, ActionLoad, ActionReturn, ActionNext:
	default:
		return
	}
	rule, text, due := c.deloadDue()
	if !due {
		return
	}
	rules := c.r.Deload
	why := c.r.because(rule, text+fmt.Sprintf(" A lighter week: %s percent of the sets and %s percent of the load.", rules.SetsKept, rules.LoadKept))
	s.Deload = true
	s.Reasons = append([]Reason{why}, s.Reasons...)
	if s.Action == ActionNext {
		s.Work.Sets = fewerSets(s.Work.Sets, rules.SetsKept)
		s.Work.Target = lighter(s.Work.Target, c.lighterTarget())
		return
	}
	s.Action, s.SubStage, s.Work = ActionDeload, c.sub.Code, c.work
	if p := c.running(); p != nil {
		// The week is lighter already and is not made lighter again.
		s.Work.Sets, s.Work.Reps = p.e.Prescribed.Sets, p.e.Prescribed.Reps
		s.Work.Target = lighter(p.target, p.load)
		return
	}
	s.Work.Reps = min(c.work.Reps, max(c.sub.Dose.Reps.Max, c.sub.Dose.Reps.Min))
	s.Work.Sets = fewerSets(s.Work.Sets, rules.SetsKept)
	s.Work.Target = c.lighterTarget()
}

// running is the newest session when it belongs to a lighter week that still
// goes on in this sub-stage, or nil.
func (c *state) running() *point {
	p := c.h.last(func(p *point) bool { return p.e != nil })
	if p == nil || c.last == nil || !p.s.Deload || p.s.SubStage != c.sub.Code || week(p.s.Date) != week(c.in.Today) {
		return nil
	}
	return p
}

// lightWeek keeps every suggestion of a lighter week at or below its load, also
// a step back that counts from the load before it.
func (c *state) lightWeek(s *Suggestion) {
	if p := c.running(); p != nil && p.target != nil && s.SubStage == c.sub.Code {
		c.atMost(s, *lighter(p.target, p.load), "DELOAD_WEEK", "The lighter week goes on.")
	}
}

// lighterTarget is the target of a lighter week; nil without a weight.
func (c *state) lighterTarget() *domain.Mass {
	base := lighter(c.work.Target, c.work.Load)
	if base == nil {
		return nil
	}
	return ptr(share(*base, c.r.Deload.LoadKept))
}

// fewerSets rounds to the nearest whole set, at least one.
func fewerSets(sets int, kept domain.Decimal) int {
	share := new(big.Rat).Mul(kept.Rat(), big.NewRat(int64(sets), 100))
	share.Add(share, big.NewRat(1, 2))
	return max(1, int(new(big.Int).Div(share.Num(), share.Denom()).Int64()))
}

// deloadDue reports whether a lighter week is due, and why.
func (c *state) deloadDue() (rule, text string, due bool) {
	rules := c.r.Deload
	if c.sub.Stage < rules.FromStage || c.last == nil {
		return "", "", false
	}
	now := week(c.in.Today)
	trained, light := map[int]bool{}, map[int]bool{}
	for i := len(c.h.points) - 1; i >= 0; i-- {
		p := &c.h.points[i]
		w := week(p.s.Date)
		if w < now-rules.Weeks {
			break
		}
		if c.r.steps[p.s.SubStage].stage < rules.FromStage || p.e == nil {
			continue
		}
		trained[w] = true
		light[w] = light[w] || p.s.Deload
	}
	if light[now] {
		return "DELOAD_WEEK", "The lighter week goes on.", true
	}
	n := 0
	for w := now - 1; n < rules.Weeks && trained[w] && !light[w]; w-- {
		n++
	}
	last := c.last.s
	switch {
	case n >= rules.Weeks:
		return "DELOAD", fmt.Sprintf("%s trained weeks in a row.", countWord(rules.Weeks)), true
	case c.stuck != "":
		return "DELOAD_PLATEAU", c.stuck, true
	case last.PoorSleep:
		return "DELOAD_SLEEP", "Poor sleep since the last session.", true
	case last.Ill:
		return "DELOAD_ILL", "Ill since the last session.", true
	case c.climbing():
		return "DELOAD_PAIN", "The 7-day average of the pain has risen since the week before.", true
	}
	return "", "", false
}

// climbing reports whether the newest 7-day average is above the newest one
// that is a week older.
func (c *state) climbing() bool {
	var newest *Session
	for i := len(c.h.points) - 1; i >= 0; i-- {
		s := c.h.points[i].s
		switch {
		case s.PainWeek == nil:
		case newest == nil:
			newest = s
		case s.Date.DaysUntil(newest.Date) >= 7:
			rise := newest.PainWeek.Sub(*s.PainWeek)
			return rise.Sign() > 0 && rise.Cmp(c.r.Deload.Climb) >= 0
		}
	}
	return false
}

// bellCap is the largest bell of the sub-stage where the patient stands, nil
// without a limit.
func (c *state) bellCap() *domain.Mass { return c.capOf(c.sub.Code) }

func (c *state) capOf(code program.Code) *domain.Mass {
	if c.in.LiftBellCap {
		return nil
	}
	unit := c.in.BodyMass.Unit
	if c.work.Load != nil {
		unit = c.work.Load.Unit
	}
	loads, pounds := c.r.route.Loads, unit == domain.Pound
	switch level := c.r.steps[code].BellCap; {
	case level == program.Light && pounds:
		return &domain.Mass{Value: loads.LightMaxLb, Unit: domain.Pound}
	case level == program.Light:
		return &domain.Mass{Value: loads.LightMaxKg, Unit: domain.Kilogram}
	case level == program.Moderate && pounds:
		return &domain.Mass{Value: loads.ModerateMaxLb, Unit: domain.Pound}
	case level == program.Moderate:
		return &domain.Mass{Value: loads.ModerateMaxKg, Unit: domain.Kilogram}
	}
	return nil
}

// limit holds the suggestion to the caps: that of the therapist, that of the
// bells, and the ceiling of the estimated maximum. Only the newest session
// gives a ceiling: after an easier one the effort decides alone.
func (c *state) limit(s *Suggestion) {
	if p := c.h.last(func(p *point) bool { return p.e != nil }); p != nil && p.s.SubStage == s.SubStage && c.last != nil && c.step.CeilingPercent.Sign() > 0 {
		if top, ok := c.r.estimateOf(p); ok {
			most := share(top, c.step.CeilingPercent)
			text := fmt.Sprintf("The ceiling of %s is %s percent of the estimated maximum, %s.", s.SubStage, c.step.CeilingPercent, top)
			if p.load.Cmp(most) > 0 && c.showedExit(p) {
				most = *p.load
				text += fmt.Sprintf(" %s showed everything that %s asks for, so it may be done again, and nothing heavier.", most, s.SubStage)
			}
			c.atMost(s, most, "CEILING", text)
		}
	}
	if c.in.Cap != nil {
		c.atMost(s, *c.in.Cap, "CAP", fmt.Sprintf("The therapist's limit is %s.", c.in.Cap))
	}
	if top := c.capOf(s.SubStage); top != nil {
		c.atMost(s, *top, "BELL_CAP", fmt.Sprintf("The limit of the bells in %s is %s.", s.SubStage, top))
	}
}

// showedExit reports whether the session showed everything that the sub-stage
// asks for at its load. That load may then be repeated, although a good set at
// the effort ceiling is a little above the ceiling of the estimate: without the
// second session there would be no way on. Where the exit is itself a share of
// the estimate, the ceiling stands.
func (c *state) showedExit(p *point) bool {
	return !p.s.Deload && c.step.Exit.Load != loadEstimate && len(c.gaps(p)) == 0
}

// fit finds the weight that there is for the target. When none is light enough
// the way is an earlier sub-stage; a weight that is never above the target is
// the whole point.
func (c *state) fit(s *Suggestion) {
	fewer := false
	for s.Work.Target != nil {
		sub, _ := c.r.route.SubStage(s.SubStage)
		weights := c.weights(sub)
		if len(weights) == 0 {
			s.Work.Load = nil
			s.Flags = append(s.Flags, c.r.because("NOT_SET_UP", fmt.Sprintf("The weights are not set up, so only the target is known: %s or less. List the sizes that are there.", s.Work.Target)))
			return
		}
		if load, ok := weights.AtMost(*s.Work.Target); ok {
			s.Work.Load = &load
			break
		}
		if s.Action == ActionStart {
			// The smallest bell that there is was signed with a warning.
			s.Work.Load = c.work.Load
			break
		}
		if s.Action == ActionDeload && !fewer {
			// A planned lighter week without a lighter weight has fewer sets.
			fewer = true
			s.Work.Target = lighter(c.work.Target, c.work.Load)
			c.limit(s)
			continue
		}
		// The step back stands for the lighter load: it is not taken twice.
		b := c.backTo(sub.Back, "NO_WEIGHT", fmt.Sprintf("No weight of %s or less is there: one sub-stage back.", s.Work.Target), domain.NewDecimal(100))
		b.Reasons = append(s.Reasons, b.Reasons...)
		b.Deload = s.Deload
		c.limit(&b)
		*s = b
	}
	c.name(s)
}

// name makes the action say what came out after limits and rounding.
func (c *state) name(s *Suggestion) {
	if s.SubStage != c.sub.Code || s.Work.Load == nil || c.work.Load == nil {
		return
	}
	change := s.Work.Load.Cmp(*c.work.Load)
	switch s.Action {
	case ActionLoad, ActionReturn, ActionLighter:
		switch {
		case change == 0 && s.Work.Reps > c.work.Reps:
			s.Action = ActionReps
		case change == 0:
			s.Action = ActionRepeat
		case change < 0:
			s.Action = ActionLighter
		}
	}
}

// flag tells what the therapist should look at. It blocks nothing.
func (c *state) flag(s *Suggestion) {
	if s.Work.Load == nil || s.Deload {
		return
	}
	done, before := c.weekly()
	if before.Sign() <= 0 {
		return
	}
	next := new(big.Rat).Mul(s.Work.Load.In(domain.Kilogram), big.NewRat(int64(s.Work.Sets*s.Work.asked()), 1))
	rise := next.Add(next, done)
	rise.Sub(rise, before)
	rise.Mul(rise.Quo(rise, before), big.NewRat(100, 1))
	if rise.Cmp(c.r.Raise.TonnagePercent.Rat()) > 0 {
		s.Flags = append(s.Flags, c.r.because("TONNAGE", fmt.Sprintf("With this session, sets times repeats times load of 7 days are more than %s percent above those of the 7 days before.", c.r.Raise.TonnagePercent)))
	}
}

// weekly is sets times repeats times load, in kilograms, of the 7 days that end
// today and of the last 7 days before them that had weights and no lighter
// session. Both places count. Days before the first session make no full week.
func (c *state) weekly() (now, before *big.Rat) {
	const days = 7
	sums, light := map[int]*big.Rat{}, map[int]bool{}
	first := 0 // how many days ago the first session was
	for i := range c.in.Sessions {
		s := &c.in.Sessions[i]
		ago := s.Date.DaysUntil(c.in.Today)
		first = max(first, ago)
		light[ago/days] = light[ago/days] || s.Deload
		if e := c.r.main(s); e != nil && ago >= 0 {
			if sums[ago/days] == nil {
				sums[ago/days] = new(big.Rat)
			}
			sums[ago/days].Add(sums[ago/days], e.tonnage())
		}
	}
	now, before = new(big.Rat), new(big.Rat)
	if sums[0] != nil {
		now = sums[0]
	}
	for w := 1; (w+1)*days <= first+1 && w*days <= c.r.Missed.LongDays; w++ {
		if sums[w] != nil && sums[w].Sign() > 0 && !light[w] {
			return now, sums[w]
		}
	}
	return now, before
}

// tonnage is repeats times load of the sets that were done, in kilograms.
func (e *Exercise) tonnage() *big.Rat {
	sum := new(big.Rat)
	for _, set := range e.Done {
		load := set.Load
		if load == nil {
			load = e.Prescribed.Load
		}
		if load != nil {
			sum.Add(sum, new(big.Rat).Mul(load.In(domain.Kilogram), big.NewRat(int64(max(set.Reps, set.Seconds)), 1)))
		}
	}
	return sum
}

// plateau looks for sessions without more repeats or load at the effort
// ceiling, and then suggests a lighter week, other ways on, or a review.
func (c *state) plateau(s *Suggestion) {
	n, cycles := 0, 0
	inDeload := false
	for i := len(c.h.points) - 1; i >= 0; i-- {
		p := &c.h.points[i]
		if p.e == nil {
			continue
		}
		if p.s.SubStage != c.sub.Code || p.load == nil {
			break
		}
		if p.s.Deload {
			if !inDeload {
				cycles++
			}
			inDeload = true
			continue
		}
		inDeload = false
		if !sameMass(p.load, c.work.Load) || p.e.Prescribed.Reps != c.work.Reps {
			break
		}
		if cycles == 0 && c.atCeiling(p) {
			n++
		}
	}
	if n < c.r.Plateau.Sessions {
		return
	}
	text := fmt.Sprintf("%s sessions at the effort ceiling without more repeats or load.", countWord(n))
	switch {
	case cycles >= c.r.Plateau.Cycles:
		s.Options = []Reason{c.r.because("PLATEAU_REVIEW", text+" The lighter weeks did not help: review goal, sleep, stress and technique.")}
	case cycles > 0:
		s.Options = append([]Reason{c.r.because("PLATEAU", text)}, c.ways()...)
	default:
		s.Options = append([]Reason{c.r.because("PLATEAU", text+" First a lighter week.")}, c.ways()...)
		c.stuck = text
	}
}

// ways are the ways on when the load cannot rise.
func (c *state) ways() []Reason {
	out := []Reason{c.r.because("SMALLER_STEP", "Get smaller plates or a size in between.")}
	if c.work.Reps >= 8 {
		out = append(out, c.r.because("OTHER_REPS", "Another range: from 8 to 5 repeats."))
	} else {
		out = append(out, c.r.because("OTHER_REPS", "Another range: from 5 to 8 repeats."))
	}
	return append(out, c.r.because("THIRD_DAY", "A third day in the week."))
}

// atCeiling reports whether the effort reached its ceiling.
func (c *state) atCeiling(p *point) bool {
	signs := c.r.Signs(*p.s)
	return signs.RPE != nil && signs.RPETarget != nil && signs.RPE.Cmp(*signs.RPETarget) >= 0
}
