package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// comparisons are what each comparison becomes: the other side of its limit.
var comparisons = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL,
}

// place is one place of a file at which something can be changed.
type place struct {
	// from and to are offsets; before and after are put there for the switch.
	from, to      int
	before, after string
	// first and last are the lines that the place covers.
	first, last int
	// single: the language allows no switch here.
	single  bool
	changes []placeChange
}

// placeChange is one change of a place: with is the text that stands there then.
type placeChange struct {
	id         int
	what, with string
}

// source is one Go file with its places.
type source struct {
	name   string
	text   []byte
	places []*place
}

// readGo finds every place of a file and numbers its changes from *id on.
func readGo(name string, text []byte, id *int) (*source, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	s := &source{name: name, text: text}
	src := func(n ast.Node) string {
		return string(text[set.Position(n.Pos()).Offset:set.Position(n.End()).Offset])
	}
	next := func() int { *id++; return *id - 1 }
	add := func(n ast.Node, p place) {
		p.from, p.to = set.Position(n.Pos()).Offset, set.Position(n.End()).Offset
		p.first, p.last = set.Position(n.Pos()).Line, set.Position(n.End()).Line
		// What is written a second time must fit on one line.
		if whole := src(n); strings.Contains(whole, "//") || strings.Contains(whole, "func(") {
			p.single = p.single || strings.Contains(p.before, "return")
		}
		s.places = append(s.places, &p)
	}
	var constant func(n ast.Node) bool
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				ast.Inspect(n, constant)
			}
			return n.Tok == token.VAR
		case *ast.FuncType, *ast.StructType, *ast.InterfaceType:
			return false
		case *ast.ArrayType: // a longer list decides nothing
			return false
		case *ast.BinaryExpr:
			op, compares := comparisons[n.Op]
			switch {
			case compares:
				alt := placeChange{next(), brief(src(n)) + ": " + n.Op.String() + " becomes " + op.String(), src(n.X) + " " + op.String() + " " + src(n.Y)}
				add(n, place{before: "func() bool { if mutantOff(" + strconv.Itoa(alt.id) + ") { return " + oneLine(alt.with) + " }; return ", after: " }()",
					changes: []placeChange{alt}})
			case n.Op == token.LAND || n.Op == token.LOR:
				x := placeChange{next(), brief(src(n.X)) + " " + n.Op.String() + " " + brief(src(n.Y)) + ": without what follows " + n.Op.String(), "(" + src(n.X) + ")"}
				y := placeChange{next(), brief(src(n.X)) + " " + n.Op.String() + " " + brief(src(n.Y)) + ": without what precedes " + n.Op.String(), "(" + src(n.Y) + ")"}
				add(n, place{before: "func() bool { if mutantOff(" + strconv.Itoa(x.id) + ") { return " + oneLine(x.with) + " }; if mutantOff(" + strconv.Itoa(y.id) +
					") { return " + oneLine(y.with) + " }; return ", after: " }()", changes: []placeChange{x, y}})
			}
		case *ast.BasicLit:
			if p, ok := number(n, next); ok {
				add(n, p)
			}
		case *ast.IfStmt:
			negated := placeChange{next(), "if " + brief(src(n.Cond)) + ": negated", "!(" + src(n.Cond) + ")"}
			p := place{after: ")", changes: []placeChange{negated}}
			off := -1
			if acts(n.Body) && n.Else == nil {
				off = next()
				p.changes = append(p.changes, placeChange{off, "if " + brief(src(n.Cond)) + ": does nothing", "(" + src(n.Cond) + ") && false"})
			}
			p.before = "mutantIf(" + strconv.Itoa(negated.id) + ", " + strconv.Itoa(off) + ", "
			add(n.Cond, p)
		case *ast.CaseClause:
			for _, e := range n.List {
				if _, binary := e.(*ast.BinaryExpr); binary || isCall(e) {
					negated := placeChange{next(), "case " + brief(src(e)) + ": negated", "!(" + src(e) + ")"}
					add(e, place{before: "mutantIf(" + strconv.Itoa(negated.id) + ", -1, ", after: ")", changes: []placeChange{negated}})
				}
			}
			if len(n.Body) > 0 && n.List != nil {
				off := placeChange{next(), "case " + brief(src(n.List[0])) + ": does nothing", ""}
				body := span{n.Body[0].Pos(), n.Body[len(n.Body)-1].End()}
				add(body, place{before: "if mutantOff(" + strconv.Itoa(off.id) + ") { break }; ", changes: []placeChange{off}})
			}
		}
		return true
	}
	constant = func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			if p, ok := number(lit, next); ok {
				p.single = true
				add(lit, p)
			}
		}
		return true
	}
	ast.Inspect(tree, visit)
	return s, nil
}

// span is a piece of a file.
type span struct{ from, to token.Pos }

func (s span) Pos() token.Pos { return s.from }
func (s span) End() token.Pos { return s.to }

// number is a whole number one up and one down.
func number(n *ast.BasicLit, next func() int) (place, bool) {
	v, err := strconv.Atoi(n.Value)
	if err != nil || n.Kind != token.INT {
		return place{}, false
	}
	up := placeChange{next(), n.Value + " becomes " + strconv.Itoa(v+1), strconv.Itoa(v + 1)}
	p := place{after: ")", changes: []placeChange{up}}
	down := -1
	if v > 0 {
		down = next()
		p.changes = append(p.changes, placeChange{down, n.Value + " becomes " + strconv.Itoa(v-1), strconv.Itoa(v - 1)})
	}
	p.before = "mutantInt(" + strconv.Itoa(up.id) + ", " + strconv.Itoa(down) + ", "
	return p, true
}

// acts reports whether a body returns, assigns or calls something.
func acts(b *ast.BlockStmt) bool {
	for _, s := range b.List {
		switch s := s.(type) {
		case *ast.ReturnStmt, *ast.AssignStmt, *ast.IncDecStmt:
			return true
		case *ast.ExprStmt:
			if isCall(s.X) {
				return true
			}
		}
	}
	return false
}

func isCall(e ast.Expr) bool { _, ok := e.(*ast.CallExpr); return ok }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// brief is source text on one short line.
func brief(s string) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return s
}

// switched is the file with every place behind the switch. Its lines stay where
// they are, so that what the compiler says can be traced back.
func (s *source) switched() []byte {
	type insert struct {
		at, order int
		text      string
	}
	var inserts []insert
	for i, p := range s.places { // outer places come first
		if !p.single {
			inserts = append(inserts, insert{p.from, len(s.places) + i, p.before}, insert{p.to, len(s.places) - i - 1, p.after})
		}
	}
	slices.SortFunc(inserts, func(a, b insert) int {
		if a.at != b.at {
			return a.at - b.at
		}
		return a.order - b.order
	})
	var out []byte
	at := 0
	for _, in := range inserts {
		out = append(append(out, s.text[at:in.at]...), in.text...)
		at = in.at
	}
	return append(out, s.text[at:]...)
}

// drop takes the innermost places of a line from behind the switch.
func (s *source) drop(line int) (n int) {
	for _, p := range s.places {
		if !p.single && p.first <= line && line <= p.last {
			p.single = true
			n++
		}
	}
	return n
}

// changes are the changes of the file, with the whole text where there is no
// switch.
func (s *source) changes() (out []change) {
	for _, p := range s.places {
		line := 1 + strings.Count(string(s.text[:p.from]), "\n")
		for _, c := range p.changes {
			m := change{file: s.name, line: line, what: c.what, id: c.id}
			if p.single {
				m.id = 0
				m.text = slices.Concat(s.text[:p.from], []byte(c.with), s.text[p.to:])
			}
			out = append(out, m)
		}
	}
	return out
}
