package screen_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// This file draws full cases at random and holds every one of them to what must
// be true of all of them. How many, and from which seed, the environment says;
// .ci/proof.sh asks for a million.

// property is one thing that must be true of a case; it says what is wrong, or
// "". What it drew is bound in it, so that it can be asked of a smaller case.
type property struct {
	name  string
	wrong func(f facts) string
}

// deeper orders the outcomes by the precedence of the format, Incomplete by what
// is missing. A worse answer, given today, never raises it.
func deeper(d screen.Decision) int {
	if d.Outcome == screen.Incomplete && !safetyGap(d) {
		return 5
	}
	return map[screen.Outcome]int{screen.Emergency: 0, screen.UrgentRefer: 1, screen.HoldRefer: 2,
		screen.Incomplete: 3, screen.NotReady: 4, screen.Retest: 6, screen.Ready: 7}[d.Outcome]
}

// allowed is what may be prescribed: a stage, 0 for preparation, -1 for nothing.
// A missing or an older answer never raises it.
func allowed(d screen.Decision) int {
	if d.Outcome != screen.Ready && d.Outcome != screen.NotReady || len(d.StaleSafety()) > 0 {
		return -1
	}
	return d.Stage
}

// judge holds what the properties need.
type judge struct {
	o *oracle
	r *screen.Rules
}

// decide is the engine's answer; ok is false for a case that it refuses.
func (j judge) decide(f facts) (d screen.Decision, ok bool) {
	c, ok := j.o.build(&f)
	if !ok || len(screen.Validate(c, j.r)) > 0 {
		return d, false
	}
	return screen.Evaluate(c, j.r), true
}

// compare asks the engine twice and holds the two answers against each other;
// cases that one of the changes makes impossible have nothing to say.
func (j judge) compare(before, after func(*facts), holds func(a, b screen.Decision) bool) func(facts) string {
	return func(f facts) string {
		g := f
		before(&f)
		after(&g)
		a, ok := j.decide(f)
		b, fine := j.decide(g)
		if !ok || !fine || holds(a, b) {
			return ""
		}
		return fmt.Sprintf("%s\n became %s\n with   %s", brief(a), brief(b), j.o.edits(&g))
	}
}

func unchanged(*facts) {}

func put(i int, v value) func(*facts) { return func(f *facts) { f.v[i] = v } }

// softer reports whether a rule that spoke in a says less in b, because its
// answer was taken away or grew old. The fracture count speaks at two depths.
func softer(a, b screen.Decision) bool {
	const count = "RF-FXC"
	return silent(a, b) || slices.Contains(a.Rules, count) && slices.Contains(b.Rules, count)
}

// silent reports whether a rule that spoke in a says nothing in b.
func silent(a, b screen.Decision) bool {
	return slices.ContainsFunc(a.Rules, func(id string) bool { return !slices.Contains(b.Rules, id) })
}

// noBetter: a cap may give way to a rule that stops, and else it never rises.
func noBetter(a, b screen.Decision) bool {
	return deeper(b) <= deeper(a) && b.Stage <= a.Stage && (b.Cap <= a.Cap || silent(b, a))
}

func noMoreAllowed(a, b screen.Decision) bool {
	return allowed(b) <= allowed(a) && b.Stage <= a.Stage && (softer(a, b) || deeper(b) <= deeper(a))
}

// properties draws what is asked of one case.
func (j judge) properties(f *facts, rng *rand.Rand, full bool) []property {
	o := j.o
	out := []property{{"the engine says what the tables say", func(f facts) string { return o.differ(&f, j.r, true) }}}
	add := func(name string, wrong func(facts) string) { out = append(out, property{name, wrong}) }
	if seed := rng.Uint64(); true {
		add("order, repetition and ways of writing do not matter", func(f facts) string { return j.rewritten(f, seed) })
	}
	if full {
		add("everything is explained", j.explained)
	}
	for range 3 {
		if i, a, b, ok := o.worsen(f, rng); ok {
			add(fmt.Sprintf("%s worse, from %s to %s, is no better", o.fields[i].path, a.text, b.text),
				j.compare(put(i, a), put(i, b), noBetter))
		}
	}
	for range 2 {
		i := o.anyField(rng)
		if best, may := o.mayLeaveOut(f, i); may {
			add(o.fields[i].path+" left out is no better than at its best", j.leftOut(i, best))
		} else if !o.fields[i].required && o.fields[i].block != "age_days" {
			add(o.fields[i].path+" taken away never helps", j.takenAway([]int{i}))
		}
	}
	var some []int
	for i, spec := range o.fields {
		if !spec.required && spec.block != "age_days" && rng.IntN(12) == 0 {
			some = append(some, i)
		}
	}
	add("several answers taken away never help", j.takenAway(some))
	age := o.index["age_days."+[]string{"red_flags", "vitals", "pain", "disability", "biering_sorensen", "hip_extension", "dowel_hinge", "neuro", "health"}[rng.IntN(9)]]
	older := pools()[age][rng.IntN(len(pools()[age]))]
	add(o.fields[age].path+" older never helps", j.compare(unchanged, func(f *facts) {
		if older.micro > f.v[age].micro {
			f.v[age] = older
		}
	}, func(a, b screen.Decision) bool { return noMoreAllowed(a, b) && a.Cap == b.Cap }))
	k := rng.IntN(len(o.clearances))
	add("the clearance "+o.clearances[k]["clearance"]+" changes only what it names", j.clearance(k))
	return out
}

// rewritten writes the same answers another way and expects the same answer, in
// the same words.
func (j judge) rewritten(f facts, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	line := j.o.json(&f, rng)
	c, err := screen.DecodeCase(line, j.r)
	want, refused := j.o.decide(&f)
	if refused != "" {
		if err == nil {
			return "accepted when it is written as " + string(line)
		}
		return ""
	}
	if err != nil {
		return err.Error() + ": " + string(line)
	}
	for range 2 { // and asking twice gives the same answer
		if got := screen.Evaluate(c, j.r); !sameDecision(got, want) {
			return fmt.Sprintf("%s\n for %s", brief(got), line)
		}
	}
	return ""
}

// explained: every outcome rests on at least one rule, missing or stale item,
// and the explanation has a reason for each line of the decision.
func (j judge) explained(f facts) string {
	c, err := j.o.decoded(&f, j.r)
	if err != nil {
		return ""
	}
	x := screen.Explain(c, j.r)
	d := screen.Evaluate(c, j.r)
	if !sameDecision(d, x.Decision) {
		return "Evaluate and Explain disagree: " + brief(d) + ", " + brief(x.Decision)
	}
	if !named(d) || x.Headline == "" {
		return "nothing explains " + brief(d)
	}
	for _, id := range slices.Concat(d.Rules, d.Flags, d.Missing, d.Stale) {
		reason, ok := reasonOf(x, id)
		if !ok || reason.Text == "" || reason.Value == "" || reason.Threshold == "" || reason.Citation == "" {
			return id + " has no whole reason in " + brief(d)
		}
	}
	return ""
}

// takenAway: what may be prescribed never grows when answers are taken away,
// and every outcome that is not a rule's own stays at least as deep. Answers
// that may be left out are asked separately and stay here.
func (j judge) takenAway(which []int) func(facts) string {
	return j.compare(unchanged, func(f *facts) {
		g := *f
		for _, i := range which {
			if _, may := j.o.mayLeaveOut(&g, i); !may {
				f.v[i] = value{}
			}
		}
	}, noMoreAllowed)
}

func (j judge) leftOut(i int, best value) func(facts) string {
	return func(f facts) string {
		if _, may := j.o.mayLeaveOut(&f, i); !may {
			return "" // a smaller case may need the answer
		}
		return j.compare(put(i, best), put(i, value{}), func(a, b screen.Decision) bool {
			return deeper(b) <= deeper(a) && b.Stage <= a.Stage
		})(f)
	}
}

// clearance: with the clearance on file nothing but what clearances.tsv names
// differs, and nothing gets worse.
func (j judge) clearance(k int) func(facts) string {
	e := j.o.clearances[k]
	names := func(column string) []string {
		if column == "silences" {
			return strings.Fields(e[column])
		}
		return append(strings.Fields(e[column]), "FAST_TRACK")
	}
	only := func(from, to, may []string) bool { // what from holds and to does not is in may
		return !slices.ContainsFunc(from, func(s string) bool { return !slices.Contains(to, s) && !slices.Contains(may, s) })
	}
	return j.compare(func(f *facts) { f.clear[k] = false }, func(f *facts) { f.clear[k] = true }, func(a, b screen.Decision) bool {
		return only(a.Rules, b.Rules, names("silences")) && only(b.Rules, a.Rules, nil) &&
			only(a.Tracks, b.Tracks, names("silences")) && only(b.Tracks, a.Tracks, nil) &&
			only(a.Flags, b.Flags, names("takes away")) && only(b.Flags, a.Flags, names("raises")) &&
			slices.Equal(a.Missing, b.Missing) && slices.Equal(a.Stale, b.Stale) && deeper(a) <= deeper(b)
	})
}

// smallest gives back one answer after the other until every one that is left
// is needed for the property to fail.
func (o *oracle) smallest(f facts, p property) (facts, string) {
	b := baseFacts()
	why := p.wrong(f)
	for changed := true; changed; {
		changed = false
		try := func(g facts) bool {
			w := p.wrong(g)
			if w != "" {
				f, why, changed = g, w, true
			}
			return w != ""
		}
		for i := range o.fields {
			if f.v[i].text == b.v[i].text {
				continue
			}
			g := f
			g.v[i] = b.v[i]
			try(g)
		}
		for i := range f.clear {
			if f.clear[i] {
				g := f
				g.clear[i] = false
				try(g)
			}
		}
	}
	return f, why
}

// TestBuiltIsRead: the short way to a case makes what the reader makes.
func TestBuiltIsRead(t *testing.T) {
	o, r := tables(t), rules(t)
	for n := range uint64(2000) {
		f := o.draw(rand.New(rand.NewPCG(2, n)))
		read, err := o.decoded(&f, r)
		if built, ok := o.build(&f); err == nil {
			if diff := cmp.Diff(read, built, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b domain.Decimal) bool { return a == b })); !ok || diff != "" {
				t.Fatalf("%s: %v\n%s", o.edits(&f), ok, diff)
			}
		} else if ok && len(screen.Validate(built, r)) == 0 {
			t.Fatalf("%s: built, and refused by the reader: %v", o.edits(&f), err)
		}
	}
}

func fromEnv(t testing.TB, name string, unset int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return unset
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s must be a number above 0", name)
	}
	return n
}

// sample is how many cases a plain go test draws, in about a second;
// .ci/test.sh asks for more.
func sample() int {
	if raced {
		return 500
	}
	return 3_000
}

// TestRandomCases draws full cases and holds each to every property. A failure
// prints the seed, the number of the case and the smallest case that fails.
func TestRandomCases(t *testing.T) {
	j := judge{tables(t), rules(t)}
	cases, seed := fromEnv(t, "BACKTOBAR_PROOF_CASES", sample()), fromEnv(t, "BACKTOBAR_PROOF_SEED", 1)
	workers := runtime.GOMAXPROCS(0)
	var asked, refused, failed atomic.Int64
	tally := make([]map[string]int, workers)
	t.Run("cases", func(t *testing.T) {
		for w := range workers {
			tally[w] = map[string]int{}
			t.Run(strconv.Itoa(w), func(t *testing.T) {
				t.Parallel()
				for n := w; n < cases && failed.Load() < 3; n += workers {
					rng := rand.New(rand.NewPCG(uint64(seed), uint64(n)))
					f := j.o.draw(rng)
					if d, no := j.o.decide(&f); no != "" {
						refused.Add(1)
					} else {
						tally[w][string(d.Outcome)]++
					}
					for _, p := range j.properties(&f, rng, n%4 == 0) {
						asked.Add(1)
						if p.wrong(f) == "" {
							continue
						}
						failed.Add(1)
						small, why := j.o.smallest(f, p)
						t.Errorf("seed %d, case %d: %s.\n smallest case: %s\n %s\n %s", seed, n, p.name, j.o.edits(&small), why, j.o.json(&small, nil))
						break
					}
				}
			})
		}
	})
	total := map[string]int{}
	for _, part := range tally {
		for outcome, n := range part {
			total[outcome] += n
		}
	}
	t.Logf("%d cases from seed %d, %d properties asked, %d refused", cases, seed, asked.Load(), refused.Load())
	for _, outcome := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%-12s %d", outcome, total[outcome])
	}
	if len(total) < 7 && cases >= 1000 {
		t.Errorf("only %d of 7 outcomes were reached: %v", len(total), total)
	}
}
