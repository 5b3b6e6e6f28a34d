package documents

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

var wide = fyne.NewSize(1198, 529)

// desk is a clinic in memory with one invented patient, and its section.
type desk struct {
	*clinic.Service
	t      *testing.T
	ctx    context.Context
	id     domain.PatientID
	now    time.Time
	rules  *screen.Rules
	opened []string
	host   *guitest.Host
	w      *guitest.Window
	s      *Section
}

func (d *desk) Now() time.Time { return d.now }

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func atDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2026, 11, 22, 11, 6, 0, 0, time.UTC), rules: must(screen.LoadRules(assets.Rules))(t)}
	ids := 0
	route := must(program.Load(assets.Protocol))(t)
	d.Service = clinic.New(clinic.Params{Store: memory.New(d), Clock: d, Rules: d.rules, Library: route,
		NewID: func() string { ids++; return fmt.Sprintf("id-%d", ids) }})
	who := domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 00001"}
	d.ctx = domain.WithActor(context.Background(), who)
	must(d.SaveSettings(d.ctx, clinic.Settings{ClinicName: "Harbor Clinic", Phone: "9545550100", Therapists: []domain.Actor{who}, LoadUnit: domain.Pound}))(t)
	d.id = must(d.AddPatient(d.ctx, patient.Patient{LastName: "Muñoz", FirstName: "Ana", Sex: patient.Female, NoPhone: true,
		BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}}))(t).ID
	return d
}

// refer signs a screen that stops the patient.
func (d *desk) refer() {
	c := screen.Case{RedFlags: map[string]screen.Answer{}}
	for _, f := range d.rules.RedFlags {
		c.RedFlags[f.ID] = screen.No
	}
	c.RedFlags["CES1"] = screen.Yes
	must(d.SignScreen(d.ctx, d.id, c))(d.t)
}

// show opens the section.
func (d *desk) show(folder string) {
	d.t.Helper()
	d.host = guitest.NewHost()
	chart := must(d.Chart(d.ctx, d.id))(d.t)
	route := must(program.Load(assets.Protocol))(d.t)
	d.w = d.host.Open(d.t, wide, func() page.View {
		d.s = New(d.Service, d.host, chart, Config{Press: NewPress(route), Folder: folder, Now: d.Now,
			Open: func(path string) error { d.opened = append(d.opened, path); return nil }})
		return d.s
	})
	l := d.host.Router().Window()
	l.On(kit.CtrlShift(fyne.KeyS), d.s.SavePDF)
	l.On(kit.Ctrl(fyne.KeyP), d.s.Print)
}

func (d *desk) files(folder string) []string {
	var out []string
	for _, e := range must(os.ReadDir(folder))(d.t) {
		out = append(out, e.Name())
	}
	return out
}

func (d *desk) papers() []clinic.Paper { return must(d.Papers(d.ctx, d.id))(d.t) }

func TestTheLetterThatIsDueByKeys(t *testing.T) {
	d, dir := atDesk(t), t.TempDir()
	d.refer()
	d.show(dir)
	if got := d.s.Status(); got != "letter due" || d.s.model.kind != clinic.PaperReferral {
		t.Errorf("status %q, paper %s", got, d.s.model.kind)
	}
	d.w.Canvas().Focus(d.s.FirstFocus())
	d.w.Shortcut(kit.Ctrl(fyne.KeyS))
	if len(d.papers()) != 0 {
		t.Error("the habit of Ctrl+S gives a paper out")
	}
	d.w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := d.files(dir); !slices.Equal(got, []string{"referral-000001-2026-11-22.pdf"}) {
		t.Fatalf("files %v, notices %v", got, d.host.Notices)
	}
	kept := d.papers()
	if len(kept) != 1 || kept[0].Kind != clinic.PaperReferral || kept[0].Outcome != screen.Emergency || d.s.Status() != "1 given" {
		t.Errorf("kept %+v, status %q", kept, d.s.Status())
	}
	first := must(os.ReadFile(filepath.Join(dir, "referral-000001-2026-11-22.pdf")))(t)
	d.w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(d.papers()) != 1 {
		t.Error("the same bytes were recorded twice")
	}
	d.now = d.now.AddDate(0, 0, 3)
	if err := os.Remove(filepath.Join(dir, "referral-000001-2026-11-22.pdf")); err != nil {
		t.Fatal(err)
	}
	d.w.GoTo("Save again")
	d.w.Press(fyne.KeyReturn)
	if again := must(os.ReadFile(filepath.Join(dir, "referral-000001-2026-11-22.pdf")))(t); !bytes.Equal(first, again) {
		t.Error("saved again three days later it has other bytes")
	}
}

func TestEveryPaperByItsKey(t *testing.T) {
	d, dir := atDesk(t), t.TempDir()
	d.refer()
	d.show(dir)
	for _, key := range []string{"C", "R", "I", "S"} {
		d.w.Canvas().Focus(d.s.FirstFocus())
		d.w.Type(key)
		if _, pages := d.s.preview.Page(); pages == 0 {
			t.Errorf("%s shows no page: %+v", key, d.s.model.checks())
		}
		d.w.Shortcut(kit.Ctrl(fyne.KeyP))
	}
	want := []string{"clinician-summary-000001-2026-11-22.pdf", "intake-form-000001-2026-11-22.pdf",
		"referral-000001-2026-11-22.pdf", "screening-form-000001-2026-11-22.pdf"}
	if got := d.files(dir); !slices.Equal(got, want) || len(d.opened) != 4 {
		t.Errorf("files %v, opened %v", got, d.opened)
	}
	if got := d.w.TabOrder(); !slices.Equal(got[:3], []string{"Paper", "Size", "Folder for the PDF"}) {
		t.Errorf("Tab order %q", got)
	}
}

func TestWithoutAScreenThereIsAForm(t *testing.T) {
	d, dir := atDesk(t), t.TempDir()
	d.show(dir)
	if d.s.model.kind != clinic.PaperIntake || d.s.Problems() != "" {
		t.Errorf("%s, %q", d.s.model.kind, d.s.Problems())
	}
	d.w.Canvas().Focus(d.s.FirstFocus())
	d.w.Type("C")
	d.w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(d.files(dir)) != 0 || d.s.Problems() != "1 problem" {
		t.Errorf("files %v, %q", d.files(dir), d.s.Problems())
	}
	if got := d.s.model.checks()[0].text; got != "There is no signed screen. Sign the screen first." {
		t.Errorf("said %q", got)
	}
}

func TestAWrongFolderKeepsNoRecord(t *testing.T) {
	d := atDesk(t)
	d.refer()
	d.show("/no such folder")
	d.w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(d.papers()) != 0 || d.s.where.Problem() == "" || d.w.Focused() != "Folder for the PDF" {
		t.Errorf("%d records, %q, keyboard on %q", len(d.papers()), d.s.where.Problem(), d.w.Focused())
	}
}

// TestTheDayOrTheScreenChanges between the preview and the save.
func TestTheDayOrTheScreenChanges(t *testing.T) {
	for name, change := range map[string]func(*desk){
		"a new day":    func(d *desk) { d.now = d.now.AddDate(0, 0, 1) },
		"a new screen": func(d *desk) { d.now = d.now.Add(time.Hour); d.refer() },
	} {
		d, dir := atDesk(t), t.TempDir()
		d.refer()
		d.show(dir)
		change(d)
		d.w.Shortcut(kit.Ctrl(fyne.KeyReturn))
		if len(d.papers()) != 0 || len(d.files(dir)) != 0 {
			t.Errorf("%s: %d records, files %v", name, len(d.papers()), d.files(dir))
		}
		d.w.Shortcut(kit.Ctrl(fyne.KeyReturn))
		if len(d.papers()) != 1 || !strings.HasPrefix(d.files(dir)[0], "referral-") {
			t.Errorf("%s: made again, %d records", name, len(d.papers()))
		}
	}
}
