package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"

	"backtobar/domain"
)

// migrationFiles is a folder of NNNN_name.sql files.
type migrationFiles struct {
	files  fs.FS
	folder string
}

type migration struct {
	number int
	name   string
	sql    string
}

var migrationName = regexp.MustCompile(`^([0-9]{4})_[a-z0-9_]+\.sql$`)

// list returns the migrations in order; they are numbered 1 and up without a
// gap.
func (m migrationFiles) list() ([]migration, error) {
	entries, err := fs.ReadDir(m.files, m.folder)
	if err != nil {
		return nil, err
	}
	var out []migration
	for _, e := range entries {
		parts := migrationName.FindStringSubmatch(e.Name())
		if parts == nil {
			return nil, fmt.Errorf("migration %s: the name must be NNNN_name.sql", e.Name())
		}
		n, err := strconv.Atoi(parts[1])
		if err != nil || n != len(out)+1 {
			return nil, fmt.Errorf("migration %s: expected number %d", e.Name(), len(out)+1)
		}
		b, err := fs.ReadFile(m.files, m.folder+"/"+e.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, migration{n, e.Name(), string(b)})
	}
	return out, nil
}

// migrate brings the file from its layout to the newest. Each step and the
// record of it are one transaction: a step that fails leaves nothing. A file
// with a step that this program does not know was written by a newer one.
func migrate(ctx context.Context, db *sql.DB, files migrationFiles, clock domain.Clock) error {
	known, err := files.list()
	if err != nil {
		return err
	}
	done, err := applied(ctx, db)
	if err != nil {
		return err
	}
	if len(done) > len(known) {
		return domain.ErrNewer
	}
	for i, name := range done {
		if name != known[i].name {
			return domain.ErrNewer
		}
	}
	for _, m := range known[len(done):] {
		if err := apply(ctx, db, m, clock); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, translate(err))
		}
	}
	return nil
}

// applied returns the names of the steps that the file has, in order.
func applied(ctx context.Context, db *sql.DB) ([]string, error) {
	var n int
	err := db.QueryRowContext(ctx,
		"select count(*) from sqlite_schema where type = 'table' and name = 'migrations'").Scan(&n)
	if err != nil || n == 0 {
		return nil, unreadable(err)
	}
	rows, err := db.QueryContext(ctx, "select name from migrations order by number")
	if err != nil {
		return nil, unreadable(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, unreadable(err)
		}
		out = append(out, name)
	}
	return out, unreadable(rows.Err())
}

func apply(ctx context.Context, db *sql.DB, m migration, clock domain.Clock) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	// After a commit there is nothing to roll back, and after a failure the
	// first error is the one that counts.
	defer func() { _ = tx.Rollback() }()
	const records = `create table if not exists migrations(
		number integer primary key check (number >= 1),
		name text not null, applied_at integer not null) strict`
	if _, err := tx.ExecContext(ctx, records); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "insert into migrations(number, name, applied_at) values (?, ?, ?)",
		m.number, m.name, clock.Now().UnixMicro())
	if err != nil {
		return err
	}
	return tx.Commit()
}
