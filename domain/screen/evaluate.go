package screen

import (
	"fmt"
	"sort"

	"backtobar/domain"
)

// Names of tests and depths, as they stand in the case files.
const (
	testBridgeReps = "bridge_reps"
	testBridgeHold = "bridge_hold_seconds"
	testMMT        = "manual_muscle_test"

	statusUnablePain = "unable_pain"

	mechNociplastic = "nociplastic"
	mechNeuropathic = "neuropathic"
	mechNociceptive = "nociceptive"
)

// depths from the shallowest to the deepest.
var depths = []string{"none", "mid_thigh", "knee", "mid_shin", "floor"}

func depthOf(name string) int {
	for i, d := range depths {
		if d == name {
			return i
		}
	}
	return -1
}

// The stage-0 tracks that a NOT_READY result names.
const (
	TrackPain       = "PAIN"
	TrackDisability = "DISABILITY"
	TrackMobility   = "MOBILITY"
	TrackStrength   = "STRENGTH"
	TrackEducation  = "EDUCATION"
)

// safetyItems are the items whose gap outranks a failed readiness test.
var safetyItems = map[string]bool{"red_flags": true, "vitals": true, "neuro": true, "pregnancy": true,
	"bone": true, "surgery": true, "steroids": true, "trauma": true}

// noCap is the cap of a case that nothing limits.
const noCap = 4

// Evaluate applies the rules to a case that Validate accepts. All rules that
// fire are listed, also those below the one that decides.
//
// Precedence: EMERGENCY, URGENT_REFER, HOLD_REFER, INCOMPLETE when a safety
// item is missing, NOT_READY, INCOMPLETE when anything else is missing, RETEST
// when anything is stale, READY.
func Evaluate(c Case, r *Rules) Decision { return EvaluateWith(c, Facts{}, r) }

// EvaluateWith is Evaluate with what only a chart knows: the age of further
// answers, and the overrides in force.
func EvaluateWith(c Case, f Facts, r *Rules) Decision {
	e := &evaluator{c: &c, r: r, lim: &r.lim, facts: f}
	e.run()
	return e.decision()
}

// evaluator collects what the rules say of one case. When why is set it also
// collects the reasons in words.
type evaluator struct {
	c   *Case
	r   *Rules
	lim *limits
	why *explainer
	// facts are what a chart knows beside the answers.
	facts Facts

	fired                       [4]bool // by action, see actionRank
	rules, tracks, flags        set
	missing, stale              set
	missingSafety, missingOther bool
	cap                         int
	earned                      int // the stage before caps
	stage                       int
}

// The four blocks in which a rule can fire.
const (
	actEmergency = iota
	actUrgent
	actHold
	actNotReady
)

var actionRank = map[Outcome]int{Emergency: actEmergency, UrgentRefer: actUrgent, HoldRefer: actHold}

func (e *evaluator) run() {
	e.cap = noCap
	e.markStale()
	e.redFlags()
	e.fractureFeatures()
	e.vitals()
	e.neuro()
	e.scope()
	e.pregnancy()
	e.bone()
	e.surgery()
	e.pain()
	e.endurance()
	e.disability()
	e.hipExtension()
	e.dowelHinge()
	e.episode()
	e.psychosocial()
	e.place()
}

func (e *evaluator) decision() Decision {
	d := Decision{ID: e.c.ID, Outcome: e.outcome(), Cap: e.cap,
		Rules: e.rules.sorted(), Tracks: e.tracks.sorted(), Flags: e.flags.sorted(),
		Missing: e.missing.sorted(), Stale: e.stale.sorted()}
	if d.Outcome == Ready {
		d.Stage = e.stage
	}
	return d
}

func (e *evaluator) outcome() Outcome {
	switch {
	case e.fired[actEmergency]:
		return Emergency
	case e.fired[actUrgent]:
		return UrgentRefer
	case e.fired[actHold]:
		return HoldRefer
	case e.missingSafety:
		return Incomplete
	case e.fired[actNotReady]:
		return NotReady
	case e.missingOther:
		return Incomplete
	case len(e.stale) > 0:
		return Retest
	}
	return Ready
}

// The verbs with which the rules speak. Each also tells the explainer, if any.

// fire records a rule of one of the four blocks. text names the RuleText when
// it is not the id.
func (e *evaluator) fire(act int, id, text, field string, tracks ...string) {
	if act == actNotReady && e.overridden(id, text, field) {
		return
	}
	e.fired[act] = true
	e.rules.add(id)
	for _, t := range tracks {
		e.tracks.add(t)
	}
	state := "fail"
	switch act {
	case actEmergency, actUrgent:
		state = "stop"
	case actHold:
		state = "hold"
	}
	e.say(id, text, state, field)
}

// limit caps the stage and keeps the reason.
func (e *evaluator) limit(stage int, why, text, field string) {
	id := fmt.Sprintf("CAP%d:%s", stage, why)
	if e.overridden(id, text, field) {
		return
	}
	e.cap = min(e.cap, stage)
	e.flags.add(id)
	e.say(id, text, "cap", field)
}

// flag raises a flag that limits nothing.
func (e *evaluator) flag(id, text, state, field string) {
	e.flags.add(id)
	e.say(id, text, state, field)
}

// pass tells the explainer that a gate was met.
func (e *evaluator) pass(text, field string) { e.say(text, text, "pass", field) }

// lack records a missing item; the fields that are open are the explainer's.
func (e *evaluator) lack(item string) {
	if e.overriddenItem(item, "Not asked") {
		return
	}
	e.missing.add(item)
	if safetyItems[item] {
		e.missingSafety = true
	} else {
		e.missingOther = true
	}
	if e.why != nil {
		e.why.missing(item)
	}
}

func (e *evaluator) say(id, text, state, field string) {
	if e.why != nil {
		e.why.reason(e, id, text, state, field)
	}
}

// fresh reports whether the item is young enough to pass or fail. Red flags,
// vitals, neuro and health answers act when they are positive at any age, and
// ask only before they pass.
func (e *evaluator) fresh(item string) bool { return !e.stale[item] }

// markStale lists each item that was taken and is older than its interval.
func (e *evaluator) markStale() {
	c := e.c
	taken := [9]bool{
		c.asked(),
		c.Vitals != nil && *c.Vitals != (Vitals{}),
		c.Pain != nil && (c.Pain.NPRS7Day != nil || c.Pain.VASMm != nil),
		c.Disability != nil && (c.Disability.ODIPercent != nil || c.Disability.RMDQ != nil),
		c.BieringSorensen != nil && (c.BieringSorensen.Seconds != nil || c.BieringSorensen.Status == statusUnablePain),
		c.HipExtension != nil && *c.HipExtension != (HipExtension{Test: c.HipExtension.Test}),
		c.DowelHinge != nil && *c.DowelHinge != (DowelHinge{}),
		c.Neuro != nil && *c.Neuro != (Neuro{}),
		c.Pregnancy != nil && c.Pregnancy.Status != "" || c.Bone != "" || c.Surgery != nil && c.Surgery.Kind != "" ||
			c.LongTermSteroids != nil || c.SignificantTrauma != nil,
	}
	ages := c.AgeDays.list()
	for i, item := range ageItems {
		if taken[i] {
			e.grow(item, ages[i], e.r.MaxAgeDays[item])
		}
	}
	ep := c.Episode
	if ep == nil {
		ep = &Episode{}
	}
	also := [4]bool{ep.Irritability != "", ep.Mechanism != "", ep.DurationWeeks != nil,
		c.History != nil && c.History.HighestStageExited != nil && *c.History.HighestStageExited > 0}
	for i, item := range answerItems {
		if also[i] {
			e.grow(item, e.facts.Ages[item], e.r.AnswerDays[item])
		}
	}
}

// grow makes an item stale that is older than it may be.
func (e *evaluator) grow(item string, age, most int) {
	if age <= most || e.overriddenItem(item, days(age)+" old") {
		return
	}
	e.stale.add(item)
	if e.why != nil {
		e.why.old(item, age, most)
	}
}

// asked reports whether any safety question was answered. Unknown and null are
// gaps, and a gap has no age.
func (c *Case) asked() bool {
	for _, a := range c.RedFlags {
		if a == Yes || a == No {
			return true
		}
	}
	return false
}

// cleared reports whether a clearance of that name is on file.
func (e *evaluator) cleared(name string) bool { return contains(e.c.Clearances, name) }

// set is a set of names; the zero set is empty.
type set map[string]bool

func (s *set) add(name string) {
	if *s == nil {
		*s = set{}
	}
	(*s)[name] = true
}

// sorted returns the names in order; never nil, so that JSON shows [].
func (s set) sorted() []string {
	out := make([]string, 0, len(s))
	for name := range s {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// above, atLeast, below and atMost compare a value that may be missing; a
// missing value answers false to each.
func above(d *domain.Decimal, limit domain.Decimal) bool   { return d != nil && d.Cmp(limit) > 0 }
func atLeast(d *domain.Decimal, limit domain.Decimal) bool { return d != nil && d.Cmp(limit) >= 0 }
func below(d *domain.Decimal, limit domain.Decimal) bool   { return d != nil && d.Cmp(limit) < 0 }
func atMost(d *domain.Decimal, limit domain.Decimal) bool  { return d != nil && d.Cmp(limit) <= 0 }

func yes(b *bool) bool { return b != nil && *b }
