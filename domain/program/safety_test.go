package program_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// TestDosesOfTheRoute holds the shipped doses, ceilings and places to the
// clinic's table: a slip in the data file is a wrong dose on paper.
func TestDosesOfTheRoute(t *testing.T) {
	want := []string{
		"1A [3 3] [10 10] 3-1-1 [45 45] RPE 3 RIR 0 [5 7] home_and_clinic",
		"1B [3 3] [10 10] 3-1-1 [45 60] RPE 4 RIR 0 [5 7] home_and_clinic",
		"2A [3 3] [10 10] 3-1-1 [60 90] RPE 6 RIR 4 [3 3] clinic_then_home",
		"2B [3 3] [10 10] 3-1-1 [60 90] RPE 7 RIR 3 [3 3] clinic_then_home",
		"2C [3 3] [8 10] 3-1-1 [90 90] RPE 7 RIR 3 [2 3] clinic_then_home",
		"2D [3 4] [8 8] 2-1-1 [90 120] RPE 7 RIR 3 [2 3] clinic_then_home",
		"3A [3 3] [8 8] 2-1-1 [120 120] RPE 7 RIR 3 [2 2] supervised",
		"3B [3 4] [6 6] 2-1-1 [120 180] RPE 7 RIR 3 [2 2] supervised",
		"4A [3 3] [5 5] controlled, reset each rep [120 180] RPE 6 RIR 4 [2 2] supervised",
		"4B [3 4] [5 6] reset each rep [120 180] RPE 7 RIR 3 [2 2] supervised",
		"4C [3 5] [3 5] reset each rep [180 180] RPE 8 RIR 2 [1 2] supervised",
	}
	r := func(r program.Range) string { return fmt.Sprintf("[%d %d]", r.Min, r.Max) }
	for i, s := range library(t).SubStages() {
		d := s.Dose
		got := fmt.Sprintf("%s %s %s %s %s RPE %d RIR %d %s %s", s.Code, r(d.Sets), r(d.Reps), d.Tempo,
			r(d.RestSeconds), d.EffortRPE, d.RIR, r(d.DaysPerWeek), s.Where)
		if got != want[i] {
			t.Errorf("got  %s\nwant %s", got, want[i])
		}
	}
}

// TestPoundBellsForABodyInKilograms: the units of the scale and of the bells
// may differ; the labels stay those of the bells.
func TestPoundBellsForABodyInKilograms(t *testing.T) {
	l := library(t)
	for _, c := range []struct{ body, light, moderate string }{
		{"50", "10", "30"}, {"60", "15", "35"}, {"70", "15", "40"}, {"80", "20", "45"},
		{"90", "20", "50"}, {"100", "25", "50"}, {"120", "25", "50"},
	} {
		for level, want := range map[program.Level]string{program.Light: c.light, program.Moderate: c.moderate} {
			got, err := l.KettlebellLoad(level, mass(c.body, domain.Kilogram), lbSet)
			if err != nil || got.Load != mass(want, domain.Pound) {
				t.Errorf("%s kg, %s: %v, %v; want %s pounds", c.body, level, got.Load, err, want)
			}
		}
	}
}

// TestNothingThatBendsWhileTheHingeHurts: a track that names a hinge does not
// bring it back when the hinge hurt, spread the symptoms or was not tested.
func TestNothingThatBendsWhileTheHingeHurts(t *testing.T) {
	l := library(t)
	tracks := []string{"EDUCATION", "MOBILITY", "PAIN"}
	bends := func(d screen.Decision) (out []string) {
		d.Outcome, d.Tracks = screen.NotReady, tracks
		plan, p := program.Prescribe(l, program.Input{Decision: d})
		if len(p) > 0 || len(plan.Items) == 0 {
			t.Fatalf("%+v, %v", plan, p)
		}
		for _, it := range plan.Items {
			if e, _ := l.Exercise(it.Exercise); e.Bends {
				out = append(out, it.Exercise)
			}
		}
		return out
	}
	for _, d := range []screen.Decision{
		{Rules: []string{"MOB-2"}}, {Rules: []string{"PAIN-3"}},
		{Missing: []string{"dowel_hinge"}}, {Stale: []string{"dowel_hinge"}},
	} {
		if got := bends(d); len(got) > 0 {
			t.Errorf("%v %v %v still prescribes %v", d.Rules, d.Missing, d.Stale, got)
		}
	}
	if got := bends(screen.Decision{Rules: []string{"MOB-1"}}); len(got) == 0 {
		t.Error("a painless hinge that is not deep enough is not practised")
	}
}

// TestDamagedDecisionsGetNoPlan: a decision from a file may be nonsense.
func TestDamagedDecisionsGetNoPlan(t *testing.T) {
	for _, d := range []screen.Decision{
		{Outcome: screen.Ready, Stage: 0}, {Outcome: screen.Ready, Stage: 5}, {Outcome: screen.Ready, Stage: -1},
		{Outcome: "SOMETHING", Stage: 4}, {Outcome: screen.NotReady, Tracks: []string{"NONE"}}, {Outcome: screen.NotReady},
	} {
		plan, p := program.Prescribe(library(t), program.Input{Decision: d, BodyMass: mass("70", domain.Kilogram)})
		if len(p) == 0 || len(plan.Items) > 0 {
			t.Errorf("%+v got %+v", d, plan)
		}
	}
}

// TestAPlanNeverBreaksTheRules: whatever goes in, a plan is only for an allowed
// sub-stage, has at most five exercises, gives only bells that are there, puts
// no barbell on paper without a barbell and a supervised place, and every
// exercise that stays off the sheet says why.
func TestAPlanNeverBreaksTheRules(t *testing.T) {
	l := library(t)
	codes := []program.Code{"", "0", "1A", "1B", "2A", "2B", "2C", "2D", "3A", "3B", "4A", "4B", "4C", "9Z"}
	outcomes := []screen.Outcome{screen.Emergency, screen.UrgentRefer, screen.HoldRefer, screen.Incomplete, screen.NotReady, screen.Retest, screen.Ready}
	tracks := []string{"PAIN", "DISABILITY", "MOBILITY", "STRENGTH", "EDUCATION"}
	some := func(t *rapid.T, label string) (out []domain.Mass) {
		for range rapid.IntRange(0, 6).Draw(t, label) {
			unit := rapid.SampledFrom([]domain.MassUnit{domain.Kilogram, domain.Pound}).Draw(t, "unit")
			out = append(out, domain.Mass{Value: domain.NewDecimal(rapid.IntRange(1, 100).Draw(t, "size")), Unit: unit})
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		in := program.Input{
			Decision: screen.Decision{
				Outcome: rapid.SampledFrom(outcomes).Draw(t, "outcome"), Stage: rapid.IntRange(0, 4).Draw(t, "stage"),
				Tracks: rapid.SliceOfNDistinct(rapid.SampledFrom(tracks), 0, 5, rapid.ID).Draw(t, "tracks"),
			},
			Want:     rapid.SampledFrom(codes).Draw(t, "want"),
			BodyMass: domain.Mass{Value: domain.NewDecimal(rapid.IntRange(0, 300).Draw(t, "body")), Unit: domain.Kilogram},
			Clinic:   equipment.Inventory{Kettlebells: some(t, "clinic")},
			Home: equipment.Home{Inventory: equipment.Inventory{Kettlebells: some(t, "home")},
				Barbell: rapid.SampledFrom([]equipment.Answer{equipment.NotAsked, equipment.No, equipment.Yes}).Draw(t, "barbell")},
			SupervisedPlace: rapid.Bool().Draw(t, "place"),
		}
		plan, p := program.Prescribe(l, in)
		if len(p) > 0 {
			if len(plan.Items) > 0 {
				t.Fatalf("refused with %v and prescribed all the same", p)
			}
			return
		}
		if !slices.Contains(l.Allowed(in.Decision), plan.SubStage) {
			t.Fatalf("%s is not allowed by %+v", plan.SubStage, in.Decision)
		}
		if len(plan.Items) == 0 || len(plan.Items) > program.MaxItems {
			t.Fatalf("%d exercises", len(plan.Items))
		}
		if plan.ProtocolVersion != l.Version || plan.ProtocolHash != l.Hash() {
			t.Fatal("the plan does not name its route")
		}
		for _, it := range plan.Items {
			checkItem(t, l, in, it)
		}
	})
}

func checkItem(t *rapid.T, l *program.Library, in program.Input, it program.Item) {
	e, ok := l.Exercise(it.Exercise)
	if !ok {
		t.Fatalf("%s does not exist", it.Exercise)
	}
	if it.OnSheet == (it.OffSheetReason != "") {
		t.Fatalf("%s: on the sheet %v, reason %q", it.Exercise, it.OnSheet, it.OffSheetReason)
	}
	if it.Load != nil && !slices.Contains(append(slices.Clone(in.Clinic.Kettlebells), in.Home.Kettlebells...), *it.Load) {
		t.Fatalf("%s with %v, which is nowhere", it.Exercise, *it.Load)
	}
	if !it.OnSheet {
		return
	}
	if e.Needs == program.NeedsBarbell && (in.Home.Barbell != equipment.Yes || !in.SupervisedPlace) {
		t.Fatalf("%s on the sheet without a barbell or a supervised place", it.Exercise)
	}
	if e.Needs == program.NeedsKettlebell && (it.Load == nil || !slices.Contains(in.Home.Kettlebells, *it.Load)) {
		t.Fatalf("%s on the sheet with a bell that is not at home", it.Exercise)
	}
}

// TestMoreBodyMassNeverStartsLighter holds the first load of every kettlebell
// stage, as prescribed.
func TestMoreBodyMassNeverStartsLighter(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		bells := rapid.SliceOfN(rapid.IntRange(1, 40), 1, 8).Draw(t, "bells")
		in := program.Input{Decision: ready(2), Want: rapid.SampledFrom([]program.Code{"2A", "2B", "2C", "2D"}).Draw(t, "code")}
		for _, b := range bells {
			in.Clinic.Kettlebells = append(in.Clinic.Kettlebells, domain.Mass{Value: domain.NewDecimal(b), Unit: domain.Kilogram})
		}
		m := rapid.IntRange(20, 200).Draw(t, "body")
		first := func(m int) domain.Mass {
			in.BodyMass = domain.Mass{Value: domain.NewDecimal(m), Unit: domain.Kilogram}
			plan, p := program.Prescribe(l, in)
			if len(p) > 0 || plan.Items[0].Load == nil {
				t.Fatalf("%+v, %v", plan, p)
			}
			return *plan.Items[0].Load
		}
		less, more := first(m), first(m+rapid.IntRange(1, 80).Draw(t, "more"))
		if more.Cmp(less) < 0 {
			t.Fatalf("%s: %v, and %v for more body mass", in.Want, less, more)
		}
	})
}

// unsafe finds what can be misread on paper: signs for limits, slashes, and
// "x" or "+" between numbers.
var unsafe = regexp.MustCompile(`[<>/@&#~]|\d ?[x×+] ?\d|\d-\d|(^| )\.\d|\d\.0\b`)

// TestTextsAreSafeToRead: every text of the route and of the sheets is free of
// signs that can be misread, and patient texts carry no words of threat.
func TestTextsAreSafeToRead(t *testing.T) {
	l := library(t)
	check := func(where string, texts ...string) {
		for _, s := range texts {
			if m := unsafe.FindString(s); m != "" {
				t.Errorf("%s: %q in %q", where, m, s)
			}
		}
	}
	for _, e := range l.Exercises {
		check(e.ID, append([]string{e.Name, e.SetUp}, e.Cues...)...)
		for _, f := range e.Faults {
			check(e.ID, f.Fault, f.Fix)
		}
	}
	for _, s := range l.SubStages() {
		check(string(s.Code), append([]string{s.Name, s.SetUp}, s.Contraindications...)...)
		for _, c := range append(slices.Clone(s.Entry), s.Exit...) {
			check(c.ID, c.Text)
		}
	}
	for _, tr := range l.Tracks {
		check(tr.ID, append([]string{tr.Name, tr.Aim}, tr.Advice...)...)
	}
	check("warm-up", l.WarmUp...)
	text, err := program.LoadHandoutText(assets.Handouts, "en", l)
	if err != nil {
		t.Fatal(err)
	}
	threat := regexp.MustCompile(`(?i)\b(wear|damage|unstable|never bend|danger|injur\w*|harm\w*)\b`)
	for id, e := range text.Exercises {
		all := append([]string{e.Title, e.Short, e.Need, e.Cue}, e.Steps...)
		check(id, all...)
		for _, s := range all {
			if threat.MatchString(s) {
				t.Errorf("%s: a word of threat in %q", id, s)
			}
		}
	}
}

// TestDoseWithOneRepeatReadsWell: a single hold is not "1 times each".
func TestDoseWithOneRepeatReadsWell(t *testing.T) {
	one := program.Range{Min: 1, Max: 1}
	d := program.Dose{Sets: program.Range{Min: 2, Max: 2}, Reps: one, HoldSeconds: program.Range{Min: 30, Max: 45}, DaysPerWeek: program.Range{Min: 5, Max: 5}}
	if got, want := program.DoseLine(d, nil), "2 sets, 30 to 45 seconds hold, 5 days a week"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
