package measure_test

import (
	"math/big"
	"slices"
	"testing"

	"backtobar/domain"
	"backtobar/domain/measure"

	"pgregory.net/rapid"
)

// maybe draws an answer or a blank.
func maybe(low, high int) *rapid.Generator[*int] {
	return rapid.Custom(func(t *rapid.T) *int {
		if rapid.IntRange(0, 9).Draw(t, "blank") == 0 {
			return nil
		}
		return ptr(rapid.IntRange(low, high).Draw(t, "answer"))
	})
}

// TestODIProperty: the percentage is the published fraction, blanks and order
// of boxes do not matter to it, and the band of the stored value is that of the
// exact fraction.
func TestODIProperty(t *testing.T) {
	m := get(t, "odi")
	rapid.Check(t, func(t *rapid.T) {
		var in [10][]int
		sum, answered := int64(0), int64(0)
		for i := range in {
			in[i] = rapid.SliceOfN(rapid.IntRange(0, 5), 0, 2).Draw(t, "section")
			if len(in[i]) > 0 {
				answered++
				sum += int64(slices.Max(in[i]))
			}
		}
		got, err := measure.ODI(in)
		if err != nil || got.Scored() != (answered >= 8) {
			t.Fatalf("%v: %+v, %v", in, got, err)
		}
		if !got.Scored() {
			return
		}
		exact := big.NewRat(20*sum, answered)
		if diff := new(big.Rat).Sub(exact, got.Value.Rat()); diff.Sign() < 0 || diff.Cmp(big.NewRat(1, 1_000_000)) >= 0 {
			t.Fatalf("%v: %s, want %s", in, got.Value, exact.FloatString(7))
		}
		band, _ := m.Band(got.Value, "")
		names := []string{"minimal", "moderate", "severe", "crippled", "bed-bound or exaggerated"}
		want := 0
		for _, limit := range []int64{20, 40, 60, 80} {
			if exact.Cmp(big.NewRat(limit, 1)) > 0 {
				want++
			}
		}
		if band.Name != names[want] {
			t.Fatalf("%v: %s percent is %q, want %q", in, exact.FloatString(4), band.Name, names[want])
		}
		i := rapid.IntRange(0, 9).Draw(t, "swap")
		in[0], in[i] = in[i], in[0]
		slices.Reverse(in[0])
		if again, _ := measure.ODI(in); again != got {
			t.Fatalf("the order of sections or boxes changed %s to %s", got.Value, again.Value)
		}
	})
}

// TestWorseAnswersProperty: raising one answer of a form never lowers its sum,
// and blanking one never gives a score that was not there.
func TestWorseAnswersProperty(t *testing.T) {
	forms := []struct {
		name         string
		items        int
		low, highest int
		scores       func([]*int) ([]measure.Score, error)
	}{
		{"tsk11", 11, 1, 4, func(v []*int) ([]measure.Score, error) {
			s, err := measure.TSK11([11]*int(v))
			return []measure.Score{s}, err
		}},
		{"pseq", 10, 0, 6, func(v []*int) ([]measure.Score, error) {
			s, err := measure.PSEQ([10]*int(v))
			return []measure.Score{s}, err
		}},
		{"fabq", 16, 0, 6, func(v []*int) ([]measure.Score, error) {
			a, b, err := measure.FABQ([16]*int(v))
			return []measure.Score{a, b}, err
		}},
		{"start_back", 9, 0, 1, func(v []*int) ([]measure.Score, error) {
			v = slices.Clone(v)
			if v[8] != nil {
				v[8] = ptr(*v[8] + 2) // 2 counts nothing, 3 counts one
			}
			a, b, err := measure.StartBackItems([9]*int(v))
			return []measure.Score{a, b}, err
		}},
	}
	for _, f := range forms {
		t.Run(f.name, rapid.MakeCheck(func(t *rapid.T) {
			v := rapid.SliceOfN(maybe(f.low, f.highest), f.items, f.items).Draw(t, "items")
			before, err := f.scores(v)
			if err != nil {
				t.Fatal(err)
			}
			i := rapid.IntRange(0, f.items-1).Draw(t, "item")
			if v[i] == nil {
				return
			}
			raised := slices.Clone(v)
			raised[i] = ptr(f.highest)
			blank := slices.Clone(v)
			blank[i] = nil
			up, _ := f.scores(raised)
			gone, _ := f.scores(blank)
			for k := range before {
				if up[k].Scored() != before[k].Scored() || up[k].Value.Cmp(before[k].Value) < 0 {
					t.Fatalf("item %d raised: %+v became %+v", i+1, before[k], up[k])
				}
				if gone[k].Scored() && gone[k] != before[k] {
					t.Fatalf("item %d blanked: %+v became %+v", i+1, before[k], gone[k])
				}
			}
		}))
	}
}

// TestMeansProperty: a mean lies between its smallest and largest part.
func TestMeansProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.IntRange(0, 10), 1, 14).Draw(t, "ratings")
		low, high := domain.NewDecimal(slices.Min(v)), domain.NewDecimal(slices.Max(v))
		s, err := measure.NPRSMean(v)
		if err != nil || s.Value.Cmp(low) < 0 || s.Value.Cmp(high) > 0 || !s.Value.Mul(10).IsWhole() {
			t.Fatalf("%v: %+v, %v", v, s, err)
		}
		sum := 0
		for _, n := range v {
			sum += n
		}
		// Rounding never brings a mean below a whole limit that it reached.
		for limit := 1; limit <= 10; limit++ {
			if sum >= limit*len(v) && s.Value.Cmp(domain.NewDecimal(limit)) < 0 {
				t.Fatalf("%v reached %d and shows %s", v, limit, s.Value)
			}
		}
		var readings []measure.Reading
		for range rapid.IntRange(1, 4).Draw(t, "readings") {
			dia := rapid.IntRange(30, 160).Draw(t, "dia")
			readings = append(readings, measure.Reading{Systolic: rapid.IntRange(max(60, dia+1), 260).Draw(t, "sys"), Diastolic: dia})
		}
		p, err := measure.MeanPressure(readings)
		if err != nil || p.Systolic.Value.Cmp(domain.NewDecimal(p.Highest.Systolic)) > 0 || p.Systolic.Value.Cmp(p.Diastolic.Value) <= 0 ||
			p.Diastolic.Value.Cmp(domain.NewDecimal(p.Highest.Diastolic)) > 0 {
			t.Fatalf("%v: %+v, %v", readings, p, err)
		}
	})
}

// open draws yes, no or not asked.
var open = rapid.SampledFrom([]*bool{nil, ptr(false), ptr(true)})

// TestGapsProperty: a yes or no of the counts cannot be changed by filling in
// an answer that was open, and a neurological finding that stood is not lost.
func TestGapsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := measure.Inflammatory{OnsetAge: maybe(30, 50).Draw(t, "onset"), Gradual: open.Draw(t, "gradual"),
			BetterWithExercise: open.Draw(t, "exercise"), NotBetterWithRest: open.Draw(t, "rest"), NightPain: open.Draw(t, "night")}
		if w := maybe(10, 14).Draw(t, "weeks"); w != nil {
			f.PainWeeks = ptr(domain.NewDecimal(*w))
		}
		before, _ := f.INFL1()
		full := f
		for _, b := range []**bool{&full.Gradual, &full.BetterWithExercise, &full.NotBetterWithRest, &full.NightPain} {
			if *b == nil {
				*b = ptr(rapid.Bool().Draw(t, "filled"))
			}
		}
		if full.OnsetAge == nil {
			full.OnsetAge = ptr(rapid.IntRange(30, 50).Draw(t, "onset filled"))
		}
		if full.PainWeeks == nil {
			full.PainWeeks = ptr(domain.NewDecimal(rapid.IntRange(10, 14).Draw(t, "weeks filled")))
		}
		after, err := full.INFL1()
		if err != nil || after.Answer == measure.Unknown || after.Open != 0 ||
			before.Answer != measure.Unknown && before.Answer != after.Answer {
			t.Fatalf("%+v became %+v, %v", before, after, err)
		}

		x := measure.Fracture{AgeYears: maybe(69, 72).Draw(t, "age"), Female: open.Draw(t, "female"),
			Steroids: open.Draw(t, "steroids"), Trauma: open.Draw(t, "trauma")}
		n, action, _ := x.FXC()
		y := x
		if y.AgeYears == nil {
			y.AgeYears = ptr(rapid.IntRange(69, 72).Draw(t, "age filled"))
		}
		for _, b := range []**bool{&y.Female, &y.Steroids, &y.Trauma} {
			if *b == nil {
				*b = ptr(rapid.Bool().Draw(t, "filled"))
			}
		}
		n2, action2, err := y.FXC()
		rank := []measure.FractureAction{measure.FractureNone, measure.FractureHold, measure.FractureUrgent}
		if err != nil || n2.Answer == measure.Unknown || n.Answer != measure.Unknown && n.Answer != n2.Answer ||
			slices.Index(rank, action2) < slices.Index(rank, action) {
			t.Fatalf("%+v %s became %+v %s, %v", n, action, n2, action2, err)
		}
	})
}

// severity of the findings, as the screen acts on them; not complete holds
// nothing and clears nothing.
var severity = map[string]int{measure.NeuroNormal: 0, measure.NeuroNotComplete: 1, measure.NeuroMildStable: 1, measure.NeuroMildUnassessed: 2,
	measure.NeuroMotorLE3: 3, measure.NeuroProgressive: 3, measure.NeuroUMN: 3, measure.NeuroBilateralMotor: 4}

// TestNeuroProperty: a lower grade or one more sign never makes a finding
// milder, and leaving a part out never makes it normal.
func TestNeuroProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := measure.Neuro{Sensation: open.Draw(t, "sensation"), Reflex: open.Draw(t, "reflex"), Babinski: open.Draw(t, "babinski"),
			Clonus: open.Draw(t, "clonus"), Worsening: open.Draw(t, "worsening"), Assessed: open.Draw(t, "assessed")}
		if w := maybe(4, 8).Draw(t, "weeks"); w != nil {
			n.UnchangedWeeks = ptr(domain.NewDecimal(*w))
		}
		grade := rapid.Custom(func(t *rapid.T) *int {
			return rapid.SampledFrom([]*int{nil, ptr(0), ptr(3), ptr(4), ptr(5), ptr(5), ptr(5), ptr(5), ptr(5)}).Draw(t, "grade")
		})
		for i := range n.Left {
			n.Left[i], n.Right[i] = grade.Draw(t, "left"), grade.Draw(t, "right")
		}
		before, err := n.Finding()
		if err != nil {
			t.Fatal(err)
		}
		worse := n
		switch i := rapid.IntRange(0, 6).Draw(t, "worse"); {
		case i < 2:
			at := rapid.IntRange(0, 4).Draw(t, "level")
			side := [2]*[5]*int{&worse.Left, &worse.Right}[i]
			if g := side[at]; g != nil && *g > 0 {
				side[at] = ptr(*g - 1)
			}
		default:
			b := []**bool{&worse.Sensation, &worse.Reflex, &worse.Babinski, &worse.Clonus, &worse.Worsening}[i-2]
			*b = ptr(true)
		}
		after, _ := worse.Finding()
		if severity[after] < severity[before] && before != measure.NeuroNotComplete {
			t.Fatalf("worse answers made %q of %q", after, before)
		}
		if before == measure.NeuroNotComplete && after == measure.NeuroNormal {
			t.Fatal("a worse answer completed the screen as normal")
		}
		gap := n
		gap.Right[rapid.IntRange(0, 4).Draw(t, "gap")] = nil
		if f, _ := gap.Finding(); f == measure.NeuroNormal || f == measure.NeuroMildStable {
			t.Fatalf("with a level left out the finding is %q", f)
		}
	})
}

// TestChangeProperty: turning the two values round turns the verdict round; a
// larger improvement is never judged less; and what is called real reaches the
// published number.
func TestChangeProperty(t *testing.T) {
	c := catalog(t)
	var judged []measure.Measure
	for _, m := range c.Measures {
		if m.Activities == 0 { // their names are the same in every record here
			judged = append(judged, m)
		}
	}
	opposite := map[measure.Verdict]measure.Verdict{measure.Improved: measure.Worse, measure.Worse: measure.Improved}
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(judged).Draw(t, "measure")
		protocol := rapid.SampledFrom(m.Protocols).Draw(t, "protocol")
		value := func(name string) domain.Decimal {
			tenths := rapid.IntRange(int(m.Low.Mul(10).Rat().Num().Int64()), int(m.High.Mul(10).Rat().Num().Int64())).Draw(t, name)
			return domain.DecimalFromRat(big.NewRat(int64(tenths), 10))
		}
		of := func(v domain.Decimal) measure.Record {
			s := measure.Measured
			if m.Capped && v == m.High {
				s = measure.Capped
			}
			return measure.Record{Measure: m.ID, Status: s, Value: &v, Unit: m.Unit, Date: domain.Date{Year: 2026, Month: 3, Day: 2}, Protocol: protocol}
		}
		a, b := value("a"), value("b")
		there, back := c.Change(of(a), of(b)), c.Change(of(b), of(a))
		want := there.Verdict
		if o, ok := opposite[want]; ok {
			want = o
		}
		if back.Verdict != want {
			t.Fatalf("%s: %s to %s is %s, and back %s", m.ID, a, b, there.Verdict, back.Verdict)
		}
		real := there.Verdict == measure.Improved || there.Verdict == measure.Worse
		if real && (there.Limit == nil || there.Difference.Abs().Cmp(there.Limit.Value) < 0) {
			t.Fatalf("%s: %s to %s is called real: %+v", m.ID, a, b, there)
		}
		if there.Verdict == measure.WithinError && there.Limit != nil && there.Difference.Abs().Cmp(there.Limit.Value) >= 0 {
			t.Fatalf("%s: %s to %s is within its error: %+v", m.ID, a, b, there)
		}
		if there.Verdict == measure.Improved && (b.Cmp(a) > 0) != (m.Better == measure.HigherIsBetter) {
			t.Fatalf("%s: %s to %s is no improvement", m.ID, a, b)
		}
		if there.Important && there.Verdict != measure.Improved {
			t.Fatalf("%s: %s to %s matters without being real: %+v", m.ID, a, b, there)
		}
		if there.Verdict == measure.Improved {
			best := m.Low
			if m.Better == measure.HigherIsBetter {
				best = m.High
			}
			if further := c.Change(of(a), of(best)); further.Verdict != measure.Improved || there.Important && !further.Important {
				t.Fatalf("%s: %s to %s improved, and to the best %+v", m.ID, a, b, further)
			}
		}
	})
}
