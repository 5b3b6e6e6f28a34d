package measure

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"backtobar/domain"
)

// The scoring rules of the physical tests. The protocols are described in
// docs/measures.md.

var (
	// sorensenCap is the time at which the hold is ended, in seconds.
	sorensenCap = domain.NewDecimal(240)
	// longestHold is beyond any hold: a slip of the keyboard.
	longestHold = domain.NewDecimal(3600)
	// longestBridge is the largest number of repeats or seconds of a bridge.
	longestBridge = domain.NewDecimal(600)
)

// Hold is a timed test: seconds, or a status that says why there are none.
type Hold struct {
	// Seconds is 0 to 3600, nil when the test gave no time.
	Seconds *domain.Decimal
	// Status is unable_pain, unable_other or not_done without a time, else "".
	Status Status
}

// score checks the test and cuts the time to whole seconds.
func (h Hold) score(field string, longest domain.Decimal) (Score, error) {
	var p domain.Problems
	switch {
	case h.Seconds != nil && h.Status != "":
		p.Add(field, "give the seconds or a reason for having none, not both")
	case h.Seconds != nil && !within(*h.Seconds, domain.Decimal{}, longest):
		p.Add(field, "must be from 0 to "+longest.String()+" seconds")
	case h.Seconds != nil:
		// Only whole seconds were held: 60.4 is 60.
		held := h.Seconds.Rat()
		return whole(int(new(big.Int).Quo(held.Num(), held.Denom()).Int64())), nil
	case h.Status == UnablePain || h.Status == UnableOther || h.Status == NotDone:
		return Score{Status: h.Status}, nil
	case h.Status == "":
		return notScored("No time was entered."), nil
	default:
		p.Add(field, "without a time must be one of: unable_pain, unable_other, not_done")
	}
	return Score{}, p
}

// Sorensen is the Biering-Sørensen hold in whole seconds, cut and not rounded
// up. The test is ended at 240 seconds, so 240 or more is 240 and capped. More
// than an hour is refused.
func Sorensen(h Hold) (Score, error) {
	s, err := h.score("biering_sorensen.seconds", longestHold)
	if err == nil && s.Scored() && s.Value.Cmp(sorensenCap) >= 0 {
		return Score{Status: Capped, Value: sorensenCap}, nil
	}
	return s, err
}

// BridgeHold is the single-leg bridge hold of one side in whole seconds, 0 to
// 600, cut and not rounded up.
func BridgeHold(h Hold) (Score, error) { return h.score("bridge_hold.seconds", longestBridge) }

// BridgeReps is the number of full single-leg bridges of one side, 0 to 600;
// nil is not scored.
func BridgeReps(reps *int) (Score, error) {
	if reps == nil {
		return notScored("No count was entered."), nil
	}
	if *reps < 0 || *reps > 600 {
		return Score{}, problem("bridge_reps.count", "must be a whole number from 0 to 600")
	}
	return whole(*reps), nil
}

func problem(field, text string) error { return domain.Problems{{Field: field, Text: text}} }

// MMT is the manual muscle test of hip extension on one side: the lower of the
// grades with the knee straight and bent, 0 to 5 in whole grades. That the
// lower one counts is a clinic default. One grade alone is not scored, unless
// it is below 4: a known weakness is not lost because the other is missing.
func MMT(straight, bent *int) (Score, error) {
	var p domain.Problems
	grade(&p, "mmt.knee_straight", straight)
	grade(&p, "mmt.knee_bent", bent)
	if len(p) > 0 {
		return Score{}, p
	}
	lowest := 6
	for _, g := range []*int{straight, bent} {
		if g != nil {
			lowest = min(lowest, *g)
		}
	}
	if (straight == nil || bent == nil) && lowest >= 4 {
		return notScored("Both positions are needed: knee straight and knee bent."), nil
	}
	return whole(lowest), nil
}

// grade refuses a muscle grade outside 0 to 5.
func grade(p *domain.Problems, field string, g *int) {
	if g != nil && (*g < 0 || *g > 5) {
		p.Add(field, "must be a whole grade from 0 to 5; leave it empty when it was not tested")
	}
}

// The limits of dynamometry catch a wrong unit, such as a lever in centimetres
// (clinic defaults).
var (
	strongestPull = domain.NewDecimal(2000)
	shortestLever = domain.MustDecimal("0.05")
	longestLever  = domain.NewDecimal(1)
	leastMass     = domain.NewDecimal(20)
	mostMass      = domain.NewDecimal(400)
)

// Torque is the force in newtons, 0 to 2000, times the lever arm in metres,
// 0.05 to 1, in newton metres; exact to six places, cut.
func Torque(newtons, lever domain.Decimal) (Score, error) {
	var p domain.Problems
	if !within(newtons, domain.Decimal{}, strongestPull) {
		p.Add("dynamometry.force", "must be from 0 to 2000 newtons")
	}
	if !within(lever, shortestLever, longestLever) {
		p.Add("dynamometry.lever", "must be from 0.05 to 1 metre, from the hip joint to the pad")
	}
	if len(p) > 0 {
		return Score{}, p
	}
	return scored(domain.DecimalFromRat(new(big.Rat).Mul(newtons.Rat(), lever.Rat()))), nil
}

// TorquePerKilogram is a torque in newton metres, 0 to 2000, divided by the
// body mass, 20 to 400 kg in either unit.
func TorquePerKilogram(torque domain.Decimal, body domain.Mass) (Score, error) {
	var p domain.Problems
	if !within(torque, domain.Decimal{}, strongestPull) {
		p.Add("dynamometry.torque", "must be from 0 to 2000 newton metres")
	}
	if !body.Unit.Valid() {
		p.Add("body_mass", "needs its unit, kg or lb")
	} else if kg := body.In(domain.Kilogram); kg.Cmp(leastMass.Rat()) < 0 || kg.Cmp(mostMass.Rat()) > 0 {
		p.Add("body_mass", "must be from 20 to 400 kilograms (44.1 to 881.8 pounds)")
	}
	if len(p) > 0 {
		return Score{}, p
	}
	return scored(domain.DecimalFromRat(new(big.Rat).Quo(torque.Rat(), body.In(domain.Kilogram)))), nil
}

// SideRatio is the weaker side divided by the stronger, 0 to 1, exactly; nil
// when both are 0. The clinic default goal is 0.80 or more.
func SideRatio(left, right domain.Decimal) *big.Rat {
	gap := Gap(left, right)
	if gap == nil {
		return nil
	}
	return gap.Sub(ratio(1, 1), gap.Quo(gap, ratio(100, 1)))
}

// LegRaise is the straight leg raise of one leg.
type LegRaise struct {
	// OwnLegPain: the raise brings on the patient's own leg pain. A stretch at
	// the back of the thigh is not it.
	OwnLegPain *bool
	// AngleDeg is the angle of that pain, 0 to 120; nil when not measured.
	AngleDeg *domain.Decimal
	// Crossed: raising the other leg brings on the pain.
	Crossed *bool
}

// LegRaiseResult is what the straight leg raise says.
type LegRaiseResult string

// The results, worst last.
const (
	LegRaiseNotComplete LegRaiseResult = ""
	LegRaiseNegative    LegRaiseResult = "negative"
	LegRaisePositive    LegRaiseResult = "positive"
	LegRaiseCrossed     LegRaiseResult = "crossed_positive"
)

var (
	slrHighest  = domain.NewDecimal(70)
	slrAngleMax = domain.NewDecimal(120)
)

// Result: a crossed raise that brings on the leg pain outranks all. Own leg
// pain at 70 degrees or less is positive, and so is own leg pain without an
// angle. Pain below 30 degrees also counts, as the safer reading, and an ankle
// or neck movement that changes nothing does not take a positive result back.
// A positive part counts although another is open.
func (l LegRaise) Result() (LegRaiseResult, error) {
	if a := l.AngleDeg; a != nil && !within(*a, domain.Decimal{}, slrAngleMax) {
		return "", problem("slr.angle", "must be from 0 to 120 degrees")
	}
	switch {
	case isTrue(l.Crossed):
		return LegRaiseCrossed, nil
	case isTrue(l.OwnLegPain) && (l.AngleDeg == nil || l.AngleDeg.Cmp(slrHighest) <= 0):
		return LegRaisePositive, nil
	case l.OwnLegPain == nil || l.Crossed == nil:
		return LegRaiseNotComplete, nil
	}
	return LegRaiseNegative, nil
}

func isTrue(b *bool) bool { return b != nil && *b }

// Depths are the places the hands can reach in the dowel hinge with all three
// contacts, from the shallowest to the deepest.
var Depths = []string{"none", "mid_thigh", "knee", "mid_shin", "floor"}

// Contacts are the three places where the dowel touches.
var Contacts = []string{"head", "mid_back", "sacrum"}

// HingeFaults are the faults that are noted.
var HingeFaults = []string{"knee_drift", "weight_shift", "breath_hold"}

// Hinge is the dowel hinge: slow repeats with the dowel on head, mid-back and
// sacrum. Its scoring is the clinic's own; the reliability of this form has not
// been published.
type Hinge struct {
	// Reps done, 5 to 20, and Kept, those that kept all contacts.
	Reps, Kept *int
	// Depth is one of Depths: the lowest point with all contacts.
	Depth string
	// Pain is 0 to 10.
	Pain *domain.Decimal
	// Lost names the contacts that were lost, Faults what else was seen.
	Lost, Faults []string
}

// HingeScore is what the dowel hinge comes to.
type HingeScore struct {
	// Kept is the repeats that kept all contacts, in percent of those done.
	Kept Score
	// Depth is as entered, "" when open.
	Depth string
	// Steady: at least 80 percent of the repeats kept all contacts, 8 of 10, the
	// clinic default for leaving the first stage.
	Steady bool
	// Notes are contradictions to look at again.
	Notes []string
}

// Score checks the test and counts it.
func (h Hinge) Score() (HingeScore, error) {
	var p domain.Problems
	if h.Reps != nil && (*h.Reps < 5 || *h.Reps > 20) {
		p.Add("dowel_hinge.reps", "must be a whole number from 5 to 20; the usual number is 10")
	}
	if h.Kept != nil && (*h.Kept < 0 || h.Reps != nil && *h.Kept > *h.Reps) {
		p.Add("dowel_hinge.reps_with_contact", "must be from 0 to the number of repeats done")
	}
	if h.Pain != nil && !within(*h.Pain, domain.Decimal{}, domain.NewDecimal(10)) {
		p.Add("dowel_hinge.pain", "must be from 0 to 10")
	}
	for _, c := range []struct {
		field       string
		got, choice []string
	}{
		{"dowel_hinge.depth", given(h.Depth), Depths},
		{"dowel_hinge.lost", h.Lost, Contacts},
		{"dowel_hinge.faults", h.Faults, HingeFaults},
	} {
		for _, s := range c.got {
			if !oneOf(s, c.choice) {
				p.Add(c.field, "must be one of: "+strings.Join(c.choice, ", "))
			}
		}
	}
	if len(p) > 0 {
		return HingeScore{}, p
	}
	s := HingeScore{Depth: h.Depth}
	if h.Reps == nil || h.Kept == nil {
		s.Kept = notScored("The repeats done and the repeats that kept all contacts are needed.")
		return s, nil
	}
	s.Kept = scored(domain.DecimalFromRat(ratio(100**h.Kept, *h.Reps)))
	s.Steady = 10**h.Kept >= 8**h.Reps
	if lost := *h.Reps - *h.Kept; (lost == 0) != (len(h.Lost) == 0) {
		s.Notes = append(s.Notes, fmt.Sprintf("%d repeats lost a contact and %d lost contacts are named.", lost, len(h.Lost)))
	}
	return s, nil
}

// HingeEntries are the raw entries of a dowel hinge, named as the screen names
// its answers.
var HingeEntries = []string{"reps_with_contact", "reps", "depth", "pain"}

// HingeRecord is the record of a dowel hinge, without day and name. What the
// percentage cannot say is in its entries.
func HingeRecord(h Hinge) (Record, error) {
	s, err := h.Score()
	if err != nil {
		return Record{}, err
	}
	r := Record{Measure: "hinge_contacts", Protocol: "dowel_slow"}
	r.Put(s.Kept)
	add := func(name, value string) {
		if value != "" {
			r.Entries = append(r.Entries, Entry{name, value})
		}
	}
	if h.Kept != nil && h.Reps != nil {
		add("reps_with_contact", strconv.Itoa(*h.Kept))
		add("reps", strconv.Itoa(*h.Reps))
	}
	add("depth", h.Depth)
	if h.Pain != nil {
		add("pain", h.Pain.String())
	}
	add("lost", strings.Join(h.Lost, ", "))
	add("faults", strings.Join(h.Faults, ", "))
	return r, nil
}

func given(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func oneOf(s string, list []string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Response is what ten repeats of one movement do to the symptoms.
type Response string

// The responses; "" is not tested.
const (
	ResponseNotTested     Response = ""
	ResponseCentralizes   Response = "centralizes"
	ResponseNoChange      Response = "no_change"
	ResponsePeripheral    Response = "peripheralizes"
	responseSpreadsHinged Response = "peripheralizes_with_hinge"
	responseNone          Response = "none"
)

// Movements is the response to repeated movements.
type Movements struct{ Flexion, Extension, Hinge Response }

// Directional is the summary of repeated movements.
type Directional struct {
	// Answer is the value that the screen takes: none when nothing was tested,
	// peripheralizes_with_hinge whenever hinging does that, else centralizes
	// when any movement does, else peripheralizes, else no_change.
	Answer string
	// Eases are the movements that centralize: flexion, extension, hinge.
	Eases []string
	// Spreads are the movements that peripheralize.
	Spreads []string
}

// Summary checks and sums up the responses.
func (m Movements) Summary() (Directional, error) {
	var d Directional
	var p domain.Problems
	tested := false
	for _, x := range []struct {
		name string
		r    Response
	}{{"flexion", m.Flexion}, {"extension", m.Extension}, {"hinge", m.Hinge}} {
		tested = tested || x.r != ResponseNotTested
		switch x.r {
		case ResponseNotTested, ResponseNoChange:
		case ResponseCentralizes:
			d.Eases = append(d.Eases, x.name)
		case ResponsePeripheral:
			d.Spreads = append(d.Spreads, x.name)
		default:
			p.Add("directional."+x.name, "must be one of: centralizes, no_change, peripheralizes")
		}
	}
	answer := ResponseNoChange
	switch {
	case len(p) > 0:
		return Directional{}, p
	case !tested:
		answer = responseNone
	case m.Hinge == ResponsePeripheral:
		answer = responseSpreadsHinged
	case len(d.Eases) > 0:
		answer = ResponseCentralizes
	case len(d.Spreads) > 0:
		answer = ResponsePeripheral
	}
	d.Answer = string(answer)
	return d, nil
}

// Reading is one blood pressure in mmHg.
type Reading struct{ Systolic, Diastolic int }

// Pressure is the mean of readings of blood pressure.
type Pressure struct {
	Systolic, Diastolic Score
	// Readings is how many went in. Two are asked, one to two minutes apart.
	Readings int
	// Highest holds the highest systolic and the highest diastolic, so that a
	// mean does not hide them.
	Highest Reading
}

// Complete reports whether two readings were taken.
func (p Pressure) Complete() bool { return p.Readings >= 2 }

// MeanPressure is the mean of the readings, not rounded: 160.5 is above 160.
// One reading alone still has a value, because a high one must act, and is not
// Complete. Systolic is 60 to 260, diastolic 30 to 160 and below the systolic.
func MeanPressure(readings []Reading) (Pressure, error) {
	var p domain.Problems
	var sys, dia int
	var high Reading
	for i, r := range readings {
		field := fmt.Sprintf("blood_pressure.reading_%d", i+1)
		if r.Systolic < 60 || r.Systolic > 260 {
			p.Add(field+".systolic", "must be from 60 to 260 mmHg; measure or enter it again")
		}
		if r.Diastolic < 30 || r.Diastolic > 160 {
			p.Add(field+".diastolic", "must be from 30 to 160 mmHg; measure or enter it again")
		} else if r.Diastolic >= r.Systolic {
			p.Add(field+".diastolic", "must be below the systolic pressure; measure or enter both again")
		}
		sys, dia = sys+r.Systolic, dia+r.Diastolic
		high = Reading{max(high.Systolic, r.Systolic), max(high.Diastolic, r.Diastolic)}
	}
	if len(p) > 0 {
		return Pressure{}, p
	}
	n := len(readings)
	if n == 0 {
		none := notScored("No reading was taken; two are needed.")
		return Pressure{Systolic: none, Diastolic: none}, nil
	}
	return Pressure{
		Systolic:  scored(domain.DecimalFromRat(ratio(sys, n))),
		Diastolic: scored(domain.DecimalFromRat(ratio(dia, n))),
		Readings:  n, Highest: high,
	}, nil
}
