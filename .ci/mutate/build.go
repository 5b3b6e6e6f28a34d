package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// longest is how long the tests of one change may take; a change that makes
// them run on is noticed too. It is long, because the machine may be busy.
const longest = 10 * time.Minute

// built is the test program of a package with every change in it.
type built struct {
	target
	scratch, program string
	changes          []change
}

// switches is the file that is added to the package: the position of the switch
// and what the changed places call.
const switches = `package %s

import (
	"os"
	"strconv"
)

var mutantNow, _ = strconv.Atoi(os.Getenv("MUTANT"))

func mutantOff(id int) bool { return mutantNow == id }

func mutantIf(negated, off int, cond bool) bool {
	switch mutantNow {
	case negated:
		return !cond
	case off:
		return false
	}
	return cond
}

func mutantInt(up, down, n int) int {
	switch mutantNow {
	case up:
		return n + 1
	case down:
		return n - 1
	}
	return n
}
`

// build compiles the tests of a package with all changes behind the switch. A
// place that does not compile this way is left as it was and built singly later.
func build(scratch string, t target) (*built, error) {
	b := &built{target: t, scratch: scratch, program: filepath.Join(scratch, filepath.Base(t.folder)+".test")}
	names, err := filepath.Glob(t.folder + "/*.go")
	if err != nil {
		return nil, err
	}
	var files []*source
	id := 1
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || t.files != nil && !slices.Contains(t.files, filepath.Base(name)) {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f, err := readGo(name, text, &id)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	over := map[string][]byte{
		t.folder + "/mutant_switches.go": fmt.Appendf(nil, switches, filepath.Base(t.folder)),
	}
	if over["assets/assets.go"], err = dataFromFolder(); err != nil {
		return nil, err
	}
	for {
		for _, f := range files {
			over[f.name] = f.switched()
		}
		out, err := b.compile(over)
		if err == nil {
			break
		}
		dropped := 0
		for _, at := range errorLine.FindAllStringSubmatch(out, -1) {
			line, _ := strconv.Atoi(at[2])
			for _, f := range files {
				if filepath.Base(f.name) == filepath.Base(at[1]) {
					dropped += f.drop(line)
				}
			}
		}
		if dropped == 0 {
			return nil, fmt.Errorf("the tests do not compile with the changes in them:\n%s", out)
		}
	}
	for _, f := range files {
		b.changes = append(b.changes, f.changes()...)
	}
	for _, name := range t.data {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		found, err := changeJSON(name, text)
		if err != nil {
			return nil, err
		}
		b.changes = append(b.changes, found...)
	}
	if result, err := b.tests(b.program, 0, "assets"); err != nil || result != survived {
		return nil, fmt.Errorf("%s: the tests fail without a change (%s): %w", t.folder, result, err)
	}
	return b, nil
}

var errorLine = regexp.MustCompile(`(?m)^\S*?([a-z_0-9]+\.go):([0-9]+):`)

// dataFromFolder is assets.go reading the rules and the measures from the folder
// that the environment names, so that changed data needs no building.
func dataFromFolder() ([]byte, error) {
	text, err := os.ReadFile("assets/assets.go")
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"Rules", "Measures"} {
		embedded := regexp.MustCompile(`//go:embed [a-z/*.]+\nvar ` + name + ` embed\.FS`)
		if !embedded.Match(text) {
			return nil, fmt.Errorf("assets.go does not embed %s as expected", name)
		}
		text = embedded.ReplaceAll(text, []byte("var "+name+` = mutantFS{os.DirFS(os.Getenv("MUTANT_DATA"))}`))
	}
	text = bytes.Replace(text, []byte(`import "embed"`), []byte("import (\n\"embed\"\n\"io/fs\"\n\"os\"\n)"), 1)
	return append(text, `
type mutantFS struct{ fs.FS }

func (f mutantFS) ReadFile(name string) ([]byte, error) { return fs.ReadFile(f.FS, name) }
func (f mutantFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }
`...), nil
}

// compile builds the tests with files laid over; on failure it returns what the
// compiler said.
func (b *built) compile(over map[string][]byte) (string, error) {
	replace := map[string]string{}
	for name, text := range over {
		real, err := filepath.Abs(name)
		if err != nil {
			return "", err
		}
		laid := filepath.Join(b.scratch, "over", name)
		if err := os.MkdirAll(filepath.Dir(laid), 0o700); err != nil {
			return "", err
		}
		if err := os.WriteFile(laid, text, 0o600); err != nil {
			return "", err
		}
		replace[real] = laid
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(b.scratch, "overlay.json")
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		return "", err
	}
	out, err := exec.CommandContext(context.Background(), "go", "test", "-c", "-vet=off", "-p=1", "-gcflags=backtobar/"+b.folder+"=-e",
		"-overlay", overlay, "-o", b.program, "./"+b.folder).CombinedOutput()
	return string(out), err
}

// test runs the tests against one change.
func (b *built) test(c change) (string, error) {
	if c.id != 0 {
		return b.tests(b.program, c.id, "assets")
	}
	if slices.Contains(b.data, c.file) {
		folder := filepath.Join(b.scratch, "data")
		if err := os.RemoveAll(folder); err != nil {
			return "", err
		}
		name := filepath.Join(folder, strings.TrimPrefix(c.file, "assets/"))
		for _, from := range []string{"assets/rules", "assets/measures"} {
			if err := os.CopyFS(filepath.Join(folder, filepath.Base(from)), os.DirFS(from)); err != nil {
				return "", err
			}
		}
		if err := os.WriteFile(name, c.text, 0o600); err != nil {
			return "", err
		}
		return b.tests(b.program, 0, folder)
	}
	single := *b
	single.program += ".single"
	assets, err := dataFromFolder()
	if err != nil {
		return "", err
	}
	if _, err := single.compile(map[string][]byte{c.file: c.text, "assets/assets.go": assets}); err != nil {
		return broken, nil
	}
	return b.tests(single.program, 0, "assets")
}

// tests runs the quick tests and, when they notice nothing, all of them.
func (b *built) tests(program string, id int, data string) (string, error) {
	data, err := filepath.Abs(data)
	if err != nil {
		return "", err
	}
	runs := [][]string{{"-test.skip", b.slow, "-rapid.checks=25"}, {}}
	if b.slow == "" {
		runs = runs[1:]
	}
	for _, args := range runs {
		ctx, cancel := context.WithTimeout(context.Background(), longest)
		cmd := exec.CommandContext(ctx, program, append(args, "-test.failfast")...)
		cmd.Dir, cmd.WaitDelay = b.folder, time.Second
		cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(id), "MUTANT_DATA="+data)
		out, err := cmd.CombinedOutput()
		cancel()
		var exit *exec.ExitError
		switch {
		case err == nil:
		case ctx.Err() != nil || errors.As(err, &exit):
			if id == 0 && data == mustAssets && program == b.program {
				return caught, fmt.Errorf("%s", out)
			}
			return caught, nil
		default:
			return "", fmt.Errorf("run the tests: %w", err)
		}
	}
	return survived, nil
}

// mustAssets is the folder of the real data.
var mustAssets, _ = filepath.Abs("assets")
