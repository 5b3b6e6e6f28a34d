package screen

import "backtobar/domain"

// redFlags: any yes acts, whatever else is missing. A documented clearance
// lifts a HOLD_REFER question and no other.
func (e *evaluator) redFlags() {
	open := false
	for _, f := range e.r.RedFlags {
		switch e.c.RedFlags[f.ID] {
		case Yes:
			field := "red_flags." + f.ID
			switch {
			case f.Action == referRoutine:
				e.flag("REFER_ROUTINE:"+f.ID, "INFL1", "note", field)
			case f.Action == HoldRefer && e.cleared(f.ID):
				e.flag("CLEARED:"+f.ID, "CLEARED", "note", field)
			default:
				e.fire(actionRank[f.Action], "RF-"+f.ID, "RF", field)
			}
		case No:
		default:
			open = true
		}
	}
	if open {
		e.lack("red_flags")
	} else if e.why != nil && e.fresh("red_flags") {
		e.why.safetyAnswered(e)
	}
}

// fractureFeatures is the FXC count of four features; each alone is weak.
func (e *evaluator) fractureFeatures() {
	if e.c.LongTermSteroids == nil {
		e.lack("steroids")
	}
	if e.c.SignificantTrauma == nil {
		e.lack("trauma")
	}
	if yes(e.c.LongTermSteroids) {
		e.flag("CAUTION:steroid", "STEROID", "caution", "long_term_steroids")
	}
	trauma := yes(e.c.SignificantTrauma)
	n := e.fractureCount()
	if n < 2 || e.cleared("fx_combo") {
		return
	}
	act := actHold
	if n >= 3 || trauma {
		act = actUrgent
	}
	e.fire(act, "RF-FXC", "RF-FXC", "long_term_steroids")
}

func (e *evaluator) fractureCount() int {
	n := 0
	for _, feature := range []bool{
		above(e.age(), e.lim.FractureAge), e.c.Patient.Sex == "female",
		yes(e.c.LongTermSteroids), yes(e.c.SignificantTrauma),
	} {
		if feature {
			n++
		}
	}
	return n
}

func (e *evaluator) age() *domain.Decimal {
	if e.c.Patient.AgeYears == nil {
		return nil
	}
	d := domain.NewDecimal(*e.c.Patient.AgeYears)
	return &d
}

// vitals: BP-1 to BP-4 exclude each other and the first that holds decides;
// BP-5 stands beside them.
func (e *evaluator) vitals() {
	v := e.c.Vitals
	if v == nil {
		e.lack("vitals")
		return
	}
	const field = "vitals.systolic_mmhg"
	sys, dia, l := v.SystolicMmHg, v.DiastolicMmHg, e.lim
	complete := sys != nil && dia != nil && v.Symptoms != nil
	if !complete {
		e.lack("vitals")
	}
	switch {
	case yes(v.Symptoms) && (atLeast(sys, l.BPCrisisSys) || atLeast(dia, l.BPCrisisDia)):
		e.fire(actEmergency, "BP-1", "BP-1", field)
	case above(sys, l.BPAbsSys) || above(dia, l.BPAbsDia):
		e.fire(actUrgent, "BP-2", "BP-2", field)
	case above(sys, l.BPRelSys) || above(dia, l.BPRelDia):
		if e.cleared("bp") {
			e.limit(2, "BP", "BP-3", field)
		} else {
			e.fire(actHold, "BP-3", "BP-3", field)
		}
	case atLeast(sys, l.BPCautionSys) || atLeast(dia, l.BPCautionDia):
		e.flag("CAUTION:BP", "BP-4", "caution", field)
	case complete && !below(sys, l.BPLowSys) && e.fresh("vitals"):
		e.pass("BP-4", field)
	}
	if below(sys, l.BPLowSys) {
		e.fire(actHold, "BP-5", "BP-5", field)
	}
	switch hr := v.HeartRateBpm; {
	case above(hr, l.HRUrgent):
		e.fire(actUrgent, "HR-1", "HR-1", "vitals.heart_rate_bpm")
	case above(hr, l.HRCaution):
		e.flag("CAUTION:HR", "HR-2", "caution", "vitals.heart_rate_bpm")
	}
}

// neuro: the finding and the straight leg raise; crossed outranks plain.
func (e *evaluator) neuro() {
	n := e.c.Neuro
	if n == nil {
		e.lack("neuro")
		return
	}
	const field = "neuro.finding"
	switch n.Finding {
	case NeuroBilateralMotor:
		e.fire(actEmergency, "NEURO-1", "NEURO-1", field)
	case NeuroMotorLE3, NeuroProgressive, NeuroUMN:
		e.fire(actUrgent, "NEURO-2", "NEURO-2", field)
	case NeuroMildUnassessed:
		e.fire(actHold, "NEURO-3", "NEURO-3", field)
	case NeuroMildStableAssessed:
		e.limit(2, "NEURO", "NEURO-4", field)
	case NeuroNormal:
		if e.fresh("neuro") {
			e.pass("NEURO-4", field)
		}
	}
	if n.Finding == "" || n.SLROwnLegPain == nil || n.CrossedSLR == nil {
		e.lack("neuro")
	}
	// Own leg pain without an angle counts as an angle within the limit.
	positive := yes(n.SLROwnLegPain) && !above(n.SLRAngleDeg, e.lim.SLRAngle)
	switch {
	case yes(n.CrossedSLR):
		e.limit(1, "CSLR", "SLR-2", "neuro.crossed_slr")
	case positive:
		e.limit(2, "SLR", "SLR-1", "neuro.slr_own_leg_pain")
	}
}

func (e *evaluator) scope() {
	if below(e.age(), e.lim.AgeMin) && !e.cleared("minor") {
		e.fire(actHold, "SCOPE-1", "SCOPE-1", "patient.age_years")
	}
	if atLeast(e.age(), e.lim.AgeCaution) {
		e.flag("CAUTION:age", "AGE", "caution", "patient.age_years")
	}
}

func (e *evaluator) pregnancy() {
	p := e.c.Pregnancy
	if p == nil || p.Status == "" {
		e.lack("pregnancy")
		return
	}
	const field = "pregnancy.status"
	switch p.Status {
	case PregnancyYes:
		if e.cleared("ob") {
			e.limit(2, "PREG", "PREG-1", field)
		} else {
			e.fire(actHold, "PREG-1", "PREG-1", field)
		}
	case PregnancyPostpartum:
		early := !atLeast(p.WeeksPostpartum, e.lim.PostpartumWeeks)
		if early && !e.cleared("ob") {
			e.fire(actHold, "PREG-2", "PREG-2", field)
		}
	}
}

// bone: heavy-loading clearance is a clearance too, but it lifts the cap only
// for osteoporosis: it is not extended to spines that have fractured.
func (e *evaluator) bone() {
	const field = "bone"
	cleared := e.cleared("bone") || e.cleared("bone_heavy")
	switch e.c.Bone {
	case "":
		e.lack("bone")
	case BoneOsteoporosis:
		switch {
		case e.cleared("bone_heavy"):
			e.flag("CAUTION:bone_supervised", "BONE-1", "caution", field)
		case cleared:
			e.limit(2, "BONE", "BONE-1", field)
		default:
			e.fire(actHold, "BONE-1", "BONE-1", field)
		}
	case BoneFractureRecent:
		e.fire(actHold, "BONE-2", "BONE-2", field)
	case BoneFractureHealed:
		if cleared {
			e.limit(2, "BONE", "BONE-3", field)
		} else {
			e.fire(actHold, "BONE-3", "BONE-3", field)
		}
	}
}

// surgery: no clearance opens the window; after it, the surgeon's clearance is
// needed for the first year and caps at stage 3.
func (e *evaluator) surgery() {
	s := e.c.Surgery
	if s == nil || s.Kind == "" || s.Kind != SurgeryNone && s.WeeksAgo == nil {
		e.lack("surgery")
		return
	}
	if s.Kind == SurgeryNone {
		return
	}
	const field = "surgery.kind"
	switch {
	case below(s.WeeksAgo, e.r.windows[s.Kind]):
		e.fire(actHold, "SURG-1", "SURG-1", field)
	case below(s.WeeksAgo, e.lim.SurgeryYear):
		if e.cleared("surgeon") {
			e.limit(3, "SURG", "SURG-1", field)
		} else {
			e.fire(actHold, "SURG-1", "SURG-1", field)
		}
	}
}
