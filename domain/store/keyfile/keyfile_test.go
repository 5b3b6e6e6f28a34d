package keyfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"backtobar/domain"
)

// cheap is as little work as a file may ask for, so that tests are quick.
var cheap = Cost{Time: 1, MemoryKiB: 12 << 10, Threads: 1}

const annas, lukaszs = "four words are better", "zażółć gęślą jaźń 1"

func made(t *testing.T) (f *File, key []byte, code string) {
	t.Helper()
	f, key = New("vault-1")
	for user, pass := range map[string]string{"anna": annas, "łukasz": lukaszs} {
		if err := f.SetPassword(key, user, pass, cheap); err != nil {
			t.Fatal(err)
		}
	}
	code, err := f.SetRecovery(key, cheap)
	if err != nil {
		t.Fatal(err)
	}
	return f, key, code
}

func again(t *testing.T, f *File) *File {
	t.Helper()
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestEverySlotOpensTheSameKey(t *testing.T) {
	f, key, code := made(t)
	f = again(t, f)
	for name, open := range map[string]func() ([]byte, error){
		"anna":   func() ([]byte, error) { return f.Open("anna", annas) },
		"łukasz": func() ([]byte, error) { return f.Open("łukasz", lukaszs) },
		"łukasz, letters apart": func() ([]byte, error) {
			return f.Open("łukasz", "zaz\u0307o\u0301łc\u0301 ge\u0328s\u0301la\u0328 jaz\u0301n\u0301 1")
		},
		"code":                  func() ([]byte, error) { return f.Recover(code) },
		"code in small letters": func() ([]byte, error) { return f.Recover(strings.ToLower(code)) },
		"code without hyphens":  func() ([]byte, error) { return f.Recover(strings.ReplaceAll(code, "-", " ")) },
		"code with O, I and L":  func() ([]byte, error) { return f.Recover(strings.NewReplacer("0", "O", "1", "l").Replace(code)) },
		"code over two lines":   func() ([]byte, error) { return f.Recover(code[:23] + "\r\n" + code[23:]) },
	} {
		got, err := open()
		if err != nil || !bytes.Equal(got, key) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrongSecretsOpenNothing(t *testing.T) {
	f, _, code := made(t)
	for name, try := range map[string]struct{ user, pass string }{
		"empty":                {"anna", ""},
		"a letter more":        {"anna", annas + "x"},
		"another case":         {"anna", strings.ToUpper(annas)},
		"somebody else's":      {"anna", lukaszs},
		"nobody":               {"nobody", annas},
		"the code as password": {"", code},
	} {
		if _, err := f.Open(try.user, try.pass); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other, _ := newCode()
	if _, err := f.Recover(other); !errors.Is(err, ErrWrong) {
		t.Errorf("another code: %v", err)
	}
	for i := range code {
		if code[i] == '-' {
			continue
		}
		for _, wrong := range "07AZ" {
			typed := code[:i] + string(wrong) + code[i+1:]
			if _, err := f.Recover(typed); typed != code && !errors.Is(err, ErrMistyped) {
				t.Fatalf("a wrong letter at %d: %v", i, err)
			}
		}
	}
	for _, short := range []string{"", code[:len(code)-1], code + "0", strings.Repeat("-", 47)} {
		if _, err := f.Recover(short); !errors.Is(err, ErrMistyped) {
			t.Errorf("%d letters: %v", len(short), err)
		}
	}
}

func TestChangingAndRemoving(t *testing.T) {
	f, key, code := made(t)
	if err := f.SetPassword(key, "anna", "another one, longer", cheap); err != nil {
		t.Fatal(err)
	}
	if err := f.Remove(key, "łukasz"); err != nil {
		t.Fatal(err)
	}
	newer, err := f.SetRecovery(key, cheap)
	if err != nil {
		t.Fatal(err)
	}
	f = again(t, f)
	if _, err := f.Open("anna", annas); !errors.Is(err, ErrWrong) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := f.Open("łukasz", lukaszs); !errors.Is(err, ErrWrong) {
		t.Errorf("the removed person: %v", err)
	}
	if _, err := f.Recover(code); !errors.Is(err, ErrWrong) {
		t.Errorf("the old code: %v", err)
	}
	if got, err := f.Open("anna", "another one, longer"); err != nil || !bytes.Equal(got, key) {
		t.Errorf("the new password: %v", err)
	}
	if got, err := f.Recover(newer); err != nil || !bytes.Equal(got, key) {
		t.Errorf("the new code: %v", err)
	}
	if len(f.Slots) != 2 {
		t.Errorf("%d slots", len(f.Slots))
	}
	if err := f.SetPassword(make([]byte, KeySize), "eve", annas, cheap); !errors.Is(err, domain.ErrDamaged) {
		t.Errorf("a slot for a key that is not the file's: %v", err)
	}
	if err := f.SetPassword(key, "anna", annas, Cost{Time: 1, MemoryKiB: 8, Threads: 1}); err == nil {
		t.Error("a slot that costs an attacker nothing")
	}
}

// No bit of the file can change without being noticed by the one who opens it.
func TestNoFlippedBitIsSilent(t *testing.T) {
	f, key, _ := made(t)
	whole, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		bit := r.IntN(len(whole) * 8)
		b := bytes.Clone(whole)
		b[bit/8] ^= 1 << (bit % 8)
		read, err := Decode(b)
		if err != nil {
			continue
		}
		got, err := read.Open("anna", annas)
		if err != nil {
			continue
		}
		// Another case of a hexadecimal digit, or a blank that became another,
		// says the same.
		if same, err := read.Encode(); err != nil || !bytes.Equal(same, whole) || !bytes.Equal(got, key) {
			t.Errorf("bit %d (%q) flipped in silence", bit, whole[bit/8])
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	f, _, _ := made(t)
	for name, spoil := range map[string]func(*File){
		"an older format":      func(f *File) { f.Format = 0 },
		"no seal":              func(f *File) { f.Seal = nil },
		"no vault":             func(f *File) { f.Vault = "" },
		"memory without end":   func(f *File) { f.Slots[0].Cost.MemoryKiB = 1 << 31 },
		"passes without end":   func(f *File) { f.Slots[0].Cost.Time = 1 << 30 },
		"no work":              func(f *File) { f.Slots[0].Cost.MemoryKiB = 8 },
		"no thread":            func(f *File) { f.Slots[0].Cost.Threads = 0 },
		"a short salt":         func(f *File) { f.Slots[0].Salt = f.Slots[0].Salt[:8] },
		"a short key":          func(f *File) { f.Slots[0].Wrapped = f.Slots[0].Wrapped[:40] },
		"a kind of slot":       func(f *File) { f.Slots[0].Kind = "finger" },
		"a person twice":       func(f *File) { f.Slots = append(f.Slots, f.Slots[0]) },
		"a recovery for a man": func(f *File) { f.Slots[2].User = "anna" },
	} {
		copied := again(t, f)
		spoil(copied)
		b, err := json.Marshal(copied)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(b); !errors.Is(err, domain.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := again(t, f)
	newer.Format = 2
	b, _ := newer.Encode()
	if _, err := Decode(b); !errors.Is(err, domain.ErrNewer) {
		t.Errorf("a newer format: %v", err)
	}
	for _, text := range []string{"", "{}", "null", "[]", strings.Repeat(" ", maxSize+1), `{"format":1,"vault":"v","slots":[],"seal":"00","more":1}`} {
		if _, err := Decode([]byte(text)); !errors.Is(err, domain.ErrDamaged) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// The golden file was written once: whoever cannot open it has changed the
// format.
func TestGoldenFileOpens(t *testing.T) {
	b, err := os.ReadFile("testdata/keys-1.json")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("testdata/keys-1.code.txt")
	if err != nil {
		t.Fatal(err)
	}
	byPassword, err := f.Open("anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	byCode, err := f.Recover(string(code))
	if err != nil || !bytes.Equal(byCode, byPassword) {
		t.Fatalf("the code: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	b, err := os.ReadFile("testdata/keys-1.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Decode(b)
		if err != nil {
			return
		}
		text, err := file.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(text)
		if err != nil || len(again.Slots) != len(file.Slots) {
			t.Fatalf("what was accepted does not come back: %v", err)
		}
		for _, s := range file.Slots {
			if !s.Cost.sane() {
				t.Fatalf("accepted the cost %+v", s.Cost)
			}
		}
	})
}

func FuzzRecoveryCode(f *testing.F) {
	code, _ := newCode()
	f.Add(code)
	f.Add(strings.ToLower(code))
	f.Add("")
	f.Fuzz(func(t *testing.T, typed string) {
		secret, err := parseCode(typed)
		if err != nil {
			return
		}
		// What was accepted is a code in other writing, no other text.
		b := letters.EncodeToString(append(bytes.Clone(secret), check(secret)...))
		if b != alike.Replace(strings.ToUpper(typed)) {
			t.Fatalf("%q was taken for %s", typed, b)
		}
	})
}
