package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

const screenStopped = screen.HoldRefer

var errUndo = errors.New("undo")

// nothingKept fails unless the store is empty but for the given patients.
func nothingKept(t *testing.T, s clinic.Store, patients int) {
	t.Helper()
	view(t, s, func(tx clinic.Tx) error {
		_, n, err1 := tx.Patients().Find(nil, 10)
		rows, err2 := tx.Audit().All()
		_, err3 := tx.Settings().Current()
		if n != patients || len(rows) != 0 || !errors.Is(err3, domain.ErrNotFound) {
			t.Fatalf("%d patients, %d rows of the trail, settings: %v", n, len(rows), err3)
		}
		_, err4 := tx.Rules().Latest()
		_, err5 := tx.Rules().Kept(rulesSet.Hash)
		if !errors.Is(err4, domain.ErrNotFound) || !errors.Is(err5, domain.ErrNotFound) {
			t.Fatalf("rules: %v, %v", err4, err5)
		}
		return errors.Join(err1, err2)
	})
}

func writeAll(tx clinic.Tx) error {
	p, err := tx.Patients().Add(Person(1, "Undone", "Ann", "1990-01-01"))
	scr := aScreen(p.ID, 1)
	return errors.Join(err,
		tx.Settings().Append(clinic.Settings{Version: 1}),
		tx.Rules().Append(rulesVersion(1)), tx.Rules().Keep(rulesSet),
		tx.Intakes().Append(anIntake(p.ID, 1)),
		tx.Screens().Append(scr),
		tx.Plans().Append(aPlan(scr, 1)),
		tx.Handouts().Append(aHandout(aPlan(scr, 1), 1)),
		tx.Sessions().Append(aSession(aPlan(scr, 1), 1)),
		tx.Measures().Append(aMeasurement(p.ID, 1)),
		tx.Drafts().Put(clinic.Draft{PatientID: p.ID, Section: "plan", Data: []byte("x"), At: Now}),
		tx.Audit().Append(clinic.AuditEntry{At: Now, Action: "test"}))
}

func testRollbackOnError(t *testing.T, s clinic.Store) {
	err := s.Update(context.Background(), func(tx clinic.Tx) error {
		if err := writeAll(tx); err != nil {
			t.Errorf("write: %v", err)
		}
		return errUndo
	})
	is(t, "the caller's own error", err, errUndo)
	nothingKept(t, s, 0)
	addPerson(t, s, Person(1, "Kept", "Ann", "1990-01-01"))
	nothingKept(t, s, 1)
}

func testRollbackOnPanic(t *testing.T, s clinic.Store) {
	func() {
		defer func() {
			if r := recover(); r != "broken rule" {
				t.Errorf("the panic did not reach the caller: %v", r)
			}
		}()
		_ = s.Update(context.Background(), func(tx clinic.Tx) error {
			if err := writeAll(tx); err != nil {
				t.Errorf("write: %v", err)
			}
			panic("broken rule")
		})
	}()
	nothingKept(t, s, 0)
	addPerson(t, s, Person(1, "Kept", "Ann", "1990-01-01"))
	nothingKept(t, s, 1)
}

func testViewCannotWrite(t *testing.T, s clinic.Store) {
	p, scr, plan, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	q := p
	q.Version, q.FirstName = 2, "Changed"
	writes := map[string]func(clinic.Tx) error{
		"settings": func(tx clinic.Tx) error { return tx.Settings().Append(clinic.Settings{Version: 1}) },
		"add": func(tx clinic.Tx) error {
			_, err := tx.Patients().Add(Person(2, "New", "Ann", "1990-01-01"))
			return err
		},
		"replace": func(tx clinic.Tx) error { return tx.Patients().Replace(q) },
		"intake":  func(tx clinic.Tx) error { return tx.Intakes().Append(anIntake(p.ID, 2)) },
		"screen":  func(tx clinic.Tx) error { return tx.Screens().Append(aScreen(p.ID, 2)) },
		"plan":    func(tx clinic.Tx) error { return tx.Plans().Append(aPlan(scr, 2)) },
		"handout": func(tx clinic.Tx) error { return tx.Handouts().Append(aHandout(plan, 2)) },
		"session": func(tx clinic.Tx) error { return tx.Sessions().Append(aSession(plan, 2)) },
		"measure": func(tx clinic.Tx) error { return tx.Measures().Append(aMeasurement(p.ID, 2)) },
		"rules":   func(tx clinic.Tx) error { return tx.Rules().Append(rulesVersion(1)) },
		"set":     func(tx clinic.Tx) error { return tx.Rules().Keep(rulesSet) },
		"draft":   func(tx clinic.Tx) error { return tx.Drafts().Put(clinic.Draft{PatientID: p.ID, Section: "screen"}) },
		"discard": func(tx clinic.Tx) error { return tx.Drafts().Delete(p.ID, "plan") },
		"trail":   func(tx clinic.Tx) error { return tx.Audit().Append(clinic.AuditEntry{Action: "x", At: Now}) },
	}
	for name, write := range writes {
		if err := s.View(context.Background(), write); err == nil {
			t.Errorf("%s: a view wrote", name)
		}
	}
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Patients().Get(p.ID)
		same(t, "unchanged", got, p)
		_, err2 := tx.Drafts().Get(p.ID, "plan")
		return errors.Join(err, err2)
	})
}

func testOneMoment(t *testing.T, s clinic.Store) {
	for _, run := range []func(context.Context, func(clinic.Tx) error) error{s.View, s.Update} {
		err := run(context.Background(), func(tx clinic.Tx) error {
			first := tx.Now()
			if !first.Equal(Now) || first.Location().String() != Now.Location().String() {
				t.Errorf("the moment is %v, want %v", first, Now)
			}
			time.Sleep(2 * time.Millisecond)
			if second := tx.Now(); !second.Equal(first) {
				t.Errorf("the moment moved from %v to %v", first, second)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func testEnded(t *testing.T, s clinic.Store) {
	var kept clinic.Tx
	update(t, s, func(tx clinic.Tx) error { kept = tx; return nil })
	if _, err := kept.Patients().Get("x"); err == nil || errors.Is(err, domain.ErrNotFound) {
		t.Errorf("read after the end: %v", err)
	}
	if _, err := kept.Patients().Add(Person(1, "Late", "Ann", "1990-01-01")); err == nil {
		t.Error("wrote after the end")
	}
	nothingKept(t, s, 0)
}

func testKeptApart(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	scr, want := aScreen(p.ID, 1), aScreen(p.ID, 1)
	pdf := []byte("%PDF-kept")
	plan := aPlan(scr, 1)
	h := aHandout(plan, 1)
	h.PDF = pdf
	update(t, s, func(tx clinic.Tx) error {
		return errors.Join(tx.Screens().Append(scr), tx.Plans().Append(plan), tx.Handouts().Append(h))
	})
	scr.Answers.RedFlags["CES1"] = screen.Yes
	*scr.Answers.Patient.AgeYears = 99
	pdf[0] = 'X'
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Screens().Get(scr.ID)
		same(t, "the screen as it was signed", got, want)
		got.Answers.RedFlags["CES1"] = screen.Yes
		again, err2 := tx.Screens().Get(scr.ID)
		same(t, "the screen after a reader's change", again, want)
		file, err3 := tx.Handouts().Get(h.ID)
		same(t, "the bytes as they were given out", string(file.PDF), "%PDF-kept")
		return errors.Join(err, err2, err3)
	})
}

func testRace(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	const writers = 16
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			q := p
			q.Version, q.FirstName = 2, fmt.Sprintf("Writer %d", i)
			errs[i] = s.Update(context.Background(), func(tx clinic.Tx) error {
				if err := tx.Patients().Replace(q); err != nil {
					return err
				}
				return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: "test", PatientID: q.ID})
			})
		}()
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, domain.ErrConflict):
			t.Errorf("a loser was told %v", err)
		}
	}
	view(t, s, func(tx clinic.Tx) error {
		rows, err := tx.Audit().All()
		if won != 1 || len(rows) != 1 {
			t.Errorf("%d of %d edits won, %d rows in the trail", won, writers, len(rows))
		}
		return err
	})
}

func testReadersSeeWhole(t *testing.T, s clinic.Store) {
	const rounds = 30
	done := make(chan error, 1)
	go func() {
		var err error
		for i := 1; i <= rounds && err == nil; i++ {
			err = s.Update(context.Background(), func(tx clinic.Tx) error {
				p, err := tx.Patients().Add(Person(i, "Example", "Ann", "1990-01-01"))
				if err != nil {
					return err
				}
				return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: "add", PatientID: p.ID})
			})
		}
		done <- err
	}()
	for reading := true; reading; {
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			reading = false
		default:
		}
		view(t, s, func(tx clinic.Tx) error {
			_, n, err := tx.Patients().Find(nil, 1)
			rows, err2 := tx.Audit().All()
			if n != len(rows) {
				t.Errorf("a reader saw %d patients and %d rows", n, len(rows))
			}
			return errors.Join(err, err2)
		})
	}
}

func testUnicode(t *testing.T, s clinic.Store) {
	for i, name := range []string{
		"Nguyễn Thị", "Ольга", "محمد", "Ελένη", "김", "李小龙", "Ǻsa", "a\u0301 decomposed", "😀", "\u200d", "\u00a0",
		`quote " ' \ slash`, "tab\tnew\nline", "\x01",
	} {
		p := addPerson(t, s, Person(i+1, name, name, "1990-01-01"))
		in := anIntake(p.ID, 1)
		in.MainProblem = name
		update(t, s, func(tx clinic.Tx) error { return tx.Intakes().Append(in) })
		view(t, s, func(tx clinic.Tx) error {
			got, err := tx.Patients().Get(p.ID)
			same(t, "name", got.LastName, name)
			back, err2 := tx.Intakes().Latest(p.ID)
			same(t, "text", back.MainProblem, name)
			return errors.Join(err, err2)
		})
	}
}

func testHuge(t *testing.T, s clinic.Store) {
	p, _, plan, _ := chartOf(t, s, Person(1, strings.Repeat("Long", 50), "Ann", "1990-01-01"))
	in := anIntake(p.ID, 2)
	in.MainProblem = strings.Repeat("Schmerz ü ", 100_000)
	h := aHandout(plan, 2)
	h.PDF = []byte(strings.Repeat("%PDF\x00", 1_000_000))
	update(t, s, func(tx clinic.Tx) error {
		return errors.Join(tx.Intakes().Append(in), tx.Handouts().Append(h))
	})
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Intakes().Latest(p.ID)
		if got.MainProblem != in.MainProblem {
			t.Error("the text came back changed")
		}
		back, err2 := tx.Handouts().Latest(p.ID)
		if string(back.PDF) != string(h.PDF) {
			t.Error("the bytes came back changed")
		}
		return errors.Join(err, err2)
	})
}

func testCancelled(t *testing.T, s clinic.Store) {
	ctx, cancel := context.WithCancel(context.Background())
	err := s.Update(ctx, func(tx clinic.Tx) error {
		cancel()
		_, err := tx.Patients().Add(Person(1, "Begun", "Ann", "1990-01-01"))
		return err
	})
	if err != nil {
		t.Fatalf("a save that has begun was not finished: %v", err)
	}
	is(t, "update after cancel", s.Update(ctx, func(clinic.Tx) error { return nil }), context.Canceled)
	is(t, "view after cancel", s.View(ctx, func(clinic.Tx) error { return nil }), context.Canceled)
	nothingKept(t, s, 1)
}

func testReadOwnWrites(t *testing.T, s clinic.Store) {
	update(t, s, func(tx clinic.Tx) error {
		p, err := tx.Patients().Add(Person(1, "Alvarez", "Maria", "1986-03-14"))
		if err != nil {
			return err
		}
		got, err := tx.Patients().Get(p.ID)
		same(t, "own patient", got, p)
		_, n, err2 := tx.Patients().Find([]string{"alv"}, 5)
		if n != 1 {
			t.Errorf("own patient found %d times", n)
		}
		if err := tx.Screens().Append(aScreen(p.ID, 1)); err != nil {
			return err
		}
		last, err3 := tx.Screens().Latest(p.ID)
		same(t, "own screen", last, aScreen(p.ID, 1))
		return errors.Join(err, err2, err3)
	})
}

func testDuplicateIDs(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	q := addPerson(t, s, Person(2, "Other", "Ann", "1990-01-01"))
	err := s.Update(context.Background(), func(tx clinic.Tx) error {
		_, err := tx.Patients().Add(Person(1, "Thief", "Ann", "1990-01-01"))
		return err
	})
	is(t, "the id of another patient", err, domain.ErrConflict)
	scr := aScreen(p.ID, 1)
	update(t, s, func(tx clinic.Tx) error { return tx.Screens().Append(scr) })
	scr.PatientID = q.ID
	err = s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Screens().Append(scr) })
	is(t, "the id of another screen", err, domain.ErrConflict)
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Patients().Get(p.ID)
		same(t, "the first owner", got, p)
		return err
	})
}

func testExactNumbers(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	for i, value := range []string{"0.1", "17.5", "44.092452", "165.555555", "999999999999"} {
		in := anIntake(p.ID, i+1)
		in.BodyMass.Value = domain.MustDecimal(value)
		update(t, s, func(tx clinic.Tx) error { return tx.Intakes().Append(in) })
		view(t, s, func(tx clinic.Tx) error {
			got, err := tx.Intakes().Latest(p.ID)
			if got.BodyMass.Value.String() != value {
				t.Errorf("%s came back as %s", value, got.BodyMass.Value)
			}
			return err
		})
	}
}

func testReopen(t *testing.T, h Harness) {
	s := h.Open(t, domain.FixedClock(Now))
	p, scr, plan, sheet := chartOf(t, s, Person(1, "Nguyễn", "Thị", "1959-12-09"))
	settings := clinic.Settings{Version: 1, ClinicName: "Example Clinic", SavedAt: Now}
	update(t, s, func(tx clinic.Tx) error {
		return errors.Join(tx.Settings().Append(settings), tx.Rules().Append(rulesVersion(1)), tx.Rules().Keep(rulesSet))
	})
	for range 2 {
		s = h.Reopen(t, s, domain.FixedClock(Now.Add(24*time.Hour)))
		view(t, s, func(tx clinic.Tx) error {
			gotP, err1 := tx.Patients().Get(p.ID)
			same(t, "patient", gotP, p)
			in, err2 := tx.Intakes().Latest(p.ID)
			same(t, "intake", in, anIntake(p.ID, 1))
			gotS, err3 := tx.Screens().Latest(p.ID)
			same(t, "screen", gotS, scr)
			gotPlan, err4 := tx.Plans().Latest(p.ID)
			same(t, "plan", gotPlan, plan)
			gotH, err5 := tx.Handouts().Latest(p.ID)
			same(t, "handout", gotH, sheet)
			logged, err10 := tx.Sessions().All(p.ID)
			same(t, "sessions", logged, []clinic.LoggedSession{aSession(plan, 1)})
			taken, err11 := tx.Measures().All(p.ID)
			same(t, "measures", taken, []clinic.Measurement{aMeasurement(p.ID, 1)})
			d, err6 := tx.Drafts().Get(p.ID, "plan")
			same(t, "draft", string(d.Data), `{"a":1}`)
			set, err7 := tx.Settings().Current()
			same(t, "settings", set, settings)
			version, err12 := tx.Rules().Latest()
			same(t, "rules", version, rulesVersion(1))
			set2, err13 := tx.Rules().Kept(rulesSet.Hash)
			same(t, "rules set", set2, rulesSet)
			rows, err8 := tx.Audit().All()
			if len(rows) != 1 {
				t.Errorf("%d rows in the trail", len(rows))
			}
			found, n, err9 := tx.Patients().Find(patient.Tokens("nguyen"), 5)
			if n != 1 || len(found) != 1 {
				t.Errorf("found %d", n)
			}
			return errors.Join(err1, err2, err3, err4, err5, err6, err7, err8, err9, err10, err11, err12, err13)
		})
	}
	again := addPerson(t, s, Person(2, "Next", "Ann", "1990-01-01"))
	if again.Number != 2 {
		t.Errorf("the next chart number is %d", again.Number)
	}
}
