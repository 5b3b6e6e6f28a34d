package course

import (
	"slices"

	"backtobar/domain"
	"backtobar/domain/program"
)

// Assumption is how the sessions of a preview are thought to go.
type Assumption string

// The assumptions.
const (
	// AsPrescribed: everything done at the effort ceiling, pain as before.
	AsPrescribed Assumption = "as_prescribed"
	// Hard: everything done, the effort one above its ceiling.
	Hard Assumption = "hard"
	// Painful: pain at the limit during, and clearly more the next day.
	Painful Assumption = "painful"
)

// PreviewSessions is how many sessions a preview looks ahead.
const PreviewSessions = 6

// Ahead is one session of a preview.
type Ahead struct {
	Date       domain.Date
	Suggestion Suggestion
}

// Preview returns the suggestions for the next six sessions if each is accepted
// and goes as assumed. It changes nothing. It is shorter when a suggestion ends
// the lifting: that one is the last. The screen stays as it counts today.
func (r *Rules) Preview(in Input, how Assumption) ([]Ahead, error) {
	in.Sessions = slices.Clone(in.Sessions)
	var out []Ahead
	for range PreviewSessions {
		s, err := r.Suggest(in)
		if err != nil {
			return nil, err
		}
		out = append(out, Ahead{in.Today, s})
		if !s.Lifts() {
			break
		}
		in.Sessions = append(in.Sessions, r.assumed(in, s, how))
		in.Today = in.Today.AddDays(r.pause(s.SubStage))
	}
	return out, nil
}

// pause is the usual number of days from one session to the next.
func (r *Rules) pause(code program.Code) int {
	const week = 7
	sub, _ := r.route.SubStage(code)
	return week / max(1, sub.Dose.DaysPerWeek.Min)
}

// assumed is the session that a preview expects.
func (r *Rules) assumed(in Input, s Suggestion, how Assumption) Session {
	sub, _ := r.route.SubStage(s.SubStage)
	before := domain.Decimal{}
	if n := len(in.Sessions); n > 0 && in.Sessions[n-1].PainBefore != nil {
		before = *in.Sessions[n-1].PainBefore
	}
	// More than this before a session, and it does not begin.
	if before.Cmp(r.Start.PainBeforeMost) > 0 {
		before = r.Start.PainBeforeMost
	}
	during, after, effort := domain.Decimal{}, before, domain.NewDecimal(s.EffortRPE)
	switch how {
	case Hard:
		effort = domain.NewDecimal(min(10, s.EffortRPE+1))
	case Painful:
		during, after = r.Verdict.PainAmber, before.Add(r.Verdict.RiseRegress)
	}
	target := domain.NewDecimal(s.EffortRPE)
	x := Exercise{Exercise: sub.Main, Prescribed: s.Work, RPE: &effort, RPETarget: &target, PainDuring: &during}
	for range s.Work.Sets {
		x.Done = append(x.Done, Set{Reps: s.Work.Reps, Seconds: s.Work.Seconds, Load: s.Work.Load})
	}
	no, answers := false, map[string]bool{}
	for _, q := range r.VisitQuestions {
		answers[q.ID] = false
	}
	return Session{Date: in.Today, SubStage: s.SubStage, Place: in.Place, Deload: s.Deload, Observed: in.Place == program.AtClinic,
		PainBefore: &before, Pain24h: &after, NewLegSymptom: &no, RedFlags: answers, Exercises: []Exercise{x},
		Shown: r.steps[s.SubStage].Exit.Shown}
}
