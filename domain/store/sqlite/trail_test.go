package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

// changeTrail opens the file as somebody does who knows its key, takes the
// guards away, and runs the statement.
func changeTrail(t *testing.T, path, statement string) {
	t.Helper()
	s, err := open(context.Background(), path, testKey, fixed, migrationFilesOfThisProgram())
	if err != nil {
		t.Fatal(err)
	}
	for _, guard := range []string{"audit_never_changes", "audit_never_leaves", "audit_in_order"} {
		if _, err := s.writer.Exec("drop trigger " + guard); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.writer.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func addRows(t *testing.T, s clinic.Store, n int) {
	t.Helper()
	for range n {
		err := s.Update(context.Background(), func(tx clinic.Tx) error {
			return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Actor: "A. Example", Workstation: "desk", Action: "test"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever has the key of the records can write the file. The trail tells.
func TestTrailChangedWithTheKeyIsNoticed(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		refused   bool // already at opening, because the newest row is gone
	}{
		"edit":             {"update audit set actor = 'B. Example' where seq = 4", false},
		"edit the time":    {"update audit set at = at + 1 where seq = 4", false},
		"delete":           {"delete from audit where seq = 4", false},
		"delete and close": {"delete from audit where seq = 4; update audit set seq = seq - 1 where seq > 4", true},
		"reorder":          {"update audit set seq = 99 where seq = 4; update audit set seq = 4 where seq = 5; update audit set seq = 5 where seq = 99", false},
		"insert":           {"update audit set seq = seq + 1000 where seq > 4; update audit set seq = seq - 999 where seq > 1000; insert into audit select 5, at, actor, workstation, 'forged', patient_id, object, seal from audit where seq = 4", true},
		"cut the end":      {"delete from audit where seq > 7", true},
		"empty":            {"delete from audit", true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "clinic.db")
			s := openAt(t, path, fixed)
			addRows(t, s, 10)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			changeTrail(t, path, c.statement)
			s, err := Open(context.Background(), path, testKey, fixed)
			if c.refused {
				if !isKind(err, domain.ErrOlder) {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			err = s.View(context.Background(), func(tx clinic.Tx) error {
				r, err := tx.Audit().Verify()
				if len(r.Faults) == 0 {
					t.Error("not noticed")
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// An older copy in place of the newer file is refused; the newer one, put back,
// opens.
func TestOlderFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	read := func() []byte {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	s := openAt(t, path, fixed)
	addRows(t, s, 3)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	older := read()
	s = openAt(t, path, fixed)
	addRows(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	newer := read()
	for _, b := range [][]byte{older, newer, nil} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(context.Background(), path, testKey, fixed)
		if string(b) == string(newer) {
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		} else if !isKind(err, domain.ErrOlder) {
			t.Fatalf("%d bytes: got %v", len(b), err)
		}
	}
}

// A log with a flipped bit loses what came after it, which SQLite calls no
// fault; the remembered row does.
func TestFlippedBitInTheLogIsNoticed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "clinic.db")
	s := openAt(t, path, fixed)
	addRows(t, s, 10)
	files := map[string][]byte{}
	for _, suffix := range []string{"", "-wal", ".head"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		files[suffix] = b
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	noticed, silent := 0, 0
	for i := range 60 {
		copied := filepath.Join(t.TempDir(), "clinic.db")
		for suffix, b := range files {
			b = append([]byte(nil), b...)
			if suffix == "-wal" {
				at := (i*7919 + 13) % (len(b) * 8)
				b[at/8] ^= 1 << (at % 8)
			}
			if err := os.WriteFile(copied+suffix, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(context.Background(), copied, testKey, fixed)
		if err != nil {
			noticed++
			continue
		}
		err = s.View(context.Background(), func(tx clinic.Tx) error {
			all, err := tx.Audit().All()
			if len(all) != 10 {
				silent++
			}
			return err
		})
		if err != nil {
			noticed++
		}
		_ = s.Close()
	}
	if silent > 0 || noticed == 0 {
		t.Fatalf("%d noticed, %d rows lost in silence", noticed, silent)
	}
}

func TestTornHeadRemembersNothing(t *testing.T) {
	h := clinic.TrailHead{Seq: 7, Seal: make([]byte, headSeal)}
	b := encodeHead(h)
	if got := decodeHead(b); got.Seq != 7 {
		t.Fatalf("%+v", got)
	}
	for i := range b {
		torn := append([]byte(nil), b...)
		torn[i] ^= 0x10
		if got := decodeHead(torn); got.Seq != 0 {
			t.Errorf("byte %d: %+v", i, got)
		}
	}
	for _, n := range []int{0, 1, headLen - 1, headLen + 1} {
		if got := decodeHead(make([]byte, n)); got.Seq != 0 {
			t.Errorf("%d bytes: %+v", n, got)
		}
	}
}
