package program_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// shipped is the route, read once.
var shipped = sync.OnceValues(func() (*program.Library, error) { return program.Load(assets.Protocol) })

func library(t interface {
	Helper()
	Fatal(...any)
}) *program.Library {
	t.Helper()
	l, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func masses(unit domain.MassUnit, sizes ...string) []domain.Mass {
	var out []domain.Mass
	for _, s := range sizes {
		out = append(out, domain.Mass{Value: domain.MustDecimal(s), Unit: unit})
	}
	return out
}

func mass(value string, unit domain.MassUnit) domain.Mass { return masses(unit, value)[0] }

var (
	kgSet = masses(domain.Kilogram, strings.Fields("4 6 8 10 12 14 16 18 20 22 24 28 32 36 40 44 48")...)
	lbSet = masses(domain.Pound, strings.Fields("5 10 15 20 25 30 35 40 45 50 55 60 70 80 90 100")...)
	comp  = masses(domain.Kilogram, strings.Fields("8 12 16 20 24 28 32")...)
)

// TestKettlebellPicks is the clinic's table of body masses and picks.
func TestKettlebellPicks(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		body, light, moderate string
		unit                  domain.MassUnit
		set                   []domain.Mass
	}{
		{"50", "6", "12", domain.Kilogram, kgSet},
		{"60", "6", "16", domain.Kilogram, kgSet},
		{"70", "8", "18", domain.Kilogram, kgSet},
		{"80", "10", "22", domain.Kilogram, kgSet},
		{"90", "10", "24", domain.Kilogram, kgSet},
		{"100", "12", "24", domain.Kilogram, kgSet},
		{"120", "12", "24", domain.Kilogram, kgSet},
		{"110", "10", "30", domain.Pound, lbSet},
		{"132", "15", "35", domain.Pound, lbSet},
		{"154", "15", "40", domain.Pound, lbSet},
		{"176", "20", "45", domain.Pound, lbSet},
		{"198", "20", "50", domain.Pound, lbSet},
		{"220", "25", "50", domain.Pound, lbSet},
		{"265", "25", "50", domain.Pound, lbSet},
		{"70", "8", "16", domain.Kilogram, comp},
		// Exactly on a size, and a hair below it.
		{"64", "8", "16", domain.Kilogram, kgSet},
		{"63.999999", "6", "16", domain.Kilogram, kgSet},
		{"80", "10", "22", domain.Kilogram, kgSet},
		{"79.9999", "8", "20", domain.Kilogram, kgSet},
	} {
		for level, want := range map[program.Level]string{program.Light: c.light, program.Moderate: c.moderate} {
			got, err := l.KettlebellLoad(level, mass(c.body, c.unit), c.set)
			if err != nil || got.Load != mass(want, c.unit) || got.Warning != "" {
				t.Errorf("%s %s, %s: %v %q, %v; want %s", c.body, c.unit, level, got.Load, got.Warning, err, want)
			}
		}
	}
}

func TestKettlebellTargets(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		level      program.Level
		body, want string
		unit       domain.MassUnit
	}{
		{program.Light, "72.5", "9.0625", domain.Kilogram},
		{program.Light, "24", "4", domain.Kilogram},
		{program.Light, "96.1", "12", domain.Kilogram},
		{program.Light, "200.8", "25", domain.Pound},
		{program.Moderate, "87.2", "23.98", domain.Kilogram},
		{program.Moderate, "300", "53", domain.Pound},
		{program.Moderate, "90", "24", domain.Kilogram},
	} {
		got, err := l.KettlebellTarget(c.level, mass(c.body, c.unit))
		if err != nil || got.Value.String() != c.want {
			t.Errorf("%s of %s %s: %v, %v; want %s", c.level, c.body, c.unit, got, err, c.want)
		}
	}
}

func TestNoBellSmallEnough(t *testing.T) {
	l := library(t)
	got, err := l.KettlebellLoad(program.Light, mass("50", domain.Kilogram), masses(domain.Kilogram, "12", "8"))
	if err != nil || got.Load != mass("8", domain.Kilogram) || !strings.Contains(got.Warning, "effort 5 or less") {
		t.Errorf("%v %q %v", got.Load, got.Warning, err)
	}
	got, err = l.KettlebellLoad(program.Moderate, mass("50", domain.Kilogram), masses(domain.Kilogram, "24", "20"))
	if err != nil || got.Load != mass("20", domain.Kilogram) || !strings.Contains(got.Warning, "effort 7 or less") {
		t.Errorf("moderate: %v %q %v", got.Load, got.Warning, err)
	}
	if _, err := l.KettlebellLoad(program.Light, mass("50", domain.Kilogram), nil); !errors.Is(err, program.ErrNoKettlebells) {
		t.Errorf("an empty list answers %v", err)
	}
	if _, err := l.KettlebellLoad(program.Light, domain.Mass{}, kgSet); !errors.Is(err, program.ErrNoBodyMass) {
		t.Errorf("no body mass answers %v", err)
	}
}

// TestMixedUnitsKeepTheirLabels: a 26 lb bell is 11.79 kg, so it is heavier
// than the 10 kg bell and lighter than the 12 kg one.
func TestMixedUnitsKeepTheirLabels(t *testing.T) {
	l := library(t)
	bells := append(masses(domain.Pound, "26"), masses(domain.Kilogram, "10", "12")...)
	got, err := l.KettlebellLoad(program.Light, mass("95", domain.Kilogram), bells)
	if err != nil || got.Load != mass("26", domain.Pound) {
		t.Errorf("%v, %v", got.Load, err)
	}
}

func ready(stage int) screen.Decision {
	return screen.Decision{Outcome: screen.Ready, Stage: stage, Cap: 4}
}

func input(stage int, want program.Code) program.Input {
	return program.Input{Decision: ready(stage), Want: want, BodyMass: mass("154", domain.Pound), Clinic: equipment.Inventory{Kettlebells: lbSet}}
}

// TestFirstLoads holds the first session of each kettlebell stage for a person
// of 70 kg: light 8, then one size up, then 90 percent, then the moderate range.
func TestFirstLoads(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		code program.Code
		want string
	}{{"2A", "8"}, {"2B", "10"}, {"2C", "12"}, {"2D", "14"}} {
		in := input(2, c.code)
		in.BodyMass, in.Clinic.Kettlebells = mass("70", domain.Kilogram), kgSet
		plan, p := program.Prescribe(l, in)
		if len(p) > 0 || plan.Items[0].Load == nil || *plan.Items[0].Load != mass(c.want, domain.Kilogram) {
			t.Errorf("%s: %+v, %v; want %s kg", c.code, plan.Items, p, c.want)
			continue
		}
		if plan.Items[0].LoadReason == "" {
			t.Errorf("%s: the load has no reason", c.code)
		}
	}
}

func TestUsualStart(t *testing.T) {
	l := library(t)
	for stage, want := range map[int]program.Code{1: "1B", 2: "2A", 3: "3A", 4: "4A"} {
		plan, p := program.Prescribe(l, input(stage, ""))
		if len(p) > 0 || plan.SubStage != want || plan.Stage != stage {
			t.Errorf("READY(%d) starts at %s, %v; want %s", stage, plan.SubStage, p, want)
		}
	}
}

func TestAllowed(t *testing.T) {
	l := library(t)
	for _, c := range []struct {
		d    screen.Decision
		want string
	}{
		{ready(1), "1A 1B"},
		{ready(2), "1A 1B 2A 2B 2C 2D"},
		{ready(3), "1A 1B 2A 2B 2C 2D 3A 3B"},
		{ready(4), "1A 1B 2A 2B 2C 2D 3A 3B 4A 4B 4C"},
		{screen.Decision{Outcome: screen.NotReady, Tracks: []string{"PAIN"}}, "0"},
		{screen.Decision{Outcome: screen.NotReady, Tracks: []string{"PAIN"}, Stale: []string{"disability"}}, "0"},
		{screen.Decision{Outcome: screen.NotReady, Tracks: []string{"PAIN"}, Stale: []string{"vitals"}}, ""},
		{screen.Decision{Outcome: screen.Retest}, ""},
		{screen.Decision{Outcome: screen.Incomplete}, ""},
		{screen.Decision{Outcome: screen.HoldRefer}, ""},
		{screen.Decision{Outcome: screen.UrgentRefer}, ""},
		{screen.Decision{Outcome: screen.Emergency}, ""},
		{screen.Decision{}, ""},
	} {
		var got []string
		for _, code := range l.Allowed(c.d) {
			got = append(got, string(code))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s stage %d allows %v, want %s", c.d.Outcome, c.d.Stage, got, c.want)
		}
	}
}

// TestRefusalsSayWhy: nothing is prescribed that the decision does not allow,
// and the sentence names the reason.
func TestRefusalsSayWhy(t *testing.T) {
	l := library(t)
	notReady := screen.Decision{Outcome: screen.NotReady, Rules: []string{"PAIN-1"}, Tracks: []string{"PAIN"}}
	stale := notReady
	stale.Stale = []string{"red_flags"}
	for _, c := range []struct {
		name string
		d    screen.Decision
		code program.Code
		want string
	}{
		{"too_high", ready(2), "3A", "stage 2 at most"},
		{"preparation_when_ready", ready(2), "0", "not needed"},
		{"not_ready", notReady, "1B", "PAIN-1"},
		{"stale_safety", stale, "0", "Safety questions"},
		{"incomplete", screen.Decision{Outcome: screen.Incomplete, Missing: []string{"vitals"}}, "1B", "Blood pressure"},
		{"incomplete_usual", screen.Decision{Outcome: screen.Incomplete, Missing: []string{"vitals"}}, "", "Blood pressure"},
		{"retest", screen.Decision{Outcome: screen.Retest, Stale: []string{"pain"}}, "1B", "Pain"},
		{"emergency", screen.Decision{Outcome: screen.Emergency, Rules: []string{"RF-CES1"}}, "1A", "RF-CES1"},
		{"no_such_step", ready(4), "5A", "no such sub-stage"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(1, c.code)
			in.Decision = c.d
			plan, p := program.Prescribe(l, in)
			if len(p) == 0 || !strings.Contains(p.Error(), c.want) || len(plan.Items) > 0 {
				t.Errorf("%v, plan %+v; want a refusal with %q", p, plan, c.want)
			}
		})
	}
}

func TestPreparationHoldsEveryTrack(t *testing.T) {
	l := library(t)
	d := screen.Decision{Outcome: screen.NotReady, Tracks: []string{"DISABILITY", "EDUCATION", "MOBILITY", "PAIN", "STRENGTH"}}
	plan, p := program.Prescribe(l, program.Input{Decision: d})
	if len(p) > 0 || len(plan.Items) == 0 || len(plan.Items) > program.MaxItems || plan.Stage != 0 {
		t.Fatalf("%+v, %v", plan, p)
	}
	if d := cmp.Diff(d.Tracks, plan.Tracks); d != "" {
		t.Error(d)
	}
	for _, hurts := range []screen.Decision{
		{Outcome: screen.NotReady, Tracks: []string{"PAIN"}, Rules: []string{"MOB-2"}},
		{Outcome: screen.NotReady, Tracks: []string{"PAIN"}, Missing: []string{"dowel_hinge"}},
	} {
		plan, _ := program.Prescribe(l, program.Input{Decision: hurts})
		for _, it := range plan.Items {
			if it.Exercise == l.HingePractice {
				t.Errorf("hinge practice although %v %v", hurts.Rules, hurts.Missing)
			}
		}
	}
}

func TestHomeSheet(t *testing.T) {
	l := library(t)
	onSheet := func(in program.Input) map[string]string {
		plan, p := program.Prescribe(l, in)
		if len(p) > 0 {
			t.Fatal(p)
		}
		out := map[string]string{}
		for _, it := range plan.Items {
			if !it.OnSheet && it.OffSheetReason == "" {
				t.Errorf("%s is off the sheet without a reason", it.Exercise)
			}
			if it.OnSheet {
				out[it.Exercise] = ""
				if it.Load != nil {
					out[it.Exercise] = it.Load.String()
				}
			}
		}
		return out
	}
	in := input(2, "2A")
	if _, ok := onSheet(in)["kb_rdl_step"]; ok {
		t.Error("a kettlebell lift is on the sheet of somebody without a kettlebell")
	}
	in.Home.Kettlebells = masses(domain.Pound, "10")
	if got := onSheet(in)["kb_rdl_step"]; got != "10 pounds" {
		t.Errorf("at home with %q, want the bell that is there", got)
	}
	in.Home.Kettlebells = masses(domain.Pound, "35")
	if _, ok := onSheet(in)["kb_rdl_step"]; ok {
		t.Error("a bell far above the target is on the sheet")
	}
	for _, c := range []struct{ barbell, place, want bool }{{false, false, false}, {true, false, false}, {false, true, false}, {true, true, true}} {
		in := input(4, "4A")
		in.SupervisedPlace = c.place
		if c.barbell {
			in.Home.Barbell = equipment.Yes
		}
		if _, ok := onSheet(in)["deadlift"]; ok != c.want {
			t.Errorf("barbell %v, place %v: on the sheet %v", c.barbell, c.place, ok)
		}
		if _, ok := onSheet(in)["bridge"]; !ok && len(onSheet(in)) == 0 {
			t.Error("nothing is left for home")
		}
	}
}

// TestHeavyLiftsOfWeakBoneStayInTheClinic, whatever stands at home.
func TestHeavyLiftsOfWeakBoneStayInTheClinic(t *testing.T) {
	in := input(4, "4A")
	in.Home.Barbell, in.SupervisedPlace = equipment.Yes, true
	in.Decision.Flags = []string{"CAUTION:bone_supervised"}
	plan, p := program.Prescribe(library(t), in)
	if len(p) > 0 {
		t.Fatal(p)
	}
	if it := plan.Items[0]; it.Exercise != "deadlift" || it.OnSheet || !strings.HasPrefix(it.OffSheetReason, "Bone health") {
		t.Errorf("%+v", it)
	}
}

func TestBodyMassIsNamedWhenMissing(t *testing.T) {
	in := input(2, "2A")
	in.BodyMass = domain.Mass{}
	_, p := program.Prescribe(library(t), in)
	if p.For("body_mass") == "" {
		t.Errorf("got %v", p)
	}
}

func TestParseRefuses(t *testing.T) {
	b, err := assets.Protocol.ReadFile("protocol/protocol.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown_key", `"version"`, `"verzion"`, "there is no such field"},
		{"unknown_exercise", `"main": "deadlift"`, `"main": "deadlifts"`, "does not exist"},
		{"wrong_order", `"code": "1A"`, `"code": "1B"`, "order of the route"},
		{"no_way_back", `"back": "2A"`, `"back": "1A"`, "must be 2A"},
		{"unsupervised_bar", `"where": "supervised"`, `"where": "home_and_clinic"`, "supervised"},
		{"unknown_equipment", `"needs": "dowel"`, `"needs": "rope"`, "does not know"},
		{"no_level", `"level": "moderate",
   "set_up"`, `"level": "",
   "set_up"`, "needs light"},
		{"light_above_moderate", `"light_percent": 12.5`, `"light_percent": 27.5`, "below the moderate range"},
		{"lost_track", `"id": "PAIN"`, `"id": "PAINS"`, "PAIN is missing"},
		{"unused_exercise", `"hinge_practice": "dowel_hinge"`, `"hinge_practice": "dowel"`, "does not exist"},
		{"weight_nobody_chose", `"hinge_practice": "dowel_hinge"`, `"hinge_practice": "kb_rdl"`, "may need a weight"},
		{"no_measurable", `"text": "Exit of 3A"`, `"text": "Goes well"`, "a criterion with a number"},
		{"no_rest", `"min": 90,
     "max": 90`, `"min": 0,
     "max": 0`, "needs a rest"},
		{"no_ramp", `"percent": 50`, `"percent": 150`, "run upward"},
		{"one_unit", `[30 centimeters|12 inches]`, `30 centimeters`, "in both units"},
		{"half_a_length", `[30 centimeters|12 inches]`, `[30 centimeters]`, "in both units"},
		{"no_home_lift", `"lift": "kb_deadlift"`, `"lift": "deadlift"`, "level for home"},
		{"home_needs_a_bench", `"unloaded": "dowel_hinge"`, `"unloaded": "back_extension_hold"`, "without a weight"},
		{"lost_accessory", `"accessories": [
  "bridge",`, `"accessories": [`, "is not in the list of accessories"},
		{"tempo_without_units", `"tempo": "3-1-1"`, `"tempo": "slow"`, "the tempo is seconds"},
		{"fast_track_to_nowhere", `"one_session": [
   "2A"`, `"one_session": [
   "2E"`, "does not exist"},
		{"same_criterion", `"id": "1B.depth"`, `"id": "1B.contacts"`, "id of its own"},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := strings.Replace(string(b), c.from, c.to, 1)
			if broken == string(b) {
				t.Fatalf("%q is not in the file", c.from)
			}
			if _, err := program.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestHandoutTextIsWhole(t *testing.T) {
	l := library(t)
	text, err := program.LoadHandoutText(assets.Handouts, "en", l)
	if err != nil {
		t.Fatal(err)
	}
	for id, e := range text.Exercises {
		for _, s := range e.Steps {
			if n := len(strings.Fields(s)); n > 16 {
				t.Errorf("%s: a step of %d words: %s", id, n, s)
			}
		}
	}
	if _, err := program.LoadHandoutText(assets.Handouts, "xx", l); err == nil {
		t.Error("a language that is not there was found")
	}
}

func TestDoseWords(t *testing.T) {
	load := mass("35", domain.Pound)
	one := func(n int) program.Range { return program.Range{Min: n, Max: n} }
	for _, c := range []struct {
		d    program.Dose
		load *domain.Mass
		want string
	}{
		{program.Dose{Sets: one(3), Reps: one(10), RestSeconds: program.Range{Min: 60, Max: 90}, DaysPerWeek: one(3)}, &load,
			"3 sets, 10 times each, 35 pounds, 3 days a week, 60 to 90 seconds rest"},
		{program.Dose{Sets: program.Range{Min: 3, Max: 4}, Reps: program.Range{Min: 8, Max: 10}, RestSeconds: program.Range{Min: 60, Max: 120}, DaysPerWeek: program.Range{Min: 2, Max: 3}}, nil,
			"3 to 4 sets, 8 to 10 times each, 2 to 3 days a week, 1 to 2 minutes rest"},
		{program.Dose{Sets: one(2), Reps: one(6), PerSide: true, HoldSeconds: one(5), DaysPerWeek: one(1), RestSeconds: one(60)}, nil,
			"2 sets, 6 each side, 5 seconds hold, 1 day a week, 1 minute rest"},
		{program.Dose{Minutes: one(10), DaysPerWeek: one(7)}, nil, "10 minutes each day, 7 days a week"},
	} {
		if got := program.DoseLine(c.d, c.load); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := program.TempoWords("3-1-1"); got != "3 seconds down, 1 second pause, 1 second up" {
		t.Errorf("tempo %q", got)
	}
}

// TestLoadIsAlwaysThere: whatever the bells and the body, the pick is one of
// the bells, and above the target only with a warning; and more body mass
// never picks a lighter bell.
func TestLoadIsAlwaysThere(t *testing.T) {
	l := library(t)
	levels := []program.Level{program.Light, program.Heavier, program.Longer, program.Moderate}
	rapid.Check(t, func(t *rapid.T) {
		var bells []domain.Mass
		for range rapid.IntRange(1, 8).Draw(t, "bells") {
			unit := rapid.SampledFrom([]domain.MassUnit{domain.Kilogram, domain.Pound}).Draw(t, "unit")
			bells = append(bells, domain.Mass{Value: domain.NewDecimal(rapid.IntRange(1, 100).Draw(t, "size")), Unit: unit})
		}
		level := rapid.SampledFrom(levels).Draw(t, "level")
		unit := rapid.SampledFrom([]domain.MassUnit{domain.Kilogram, domain.Pound}).Draw(t, "body unit")
		m := rapid.IntRange(44, 350).Draw(t, "body")
		light, err := l.KettlebellLoad(level, domain.Mass{Value: domain.NewDecimal(m), Unit: unit}, bells)
		if err != nil {
			t.Fatal(err)
		}
		there := false
		for _, b := range bells {
			there = there || b == light.Load
		}
		if !there || (light.Load.Cmp(light.Target) > 0) != (light.Warning != "") {
			t.Fatalf("%v of %v for %v, warning %q", light.Load, bells, light.Target, light.Warning)
		}
		more, err := l.KettlebellLoad(level, domain.Mass{Value: domain.NewDecimal(m + 10), Unit: unit}, bells)
		if err != nil || more.Load.Cmp(light.Load) < 0 {
			t.Fatalf("10 more body mass picks %v instead of %v (%v)", more.Load, light.Load, err)
		}
	})
}

// TestPlanIsTheSameEachTime keeps signing honest: a plan is compared as JSON.
func TestPlanIsTheSameEachTime(t *testing.T) {
	l := library(t)
	a, _ := program.Prescribe(l, input(2, "2B"))
	b, _ := program.Prescribe(l, input(2, "2B"))
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	if string(x) != string(y) {
		t.Errorf("%s\n%s", x, y)
	}
}
