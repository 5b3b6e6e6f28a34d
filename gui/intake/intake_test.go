package intake

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

var today = domain.Date{Year: 2026, Month: 11, Day: 22}

func now() time.Time { return time.Date(2026, 11, 22, 10, 42, 7, 0, time.UTC) }

// records is a service that keeps what it is given and refuses what fail says.
type records struct {
	chart  clinic.Chart
	unit   domain.MassUnit
	drafts map[string][]byte
	fail   error
	writes int
}

func newRecords() *records {
	born, _ := domain.NewDate(1986, 3, 14)
	return &records{unit: domain.Pound, drafts: map[string][]byte{}, chart: clinic.Chart{Patient: patient.Patient{
		ID: "p1", Number: 217, Version: 1, LastName: "Alvarez", FirstName: "Maria", BirthDate: born, Phone: "9545550142"}}}
}

func (r *records) Today() domain.Date { return today }
func (r *records) Chart(context.Context, domain.PatientID) (clinic.Chart, error) {
	return r.chart, nil
}
func (r *records) Settings(context.Context) (clinic.Settings, error) {
	return clinic.Settings{LoadUnit: r.unit}, nil
}
func (r *records) UpdatePatient(_ context.Context, p patient.Patient) (patient.Patient, error) {
	if r.fail != nil {
		return patient.Patient{}, r.fail
	}
	p = patient.Clean(p)
	p.Version++
	r.chart.Patient = p
	r.writes++
	return p, nil
}
func (r *records) SaveIntake(_ context.Context, in intake.Intake) (intake.Intake, error) {
	if r.fail != nil {
		return intake.Intake{}, r.fail
	}
	in.Version++
	r.chart.Intake = &in
	r.writes++
	delete(r.drafts, clinic.SectionIntake)
	return in, nil
}
func (r *records) Draft(_ context.Context, _ domain.PatientID, s string) (clinic.Draft, error) {
	if b, ok := r.drafts[s]; ok {
		return clinic.Draft{Data: b}, nil
	}
	return clinic.Draft{}, domain.ErrNotFound
}
func (r *records) SaveDraft(_ context.Context, _ domain.PatientID, s string, b []byte) error {
	if r.fail != nil {
		return r.fail
	}
	r.drafts[s] = b
	return nil
}
func (r *records) DiscardDraft(_ context.Context, _ domain.PatientID, s string) error {
	delete(r.drafts, s)
	return nil
}

var size = fyne.NewSize(862, 620)

func open(t *testing.T, r *records) (*guitest.Window, *guitest.Host, *Section) {
	t.Helper()
	h := guitest.NewHost()
	var s *Section
	w := h.Open(t, size, func() page.View { s = New(r, h, r.chart, now); return s })
	return w, h, s
}

func pounds(n int) domain.Mass {
	return domain.Mass{Value: domain.NewDecimal(n), Unit: domain.Pound}
}

func TestTabOrder(t *testing.T) {
	w, _, _ := open(t, newRecords())
	want := []string{"Last name", "First name", "Sex for care", "Birth date month", "Birth date day", "Birth date year",
		"Mobile phone", "Or", "Main problem", "Body weight", "Weight in", "Handout language",
		"Kettlebells at home", "Barbell and rack at home", "Dumbbells at home", "Strong backpack and a scale",
		"Plates at home, in pairs", "Empty bar at home"}
	if d := cmp.Diff(want, w.TabOrder()); d != "" {
		t.Error(d)
	}
}

// TestTwoKeysAfterQuickAdd: after the quick add only the sex is open, so one
// key answers it and one more saves and goes on.
func TestTwoKeysAfterQuickAdd(t *testing.T) {
	r := newRecords()
	w, h, s := open(t, r)
	w.Canvas().Focus(s.FirstFocus())
	if w.Focused() != "Sex for care" {
		t.Fatalf("the keyboard starts on %q", w.Focused())
	}
	w.Type("f")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if r.chart.Patient.Sex != patient.Female || r.chart.Intake == nil || r.chart.Intake.Language != "en" {
		t.Errorf("kept %+v, intake %+v", r.chart.Patient, r.chart.Intake)
	}
	if len(h.Went) != 1 || h.Went[0] != page.Screen || h.Patient.Sex != patient.Female {
		t.Errorf("went %v, banner %q", h.Went, h.Patient.Sex)
	}
}

func TestEverythingTypedIsKept(t *testing.T) {
	r := newRecords()
	w, _, _ := open(t, r)
	w.GoTo("Main problem")
	w.Type("Low back pain after gardening, 6 weeks.")
	w.GoTo("Body weight")
	w.Type("154.5")
	w.Press(fyne.KeyReturn)
	w.Type("p")
	w.GoTo("Handout language")
	w.Type("s")
	w.GoTo("Kettlebells at home")
	w.Type("15, 25, 12 kg")
	w.GoTo("Barbell and rack at home")
	w.Type("y")
	w.Type("5 to 50 by 5")
	w.Press(fyne.KeyReturn)
	w.Type("n")
	w.Type("45, 10 x 2")
	w.Press(fyne.KeyReturn)
	w.Type("45")
	w.GoTo("Sex for care")
	w.Type("m")
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	in := r.chart.Intake
	if in == nil {
		t.Fatal("nothing was kept")
	}
	want := intake.Intake{PatientID: "p1", Version: 1, MainProblem: "Low back pain after gardening, 6 weeks.",
		Language: "es",
		BodyMass: domain.Mass{Value: domain.MustDecimal("154.5"), Unit: domain.Pound},
		Home: equipment.Home{Barbell: equipment.Yes, Backpack: equipment.No, Inventory: equipment.Inventory{
			Kettlebells: []domain.Mass{pounds(15), pounds(25), {Value: domain.NewDecimal(12), Unit: domain.Kilogram}},
			Ranges:      []equipment.Range{{Of: equipment.Dumbbell, From: domain.NewDecimal(5), To: domain.NewDecimal(50), By: domain.NewDecimal(5), Unit: domain.Pound}},
			Bars:        []domain.Mass{pounds(45)},
			Plates:      []equipment.Plates{{Mass: pounds(45), Pairs: 1}, {Mass: pounds(10), Pairs: 2}}}}}
	if d := cmp.Diff(want, *in, cmp.AllowUnexported(domain.Decimal{})); d != "" {
		t.Error(d)
	}
}

func TestBadAnswersGetASentenceAndStay(t *testing.T) {
	for _, c := range []struct {
		field, control, typed, want string
	}{
		{"last_name", "Last name", "", "Enter the last name"},
		{"birth_date", "Birth date month", "02311986", "Birth date must be a real date"},
		{"birth_date", "Birth date month", "03142031", "Birth date must be in the past"},
		{"phone", "Mobile phone", "954555014", "Phone must have 10 digits. This has 9."},
		{"body_mass", "Body weight", "12", "Body weight must be from 44.1 to 771.6 pounds. Check the number and the unit."},
		{fieldBells, "Kettlebells at home", "15, 16", "Is one of the sizes in kilograms?"},
		{fieldBarbell, "Plates at home, in pairs", "45 x 2", "Answer yes when there are a bar and plates at home"},
		{fieldDumbbells, "Dumbbells at home", "5 to 500 by 5", "A range must run upward"},
		{fieldBells, "Kettlebells at home", "a heavy one", "Write the sizes as on the weights"},
		{"main_problem", "Main problem", "SSN 123-45-6789", "This looks like a Social Security number. This program does not store them."},
	} {
		t.Run(c.field+c.typed, func(t *testing.T) {
			r := newRecords()
			w, h, s := open(t, r)
			w.GoTo("Sex for care")
			w.Type("f")
			w.GoTo(c.control)
			w.Press(fyne.KeyDelete) // a box entered by key has its text selected
			w.Type(c.typed)
			w.Shortcut(kit.Ctrl(fyne.KeyReturn))
			if got := s.fields[c.field].Problem(); !strings.HasPrefix(got, c.want) {
				t.Errorf("the field says %q, want %q", got, c.want)
			}
			if r.writes > 0 || len(h.Went) > 0 {
				t.Errorf("%d writes, went %v", r.writes, h.Went)
			}
			if s.Problems() != "1 problem" {
				t.Errorf("the chip says %q", s.Problems())
			}
			if len(r.drafts) == 0 {
				t.Error("what was typed is not in the draft")
			}
		})
	}
}

func TestMessageGoesWhenPutRight(t *testing.T) {
	w, _, s := open(t, newRecords())
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	if s.fields["sex"].Problem() == "" {
		t.Fatal("an open sex has no message")
	}
	if w.Focused() != "Sex for care" {
		t.Errorf("the keyboard is on %q", w.Focused())
	}
	w.Type("f")
	if got := s.fields["sex"].Problem(); got != "" {
		t.Errorf("still says %q", got)
	}
}

func TestDraftComesBack(t *testing.T) {
	r := newRecords()
	w, h, _ := open(t, r)
	w.GoTo("Main problem")
	w.Type("Stiff in the morning")
	h.Runner().Tick()
	if len(r.drafts) != 1 {
		t.Fatal("no draft after the timer")
	}
	h2 := guitest.NewHost()
	var s *Section
	h2.Open(t, size, func() page.View { s = New(r, h2, r.chart, now); return s })
	if s.problem.Text != "Stiff in the morning" || len(h2.Notices) != 1 {
		t.Fatalf("%q, notices %v", s.problem.Text, h2.Notices)
	}
	h2.NoticeActions[1].Do()
	if s.problem.Text != "" || len(r.drafts) != 0 {
		t.Errorf("after Discard: %q, %d drafts", s.problem.Text, len(r.drafts))
	}
}

// TestBellsKeepTheirUnit: the sizes say how they were read, and another unit of
// the clinic does not turn the pounds of a draft into kilograms.
func TestBellsKeepTheirUnit(t *testing.T) {
	r := newRecords()
	w, h, s := open(t, r)
	w.GoTo("Kettlebells at home")
	w.Type("15, 12 kg")
	if got := s.fields[fieldBells].Note(); got != "15 pounds, 12 kilograms" {
		t.Errorf("the note says %q", got)
	}
	h.Runner().Tick()
	r.unit = domain.Kilogram
	w, _, s = open(t, r)
	if got := s.fields[fieldBells].Note(); got != "15 pounds, 12 kilograms" {
		t.Errorf("the draft came back as %q", got)
	}
	w.GoTo("Sex for care")
	w.Type("f")
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	if in := r.chart.Intake; in == nil || in.Home.Kettlebells[0].String() != "15 pounds" || s.bells.Text != "15 lb, 12" {
		t.Errorf("kept %+v, shown %q", in, s.bells.Text)
	}
}

// TestACorrectedBirthDateReachesTheBanner with its age.
func TestACorrectedBirthDateReachesTheBanner(t *testing.T) {
	r := newRecords()
	w, h, _ := open(t, r)
	w.GoTo("Sex for care")
	w.Type("f")
	w.GoTo("Birth date year")
	w.Type("1956")
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	if h.Patient.BirthDate.Year != 1956 || h.Age != 70 {
		t.Errorf("the banner says born %s, %d years", h.Patient.BirthDate, h.Age)
	}
}

func TestFullDiskLosesNothing(t *testing.T) {
	r := newRecords()
	w, h, s := open(t, r)
	w.GoTo("Sex for care")
	w.Type("f")
	r.fail = domain.ErrStorageFull
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(h.Notices) != 1 || !strings.HasPrefix(h.Notices[0], "Not saved. ") || len(h.Went) != 0 {
		t.Fatalf("notices %v, went %v", h.Notices, h.Went)
	}
	r.fail = nil
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if s.model.patient.Sex != patient.Female || r.chart.Intake == nil {
		t.Error("the second try did not save what was typed")
	}
}

// TestUnkept: what could not be kept is known before the chart is left.
func TestUnkept(t *testing.T) {
	r := newRecords()
	w, _, s := open(t, r)
	if s.Unkept() != "" {
		t.Error("nothing was typed")
	}
	w.GoTo("Main problem")
	w.Type("Stiff")
	r.fail = domain.ErrStorageFull
	if got := s.Unkept(); !strings.HasPrefix(got, "The disk is full") {
		t.Errorf("got %q", got)
	}
	r.fail = nil
	if s.Unkept() != "" || len(r.drafts) != 1 {
		t.Errorf("%d drafts", len(r.drafts))
	}
}

func TestLooks(t *testing.T) {
	w, _, s := open(t, newRecords())
	w.Canvas().Focus(s.FirstFocus())
	w.Golden("intake_new")
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	w.Golden("intake_problem")
}

// TestABarbellThatWasNotAskedForStaysOpen: leaving the question out is neither
// yes nor no, also after the intake was saved.
func TestABarbellThatWasNotAskedForStaysOpen(t *testing.T) {
	r := newRecords()
	w, _, _ := open(t, r)
	w.GoTo("Sex for care")
	w.Type("f")
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	if in := r.chart.Intake; in == nil || in.Home.Barbell != equipment.NotAsked || in.Home.Backpack != equipment.NotAsked {
		t.Fatalf("kept %+v", in)
	}
	_, _, s := open(t, r)
	if got := s.model.form.Barbell; got != "" {
		t.Errorf("the form says %q", got)
	}
}
