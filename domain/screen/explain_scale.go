package screen

import (
	"math/big"
	"strings"

	"backtobar/domain"
)

// A reason that is about a number also says which direction is better, on which
// side of its limit the number is, how far, and whether the measurement could
// land on the other side by chance.

// scale is the number behind a reason.
type scale struct {
	value, limit domain.Decimal
	// key is the threshold in the rules file, "" for a limit that is fixed.
	key string
	// unit follows the distance: "seconds".
	unit string
	// higher: a higher value is better.
	higher bool
}

// scaleOf returns the number that the rule looked at; false when it is not
// about a number, or when there is none.
func (e *evaluator) scaleOf(text, field string) (scale, bool) {
	c := e.c
	low := func(v *domain.Decimal, key, unit string) (scale, bool) { return e.scaled(v, key, unit, false) }
	high := func(v *domain.Decimal, key, unit string) (scale, bool) { return e.scaled(v, key, unit, true) }
	switch text {
	case "PAIN-1":
		if field == "pain.vas_mm" {
			return low(c.Pain.VASMm, "vas_fail", "mm")
		}
		return low(c.Pain.NPRS7Day, "nprs_fail", "points")
	case "DIS-1", "DIS-2":
		key := map[string]string{"DIS-1": "fail", "DIS-2": "caution"}[text]
		if field == "disability.rmdq" {
			return low(wholeOf(c.Disability.RMDQ), "rmdq_"+key, "points")
		}
		return low(c.Disability.ODIPercent, "odi_"+key, "percentage points")
	case "STR-1", "BORD-1":
		held := e.held()
		return high(&held, "bst_min", "seconds")
	case "STR-3":
		return e.hipScale()
	case "MOB-2":
		return low(c.DowelHinge.Pain, "hinge_pain_max", "points")
	case "ACUTE-1":
		return high(c.Episode.DurationWeeks, "acute_weeks", "weeks")
	case "BP-1":
		return e.pressureScale("bp_crisis")
	case "BP-2":
		return e.pressureScale("bp_absolute")
	case "BP-3":
		return e.pressureScale("bp_relative")
	case "BP-4":
		return e.pressureScale("bp_caution")
	case "BP-5":
		return high(c.Vitals.SystolicMmHg, "bp_low_systolic", "mmHg")
	case "HR-1":
		return low(c.Vitals.HeartRateBpm, "hr_urgent", "a minute")
	case "HR-2":
		return low(c.Vitals.HeartRateBpm, "hr_caution", "a minute")
	case "SCOPE-1":
		return high(e.age(), "age_min", "years")
	case "AGE":
		return low(e.age(), "age_caution", "years")
	case "PSY-2":
		return low(wholeOf(c.TSK11), "tsk_caution", "points")
	case "SLR-1":
		return high(c.Neuro.SLRAngleDeg, "slr_angle", "degrees")
	case "PREG-2":
		return high(c.Pregnancy.WeeksPostpartum, "postpartum_weeks", "weeks")
	case "SURG-1":
		if window := e.r.windows[c.Surgery.Kind]; below(c.Surgery.WeeksAgo, window) {
			return scale{value: *c.Surgery.WeeksAgo, limit: window, unit: "weeks", higher: true}, true
		}
		return high(c.Surgery.WeeksAgo, "surgery_year", "weeks")
	case "RF-FXC":
		return scale{value: domain.NewDecimal(e.fractureCount()), limit: domain.NewDecimal(2), unit: "features"}, true
	case "ASYM":
		left, right := c.HipExtension.sides()
		gap := difference(*left, *right)
		return low(&gap, "asymmetry_max", "percentage points")
	case "CONF-1":
		gap := c.Pain.NPRS7Day.Mul(10).Sub(*c.Pain.VASMm).Abs()
		return low(&gap, "pain_conflict", "mm")
	}
	return scale{}, false
}

// scaled holds a value against a threshold of the rules file.
func (e *evaluator) scaled(v *domain.Decimal, key, unit string, higher bool) (scale, bool) {
	if v == nil {
		return scale{}, false
	}
	return scale{value: *v, limit: e.r.Thresholds[key].Value, key: key, unit: unit, higher: higher}, true
}

// pressureScale is the value of the pair that is further above its limit, or
// nearer to it.
func (e *evaluator) pressureScale(key string) (scale, bool) {
	sys, okS := e.scaled(e.c.Vitals.SystolicMmHg, key+"_systolic", "mmHg", false)
	dia, okD := e.scaled(e.c.Vitals.DiastolicMmHg, key+"_diastolic", "mmHg", false)
	if !okS || okD && dia.value.Sub(dia.limit).Cmp(sys.value.Sub(sys.limit)) > 0 {
		return dia, okD
	}
	return sys, true
}

// sides are the two results of the test that was chosen; nil without a test. A
// muscle grade counts for the muscle test wherever it was entered.
func (h *HipExtension) sides() (left, right *domain.Decimal) {
	switch h.Test {
	case "":
		return nil, nil
	case testMMT:
		return lower(h.Left, h.MMTLeft), lower(h.Right, h.MMTRight)
	}
	return h.Left, h.Right
}

// hipScale is the weaker side of the test, or the weaker muscle grade when only
// that is too low.
func (e *evaluator) hipScale() (scale, bool) {
	h := e.c.HipExtension
	key, unit := "bridge_reps_min", "bridges"
	switch h.Test {
	case testBridgeHold:
		key, unit = "bridge_hold_min", "seconds"
	case testMMT:
		key, unit = "mmt_min", "grades"
	}
	side := lower(h.sides())
	grade := lower(h.MMTLeft, h.MMTRight)
	if below(grade, e.lim.MMTMin) && !below(side, e.r.Thresholds[key].Value) {
		return e.scaled(grade, "mmt_min", "grades", true)
	}
	return e.scaled(side, key, unit, true)
}

func wholeOf(n *int) *domain.Decimal {
	if n == nil {
		return nil
	}
	d := domain.NewDecimal(*n)
	return &d
}

// difference is (larger - smaller) / larger in percent, cut to one decimal.
func difference(a, b domain.Decimal) domain.Decimal {
	if a.Cmp(b) < 0 {
		a, b = b, a
	}
	if a.Sign() <= 0 {
		return domain.Decimal{}
	}
	tenths := new(big.Rat).Quo(a.Sub(b).Mul(1000).Rat(), a.Rat())
	whole := new(big.Int).Quo(tenths.Num(), tenths.Denom())
	return domain.DecimalFromRat(new(big.Rat).SetFrac(whole, big.NewInt(10)))
}

// put writes the number behind a reason into its fields.
func (s scale) put(r *Reason, e *evaluator) {
	r.Better = "lower"
	if s.higher {
		r.Better = "higher"
	}
	gap := s.value.Sub(s.limit)
	switch gap.Sign() {
	case 0:
		r.Side = "exactly at the limit"
	case 1:
		r.Side = amount(gap, s.unit) + " above the limit"
	default:
		r.Side = amount(gap.Abs(), s.unit) + " below the limit"
	}
	if t, ok := e.r.Thresholds[s.key]; ok {
		r.ThresholdTag, r.ThresholdCitation = t.Tag, t.Citation
	} else {
		r.ThresholdTag, r.ThresholdCitation = TagDefault, TagDefault
	}
	r.Borderline = e.borderline(s, r.Field)
}

// amount is a number with its unit: "1 point", "2 points".
func amount(d domain.Decimal, unit string) string {
	if d.Cmp(one) == 0 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return d.String() + " " + unit
}

// borderline says that the value is as near to its limit as the measurement
// error, or nearer; nil when it is not, or when no error is known.
func (e *evaluator) borderline(s scale, field string) *Borderline {
	p, ok := e.r.exact[field]
	if s.key == "bst_min" {
		t := e.r.Thresholds["bst_border"]
		p, ok = Precision{Kind: "SEM", Value: t.Value, Unit: t.Unit, Tag: t.Tag, Citation: t.Citation}, true
	}
	distance := s.value.Sub(s.limit).Abs()
	if !ok || s.key == "pain_conflict" || distance.Cmp(p.Value) > 0 {
		return nil // the gap between two scales is no measurement
	}
	b := &Borderline{Distance: distance, Error: p.Value, Unit: p.Unit, Kind: p.Kind, Tag: p.Tag, Citation: p.Citation}
	near := amount(distance, p.Unit) + " from the limit"
	if distance.Sign() == 0 {
		near = "Exactly at the limit"
	}
	source := " (" + p.Kind + ", " + firstAuthor(p.Citation) + ")"
	if p.Kind == "MIC" {
		b.Text = near + ". No measurement error is published for it; less than " + p.Value.String() + " " + p.Unit +
			" is also less than patients notice" + source + ". Ask again on another day."
		return b
	}
	b.Text = near + ", within the measurement error of " + p.Value.String() + " " + p.Unit + source +
		". Measure again on another day before relying on it."
	return b
}

// firstAuthor is a citation as far as its first comma.
func firstAuthor(citation string) string {
	first, _, _ := strings.Cut(citation, ",")
	first, _, _ = strings.Cut(first, " and were")
	return first
}

// agedItems says which re-test interval an answer belongs to, by the beginning
// of its field.
var agedItems = map[string]string{"red_flags": "red_flags", "vitals": "vitals", "pain": "pain",
	"disability": "disability", "biering_sorensen": "biering_sorensen", "hip_extension": "hip_extension",
	"dowel_hinge": "dowel_hinge", "neuro": "neuro", "long_term_steroids": "health",
	"significant_trauma": "health", "pregnancy": "health", "bone": "health", "surgery": "health"}

// date writes the age of the answer behind a reason.
func (e *evaluator) date(r *Reason) {
	head, _, _ := strings.Cut(r.Field, ".")
	item, ok := agedItems[head]
	if !ok || r.State == "missing" {
		return
	}
	ages := e.c.AgeDays.list()
	for i, name := range ageItems {
		if name == item {
			age := ages[i]
			r.AgeDays, r.MaxAgeDays = &age, e.r.MaxAgeDays[item]
		}
	}
}
