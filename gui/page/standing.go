package page

import (
	"strings"

	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/gui/look"
)

// Line is one line of what counts for a patient beside the answers.
type Line struct {
	Status look.Status
	Text   string
}

// Standing says what a therapist decided against the rules, that the screen
// must be signed again, and how far the count of the practitioner of record is.
func Standing(c clinic.Chart) []Line {
	var out []Line
	if c.Resign != "" {
		out = append(out, Line{look.Attention, c.Resign})
	}
	if c.OpenStop != "" {
		out = append(out, Line{look.Stop, c.OpenStop})
	}
	for _, o := range c.Overrides {
		out = append(out, Line{look.Chosen, OverrideWords(c.Rules, o)})
	}
	switch {
	case c.Count.Blocked():
		out = append(out, Line{look.Stop, c.Count.Text()})
	case c.Count.Warned():
		out = append(out, Line{look.Attention, c.Count.Text()})
	case c.Count.Running():
		out = append(out, Line{look.Info, c.Count.Text()})
	case c.Count.Stopped != nil:
		out = append(out, Line{look.Ready, c.Count.Stopped.Words()})
	}
	return out
}

// OverrideWords is an override with what it is of: "Back extensor hold. Override
// by R. Castello, …".
func OverrideWords(r *screen.Rules, o screen.Override) string {
	var of []string
	for _, name := range o.Names {
		if r == nil {
			of = append(of, name)
		} else {
			of = append(of, r.NameTitle(name))
		}
	}
	return strings.Join(of, "; ") + ". " + o.Sentence()
}
