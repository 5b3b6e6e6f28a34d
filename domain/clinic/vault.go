package clinic

import (
	"context"
	"time"
)

// Vault is the locked place of the records. Everything else of the program
// begins with what it opens.
//
// Errors that callers tell apart: ErrWrongSecret, ErrMistypedCode,
// *WaitError, ErrKeysMissing, ErrPlain, and those of Store.
type Vault interface {
	// Made reports whether there are records here, locked. Without, Make makes
	// them.
	Made() (bool, error)
	// Make makes the records with one person who can open them, and the code
	// that is printed for the safe. It refuses when there are records.
	Make(ctx context.Context, user, passphrase string) (Opened, string, error)
	// Open unlocks the records.
	Open(ctx context.Context, user, passphrase string) (Opened, error)
	// Recover unlocks the records with the printed code, gives user a new
	// passphrase and replaces the code by a new one, which it returns.
	Recover(ctx context.Context, code, user, passphrase string) (Opened, string, error)
}

// Opened is the records while they are unlocked.
type Opened struct {
	Store Store
	Keys  Keys
}

// Close locks the records again.
func (o Opened) Close() error {
	o.Keys.Forget()
	return o.Store.Close()
}

// Keys changes who can open the records, while they are open.
type Keys interface {
	// Users are the people who can, by their names for signing in, sorted.
	Users() []string
	// Check asks for the passphrase again, before something that matters.
	Check(user, passphrase string) error
	// Set gives a person a passphrase, in place of an earlier one.
	Set(user, passphrase string) error
	// Remove takes a person's access away.
	Remove(user string) error
	// NewCode replaces the printed code.
	NewCode() (string, error)
	// Forget wipes the key from memory. Nothing can be done afterwards.
	Forget()
}

// vaultError is a failure of a vault that people can put right.
type vaultError string

// Error implements error.
func (e vaultError) Error() string { return string(e) }

// The failures of a vault.
const (
	// ErrWrongSecret: user and passphrase, or the code, do not open it.
	ErrWrongSecret = vaultError("the passphrase does not open the records")
	// ErrMistypedCode: a letter of the code is wrong; nothing was tried.
	ErrMistypedCode = vaultError("the recovery code is mistyped")
	// ErrKeysMissing: there are records, but the file of their keys is gone.
	ErrKeysMissing = vaultError("the file of the keys is missing")
	// ErrPlain: the records here are not encrypted, as those of versions before
	// signing in; this version makes none and opens none.
	ErrPlain = vaultError("the records are not encrypted")
	// ErrLocked: nobody is signed in.
	ErrLocked = vaultError("the records are locked")
)

// WaitError refuses a try after too many wrong ones.
type WaitError struct {
	// Until is when the next try is taken.
	Until time.Time
}

// Error implements error.
func (e *WaitError) Error() string { return "too many wrong tries" }
