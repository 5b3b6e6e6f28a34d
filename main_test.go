package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

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
		{"clock on real records", []string{"--clock", "2026-11-22T08:30:00-05:00"}, 2, "BACKTOBAR_PRACTICE=1"},
	} {
		t.Setenv("BACKTOBAR_PRACTICE", "")
		if c.name == "clock without a zone" {
			t.Setenv("BACKTOBAR_PRACTICE", "1")
		}
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
