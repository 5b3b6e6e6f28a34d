package pagevfs

import (
	"bytes"
	"crypto/aes"
	"crypto/hkdf"
	"crypto/sha256"
	"math/rand/v2"
	"testing"

	"golang.org/x/crypto/xts"
)

func testCipher(t *testing.T) *cipher {
	t.Helper()
	c, err := newCipher(testKey)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The format in other words: whole sectors are plain AES-256-XTS under a key
// that anybody can derive from the data key and the label.
func TestWholeSectorsAreStandardXTS(t *testing.T) {
	key, err := hkdf.Key(sha256.New, testKey, nil, "backtobar vault 1 wal", 64)
	if err != nil {
		t.Fatal(err)
	}
	standard, err := xts.NewCipher(aes.NewCipher, key)
	if err != nil {
		t.Fatal(err)
	}
	plain := bytes.Repeat([]byte("0123456789abcdef"), 2*sector/16)
	want := make([]byte, len(plain))
	standard.Encrypt(want[:sector], plain[:sector], 7)
	standard.Encrypt(want[sector:], plain[sector:], 8)
	got := bytes.Clone(plain)
	testCipher(t).encrypt(wal, got, 7*sector)
	if !bytes.Equal(got, want) {
		t.Fatal("not what AES-256-XTS with the sector number as tweak gives")
	}
}

// A piece encrypted by itself is the same piece of the whole, so a write leaves
// the blocks around it as they are.
func TestPiecesEqualTheWhole(t *testing.T) {
	c := testCipher(t)
	r := rand.New(rand.NewPCG(1, 2))
	whole := make([]byte, 4*sector)
	for i := range whole {
		whole[i] = byte(r.Uint32())
	}
	for k := range kinds {
		sealed := bytes.Clone(whole)
		c.encrypt(k, sealed, 3*sector)
		for range 500 {
			from := r.IntN(len(whole)/unit) * unit
			to := from + (1+r.IntN((len(whole)-from)/unit))*unit
			piece := bytes.Clone(whole[from:to])
			c.encrypt(k, piece, 3*sector+int64(from))
			if !bytes.Equal(piece, sealed[from:to]) {
				t.Fatalf("kind %d: bytes %d to %d differ", k, from, to)
			}
			c.decrypt(k, piece, 3*sector+int64(from))
			if !bytes.Equal(piece, whole[from:to]) {
				t.Fatalf("kind %d: bytes %d to %d do not come back", k, from, to)
			}
		}
	}
}

func TestEachKindOfFileHasItsOwnKey(t *testing.T) {
	c := testCipher(t)
	var seen [kinds][]byte
	for k := range kinds {
		seen[k] = make([]byte, unit)
		c.encrypt(k, seen[k], 0)
		for other := range k {
			if bytes.Equal(seen[k], seen[other]) {
				t.Errorf("files of kind %d and %d look the same", k, other)
			}
		}
	}
}

func firstPage() []byte {
	page := make([]byte, PageSize)
	copy(page, magic)
	page[pageSizeAt], page[reservedAt] = PageSize>>8, ReservedBytes
	return page
}

func TestSealCoversEveryByteAndThePlace(t *testing.T) {
	c := testCipher(t)
	page := firstPage()
	if !c.seal(page, 0) || !c.sealed(page, 0) {
		t.Fatal("a page does not carry the seal it was given")
	}
	for i := range page {
		page[i] ^= 1
		if c.sealed(page, 0) {
			t.Fatalf("a change of byte %d is not noticed", i)
		}
		page[i] ^= 1
	}
	if c.sealed(page, PageSize) {
		t.Fatal("a page in another place is not noticed")
	}
}

func TestSealRefusesAFirstPageThatHasNoRoom(t *testing.T) {
	c := testCipher(t)
	for name, spoil := range map[string]func([]byte){
		"no reserved bytes":  func(p []byte) { p[reservedAt] = 0 },
		"another page size":  func(p []byte) { p[pageSizeAt] = 0x20 },
		"not SQLite's magic": func(p []byte) { p[0] = 's' },
	} {
		page := firstPage()
		spoil(page)
		if c.seal(page, 0) {
			t.Errorf("%s: sealed", name)
		}
		if !c.seal(page, PageSize) {
			t.Errorf("%s: refused although it is not the first page", name)
		}
	}
}

func TestRegisterRefusesAKeyOfAnotherLength(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33, 64} {
		if _, err := Register("", make([]byte, n)); err == nil {
			t.Errorf("a key of %d bytes was taken", n)
		}
	}
	if _, err := Register("no such vfs", testKey); err == nil {
		t.Error("a VFS over one that does not exist")
	}
}
