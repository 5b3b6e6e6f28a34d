//go:build !windows

package display

import (
	"fmt"
	"os"
)

// Tell writes the reason to the terminal.
func Tell(reason error) { fmt.Fprintln(os.Stderr, sentence(reason)) }
