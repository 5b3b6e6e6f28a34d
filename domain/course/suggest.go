package course

import (
	"fmt"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// state is one question: the input, what its sessions say, and where the
// patient stands.
type state struct {
	r  *Rules
	in Input
	h  history
	// last is the newest session, nil when the plan is newer or none was done.
	last *point
	// sub and work are where the next session starts from.
	sub  program.SubStage
	step StepRules
	work Work
	// stuck says that the load is on a plateau, "" when it is not.
	stuck string
}

// Suggest returns the suggestion for the next session. The error is about an
// input that cannot be read: a sub-stage that does not exist, or a session with
// gaps that Check would have refused.
func (r *Rules) Suggest(in Input) (Suggestion, error) {
	h, err := r.replay(in)
	if err != nil {
		return Suggestion{}, fmt.Errorf("suggest: %w", err)
	}
	c := &state{r: r, in: in, h: h}
	if err := c.stand(); err != nil {
		return Suggestion{}, fmt.Errorf("suggest: %w", err)
	}
	s, stopped := c.stop()
	if !stopped {
		s = c.next()
	}
	s.RulesVersion, s.RulesHash = r.Version, r.hash
	return s, nil
}

// because makes a reason of a rule.
func (r *Rules) because(rule, text string) Reason { return Reason{rule, text, program.ClinicDefault} }

// stand finds the sub-stage and the work that the next session starts from:
// those of the newest session with the lift, or of a plan signed after it. A
// planned lighter session that went well is passed over: the work before it
// counts.
func (c *state) stand() error {
	code, work := c.in.Plan.SubStage, c.in.Plan.Work
	newest := c.h.last(func(*point) bool { return true })
	if newest != nil && !c.in.Plan.after(newest.s.Date) {
		c.last = newest
		if from := c.base(); from != nil && !c.in.Plan.after(from.s.Date) {
			code, work = from.s.SubStage, from.e.Prescribed
			work.Load, work.Target = from.load, from.target
			if from.s.Deload {
				sub, _ := c.r.route.SubStage(code)
				work.Sets = max(work.Sets, sub.Dose.Sets.Min)
			}
		}
	}
	sub, ok := c.r.route.SubStage(code)
	if !ok && code != program.Preparation {
		return domain.Problems{{Field: "sub_stage", Text: "There is no such sub-stage. Choose 0, or 1A to 4C."}}
	}
	if work.Load != nil && work.Target == nil {
		work.Target = work.Load
	}
	c.sub, c.step, c.work = sub, c.r.steps[code], work
	c.ownTarget()
	return nil
}

// after reports whether the plan was signed after the sessions of the day.
func (s Start) after(day domain.Date) bool {
	return day.Before(s.Signed) || s.AfterLast && day == s.Signed
}

// ownTarget makes the load its own target when the target is far enough above it
// to be another weight that is there: then the target is a goal of the step, or
// the heavier weight of another place, and neither a first session nor a
// repeated one may climb to it.
func (c *state) ownTarget() {
	if c.work.Load == nil || c.work.Target == nil {
		return
	}
	if next, ok := c.weights(c.sub).Above(*c.work.Load); ok && next.Cmp(*c.work.Target) <= 0 {
		c.work.Target = c.work.Load
	}
}

// base is the session with the lift that the next one starts from. Planned
// lighter sessions that went well are passed over; of what is then left, down to
// the last session that was not a lighter one, the lightest counts.
func (c *state) base() *point {
	var out, lightest *point
	var code program.Code
	for i := len(c.h.points) - 1; i >= 0; i-- {
		p := &c.h.points[i]
		if p.e == nil {
			continue
		}
		if code == "" {
			code = p.s.SubStage
		}
		if p.s.SubStage != code {
			break
		}
		if !p.s.Deload {
			return lighterPoint(out, p)
		}
		lightest = lighterPoint(lightest, p)
		if !restful(p) {
			out = lighterPoint(out, p)
		}
	}
	return lightest
}

// lighterPoint returns the session with the lighter target; the first when both
// are the same.
func lighterPoint(a, b *point) *point {
	if a == nil || a.target != nil && b.target != nil && b.target.Cmp(*a.target) < 0 {
		return b
	}
	return a
}

// ruling is what the history says; with no session since the plan, to repeat.
func (c *state) ruling() Ruling {
	if c.last == nil {
		return c.r.Decide(nil)
	}
	ruling := c.last.ruling
	ruling.Text = c.r.rulingText(ruling.Rule)
	return ruling
}

// stop returns what forbids any lifting, the most urgent first.
func (c *state) stop() (Suggestion, bool) {
	d := c.in.Screen.Decision
	refuse := func(action Action, rule, text string) (Suggestion, bool) {
		return Suggestion{Action: action, Next: NextRescreen, SubStage: c.code(), Reasons: []Reason{c.r.because(rule, text)}}, true
	}
	if red := c.h.last(func(p *point) bool { return p.verdict == VerdictStopScreen }); red != nil && !c.in.Screen.answers(red.s.Date) {
		s, _ := refuse(ActionRefer, "RED_FLAG", "A red-flag question was answered yes. No more lifting before a new screen.")
		for _, q := range c.r.VisitQuestions {
			if red.s.RedFlags[q.ID] {
				s.Reasons = append(s.Reasons, c.r.because("RED_FLAG", q.Refer))
			}
		}
		return s, true
	}
	switch {
	case d.Outcome == screen.Emergency || d.Outcome == screen.UrgentRefer || d.Outcome == screen.HoldRefer:
		return refuse(ActionRefer, "SCREEN", "The screen forbids exercise until a medical answer is on file: "+strings.Join(d.Rules, ", ")+".")
	case d.Outcome == "":
		return refuse(ActionRescreen, "SCREEN", "There is no signed screen. Screen first.")
	case len(d.StaleSafety()) > 0:
		return refuse(ActionRescreen, "SCREEN", "The safety answers are out of date. Screen again first: "+titles(d.StaleSafety())+".")
	case d.Outcome == screen.Incomplete:
		return refuse(ActionRescreen, "SCREEN", "The screen is not complete. Answer first: "+titles(d.Missing)+".")
	}
	if low := c.r.Lower; c.h.backs(c.in.Screen, low.RescreenCount, low.RescreenDays, domain.Date{}) {
		return refuse(ActionRescreen, "BACK_THRICE", fmt.Sprintf("%s steps back within %d days. Screen again, and review the plan as a whole.",
			countWord(low.RescreenCount), low.RescreenDays))
	}
	if days := c.missed(); days > c.r.Missed.LongDays && !c.in.Screen.answers(c.liftedFrom()) {
		return refuse(ActionRescreen, "MISSED_LONG", fmt.Sprintf("%d days since the last session, more than %d. Screen again; after that the way is one sub-stage back.",
			days, c.r.Missed.LongDays))
	}
	if p := c.h.paused; !p.IsZero() && !c.in.Screen.answers(p) && !p.Before(c.in.Plan.Signed) {
		return refuse(ActionRescreen, "MISSED_LONG", fmt.Sprintf("The sessions since then do not stand for a screen: there were more than %d days without one. Screen again.", c.r.Missed.LongDays))
	}
	return c.flareStop(refuse)
}

// flareStop is stop for a flare-up.
func (c *state) flareStop(refuse func(Action, string, string) (Suggestion, bool)) (Suggestion, bool) {
	f := newest(c.in.Flares)
	if f == nil {
		return Suggestion{}, false
	}
	severe, why := c.r.severe(*f, c.in.Today)
	switch {
	case severe && (f.Settled.IsZero() || c.in.Screen.On.Before(f.Settled)):
		// Sessions in the meantime do not stand for the screen.
		return refuse(ActionRescreen, "FLARE_SCREEN", "Screen again before any lifting: "+why+".")
	case f.Settled.IsZero():
		s, _ := refuse(ActionRest, "FLARE", "A flare-up is going on: two to three days of walking and easy hinging without load, comfort measures, keep moving. Ask the red-flag questions again.")
		s.Next = NextWait
		return s, true
	}
	return Suggestion{}, false
}

// code is the sub-stage where the patient stands.
func (c *state) code() program.Code {
	if c.sub.Code == "" {
		return program.Preparation
	}
	return c.sub.Code
}

func titles(items []string) string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = screen.ItemTitle(item)
	}
	return strings.Join(out, ", ")
}

// next returns the suggestion when lifting is allowed: the most cautious of
// what the sessions, a flare-up, missed days and the screen lead to. Each looks
// at the work of the last session alone, so reductions never multiply.
func (c *state) next() Suggestion {
	if c.code() == program.Preparation || c.in.Screen.Decision.Outcome == screen.NotReady {
		return c.prepare()
	}
	s := c.fromSessions()
	for _, other := range []func() (Suggestion, bool){c.fromFlare, c.fromMissed, c.fromScreen} {
		if o, ok := other(); ok {
			s = c.lower(s, o)
		}
	}
	c.lessForMissed(&s)
	c.deload(&s)
	c.lightWeek(&s)
	c.limit(&s)
	c.fit(&s)
	c.flag(&s)
	return s
}

// prepare is the suggestion of stage 0.
func (c *state) prepare() Suggestion {
	text := "The preparation tracks of the screen come first; screen again when they are due."
	if c.code() != program.Preparation {
		text = "The screen allows only the preparation now, because of " + strings.Join(c.in.Screen.Decision.Rules, ", ") + "."
	}
	return Suggestion{Action: ActionBack, Next: NextRepeat, SubStage: program.Preparation, Reasons: []Reason{c.r.because("SCREEN", text)}}
}

// lower returns the more cautious of two suggestions: the lower sub-stage, then
// the lighter target, then fewer sets. The reasons of the other are kept.
func (c *state) lower(a, b Suggestion) Suggestion {
	x, y := c.order(a.SubStage), c.order(b.SubStage)
	if y < x || y == x && b.Work.Target != nil && (a.Work.Target == nil || b.Work.Target.Cmp(*a.Work.Target) < 0) {
		a, b = b, a
	}
	a.Reasons = append(a.Reasons, b.Reasons...)
	return a
}

// order is the place of a sub-stage on the route, 0 for the preparation.
func (c *state) order(code program.Code) int {
	return 1 + slices.IndexFunc(c.r.SubStages, func(s StepRules) bool { return s.Code == code })
}

// plain is a suggestion at the sub-stage where the patient stands.
func (c *state) plain(action Action, next Next, rule, text string) Suggestion {
	return Suggestion{Action: action, Next: next, SubStage: c.sub.Code, Work: c.work, EffortRPE: c.sub.Dose.EffortRPE,
		Reasons: []Reason{c.r.because(rule, text)}}
}

// fromSessions follows the ruling of the history.
func (c *state) fromSessions() Suggestion {
	if c.last == nil {
		s := c.plain(ActionStart, NextRepeat, "PLAN", "The plan has not been trained yet: begin as signed.")
		return s
	}
	ruling := c.ruling()
	switch ruling.Next {
	case NextRegress:
		return c.regress(ruling)
	case NextWait:
		s := c.plain(ActionWait, NextWait, ruling.Rule, ruling.Text)
		s.Reasons = append(s.Reasons, c.r.because("NO_NEXT_DAY", "Ask for it first; until then nothing is changed."))
		return s
	case NextProgress:
		return c.progress(ruling)
	}
	if s, ok := c.comeBack(); ok {
		return s
	}
	s := c.plain(ActionRepeat, NextRepeat, ruling.Rule, ruling.Text)
	if c.last.verdict == VerdictHold && c.r.tooSore(c.last.s) {
		s.Reasons[0] = c.r.because("PAIN_BEFORE", fmt.Sprintf("The same again: the last session began with pain above %s and counts as no good one.", c.r.Start.PainBeforeMost))
	} else if c.last.verdict == VerdictHold {
		for _, why := range c.r.Explain(c.r.Signs(*c.last.s)) {
			if why.Verdict == string(VerdictHold) {
				s.Reasons[0] = c.r.because(why.Rule, fmt.Sprintf("The same again, because of %s; the rule is %s.", why.Value, why.Threshold))
				break
			}
		}
	} else if restful(c.last) {
		s.Reasons[0] = c.r.because("DELOAD_OVER", "The last session was a planned lighter one: back to the work before it.")
	}
	c.plateau(&s)
	return s
}
