package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/storetest"
)

func quiet(string, int64, int64) {}

// backed is a vault with some records and one backup of them.
func backed(t *testing.T) (v *Vault, o clinic.Opened, b clinic.Backup, code string) {
	t.Helper()
	v, _ = vault(t)
	o, code, err := v.Make(ctx, "anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	people(t, o, 1, 30)
	say(t, o, "before")
	b, err = v.Backup(ctx, o, filepath.Join(t.TempDir(), "stick"), quiet)
	if err != nil {
		t.Fatal(err)
	}
	return v, o, b, code
}

func people(t *testing.T, o clinic.Opened, first, n int) {
	t.Helper()
	err := o.Store.Update(ctx, func(tx clinic.Tx) error {
		for i := range n {
			if _, err := tx.Patients().Add(storetest.Person(first+i, "Muñoz", "Ana", "1990-01-01")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func counted(t *testing.T, o clinic.Opened) int {
	t.Helper()
	n := 0
	err := o.Store.View(ctx, func(tx clinic.Tx) (err error) {
		_, n, err = tx.Patients().Find(nil, 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestBackupHoldsEverythingAndShowsNothing(t *testing.T) {
	v, o, b, code := backed(t)
	if b.Contents.Patients != 30 || b.Contents.Head.Seq != 1 || b.Size == 0 {
		t.Fatalf("%+v", b)
	}
	if made, ok := BackupTime(b.Path); !ok || !made.Equal(b.At) {
		t.Errorf("its name does not tell its time: %v, %v", made, ok)
	}
	if got := names(t, filepath.Dir(b.Path)); len(got) != 1 {
		t.Errorf("left beside it: %q", got)
	}
	for _, name := range names(t, v.folder) {
		if strings.HasPrefix(name, ".backup") {
			t.Errorf("left behind: %s", name)
		}
	}
	raw, err := os.ReadFile(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Mu", "munoz", "1990-01-01", "SQLite", "before"} {
		if bytes.Contains(raw, []byte("\x00"+word)) || len(word) > 3 && bytes.Contains(raw, []byte(word)) {
			t.Errorf("the backup shows %q", word)
		}
	}
	for name, try := range map[string]struct {
		user, secret string
		want         error
	}{
		"passphrase":         {"anna", annas, nil},
		"printed code":       {"", code, nil},
		"a wrong passphrase": {"anna", bens, clinic.ErrWrongSecret},
		"somebody else":      {"ben", annas, clinic.ErrWrongSecret},
		"a mistyped code":    {"", code + "X", clinic.ErrMistypedCode},
	} {
		got, err := v.Examine(ctx, b.Path, try.user, try.secret, quiet)
		if !errors.Is(err, try.want) || err == nil && got.Contents.Patients != 30 {
			t.Errorf("%s: %+v, %v", name, got.Contents, err)
		}
	}
	if counted(t, o) != 30 {
		t.Error("the records changed")
	}
}

// After a change of passphrase the old backup opens with the old one, and saving
// during a backup harms neither.
func TestRestorePutsBackAndSetsAside(t *testing.T) {
	v, o, b, _ := backed(t)
	people(t, o, 31, 12)
	if err := o.Keys.Set("anna", bens); err != nil {
		t.Fatal(err)
	}
	if _, _, err := v.Restore(ctx, b.Path, "anna", annas, quiet); !errors.Is(err, domain.ErrInUse) {
		t.Fatalf("while the records are open: %v", err)
	}
	closed(t, o)
	got, aside, err := v.Restore(ctx, b.Path, "anna", annas, quiet)
	if err != nil || got.Contents.Patients != 30 || aside == "" {
		t.Fatalf("%+v, %q, %v", got.Contents, aside, err)
	}
	if _, err := v.Open(ctx, "anna", bens); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("the newer passphrase opens the older records: %v", err)
	}
	o, err = v.Open(ctx, "anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	if n := counted(t, o); n != 30 {
		t.Errorf("%d patients", n)
	}
	people(t, o, 50, 1)
	closed(t, o)
	if o, err = v.Open(ctx, "anna", annas); err != nil {
		t.Fatalf("after the first save: %v", err)
	}
	closed(t, o)

	// What was set aside is all there.
	w := NewVault(Location{Path: filepath.Join(aside, fileName)}, v.clock)
	o, err = w.Open(ctx, "anna", bens)
	if err != nil {
		t.Fatal(err)
	}
	if n := counted(t, o); n != 42 {
		t.Errorf("%d patients set aside", n)
	}
	closed(t, o)
}

func TestRestoreOnABareComputer(t *testing.T) {
	_, _, b, code := backed(t)
	v, _ := vault(t)
	got, aside, err := v.Restore(ctx, b.Path, "", code, quiet)
	if err != nil || aside != "" || got.Contents.Patients != 30 {
		t.Fatalf("%+v, %q, %v", got.Contents, aside, err)
	}
	o, err := v.Open(ctx, "anna", annas)
	if err != nil {
		t.Fatal(err)
	}
	if n := counted(t, o); n != 30 {
		t.Errorf("%d patients", n)
	}
	closed(t, o)
}

// A backup that is not whole is refused, and nothing is changed.
func TestRestoreRefusesAndChangesNothing(t *testing.T) {
	v, o, b, _ := backed(t)
	people(t, o, 31, 5)
	closed(t, o)
	raw, err := os.ReadFile(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 3))
	bad := map[string][]byte{
		"empty": nil, "a text": []byte(strings.Repeat("not a backup\n", 50)),
		"newer": bytes.Replace(raw, []byte("backup 1"), []byte("backup 2"), 1),
	}
	for i := range 12 {
		bad[fmt.Sprintf("cut %d", i)] = raw[:r.IntN(len(raw))]
		flipped := bytes.Clone(raw)
		flipped[r.IntN(len(raw))] ^= 1 << r.IntN(8)
		bad[fmt.Sprintf("flipped %d", i)] = flipped
	}
	before := fingerprint(t, v.folder)
	for name, content := range bad {
		path := filepath.Join(t.TempDir(), "bad.btb")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, aside, err := v.Restore(ctx, path, "anna", annas, quiet)
		if err == nil || aside != "" {
			t.Errorf("%s: restored", name)
		}
		if !errors.Is(err, domain.ErrDamaged) && !errors.Is(err, domain.ErrNewer) && !errors.Is(err, clinic.ErrWrongSecret) {
			t.Errorf("%s: refused without a kind: %v", name, err)
		}
	}
	if after := fingerprint(t, v.folder); after != before {
		t.Errorf("changed:\n%s\nwas\n%s", after, before)
	}
	if _, _, err := v.Restore(ctx, filepath.Join(t.TempDir(), "nothing.btb"), "anna", annas, quiet); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("no file: %v", err)
	}
}

// fingerprint is every file of a folder but the lock.
func fingerprint(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range names(t, folder) {
		if strings.HasSuffix(name, ".lock") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %d %x\n", name, len(content), content[:min(len(content), 8)])
	}
	return b.String()
}

func TestACancelledBackupLeavesNothing(t *testing.T) {
	v, o, b, _ := backed(t)
	folder := t.TempDir()
	for _, at := range []string{clinic.StepCopy, clinic.StepSeal, clinic.StepCheck} {
		stopped, cancel := context.WithCancel(ctx)
		_, err := v.Backup(stopped, o, folder, func(step string, _, _ int64) {
			if step == at {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) && at != clinic.StepCheck {
			t.Errorf("stopped at %s: %v", at, err)
		}
		for _, name := range names(t, folder) {
			if !strings.HasPrefix(name, backupPrefix) {
				t.Errorf("stopped at %s: left %s", at, name)
			}
		}
	}
	if _, err := os.Stat(b.Path); err != nil {
		t.Error("an earlier backup is gone")
	}
}

func TestBackupWhileSaving(t *testing.T) {
	v, o, _, _ := backed(t)
	done := make(chan error, 1)
	go func() {
		for i := range 40 {
			err := o.Store.Update(ctx, func(tx clinic.Tx) error {
				_, err := tx.Patients().Add(storetest.Person(100+i, "Example", "Ann", "1990-01-01"))
				return errors.Join(err, tx.Audit().Append(clinic.AuditEntry{At: tx.Now(), Action: "test"}))
			})
			if err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	b, err := v.Backup(ctx, o, t.TempDir(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	// One patient and one row are saved together, also in the copy.
	if rows := int(b.Contents.Head.Seq) - 1; b.Contents.Patients-30 != rows {
		t.Errorf("%d patients and %d rows", b.Contents.Patients-30, rows)
	}
}
