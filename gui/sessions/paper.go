package sessions

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// paperWeeks is how many weeks a paper log has on the screen: a sheet counts
// for two weeks.
const paperWeeks = 2

const weekDays = 7

// typedWeek is a week of the paper log: the days in the order of the sheet,
// Monday first.
type typedWeek struct {
	Days [weekDays]typedDay `json:"days"`
}

// typedDay is one column of the sheet.
type typedDay struct {
	Done   bool   `json:"done,omitempty"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Next   string `json:"next,omitempty"`
	RPE    string `json:"rpe,omitempty"`
}

// startPaper opens the grid of a returned paper log. It belongs to the plan of
// the sheet that was given last, and begins in the week of the day after.
func (m *model) startPaper() {
	plan := m.chart.Plan
	begin := domain.DateOf(plan.Signature.At).AddDays(1)
	if n := len(m.chart.Handouts); n > 0 {
		given := m.chart.Handouts[n-1]
		if p := m.plan(given.PlanID); p != nil {
			plan, begin = p, domain.DateOf(given.At).AddDays(1)
		}
	}
	m.open(typed{Mode: paper, Plan: plan.ID, Date: monday(begin).Slashed(), Place: program.AtHome, Answers: map[string]string{}})
}

// monday returns the Monday of the day's week.
func monday(d domain.Date) domain.Date {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return d.AddDays(-(int(t.Weekday()) + weekDays - 1) % weekDays)
}

// day returns the date of a column; false while the first day is no date.
func (m *model) day(week, column int) (domain.Date, bool) {
	begin, ok := m.readDate(m.form.Date)
	if !ok {
		return domain.Date{}, false
	}
	return monday(begin).AddDays(week*weekDays + column), true
}

// place is where a session of the paper log stands in the grid.
type place struct{ week, column int }

// path is the name of a day's box in problems.
func (p place) path(box string) string { return fmt.Sprintf("day[%d][%d].%s", p.week, p.column, box) }

// readPaper turns the grid into one log a day that was done.
func (m *model) readPaper() (logs []course.Session, at []place, wrong domain.Problems) {
	if _, ok := m.readDate(m.form.Date); !ok {
		wrong.Add("date", "Enter the first day of the log, as written on the sheet")
	}
	plan := m.plan(m.form.Plan)
	for w, week := range m.form.Weeks {
		for d, day := range week.Days {
			if !day.Done {
				continue
			}
			on, _ := m.day(w, d)
			l := course.Session{Date: on, Place: program.AtHome, PainBefore: scale(day.Before), PainAfter: scale(day.After), Pain24h: scale(day.Next)}
			l.RedFlags, l.NewLegSymptom = m.answers()
			for i, it := range items(plan, program.AtHome) {
				x := asPlanned(it)
				if i == 0 { // the sheet asks for the pain after, which is no less than that
					x.RPE, x.PainDuring = scale(day.RPE), l.PainAfter
				}
				l.Exercises = append(l.Exercises, x)
			}
			logs, at = append(logs, l), append(at, place{w, d})
		}
	}
	return logs, at, wrong
}

// asPlanned is an exercise that was ticked on the sheet: done as it says there.
func asPlanned(it program.Item) course.Exercise {
	x := course.Exercise{Exercise: it.Exercise, Prescribed: clinic.Worked(it)}
	if it.Dose.EffortRPE > 0 {
		ceiling := domain.NewDecimal(it.Dose.EffortRPE)
		x.RPETarget = &ceiling
	}
	for range x.Prescribed.Sets {
		x.Done = append(x.Done, course.Set{Reps: x.Prescribed.Reps, Seconds: x.Prescribed.Seconds, Load: it.Load})
	}
	return x
}

// finishPaper keeps all days of the log, or none, and closes the grid.
func (m *model) finishPaper(ctx context.Context) (int, error) {
	logs, at, wrong := m.readPaper()
	if m.problems = wrong; len(wrong) > 0 {
		return 0, wrong
	}
	out, err := m.svc.LogSessions(ctx, m.form.Plan, logs)
	if err != nil {
		var list domain.Problems
		if errors.As(err, &list) && !errors.Is(err, domain.ErrNotAllowed) {
			m.problems = placePaper(list, at)
		}
		return 0, err
	}
	m.form, m.kept, m.fresh, m.problems = typed{}, "", "", nil
	return len(out), nil
}

// boxes are the boxes of a day by the names that the use case gives to what is
// in them.
var boxes = map[string]string{"pain_before": "before", "pain_after": "after", "pain_24h": "next", "date": "before", "exercises[0].rpe": "rpe",
	"exercises[0].pain_during": "after"}

// placePaper translates the paths of the use case into those of the grid. A
// question that is open is open for every day, and is said once.
func placePaper(problems domain.Problems, at []place) domain.Problems {
	var out domain.Problems
	for _, p := range problems {
		var i int
		if n, _ := fmt.Sscanf(p.Field, "sessions[%d]", &i); n == 1 && i < len(at) {
			_, rest, _ := strings.Cut(p.Field, "].")
			if box, ok := boxes[rest]; ok {
				p.Field = at[i].path(box)
			} else {
				p.Field = rest
			}
		}
		if out.For(p.Field) == "" {
			out = append(out, p)
		}
	}
	return out
}
