package screen

import (
	"fmt"
	"sort"

	"backtobar/domain"
)

// The next measurement is the cheapest question or test that can still change
// the outcome: what is missing, too old or not met is answered once as well as
// it could be and once as badly, and what makes no difference either way is not
// worth the patient's time today. Costs are data of the rules file.

// next returns the cheapest next measurement, nil when none can change the
// outcome. After an emergency or a same-day referral nothing more is measured.
func (e *evaluator) next(d Decision, reasons []Reason) *Next {
	if d.Outcome == Emergency || d.Outcome == UrgentRefer {
		return nil
	}
	var able, rest []Next
	for _, name := range e.candidates(d, reasons) {
		n := e.offer(name)
		best, worst := e.with(e.bestOf(name)), e.with(e.worstOf(name))
		switch {
		case differs(best, d) && best.Outcome != Incomplete:
			n.Why = "It alone can change the result."
			able = append(able, n)
		case differs(worst, d):
			n.Why = "What it finds can change the result."
			able = append(able, n)
		default:
			n.Why = "The result needs it, together with what else is open."
			rest = append(rest, n)
		}
	}
	if len(able) == 0 {
		able = rest
	}
	if len(able) == 0 {
		return nil
	}
	sort.SliceStable(able, func(i, j int) bool { return able[i].Minutes < able[j].Minutes })
	return &able[0]
}

func differs(a, b Decision) bool { return a.Outcome != b.Outcome || a.Stage != b.Stage }

// offer is an item with its cost.
func (e *evaluator) offer(name string) Next {
	c := e.r.Costs[name]
	field := items[name].first
	if e.missing[name] {
		field = openFields(e.c, e.r, name)[0]
	}
	n := Next{Item: name, Field: field, Title: items[name].title, Minutes: c.Minutes, Equipment: c.Equipment, Care: c.Care}
	if open := len(openFields(e.c, e.r, name)); name == "red_flags" && e.missing[name] && open < len(e.r.RedFlags) {
		n.Title = fmt.Sprintf("%s, %d open", n.Title, open)
	}
	return n
}

// candidates are the items that are missing, too old or not met, in the order
// of the form.
func (e *evaluator) candidates(d Decision, reasons []Reason) []string {
	want := map[string]bool{}
	for name := range e.missing {
		want[name] = true
	}
	for name := range e.stale {
		want[name] = true
	}
	if want["health"] { // five questions of the form share that interval
		for _, name := range []string{"steroids", "trauma", "pregnancy", "bone", "surgery"} {
			want[name] = true
		}
	}
	for _, r := range reasons {
		if d.Outcome == NotReady && r.State == "fail" || d.Outcome == HoldRefer && r.State == "hold" {
			want[measured[r.ID]] = true
		}
	}
	var out []string
	for _, name := range formOrder {
		if want[name] {
			out = append(out, name)
		}
	}
	return out
}

// measured are the rules that another measurement can settle, with its item.
// Diagnoses, operations and safety questions are cleared and not measured.
var measured = map[string]string{"BP-3": "vitals", "BP-5": "vitals", "NEURO-3": "neuro",
	"PAIN-1": "pain", "PAIN-2": "irritability", "STR-1": "biering_sorensen", "STR-2": "biering_sorensen",
	"DIS-1": "disability", "STR-3": "hip_extension", "MOB-1": "dowel_hinge", "MOB-2": "dowel_hinge"}

// with decides the case with one change.
func (e *evaluator) with(apply func(c *Case)) Decision {
	c := *e.c
	apply(&c)
	return EvaluateWith(c, e.facts, e.r)
}

func dec(n int) *domain.Decimal {
	d := domain.NewDecimal(n)
	return &d
}

// bestOf answers what is open of an item so that nothing of it blocks, makes it
// as young as today, and lets what fails of it pass. What was found by a safety
// question or a diagnosis stays.
func (e *evaluator) bestOf(name string) func(c *Case) {
	return func(c *Case) {
		for _, r := range changing {
			if measured[r] == name && e.rules[r] {
				if s, ok := e.meet(Reason{ID: r}); ok {
					s.apply(c)
				}
			}
		}
		if e.missing[name] {
			fill(name)(c, e.r)
		}
		renew(intervalOf(name))(c)
	}
}

// intervalOf is the re-test interval that an item of the form belongs to.
func intervalOf(name string) string {
	switch name {
	case "steroids", "trauma", "pregnancy", "bone", "surgery":
		return "health"
	}
	return name
}

// fill answers what is open of an item so that nothing of it blocks.
func fill(name string) func(c *Case, r *Rules) {
	no := false
	falseIfOpen := func(b **bool) {
		if *b == nil {
			*b = &no
		}
	}
	ifOpen := func(d **domain.Decimal, n int) {
		if *d == nil {
			*d = dec(n)
		}
	}
	return func(c *Case, r *Rules) {
		switch name {
		case "red_flags":
			flags := make(map[string]Answer, len(r.RedFlags))
			for _, f := range r.RedFlags {
				flags[f.ID] = c.RedFlags[f.ID]
				if flags[f.ID] != Yes {
					flags[f.ID] = No
				}
			}
			c.RedFlags = flags
		case "steroids":
			falseIfOpen(&c.LongTermSteroids)
		case "trauma":
			falseIfOpen(&c.SignificantTrauma)
		case "vitals":
			v := copied(c.Vitals)
			if v.SystolicMmHg == nil {
				v.SystolicMmHg = dec(120)
				if v.DiastolicMmHg != nil && v.DiastolicMmHg.Cmp(*v.SystolicMmHg) >= 0 {
					above := v.DiastolicMmHg.Add(one)
					v.SystolicMmHg = &above
				}
			}
			if v.DiastolicMmHg == nil {
				v.DiastolicMmHg = dec(70)
				if v.DiastolicMmHg.Cmp(*v.SystolicMmHg) >= 0 {
					under := v.SystolicMmHg.Sub(one)
					v.DiastolicMmHg = &under
				}
			}
			falseIfOpen(&v.Symptoms)
			c.Vitals = v
		case "neuro":
			n := copied(c.Neuro)
			if n.Finding == "" {
				n.Finding = NeuroNormal
			}
			falseIfOpen(&n.SLROwnLegPain)
			falseIfOpen(&n.CrossedSLR)
			c.Neuro = n
		case "pregnancy":
			c.Pregnancy = &Pregnancy{Status: PregnancyNo}
		case "bone":
			c.Bone = BoneNone
		case "surgery":
			g := copied(c.Surgery)
			if g.Kind == "" {
				g.Kind = SurgeryNone
			}
			ifOpen(&g.WeeksAgo, 520)
			c.Surgery = g
		case "duration", "mechanism", "irritability":
			ep := copied(c.Episode)
			if name == "duration" {
				ifOpen(&ep.DurationWeeks, 52)
			} else if name == "mechanism" {
				ep.Mechanism = mechNociceptive
			} else {
				ep.Irritability = "low"
			}
			c.Episode = ep
		case "pain":
			p := copied(c.Pain)
			ifOpen(&p.NPRS7Day, 0)
			c.Pain = p
		case "disability":
			d := copied(c.Disability)
			ifOpen(&d.ODIPercent, 0)
			c.Disability = d
		case "biering_sorensen":
			c.BieringSorensen = &Sorensen{Seconds: dec(240)}
		case "hip_extension":
			h := copied(c.HipExtension)
			full := 60
			if h.Test == "" {
				h.Test = testBridgeReps
				h.Left, h.Right = nil, nil
			}
			if h.Test == testMMT {
				full = 5
			}
			ifOpen(&h.Left, full)
			ifOpen(&h.Right, full)
			c.HipExtension = h
		case "dowel_hinge":
			h := copied(c.DowelHinge)
			if h.Reps == nil {
				n := 10
				if h.RepsWithContact != nil {
					n = max(n, *h.RepsWithContact)
				}
				h.Reps = &n
			}
			if h.RepsWithContact == nil {
				n := *h.Reps
				h.RepsWithContact = &n
			}
			if h.Depth == "" {
				h.Depth = "floor"
			}
			ifOpen(&h.Pain, 0)
			c.DowelHinge = h
		}
	}
}

// worstOf answers an item as badly as it can be answered today.
func (e *evaluator) worstOf(name string) func(c *Case) {
	yes := true
	return func(c *Case) {
		renew(intervalOf(name))(c)
		switch name {
		case "red_flags":
			flags := make(map[string]Answer, len(e.r.RedFlags))
			for _, f := range e.r.RedFlags {
				flags[f.ID] = c.RedFlags[f.ID]
				if flags[f.ID] != No {
					flags[f.ID] = Yes
				}
			}
			if !e.missing[name] { // all are asked again
				for _, f := range e.r.RedFlags {
					flags[f.ID] = Yes
				}
			}
			c.RedFlags = flags
		case "steroids":
			c.LongTermSteroids = &yes
		case "trauma":
			c.SignificantTrauma = &yes
		case "vitals":
			c.Vitals = &Vitals{SystolicMmHg: dec(220), DiastolicMmHg: dec(130), Symptoms: &yes}
		case "neuro":
			c.Neuro = &Neuro{Finding: NeuroBilateralMotor, SLROwnLegPain: &yes, CrossedSLR: &yes}
		case "pregnancy":
			c.Pregnancy = &Pregnancy{Status: PregnancyYes}
		case "bone":
			c.Bone = BoneFractureRecent
		case "surgery":
			c.Surgery = &Surgery{Kind: SurgeryFusion, WeeksAgo: dec(1)}
		case "duration", "mechanism", "irritability":
			ep := copied(c.Episode)
			if name == "duration" {
				ep.DurationWeeks = dec(0)
			} else if name == "mechanism" {
				ep.Mechanism = mechNociplastic
			} else {
				ep.Irritability = "high"
			}
			c.Episode = ep
		case "pain":
			c.Pain = &Pain{NPRS7Day: dec(10)}
		case "disability":
			c.Disability = &Disability{ODIPercent: dec(100)}
		case "biering_sorensen":
			c.BieringSorensen = &Sorensen{Seconds: dec(0)}
		case "hip_extension":
			c.HipExtension = &HipExtension{Test: testMMT, Left: dec(0), Right: dec(0)}
		case "dowel_hinge":
			none := 0
			reps := 10
			c.DowelHinge = &DowelHinge{RepsWithContact: &none, Reps: &reps, Depth: "none", Pain: dec(10)}
		}
	}
}

// answer is the step that answers what is open of an item.
func (e *evaluator) answer(r Reason) step {
	return step{r.Field, "Answer: " + lowerFirst(r.Title) + ".", asAnswer, safetyItems[r.ID], func(c *Case) { fill(r.ID)(c, e.r) }}
}
