package records_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/store"
	"backtobar/reports/batch"
	"backtobar/reports/records"
)

const phrase = "four words are better"

// desk is a folder with records and what runs commands on it.
type desk struct {
	folder string
	code   string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	d := desk{folder: filepath.Join(t.TempDir(), "records")}
	at, err := store.InFolder(d.folder)
	if err != nil {
		t.Fatal(err)
	}
	o, code, err := store.NewVault(at, domain.SystemClock{}).Make(context.Background(), "anna", phrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	d.code = code
	return d
}

// run returns the exit status and everything that was said.
func (d desk) run(t *testing.T, secret string, args ...string) (int, string) {
	t.Helper()
	var said bytes.Buffer
	find := func(data string) (records.Place, error) {
		if data == "" {
			data = d.folder
		}
		at, err := store.InFolder(data)
		return store.NewVault(at, domain.SystemClock{}), err
	}
	s := batch.Streams{In: strings.NewReader(secret + "\n"), Out: &said, Err: &said}
	status, ok := records.Run(args[0], args[1:], s, find)
	if !ok {
		t.Fatalf("no command %q", args[0])
	}
	return status, said.String()
}

func one(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	return filepath.Join(folder, entries[0].Name())
}

func TestBackupCheckRestore(t *testing.T) {
	d := newDesk(t)
	stick := filepath.Join(t.TempDir(), "stick")
	if status, said := d.run(t, phrase, "backup", "--user", "anna", "--to", stick); status != 0 || !strings.Contains(said, "0 patients") {
		t.Fatalf("%d: %s", status, said)
	}
	file := one(t, stick)
	for name, c := range map[string]struct {
		secret string
		args   []string
		want   int
		says   string
	}{
		"check":            {phrase, []string{"check-backup", "--user", "anna", file}, 0, "read back whole"},
		"check by code":    {d.code, []string{"check-backup", "--code", file}, 0, "read back whole"},
		"wrong passphrase": {"something else entirely", []string{"check-backup", "--user", "anna", file}, 1, "passphrase is not right"},
		"mistyped code":    {d.code + "0", []string{"check-backup", "--code", file}, 1, "mistyped"},
		"no such file":     {phrase, []string{"check-backup", "--user", "anna", file + "x"}, 1, "no such file"},
		"not a backup":     {phrase, []string{"check-backup", "--user", "anna", filepath.Join(d.folder, "keys.json")}, 1, "damaged"},
		"restore":          {phrase, []string{"restore", "--user", "anna", file}, 0, "set aside"},
		"elsewhere":        {d.code, []string{"restore", "--code", "--data", filepath.Join(t.TempDir(), "new"), file}, 0, "read back whole"},
		"audit after":      {phrase, []string{"audit", "--user", "anna"}, 0, "each as it was written"},
	} {
		if status, said := d.run(t, c.secret, c.args...); status != c.want || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d: %s", name, status, said)
		}
	}
}

func TestDecryptIsWrittenDown(t *testing.T) {
	d := newDesk(t)
	out := filepath.Join(t.TempDir(), "plain.db")
	if status, said := d.run(t, phrase, "decrypt", "--user", "anna", "-o", out); status != 0 {
		t.Fatalf("%d: %s", status, said)
	}
	b, err := os.ReadFile(out)
	if err != nil || !bytes.Contains(b, []byte("records.decrypt")) {
		t.Fatalf("the trail does not tell of it: %v", err)
	}
	if status, said := d.run(t, phrase, "decrypt", "--user", "anna", "-o", out); status != 1 || !strings.Contains(said, "already") {
		t.Errorf("over a file: %d: %s", status, said)
	}
}

func TestMisuseIsASentence(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no user":       {[]string{"audit"}, "needs --user NAME"},
		"no target":     {[]string{"backup", "--user", "anna"}, "needs -to"},
		"no file":       {[]string{"restore", "--user", "anna"}, "needs the name of one backup"},
		"both":          {[]string{"restore", "--user", "anna", "--code", "x.btb"}, "needs --user NAME"},
		"code too weak": {[]string{"decrypt", "--code", "-o", "x"}, "printed code is for backups"},
		"too many":      {[]string{"audit", "--user", "anna", "now"}, "one word too many"},
		"unknown flag":  {[]string{"audit", "--fast"}, "fast"},
	} {
		if status, said := d.run(t, phrase, c.args...); status != 2 || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d: %s", name, status, said)
		}
	}
	empty := desk{folder: t.TempDir()}
	if status, said := empty.run(t, phrase, "audit", "--user", "anna"); status != 1 || !strings.Contains(said, "no records in this folder") {
		t.Errorf("an empty folder: %d: %s", status, said)
	}
	if _, ok := records.Run("screen", nil, batch.Streams{}, nil); ok {
		t.Error("takes a command that is not its own")
	}
	if _, ok := records.Run("audit", nil, batch.Streams{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}, func(string) (records.Place, error) { return nil, errors.New("x") }); !ok {
		t.Error("does not take its own")
	}
}
