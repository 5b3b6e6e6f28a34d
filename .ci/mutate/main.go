// Command mutate breaks the rules on purpose and counts how often the tests
// notice. A test that stays green when "at most" becomes "below" proves nothing
// about the limit; this program finds such tests.
//
// It makes one small change at a time: a comparison moves to the other side of
// its limit, a number in the code or in the data goes one step up or down, a
// condition is negated or loses a part, an if or a case that acts does nothing.
// A change that the package's tests do not notice is a survivor.
//
// Building the tests for each change would take a day. So a package is built
// once, with every change in it behind a switch, laid over the real files
// (go test -overlay), and the tests run once for each position of the switch.
// The few places where the language allows no switch, such as a constant, are
// built one by one. The working copy is never touched.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
)

// target is a package with the data that its rules stand in.
type target struct {
	folder string
	// files are those that hold rules; nil is every file.
	files []string
	data  []string
	// slow names the tests that run only when the others notice nothing; "" runs
	// all of them at once.
	slow string
}

var targets = []target{
	{"domain/screen", nil, []string{"assets/rules/screen.json"},
		"^(TestEveryCombination|TestSafetyQuestionsByOneAndByTwo|TestEveryStatusAtEveryAge|TestEveryLimitOneStepBesideIt|TestBuiltIsRead|TestRandomCases)$"},
	{"domain/measure", nil, []string{"assets/measures/measures.json"}, "^$"},
	{"domain/clinic", []string{"practitioner.go", "rulings.go", "standing.go"}, nil, ""},
}

// The results of one change.
const (
	caught   = "caught"
	survived = "SURVIVED"
	broken   = "does not compile"
)

// change is one way to break a package.
type change struct {
	file string
	line int
	what string
	// id is the position of the switch, 0 for a change without one.
	id int
	// text is the changed file, for a change without a switch.
	text []byte
}

func (c change) String() string { return fmt.Sprintf("%s:%d %s", c.file, c.line, c.what) }

func main() {
	list := flag.Bool("list", false, "print the changes and run nothing")
	only := flag.String("only", "", "run only changes whose description matches this expression")
	part := flag.String("part", "", "run every n-th change from the k-th: k/n")
	again := flag.String("again", "", "run only the survivors of an earlier run, whose output is in this file")
	flag.Parse()
	if err := run(*list, *only, *part, *again, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(list bool, only, part, again string, folders []string) error {
	earlier := ""
	if again != "" {
		text, err := os.ReadFile(again)
		if err != nil {
			return err
		}
		earlier = string(text)
	}
	wanted, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	k, n := 0, 1
	if part != "" {
		if _, err := fmt.Sscanf(part, "%d/%d", &k, &n); err != nil || n < 1 {
			return errors.New("-part is written k/n, such as 0/4")
		}
	}
	scratch, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	var survivors []change
	var scores []string
	for _, t := range targets {
		if len(folders) > 0 && !slices.Contains(folders, t.folder) {
			continue
		}
		b, err := build(scratch, t)
		if err != nil {
			return err
		}
		var chosen []change
		for _, c := range b.changes {
			if wanted.MatchString(c.String()) && (again == "" || strings.Contains(earlier, survived+strings.Repeat(" ", 9)+c.String()+"\n")) {
				chosen = append(chosen, c)
			}
		}
		count := map[string]int{}
		began := time.Now()
		for i, c := range chosen {
			if i%n != k%n {
				continue
			}
			if list {
				fmt.Println(c)
				continue
			}
			result, err := b.test(c)
			if err != nil {
				return err
			}
			if count[result]++; result == survived {
				survivors = append(survivors, c)
			}
			fmt.Printf("%4d/%d %6.0fs %-16s %s\n", i+1, len(chosen), time.Since(began).Seconds(), result, c)
		}
		all := count[caught] + count[survived]
		scores = append(scores, fmt.Sprintf("%s: %d changes; %d of %d caught, %.1f percent; %d did not compile", t.folder,
			len(chosen), count[caught], all, 100*float64(count[caught])/float64(max(all, 1)), count[broken]))
	}
	fmt.Printf("\n%d survivors\n", len(survivors))
	for _, c := range survivors {
		fmt.Println(c)
	}
	fmt.Println(strings.Join(scores, "\n"))
	return nil
}
