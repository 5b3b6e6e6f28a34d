package clinic

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"backtobar/domain"
)

// Desk is the records as one computer works with them: locked until somebody
// signs in, and locked again when that person leaves the desk. While it is
// locked the store is closed and its key is forgotten, and every use of the
// records is ErrLocked.
//
// It implements Store, so that what stands on it need not know of locking. It
// is safe for concurrent use.
type Desk struct {
	vault Vault
	clock domain.Clock

	mu     sync.RWMutex
	opened Opened // its Store is nil while locked
	user   string // who is signed in, or was before it was locked
	failed []failedTry
}

// failedTry is one try to sign in that did not work, kept until it can be
// written down.
type failedTry struct {
	user string
	at   time.Time
}

// NewDesk returns the locked desk.
func NewDesk(v Vault, clock domain.Clock) *Desk { return &Desk{vault: v, clock: clock} }

// The deeds of the trail that are about access.
const (
	actionSignIn  = "access.sign_in"
	actionUnlock  = "access.unlock"
	actionLock    = "access.lock"
	actionFailed  = "access.failed"
	actionRecover = "access.recover"
	actionMake    = "access.make"
)

// Made reports whether there are records here, as Vault.Made.
func (d *Desk) Made() (bool, error) { return d.vault.Made() }

// UserName is a name for signing in as it is compared: capital letters and
// blanks around it do not count.
func UserName(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// Make makes the records with the first person and signs that person in. It
// returns the code that is printed for the safe.
func (d *Desk) Make(ctx context.Context, user, passphrase string) (string, error) {
	return d.enter(ctx, user, actionMake, func() (Opened, string, error) { return d.vault.Make(ctx, user, passphrase) })
}

// SignIn unlocks the records for a person. Errors as in Vault.Open.
func (d *Desk) SignIn(ctx context.Context, user, passphrase string) error {
	_, err := d.enter(ctx, user, actionSignIn, func() (Opened, string, error) {
		o, err := d.vault.Open(ctx, user, passphrase)
		return o, "", err
	})
	return err
}

// Recover unlocks the records with the printed code, gives the person a new
// passphrase and returns the code that replaces the one used.
func (d *Desk) Recover(ctx context.Context, code, user, passphrase string) (string, error) {
	return d.enter(ctx, user, actionRecover, func() (Opened, string, error) { return d.vault.Recover(ctx, code, user, passphrase) })
}

// enter opens the records and writes down who came in, and who tried before.
func (d *Desk) enter(ctx context.Context, user, action string, open func() (Opened, string, error)) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.opened.Store != nil {
		return "", domain.ErrInUse
	}
	o, code, err := open()
	if err != nil {
		if errors.Is(err, ErrWrongSecret) {
			d.failed = append(d.failed, failedTry{user, d.clock.Now()})
		}
		return "", err
	}
	if action == actionSignIn && user == d.user {
		action = actionUnlock
	}
	err = o.Store.Update(ctx, func(tx Tx) error {
		known := o.Keys.Users()
		for _, f := range d.failed {
			if err := d.note(ctx, tx, actionFailed, knownUser(known, f.user), f.at); err != nil {
				return err
			}
		}
		return d.note(ctx, tx, action, user, tx.Now())
	})
	if err != nil {
		return "", errors.Join(err, o.Close())
	}
	d.opened, d.user, d.failed = o, user, nil
	return code, nil
}

// knownUser hides a name that nobody here has: it may be a passphrase that was
// typed into the wrong box.
func knownUser(known []string, user string) string {
	for _, k := range known {
		if k == user {
			return user
		}
	}
	return "unknown name"
}

// note adds a row about access to the trail. It names the person as for
// signing in: whoever stands at a locked desk has no other name yet.
func (d *Desk) note(ctx context.Context, tx Tx, action, user string, at time.Time) error {
	return tx.Audit().Append(AuditEntry{At: at, Actor: user, Workstation: domain.ActorFrom(ctx).Workstation, Action: action})
}

// Lock writes down that the desk is locked, closes the records and forgets
// their key. It waits for what is being saved. The desk is locked also when an
// error is returned.
func (d *Desk) Lock(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.opened.Store == nil {
		return nil
	}
	err := d.opened.Store.Update(context.WithoutCancel(ctx), func(tx Tx) error {
		return d.note(ctx, tx, actionLock, d.user, tx.Now())
	})
	return errors.Join(err, d.close())
}

func (d *Desk) close() error {
	o := d.opened
	d.opened = Opened{}
	if o.Store == nil {
		return nil
	}
	return o.Close()
}

// with runs fn with the keys while the records are open.
func (d *Desk) with(fn func(Keys) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.opened.Store == nil {
		return ErrLocked
	}
	return fn(d.opened.Keys)
}

// Check implements Access.
func (d *Desk) Check(user, passphrase string) error {
	return d.with(func(k Keys) error { return k.Check(user, passphrase) })
}

// Set implements Access.
func (d *Desk) Set(user, passphrase string) error {
	return d.with(func(k Keys) error { return k.Set(user, passphrase) })
}

// Remove implements Access.
func (d *Desk) Remove(user string) error {
	return d.with(func(k Keys) error { return k.Remove(user) })
}

// NewCode implements Access.
func (d *Desk) NewCode() (code string, err error) {
	err = d.with(func(k Keys) error {
		code, err = k.NewCode()
		return err
	})
	return code, err
}

// View implements Store.
func (d *Desk) View(ctx context.Context, fn func(Tx) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.opened.Store == nil {
		return ErrLocked
	}
	return d.opened.Store.View(ctx, fn)
}

// Update implements Store.
func (d *Desk) Update(ctx context.Context, fn func(Tx) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.opened.Store == nil {
		return ErrLocked
	}
	return d.opened.Store.Update(ctx, fn)
}

// Close implements Store: it locks the desk for good, when the program ends.
func (d *Desk) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.close()
}
