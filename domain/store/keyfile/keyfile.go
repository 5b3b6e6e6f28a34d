// Package keyfile keeps the key of the records under many locks.
//
// The records are encrypted with one data key of 32 random bytes, which is made
// once and written nowhere as it is. The key file holds it in slots: in each it
// is encrypted with a key that Argon2id makes of one person's password, or of
// the recovery code that was printed at set-up. So a password is changed by
// writing one slot anew, somebody who leaves loses a slot, and no password is
// kept in any form that could be compared with another.
//
// The whole file carries a seal made with the data key: whoever opens one slot
// also notices that another was changed, added or removed by other means.
//
// docs/vault-format.md holds the format.
package keyfile

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// KeySize is the length of a data key in bytes.
const KeySize = 32

// format is the version of the file. docs/vault-format.md holds it.
const format = 1

var (
	// ErrWrong: no slot opens with this password or code. It does not say
	// whether there is such a person.
	ErrWrong = errors.New("the password does not open the records")
	// ErrMistyped: the recovery code has a letter that was mistyped.
	ErrMistyped = errors.New("the recovery code is mistyped")
)

// Cost is how much work Argon2id does for one try.
type Cost struct {
	// Time is the number of passes.
	Time int `json:"time"`
	// MemoryKiB is the memory it fills, in KiB.
	MemoryKiB int `json:"memory_kib"`
	// Threads is how many run side by side.
	Threads int `json:"threads"`
}

// Standard is the second choice of RFC 9106: 64 MiB, three passes.
var Standard = Cost{Time: 3, MemoryKiB: 64 << 10, Threads: 4}

// The bounds of a cost that is read from a file: less protects nobody (the
// least that OWASP's password storage guide allows), and a planted file must
// not eat the memory.
var (
	least = Cost{Time: 1, MemoryKiB: 12 << 10, Threads: 1}
	most  = Cost{Time: 16, MemoryKiB: 1 << 20, Threads: 16}
)

func (c Cost) sane() bool {
	return c.Time >= least.Time && c.Time <= most.Time && c.MemoryKiB >= least.MemoryKiB &&
		c.MemoryKiB <= most.MemoryKiB && c.Threads >= least.Threads && c.Threads <= most.Threads
}

// derive is Argon2id; c must be sane.
func (c Cost) derive(secret, salt []byte) []byte {
	return argon2.IDKey(secret, salt, uint32(c.Time), uint32(c.MemoryKiB), uint8(c.Threads), KeySize)
}

// Hex is bytes that are written as hexadecimal text.
type Hex []byte

// MarshalText implements encoding.TextMarshaler.
func (h Hex) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hex) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil {
		return errors.New("hexadecimal digits are needed here")
	}
	*h = b
	return nil
}

// The kinds of slots.
const (
	password = "password"
	recovery = "recovery"
)

// Slot is the data key under one lock.
type Slot struct {
	// Kind is "password" or "recovery".
	Kind string `json:"kind"`
	// User is the id of the person, "" for the recovery code.
	User string `json:"user"`
	Cost Cost   `json:"argon2id"`
	Salt Hex    `json:"salt"`
	// Wrapped is the nonce and the data key under AES-256-GCM, which also
	// protects everything above.
	Wrapped Hex `json:"wrapped"`
}

// The lengths of what a slot holds, in bytes.
const (
	saltSize    = 16
	wrappedSize = 12 + KeySize + 16
)

// File is a key file. Its methods that need the data key also renew the seal.
type File struct {
	Format int `json:"format"`
	// Vault is the id of the records that the key opens.
	Vault string `json:"vault"`
	Slots []Slot `json:"slots"`
	Seal  Hex    `json:"seal"`
}

// New returns a key file without slots for the records called vault, and its
// new data key.
func New(vault string) (*File, []byte) {
	key := make([]byte, KeySize)
	rand.Read(key)
	f := &File{Format: format, Vault: vault}
	f.seal(key)
	return f, key
}

// maxSize bounds a key file that is read, in bytes: some hundred slots.
const maxSize = 256 << 10

// Decode reads a key file. Errors: domain.ErrNewer, domain.ErrDamaged.
func Decode(b []byte) (*File, error) {
	if len(b) > maxSize {
		return nil, domain.ErrDamaged
	}
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(b, &head); err == nil && head.Format > format {
		return nil, domain.ErrNewer
	}
	var f File
	if err := strictjson.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("%w: %w", domain.ErrDamaged, err)
	}
	if f.Format != format || len(f.Seal) != sha256.Size || f.Vault == "" {
		return nil, domain.ErrDamaged
	}
	seen := map[string]bool{}
	for _, s := range f.Slots {
		known := s.Kind == password && s.User != "" || s.Kind == recovery && s.User == ""
		if !known || seen[s.Kind+s.User] || !s.Cost.sane() || len(s.Salt) != saltSize || len(s.Wrapped) != wrappedSize {
			return nil, domain.ErrDamaged
		}
		seen[s.Kind+s.User] = true
	}
	return &f, nil
}

// Encode returns the file as text.
func (f *File) Encode() ([]byte, error) {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	return append(b, '\n'), nil
}

// SetPassword puts the data key under the password of a person, in place of an
// earlier one. Whether the password is good enough is the caller's business.
func (f *File) SetPassword(key []byte, user, pass string, cost Cost) error {
	return f.put(key, Slot{Kind: password, User: user, Cost: cost}, normal(pass))
}

// SetRecovery makes a new recovery code, in place of an earlier one, and
// returns it for printing. It is written nowhere.
func (f *File) SetRecovery(key []byte, cost Cost) (code string, err error) {
	code, secret := newCode()
	return code, f.put(key, Slot{Kind: recovery, Cost: cost}, secret)
}

// Remove takes a person's slot away. Removing none is not an error.
func (f *File) Remove(key []byte, user string) error {
	if !f.sealedBy(key) {
		return domain.ErrDamaged
	}
	f.Slots = slices.DeleteFunc(f.Slots, func(s Slot) bool { return s.Kind == password && s.User == user })
	f.seal(key)
	return nil
}

// Open returns the data key. Errors: ErrWrong; domain.ErrDamaged when the
// password is right but the file was changed by other means.
func (f *File) Open(user, pass string) ([]byte, error) { return f.open(password, user, normal(pass)) }

// Recover returns the data key for the recovery code as somebody typed it.
// Errors: ErrMistyped before anything is tried, and those of Open.
func (f *File) Recover(code string) ([]byte, error) {
	secret, err := parseCode(code)
	if err != nil {
		return nil, err
	}
	return f.open(recovery, "", secret)
}

func (f *File) put(key []byte, s Slot, secret []byte) error {
	if !f.sealedBy(key) {
		return domain.ErrDamaged
	}
	if !s.Cost.sane() {
		return fmt.Errorf("key file: the cost %+v is outside its bounds", s.Cost)
	}
	s.Salt = make([]byte, saltSize)
	rand.Read(s.Salt)
	box, err := s.box(f.Vault, secret)
	if err != nil {
		return err
	}
	s.Wrapped = box.Seal(nil, nil, key, s.protected(f.Vault))
	f.Slots = slices.DeleteFunc(f.Slots, func(o Slot) bool { return o.Kind == s.Kind && o.User == s.User })
	f.Slots = append(f.Slots, s)
	f.seal(key)
	return nil
}

func (f *File) open(kind, user string, secret []byte) ([]byte, error) {
	i := slices.IndexFunc(f.Slots, func(s Slot) bool { return s.Kind == kind && s.User == user })
	if i < 0 {
		// As slow as a person who is there, so that time tells nothing.
		Standard.derive(secret, make([]byte, saltSize))
		return nil, ErrWrong
	}
	s := f.Slots[i]
	box, err := s.box(f.Vault, secret)
	if err != nil {
		return nil, err
	}
	key, err := box.Open(nil, nil, s.Wrapped, s.protected(f.Vault))
	if err != nil {
		return nil, ErrWrong
	}
	if !f.sealedBy(key) {
		return nil, domain.ErrDamaged
	}
	return key, nil
}

// box is the lock that secret opens.
func (s Slot) box(vault string, secret []byte) (cipher.AEAD, error) {
	kek := s.Cost.derive(secret, s.Salt)
	defer clear(kek)
	block, err := aes.NewCipher(kek)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	return box, nil
}

// protected is what cannot be changed without the slot failing to open.
func (s Slot) protected(vault string) []byte {
	var b []byte
	for _, part := range []string{"backtobar keys 1", vault, s.Kind, s.User, string(s.Salt)} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	for _, n := range []int{s.Cost.Time, s.Cost.MemoryKiB, s.Cost.Threads} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return b
}

// seal writes the seal over the vault and all slots.
func (f *File) seal(key []byte) { f.Seal = f.sum(key) }

func (f *File) sealedBy(key []byte) bool { return hmac.Equal(f.Seal, f.sum(key)) }

func (f *File) sum(key []byte) []byte {
	sealKey, err := hkdf.Key(sha256.New, key, nil, "backtobar keys 1 seal", 32)
	if err != nil {
		return nil // only for a key of no length; no seal is empty
	}
	h := hmac.New(sha256.New, sealKey)
	h.Write([]byte(f.Vault))
	for _, s := range f.Slots {
		part := append(s.protected(f.Vault), s.Wrapped...)
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write(part)
	}
	return h.Sum(nil)
}

// normal is a password in the one form in which it is compared: the same
// letters typed on another keyboard may come as other bytes.
func normal(pass string) []byte { return norm.NFC.Bytes([]byte(pass)) }
