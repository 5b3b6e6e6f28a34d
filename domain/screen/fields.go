package screen

import (
	"fmt"
	"strings"
)

// item describes what Missing and Stale name.
type item struct{ title, group, first string }

var items = map[string]item{
	"red_flags":        {"Safety questions", "safety", "red_flags.CES1"},
	"steroids":         {"Long-term steroids", "safety", "long_term_steroids"},
	"trauma":           {"Significant trauma", "safety", "significant_trauma"},
	"vitals":           {"Blood pressure", "safety", "vitals.systolic_mmhg"},
	"neuro":            {"Neurological screen", "safety", "neuro.finding"},
	"pregnancy":        {"Pregnancy", "safety", "pregnancy.status"},
	"bone":             {"Bone health", "safety", "bone"},
	"surgery":          {"Surgery", "safety", "surgery.kind"},
	"health":           {"Health answers", "safety", "long_term_steroids"},
	"pain":             {"Pain, average of 7 days", "pain", "pain.nprs_7day"},
	"irritability":     {"Irritability", "pain", "episode.irritability"},
	"biering_sorensen": {"Back extensor hold (Biering-Sørensen)", "endurance", "biering_sorensen.seconds"},
	"disability":       {"Disability", "disability", "disability.odi_percent"},
	"hip_extension":    {"Hip extensor test", "strength", "hip_extension.test"},
	"dowel_hinge":      {"Dowel hinge", "hinge", "dowel_hinge.reps_with_contact"},
	"mechanism":        {"Pain mechanism", "other", "episode.mechanism"},
	"duration":         {"Duration of this episode", "other", "episode.duration_weeks"},
	"history":          {"Highest stage completed", "other", "history.highest_stage_exited"},
}

// formOrder is the order in which the form asks for the items.
var formOrder = []string{"red_flags", "steroids", "trauma", "vitals", "neuro", "pregnancy", "bone", "surgery",
	"duration", "mechanism", "irritability", "pain", "disability",
	"biering_sorensen", "hip_extension", "dowel_hinge"}

// unanswered lists the open fields of the missing items in form order.
func unanswered(c *Case, r *Rules, missing set) []string {
	out := []string{}
	for _, name := range formOrder {
		if missing[name] {
			out = append(out, openFields(c, r, name)...)
		}
	}
	return out
}

// openFields lists the fields that one missing item still needs.
func openFields(c *Case, r *Rules, name string) []string {
	var out []string
	need := func(field string, open bool) {
		if open {
			out = append(out, field)
		}
	}
	switch name {
	case "red_flags":
		for _, f := range r.RedFlags {
			a := c.RedFlags[f.ID]
			need("red_flags."+f.ID, a != Yes && a != No)
		}
	case "vitals":
		v := c.Vitals
		if v == nil {
			v = &Vitals{}
		}
		need("vitals.systolic_mmhg", v.SystolicMmHg == nil)
		need("vitals.diastolic_mmhg", v.DiastolicMmHg == nil)
		need("vitals.symptoms", v.Symptoms == nil)
	case "neuro":
		n := c.Neuro
		if n == nil {
			n = &Neuro{}
		}
		need("neuro.finding", n.Finding == "")
		need("neuro.slr_own_leg_pain", n.SLROwnLegPain == nil)
		need("neuro.crossed_slr", n.CrossedSLR == nil)
	case "surgery":
		s := c.Surgery
		need("surgery.kind", s == nil || s.Kind == "")
		need("surgery.weeks_ago", s != nil && s.Kind != "")
	case "hip_extension":
		h := c.HipExtension
		if h == nil {
			h = &HipExtension{}
		}
		left, right, l, rt := h.Left, h.Right, "left", "right"
		if h.Test == testMMT {
			left, right, l, rt = lower(h.Left, h.MMTLeft), lower(h.Right, h.MMTRight), "mmt_left", "mmt_right"
		}
		need("hip_extension.test", h.Test == "")
		need("hip_extension."+l, left == nil)
		need("hip_extension."+rt, right == nil)
	case "dowel_hinge":
		h := c.DowelHinge
		if h == nil {
			h = &DowelHinge{}
		}
		need("dowel_hinge.reps_with_contact", h.RepsWithContact == nil)
		need("dowel_hinge.reps", h.Reps == nil)
		need("dowel_hinge.depth", h.Depth == "")
		need("dowel_hinge.pain", h.Pain == nil)
	default:
		out = append(out, items[name].first)
	}
	return out
}

// gapWords says in words how much of a missing item is open.
func (e *evaluator) gapWords(item string) string {
	open, all := openFields(e.c, e.r, item), openFields(&Case{}, e.r, item)
	switch {
	case item == "red_flags":
		return fmt.Sprintf("%d of %d not answered", len(open), len(all))
	case item == "biering_sorensen" && e.c.BieringSorensen != nil && e.c.BieringSorensen.Status != "":
		return words(e.c.BieringSorensen.Status)
	case len(open) < len(all) || open[0] != all[0]:
		return "Not complete"
	}
	return "Not asked"
}

// valueOf is what was found, in words, for the rule that speaks.
func (e *evaluator) valueOf(text string) string {
	c := e.c
	switch text {
	case "RF", "INFL1", "CLEARED", "STEROID", "SLR-1", "SLR-2":
		return "Yes"
	case "RF-FXC":
		return fmt.Sprintf("%d of 4", e.fractureCount())
	case "BP-1", "BP-2", "BP-3", "BP-4", "BP-5":
		return e.pressure()
	case "HR-1", "HR-2":
		return c.Vitals.HeartRateBpm.String() + " a minute"
	case "NEURO-1", "NEURO-2", "NEURO-3", "NEURO-4":
		return words(string(c.Neuro.Finding))
	case "SCOPE-1", "AGE":
		return fmt.Sprintf("%d years", *c.Patient.AgeYears)
	case "PREG-1", "PREG-2":
		return words(string(c.Pregnancy.Status))
	case "BONE-1", "BONE-2", "BONE-3":
		return words(string(c.Bone))
	case "SURG-1":
		return fmt.Sprintf("%s, %s weeks ago, window %d weeks", words(string(c.Surgery.Kind)),
			c.Surgery.WeeksAgo, e.r.SurgeryWindowWeeks[string(c.Surgery.Kind)])
	case "PAIN-1", "CONF-1":
		return e.painWords()
	case "PAIN-2":
		return words(c.Episode.Irritability)
	case "PAIN-3":
		return words(c.Episode.DirectionalResponse)
	case "STR-2":
		return "Stopped by pain"
	case "STR-1", "BORD-1":
		return e.held().String() + " seconds"
	case "DIS-1", "DIS-2":
		return e.disabilityWords()
	case "STR-3", "ASYM", "CONF-2":
		return e.hipWords()
	case "MOB-1":
		return words(c.DowelHinge.Depth)
	case "MOB-2":
		return c.DowelHinge.Pain.String() + " of 10"
	case "MECH-1", "MECH-2", "MECH-3":
		return words(c.Episode.Mechanism)
	case "ACUTE-1":
		return c.Episode.DurationWeeks.String() + " weeks"
	case "PSY-1", "START":
		return words(startRisk(c.StartBack, e.lim))
	case "PSY-2":
		return fmt.Sprintf("%d", *c.TSK11)
	case "FAST":
		return fmt.Sprintf("%d of %d repeats in contact", *c.DowelHinge.RepsWithContact, *c.DowelHinge.Reps)
	}
	return ""
}

func (e *evaluator) pressure() string {
	part := func(s string) string {
		if s == "" {
			return "not taken"
		}
		return s
	}
	var sys, dia string
	if v := e.c.Vitals; v.SystolicMmHg != nil {
		sys = v.SystolicMmHg.String()
	}
	if v := e.c.Vitals; v.DiastolicMmHg != nil {
		dia = v.DiastolicMmHg.String()
	}
	return part(sys) + " over " + part(dia)
}

func (e *evaluator) painWords() string {
	var out []string
	if p := e.c.Pain; p.NPRS7Day != nil {
		out = append(out, p.NPRS7Day.String()+" of 10")
	}
	if p := e.c.Pain; p.VASMm != nil {
		out = append(out, p.VASMm.String()+" mm")
	}
	return strings.Join(out, ", ")
}

func (e *evaluator) disabilityWords() string {
	var out []string
	if d := e.c.Disability; d.ODIPercent != nil {
		out = append(out, "ODI "+d.ODIPercent.String()+" percent")
	}
	if d := e.c.Disability; d.RMDQ != nil {
		out = append(out, fmt.Sprintf("RMDQ %d of 24", *d.RMDQ))
	}
	return strings.Join(out, ", ")
}

func (e *evaluator) hipWords() string {
	h := e.c.HipExtension
	unit := map[string]string{testBridgeReps: " bridges", testBridgeHold: " seconds", testMMT: " grade"}[h.Test]
	var out []string
	if h.Left != nil {
		out = append(out, "left "+h.Left.String())
	}
	if h.Right != nil {
		out = append(out, "right "+h.Right.String())
	}
	text := strings.Join(out, ", ")
	if text != "" {
		text += unit
	}
	if h.MMTLeft != nil || h.MMTRight != nil {
		if text != "" {
			text += "; "
		}
		text += "muscle test"
		if h.MMTLeft != nil {
			text += " left " + h.MMTLeft.String()
		}
		if h.MMTRight != nil {
			text += " right " + h.MMTRight.String()
		}
	}
	return text
}

// words turns a stored value into words: "mid_shin" becomes "Mid shin".
func words(value string) string {
	if w, ok := valueWords[value]; ok {
		return w
	}
	s := strings.ReplaceAll(value, "_", " ")
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// valueWords are the values that do not read well with spaces alone.
var valueWords = map[string]string{
	"motor_le3":                         "Strength of grade 3 or less",
	"umn":                               "Upper motor neuron signs",
	"mild_unassessed":                   "Mild deficit, not assessed",
	"mild_stable_assessed":              "Mild deficit, assessed and stable",
	"bilateral_motor":                   "New weakness in both legs",
	"progressive":                       "Getting worse",
	"yes":                               "Pregnant",
	"postpartum":                        "Recently given birth",
	"none":                              "None",
	"vertebral_fracture_under_12_weeks": "Vertebral fracture, under 12 weeks or not healed",
	"vertebral_fracture_healed":         "Vertebral fracture, healed",
	"si_fusion":                         "SI joint fusion",
	"peripheralizes_with_hinge":         "Spreads down the leg with hinging",
	"unable_other":                      "Unable, not because of pain",
}
