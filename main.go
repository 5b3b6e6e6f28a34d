// Back to Bar takes a patient with low-back pain from intake through a
// readiness screen to a stage-by-stage return to the deadlift, and prints the
// home program.
//
// This file is wiring and exit codes only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store"
	"backtobar/gui"
	"backtobar/gui/display"
	_ "backtobar/gui/display/early"
	"backtobar/gui/shell"
	"backtobar/reports/batch"
)

// version is also in FyneApp.toml and CHANGELOG.md; a test compares them.
const version = "0.1.0"

// The exit statuses of every command.
const (
	done      = 0
	misused   = 2 // the command line is wrong
	noWindow  = 3 // this computer cannot show the window
	noRecords = 4 // the records cannot be opened
)

const usage = `Back to Bar: from back pain to the barbell, screened and staged.

  backtobar [--data DIR]                   open the window
` + batch.Usage + `  backtobar version                        print the version
  backtobar help                           print this

  --data DIR    the folder with the clinic's records
  --clock TIME  it is this moment, e.g. 2026-11-22T08:30:00-05:00 (practice and tests)
`

func main() { os.Exit(start(os.Args[1:], batch.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})) }

// start carries out one command line and returns the exit status.
func start(args []string, s batch.Streams) int {
	command := "open"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	if status, ok := batch.Run(command, args, s); ok {
		return status
	}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	data := flags.String("data", "", "")
	clock := flags.String("clock", "", "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp) || command == "help":
		fmt.Fprint(s.Out, usage)
		return done
	case err != nil:
		return misuse(s.Err, err.Error())
	case flags.NArg() > 0:
		return misuse(s.Err, fmt.Sprintf("%q is one word too many", flags.Arg(0)))
	}
	switch command {
	case "open":
		return openWindow(*data, *clock, s.Err)
	case "version":
		fmt.Fprintln(s.Out, "Back to Bar", version)
		return done
	}
	return misuse(s.Err, fmt.Sprintf("there is no command %q", command))
}

// misuse says what is wrong with the command line.
func misuse(errs io.Writer, what string) int {
	fmt.Fprintf(errs, "%s. See: backtobar help\n", what)
	return misused
}

// openWindow shows the window until it is closed.
func openWindow(data, moment string, errs io.Writer) int {
	var clock domain.Clock = domain.SystemClock{}
	if moment != "" {
		t, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			return misuse(errs, "--clock needs a moment such as 2026-11-22T08:30:00-05:00")
		}
		clock = domain.FixedClock(t)
	}
	if err := display.Ready(); err != nil {
		display.Tell(err)
		return noWindow
	}
	a := app.NewWithID("org.backtobar.BackToBar")
	w := a.NewWindow(shell.Title)
	place, err := store.InFolder(data)
	if err != nil {
		return misuse(errs, "there is no home folder; name a folder with --data DIR")
	}
	window, records, err := wire(a, w, place, clock)
	if err != nil {
		fmt.Fprintf(errs, "backtobar: %s (%s)\n", clinic.Sentence(err), place.Path)
		gui.Refuse(a, w, clinic.Sentence(err), place.Path)
	}
	if shown := display.Show(w); shown != nil {
		display.Tell(shown)
		return noWindow
	}
	if err != nil {
		display.Run(a)
		return noRecords
	}
	window.Start()
	display.Run(a)
	if err := records.Close(); err != nil {
		fmt.Fprintln(errs, "backtobar:", clinic.Sentence(err))
		return noRecords
	}
	return done
}

// wire opens the records and builds the window on them.
func wire(a fyne.App, w fyne.Window, place store.Location, clock domain.Clock) (*shell.Shell, clinic.Store, error) {
	records, err := store.Open(context.Background(), place, clock)
	if err != nil {
		return nil, nil, err
	}
	window, err := gui.Build(a, w, records, clock)
	return window, records, err
}
