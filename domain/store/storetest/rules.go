package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

var rulesSet = clinic.RulesSet{Hash: "ff00", Version: "BB-1.0+clinic.2", Number: 2, BaseHash: "00ff",
	Edits: screen.Edits{"bst_min": "72.5", "fast_track": "off"}, File: []byte("{\"not\": read here}\x00\xff\n")}

func rulesVersion(n int) clinic.RulesVersion {
	return clinic.RulesVersion{Number: n, Edits: screen.Edits{"bst_min": fmt.Sprint(60 + n)},
		Reason: "Longer holds for climbers", Signature: signature()}
}

func testRules(t *testing.T, s clinic.Store) {
	view(t, s, func(tx clinic.Tx) error {
		_, err := tx.Rules().Latest()
		is(t, "no version yet", err, domain.ErrNotFound)
		_, err = tx.Rules().Kept(rulesSet.Hash)
		is(t, "no set yet", err, domain.ErrNotFound)
		all, err := tx.Rules().All()
		if len(all) != 0 {
			t.Fatalf("got %v", all)
		}
		return err
	})
	update(t, s, func(tx clinic.Tx) error { return tx.Rules().Append(rulesVersion(1)) })
	for _, n := range []int{-1, 0, 1, 3} {
		err := s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Rules().Append(rulesVersion(n)) })
		is(t, fmt.Sprintf("version %d after 1", n), err, domain.ErrConflict)
	}
	update(t, s, func(tx clinic.Tx) error { return tx.Rules().Append(rulesVersion(2)) })
	mine := rulesSet
	mine.Edits = screen.Edits{"bst_min": "72.5", "fast_track": "off"}
	mine.File = append([]byte{}, rulesSet.File...)
	update(t, s, func(tx clinic.Tx) error { return tx.Rules().Keep(mine) })
	mine.Edits["bst_min"], mine.File[0] = "1", 'X'
	other := mine
	other.Version, other.File = "another", nil
	update(t, s, func(tx clinic.Tx) error { return tx.Rules().Keep(other) })
	view(t, s, func(tx clinic.Tx) error {
		last, err1 := tx.Rules().Latest()
		same(t, "latest", last, rulesVersion(2))
		all, err2 := tx.Rules().All()
		same(t, "all", all, []clinic.RulesVersion{rulesVersion(1), rulesVersion(2)})
		set, err3 := tx.Rules().Kept(rulesSet.Hash)
		same(t, "the set as it was kept first", set, rulesSet)
		set.Edits["bst_min"], set.File[0] = "2", 'Y'
		set, err4 := tx.Rules().Kept(rulesSet.Hash)
		same(t, "the set after a reader's change", set, rulesSet)
		return errors.Join(err1, err2, err3, err4)
	})
}

func testNewestScreens(t *testing.T, s clinic.Store) {
	for n := 1; n <= 3; n++ {
		p := addPerson(t, s, Person(n, "Alvarez", "Maria", "1986-03-14"))
		for v := 1; v <= n; v++ {
			update(t, s, func(tx clinic.Tx) error { return tx.Screens().Append(aScreen(p.ID, v)) })
		}
	}
	view(t, s, func(tx clinic.Tx) error {
		for limit, want := range map[int][]clinic.SignedScreen{
			0: nil, 2: {aScreen("patient-0003", 3), aScreen("patient-0002", 2)},
			9: {aScreen("patient-0003", 3), aScreen("patient-0002", 2), aScreen("patient-0001", 1)},
		} {
			got, err := tx.Screens().Newest(limit)
			if err != nil {
				return err
			}
			same(t, fmt.Sprintf("the newest %d", limit), got, want)
		}
		return nil
	})
}
