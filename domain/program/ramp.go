package program

import (
	"backtobar/domain"
	"backtobar/domain/equipment"
)

// RampSet is one lighter set before the working sets.
type RampSet struct {
	// Percent of the day's load; 0 is the empty bar.
	Percent domain.Decimal `json:"percent"`
	Reps    int            `json:"reps"`
}

// Ramps are the lighter sets before the working sets (clinic defaults).
type Ramps struct {
	Kettlebell []RampSet `json:"kettlebell"`
	Barbell    []RampSet `json:"barbell"`
	Source     string    `json:"source"`
}

func (r Ramps) check(p *domain.Problems) {
	for field, sets := range map[string][]RampSet{"ramps.kettlebell": r.Kettlebell, "ramps.barbell": r.Barbell} {
		last := domain.NewDecimal(-1)
		for _, s := range sets {
			if s.Percent.Cmp(last) <= 0 || s.Percent.Cmp(domain.NewDecimal(100)) >= 0 || s.Reps < 1 || s.Reps > 20 {
				p.Add(field, "the sets run upward from 0 to below 100 percent, with 1 to 20 repeats")
				break
			}
			last = s.Percent
		}
		if len(sets) == 0 {
			p.Add(field, "needs a lighter set")
		}
	}
	if r.Source == "" {
		p.Add("ramps.source", "is required")
	}
}

// WarmUpSet is a lighter set with a weight that is there.
type WarmUpSet struct {
	Load domain.Mass `json:"load"`
	Reps int         `json:"reps"`
	// PerSide are the plates of one side; none on an empty bar or a bell.
	PerSide []domain.Decimal `json:"per_side,omitempty"`
}

// bells are the lighter sets before a kettlebell: for each the largest bell
// that is not above its share, each bell once.
func (r Ramps) bells(load domain.Mass, available []domain.Mass) (out []WarmUpSet) {
	for _, s := range r.Kettlebell {
		bell, ok := ReducedBell(load, s.Percent, available)
		if !ok || len(out) > 0 && out[len(out)-1].Load == bell {
			continue
		}
		out = append(out, WarmUpSet{Load: bell, Reps: s.Reps})
	}
	return out
}

// bar are the lighter sets before a barbell, on the same bar, with few plates
// handled between them. A set that would be as heavy as the one before it is
// left out, and so is one as heavy as the load.
func (r Ramps) bar(b equipment.BarLoad) ([]WarmUpSet, error) {
	percents := make([]domain.Decimal, len(r.Barbell))
	for i, s := range r.Barbell {
		percents[i] = s.Percent
	}
	sets, err := b.WarmUp(percents)
	if err != nil {
		return nil, err
	}
	var out []WarmUpSet
	for i, s := range sets {
		if s.Load.Cmp(b.Load) >= 0 || len(out) > 0 && s.Load.Cmp(out[len(out)-1].Load) <= 0 {
			continue
		}
		out = append(out, WarmUpSet{Load: s.Load, Reps: r.Barbell[i].Reps, PerSide: s.PerSide})
	}
	return out, nil
}
