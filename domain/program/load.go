package program

import (
	"errors"
	"fmt"
	"math/big"
	"sort"

	"backtobar/domain"
	"backtobar/domain/equipment"
)

// Level is how heavy the kettlebell of a sub-stage is meant to be.
type Level string

// The levels. Light and Moderate are shares of the body mass; Heavier and
// Longer are the steps between them.
const (
	// Light: 12.5 percent of the body mass.
	Light Level = "light"
	// Heavier: one size above light, at most the moderate range's lower end.
	Heavier Level = "heavier"
	// Longer: 90 percent of the lower end of the moderate range, because the
	// range of motion grows.
	Longer Level = "longer"
	// Moderate: 27.5 percent of the body mass.
	Moderate Level = "moderate"
)

func (l Level) valid() bool {
	return l == "" || l == Light || l == Heavier || l == Longer || l == Moderate
}

// LoadRules are the numbers of load selection. All are clinic defaults.
type LoadRules struct {
	// LightPercent and ModeratePercent of the body mass are the targets.
	LightPercent    domain.Decimal `json:"light_percent"`
	ModeratePercent domain.Decimal `json:"moderate_percent"`
	// ModerateLowPercent is where the moderate range begins.
	ModerateLowPercent domain.Decimal `json:"moderate_low_percent"`
	// LargerRangePercent is kept of a load when the range of motion grows.
	LargerRangePercent domain.Decimal `json:"larger_range_percent"`
	// The caps, as the bells are labelled in each unit.
	LightMinKg    domain.Decimal `json:"light_min_kg"`
	LightMinLb    domain.Decimal `json:"light_min_lb"`
	LightMaxKg    domain.Decimal `json:"light_max_kg"`
	LightMaxLb    domain.Decimal `json:"light_max_lb"`
	ModerateMaxKg domain.Decimal `json:"moderate_max_kg"`
	ModerateMaxLb domain.Decimal `json:"moderate_max_lb"`
	// LightEffort and OtherEffort are the most that a first set of a light and
	// of any other bell may feel like, in RPE; above it, one size down.
	LightEffort int `json:"light_effort"`
	OtherEffort int `json:"other_effort"`
	// FirstBarPercent of the last bell of 2D is the first load of 3A, and
	// RackToFloorPercent of the estimated maximum of the rack pull the most for
	// the first load of 4A.
	FirstBarPercent    domain.Decimal `json:"first_bar_percent"`
	RackToFloorPercent domain.Decimal `json:"rack_to_floor_percent"`
	Source             string         `json:"source"`
}

func (r LoadRules) check(p *domain.Problems) {
	for _, d := range []domain.Decimal{r.LightPercent, r.ModeratePercent, r.ModerateLowPercent, r.LargerRangePercent,
		r.LightMinKg, r.LightMinLb, r.LightMaxKg, r.LightMaxLb, r.ModerateMaxKg, r.ModerateMaxLb,
		r.FirstBarPercent, r.RackToFloorPercent} {
		if d.Sign() <= 0 {
			p.Add("loads", "every number must be above 0")
			break
		}
	}
	if r.LightPercent.Cmp(r.ModerateLowPercent) >= 0 || r.ModerateLowPercent.Cmp(r.ModeratePercent) >= 0 {
		p.Add("loads", "light must be below the moderate range")
	}
	if r.LightEffort < 1 || r.LightEffort > 10 || r.OtherEffort < r.LightEffort || r.OtherEffort > 10 {
		p.Add("loads", "the efforts of a first set are from 1 to 10, light at most the other")
	}
	if r.Source == "" {
		p.Add("loads.source", "is required")
	}
}

// effort is the most that the first set at a level may feel like, in RPE.
func (r LoadRules) effort(level Level) int {
	if level == Light {
		return r.LightEffort
	}
	return r.OtherEffort
}

// KettlebellChoice is a bell that exists, and what it was chosen for.
type KettlebellChoice struct {
	// Target is the computed mass, in the unit of the body mass, after its
	// caps; Load is the bell.
	Target domain.Mass
	Load   domain.Mass
	// Warning is a sentence when no bell is small enough, else "".
	Warning string
}

// ErrNoKettlebells says that a list of bells was never set up; it is not the
// same as a bell of nothing.
var ErrNoKettlebells = fmt.Errorf("no kettlebells: %w", equipment.ErrNotSetUp)

// ErrNoBodyMass says that the body mass is needed and not known.
var ErrNoBodyMass = errors.New("the body weight is needed to choose a kettlebell")

// KettlebellTarget returns the mass that a level asks of a body mass, in the
// unit of the body mass: 12.5 percent for Light, 27.5 percent for Moderate,
// within the caps. Exact, never rounded.
func (l *Library) KettlebellTarget(level Level, body domain.Mass) (domain.Mass, error) {
	if body.Value.Sign() <= 0 || !body.Unit.Valid() {
		return domain.Mass{}, ErrNoBodyMass
	}
	r := l.Loads
	low, high := domain.Decimal{}, r.ModerateMaxKg
	percent := r.ModeratePercent
	pounds := body.Unit == domain.Pound
	if pounds {
		high = r.ModerateMaxLb
	}
	switch level {
	case Light:
		percent, low, high = r.LightPercent, r.LightMinKg, r.LightMaxKg
		if pounds {
			low, high = r.LightMinLb, r.LightMaxLb
		}
	case Heavier:
		percent = r.ModerateLowPercent
	case Longer:
		share := percentOf(r.ModerateLowPercent, r.LargerRangePercent.Rat())
		percent = domain.DecimalFromRat(share)
	case Moderate:
	default:
		return domain.Mass{}, fmt.Errorf("there is no kettlebell level %q", level)
	}
	v := domain.DecimalFromRat(percentOf(percent, body.Value.Rat()))
	if v.Cmp(low) < 0 {
		v = low
	}
	if v.Cmp(high) > 0 {
		v = high
	}
	return domain.Mass{Value: v, Unit: body.Unit}, nil
}

// percentOf returns percent / 100 of r.
func percentOf(percent domain.Decimal, r *big.Rat) *big.Rat {
	out := new(big.Rat).Mul(percent.Rat(), r)
	return out.Quo(out, big.NewRat(100, 1))
}

// KettlebellLoad chooses a bell for the level: the largest available that is
// not above the target, or the smallest with a warning when none is small
// enough. available may mix units; the label of a bell is never converted.
func (l *Library) KettlebellLoad(level Level, body domain.Mass, available []domain.Mass) (KettlebellChoice, error) {
	target, err := l.KettlebellTarget(level, body)
	if err != nil {
		return KettlebellChoice{}, err
	}
	if len(available) == 0 {
		return KettlebellChoice{Target: target}, ErrNoKettlebells
	}
	bells := append([]domain.Mass(nil), available...)
	sort.SliceStable(bells, func(i, j int) bool { return bells[i].Cmp(bells[j]) < 0 })
	best := -1
	for i, b := range bells {
		if b.Cmp(target) <= 0 {
			best = i
		}
	}
	if best < 0 {
		return KettlebellChoice{Target: target, Load: bells[0], Warning: fmt.Sprintf(
			"The smallest bell, %s, is above the target of %s. Use it only if it feels like effort %d or less; else practise with the dowel or a band.",
			bells[0], target, l.Loads.effort(level))}, nil
	}
	return KettlebellChoice{Target: target, Load: bells[best]}, nil
}

// firstLoad is the bell for the first session of a sub-stage, with a sentence
// that says where it comes from. Effort always overrules it downward.
func (l *Library) firstLoad(level Level, body domain.Mass, available []domain.Mass) (KettlebellChoice, string, error) {
	choice, err := l.KettlebellLoad(level, body, available)
	if err != nil || choice.Warning != "" {
		return choice, choice.Warning, err
	}
	var why string
	switch level {
	case Light:
		why = fmt.Sprintf("Light: the largest bell within %s percent of body weight. It must feel like effort %d or less in the first set, else one size down.", l.Loads.LightPercent, l.Loads.LightEffort)
	case Heavier:
		light, err := l.KettlebellLoad(Light, body, available)
		if err != nil {
			return choice, "", err
		}
		choice.Load = nextSize(light.Load, choice.Target, available)
		if choice.Load == light.Load {
			why = fmt.Sprintf("The light bell again: no larger one is within %s percent of body weight. It must feel like effort %d or less, else one size down.", l.Loads.ModerateLowPercent, l.Loads.OtherEffort)
			break
		}
		why = fmt.Sprintf("One size above light. The way leads to %s percent of body weight.", l.Loads.ModerateLowPercent)
	case Longer:
		why = fmt.Sprintf("%s percent of the goal of the last step, because the way is longer.", l.Loads.LargerRangePercent)
	case Moderate:
		goal := choice.Load
		low := domain.Mass{Value: domain.DecimalFromRat(percentOf(l.Loads.ModerateLowPercent, body.Value.Rat())), Unit: body.Unit}
		choice.Load = smallestFrom(low, goal, available)
		why = fmt.Sprintf("The moderate range begins at %s percent of body weight; the goal is %s. It must feel like effort %d or less, else one size down.", l.Loads.ModerateLowPercent, goal, l.Loads.OtherEffort)
	}
	return choice, why, nil
}

// nextSize is the smallest bell above from that is not above limit; from when
// there is none.
func nextSize(from, limit domain.Mass, available []domain.Mass) domain.Mass {
	best := from
	for _, b := range available {
		if b.Cmp(from) > 0 && b.Cmp(limit) <= 0 && (best.Cmp(from) == 0 || b.Cmp(best) < 0) {
			best = b
		}
	}
	return best
}

// smallestFrom is the smallest bell of low or more that is not above goal;
// goal when there is none.
func smallestFrom(low, goal domain.Mass, available []domain.Mass) domain.Mass {
	best := goal
	for _, b := range available {
		if b.Cmp(low) >= 0 && b.Cmp(best) < 0 {
			best = b
		}
	}
	return best
}
