package outfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"backtobar/domain"
	"backtobar/reports/outfile"
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
