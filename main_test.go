package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backtobar/reports/batch"
)

func TestRunSaysWhatIsWrongWithTheCommandLine(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want int
		says string
	}{
		{"version", []string{"version"}, done, "Back to Bar " + version},
		{"help", []string{"help"}, done, "--data DIR"},
		{"help as a flag", []string{"--help"}, done, "--data DIR"},
		{"unknown command", []string{"scren"}, 2, `there is no command "scren"`},
		{"unknown flag", []string{"--date", "x"}, 2, "-date"},
		{"a word too many", []string{"--data", "x", "y"}, 2, `"y" is one word too many`},
		{"clock without a zone", []string{"--clock", "2026-11-22"}, 2, "2006-01-02T15:04:05Z07:00"},
	} {
		var out, errs bytes.Buffer
		if got := start(c.args, batch.Streams{Out: &out, Err: &errs}); got != c.want {
			t.Errorf("%s: exit status %d, want %d", c.name, got, c.want)
		}
		said := out.String()
		if c.want != done {
			said = errs.String()
		}
		if !strings.Contains(said, c.says) {
			t.Errorf("%s: said %q, want %q in it", c.name, said, c.says)
		}
	}
}

func TestVersionIsTheSameEverywhere(t *testing.T) {
	for file, pattern := range map[string]string{
		"FyneApp.toml": `(?m)^\s*Version = "([^"]+)"`,
		"CHANGELOG.md": `(?m)^## \[([0-9.]+)\]`,
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(pattern).FindSubmatch(text)
		if found == nil || string(found[1]) != version {
			t.Errorf("%s says version %q, main.go says %q", file, found, version)
		}
	}
}

// TestWindowOpens starts the built program on the display that the window test
// prepared, and waits for its window.
func TestWindowOpens(t *testing.T) {
	program := os.Getenv("BACKTOBAR_PROGRAM")
	if program == "" {
		t.Skip("needs a display and the built program; .ci/window-test.sh prepares both")
	}
	home := t.TempDir()
	cmd := exec.Command(program, "--data", filepath.Join(home, "data"))
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { cmd.Process.Kill() })

	found := exec.Command("xdotool", "search", "--sync", "--onlyvisible", "--name", "Back to Bar")
	if err := startWithin(found, 30*time.Second); err != nil {
		t.Fatalf("no window: %v\n%s", err, said.String())
	}
	time.Sleep(time.Second) // the first paint
	shot := filepath.Join(os.Getenv("BACKTOBAR_SHOTS"), "opens.png")
	if out, err := exec.Command("import", "-window", "root", shot).CombinedOutput(); err != nil {
		t.Fatalf("no screenshot: %v\n%s", err, out)
	}
	cmd.Process.Signal(os.Interrupt)
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the program did not end within 10 seconds of being asked")
	}
}

// TestWindowSaysThatThereIsNoDisplay starts the built program without any display.
func TestWindowSaysThatThereIsNoDisplay(t *testing.T) {
	program := os.Getenv("BACKTOBAR_PROGRAM")
	if program == "" {
		t.Skip("needs the built program; .ci/window-test.sh prepares it")
	}
	for _, display := range []string{"", ":9999"} {
		cmd := exec.Command(program, "--data", t.TempDir())
		cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "DISPLAY="+display)
		out, err := cmd.CombinedOutput()
		if status := cmd.ProcessState.ExitCode(); status != noWindow {
			t.Errorf("DISPLAY=%q: exit status %d (%v), want %d", display, status, err, noWindow)
		}
		if !strings.Contains(string(out), "there is no display that answers") || strings.Contains(string(out), "goroutine") {
			t.Errorf("DISPLAY=%q: said %q", display, out)
		}
	}
}

// startWithin runs cmd and ends it when it takes longer than d.
func startWithin(cmd *exec.Cmd, d time.Duration) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	timer := time.AfterFunc(d, func() { cmd.Process.Kill() })
	defer timer.Stop()
	return cmd.Wait()
}
