package screen

import (
	"context"
	"strings"
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

// TestScoreAgain: when the clinic has signed other rules, a signed screen can be
// judged by them as a new record; the old one can be checked.
func TestScoreAgain(t *testing.T) {
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
	show := func() (*guitest.Window, *Section) {
		chart, err := svc.Chart(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		var s *Section
		w := h.Open(t, wide, func() page.View { s = New(svc, h, chart.Rules, chart); return s })
		w.Canvas().Focus(s.FirstFocus())
		return w, s
	}
	w, s := show()
	press(w, readyKeys)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyReturn)
	if names := actions(s); names != "Check the record" {
		t.Errorf("under the rules in force: %s", names)
	}
	s.verify()
	if got := h.Said[len(h.Said)-1]; got != "The rules it was signed under, "+shipped.Version+", give the same result again." {
		t.Errorf("checked: %q", got)
	}
	if _, err := svc.SignRules(ctx, clinic.RulesRequest{Edits: rules.Edits{"bst_min": "120"}, Reason: "Longer holds for climbers"}); err != nil {
		t.Fatal(err)
	}
	w, s = show()
	if names := actions(s); names != "Check the record, Score again…" {
		t.Fatalf("under older rules: %s", names)
	}
	s.More()[1].Do()
	if !h.Router().SheetOpen() {
		t.Fatalf("nobody asks for the signature, told %q", h.Notices)
	}
	w.Press(fyne.KeyReturn)
	all, err := svc.Screens(ctx, p.ID)
	if err != nil || len(all) != 2 || all[1].RescoredFrom != all[0].ID || all[1].Explanation.Decision.Outcome != rules.NotReady ||
		all[0].Explanation.Decision.Outcome != rules.Ready {
		t.Fatalf("%d records, %v, told %q", len(all), err, h.Notices)
	}
	if names := actions(s); names != "Check the record" || h.Said[len(h.Said)-1] != "Scored again by "+shipped.Version+"+clinic.1" {
		t.Errorf("afterwards: %s, said %q", names, h.Said[len(h.Said)-1])
	}
	if got := rescoredWords(all[1]); got != ". The answers are those of Nov 22, 2026, scored again by other rules." || rescoredWords(all[0]) != "" {
		t.Errorf("%q", got)
	}
	s.verify()
	if got := h.Said[len(h.Said)-1]; !strings.Contains(got, "+clinic.1, give the same result again") {
		t.Errorf("checked again: %q", got)
	}
}

func actions(s *Section) string {
	var names []string
	for _, a := range s.More() {
		names = append(names, a.Text)
	}
	return strings.Join(names, ", ")
}

func TestDifferenceWords(t *testing.T) {
	v := clinic.Verification{Rules: "BB-1.0", Differences: []clinic.Difference{{Part: "Result"}, {Part: "Stage"}}}
	if got := differenceWords(v); !strings.HasSuffix(got, "Different: result, stage. Screen again before anything is planned.") {
		t.Error(got)
	}
	v.Differences = []clinic.Difference{{Part: "Reasons"}}
	if got := differenceWords(v); !strings.Contains(got, "the same result again, in other words") {
		t.Error(got)
	}
}
