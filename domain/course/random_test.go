package course_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// This file holds the properties of docs/protocol.md on random courses. The
// ordinary run takes a sample; BACKTOBAR_PROOF_COURSES says how many for the
// long one, BACKTOBAR_PROOF_SEED from which seed.

// courses calls check for each random course, each from a seed of its own, so
// that one that fails can be made again alone.
func courses(t *testing.T, usual int, check func(t *testing.T, r *rand.Rand) error) {
	t.Helper()
	n, seed := usual, uint64(1)
	if v, err := strconv.Atoi(os.Getenv("BACKTOBAR_PROOF_COURSES")); err == nil {
		n = v
	}
	if v, err := strconv.ParseUint(os.Getenv("BACKTOBAR_PROOF_SEED"), 10, 64); err == nil {
		seed = v
	}
	for i := range n {
		if err := check(t, rand.New(rand.NewPCG(seed, uint64(i)))); err != nil {
			t.Fatalf("seed %d, course %d: %v", seed, i, err)
		}
	}
	t.Logf("%d courses", n)
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func number(n int) *domain.Decimal { d := domain.NewDecimal(n); return &d }

// randomInput is a patient somewhere on the route, without sessions yet.
func randomInput(r *rand.Rand) course.Input {
	codes := []program.Code{"1A", "1B", "2A", "2B", "2C", "2D", "3A", "3B", "4A", "4B", "4C"}
	code := codes[r.IntN(len(codes))]
	unit := pick(r, domain.Kilogram, domain.Pound)
	in := clinicInput(code, course.Work{})
	in.Place = pick(r, program.AtClinic, program.AtHome)
	in.BodyMass = domain.Mass{Value: domain.NewDecimal(45 + r.IntN(90)), Unit: domain.Kilogram}
	sizes := masses(domain.Kilogram, "4", "6", "8", "10", "12", "14", "16", "18", "20", "22", "24", "28", "32")
	in.Bars = bars(domain.Kilogram, pick(r, "10", "15", "20"), pick(r, "1", "2.5", "5", "10"), 60)
	if unit == domain.Pound {
		sizes = masses(domain.Pound, "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "60", "70")
		in.Bars = bars(domain.Pound, pick(r, "25", "35", "45"), pick(r, "2.5", "5", "10"), 60)
	}
	for len(sizes) > 3 && r.IntN(3) > 0 {
		sizes = slices.Delete(sizes, 0, 0)
		i := r.IntN(len(sizes))
		sizes = slices.Delete(sizes, i, i+1)
	}
	if r.IntN(4) == 0 { // both units on one rack
		sizes = append(sizes, masses(domain.Pound, "10", "18", "25", "26", "35", "53")...)
		in.Bars = course.NewWeights(append(bars(domain.Pound, "45", "5", 20), in.Bars...))
	}
	in.Bells = course.NewWeights(sizes)
	route, _ := shipped()
	sub, _ := route.SubStage(code)
	in.Plan.Work = course.Work{Sets: sub.Dose.Sets.Min, Reps: sub.Dose.Reps.Min}
	switch main, _ := route.Exercise(sub.Main); main.Needs {
	case program.NeedsKettlebell:
		m := in.Bells[r.IntN(len(in.Bells))]
		in.Plan.Work.Load, in.Plan.Work.Target = &m, &m
	case program.NeedsBarbell:
		m := in.Bars[r.IntN(20)]
		in.Plan.Work.Load, in.Plan.Work.Target = &m, &m
	}
	if r.IntN(8) == 0 {
		m := in.Bars[r.IntN(len(in.Bars))]
		in.Cap = &m
	}
	in.LiftBellCap = r.IntN(10) == 0
	in.Supervised = r.IntN(10) > 0
	in.Measures = course.Measures{EnduranceSeconds: number(40 + r.IntN(60)), ODIStart: number(30), ODINow: number(10 + r.IntN(40)),
		PSFSStart: number(3), PSFSNow: number(2 + r.IntN(8)), ManagesFlare: flag(r.IntN(2) == 0)}
	return in
}

// grow adds a session that follows the suggestion, or sometimes does not, with
// a random outcome, and lets some days pass.
func grow(t *testing.T, r *rand.Rand, in *course.Input) {
	s := suggest(t, *in)
	if !s.Lifts() {
		// The therapist puts it right: a new screen, the pain asked for, the
		// flare-up over.
		in.Today = in.Today.AddDays(1 + r.IntN(5))
		in.Screen = ready(in.Today.String())
		in.Screen.AfterLast = true
		for i := range in.Flares {
			if in.Flares[i].Settled.IsZero() {
				in.Flares[i].Settled = in.Today
			}
		}
		if s := suggest(t, *in); !s.Lifts() {
			in.Plan.SubStage, in.Plan.Work, in.Plan.Signed = "1B", course.Work{Sets: 3, Reps: 10}, in.Today
		}
		return
	}
	w := s.Work
	if w.Load == nil && w.Target != nil {
		w.Target = nil
	}
	x := trained(in.Today, s.SubStage, w, s.Deload, "6")
	x.Place = in.Place
	if r.IntN(6) == 0 {
		x.Place = pick(r, program.AtClinic, program.AtHome)
	}
	outcome(r, &x, s.EffortRPE)
	in.Sessions = append(in.Sessions, x)
	in.Today = in.Today.AddDays(pick(r, 2, 2, 2, 3, 3, 4, 7, 8, 15, 1))
	if r.IntN(40) == 0 {
		in.Today = in.Today.AddDays(30)
	}
	switch r.IntN(25) {
	case 0:
		f := course.Flare{Began: x.Date.AddDays(1), PainWeek: number(2 + r.IntN(6))}
		f.Settled = f.Began.AddDays(1 + r.IntN(12))
		if in.Today.Before(f.Settled) {
			in.Today = f.Settled.AddDays(1)
		}
		in.Flares = append(in.Flares, f)
	case 1:
		in.Screen.Decision.Stage = 1 + r.IntN(4)
	}
}

// outcome makes a session go some way.
func outcome(r *rand.Rand, x *course.Session, ceiling int) {
	e := &x.Exercises[0]
	before := r.IntN(4)
	x.PainBefore, e.PainDuring, x.PainAfter = number(before), number(r.IntN(5)), number(r.IntN(3))
	x.Pain24h = number(before + pick(r, 0, 0, 0, 0, 0, 0, 1, 2))
	e.RPE = number(min(10, max(1, ceiling+pick(r, 0, 0, 0, -1, -1, -2, -3, 1))))
	if r.IntN(12) == 0 {
		e.Done[r.IntN(len(e.Done))].Reps = 1
	}
	if r.IntN(12) == 0 {
		e.FaultyReps = len(e.Done) * 3
		if n := 0; true {
			for _, set := range e.Done {
				n += set.Reps
			}
			e.FaultyReps = min(e.FaultyReps, n)
		}
	}
	x.Observed = r.IntN(2) == 0
	x.PoorSleep = r.IntN(15) == 0
	if r.IntN(4) == 0 {
		x.PainWeek = number(r.IntN(6))
	}
	switch r.IntN(30) {
	case 0:
		x.Pain24h = nil
	case 1:
		x.RedFlags["fever"] = true
	case 2:
		e.PainDuring = number(6 + r.IntN(4))
	case 3:
		x.Stop = &course.Stop{Reason: course.StopFatigue}
	}
}

// randomCourse is a course of some sessions.
func randomCourse(t *testing.T, r *rand.Rand) course.Input {
	in := randomInput(r)
	for range 2 + r.IntN(14) {
		grow(t, r, &in)
	}
	return in
}

// place orders sub-stages; 0 is the preparation.
func place(code program.Code) int {
	return 1 + slices.Index([]program.Code{"1A", "1B", "2A", "2B", "2C", "2D", "3A", "3B", "4A", "4B", "4C"}, code)
}

// more says how b allows more than a, or "". A higher sub-stage is more; within
// one sub-stage a heavier target or load is. Nothing to lift is the least.
func more(a, b course.Suggestion) string {
	switch {
	case !b.Lifts():
		return ""
	case !a.Lifts():
		return "lifting instead of none"
	case place(b.SubStage) > place(a.SubStage):
		return "a higher sub-stage"
	case place(b.SubStage) < place(a.SubStage) || b.Work.Target == nil:
		return ""
	case a.Work.Target == nil:
		return "a load instead of none"
	case b.Work.Target.Cmp(*a.Work.Target) > 0:
		return "a heavier target"
	case a.Work.Load != nil && b.Work.Load != nil && b.Work.Load.Cmp(*a.Work.Load) > 0:
		return "a heavier load"
	}
	return ""
}

// copyOf is a course whose sessions can be changed alone.
func copyOf(in course.Input) course.Input {
	in.Sessions = slices.Clone(in.Sessions)
	for i := range in.Sessions {
		s := &in.Sessions[i]
		s.Exercises = slices.Clone(s.Exercises)
		flags := map[string]bool{}
		for k, v := range s.RedFlags {
			flags[k] = v
		}
		s.RedFlags = flags
		for j := range s.Exercises {
			s.Exercises[j].Done = slices.Clone(s.Exercises[j].Done)
		}
	}
	return in
}

// TestWorsePainNeverLeadsToMore: more pain during, after or the next day, a leg
// symptom or a red flag in any session of a course never leads to a higher
// sub-stage, nor to more load in the same one.
func TestWorsePainNeverLeadsToMore(t *testing.T) {
	courses(t, 400, func(t *testing.T, r *rand.Rand) error {
		in := randomCourse(t, r)
		if len(in.Sessions) == 0 {
			return nil
		}
		worse := copyOf(in)
		recorded := in.Flares
		in.Flares = append(slices.Clone(recorded), loadedRules().Flares(in.Sessions, in.Screen)...)
		was := suggest(t, in)
		i := r.IntN(len(in.Sessions))
		if r.IntN(2) == 0 {
			i = len(in.Sessions) - 1
		}
		s := &worse.Sessions[i]
		add := func(d *domain.Decimal, by int) *domain.Decimal {
			sum := d.Add(domain.NewDecimal(by))
			if sum.Cmp(domain.NewDecimal(10)) > 0 {
				sum = domain.NewDecimal(10)
			}
			return &sum
		}
		what := pick(r, "during", "after", "next day", "leg", "red flag", "week", "stop")
		switch what {
		case "during":
			s.Exercises[0].PainDuring = add(s.Exercises[0].PainDuring, 1+r.IntN(5))
		case "after":
			s.PainAfter = add(s.PainAfter, 1+r.IntN(6))
		case "next day":
			if s.Pain24h == nil {
				return nil
			}
			s.Pain24h = add(s.Pain24h, 1+r.IntN(3))
		case "leg":
			s.NewLegSymptom = flag(true)
		case "red flag":
			s.RedFlags["saddle"] = true
		case "week":
			last := &worse.Sessions[len(worse.Sessions)-1]
			if last.PainWeek == nil {
				return nil
			}
			last.PainWeek = add(last.PainWeek, 1+r.IntN(4))
		case "stop":
			s.Stop = &course.Stop{Reason: course.StopPain}
		}
		worse.Flares = append(slices.Clone(recorded), loadedRules().Flares(worse.Sessions, worse.Screen)...)
		if how := more(was, suggest(t, worse)); how != "" {
			return fmt.Errorf("worse (%s, session %d of %d): %s\nwas  %+v\nnow  %+v\n%s", what, i+1, len(in.Sessions), how, was, suggest(t, worse), story(in))
		}
		return nil
	})
}

// story writes a course for whoever looks for the fault.
func story(in course.Input) string {
	out := fmt.Sprintf("today %s at %s, plan %s of %s\n", in.Today, in.Place, in.Plan.SubStage, in.Plan.Signed)
	for _, s := range in.Sessions {
		e := s.Exercises[0]
		v, err := loadedRules().Judge(loadedRules().Signs(s))
		out += fmt.Sprintf("%s %s %s %dx%d load %v target %v rpe %v deload %v stop %v: %s %v\n", s.Date, s.Place, s.SubStage, e.Prescribed.Sets, e.Prescribed.Reps, e.Prescribed.Load, e.Prescribed.Target, e.RPE, s.Deload, s.Stop, v, err)
	}
	return out + fmt.Sprintf("flares %+v screen %+v", in.Flares, in.Screen)
}

// TestEveryLoadIsThereAndUnderEveryCap: what is suggested can be put together,
// is not above its target, and neither is above a cap; and it always says why.
func TestEveryLoadIsThereAndUnderEveryCap(t *testing.T) {
	route, _ := shipped()
	courses(t, 400, func(t *testing.T, r *rand.Rand) error {
		in := randomCourse(t, r)
		s := suggest(t, in)
		fail := func(text string) error { return fmt.Errorf("%s: %+v\n%s", text, s, story(in)) }
		sub, _ := route.SubStage(s.SubStage)
		if s.Lifts() && sub.Stage > in.Screen.Decision.Stage {
			return fail("above the stage that the screen allows")
		}
		w := s.Work
		if w.Target == nil || s.Action == course.ActionStart {
			return nil
		}
		weights, limit := in.Bars, (*domain.Mass)(nil)
		if main, _ := route.Exercise(sub.Main); main.Needs == program.NeedsKettlebell {
			weights = in.Bells
			if !in.LiftBellCap {
				limit = kg("24.1")
				if s.SubStage == "2A" {
					limit = kg("12")
				}
			}
		}
		switch {
		case w.Load == nil:
			return fail("no load for the target")
		case w.Load.Cmp(*w.Target) > 0:
			return fail("the load is above its target")
		case !slices.ContainsFunc(weights, func(m domain.Mass) bool { return m.Cmp(*w.Load) == 0 }):
			return fail("there is no such weight")
		case in.Cap != nil && w.Target.Cmp(*in.Cap) > 0:
			return fail("above the therapist's limit")
		case limit != nil && w.Target.Cmp(*limit) > 0:
			return fail("above the limit of the bells")
		}
		return nil
	})
}

// TestSuccessesAreNeverStuckInSilence: while everything goes as prescribed, the
// suggestion changes, or it names what stands against it.
func TestSuccessesAreNeverStuckInSilence(t *testing.T) {
	blocks := []string{"EXIT_OPEN", "TOP", "TOP_TWICE", "CEILING", "CAP", "BELL_CAP", "MISSED", "DELOAD", "DELOAD_WEEK"}
	courses(t, 200, func(t *testing.T, r *rand.Rand) error {
		in := randomInput(r)
		var run []course.Suggestion
		for range 12 {
			s := suggest(t, in)
			if !s.Lifts() {
				return nil
			}
			run = append(run, s)
			x := trained(in.Today, s.SubStage, s.Work, s.Deload, strconv.Itoa(max(1, s.EffortRPE-r.IntN(2))))
			x.Place, x.Observed = in.Place, r.IntN(2) == 0
			in.Sessions = append(in.Sessions, x)
			in.Today = in.Today.AddDays(3)
		}
		for i := 2; i < len(run); i++ {
			same := sameWork(run[i], run[i-1]) && sameWork(run[i], run[i-2])
			named := slices.ContainsFunc(run[i].Reasons, func(x course.Reason) bool { return slices.Contains(blocks, x.Rule) })
			if same && !named && !run[i-1].Deload && !run[i-2].Deload {
				return fmt.Errorf("unchanged after two good sessions: %+v\n%s", run[i], story(in))
			}
		}
		return nil
	})
}

func sameWork(a, b course.Suggestion) bool {
	return a.SubStage == b.SubStage && fmt.Sprint(a.Work.Sets, a.Work.Reps, a.Work.Load) == fmt.Sprint(b.Work.Sets, b.Work.Reps, b.Work.Load)
}

// TestOrderOfEntryDoesNotMatter: neither the order of exercises nor of sets
// changes a suggestion.
func TestOrderOfEntryDoesNotMatter(t *testing.T) {
	courses(t, 300, func(t *testing.T, r *rand.Rand) error {
		in := randomCourse(t, r)
		for i := range in.Sessions {
			s := &in.Sessions[i]
			s.Exercises = append(s.Exercises, course.Exercise{Exercise: "bird_dog", Prescribed: course.Work{Sets: 3, Reps: 6},
				Done: []course.Set{{Reps: 6}, {Reps: 4}}, RPE: number(r.IntN(11)), PainDuring: number(r.IntN(5))})
			if done := s.Exercises[0].Done; s.Exercises[0].Prescribed.Load != nil && r.IntN(4) == 0 {
				done[0].Load = pick(r, kg("4"), kg("6"), kg("40"))
			}
		}
		want := suggest(t, in)
		other := copyOf(in)
		for i := range other.Sessions {
			x := other.Sessions[i].Exercises
			r.Shuffle(len(x), func(a, b int) { x[a], x[b] = x[b], x[a] })
			for j := range x {
				done := x[j].Done
				r.Shuffle(len(done), func(a, b int) { done[a], done[b] = done[b], done[a] })
			}
		}
		if got := suggest(t, other); fmt.Sprintf("%+v", plainOf(got)) != fmt.Sprintf("%+v", plainOf(want)) {
			return fmt.Errorf("another order, another suggestion:\n%+v\n%+v\n%s", want, got, story(in))
		}
		return nil
	})
}

// plainOf is a suggestion without pointers, to compare.
func plainOf(s course.Suggestion) string {
	out := fmt.Sprint(s.Action, s.Next, s.SubStage, s.Work.Sets, s.Work.Reps, s.Deload, s.Reasons, s.Missing, s.Options, s.Flags)
	if s.Work.Load != nil && s.Work.Target != nil {
		out += s.Work.Load.String() + s.Work.Target.String()
	}
	return out
}

// TestReductionsNeverMultiply: pain, days without a session, a flare-up and a
// lighter week at once take no more than the largest of them alone.
func TestReductionsNeverMultiply(t *testing.T) {
	courses(t, 300, func(t *testing.T, r *rand.Rand) error {
		load := domain.NewDecimal(60 + 5*r.IntN(20))
		m := domain.Mass{Value: load, Unit: domain.Kilogram}
		in := clinicInput("3B", course.Work{Sets: 3, Reps: 6, Target: &m, Load: &m})
		w := in.Plan.Work
		kept := 100
		least := func(n int) { kept = min(kept, n) }
		for i := range 7 {
			in.Sessions = append(in.Sessions, trained(day("2026-01-05").AddDays(3*i), "3B", w, false, "6"))
		}
		last := &in.Sessions[len(in.Sessions)-1]
		last.Exercises[0].RPE = number(8)
		if r.IntN(2) == 0 {
			last.Pain24h = number(4)
			least(80)
		}
		days := pick(r, 2, 5, 8, 14, 15, 28)
		in.Today = last.Date.AddDays(days)
		switch {
		case days > 14:
			least(80)
		case days > 6:
			least(90)
		}
		if days > 4 && r.IntN(2) == 0 {
			in.Flares = []course.Flare{{Began: last.Date.AddDays(1), Settled: last.Date.AddDays(3)}}
			least(80)
		}
		least(90) // three trained weeks, and a ceiling at the most
		s := suggest(t, in)
		want := domain.DecimalFromRat(m.Value.Mul(kept).Rat())
		target := s.Work.Target
		if target == nil || s.SubStage != "3B" {
			return fmt.Errorf("no target: %+v", s)
		}
		if target.Value.Mul(100).Cmp(want) < 0 {
			return fmt.Errorf("%s of %s, the largest reduction alone keeps %d percent: %+v", target, m, kept, s.Reasons)
		}
		return nil
	})
}

// TestScreenIsNeverPassedOver: whatever the sessions say, a screen that allows
// nothing ends the lifting.
func TestScreenIsNeverPassedOver(t *testing.T) {
	courses(t, 200, func(t *testing.T, r *rand.Rand) error {
		in := randomCourse(t, r)
		in.Screen.Decision = screen.Decision{Outcome: pick(r, screen.Emergency, screen.UrgentRefer, screen.HoldRefer, screen.Incomplete, screen.NotReady, "")}
		if s := suggest(t, in); s.Lifts() {
			return fmt.Errorf("%s: %+v", in.Screen.Decision.Outcome, s)
		}
		return nil
	})
}
