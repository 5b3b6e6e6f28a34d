//go:build !windows && !darwin

package viewer

import (
	"fmt"
	"os/exec"
	"syscall"
	"time"
)

// patience is how long the opener may take to say that it failed. On a desktop
// it ends at once; without one it becomes the viewer itself and stays.
const patience = 2 * time.Second

// open starts xdg-open in a session of its own, so that the viewer outlives
// this program, and waits a moment for its answer. It must not wait for the
// end: that may be the moment when somebody closes the viewer.
func open(path string) error {
	cmd := exec.Command("xdg-open", path) //nolint:noctx // the viewer outlives whatever asked for it
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	pid := cmd.Process.Pid
	for waited := time.Duration(0); waited < patience; waited += patience / 40 {
		var state syscall.WaitStatus
		got, err := syscall.Wait4(pid, &state, syscall.WNOHANG, nil)
		if err != nil {
			return err
		}
		if got == pid {
			if state.ExitStatus() != 0 {
				return fmt.Errorf("xdg-open ended with %d", state.ExitStatus())
			}
			return nil
		}
		time.Sleep(patience / 40)
	}
	return cmd.Process.Release()
}
