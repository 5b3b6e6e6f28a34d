package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file holds the import table: every folder with Go code, what it may
// import, and why. It reads the files instead of building them, so it also sees
// those of other operating systems. CONTRIBUTING.md tells the same story in
// words, and .golangci.yml repeats the coarse part for editors.

// layer is one line of the table.
type layer struct {
	// folder is a folder, or "a/*" for each folder directly in a that has no
	// line of its own.
	folder string
	// module is what it may import from this module: folders, "a/*" for
	// folders directly in a, or a name of a group below.
	module []string
	// third is the foreign modules it may import.
	third []string
	// tests is what its tests may import besides: folders and foreign modules.
	tests []string
	// std, when given, replaces the standard library's deny list.
	std []string
	// deny is what it may not import from the standard library. A name covers
	// what is below it. Tests may import the whole standard library.
	deny []string
	// reason is read by whoever breaks the rule.
	reason string
}

// rules are the packages of pure rules, each importing only those before it.
var rules = []string{"domain", "domain/strictjson", "domain/staff", "domain/patient", "domain/equipment", "domain/intake", "domain/measure", "domain/screen", "domain/program", "domain/course"}

// outside is what a pure package must not reach: files, the network, a
// database, the process, the log.
var outside = []string{"os", "net", "database", "syscall", "log", "unsafe", "runtime", "plugin"}

const (
	toolkit = "fyne.io/fyne/v2"
	sqlite  = "github.com/mattn/go-sqlite3"
	gofpdf  = "github.com/jung-kurt/gofpdf"
	xtext   = "golang.org/x/text"
	ximage  = "golang.org/x/image"
	age     = "filippo.io/age"
	xterm   = "golang.org/x/term"
	xcrypto = "golang.org/x/crypto"
	uuid    = "github.com/google/uuid"
	cmp     = "github.com/google/go-cmp"
	rapid   = "pgregory.net/rapid"
)

// layers is the table, from the bottom up.
var layers = []layer{
	{folder: "assets", std: []string{"embed", "io/fs"},
		tests:  []string{"domain/*", "domain", "reports/*"},
		reason: "assets is data; whoever reads a file also checks it"},

	{folder: "domain", third: []string{uuid, xtext}, deny: outside,
		reason: "the kernel is spoken by every package, so it must bring nothing along"},
	{folder: "domain/strictjson", module: before("domain/strictjson"), deny: outside,
		reason: "reads what it is handed; opening files is the caller's business"},
	{folder: "domain/staff", module: before("domain/staff"), third: []string{xtext}, deny: outside,
		reason: "who may do what is a table, so that one test can hold the whole of it"},
	{folder: "domain/patient", module: before("domain/patient"), third: []string{xtext}, deny: outside, tests: []string{"assets"},
		reason: "rules are pure, so that they can be checked by cases alone"},
	{folder: "domain/equipment", module: before("domain/equipment"), deny: outside,
		reason: "what can be loaded is arithmetic over a list, so that it can be held to trying every way"},
	{folder: "domain/intake", module: before("domain/intake"), third: []string{xtext}, deny: outside, tests: []string{"assets"},
		reason: "rules are pure, so that they can be checked by cases alone"},
	{folder: "domain/measure", module: before("domain/measure"), deny: outside, tests: []string{"assets", "domain/screen"},
		reason: "a score is pure, so that the published rule can be checked by cases alone"},
	{folder: "domain/screen", module: before("domain/screen"), deny: outside, tests: []string{"assets"},
		reason: "the decision is pure: the same answers give the same outcome on every computer, today and in a year"},
	{folder: "domain/program", module: before("domain/program"), deny: outside, tests: []string{"assets"},
		reason: "the prescription is pure: the same patient gets the same dose on every computer"},
	{folder: "domain/course", module: before("domain/course"), deny: outside, tests: []string{"assets"},
		reason: "what follows from the sessions is pure: worse pain must never lead to more, on any computer"},
	{folder: "domain/clinic", module: rules, third: []string{xtext}, deny: outside,
		tests:  []string{"assets", "domain/store/memory"},
		reason: "use cases reach records only through the ports they declare, so that every store behaves alike"},
	{folder: "domain/exchange/*", module: also("domain/clinic"), deny: []string{"net", "database", "syscall"},
		tests:  []string{"assets"},
		reason: "file formats translate; they neither decide nor store"},
	{folder: "domain/store", module: also("domain/clinic", "domain/outfile", "domain/store/sqlite", "domain/store/keyfile", "domain/store/sealed", "assets"), deny: []string{"net"},
		tests:  []string{"domain/store/*"},
		reason: "picks a store by its location; records never leave through here"},
	{folder: "domain/store/memory", module: also("domain/clinic"), deny: outside,
		tests:  []string{"domain/store/storetest"},
		reason: "the store of tests has nothing to open"},
	{folder: "domain/store/pagevfs", third: []string{xcrypto}, deny: []string{"os", "net", "database", "log"},
		tests:  []string{"domain/store/faultvfs", sqlite},
		reason: "turns bytes between SQLite and its files; small and alone, so that one person can judge it"},
	{folder: "domain/store/keyfile", module: []string{"domain", "domain/strictjson"}, third: []string{xcrypto, xtext}, deny: outside,
		reason: "locks and unlocks bytes that it is handed; where they are kept is the caller's business"},
	{folder: "domain/store/sealed", module: []string{"domain"}, third: []string{age}, deny: []string{"os", "net", "database", "log"},
		reason: "a container of bytes; it must not know what is in a backup"},
	{folder: "domain/store/faultvfs", deny: []string{"os", "net", "database", "log"},
		reason: "a disk that tests can break knows no program"},
	{folder: "domain/store/sqlite", module: also("domain/clinic", "assets", "domain/store/pagevfs"), third: []string{sqlite}, deny: []string{"net"},
		tests:  []string{"domain/store/storetest", "domain/store/memory"},
		reason: "the only package that knows SQL, so that another database is one more folder"},
	{folder: "domain/store/storetest", module: also("domain/clinic"), third: []string{cmp, rapid},
		reason: "one suite for every store: it may know none of them"},

	{folder: "reports/doc", module: []string{"domain", "assets"}, third: []string{ximage, xtext}, deny: outside,
		reason: "the display list is what window, paper and printer share; it knows none of them"},
	{folder: "reports/figure", module: []string{"domain", "domain/strictjson", "assets", "reports/doc"}, deny: outside,
		reason: "one piece of code draws a pose for screen and paper"},
	{folder: "reports/pdf", module: []string{"domain", "assets", "reports/doc"}, third: []string{gofpdf, ximage}, deny: []string{"net", "database"},
		reason: "gofpdf is frozen: one package to replace"},
	{folder: "reports/raster", module: []string{"domain", "assets", "reports/doc"}, third: []string{ximage}, deny: outside,
		tests:  []string{"reports/figure"},
		reason: "draws the display list for the window; it must not know which document it is"},
	{folder: "reports/handout", module: also("assets", "reports/doc", "reports/figure"), third: []string{xtext}, deny: outside,
		tests:  []string{"reports/pdf", "reports/raster", "domain/exchange/casefile"},
		reason: "a document says what is on the sheet, not how a PDF is written"},
	{folder: "reports/flow", module: []string{"domain", "reports/doc"}, deny: outside,
		reason: "running text over pages, for any document that has no page rules of its own"},
	{folder: "reports/report", module: also("domain/clinic", "reports/doc", "reports/flow"), third: []string{xtext}, deny: outside,
		tests:  []string{"assets", "reports/pdf", "domain/store/memory"},
		reason: "a paper for clinicians says what the use cases know; how it is written or kept is not its business"},
	{folder: "reports/handoutfile", module: also("assets", "domain/clinic", "domain/exchange/*", "reports/*", "domain/outfile"), deny: []string{"net", "database"},
		reason: "the handout command: from a file to a file, by the same path as the window's"},
	{folder: "reports/batch", module: also("assets", "domain/exchange/casefile", "reports/handoutfile"), deny: []string{"net", "database"},
		reason: "commands read, ask the rules and answer; they decide nothing themselves"},
	{folder: "domain/outfile", module: []string{"domain"}, deny: []string{"net", "database"},
		reason: "puts finished bytes on the disk; it must not know which document they are"},
	{folder: "reports/records", module: also("domain/clinic", "reports/batch"), third: []string{xterm}, deny: []string{"net", "database"},
		tests:  []string{"domain/store"},
		reason: "commands ask the vault and answer; which store it is, main decides"},
	{folder: "reports/viewer", deny: []string{"net", "database"},
		reason: "the only package that starts another program, so that it is one to judge"},

	{folder: "gui", module: also("assets", "domain/clinic", "gui/*", "reports/*"), third: []string{toolkit}, deny: []string{"net", "database"},
		reason: "puts the window together from screens that do not know each other"},
	{folder: "gui/display/early", third: nil, std: []string{"os"},
		reason: "it must be ready before the window library is, so it may import nothing that the library also waits for"},
	{folder: "gui/display", third: []string{toolkit}, deny: []string{"net", "database"},
		reason: "finds out whether a window can open, before anything else is known"},
	{folder: "gui/look", module: []string{"assets", "domain"}, third: []string{toolkit}, deny: outside,
		reason: "the look knows no screen"},
	{folder: "gui/run", third: []string{toolkit}, deny: outside,
		reason: "the only package that starts goroutines knows nothing of what they do"},
	{folder: "gui/kit", module: []string{"domain", "assets", "gui/look", "gui/run"}, third: []string{toolkit}, deny: outside,
		tests:  []string{"gui/guitest"},
		reason: "widgets present and call back; they know no patient and no use case"},
	{folder: "gui/page", module: also("domain/clinic", "gui/look", "gui/run", "gui/kit"), third: []string{toolkit}, deny: outside,
		tests:  []string{"gui/guitest"},
		reason: "what every screen is and shows of a chart, without knowing one"},
	{folder: "gui/guitest", module: also("assets", "domain/clinic", "domain/store/memory", "gui/look", "gui/run", "gui/page", "gui/kit"), third: []string{toolkit, cmp},
		reason: "drives any screen by keys, so it may know none"},
	{folder: "gui/shell", module: also("domain/clinic", "assets", "gui/*"), third: []string{toolkit}, deny: []string{"net", "database"},
		tests:  []string{"domain/store/memory"},
		reason: "the window that puts the screens together"},
	{folder: "gui/windowtest", tests: []string{"assets", "domain", "domain/*", "domain/store", "reports/*"},
		reason: "drives the built program from outside; only its tests look into the records afterwards"},
	{folder: "gui/dose", module: also("domain/clinic", "gui/look", "gui/run", "gui/kit", "gui/page"), third: []string{toolkit}, deny: outside,
		tests:  []string{"assets", "gui/guitest"},
		reason: "the decision about a suggestion is the same on every screen that shows one"},
	{folder: "gui/score", module: also("domain/clinic", "gui/kit", "gui/look"), third: []string{toolkit}, deny: outside,
		tests:  []string{"assets", "gui/guitest"},
		reason: "one sheet for every calculator: it may know no screen, so that each screen can open it"},
	{folder: "gui/paper", module: also("domain/clinic", "domain/outfile", "reports/*"), deny: []string{"net", "database", "syscall"},
		reason: "what the screens that print share: it may know no screen and no document"},
	{folder: "gui/*", module: also("domain/clinic", "assets", "gui/dose", "gui/kit", "gui/look", "gui/page", "gui/paper", "gui/run", "gui/score", "reports/*", "domain/outfile"), third: []string{toolkit, xtext}, deny: []string{"net", "database", "syscall"},
		tests:  []string{"gui/guitest", "domain/store/memory"},
		reason: "a screen asks clinic and shows the answer; screens do not know each other, so each can be changed alone"},

	{folder: ".ci/mutate", deny: []string{"net", "database", "syscall"},
		reason: "changes source texts and runs the tests; it must not depend on what it breaks"},

	{folder: ".", module: []string{"*"}, third: []string{toolkit},
		reason: "main wires everything; it is the only one to name the store and the window library's app"},
}

// onlyIn says which single folder may import a package at all.
var onlyIn = []struct{ pkg, folder, reason string }{
	{toolkit + "/app", ".", "with it come OpenGL and X11; without it every other package is tested without them"},
	{gofpdf, "reports/pdf", "the library is frozen: one package to replace"},
	{sqlite, "domain/store/sqlite", "so that another database is one more folder"},
	{"database/sql", "domain/store/sqlite", "SQL has one home"},
	{"testing", "domain/store/storetest", "a test helper in the program would grow into it; suites and drivers live in storetest and guitest"},
}

// testHelpers are the packages made for tests alone; they may import what only
// tests may.
var testHelpers = []string{"domain/store/storetest", "domain/store/faultvfs", "gui/guitest"}

// also returns the rule packages and more.
func also(more ...string) []string { return append(slices.Clone(rules), more...) }

// before returns the rule packages that come earlier.
func before(folder string) []string { return rules[:slices.Index(rules, folder)] }

// within reports whether an import path is name or below it.
func within(name, importPath string) bool {
	return importPath == name || strings.HasPrefix(importPath, name+"/")
}

// matches reports whether folder is meant by the pattern of the table.
func matches(pattern, folder string) bool {
	if pattern == "*" {
		return true
	}
	if parent, ok := strings.CutSuffix(pattern, "/*"); ok {
		return path.Dir(folder) == parent
	}
	return pattern == folder
}

// layerOf returns the line for a folder: its own, else that of its parent's
// "/*".
func layerOf(folder string) (layer, bool) {
	for _, l := range layers {
		if l.folder == folder {
			return l, true
		}
	}
	for _, l := range layers {
		if strings.HasSuffix(l.folder, "/*") && matches(l.folder, folder) {
			return l, true
		}
	}
	return layer{}, false
}

// checkImport returns why a file in folder may not import what it imports, or
// "".
func checkImport(folder string, test bool, imported string) string {
	l, ok := layerOf(folder)
	if !ok {
		return "the folder has no line in the import table of layers_test.go: add one with its reason, and its duty to CONTRIBUTING.md"
	}
	for _, o := range onlyIn {
		if !within(o.pkg, imported) || folder == o.folder || test && o.pkg != toolkit+"/app" {
			continue
		}
		return fmt.Sprintf("only %s may import it: %s", o.folder, o.reason)
	}
	refuse := fmt.Sprintf("not in the table for %s: %s", l.folder, l.reason)
	if target, ok := strings.CutPrefix(imported, "backtobar/"); ok {
		if target == folder {
			return ""
		}
		for _, p := range l.module {
			if matches(p, target) {
				return ""
			}
		}
		for _, p := range l.tests {
			if test && matches(p, target) {
				return ""
			}
		}
		return refuse
	}
	if strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
		allowed := l.third
		if test {
			allowed = append(slices.Clone(allowed), cmp, rapid)
			allowed = append(allowed, l.tests...)
		}
		for _, p := range allowed {
			if within(p, imported) {
				return ""
			}
		}
		return refuse
	}
	if test {
		return ""
	}
	if l.std != nil {
		if slices.Contains(l.std, imported) {
			return ""
		}
		return refuse
	}
	for _, p := range l.deny {
		// net/url takes texts apart; it reaches no network.
		if within(p, imported) && imported != "net/url" {
			return refuse
		}
	}
	return ""
}

// goFile is one parsed file of the project.
type goFile struct {
	// name is the path from the project's root, with slashes.
	name string
	// test: only tests run it, either by its name or as one of testHelpers.
	test bool
	ast  *ast.File
	set  *token.FileSet
	// lines is how many the file has.
	lines int
	text  []byte
}

func (f goFile) folder() string { return path.Dir(f.name) }

// at returns "name:line" of a position.
func (f goFile) at(p token.Pos) string {
	return fmt.Sprintf("%s:%d", f.name, f.set.Position(p).Line)
}

// parseGo makes a goFile from source text.
func parseGo(name string, text []byte) (goFile, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return goFile{
		name: name, ast: tree, set: set,
		test:  strings.HasSuffix(name, "_test.go") || slices.Contains(testHelpers, path.Dir(name)),
		lines: strings.Count(string(text), "\n"), text: text,
	}, err
}

// project reads every Go file of the project.
func project(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case ".git", "build", "testdata":
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parseGo(filepath.ToSlash(name), text)
		if err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestImportTable(t *testing.T) {
	for _, f := range project(t) {
		for _, spec := range f.ast.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := checkImport(f.folder(), f.test, imported); why != "" {
				t.Errorf("%s imports %q: %s", f.at(spec.Pos()), imported, why)
			}
		}
	}
}

// TestImportTableFolders fails when a line of the table guards nothing, for
// then its rule has quietly stopped to hold.
func TestImportTableFolders(t *testing.T) {
	has := map[string]bool{}
	for _, f := range project(t) {
		has[f.folder()] = true
	}
	for _, l := range layers {
		if l.reason == "" {
			t.Errorf("%s has no reason", l.folder)
		}
		parent, group := strings.CutSuffix(l.folder, "/*")
		found := has[l.folder]
		for folder := range has {
			found = found || group && path.Dir(folder) == parent
		}
		if !found {
			t.Errorf("the import table names %s, which has no Go file: remove the line or mend the path", l.folder)
		}
	}
}

// TestImportTableCanFail feeds each kind of rule an import that breaks it, and
// one that does not.
func TestImportTableCanFail(t *testing.T) {
	for _, c := range []struct {
		folder, imported string
		test, allowed    bool
	}{
		{"domain/screen", "database/sql", false, false},
		{"domain/screen", "os", false, false},
		{"domain/screen", "os", true, true},
		{"domain/screen", "fmt", false, true},
		{"domain/screen", "backtobar/domain/program", false, false},
		{"domain/program", "backtobar/domain/screen", false, true},
		{"domain/screen", toolkit + "/widget", false, false},
		{"domain", "net/http", false, false},
		{"domain/clinic", "backtobar/domain/store/sqlite", true, false},
		{"domain/clinic", "backtobar/domain/store/memory", true, true},
		{"domain/clinic", "backtobar/domain/store/memory", false, false},
		{"domain/store/sqlite", sqlite, false, true},
		{"domain/store", sqlite, false, false},
		{"reports/handout", gofpdf, false, false},
		{"reports/pdf", gofpdf, false, true},
		{"reports/handout", "backtobar/gui/kit", false, false},
		{"gui/home", "backtobar/gui/newpatient", false, false},
		{"gui/home", "backtobar/gui/kit", false, true},
		{"gui/home", "backtobar/domain/store", false, false},
		{"gui/home", toolkit + "/app", false, false},
		{"gui/home", toolkit + "/app", true, false},
		{"gui/kit", "backtobar/domain/clinic", false, false},
		{"gui/display/early", "fmt", false, false},
		{"assets", "os", false, false},
		{"assets", "embed", false, true},
		{"domain/patient", rapid, false, false},
		{"domain/patient", rapid, true, true},
		{"domain/patient", "testing", false, false},
		{"domain/patient", "github.com/stretchr/testify/assert", true, false},
		{"util", "fmt", false, false},
		{".", "backtobar/domain/store", false, true},
		{".", toolkit + "/app", false, true},
	} {
		why := checkImport(c.folder, c.test, c.imported)
		if (why == "") != c.allowed {
			t.Errorf("%s importing %q (test %v): %q, want allowed %v", c.folder, c.imported, c.test, why, c.allowed)
		}
	}
}
