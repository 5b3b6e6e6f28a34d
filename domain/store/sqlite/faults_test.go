package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/storetest"
)

func isKind(err, kind error) bool { return errors.Is(err, kind) }

func contains(s, part string) bool { return strings.Contains(s, part) }

// addMany saves n patients from number first on.
func addMany(t *testing.T, s clinic.Store, first, n int) {
	t.Helper()
	err := s.Update(context.Background(), func(tx clinic.Tx) error {
		for i := range n {
			if _, err := tx.Patients().Add(storetest.Person(first+i, "Example", "Ann", "1990-01-01")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goodFile returns the bytes of a file with some records, closed.
func goodFile(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clinic.db")
	s := openAt(t, path, fixed)
	addMany(t, s, 1, 200)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Fatal("after closing, the one file is not complete")
	}
	return b
}

func TestDamagedOrForeignFileIsRefusedAndKept(t *testing.T) {
	good := goodFile(t)
	random := make([]byte, 8192)
	for i := range random {
		random[i] = byte(rand.IntN(256))
	}
	scribbled := bytes.Clone(good)
	for page := 0; page*4096 < len(scribbled); page += 2 {
		copy(scribbled[page*4096:], bytes.Repeat([]byte{0xA5}, 64))
	}
	// No page that the key opens: it may be another key's file or none of ours.
	kind := map[string]error{"cut in the head": domain.ErrOtherKey, "random bytes": domain.ErrOtherKey,
		"a text file": domain.ErrOtherKey, "one byte": domain.ErrOtherKey, "a Windows directory": domain.ErrOtherKey}
	for name, content := range map[string][]byte{
		"cut to half":         good[:len(good)/2],
		"cut by one page":     good[:len(good)-4096],
		"cut by one byte":     good[:len(good)-1],
		"cut to one page":     good[:4096],
		"cut in the head":     good[:60],
		"random bytes":        random,
		"a text file":         []byte(strings.Repeat("These are not the records.\n", 100)),
		"one byte":            {'S'},
		"pages scribbled on":  scribbled,
		"a Windows directory": append([]byte("MZ"), random...),
	} {
		if kind[name] == nil {
			kind[name] = domain.ErrDamaged
		}
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "clinic.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, kind[name]) {
				t.Fatalf("got %v", err)
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(after, content) {
				t.Error("the refused file was changed")
			}
			// A backup put in its place opens: the refusal left no lock and
			// nothing beside the file that spoils it.
			if err := os.WriteFile(path, good, 0o600); err != nil {
				t.Fatal(err)
			}
			s := openAt(t, path, fixed)
			verifyCount(t, s, 200)
		})
	}
	t.Run("a folder", func(t *testing.T) {
		if _, err := Open(context.Background(), t.TempDir(), testKey, fixed); !isKind(err, domain.ErrDamaged) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a journal whose file is gone", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "clinic.db")
		if err := os.WriteFile(path+"-wal", random, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrDamaged) {
			t.Fatalf("got %v", err)
		}
		if b, err := os.ReadFile(path + "-wal"); err != nil || !bytes.Equal(b, random) {
			t.Errorf("the journal was changed: %v", err)
		}
	})
	t.Run("another SQLite file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "photos.db")
		db := pool(path, "", locking, 1)
		if _, err := db.Exec("create table photos(name text)"); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrDamaged) {
			t.Fatalf("got %v", err)
		}
	})
}

func verifyCount(t *testing.T, s clinic.Store, want int) {
	t.Helper()
	err := s.View(context.Background(), func(tx clinic.Tx) error {
		_, n, err := tx.Patients().Find(nil, 1)
		if n != want {
			t.Errorf("%d patients, want %d", n, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Random damage is refused, or found as damage when its page is read; nobody is
// shown other people than were saved.
func TestRandomDamageIsNoticed(t *testing.T) {
	good := goodFile(t)
	path := filepath.Join(t.TempDir(), "clinic.db")
	refused := 0
	for range 60 {
		bad := bytes.Clone(good)
		for range 1 + rand.IntN(200) {
			bad[rand.IntN(len(bad))] = byte(rand.IntN(256))
		}
		for _, suffix := range []string{"-wal", "-shm"} {
			if err := os.Remove(path + suffix); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(context.Background(), path, testKey, fixed)
		if err != nil {
			if !isKind(err, domain.ErrDamaged) && !isKind(err, domain.ErrOtherKey) {
				t.Errorf("refused without a kind: %v", err)
			}
			refused++
			continue
		}
		err = s.View(context.Background(), func(tx clinic.Tx) error {
			found, _, err := tx.Patients().Find([]string{"example"}, 200)
			if err == nil && len(found) != 200 {
				t.Errorf("%d people found", len(found))
			}
			return err
		})
		if err != nil && !isKind(err, domain.ErrDamaged) {
			t.Errorf("found without a kind: %v", err)
		}
		_ = s.Close() // a damaged file may fail to close; it must only not end the program
	}
	if refused == 0 {
		t.Error("no damaged file was refused")
	}
}

func TestNewerFileIsRefusedAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	s := openAt(t, path, fixed)
	known, err := migrationFilesOfThisProgram().list()
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.writer.Exec("insert into migrations(number, name, applied_at) values (?, 'from_the_future.sql', 0)", len(known)+1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrNewer) {
		t.Fatalf("got %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the refused file was changed: %v", err)
	}
}

// full fills the store until it refuses, and fails unless everything that was
// acknowledged is still there, nothing is half done, and the same store works
// again after room was made.
func full(t *testing.T, s *Store, makeRoom func()) {
	t.Helper()
	saved := 0
	var refusal error
	for n := 1; n <= 100_000 && refusal == nil; n++ {
		refusal = s.Update(context.Background(), func(tx clinic.Tx) error {
			p, err := tx.Patients().Add(storetest.Person(n, strings.Repeat("Example", 20), "Ann", "1990-01-01"))
			if err != nil {
				return err
			}
			d := clinic.Draft{PatientID: p.ID, Section: "plan", Data: bytes.Repeat([]byte("x"), 20_000), At: tx.Now()}
			if err := tx.Drafts().Put(d); err != nil {
				return err
			}
			return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: "test", PatientID: p.ID})
		})
		if refusal == nil {
			saved = n
		}
	}
	if !isKind(refusal, domain.ErrStorageFull) {
		t.Fatalf("after %d saves: got %v, want %v", saved, refusal, domain.ErrStorageFull)
	}
	if saved == 0 {
		t.Fatal("nothing was saved before the disk was full")
	}
	verify(t, s, saved)
	verifyCount(t, s, saved)
	makeRoom()
	addMany(t, s, saved+1, 1)
	verifyCount(t, s, saved+1)
}

func TestFileAtItsLimit(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "clinic.db"), fixed)
	limit := func(pages int) {
		if _, err := s.writer.Exec(fmt.Sprintf("pragma max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(300)
	full(t, s, func() { limit(100_000) })
}

// mount makes a small file system of its own for a test, which needs root.
func mount(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if os.Geteuid() != 0 {
		t.Skip("needs root to mount a small disk")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "backtobar-test", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount here: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %s", out)
		}
	})
	return dir
}

func TestDiskFull(t *testing.T) {
	dir := mount(t, "size=6m")
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, filepath.Join(dir, "clinic.db"), fixed)
	full(t, s, func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestDiskFullBeforeTheFirstStart(t *testing.T) {
	dir := mount(t, "size=64k")
	f, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), filepath.Join(dir, "clinic.db"), testKey, fixed); !isKind(err, domain.ErrStorageFull) {
		t.Fatalf("got %v", err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	dir := mount(t, "size=8m")
	path := filepath.Join(dir, "clinic.db")
	s := openAt(t, path, fixed)
	addMany(t, s, 1, 3)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	remount := func(mode string) {
		if out, err := exec.Command("mount", "-o", "remount,"+mode, dir).CombinedOutput(); err != nil {
			t.Fatalf("remount: %s", out)
		}
	}
	remount("ro")
	if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrReadOnly) {
		t.Errorf("records on a read-only disk: %v", err)
	}
	if _, err := Open(context.Background(), filepath.Join(dir, "new", "clinic.db"), testKey, fixed); !isKind(err, domain.ErrReadOnly) {
		t.Errorf("new records on a read-only disk: %v", err)
	}
	remount("rw")
	verifyCount(t, openAt(t, path, fixed), 3)
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("permissions do not bind root; TestReadOnlyDisk covers root")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "clinic.db")
	s := openAt(t, path, fixed)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}

func TestParentIsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), filepath.Join(file, "clinic.db"), testKey, fixed); !isKind(err, domain.ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}

// Even raw SQL cannot change what was signed.
func TestGuards(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "clinic.db"), fixed)
	addMany(t, s, 1, 2)
	for _, q := range []string{
		`insert into settings(version, body) values (1, '{}')`,
		`insert into intakes(id, patient_id, version, body) values ('i', 'patient-0001', 1, '{}')`,
		`insert into screens(id, patient_id, version, body) values ('s', 'patient-0001', 1, '{}')`,
		`insert into plans(id, patient_id, version, screen_id, body) values ('p', 'patient-0001', 1, 's', '{}')`,
		`insert into rulings(id, patient_id, version, screen_id, body) values ('r', 'patient-0001', 1, 's', '{}')`,
		`insert into handouts(id, patient_id, version, plan_id, body, pdf) values ('h', 'patient-0001', 1, 'p', '{}', x'00')`,
		`insert into papers values ('d', 'patient-0001', 1, 's', '{}', x'00')`,
		`insert into sessions(id, patient_id, version, plan_id, body) values ('n1', 'patient-0001', 1, 'p', '{}')`,
		`insert into sessions values ('n2', 'patient-0001', 2, 'p', 'n1', '{}')`,
		`insert into measures values ('m', 'patient-0001', 1, null, 's', '{}')`,
		`insert into measures values ('m2', 'patient-0001', 2, 'm', null, '{}')`,
		`insert into audit values (1, 0, 'a', 'w', 'test', '', '', x'')`,
		`insert into rules_versions values (1, '{}')`, `insert into rules_sets values ('a', '{}', x'00')`,
	} {
		if _, err := s.writer.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	for _, q := range []string{
		`update settings set body = '[]'`, `delete from settings`, `insert or replace into settings values (1, '[]')`,
		`insert into settings values (3, '{}')`,
		`update intakes set body = '[]'`, `delete from intakes`,
		`insert or replace into intakes values ('i', 'patient-0001', 1, '[]')`,
		`insert or replace into intakes values ('i', 'patient-0002', 1, '[]')`,
		`update screens set body = '[]'`, `delete from screens`,
		`insert or replace into screens values ('s', 'patient-0001', 2, '[]')`,
		`insert into screens values ('s3', 'patient-0001', 3, '{}')`,
		`update plans set body = '[]'`, `delete from plans`,
		`insert or replace into plans values ('p', 'patient-0001', 1, 's', '[]')`,
		`insert into plans values ('p2', 'patient-0002', 1, 's', '{}')`,
		`update rulings set body = '[]'`, `delete from rulings`,
		`insert or replace into rulings values ('r', 'patient-0001', 1, 's', '[]')`,
		`insert into rulings values ('r3', 'patient-0001', 3, null, '{}')`,
		`insert into rulings values ('r2', 'patient-0002', 1, 's', '{}')`,
		`update handouts set pdf = x'01'`, `delete from handouts`,
		`update papers set pdf = x'01'`, `delete from papers`,
		`insert or replace into papers values ('d', 'patient-0001', 1, 's', '{}', x'01')`,
		`insert into papers values ('d3', 'patient-0001', 3, null, '{}', x'01')`,
		`insert into papers values ('d2', 'patient-0002', 1, 's', '{}', x'01')`,
		`insert or replace into handouts values ('h', 'patient-0001', 1, 'p', '{}', x'01')`,
		`update sessions set body = '[]'`, `delete from sessions`,
		`insert or replace into sessions values ('n1', 'patient-0001', 1, 'p', null, '[]')`,
		`insert or replace into sessions values ('n3', 'patient-0001', 3, 'p', 'n1', '{}')`,
		`insert into sessions values ('n4', 'patient-0001', 4, 'p', null, '{}')`,
		`insert into sessions values ('n5', 'patient-0002', 1, 'p', null, '{}')`,
		`insert into sessions values ('n3', 'patient-0001', 3, 'p', 'n9', '{}')`,
		`update measures set body = '[]'`, `delete from measures`,
		`insert or replace into measures values ('m', 'patient-0001', 3, null, null, '[]')`,
		`insert or replace into measures values ('m3', 'patient-0001', 3, 'm', null, '{}')`,
		`insert into measures values ('m4', 'patient-0001', 3, 'm4', null, '{}')`,
		`insert into measures values ('m5', 'patient-0001', 4, null, null, '{}')`,
		`insert into measures values ('m6', 'patient-0002', 1, 'm2', null, '{}')`,
		`insert into measures values ('m7', 'patient-0002', 1, null, 's', '{}')`,
		`update rules_versions set body = '[]'`, `delete from rules_versions`,
		`insert or replace into rules_versions values (1, '[]')`, `insert into rules_versions values (3, '{}')`,
		`update rules_sets set file = x'01'`, `delete from rules_sets`, `insert or replace into rules_sets values ('a', '{}', x'01')`,
		`update audit set actor = 'b'`, `delete from audit`,
		`insert or replace into audit values (1, 0, 'b', 'w', 'test', '', '', x'')`,
		`insert into audit values (3, 0, 'a', 'w', 'test', '', '', x'')`,
		`delete from patients`, `update patients set id = 'x'`, `update patients set number = 9`,
		`insert into screens values ('s9', 'nobody', 1, '{}')`,
		`insert into screens values ('s2', 'patient-0001', 2, 'not json')`,
	} {
		if _, err := s.writer.Exec(q); err == nil {
			t.Errorf("allowed: %s", q)
		}
	}
	// The connections that read cannot write at all.
	if _, err := s.reader.Exec(`insert into settings(version, body) values (2, '{}')`); err == nil {
		t.Error("a reading connection wrote")
	}
}

func TestEveryConnectionIsAsserted(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "clinic.db"), fixed)
	for name, db := range map[string]*sql.DB{"writer": s.writer, "reader": s.reader} {
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1", "temp_store": "2",
			"busy_timeout": "5000", "trusted_schema": "0", "recursive_triggers": "1",
			"application_id": fmt.Sprint(applicationID),
		} {
			var got string
			if err := db.QueryRow("pragma " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %s is %q, want %q (%v)", name, pragma, got, want, err)
			}
		}
	}
	var synchronous string
	if err := s.writer.QueryRow("pragma synchronous").Scan(&synchronous); err != nil || synchronous != "2" {
		t.Errorf("the writer's synchronous is %q (%v)", synchronous, err)
	}
	if n := s.writer.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d writers", n)
	}
}

// An answer that is not the required one refuses the connection.
func TestAssertionRefuses(t *testing.T) {
	old := asserted[writing]["synchronous"]
	asserted[writing]["synchronous"] = "3"
	defer func() { asserted[writing]["synchronous"] = old }()
	if _, err := Open(context.Background(), filepath.Join(t.TempDir(), "clinic.db"), testKey, fixed); err == nil {
		t.Fatal("opened although synchronous is not what is required")
	}
}

// A caller that swallows an error of the database commits nothing.
func TestSwallowedErrorCommitsNothing(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "clinic.db"), fixed)
	err := s.Update(context.Background(), func(c clinic.Tx) error {
		if _, err := c.Patients().Add(storetest.Person(1, "Example", "Ann", "1990-01-01")); err != nil {
			return err
		}
		if _, err := c.(*tx).exec("insert into no_such_table values (1)"); err == nil {
			t.Error("wrote to no table")
		}
		return nil
	})
	if err == nil {
		t.Error("the save was acknowledged")
	}
	verifyCount(t, s, 0)
}
