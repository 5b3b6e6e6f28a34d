//go:build unix

package casefile_test

import (
	"syscall"
	"time"
)

// cpu is the processor time that this process has used so far, on all cores;
// unlike the clock it does not count what other programs do.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
