package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
)

func testSettings(t *testing.T, s clinic.Store) {
	ctx := context.Background()
	err := s.View(ctx, func(tx clinic.Tx) error { _, err := tx.Settings().Current(); return err })
	is(t, "no settings yet", err, domain.ErrNotFound)
	in := clinic.Settings{Version: 1, ClinicName: "Example Clinic", Phone: "9545550100",
		Therapists: []domain.Actor{therapist},
		Equipment: equipment.Inventory{
			Kettlebells: []domain.Mass{{Value: domain.MustDecimal("17.5"), Unit: domain.Pound}},
			Plates:      []equipment.Plates{{Mass: domain.Mass{Value: domain.NewDecimal(45), Unit: domain.Pound}, Pairs: 2, Wide: true}},
			Steps:       []domain.Length{{Value: domain.NewDecimal(30), Unit: domain.Centimeter}}},
		LoadUnit: domain.Pound, SavedAt: Now, SavedBy: therapist}
	update(t, s, func(tx clinic.Tx) error { return tx.Settings().Append(in) })
	for _, stale := range []int{0, 1, 3} {
		again := in
		again.Version = stale
		err = s.Update(ctx, func(tx clinic.Tx) error { return tx.Settings().Append(again) })
		is(t, fmt.Sprintf("version %d after 1", stale), err, domain.ErrConflict)
	}
	in.Version, in.ClinicName = 2, "Example Clinic South"
	update(t, s, func(tx clinic.Tx) error { return tx.Settings().Append(in) })
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Settings().Current()
		same(t, "newest settings", got, in)
		return err
	})
}

func testPatients(t *testing.T, s clinic.Store) {
	in := Person(1, "Alvarez", "María", "1986-03-14")
	in.Practice, in.NoPhone, in.Phone = true, true, ""
	added := addPerson(t, s, in)
	in.Number = 1
	same(t, "added", added, in)
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Patients().Get(in.ID)
		same(t, "read", got, in)
		_, missing := tx.Patients().Get("nobody")
		is(t, "nobody", missing, domain.ErrNotFound)
		return err
	})
}

func testPatientVersions(t *testing.T, s clinic.Store) {
	ctx := context.Background()
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	replace := func(version int, first string) error {
		q := p
		q.Version, q.FirstName = version, first
		return s.Update(ctx, func(tx clinic.Tx) error { return tx.Patients().Replace(q) })
	}
	is(t, "the version that is there", replace(1, "Same"), domain.ErrConflict)
	is(t, "a version too far", replace(3, "Far"), domain.ErrConflict)
	if err := replace(2, "Marta"); err != nil {
		t.Fatal(err)
	}
	is(t, "the second of two edits", replace(2, "Marina"), domain.ErrConflict)
	nobody := Person(9, "No", "Body", "1990-01-01")
	err := s.Update(ctx, func(tx clinic.Tx) error { return tx.Patients().Replace(nobody) })
	is(t, "edit nobody", err, domain.ErrNotFound)
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Patients().Get(p.ID)
		p.Version, p.FirstName = 2, "Marta"
		same(t, "after the edits", got, p)
		return err
	})
}

func testNumbers(t *testing.T, s clinic.Store) {
	for n := 1; n <= 5; n++ {
		if p := addPerson(t, s, Person(n, "Example", "Ann", "1990-01-01")); p.Number != n {
			t.Fatalf("patient %d has chart number %d", n, p.Number)
		}
	}
	p := Person(3, "Example", "Ann", "1990-01-01")
	p.Version, p.Number = 2, 77
	update(t, s, func(tx clinic.Tx) error { return tx.Patients().Replace(p) })
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Patients().Get(p.ID)
		if got.Number != 3 {
			t.Fatalf("an edit changed the chart number to %d", got.Number)
		}
		return err
	})
}

func testSameBirthDate(t *testing.T, s clinic.Store) {
	a := addPerson(t, s, Person(1, "Zoe", "Ann", "1986-03-14"))
	addPerson(t, s, Person(2, "Abel", "Ann", "1986-03-15"))
	b := addPerson(t, s, Person(3, "Abel", "Ann", "1986-03-14"))
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Patients().SameBirthDate(a.BirthDate)
		if len(got) != 2 || got[0].ID != a.ID || got[1].ID != b.ID {
			t.Fatalf("got %v", got)
		}
		return err
	})
}

func testIntakes(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	view(t, s, func(tx clinic.Tx) error {
		_, err := tx.Intakes().Latest(p.ID)
		is(t, "no intake", err, domain.ErrNotFound)
		all, err := tx.Intakes().All(p.ID)
		if len(all) != 0 {
			t.Fatalf("got %v", all)
		}
		return err
	})
	one, two := anIntake(p.ID, 1), anIntake(p.ID, 2)
	two.MainProblem, two.Home.Barbell, two.BodyMass = "Better", equipment.Yes, domain.Mass{}
	update(t, s, func(tx clinic.Tx) error { return tx.Intakes().Append(one) })
	update(t, s, func(tx clinic.Tx) error { return tx.Intakes().Append(two) })
	view(t, s, func(tx clinic.Tx) error {
		last, err := tx.Intakes().Latest(p.ID)
		same(t, "latest", last, two)
		all, allErr := tx.Intakes().All(p.ID)
		same(t, "all", all, []intake.Intake{one, two})
		return errors.Join(err, allErr)
	})
}

func testScreens(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	one, two := aScreen(p.ID, 1), aScreen(p.ID, 2)
	two.Explanation.Decision.Outcome = screenStopped
	update(t, s, func(tx clinic.Tx) error {
		return errors.Join(tx.Screens().Append(one), tx.Screens().Append(two))
	})
	view(t, s, func(tx clinic.Tx) error {
		first, err1 := tx.Screens().Get(one.ID)
		same(t, "by id", first, one)
		last, err2 := tx.Screens().Latest(p.ID)
		same(t, "latest", last, two)
		all, err3 := tx.Screens().All(p.ID)
		same(t, "all", all, []clinic.SignedScreen{one, two})
		_, missing := tx.Screens().Get("none")
		is(t, "no such screen", missing, domain.ErrNotFound)
		_, missing = tx.Screens().Latest("nobody")
		is(t, "screen of nobody", missing, domain.ErrNotFound)
		return errors.Join(err1, err2, err3)
	})
}

func testPlans(t *testing.T, s clinic.Store) {
	p, scr, one, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	two := aPlan(scr, 2)
	two.Plan.SubStage = "1B"
	update(t, s, func(tx clinic.Tx) error { return tx.Plans().Append(two) })
	view(t, s, func(tx clinic.Tx) error {
		first, err1 := tx.Plans().Get(one.ID)
		same(t, "by id", first, one)
		last, err2 := tx.Plans().Latest(p.ID)
		same(t, "latest", last, two)
		all, err3 := tx.Plans().All(p.ID)
		same(t, "all", all, []clinic.SignedPlan{one, two})
		_, missing := tx.Plans().Get("none")
		is(t, "no such plan", missing, domain.ErrNotFound)
		return errors.Join(err1, err2, err3)
	})
	q := addPerson(t, s, Person(2, "Other", "Ann", "1990-01-01"))
	stray := aPlan(scr, 1)
	stray.ID, stray.PatientID = "plan-stray", q.ID
	err := s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Plans().Append(stray) })
	is(t, "a plan on another patient's screen", err, domain.ErrNotFound)
}

func testHandouts(t *testing.T, s clinic.Store) {
	p, _, plan, one := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	two := aHandout(plan, 2)
	two.PDF = []byte("%PDF-second")
	update(t, s, func(tx clinic.Tx) error { return tx.Handouts().Append(two) })
	view(t, s, func(tx clinic.Tx) error {
		first, err1 := tx.Handouts().Get(one.ID)
		same(t, "by id, with bytes", first, one)
		last, err2 := tx.Handouts().Latest(p.ID)
		same(t, "latest, with bytes", last, two)
		all, err3 := tx.Handouts().All(p.ID)
		bareOne, bareTwo := one, two
		bareOne.PDF, bareTwo.PDF = nil, nil
		same(t, "all, without bytes", all, []clinic.Handout{bareOne, bareTwo})
		_, missing := tx.Handouts().Get("none")
		is(t, "no such handout", missing, domain.ErrNotFound)
		return errors.Join(err1, err2, err3)
	})
}

func testVersionsInOrder(t *testing.T, s clinic.Store) {
	p, scr, plan, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	appends := map[string]func(clinic.Tx, int) error{
		"intake": func(tx clinic.Tx, v int) error { return tx.Intakes().Append(anIntake(p.ID, v)) },
		"screen": func(tx clinic.Tx, v int) error { return tx.Screens().Append(aScreen(p.ID, v)) },
		"plan":   func(tx clinic.Tx, v int) error { return tx.Plans().Append(aPlan(scr, v)) },
		"handout": func(tx clinic.Tx, v int) error {
			return tx.Handouts().Append(aHandout(plan, v))
		},
		"session": func(tx clinic.Tx, v int) error { return tx.Sessions().Append(aSession(plan, v)) },
		"measure": func(tx clinic.Tx, v int) error { return tx.Measures().Append(aMeasurement(p.ID, v)) },
	}
	for kind, add := range appends {
		for _, v := range []int{-1, 0, 1, 3} {
			err := s.Update(context.Background(), func(tx clinic.Tx) error { return add(tx, v) })
			is(t, fmt.Sprintf("%s version %d after 1", kind, v), err, domain.ErrConflict)
		}
		update(t, s, func(tx clinic.Tx) error { return add(tx, 2) })
	}
}

func testRecordsOfNobody(t *testing.T, s clinic.Store) {
	appends := map[string]func(clinic.Tx) error{
		"intake":  func(tx clinic.Tx) error { return tx.Intakes().Append(anIntake("nobody", 1)) },
		"screen":  func(tx clinic.Tx) error { return tx.Screens().Append(aScreen("nobody", 1)) },
		"plan":    func(tx clinic.Tx) error { return tx.Plans().Append(aPlan(aScreen("nobody", 1), 1)) },
		"handout": func(tx clinic.Tx) error { return tx.Handouts().Append(aHandout(clinic.SignedPlan{}, 1)) },
		"session": func(tx clinic.Tx) error { return tx.Sessions().Append(aSession(clinic.SignedPlan{}, 1)) },
		"measure": func(tx clinic.Tx) error { return tx.Measures().Append(aMeasurement("nobody", 1)) },
		"draft":   func(tx clinic.Tx) error { return tx.Drafts().Put(clinic.Draft{PatientID: "nobody", Section: "plan"}) },
	}
	for kind, add := range appends {
		is(t, kind, s.Update(context.Background(), add), domain.ErrNotFound)
	}
}

func testDrafts(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	d := clinic.Draft{PatientID: p.ID, Section: "screen", Data: []byte(`{"pain":"4"}`), At: Now, By: therapist}
	other := d
	other.Section, other.Data = "intake", []byte("not even JSON \x00\xff")
	update(t, s, func(tx clinic.Tx) error { return errors.Join(tx.Drafts().Put(d), tx.Drafts().Put(other)) })
	d.Data = []byte(`{"pain":"5"}`)
	update(t, s, func(tx clinic.Tx) error { return tx.Drafts().Put(d) })
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Drafts().Get(p.ID, "screen")
		same(t, "replaced", got, d)
		got, err2 := tx.Drafts().Get(p.ID, "intake")
		same(t, "untouched", got, other)
		_, missing := tx.Drafts().Get(p.ID, "plan")
		is(t, "no draft", missing, domain.ErrNotFound)
		return errors.Join(err, err2)
	})
	update(t, s, func(tx clinic.Tx) error { return tx.Drafts().Delete(p.ID, "screen") })
	update(t, s, func(tx clinic.Tx) error { return tx.Drafts().Delete(p.ID, "screen") })
	view(t, s, func(tx clinic.Tx) error {
		_, err := tx.Drafts().Get(p.ID, "screen")
		is(t, "deleted", err, domain.ErrNotFound)
		_, err = tx.Drafts().Get(p.ID, "intake")
		return err
	})
}

func testAudit(t *testing.T, s clinic.Store) {
	for i := 1; i <= 3; i++ {
		update(t, s, func(tx clinic.Tx) error {
			// A number that the caller thinks of counts for nothing.
			e := clinic.AuditEntry{Seq: 99, At: tx.Now(), Actor: "A", Workstation: "desk", Action: "test", Object: fmt.Sprint(i)}
			return errors.Join(tx.Audit().Append(e), tx.Audit().Append(e))
		})
		_ = s.Update(context.Background(), func(tx clinic.Tx) error {
			if err := tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: "undone"}); err != nil {
				t.Error(err)
			}
			return errors.New("undo")
		})
	}
	view(t, s, func(tx clinic.Tx) error {
		all, err := tx.Audit().All()
		if len(all) != 6 {
			t.Fatalf("%d rows, want 6", len(all))
		}
		for i, e := range all {
			want := clinic.AuditEntry{Seq: int64(i + 1), At: Now, Actor: "A", Workstation: "desk", Action: "test", Object: fmt.Sprint(i/2 + 1), Seal: e.Seal}
			same(t, "row", e, want)
		}
		if err != nil {
			return err
		}
		r, err := tx.Audit().Verify(clinic.TrailHead{Seq: 6, Seal: all[5].Seal}, clinic.TrailHead{Seq: 2, Seal: all[1].Seal})
		if r.Rows != 6 || r.Unsealed != 0 || len(r.Faults) > 0 || r.Head.Seq != 6 {
			t.Errorf("a trail as it was written: %+v", r)
		}
		return err
	})
	view(t, s, func(tx clinic.Tx) error {
		r, err := tx.Audit().Verify(clinic.TrailHead{Seq: 7, Seal: []byte("later")}, clinic.TrailHead{Seq: 3, Seal: []byte("other")})
		if len(r.Faults) != 2 || r.Faults[0].Seq != 3 || r.Faults[1].Seq != 6 {
			t.Errorf("a trail that is not the one remembered: %+v", r)
		}
		return err
	})
}
