package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/storetest"
)

// childEnv holds the path of the file for a process that this test starts, and
// what it shall do.
const (
	childEnv = "BACKTOBAR_TEST_CHILD"
	pathEnv  = "BACKTOBAR_TEST_PATH"
)

// killsEnv asks for more kills than the 20 of an ordinary run.
const (
	killsEnv     = "BACKTOBAR_KILLS"
	killsPerFile = 50
)

func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "":
		os.Exit(m.Run())
	case "write":
		writeForever(os.Getenv(pathEnv))
	case "open":
		_, err := Open(context.Background(), os.Getenv(pathEnv), testKey, fixed)
		fmt.Println(kindName(err))
	}
}

// kindName is how a child tells its parent what happened.
func kindName(err error) string {
	if err == nil {
		return "opened"
	}
	return err.Error()
}

// writeForever saves patients until it is killed, and says the number of each
// one only after its save was acknowledged.
func writeForever(path string) {
	s, err := Open(context.Background(), path, testKey, fixed)
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
	for {
		var n int
		err := s.Update(context.Background(), func(tx clinic.Tx) error {
			_, total, err := tx.Patients().Find(nil, 1)
			if err != nil {
				return err
			}
			p, err := tx.Patients().Add(storetest.Person(total+1, "Example", "Ann", "1990-01-01"))
			if err != nil {
				return err
			}
			n = p.Number
			return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: "test", PatientID: p.ID})
		})
		if err != nil {
			fmt.Println("failed", err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

func child(t *testing.T, what, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+what, pathEnv+"="+path)
	return cmd
}

// A process that is killed in the middle of a save loses nothing that was
// acknowledged and leaves nothing half done.
func TestKilledWhileSaving(t *testing.T) {
	kills := 20
	if testing.Short() {
		kills = 3
	}
	if s := os.Getenv(killsEnv); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		kills = n
	}
	var path string
	acknowledged, all := 0, 0
	for kill := range kills {
		if kill%killsPerFile == 0 { // reading it all each time would take longest
			path = filepath.Join(t.TempDir(), "clinic.db")
			all, acknowledged = all+acknowledged, 0
		}
		cmd := child(t, "write", path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		timer := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		for first := true; lines.Scan(); first = false {
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatalf("kill %d: the writer said %q", kill, lines.Text())
			}
			acknowledged = n
			if first {
				after := time.Duration(rand.IntN(60_000)) * time.Microsecond
				timer.Reset(after)
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatalf("kill %d: the writer ended by itself", kill)
		}
		timer.Stop()
		s, err := Open(context.Background(), path, testKey, fixed)
		if err != nil {
			t.Fatalf("kill %d: %v", kill, err)
		}
		verify(t, s, acknowledged)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if all += acknowledged; all < kills {
		t.Fatalf("only %d saves before %d kills prove nothing", all, kills)
	}
	t.Logf("%d kills, %d saves acknowledged", kills, all)
}

// verify fails unless every acknowledged save is whole, at most the one that
// was under way has come on top, and the file is sound.
func verify(t *testing.T, s *Store, acknowledged int) {
	t.Helper()
	var sound string
	if err := s.writer.QueryRow("pragma integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity: %s %v", sound, err)
	}
	err := s.View(context.Background(), func(tx clinic.Tx) error {
		_, total, err := tx.Patients().Find(nil, 1)
		if err != nil {
			return err
		}
		if total < acknowledged || total > acknowledged+1 {
			t.Errorf("%d patients, %d acknowledged", total, acknowledged)
		}
		rows, err := tx.Audit().All()
		if err != nil {
			return err
		}
		if len(rows) != total {
			t.Errorf("%d rows in the trail for %d patients", len(rows), total)
		}
		for i, e := range rows {
			p, err := tx.Patients().Get(e.PatientID)
			if err != nil {
				return err
			}
			if e.Seq != int64(i+1) || p.Number != i+1 {
				t.Errorf("row %d has number %d and patient %d", i+1, e.Seq, p.Number)
			}
		}
		trail, err := tx.Audit().Verify()
		if err != nil || len(trail.Faults) > 0 {
			t.Errorf("the trail: %+v, %v", trail.Faults, err)
		}
		_, found, err := tx.Patients().Find([]string{"example"}, 1)
		if found != total {
			t.Errorf("%d of %d patients are found by name", found, total)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSecondInstance(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	s := openAt(t, path, fixed)
	if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrInUse) {
		t.Fatalf("a second store in this process: %v", err)
	}
	started := time.Now()
	out, err := child(t, "open", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	if want := domain.ErrInUse.Error(); !contains(string(out), want) {
		t.Fatalf("a second program was told %q, want %q", out, want)
	}
	if took := time.Since(started); took > 3*time.Second {
		t.Errorf("the refusal took %v", took)
	}
	// The refused attempts have not harmed the first.
	err = s.Update(context.Background(), func(tx clinic.Tx) error {
		_, err := tx.Patients().Add(storetest.Person(1, "Example", "Ann", "1990-01-01"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	out, err = child(t, "open", path).Output()
	if err != nil || !contains(string(out), "opened") {
		t.Fatalf("after the first has closed: %q %v", out, err)
	}
}

// The lock goes with the process that held it, also when it was killed.
func TestLockEndsWithKilledProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	cmd := child(t, "write", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("the writer did not start")
	}
	if _, err := Open(context.Background(), path, testKey, fixed); !isKind(err, domain.ErrInUse) {
		t.Errorf("while the writer runs: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed, which Wait reports as an error
	openAt(t, path, fixed)
}
