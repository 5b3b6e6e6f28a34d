package pagevfs

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"
)

const reserveBytes = 38 // SQLITE_FCNTL_RESERVE_BYTES

var testKey = bytes.Repeat([]byte{0x42}, KeySize)

type connector struct {
	dsn string
	d   *sqlite3.SQLiteDriver
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.d.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.d }

// open opens path through the VFS called vfs ("" is SQLite's own).
func open(tb testing.TB, path, vfs string, pragmas ...string) *sql.DB {
	tb.Helper()
	dsn := "file:" + path + "?mode=rwc&_txlock=immediate"
	if vfs != "" {
		dsn += "&vfs=" + vfs
	}
	db := sql.OpenDB(connector{dsn, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		if vfs != "" {
			if err := c.SetFileControlInt("main", reserveBytes, ReservedBytes); err != nil {
				return err
			}
		}
		for _, p := range append([]string{"busy_timeout=5000", "journal_mode=wal", "synchronous=full", "temp_store=memory"}, pragmas...) {
			if _, err := c.Exec("pragma "+p, nil); err != nil {
				return err
			}
		}
		return nil
	}}})
	tb.Cleanup(func() { db.Close() })
	return db
}

func vfs(tb testing.TB, key []byte) *VFS {
	tb.Helper()
	v, err := Register("", key)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

func exec(tb testing.TB, db *sql.DB, query string, args ...any) {
	tb.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		tb.Fatal(err)
	}
}

// fill makes a table whose content is easy to recognise on the disk.
func fill(tb testing.TB, db *sql.DB, rows int) {
	tb.Helper()
	exec(tb, db, "create table if not exists t(id integer primary key, v text); create index if not exists i on t(v)")
	exec(tb, db, fmt.Sprintf(`with recursive n(x) as (select 1 union all select x+1 from n where x < %d)
		insert into t(v) select 'READABLE-' || x || '-' || hex(randomblob(40)) from n`, rows))
}

func integrity(db *sql.DB) error {
	var answer string
	if err := db.QueryRow("pragma integrity_check").Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return errors.New(answer)
	}
	return nil
}

func TestNothingOnTheDiskIsReadable(t *testing.T) {
	for _, mode := range []string{"wal", "delete", "truncate", "persist"} {
		t.Run(mode, func(t *testing.T) {
			dir := t.TempDir()
			// Temporary content goes to files here, so that it is seen, too.
			db := open(t, filepath.Join(dir, "a.db"), vfs(t, testKey).Name(), "journal_mode="+mode, "temp_store=file", "cache_size=10")
			db.SetMaxOpenConns(1)
			fill(t, db, 2000)
			tx, err := db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec("update t set v = v || '-READABLE' where id % 3 = 0"); err != nil {
				t.Fatal(err)
			}
			files := 0
			see := func() {
				entries, err := os.ReadDir(dir)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range entries {
					if filepath.Ext(e.Name()) == ".db-shm" {
						continue // page numbers only
					}
					b, err := os.ReadFile(filepath.Join(dir, e.Name()))
					if err != nil {
						t.Fatal(err)
					}
					files++
					for _, word := range []string{"READABLE", "SQLite format", "create table"} {
						if bytes.Contains(b, []byte(word)) {
							t.Errorf("%s holds %q", e.Name(), word)
						}
					}
				}
			}
			see()
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			see()
			if files < 3 {
				t.Fatalf("only %d files looked at; the journal was not among them", files)
			}
			if err := integrity(db); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// What SQLite does to its files here in every journal mode is compared with the
// same on plain files: the content must be the same afterwards.
func TestSameContentAsPlain(t *testing.T) {
	for _, mode := range []string{"wal", "delete"} {
		t.Run(mode, func(t *testing.T) {
			dir := t.TempDir()
			v := vfs(t, testKey)
			secret, plain := filepath.Join(dir, "secret.db"), filepath.Join(dir, "plain.db")
			r := rand.New(rand.NewPCG(3, 4))
			var script []string
			script = append(script, "create table t(id integer primary key, v text, b blob)", "create index i on t(v)",
				"create virtual table f using fts5(v)")
			for range 120 {
				switch r.IntN(9) {
				case 0, 1, 2, 3, 4:
					script = append(script, fmt.Sprintf("insert into t(v, b) values ('%x', zeroblob(%d)); insert into f values ('w%d x')", r.Uint64(), r.IntN(20000), r.IntN(50)))
				case 5:
					script = append(script, fmt.Sprintf("delete from t where id %% 7 = %d", r.IntN(7)))
				case 6:
					script = append(script, fmt.Sprintf("update t set v = v || '%d' where id %% 5 = %d", r.IntN(9), r.IntN(5)))
				case 7:
					script = append(script, "begin; insert into t(v) values ('gone'); update t set v = 'gone'; rollback")
				case 8:
					script = append(script, "pragma wal_checkpoint(truncate)", "vacuum")
				}
			}
			dumps := make([]string, 2)
			for i, at := range []struct{ path, vfs string }{{plain, ""}, {secret, v.Name()}} {
				db := open(t, at.path, at.vfs, "journal_mode="+mode, "cache_size=10", "synchronous=off")
				db.SetMaxOpenConns(1)
				for k, q := range script {
					exec(t, db, q)
					if k%50 == 49 { // from the disk, not from the cache
						if err := db.Close(); err != nil {
							t.Fatal(err)
						}
						db = open(t, at.path, at.vfs, "journal_mode="+mode, "cache_size=10", "synchronous=off")
						db.SetMaxOpenConns(1)
					}
				}
				if err := integrity(db); err != nil {
					t.Fatal(err)
				}
				exec(t, db, "insert into f(f) values ('integrity-check')")
				q := "select group_concat(id || v || length(b), char(10)) || (select count(*) from f where f match 'w1*') from (select * from t order by id)"
				if err := db.QueryRow(q).Scan(&dumps[i]); err != nil {
					t.Fatal(err)
				}
			}
			if dumps[0] != dumps[1] || len(dumps[0]) < 100 {
				t.Fatal("the encrypted database holds something else than the plain one")
			}
		})
	}
}

func TestAnotherKeyOpensNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, vfs(t, testKey).Name())
	fill(t, db, 10)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := bytes.Repeat([]byte{0x43}, KeySize)
	for key, want := range map[string]bool{string(testKey): true, string(wrong): false} {
		pages, err := NewPageReader([]byte(key))
		if err != nil {
			t.Fatal(err)
		}
		if got := pages.Open(bytes.Clone(before[:PageSize]), 0); got != want {
			t.Errorf("the first page opens: %v, want %v", got, want)
		}
		if pages.Open(bytes.Clone(before[:100]), 0) {
			t.Error("100 bytes pass for a first page")
		}
	}
	other := open(t, path, vfs(t, wrong).Name())
	var n int
	err = other.QueryRow("select count(*) from t").Scan(&n)
	if err == nil {
		t.Fatal("another key reads the file")
	}
	_ = other.Close()
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Fatal("a wrong key changed the file")
	}
}

// A database without room for the seal must not come into being unnoticed.
func TestADatabaseWithoutRoomForTheSealIsRefused(t *testing.T) {
	v := vfs(t, testKey)
	dsn := "file:" + filepath.Join(t.TempDir(), "a.db") + "?vfs=" + v.Name()
	db := sql.OpenDB(connector{dsn, &sqlite3.SQLiteDriver{}})
	defer db.Close()
	if _, err := db.Exec("create table t(x)"); err == nil {
		t.Fatal("a database without reserved bytes was written")
	}
}

func TestSeveralFilesInOneTransactionAreRefused(t *testing.T) {
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "a.db"), vfs(t, testKey).Name(), "journal_mode=delete")
	db.SetMaxOpenConns(1)
	exec(t, db, "create table t(x)")
	if _, err := db.Exec("attach ? as b", filepath.Join(dir, "b.db")); err != nil {
		t.Skip("attaching is refused already")
	}
	_, err := db.Exec("begin; insert into t values (1); create table b.u(x); insert into b.u values (1); commit")
	if err == nil {
		t.Fatal("one transaction over two files")
	}
}

func TestAfterUnregisterTheKeyIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	v := vfs(t, testKey)
	db := open(t, path, v.Name(), "cache_size=1")
	fill(t, db, 500)
	for range 2 {
		if err := v.Unregister(); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	if err := db.QueryRow("select count(*) from t where v like '%x%'").Scan(&n); err == nil {
		t.Fatal("reads go on after the key is gone")
	}
}

// Each flipped bit of a closed file is noticed by reading the file through.
func TestNoFlippedBitIsSilent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	v := vfs(t, testKey)
	db := open(t, path, v.Name())
	fill(t, db, 300)
	exec(t, db, "pragma wal_checkpoint(truncate)")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		bit := r.IntN(len(whole) * 8)
		b := bytes.Clone(whole)
		b[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		d := open(t, path, v.Name())
		if err := integrity(d); err == nil {
			t.Errorf("bit %d of page %d flipped in silence", bit, bit/8/PageSize)
		}
		_ = d.Close()
	}
}

// Several connections, some writing, some reading, see whole transactions only.
func TestConnectionsSeeWholeTransactions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	v := vfs(t, testKey)
	writer, reader := open(t, path, v.Name(), "wal_autocheckpoint=20"), open(t, path, v.Name())
	writer.SetMaxOpenConns(2)
	exec(t, writer, "create table account(id integer primary key, amount int); insert into account values (1, 500), (2, 500)")
	done := make(chan error, 2)
	for w := range 2 {
		go func() {
			for i := range 200 {
				tx, err := writer.Begin()
				if err != nil {
					done <- err
					return
				}
				_, err = tx.Exec("update account set amount = amount + ? where id = 1; update account set amount = amount - ? where id = 2", i+w, i+w)
				if err := errors.Join(err, tx.Commit()); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for finished := 0; finished < 2; {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			finished++
		default:
			var sum int
			if err := reader.QueryRow("select sum(amount) from account").Scan(&sum); err != nil {
				t.Fatal(err)
			}
			if sum != 1000 {
				t.Fatalf("a reader saw half a transaction: %d", sum)
			}
		}
	}
	if err := integrity(writer); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkSave(b *testing.B) {
	for _, name := range []string{"plain", "encrypted"} {
		b.Run(name, func(b *testing.B) {
			v := ""
			if name == "encrypted" {
				v = vfs(b, testKey).Name()
			}
			db := open(b, filepath.Join(b.TempDir(), "a.db"), v)
			db.SetMaxOpenConns(1)
			exec(b, db, "create table t(id integer primary key, name text, note text); create index i on t(name)")
			for b.Loop() {
				exec(b, db, "insert into t(name, note) values (?, ?)", "abcdefgh", strings.Repeat("n", 200))
			}
		})
	}
}
