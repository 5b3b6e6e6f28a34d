package clinic

import (
	"context"
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// PreviewScreens is how many screens a preview of new rules looks at: the newest
// of each patient, the last signed first (clinic default).
const PreviewScreens = 200

// RulesPreview is what a change of the rules would do.
type RulesPreview struct {
	// Version is the name that the rules would get.
	Version string
	// Values are those that differ from the rules in force.
	Values []RulesDifference
	// Screens is how many screens were looked at.
	Screens int
	// Changes are the patients whose result would differ.
	Changes []RulesChange
	// Stricter and Looser count the changes that ask more and that ask less.
	Stricter, Looser int
}

// RulesDifference is one value that a change of the rules moves.
type RulesDifference struct {
	Value screen.Value
	// Was is the value in force, Becomes the new one.
	Was, Becomes string
	// Toward is 1 when it becomes stricter, -1 when it becomes looser.
	Toward int
}

// RulesChange is one patient whose result a change of the rules moves. Signed is
// the newest screen judged as on the day it was signed; Today is the same with
// every answer counted to today, which is what work with the patient stands on.
type RulesChange struct {
	Patient patient.Patient
	Screen  domain.ScreenID
	TakenOn domain.Date
	// SignedWas, SignedBecomes, TodayWas and TodayBecomes are the results by the
	// rules in force and by the new ones.
	SignedWas, SignedBecomes screen.Decision
	TodayWas, TodayBecomes   screen.Decision
	// Toward is 1 when the patient may do less, -1 when more, 0 when only the
	// preparation differs. What counts today decides, if that differs.
	Toward int
}

// PreviewRules says which of the newest screens the values would decide
// otherwise. from is the version that was read and edits are all of the clinic's
// own values. It stores nothing. Problems name the key of each value that is
// not allowed.
func (s *Service) PreviewRules(ctx context.Context, from int, edits screen.Edits) (RulesPreview, error) {
	return view(ctx, s, func(tx Tx) (RulesPreview, error) {
		was, made, err := s.proposed(tx, from, edits)
		if err != nil {
			return RulesPreview{}, err
		}
		out := RulesPreview{Version: made.Version, Values: differing(was, made)}
		newest, err := tx.Screens().Newest(PreviewScreens)
		if err != nil {
			return RulesPreview{}, fmt.Errorf("preview rules: %w", err)
		}
		out.Screens = len(newest)
		today := domain.DateOf(tx.Now())
		for _, signed := range newest {
			p, err := tx.Patients().Get(signed.PatientID)
			if err != nil {
				return RulesPreview{}, fmt.Errorf("preview rules: %w", err)
			}
			w, err := s.readStanding(tx, p, signed)
			if err != nil {
				return RulesPreview{}, fmt.Errorf("preview rules: %w", err)
			}
			then := func(r *screen.Rules) screen.Decision { return screen.EvaluateWith(signed.Answers, signed.facts(), r) }
			now := func(r *screen.Rules) screen.Decision {
				c, facts := w.on(today, r)
				return screen.EvaluateWith(c, facts, r)
			}
			c := RulesChange{Patient: p, Screen: signed.ID, TakenOn: signed.TakenOn,
				SignedWas: then(was), SignedBecomes: then(made), TodayWas: now(was), TodayBecomes: now(made)}
			if sameResult(c.SignedWas, c.SignedBecomes) && sameResult(c.TodayWas, c.TodayBecomes) {
				continue
			}
			if c.Toward = toward(c.TodayWas, c.TodayBecomes); c.Toward == 0 {
				c.Toward = toward(c.SignedWas, c.SignedBecomes)
			}
			switch c.Toward {
			case 1:
				out.Stricter++
			case -1:
				out.Looser++
			}
			out.Changes = append(out.Changes, c)
		}
		return out, nil
	})
}

// differing lists the values that differ between two rules.
func differing(was, made *screen.Rules) []RulesDifference {
	before := map[string]string{}
	for _, v := range was.Values() {
		before[v.Key] = v.Now
	}
	var out []RulesDifference
	for _, v := range made.Values() {
		if from := before[v.Key]; from != v.Now {
			out = append(out, RulesDifference{v, from, v.Now, v.Toward(from, v.Now)})
		}
	}
	return out
}

func sameResult(a, b screen.Decision) bool {
	return a.Outcome == b.Outcome && a.Stage == b.Stage && a.Cap == b.Cap && slices.Equal(a.Tracks, b.Tracks)
}

// permits orders the outcomes from the least to the most that may be done.
var permits = []screen.Outcome{screen.Emergency, screen.UrgentRefer, screen.HoldRefer, screen.Incomplete,
	screen.Retest, screen.NotReady, screen.Ready}

// toward is 1 when b permits less than a, -1 when it permits more.
func toward(a, b screen.Decision) int {
	for _, by := range []int{slices.Index(permits, a.Outcome) - slices.Index(permits, b.Outcome), a.Stage - b.Stage, a.Cap - b.Cap} {
		switch {
		case by > 0:
			return 1
		case by < 0:
			return -1
		}
	}
	return 0
}
