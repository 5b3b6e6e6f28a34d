package measure

import "backtobar/domain"

// The counts and the neurological screen. Each is worked out with answers that
// may be open: an open answer never counts as no, and a result that the open
// answers could still change is not given as no.

// Answer is yes, no, or unknown when open answers could still change it.
type Answer string

// The answers, as the screen takes them.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Inflammatory are the experts' criteria of inflammatory back pain (ASAS,
// Sieper 2009). The first of the five, onset before the age of 40, follows from
// OnsetAge.
type Inflammatory struct {
	// OnsetAge is the age in years when the back pain began.
	OnsetAge *int
	// PainWeeks is how long the pain has lasted.
	PainWeeks *domain.Decimal
	// Gradual: it began bit by bit.
	Gradual *bool
	// BetterWithExercise, and NotBetterWithRest.
	BetterWithExercise, NotBetterWithRest *bool
	// NightPain: pain at night that eases on getting up.
	NightPain *bool
}

// Count is a number of features present, with those still open.
type Count struct {
	Present, Open int
	// Answer says whether the count reaches its limit, see the function that
	// counts.
	Answer Answer
}

// count adds one feature.
func (c *Count) count(b *bool) {
	switch {
	case b == nil:
		c.Open++
	case *b:
		c.Present++
	}
}

var inflammatoryWeeks = domain.NewDecimal(12)

const (
	inflammatoryNeeded  = 4
	inflammatoryOnset   = 40 // the feature
	inflammatoryScope   = 45 // whom the criteria are for
	fractureFeatureAge  = 70
	fractureUrgentCount = 3
)

// INFL1 answers the safety question of that id: yes with four or more of the
// five features, pain for 12 weeks or more, and onset before the age of 45.
func (f Inflammatory) INFL1() (Count, error) {
	var p domain.Problems
	if f.OnsetAge != nil && (*f.OnsetAge < 0 || *f.OnsetAge > 120) {
		p.Add("inflammatory.onset_age", "must be a whole number from 0 to 120 years")
	}
	if f.PainWeeks != nil && !within(*f.PainWeeks, domain.Decimal{}, domain.NewDecimal(5200)) {
		p.Add("inflammatory.pain_weeks", "must be from 0 to 5200 weeks")
	}
	if len(p) > 0 {
		return Count{}, p
	}
	var early, inScope, long *bool
	if f.OnsetAge != nil {
		a, b := *f.OnsetAge < inflammatoryOnset, *f.OnsetAge < inflammatoryScope
		early, inScope = &a, &b
	}
	if f.PainWeeks != nil {
		b := f.PainWeeks.Cmp(inflammatoryWeeks) >= 0
		long = &b
	}
	var c Count
	for _, b := range []*bool{early, f.Gradual, f.BetterWithExercise, f.NotBetterWithRest, f.NightPain} {
		c.count(b)
	}
	switch {
	case isFalse(inScope) || isFalse(long) || c.Present+c.Open < inflammatoryNeeded:
		c.Answer = No
	case c.Present >= inflammatoryNeeded && isTrue(inScope) && isTrue(long):
		c.Answer = Yes
	default:
		c.Answer = Unknown
	}
	return c, nil
}

func isFalse(b *bool) bool { return b != nil && !*b }

// Fracture are the four features of a vertebral fracture. Each alone is weak
// (Henschke 2009, Downie 2013).
type Fracture struct {
	// AgeYears is completed years; above 70 counts.
	AgeYears *int
	Female   *bool
	// Steroids for long: prednisone-equivalent 5 mg or more daily for 3 months
	// or more. Trauma: a significant one.
	Steroids, Trauma *bool
}

// FractureAction is what the count of fracture features asks for.
type FractureAction string

// The actions.
const (
	FractureNone   FractureAction = "none"
	FractureHold   FractureAction = "HOLD_REFER"
	FractureUrgent FractureAction = "URGENT_REFER"
)

// FXC counts the features and gives the action for those present: three or
// more, or two of which one is trauma, is urgent; any other two is a hold. Open
// answers may raise the action later, never lower it; Answer is yes when there
// is an action, no when none is possible any more, else unknown.
func (f Fracture) FXC() (Count, FractureAction, error) {
	if f.AgeYears != nil && (*f.AgeYears < 0 || *f.AgeYears > 120) {
		return Count{}, FractureNone, problem("patient.age_years", "must be a whole number from 0 to 120")
	}
	var old *bool
	if f.AgeYears != nil {
		b := *f.AgeYears > fractureFeatureAge
		old = &b
	}
	var c Count
	for _, b := range []*bool{old, f.Female, f.Steroids, f.Trauma} {
		c.count(b)
	}
	action := FractureNone
	switch {
	case c.Present >= fractureUrgentCount || c.Present == 2 && isTrue(f.Trauma):
		action = FractureUrgent
	case c.Present == 2:
		action = FractureHold
	}
	switch {
	case action != FractureNone:
		c.Answer = Yes
	case c.Present+c.Open < 2:
		c.Answer = No
	default:
		c.Answer = Unknown
	}
	return c, action, nil
}

// Levels are the myotomes tested on each side.
var Levels = [5]string{"L2", "L3", "L4", "L5", "S1"}

// Neuro is the neurological screen of both legs.
type Neuro struct {
	// Left and Right are the grades of the myotomes in the order of Levels, 0
	// to 5.
	Left, Right [5]*int
	// Sensation: reduced light touch or pin at any of L2 to S2. Reflex: a
	// changed knee or ankle reflex.
	Sensation, Reflex *bool
	// Babinski or clonus present: upper motor neuron signs.
	Babinski, Clonus *bool
	// Worsening: the deficit is getting worse.
	Worsening *bool
	// Assessed: a medical provider has seen it. UnchangedWeeks is since when it
	// has not changed.
	Assessed       *bool
	UnchangedWeeks *domain.Decimal
}

// The findings, with the names that the screen takes; "" is not complete.
const (
	NeuroNotComplete    = ""
	NeuroNormal         = "normal"
	NeuroMildUnassessed = "mild_unassessed"
	NeuroMildStable     = "mild_stable_assessed"
	NeuroMotorLE3       = "motor_le3"
	NeuroProgressive    = "progressive"
	NeuroUMN            = "umn"
	NeuroBilateralMotor = "bilateral_motor"
)

var neuroStableWeeks = domain.NewDecimal(6)

// Finding names the result, the worst that holds: weakness in both legs that is
// not known to be old; then upper motor neuron signs; then worsening; then a
// grade of 3 or less; then a mild deficit, which is stable only when assessed
// and unchanged for six weeks or more. A deficit found stands although another
// part is open; stable and normal need every part.
func (n Neuro) Finding() (string, error) {
	var p domain.Problems
	for i, level := range Levels {
		grade(&p, "neuro.left."+level, n.Left[i])
		grade(&p, "neuro.right."+level, n.Right[i])
	}
	if w := n.UnchangedWeeks; w != nil && !within(*w, domain.Decimal{}, domain.NewDecimal(5200)) {
		p.Add("neuro.unchanged_weeks", "must be from 0 to 5200 weeks")
	}
	if len(p) > 0 {
		return "", p
	}
	left, right := lowestGrade(n.Left), lowestGrade(n.Right)
	old := isTrue(n.Assessed) && n.UnchangedWeeks != nil && n.UnchangedWeeks.Cmp(neuroStableWeeks) >= 0 &&
		!isTrue(n.Worsening)
	mild := left < 5 || right < 5 || isTrue(n.Sensation) || isTrue(n.Reflex)
	switch {
	case left < 5 && right < 5 && !old:
		return NeuroBilateralMotor, nil
	case isTrue(n.Babinski) || isTrue(n.Clonus):
		return NeuroUMN, nil
	case isTrue(n.Worsening):
		return NeuroProgressive, nil
	case left <= 3 || right <= 3:
		return NeuroMotorLE3, nil
	case mild && old && !n.open():
		return NeuroMildStable, nil
	case mild:
		return NeuroMildUnassessed, nil
	case n.open():
		return NeuroNotComplete, nil
	}
	return NeuroNormal, nil
}

// open reports whether a part that could change the finding was not tested.
func (n Neuro) open() bool {
	for i := range n.Left {
		if n.Left[i] == nil || n.Right[i] == nil {
			return true
		}
	}
	for _, b := range []*bool{n.Sensation, n.Reflex, n.Babinski, n.Clonus, n.Worsening} {
		if b == nil {
			return true
		}
	}
	return false
}

// lowestGrade is the lowest grade given, 5 when none is.
func lowestGrade(grades [5]*int) int {
	lowest := 5
	for _, g := range grades {
		if g != nil {
			lowest = min(lowest, *g)
		}
	}
	return lowest
}
