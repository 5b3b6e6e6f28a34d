package pagevfs

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain/store/faultvfs"
)

// A power cut is simulated from the record of everything that SQLite wrote:
// the record is cut at a random place; what was synced is on the disk, and of
// the rest nothing, everything, whole writes at random, or torn 512-byte pieces
// at random. Then the file must open, be whole, and hold every acknowledged
// transaction.

// cuts is how many power cuts each setting goes through here;
// BACKTOBAR_POWERCUTS asks for more.
func cuts(t *testing.T) int {
	t.Helper()
	n := 20
	if s := os.Getenv("BACKTOBAR_POWERCUTS"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func TestPowerCutLosesNothingAcknowledged(t *testing.T) {
	for _, powersafe := range []bool{true, false} {
		for _, mode := range []string{"wal", "delete"} {
			t.Run(fmt.Sprintf("%s, powersafe overwrite %v", mode, powersafe), func(t *testing.T) {
				sync := "full"
				if mode == "delete" {
					sync = "extra" // without it, removing the journal is not synced
				}
				damaged, lost := powerCuts(t, powersafe, cuts(t), "journal_mode="+mode, "synchronous="+sync)
				if damaged+lost > 0 {
					t.Fatalf("%d damaged, %d lost acknowledged transactions", damaged, lost)
				}
			})
		}
	}
}

// The same without syncing must go wrong, or the simulation proves nothing.
func TestPowerCutSimulationCanFail(t *testing.T) {
	damaged, lost := powerCuts(t, true, 40, "journal_mode=wal", "synchronous=off")
	if damaged == 0 {
		t.Fatalf("without syncing: %d damaged, %d lost", damaged, lost)
	}
}

const cutTransactions = 200

func powerCuts(t *testing.T, powersafe bool, cuts int, pragmas ...string) (damaged, lost int) {
	t.Helper()
	disk, err := faultvfs.Register(powersafe, true)
	if err != nil {
		t.Fatal(err)
	}
	over, err := Register(disk.Name, testKey)
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, filepath.Join(t.TempDir(), "a.db"), over.Name(), append(pragmas, "wal_autocheckpoint=50", "cache_size=20")...)
	db.SetMaxOpenConns(1)
	exec(t, db, "create table t(id integer primary key, v blob); create table c(n int); insert into c values (0); create index ti on t(v)")
	disk.Acknowledge(0)
	r := rand.New(rand.NewPCG(5, 5))
	for i := 1; i <= cutTransactions; i++ {
		transaction(t, db, r, i)
		disk.Acknowledge(int64(i))
	}
	log := disk.Log()
	first := 0
	for log[first].Kind != faultvfs.Ack {
		first++
	}
	plain := vfs(t, testKey)
	for range cuts {
		at := first + 1 + r.IntN(len(log)-first-1)
		dir := t.TempDir()
		acknowledged := afterCut(t, log[:at], r, dir)
		got, err := reopen(t, filepath.Join(dir, "a.db"), plain.Name())
		switch {
		case err != nil:
			damaged++
		case got < acknowledged:
			lost++
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	return damaged, lost
}

func transaction(t *testing.T, db *sql.DB, r *rand.Rand, i int) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for range 1 + r.IntN(5) {
		if _, err := tx.Exec("insert into t(v) values (randomblob(?))", 10+r.IntN(700)); err != nil {
			t.Fatal(err)
		}
		if r.IntN(4) == 0 {
			if _, err := tx.Exec("delete from t where id = (select min(id) from t)"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := tx.Exec("update c set n = ?", i); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// reopen returns the number of the last transaction in the file.
func reopen(t *testing.T, path, vfs string) (int64, error) {
	t.Helper()
	db := open(t, path, vfs)
	defer db.Close()
	if err := integrity(db); err != nil {
		return 0, err
	}
	var n int64
	err := db.QueryRow("select n from c").Scan(&n)
	return n, err
}

// cutFile is one file: what a power cut cannot take, and what it may.
type cutFile struct {
	synced  []byte
	pending []faultvfs.Op
	exists  bool
}

// afterCut writes into dir what the disk may hold, and returns the last number
// that was acknowledged.
func afterCut(t *testing.T, log []faultvfs.Op, r *rand.Rand, dir string) (acknowledged int64) {
	t.Helper()
	files := map[string]*cutFile{}
	get := func(name string) *cutFile {
		if files[name] == nil {
			files[name] = &cutFile{}
		}
		return files[name]
	}
	for _, op := range log {
		f := get(op.File)
		switch op.Kind {
		case faultvfs.Ack:
			acknowledged = op.At
		case faultvfs.Open:
			f.exists = true
		case faultvfs.Write, faultvfs.Truncate:
			f.pending = append(f.pending, op)
		case faultvfs.Sync:
			for _, p := range f.pending {
				f.synced = change(f.synced, p, everything)
			}
			f.pending = nil
		case faultvfs.Delete:
			*f = cutFile{}
		}
	}
	half := func() bool { return r.IntN(2) == 0 }
	for name, f := range files {
		if name == "" || !f.exists || strings.HasSuffix(name, "-shm") {
			continue
		}
		b := append([]byte(nil), f.synced...)
		mode := r.IntN(4)
		for _, p := range f.pending {
			switch {
			case mode == 1, mode == 2 && half():
				b = change(b, p, everything)
			case mode == 3:
				b = change(b, p, half)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return acknowledged
}

func everything() bool { return true }

// change does op to b, as far as keep lets each 512-byte piece arrive.
func change(b []byte, op faultvfs.Op, keep func() bool) []byte {
	const piece = 512
	if op.Kind == faultvfs.Truncate {
		if int64(len(b)) > op.At {
			return append([]byte(nil), b[:op.At]...)
		}
		return append(b, make([]byte, op.At-int64(len(b)))...)
	}
	from, end := int(op.At), int(op.At)+len(op.Data)
	if len(b) < end {
		b = append(b, make([]byte, end-len(b))...)
	}
	for s := from / piece; s*piece < end; s++ {
		if keep() {
			low, high := max(s*piece, from), min((s+1)*piece, end)
			copy(b[low:high], op.Data[low-from:high-from])
		}
	}
	return b
}

// Each call of SQLite to the disk fails once, in each way that it can: what was
// acknowledged before and after is there, and the file is whole.
func TestEveryCallFailsOnce(t *testing.T) {
	for name, code := range map[string]int{"error": faultvfs.IOError, "disk full": faultvfs.DiskFull, "short read": faultvfs.ShortRead} {
		t.Run(name, func(t *testing.T) {
			disk, err := faultvfs.Register(true, false)
			if err != nil {
				t.Fatal(err)
			}
			over, err := Register(disk.Name, testKey)
			if err != nil {
				t.Fatal(err)
			}
			hit := map[faultvfs.Kind]bool{}
			for n := 1; ; n++ {
				failed := failOnce(t, disk, over.Name(), n, code)
				if failed == nil {
					if n < 30 {
						t.Fatalf("only %d calls in all", n)
					}
					break
				}
				hit[failed.Kind] = true
			}
			for _, k := range []faultvfs.Kind{faultvfs.Open, faultvfs.Read, faultvfs.Write, faultvfs.Sync, faultvfs.Truncate} {
				if !hit[k] {
					t.Errorf("no call of kind %d failed", k)
				}
			}
		})
	}
}

func failOnce(t *testing.T, disk *faultvfs.VFS, vfs string, n, code int) *faultvfs.Op {
	t.Helper()
	dir, err := os.MkdirTemp("", "fail")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "a.db")
	disk.FailAt(0, 0)
	db := open(t, path, vfs)
	db.SetMaxOpenConns(1)
	exec(t, db, "create table t(v text); insert into t select hex(randomblob(500)) from (values (1), (2), (3), (4), (5), (6))")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	disk.FailAt(n, code)
	db = open(t, path, vfs)
	db.SetMaxOpenConns(1)
	steps := []string{"insert into t values ('one')", "update t set v = v || 'x'", "pragma wal_checkpoint(truncate)", "insert into t values ('two')"}
	acknowledged := make([]bool, len(steps))
	for i, q := range steps {
		_, err := db.Exec(q)
		acknowledged[i] = err == nil
	}
	failed := disk.Failed()
	_ = db.Close()
	disk.FailAt(0, 0)

	db = open(t, path, vfs)
	defer db.Close()
	if err := integrity(db); err != nil {
		t.Fatalf("call %d (%+v): %v", n, failed, err)
	}
	var ones, twos int
	if err := db.QueryRow("select total(v like 'one%'), total(v like 'two%') from t").Scan(&ones, &twos); err != nil {
		t.Fatalf("call %d (%+v): %v", n, failed, err)
	}
	if acknowledged[0] && ones != 1 || acknowledged[3] && twos != 1 {
		t.Fatalf("call %d (%+v): an acknowledged row is not there", n, failed)
	}
	return failed
}
