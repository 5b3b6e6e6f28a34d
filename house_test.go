package main

import (
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file holds the house rules that can be read from the code itself. Each
// has a reason, and a snippet that breaks it.

// finding is one broken rule.
type finding struct{ at, text string }

// house is one house rule.
type house struct {
	name, reason string
	check        func(goFile) []finding
	// bad is a file that breaks the rule, as name and source.
	badName, bad string
}

var houseRules = []house{
	{
		name:    "no clock in domain",
		reason:  "what a rule needs to know about today arrives as a parameter; only domain/clock.go reads the clock",
		check:   noClock,
		badName: "domain/screen/x.go", bad: `package screen; import "time"; var now = time.Now()`,
	},
	{
		name:    "goroutines and fyne.Do only in gui/run",
		reason:  "a result must never land on a page already left, and one package can see to that; only the case files use every core, in one file without a window",
		check:   noGoroutine,
		badName: "gui/home/x.go", bad: `package home; func f() { go f() }`,
	},
	{
		name:    "no toolkit in a model",
		reason:  "what a screen decides is tested without a window",
		check:   noFyneInModel,
		badName: "gui/home/model_search.go", bad: `package home; import _ "fyne.io/fyne/v2"`,
	},
	{
		name:    "no panic in domain and reports",
		reason:  "a panic there loses what a person has typed; return an error. Functions named Must are for constants",
		check:   noPanic,
		badName: "reports/doc/x.go", bad: `package doc; func f() { panic("x") }`,
	},
	{
		name:    "files of at most 500 lines, tests 900",
		reason:  "a file is read in one sitting",
		check:   shortFiles,
		badName: "domain/x.go", bad: "package domain\n" + strings.Repeat("\n", 501),
	},
	{
		name:    "main.go of at most 120 lines",
		reason:  "wiring and exit codes only; what grows belongs into a package",
		check:   shortMain,
		badName: "main.go", bad: "package main\n" + strings.Repeat("\n", 121),
	},
	{
		name:    "every exported name has a comment",
		reason:  "say what it is, its units, ranges and errors, for the one who comes next",
		check:   commented,
		badName: "domain/x.go", bad: `package domain; func Loud() {}`,
	},
	{
		name:   "every package opens with a comment",
		reason: "it teaches the idea before the details",
		check:  nil, // needs all files of a package: TestPackagesOpenWithAComment
	},
	{
		name:    "no path of a machine",
		reason:  "the project is read and built elsewhere",
		check:   noMachinePath,
		badName: "domain/x.go", bad: "package domain\n// see /wo" + "rk/notes\n",
	},
	{
		name:    "nothing left to do in a comment",
		reason:  "what is not done is an issue, not a comment",
		check:   noLeftover,
		badName: "domain/x.go", bad: "package domain\n// TO" + "DO: later\n",
	},
}

// TestHouseRules holds the project against every rule, and every rule against
// a file that breaks it.
func TestHouseRules(t *testing.T) {
	files := project(t)
	for _, rule := range houseRules {
		if rule.check == nil {
			continue
		}
		t.Run(strings.ReplaceAll(rule.name, " ", "_"), func(t *testing.T) {
			bad, err := parseGo(rule.badName, []byte(rule.bad))
			if err != nil {
				t.Fatal(err)
			}
			if len(rule.check(bad)) == 0 {
				t.Errorf("the rule does not notice: %.80s", rule.bad)
			}
			for _, f := range files {
				for _, found := range rule.check(f) {
					t.Errorf("%s: %s. %s", found.at, found.text, rule.reason)
				}
			}
		})
	}
}

func TestPackagesOpenWithAComment(t *testing.T) {
	opened := map[string]bool{}
	for _, f := range project(t) {
		if !strings.HasSuffix(f.name, "_test.go") {
			opened[f.folder()] = opened[f.folder()] || f.ast.Doc != nil
		}
	}
	for folder, ok := range opened {
		if !ok {
			t.Errorf("%s: no file opens with a package comment", folder)
		}
	}
}

func noClock(f goFile) (found []finding) {
	if f.test || !within("domain", f.folder()) || f.name == "domain/clock.go" {
		return nil
	}
	return calls(f, "time", "time", "Now", "Since", "Until", "Sleep", "After", "NewTimer", "NewTicker", "Tick", "AfterFunc")
}

func noGoroutine(f goFile) []finding {
	if f.test || f.folder() == "gui/run" || f.name == "domain/exchange/casefile/pipeline.go" {
		return nil
	}
	found := calls(f, toolkit, "fyne", "Do", "DoAndWait")
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			found = append(found, finding{f.at(g.Pos()), "starts a goroutine"})
		}
		return true
	})
	return found
}

func noFyneInModel(f goFile) (found []finding) {
	if f.test || !within("gui", f.folder()) || !strings.HasPrefix(path.Base(f.name), "model") {
		return nil
	}
	for _, spec := range f.ast.Imports {
		if imported, _ := strconv.Unquote(spec.Path.Value); within(toolkit, imported) {
			found = append(found, finding{f.at(spec.Pos()), "imports " + imported})
		}
	}
	return found
}

func noPanic(f goFile) (found []finding) {
	if f.test || !within("domain", f.folder()) && !within("reports", f.folder()) {
		return nil
	}
	for _, d := range f.ast.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(strings.ToLower(fn.Name.Name), "must") && fn.Doc != nil {
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			// A value that a deferred function recovered and hands on is the
			// caller's panic.
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "panic" && !rethrows(call) {
				found = append(found, finding{f.at(call.Pos()), "calls panic"})
			}
			return true
		})
	}
	return found
}

// rethrows reports whether a call of panic hands on a variable named
// recovered.
func rethrows(call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	id, ok := call.Args[0].(*ast.Ident)
	return ok && id.Name == "recovered"
}

func shortFiles(f goFile) []finding {
	limit := 500
	if f.test {
		limit = 900
	}
	if f.lines <= limit {
		return nil
	}
	return []finding{{f.name, strconv.Itoa(f.lines) + " lines"}}
}

func shortMain(f goFile) []finding {
	if f.name != "main.go" || f.lines <= 120 {
		return nil
	}
	return []finding{{f.name, strconv.Itoa(f.lines) + " lines"}}
}

func commented(f goFile) (found []finding) {
	if strings.HasSuffix(f.name, "_test.go") || f.ast.Name.Name == "main" {
		return nil
	}
	miss := func(name *ast.Ident) {
		found = append(found, finding{f.at(name.Pos()), name.Name + " has no comment"})
	}
	for _, d := range f.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Doc == nil && d.Name.IsExported() && (d.Recv == nil || exportedType(d.Recv.List[0].Type)) {
				miss(d.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						miss(s.Name)
					}
				case *ast.ValueSpec:
					for _, name := range s.Names {
						if name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
							miss(name)
						}
					}
				}
			}
		}
	}
	return found
}

// exportedType reports whether a receiver's type is exported.
func exportedType(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StarExpr:
		return exportedType(e.X)
	case *ast.IndexExpr:
		return exportedType(e.X)
	case *ast.Ident:
		return e.IsExported()
	}
	return false
}

// machinePath finds folders of the machines that the project was made on. The
// pattern is put together so that this file does not hold one.
var machinePath = regexp.MustCompile(`(^|[^A-Za-z0-9_.])/(wor` + `k|roo` + `t|tm` + `p)/|\.\./sha` + `red/`)

func noMachinePath(f goFile) (found []finding) {
	for i, line := range strings.Split(string(f.text), "\n") {
		if machinePath.MatchString(line) {
			found = append(found, finding{f.name + ":" + strconv.Itoa(i+1), "names a folder of one machine"})
		}
	}
	return found
}

// TestTextsNameNoMachine holds what is not Go to the same rule.
func TestTextsNameNoMachine(t *testing.T) {
	for _, file := range texts(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if machinePath.MatchString(line) {
				t.Errorf("%s:%d names a folder of one machine", file, i+1)
			}
		}
	}
}

// texts lists the project's documents, scripts, settings and data.
func texts(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "build") {
			return filepath.SkipDir
		}
		switch filepath.Ext(name) {
		case ".md", ".sh", ".yml", ".toml", ".json", ".sql", ".txt":
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 5 {
		t.Fatalf("only %d texts found", len(files))
	}
	return files
}

var leftover = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

func noLeftover(f goFile) (found []finding) {
	for _, group := range f.ast.Comments {
		for _, c := range group.List {
			if leftover.MatchString(c.Text) {
				found = append(found, finding{f.at(c.Pos()), "has something left to do"})
			}
		}
	}
	return found
}

// calls finds uses of names of a package, also as values and under another
// import name.
func calls(f goFile, importPath, usual string, names ...string) (found []finding) {
	local := ""
	for _, spec := range f.ast.Imports {
		if imported, _ := strconv.Unquote(spec.Path.Value); imported == importPath {
			local = usual
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	if local == "" {
		return nil
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == local && slices.Contains(names, sel.Sel.Name) {
			found = append(found, finding{f.at(sel.Pos()), "uses " + usual + "." + sel.Sel.Name})
		}
		return true
	})
	return found
}

// TestCallsSeesAnotherName keeps an import under another name from hiding a
// call.
func TestCallsSeesAnotherName(t *testing.T) {
	f, err := parseGo("domain/screen/x.go", []byte(`package screen; import clock "time"; var now = clock.Now`))
	if err != nil {
		t.Fatal(err)
	}
	if len(noClock(f)) != 1 {
		t.Error("time.Now under the name clock.Now was not seen")
	}
	var none token.Pos
	if f.at(none) == "" {
		t.Error("a position without a file must still be printable")
	}
}
