// Package outfile puts a finished document on the disk: whole or not at all,
// and, through Stage, never in place of another document. What went wrong comes
// back as one of the kinds of the domain, so that a window can say it in one
// sentence.
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

// Staged is a document that lies in its folder, all of it on the disk, but not
// yet under its name. Everything that commonly goes wrong has been tried by
// then, so that a record can be made between Stage and Keep.
type Staged struct {
	folder, part, path string
}

// Stage puts the document into the folder. Its name will be the one given, or
// name-2, name-3 and so on when another document has that name already. When
// the same bytes lie there under that name, they are left as they are.
//
// Errors: domain.ErrNotFound when there is no such folder,
// domain.ErrReadOnly when it cannot be written, domain.ErrStorageFull when the
// disk is full. Nothing is left behind then.
func Stage(folder, name string, document []byte) (*Staged, error) {
	info, err := os.Stat(folder)
	if err != nil {
		return nil, Kind(err)
	}
	if !info.IsDir() {
		return nil, domain.ErrNotFound
	}
	path, there, err := free(folder, name, document)
	if err != nil {
		return nil, err
	}
	s := &Staged{folder: folder, path: path}
	if there {
		return s, nil
	}
	if s.part, err = write(folder, document); err != nil {
		return nil, Kind(err)
	}
	return s, nil
}

// Keep gives the document its name and returns its path. On an error nothing
// is left behind.
func (s *Staged) Keep() (string, error) {
	if s.part == "" {
		return s.path, nil
	}
	if err := os.Rename(s.part, s.path); err != nil {
		s.Drop()
		return "", Kind(err)
	}
	s.part = ""
	if err := SyncFolder(s.folder); err != nil {
		return "", Kind(err)
	}
	return s.path, nil
}

// Drop takes the document away again, unless it was kept or lay there before.
func (s *Staged) Drop() {
	if s.part != "" {
		_ = os.Remove(s.part) // a hidden leftover harms nobody
		s.part = ""
	}
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

// write makes the document under a passing name and returns it when all of it
// is on the disk. The passing name says nothing about the document.
func write(folder string, document []byte) (part string, err error) {
	f, err := os.CreateTemp(folder, ".backtobar-*.part")
	if err != nil {
		return "", err
	}
	_, err = f.Write(document)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
		return "", err
	}
	return f.Name(), nil
}

// Kind gives an error of the system its name in the domain.
func Kind(err error) error {
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
