package outfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"backtobar/domain"
	"backtobar/domain/outfile"
)

func TestReplaceTakesTheNamedPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.pdf")
	for _, text := range []string{"first", "second and longer", "3"} {
		if err := outfile.Replace(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("the file holds %q, %v", got, err)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
}

func TestReplaceLeavesNothingWhenItCannot(t *testing.T) {
	folder := t.TempDir()
	if err := outfile.Replace(filepath.Join(folder, "no", "out.pdf"), []byte("x")); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a folder that is not there: %v", err)
	}
	taken := filepath.Join(folder, "taken")
	if err := os.Mkdir(taken, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := outfile.Replace(taken, []byte("x")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
}

func TestRemovePDFRemovesNothingElse(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		content string
		stays   bool
	}{"sheet.pdf": {"%PDF-1.3 and more", false}, "request.json": {`{"clinic":{}}`, true}, "short": {"%P", true}, "empty": {"", true}} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := outfile.RemovePDF(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(path); (err == nil) != c.stays {
			t.Errorf("%s: stays %v, want %v", name, err == nil, c.stays)
		}
	}
	if err := outfile.RemovePDF(filepath.Join(folder, "none")); err != nil {
		t.Error(err)
	}
	if err := outfile.RemovePDF(folder); err != nil {
		t.Error(err)
	}
}
