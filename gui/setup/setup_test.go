package setup

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

func desk() *clinic.Service {
	clock := domain.FixedClock(time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC))
	return clinic.New(clinic.Params{Store: memory.New(clock), Clock: clock})
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
		"Licence number", "Weights are said in", "Kettlebells"}
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
	for _, b := range kept.Kettlebells {
		sizes = append(sizes, b.Value.String())
	}
	if want := []string{"5", "10", "15", "20", "25", "30", "35", "45", "53", "70"}; !slices.Equal(sizes, want) {
		t.Errorf("bells %v, want %v", sizes, want)
	}
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
		Kettlebells: []domain.Mass{{Value: domain.MustDecimal("16"), Unit: domain.Kilogram}, {Value: domain.MustDecimal("9.5"), Unit: domain.Kilogram},
			{Value: domain.MustDecimal("35"), Unit: domain.Pound}}}
	first, err := s.SaveSettings(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	m := newModel()
	if err := m.load(ctx, s); err != nil {
		t.Fatal(err)
	}
	again, err := s.SaveSettings(domain.WithActor(ctx, in.Therapists[0]), m.settings())
	if err != nil {
		t.Fatal(err)
	}
	if again.Version != first.Version+1 || len(again.Therapists) != 2 || len(again.Kettlebells) != 3 {
		t.Errorf("a save without a change gives %+v", again)
	}
	if !slices.Contains(m.sizes(), "9.5") {
		t.Errorf("an owned bell of its own size is not offered: %v", m.sizes())
	}
}

func TestModelProblems(t *testing.T) {
	m := newModel()
	m.phone = "954555014"
	if got := m.problems().For("phone"); got == "" || got == "Enter the clinic phone number. It prints on every handout." {
		t.Errorf("nine digits: %q", got)
	}
	m.addTherapist()
	if got := m.problems().For("therapists[1].name"); got != "" {
		t.Errorf("an empty second therapist is a problem: %q", got)
	}
	m.in.Therapists[1].Licence = "PT9"
	if got := m.problems().For("therapists[1].name"); got == "" {
		t.Error("a second therapist with a licence and no name is no problem")
	}
	m.in.LoadUnit = domain.Kilogram
	if got := len(m.settings().Kettlebells); got != 0 {
		t.Errorf("kilograms without a tick own %d bells", got)
	}
}
