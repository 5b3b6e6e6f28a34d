package casefile

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
)

// The questions of a load file.
const (
	askKettlebell = "kettlebell"
	askBarbell    = "barbell"
	askMax        = "e1rm"
	askNextBell   = "next_kettlebell"
)

var asks = []string{askKettlebell, askBarbell, askMax, askNextBell}

// loadCase is one question. Which fields belong to it is decided by Ask; nil
// means not given.
type loadCase struct {
	ID        string           `json:"id"`
	About     string           `json:"about"`
	Ask       string           `json:"ask"`
	Unit      domain.MassUnit  `json:"unit"`
	Level     program.Level    `json:"level"`
	BodyMass  *domain.Decimal  `json:"body_mass"`
	Available []domain.Decimal `json:"available"`
	Target    *domain.Decimal  `json:"target"`
	Bar       *domain.Decimal  `json:"bar"`
	Pairs     []platePairs     `json:"pairs"`
	Load      *domain.Decimal  `json:"load"`
	Reps      *int             `json:"reps"`
	RIR       *domain.Decimal  `json:"rir"`
	Current   *domain.Decimal  `json:"current"`

	explain bool
}

// platePairs is how many pairs of one plate there are.
type platePairs struct {
	Plate domain.Decimal `json:"plate"`
	Count int            `json:"count"`
}

// The answers, with their fields in the order of the format.
type (
	kettlebellAnswer struct {
		ID      string         `json:"id"`
		Target  domain.Decimal `json:"target"`
		Load    domain.Decimal `json:"load"`
		Warning string         `json:"warning,omitempty"`
		loadReasons
	}
	barbellAnswer struct {
		ID      string           `json:"id"`
		Load    domain.Decimal   `json:"load"`
		PerSide []domain.Decimal `json:"per_side"`
		Warning string           `json:"warning,omitempty"`
		loadReasons
	}
	maxAnswer struct {
		ID     string          `json:"id"`
		E1RM   *domain.Decimal `json:"e1rm"`
		Reason string          `json:"reason,omitempty"`
		loadReasons
	}
	nextBellAnswer struct {
		ID      string          `json:"id"`
		Load    domain.Decimal  `json:"load"`
		Scheme  *program.Scheme `json:"scheme"`
		Warning string          `json:"warning,omitempty"`
		loadReasons
	}
)

// loadReasons is the rule behind an answer, when it is asked for.
type loadReasons struct {
	Explain []program.Why `json:"explain,omitempty"`
}

// Load answers every question of r about weights and writes one answer a line
// to w, like Screen.
func Load(r io.Reader, w io.Writer, rules *course.Rules, explain bool) (ok bool, err error) {
	return eachLine(r, w, func(line []byte) (any, error) {
		var c loadCase
		err := decode(line, &c, &c.ID)
		if err == nil {
			err = c.check().Err()
		}
		if err != nil {
			return refusal{c.ID, err.Error()}, err
		}
		c.explain = explain
		a, err := c.answer(rules)
		if err != nil {
			return refusal{c.ID, err.Error()}, err
		}
		return a, nil
	})
}

// given returns the fields of one question that were given, of those that not
// every question has.
func (c *loadCase) given() []string {
	var out []string
	add := func(name string, is bool) {
		if is {
			out = append(out, name)
		}
	}
	add("level", c.Level != "")
	add("body_mass", c.BodyMass != nil)
	add("available", c.Available != nil)
	add("target", c.Target != nil)
	add("bar", c.Bar != nil)
	add("pairs", c.Pairs != nil)
	add("load", c.Load != nil)
	add("reps", c.Reps != nil)
	add("rir", c.RIR != nil)
	add("current", c.Current != nil)
	return out
}

// needs names the fields of each question.
var needs = map[string][]string{
	askKettlebell: {"level", "body_mass", "available"},
	askBarbell:    {"target", "bar", "pairs"},
	askMax:        {"load", "reps", "rir"},
	askNextBell:   {"current", "available"},
}

// check returns what is missing, what belongs to another question, and what is
// out of range. The rules of barbells and estimates check their own ranges.
func (c *loadCase) check() (p domain.Problems) {
	need, known := needs[c.Ask]
	if !known {
		p.Add("ask", fmt.Sprintf("is required, one of: %s, %s, %s, %s", asks[0], asks[1], asks[2], asks[3]))
		return p
	}
	given := c.given()
	for _, name := range need {
		if !slices.Contains(given, name) {
			p.Add(name, "is required for "+c.Ask)
		}
	}
	for _, name := range given {
		if !slices.Contains(need, name) {
			p.Add(name, "does not belong to "+c.Ask+"; check the spelling")
		}
	}
	if !c.Unit.Valid() && (c.Unit != "" || c.Ask != askMax) {
		p.Add("unit", "is required: kg or lb")
	}
	if len(p) > 0 {
		return p
	}
	if c.Level != "" && c.Level != program.Light && c.Level != program.Moderate {
		p.Add("level", "must be one of: light, moderate")
	}
	c.checkMass(&p, "body_mass", c.BodyMass, span{20, 350}, span{44, 772})
	c.checkMass(&p, "current", c.Current, bellKg, bellLb)
	if c.Available != nil && len(c.Available) == 0 {
		p.Add("available", "is empty; list the sizes that are there")
	}
	for i := range c.Available {
		c.checkMass(&p, fmt.Sprintf("available[%d]", i), &c.Available[i], bellKg, bellLb)
	}
	return p
}

// span is the range of a mass in whole units, both ends allowed.
type span struct{ low, high int }

// The lightest to the heaviest bell on sale.
var bellKg, bellLb = span{1, 100}, span{1, 220}

func (c *loadCase) checkMass(p *domain.Problems, field string, d *domain.Decimal, kg, lb span) {
	s := kg
	if c.Unit == domain.Pound {
		s = lb
	}
	if d != nil && (d.Cmp(domain.NewDecimal(s.low)) < 0 || d.Cmp(domain.NewDecimal(s.high)) > 0) {
		p.Add(field, fmt.Sprintf("must be from %d to %d %s", s.low, s.high, c.Unit))
	}
}

// answer asks the rules. The case was checked.
func (c *loadCase) answer(rules *course.Rules) (any, error) {
	switch c.Ask {
	case askKettlebell:
		return c.kettlebell(rules.Route())
	case askBarbell:
		return c.barbell()
	case askMax:
		return c.max(rules.Route())
	}
	return c.nextBell(rules)
}

// reasons is the one rule behind an answer; all its numbers are clinic
// defaults, also where a published formula is used.
func (c *loadCase) reasons(why program.Why) loadReasons {
	if !c.explain {
		return loadReasons{}
	}
	why.Tag = program.ClinicDefault
	return loadReasons{Explain: []program.Why{why}}
}

func (c *loadCase) mass(d domain.Decimal) domain.Mass { return domain.Mass{Value: d, Unit: c.Unit} }

func (c *loadCase) bells() []domain.Mass {
	out := make([]domain.Mass, len(c.Available))
	for i, d := range c.Available {
		out[i] = c.mass(d)
	}
	return out
}

func (c *loadCase) kettlebell(l *program.Library) (any, error) {
	choice, err := l.KettlebellLoad(c.Level, c.mass(*c.BodyMass), c.bells())
	if err != nil {
		return nil, err
	}
	percent := l.Loads.LightPercent
	if c.Level == program.Moderate {
		percent = l.Loads.ModeratePercent
	}
	return kettlebellAnswer{ID: c.ID, Target: choice.Target.Value, Load: choice.Load.Value, Warning: choice.Warning,
		loadReasons: c.reasons(program.Why{Rule: "KETTLEBELL_" + strings.ToUpper(string(c.Level)), Value: choice.Load.String(),
			Threshold: fmt.Sprintf("at most %s: %s percent of body mass within its limits", choice.Target, percent)})}, nil
}

func (c *loadCase) barbell() (any, error) {
	set := equipment.Set{Unit: c.Unit, Bar: *c.Bar}
	for _, p := range c.Pairs {
		set.Pairs = append(set.Pairs, equipment.Pairs{Plate: p.Plate, Count: p.Count})
	}
	load, err := set.Heaviest(*c.Target)
	if err != nil {
		return nil, err
	}
	return barbellAnswer{ID: c.ID, Load: load.Load.Value, PerSide: load.PerSide, Warning: load.Warning,
		loadReasons: c.reasons(program.Why{Rule: "HEAVIEST_LOADABLE", Value: strings.TrimSuffix(load.Load.String()+", "+load.ShortText(), ", "), Threshold: "at most " + c.mass(*c.Target).String()})}, nil
}

func (c *loadCase) max(l *program.Library) (any, error) {
	e, err := l.EstimateMax(*c.Load, *c.Reps, *c.RIR)
	if err != nil {
		return nil, err
	}
	found := e.Reason
	if e.Value != nil {
		found = e.Value.String() + " by " + e.Formula
	}
	return maxAnswer{ID: c.ID, E1RM: e.Value, Reason: e.Reason,
		loadReasons: c.reasons(program.Why{Rule: "LOWER_OF_EPLEY_AND_BRZYCKI", Value: found,
			Threshold: fmt.Sprintf("at most %d in reserve, and repeats and reserve together at most %d", l.Estimate.MaxRIR, l.Estimate.MaxReps), Citation: "Epley 1985; Brzycki 1993"})}, nil
}

func (c *loadCase) nextBell(rules *course.Rules) (any, error) {
	step, err := rules.NextBell(c.mass(*c.Current), c.bells())
	if err != nil {
		return nil, err
	}
	return nextBellAnswer{ID: c.ID, Load: step.Load.Value, Scheme: step.Scheme, Warning: step.Warning,
		loadReasons: c.reasons(program.Why{Rule: "BELL_STEP", Value: step.Text, Threshold: fmt.Sprintf("at most %d percent heavier", rules.Raise.BellJumpPercent)})}, nil
}
