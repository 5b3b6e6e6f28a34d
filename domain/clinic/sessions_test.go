package clinic_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func dec(n int) *domain.Decimal { d := domain.NewDecimal(n); return &d }

func whole(n int) *int { return &n }

// noWarnings are the safety questions of a visit, all answered no.
func noWarnings() map[string]screen.Answer {
	out := map[string]screen.Answer{}
	for _, q := range program.VisitQuestions() {
		out[q.ID] = screen.No
	}
	return out
}

// goodLog is a session of today without a fault, as the plan asked.
func (d *desk) goodLog(plan clinic.SignedPlan) clinic.SessionLog {
	it := plan.Plan.Items[0]
	x := clinic.ExerciseLog{Exercise: it.Exercise, PlannedSets: it.Dose.Sets.Min, PlannedReps: it.Dose.Reps.Min,
		PlannedLoad: it.Load, Load: it.Load, RPE: dec(it.Dose.EffortRPE), RPETarget: it.Dose.EffortRPE, Pain: dec(2), Faulty: whole(0)}
	for range it.Dose.Sets.Min {
		x.Reps = append(x.Reps, it.Dose.Reps.Min)
	}
	return clinic.SessionLog{Date: domain.DateOf(d.clock.Now()), Place: program.AtClinic, PainBefore: dec(2), PainAfter: dec(2),
		Warnings: noWarnings(), LegSymptom: screen.No, Exercises: []clinic.ExerciseLog{x}}
}

// trains is a desk with a signed plan of stage 1.
func trains(t *testing.T) (*desk, clinic.SignedPlan) {
	d := open(t)
	d.saveIntake()
	d.signScreen()
	return d, d.signPlan("1B")
}

func (d *desk) log(plan clinic.SignedPlan, log clinic.SessionLog) clinic.LoggedSession {
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
	if one.SubStage != "1B" || one.Version != 1 || one.By.Name != castello.Name {
		t.Errorf("logged %+v", one)
	}
	if _, err := d.Draft(d.ctx, d.patient.ID, clinic.SectionSessions); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("the draft is still there: %v", err)
	}
	_, err := d.RecordNextDayPain(d.ctx, one.ID, 2)
	problem(t, err, "pain_24h", "from the day after")
	d.clock.addDays(1)
	two, err := d.RecordNextDayPain(d.front, one.ID, 3)
	if err != nil || two.Replaces != one.ID || two.Log.Pain24h.String() != "3" {
		t.Fatalf("%+v, %v", two, err)
	}
	_, err = d.RecordNextDayPain(d.ctx, two.ID, 2)
	problem(t, err, "pain_24h", "known already")
	fixed := two.Log
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
	if err != nil || len(all) != 3 || all[0].Log.Pain24h != nil || all[1].Log.PainBefore.String() != "2" {
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
		change      func(*clinic.SessionLog)
		field, text string
	}{
		"before the plan":   {func(l *clinic.SessionLog) { l.Date = l.Date.AddDays(-1) }, "date", "The plan was signed on Nov 22, 2026"},
		"in the future":     {func(l *clinic.SessionLog) { l.Date = l.Date.AddDays(1) }, "date", "must not be in the future"},
		"no date":           {func(l *clinic.SessionLog) { l.Date = domain.Date{} }, "date", "Enter the date"},
		"no place":          {func(l *clinic.SessionLog) { l.Place = "" }, "place", "Choose where"},
		"pain 11":           {func(l *clinic.SessionLog) { l.Exercises[0].Pain = dec(11) }, "exercises[0].pain", "Pain must be a whole number from 0 to 10"},
		"pain below 0":      {func(l *clinic.SessionLog) { l.PainBefore = dec(-1) }, "pain_before", "from 0 to 10"},
		"pain of halves":    {func(l *clinic.SessionLog) { x := domain.MustDecimal("2.5"); l.PainAfter = &x }, "pain_after", "whole number"},
		"0 repeats":         {func(l *clinic.SessionLog) { l.Exercises[0].Reps[1] = 0 }, "exercises[0].reps[1]", "Repeats must be from 1 to 50"},
		"101 repeats":       {func(l *clinic.SessionLog) { l.Exercises[0].Reps[2] = 101 }, "exercises[0].reps[2]", "Repeats must be from 1 to 50"},
		"11 sets":           {func(l *clinic.SessionLog) { l.Exercises[0].Reps = slices.Repeat([]int{5}, 11) }, "exercises[0].reps", "at most 10 sets"},
		"effort 11":         {func(l *clinic.SessionLog) { l.Exercises[0].RPE = dec(11) }, "exercises[0].rpe", "from 0 to 10"},
		"more faults":       {func(l *clinic.SessionLog) { l.Exercises[0].Faulty = whole(31) }, "exercises[0].faulty", "from 0 to the repeats done"},
		"no weight":         {func(l *clinic.SessionLog) { l.Exercises[0].Load = &domain.Mass{} }, "exercises[0].load", "Enter the weight"},
		"nothing done":      {func(l *clinic.SessionLog) { l.Exercises[0].Reps, l.Exercises[0].Faulty = nil, nil }, "exercises", "at least one set"},
		"a question open":   {func(l *clinic.SessionLog) { delete(l.Warnings, "injury") }, "warnings.injury", "Not asked never counts as no"},
		"a question U":      {func(l *clinic.SessionLog) { l.Warnings["saddle"] = screen.Unknown }, "warnings.saddle", "Not asked never counts as no"},
		"the leg open":      {func(l *clinic.SessionLog) { l.LegSymptom = "" }, "leg_symptom", "Not asked never counts as no"},
		"another question":  {func(l *clinic.SessionLog) { l.Warnings["other"] = screen.No }, "warnings", "no such question"},
		"the next day, now": {func(l *clinic.SessionLog) { l.Pain24h = dec(2) }, "pain_24h", "from the day after"},
		"a long note":       {func(l *clinic.SessionLog) { l.Note = strings.Repeat("long ", 101) }, "note", "500"},
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
	var logs []clinic.SessionLog
	for _, day := range []int{0, 2, 4, 7, 9, 11} {
		log := d.goodLog(plan)
		log.Place, log.Date, log.Pain24h = program.AtHome, log.Date.AddDays(day-14), dec(2)
		log.Exercises[0].Faulty, log.Exercises[0].RPE = nil, nil // nobody watched
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
	log.Warnings = map[string]screen.Answer{"leg_weakness": screen.Yes} // nothing else needs to be asked then
	log.Exercises, log.LegSymptom, log.PainBefore = nil, "", nil
	d.clock.set(d.clock.Now().Add(3600e9))
	logged := d.log(plan, log)
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
	logged = d2.log(plan2, log)
	again := d2.goodLog(plan2)
	if _, err := d2.CorrectSession(d2.ctx, logged.ID, again, "Meant the other patient"); err != nil {
		t.Fatal(err)
	}
	if _, err := d2.DraftPlan(d2.ctx, d2.patient.ID, "1A"); err != nil {
		t.Errorf("after the correction: %v", err)
	}
}
