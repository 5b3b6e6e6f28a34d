package screen

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// Checks look at answers against each other: what contradicts, and what is so
// unusual that it may be a slip of the keyboard. They are questions to the
// therapist. They never change the decision, in which the worse of two answers
// decides anyway, and none of them says which answer is the right one.

// check finds one contradiction or oddity: what was found, in words, and the
// field to look at; "" when there is none.
type check struct {
	id string
	// number: the rules file holds its usual range.
	number bool
	find   func(e *evaluator, t CheckText) (found, field string)
}

// checks in the order of the form.
var checks = []check{
	{"age", true, func(e *evaluator, t CheckText) (string, string) {
		return e.odd(t, e.age(), " years", "patient.age_years")
	}},
	{"weak_legs", false, func(e *evaluator, _ CheckText) (string, string) {
		n := e.c.Neuro
		if n == nil {
			return "", ""
		}
		var said string
		switch {
		case n.Finding == NeuroBilateralMotor && e.c.RedFlags["CES5"] == No:
			said = "weakness in both legs answered no"
		case (n.Finding == NeuroMotorLE3 || n.Finding == NeuroProgressive) && e.c.RedFlags["NEU1"] == No:
			said = "weaker leg answered no"
		case n.Finding == NeuroUMN && e.c.RedFlags["NEU2"] == No:
			said = "clumsy hands, unsteady or stiff walking answered no"
		default:
			return "", ""
		}
		return words(string(n.Finding)) + ", but " + said, "neuro.finding"
	}},
	{"pulse_pressure", true, func(e *evaluator, t CheckText) (string, string) {
		v := e.c.Vitals
		if v == nil || v.SystolicMmHg == nil || v.DiastolicMmHg == nil ||
			!t.unusual(v.SystolicMmHg.Sub(*v.DiastolicMmHg)) {
			return "", ""
		}
		return e.pressure(), "vitals.systolic_mmhg"
	}},
	{"heart_rate", true, func(e *evaluator, t CheckText) (string, string) {
		if e.c.Vitals == nil {
			return "", ""
		}
		return e.odd(t, e.c.Vitals.HeartRateBpm, " a minute", "vitals.heart_rate_bpm")
	}},
	{"leg_raise", false, func(e *evaluator, _ CheckText) (string, string) {
		n := e.c.Neuro
		switch {
		case n == nil || n.SLROwnLegPain == nil || *n.SLROwnLegPain:
		case yes(n.CrossedSLR):
			return "crossed raise positive, own raise negative", "neuro.crossed_slr"
		case n.SLRAngleDeg != nil:
			return "no own leg pain, but at " + n.SLRAngleDeg.String() + " degrees", "neuro.slr_own_leg_pain"
		}
		return "", ""
	}},
	{"pregnancy", true, func(e *evaluator, t CheckText) (string, string) {
		p, age := e.c.Pregnancy, e.age()
		if p == nil || age == nil {
			return "", ""
		}
		fertile, female := !t.unusual(*age), e.c.Patient.Sex == "female"
		found := words(string(p.Status))
		switch {
		case (p.Status == PregnancyYes || p.Status == PregnancyPostpartum) && !(female && fertile):
		case p.Status == PregnancyNotApplicable && female && fertile:
			found = "Does not apply"
		default:
			return "", ""
		}
		return fmt.Sprintf("%s: %s, %s years", found, e.c.Patient.Sex, age), "pregnancy.status"
	}},
	{"mechanism", false, func(e *evaluator, _ CheckText) (string, string) {
		ep, n := e.c.Episode, e.c.Neuro
		if ep == nil || n == nil || ep.Mechanism != mechNociceptive {
			return "", ""
		}
		switch {
		case n.Finding != "" && n.Finding != NeuroNormal:
			return "Nociceptive, but " + lowerFirst(words(string(n.Finding))), "episode.mechanism"
		case yes(n.CrossedSLR):
			return "Nociceptive, but the crossed straight leg raise is positive", "episode.mechanism"
		}
		return "", ""
	}},
	{"direction", false, func(e *evaluator, _ CheckText) (string, string) {
		ep, h := e.c.Episode, e.c.DowelHinge
		if ep == nil || h == nil || h.Pain == nil {
			return "", ""
		}
		hurts := h.Pain.Cmp(e.lim.HingePainMax) > 0
		switch {
		case ep.DirectionalResponse == "peripheralizes_with_hinge" && h.Pain.Sign() == 0:
			return "Hinging spreads the symptoms, but the dowel hinge had no pain", "dowel_hinge.pain"
		case hurts && (ep.DirectionalResponse == "centralizes" || ep.DirectionalResponse == "no_change"):
			return fmt.Sprintf("%s, but the dowel hinge hurts %s of 10", words(ep.DirectionalResponse), h.Pain), "episode.directional_response"
		}
		return "", ""
	}},
	{"irritability", false, func(e *evaluator, _ CheckText) (string, string) {
		ep, pain := e.c.Episode, e.painMm()
		switch {
		case ep == nil || pain == nil:
		case ep.Irritability == "high" && pain.Sign() == 0:
			return "High, but " + e.painWords(), "episode.irritability"
		case ep.Irritability == "low" && e.painFails():
			return "Low, but " + e.painWords(), "episode.irritability"
		}
		return "", ""
	}},
	{"disability", false, func(e *evaluator, _ CheckText) (string, string) {
		d := e.c.Disability
		if d == nil || d.ODIPercent == nil || d.RMDQ == nil {
			return "", ""
		}
		rmdq := domain.NewDecimal(*d.RMDQ)
		if band(above(d.ODIPercent, e.lim.ODICaution), above(d.ODIPercent, e.lim.ODIFail)) ==
			band(atLeast(&rmdq, e.lim.RMDQCaution), atLeast(&rmdq, e.lim.RMDQFail)) {
			return "", ""
		}
		return e.disabilityWords(), "disability.rmdq"
	}},
	{"no_symptoms", false, func(e *evaluator, _ CheckText) (string, string) {
		pain, d := e.painMm(), e.c.Disability
		if pain == nil || pain.Sign() != 0 || d == nil || d.ODIPercent == nil && d.RMDQ == nil ||
			d.ODIPercent != nil && d.ODIPercent.Sign() != 0 || d.RMDQ != nil && *d.RMDQ != 0 {
			return "", ""
		}
		return e.painWords() + ", " + e.disabilityWords(), "pain.nprs_7day"
	}},
	{"hold_capped", false, func(e *evaluator, _ CheckText) (string, string) {
		b := e.c.BieringSorensen
		if b == nil || b.Seconds == nil || b.Seconds.Cmp(e.lim.BSTMax) <= 0 {
			return "", ""
		}
		return b.Seconds.String() + " seconds, counted as " + e.lim.BSTMax.String(), "biering_sorensen.seconds"
	}},
	{"bridges", true, func(e *evaluator, t CheckText) (string, string) {
		h := e.c.HipExtension
		if h == nil || h.Test != testBridgeReps ||
			(h.Left == nil || !t.unusual(*h.Left)) && (h.Right == nil || !t.unusual(*h.Right)) {
			return "", ""
		}
		return e.hipWords(), "hip_extension.left"
	}},
	{"hinge_lost", false, func(e *evaluator, _ CheckText) (string, string) {
		h, hist := e.c.DowelHinge, e.c.History
		if h == nil || hist == nil || hist.HighestStageExited == nil || *hist.HighestStageExited < 1 {
			return "", ""
		}
		if d := depthOf(h.Depth); d < 0 || d >= e.lim.HingeDepth {
			return "", ""
		}
		return fmt.Sprintf("%s, with stage %d already met", words(h.Depth), *hist.HighestStageExited), "dowel_hinge.depth"
	}},
}

// odd says a number that is outside the usual range.
func (e *evaluator) odd(t CheckText, d *domain.Decimal, unit, field string) (string, string) {
	if d == nil || !t.unusual(*d) {
		return "", ""
	}
	return d.String() + unit, field
}

// band is 0 for low, 1 for moderate and 2 for high.
func band(moderate, high bool) int {
	switch {
	case high:
		return 2
	case moderate:
		return 1
	}
	return 0
}

// painMm is the worse pain score on the scale of 100, nil when there is none.
func (e *evaluator) painMm() *domain.Decimal {
	p := e.c.Pain
	if p == nil {
		return nil
	}
	worse := p.VASMm
	if p.NPRS7Day != nil {
		if n := p.NPRS7Day.Mul(10); worse == nil || n.Cmp(*worse) > 0 {
			worse = &n
		}
	}
	return worse
}

func (e *evaluator) painFails() bool {
	p := e.c.Pain
	return p != nil && (atLeast(p.NPRS7Day, e.lim.NPRSFail) || atLeast(p.VASMm, e.lim.VASFail))
}

// check adds a reason for each check that finds something.
func (w *explainer) check(e *evaluator) {
	for _, c := range checks {
		t := e.r.checks[c.id]
		found, field := c.find(e, t)
		if found == "" {
			continue
		}
		w.reasons = append(w.reasons, Reason{ID: "CHECK:" + c.id, Group: t.Group, State: t.State, Title: t.Title,
			Value: strings.ToUpper(found[:1]) + found[1:], Threshold: t.Goal, Text: t.Text, Tag: t.Tag, Citation: t.Citation, Field: field})
	}
}
