//go:build unix

package windowtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"backtobar/domain/screen"
)

// TestLettersOfOtherLanguages: a name that no English keyboard has is kept
// letter by letter, found by plain letters, and printed as it is written.
func TestLettersOfOtherLanguages(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.startIn(t)
	p.shown("*home.View")
	p.press("ctrl+n")
	p.shown("*newpatient.View")
	p.paste("Nguyễn-O'Neil")
	p.press("Tab")
	p.paste("Łukasz")
	p.press("Tab")
	p.write("120919799545550143")
	p.press("ctrl+Return")
	p.shown("Intake")
	p.write("m")
	p.press("ctrl+Return")
	p.shown("Screen")
	p.press("ctrl+0")
	p.shown("*home.View")
	p.write("nguyen")
	p.shot("found")
	p.openFirst()
	p.shown("Screen")
	p.shot("banner")
	p.write(safetyKeys + "12276")
	p.think() // the heart rate is skipped
	p.write("\rn" + "nnn" + "nn" + "8\rnl4")
	p.think() // the ODI is skipped, the RMDQ is answered
	p.write("\r9" + "85\r" + "r14\r15\r" + "8s1\r")
	p.press("ctrl+Return", "Return")
	p.shown("Plan")
	p.press("ctrl+Return", "Return")
	p.shown("Handouts")
	p.save(t, d)
	p.shot("handout")
	p.close()
	r := d.read(t)
	if len(r.Patients) != 1 || r.Patients[0].LastName != "Nguyễn-O'Neil" || r.Patients[0].FirstName != "Łukasz" {
		t.Fatalf("kept %+v", r.Patients)
	}
	path, _ := d.saved(t)
	checkPaper(t, path, "Łukasz", r)
}

// TestStop answers the first safety question with yes. The stop is signed as the
// record of why, and no key leads to a plan or to a handout.
func TestStop(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.startIn(t)
	p.shown("*home.View")
	p.addMaria()
	p.write("y")
	p.shot("emergency")
	p.press("ctrl+Return")
	p.shot("sign")
	p.press("ctrl+Return")
	p.shot("signed")
	p.press("ctrl+4")
	p.shown("Plan")
	p.shot("plan_locked")
	p.press("ctrl+6")
	p.shown("Handouts")
	p.press("ctrl+shift+s", "ctrl+p")
	p.shot("no_handout")
	p.press("ctrl+4")
	p.shown("Plan")
	p.press("Return") // the way out of the lock
	p.shown("Screen")
	p.close()
	r := d.read(t)
	if len(r.Screens) != 1 || r.Screens[0].Explanation.Decision.Outcome != screen.Emergency {
		t.Errorf("%d screens are signed", len(r.Screens))
	}
	if path, _ := d.saved(t); len(r.Plans) != 0 || len(r.Handouts) != 0 || path != "" {
		t.Errorf("after a stop there are %d plans, %d handouts and the file %q", len(r.Plans), len(r.Handouts), path)
	}
}

// TestPowerCut kills the program in the middle of the screen. Everything typed
// up to two seconds before is there after the restart, and work goes on.
func TestPowerCut(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.startIn(t)
	p.shown("*home.View")
	p.addMaria()
	var typed []time.Time
	for range 24 {
		p.write("n")
		typed = append(typed, time.Now())
		time.Sleep(130 * time.Millisecond)
	}
	cut := time.Now()
	p.kill()
	due := 0
	for _, at := range typed {
		if cut.Sub(at) > 2*time.Second {
			due++
		}
	}
	kept := answersInDraft(t, d.read(t))
	if kept < due || due == 0 {
		t.Errorf("%d answers are in the draft; %d were typed more than 2 seconds before the power cut", kept, due)
	}

	p = d.startIn(t)
	p.shown("*home.View")
	p.repainted()
	p.openFirst()
	p.shown("Screen")
	p.shot("draft_is_back")
	p.write(safetyKeys[kept:])
	p.press("ctrl+s")
	p.close()
	if got := answersInDraft(t, d.read(t)); got != len(safetyKeys) {
		t.Errorf("after the restart the keyboard was not on the first open question: %d answers in the draft, want %d", got, len(safetyKeys))
	}
}

// answersInDraft counts the safety questions answered in the draft of the screen.
func answersInDraft(t *testing.T, r records) int {
	t.Helper()
	var draft struct {
		Values map[string]screen.Answer `json:"values"`
	}
	if len(r.Drafts["screen"]) == 0 {
		return 0
	}
	if err := json.Unmarshal(r.Drafts["screen"], &draft); err != nil {
		t.Fatal(err)
	}
	n := 0
	for path, answer := range draft.Values {
		if answer == screen.No && (strings.HasPrefix(path, "red_flags.") || path == "long_term_steroids" || path == "significant_trauma") {
			n++
		}
	}
	return n
}

// refused starts the program and signs in where that is possible. It must say one sentence in its window and on
// stderr, leave when it is asked to, and end with the status of records that
// cannot be opened.
func (d desk) refused(t *testing.T, cmd *exec.Cmd, sentence string, signIn bool) {
	t.Helper()
	p := d.run(t, cmd)
	if signIn {
		p.waitTitle("Back to Bar")
		p.shown("Sign in")
		p.write(user + "\r" + passphrase + "\r")
	}
	p.until("the sentence", func() bool { return strings.Contains(p.log.all(), sentence) })
	p.waitTitle("Back to Bar")
	p.shot("refused")
	p.press("Return")
	p.wait(noRecords)
	if n := strings.Count(p.log.all(), "backtobar: "); n != 1 {
		t.Errorf("%d sentences, want one:\n%s", n, p.log.all())
	}
}

// TestForeignFiles: what stands in the place of the records and is none of ours
// is refused and left as it is.
func TestForeignFiles(t *testing.T) {
	for name, c := range map[string]struct {
		made     bool
		head     string
		sentence string
	}{
		"damaged":       {true, "this is no file of records. ", "does not belong to the file of the keys"},
		"without keys":  {false, "this is no file of records. ", "the file of their keys, keys.json, is missing"},
		"not encrypted": {false, "SQLite format 3\x00", "are not encrypted"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if c.made {
				d.setUp(t)
			}
			if err := os.MkdirAll(d.data, 0o700); err != nil {
				t.Fatal(err)
			}
			file := d.location(t).Path
			foreign := bytes.Repeat([]byte(c.head), 400)
			if err := os.WriteFile(file, foreign, 0o600); err != nil {
				t.Fatal(err)
			}
			d.refused(t, d.command(t), c.sentence, c.made)
			if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, foreign) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

func TestSecondInstance(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	first := d.startIn(t)
	first.shown("*home.View")
	second := d.run(t, d.command(t))
	second.shown("Sign in")
	time.Sleep(500 * time.Millisecond) // the window manager gives it the keyboard
	second.write(user + "\r" + passphrase + "\r")
	second.until("the sentence", func() bool { return strings.Contains(second.log.all(), "open in another window of this program") })
	// Both windows have the same title, so wait for the second to be there.
	second.until("a second window", func() bool {
		out, err := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^Back to Bar$").Output()
		return err == nil && len(strings.Fields(string(out))) == 2
	})
	second.shot("refused")
	second.press("Return")
	second.wait(noRecords)
	first.alive()
	first.waitTitle("Back to Bar")
	first.press("ctrl+n")
	first.shown("*newpatient.View")
	first.close()
}

// TestReadOnlyFolder runs the program as somebody who may read the folder of
// the records and not write there.
func TestReadOnlyFolder(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	cmd := d.command(t)
	if os.Getuid() == 0 {
		// Root may write anywhere, so the program runs as nobody, from a copy
		// that nobody can reach.
		const nobody = 65534
		reachable(t, d.home)
		program := filepath.Join(d.home, "backtobar")
		bytes, err := os.ReadFile(cmd.Path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, bytes, 0o755); err != nil {
			t.Fatal(err)
		}
		cmd.Path = program
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		err = filepath.WalkDir(d.data, func(file string, _ os.DirEntry, err error) error {
			return errors.Join(err, os.Chown(file, nobody, nobody))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(d.data, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(d.data, 0o700) })
	d.refused(t, cmd, "cannot be written", true)
}

// reachable lets everybody walk to the folder.
func reachable(t *testing.T, folder string) {
	t.Helper()
	for at := folder; len(at) > len(os.TempDir()); at = filepath.Dir(at) {
		if err := os.Chmod(at, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAskedToEnd: a computer that is shut down asks the program to end. It does,
// at once and with its records in order.
func TestAskedToEnd(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.startIn(t)
	p.shown("*home.View")
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.wait(ended)
	d.read(t)
}

// TestNoDisplay starts the program where nothing can be shown.
func TestNoDisplay(t *testing.T) {
	for _, display := range []string{"", ":9999"} {
		d := newDesk(t)
		cmd := d.command(t)
		cmd.Env = append(cmd.Env, "DISPLAY="+display)
		out, err := cmd.CombinedOutput()
		if status := cmd.ProcessState.ExitCode(); status != noWindow {
			t.Errorf("DISPLAY=%q: exit status %d (%v), want %d", display, status, err, noWindow)
		}
		if n := strings.Count(string(out), "there is no display that answers"); n != 1 || strings.Contains(string(out), "goroutine") {
			t.Errorf("DISPLAY=%q: said %q", display, out)
		}
	}
}
