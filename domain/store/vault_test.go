package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/keyfile"
)

const annas, bens = "four words are better", "river stone lamp tent"

// ticking is a clock that a test moves.
type ticking struct{ now time.Time }

func (c *ticking) Now() time.Time { return c.now }

func vault(t *testing.T) (*Vault, *ticking) {
	t.Helper()
	clock := &ticking{time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	at, err := InFolder(filepath.Join(t.TempDir(), "new", "folder"))
	if err != nil {
		t.Fatal(err)
	}
	v := NewVault(at, clock)
	v.cost = keyfile.Cost{Time: 1, MemoryKiB: 12 << 10, Threads: 1}
	return v, clock
}

var ctx = context.Background()

// made is a vault that anna has made and closed, and its printed code.
func made(t *testing.T) (*Vault, *ticking, string) {
	t.Helper()
	v, clock := vault(t)
	o, code, err := v.Make(ctx, "anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	say(t, o, "first")
	closed(t, o)
	return v, clock, code
}

func closed(t *testing.T, o clinic.Opened) {
	t.Helper()
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
}

// say writes a row that said finds again.
func say(t *testing.T, o clinic.Opened, action string) {
	t.Helper()
	err := o.Store.Update(ctx, func(tx clinic.Tx) error {
		return tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: action})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func said(t *testing.T, o clinic.Opened) []string {
	t.Helper()
	var actions []string
	err := o.Store.View(ctx, func(tx clinic.Tx) error {
		all, err := tx.Audit().All()
		for _, e := range all {
			actions = append(actions, e.Action)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return actions
}

func TestVaultOpensWithThePassphraseAlone(t *testing.T) {
	v, _, _ := made(t)
	if found, err := v.Made(); err != nil || !found {
		t.Fatalf("made: %v, %v", found, err)
	}
	if _, err := v.Open(ctx, "anna", bens); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Fatalf("a wrong passphrase: %v", err)
	}
	if _, err := v.Open(ctx, "ben", annas); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Fatalf("nobody's name: %v", err)
	}
	o, err := v.Open(ctx, "anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, o)
	if got := said(t, o); !slices.Equal(got, []string{"first"}) {
		t.Fatalf("%q", got)
	}
	if _, _, err := v.Make(ctx, "eve", bens); !errors.Is(err, domain.ErrConflict) {
		t.Fatalf("made again over records: %v", err)
	}
}

func TestPeopleComeAndGo(t *testing.T) {
	v, _, _ := made(t)
	o, err := v.Open(ctx, "anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		o.Keys.Set("ben", bens), o.Keys.Check("ben", bens), o.Keys.Set("anna", "a newer passphrase"), o.Keys.Remove("nobody"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Keys.Check("anna", annas); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("the old passphrase: %v", err)
	}
	if got := o.Keys.Users(); !slices.Equal(got, []string{"anna", "ben"}) {
		t.Errorf("%q", got)
	}
	closed(t, o)
	if err := o.Keys.Set("eve", annas); err == nil {
		t.Error("the key was still there after locking")
	}

	o, err = v.Open(ctx, "ben", bens)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Keys.Remove("anna"); err != nil {
		t.Fatal(err)
	}
	closed(t, o)
	if _, err := v.Open(ctx, "anna", "a newer passphrase"); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("somebody who was removed: %v", err)
	}
	// Also not by taking the newer file away.
	if err := os.Remove(v.path(keysName)); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Open(ctx, "anna", "a newer passphrase"); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("somebody who was removed, by the copy: %v", err)
	}
}

func TestRecoveryGivesANewPassphraseAndANewCode(t *testing.T) {
	v, clock, code := made(t)
	if _, _, err := v.Recover(ctx, code[:len(code)-1]+"*", "anna", bens); !errors.Is(err, clinic.ErrMistypedCode) {
		t.Fatalf("mistyped: %v", err)
	}
	o, fresh, err := v.Recover(ctx, strings.ToLower(code), "anna", bens)
	if err != nil {
		t.Fatal(err)
	}
	if fresh == code || len(fresh) != len(code) {
		t.Fatalf("the code was not replaced: %d letters", len(fresh))
	}
	closed(t, o)
	if _, _, err := v.Recover(ctx, code, "anna", bens); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("the used code: %v", err)
	}
	clock.now = clock.now.Add(time.Hour)
	if o, err = v.Open(ctx, "anna", bens); err != nil {
		t.Fatal(err)
	}
	if again, err := o.Keys.NewCode(); err != nil || again == fresh {
		t.Errorf("another new code: %v", err)
	}
	closed(t, o)
}

func TestAKeyFileThatIsLostOrDamaged(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(v *Vault) error
		want  error
	}{
		"lost":      {func(v *Vault) error { return os.Remove(v.path(keysName)) }, nil},
		"torn":      {func(v *Vault) error { return os.Truncate(v.path(keysName), 100) }, nil},
		"emptied":   {func(v *Vault) error { return os.Truncate(v.path(keysName), 0) }, nil},
		"copy lost": {func(v *Vault) error { return os.Remove(v.path(keysCopy)) }, nil},
		"both lost": {func(v *Vault) error { return errors.Join(os.Remove(v.path(keysName)), os.Remove(v.path(keysCopy))) }, clinic.ErrKeysMissing},
		"both torn": {func(v *Vault) error {
			return errors.Join(os.Truncate(v.path(keysName), 9), os.Truncate(v.path(keysCopy), 9))
		}, domain.ErrDamaged},
		"records cut":       {func(v *Vault) error { return os.Truncate(v.path(fileName), 4096) }, domain.ErrDamaged},
		"records scribbled": {func(v *Vault) error { return os.WriteFile(v.path(fileName), []byte(strings.Repeat("x", 8192)), 0o600) }, domain.ErrOtherKey},
	} {
		t.Run(name, func(t *testing.T) {
			v, _, _ := made(t)
			if err := c.spoil(v); err != nil {
				t.Fatal(err)
			}
			o, err := v.Open(ctx, "anna", annas)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err != nil {
				return
			}
			closed(t, o)
			a, _ := os.ReadFile(v.path(keysName))
			b, _ := os.ReadFile(v.path(keysCopy))
			if len(a) == 0 || string(a) != string(b) {
				t.Error("file and copy were not made alike")
			}
		})
	}
	t.Run("records without keys", func(t *testing.T) {
		v, _, _ := made(t)
		if err := errors.Join(os.Remove(v.path(keysName)), os.Remove(v.path(keysCopy))); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Made(); !errors.Is(err, clinic.ErrKeysMissing) {
			t.Errorf("made: %v", err)
		}
		if _, _, err := v.Make(ctx, "eve", annas); !errors.Is(err, clinic.ErrKeysMissing) {
			t.Errorf("new keys for old records: %v", err)
		}
	})
}

// Each wrong try makes the next wait longer, also after a restart, and nobody
// else waits.
func TestWrongTriesWait(t *testing.T) {
	v, clock, _ := made(t)
	if o, err := v.Open(ctx, "anna", annas); err != nil {
		t.Fatal(err)
	} else {
		if err := o.Keys.Set("ben", bens); err != nil {
			t.Fatal(err)
		}
		closed(t, o)
	}
	wrong := func() error {
		again := NewVault(Location{Path: v.path(fileName)}, clock) // as after a restart
		again.cost = v.cost
		_, err := again.Open(ctx, "anna", "a wrong passphrase")
		return err
	}
	for range freeTries + 1 {
		if err := wrong(); !errors.Is(err, clinic.ErrWrongSecret) {
			t.Fatal(err)
		}
	}
	for n := range 10 {
		var wait *clinic.WaitError
		if err := wrong(); !errors.As(err, &wait) || wait.Until.Sub(clock.now) != min(time.Second<<n, mostWait) {
			t.Fatalf("try %d: %v", n, err)
		}
		if _, err := v.Open(ctx, "anna", annas); !errors.As(err, &wait) {
			t.Fatalf("the right one without waiting: %v", err)
		}
		clock.now = wait.Until
		if err := wrong(); !errors.Is(err, clinic.ErrWrongSecret) {
			t.Fatalf("after waiting: %v", err)
		}
	}
	o, err := v.Open(ctx, "ben", bens)
	if err != nil {
		t.Fatalf("somebody else: %v", err)
	}
	closed(t, o)
	// A clock that was put back must not lock anybody out.
	back := clock.now
	clock.now = clock.now.Add(-24 * time.Hour)
	if err := wrong(); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Fatalf("with the clock put back: %v", err)
	}
	clock.now = back.Add(time.Hour)
	if o, err = v.Open(ctx, "anna", annas); err != nil {
		t.Fatal(err)
	}
	closed(t, o)
	if err := wrong(); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Fatal(err)
	}
	if o, err = v.Open(ctx, "anna", annas); err != nil {
		t.Fatalf("the count did not begin anew: %v", err)
	}
	closed(t, o)
}

func TestWaitGrowsAndEnds(t *testing.T) {
	for wrong, want := range map[int]time.Duration{
		0: 0, 1: 0, 2: 0, 3: time.Second, 4: 2 * time.Second, 5: 4 * time.Second, 6: 8 * time.Second,
		10: 128 * time.Second, 11: 256 * time.Second, 12: 5 * time.Minute, 100: 5 * time.Minute, 1 << 40: 5 * time.Minute,
	} {
		if got := (tries{Wrong: wrong}).wait(); got != want {
			t.Errorf("after %d: %v, want %v", wrong, got, want)
		}
	}
}
