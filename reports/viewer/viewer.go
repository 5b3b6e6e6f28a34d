// Package viewer opens a finished document with the program that the computer
// has for such files. It is the only place that starts another program, and
// how that is done differs on each system, so each has its own file.
package viewer

import "errors"

// ErrNone says that this computer has no program for the file, or that it
// could not be started. The file itself is not touched.
var ErrNone = errors.New("no program for this file could be started")

// Open shows the file at path, which must be absolute, in the program of the
// computer that is meant for it. It returns when that program has been started,
// which can take two seconds, so it is called in the background.
func Open(path string) error {
	if err := open(path); err != nil {
		return errors.Join(ErrNone, err)
	}
	return nil
}
