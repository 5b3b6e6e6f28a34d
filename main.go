// Back to Bar takes a patient from intake through a readiness screen to a staged
// return to the deadlift. This file is wiring and exit codes only.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2/app"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store"
	"backtobar/gui"
	"backtobar/gui/display"
	_ "backtobar/gui/display/early"
	"backtobar/gui/shell"
	"backtobar/reports/batch"
	"backtobar/reports/records"
)

// version is also in FyneApp.toml and CHANGELOG.md; a test compares them.
const version = "0.1.0"

// The exit statuses beside those of the commands in reports/batch.
const (
	done      = 0
	noWindow  = 3 // this computer cannot show the window
	noRecords = 4 // the records cannot be opened
)

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
	if status, ok := records.Run(command, args, s, vault); ok {
		return status
	}
	var clock domain.Clock = domain.SystemClock{}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	data := flags.String("data", "", "")
	flags.Func("clock", "", func(text string) error {
		if os.Getenv("BACKTOBAR_PRACTICE") == "" {
			return errors.New("it would sign real records with a wrong day; for practice set BACKTOBAR_PRACTICE=1")
		}
		t, err := time.Parse(time.RFC3339, text)
		clock = domain.FixedClock(t)
		return err
	})
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp) || command == "help":
		fmt.Fprint(s.Out, records.Help)
		return done
	case err != nil:
		return batch.Misuse(s, err.Error())
	case flags.NArg() > 0:
		return batch.Misuse(s, fmt.Sprintf("%q is one word too many", flags.Arg(0)))
	case command == "version":
		fmt.Fprintln(s.Out, "Back to Bar", version)
		return done
	case command == "open":
		return openWindow(*data, clock, s)
	}
	return batch.Misuse(s, fmt.Sprintf("there is no command %q", command))
}

// vault is the locked place of the records in the folder.
func vault(data string) (records.Place, error) {
	at, err := store.InFolder(data)
	return store.NewVault(at, domain.SystemClock{}), err
}

// openWindow shows the window until it is closed.
func openWindow(data string, clock domain.Clock, s batch.Streams) int {
	place, err := store.InFolder(data)
	if err != nil {
		return batch.Misuse(s, "there is no home folder; name a folder with --data DIR")
	}
	if err := display.Ready(); err != nil {
		display.Tell(err)
		return noWindow
	}
	a := app.NewWithID("org.backtobar.BackToBar")
	w := a.NewWindow(shell.Title)
	status := done
	desk := clinic.NewDesk(store.NewVault(place, clock), clock)
	refuse := func(err error) {
		fmt.Fprintf(s.Err, "backtobar: %s (%s)\n", clinic.Sentence(err), place.Path)
		gui.Refuse(a, w, clinic.Sentence(err), place.Path)
		status = noRecords
	}
	if err := gui.Build(a, w, desk, clock, refuse); err != nil {
		refuse(err)
	}
	if err := display.Run(a, w); err != nil {
		display.Tell(err)
		status = noWindow
	}
	if err := desk.Close(); err != nil {
		fmt.Fprintln(s.Err, "backtobar:", clinic.Sentence(err))
	}
	return status
}
