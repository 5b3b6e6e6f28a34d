// Package sealed is the container of a backup: one file that holds everything,
// shows nothing, and notices every change.
//
// It begins with a line that names the format and the key file of the records,
// as it is: with it and a passphrase, or with the printed code, a bare computer
// can open the backup. The rest is age (age-encryption.org/v1) around a tar
// archive. age's passphrase is derived from the data key, so whoever can open
// the records can open their backups, and nobody else.
//
// docs/vault-format.md holds the format.
package sealed

import (
	"archive/tar"
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"

	"backtobar/domain"
)

// head is the first line; the number is the version of the format.
const (
	headPrefix = "backtobar backup "
	head       = headPrefix + "1\n"
)

// maxKeys bounds the key file in a header that is read, in bytes.
const maxKeys = 256 << 10

// bindName is the first entry of the archive: the SHA-256 of the header, so
// that another key file cannot be put in its place.
const bindName = "header.sha256"

// workFactor of age's scrypt, as a power of two: the passphrase is a derived
// key of 256 bits, which no work can make harder to guess.
const workFactor = 10

// Entry is one file of the archive.
type Entry struct {
	Name string
	// Size is how many bytes Content gives, exactly.
	Size    int64
	Content io.Reader
}

func passphrase(dataKey []byte) (string, error) {
	key, err := hkdf.Key(sha256.New, dataKey, nil, "backtobar backup 1", 32)
	return hex.EncodeToString(key), err
}

func header(keys []byte) []byte {
	b := binary.BigEndian.AppendUint32([]byte(head), uint32(len(keys)))
	return append(b, keys...)
}

// Write writes a backup with the key file keys, readable with dataKey.
func Write(w io.Writer, keys, dataKey []byte, at time.Time, entries ...Entry) error {
	secret, err := passphrase(dataKey)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	to, err := age.NewScryptRecipient(secret)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	to.SetWorkFactor(workFactor)
	top := header(keys)
	if _, err := w.Write(top); err != nil {
		return err
	}
	box, err := age.Encrypt(w, to)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(box)
	sum := sha256.Sum256(top)
	bind := Entry{Name: bindName, Size: int64(len(sum)), Content: bytes.NewReader(sum[:])}
	for _, e := range append([]Entry{bind}, entries...) {
		h := &tar.Header{Name: e.Name, Size: e.Size, Mode: 0o600, ModTime: at.Truncate(time.Second), Format: tar.FormatPAX}
		if err := archive.WriteHeader(h); err != nil {
			return err
		}
		if _, err := io.Copy(archive, e.Content); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), box.Close())
}

// Backup is a backup whose header was read.
type Backup struct {
	// Keys is the key file that opens it.
	Keys []byte

	top  []byte
	rest io.Reader
}

// Open reads the header. Errors: domain.ErrNewer, domain.ErrDamaged.
func Open(r io.Reader) (*Backup, error) {
	line := make([]byte, len(head))
	if _, err := io.ReadFull(r, line); err != nil {
		return nil, damaged(err)
	}
	if string(line) != head {
		if bytes.HasPrefix(line, []byte(headPrefix)) && line[len(line)-2] > '1' && line[len(line)-2] <= '9' {
			return nil, domain.ErrNewer
		}
		return nil, domain.ErrDamaged
	}
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, damaged(err)
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > maxKeys {
		return nil, domain.ErrDamaged
	}
	keys := make([]byte, n)
	if _, err := io.ReadFull(r, keys); err != nil {
		return nil, damaged(err)
	}
	return &Backup{Keys: keys, top: header(keys), rest: r}, nil
}

// Extract hands every file of the archive to take, in order. Only when it
// returns nil was every byte of the backup as it was written: what take did
// before counts for nothing otherwise. Errors: domain.ErrDamaged, and take's.
func (b *Backup) Extract(dataKey []byte, take func(name string, content io.Reader) error) error {
	secret, err := passphrase(dataKey)
	if err != nil {
		return fmt.Errorf("unseal: %w", err)
	}
	by, err := age.NewScryptIdentity(secret)
	if err != nil {
		return fmt.Errorf("unseal: %w", err)
	}
	by.SetMaxWorkFactor(workFactor)
	box, err := age.Decrypt(b.rest, by)
	if err != nil {
		return damaged(err)
	}
	archive := tar.NewReader(box)
	for n := 0; ; n++ {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) && n > 0 {
			break
		}
		if err != nil {
			return damaged(err)
		}
		if n == 0 {
			if err := b.bound(h.Name, archive); err != nil {
				return err
			}
			continue
		}
		content := &failing{r: archive}
		if err := take(h.Name, content); err != nil {
			if content.err != nil {
				return damaged(content.err)
			}
			return err
		}
	}
	// The archive ends before the box does; the rest must be whole, too.
	if _, err := io.Copy(io.Discard, box); err != nil {
		return damaged(err)
	}
	return nil
}

// bound checks that the header is the one that was written.
func (b *Backup) bound(name string, r io.Reader) error {
	got, err := io.ReadAll(io.LimitReader(r, sha256.Size+1))
	if err != nil {
		return damaged(err)
	}
	sum := sha256.Sum256(b.top)
	if name != bindName || !bytes.Equal(got, sum[:]) {
		return domain.ErrDamaged
	}
	return nil
}

// failing remembers an error of the backup itself, to tell it from one of the
// disk that is written to.
type failing struct {
	r   io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = err
	}
	return n, err
}

// damaged is what a failure to read means here; its own text stays for those
// who look closer.
func damaged(err error) error { return fmt.Errorf("%w: %w", domain.ErrDamaged, err) }
