package program_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func barInput(t testing.TB, code program.Code, inv equipment.Inventory, last map[program.Code]domain.Mass) program.Input {
	t.Helper()
	return program.Input{Decision: ready(4), Want: code, BodyMass: mass("70", domain.Kilogram), Unit: inv.Bars[0].Unit, Clinic: inv, Last: last}
}

// TestFirstBarLoads holds the first session of each barbell sub-stage to the
// clinic's examples.
func TestFirstBarLoads(t *testing.T) {
	kg := func(s string) domain.Mass { return mass(s, domain.Kilogram) }
	lb := func(s string) domain.Mass { return mass(s, domain.Pound) }
	for _, c := range []struct {
		name   string
		code   program.Code
		inv    equipment.Inventory
		last   map[program.Code]domain.Mass
		max    domain.Mass
		target string
		want   domain.Mass
	}{
		{"C21", "3A", kgRack(t), map[program.Code]domain.Mass{"2D": kg("18")}, domain.Mass{}, "", kg("22.5")},
		{"lb", "3A", lbRack(t), map[program.Code]domain.Mass{"2D": lb("50")}, domain.Mass{}, "62.5 pounds", lb("60")},
		{"larger_range", "3B", kgRack(t), map[program.Code]domain.Mass{"3A": kg("30")}, domain.Mass{}, "27 kilograms", kg("25")},
		{"rack_share", "4A", kgFloor(t), map[program.Code]domain.Mass{"3A": kg("30"), "3B": kg("35")}, kg("45"), "27 kilograms", kg("25")},
		{"rack_share_lb", "4A", lbFloor(t), map[program.Code]domain.Mass{"3A": lb("135"), "3B": lb("145")}, lb("186"), "111.6 pounds", lb("110")},
		{"last_3A_is_lower", "4A", kgFloor(t), map[program.Code]domain.Mass{"3A": kg("25"), "3B": kg("35")}, kg("60"), "", kg("25")},
		{"no_estimate", "4A", kgFloor(t), map[program.Code]domain.Mass{"3A": kg("60"), "3B": kg("50")}, domain.Mass{}, "", kg("30")},
		{"same_load", "4B", kgFloor(t), map[program.Code]domain.Mass{"4A": kg("40")}, domain.Mass{}, "", kg("40")},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := barInput(t, c.code, c.inv, c.last)
			in.RackMax = c.max
			plan, p := program.Prescribe(library(t), in)
			if len(p) > 0 || plan.Items[0].Load == nil || *plan.Items[0].Load != c.want {
				t.Fatalf("%+v, %v; want %v", plan.Items, p, c.want)
			}
			it := plan.Items[0]
			if c.target != "" && (it.Target == nil || it.Target.String() != c.target) || it.LoadReason == "" || it.Bar == nil {
				t.Errorf("target %v, bar %v, reason %q", it.Target, it.Bar, it.LoadReason)
			}
		})
	}
}

func kgFloor(t testing.TB) equipment.Inventory {
	return rack(t, domain.Kilogram, "20, 15", "20 x 2, 10 x 2, 5 x 2, 2.5", "2.5 x 2, 1.25 x 2")
}

func lbFloor(t testing.TB) equipment.Inventory {
	return rack(t, domain.Pound, "45", "45 x 4, 25 x 2, 10 x 2", "35, 5 x 2, 2.5 x 2")
}

// TestAnUnknownWeightIsNotMadeUp: without a weight on record, or without bars,
// the plan says so and carries none.
func TestAnUnknownWeightIsNotMadeUp(t *testing.T) {
	plan, _ := program.Prescribe(library(t), barInput(t, "3A", kgRack(t), nil))
	if plan.Items[0].Load != nil || !strings.Contains(strings.Join(plan.Warnings, " "), "no weight of 2D is on record") {
		t.Errorf("%+v %v", plan.Items[0], plan.Warnings)
	}
	in := barInput(t, "3A", kgRack(t), map[program.Code]domain.Mass{"2D": mass("18", domain.Kilogram)})
	in.Clinic = equipment.Inventory{}
	plan, _ = program.Prescribe(library(t), in)
	if plan.Items[0].Load != nil || !strings.Contains(strings.Join(plan.Warnings, " "), "not set up") {
		t.Errorf("%+v %v", plan.Items[0], plan.Warnings)
	}
}

// TestHomeNeverAsksForWhatIsNotThere: bell, dumbbell, backpack, and without any
// of them more repeats and a slower way down.
func TestHomeNeverAsksForWhatIsNotThere(t *testing.T) {
	for _, c := range []struct {
		name, code     string
		home           equipment.Home
		exercise, load string
	}{
		{"bell", "2A", equipment.Home{Inventory: equipment.Inventory{Kettlebells: masses(domain.Pound, "10")}}, "kb_rdl_step", "10 pounds"},
		{"dumbbell", "2A", equipment.Home{Inventory: equipment.Inventory{Dumbbells: masses(domain.Pound, "10", "15", "40")}}, "dumbbell_rdl", "15 pounds"},
		{"bell_before_dumbbell", "2A", equipment.Home{Inventory: equipment.Inventory{Kettlebells: masses(domain.Pound, "10"), Dumbbells: masses(domain.Pound, "15")}}, "kb_rdl_step", "10 pounds"},
		{"bell_too_heavy", "2A", equipment.Home{Inventory: equipment.Inventory{Kettlebells: masses(domain.Pound, "35")}, Backpack: equipment.Yes}, "backpack_rdl", "19 pounds"},
		{"backpack_not_asked", "2A", equipment.Home{}, "dowel_hinge", ""},
		{"no_backpack", "2A", equipment.Home{Backpack: equipment.No}, "dowel_hinge", ""},
		{"rack_pull_day", "3A", equipment.Home{Inventory: equipment.Inventory{Kettlebells: masses(domain.Pound, "35")}}, "kb_deadlift", "35 pounds"},
		{"rack_pull_day_without_a_bell", "3A", equipment.Home{}, "dowel_hinge", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(4, program.Code(c.code))
			in.Home = c.home
			plan, p := program.Prescribe(library(t), in)
			if len(p) > 0 {
				t.Fatal(p)
			}
			i := slices.IndexFunc(plan.Items, func(it program.Item) bool { return it.OnSheet })
			it := plan.Items[i]
			load := ""
			if it.Load != nil {
				load = it.Load.String()
			}
			if it.Exercise != c.exercise || load != c.load || it.Where != program.AtHome {
				t.Errorf("at home %s with %q (%s)", it.Exercise, load, it.Where)
			}
			if c.load == "" && (it.Dose.Reps.Max < 12 || it.LoadReason == "") {
				t.Errorf("without a weight: %+v", it)
			}
		})
	}
}

// TestWeakBoneGetsNoHeavyBellAtHome either.
func TestWeakBoneGetsNoHeavyBellAtHome(t *testing.T) {
	in := input(4, "4A")
	in.Home.Kettlebells = lbSet
	in.Decision.Flags = []string{"CAUTION:bone_supervised"}
	plan, _ := program.Prescribe(library(t), in)
	for _, it := range plan.Items {
		if it.OnSheet && it.Load != nil {
			t.Errorf("%s with %v at home", it.Exercise, it.Load)
		}
	}
}

// TestLengthsAreSaidInTheClinicsUnit: no centimeters in a clinic of pounds.
func TestLengthsAreSaidInTheClinicsUnit(t *testing.T) {
	for unit, never := range map[domain.MassUnit]string{domain.Pound: "meter", domain.Kilogram: "inch"} {
		l := library(t).In(unit.Lengths())
		for _, s := range l.SubStages() {
			in := input(4, s.Code)
			in.Unit = unit
			plan, p := program.Prescribe(library(t), in)
			if len(p) > 0 {
				t.Fatal(p)
			}
			e, _ := l.Exercise(s.Main)
			text := s.SetUp + e.SetUp + plan.Items[0].SetUp
			for _, f := range e.Faults {
				text += f.Fix
			}
			if strings.Contains(text, never) || strings.ContainsAny(text, "[|]") {
				t.Errorf("%s in %s: %s", s.Code, unit, text)
			}
		}
	}
	in := input(2, "2A")
	in.Clinic.Steps = []domain.Length{{Value: domain.NewDecimal(6), Unit: domain.Inch}, {Value: domain.NewDecimal(12), Unit: domain.Inch}}
	if plan, _ := program.Prescribe(library(t), in); plan.Items[0].SetUp != "Step of 12 inches between the feet." {
		t.Errorf("set-up %q", plan.Items[0].SetUp)
	}
	in.Want = "2B"
	if plan, _ := program.Prescribe(library(t), in); plan.Items[0].SetUp != "Step of 6 inches between the feet." {
		t.Errorf("set-up %q", plan.Items[0].SetUp)
	}
}

// TestHoldsComeFromTheTest: 45 seconds at best makes holds of 23 to 27.
func TestHoldsComeFromTheTest(t *testing.T) {
	best := domain.NewDecimal(45)
	d := screen.Decision{Outcome: screen.NotReady, Tracks: []string{"STRENGTH"}, Rules: []string{"STR-1"}}
	plan, _ := program.Prescribe(library(t), program.Input{Decision: d, BestHold: &best})
	i := slices.IndexFunc(plan.Items, func(it program.Item) bool { return it.Exercise == "back_extension_hold" })
	if i < 0 || plan.Items[i].Dose.HoldSeconds != (program.Range{Min: 23, Max: 27}) {
		t.Errorf("%+v", plan.Items)
	}
}

// TestTheFastTrackSaysWhatItShortens.
func TestTheFastTrackSaysWhatItShortens(t *testing.T) {
	in := input(2, "2A")
	in.Decision.Flags = []string{"FAST_TRACK"}
	plan, _ := program.Prescribe(library(t), in)
	if !strings.Contains(strings.Join(plan.Warnings, " "), "Experienced lifter") {
		t.Errorf("%v", plan.Warnings)
	}
	in.Want = "2D"
	if plan, _ = program.Prescribe(library(t), in); strings.Contains(strings.Join(plan.Warnings, " "), "Experienced lifter") {
		t.Error("2D is shortened, too")
	}
}

// TestEveryPrintedLoadCanBePutTogether: of every plan, whatever was lifted
// before, each barbell load is one that the inventory makes and is not above its
// target, and the lighter sets are lighter and loadable, too.
func TestEveryPrintedLoadCanBePutTogether(t *testing.T) {
	l := library(t)
	racks := []equipment.Inventory{kgFloor(t), lbFloor(t), equipment.Usual(domain.Pound), equipment.Usual(domain.Kilogram), kgRack(t)}
	rapid.Check(t, func(t *rapid.T) {
		inv := rapid.SampledFrom(racks).Draw(t, "rack")
		unit := inv.Bars[0].Unit
		some := func(label string) domain.Mass {
			return domain.Mass{Value: domain.MustDecimal("0.5").Mul(rapid.IntRange(8, 400).Draw(t, label)), Unit: rapid.SampledFrom([]domain.MassUnit{domain.Kilogram, domain.Pound}).Draw(t, label+" unit")}
		}
		in := program.Input{Decision: ready(4), Want: rapid.SampledFrom([]program.Code{"3A", "3B", "4A", "4B", "4C"}).Draw(t, "code"),
			BodyMass: mass("70", domain.Kilogram), Unit: unit, Clinic: inv,
			Last: map[program.Code]domain.Mass{"2D": some("2D"), "3A": some("3A"), "3B": some("3B"), "4A": some("4A"), "4B": some("4B")}}
		plan, p := program.Prescribe(l, in)
		if len(p) > 0 {
			t.Fatal(p)
		}
		it := plan.Items[0]
		if it.Load == nil {
			if len(plan.Warnings) == 0 {
				t.Fatal("no load and no reason")
			}
			return
		}
		s, _ := l.SubStage(in.Want)
		if !slices.Contains(inv.Totals(unit, s.FromFloor), *it.Load) {
			t.Fatalf("%v cannot be put together", it.Load)
		}
		if it.Target != nil && it.Load.Cmp(*it.Target) > 0 {
			t.Fatalf("%v for a target of %v", it.Load, it.Target)
		}
		for _, w := range it.WarmUp {
			if w.Load.Cmp(*it.Load) >= 0 || !slices.Contains(inv.Totals(unit, false), w.Load) {
				t.Fatalf("a lighter set of %v before %v", w.Load, it.Load)
			}
		}
	})
}
