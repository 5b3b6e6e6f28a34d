//go:build unix

// Package windowtest drives the real program in a real window by keys alone,
// and then judges what it left behind: the records, read through the store
// after the program has ended, and the PDF that a patient would be handed.
//
// It needs the built program, a display with a window manager, and a few
// tools; .ci/window-test.sh prepares them. Nothing here looks into the
// program: it presses keys, reads the title of the window, and waits for the
// events that the program tells on stderr (gui/shell/events.go).
package windowtest

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// moment is the time by the program's clock, unless a desk has another.
const moment = "2026-11-22T08:30:00-05:00"

// The exit statuses that README.md promises.
const (
	ended     = 0
	noWindow  = 3
	noRecords = 4
)

// patience is how long a fact may take to become true on a slow machine.
const patience = 20 * time.Second

// binary is the built program; the test skips without it.
func binary(t *testing.T) string {
	t.Helper()
	path := os.Getenv("BACKTOBAR_WINDOW_TEST")
	if path == "" {
		t.Skip("BACKTOBAR_WINDOW_TEST does not name the built program; .ci/window-test.sh sets it and prepares a display")
	}
	return path
}

// desk is one computer: a home folder, the records on it, and what its clock
// says.
type desk struct{ home, data, at string }

func newDesk(t *testing.T) desk {
	t.Helper()
	home := t.TempDir()
	for _, folder := range []string{"Documents", ".cache"} { // as on every desktop
		if err := os.Mkdir(filepath.Join(home, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return desk{home, filepath.Join(home, "records"), moment}
}

// command is the program on that computer, not started.
func (d desk) command(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.Command(binary(t), append([]string{"--data", d.data, "--clock", d.at}, args...)...)
	cmd.Env = append(os.Environ(), "HOME="+d.home, "XDG_CONFIG_HOME="+filepath.Join(d.home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(d.home, ".cache"), "XDG_DATA_HOME="+filepath.Join(d.home, ".local"),
		"XDG_DOCUMENTS_DIR="+filepath.Join(d.home, "Documents"), "FYNE_SCALE=1", "TZ=America/New_York", "LANG=en_US.UTF-8",
		"BACKTOBAR_EVENTS=1", "BACKTOBAR_PRACTICE=1")
	return cmd
}

// program is the running program.
type program struct {
	t   *testing.T
	cmd *exec.Cmd
	log *eventLog
	// keys counts every key pressed; a combination such as Ctrl+Enter is one.
	keys int
	// gone is closed when the program has ended.
	gone chan struct{}
}

// start opens the program and waits for its window.
func (d desk) start(t *testing.T) *program {
	t.Helper()
	p := d.run(t, d.command(t))
	p.waitTitle("Back to Bar")
	return p
}

// startIn opens the program and signs in.
func (d desk) startIn(t *testing.T) *program {
	t.Helper()
	p := d.start(t)
	p.shown("Sign in")
	p.write(user + "\r" + passphrase + "\r")
	p.keys = 0 // the budgets count from the window that is open
	return p
}

// run starts the command and reads what it says.
func (d desk) run(t *testing.T, cmd *exec.Cmd) *program {
	t.Helper()
	p := &program{t: t, cmd: cmd, log: newEventLog(), gone: make(chan struct{})}
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.log.read(said)
		_ = cmd.Wait() // the status is read from ProcessState
		close(p.gone)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-p.gone
	})
	return p
}

// until polls a fact.
func (p *program) until(what string, fact func() bool) {
	p.t.Helper()
	for end := time.Now().Add(patience); !fact(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			p.shot("failed")
			p.t.Fatalf("waited %s for %s. The window is titled %q. The program said:\n%s", patience, what, title(), p.log.all())
		}
	}
}

// title is the title of the window that has the keyboard.
func title() string {
	out, err := exec.Command("xdotool", "getactivewindow", "getwindowname").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

func (p *program) waitTitle(want string) {
	p.t.Helper()
	p.until("a window titled "+want, func() bool { return title() == want })
}

// shown waits until the program says that it shows the view. Each event counts
// once, in order.
func (p *program) shown(view string) {
	p.t.Helper()
	p.until("the view "+view, func() bool { return p.log.take("shown " + view) })
}

// repainted waits until the view has something new to show after what was
// waited for last.
func (p *program) repainted() {
	p.t.Helper()
	p.until("a repaint", func() bool { return p.log.take("changed") })
}

// keyGap is the time between two keys: a quick typist's bursts.
const keyGap = "25"

// think waits as a person does before Enter skips a question: an Enter right
// after an answer that moved on by itself counts as belonging to that answer.
func (p *program) think() { time.Sleep(700 * time.Millisecond) }

// press presses keys and combinations by their names.
func (p *program) press(names ...string) {
	p.t.Helper()
	p.keys += len(names)
	p.tool("key", append([]string{"--delay", keyGap}, names...)...)
}

// write types ASCII text; \t is Tab and \r is Enter.
func (p *program) write(text string) {
	p.t.Helper()
	for text != "" {
		switch text[0] {
		case '\t':
			p.press("Tab")
			text = text[1:]
			continue
		case '\r':
			p.press("Return")
			text = text[1:]
			continue
		}
		n := strings.IndexAny(text, "\t\r")
		if n < 0 {
			n = len(text)
		}
		p.keys += n
		p.tool("type", "--delay", keyGap, "--", text[:n])
		text = text[n:]
	}
}

// paste puts text into the box with the keyboard by way of the clipboard, which
// is how letters reach it that no key of the test's keyboard has.
func (p *program) paste(text string) {
	p.t.Helper()
	clip := exec.Command("xclip", "-selection", "clipboard")
	clip.Stdin = strings.NewReader(text)
	if err := clip.Run(); err != nil {
		p.t.Fatalf("xclip: %v", err)
	}
	p.press("ctrl+v")
}

func (p *program) tool(name string, args ...string) {
	p.t.Helper()
	out, err := exec.Command("xdotool", append([]string{name}, args...)...).CombinedOutput()
	if err != nil {
		p.t.Fatalf("xdotool %s %q: %v\n%s", name, args, err, out)
	}
}

// close closes the window as a person does and waits until the program has
// ended well.
func (p *program) close() {
	p.t.Helper()
	p.press("alt+F4")
	p.wait(ended)
}

// wait waits until the program has ended with the status.
func (p *program) wait(status int) {
	p.t.Helper()
	select {
	case <-p.gone:
	case <-time.After(patience):
		p.shot("failed")
		p.t.Fatalf("the program did not end within %s", patience)
	}
	if got := p.cmd.ProcessState.ExitCode(); got != status {
		p.t.Errorf("the program ended with status %d, want %d; it said:\n%s", got, status, p.log.all())
	}
	p.sane()
}

// kill ends the program as a power cut would.
func (p *program) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		p.t.Fatal(err)
	}
	<-p.gone
}

// sane reports what must never be on stderr: a stack trace, or a word of the
// patients that the tests invent.
func (p *program) sane() {
	p.t.Helper()
	said := p.log.all()
	for _, bad := range append([]string{"goroutine ", "panic:"}, secrets...) {
		if strings.Contains(said, bad) {
			p.t.Errorf("%q is on stderr:\n%s", bad, said)
		}
	}
}

// alive fails the test when the program has ended.
func (p *program) alive() {
	p.t.Helper()
	select {
	case <-p.gone:
		p.t.Fatalf("the program ended by itself: %v\n%s", p.cmd.ProcessState, p.log.all())
	default:
	}
}

// clipboard is what was copied last.
func clipboard(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("xclip", "-selection", "clipboard", "-o").Output()
	if err != nil {
		t.Fatalf("xclip: %v", err)
	}
	return string(out)
}

// shot keeps a picture of the screen and returns it. Nothing tells when the
// last frame was drawn, so it waits until the screen has stood still.
func (p *program) shot(name string) *image.RGBA {
	p.t.Helper()
	const still, atMost = 3, 20
	now := p.capture()
	for same, tries := 0, 0; same < still && tries < atMost; tries++ {
		time.Sleep(100 * time.Millisecond)
		before := now
		now = p.capture()
		same++
		if !bytes.Equal(before.Pix, now.Pix) {
			same = 0
		}
	}
	var b bytes.Buffer
	fast := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := fast.Encode(&b, now); err != nil {
		p.t.Fatal(err)
	}
	keep(p.t, name+".png", b.Bytes())
	return now
}

// keep writes a file for people into the folder of pictures, when there is one.
func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	folder := os.Getenv("BACKTOBAR_SCREENSHOTS")
	if folder == "" {
		return
	}
	path := filepath.Join(folder, strings.ReplaceAll(strings.TrimPrefix(t.Name(), "Test"), "/", "_")+"_"+name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (p *program) capture() *image.RGBA {
	p.t.Helper()
	out, err := exec.Command("import", "-window", "root", "-depth", "8", "ppm:-").Output()
	if err != nil {
		p.t.Fatalf("no picture of the screen: %v", err)
	}
	var w, h, most int
	r := bytes.NewReader(out)
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &w, &h, &most); err != nil || most != 255 {
		p.t.Fatalf("the picture of the screen cannot be read: %v", err)
	}
	pixels, err := io.ReadAll(r)
	if err != nil || len(pixels) != 3*w*h {
		p.t.Fatalf("the picture of the screen has %d bytes, want %d", len(pixels), 3*w*h)
	}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(m.Pix[4*i:], pixels[3*i:3*i+3])
		m.Pix[4*i+3] = 255
	}
	return m
}

// sameContent reports whether two pictures of the window show the same in the
// rectangle.
func sameContent(a, b *image.RGBA, content image.Rectangle) bool {
	crop := func(m *image.RGBA) []byte {
		out := image.NewRGBA(content)
		draw.Draw(out, content, m, content.Min, draw.Src)
		return out.Pix
	}
	return bytes.Equal(crop(a), crop(b))
}

// eventLog is what the program has said on stderr so far.
type eventLog struct {
	mu    sync.Mutex
	lines []string
	next  int // the first event not taken
}

func newEventLog() *eventLog { return &eventLog{} }

func (l *eventLog) read(r io.Reader) {
	for s := bufio.NewScanner(r); s.Scan(); {
		l.mu.Lock()
		l.lines = append(l.lines, s.Text())
		l.mu.Unlock()
	}
}

// take looks for an event after the last one taken.
func (l *eventLog) take(event string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := l.next; i < len(l.lines); i++ {
		if l.lines[i] == "event: "+event {
			l.next = i + 1
			return true
		}
	}
	return false
}

// all is everything said, without the events of repainting.
func (l *eventLog) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, line := range l.lines {
		if line != "event: changed" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
