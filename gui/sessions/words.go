package sessions

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
)

// The reasons for which a session is stopped, by the key that chooses them.
var stops = []struct {
	key  rune
	text string
}{
	{'P', "Pain"}, {'L', "Leg symptom"}, {'U', "Unwell"}, {'F', "Form was lost"}, {'T', "No time"}, {'W', "Patient's wish"},
}

// weekdayNames are the columns of the sheet.
var weekdayNames = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

// placeWords says where a session was.
func placeWords(w program.Where) string {
	if w == program.AtHome {
		return "Home"
	}
	return "Clinic"
}

// planned is what the plan asks for of an exercise, in words.
func planned(it program.Item) string {
	d := it.Dose
	d.DaysPerWeek, d.RestSeconds = program.Range{}, program.Range{}
	return program.DoseLine(d, it.Load)
}

// counted writes a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// main is the exercise that a session is judged by: the first of its plan.
func mainOf(l clinic.SessionLog) clinic.ExerciseLog {
	if len(l.Exercises) == 0 {
		return clinic.ExerciseLog{}
	}
	return l.Exercises[0]
}

// doneWords is what was done of the main lift: "3 sets of 8 at 35 pounds".
func doneWords(x clinic.ExerciseLog) string {
	if len(x.Reps) == 0 {
		return "Nothing done"
	}
	same := true
	var list []string
	for _, n := range x.Reps {
		same = same && n == x.Reps[0]
		list = append(list, fmt.Sprint(n))
	}
	out := fmt.Sprintf("%s of %d", counted(len(x.Reps), "set", "sets"), x.Reps[0])
	if !same {
		out = strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
	}
	if x.Load != nil {
		out += " at " + x.Load.String()
	}
	return out
}

// or writes a number, or words when it is not known.
func or(d *domain.Decimal, unknown string) string {
	if d == nil {
		return unknown
	}
	return d.String()
}

// painWords are the pains of a session: "2 before, 3 during, 2 next day".
func painWords(l clinic.SessionLog, today domain.Date) string {
	parts := []string{or(l.PainBefore, "?") + " before", or(l.Worst(), "?") + " during"}
	switch {
	case l.Pain24h != nil:
		parts = append(parts, l.Pain24h.String()+" next day")
	case l.Date.Before(today):
		parts = append(parts, "next day to ask")
	}
	return strings.Join(parts, ", ")
}

// waiting are the sessions whose next day is over and not asked, newest first.
func (m *model) waiting() []clinic.LoggedSession {
	var out []clinic.LoggedSession
	for i := len(m.chart.Sessions) - 1; i >= 0; i-- {
		x := m.chart.Sessions[i]
		if x.Log.Pain24h == nil && x.Log.Date.Before(m.svc.Today()) && len(out) < mostWaiting {
			out = append(out, x)
		}
	}
	return out
}

// mostWaiting is how many open next days are asked for at once.
const mostWaiting = 3

// row is one session in the list.
type row struct {
	session clinic.LoggedSession
	cells   [5]string
}

// rows are the sessions, newest first.
func (m *model) rows() []row {
	var out []row
	for i := len(m.chart.Sessions) - 1; i >= 0; i-- {
		x := m.chart.Sessions[i]
		effort := or(mainOf(x.Log).RPE, "not asked")
		mark := ""
		switch {
		case x.Log.Warned():
			mark = "Warning"
		case x.Log.Stopped != "":
			mark = "Stopped"
		case x.Replaces != "" && x.Reason != nextDayReason:
			mark = "Corrected"
		}
		if mark != "" {
			mark = ". " + mark
		}
		out = append(out, row{x, [5]string{x.Log.Date.Short(), placeWords(x.Log.Place), string(x.SubStage),
			doneWords(mainOf(x.Log)) + ", effort " + effort + mark, painWords(x.Log, m.svc.Today())}})
	}
	return out
}

// nextDayReason is the reason of an entry that only adds the next day.
const nextDayReason = "Pain of the next day"

// title is the heading of an open form.
func (m *model) title() string {
	switch m.form.Mode {
	case correcting:
		return "Correct a session"
	case paper:
		return "Paper log from home"
	}
	return "Session"
}

// planLine names the plan that a form is filled in for.
func (m *model) planLine() string {
	p := m.plan(m.form.Plan)
	if p == nil {
		return ""
	}
	name := "Preparation"
	if s, ok := m.route.SubStage(p.Plan.SubStage); ok {
		name = "Step " + string(s.Code) + ": " + s.Name
	}
	return fmt.Sprintf("%s. Plan %d, signed %s.", name, p.Version, domain.DateOf(p.Signature.At).Short())
}
