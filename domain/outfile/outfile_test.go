package outfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"backtobar/domain"
)

// save stages and keeps in one step.
func save(folder, name string, document []byte) (string, error) {
	s, err := Stage(folder, name, document)
	if err != nil {
		return "", err
	}
	return s.Keep()
}

// names returns the names of the files in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestStageKeepsTheBytesAndOtherDocuments(t *testing.T) {
	dir := t.TempDir()
	for _, step := range []struct{ document, want string }{
		{"first", "sheet.pdf"},
		{"first", "sheet.pdf"},
		{"second", "sheet-2.pdf"},
		{"second", "sheet-2.pdf"},
		{"third", "sheet-3.pdf"},
		{"first", "sheet.pdf"},
	} {
		path, err := save(dir, "sheet.pdf", []byte(step.document))
		if err != nil || path != filepath.Join(dir, step.want) {
			t.Fatalf("saving %q gives %q, %v; want %s", step.document, path, err, step.want)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != step.document {
			t.Fatalf("the file holds %q, %v", got, err)
		}
	}
	if got := names(t, dir); len(got) != 3 {
		t.Errorf("the folder holds %v", got)
	}
}

func TestStageNamesWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	if _, err := save(filepath.Join(dir, "no such"), "a.pdf", []byte("x")); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("no such folder: %v", err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := save(file, "a.pdf", []byte("x")); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a file instead of a folder: %v", err)
	}
}

func TestStageIntoAFolderThatCannotBeWritten(t *testing.T) {
	// The kernel's own tree refuses new files to everybody, root too.
	const folder = "/proc/self"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("this system has no folder that refuses root")
	}
	if _, err := save(folder, "a.pdf", []byte("x")); err == nil {
		t.Fatal("saved into a folder that cannot be written")
	}
	if os.Geteuid() == 0 {
		return // the rights of a folder do not bind root
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := save(dir, "a.pdf", []byte("x")); !errors.Is(err, domain.ErrReadOnly) {
		t.Errorf("a folder without the right to write: %v", err)
	}
}

func TestADroppedDocumentLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s, err := Stage(dir, "a.pdf", []byte("x"))
	if err != nil || len(names(t, dir)) != 1 {
		t.Fatalf("staged %v, %v", names(t, dir), err)
	}
	s.Drop()
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestKeepFailsWhenTheFolderIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Stage(dir, "a.pdf", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep(); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("a stick pulled out: %v", err)
	}
}
