package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"backtobar/domain"
)

// The head of every SQLite file: a magic text, and at byte 68 the number that
// says which program the file belongs to.
const (
	headerSize        = 100
	magic             = "SQLite format 3\x00"
	applicationOffset = 68
)

// inspect looks at the file before SQLite does: a foreign file must not be
// touched, and SQLite would write to some. It may only run while the lock is
// held and before the first connection. fresh means that there is no file yet.
func inspect(path string) (fresh bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Size() == 0:
		// A journal without its file is what is left of a lost database.
		// SQLite would throw it away.
		if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
			return false, domain.ErrDamaged
		}
		return true, nil
	case err != nil:
		return false, systemError(err)
	case !info.Mode().IsRegular():
		return false, domain.ErrDamaged
	}
	// Opened for writing, so that a write-protected file is known now.
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false, systemError(err)
	}
	head := make([]byte, headerSize)
	_, err = io.ReadFull(f, head)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return false, domain.ErrDamaged
	}
	if err != nil {
		return false, systemError(err)
	}
	ours := bytes.HasPrefix(head, []byte(magic)) &&
		binary.BigEndian.Uint32(head[applicationOffset:]) == applicationID
	if !ours {
		return false, domain.ErrDamaged
	}
	return false, nil
}
