package outfile

import (
	"errors"
	"syscall"
)

// The errors of Windows for a full disk and a disk that is write-protected.
const (
	handleDiskFull = syscall.Errno(39)
	diskFull       = syscall.Errno(112)
	writeProtected = syscall.Errno(19)
)

func full(err error) bool { return errors.Is(err, diskFull) || errors.Is(err, handleDiskFull) }

func readOnly(err error) bool { return errors.Is(err, writeProtected) }

// SyncFolder does nothing: Windows keeps the names of files by itself.
func SyncFolder(string) error { return nil }
