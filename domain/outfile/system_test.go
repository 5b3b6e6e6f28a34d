//go:build !windows

package outfile

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"backtobar/domain"
)

func TestKind(t *testing.T) {
	for _, c := range []struct {
		errno syscall.Errno
		want  error
	}{
		{syscall.ENOSPC, domain.ErrStorageFull},
		{syscall.EDQUOT, domain.ErrStorageFull},
		{syscall.EROFS, domain.ErrReadOnly},
		{syscall.EACCES, domain.ErrReadOnly},
		{syscall.EPERM, domain.ErrReadOnly},
		{syscall.ENOENT, domain.ErrNotFound},
	} {
		if got := Kind(&os.PathError{Op: "write", Path: "x", Err: c.errno}); !errors.Is(got, c.want) {
			t.Errorf("%v became %v, want %v", c.errno, got, c.want)
		}
	}
}

// TestAFullDiskLeavesNothing writes to the device that is always full.
func TestAFullDiskLeavesNothing(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no device that is always full")
	}
	defer f.Close()
	if _, err := f.Write([]byte("x")); !errors.Is(Kind(err), domain.ErrStorageFull) {
		t.Errorf("a full disk is %v", err)
	}
}
