package course

import (
	"fmt"
	"slices"
	"time"

	"backtobar/domain"
	"backtobar/domain/program"
)

// missing returns what the next sub-stage still asks for; empty when the
// newest sessions showed everything.
func (c *state) missing() []Reason {
	var shown []*point
	var why []Reason
	for i := len(c.h.points) - 1; i >= 0; i-- {
		p := &c.h.points[i]
		if p.e == nil || restful(p) {
			continue
		}
		if p.s.SubStage != c.sub.Code {
			break
		}
		if gaps := c.gaps(p); len(gaps) > 0 {
			if len(shown) == 0 {
				why = gaps
			}
			break
		}
		shown = append(shown, p)
		if len(shown) >= c.r.Decision.ExitSessions && observed(shown) && (!c.step.Exit.DifferentWeeks || twoWeeks(shown)) {
			break
		}
	}
	say := func(rule, text string) { why = append(why, c.r.because(rule, text)) }
	if len(shown) < c.r.Decision.ExitSessions && len(why) == 0 {
		say("EXIT_TWICE", fmt.Sprintf("%s asks for everything in %s sessions in a row.", c.sub.Code, countSmall(c.r.Decision.ExitSessions)))
	}
	if !observed(shown) {
		say("OBSERVED", "One of the sessions must be seen by the therapist.")
	}
	if c.step.Exit.DifferentWeeks && len(shown) >= c.r.Decision.ExitSessions && !twoWeeks(shown) {
		say("TWO_WEEKS", "The sessions must lie in two different weeks.")
	}
	for _, id := range c.step.Exit.Measured {
		if text := c.unmet(id); text != "" {
			say(id, text)
		}
	}
	return why
}

func observed(points []*point) bool {
	return slices.ContainsFunc(points, func(p *point) bool { return p.s.Observed })
}

// gaps returns what one session did not show.
func (c *state) gaps(p *point) (out []Reason) {
	x := c.step.Exit
	say := func(rule, text string) { out = append(out, c.r.because(rule, text)) }
	if !good(p.verdict) {
		say("EXIT_GOOD", "The last session was not a good one.")
	}
	counted := p.e.counted()
	if len(counted) < x.Sets || slices.Min(counted[:x.Sets]) < x.Reps {
		say("EXIT_SETS", fmt.Sprintf("%s asks for %s.", c.sub.Code, program.Scheme{Sets: x.Sets, Reps: x.Reps}))
	}
	if signs := c.r.Signs(*p.s); signs.PainDuring == nil || above(signs.PainDuring, x.PainMost) {
		say("EXIT_PAIN", fmt.Sprintf("Pain must stay at %s or less.", x.PainMost))
	} else if x.Settled && (signs.Pain24h == nil || signs.rise().Sign() > 0) {
		say("EXIT_SETTLED", "Pain must be settled after 24 hours.")
	}
	if x.RPEMost.Sign() > 0 && (p.e.RPE == nil || above(p.e.RPE, x.RPEMost)) {
		say("EXIT_EFFORT", fmt.Sprintf("Effort must be RPE %s or less.", x.RPEMost))
	}
	if x.FaultsPerSet != nil && p.e.FaultyReps > *x.FaultsPerSet*max(1, len(p.e.Done)) {
		say("EXIT_FAULTS", fmt.Sprintf("At most %d faulty repeat a set.", *x.FaultsPerSet))
	}
	if x.FaultsPercent != nil && above(p.e.faultShare(), *x.FaultsPercent) {
		say("EXIT_FAULTS", fmt.Sprintf("At most %s percent of the repeats with a fault.", x.FaultsPercent))
	}
	if text := c.tooLight(p); text != "" {
		say("EXIT_LOAD", text)
	}
	for _, id := range x.Shown {
		if !slices.Contains(p.s.Shown, id) {
			say(id, "Not ticked yet: "+c.criterion(id)+".")
		}
	}
	return out
}

// tooLight says which load the exit asks for, or "" when it was lifted.
func (c *state) tooLight(p *point) string {
	x := c.step.Exit
	if x.Goal && c.in.Goal != nil {
		if p.load == nil || p.load.Cmp(*c.in.Goal) < 0 {
			return fmt.Sprintf("The goal is %s.", c.in.Goal)
		}
		return ""
	}
	switch x.Load {
	case loadLight, loadModerate:
		level := program.Light
		if x.Load == loadModerate {
			level = program.Moderate
		}
		choice, err := c.r.route.KettlebellLoad(level, c.in.BodyMass, c.in.Bells)
		switch {
		case err != nil:
			return fmt.Sprintf("The %s kettlebell is not known: list the bells and the body weight.", level)
		case p.load == nil || p.load.Cmp(choice.Load) < 0:
			return fmt.Sprintf("The %s kettlebell is %s.", level, choice.Load)
		}
	case loadBody, loadBodyOrSize:
		if c.in.BodyMass.IsZero() {
			return "The body weight is not known. Enter it in Intake."
		}
		goal := share(c.in.BodyMass, x.BodyPercent)
		if p.load != nil && (p.load.Cmp(goal) >= 0 || x.Load == loadBodyOrSize && c.twoSizesUp(*p.load)) {
			return ""
		}
		return fmt.Sprintf("%s percent of body weight, %s, is asked for.", x.BodyPercent, goal)
	case loadEstimate:
		top, ok := c.estimate(c.sub.Main)
		if !ok || p.load == nil || p.load.Cmp(share(top, x.EstimatePercent)) < 0 {
			return fmt.Sprintf("%s percent of an estimated maximum is asked for; a set at RPE 7 gives the estimate.", x.EstimatePercent)
		}
	}
	return ""
}

// twoSizesUp reports whether the bell is two sizes or more above the light one.
func (c *state) twoSizesUp(load domain.Mass) bool {
	light, err := c.r.route.KettlebellLoad(program.Light, c.in.BodyMass, c.in.Bells)
	if err != nil {
		return false
	}
	one, ok := c.in.Bells.Above(light.Load)
	if !ok {
		return false
	}
	two, ok := c.in.Bells.Above(one)
	return ok && load.Cmp(two) >= 0
}

func (c *state) criterion(id string) string {
	for _, x := range c.sub.Exit {
		if x.ID == id {
			return x.Text
		}
	}
	return id
}

// unmet says why a measured criterion does not hold, or "" when it does.
func (c *state) unmet(id string) string {
	m, limits := c.in.Measures, c.r.Measured
	met := false
	switch id {
	case "3B.hold":
		met = above(m.EnduranceSeconds, limits.EnduranceSeconds)
	case "3B.odi":
		met = m.ODINow != nil && m.ODIStart != nil && m.ODINow.Sub(*m.ODIStart).Cmp(limits.ODIWorse) < 0
	case "4C.odi":
		met = m.ODINow != nil && (m.ODINow.Cmp(limits.ODIGood) <= 0 || m.ODIStart != nil && m.ODIStart.Sub(*m.ODINow).Cmp(limits.ODIBetter) >= 0)
	case "4C.psfs":
		met = m.PSFSNow != nil && (m.PSFSNow.Cmp(limits.PSFSGood) >= 0 || m.PSFSStart != nil && m.PSFSNow.Sub(*m.PSFSStart).Cmp(limits.PSFSBetter) >= 0)
	case "4C.flare":
		met = isTrue(m.ManagesFlare)
	}
	if met {
		return ""
	}
	return "Not shown yet: " + c.criterion(id) + "."
}

// twoWeeks reports whether two of the sessions lie in different calendar weeks.
func twoWeeks(points []*point) bool {
	return week(points[0].s.Date) != week(points[len(points)-1].s.Date)
}

// monday is the first day of the calendar weeks that are counted.
var monday = domain.Date{Year: 2001, Month: time.January, Day: 1}

// week numbers the calendar weeks, each from Monday to Sunday.
func week(d domain.Date) int {
	days := monday.DaysUntil(d)
	if days < 0 {
		days -= 6
	}
	return days / 7
}
