// Command mutate breaks the rules on purpose and counts how often the tests
// notice. A test that stays green when "at most" becomes "below" proves nothing
// about the limit; this program finds such tests.
//
// It makes one small change at a time: a comparison is flipped or moved by one
// step, a number in the code or in the rules file is moved up and down, a
// condition is negated or a part of it dropped, an if whose body acts is taken
// out. The changed file is laid over the real one (go test -overlay), so the
// working copy is never touched. A change that does not compile counts for
// nothing. A change that the package's tests do not notice is a survivor.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// target is a package with the data that its rules stand in.
type target struct {
	folder string
	data   []string
}

var targets = []target{
	{"domain/screen", []string{"assets/rules/screen.json"}},
	{"domain/measure", []string{"assets/measures/measures.json"}},
}

// mutant is one changed file.
type mutant struct {
	folder, file string
	line         int
	what         string
	text         []byte
}

func (m mutant) String() string { return fmt.Sprintf("%s:%d %s", m.file, m.line, m.what) }

// The results of one mutant.
const (
	caught   = "caught"
	survived = "SURVIVED"
	broken   = "does not compile"
)

// longest is how long the tests of one mutant may take; a change that makes
// them run on is noticed too.
const longest = 4 * time.Minute

func main() {
	list := flag.Bool("list", false, "print the changes and run nothing")
	only := flag.String("only", "", "run only changes whose description holds this text")
	skip := flag.Int("skip", 0, "pass over the first changes, to go on after a stop")
	flag.Parse()
	if err := run(*list, *only, *skip, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(list bool, only string, skip int, folders []string) error {
	var mutants []mutant
	for _, t := range targets {
		if len(folders) > 0 && !slices.Contains(folders, t.folder) {
			continue
		}
		files, err := filepath.Glob(t.folder + "/*.go")
		if err != nil {
			return err
		}
		for _, file := range append(files, t.data...) {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			change := changeGo
			if strings.HasSuffix(file, ".json") {
				change = changeJSON
			}
			found, err := change(file, text)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			for _, m := range found {
				if m.folder = t.folder; strings.Contains(m.String(), only) {
					mutants = append(mutants, m)
				}
			}
		}
	}
	if list {
		for _, m := range mutants {
			fmt.Println(m)
		}
		fmt.Println(len(mutants), "changes")
		return nil
	}
	scratch, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	count := map[string]map[string]int{}
	var survivors []mutant
	began := time.Now()
	for i, m := range mutants {
		if i < skip {
			continue
		}
		result, err := test(scratch, m)
		if err != nil {
			return err
		}
		if count[m.folder] == nil {
			count[m.folder] = map[string]int{}
		}
		count[m.folder][result]++
		if result == survived {
			survivors = append(survivors, m)
		}
		fmt.Printf("%4d/%d %6.0fs %-16s %s\n", i+1, len(mutants), time.Since(began).Seconds(), result, m)
	}
	fmt.Println("\nsurvivors:")
	for _, m := range survivors {
		fmt.Println(m)
	}
	for _, t := range targets {
		if c := count[t.folder]; c != nil {
			all := c[caught] + c[survived]
			fmt.Printf("%s: %d of %d changes caught, %.1f percent; %d did not compile\n",
				t.folder, c[caught], all, 100*float64(c[caught])/float64(max(all, 1)), c[broken])
		}
	}
	return nil
}

// test runs the tests of the package with the changed file laid over.
func test(scratch string, m mutant) (string, error) {
	real, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	changed, overlay := filepath.Join(scratch, "changed"), filepath.Join(scratch, "overlay.json")
	if err := os.WriteFile(changed, m.text, 0o600); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {real: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-vet=off", "-failfast", "-count=1", "-p=1",
		"-timeout", longest.String(), "./"+m.folder)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return survived, nil
	case ctx.Err() != nil:
		return caught, nil
	case !errors.As(err, &exit):
		return "", fmt.Errorf("run the tests: %w", err)
	}
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	for lines.Scan() {
		if strings.Contains(lines.Text(), "[build failed]") || strings.Contains(lines.Text(), "[setup failed]") {
			return broken, nil
		}
	}
	return caught, nil
}
