package clinic_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

func TestTheWholeVisit(t *testing.T) {
	d := open(t)
	next := func(want, section string) {
		t.Helper()
		c, err := d.Chart(d.ctx, d.patient.ID)
		if err != nil {
			t.Fatal(err)
		}
		if c.Next.Text != want || c.Next.Section != section {
			t.Errorf("next is %+v, want %q in %s", c.Next, want, section)
		}
	}
	next("Start intake", clinic.SectionIntake)
	d.saveIntake()
	next("Start screen", clinic.SectionScreen)
	if err := d.SaveDraft(d.ctx, d.patient.ID, clinic.SectionScreen, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	next("Screen: not signed", clinic.SectionScreen)
	s := d.signScreen()
	if s.Version != 1 || s.Explanation.Decision.Outcome != screen.Ready || s.Signature.By != castello ||
		s.Signature.RulesHash != d.rules.Hash() || s.TakenOn.String() != "2026-11-22" {
		t.Errorf("signed %+v", s)
	}
	if s.Answers.Patient.AgeYears == nil || *s.Answers.Patient.AgeYears != 40 || s.Answers.Patient.Sex != "female" {
		t.Errorf("the patient of the case is %+v", s.Answers.Patient)
	}
	if _, err := d.Draft(d.ctx, d.patient.ID, clinic.SectionScreen); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("the draft is still there after signing: %v", err)
	}
	next("Plan ready to sign", clinic.SectionPlan)
	plan := d.signPlan("1A")
	if plan.Version != 1 || plan.ScreenID != s.ID || plan.Signature.RulesHash != d.route.Hash() {
		t.Errorf("signed %+v", plan)
	}
	next("Print handout", clinic.SectionHandouts)
	h, err := d.IssueHandout(d.front, sheet(plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	back, err := d.HandoutPDF(d.ctx, h.ID)
	if err != nil || string(back.PDF) != "%PDF-1.3 sheet" || back.By.Name != "M. Park" {
		t.Errorf("got %+v %v", back, err)
	}
	next("None", clinic.SectionPlan)
	c, err := d.Chart(d.ctx, d.patient.ID)
	if err != nil {
		t.Fatal(err)
	}
	states := []string{c.IntakeState, c.ScreenState, c.PlanState, c.HandoutsState}
	if want := []string{"done", "signed", "signed", "1 given"}; !slices.Equal(states, want) {
		t.Errorf("states %q, want %q", states, want)
	}
	d.clock.addDays(8) // pain is good for seven days
	next("Re-screen due", clinic.SectionScreen)
	want := []string{"settings.save", "patient.add", "intake.save", "draft.start", "screen.sign", "plan.sign", "handout.issue", "handout.copy"}
	if got := d.trail(); !slices.Equal(got, want) {
		t.Errorf("trail %q, want %q", got, want)
	}
}

func TestNobodyChangesAnythingWithoutAName(t *testing.T) {
	d := open(t)
	plan := func() domain.PlanID { d.saveIntake(); d.signScreen(); return d.signPlan("1A").ID }()
	before := d.trail()
	nobody := context.Background()
	s, err := d.Settings(nobody)
	if err != nil {
		t.Fatal(err)
	}
	other := somebody()
	other.FirstName = "Ana"
	in, err := d.LatestIntake(nobody, d.patient.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, e1 := d.SaveSettings(nobody, s)
	_, e2 := d.AddPatient(nobody, other)
	_, e3 := d.UpdatePatient(nobody, d.patient)
	_, e4 := d.SaveIntake(nobody, in)
	e5 := d.SaveDraft(nobody, d.patient.ID, clinic.SectionPlan, nil)
	e6 := d.DiscardDraft(nobody, d.patient.ID, clinic.SectionPlan)
	_, e7 := d.SignScreen(nobody, d.patient.ID, d.ready())
	_, e8 := d.IssueHandout(nobody, sheet(plan))
	_, e9 := d.HandoutPDF(nobody, "any")
	for i, err := range []error{e1, e2, e3, e4, e5, e6, e7, e8, e9} {
		if !errors.Is(err, domain.ErrNotAllowed) {
			t.Errorf("%d: %v", i+1, err)
		}
	}
	if after := d.trail(); !slices.Equal(before, after) {
		t.Errorf("the trail grew: %q", after[len(before):])
	}
}

func TestOnlyAListedTherapistSigns(t *testing.T) {
	d := open(t)
	d.saveIntake()
	_, err := d.SignScreen(d.front, d.patient.ID, d.ready())
	refused(t, err, "Only a therapist listed in Settings")
	impostor := castello
	impostor.Licence = "PT 99999"
	_, err = d.SignScreen(domain.WithActor(context.Background(), impostor), d.patient.ID, d.ready())
	refused(t, err, "Only a therapist listed in Settings")
	d.signScreen()
	shown, err := d.DraftPlan(d.front, d.patient.ID, "1A")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.SignPlan(d.front, d.patient.ID, shown)
	refused(t, err, "Only a therapist listed in Settings")
}

func TestSettingsAreChecked(t *testing.T) {
	for _, c := range []struct {
		change func(*clinic.Settings)
		field  string
	}{
		{func(s *clinic.Settings) { s.ClinicName = " " }, "clinic_name"},
		{func(s *clinic.Settings) { s.ClinicName = strings.Repeat("x", 81) }, "clinic_name"},
		{func(s *clinic.Settings) { s.Phone = "" }, "phone"},
		{func(s *clinic.Settings) { s.Phone = "955" }, "phone"},
		{func(s *clinic.Settings) { s.Address = strings.Repeat("x", 201) }, "address"},
		{func(s *clinic.Settings) { s.Hours = "\x00" }, "hours"},
		{func(s *clinic.Settings) { s.Therapists = nil }, "therapists"},
		{func(s *clinic.Settings) { s.Therapists[0].Name = "" }, "therapists[0].name"},
		{func(s *clinic.Settings) { s.Therapists[0].Credentials = "" }, "therapists[0].credentials"},
		{func(s *clinic.Settings) { s.Therapists[0].Licence = "" }, "therapists[0].licence"},
		{func(s *clinic.Settings) { s.Equipment.Kettlebells = []domain.Mass{{}} }, "equipment.kettlebells[0]"},
		{func(s *clinic.Settings) { s.LoadUnit = "stone" }, "load_unit"},
	} {
		s := settings()
		s.Therapists = slices.Clone(s.Therapists)
		c.change(&s)
		if got := clinic.ValidateSettings(s); len(got) != 1 || got[0].Field != c.field {
			t.Errorf("%s: got %v", c.field, got)
		}
	}
	if got := clinic.ValidateSettings(settings()); got != nil {
		t.Errorf("good settings: %v", got)
	}
}

func TestSettingsConflict(t *testing.T) {
	d := open(t)
	s, err := d.Settings(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Hours = "8 to 5"
	saved, err := d.SaveSettings(d.ctx, s)
	if err != nil || saved.Version != 2 {
		t.Fatalf("%+v %v", saved, err)
	}
	if _, err := d.SaveSettings(d.ctx, s); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("got %v", err)
	}
}

func TestDuplicates(t *testing.T) {
	d := open(t)
	again := somebody()
	again.LastName, again.FirstName = "ÁLVAREZ", "María"
	_, err := d.AddPatient(d.front, again)
	refused(t, err, "A patient with this name and birth date is already here.")
	if strings.Contains(clinic.Sentence(err), "lvarez") {
		t.Error("the refusal names the patient")
	}
	found, err := d.FindDuplicates(d.front, again)
	if err != nil || len(found.Exact) != 1 || found.Exact[0].ID != d.patient.ID {
		t.Fatalf("%+v %v", found, err)
	}
	namesake, err := d.AddNamesake(d.front, again)
	if err != nil || namesake.Number != 2 {
		t.Fatalf("%+v %v", namesake, err)
	}
	marta := somebody()
	marta.FirstName, marta.BirthDate.Year = "Marta", 1968
	found, err = d.FindDuplicates(d.front, marta)
	if err != nil || len(found.Exact) != 0 || len(found.Similar) != 2 {
		t.Fatalf("%+v %v", found, err)
	}
	found, err = d.FindDuplicates(d.front, d.patient)
	if err != nil || len(found.Exact) != 1 || found.Exact[0].ID != namesake.ID {
		t.Fatalf("somebody is their own duplicate: %+v %v", found, err)
	}
	if got := d.trail(); got[len(got)-1] != "patient.add_namesake" {
		t.Errorf("trail %q", got)
	}
}

func TestPatientEdits(t *testing.T) {
	d := open(t)
	p := d.patient
	p.Phone, p.Number = "3055550199", 99
	saved, err := d.UpdatePatient(d.front, p)
	if err != nil || saved.Version != 2 || saved.Number != 1 {
		t.Fatalf("%+v %v", saved, err)
	}
	if _, err := d.UpdatePatient(d.front, p); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("got %v", err)
	}
	saved.LastName = ""
	if _, err := d.UpdatePatient(d.front, saved); clinic.Reasons(err).For("last_name") != "Enter the last name" {
		t.Errorf("got %v", err)
	}
	saved.ID, saved.LastName = "nobody", "Some"
	if _, err := d.UpdatePatient(d.front, saved); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	bad := somebody()
	bad.FirstName, bad.Phone = "", "955"
	_, err = d.AddPatient(d.front, bad)
	if got := clinic.Reasons(err); got.For("first_name") == "" || got.For("phone") == "" {
		t.Errorf("got %v", err)
	}
}

func TestFindPatients(t *testing.T) {
	d := open(t)
	for i, name := range []string{"Marta", "Peter", "Zoe"} {
		p := somebody()
		p.FirstName, p.BirthDate.Year = name, 1950+i
		if _, err := d.AddPatient(d.front, p); err != nil {
			t.Fatal(err)
		}
	}
	list, err := d.FindPatients(d.front, "alv mar", 10)
	if err != nil || list.Total != 2 || len(list.Rows) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	for _, r := range list.Rows {
		if !r.Similar || r.Next.Text != "Start intake" {
			t.Errorf("%+v", r)
		}
	}
	if list.Rows[0].Age != 40 || list.Rows[0].Patient.FirstName != "Maria" {
		t.Errorf("%+v", list.Rows[0])
	}
	list, err = d.FindPatients(d.front, "", 3)
	if err != nil || list.Total != 4 || len(list.Rows) != 3 || list.Rows[2].Similar {
		t.Errorf("%+v %v", list, err)
	}
	d.saveIntake()
	d.signScreen()
	d.signPlan("1A")
	list, err = d.FindPatients(d.front, "maria", 0)
	if err != nil || list.Rows[0].Step != "1A" || list.Rows[0].Next.Text != "Print handout" {
		t.Errorf("%+v %v", list, err)
	}
}

func TestIntakes(t *testing.T) {
	d := open(t)
	if err := d.SaveDraft(d.front, d.patient.ID, clinic.SectionIntake, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	one := d.saveIntake()
	if _, err := d.Draft(d.front, d.patient.ID, clinic.SectionIntake); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("the draft is still there after saving: %v", err)
	}
	two := one
	two.MainProblem = "Better"
	saved, err := d.SaveIntake(d.front, two)
	if err != nil || saved.Version != 2 || saved.ID == one.ID {
		t.Fatalf("%+v %v", saved, err)
	}
	if _, err := d.SaveIntake(d.front, two); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("got %v", err)
	}
	_, err = d.SaveIntake(d.front, intake.Intake{PatientID: d.patient.ID, Language: "en", MainProblem: "123-45-6789"})
	if clinic.Reasons(err).For("main_problem") == "" {
		t.Errorf("got %v", err)
	}
	if _, err := d.SaveIntake(d.front, intake.Intake{PatientID: "nobody", Language: "en"}); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestDrafts(t *testing.T) {
	d := open(t)
	for i := range 3 {
		if err := d.SaveDraft(d.front, d.patient.ID, clinic.SectionPlan, fmt.Appendf(nil, `{"n":%d}`, i)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := d.Draft(d.front, d.patient.ID, clinic.SectionPlan)
	if err != nil || string(got.Data) != `{"n":2}` || got.By.Name != "M. Park" {
		t.Errorf("%+v %v", got, err)
	}
	for range 2 {
		if err := d.DiscardDraft(d.front, d.patient.ID, clinic.SectionPlan); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"settings.save", "patient.add", "draft.start", "draft.discard"}
	if got := d.trail(); !slices.Equal(got, want) {
		t.Errorf("trail %q, want %q", got, want)
	}
	if err := d.SaveDraft(d.front, d.patient.ID, "gossip", nil); err == nil {
		t.Error("a draft of no section was kept")
	}
	if err := d.SaveDraft(d.front, d.patient.ID, clinic.SectionPlan, make([]byte, clinic.MaxDraft+1)); err == nil {
		t.Error("a huge draft was kept")
	}
	if err := d.SaveDraft(d.front, "nobody", clinic.SectionPlan, nil); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestSentenceSaysNothingInternal(t *testing.T) {
	kinds := []error{domain.ErrNotFound, domain.ErrConflict, domain.ErrNotAllowed, domain.ErrStorageFull,
		domain.ErrReadOnly, domain.ErrDamaged, domain.ErrNewer, domain.ErrInUse,
		context.Canceled, context.DeadlineExceeded, errors.New("SQL logic error near patients: Alvarez")}
	seen := map[string]bool{}
	for _, kind := range kinds {
		said := clinic.Sentence(fmt.Errorf("save /home/mpark/records.db: %w", kind))
		if seen[said] || said == "" {
			t.Errorf("%v: %q is not its own sentence", kind, said)
		}
		seen[said] = true
		for _, internal := range []string{"SQL", "/home", "Alvarez", "save /", "error"} {
			if strings.Contains(said, internal) {
				t.Errorf("%v: %q holds %q", kind, said, internal)
			}
		}
	}
	if clinic.Sentence(nil) != "" {
		t.Error("no error has a sentence")
	}
	both := domain.NotAllowed(domain.Problem{Text: "One."}, domain.Problem{Field: "x", Text: "Two."})
	if got := clinic.Sentence(fmt.Errorf("sign: %w", both)); got != "One. Two." {
		t.Errorf("got %q", got)
	}
}

// Whoever implements patient.Patient's checks, a use case runs them.
func TestDamagedInputNeverReachesTheStore(t *testing.T) {
	d := open(t)
	before := d.trail()
	p := somebody()
	p.FirstName = "Ana\x00"
	if _, err := d.AddNamesake(d.front, p); err == nil {
		t.Error("kept a control character")
	}
	p = somebody()
	p.BirthDate = patient.Patient{}.BirthDate
	if _, err := d.AddNamesake(d.front, p); err == nil {
		t.Error("kept no birth date")
	}
	if after := d.trail(); !slices.Equal(before, after) {
		t.Errorf("the trail grew: %q", after)
	}
}
