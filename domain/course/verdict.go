package course

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/program"
)

// Verdict is what one session says about the load.
type Verdict string

// The verdicts, in the order in which they are looked for.
const (
	// VerdictStopScreen: a red flag. No more lifting before a new screen.
	VerdictStopScreen Verdict = "STOP_SCREEN"
	// VerdictStop: a new leg symptom, or too much pain during the session.
	VerdictStop Verdict = "STOP"
	// VerdictPending: the pain after 24 hours is not known yet.
	VerdictPending Verdict = "PENDING"
	// VerdictRegress: clearly more pain after 24 hours.
	VerdictRegress Verdict = "REGRESS"
	// VerdictHold: a little more pain after 24 hours, or the work was not done
	// as asked.
	VerdictHold Verdict = "HOLD"
	// VerdictAmber: pain during the session that settled.
	VerdictAmber Verdict = "AMBER"
	// VerdictGreenEasy: green, and far too easy.
	VerdictGreenEasy Verdict = "GREEN_EASY"
	// VerdictGreen: nothing against going on.
	VerdictGreen Verdict = "GREEN"
)

// Next is what the sessions so far lead to.
type Next string

// The decisions.
const (
	// NextRescreen: screen again before any lifting.
	NextRescreen Next = "RESCREEN"
	// NextRegress: less load, or one sub-stage back.
	NextRegress Next = "REGRESS"
	// NextWait: ask for the pain after 24 hours first.
	NextWait Next = "WAIT_24H"
	// NextRepeat: the same again.
	NextRepeat Next = "REPEAT"
	// NextProgress: one step of repeats, load or sub-stage.
	NextProgress Next = "PROGRESS"
)

// Signs are what the table of verdicts looks at in one session. Nil means not
// given. They are the session of a case file; Session.Signs takes them from a
// logged session.
type Signs struct {
	// PainBefore, PainDuring (the worst) and Pain24h are 0 to 10. Pain24h may
	// be nil: not reported yet.
	PainBefore *domain.Decimal `json:"pain_before"`
	PainDuring *domain.Decimal `json:"pain_during"`
	Pain24h    *domain.Decimal `json:"pain_24h"`
	// RPE is the effort of the hardest set, 0 to 10; RPETarget its ceiling, 1
	// to 10.
	RPE       *domain.Decimal `json:"rpe"`
	RPETarget *domain.Decimal `json:"rpe_target"`
	// RepsDonePercent of the repeats asked for, 0 to 200; FaultyRepsPercent of
	// the repeats done, 0 to 100.
	RepsDonePercent   *domain.Decimal `json:"reps_done_percent"`
	FaultyRepsPercent *domain.Decimal `json:"faulty_reps_percent"`
	// NewLegSymptom: new or spreading. RedFlag: any red-flag question is yes.
	NewLegSymptom *bool `json:"new_leg_symptom"`
	RedFlag       *bool `json:"red_flag"`
}

// signRule is one line of the table of verdicts.
type signRule struct {
	id      string
	verdict Verdict
	// holds is never true when a value that it needs is not given.
	holds     func(VerdictRules, Signs) bool
	value     func(Signs) string
	threshold func(VerdictRules) string
	// model: the limit comes from the pain-monitoring model.
	model bool
}

// signRules is the table, in order: the first line that holds decides.
// Values between the whole numbers of the scales go to the stricter side.
var signRules = []signRule{
	{"RED_FLAG", VerdictStopScreen, func(_ VerdictRules, s Signs) bool { return isTrue(s.RedFlag) },
		said("yes"), limit("every red-flag question no"), false},
	{"LEG_SYMPTOM", VerdictStop, func(_ VerdictRules, s Signs) bool { return isTrue(s.NewLegSymptom) },
		said("yes"), limit("no new or spreading leg symptom"), false},
	{"PAIN_STOP", VerdictStop, func(r VerdictRules, s Signs) bool { return above(s.PainDuring, r.PainAmber) },
		duringValue, func(r VerdictRules) string { return "pain during at most " + r.PainAmber.String() }, true},
	{"NO_NEXT_DAY", VerdictPending, func(_ VerdictRules, s Signs) bool { return s.Pain24h == nil },
		said("not reported yet"), limit("the pain after 24 hours is known"), true},
	{"NEXT_DAY_2", VerdictRegress, func(r VerdictRules, s Signs) bool { return s.rise().Cmp(r.RiseRegress) >= 0 },
		riseValue, func(r VerdictRules) string { return "less than " + r.RiseRegress.String() + " above the pain before" }, true},
	{"NEXT_DAY_1", VerdictHold, func(r VerdictRules, s Signs) bool {
		rise := s.rise()
		return rise.Sign() > 0 && rise.Cmp(r.RiseRegress) < 0
	}, riseValue, limit("not above the pain before"), true},
	{"REPS", VerdictHold, func(r VerdictRules, s Signs) bool {
		return s.RepsDonePercent != nil && s.RepsDonePercent.Cmp(r.RepsAsked) < 0
	}, func(s Signs) string { return percentValue(s.RepsDonePercent) },
		func(r VerdictRules) string { return r.RepsAsked.String() + " percent of the repeats" }, false},
	{"FAULTS", VerdictHold, func(r VerdictRules, s Signs) bool { return above(s.FaultyRepsPercent, r.FaultsMost) },
		func(s Signs) string { return percentValue(s.FaultyRepsPercent) },
		func(r VerdictRules) string {
			return "at most " + r.FaultsMost.String() + " percent of the repeats with faults"
		}, false},
	{"EFFORT", VerdictHold, func(_ VerdictRules, s Signs) bool { return s.RPETarget != nil && above(s.RPE, *s.RPETarget) },
		effortValue, limit("effort not above its target"), false},
	{"PAIN_AMBER", VerdictAmber, func(r VerdictRules, s Signs) bool {
		return above(s.PainDuring, r.PainGreen) && !above(s.PainDuring, r.PainAmber)
	}, duringValue, func(r VerdictRules) string { return "pain during at most " + r.PainGreen.String() }, true},
	{"EASY", VerdictGreenEasy, func(r VerdictRules, s Signs) bool {
		return s.RPE != nil && s.RPETarget != nil && s.RPETarget.Sub(*s.RPE).Cmp(r.EasyBy) >= 0
	}, effortValue, func(r VerdictRules) string { return "effort less than " + r.EasyBy.String() + " below its target" }, false},
}

func isTrue(b *bool) bool { return b != nil && *b }

func above(d *domain.Decimal, limit domain.Decimal) bool { return d != nil && d.Cmp(limit) > 0 }

// rise is the pain after 24 hours less the pain before, 0 while either is not
// known; the line NO_NEXT_DAY stands before those that ask for it.
func (s Signs) rise() domain.Decimal {
	if s.Pain24h == nil || s.PainBefore == nil {
		return domain.Decimal{}
	}
	return s.Pain24h.Sub(*s.PainBefore)
}

func said(text string) func(Signs) string { return func(Signs) string { return text } }

func limit(text string) func(VerdictRules) string { return func(VerdictRules) string { return text } }

func duringValue(s Signs) string { return "pain " + s.PainDuring.String() + " during" }

func riseValue(s Signs) string {
	return fmt.Sprintf("pain %s before, %s after 24 hours", s.PainBefore, s.Pain24h)
}

func percentValue(d *domain.Decimal) string { return d.String() + " percent" }

func effortValue(s Signs) string { return fmt.Sprintf("effort %s, target %s", s.RPE, s.RPETarget) }

// stopped reports whether the session ends in a stop, so that what was not
// done in it need not be given.
func (r *Rules) stopped(s Signs) bool {
	return isTrue(s.RedFlag) || isTrue(s.NewLegSymptom) || above(s.PainDuring, r.Verdict.PainAmber)
}

// CheckSigns returns what is impossible or missing; field is the path of the
// session, e.g. "sessions[0]". The red-flag answer is always required. A
// session that was stopped needs nothing else; of any other only the pain
// after 24 hours may still be open.
func (r *Rules) CheckSigns(s Signs, field string) (p domain.Problems) {
	stopped := r.stopped(s)
	number := func(name string, d *domain.Decimal, low, high int, required bool) {
		switch {
		case d == nil && required:
			p.Add(field+"."+name, fmt.Sprintf("is required, from %d to %d", low, high))
		case d != nil && (d.Cmp(domain.NewDecimal(low)) < 0 || d.Cmp(domain.NewDecimal(high)) > 0):
			p.Add(field+"."+name, fmt.Sprintf("must be from %d to %d", low, high))
		}
	}
	answer := func(name string, b *bool, required bool) {
		if b == nil && required {
			p.Add(field+"."+name, "is required: true or false")
		}
	}
	number("pain_before", s.PainBefore, 0, 10, !stopped)
	number("pain_during", s.PainDuring, 0, 10, !stopped)
	number("pain_24h", s.Pain24h, 0, 10, false)
	number("rpe", s.RPE, 0, 10, !stopped)
	number("rpe_target", s.RPETarget, 1, 10, !stopped)
	number("reps_done_percent", s.RepsDonePercent, 0, 200, !stopped)
	number("faulty_reps_percent", s.FaultyRepsPercent, 0, 100, !stopped)
	answer("new_leg_symptom", s.NewLegSymptom, !stopped)
	answer("red_flag", s.RedFlag, true)
	return p
}

// Judge returns the verdict on a session, or the Problems of CheckSigns. A gap
// never becomes a green session.
func (r *Rules) Judge(s Signs) (Verdict, error) {
	if err := r.CheckSigns(s, "session").Err(); err != nil {
		return "", err
	}
	return r.verdict(s), nil
}

// verdict is Judge for signs that were checked.
func (r *Rules) verdict(s Signs) Verdict {
	for i := range signRules {
		if signRules[i].holds(r.Verdict, s) {
			return signRules[i].verdict
		}
	}
	return VerdictGreen
}

// Explain returns every rule that holds for the session, the deciding one
// first; none for a green session.
func (r *Rules) Explain(s Signs) []program.Why {
	out := []program.Why{}
	for _, x := range signRules {
		if !x.holds(r.Verdict, s) {
			continue
		}
		why := program.Why{Rule: x.id, Verdict: string(x.verdict), Value: x.value(s), Threshold: x.threshold(r.Verdict), Tag: r.Verdict.Source}
		if x.model {
			why.Citation = r.Verdict.Citation
		}
		out = append(out, why)
	}
	return out
}

// Ruling is what a history leads to and why.
type Ruling struct {
	Next Next
	// VolumeFirst: with PROGRESS, add repeats before load, because a session
	// that counts was amber.
	VolumeFirst bool
	// Rule names the line of the table, e.g. "GREEN_TWICE".
	Rule string
	// Text is the reason, one sentence.
	Text string
}

// Decide returns what a history leads to. The verdicts are those of the
// sessions at the same sub-stage and load, the newest last. The newest decides
// first; before PROGRESS comes everything that speaks against it.
//
// A GREEN_EASY session meets every condition of a green one, so it counts as
// green also when it is not the newest. HOLD three times in a row takes a step
// back; a session that was worse, or whose next day was never reported, counts
// as no better than HOLD there. So no worse or missing answer can lead to more
// load.
func (r *Rules) Decide(history []Verdict) Ruling {
	out := r.decide(history)
	out.Text = r.rulingText(out.Rule)
	return out
}

// decide is Decide without the sentence.
func (r *Rules) decide(history []Verdict) Ruling {
	if len(history) == 0 {
		return Ruling{Next: NextRepeat, Rule: "NO_SESSION"}
	}
	d := r.Decision
	switch history[len(history)-1] {
	case VerdictStopScreen:
		return Ruling{Next: NextRescreen, Rule: "RED_FLAG"}
	case VerdictStop:
		return Ruling{Next: NextRegress, Rule: "STOPPED"}
	case VerdictRegress:
		return Ruling{Next: NextRegress, Rule: "NEXT_DAY_2"}
	case VerdictPending:
		return Ruling{Next: NextWait, Rule: "NO_NEXT_DAY"}
	case VerdictHold:
		if lastAre(history, d.Holds, notGood) {
			return Ruling{Next: NextRegress, Rule: "HOLD_THRICE"}
		}
		return Ruling{Next: NextRepeat, Rule: "HOLD"}
	case VerdictGreenEasy:
		return Ruling{Next: NextProgress, Rule: "EASY"}
	}
	switch {
	case lastAre(history, d.Greens, green):
		return Ruling{Next: NextProgress, Rule: "GREEN_TWICE"}
	case lastAre(history, d.Settled, good):
		return Ruling{Next: NextProgress, VolumeFirst: true, Rule: "SETTLED_THRICE"}
	}
	return Ruling{Next: NextRepeat, Rule: "NOT_YET"}
}

// rulingText is the sentence of a line of the table.
func (r *Rules) rulingText(rule string) string {
	d, v := r.Decision, r.Verdict
	switch rule {
	case "NO_SESSION":
		return "There is no session at this load yet."
	case "RED_FLAG":
		return "A red-flag question was answered yes. No more lifting before a new screen."
	case "STOPPED":
		return fmt.Sprintf("The last session was stopped for pain above %s or a new leg symptom.", v.PainAmber)
	case "NEXT_DAY_2":
		return fmt.Sprintf("The pain was %s or more above its start after 24 hours.", v.RiseRegress)
	case "NO_NEXT_DAY":
		return "The pain 24 hours after the last session is not reported yet."
	case "HOLD_THRICE":
		return fmt.Sprintf("%s sessions in a row without a good one.", countWord(d.Holds))
	case "HOLD":
		return "The last session does not allow more yet."
	case "EASY":
		return fmt.Sprintf("The last session was good and at least %s below the effort target: the load was too light.", v.EasyBy)
	case "GREEN_TWICE":
		return fmt.Sprintf("%s good sessions in a row.", countWord(d.Greens))
	case "SETTLED_THRICE":
		return fmt.Sprintf("%s sessions in a row with pain that settled. Add repeats first, then load.", countWord(d.Settled))
	}
	return fmt.Sprintf("Good so far; %s good sessions in a row are needed, or %s when pain rose above %s.",
		countSmall(d.Greens), countSmall(d.Settled), v.PainGreen)
}

// countWord writes a count of sessions at the start of a sentence.
func countWord(n int) string {
	if n < len(countWords) {
		return countWords[n]
	}
	return fmt.Sprint(n)
}

func countSmall(n int) string { return strings.ToLower(countWord(n)) }

var countWords = []string{"No", "One", "Two", "Three", "Four", "Five", "Six"}

// lastAre reports whether there are n verdicts and the last n are all so.
func lastAre(history []Verdict, n int, so func(Verdict) bool) bool {
	if len(history) < n {
		return false
	}
	for _, v := range history[len(history)-n:] {
		if !so(v) {
			return false
		}
	}
	return true
}

func green(v Verdict) bool { return v == VerdictGreen || v == VerdictGreenEasy }

func good(v Verdict) bool { return green(v) || v == VerdictAmber }

func notGood(v Verdict) bool { return !good(v) }
