package handouts

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/gui/paper"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
	"backtobar/reports/handout"
)

// words are those of the program.
func words(t *testing.T) Material {
	t.Helper()
	w := Material{}
	var err error
	if w.Route, err = program.Load(assets.Protocol); err != nil {
		t.Fatal(err)
	}
	if w.Words, err = handout.LoadWords(assets.Handouts, w.Route); err != nil {
		t.Fatal(err)
	}
	if w.Poses, err = figure.Shipped(); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestThePressOfTheProgram prints every sub-stage from a plan, and holds the
// sheet to the checks of the section.
func TestThePressOfTheProgram(t *testing.T) {
	w := words(t)
	press := NewPress(w)
	for i, s := range w.Route.SubStages() {
		plan, refused := program.Prescribe(w.Route, program.Input{Decision: screen.Decision{Outcome: screen.Ready, Stage: 4, Cap: 4}, Want: s.Code,
			BodyMass: domain.Mass{Value: domain.NewDecimal(70), Unit: domain.Kilogram}, Home: equipment.Home{Barbell: equipment.Yes}, SupervisedPlace: true})
		if refused != nil {
			t.Fatal(refused)
		}
		f := newFake()
		f.settings.ClinicName, f.plans[0].Plan = "Palm Clinic", plan
		f.plans[0].Signature.By = domain.Actor{Name: "R. Castello", Credentials: "PT, DPT"}
		f.chart.Plan = &f.plans[0]
		f.chart.Intake.Language = [...]string{"en", "es"}[i%2]
		m := opened(t, f, press, "")
		if !m.ready() {
			t.Errorf("%s: %+v", s.Code, m.checks())
			continue
		}
		for i, page := range m.made.sheet.Words {
			if strings.Contains(page, "Alvarez") {
				t.Errorf("%s: page %d has the last name", s.Code, i+1)
			}
		}
	}
}

func TestThePressNamesWhatIsMissing(t *testing.T) {
	f := newFake()
	f.settings.Phone = ""
	m := opened(t, f, NewPress(words(t)), "")
	if len(clinic.Reasons(m.made.err)) == 0 || m.ready() {
		t.Errorf("a clinic without a phone prints: %v", m.made.err)
	}
}

func onePage(text string) *doc.Document {
	p := doc.Page{W: 612, H: 792}
	p.Add(doc.Text{X: 40, Y: 60, Size: 12, Colour: doc.RGB(0, 0, 0), Content: text, Field: "title"})
	return &doc.Document{Title: "Home program", Author: "Clinic", Language: "en", Date: today, Pages: []doc.Page{p}}
}

func TestFileAndPicturesComeFromOneLayout(t *testing.T) {
	s, err := paper.Of(context.Background(), onePage("For: Maria"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(s.PDF, []byte("%PDF-")) || len(s.Pictures) != 1 || !strings.Contains(s.Words[0], "For: Maria") {
		t.Errorf("%d bytes, %d pictures, words %q", len(s.PDF), len(s.Pictures), s.Words)
	}
	if b := s.Pictures[0].Bounds(); b.Dx() != 1224 || b.Dy() != 1584 {
		t.Errorf("the picture is %v", b)
	}
	again, err := paper.Of(context.Background(), onePage("For: Maria"))
	if err != nil || !bytes.Equal(s.PDF, again.PDF) {
		t.Errorf("the same sheet has other bytes: %v", err)
	}
}

func TestALetterThatCannotBePrintedStopsTheSheet(t *testing.T) {
	if _, err := paper.Of(context.Background(), onePage("For: \U0001F3CB")); len(clinic.Reasons(err)) == 0 {
		t.Errorf("no reason: %v", err)
	}
}
