package sessions

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/patient"
	"backtobar/domain/program"
)

// legQuestion is the id of the leg among the answers.
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

// reading is a session, and where its exercises and sets stand in the form.
type reading struct {
	session course.Session
	rows    []int
	sets    [][]int
	// wrong is what cannot be read at all, by the paths of the form.
	wrong domain.Problems
}

// answers are the safety questions that were answered; not asked is no answer.
func (m *model) answers() (flags map[string]bool, leg *bool) {
	flags = map[string]bool{}
	for _, q := range m.rules.VisitQuestions {
		if a := m.form.Answers[q.ID]; a == yes || a == no {
			flags[q.ID] = a == yes
		}
	}
	if a := m.form.Answers[legQuestion]; a == yes || a == no {
		is := a == yes
		leg = &is
	}
	return flags, leg
}

// The answers to a safety question.
const yes, no = "yes", "no"

// read turns what was typed into a session.
func (m *model) read() reading {
	f := m.form
	var out reading
	day, ok := m.readDate(f.Date)
	if !ok && strings.Trim(f.Date, "/ ") != "" {
		out.wrong.Add("date", "The date of the session must be a real date with month, day and year")
	}
	s := course.Session{Date: day, Place: f.Place, Observed: !f.Unseen && f.Place == program.AtClinic,
		PainBefore: scale(f.Before), PainAfter: scale(f.After), Pain24h: scale(f.NextDay), PainWeek: scale(f.PainWeek),
		PoorSleep: f.PoorSleep, Ill: f.Ill, Note: f.Note}
	s.RedFlags, s.NewLegSymptom = m.answers()
	if f.Stopping {
		s.Stop = &course.Stop{Reason: f.WhyStopped, Note: f.StopNote}
	}
	plan := m.plan(f.Plan)
	for _, id := range m.step(plan.Plan.SubStage).Exit.Shown {
		if f.Shown[id] {
			s.Shown = append(s.Shown, id)
		}
	}
	for i, row := range f.Rows {
		it, ok := item(plan, f.Place, row.Exercise)
		if !ok {
			continue
		}
		x, at, used := m.readRow(&out.wrong, i, row, it)
		if !used && (i > 0 || f.Stopping || m.warning()) {
			continue // an exercise beside the main lift that was not done
		}
		s.Exercises = append(s.Exercises, x)
		out.rows, out.sets = append(out.rows, i), append(out.sets, at)
	}
	out.session = s
	return out
}

// warning reports whether a safety question is answered yes.
func (m *model) warning() bool {
	for _, a := range m.form.Answers {
		if a == yes {
			return true
		}
	}
	return false
}

func item(plan *clinic.SignedPlan, place program.Where, exercise string) (program.Item, bool) {
	for _, it := range items(plan, place) {
		if it.Exercise == exercise {
			return it, true
		}
	}
	return program.Item{}, false
}

// readRow turns one row into its exercise. sets says in which box each set
// stands.
func (m *model) readRow(wrong *domain.Problems, i int, row typedRow, it program.Item) (x course.Exercise, sets []int, used bool) {
	at := fmt.Sprintf("rows[%d].", i)
	x = course.Exercise{Exercise: it.Exercise, Prescribed: clinic.Worked(it), RPE: scale(row.RPE), PainDuring: scale(row.Pain)}
	if it.Dose.EffortRPE > 0 {
		ceiling := domain.NewDecimal(it.Dose.EffortRPE)
		x.RPETarget = &ceiling
	}
	load := m.readLoad(wrong, at, row, it)
	for j, text := range row.Reps {
		if strings.TrimSpace(text) == "" {
			continue
		}
		n, ok := whole(text)
		if !ok {
			wrong.Add(fmt.Sprintf("%sset[%d]", at, j), "Repeats must be a whole number")
		}
		set := course.Set{Reps: n, Load: load}
		if x.Prescribed.Seconds > 0 {
			set.Reps, set.Seconds = 0, n*unitSeconds(it.Dose)
		}
		x.Done, sets = append(x.Done, set), append(sets, j)
	}
	if row.Faulty != "" {
		n, ok := whole(row.Faulty)
		if !ok {
			wrong.Add(at+"faulty", "Repeats with a fault must be a whole number")
		}
		x.FaultyReps = n
	} else if i == 0 && len(x.Done) > 0 && !m.form.Stopping && m.form.Place == program.AtClinic {
		wrong.Add(at+"faulty", "Enter how many repeats had a fault. The Enter key takes 0.")
	}
	used = len(x.Done) > 0 || row.Load+row.RPE+row.Pain+row.Faulty != ""
	return x, sets, used
}

// unitSeconds is what one unit of a timed box is: a minute or a second.
func unitSeconds(d program.Dose) int {
	if d.Minutes.Max > 0 {
		return 60
	}
	return 1
}

// readLoad reads the weight that was used, nil for none.
func (m *model) readLoad(wrong *domain.Problems, at string, row typedRow, it program.Item) *domain.Mass {
	load := strings.TrimSpace(row.Load)
	if load == "" {
		if m.weighted(it) && filled(row.Reps) > 0 {
			wrong.Add(at+"load", "Enter the weight that was used. The Enter key takes the planned one.")
		}
		return nil
	}
	list, ranges, problem := equipment.ParseSizes(load, equipment.Kettlebell, m.unit(it))
	if problem != "" || len(list) != 1 || len(ranges) > 0 {
		if strings.HasPrefix(problem, "Is one") {
			problem = "Is this weight in kilograms or in pounds? Write it with its unit, such as 16 kg or 35 lb."
		} else {
			problem = "Write the weight used with its unit, such as 35 lb or 16 kg"
		}
		wrong.Add(at+"load", problem)
		return nil
	}
	if _, err := domain.ParseDecimal(load); err == nil && equipment.InBothUnits(list[0].Value, m.settings.Equipment.Bells()) {
		wrong.Add(at+"load", fmt.Sprintf("Is this weight in kilograms or in pounds? The clinic has a %s of each. Write %s kg or %s lb.", load, load, load))
		return nil
	}
	return &list[0]
}

// weighted reports whether an exercise is done with a weight.
func (m *model) weighted(it program.Item) bool {
	x, _ := m.route.Exercise(it.Exercise)
	return x.Needs == program.NeedsKettlebell || x.Needs == program.NeedsBarbell
}

// unit is the unit of a weight that is typed without one.
func (m *model) unit(it program.Item) domain.MassUnit {
	if it.Load != nil {
		return it.Load.Unit
	}
	return m.loadUnit()
}

// cells are the boxes of a row by the names that the use case gives them.
var cells = map[string]string{"rpe": "rpe", "pain_during": "pain", "faulty_reps": "faulty", "prescribed.load": "load"}

// place translates the paths of the use case into those of the form.
func (r reading) place(problems domain.Problems) domain.Problems {
	var out domain.Problems
	for _, p := range problems {
		var i, j int
		field := p.Field
		n, _ := fmt.Sscanf(field, "exercises[%d].done[%d]", &i, &j)
		switch {
		case n == 2 && i < len(r.rows) && j < len(r.sets[i]) && !strings.HasSuffix(field, ".load"):
			field = fmt.Sprintf("rows[%d].set[%d]", r.rows[i], r.sets[i][j])
		case n >= 1 && i < len(r.rows):
			_, rest, _ := strings.Cut(field, "].")
			box := cells[rest]
			if strings.HasSuffix(field, ".load") {
				box = "load"
			}
			if box == "" {
				box = "set[0]"
			}
			field = fmt.Sprintf("rows[%d].%s", r.rows[i], box)
		case field == "exercises":
			field = "rows[0].set[0]"
		}
		if out.For(field) == "" {
			out.Add(field, p.Text)
		}
	}
	return out
}

// finish keeps the session, or its correction, and closes the form. With a
// problem nothing is kept and the form stays.
func (m *model) finish(ctx context.Context) (clinic.LoggedSession, error) {
	r := m.read()
	m.problems = r.wrong
	if len(m.problems) > 0 {
		// Everything that is wrong is said at once.
		more, err := m.svc.CheckSession(ctx, m.form.Plan, m.form.Session, r.session)
		if err != nil {
			return clinic.LoggedSession{}, err
		}
		for _, p := range r.place(more) {
			if m.problems.For(p.Field) == "" {
				m.problems = append(m.problems, p)
			}
		}
		return clinic.LoggedSession{}, m.problems
	}
	var out clinic.LoggedSession
	var err error
	if m.form.Mode == correcting {
		out, err = m.svc.CorrectSession(ctx, m.form.Session, r.session, m.form.Reason)
	} else {
		out, err = m.svc.LogSession(ctx, m.form.Plan, r.session)
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
func (m *model) correct(logged clinic.LoggedSession) {
	s := logged.Session
	f := typed{Mode: correcting, Plan: logged.PlanID, Session: logged.ID, Date: s.Date.Slashed(), Place: s.Place, Note: s.Note,
		Before: words(s.PainBefore), After: words(s.PainAfter), NextDay: words(s.Pain24h), PainWeek: words(s.PainWeek),
		Unseen: !s.Observed, PoorSleep: s.PoorSleep, Ill: s.Ill, Answers: map[string]string{}, Shown: map[string]bool{}}
	answer := func(id string, is bool) {
		f.Answers[id] = no
		if is {
			f.Answers[id] = yes
		}
	}
	for id, is := range s.RedFlags {
		answer(id, is)
	}
	if s.NewLegSymptom != nil {
		answer(legQuestion, *s.NewLegSymptom)
	}
	if s.Stop != nil {
		f.Stopping, f.WhyStopped, f.StopNote = true, s.Stop.Reason, s.Stop.Note
	}
	for _, id := range s.Shown {
		f.Shown[id] = true
	}
	plan := m.plan(logged.PlanID)
	var rows []typedRow
	for _, x := range s.Exercises {
		row := typedRow{Exercise: x.Exercise, RPE: words(x.RPE), Pain: words(x.PainDuring), Faulty: strconv.Itoa(x.FaultyReps)}
		for _, set := range x.Done {
			n := set.Reps
			if it, ok := item(plan, s.Place, x.Exercise); ok && n == 0 {
				n = set.Seconds / unitSeconds(it.Dose)
			}
			row.Reps = append(row.Reps, strconv.Itoa(n))
			if set.Load != nil {
				row.Load = loadText(*set.Load)
			}
		}
		rows = append(rows, row)
	}
	f.Rows = rowsFor(plan, s.Place, rows)
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
