package storetest

import (
	"context"
	"errors"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

func aSession(from clinic.SignedPlan, version int) clinic.LoggedSession {
	pain, effort, no := domain.NewDecimal(2), domain.MustDecimal("6.5"), false
	load := domain.Mass{Value: domain.MustDecimal("17.5"), Unit: domain.Pound}
	return clinic.LoggedSession{
		ID: domain.SessionID(id("session-"+string(from.PatientID), version)), PatientID: from.PatientID,
		Version: version, PlanID: from.ID,
		Session: course.Session{Date: domain.DateOf(Now), SubStage: "2A", Place: program.AtClinic, PainBefore: &pain,
			RedFlags: map[string]bool{"saddle": false}, NewLegSymptom: &no,
			Exercises: []course.Exercise{{Exercise: "kb_rdl_step", Prescribed: course.Work{Sets: 3, Reps: 10, Load: &load},
				Done: []course.Set{{Reps: 10, Load: &load}, {Reps: 8, Load: &load}}, RPE: &effort}}},
		By: therapist, At: Now,
	}
}

func testSessions(t *testing.T, s clinic.Store) {
	p, _, plan, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	one, two := aSession(plan, 1), aSession(plan, 2) // chartOf has stored the first
	two.Replaces, two.Reason = one.ID, "Pain of the next day"
	late := domain.NewDecimal(3)
	two.Session.Pain24h = &late
	update(t, s, func(tx clinic.Tx) error { return tx.Sessions().Append(two) })
	view(t, s, func(tx clinic.Tx) error {
		first, err1 := tx.Sessions().Get(one.ID)
		same(t, "the version before", first, one)
		all, err2 := tx.Sessions().All(p.ID)
		same(t, "all", all, []clinic.LoggedSession{one, two})
		_, missing := tx.Sessions().Get("none")
		is(t, "no such session", missing, domain.ErrNotFound)
		return errors.Join(err1, err2)
	})
	refuse := func(what string, x clinic.LoggedSession, want error) {
		t.Helper()
		err := s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Sessions().Append(x) })
		is(t, what, err, want)
	}
	again := aSession(plan, 3)
	again.Replaces = one.ID
	refuse("a version that was replaced already", again, domain.ErrConflict)
	again.Replaces = "none"
	refuse("a version that is not there", again, domain.ErrNotFound)
	q := addPerson(t, s, Person(2, "Other", "Ann", "1990-01-01"))
	theirs := aScreen(q.ID, 1)
	other := aPlan(theirs, 1)
	update(t, s, func(tx clinic.Tx) error {
		return errors.Join(tx.Screens().Append(theirs), tx.Plans().Append(other))
	})
	stray := aSession(other, 1)
	stray.Replaces = two.ID
	refuse("the session of another patient", stray, domain.ErrNotFound)
	stray = aSession(plan, 1)
	stray.ID, stray.PatientID = "session-stray", q.ID
	refuse("the plan of another patient", stray, domain.ErrNotFound)
}
