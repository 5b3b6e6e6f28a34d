package screen

import "backtobar/domain"

// pain: one scale is enough, and when both are given the worse decides.
func (e *evaluator) pain() {
	p := e.c.Pain
	if p == nil || p.NPRS7Day == nil && p.VASMm == nil {
		e.lack("pain")
	} else if e.fresh("pain") {
		high, longer := atLeast(p.NPRS7Day, e.lim.NPRSFail), atLeast(p.VASMm, e.lim.VASFail)
		field := "pain.nprs_7day"
		if p.NPRS7Day == nil || longer && !high {
			field = "pain.vas_mm"
		}
		if high || longer {
			e.fire(actNotReady, "PAIN-1", "PAIN-1", field, TrackPain)
		} else {
			e.pass("PAIN-1", field)
		}
		if p.NPRS7Day != nil && p.VASMm != nil &&
			p.NPRS7Day.Mul(10).Sub(*p.VASMm).Abs().Cmp(e.lim.PainConflict) > 0 {
			e.flag("CONFLICT:pain_scales", "CONF-1", "caution", "pain.vas_mm")
		}
	}
}

// endurance: the Biering-Sørensen hold. Unable for a reason other than pain,
// and not done, are gaps.
func (e *evaluator) endurance() {
	b := e.c.BieringSorensen
	const field = "biering_sorensen.seconds"
	if b == nil || b.Seconds == nil && b.Status != statusUnablePain {
		e.lack("biering_sorensen")
		return
	}
	if !e.fresh("biering_sorensen") {
		return
	}
	if b.Status == statusUnablePain {
		e.fire(actNotReady, "STR-2", "STR-2", field, TrackStrength, TrackPain)
		return
	}
	held := e.held()
	if held.Cmp(e.lim.BSTMin) <= 0 {
		e.fire(actNotReady, "STR-1", "STR-1", field, TrackStrength)
	} else {
		e.pass("STR-1", field)
	}
	if held.Sub(e.lim.BSTMin).Abs().Cmp(e.lim.BSTBorder) <= 0 {
		e.flag("BORDERLINE:biering_sorensen", "BORD-1", "note", field)
	}
}

// held is the time held, cut at the longest time that is recorded.
func (e *evaluator) held() domain.Decimal {
	s := *e.c.BieringSorensen.Seconds
	if s.Cmp(e.lim.BSTMax) > 0 {
		return e.lim.BSTMax
	}
	return s
}

// disability: one score is enough, and when both are given the worse decides.
func (e *evaluator) disability() {
	d := e.c.Disability
	if d == nil || d.ODIPercent == nil && d.RMDQ == nil {
		e.lack("disability")
		return
	}
	if !e.fresh("disability") {
		return
	}
	field := "disability.odi_percent"
	var rmdq *domain.Decimal
	if d.RMDQ != nil {
		v := domain.NewDecimal(*d.RMDQ)
		rmdq = &v
	}
	odiFails := above(d.ODIPercent, e.lim.ODIFail)
	rmdqFails := atLeast(rmdq, e.lim.RMDQFail)
	if d.ODIPercent == nil || rmdqFails && !odiFails {
		field = "disability.rmdq"
	}
	switch {
	case odiFails || rmdqFails:
		e.fire(actNotReady, "DIS-1", "DIS-1", field, TrackDisability)
	case above(d.ODIPercent, e.lim.ODICaution) || atLeast(rmdq, e.lim.RMDQCaution):
		e.pass("DIS-1", field)
		e.flag("CAUTION:disability", "DIS-2", "caution", field)
	default:
		e.pass("DIS-1", field)
	}
}

// hipExtension: the weaker side decides, and a muscle grade below the limit
// fails whichever test was chosen, also when no test was.
func (e *evaluator) hipExtension() {
	h := e.c.HipExtension
	const field = "hip_extension.left"
	if h == nil {
		e.lack("hip_extension")
		return
	}
	left, right, gate := h.Left, h.Right, e.lim.BridgeRepsMin
	switch h.Test {
	case "":
		left, right = nil, nil // of an unknown test
	case testBridgeHold:
		gate = e.lim.BridgeHoldMin
	case testMMT:
		gate = e.lim.MMTMin
		left, right = lower(h.Left, h.MMTLeft), lower(h.Right, h.MMTRight)
	}
	if left == nil || right == nil {
		e.lack("hip_extension")
	}
	if !e.fresh("hip_extension") {
		return
	}
	weakTest := below(left, gate) || below(right, gate)
	weakMuscle := below(h.MMTLeft, e.lim.MMTMin) || below(h.MMTRight, e.lim.MMTMin)
	switch {
	case weakTest || weakMuscle:
		e.fire(actNotReady, "STR-3", "STR-3", field, TrackStrength)
	case left != nil && right != nil:
		e.pass("STR-3", field)
	}
	if left == nil || right == nil {
		return
	}
	if weakMuscle && !weakTest { // never with the muscle test, whose grades are the test
		e.flag("CONFLICT:hip_extension", "CONF-2", "caution", "hip_extension.mmt_left")
	}
	if unequal(*left, *right, e.lim.AsymmetryMax) {
		e.flag("CAUTION:asymmetry", "ASYM", "caution", field)
	}
}

// lower returns the smaller of two values that may be missing.
func lower(a, b *domain.Decimal) *domain.Decimal {
	if a == nil || b != nil && b.Cmp(*a) < 0 {
		return b
	}
	return a
}

// unequal reports whether (larger - smaller) / larger is above percent,
// exactly, so that the limit itself is not above it.
func unequal(a, b, percent domain.Decimal) bool {
	if a.Cmp(b) < 0 {
		a, b = b, a
	}
	return domain.CmpProducts(a.Sub(b), domain.NewDecimal(100), percent, a) > 0
}

func (e *evaluator) dowelHinge() {
	h := e.c.DowelHinge
	if h == nil {
		e.lack("dowel_hinge")
		return
	}
	if h.Depth == "" || h.Pain == nil || h.RepsWithContact == nil || h.Reps == nil {
		e.lack("dowel_hinge")
	}
	if !e.fresh("dowel_hinge") {
		return
	}
	if d := depthOf(h.Depth); d >= 0 && d < e.lim.HingeDepth {
		e.fire(actNotReady, "MOB-1", "MOB-1", "dowel_hinge.depth", TrackMobility)
	} else if d >= 0 {
		e.pass("MOB-1", "dowel_hinge.depth")
	}
	if above(h.Pain, e.lim.HingePainMax) {
		e.fire(actNotReady, "MOB-2", "MOB-2", "dowel_hinge.pain", TrackPain)
	} else if h.Pain != nil {
		e.pass("MOB-2", "dowel_hinge.pain")
	}
}

// episode: irritability, directional response, mechanism and duration.
func (e *evaluator) episode() {
	ep := e.c.Episode
	if ep == nil {
		ep = &Episode{}
	}
	switch ep.Irritability {
	case "":
		e.lack("irritability")
	case "high":
		e.fire(actNotReady, "PAIN-2", "PAIN-2", "episode.irritability", TrackPain)
	default:
		if e.fresh("irritability") {
			e.pass("PAIN-2", "episode.irritability")
		}
	}
	if ep.DirectionalResponse == "peripheralizes_with_hinge" {
		e.fire(actNotReady, "PAIN-3", "PAIN-3", "episode.directional_response", TrackPain)
	}
	const field = "episode.mechanism"
	switch ep.Mechanism {
	case "":
		e.lack("mechanism")
	case mechNociplastic:
		if e.cleared("nociplastic") {
			e.flag("CAUTION:mechanism", "MECH-3", "caution", field)
		} else {
			e.fire(actNotReady, "MECH-1", "MECH-1", field, TrackEducation)
		}
	case mechNeuropathic:
		e.limit(2, "NEUROPATHIC", "MECH-2", field)
	case mechNociceptive:
		if e.fresh("mechanism") {
			e.pass("MECH-3", field)
		}
	default:
		e.flag("CAUTION:mechanism", "MECH-3", "caution", field)
	}
	switch {
	case ep.DurationWeeks == nil:
		e.lack("duration")
	case below(ep.DurationWeeks, e.lim.AcuteWeeks):
		e.limit(2, "ACUTE", "ACUTE-1", "episode.duration_weeks")
	}
}

// psychosocial: STarT Back and TSK-11 never block.
func (e *evaluator) psychosocial() {
	risk := startRisk(e.c.StartBack, e.lim)
	if risk != "" {
		e.flag("START:"+risk, "START", "note", "start_back.total")
	}
	if risk == "high" && !e.cleared("psych_plan") {
		stage := int(e.lim.StartHighCap.Rat().Num().Int64())
		e.limit(stage, "START_HIGH", "PSY-1", "start_back.total")
	}
	if e.c.TSK11 != nil {
		tsk := domain.NewDecimal(*e.c.TSK11)
		if atLeast(&tsk, e.lim.TSKCaution) {
			e.flag("CAUTION:fear", "PSY-2", "caution", "tsk11")
		}
	}
}

// startRisk is low, medium, high, or "" when not scored.
func startRisk(s *StartBack, l *limits) string {
	switch {
	case s == nil || s.Total == nil:
		return ""
	case domain.NewDecimal(*s.Total).Cmp(l.StartLowMax) <= 0:
		return "low"
	case s.Distress == nil:
		return ""
	case domain.NewDecimal(*s.Distress).Cmp(l.StartDistressHigh) >= 0:
		return "high"
	}
	return "medium"
}

// place finds the stage that a ready patient starts at: one above the highest
// stage exited, within every cap.
func (e *evaluator) place() {
	exited := 0
	if h := e.c.History; h != nil && h.HighestStageExited != nil {
		exited = *h.HighestStageExited
	}
	e.earned = min(exited+1, noCap)
	if exited == 0 && e.fastTrack() {
		e.earned = 2
		if e.outcome() == Ready {
			e.flag("FAST_TRACK", "FAST", "note", "history.barbell_experience_12_months")
		}
	}
	e.stage = min(e.earned, e.cap)
}

// fastTrack reports whether an experienced lifter with a clean hinge may skip
// stage 1.
func (e *evaluator) fastTrack() bool {
	h, d := e.c.History, e.c.DowelHinge
	if !e.lim.FastTrack || h == nil || !yes(h.BarbellExperience12Months) || d == nil ||
		d.Reps == nil || d.RepsWithContact == nil || !e.fresh("dowel_hinge") {
		return false
	}
	contact := domain.NewDecimal(*d.RepsWithContact).Mul(100)
	need := e.lim.FastTrackContact.Mul(*d.Reps)
	return contact.Cmp(need) >= 0 && depthOf(d.Depth) >= depthOf("mid_shin") &&
		atMost(d.Pain, e.lim.FastTrackPain)
}
