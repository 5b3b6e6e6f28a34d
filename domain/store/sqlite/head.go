package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

// headFile remembers the newest row of the trail beside the records. A file of
// records that was cut off, or put back from an older copy, does not hold that
// row. It is written after each save and synced at the end only: after a power
// cut it may be older than the records, which proves nothing, and never newer.
type headFile struct {
	mu   sync.Mutex
	file *os.File
}

// The file is the number and the seal of the row, and a checksum of both.
const (
	headSeal = sha256.Size
	headSum  = 8
	headLen  = 8 + headSeal + headSum
)

func encodeHead(h clinic.TrailHead) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(h.Seq))
	b = append(b, make([]byte, headSeal)...)
	copy(b[8:], h.Seal)
	sum := sha256.Sum256(b)
	return append(b, sum[:headSum]...)
}

// decodeHead returns no head for anything that encodeHead did not write, such
// as a file that a power cut tore.
func decodeHead(b []byte) clinic.TrailHead {
	if len(b) != headLen {
		return clinic.TrailHead{}
	}
	h := clinic.TrailHead{Seq: int64(binary.BigEndian.Uint64(b)), Seal: b[8 : 8+headSeal]}
	if h.Seq < 1 || string(encodeHead(h)) != string(b) {
		return clinic.TrailHead{}
	}
	return h
}

// openHead opens or makes the file and returns what it remembers.
func openHead(path string) (*headFile, clinic.TrailHead, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, clinic.TrailHead{}, systemError(err)
	}
	b, err := io.ReadAll(io.LimitReader(f, headLen+1))
	if err != nil {
		return nil, clinic.TrailHead{}, errors.Join(systemError(err), f.Close())
	}
	return &headFile{file: f}, decodeHead(b), nil
}

// write remembers h. A failure costs only that a cut of the newest rows would
// be noticed later, at the next row that is remembered elsewhere.
func (f *headFile) write(h clinic.TrailHead) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, _ = f.file.WriteAt(encodeHead(h), 0)
}

func (f *headFile) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := errors.Join(f.file.Sync(), f.file.Close())
	if errors.Is(err, fs.ErrClosed) {
		return nil
	}
	return systemError(err)
}

// remember compares the records with what was remembered of their trail, and
// goes on remembering.
func (s *Store) remember(ctx context.Context, path string) error {
	head, was, err := openHead(path + ".head")
	if err != nil {
		return err
	}
	s.head = head
	if was.Seq == 0 {
		return nil
	}
	return s.View(ctx, func(t clinic.Tx) error {
		var seal []byte
		err := t.(*tx).one([]any{&seal}, "select seal from audit where seq = ?", was.Seq)
		if errors.Is(err, domain.ErrNotFound) || err == nil && string(sealed(seal)) != string(was.Seal) {
			return fmt.Errorf("%w: row %d of the trail is not there", domain.ErrOlder, was.Seq)
		}
		return err
	})
}

// sealed is a seal in the length in which the head keeps it.
func sealed(seal []byte) []byte {
	b := make([]byte, headSeal)
	copy(b, seal)
	return b
}
