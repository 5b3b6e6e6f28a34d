package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"backtobar/domain"
	"backtobar/domain/store/pagevfs"
)

// The head of every SQLite file: a magic text, at byte 16 the size of a page
// (where 1 means 65,536), and at byte 68 the number that says which program the
// file belongs to.
const (
	headerSize        = 100
	magic             = "SQLite format 3\x00"
	pageSizeOffset    = 16
	applicationOffset = 68
)

// inspect looks at the file before SQLite does: a foreign file must not be
// touched, and SQLite would write to some. It may only run while the lock is
// held and before the first connection. fresh means that there is no file yet.
func inspect(path string, key []byte) (fresh bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Size() == 0:
		// A journal without its file is what is left of a lost database.
		// SQLite would throw it away.
		if hasJournal(path) {
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
	defer func() { err = errors.Join(err, f.Close()) }()
	if len(key) > 0 {
		return false, inspectEncrypted(f, path, info.Size(), key)
	}
	head := make([]byte, headerSize)
	_, err = io.ReadFull(f, head)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return false, domain.ErrDamaged
	}
	if err != nil {
		return false, systemError(err)
	}
	ours := bytes.HasPrefix(head, []byte(magic)) &&
		binary.BigEndian.Uint32(head[applicationOffset:]) == applicationID
	// A file that was closed is whole pages; SQLite would read the missing end
	// of a cut one as zeros. While a journal waits, the end may be anywhere.
	pageSize := int64(binary.BigEndian.Uint16(head[pageSizeOffset:]))
	if pageSize == 1 {
		pageSize = 65536
	}
	if !ours || pageSize == 0 || (info.Size()%pageSize != 0 && !hasJournal(path)) {
		return false, domain.ErrDamaged
	}
	return false, nil
}

// inspectEncrypted looks for a page that carries the key's seal. The first page
// must, unless a journal waits that may hold a newer one.
func inspectEncrypted(f io.Reader, path string, size int64, key []byte) error {
	pages, err := pagevfs.NewPageReader(key)
	if err != nil {
		return err
	}
	page := make([]byte, pagevfs.PageSize)
	for n := int64(0); ; n++ {
		_, err := io.ReadFull(f, page)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return domain.ErrOtherKey
		}
		if err != nil {
			return systemError(err)
		}
		if n == 0 && bytes.HasPrefix(page, []byte(magic)) {
			return domain.ErrDamaged // not encrypted at all
		}
		switch {
		case !pages.Open(page, n):
			continue
		case !hasJournal(path) && (n > 0 || size%pagevfs.PageSize != 0):
			return domain.ErrDamaged
		}
		return nil
	}
}

// hasJournal reports whether a write-ahead journal with content lies beside
// the file, as after a crash.
func hasJournal(path string) bool {
	wal, err := os.Stat(path + "-wal")
	return err == nil && wal.Size() > 0
}
