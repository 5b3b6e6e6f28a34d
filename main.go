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

// appID names the program to the operating system.
const appID = "org.backtobar.BackToBar"

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
  --clock TIME  start at this moment, e.g. 2026-11-22T08:30:00-05:00 (practice and tests)
`

// options are the choices of the command line.
type options struct {
	data  string
	clock domain.Clock
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	command := "open"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	switch command {
	case "open":
		o, err := parse(args)
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(out, usage)
			return done
		}
		if err != nil {
			fmt.Fprintf(errs, "%v. See: backtobar help\n", err)
			return misused
		}
		return openWindow(o)
	case "version":
		fmt.Fprintln(out, "Back to Bar", version)
		return done
	case "help":
		fmt.Fprint(out, usage)
		return done
	}
	fmt.Fprintf(errs, "there is no command %q. See: backtobar help\n", command)
	return misused
}

// parse reads the options of the window.
func parse(args []string) (options, error) {
	o := options{clock: domain.SystemClock{}}
	flags := flag.NewFlagSet("backtobar", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.data, "data", "", "")
	start := flags.String("clock", "", "")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is one word too many", flags.Arg(0))
	}
	if *start != "" {
		t, err := time.Parse(time.RFC3339, *start)
		if err != nil {
			return o, errors.New("--clock needs a moment such as 2026-11-22T08:30:00-05:00")
		}
		o.clock = domain.FixedClock(t)
	}
	if o.data == "" {
		home, err := os.UserConfigDir()
		if err != nil {
			return o, errors.New("there is no home folder; name a folder with --data DIR")
		}
		o.data = filepath.Join(home, "backtobar")
	}
	return o, nil
}

// openWindow shows the window until it is closed.
func openWindow(options) int {
	if err := display.Ready(); err != nil {
		display.Tell(err)
		return noWindow
	}
	a := app.NewWithID(appID)
	w := a.NewWindow("Back to Bar")
	w.SetContent(widget.NewLabel("Back to Bar " + version))
	if err := display.Show(w); err != nil {
		display.Tell(err)
		return noWindow
	}
	// The library was once seen to stay alive after its window had closed.
	a.Lifecycle().SetOnStopped(func() {
		time.AfterFunc(3*time.Second, func() { os.Exit(done) })
	})
	a.Run()
	return done
}
