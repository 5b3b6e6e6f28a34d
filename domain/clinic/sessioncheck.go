package clinic

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func cleanLog(l SessionLog) SessionLog {
	text := func(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }
	l.Stopped, l.Note = text(l.Stopped), text(l.Note)
	return l
}

// checkLog returns what must be put right before the log can be kept, by the
// JSON names of SessionLog; an exercise is "exercises[0].reps". taken are the
// sessions there are, but for the one that is replaced.
func (s *Service) checkLog(l SessionLog, on SignedPlan, today domain.Date, taken []LoggedSession, replaces domain.SessionID) domain.Problems {
	var out domain.Problems
	signed := domain.DateOf(on.Signature.At)
	switch {
	case l.Date.IsZero():
		out.Add("date", "Enter the date of the session")
	case today.Before(l.Date):
		out.Add("date", "The date of the session must not be in the future")
	case l.Date.Before(signed):
		out.Add("date", fmt.Sprintf("The plan was signed on %s. A session before that day belongs to another plan.", signed.Short()))
	}
	if l.Place != program.AtClinic && l.Place != program.AtHome {
		out.Add("place", "Choose where the session was: in the clinic or at home")
	}
	for _, x := range taken {
		if x.ID != replaces && x.Log.Date == l.Date && x.Log.Place == l.Place {
			out.Add("date", fmt.Sprintf("A session on %s is logged already. Correct that one instead.", l.Date.Short()))
			break
		}
	}
	checkPain(&out, "pain_before", "Pain before", l.PainBefore)
	checkPain(&out, "pain_after", "Pain after", l.PainAfter)
	checkPain(&out, "pain_24h", "Pain the next day", l.Pain24h)
	if l.Pain24h != nil && !l.Date.IsZero() && !l.Date.Before(today) {
		out.Add("pain_24h", "Pain the next day can be asked from the day after the session")
	}
	checkAnswers(&out, l)
	for i, x := range l.Exercises {
		checkExercise(&out, fmt.Sprintf("exercises[%d].", i), x)
	}
	if !l.did() && l.Stopped == "" && !l.Warned() && l.LegSymptom != screen.Yes {
		out.Add("exercises", "Enter at least one set, or why the session was stopped")
	}
	for _, t := range [][3]string{{"stopped", "Reason", l.Stopped}, {"note", "Note", l.Note}} {
		if text := intake.FreeTextProblem(t[1], t[2], maxSessionNote); text != "" {
			out.Add(t[0], text)
		}
	}
	return out
}

func checkPain(out *domain.Problems, field, label string, d *domain.Decimal) {
	if d != nil && (d.Sign() < 0 || d.Cmp(domain.NewDecimal(10)) > 0 || !d.IsWhole()) {
		out.Add(field, label+" must be a whole number from 0 to 10")
	}
}

// checkAnswers asks for every safety question: what was not asked is not no. A
// session that was stopped by one of them needs no more.
func checkAnswers(out *domain.Problems, l SessionLog) {
	known := map[string]bool{}
	for _, q := range program.VisitQuestions() {
		known[q.ID] = true
		if a := l.Warnings[q.ID]; a != screen.Yes && a != screen.No && !l.Warned() {
			out.Add("warnings."+q.ID, "Answer this question yes or no. Not asked never counts as no.")
		}
	}
	for id := range l.Warnings {
		if !known[id] {
			out.Add("warnings", "There is no such question")
		}
	}
	if l.LegSymptom != screen.Yes && l.LegSymptom != screen.No && !l.Warned() {
		out.Add("leg_symptom", "Answer this question yes or no. Not asked never counts as no.")
	}
}

func checkExercise(out *domain.Problems, at string, x ExerciseLog) {
	if len(x.Reps) > maxSessionSets {
		out.Add(at+"reps", fmt.Sprintf("Enter at most %d sets", maxSessionSets))
	}
	done := 0
	for i, n := range x.Reps {
		if n < 1 || n > maxSessionReps {
			out.Add(fmt.Sprintf("%sreps[%d]", at, i), fmt.Sprintf("Repeats must be from 1 to %d. Leave a set that was not done empty.", maxSessionReps))
		}
		done += n
	}
	if x.RPE != nil && (x.RPE.Sign() < 0 || x.RPE.Cmp(domain.NewDecimal(10)) > 0) {
		out.Add(at+"rpe", "Effort must be a number from 0 to 10")
	}
	checkPain(out, at+"pain", "Pain", x.Pain)
	if x.Faulty != nil && (*x.Faulty < 0 || *x.Faulty > done) {
		out.Add(at+"faulty", "Repeats with a fault must be from 0 to the repeats done")
	}
	if x.Load != nil && (x.Load.Value.Sign() <= 0 || !x.Load.Unit.Valid()) {
		out.Add(at+"load", "Enter the weight with its unit, such as 35 pounds or 16 kg")
	}
}

// did reports whether anything was done.
func (l SessionLog) did() bool {
	for _, x := range l.Exercises {
		if len(x.Reps) > 0 {
			return true
		}
	}
	return false
}
