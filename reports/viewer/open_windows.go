package viewer

import "os/exec"

// open asks the shell of Windows by its oldest door, which needs no console and
// takes the path as it is.
func open(path string) error {
	return exec.Command("rundll32", "url.dll,FileProtocolHandler", path).Run()
}
