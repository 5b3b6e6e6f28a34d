package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/pagevfs"
)

// Size is about how many bytes a copy will have.
func (s *Store) Size(ctx context.Context) (int64, error) {
	var pages, size int64
	err := s.reader.QueryRowContext(ctx, "select page_count, page_size from pragma_page_count(), pragma_page_size()").Scan(&pages, &size)
	return pages * size, translate(err)
}

// CopyTo writes the records as they are now into a new file, compact and
// encrypted with the same key. Saving goes on meanwhile. When ctx ends, the
// copy ends and its file is removed.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return domain.ErrConflict
	}
	vfs := ""
	if s.vfs != nil {
		vfs = s.vfs.Name()
	}
	db := pool(s.path, vfs, copying, 1)
	_, err := db.ExecContext(ctx, "vacuum into ?", path)
	err = errors.Join(translate(err), db.Close())
	if err != nil {
		_ = os.Remove(path) // the first error is the one to tell
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return fmt.Errorf("copy the records: %w", err)
	}
	return nil
}

// Examine reads a copy whole: the structure, every page, and the trail. It
// changes nothing, and nothing appears beside the copy. Errors: domain.ErrDamaged,
// domain.ErrOtherKey.
func Examine(ctx context.Context, path string, key []byte) (_ clinic.Contents, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("examine a copy: %w", err)
		}
	}()
	if fresh, err := inspect(path, key); err != nil || fresh {
		return clinic.Contents{}, errors.Join(err, map[bool]error{true: domain.ErrDamaged}[fresh])
	}
	v, err := pagevfs.Register("", key)
	if err != nil {
		return clinic.Contents{}, err
	}
	db := pool(path, v.Name(), examining, 1)
	defer func() { err = errors.Join(err, translate(db.Close()), v.Unregister()) }()
	if err := check(ctx, db, true); err != nil {
		return clinic.Contents{}, err
	}
	var answer string
	if err := db.QueryRowContext(ctx, "pragma integrity_check(1)").Scan(&answer); err != nil {
		return clinic.Contents{}, unreadable(err)
	}
	if answer != "ok" {
		return clinic.Contents{}, domain.ErrDamaged
	}
	return contents(ctx, db, clinic.NewTrailSealer(key))
}

func contents(ctx context.Context, db *sql.DB, sealer clinic.TrailSealer) (clinic.Contents, error) {
	sqlTx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return clinic.Contents{}, translate(err)
	}
	defer func() { _ = sqlTx.Rollback() }() // it only read
	t := &tx{ctx: ctx, sql: sqlTx, sealer: sealer}
	var c clinic.Contents
	err = t.one([]any{&c.Patients, &c.Intakes, &c.Screens, &c.Plans, &c.Sessions, &c.Handouts}, `select
		(select count(*) from patients), (select count(*) from intakes), (select count(*) from screens),
		(select count(*) from plans), (select count(*) from sessions), (select count(*) from handouts)`)
	if err != nil {
		return clinic.Contents{}, err
	}
	trail, err := t.Audit().Verify()
	if err != nil {
		return clinic.Contents{}, err
	}
	if len(trail.Faults) > 0 {
		return clinic.Contents{}, fmt.Errorf("%w: row %d of the trail", domain.ErrDamaged, trail.Faults[0].Seq)
	}
	c.Head = trail.Head
	return c, nil
}

// Contents counts the open records and reads their trail through.
func (s *Store) Contents(ctx context.Context) (clinic.Contents, error) {
	return contents(ctx, s.reader, s.sealer)
}

// Hold keeps every program from opening the records at path until release is
// called. Errors: domain.ErrInUse.
func Hold(ctx context.Context, path string) (release func() error, err error) {
	db, err := takeLock(ctx, path+".lock")
	if err != nil {
		return nil, err
	}
	return db.Close, nil
}

// Decrypt writes a copy, which in gives as it is on the disk, as an ordinary
// SQLite file. Errors: domain.ErrDamaged.
func Decrypt(out io.Writer, in io.Reader, key []byte) error {
	pages, err := pagevfs.NewPageReader(key)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<20)
	page := make([]byte, pagevfs.PageSize)
	for n := int64(0); ; n++ {
		_, err := io.ReadFull(in, page)
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
		if !pages.Open(page, n) {
			return domain.ErrDamaged
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
	}
}
