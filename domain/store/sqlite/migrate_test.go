package sqlite

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"backtobar/assets"
	"backtobar/domain"
)

func migrationFilesOfThisProgram() migrationFiles {
	return migrationFiles{assets.Migrations, "migrations/sqlite"}
}

func folder(files map[string]string) migrationFiles {
	m := fstest.MapFS{}
	for name, sql := range files {
		m["m/"+name] = &fstest.MapFile{Data: []byte(sql)}
	}
	return migrationFiles{m, "m"}
}

func tables(t *testing.T, s *Store) string {
	t.Helper()
	rows, err := s.writer.Query("select name from sqlite_schema where type = 'table' order by name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

// Each released step applies from an empty file, one after the other, and none
// ends the transaction that it runs in.
func TestEveryMigrationApplies(t *testing.T) {
	all, err := migrationFilesOfThisProgram().list()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no migrations")
	}
	path := filepath.Join(t.TempDir(), "clinic.db")
	files := map[string]string{}
	for i, m := range all {
		for _, word := range strings.Fields(strings.ToLower(m.sql)) {
			switch strings.Trim(word, ";") {
			case "commit", "rollback", "savepoint", "vacuum", "attach":
				t.Errorf("%s contains %q", m.name, word)
			}
		}
		files[m.name] = m.sql
		s, err := open(context.Background(), path, testKey, fixed, folder(files))
		if err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		done, err := applied(context.Background(), s.writer)
		if err != nil || len(done) != i+1 || done[i] != m.name {
			t.Errorf("after %s: %v %v", m.name, done, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	openAt(t, path, fixed)
}

func TestFailingMigrationLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	good := map[string]string{"0001_one.sql": "create table one(x) strict;"}
	good["0001_one.sql"] = "create table one(x any) strict; insert into one values (1);"
	s, err := open(context.Background(), path, testKey, fixed, folder(good))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	bad := map[string]string{
		"0001_one.sql": good["0001_one.sql"],
		"0002_two.sql": "create table two(x any) strict; update one set x = 2; insert into nowhere values (1);",
	}
	if _, err := open(context.Background(), path, testKey, fixed, folder(bad)); err == nil {
		t.Fatal("a failing step was accepted")
	} else if !strings.Contains(err.Error(), "0002_two.sql") {
		t.Errorf("the error does not name the step: %v", err)
	}
	s, err = open(context.Background(), path, testKey, fixed, folder(good))
	if err != nil {
		t.Fatalf("the old program no longer opens the file: %v", err)
	}
	if got := tables(t, s); got != "migrations one" {
		t.Errorf("tables: %s", got)
	}
	var x int
	if err := s.writer.QueryRow("select x from one").Scan(&x); err != nil || x != 1 {
		t.Errorf("x is %d (%v)", x, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	bad["0002_two.sql"] = "create table two(x any) strict; update one set x = 2;"
	s, err = open(context.Background(), path, testKey, fixed, folder(bad))
	if err != nil {
		t.Fatalf("the corrected step: %v", err)
	}
	defer func() { _ = s.Close() }()
	if got := tables(t, s); got != "migrations one two" {
		t.Errorf("tables: %s", got)
	}
}

func TestMigrationOfAnotherBranchIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	s, err := open(context.Background(), path, testKey, fixed, folder(map[string]string{"0001_a.sql": "create table a(x any) strict;"}))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = open(context.Background(), path, testKey, fixed, folder(map[string]string{"0001_b.sql": "create table b(x any) strict;"}))
	if !isKind(err, domain.ErrNewer) {
		t.Errorf("got %v", err)
	}
}

func TestMigrationNames(t *testing.T) {
	for _, files := range []map[string]string{
		{"0002_two.sql": ""},
		{"0001_one.sql": "", "0003_three.sql": ""},
		{"1_one.sql": ""},
		{"0001_One.sql": ""},
		{"0001_one.txt": ""},
		{"0001_one.sql": "", "0001_other.sql": ""},
	} {
		if _, err := folder(files).list(); err == nil {
			t.Errorf("accepted %v", files)
		}
	}
}
