package screen

import "sort"

// A patient who is ready may be so by a hair. The nearest change for the worse
// says how far the result is from turning; it is tried like every other change.

// warnings are the values that pass and would turn the result if they were
// worse, the nearest to its limit first, as a share of the limit.
func (e *evaluator) warnings(reasons []Reason) []step {
	type near struct {
		step
		share float64
	}
	var found []near
	for _, r := range reasons {
		s, ok := e.scaleOf(r.ID, r.Field)
		worse := e.worse(r)
		if r.State != "pass" || !ok || worse == nil || s.limit.Sign() == 0 {
			continue
		}
		share, _ := s.value.Sub(s.limit).Abs().Rat().Quo(s.value.Sub(s.limit).Abs().Rat(), s.limit.Rat()).Float64()
		found = append(found, near{step{r.Field, r.Title + ": worse by " + s.past() + ".", asWarning, false, worse}, share})
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].share < found[j].share })
	out := make([]step, len(found))
	for i, f := range found {
		out[i] = f.step
	}
	return out
}

// past is how far a value is from the first that does not pass.
func (s scale) past() string {
	distance := s.value.Sub(s.limit).Abs()
	gap := amount(distance, s.unit)
	switch s.key {
	case "odi_fail", "hinge_pain_max": // the limit itself still passes
		if distance.Sign() == 0 {
			return "any amount"
		}
		return "more than " + gap
	}
	return gap
}

// worse puts the value of a gate that is met just beyond its limit.
func (e *evaluator) worse(r Reason) func(c *Case) {
	l := e.lim
	switch r.ID {
	case "PAIN-1":
		return func(c *Case) {
			p := copied(c.Pain)
			if r.Field == "pain.vas_mm" {
				p.VASMm = &l.VASFail
			} else {
				p.NPRS7Day = &l.NPRSFail
			}
			c.Pain = p
		}
	case "STR-1":
		return func(c *Case) { c.BieringSorensen = &Sorensen{Seconds: &l.BSTMin} }
	case "DIS-1":
		return func(c *Case) {
			d := copied(c.Disability)
			if r.Field == "disability.rmdq" {
				n := int(l.RMDQFail.Rat().Num().Int64())
				d.RMDQ = &n
			} else {
				n := l.ODIFail.Add(tenth)
				d.ODIPercent = &n
			}
			c.Disability = d
		}
	case "MOB-2":
		return func(c *Case) {
			h := copied(c.DowelHinge)
			n := l.HingePainMax.Add(one)
			h.Pain = &n
			c.DowelHinge = h
		}
	}
	return nil
}
