//go:build unix

package windowtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLock: a wrong passphrase does not open the records; Ctrl+L closes them
// with what is typed kept, and the right passphrase leads back to the same
// question of the same chart.
func TestLock(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.start(t)
	p.shown("Sign in")
	p.write(user + "\r" + "river stone lamp tend\r")
	p.until("the refusal", func() bool { return p.log.take("refused") })
	p.shot("wrong_passphrase")
	p.write(passphrase + "\r")
	p.shown("*home.View")
	p.addMaria()
	p.write("nnn")
	p.press("ctrl+l")
	p.until("the lock", func() bool { return p.log.take("locked") })
	if got := title(); got != "Back to Bar" {
		t.Errorf("the title of the lock is %q", got)
	}
	p.shot("locked")
	// The records are closed and can be opened by others.
	if kept := answersInDraft(t, d.read(t)); kept != 3 {
		t.Errorf("%d answers are in the draft, want 3", kept)
	}
	p.press("ctrl+n", "ctrl+0", "ctrl+3") // no command reaches what is behind
	p.write(passphrase + "\r")
	p.until("the way back", func() bool { return p.log.take("resumed") })
	p.waitTitle("Chart 000001 - Back to Bar")
	p.shot("unlocked")
	p.write(safetyKeys[3:])
	p.press("ctrl+s")
	p.close()
	r := d.read(t)
	if kept := answersInDraft(t, r); kept != len(safetyKeys) {
		t.Errorf("%d answers are in the draft after unlocking, want %d", kept, len(safetyKeys))
	}
	// The last two rows are of the test itself.
	if got := r.actions(); !strings.Contains(got, "access.failed access.sign_in patient.add") || !strings.Contains(got, "access.lock access.unlock") {
		t.Errorf("the trail says %s", got)
	}
}

// TestTwoPeople: an administrator adds somebody, who signs in on the same window
// and works in the own name.
func TestTwoPeople(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.startIn(t)
	p.shown("*home.View")
	p.press("ctrl+shift+p")
	p.shown("*people.View")
	p.repainted()
	p.think()
	p.write("\tM. Park\tPT\tPT 777\t")
	p.press("Right", "space", "Tab")
	p.write("mpark\t" + "window tree sofa moon")
	p.shot("people")
	p.press("ctrl+Return")
	p.until("the new person", func() bool {
		keys, err := os.ReadFile(filepath.Join(d.data, "keys.copy.json"))
		return err == nil && bytes.Contains(keys, []byte("mpark"))
	})
	p.think() // the row of the trail follows
	p.press("ctrl+t")
	p.until("the lock", func() bool { return p.log.take("locked") })
	p.press("shift+Tab")
	p.write("mpark\r" + "window tree sofa moon\r")
	p.shown("*home.View")
	p.addMaria()
	p.shot("second_person")
	p.close()
	r := d.read(t)
	who := map[string]string{}
	for _, a := range r.Audit {
		who[a.Action] = a.Actor
	}
	if who["person.save"] != "R. Castello" || who["patient.add"] != "M. Park" || who["intake.save"] != "M. Park" {
		t.Errorf("the trail says %v", who)
	}
	if len(r.Settings.Staff) != 2 || len(r.Settings.Therapists) != 2 {
		t.Errorf("people %+v", r.Settings.Staff)
	}
}

// hidden fails the test when a word of the main job's patient or clinic can be
// read in a file of the program: records, log, keys, tries, preferences.
func (d desk) hidden(t *testing.T, when string) {
	t.Helper()
	words := []string{"Alvarez", "ALVAREZ", "alvarez", "Maria", "9545550142", "555-0142", "1986-03-14", "March 14", "Low back pain when",
		"Example Physical", "R. Castello", passphrase}
	files := 0
	err := filepath.WalkDir(d.home, func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(at) == ".pdf" {
			return nil //nolint:nilerr // the program works here at the same time; the sheet is for the patient
		}
		b, err := os.ReadFile(at)
		if err != nil {
			return nil //nolint:nilerr // as above
		}
		files++
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				t.Errorf("%s: %q can be read in %s", when, w, filepath.Base(at))
			}
		}
		return nil
	})
	if err != nil || files < 4 {
		t.Fatalf("%s: %d files were read, %v", when, files, err)
	}
}
