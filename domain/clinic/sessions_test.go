package clinic_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

func dec(n int) *domain.Decimal { d := domain.NewDecimal(n); return &d }

// noWarnings are the safety questions of a visit, all answered no.
func (d *desk) noWarnings() map[string]bool {
	in, err := data()
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]bool{}
	for _, q := range in.Course.VisitQuestions {
		out[q.ID] = false
	}
	return out
}

// goodLog is a session of today without a fault, as the plan asked for its first
// exercise; pain 2 before, during and after.
func (d *desk) goodLog(plan clinic.SignedPlan) course.Session {
	it, no := plan.Plan.Items[0], false
	x := course.Exercise{Exercise: it.Exercise, Prescribed: course.Work{Sets: it.Dose.Sets.Min, Reps: it.Dose.Reps.Min, Load: it.Load, Target: it.Target},
		RPE: dec(it.Dose.EffortRPE), PainDuring: dec(2)}
	for range it.Dose.Sets.Min {
		x.Done = append(x.Done, course.Set{Reps: it.Dose.Reps.Min, Load: it.Load})
	}
	return course.Session{Date: domain.DateOf(d.clock.Now()), Place: program.AtClinic, Observed: true, PainBefore: dec(2), PainAfter: dec(2),
		RedFlags: d.noWarnings(), NewLegSymptom: &no, Exercises: []course.Exercise{x}}
}

// trains is a desk with a signed plan of stage 1.
func trains(t *testing.T) (*desk, clinic.SignedPlan) {
	d := open(t)
	d.saveIntake()
	d.signScreen()
	return d, d.signPlan("1B")
}

func (d *desk) log(plan clinic.SignedPlan, log course.Session) clinic.LoggedSession {
	d.t.Helper()
	s, err := d.LogSession(d.ctx, plan.ID, log)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func TestLogCorrectAndAddTheNextDay(t *testing.T) {
	d, plan := trains(t)
	if err := d.SaveDraft(d.front, d.patient.ID, clinic.SectionSessions, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	one := d.log(plan, d.goodLog(plan))
	if one.Session.SubStage != "1B" || one.Session.By != "R. Castello, PT, DPT" || one.Version != 1 || one.By.Name != castello.Name {
		t.Errorf("logged %+v", one)
	}
	if _, err := d.Draft(d.ctx, d.patient.ID, clinic.SectionSessions); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("the draft is still there: %v", err)
	}
	_, err := d.RecordNextDayPain(d.ctx, one.ID, 2)
	problem(t, err, "pain_24h", "from the day after")
	d.clock.addDays(1)
	two, err := d.RecordNextDayPain(d.front, one.ID, 3)
	if err != nil || two.Replaces != one.ID || two.Session.Pain24h.String() != "3" {
		t.Fatalf("%+v, %v", two, err)
	}
	_, err = d.RecordNextDayPain(d.ctx, two.ID, 2)
	problem(t, err, "pain_24h", "known already")
	fixed := two.Session
	fixed.PainBefore = dec(3)
	_, err = d.CorrectSession(d.ctx, two.ID, fixed, " ")
	problem(t, err, "reason", "Enter why")
	three, err := d.CorrectSession(d.ctx, two.ID, fixed, "Typed 2 for 3")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.CorrectSession(d.ctx, two.ID, fixed, "Again, by somebody who read the old one")
	if !errors.Is(err, domain.ErrConflict) {
		t.Errorf("an entry was corrected twice: %v", err)
	}
	all, err := d.SessionVersions(d.ctx, d.patient.ID)
	if err != nil || len(all) != 3 || all[0].Session.Pain24h != nil || all[1].Session.PainBefore.String() != "2" {
		t.Errorf("the earlier entries changed: %+v, %v", all, err)
	}
	chart, err := d.Chart(d.ctx, d.patient.ID)
	if err != nil || len(chart.Sessions) != 1 || chart.Sessions[0].ID != three.ID || chart.SessionsState != "1 logged" {
		t.Errorf("the chart has %+v, %q, %v", chart.Sessions, chart.SessionsState, err)
	}
	got := d.trail()
	if want := []string{"session.log", "session.next_day", "session.correct"}; !slices.Equal(got[len(got)-3:], want) {
		t.Errorf("the trail ends with %v", got)
	}
}

// problem fails unless err holds a problem of the field with the text.
func problem(t *testing.T, err error, field, text string) {
	t.Helper()
	if got := clinic.Reasons(err).For(field); !strings.Contains(got, text) || text == "" {
		t.Errorf("%s: got %q of %v, want %q", field, got, err, text)
	}
}

func TestWhatCannotBeIsRefusedAndTheRestSaid(t *testing.T) {
	for name, c := range map[string]struct {
		change      func(*course.Session)
		field, text string
	}{
		"before the plan":   {func(l *course.Session) { l.Date = l.Date.AddDays(-1) }, "date", "before the first plan of Nov 22, 2026"},
		"in the future":     {func(l *course.Session) { l.Date = l.Date.AddDays(1) }, "date", "in the future"},
		"no date":           {func(l *course.Session) { l.Date = domain.Date{} }, "date", "Enter the day"},
		"no place":          {func(l *course.Session) { l.Place = "" }, "place", "Say where"},
		"pain 11":           {func(l *course.Session) { l.Exercises[0].PainDuring = dec(11) }, "exercises[0].pain_during", "from 0 to 10"},
		"pain below 0":      {func(l *course.Session) { l.PainBefore = dec(-1) }, "pain_before", "from 0 to 10"},
		"0 repeats":         {func(l *course.Session) { l.Exercises[0].Done[1].Reps = 0 }, "exercises[0].done[1].reps", "0 repeats was not done"},
		"101 repeats":       {func(l *course.Session) { l.Exercises[0].Done[2].Reps = 101 }, "exercises[0].done[2]", "1 to 100 repeats"},
		"effort 11":         {func(l *course.Session) { l.Exercises[0].RPE = dec(11) }, "exercises[0].rpe", "from 0 to 10"},
		"no effort":         {func(l *course.Session) { l.Exercises[0].RPE = nil }, "exercises[0].rpe", "Enter the effort"},
		"more faults":       {func(l *course.Session) { l.Exercises[0].FaultyReps = 31 }, "exercises[0].faulty_reps", "cannot be more than the repeats done"},
		"nothing done":      {func(l *course.Session) { l.Exercises = nil }, "exercises", "at least one exercise"},
		"a question open":   {func(l *course.Session) { delete(l.RedFlags, "injury") }, "red_flags.injury", "Ask this question"},
		"the leg open":      {func(l *course.Session) { l.NewLegSymptom = nil }, "new_leg_symptom", "answer yes or no"},
		"another question":  {func(l *course.Session) { l.RedFlags["other"] = false }, "red_flags.other", "no such question"},
		"the next day, now": {func(l *course.Session) { l.Pain24h = dec(2) }, "pain_24h", "from the day after"},
		"a long note":       {func(l *course.Session) { l.Note = strings.Repeat("long ", 500) }, "note", "Shorten the note"},
	} {
		t.Run(name, func(t *testing.T) {
			d, plan := trains(t)
			log := d.goodLog(plan)
			c.change(&log)
			_, err := d.LogSession(d.ctx, plan.ID, log)
			problem(t, err, c.field, c.text)
			if n := len(clinic.Reasons(err)); n != 1 {
				t.Errorf("%d problems: %v", n, err)
			}
			if all, err := d.SessionVersions(d.ctx, d.patient.ID); err != nil || len(all) != 0 {
				t.Errorf("something was kept: %v, %v", all, err)
			}
		})
	}
}

// A paper log is kept whole or not at all.
func TestAPaperLogIsKeptWholeOrNotAtAll(t *testing.T) {
	d, plan := trains(t)
	d.clock.addDays(14)
	var logs []course.Session
	for _, day := range []int{0, 2, 4, 7, 9, 11} {
		log := d.goodLog(plan)
		log.Place, log.Date, log.Pain24h = program.AtHome, log.Date.AddDays(day-14), dec(2)
		log.Observed = false
		logs = append(logs, log)
	}
	logs[4].Date = logs[3].Date
	_, err := d.LogSessions(d.front, plan.ID, logs)
	problem(t, err, "sessions[4].date", "is logged already")
	if all, _ := d.SessionVersions(d.ctx, d.patient.ID); len(all) != 0 {
		t.Fatalf("%d days of a refused log were kept", len(all))
	}
	logs[4].Date = logs[3].Date.AddDays(2)
	if out, err := d.LogSessions(d.front, plan.ID, logs); err != nil || len(out) != 6 {
		t.Fatalf("%d kept, %v", len(out), err)
	}
	_, err = d.LogSessions(d.front, plan.ID, logs[:1])
	problem(t, err, "sessions[0].date", "is logged already")
	_, err = d.LogSessions(d.front, plan.ID, nil)
	if !strings.Contains(clinic.Sentence(err), "Tick the days") {
		t.Errorf("an empty log: %v", err)
	}
}

// A yes to a warning question stops everything until the next screen.
func TestAWarningAtAVisitBlocksThePlan(t *testing.T) {
	d, plan := trains(t)
	log := d.goodLog(plan)
	log.RedFlags["leg_weakness"] = true
	log.Exercises, log.NewLegSymptom, log.PainBefore, log.PainAfter = nil, nil, nil, nil // then nothing more needs to be asked
	d.clock.set(d.clock.Now().Add(3600e9))
	d.log(plan, log)
	const sentence = "A warning question was answered yes at the session of Nov 22, 2026. No lifting until the patient is screened again."
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1A")
	refused(t, err, sentence)
	_, err = d.SignPlan(d.ctx, d.patient.ID, plan.Plan)
	refused(t, err, sentence)
	refused(t, d.CheckHandout(d.ctx, plan.ID, true), sentence)
	chart, err := d.Chart(d.ctx, d.patient.ID)
	if err != nil || !chart.Warned || chart.Next.Text != "Warning at a session: screen again" {
		t.Errorf("the list says %q, %v", chart.Next.Text, err)
	}
	d.clock.set(d.clock.Now().Add(3600e9))
	d.signScreen()
	if _, err := d.DraftPlan(d.ctx, d.patient.ID, "1A"); err != nil {
		t.Errorf("after the new screen: %v", err)
	}
	// A correction of the answer lifts the stop, too; it is in the records.
	d2, plan2 := trains(t)
	logged := d2.log(plan2, log)
	again := d2.goodLog(plan2)
	if _, err := d2.CorrectSession(d2.ctx, logged.ID, again, "Meant the other patient"); err != nil {
		t.Fatal(err)
	}
	if _, err := d2.DraftPlan(d2.ctx, d2.patient.ID, "1A"); err != nil {
		t.Errorf("after the correction: %v", err)
	}
}
