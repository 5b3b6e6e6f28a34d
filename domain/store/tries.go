package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"backtobar/domain/clinic"
	"backtobar/domain/outfile"
	"backtobar/domain/store/keyfile"
)

// Wrong passphrases cost time, which grows with each and outlives a restart.
// The file is no secret and no proof: somebody who can remove it can also take
// the whole folder away, and is then held up by Argon2id alone.

// recoveryTries is under which name wrong codes are counted; no user is called
// so.
const recoveryTries = "recovery code"

// unknownTries is under which name tries of names are counted that nobody has.
// They are not written down: one may be a passphrase typed into the wrong box.
const unknownTries = "unknown name"

// triesOf is under which name the tries of user are counted.
func triesOf(f *keyfile.File, user string) string {
	for _, s := range f.Slots {
		if s.User == user && user != "" {
			return user
		}
	}
	return unknownTries
}

// tries are the wrong tries of one person since the last right one.
type tries struct {
	Wrong int       `json:"wrong"`
	Last  time.Time `json:"last"`
}

// The waits after wrong tries: none for the first two, then one second, doubled
// with each, at most five minutes. Clinic default, after NIST SP 800-63B-4,
// which asks for growing delays and at most 100 tries.
const (
	freeTries = 2
	mostWait  = 5 * time.Minute
)

func (t tries) wait() time.Duration {
	if t.Wrong <= freeTries {
		return 0
	}
	n := min(t.Wrong-freeTries-1, 30)
	return min(time.Second<<n, mostWait)
}

// try lets somebody try, unless they must wait. A wrong try is written down
// before its answer is known to anybody.
func (v *Vault) try(user string, open func() error) error {
	now := v.clock.Now()
	all, err := v.readTries()
	if err != nil {
		return err
	}
	t := all[user]
	// A clock that was put back does not make anybody wait for longer.
	if until := t.Last.Add(t.wait()); until.After(now) && !t.Last.After(now) {
		return &clinic.WaitError{Until: until}
	}
	err = open()
	switch {
	case err == nil && t.Wrong == 0:
		return nil
	case err == nil:
		delete(all, user)
	case errors.Is(err, clinic.ErrWrongSecret):
		all[user] = tries{Wrong: t.Wrong + 1, Last: now}
	default:
		return err
	}
	if writeErr := v.writeTries(all); writeErr != nil && err == nil {
		return writeErr
	}
	return err
}

// mostNames bounds the file against somebody who types names without end.
const mostNames = 500

func (v *Vault) readTries() (map[string]tries, error) {
	b, err := os.ReadFile(v.path(triesName))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]tries{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the wrong tries: %w", err)
	}
	var all map[string]tries
	if err := json.Unmarshal(b, &all); err != nil || all == nil || len(all) > mostNames {
		return map[string]tries{}, nil //nolint:nilerr // whatever it was is worth no lock-out; the count begins anew
	}
	return all, nil
}

func (v *Vault) writeTries(all map[string]tries) error {
	if len(all) > mostNames {
		all = map[string]tries{}
	}
	b, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write the wrong tries: %w", err)
	}
	if err := outfile.Replace(v.path(triesName), b); err != nil {
		return fmt.Errorf("write the wrong tries: %w", err)
	}
	return nil
}
