package sealed

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"backtobar/domain"
)

var (
	key  = bytes.Repeat([]byte{5}, 32)
	keys = []byte(`{"format":1}`)
	at   = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
)

func entries() []Entry {
	big := strings.Repeat("a page of the records ", 8_000)
	return []Entry{
		{Name: "manifest.json", Size: 2, Content: strings.NewReader("{}")},
		{Name: "records.db", Size: int64(len(big)), Content: strings.NewReader(big)},
		{Name: "empty", Size: 0, Content: strings.NewReader("")},
	}
}

func written(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, keys, key, at, entries()...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read returns all files of a backup.
func read(b, key []byte) (map[string]string, error) {
	backup, err := Open(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	got := map[string]string{}
	err = backup.Extract(key, func(name string, r io.Reader) error {
		content, err := io.ReadAll(r)
		got[name] = string(content)
		return err
	})
	return got, err
}

func TestEverythingComesBack(t *testing.T) {
	b := written(t)
	got, err := read(b, key)
	if err != nil || len(got) != 3 || got["manifest.json"] != "{}" || len(got["records.db"]) != 176_000 {
		t.Fatalf("%d files, %v", len(got), err)
	}
	if bytes.Contains(b, []byte("a page of the records")) {
		t.Error("the backup shows its content")
	}
	if _, err := read(b, bytes.Repeat([]byte{6}, 32)); !errors.Is(err, domain.ErrDamaged) {
		t.Errorf("another key: %v", err)
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	b := written(t)
	for n := 0; n < len(b); n += 1 + n/10 {
		if _, err := read(b[:n], key); !errors.Is(err, domain.ErrDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(b), err)
		}
	}
	for n := len(b) - 10; n < len(b); n++ {
		if _, err := read(b[:n], key); !errors.Is(err, domain.ErrDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(b), err)
		}
	}
	if _, err := read(append(bytes.Clone(b), 0), key); !errors.Is(err, domain.ErrDamaged) {
		t.Errorf("with a byte more: %v", err)
	}
}

func TestNoFlippedBitIsSilent(t *testing.T) {
	b := written(t)
	r := rand.New(rand.NewPCG(7, 7))
	for n := range 120 {
		bit := r.IntN(len(b) * 8)
		if n < 60 { // the header has few bytes and must not be missed
			bit = r.IntN(300 * 8)
		}
		flipped := bytes.Clone(b)
		flipped[bit/8] ^= 1 << (bit % 8)
		if _, err := read(flipped, key); err == nil {
			t.Errorf("bit %d of byte %d flipped in silence", bit%8, bit/8)
		}
	}
}

func TestAnotherKeyFileIsNoticed(t *testing.T) {
	b := written(t)
	other := append(header([]byte(`{"format":2}`)), b[len(header(keys)):]...)
	if _, err := read(other, key); !errors.Is(err, domain.ErrDamaged) {
		t.Errorf("%v", err)
	}
}

func TestNewerAndForeign(t *testing.T) {
	b := written(t)
	newer := bytes.Replace(b, []byte("backup 1\n"), []byte("backup 2\n"), 1)
	if _, err := read(newer, key); !errors.Is(err, domain.ErrNewer) {
		t.Errorf("newer: %v", err)
	}
	for _, text := range []string{"", "backtobar", "PK\x03\x04 a zip file, which is long enough", "backtobar backup x\n....", head + "\xff\xff\xff\xff"} {
		if _, err := read([]byte(text), key); !errors.Is(err, domain.ErrDamaged) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// An error of whoever takes the files is not called damage.
func TestTheTakersErrorIsItsOwn(t *testing.T) {
	full := errors.New("disk full")
	backup, err := Open(bytes.NewReader(written(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := backup.Extract(key, func(string, io.Reader) error { return full }); !errors.Is(err, full) || errors.Is(err, domain.ErrDamaged) {
		t.Fatal(err)
	}
}

// The golden backup was written once: whoever cannot read it has changed the
// format.
func TestGoldenBackupOpens(t *testing.T) {
	b, err := os.ReadFile("testdata/backup-1.btb")
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(b, key)
	if err != nil || got["manifest.json"] != "{}" {
		t.Fatalf("%v", err)
	}
}

func FuzzOpen(f *testing.F) {
	b, err := os.ReadFile("testdata/backup-1.btb")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b[:400])
	f.Add([]byte(head))
	f.Add([]byte("backtobar backup 2\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		backup, err := Open(bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, domain.ErrDamaged) && !errors.Is(err, domain.ErrNewer) {
				t.Fatalf("refused without a kind: %v", err)
			}
			return
		}
		if len(backup.Keys) > len(b) {
			t.Fatal("more keys than bytes")
		}
	})
}
