package sessions

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// legQuestion is the id of program.LegQuestion among the answers.
const legQuestion = "leg"

// readDate reads a date as it is typed, month first. A day to come is read,
// too: the use case says what is wrong with it.
func (m *model) readDate(text string) (domain.Date, bool) {
	const comingYears = 20 * 365
	d, _, wrong := patient.ParseBirthDate(text, m.svc.Today().AddDays(comingYears))
	return d, wrong == "" && !d.IsZero()
}

// scale reads a whole number of a 0 to 10 scale; what else was typed is passed
// on as a number that is refused.
func scale(text string) *domain.Decimal {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	d, err := domain.ParseDecimal(text)
	if err != nil {
		d = domain.NewDecimal(-1)
	}
	return &d
}

// whole reads a count; ok is false when it is none.
func whole(text string) (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil
}

// reading is a log, and where its exercises and sets stand in the form.
type reading struct {
	log  clinic.SessionLog
	rows []int
	sets [][]int
	// wrong is what cannot be read at all, by the paths of the form.
	wrong domain.Problems
}

// read turns what was typed into a log.
func (m *model) read() reading {
	f := m.form
	var out reading
	day, ok := m.readDate(f.Date)
	if !ok && strings.Trim(f.Date, "/ ") != "" {
		out.wrong.Add("date", "The date of the session must be a real date with month, day and year")
	}
	l := clinic.SessionLog{Date: day, Place: f.Place, PainBefore: scale(f.Before), PainAfter: scale(f.After), Pain24h: scale(f.NextDay),
		Warnings: map[string]screen.Answer{}, LegSymptom: screen.Answer(f.Answers[legQuestion]), Note: f.Note}
	for _, q := range program.VisitQuestions() {
		if a := f.Answers[q.ID]; a != "" {
			l.Warnings[q.ID] = screen.Answer(a)
		}
	}
	if f.Stopping {
		l.Stopped = f.WhyStopped
		if l.Stopped == "" {
			out.wrong.Add("stopped", "Choose why the session was stopped")
		}
	}
	plan := m.plan(f.Plan)
	for i, row := range f.Rows {
		it, ok := item(plan, f.Place, row.Exercise)
		if !ok {
			continue
		}
		x, at, used := m.readRow(&out.wrong, i, row, it)
		if i > 0 && !used {
			continue // an exercise beside the main lift that was not done
		}
		l.Exercises = append(l.Exercises, x)
		out.rows, out.sets = append(out.rows, i), append(out.sets, at)
	}
	out.log = l
	return out
}

func item(plan *clinic.SignedPlan, place program.Where, exercise string) (program.Item, bool) {
	for _, it := range items(plan, place) {
		if it.Exercise == exercise {
			return it, true
		}
	}
	return program.Item{}, false
}

// readRow turns one row into its log. sets says in which box each set stands.
func (m *model) readRow(wrong *domain.Problems, i int, row typedRow, it program.Item) (x clinic.ExerciseLog, sets []int, used bool) {
	at := fmt.Sprintf("rows[%d].", i)
	x = clinic.ExerciseLog{Exercise: it.Exercise, PlannedSets: it.Dose.Sets.Min, PlannedReps: it.Dose.Reps.Min, PlannedLoad: it.Load,
		RPE: scale(row.RPE), RPETarget: it.Dose.EffortRPE, Pain: scale(row.Pain)}
	for j, text := range row.Reps {
		if strings.TrimSpace(text) == "" {
			continue
		}
		n, ok := whole(text)
		if !ok {
			wrong.Add(fmt.Sprintf("%sset[%d]", at, j), "Repeats must be a whole number")
		}
		x.Reps, sets = append(x.Reps, n), append(sets, j)
	}
	if row.Faulty != "" {
		n, ok := whole(row.Faulty)
		if !ok {
			wrong.Add(at+"faulty", "Repeats with a fault must be a whole number")
		}
		x.Faulty = &n
	}
	switch load := strings.TrimSpace(row.Load); {
	case load != "":
		unit := m.unit(it)
		list, ranges, problem := equipment.ParseSizes(load, equipment.Kettlebell, unit)
		if problem != "" || len(list) != 1 || len(ranges) > 0 {
			wrong.Add(at+"load", "Write the weight used with its unit, such as 35 lb or 16 kg")
			break
		}
		x.Load = &list[0]
	case it.Load != nil && len(x.Reps) > 0:
		wrong.Add(at+"load", "Enter the weight that was used. The Enter key takes the planned one.")
	}
	used = len(x.Reps) > 0 || row.Load+row.RPE+row.Pain+row.Faulty != ""
	return x, sets, used
}

// unit is the unit of a weight that is typed without one.
func (m *model) unit(it program.Item) domain.MassUnit {
	if it.Load != nil {
		return it.Load.Unit
	}
	return domain.Pound
}

// place translates the paths of the use case into those of the form.
func (r reading) place(problems domain.Problems) domain.Problems {
	var out domain.Problems
	for _, p := range problems {
		var i, j int
		field := p.Field
		if n, _ := fmt.Sscanf(field, "exercises[%d].reps[%d]", &i, &j); n == 2 && i < len(r.rows) && j < len(r.sets[i]) {
			field = fmt.Sprintf("rows[%d].set[%d]", r.rows[i], r.sets[i][j])
		} else if n >= 1 && i < len(r.rows) {
			_, rest, _ := strings.Cut(field, "].")
			field = fmt.Sprintf("rows[%d].%s", r.rows[i], rest)
			if rest == "reps" {
				field = fmt.Sprintf("rows[%d].set[0]", r.rows[i])
			}
		} else if field == "exercises" {
			field = "rows[0].set[0]"
		}
		out.Add(field, p.Text)
	}
	return out
}

// open are the answers without which the session says nothing about the load,
// by their paths and in their order; none once it was stopped.
func (m *model) openAnswers() (paths, names []string) {
	r := m.read()
	if r.log.Stopped != "" || r.log.Warned() || r.log.LegSymptom == screen.Yes || len(r.log.Exercises) == 0 {
		return nil, nil
	}
	need := func(open bool, path, name string) {
		if open {
			paths, names = append(paths, path), append(names, name)
		}
	}
	x := r.log.Exercises[0]
	need(r.log.PainBefore == nil, "pain_before", "pain before")
	need(x.RPE == nil, "rows[0].rpe", "effort")
	need(x.Pain == nil, "rows[0].pain", "pain during")
	need(x.Faulty == nil, "rows[0].faulty", "repeats with a fault")
	return paths, names
}

// finish keeps the session, or its correction, and closes the form. With a
// problem nothing is kept and the form stays.
func (m *model) finish(ctx context.Context) (clinic.LoggedSession, error) {
	r := m.read()
	m.problems = r.wrong
	if len(m.problems) > 0 {
		return clinic.LoggedSession{}, m.problems
	}
	var out clinic.LoggedSession
	var err error
	if m.form.Mode == correcting {
		out, err = m.svc.CorrectSession(ctx, m.form.Session, r.log, m.form.Reason)
	} else {
		out, err = m.svc.LogSession(ctx, m.form.Plan, r.log)
	}
	if err != nil {
		var list domain.Problems
		if errors.As(err, &list) && !errors.Is(err, domain.ErrNotAllowed) {
			m.problems = r.place(list)
		}
		return clinic.LoggedSession{}, err
	}
	m.form, m.kept, m.fresh, m.problems = typed{}, "", "", nil
	return out, nil
}

// correct opens the form on a session that was logged.
func (m *model) correct(s clinic.LoggedSession) {
	l := s.Log
	f := typed{Mode: correcting, Plan: s.PlanID, Session: s.ID, Date: l.Date.Slashed(), Place: l.Place, Note: l.Note,
		Before: words(l.PainBefore), After: words(l.PainAfter), NextDay: words(l.Pain24h),
		Answers: map[string]string{legQuestion: string(l.LegSymptom)}, Stopping: l.Stopped != "", WhyStopped: l.Stopped}
	for id, a := range l.Warnings {
		f.Answers[id] = string(a)
	}
	var rows []typedRow
	for _, x := range l.Exercises {
		row := typedRow{Exercise: x.Exercise, RPE: words(x.RPE), Pain: words(x.Pain)}
		for _, n := range x.Reps {
			row.Reps = append(row.Reps, strconv.Itoa(n))
		}
		if x.Load != nil {
			row.Load = loadText(*x.Load)
		}
		if x.Faulty != nil {
			row.Faulty = strconv.Itoa(*x.Faulty)
		}
		rows = append(rows, row)
	}
	if plan := m.plan(s.PlanID); plan != nil {
		rows = rowsFor(plan, l.Place, rows)
	}
	f.Rows = rows
	m.open(f)
}

// words writes a number that may not be known.
func words(d *domain.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// loadText writes a weight as it is typed.
func loadText(m domain.Mass) string { return m.Value.String() + " " + string(m.Unit) }
