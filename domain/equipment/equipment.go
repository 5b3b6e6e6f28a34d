// Package equipment knows what can be lifted: the bells, bars, plates, steps and
// pins that are really there, at the clinic or at a patient's home.
//
// A load that nobody can put together is worse than none, so every prescribed
// load passes through here. Each item owns its unit: a 16 kg bell in a clinic
// of pounds stays 16 kg, whatever unit people say. Values are kept as they were
// entered, with their unit, as exact decimals; they are compared exactly (one
// pound is 453.59237 grams, so whole grams would not be exact) and no change of
// unit rewrites one. An empty list means "not set up", never a weight of 0.
package equipment

import (
	"errors"
	"fmt"
	"slices"

	"backtobar/domain"
)

// Inventory is what there is in one place. The zero Inventory is "not set up".
type Inventory struct {
	// Kettlebells and Dumbbells are fixed sizes, as labelled.
	Kettlebells []domain.Mass `json:"kettlebells,omitempty"`
	Dumbbells   []domain.Mass `json:"dumbbells,omitempty"`
	// Ranges are sets in even steps and adjustable weights.
	Ranges []Range `json:"ranges,omitempty"`
	// Bars are the empty bars; Collars is what a pair of collars adds to each
	// bar of its unit, zero when they are not counted.
	Bars    []domain.Mass `json:"bars,omitempty"`
	Collars domain.Mass   `json:"collars,omitzero"`
	Plates  []Plates      `json:"plates,omitempty"`
	// Steps stand below a kettlebell, Blocks below the plates of a bar, Pins
	// hold the bar in a rack; each by its height above the floor.
	Steps  []domain.Length `json:"steps,omitempty"`
	Blocks []domain.Length `json:"blocks,omitempty"`
	Pins   []domain.Length `json:"pins,omitempty"`
}

// Plates are pairs of one plate.
type Plates struct {
	// Mass is that of one plate, 0.1 to 100 in its unit, with at most three
	// decimals.
	Mass domain.Mass `json:"mass"`
	// Pairs is 1 to 100.
	Pairs int `json:"pairs"`
	// Wide: full diameter, 450 mm.
	Wide bool `json:"wide,omitempty"`
}

// Implement is a weight that is held in the hands as a whole.
type Implement string

// The implements of a Range.
const (
	Kettlebell Implement = "kettlebell"
	Dumbbell   Implement = "dumbbell"
)

// Range is a set in even steps, "5 to 50 by 5 pounds".
type Range struct {
	Of   Implement       `json:"of"`
	From domain.Decimal  `json:"from"`
	To   domain.Decimal  `json:"to"`
	By   domain.Decimal  `json:"by"`
	Unit domain.MassUnit `json:"unit"`
}

// Answer is an answer that may not have been asked for.
type Answer string

// The answers.
const (
	NotAsked Answer = ""
	No       Answer = "no"
	Yes      Answer = "yes"
)

// Home is what a patient has at home. What was not asked is not there: a home
// program never asks for it.
type Home struct {
	Inventory
	// Barbell: a barbell, plates and a rack.
	Barbell Answer `json:"barbell,omitempty"`
	// Backpack: a strong backpack, and a scale to weigh it.
	Backpack Answer `json:"backpack,omitempty"`
}

// Check returns what is wrong; field is the path, as for an Inventory.
func (h Home) Check(field string) domain.Problems {
	p := h.Inventory.Check(field)
	for _, a := range []Answer{h.Barbell, h.Backpack} {
		if a != NotAsked && a != No && a != Yes {
			p.Add(field, "Answer yes or no, or leave it open")
		}
	}
	if h.Barbell != Yes && len(h.Bars)+len(h.Plates) > 0 {
		p.Add(field+".barbell", "Answer yes when there are a bar and plates at home, or take them off the list")
	}
	return p
}

// ErrNotSetUp says that a list was never filled in; it is not the same as a
// weight of 0.
var ErrNotSetUp = errors.New("the equipment is not set up; list what is there")

const (
	// MaxItems is the most entries of one list (clinic default).
	MaxItems = 40
	// maxSizes is the most sizes that one range stands for.
	maxSizes = 200
)

// The limits of single items: the lightest to the heaviest bell on sale, and
// heights from a thin board to a high pin (clinic defaults).
var (
	minBell   = domain.Mass{Value: domain.NewDecimal(1), Unit: domain.Kilogram}
	maxBell   = domain.Mass{Value: domain.NewDecimal(100), Unit: domain.Kilogram}
	minHeight = domain.Length{Value: domain.NewDecimal(1), Unit: domain.Centimeter}
	maxHeight = domain.Length{Value: domain.NewDecimal(150), Unit: domain.Centimeter}
)

// Bells returns the sizes of all kettlebells, the lightest first; nil when they
// are not set up.
func (i Inventory) Bells() []domain.Mass { return i.sizes(Kettlebell, i.Kettlebells) }

// Hands returns the sizes of all dumbbells, the lightest first.
func (i Inventory) Hands() []domain.Mass { return i.sizes(Dumbbell, i.Dumbbells) }

func (i Inventory) sizes(of Implement, fixed []domain.Mass) []domain.Mass {
	out := slices.Clone(fixed)
	for _, r := range i.Ranges {
		if r.Of == of {
			out = append(out, r.sizes()...)
		}
	}
	slices.SortStableFunc(out, domain.Mass.Cmp)
	return slices.CompactFunc(out, func(a, b domain.Mass) bool { return a == b })
}

// sizes are the sizes of a range, at most maxSizes.
func (r Range) sizes() (out []domain.Mass) {
	for v := r.From; v.Cmp(r.To) <= 0 && r.By.Sign() > 0 && len(out) < maxSizes; v = v.Add(r.By) {
		out = append(out, domain.Mass{Value: v, Unit: r.Unit})
	}
	return out
}

// Sets returns one set a bar, the heaviest bar first: the bar with the collars
// and plates of its own unit. A bar never takes plates of another unit, because
// no one can read such a total off the plates.
func (i Inventory) Sets() []Set {
	bars := slices.Clone(i.Bars)
	slices.SortStableFunc(bars, func(a, b domain.Mass) int { return b.Cmp(a) })
	var out []Set
	for n, bar := range bars {
		if n > 0 && bar == bars[n-1] {
			continue
		}
		s := Set{Unit: bar.Unit, Bar: bar.Value}
		if i.Collars.Unit == bar.Unit {
			s.Bar = s.Bar.Add(i.Collars.Value)
		}
		for _, p := range i.Plates {
			if p.Mass.Unit == bar.Unit {
				s.Pairs = append(s.Pairs, Pairs{Plate: p.Mass.Value, Count: p.Pairs, Wide: p.Wide})
			}
		}
		out = append(out, s)
	}
	return out
}

// Check returns what is wrong; field is the path of the inventory, and a bell
// of it "field.kettlebells[0]".
func (i Inventory) Check(field string) (p domain.Problems) {
	i.checkSizes(&p, field)
	i.checkBars(&p, field)
	for name, list := range map[string][]domain.Length{"steps": i.Steps, "blocks": i.Blocks, "pins": i.Pins} {
		tooMany(&p, field+"."+name, len(list))
		for n, l := range list {
			at := fmt.Sprintf("%s.%s[%d]", field, name, n)
			switch {
			case !l.Unit.Valid():
				p.Add(at, "Choose inches or centimeters for this height")
			case l.Cmp(minHeight) < 0 || l.Cmp(maxHeight) > 0:
				p.Add(at, "A height must be from 0.4 to 59 inches, or from 1 to 150 centimeters")
			}
		}
	}
	slices.SortFunc(p, func(a, b domain.Problem) int { return compare(a.Field, b.Field) })
	return p
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func tooMany(p *domain.Problems, field string, n int) {
	if n > MaxItems {
		p.Add(field, fmt.Sprintf("List at most %d", MaxItems))
	}
}

func (i Inventory) checkSizes(p *domain.Problems, field string) {
	for name, list := range map[string][]domain.Mass{"kettlebells": i.Kettlebells, "dumbbells": i.Dumbbells} {
		tooMany(p, field+"."+name, len(list))
		for n, m := range list {
			if text := sizeProblem(name, m); text != "" {
				p.Add(fmt.Sprintf("%s.%s[%d]", field, name, n), text)
			}
		}
	}
	tooMany(p, field+".ranges", len(i.Ranges))
	for n, r := range i.Ranges {
		at := fmt.Sprintf("%s.ranges[%d]", field, n)
		low, high := domain.Mass{Value: r.From, Unit: r.Unit}, domain.Mass{Value: r.To, Unit: r.Unit}
		switch {
		case r.Of != Kettlebell && r.Of != Dumbbell:
			p.Add(at, "A range is of kettlebells or of dumbbells")
		case !r.Unit.Valid():
			p.Add(at, "Choose pounds or kilograms for this range")
		case low.Cmp(minBell) < 0 || high.Cmp(maxBell) > 0 || r.From.Cmp(r.To) >= 0:
			p.Add(at, "A range must run upward, from 1 to at most 100 kilograms or from 2.3 to at most 220 pounds")
		case r.By.Sign() <= 0 || r.From.Add(r.By.Mul(maxSizes)).Cmp(r.To) <= 0:
			p.Add(at, fmt.Sprintf("The step of a range must be above 0 and make at most %d sizes", maxSizes))
		}
	}
}

func sizeProblem(name string, m domain.Mass) string {
	one := "A kettlebell"
	if name == "dumbbells" {
		one = "A dumbbell"
	}
	switch {
	case !m.Unit.Valid():
		return "Choose pounds or kilograms for each weight"
	case m.Cmp(minBell) >= 0 && m.Cmp(maxBell) <= 0:
		return ""
	case m.Unit == domain.Pound:
		return one + " must be from 2.3 to 220 pounds"
	}
	return one + " must be from 1 to 100 kilograms"
}

// checkBars holds every bar and plate to the limits of a Set, and finds a bar
// that can never be loaded for want of plates in its unit.
func (i Inventory) checkBars(p *domain.Problems, field string) {
	tooMany(p, field+".bars", len(i.Bars))
	tooMany(p, field+".plates", len(i.Plates))
	units := map[domain.MassUnit]int{}
	for n, b := range i.Bars {
		if text := (Set{Unit: b.Unit, Bar: b.Value}).Check(); len(text) > 0 {
			p.Add(fmt.Sprintf("%s.bars[%d]", field, n), "A bar must be from 1 to 100, in pounds or kilograms")
		}
	}
	for n, x := range i.Plates {
		at := fmt.Sprintf("%s.plates[%d]", field, n)
		s := Set{Unit: x.Mass.Unit, Bar: minBar, Pairs: []Pairs{{Plate: x.Mass.Value, Count: x.Pairs}}}
		if wrong := s.Check(); len(wrong) > 0 {
			p.Add(at, "A plate must be from 0.1 to 100, in pounds or kilograms, with at most three decimal places, in 1 to 100 pairs")
		} else if x.Pairs < 1 {
			p.Add(at, "List only plates of which there is a pair")
		}
		units[x.Mass.Unit]++
		if units[x.Mass.Unit] == maxPlateKinds+1 {
			p.Add(field+".plates", fmt.Sprintf("List at most %d plates of one unit", maxPlateKinds))
		}
	}
	if len(i.Plates) > 0 {
		for n, b := range i.Bars {
			if b.Unit.Valid() && units[b.Unit] == 0 {
				p.Add(fmt.Sprintf("%s.bars[%d]", field, n), fmt.Sprintf(
					"There is no plate in %s for the bar in %s. Enter the weight of this bar in the unit of its plates.", b.Unit.Name(), b.Unit.Name()))
			}
		}
	}
	c := i.Collars
	if c.Value.Sign() < 0 || !c.IsZero() && !c.Unit.Valid() || c.Value.Cmp(domain.NewDecimal(maxCollars)) > 0 {
		p.Add(field+".collars", fmt.Sprintf("A pair of collars must be from 0 to %d, in pounds or kilograms", maxCollars))
	}
}

const maxCollars = 12
