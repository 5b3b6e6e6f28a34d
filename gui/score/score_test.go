package score

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/measure"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
)

var today = domain.Date{Year: 2026, Month: 11, Day: 22}

func calculator(t *testing.T, id string) measure.Calculator {
	t.Helper()
	c, err := measure.Load(assets.Measures)
	if err != nil {
		t.Fatal(err)
	}
	out, ok := c.Calculator(id)
	if !ok {
		t.Fatalf("no calculator %q", id)
	}
	return out
}

// open shows the sheet of a calculator over an empty window.
func open(t *testing.T, size fyne.Size, p Params) (*guitest.Window, *[]Result) {
	t.Helper()
	var got []Result
	w := guitest.New(t, size, func(r *kit.Router) fyne.CanvasObject { return kit.Card(kit.NewText("behind", kit.Body)) })
	p.Router, p.Canvas, p.Today = w.Router, w.Canvas(), today
	if p.Done == nil {
		p.Done = func(r Result) string { got = append(got, r); return "" }
	}
	if p.Main == "" {
		p.Main = "Keep"
	}
	Open(p)
	return w, &got
}

var small = fyne.NewSize(1024, 640)

// TestEverySheetFitsAndIsReachedByKeys: the whole sheet is in a small window,
// and Tab comes to every question.
func TestEverySheetFitsAndIsReachedByKeys(t *testing.T) {
	c, err := measure.Load(assets.Measures)
	if err != nil {
		t.Fatal(err)
	}
	for _, calc := range c.Calculators() {
		w, _ := open(t, small, Params{Calculator: calc, Dated: true, Form: true, Language: "en"})
		top := w.Canvas().Overlays().Top()
		if h := top.MinSize().Height; h > small.Height {
			t.Errorf("%s: the sheet is %.0f high", calc.ID, h)
		}
		order := strings.Join(w.TabOrder(), "|")
		for _, q := range calc.Questions {
			if !strings.Contains(order, q.Label) {
				t.Errorf("%s: Tab does not reach %q", calc.ID, q.Label)
			}
		}
		for _, name := range []string{"Note", "Language of the form", "Keep"} {
			if !strings.Contains(order, name) {
				t.Errorf("%s: Tab does not reach %q in %s", calc.ID, name, order)
			}
		}
	}
}

func TestSheetPictures(t *testing.T) {
	w, _ := open(t, small, Params{Calculator: calculator(t, "odi"), Main: "Put into the form"})
	w.Type("213122")
	w.Golden("odi")
	w, _ = open(t, small, Params{Calculator: calculator(t, "psfs"), Dated: true, Form: true, Language: "en"})
	w.Type("Sitting for an hour")
	w.Tab()
	w.Type("3")
	w.Golden("psfs")
	w, _ = open(t, small, Params{Calculator: calculator(t, "pressure"), Main: "Put into the form"})
	w.Type("12480126")
	w.Press(fyne.KeyTab)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Golden("pressure")
}

// TestASheetHandsOver the records, the day, the language and the note.
func TestASheetHandsOver(t *testing.T) {
	w, got := open(t, small, Params{Calculator: calculator(t, "odi"), Dated: true, Form: true, Language: "en"})
	w.Type("2131221121")
	if w.Focused() != "Measured on month" {
		t.Fatalf("after the last section the keyboard is on %q", w.Focused())
	}
	w.Type("nov08")
	w.Type("2026")
	w.GoTo("Note")
	w.Type("by phone")
	w.GoTo("Language of the form")
	w.Type("s")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(*got) != 1 || w.Router.SheetOpen() {
		t.Fatalf("got %v, open %t", got, w.Router.SheetOpen())
	}
	r := (*got)[0]
	if r.On != today.AddDays(-14) || r.Note != "by phone" || r.Language != "es" || len(r.Records) != 1 || r.Records[0].Value.String() != "32" {
		t.Errorf("got %+v", r)
	}
}

// TestASheetStaysOpen with the sentence when something is in the way, and keeps
// what was typed.
func TestASheetStaysOpen(t *testing.T) {
	w, got := open(t, small, Params{Calculator: calculator(t, "tsk11"), Dated: true, NeedsNote: true})
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Why it is corrected" {
		t.Errorf("without a reason the keyboard is on %q", w.Focused())
	}
	w.Type("misread")
	w.GoTo("Item 1")
	w.Type("5")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Item 1" || len(*got) > 0 {
		t.Errorf("out of range: the keyboard is on %q, got %v", w.Focused(), got)
	}
	w.Type("44444444444")
	w.GoTo("Measured on year")
	w.Type("2027")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Measured on month" || len(*got) > 0 {
		t.Errorf("in the future: the keyboard is on %q, got %v", w.Focused(), got)
	}
	w.GoTo("Measured on year")
	w.Type("2025")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(*got) != 1 || (*got)[0].On.Year != 2025 || (*got)[0].Note != "misread" {
		t.Errorf("got %+v", got)
	}
	w, _ = open(t, small, Params{Calculator: calculator(t, "odi"), Done: func(Result) string { return "The records say no." }})
	w.Type("213122112")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !w.Router.SheetOpen() {
		t.Error("the sheet closed although the records said no")
	}
}

func TestModel(t *testing.T) {
	m := newModel(Params{Calculator: calculator(t, "odi"), Today: today, Dated: true})
	if got := m.says(); got != "0 of 10 sections answered; at least 8 are needed." {
		t.Errorf("empty: %q", got)
	}
	for _, c := range []struct{ month, day, year, problem, on string }{
		{"11", "8", "2026", "", "2026-11-08"}, {"nov", "08", "26", "", "2026-11-08"}, {"November", "8", "2026", "", "2026-11-08"},
		{"11", "23", "2026", "The day must not be in the future", ""}, {"2", "30", "2026", "The day must be a real date: month, day and year", ""},
		{"11", "", "2026", "The day must be a real date: month, day and year", ""},
	} {
		m.setDay(c.month, c.day, c.year)
		if got := m.problems.For(fieldDay); got != c.problem || c.on != "" && m.on.String() != c.on {
			t.Errorf("%s %s %s: %q, %s", c.month, c.day, c.year, got, m.on)
		}
	}
	m.note = strings.Repeat("x", 301)
	if m.work(); m.problems.For(fieldNote) == "" {
		t.Error("a long note passes")
	}
}
