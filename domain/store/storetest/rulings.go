package storetest

import (
	"context"
	"errors"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

func aRuling(from clinic.SignedScreen, version int) clinic.Ruling {
	day := domain.DateOf(Now)
	return clinic.Ruling{ID: domain.RulingID(id("ruling-"+string(from.PatientID), version)), PatientID: from.PatientID,
		Version: version, ScreenID: from.ID, By: therapist, At: Now,
		Override: &screen.Override{Names: []string{"PAIN-1"}, By: therapist, Reason: "Clean hinge, 15 repeats", Signed: day, Until: day.AddDays(14)}}
}

func testRulings(t *testing.T, s clinic.Store) {
	p, scr, _, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	add := func(r clinic.Ruling) error {
		return s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Rulings().Append(r) })
	}
	one, two := aRuling(scr, 1), aRuling(scr, 2)
	two.ScreenID, two.Override = "", nil
	two.Practitioner = &clinic.Practitioner{Event: clinic.PractitionerSigned, On: domain.DateOf(Now), Name: "Dr. A. Example"}
	if err := errors.Join(add(one), add(two)); err != nil {
		t.Fatal(err)
	}
	is(t, "the same version again", add(two), domain.ErrConflict)
	far := aRuling(scr, 4)
	is(t, "a version too far", add(far), domain.ErrConflict)
	twice := aRuling(scr, 3)
	twice.ID = one.ID
	is(t, "an id again", add(twice), domain.ErrConflict)
	lost := aRuling(scr, 3)
	lost.ScreenID = "none"
	is(t, "about no such screen", add(lost), domain.ErrNotFound)
	q := addPerson(t, s, Person(2, "Other", "Ann", "1990-01-01"))
	stray := aRuling(scr, 1)
	stray.ID, stray.PatientID = "ruling-stray", q.ID
	is(t, "about another patient's screen", add(stray), domain.ErrNotFound)
	nobody := aRuling(scr, 1)
	nobody.ID, nobody.PatientID, nobody.ScreenID = "ruling-nobody", "nobody", ""
	is(t, "of nobody", add(nobody), domain.ErrNotFound)
	view(t, s, func(tx clinic.Tx) error {
		all, err := tx.Rulings().All(p.ID)
		same(t, "all", all, []clinic.Ruling{one, two})
		none, noneErr := tx.Rulings().All(q.ID)
		if len(none) != 0 {
			t.Errorf("somebody else has %d", len(none))
		}
		if add := tx.Rulings().Append(aRuling(scr, 3)); add == nil {
			t.Error("a reading transaction wrote")
		}
		return errors.Join(err, noneErr)
	})
}
