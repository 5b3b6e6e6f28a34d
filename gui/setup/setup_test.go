package setup

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

func desk() *clinic.Service {
	clock := domain.FixedClock(time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC))
	route, err := program.Load(assets.Protocol)
	if err != nil {
		panic(err)
	}
	return clinic.New(clinic.Params{Store: memory.New(clock), Clock: clock, Library: route})
}

func open(t *testing.T, s *clinic.Service) (*guitest.Window, *guitest.Host, *clinic.Settings) {
	t.Helper()
	h := guitest.NewHost()
	saved := &clinic.Settings{}
	w := h.Open(t, fyne.NewSize(1100, 600), func() page.View {
		return New(Params{Frame: h, Records: s, OnSaved: func(in clinic.Settings) { *saved = in }})
	})
	return w, h, saved
}

func TestTabOrder(t *testing.T) {
	w, _, _ := open(t, desk())
	want := []string{"Clinic name", "Clinic phone", "Address", "Hours", "Therapist name", "Credentials",
		"Licence number", "Weights are said in", "Fill empty lists with", "Kettlebells", "Other kettlebells", "Dumbbells",
		"Empty bars", "A pair of collars", "Wide plates, in pairs", "Small plates, in pairs", "Steps", "Blocks for plates", "Rack pins",
		"Practitioner of record (Florida)"}
	if got := w.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab order\n got %q\nwant %q", got, want)
	}
}

func TestTypedThrough(t *testing.T) {
	s := desk()
	w, _, saved := open(t, s)
	w.GoTo("Clinic name")
	w.Type("Example Physical Therapy")
	w.Press(fyne.KeyReturn)
	w.Type("9545550100") // the tenth digit moves on
	w.Type("12 Palm Way, Miami, FL 33101")
	w.Press(fyne.KeyReturn)
	w.Type("Mon to Fri 7 am to 9 pm")
	w.Press(fyne.KeyReturn)
	w.Type("R. Castello")
	w.Press(fyne.KeyReturn)
	w.Type("PT, DPT")
	w.Press(fyne.KeyReturn)
	w.Type("PT12345")
	w.Press(fyne.KeyReturn, fyne.KeyReturn) // pounds stay
	w.Press(fyne.KeyReturn)                 // nothing is filled in
	w.Type(" ")                             // the first bell, 5 pounds
	w.Golden("setup_filled")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if saved.Version != 1 {
		t.Fatalf("not saved: %+v", saved)
	}
	kept, err := s.Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if kept.ClinicName != "Example Physical Therapy" || kept.Phone != "9545550100" || kept.LoadUnit != domain.Pound {
		t.Errorf("kept %+v", kept)
	}
	if len(kept.Therapists) != 1 || kept.Therapists[0].Name != "R. Castello" || kept.Therapists[0].Licence != "PT12345" {
		t.Errorf("therapists %+v", kept.Therapists)
	}
	var sizes []string
	for _, b := range kept.Equipment.Kettlebells {
		sizes = append(sizes, b.Value.String())
	}
	if want := []string{"5"}; !slices.Equal(sizes, want) {
		t.Errorf("bells %v, want only the one that was ticked", sizes)
	}
}

// TestTheListFilledWithTheUsual looks right at the end of the page.
func TestTheListFilledWithTheUsual(t *testing.T) {
	w, _, _ := open(t, desk())
	w.GoTo("Fill empty lists with")
	w.Type("u")
	w.GoTo("Rack pins")
	w.Golden("setup_equipment")
}

func TestNothingTypedIsRefusedInWords(t *testing.T) {
	w, h, saved := open(t, desk())
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if saved.Version != 0 {
		t.Fatal("saved an empty clinic")
	}
	if w.Focused() != "Clinic name" {
		t.Errorf("the keyboard is on %q, want the first problem", w.Focused())
	}
	w.Press(fyne.KeyF8)
	if w.Focused() != "Clinic phone" {
		t.Errorf("F8 goes to %q", w.Focused())
	}
	if got, want := h.Said[len(h.Said)-1], "Not saved. 5 problems."; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	w.Golden("setup_problems")
}

func TestSettingsComeBack(t *testing.T) {
	s := desk()
	ctx := context.Background()
	in := clinic.Settings{ClinicName: "Example", Phone: "9545550100", LoadUnit: domain.Kilogram,
		Therapists: []domain.Actor{{Name: "A", Credentials: "PT", Licence: "1"}, {Name: "B", Credentials: "PT", Licence: "2"}},
		Equipment:  equipment.Usual(domain.Kilogram)}
	in.Equipment.Kettlebells = []domain.Mass{kg("16"), kg("9.5"), lb("35"), lb("17.5")}
	in.Equipment.Bars = []domain.Mass{lb("45"), kg("20")}
	in.Equipment.Plates = append(in.Equipment.Plates, equipment.Plates{Mass: lb("45"), Pairs: 3, Wide: true})
	in.Equipment.Ranges = []equipment.Range{{Of: equipment.Dumbbell, From: domain.NewDecimal(5), To: domain.NewDecimal(50), By: domain.NewDecimal(5), Unit: domain.Pound}}
	in.Equipment.Blocks = []domain.Length{{Value: domain.NewDecimal(4), Unit: domain.Inch}}
	in.Equipment.Collars = kg("5")
	first, err := s.SaveSettings(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	m := newModel()
	if err := m.load(ctx, s); err != nil {
		t.Fatal(err)
	}
	if m.typed() {
		t.Error("settings just read count as typed")
	}
	again, err := s.SaveSettings(domain.WithActor(ctx, in.Therapists[0]), m.settings())
	if err != nil {
		t.Fatal(err)
	}
	if again.Version != first.Version+1 || len(again.Therapists) != 2 {
		t.Errorf("a save without a change gives %+v", again)
	}
	sameGear(t, "saved without a change", in.Equipment, again.Equipment)

	// Another unit of the clinic, there and back, rewrites nothing.
	for _, unit := range []domain.MassUnit{domain.Pound, domain.Kilogram, domain.Pound} {
		m.setUnit(unit)
		sameGear(t, "said in "+unit.Name(), in.Equipment, m.settings().Equipment)
	}
	if got := m.otherUnit(); got != "Also 16 kilograms" {
		t.Errorf("bells out of sight: %q", got)
	}
	if got := m.gear.lists[pathBars]; got != "45, 20 kg" {
		t.Errorf("bars read %q", got)
	}
}

func kg(s string) domain.Mass {
	return domain.Mass{Value: domain.MustDecimal(s), Unit: domain.Kilogram}
}
func lb(s string) domain.Mass { return domain.Mass{Value: domain.MustDecimal(s), Unit: domain.Pound} }

// sameGear compares two inventories without regard to the order of their lists.
func sameGear(t *testing.T, what string, want, got equipment.Inventory) {
	t.Helper()
	words := func(inv equipment.Inventory) string {
		var out []string
		for _, list := range []any{inv.Kettlebells, inv.Dumbbells, inv.Ranges, inv.Bars, inv.Plates, inv.Steps, inv.Blocks, inv.Pins} {
			v := reflect.ValueOf(list)
			for i := range v.Len() {
				out = append(out, fmt.Sprintf("%T %v", v.Index(i).Interface(), v.Index(i).Interface()))
			}
		}
		slices.Sort(out)
		return strings.Join(append(out, inv.Collars.String()), "\n")
	}
	if a, b := words(want), words(got); a != b {
		t.Errorf("%s: got\n%s\nwant\n%s", what, b, a)
	}
}

// TestTheUsualListIsPickedNotGiven: a new clinic owns nothing until somebody
// says so, and can then strike out what it has not.
func TestTheUsualListIsPickedNotGiven(t *testing.T) {
	m := newModel()
	if got := m.settings().Equipment; len(got.Bells())+len(got.Bars)+len(got.Plates) > 0 {
		t.Errorf("a new clinic owns %+v", got)
	}
	m.fill()
	if got := m.settings().Equipment; len(got.Bells()) != 9 || len(got.Bars) != 3 {
		t.Errorf("the usual list is %+v", got)
	}
	want := "Loads from 15 to 747.5 pounds, smallest change 2.5 pounds. From the floor at standard height from 25 pounds."
	if got := m.canMake(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	m.gear.lists[pathBars] = "33"
	m.fill()
	if got := m.settings().Equipment; len(got.Bars) != 1 {
		t.Errorf("what was typed became %+v", got.Bars)
	}
}

// TestEquipmentProblemsStandByTheirField.
func TestEquipmentProblemsStandByTheirField(t *testing.T) {
	for _, c := range []struct{ path, typed, want string }{
		{pathBells, "16", "Is one of the sizes in kilograms?"},
		{pathBells, "500", "A kettlebell must be from 2.3 to 220 pounds"},
		{pathBells, "10 to 5 by 1", "A range must run upward"},
		{pathDumbbells, "heavy", "Write the sizes"},
		{pathDumbbells, "50 to 5 by 5", "A range must run upward"},
		{pathBars, "450", "A bar must be from 1 to 100"},
		{pathCollars, "5, 5", "Write what a pair of collars weighs"},
		{pathCollars, "50", "A pair of collars must be from 0 to 12"},
		{pathPlates, "45 x 2, 450", "A plate must be from 0.1 to 100"},
		{pathWide, "45 x 2, 450", "A plate must be from 0.1 to 100"},
		{pathWide, "45 times 2", "Write each plate once"},
		{pathSteps, "12 lb", "Write the heights"},
		{pathPins, "0.1", "A height must be"},
	} {
		m := newModel()
		m.gear.lists[c.path] = c.typed
		p := m.problems()
		if got := p.For(c.path); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %q: %q in %v, want %q", c.path, c.typed, got, p, c.want)
		}
		if !m.typed() {
			t.Errorf("%s %q does not count as typed", c.path, c.typed)
		}
	}
}

func TestModelProblems(t *testing.T) {
	m := newModel()
	m.phone = "954555014"
	if got := m.problems().For("phone"); got == "" || got == "Enter the clinic phone number. It prints on every handout." {
		t.Errorf("nine digits: %q", got)
	}
}

// keptClinic is a clinic that is set up, and its settings page.
func keptClinic(t *testing.T) (*guitest.Window, *clinic.Settings) {
	t.Helper()
	s := desk()
	in := clinic.Settings{ClinicName: "Example", Phone: "9545550100", LoadUnit: domain.Pound,
		Therapists: []domain.Actor{{Name: "A", Credentials: "PT", Licence: "1"}}}
	if _, err := s.SaveSettings(context.Background(), in); err != nil {
		t.Fatal(err)
	}
	var v *View
	h, saved := guitest.NewHost(), &clinic.Settings{}
	h.Who = in.Therapists[0]
	w := h.Open(t, fyne.NewSize(1100, 600), func() page.View {
		v = New(Params{Frame: h, Records: s, OnSaved: func(in clinic.Settings) { *saved = in }})
		return v
	})
	v.Refresh()
	for _, a := range v.More() {
		if a.Text == "Clone the route" {
			a.Do()
		}
	}
	return w, saved
}

// TestATemplateAsksForLess: the clone takes fewer sets, is kept, and comes back;
// more than the route is refused beside its box, and nothing typed is lost.
func TestATemplateAsksForLess(t *testing.T) {
	w, saved := keptClinic(t)
	if got := w.Focused(); got != "Name of this template" {
		t.Fatalf("the keyboard is on %q", got)
	}
	sets := "3A  Barbell rack pull, above the knee, Sets"
	w.GoTo(sets)
	w.Press(fyne.KeyDelete)
	w.Type("5")
	w.Golden("setup_template")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if saved.Version != 0 || w.Focused() != sets {
		t.Fatalf("saved %+v, the keyboard is on %q", saved.Templates, w.Focused())
	}
	w.Press(fyne.KeyBackspace)
	w.Type("2")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(saved.Templates) != 1 || saved.Template != "Template 1" || len(saved.Templates[0].Steps) != 1 {
		t.Fatalf("saved %+v", saved)
	}
	step := saved.Templates[0].Steps[0]
	if step.SubStage != "3A" || step.Sets == nil || *step.Sets != (program.Range{Min: 2, Max: 2}) || step.Reps != nil {
		t.Errorf("kept %+v", step)
	}
}
