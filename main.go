// Back to Bar takes a patient with low-back pain from intake through a
// readiness screen to a stage-by-stage return to the deadlift, and prints the
// home program.
//
// This file is wiring and exit codes only.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"backtobar/domain"
	"backtobar/gui/display"
	_ "backtobar/gui/display/early"
)

// version is also in FyneApp.toml and CHANGELOG.md; a test compares them.
const version = "0.1.0"

// The exit statuses of every command.
const (
	done     = 0
	misused  = 2 // the command line is wrong
	noWindow = 3 // this computer cannot show the window
)

const usage = `Back to Bar: from back pain to the barbell, screened and staged.

  backtobar [--data DIR]     open the window
  backtobar version          print the version
  backtobar help             print this

  --data DIR    the folder with the clinic's records
  --clock TIME  it is this moment, e.g. 2026-11-22T08:30:00-05:00 (practice and tests)
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run carries out one command line and returns the exit status.
func run(args []string, out, errs io.Writer) int {
	command := "open"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	data := flags.String("data", "", "")
	clock := flags.String("clock", "", "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp) || command == "help":
		fmt.Fprint(out, usage)
		return done
	case err != nil:
		return misuse(errs, err.Error())
	case flags.NArg() > 0:
		return misuse(errs, fmt.Sprintf("%q is one word too many", flags.Arg(0)))
	}
	switch command {
	case "open":
		return openWindow(*data, *clock, errs)
	case "version":
		fmt.Fprintln(out, "Back to Bar", version)
		return done
	}
	return misuse(errs, fmt.Sprintf("there is no command %q", command))
}

// misuse says what is wrong with the command line.
func misuse(errs io.Writer, what string) int {
	fmt.Fprintf(errs, "%s. See: backtobar help\n", what)
	return misused
}

// openWindow shows the window until it is closed.
func openWindow(data, start string, errs io.Writer) int {
	var clock domain.Clock = domain.SystemClock{}
	if start != "" {
		t, err := time.Parse(time.RFC3339, start)
		if err != nil {
			return misuse(errs, "--clock needs a moment such as 2026-11-22T08:30:00-05:00")
		}
		clock = domain.FixedClock(t)
	}
	if data == "" {
		home, err := os.UserConfigDir()
		if err != nil {
			return misuse(errs, "there is no home folder; name a folder with --data DIR")
		}
		data = filepath.Join(home, "backtobar")
	}
	if err := display.Ready(); err != nil {
		display.Tell(err)
		return noWindow
	}
	a := app.NewWithID("org.backtobar.BackToBar")
	w := a.NewWindow("Back to Bar")
	w.SetContent(widget.NewLabel(data + " " + clock.Now().Format(time.DateOnly)))
	if err := display.Show(w); err != nil {
		display.Tell(err)
		return noWindow
	}
	display.Run(a)
	return done
}
