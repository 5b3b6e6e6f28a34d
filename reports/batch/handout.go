package batch

import (
	"encoding/json"
	"errors"
	"flag"
	"io"

	"backtobar/domain"
	"backtobar/reports/handoutfile"
)

// refusals is the answer when no sheet may be made.
type refusals struct {
	Reasons domain.Problems `json:"refused"`
}

// printHandout makes one home program from a request file. The flag may stand
// before or after the file.
func printHandout(args []string, s Streams) int {
	flags := flag.NewFlagSet("handout", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("o", "", "")
	var files []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return Misuse(s, err.Error())
		}
		if args = flags.Args(); len(args) > 0 {
			files, args = append(files, args[0]), args[1:]
		}
	}
	if len(files) != 1 {
		return Misuse(s, "handout reads one file")
	}
	if *out == "" {
		return Misuse(s, "handout needs -o and the name of the PDF to write")
	}
	in, err := open(files[0], s.In)
	if err != nil {
		return fail(s, err)
	}
	defer func() { _ = in.Close() }() // it was only read
	result, err := handoutfile.Make(in, *out)
	var reasons domain.Problems
	if errors.As(err, &reasons) {
		if err := json.NewEncoder(s.Out).Encode(refusals{reasons}); err != nil {
			return fail(s, err)
		}
		return refused
	}
	if err != nil {
		return fail(s, err)
	}
	if err := json.NewEncoder(s.Out).Encode(result); err != nil {
		return fail(s, err)
	}
	return done
}
