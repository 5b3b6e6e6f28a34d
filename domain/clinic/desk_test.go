package clinic_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/memory"
)

// fakeVault is a vault in memory whose records stay when they are closed.
type fakeVault struct {
	store clinic.Store
	pass  map[string]string
	code  string
	open  int
}

func (v *fakeVault) Made() (bool, error) { return v.pass != nil, nil }

func (v *fakeVault) Make(_ context.Context, user, passphrase string) (clinic.Opened, string, error) {
	v.pass, v.code = map[string]string{user: passphrase}, "AAAAA-BBBBB"
	return v.opened(), v.code, nil
}

func (v *fakeVault) Open(_ context.Context, user, passphrase string) (clinic.Opened, error) {
	if v.pass[user] != passphrase {
		return clinic.Opened{}, clinic.ErrWrongSecret
	}
	return v.opened(), nil
}

func (v *fakeVault) Recover(_ context.Context, code, user, passphrase string) (clinic.Opened, string, error) {
	if code != v.code {
		return clinic.Opened{}, "", clinic.ErrWrongSecret
	}
	v.pass[user], v.code = passphrase, "CCCCC-DDDDD"
	return v.opened(), v.code, nil
}

func (v *fakeVault) opened() clinic.Opened {
	v.open++
	return clinic.Opened{Store: stays{v.store}, Keys: fakeKeys{v}}
}

type stays struct{ clinic.Store }

func (stays) Close() error { return nil }

type fakeKeys struct{ v *fakeVault }

func (k fakeKeys) Users() (out []string) {
	for u := range k.v.pass {
		out = append(out, u)
	}
	slices.Sort(out)
	return out
}

func (k fakeKeys) Check(user, passphrase string) error {
	if k.v.pass[user] != passphrase {
		return clinic.ErrWrongSecret
	}
	return nil
}
func (k fakeKeys) Set(user, passphrase string) error { k.v.pass[user] = passphrase; return nil }
func (k fakeKeys) Remove(user string) error          { delete(k.v.pass, user); return nil }
func (k fakeKeys) NewCode() (string, error)          { k.v.code = "EEEEE-FFFFF"; return k.v.code, nil }
func (k fakeKeys) Forget()                           { k.v.open-- }

// access are the rows of the trail as "actor action".
func access(t *testing.T, s clinic.Store) string {
	t.Helper()
	var out []string
	err := s.View(context.Background(), func(tx clinic.Tx) error {
		all, err := tx.Audit().All()
		for _, e := range all {
			out = append(out, e.Actor+" "+e.Action)
			if e.Workstation != "GYM-1" {
				t.Errorf("%s at %q", e.Action, e.Workstation)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, ", ")
}

func TestDesk(t *testing.T) {
	c := &clock{}
	c.set(domain.FixedClock{}.Now())
	v := &fakeVault{store: memory.New(c)}
	d := clinic.NewDesk(v, c)
	ctx := domain.WithActor(context.Background(), domain.Actor{Workstation: "GYM-1"})
	nothing := func(clinic.Tx) error { return nil }
	locked := func(when string) {
		t.Helper()
		if v.open != 0 || !errors.Is(d.View(ctx, nothing), clinic.ErrLocked) || !errors.Is(d.Update(ctx, nothing), clinic.ErrLocked) {
			t.Errorf("%s the records are open, %d keys are known", when, v.open)
		}
	}
	locked("before anybody signs in")
	if code, err := d.Make(ctx, "anna", "one"); err != nil || code == "" {
		t.Fatal(code, err)
	}
	if err := d.SignIn(ctx, "anna", "one"); !errors.Is(err, domain.ErrInUse) {
		t.Errorf("signing in twice: %v", err)
	}
	if err := errors.Join(d.View(ctx, nothing), d.Update(ctx, nothing), d.Lock(ctx)); err != nil {
		t.Fatal(err)
	}
	locked("after locking")
	for _, user := range []string{"anna", "my secret words here"} {
		if err := d.SignIn(ctx, user, "two"); !errors.Is(err, clinic.ErrWrongSecret) {
			t.Errorf("wrong: %v", err)
		}
	}
	locked("after a wrong passphrase")
	if err := errors.Join(d.SignIn(ctx, "anna", "one"), d.Lock(ctx), d.Lock(ctx)); err != nil {
		t.Fatal(err)
	}
	fresh, err := d.Recover(ctx, "AAAAA-BBBBB", "ben", "three")
	if err != nil || fresh != v.code {
		t.Fatal(fresh, err)
	}
	if err := errors.Join(d.Lock(ctx), d.SignIn(ctx, "anna", "one"), d.Close()); err != nil {
		t.Fatal(err)
	}
	locked("at the end")
	want := "anna access.make, anna access.lock, anna access.failed, unknown name access.failed, anna access.unlock, anna access.lock, " +
		"ben access.recover, ben access.lock, anna access.sign_in"
	if got := access(t, v.store); got != want {
		t.Errorf("the trail says\n%s, want\n%s", got, want)
	}
}

func TestUserNameForgivesCapitals(t *testing.T) {
	if got := clinic.UserName(" RCastello "); got != "rcastello" {
		t.Errorf("%q", got)
	}
}
