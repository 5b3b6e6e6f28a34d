package sessions

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// legText asks for what is no red flag, but ends a session.
const legText = "New or spreading pain, tingling or numbness in a leg?"

// stops are the reasons for which a session is stopped, with their keys.
var stops = []struct {
	reason course.StopReason
	key    rune
}{
	{course.StopPain, 'P'}, {course.StopLeg, 'L'}, {course.StopRedFlag, 'R'}, {course.StopFatigue, 'F'},
	{course.StopForm, 'M'}, {course.StopTime, 'T'}, {course.StopChoice, 'C'}, {course.StopOther, 'O'},
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

// mainOf is the exercise that a session is judged by: the first of its plan.
func mainOf(s course.Session) course.Exercise {
	if len(s.Exercises) == 0 {
		return course.Exercise{}
	}
	return s.Exercises[0]
}

// doneWords is what was done of the main lift: "3 sets of 8 at 35 pounds".
func doneWords(x course.Exercise) string {
	if len(x.Done) == 0 {
		return "Nothing done"
	}
	same := true
	var list []string
	for _, set := range x.Done {
		same = same && set.Reps == x.Done[0].Reps
		list = append(list, fmt.Sprint(set.Reps))
	}
	out := fmt.Sprintf("%s of %d", counted(len(x.Done), "set", "sets"), x.Done[0].Reps)
	if !same {
		out = strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
	}
	if load := x.Done[0].Load; load != nil {
		out += " at " + load.String()
	}
	return out
}

// worst is the worst pain of the exercises, nil when it was not asked.
func worst(s course.Session) *domain.Decimal {
	var out *domain.Decimal
	for _, x := range s.Exercises {
		if x.PainDuring != nil && (out == nil || x.PainDuring.Cmp(*out) > 0) {
			out = x.PainDuring
		}
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
func painWords(l course.Session, today domain.Date) string {
	parts := []string{or(l.PainBefore, "?") + " before", or(worst(l), "?") + " during"}
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
		if x.Session.Pain24h == nil && x.Session.Date.Before(m.svc.Today()) && len(out) < mostWaiting {
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

// verdicts are the verdicts in words.
var verdicts = map[course.Verdict]string{
	course.VerdictStopScreen: "Stop: screen again", course.VerdictStop: "Stopped", course.VerdictPending: "Next day open",
	course.VerdictRegress: "Step back", course.VerdictHold: "Hold", course.VerdictAmber: "Amber, settled",
	course.VerdictGreenEasy: "Green, too easy", course.VerdictGreen: "Green", "": "Not judged",
}

// rows are the sessions, newest first.
func (m *model) rows() []row {
	var out []row
	for i := len(m.judged) - 1; i >= 0; i-- {
		x := m.judged[i]
		s := x.Session
		done := doneWords(mainOf(s))
		if e := mainOf(s).RPE; e != nil {
			done += ", effort " + e.String()
		}
		if x.Replaces != "" && x.Reason != nextDayReason {
			done += " (corrected)"
		}
		out = append(out, row{x.LoggedSession, [5]string{s.Date.Short(), string(s.SubStage) + " " + strings.ToLower(placeWords(s.Place)), done,
			painWords(s, m.svc.Today()), verdicts[x.Verdict]}})
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
