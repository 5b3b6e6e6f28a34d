package pagevfs

import (
	"bytes"
	"crypto/aes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"sync"

	"golang.org/x/crypto/xts"
)

const (
	// KeySize is the length of a data key in bytes.
	KeySize = 32
	// PageSize is the length of a page of the database in bytes.
	PageSize = 4096
	// ReservedBytes at the end of each page of the database hold its seal.
	ReservedBytes = 32

	// unit is the least that can be encrypted by itself, and sector what has
	// its own tweak, both in bytes.
	unit   = 16
	sector = 4096
)

// kind is which of SQLite's files. Each has its own key, so that the same
// content at the same place of two files looks different.
type kind int

const (
	database kind = iota
	wal
	other
	kinds
)

// labels are part of the format: see docs/vault-format.md.
var labels = [kinds]string{"backtobar vault 1 database", "backtobar vault 1 wal", "backtobar vault 1 other"}

const sealLabel = "backtobar vault 1 seal"

// cipher encrypts and seals with the keys that come from one data key. It is
// safe for concurrent use.
type cipher struct {
	xts   [kinds]*xts.Cipher
	seals sync.Pool // of hash.Hash, keyed
}

func newCipher(dataKey []byte) (*cipher, error) {
	if len(dataKey) != KeySize {
		return nil, fmt.Errorf("pagevfs: the data key has %d bytes and must have %d", len(dataKey), KeySize)
	}
	c := &cipher{}
	for k, label := range labels {
		key, err := hkdf.Key(sha256.New, dataKey, nil, label, 64)
		if err != nil {
			return nil, fmt.Errorf("pagevfs: %w", err)
		}
		if c.xts[k], err = xts.NewCipher(aes.NewCipher, key); err != nil {
			return nil, fmt.Errorf("pagevfs: %w", err)
		}
	}
	seal, err := hkdf.Key(sha256.New, dataKey, nil, sealLabel, 32)
	if err != nil {
		return nil, fmt.Errorf("pagevfs: %w", err)
	}
	c.seals.New = func() any { return hmac.New(sha256.New, seal) }
	return c, nil
}

var sectors = sync.Pool{New: func() any { return new([sector]byte) }}

// crypt turns b, whole units that begin at byte `at` of a file, in place.
func (c *cipher) crypt(k kind, b []byte, at int64, turn func(x *xts.Cipher, dst, src []byte, n uint64)) {
	for len(b) > 0 {
		number, within := uint64(at/sector), int(at%sector)
		part := b[:min(len(b), sector-within)]
		if within == 0 {
			turn(c.xts[k], part, part, number)
		} else {
			// In XTS a unit depends on its place and on nothing before it, so
			// the units before ours may hold anything.
			s := sectors.Get().(*[sector]byte)
			copy(s[within:], part)
			turn(c.xts[k], s[:within+len(part)], s[:within+len(part)], number)
			copy(part, s[within:])
			sectors.Put(s)
		}
		b, at = b[len(part):], at+int64(len(part))
	}
}

func (c *cipher) encrypt(k kind, b []byte, at int64) { c.crypt(k, b, at, (*xts.Cipher).Encrypt) }
func (c *cipher) decrypt(k kind, b []byte, at int64) { c.crypt(k, b, at, (*xts.Cipher).Decrypt) }

// sum is the seal of a page: it depends on the page's place and content.
func (c *cipher) sum(dst []byte, page []byte, at int64) []byte {
	h := c.seals.Get().(hash.Hash)
	defer c.seals.Put(h)
	h.Reset()
	var place [8]byte
	binary.BigEndian.PutUint64(place[:], uint64(at/PageSize))
	h.Write(place[:])
	h.Write(page[:PageSize-ReservedBytes])
	return h.Sum(dst)
}

// sealed reports whether every page of b carries its seal.
func (c *cipher) sealed(b []byte, at int64) bool {
	var sum [sha256.Size]byte
	for ; len(b) >= PageSize; b, at = b[PageSize:], at+PageSize {
		if !hmac.Equal(b[PageSize-ReservedBytes:PageSize], c.sum(sum[:0], b[:PageSize], at)) {
			return false
		}
	}
	return true
}

var magic = []byte("SQLite format 3\x00")

// The places in the first page where SQLite keeps the size of a page and how
// many bytes it leaves free at the end of each.
const (
	pageSizeAt = 16
	reservedAt = 20
)

// seal writes the seal of a page. It answers false for a first page that says
// that its database has other pages than ours, or no room for the seal.
func (c *cipher) seal(page []byte, at int64) bool {
	if at == 0 && (!bytes.HasPrefix(page, magic) ||
		binary.BigEndian.Uint16(page[pageSizeAt:]) != PageSize || page[reservedAt] != ReservedBytes) {
		return false
	}
	c.sum(page[:PageSize-ReservedBytes], page, at)
	return true
}
