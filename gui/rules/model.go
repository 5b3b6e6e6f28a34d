// Package rules is the page on which a clinic sets the values of the readiness
// screen within their hard limits: every value with its shipped value, limits
// and source, what a change would do to the newest screens, and the signature
// that makes it a new version. Rules that stop a patient are listed with the
// reason why they cannot be changed.
package rules

import (
	"context"
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

// records is what this page needs of the clinic.
type records interface {
	Rules(context.Context) (clinic.RulesState, error)
	PreviewRules(ctx context.Context, from int, edits screen.Edits) (clinic.RulesPreview, error)
	SignRules(context.Context, clinic.RulesRequest) (clinic.RulesVersion, error)
}

// model holds what was typed.
type model struct {
	state  clinic.RulesState
	values []screen.Value
	typed  map[string]string // by key, every value that can be set
	reason string
	// preview is what the typed values would do; nil while they are typed.
	preview *clinic.RulesPreview
}

func newModel(state clinic.RulesState) *model {
	m := &model{state: state, typed: map[string]string{}}
	if state.Rules == nil {
		return m
	}
	m.values = state.Rules.Values()
	for _, v := range m.values {
		if v.Lock == "" {
			m.typed[v.Key] = v.Now
		}
	}
	return m
}

// edits are the typed values that differ from the shipped ones.
func (m *model) edits() screen.Edits {
	out := screen.Edits{}
	for _, v := range m.values {
		text := strings.TrimSpace(m.typed[v.Key])
		if v.Lock == "" && text != v.Shipped {
			out[v.Key] = text
		}
	}
	return out
}

// changed reports whether anything differs from the rules in force.
func (m *model) changed() bool {
	for _, v := range m.values {
		if v.Lock == "" && strings.TrimSpace(m.typed[v.Key]) != v.Now {
			return true
		}
	}
	return false
}

// shipped puts every value back to what the program came with.
func (m *model) shipped() {
	for _, v := range m.values {
		if v.Lock == "" {
			m.typed[v.Key] = v.Shipped
		}
	}
}

// problems is what must be put right before the values can be previewed.
func (m *model) problems() domain.Problems {
	if m.state.Rules == nil {
		return nil
	}
	_, p := m.state.Rules.With(m.state.Number+1, m.edits())
	return p
}

// note says what a typed value does, beside it.
func (m *model) note(v screen.Value) string {
	text := strings.TrimSpace(m.typed[v.Key])
	switch {
	case text == v.Now && v.Now != v.Shipped:
		return "The clinic's own value"
	case text == v.Now:
		return ""
	}
	return towardWord(v.Toward(v.Now, text)) + " than now, " + shown(v, v.Now)
}

func towardWord(n int) string {
	switch {
	case n > 0:
		return "Stricter"
	case n < 0:
		return "Looser"
	}
	return "Other"
}

// optionWords are the choices in words.
var optionWords = map[string]string{"on": "Yes", "off": "No", "knee": "Knee", "mid_shin": "Mid shin", "floor": "Floor"}

// shown is a value in words without its unit.
func shown(v screen.Value, text string) string {
	if v.Options != nil {
		return optionWords[text]
	}
	return text
}

// limitWords are the hard limits of a value: "Shipped 60. From 30 to 120."
func limitWords(v screen.Value) string {
	out := "Shipped " + shown(v, v.Shipped) + "."
	switch {
	case v.Options != nil:
		out += " Further right is stricter."
	case v.Stricter == "lower" && v.Shipped == v.High.String():
		out += fmt.Sprintf(" From %s to %s: only lower.", v.Low, v.High)
	case v.Stricter == "higher" && v.Shipped == v.Low.String():
		out += fmt.Sprintf(" From %s to %s: only higher.", v.Low, v.High)
	default:
		out += fmt.Sprintf(" From %s to %s; %s is stricter.", v.Low, v.High, v.Stricter)
	}
	return out
}

// sourceWords say where a value comes from.
func sourceWords(v screen.Value) string {
	switch v.Tag {
	case screen.TagSource:
		return "Source: " + v.Citation
	case screen.TagSecondary:
		return "Secondary source, not read in the original: " + v.Citation
	}
	if v.Citation == "clinic default" {
		return "Clinic default."
	}
	return "Clinic default: " + v.Citation
}

// groupTitles name the groups of values.
var groupTitles = map[string]string{"safety": "Safety", "pain": "Pain", "endurance": "Back extensor endurance",
	"disability": "Disability", "strength": "Hip strength", "hinge": "Hip hinge", "other": "Episode, fear and risk"}

// versionWords say which rules are in force and who signed them.
func (m *model) versionWords() string {
	n := len(m.state.History)
	if m.state.Rules == nil || n == 0 {
		return "In force: the rules as shipped."
	}
	last := m.state.History[n-1]
	return "In force: " + m.state.Rules.Version + ", signed by " + last.Signature.By.Name + " on " +
		domain.DateOf(last.Signature.At).Short() + "."
}

// historyWords are one signed version in a line.
func historyWords(v clinic.RulesVersion) string {
	count := fmt.Sprintf("%d values of the clinic's own", len(v.Edits))
	switch len(v.Edits) {
	case 0:
		count = "every value as shipped"
	case 1:
		count = "1 value of the clinic's own"
	}
	return fmt.Sprintf("%s, signed by %s on %s: %s.", v.Signature.RulesVersion, v.Signature.By.Name,
		domain.DateOf(v.Signature.At).Short(), count)
}

// valueWords are one changed value of the preview.
func valueWords(d clinic.RulesDifference) string {
	unit := ""
	if d.Value.Unit != "" {
		unit = " " + d.Value.Unit
	}
	return fmt.Sprintf("%s: %s, was %s%s. %s.", d.Value.Title, shown(d.Value, d.Becomes), shown(d.Value, d.Was), unit,
		towardWord(d.Toward))
}

// previewWords are the sum of the preview.
func previewWords(p clinic.RulesPreview) string {
	switch {
	case p.Screens == 0:
		return "There is no signed screen yet, so nothing changes for anybody."
	case len(p.Changes) == 0:
		return fmt.Sprintf("None of the newest screens of %s would come to another result.", patients(p.Screens))
	}
	other := len(p.Changes) - p.Stricter - p.Looser
	out := fmt.Sprintf("Of the newest screens of %s, %d would come to another result: %d stricter, %d looser",
		patients(p.Screens), len(p.Changes), p.Stricter, p.Looser)
	if other > 0 {
		out += fmt.Sprintf(", %d with other preparation", other)
	}
	return out + "."
}

func patients(n int) string {
	if n == 1 {
		return "1 patient"
	}
	return fmt.Sprintf("%d patients", n)
}

// cell is what the list of the preview shows of one patient.
func cell(c clinic.RulesChange, column int) string {
	switch column {
	case 0:
		return strings.ToUpper(c.Patient.LastName) + ", " + c.Patient.FirstName
	case 1:
		return c.TakenOn.Short()
	case 2:
		return move(c.SignedWas, c.SignedBecomes)
	case 3:
		return move(c.TodayWas, c.TodayBecomes)
	}
	return towardWord(c.Toward)
}

// move is a result before and after: "Ready 2 to Build first".
func move(was, becomes screen.Decision) string {
	a, b := resultWords(was), resultWords(becomes)
	if a == b && (was.Cap != becomes.Cap || strings.Join(was.Tracks, " ") != strings.Join(becomes.Tracks, " ")) {
		return a + ", other goals"
	}
	if a == b {
		return a + ", stays"
	}
	return a + " to " + b
}

// results are the outcomes in a word or two.
var results = map[screen.Outcome]string{screen.Emergency: "Emergency", screen.UrgentRefer: "Refer urgently",
	screen.HoldRefer: "Hold", screen.Incomplete: "Not complete", screen.NotReady: "Build first", screen.Retest: "Measure again"}

func resultWords(d screen.Decision) string {
	if d.Outcome == screen.Ready {
		return fmt.Sprintf("Ready %d", d.Stage)
	}
	return results[d.Outcome]
}
