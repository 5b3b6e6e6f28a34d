package screen

import (
	"encoding/json"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// DecodeCase reads one case as a JSON object and checks it with Validate. The
// key "expect" is ignored. An unknown or repeated key is an error, because a
// misspelt safety field must not pass silently. The case is returned with its
// id even when it is refused, as far as it could be read.
func DecodeCase(line []byte, r *Rules) (Case, error) {
	var c Case
	if err := strictjson.Unmarshal(line, &c, "expect"); err != nil {
		if c.ID == "" {
			c.ID = idOf(line)
		}
		return c, err
	}
	return c, Validate(c, r).Err()
}

// idOf finds the id of a line that was refused before its id was reached.
func idOf(line []byte) string {
	var named struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(line, &named) != nil {
		return ""
	}
	return named.ID
}

// span is the range of a field, both ends allowed.
type span struct{ low, high domain.Decimal }

func between(low, high int) span {
	return span{domain.NewDecimal(low), domain.NewDecimal(high)}
}

var (
	spanAge       = between(0, 120)
	spanSystolic  = between(60, 260)
	spanDiastolic = between(30, 160)
	spanHeartRate = between(20, 250)
	spanAngle     = between(0, 120)
	spanWeeks     = between(0, 5200)
	spanTen       = between(0, 10)
	spanHundred   = between(0, 100)
	spanRMDQ      = between(0, 24)
	spanHold      = between(0, 3600)
	spanMMT       = between(0, 5)
	spanReps      = between(1, 50)
	spanContact   = between(0, 50)
	spanBridge    = between(0, 600)
	spanStart     = between(0, 9)
	spanDistress  = between(0, 5)
	spanTSK       = between(11, 44)
	spanStage     = between(0, 4)
)

// surgeryKinds in the order of the form; none first.
var surgeryKinds = []SurgeryKind{SurgeryNone, SurgeryDiscectomy, SurgeryDecompression,
	SurgeryAugmentation, SurgeryAbdominal, SurgeryFusion, SurgeryDisc, SurgerySIFusion}

var surgeryNames = func() []string {
	var out []string
	for _, k := range surgeryKinds {
		out = append(out, string(k))
	}
	return out
}()

// namedClearances are the clearances beside those of single safety questions.
var namedClearances = []string{"fx_combo", "bp", "ob", "bone", "bone_heavy", "surgeon",
	"minor", "nociplastic", "psych_plan"}

// Clearances returns every name that Case.Clearances may hold.
func (r *Rules) Clearances() []string {
	out := append([]string(nil), namedClearances...)
	for _, f := range r.RedFlags {
		if f.Action == HoldRefer {
			out = append(out, f.ID)
		}
	}
	return out
}

// Validate returns every answer that is impossible. A gap is not a problem
// here; it shows as a missing item of the decision. Only age and sex are
// required.
func Validate(c Case, r *Rules) domain.Problems {
	v := validator{}
	if c.Patient.AgeYears == nil {
		v.add("patient.age_years", "is required, in whole years from 0 to 120")
	}
	v.integer("patient.age_years", c.Patient.AgeYears, spanAge)
	if c.Patient.Sex != "female" && c.Patient.Sex != "male" {
		v.add("patient.sex", "is required: female or male, for the clinical rules")
	}
	v.redFlags(c, r)
	v.safety(c)
	v.readiness(c)
	v.rest(c, r)
	return v.p
}

type validator struct{ p domain.Problems }

func (v *validator) add(field, text string) { v.p.Add(field, text) }

func (v *validator) integer(field string, n *int, s span) {
	if n == nil {
		return
	}
	// Far outside every span, so that the decimal cannot overflow into one.
	d := domain.NewDecimal(max(-1_000_000, min(*n, 1_000_000)))
	v.number(field, &d, s)
}

func (v *validator) number(field string, d *domain.Decimal, s span) {
	if d != nil && (d.Cmp(s.low) < 0 || d.Cmp(s.high) > 0) {
		v.add(field, "must be from "+s.low.String()+" to "+s.high.String())
	}
}

// choice accepts "" as not asked.
func (v *validator) choice(field, got string, allowed ...string) {
	if got == "" || contains(allowed, got) {
		return
	}
	list := allowed[0]
	for _, a := range allowed[1:] {
		list += ", " + a
	}
	v.add(field, "must be one of: "+list)
}

func (v *validator) redFlags(c Case, r *Rules) {
	known := 0
	for _, f := range r.RedFlags {
		a, given := c.RedFlags[f.ID]
		if given {
			known++
		}
		if a != "" && a != Yes && a != No && a != Unknown {
			v.add("red_flags."+f.ID, "must be one of: yes, no, unknown")
		}
	}
	if known == len(c.RedFlags) {
		return
	}
	for _, id := range sortedKeys(c.RedFlags) {
		if _, ok := r.flags[id]; !ok {
			v.add("red_flags."+id, "there is no such safety question; check the spelling")
		}
	}
}

func (v *validator) safety(c Case) {
	if x := c.Vitals; x != nil {
		v.number("vitals.systolic_mmhg", x.SystolicMmHg, spanSystolic)
		v.number("vitals.diastolic_mmhg", x.DiastolicMmHg, spanDiastolic)
		v.number("vitals.heart_rate_bpm", x.HeartRateBpm, spanHeartRate)
		if x.SystolicMmHg != nil && x.DiastolicMmHg != nil && x.SystolicMmHg.Cmp(*x.DiastolicMmHg) <= 0 {
			v.add("vitals.diastolic_mmhg", "must be below the systolic pressure; measure or enter both again")
		}
	}
	if x := c.Neuro; x != nil {
		v.choice("neuro.finding", string(x.Finding), "normal", "mild_unassessed", "mild_stable_assessed",
			"motor_le3", "progressive", "umn", "bilateral_motor")
		v.number("neuro.slr_angle_deg", x.SLRAngleDeg, spanAngle)
	}
	if x := c.Pregnancy; x != nil {
		v.choice("pregnancy.status", string(x.Status), "no", "yes", "postpartum", "not_applicable")
		v.number("pregnancy.weeks_postpartum", x.WeeksPostpartum, spanWeeks)
	}
	v.choice("bone", string(c.Bone), string(BoneNone), string(BoneOsteoporosis),
		string(BoneFractureRecent), string(BoneFractureHealed))
	if x := c.Surgery; x != nil {
		v.choice("surgery.kind", string(x.Kind), surgeryNames...)
		v.number("surgery.weeks_ago", x.WeeksAgo, spanWeeks)
	}
	if x := c.Episode; x != nil {
		v.number("episode.duration_weeks", x.DurationWeeks, spanWeeks)
		v.choice("episode.mechanism", x.Mechanism, "nociceptive", "neuropathic", "nociplastic", "mixed", "unknown")
		v.choice("episode.irritability", x.Irritability, "low", "moderate", "high")
		v.choice("episode.directional_response", x.DirectionalResponse, "none", "centralizes", "no_change",
			"peripheralizes", "peripheralizes_with_hinge")
	}
}

func (v *validator) readiness(c Case) {
	if x := c.Pain; x != nil {
		v.number("pain.nprs_7day", x.NPRS7Day, spanTen)
		v.number("pain.vas_mm", x.VASMm, spanHundred)
	}
	if x := c.Disability; x != nil {
		v.number("disability.odi_percent", x.ODIPercent, spanHundred)
		v.integer("disability.rmdq", x.RMDQ, spanRMDQ)
	}
	if x := c.BieringSorensen; x != nil {
		v.number("biering_sorensen.seconds", x.Seconds, spanHold)
		v.choice("biering_sorensen.status", x.Status, "unable_pain", "unable_other", "not_done")
		if x.Seconds != nil && x.Status != "" {
			v.add("biering_sorensen.status", "give the seconds or a status, not both")
		}
	}
	if x := c.HipExtension; x != nil {
		v.choice("hip_extension.test", x.Test, testBridgeReps, testBridgeHold, testMMT)
		s := spanBridge
		if x.Test == testMMT {
			s = spanMMT
		}
		v.number("hip_extension.left", x.Left, s)
		v.number("hip_extension.right", x.Right, s)
		v.number("hip_extension.mmt_left", x.MMTLeft, spanMMT)
		v.number("hip_extension.mmt_right", x.MMTRight, spanMMT)
	}
	if x := c.DowelHinge; x != nil {
		v.integer("dowel_hinge.reps", x.Reps, spanReps)
		v.choice("dowel_hinge.depth", x.Depth, depths...)
		v.number("dowel_hinge.pain", x.Pain, spanTen)
		v.integer("dowel_hinge.reps_with_contact", x.RepsWithContact, spanContact)
		if x.RepsWithContact != nil && x.Reps != nil && *x.RepsWithContact > *x.Reps {
			v.add("dowel_hinge.reps_with_contact", "must not be more than the number of repeats done")
		}
	}
}

func (v *validator) rest(c Case, r *Rules) {
	if x := c.StartBack; x != nil {
		v.integer("start_back.total", x.Total, spanStart)
		v.integer("start_back.distress", x.Distress, spanDistress)
		if x.Total != nil && x.Distress != nil && *x.Distress > *x.Total {
			v.add("start_back.distress", "must not be more than the total")
		}
	}
	v.integer("tsk11", c.TSK11, spanTSK)
	if x := c.History; x != nil {
		v.integer("history.highest_stage_exited", x.HighestStageExited, spanStage)
	}
	for i, item := range ageItems {
		if n := c.AgeDays.list()[i]; n < 0 || n > 100_000 {
			v.add("age_days."+item, "must be 0 days or more, and 0 when it was taken today")
		}
	}
	if len(c.Clearances) == 0 {
		return
	}
	known := r.Clearances()
	for _, name := range c.Clearances {
		if !contains(known, name) {
			v.add("clearances", "there is no such clearance; check the spelling, and that the question can be cleared")
		}
	}
}

// list returns the ages in the order of ageItems.
func (a AgeDays) list() [9]int {
	return [9]int{a.RedFlags, a.Vitals, a.Pain, a.Disability, a.BieringSorensen,
		a.HipExtension, a.DowelHinge, a.Neuro, a.Health}
}

// Age returns the case as it stands days later: every item that many days
// older. It is how a signed screen is judged again on a later day.
func Age(c Case, days int) Case {
	a := &c.AgeDays
	for _, n := range []*int{&a.RedFlags, &a.Vitals, &a.Pain, &a.Disability, &a.BieringSorensen,
		&a.HipExtension, &a.DowelHinge, &a.Neuro, &a.Health} {
		*n += days
	}
	return c
}
