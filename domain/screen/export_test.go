package screen

// TriedChanges explains a case and returns with each of its nearest changes the
// case that the change makes, so that a test can decide it anew.
func TriedChanges(c Case, r *Rules) (Explanation, []Case) {
	x := Explain(c, r)
	e := &evaluator{c: &c, r: r, lim: &r.lim, why: &explainer{}}
	e.run()
	var after []Case
	for _, n := range e.changes(x.Decision, x.Reasons) {
		after = append(after, n.after)
	}
	return x, after
}

// LowerFirst is lowerFirst.
var LowerFirst = lowerFirst
