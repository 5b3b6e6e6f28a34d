package screen

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// clinicOf is a clinic on a store, with one invented patient.
func clinicOf(t *testing.T) (*clinic.Service, *guitest.Host, context.Context, patient.Patient) {
	t.Helper()
	c := domain.FixedClock(noon)
	svc := clinic.New(clinic.Params{Store: memory.New(c), Clock: c, Rules: shipped})
	h := guitest.NewHost()
	ctx := domain.WithActor(context.Background(), h.Who)
	if _, err := svc.SaveSettings(ctx, clinic.Settings{ClinicName: "Harbor PT", Phone: "9545550100",
		Therapists: []domain.Actor{h.Who}, LoadUnit: domain.Pound}); err != nil {
		t.Fatal(err)
	}
	born, _ := domain.NewDate(1986, 3, 14)
	p, err := svc.AddPatient(ctx, patient.Patient{LastName: "Alvarez", FirstName: "Mario", BirthDate: born,
		Sex: patient.Male, Phone: "9545550142"})
	if err != nil {
		t.Fatal(err)
	}
	return svc, h, ctx, p
}

// TestTheClinicSigns types a screen on real use cases and a store: what the
// form calls ready is what the clinic signs, and the draft is gone after it.
func TestTheClinicSigns(t *testing.T) {
	svc, h, ctx, p := clinicOf(t)
	chart, err := svc.Chart(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	var s *Section
	w := h.Open(t, wide, func() page.View { s = New(svc, h, shipped, chart); return s })
	w.Canvas().Focus(s.FirstFocus())
	press(w, readyKeys)
	h.Runner().Tick()
	if _, err := svc.Draft(ctx, p.ID, clinic.SectionScreen); err != nil {
		t.Errorf("the draft: %v", err)
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyReturn)
	signed, err := svc.LatestScreen(ctx, p.ID)
	if err != nil {
		t.Fatalf("nothing was signed: %v; notices %q", err, h.Notices)
	}
	if signed.Explanation.Decision.Outcome != rules.Ready || signed.Explanation.Decision.Stage != 1 ||
		signed.Signature.By.Name != h.Who.Name || signed.Signature.RulesHash != shipped.Hash() {
		t.Errorf("signed %+v by %+v", signed.Explanation.Decision, signed.Signature)
	}
	if _, err := svc.Draft(ctx, p.ID, clinic.SectionScreen); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("the draft is still there: %v", err)
	}
}
