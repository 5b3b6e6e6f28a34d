package outfile

import (
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
		return kind(err)
	}
	if err := os.Rename(part, path); err != nil {
		_ = os.Remove(part) // the first error is the one to tell
		return kind(err)
	}
	if err := syncFolder(folder); err != nil {
		return kind(err)
	}
	return nil
}
