package clinic_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

func sealer(t *testing.T, key byte) clinic.TrailSealer {
	t.Helper()
	return clinic.NewTrailSealer(bytes.Repeat([]byte{key}, 32))
}

// trail returns n rows with their seals.
func trail(s clinic.TrailSealer, n int) []clinic.AuditEntry {
	var rows []clinic.AuditEntry
	var previous []byte
	for i := range n {
		e := clinic.AuditEntry{
			Seq: int64(i + 1), At: time.Unix(int64(1000+i), 0), Actor: "A. Example", Workstation: "desk",
			Action: "screen.sign", PatientID: domain.PatientID(fmt.Sprint("p", i%3)), Object: fmt.Sprint("o", i),
		}
		e.Seal = s.Seal(e, previous)
		previous = e.Seal
		rows = append(rows, e)
	}
	return rows
}

func each(rows []clinic.AuditEntry) iter.Seq2[clinic.AuditEntry, error] {
	return func(yield func(clinic.AuditEntry, error) bool) {
		for _, e := range rows {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// reseal gives all rows new seals, as somebody can who knows the key.
func reseal(s clinic.TrailSealer, rows []clinic.AuditEntry) {
	var previous []byte
	for i := range rows {
		rows[i].Seal = s.Seal(rows[i], previous)
		previous = rows[i].Seal
	}
}

func TestTrailNoticesEveryChange(t *testing.T) {
	s := sealer(t, 1)
	whole := trail(s, 12)
	head := clinic.TrailHead{Seq: 12, Seal: whole[11].Seal}
	for name, c := range map[string]struct {
		spoil func([]clinic.AuditEntry) []clinic.AuditEntry
		at    int64
	}{
		"nothing":          {func(r []clinic.AuditEntry) []clinic.AuditEntry { return r }, 0},
		"another actor":    {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].Actor = "B. Example"; return r }, 5},
		"another action":   {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].Action = "screen.open"; return r }, 5},
		"another patient":  {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].PatientID = "p9"; return r }, 5},
		"another object":   {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].Object = ""; return r }, 5},
		"another computer": {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].Workstation = "room"; return r }, 5},
		"another time":     {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].At = r[4].At.Add(time.Microsecond); return r }, 5},
		"a letter moved on": {func(r []clinic.AuditEntry) []clinic.AuditEntry {
			r[4].Actor, r[4].Workstation = "A. Exampled", "esk"
			return r
		}, 5},
		"a row removed": {func(r []clinic.AuditEntry) []clinic.AuditEntry { return slices.Delete(r, 4, 5) }, 6},
		"removed, numbers closed up": {func(r []clinic.AuditEntry) []clinic.AuditEntry {
			r = slices.Delete(r, 4, 5)
			for i := range r {
				r[i].Seq = int64(i + 1)
			}
			return r
		}, 5},
		"the first removed": {func(r []clinic.AuditEntry) []clinic.AuditEntry { return r[1:] }, 2},
		"two exchanged":     {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4], r[5] = r[5], r[4]; return r }, 6},
		"exchanged, renumbered": {func(r []clinic.AuditEntry) []clinic.AuditEntry {
			r[4], r[5] = r[5], r[4]
			r[4].Seq, r[5].Seq = 5, 6
			return r
		}, 5},
		"one inserted":      {func(r []clinic.AuditEntry) []clinic.AuditEntry { return slices.Insert(r, 4, r[3]) }, 4},
		"the end cut off":   {func(r []clinic.AuditEntry) []clinic.AuditEntry { return r[:9] }, 9},
		"all gone":          {func(r []clinic.AuditEntry) []clinic.AuditEntry { return nil }, 0},
		"a seal taken away": {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].Seal = nil; return r }, 5},
		"first seal away":   {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[0].Seal = nil; return r }, 2},
		"all seals away": {func(r []clinic.AuditEntry) []clinic.AuditEntry {
			for i := range r {
				r[i].Seal = nil
			}
			return r
		}, 12},
		"written anew with the key": {func(r []clinic.AuditEntry) []clinic.AuditEntry { r[4].Actor = "B. Example"; reseal(s, r); return r }, 12},
		"cut and lengthened with the key": {func(r []clinic.AuditEntry) []clinic.AuditEntry {
			r = append(r[:9], clinic.AuditEntry{Seq: 10}, clinic.AuditEntry{Seq: 11}, clinic.AuditEntry{Seq: 12})
			reseal(s, r)
			return r
		}, 12},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := clinic.VerifyTrail(each(c.spoil(slices.Clone(whole))), s, head)
			if err != nil {
				t.Fatal(err)
			}
			if name == "nothing" {
				if len(r.Faults) > 0 || r.Rows != 12 || r.Unsealed != 0 || r.Head.Seq != 12 {
					t.Fatalf("a whole trail: %+v", r)
				}
				return
			}
			if len(r.Faults) == 0 || r.Faults[0].Seq != c.at {
				t.Fatalf("want a fault at %d, got %+v", c.at, r.Faults)
			}
		})
	}
}

func TestTrailOfAnotherKeyIsAllWrong(t *testing.T) {
	rows := trail(sealer(t, 1), 30)
	r, err := clinic.VerifyTrail(each(rows), sealer(t, 2))
	if err != nil || len(r.Faults) != 20 {
		t.Fatalf("%d faults, %v", len(r.Faults), err)
	}
}

// Rows from before sealing are counted, and only at the beginning.
func TestTrailCountsRowsFromBeforeSealing(t *testing.T) {
	s := sealer(t, 1)
	rows := trail(s, 6)
	rows[0].Seal, rows[1].Seal = nil, nil
	var previous []byte
	for i := 2; i < len(rows); i++ {
		rows[i].Seal = s.Seal(rows[i], previous)
		previous = rows[i].Seal
	}
	r, err := clinic.VerifyTrail(each(rows), s)
	if err != nil || len(r.Faults) != 0 || r.Unsealed != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
}

func TestTrailThatCannotBeReadIsNoTrail(t *testing.T) {
	broken := errors.New("broken")
	_, err := clinic.VerifyTrail(func(yield func(clinic.AuditEntry, error) bool) { yield(clinic.AuditEntry{}, broken) }, sealer(t, 1))
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
}

func TestTrailFaultsSpeakOfNoContent(t *testing.T) {
	s := sealer(t, 1)
	rows := trail(s, 3)
	rows[1].Object = "Muñoz"
	r, err := clinic.VerifyTrail(each(rows), s)
	if err != nil || len(r.Faults) == 0 || strings.Contains(r.Faults[0].Text, "Muñoz") {
		t.Fatalf("%+v, %v", r.Faults, err)
	}
}
