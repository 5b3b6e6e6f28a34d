package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/outfile"
	"backtobar/domain/store/keyfile"
)

// The files beside the records.
const (
	keysName     = "keys.json"
	keysCopy     = "keys.copy.json"
	triesName    = "tries.json"
	lowestSystem = 0o700
)

// Vault is a folder with encrypted records. It implements clinic.Vault.
type Vault struct {
	folder string
	clock  domain.Clock
	cost   keyfile.Cost
}

// NewVault returns the vault in the folder of at; nothing is opened or made.
func NewVault(at Location, clock domain.Clock) *Vault {
	return &Vault{folder: filepath.Dir(at.Path), clock: clock, cost: keyfile.Standard}
}

func (v *Vault) path(name string) string { return filepath.Join(v.folder, name) }

// Made implements clinic.Vault. Records without their keys are
// clinic.ErrKeysMissing: making new keys would lose them for good. Records that
// are not encrypted are clinic.ErrPlain.
func (v *Vault) Made() (bool, error) {
	for _, name := range []string{keysName, keysCopy} {
		switch _, err := os.Stat(v.path(name)); {
		case err == nil:
			return true, nil
		case !errors.Is(err, fs.ErrNotExist):
			return false, fmt.Errorf("find the keys: %w", err)
		}
	}
	switch plain, err := startsPlain(v.path(fileName)); {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, io.EOF):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("find the records: %w", outfile.Kind(err))
	case plain:
		return false, clinic.ErrPlain
	}
	return false, clinic.ErrKeysMissing
}

// startsPlain reports whether a file begins as SQLite's own files do. No store
// is open here: reading the file beside SQLite would drop its locks.
func startsPlain(path string) (_ bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, err := f.Read(head)
	return string(head[:n]) == magic, err
}

// Make implements clinic.Vault.
func (v *Vault) Make(ctx context.Context, user, passphrase string) (clinic.Opened, string, error) {
	made, err := v.Made()
	if err == nil && made {
		err = domain.ErrConflict
	}
	if err != nil {
		return clinic.Opened{}, "", fmt.Errorf("make the keys: %w", err)
	}
	if err := os.MkdirAll(v.folder, lowestSystem); err != nil {
		return clinic.Opened{}, "", fmt.Errorf("make the keys: %w", errors.Join(domain.ErrReadOnly, err))
	}
	f, key := keyfile.New(domain.NewID())
	k := &keys{vault: v, file: f, key: key}
	code, err := f.SetRecovery(key, v.cost)
	if err != nil {
		return clinic.Opened{}, "", err
	}
	if err := k.Set(user, passphrase); err != nil {
		return clinic.Opened{}, "", err
	}
	o, err := v.opened(ctx, k)
	return o, code, err
}

// Open implements clinic.Vault.
func (v *Vault) Open(ctx context.Context, user, passphrase string) (clinic.Opened, error) {
	f, err := v.read()
	if err != nil {
		return clinic.Opened{}, err
	}
	var key []byte
	err = v.try(triesOf(f, user), func() error {
		key, err = f.Open(user, passphrase)
		return told(err)
	})
	if err != nil {
		return clinic.Opened{}, err
	}
	return v.opened(ctx, &keys{vault: v, file: f, key: key})
}

// Recover implements clinic.Vault. The code is replaced because whoever typed
// it has shown it.
func (v *Vault) Recover(ctx context.Context, code, user, passphrase string) (clinic.Opened, string, error) {
	f, err := v.read()
	if err != nil {
		return clinic.Opened{}, "", err
	}
	var key []byte
	err = v.try(recoveryTries, func() error {
		key, err = f.Recover(code)
		return told(err)
	})
	if err != nil {
		return clinic.Opened{}, "", err
	}
	k := &keys{vault: v, file: f, key: key}
	// The records first: a code that opens keys of other records must stay.
	o, err := v.opened(ctx, k)
	if err != nil {
		return clinic.Opened{}, "", err
	}
	fresh, err := f.SetRecovery(key, v.cost)
	if err == nil {
		err = k.Set(user, passphrase)
	}
	if err != nil {
		return clinic.Opened{}, "", errors.Join(err, o.Close())
	}
	return o, fresh, nil
}

func (v *Vault) opened(ctx context.Context, k *keys) (clinic.Opened, error) {
	s, err := Open(ctx, Location{Path: v.path(fileName), Key: k.key}, v.clock)
	if err != nil {
		k.Forget()
		return clinic.Opened{}, err
	}
	if err := k.renew(); err != nil {
		return clinic.Opened{}, errors.Join(err, clinic.Opened{Store: s, Keys: k}.Close())
	}
	return clinic.Opened{Store: s, Keys: k}, nil
}

// read returns the key file, or its copy when it cannot be read.
func (v *Vault) read() (*keyfile.File, error) {
	var first error
	for _, name := range []string{keysName, keysCopy} {
		b, err := os.ReadFile(v.path(name))
		if err == nil {
			var f *keyfile.File
			if f, err = keyfile.Decode(b); err == nil {
				return f, nil
			}
		}
		if first == nil || errors.Is(first, fs.ErrNotExist) {
			first = err
		}
	}
	if errors.Is(first, fs.ErrNotExist) {
		return nil, clinic.ErrKeysMissing
	}
	return nil, fmt.Errorf("read the keys: %w", first)
}

// told turns the errors of the key file into those that windows know.
func told(err error) error {
	switch {
	case errors.Is(err, keyfile.ErrWrong):
		return clinic.ErrWrongSecret
	case errors.Is(err, keyfile.ErrMistyped):
		return clinic.ErrMistypedCode
	}
	return err
}

// keys implements clinic.Keys.
type keys struct {
	vault *Vault

	mu   sync.Mutex
	file *keyfile.File
	key  []byte // nil once forgotten
}

var errForgotten = errors.New("the records are locked")

// Users implements clinic.Keys.
func (k *keys) Users() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var users []string
	for _, s := range k.file.Slots {
		if s.User != "" {
			users = append(users, s.User)
		}
	}
	slices.Sort(users)
	return users
}

// Check implements clinic.Keys.
func (k *keys) Check(user, passphrase string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.vault.try(user, func() error {
		key, err := k.file.Open(user, passphrase)
		clear(key)
		return told(err)
	})
}

// Set implements clinic.Keys.
func (k *keys) Set(user, passphrase string) error {
	return k.change(func(f *keyfile.File) error { return f.SetPassword(k.key, user, passphrase, k.vault.cost) })
}

// Remove implements clinic.Keys.
func (k *keys) Remove(user string) error {
	return k.change(func(f *keyfile.File) error { return f.Remove(k.key, user) })
}

// NewCode implements clinic.Keys.
func (k *keys) NewCode() (code string, err error) {
	err = k.change(func(f *keyfile.File) error {
		code, err = f.SetRecovery(k.key, k.vault.cost)
		return err
	})
	return code, err
}

// Forget implements clinic.Keys.
func (k *keys) Forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.key)
	k.key = nil
}

// lend returns the key file as text and a copy of the key, which the caller
// wipes.
func (k *keys) lend() (text, key []byte, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key == nil {
		return nil, nil, errForgotten
	}
	text, err = k.file.Encode()
	return text, bytes.Clone(k.key), err
}

// change writes the file with a change, and a copy of it: one that cannot be
// read locks nobody out. The copy is never left older, or somebody who was
// removed could still open it.
func (k *keys) change(do func(*keyfile.File) error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key == nil {
		return errForgotten
	}
	changed := *k.file
	changed.Slots = slices.Clone(k.file.Slots)
	if err := do(&changed); err != nil {
		return err
	}
	b, err := changed.Encode()
	if err != nil {
		return err
	}
	if err := outfile.Replace(k.vault.path(keysName), b); err != nil {
		return fmt.Errorf("write the keys: %w", err)
	}
	k.file = &changed
	if err := outfile.Replace(k.vault.path(keysCopy), b); err != nil {
		return fmt.Errorf("write the copy of the keys: %w", err)
	}
	return nil
}

// renew makes the copy like the file, in case the power failed between them.
func (k *keys) renew() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	b, err := k.file.Encode()
	if err != nil {
		return err
	}
	for _, name := range []string{keysName, keysCopy} {
		if there, err := os.ReadFile(k.vault.path(name)); err == nil && bytes.Equal(there, b) {
			continue
		}
		if err := outfile.Replace(k.vault.path(name), b); err != nil {
			return fmt.Errorf("write the keys: %w", err)
		}
	}
	return nil
}
