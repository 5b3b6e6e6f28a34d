package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"backtobar/domain"
)

// translate turns an error of the database into one of the kinds that callers
// tell apart. The text of the database is kept only when no kind fits.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ErrNotFound
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	if kind := kindOf(e); kind != nil {
		return fmt.Errorf("%w (database code %d, system code %d)", kind, int(e.ExtendedCode), int(e.SystemErrno))
	}
	return err
}

// sealBroken is SQLite's SQLITE_IOERR_DATA, with which a page is refused that
// does not carry its seal. The system code beside it is left over from some
// earlier call.
const sealBroken = 10 | 32<<8

// brokenSeal reports whether a page was refused. While SQLite reads the
// description of the tables it keeps only the first byte of the code; an error
// of the disk itself would come with its system code.
func brokenSeal(e sqlite3.Error) bool {
	return e.ExtendedCode == sealBroken || int(e.ExtendedCode) == int(sqlite3.ErrIoErr) && e.SystemErrno != syscall.EIO
}

func kindOf(e sqlite3.Error) error {
	if brokenSeal(e) {
		return domain.ErrDamaged
	}
	if kind := systemKind(e.SystemErrno); kind != nil && e.Code != sqlite3.ErrBusy {
		return kind
	}
	switch e.ExtendedCode {
	case sqlite3.ErrIoErrSHMSize:
		// Growing the shared index is the first thing to fail on a full disk.
		return domain.ErrStorageFull
	case sqlite3.ErrConstraintForeignKey:
		return domain.ErrNotFound
	case sqlite3.ErrConstraintUnique, sqlite3.ErrConstraintPrimaryKey, sqlite3.ErrConstraintTrigger:
		return domain.ErrConflict
	}
	switch e.Code {
	case sqlite3.ErrFull:
		return domain.ErrStorageFull
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrCantOpen:
		return domain.ErrReadOnly
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return domain.ErrDamaged
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return domain.ErrInUse
	}
	return nil
}

// unreadable is translate for statements that every sound file answers: when
// SQLite cannot even understand them, the file's own description of its tables
// is damaged.
func unreadable(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) && e.Code == sqlite3.ErrError {
		return fmt.Errorf("%w (database code %d)", domain.ErrDamaged, int(e.ExtendedCode))
	}
	return translate(err)
}

// systemError names the kind of an error of the operating system, without the
// path, which may hold a person's name.
func systemError(err error) error {
	if err == nil {
		return nil
	}
	var code syscall.Errno
	if errors.As(err, &code) {
		if kind := systemKind(code); kind != nil {
			return fmt.Errorf("%w (system code %d)", kind, int(code))
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		return domain.ErrReadOnly
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("%s: %w", path.Op, path.Err)
	}
	return err
}

func systemKind(code syscall.Errno) error {
	switch code {
	case syscall.ENOSPC, syscall.EDQUOT:
		return domain.ErrStorageFull
	case syscall.EROFS, syscall.EACCES, syscall.EPERM, syscall.ENOTDIR:
		return domain.ErrReadOnly
	case syscall.EISDIR:
		return domain.ErrDamaged
	}
	return nil
}
