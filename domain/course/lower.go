package course

import (
	"fmt"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// regress is one step back: less load, or the sub-stage before when there is
// no lighter weight or it is the second step back in a short time.
func (c *state) regress(ruling Ruling) Suggestion {
	low := c.r.Lower
	if c.h.backs(c.in.Screen, low.BackCount, low.BackDays, c.h.moved()) {
		s := c.back(ruling.Rule, ruling.Text, domain.NewDecimal(100))
		s.Reasons = append(s.Reasons, c.r.because("BACK_TWICE", fmt.Sprintf("%s steps back within %d days: one sub-stage back.", countWord(low.BackCount), low.BackDays)))
		return s
	}
	if c.work.Load == nil {
		return c.back(ruling.Rule, ruling.Text, domain.NewDecimal(100))
	}
	s := c.plain(ActionLighter, NextRegress, ruling.Rule, ruling.Text)
	weights := c.weights(c.sub)
	target := share(*lighter(c.work.Target, c.work.Load), low.KeptPercent)
	load, ok := weights.AtMost(target)
	text := fmt.Sprintf("%s percent of the load is kept, rounded down.", low.KeptPercent)
	if c.needs(c.sub) == program.NeedsKettlebell {
		load, ok = weights.Below(*c.work.Load)
		target, text = load, "One bell size down."
	}
	if !ok {
		s := c.back(ruling.Rule, ruling.Text, domain.NewDecimal(100))
		s.Reasons = append(s.Reasons, c.r.because("SMALLEST", "There is no lighter weight: one sub-stage back."))
		return s
	}
	s.Work.Target, s.Work.Load = &target, &load
	s.Work.Reps = min(s.Work.Reps, max(c.sub.Dose.Reps.Max, c.sub.Dose.Reps.Min))
	s.Reasons = append(s.Reasons, c.r.because("LIGHTER", text))
	return s
}

// back is the sub-stage before, with a share of its last load and never more
// than the load of now.
func (c *state) back(rule, text string, kept domain.Decimal) Suggestion {
	return c.backTo(c.sub.Back, rule, text, kept)
}

func (c *state) backTo(code program.Code, rule, text string, kept domain.Decimal) Suggestion {
	s := Suggestion{Action: ActionBack, Next: NextRegress, SubStage: code, Reasons: []Reason{c.r.because(rule, text)}}
	sub, ok := c.r.route.SubStage(code)
	if !ok {
		s.SubStage = program.Preparation
		s.Reasons = append(s.Reasons, c.r.because("PREPARE", "Back to the preparation tracks: walking, breathing, easy hinging."))
		return s
	}
	s.Work, s.EffortRPE = Work{Sets: sub.Dose.Sets.Min, Reps: sub.Dose.Reps.Min}, sub.Dose.EffortRPE
	needs := c.needs(sub)
	if needs != program.NeedsKettlebell && needs != program.NeedsBarbell {
		return s
	}
	target := c.work.Target
	if p := c.h.at(code, domain.Date{}); p != nil && p.load != nil {
		target = lighter(target, ptr(share(*lighter(p.target, p.load), kept)))
	} else if needs == program.NeedsKettlebell {
		if choice, err := c.r.route.KettlebellLoad(program.Light, c.in.BodyMass, c.in.Bells); err == nil {
			target = lighter(target, &choice.Target)
		}
	}
	s.Work.Target = target
	return s
}

// missed is the days since the last lift at any place, or since the plan that
// was signed after it; 0 before the first session.
func (c *state) missed() int {
	if c.h.lifted.IsZero() {
		return 0
	}
	return c.liftedFrom().DaysUntil(c.in.Today)
}

// liftedFrom is the day from which missed days are counted.
func (c *state) liftedFrom() domain.Date {
	if c.h.lifted.Before(c.in.Plan.Signed) {
		return c.in.Plan.Signed
	}
	return c.h.lifted
}

// planned is the most days between two sessions that are as planned.
func (c *state) planned() int {
	const days = 7
	n := c.r.Missed.PlannedDays
	if a := c.sub.Dose.DaysPerWeek.Min; a > 0 {
		n = max(n, (days+a-1)/a)
	}
	return n
}

// lessForMissed takes the share for days without a session off the work of the
// last session; a reduction that is larger already stays as it is.
func (c *state) lessForMissed(s *Suggestion) {
	days := c.missed()
	if days <= c.planned() || s.SubStage != c.sub.Code || c.work.Target == nil {
		return
	}
	kept := c.r.Missed.ShortKept
	if days > c.r.Missed.ShortDays {
		kept = c.r.Missed.LongKept
	}
	c.atMost(s, share(*lighter(c.work.Target, c.work.Load), kept), "MISSED",
		fmt.Sprintf("%d days since the last session: %s percent of the load is kept, rounded down.", days, kept))
}

// atMost lowers the target of a suggestion, with the reason, unless it is as
// low already.
func (c *state) atMost(s *Suggestion, most domain.Mass, rule, text string) {
	if s.Work.Target == nil || s.Work.Target.Cmp(most) <= 0 {
		return
	}
	s.Work.Target = &most
	s.Reasons = append([]Reason{c.r.because(rule, text)}, s.Reasons...)
	if s.Action != ActionNext && s.Action != ActionBack && s.Action != ActionWait {
		s.Action = ActionLighter
	}
}

// fromMissed is the way after a long time without a session, once the screen
// was taken again.
func (c *state) fromMissed() (Suggestion, bool) {
	if days := c.missed(); days > c.r.Missed.LongDays {
		return c.back("MISSED_LONG", fmt.Sprintf("%d days since the last session: one sub-stage back, with %s percent of its last load.", days, c.r.Missed.LongKept), c.r.Missed.LongKept), true
	}
	return Suggestion{}, false
}

// fromScreen leads back to what the screen allows.
func (c *state) fromScreen() (Suggestion, bool) {
	d := c.in.Screen.Decision
	most := d.Stage
	if d.Outcome == screen.Retest {
		most = d.Cap
	}
	if c.sub.Stage <= most {
		return Suggestion{}, false
	}
	code := program.Preparation
	for _, s := range c.r.route.SubStages() {
		if s.Stage <= most {
			code = s.Code
		}
	}
	return c.backTo(code, "SCREEN", fmt.Sprintf("The screen allows stage %d at most.", most), domain.NewDecimal(100)), true
}

// flare returns the newest flare-up that no session followed yet, or nil.
func (c *state) flare() *Flare {
	f := newest(c.in.Flares)
	if f == nil || f.Settled.IsZero() {
		return f
	}
	if !c.h.lifted.Before(f.Settled) || !c.in.Plan.Signed.Before(f.Settled) {
		return nil
	}
	return f
}

// newest returns the flare-up that began last, or nil.
func newest(flares []Flare) *Flare {
	var out *Flare
	for i := range flares {
		if out == nil || out.Began.Before(flares[i].Began) {
			out = &flares[i]
		}
	}
	return out
}

// days is how long a flare-up lasted, or has lasted until today.
func (f Flare) days(today domain.Date) int {
	if f.Settled.IsZero() {
		return f.Began.DaysUntil(today)
	}
	return f.Began.DaysUntil(f.Settled)
}

// severe reports whether a flare-up asks for a new screen, and why.
func (r *Rules) severe(f Flare, today domain.Date) (bool, string) {
	switch days := f.days(today); {
	case f.NewLegSymptom:
		return true, "there is a new leg symptom"
	case f.PainWeek != nil && f.PainWeek.Cmp(r.Flare.PainRescreen) >= 0:
		return true, fmt.Sprintf("the 7-day average reached %s", r.Flare.PainRescreen)
	case days > r.Flare.MiddleDays:
		return true, fmt.Sprintf("the flare-up lasted more than %d days", r.Flare.MiddleDays)
	}
	return false, ""
}

// fromFlare is the first session after a flare-up that settled.
func (c *state) fromFlare() (Suggestion, bool) {
	f := c.flare()
	if f == nil || c.last == nil {
		return Suggestion{}, false
	}
	rules, days := c.r.Flare, f.days(c.in.Today)
	severe, _ := c.r.severe(*f, c.in.Today)
	switch {
	case severe:
		code := c.sub.Back
		for _, s := range c.r.route.SubStages() {
			if s.Stage < c.sub.Stage {
				code = s.Code
			}
		}
		return c.backTo(code, "FLARE_LONG", fmt.Sprintf("After a flare-up of %d days and a new screen: the stage before, with %s percent of its last load.", days, rules.MiddleKept), rules.MiddleKept), true
	case days > rules.ShortDays:
		return c.back("FLARE_MIDDLE", fmt.Sprintf("After a flare-up of %d days: one sub-stage back, with %s percent of its last load, rounded down.", days, rules.MiddleKept), rules.MiddleKept), true
	}
	s := c.plain(ActionLighter, NextRegress, "FLARE_SHORT", fmt.Sprintf("After a flare-up of %d days: the same sub-stage with %s percent of the load, rounded down.", days, rules.ShortKept))
	if s.Work.Target != nil {
		s.Work.Target = ptr(share(*lighter(c.work.Target, c.work.Load), rules.ShortKept))
	}
	return s, true
}

// comeBack is the next step of the way back after a flare-up: a little more
// per good session, until the load before it.
func (c *state) comeBack() (Suggestion, bool) {
	f := newest(c.in.Flares)
	if f == nil || f.Settled.IsZero() || c.last == nil || c.last.e == nil || c.work.Load == nil || !f.Settled.Before(c.last.s.Date) {
		return Suggestion{}, false
	}
	if !green(c.last.verdict) && c.last.ruling.Next != NextProgress {
		return Suggestion{}, false
	}
	before := c.h.at(c.sub.Code, f.Began)
	if before == nil || before.load == nil || before.load.Cmp(*c.work.Load) <= 0 {
		return Suggestion{}, false
	}
	most := *before.load
	rules := c.r.Flare
	next, target := most, most
	if c.needs(c.sub) == program.NeedsKettlebell {
		bell, ok := c.in.Bells.Above(*c.work.Load)
		if !ok || bell.Cmp(most) > 0 || c.r.farBell(*c.work.Load, bell) {
			return Suggestion{}, false
		}
		next, target = bell, bell
	} else {
		target = *lighter(ptr(share(*c.work.Target, rules.ReturnPercent.Add(domain.NewDecimal(100)))), &most)
		load, ok := c.weights(c.sub).AtMost(target)
		if !ok || load.Cmp(*c.work.Load) <= 0 {
			return Suggestion{}, false
		}
		next = load
	}
	s := c.plain(ActionReturn, NextProgress, "FLARE_RETURN", fmt.Sprintf("A good session after the flare-up: about %s percent more, until %s as before it.", rules.ReturnPercent, most))
	s.Work.Target, s.Work.Load = &target, &next
	return s, true
}
