package program

import (
	"fmt"

	"backtobar/domain"
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

// Session is what is known of one training session. Nil means not given.
type Session struct {
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

// The limits of a session, all clinic defaults. The pain bands and the
// comparison with the next day follow the pain-monitoring model, which was
// tested for the Achilles tendon and not for back pain.
var (
	// painGreen is the most pain during a session that needs no watching.
	painGreen = domain.NewDecimal(2)
	// painAmber is the most pain during a session that may go on.
	painAmber = domain.NewDecimal(5)
	// riseRegress is the rise of the pain from before to 24 hours after that
	// takes a step back: the minimal important change.
	riseRegress = domain.NewDecimal(2)
	repsAsked   = domain.NewDecimal(100)
	faultsMost  = domain.NewDecimal(20)
	// easyBy is how far below the target an effort is far too easy.
	easyBy = domain.NewDecimal(2)
)

const painModel = "Pain-monitoring model: Thomeé 1997; Silbernagel 2007, doi:10.1177/0363546506298279; not validated in back pain"

// sessionRule is one line of the table of verdicts.
type sessionRule struct {
	id      string
	verdict Verdict
	// holds is never true when a value that it needs is not given.
	holds     func(Session) bool
	value     func(Session) string
	threshold string
	citation  string
}

// sessionRules is the table, in order: the first line that holds decides.
// Values between the whole numbers of the scales go to the stricter side.
var sessionRules = []sessionRule{
	{"RED_FLAG", VerdictStopScreen, func(s Session) bool { return isTrue(s.RedFlag) },
		said("yes"), "every red-flag question no", ""},
	{"LEG_SYMPTOM", VerdictStop, func(s Session) bool { return isTrue(s.NewLegSymptom) },
		said("yes"), "no new or spreading leg symptom", ""},
	{"PAIN_STOP", VerdictStop, func(s Session) bool { return above(s.PainDuring, painAmber) },
		duringValue, "pain during at most 5", painModel},
	{"NO_NEXT_DAY", VerdictPending, func(s Session) bool { return s.Pain24h == nil },
		said("not reported yet"), "the pain after 24 hours is known", painModel},
	{"NEXT_DAY_2", VerdictRegress, func(s Session) bool { return s.rise().Cmp(riseRegress) >= 0 },
		riseValue, "less than 2 above the pain before", painModel},
	{"NEXT_DAY_1", VerdictHold, func(s Session) bool { r := s.rise(); return r.Sign() > 0 && r.Cmp(riseRegress) < 0 },
		riseValue, "not above the pain before", painModel},
	{"REPS", VerdictHold, func(s Session) bool { return s.RepsDonePercent != nil && s.RepsDonePercent.Cmp(repsAsked) < 0 },
		func(s Session) string { return percentValue(s.RepsDonePercent) }, "100 percent of the repeats", ""},
	{"FAULTS", VerdictHold, func(s Session) bool { return above(s.FaultyRepsPercent, faultsMost) },
		func(s Session) string { return percentValue(s.FaultyRepsPercent) }, "at most 20 percent of the repeats with faults", ""},
	{"EFFORT", VerdictHold, func(s Session) bool { return s.RPETarget != nil && above(s.RPE, *s.RPETarget) },
		effortValue, "effort not above its target", ""},
	{"PAIN_AMBER", VerdictAmber, func(s Session) bool { return above(s.PainDuring, painGreen) && !above(s.PainDuring, painAmber) },
		duringValue, "pain during at most 2", painModel},
	{"EASY", VerdictGreenEasy, func(s Session) bool {
		return s.RPE != nil && s.RPETarget != nil && s.RPETarget.Sub(*s.RPE).Cmp(easyBy) >= 0
	}, effortValue, "effort less than 2 below its target", ""},
}

func isTrue(b *bool) bool { return b != nil && *b }

func above(d *domain.Decimal, limit domain.Decimal) bool { return d != nil && d.Cmp(limit) > 0 }

// rise is the pain after 24 hours less the pain before, 0 while either is not
// known; the line NO_NEXT_DAY stands before those that ask for it.
func (s Session) rise() domain.Decimal {
	if s.Pain24h == nil || s.PainBefore == nil {
		return domain.Decimal{}
	}
	return s.Pain24h.Sub(*s.PainBefore)
}

func said(text string) func(Session) string { return func(Session) string { return text } }

func duringValue(s Session) string { return "pain " + s.PainDuring.String() + " during" }

func riseValue(s Session) string {
	return fmt.Sprintf("pain %s before, %s after 24 hours", s.PainBefore, s.Pain24h)
}

func percentValue(d *domain.Decimal) string { return d.String() + " percent" }

func effortValue(s Session) string { return fmt.Sprintf("effort %s, target %s", s.RPE, s.RPETarget) }

// stopped reports whether the session ends in a stop, so that what was not
// done in it need not be given.
func (s Session) stopped() bool {
	return isTrue(s.RedFlag) || isTrue(s.NewLegSymptom) || above(s.PainDuring, painAmber)
}

// Check returns what is impossible or missing; field is the path of the
// session, e.g. "sessions[0]". The red-flag answer is always required. A
// session that was stopped needs nothing else; of any other only the pain
// after 24 hours may still be open.
func (s Session) Check(field string) (p domain.Problems) {
	stopped := s.stopped()
	number := func(name string, d *domain.Decimal, low, high int, required bool) {
		span := fmt.Sprintf("from %d to %d", low, high)
		switch {
		case d == nil && required:
			p.Add(field+"."+name, "is required, "+span)
		case d != nil && (d.Cmp(domain.NewDecimal(low)) < 0 || d.Cmp(domain.NewDecimal(high)) > 0):
			p.Add(field+"."+name, "must be "+span)
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

// Judge returns the verdict on a session, or the Problems of Check. A gap
// never becomes a green session.
func Judge(s Session) (Verdict, error) {
	if err := s.Check("session").Err(); err != nil {
		return "", err
	}
	for _, r := range sessionRules {
		if r.holds(s) {
			return r.verdict, nil
		}
	}
	return VerdictGreen, nil
}

// Why is one rule that fired, for the therapist.
type Why struct {
	// Rule is the rule's name and Verdict what it asks for.
	Rule    string `json:"rule"`
	Verdict string `json:"verdict,omitempty"`
	// Value is what was found, Threshold what is allowed, both in words.
	Value     string `json:"value"`
	Threshold string `json:"threshold"`
	// Tag is "source" or "clinic default"; Citation names the source, if any.
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
}

// ClinicDefault tags a number that the clinic chose.
const ClinicDefault = "clinic default"

// Reasons returns every rule that holds for the session, the deciding one
// first; none for a green session.
func (s Session) Reasons() []Why {
	out := []Why{}
	for _, r := range sessionRules {
		if r.holds(s) {
			out = append(out, Why{r.id, string(r.verdict), r.value(s), r.threshold, ClinicDefault, r.citation})
		}
	}
	return out
}

// Suggestion is what to do next and why.
type Suggestion struct {
	Next Next
	// VolumeFirst: with PROGRESS, add repeats before load, because a session
	// that counts was amber.
	VolumeFirst bool
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
func Decide(history []Verdict) Suggestion {
	if len(history) == 0 {
		return Suggestion{NextRepeat, false, "There is no session at this load yet."}
	}
	switch history[len(history)-1] {
	case VerdictStopScreen:
		return Suggestion{NextRescreen, false, "A red-flag question was answered yes. No more lifting before a new screen."}
	case VerdictStop:
		return Suggestion{NextRegress, false, "The last session was stopped for pain above 5 or a new leg symptom."}
	case VerdictRegress:
		return Suggestion{NextRegress, false, "The pain was 2 or more above its start after 24 hours."}
	case VerdictPending:
		return Suggestion{NextWait, false, "The pain 24 hours after the last session is not reported yet."}
	case VerdictHold:
		if lastAre(history, 3, notGood) {
			return Suggestion{NextRegress, false, "Three sessions in a row without a good one."}
		}
		return Suggestion{NextRepeat, false, "The last session does not allow more yet."}
	case VerdictGreenEasy:
		return Suggestion{NextProgress, false, "The last session was good and at least 2 below the effort target: the load was too light."}
	}
	switch {
	case lastAre(history, 2, green):
		return Suggestion{NextProgress, false, "Two good sessions in a row."}
	case lastAre(history, 3, good):
		return Suggestion{NextProgress, true, "Three sessions in a row with pain that settled. Add repeats first, then load."}
	}
	return Suggestion{NextRepeat, false, "Good so far; one more good session is needed, or three in a row when pain rose to 3 to 5."}
}

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
