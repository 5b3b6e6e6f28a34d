// Package batch is the commands that need no window: they read cases from a
// file or the standard input and answer on the standard output, so that the
// rules can be tested, scripted and audited.
package batch

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"backtobar/assets"
	"backtobar/domain/course"
	"backtobar/domain/exchange/casefile"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// The exit statuses of a command.
const (
	done    = 0
	refused = 1 // at least one case was refused, or a file cannot be read
	misused = 2 // the command line is wrong
)

// Usage lists the commands for the program's help.
const Usage = `  backtobar screen [--explain] [FILE|-]    decide each case of a case file
  backtobar progress [--explain] [FILE|-]  say what each history of sessions leads to
  backtobar load [--explain] [FILE|-]      answer questions about weights
  backtobar handout FILE -o OUT.pdf        make one home program
`

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Run carries out the command of that name and returns its exit status. ok is
// false when there is no such command.
func Run(command string, args []string, s Streams) (status int, ok bool) {
	switch command {
	case "screen":
		return answerCases(command, args, s, func(in io.Reader, explain bool) (bool, error) {
			rules, err := screen.LoadRules(assets.Rules)
			if err != nil {
				return false, err
			}
			return casefile.Screen(in, s.Out, rules, explain)
		}), true
	case "progress":
		return answerCases(command, args, s, func(in io.Reader, explain bool) (bool, error) {
			rules, err := progression()
			if err != nil {
				return false, err
			}
			return casefile.Progress(in, s.Out, rules, explain)
		}), true
	case "load":
		return answerCases(command, args, s, func(in io.Reader, explain bool) (bool, error) {
			rules, err := progression()
			if err != nil {
				return false, err
			}
			return casefile.Load(in, s.Out, rules, explain)
		}), true
	case "handout":
		return printHandout(args, s), true
	}
	return misused, false
}

// progression reads the route and the rules of what follows from sessions.
func progression() (*course.Rules, error) {
	route, err := program.Load(assets.Protocol)
	if err != nil {
		return nil, err
	}
	return course.Load(assets.Protocol, route)
}

// Misuse says what is wrong with the command line and returns the exit status.
func Misuse(s Streams, what string) int {
	fmt.Fprintf(s.Err, "%s. See: backtobar help\n", what)
	return misused
}

// answerCases reads the command line of a command that answers a case file,
// and lets it answer.
func answerCases(command string, args []string, s Streams, answer func(in io.Reader, explain bool) (bool, error)) int {
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	explain := flags.Bool("explain", false, "")
	if err := flags.Parse(args); err != nil {
		return Misuse(s, err.Error())
	}
	if flags.NArg() > 1 {
		return Misuse(s, command+" reads one file")
	}
	in, err := open(flags.Arg(0), s.In)
	if err != nil {
		return fail(s, err)
	}
	defer func() { _ = in.Close() }() // it was only read
	answered, err := answer(in, *explain)
	if err != nil {
		return fail(s, err)
	}
	if !answered {
		return refused
	}
	return done
}

func fail(s Streams, err error) int {
	fmt.Fprintln(s.Err, "backtobar:", err)
	return refused
}

// open opens a file for reading; "" and "-" are the standard input.
func open(name string, in io.Reader) (io.ReadCloser, error) {
	if name == "" || name == "-" {
		return io.NopCloser(in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		var p *os.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, fmt.Errorf("the file %s cannot be opened: %w", name, err)
	}
	return f, nil
}
