package program

import (
	"slices"
	"strings"

	"backtobar/domain"
)

// A text of the route may hold a length in both units, "[30 centimeters|12
// inches]": round numbers in each, chosen by hand, because a converted round
// number is neither round nor on any tape. In picks one of the two.

// lengthText says a text in the unit.
func lengthText(text string, unit domain.LengthUnit) string {
	var out strings.Builder
	for {
		before, rest, open := strings.Cut(text, "[")
		out.WriteString(before)
		if !open {
			return out.String()
		}
		both, after, _ := strings.Cut(rest, "]")
		metric, inches, _ := strings.Cut(both, "|")
		if unit == domain.Inch {
			metric = inches
		}
		out.WriteString(metric)
		text = after
	}
}

// checkLengths refuses a text whose lengths are not in both units.
func checkLengths(p *domain.Problems, field, text string) {
	for rest := text; ; {
		_, after, open := strings.Cut(rest, "[")
		if !open {
			if strings.ContainsAny(rest, "]|") || strings.Contains(rest, "centim") || strings.Contains(rest, "inch") {
				p.Add(field, "a length stands in square brackets in both units, as [30 centimeters|12 inches]")
			}
			return
		}
		both, tail, closed := strings.Cut(after, "]")
		metric, inches, two := strings.Cut(both, "|")
		if !closed || !two || !strings.Contains(metric, "meter") || !strings.Contains(inches, "inch") && !strings.Contains(inches, "feet") {
			p.Add(field, "a length stands in square brackets in both units, as [30 centimeters|12 inches]")
			return
		}
		rest = tail
	}
}

// texts calls do with every text of the route that a therapist reads, so that
// it can be checked or said in another unit.
func (l *Library) texts(do func(field string, text *string)) {
	list := func(field string, texts []string) {
		for i := range texts {
			do(field, &texts[i])
		}
	}
	for i := range l.Exercises {
		e := &l.Exercises[i]
		field := "exercises." + e.ID
		do(field, &e.SetUp)
		do(field, &e.ProgressTo)
		list(field, e.Cues)
		for j := range e.Faults {
			do(field, &e.Faults[j].Fault)
			do(field, &e.Faults[j].Fix)
		}
	}
	for i := range l.Stages {
		s := &l.Stages[i]
		field := "sub_stages." + string(s.Code)
		do(field, &s.SetUp)
		for _, gate := range [][]Criterion{s.Entry, s.Exit} {
			for j := range gate {
				do(field, &gate[j].Text)
			}
		}
		list(field, s.Contraindications)
		list(field, s.Alternatives)
	}
	for i := range l.Tracks {
		do("tracks."+l.Tracks[i].ID, &l.Tracks[i].Aim)
		list("tracks."+l.Tracks[i].ID, l.Tracks[i].Advice)
	}
	list("warm_up", l.WarmUp)
	do("fast_track", &l.FastTrack.Text)
}

// said returns a copy of the route with its lengths in the unit.
func (l *Library) said(unit domain.LengthUnit) *Library {
	c := *l
	c.Exercises, c.Stages, c.Tracks = slices.Clone(l.Exercises), slices.Clone(l.Stages), slices.Clone(l.Tracks)
	c.WarmUp = slices.Clone(l.WarmUp)
	for i := range c.Exercises {
		e := &c.Exercises[i]
		e.Cues, e.Faults = slices.Clone(e.Cues), slices.Clone(e.Faults)
	}
	for i := range c.Stages {
		s := &c.Stages[i]
		s.Entry, s.Exit = slices.Clone(s.Entry), slices.Clone(s.Exit)
		s.Contraindications, s.Alternatives = slices.Clone(s.Contraindications), slices.Clone(s.Alternatives)
	}
	for i := range c.Tracks {
		c.Tracks[i].Advice = slices.Clone(c.Tracks[i].Advice)
	}
	c.texts(func(_ string, text *string) { *text = lengthText(*text, unit) })
	c.lookUps()
	return &c
}

// In returns the route with its lengths said in the unit; everything else,
// also the version and the hash, is the same. Load gives it in inches.
func (l *Library) In(unit domain.LengthUnit) *Library {
	if unit == domain.Centimeter {
		return l.metric
	}
	return l.inches
}
