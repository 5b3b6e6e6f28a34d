package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
)

// comparisons are what each comparison may become: the other side of its limit,
// one step beside it.
var comparisons = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ},
	token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ},
	token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ},
	token.NEQ: {token.EQL},
}

// edit is a piece of a file and what stands there instead.
type edit struct {
	from, to token.Pos
	text     string
	what     string
}

// changeGo returns every change of a Go file. It works on the text, at the
// places that the syntax tree gives, so that nothing else of the file moves.
func changeGo(file string, text []byte) ([]mutant, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	at := func(p token.Pos) int { return set.Position(p).Offset }
	source := func(n ast.Node) string { return string(text[at(n.Pos()):at(n.End())]) }
	var edits []edit
	add := func(from, to token.Pos, with, what string) { edits = append(edits, edit{from, to, with, what}) }
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			return n.Tok != token.IMPORT
		case *ast.Field: // a struct tag is no number
			return false
		case *ast.BinaryExpr:
			for _, op := range comparisons[n.Op] {
				add(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), op.String(), brief(source(n))+": "+n.Op.String()+" becomes "+op.String())
			}
			if n.Op == token.LAND || n.Op == token.LOR {
				add(n.Pos(), n.End(), "("+source(n.X)+")", brief(source(n))+": without "+brief(source(n.Y)))
				add(n.Pos(), n.End(), "("+source(n.Y)+")", brief(source(n))+": without "+brief(source(n.X)))
			}
		case *ast.BasicLit:
			if v, err := strconv.Atoi(n.Value); err == nil && n.Kind == token.INT {
				add(n.Pos(), n.End(), strconv.Itoa(v+1), n.Value+" becomes "+strconv.Itoa(v+1))
				if v > 0 {
					add(n.Pos(), n.End(), strconv.Itoa(v-1), n.Value+" becomes "+strconv.Itoa(v-1))
				}
			}
		case *ast.IfStmt:
			add(n.Cond.Pos(), n.Cond.End(), "!("+source(n.Cond)+")", "if "+brief(source(n.Cond))+": negated")
			if acts(n.Body) && n.Else == nil {
				// The condition stays, so that its variables are still used.
				add(n.Body.Pos(), n.Body.End(), "{}", "if "+brief(source(n.Cond))+": does nothing")
			}
		case *ast.CaseClause:
			for _, e := range n.List {
				if _, plain := e.(*ast.BinaryExpr); !plain && !isCall(e) {
					continue
				}
				add(e.Pos(), e.End(), "!("+source(e)+")", "case "+brief(source(e))+": negated")
			}
			if len(n.Body) > 0 && n.List != nil {
				add(n.Body[0].Pos(), n.Body[len(n.Body)-1].End(), "", "case "+brief(source(n.List[0]))+": does nothing")
			}
		}
		return true
	})
	var out []mutant
	for _, e := range edits {
		changed := bytes.Join([][]byte{text[:at(e.from)], []byte(e.text), text[at(e.to):]}, nil)
		out = append(out, mutant{file: file, line: set.Position(e.from).Line, what: e.what, text: changed})
	}
	return out, nil
}

// acts reports whether a body returns or calls something.
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

// brief is source text on one short line.
func brief(s string) string {
	s = string(bytes.Join(bytes.Fields([]byte(s)), []byte(" ")))
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return s
}
