package door

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/look"
	"backtobar/gui/run"
)

var at = time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC)

// desk is the records of one person.
type desk struct {
	made       bool
	user, pass string
	code       string
	err        error
}

func (d *desk) Made() (bool, error) { return d.made, d.err }
func (d *desk) Make(_ context.Context, user, passphrase string) (string, error) {
	d.made, d.user, d.pass, d.code = true, user, passphrase, "AAAAA-BBBBB-CCCCC"
	return d.code, nil
}

func (d *desk) SignIn(_ context.Context, user, passphrase string) error {
	if d.err == nil && (user != d.user || passphrase != d.pass) {
		return clinic.ErrWrongSecret
	}
	return d.err
}

func (d *desk) Recover(_ context.Context, code, user, passphrase string) (string, error) {
	if code != d.code {
		return "", clinic.ErrMistypedCode
	}
	d.user, d.pass, d.code = user, passphrase, "DDDDD-EEEEE-FFFFF"
	return d.code, nil
}

type bench struct {
	*desk
	d    *Door
	w    fyne.Window
	log  []string
	said []string
}

func open(t *testing.T, r *desk) *bench {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New())
	b := &bench{desk: r, w: test.NewTempWindow(t, nil)}
	b.w.Resize(fyne.NewSize(1024, 640))
	b.d = New(Params{Window: b.w, Records: r, Runner: run.Inline(), Clock: domain.FixedClock(at), Title: "Back to Bar",
		OnOpen:    func(user string) { b.log = append(b.log, "open "+user) },
		OnRefused: func(err error) { b.log = append(b.log, "refused "+err.Error()) },
		OnClose:   func() { b.log = append(b.log, "closed") },
		Tell:      func(what string) { b.said = append(b.said, what) }})
	b.d.Start()
	return b
}

// write types text; \r is Enter.
func (b *bench) write(text string) {
	for _, r := range text {
		if r == '\r' {
			b.key(fyne.KeyReturn)
			time.Sleep(2 * time.Millisecond)
			continue
		}
		b.w.Canvas().Focused().TypedRune(r)
	}
}

func (b *bench) key(k fyne.KeyName) { b.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }

func (b *bench) focused() string {
	if n, ok := b.w.Canvas().Focused().(interface{ AccessibleName() string }); ok {
		return n.AccessibleName()
	}
	return ""
}

func (b *bench) problem(path string) string {
	return b.d.m.problems().For(path)
}

const secret = "river stone lamp tent"

func TestFirstStart(t *testing.T) {
	b := open(t, &desk{})
	b.write("RCastello\rshort\rshort\r")
	if b.made || b.focused() != "Passphrase" || !strings.HasPrefix(b.problem("passphrase"), "Use 15 characters") {
		t.Fatalf("a short passphrase: made %v, keyboard on %q, %q", b.made, b.focused(), b.problem("passphrase"))
	}
	b.write(secret + "\r" + secret + "x\r")
	if b.made || b.focused() != "The same passphrase again" {
		t.Fatalf("two passphrases that differ: made %v, keyboard on %q", b.made, b.focused())
	}
	b.write(secret + "\r")
	if !b.made || b.user != "rcastello" || b.pass != secret || b.d.m.face != printed {
		t.Fatalf("made %v for %q, face %d", b.made, b.user, b.d.m.face)
	}
	b.write("bbbbb\r")
	if len(b.log) != 0 || b.focused() != "The last group, read from the paper" {
		t.Fatalf("a wrong group: %q", b.log)
	}
	b.write("ccccc\r")
	if len(b.log) != 1 || b.log[0] != "open rcastello" {
		t.Errorf("got %q", b.log)
	}
	if b.d.m.passphrase+b.d.m.again+b.d.m.code != "" {
		t.Error("secrets are not forgotten")
	}
}

func TestCopyingTheCode(t *testing.T) {
	b := open(t, &desk{})
	b.write("rcastello\r" + secret + "\r" + secret + "\r")
	b.d.copy()
	if got := fyne.CurrentApp().Clipboard().Content(); got != b.code || b.focused() != "The last group, read from the paper" {
		t.Errorf("copied %q, the keyboard is on %q", got, b.focused())
	}
}

func TestSignIn(t *testing.T) {
	b := open(t, &desk{made: true, user: "anna", pass: secret})
	b.write("\r\r")
	if b.focused() != "User name" || len(b.log) != 0 {
		t.Fatalf("nothing typed: keyboard on %q, %q", b.focused(), b.log)
	}
	b.write("Anna\rwrong words\r")
	if got := b.said[len(b.said)-1]; got != "refused" || b.focused() != "Passphrase" {
		t.Fatalf("wrong: told %q, keyboard on %q", got, b.focused())
	}
	b.write(secret + "\r")
	if len(b.log) != 1 || b.log[0] != "open anna" {
		t.Errorf("got %q", b.log)
	}
}

func TestWhatIsSaidAboutATry(t *testing.T) {
	m := model{now: func() time.Time { return at }}
	for _, c := range []struct {
		face  face
		err   error
		field string
		says  string
	}{
		{signIn, clinic.ErrWrongSecret, "passphrase", "do not match"},
		{locked, &clinic.WaitError{Until: at.Add(7500 * time.Millisecond)}, "passphrase", "Try again in 8 s"},
		{forgotten, &clinic.WaitError{Until: at}, "code", "Try again in 1 s"},
		{forgotten, clinic.ErrMistypedCode, "code", "mistyped"},
		{forgotten, clinic.ErrWrongSecret, "code", "newest paper"},
	} {
		m.face = c.face
		if got := m.answer(c.err).For(c.field); !strings.Contains(got, c.says) {
			t.Errorf("face %d, %v: %q", c.face, c.err, got)
		}
	}
	if got := m.answer(domain.ErrDamaged); len(got) != 0 {
		t.Errorf("damage is blamed on a box: %v", got)
	}
}

func TestRecordsThatNobodyCanOpen(t *testing.T) {
	b := open(t, &desk{err: clinic.ErrKeysMissing})
	if len(b.log) != 1 || !strings.HasPrefix(b.log[0], "refused") {
		t.Errorf("no keys: %q", b.log)
	}
	b = open(t, &desk{made: true, user: "anna", pass: secret})
	b.err = domain.ErrDamaged
	b.write("anna\r" + secret + "\r")
	if len(b.log) != 1 || !strings.HasPrefix(b.log[0], "refused") {
		t.Errorf("damaged: %q", b.log)
	}
	// With somebody's work behind the lock the window must stay.
	b = open(t, &desk{made: true, user: "anna", pass: secret})
	b.d.Lock("anna", nil)
	b.err = domain.ErrInUse
	b.write(secret + "\r")
	if len(b.log) != 0 || !strings.Contains(b.d.trouble.Text(), "another window") {
		t.Errorf("%q, said %q", b.log, b.d.trouble.Text())
	}
}

func TestRecoveryCode(t *testing.T) {
	b := open(t, &desk{made: true, user: "anna", pass: secret, code: "AAAAA-BBBBB-CCCCC"})
	b.d.show(forgotten)
	b.write("AAAAA-BBBBB-CCCCD\ranna\rlamp tent river moon\rlamp tent river moon\r")
	if b.focused() != "Recovery code" || len(b.log) != 0 {
		t.Fatalf("mistyped: keyboard on %q", b.focused())
	}
	b.write("AAAAA-BBBBB-CCCCC\r\r\r\r")
	if b.d.m.face != printed || b.d.m.code != "DDDDD-EEEEE-FFFFF" || b.pass != "lamp tent river moon" {
		t.Fatalf("face %d, code %q", b.d.m.face, b.d.m.code)
	}
	b.write("fffff\r")
	if len(b.log) != 1 || b.log[0] != "open anna" {
		t.Errorf("got %q", b.log)
	}
	b.d.show(forgotten)
	b.d.back()
	if b.d.m.face != signIn {
		t.Errorf("Esc leads to face %d", b.d.m.face)
	}
}

func TestShowIsOnPurposeAndEndsWithThePage(t *testing.T) {
	b := open(t, &desk{made: true})
	b.key(fyne.KeyF8)
	if b.d.secrets[0].Password {
		t.Error("F8 does not show it")
	}
	b.d.Lock("anna", errors.New("x"))
	if !b.d.secrets[0].Password || b.focused() != "Passphrase" || b.d.trouble.Text() == "" {
		t.Errorf("the lock shows letters, or the keyboard is on %q", b.focused())
	}
}

func TestDoorPictures(t *testing.T) {
	b := open(t, &desk{})
	for _, f := range []struct {
		face face
		name string
	}{{first, "first"}, {signIn, "sign_in"}, {locked, "locked"}, {forgotten, "forgotten"}, {printed, "printed"}} {
		b.d.m.code = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF-GGGGG-HHHHH"
		b.d.show(f.face)
		test.AssertRendersToImage(t, f.name+".png", b.w.Canvas())
	}
}
