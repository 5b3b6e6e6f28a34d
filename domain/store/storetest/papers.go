package storetest

import (
	"context"
	"errors"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

func aPaper(from clinic.SignedScreen, version int) clinic.Paper {
	return clinic.Paper{ID: domain.PaperID(id("paper-"+string(from.PatientID), version)), PatientID: from.PatientID, Version: version,
		Kind: clinic.PaperReferral, ScreenID: from.ID, Outcome: screen.HoldRefer, Size: "a4", Pages: 1,
		SHA256: "00ff", PDF: []byte("%PDF-1.3\x00\xff letter"), By: therapist, At: Now}
}

func testPapers(t *testing.T, s clinic.Store) {
	p, scr, _, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	q := addPerson(t, s, Person(2, "Other", "Ann", "1990-01-01"))
	add := func(x clinic.Paper) error {
		return s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Papers().Append(x) })
	}
	one, two := aPaper(scr, 1), aPaper(scr, 2)
	two.Kind, two.ScreenID, two.Outcome, two.PDF = clinic.PaperIntake, "", "", []byte("%PDF-form")
	if err := errors.Join(add(one), add(two)); err != nil {
		t.Fatal(err)
	}
	is(t, "the same version again", add(two), domain.ErrConflict)
	is(t, "a version too far", add(aPaper(scr, 4)), domain.ErrConflict)
	twice := aPaper(scr, 3)
	twice.ID = one.ID
	is(t, "an id again", add(twice), domain.ErrConflict)
	lost := aPaper(scr, 3)
	lost.ScreenID = "none"
	is(t, "about no such screen", add(lost), domain.ErrNotFound)
	stray := aPaper(scr, 1)
	stray.ID, stray.PatientID = "paper-stray", q.ID
	is(t, "about another patient's screen", add(stray), domain.ErrNotFound)
	nobody := two
	nobody.ID, nobody.PatientID, nobody.Version = "paper-nobody", "nobody", 1
	is(t, "of nobody", add(nobody), domain.ErrNotFound)
	view(t, s, func(tx clinic.Tx) error {
		first, err1 := tx.Papers().Get(one.ID)
		same(t, "by id, with bytes", first, one)
		all, err2 := tx.Papers().All(p.ID)
		bareOne, bareTwo := one, two
		bareOne.PDF, bareTwo.PDF = nil, nil
		same(t, "all, without bytes", all, []clinic.Paper{bareOne, bareTwo})
		none, err3 := tx.Papers().All(q.ID)
		if len(none) != 0 {
			t.Errorf("somebody else has %d", len(none))
		}
		_, missing := tx.Papers().Get("none")
		is(t, "no such paper", missing, domain.ErrNotFound)
		if tx.Papers().Append(aPaper(scr, 3)) == nil {
			t.Error("a reading transaction wrote")
		}
		return errors.Join(err1, err2, err3)
	})
}
