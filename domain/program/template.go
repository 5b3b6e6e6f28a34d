package program

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"backtobar/domain"
)

// Template is a clinic's own variant of the shipped route: a name and what
// differs. The shipped route is read-only; a template can ask for less than it
// and never for more, so that no slip of the keys makes a step harder than the
// route that was reviewed.
type Template struct {
	// Name is at most 40 characters.
	Name string `json:"name"`
	// Steps are the sub-stages that differ, each once.
	Steps []StepEdit `json:"steps"`
}

// StepEdit is what differs in one sub-stage. Nil is as shipped.
type StepEdit struct {
	SubStage    Code   `json:"sub_stage"`
	Sets        *Range `json:"sets,omitempty"`
	Reps        *Range `json:"reps,omitempty"`
	RestSeconds *Range `json:"rest_seconds,omitempty"`
	DaysPerWeek *Range `json:"days_per_week,omitempty"`
	EffortRPE   *int   `json:"effort_rpe,omitempty"`
	// Accessories replace those of the sub-stage, at most three of the route's
	// list; nil is as shipped.
	Accessories []string `json:"accessories,omitempty"`
}

const (
	maxTemplateName = 40
	maxRest         = 600
	maxAccessories  = 3
)

// CheckTemplate returns what a template may not change, by the field of the
// step: "steps[0].sets".
func (l *Library) CheckTemplate(t Template) (p domain.Problems) {
	if t.Name == "" || len([]rune(t.Name)) > maxTemplateName {
		p.Add("name", fmt.Sprintf("Enter a name of at most %d characters", maxTemplateName))
	}
	seen := map[Code]bool{}
	for i, e := range t.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		s, known := l.stages[e.SubStage]
		if !known || seen[e.SubStage] {
			p.Add(at+".sub_stage", "Each sub-stage from 1A to 4C can be changed once")
			continue
		}
		seen[e.SubStage] = true
		notMore(&p, at+".sets", "Sets", e.Sets, s.Dose.Sets.Max)
		notMore(&p, at+".reps", "Repeats", e.Reps, s.Dose.Reps.Max)
		notMore(&p, at+".days_per_week", "Days a week", e.DaysPerWeek, s.Dose.DaysPerWeek.Max)
		if r := e.RestSeconds; r != nil && (!r.valid() || r.Min < s.Dose.RestSeconds.Min || r.Max > maxRest) {
			p.Add(at+".rest_seconds", fmt.Sprintf("Rest must be from %d seconds, as in the route, to %d", s.Dose.RestSeconds.Min, maxRest))
		}
		if n := e.EffortRPE; n != nil && (*n < 1 || *n > s.Dose.EffortRPE) {
			p.Add(at+".effort_rpe", fmt.Sprintf("Effort must be from 1 to %d, the ceiling of the route", s.Dose.EffortRPE))
		}
		l.checkAccessories(&p, at+".accessories", e.Accessories)
	}
	return p
}

// notMore holds a range to 1 and the most of the route.
func notMore(p *domain.Problems, field, label string, r *Range, most int) {
	if r != nil && (!r.valid() || r.Min < 1 || r.Max > most) {
		p.Add(field, fmt.Sprintf("%s must be from 1 to %d, the most of the route", label, most))
	}
}

func (l *Library) checkAccessories(p *domain.Problems, field string, ids []string) {
	for i, id := range ids {
		if !slices.Contains(l.Accessories, id) || slices.Contains(ids[:i], id) {
			p.Add(field, "Choose accessories from the list of the route, each once")
			return
		}
	}
	if len(ids) > maxAccessories {
		p.Add(field, fmt.Sprintf("Choose at most %d accessories", maxAccessories))
	}
}

// With returns the route as the template has it, or why it may not. Its version
// names the template, and its hash is of both, so that a signed plan can tell
// which doses it was made with. The route itself does not change.
func (l *Library) With(t Template) (*Library, error) {
	if err := l.CheckTemplate(t).Err(); err != nil {
		return nil, err
	}
	b, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	sum := sha256.Sum256(append([]byte(l.hash+"\n"), b...))
	hash := hex.EncodeToString(sum[:])
	change := func(from *Library) *Library {
		c := *from
		c.hash = hash
		c.Version = l.Version + "-" + strings.ToUpper(hash[:4])
		c.Stages = slices.Clone(from.Stages)
		for i := range c.Stages {
			for _, e := range t.Steps {
				if e.SubStage == c.Stages[i].Code {
					e.apply(&c.Stages[i])
				}
			}
		}
		c.lookUps()
		return &c
	}
	inches, metric := change(l.inches), change(l.metric)
	for _, c := range []*Library{inches, metric} {
		c.inches, c.metric = inches, metric
	}
	return inches, nil
}

// apply changes the dose and the accessories of a sub-stage.
func (e StepEdit) apply(s *SubStage) {
	for _, x := range []struct {
		from *Range
		to   *Range
	}{{e.Sets, &s.Dose.Sets}, {e.Reps, &s.Dose.Reps}, {e.RestSeconds, &s.Dose.RestSeconds}, {e.DaysPerWeek, &s.Dose.DaysPerWeek}} {
		if x.from != nil {
			*x.to = *x.from
		}
	}
	if e.EffortRPE != nil {
		s.Dose.EffortRPE = *e.EffortRPE
		if s.Dose.RIR > 0 { // the scale ties repetitions in reserve to the effort
			s.Dose.RIR = 10 - *e.EffortRPE
		}
	}
	if e.Accessories != nil {
		s.Accessories = slices.Clone(e.Accessories)
	}
}
