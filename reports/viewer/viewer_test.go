//go:build !windows && !darwin

package viewer

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// opener puts a program of that name and script first and only in the path.
func opener(t *testing.T, script string) string {
	t.Helper()
	dir := t.TempDir()
	if script != "" {
		if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

func TestOpenHandsOverThePath(t *testing.T) {
	dir := opener(t, `echo "$1" > "$(/usr/bin/dirname "$0")/got"`)
	if err := Open("/some where/a b.pdf"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "got"))
	if err != nil || strings.TrimSpace(string(got)) != "/some where/a b.pdf" {
		t.Errorf("the opener was given %q, %v", got, err)
	}
}

func TestOpenSaysWhenNothingCanShowIt(t *testing.T) {
	opener(t, "exit 3")
	if err := Open("/x.pdf"); !errors.Is(err, ErrNone) {
		t.Errorf("an opener that fails: %v", err)
	}
	opener(t, "")
	if err := Open("/x.pdf"); !errors.Is(err, ErrNone) {
		t.Errorf("no opener at all: %v", err)
	}
}

func TestOpenDoesNotWaitForTheViewerToEnd(t *testing.T) {
	opener(t, "exec /bin/sleep 5")
	start := time.Now()
	if err := Open("/x.pdf"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 2*patience {
		t.Errorf("waited %v", took)
	}
}
