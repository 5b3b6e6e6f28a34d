// Package sqlite keeps the clinic's records in one SQLite file.
//
// What it promises: a save that was acknowledged survives a crash of the
// program and of the machine; a save that failed leaves nothing behind; a file
// that is damaged, foreign, newer or held by another program is refused before
// anything is written to it. docs/storage.md explains the settings behind this.
//
// With a key, everything in the file and in its log is encrypted (package
// pagevfs).
//
// The file must only be opened through SQLite while a Store is open. Even
// reading it with the os package would drop the locks of this process.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/pagevfs"
)

// applicationID marks the file as ours; it is "BtBr" in ASCII.
const applicationID = 0x42744272

// readers is how many transactions may read at the same time.
const readers = 4

// Store implements clinic.Store on a file. It is safe for concurrent use.
type Store struct {
	path   string
	clock  domain.Clock
	lock   *sql.DB      // holds the lock that keeps a second program out
	writer *sql.DB      // one connection
	reader *sql.DB      // a few connections that cannot write
	vfs    *pagevfs.VFS // nil without encryption
	sealer clinic.TrailSealer
	head   *headFile
}

// Open opens the file at path, or makes it with its folder, and brings it to
// the newest layout. key (pagevfs.KeySize bytes) encrypts it; an empty key means
// that it is not encrypted. Errors: domain.ErrInUse when another program holds
// it, domain.ErrReadOnly, domain.ErrStorageFull, domain.ErrOtherKey when the key
// is not the file's, domain.ErrDamaged when the file is damaged or foreign,
// domain.ErrNewer when a newer program wrote it, domain.ErrOlder when something
// that was saved in it is not there any more. A refused file is not changed.
func Open(ctx context.Context, path string, key []byte, clock domain.Clock) (*Store, error) {
	s, err := open(ctx, path, key, clock, migrationFiles{assets.Migrations, "migrations/sqlite"})
	if err != nil {
		return nil, err
	}
	if err := s.remember(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("open the records: %w", err), s.release())
	}
	return s, nil
}

func open(ctx context.Context, path string, key []byte, clock domain.Clock, files migrationFiles) (_ *Store, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open the records: %w", err)
	}
	if err := prepareFolder(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("open the records: %w", err)
	}
	s := &Store{path: path, clock: clock, sealer: clinic.NewTrailSealer(key)}
	defer func() {
		if err != nil {
			_ = s.release() // the first error is the one to tell
		}
	}()
	if s.lock, err = takeLock(ctx, path+".lock"); err != nil {
		return nil, fmt.Errorf("open the records: %w", err)
	}
	fresh, err := inspect(path, key)
	if err != nil {
		return nil, fmt.Errorf("open the records: %w", err)
	}
	vfs := ""
	if len(key) > 0 {
		if s.vfs, err = pagevfs.Register("", key); err != nil {
			return nil, fmt.Errorf("open the records: %w", err)
		}
		vfs = s.vfs.Name()
	}
	if fresh {
		if err := mark(ctx, path, vfs); err != nil {
			return nil, fmt.Errorf("make the records: %w", err)
		}
	}
	s.writer = pool(path, vfs, writing, 1)
	s.reader = pool(path, vfs, reading, readers)
	if err := check(ctx, s.writer, vfs == ""); err != nil {
		return nil, fmt.Errorf("check the records: %w", err)
	}
	if err := migrate(ctx, s.writer, files, clock); err != nil {
		return nil, fmt.Errorf("bring the records up to date: %w", err)
	}
	return s, nil
}

// prepareFolder makes the folder and proves that it can be written, because
// SQLite would otherwise open what it can and fail at the first save.
func prepareFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return systemError(err)
	}
	f, err := os.CreateTemp(dir, ".write-test-*")
	if err != nil {
		return systemError(err)
	}
	_, err = f.Write([]byte{0})
	return systemError(errors.Join(err, f.Close(), os.Remove(f.Name())))
}

// takeLock holds an exclusive lock on a small database beside the file for as
// long as the store is open. The operating system releases it with the process,
// also after a crash, which a plain lock file would outlive.
func takeLock(ctx context.Context, path string) (*sql.DB, error) {
	db := pool(path, "", locking, 1)
	// Writing first proves that the lock file itself is not read-only: SQLite
	// would give a read-only file no more than a shared lock.
	for _, q := range []string{"pragma user_version = 1", "begin exclusive"} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return nil, errors.Join(translate(err), db.Close())
		}
	}
	return db, nil
}

// mark makes a new file ours before anything else is in it, so that no crash
// leaves a file that the next start would take for a foreign one.
func mark(ctx context.Context, path, vfs string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return systemError(err)
	}
	if err := f.Close(); err != nil {
		return systemError(err)
	}
	db := pool(path, vfs, marking, 1)
	_, err = db.ExecContext(ctx, fmt.Sprintf("pragma application_id = %d", applicationID))
	return errors.Join(translate(err), db.Close())
}

// check makes sure that the file is ours. Of an encrypted file each page is
// checked by its seal whenever it is read; of another the whole structure is
// read once now, so that damage is not met in the middle of a visit.
func check(ctx context.Context, db *sql.DB, structure bool) error {
	var id int64
	if err := db.QueryRowContext(ctx, "pragma application_id").Scan(&id); err != nil {
		return unreadable(err)
	}
	if id != applicationID {
		return domain.ErrDamaged
	}
	if !structure {
		return nil
	}
	var answer string
	if err := db.QueryRowContext(ctx, "pragma quick_check(1)").Scan(&answer); err != nil {
		return unreadable(err)
	}
	if answer != "ok" {
		return domain.ErrDamaged
	}
	return nil
}

// View implements clinic.Store.
func (s *Store) View(ctx context.Context, fn func(clinic.Tx) error) error {
	return s.run(ctx, s.reader, false, fn)
}

// Update implements clinic.Store. A save that has begun is finished even when
// ctx ends meanwhile, so that its outcome is always known.
func (s *Store) Update(ctx context.Context, fn func(clinic.Tx) error) error {
	return s.run(ctx, s.writer, true, fn)
}

func (s *Store) run(ctx context.Context, db *sql.DB, writable bool, fn func(clinic.Tx) error) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	run := context.WithoutCancel(ctx)
	sqlTx, err := conn.BeginTx(run, nil)
	if err != nil {
		return translate(err)
	}
	t := &tx{ctx: run, sql: sqlTx, now: s.clock.Now().Truncate(time.Microsecond), writable: writable, sealer: s.sealer}
	// After an error or a panic everything is undone. SQLite may have done so
	// itself, and after a commit there is nothing to undo; both answer with an
	// error that says nothing new.
	defer func() {
		t.ended = true
		_ = sqlTx.Rollback()
	}()
	if err := fn(t); err != nil {
		return err
	}
	if t.broken != nil {
		return t.broken
	}
	if err := sqlTx.Commit(); err != nil {
		return translate(err)
	}
	if t.newest.Seq > 0 && s.head != nil {
		s.head.write(t.newest)
	}
	return nil
}

// Close implements clinic.Store. It moves everything into the one file, so that
// the file alone is complete.
func (s *Store) Close() error {
	_, err := s.writer.ExecContext(context.Background(), "pragma wal_checkpoint(truncate)")
	return errors.Join(translate(err), s.release())
}

func (s *Store) release() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer, s.lock} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.head != nil {
		errs = append(errs, s.head.close())
	}
	if s.vfs != nil {
		errs = append(errs, s.vfs.Unregister())
	}
	return errors.Join(errs...)
}
