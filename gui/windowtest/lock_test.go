//go:build unix

package windowtest

import (
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
