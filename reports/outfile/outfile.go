// Package outfile puts a finished document on the disk: whole or not at all,
// and never in place of another document. What went wrong comes back as one of
// the kinds of the domain, so that a window can say it in one sentence.
package outfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"backtobar/domain"
)

// most is how many other documents of the same name are stepped around.
const most = 99

// Save writes the document into the folder under the name, or under name-2,
// name-3 and so on when another document has that name already, and returns
// the path. A file that already holds the same bytes is left as it is.
//
// Errors: domain.ErrNotFound when there is no such folder,
// domain.ErrReadOnly when it cannot be written, domain.ErrStorageFull when the
// disk is full. Nothing is left behind then.
func Save(folder, name string, document []byte) (string, error) {
	info, err := os.Stat(folder)
	if err != nil {
		return "", kind(err)
	}
	if !info.IsDir() {
		return "", domain.ErrNotFound
	}
	path, there, err := free(folder, name, document)
	if err != nil || there {
		return path, err
	}
	if err := write(folder, path, document); err != nil {
		return "", kind(err)
	}
	return path, nil
}

// free returns the path to write to, and whether the document is there already.
func free(folder, name string, document []byte) (string, bool, error) {
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for i := 1; i <= most; i++ {
		path := filepath.Join(folder, name)
		if i > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", stem, i, ext))
		}
		kept, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return path, false, nil
		}
		if err == nil && bytes.Equal(kept, document) {
			return path, true, nil
		}
	}
	return "", false, fmt.Errorf("%d other documents have this name", most)
}

// write makes the document under a passing name first and gives it its name
// when all of it is on the disk.
func write(folder, path string, document []byte) (err error) {
	f, err := os.CreateTemp(folder, ".backtobar-*.part")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the first error is the one to tell
		}
	}()
	_, err = f.Write(document)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err == nil {
		err = syncFolder(folder)
	}
	return err
}

// kind gives an error of the system its name in the domain.
func kind(err error) error {
	switch {
	case full(err):
		return errors.Join(domain.ErrStorageFull, err)
	case errors.Is(err, fs.ErrPermission), readOnly(err):
		return errors.Join(domain.ErrReadOnly, err)
	case errors.Is(err, fs.ErrNotExist):
		return errors.Join(domain.ErrNotFound, err)
	}
	return err
}

// Documents returns the folder where people expect their documents: Documents
// in their home folder, else the home folder itself, else "".
func Documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		return documents
	}
	return home
}
