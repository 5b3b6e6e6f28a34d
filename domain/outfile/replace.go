package outfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace puts the document at exactly that path, in place of what was there:
// whole or not at all. A command's -o names the file it means, unlike Stage,
// which never takes another document's place. Errors as for Stage.
func Replace(path string, document []byte) error {
	folder := filepath.Dir(path)
	part, err := write(folder, document)
	if err != nil {
		return Kind(err)
	}
	if err := os.Rename(part, path); err != nil {
		_ = os.Remove(part) // the first error is the one to tell
		return Kind(err)
	}
	if err := SyncFolder(folder); err != nil {
		return Kind(err)
	}
	return nil
}

// RemovePDF removes the PDF at the path. Anything else there, and nothing at
// all, is left as it is.
func RemovePDF(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return Kind(err)
	}
	head := make([]byte, len(pdfHead))
	n, _ := io.ReadFull(f, head) // a folder and a short file are no PDF
	if err := f.Close(); err != nil {
		return Kind(err)
	}
	if string(head[:n]) != pdfHead {
		return nil
	}
	if err := os.Remove(path); err != nil {
		return Kind(err)
	}
	return nil
}

// pdfHead is how every PDF begins.
const pdfHead = "%PDF-"
