package home

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

type bench struct {
	*guitest.Window
	h      *guitest.Host
	view   *View
	now    time.Time
	opened []string
	added  []string
	names  map[domain.PatientID]string
}

func person(last, first string, y int, m time.Month, d int) patient.Patient {
	return patient.Patient{LastName: last, FirstName: first, Phone: "9545550142", BirthDate: domain.Date{Year: y, Month: m, Day: d}}
}

var people = []patient.Patient{
	person("Alvarez", "Maria", 1986, time.March, 14), person("Alvarez", "Marta", 1968, time.March, 4),
	person("Okafor", "Daniel", 1971, time.July, 2), person("Nguyen", "Thi Bich Ngoc", 1959, time.December, 9),
	person("Pierre-Louis", "Jean", 1990, time.January, 30),
}

func open(t *testing.T, all ...patient.Patient) *bench {
	t.Helper()
	clock := domain.FixedClock(time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC))
	s := clinic.New(clinic.Params{Store: memory.New(clock), Clock: clock})
	b := &bench{h: guitest.NewHost(), now: time.Unix(0, 0), names: map[domain.PatientID]string{}}
	for _, p := range all {
		added, err := s.AddPatient(b.h.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		b.names[added.ID] = p.FirstName
	}
	b.Window = b.h.Open(t, fyne.NewSize(1366, 560), func() page.View {
		b.view = New(Params{Frame: b.h, Records: s,
			OnOpen: func(id domain.PatientID) { b.opened = append(b.opened, b.names[id]) },
			OnNew:  func(q string) { b.added = append(b.added, q) }})
		b.view.m.now = func() time.Time { b.now = b.now.Add(10 * time.Millisecond); return b.now }
		return b.view
	})
	b.Canvas().Focus(b.view.FirstFocus())
	return b
}

func (b *bench) wait() { b.now = b.now.Add(settle) }

func TestTabOrder(t *testing.T) {
	b := open(t, people...)
	if got, want := b.TabOrder(), []string{"Find patient", "New patient", "Patients"}; !slices.Equal(got, want) {
		t.Errorf("Tab order %q, want %q", got, want)
	}
}

func TestFindAndOpen(t *testing.T) {
	b := open(t, people...)
	b.Type("alv 68")
	b.wait()
	b.Press(fyne.KeyReturn)
	if !slices.Equal(b.opened, []string{"Marta"}) {
		t.Errorf("opened %v", b.opened)
	}
}

// TestEnterThatNobodyTypedForOpensNobody: Home has only just come, and Enter is
// still down from the button before.
func TestEnterThatNobodyTypedForOpensNobody(t *testing.T) {
	b := open(t, people...)
	b.now = time.Unix(0, 0)
	b.view.m.changed = b.now
	b.Press(fyne.KeyReturn)
	if len(b.opened) != 0 {
		t.Errorf("opened %v within %v of Home", b.opened, settle)
	}
	b.wait()
	b.Press(fyne.KeyReturn)
	if len(b.opened) != 1 {
		t.Errorf("opened %v", b.opened)
	}
}

// during does something while the search for a text is under way.
type during struct {
	records
	query string
	do    func()
}

func (d *during) FindPatients(ctx context.Context, query string, limit int) (clinic.List, error) {
	if do := d.do; query == d.query && do != nil {
		d.do = nil
		do()
	}
	return d.records.FindPatients(ctx, query, limit)
}

// TestKeysWaitForTheListOfTheTextTyped: keys pressed while the search is under
// way mean the rows of its answer, in order.
func TestKeysWaitForTheListOfTheTextTyped(t *testing.T) {
	press := func(keys ...fyne.KeyName) func(*bench) { return func(b *bench) { b.Press(keys...) } }
	for _, x := range []struct {
		name, query string
		do          func(*bench)
		opened      []string
		chosen      string
	}{
		{"Down and Enter", "ma a", press(fyne.KeyDown, fyne.KeyReturn), []string{"Marta"}, "Marta"},
		{"Down", "ma a", press(fyne.KeyDown), nil, "Marta"},
		{"Enter", "ma a", press(fyne.KeyReturn), []string{"Maria"}, "Maria"},
		{"Down, Up and Enter", "ma a", press(fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn), []string{"Maria"}, "Maria"},
		{"Ctrl+Enter", "ma a", func(b *bench) { b.Press(fyne.KeyDown); b.Shortcut(kit.Ctrl(fyne.KeyReturn)) }, []string{"Marta"}, "Marta"},
		{"a second Enter", "ma a", press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn), []string{"Maria"}, "Maria"},
		{"Enter and another letter", "ma", func(b *bench) { b.Press(fyne.KeyReturn); b.Type("r") }, nil, "Maria"},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := open(t, people...)
			b.wait()
			b.view.p.Records = &during{b.view.p.Records, x.query, func() { x.do(b) }}
			b.Type("ma a"[:len(x.query)])
			if !slices.Equal(b.opened, x.opened) {
				t.Errorf("opened %v, want %v", b.opened, x.opened)
			}
			if p, _ := b.view.selected(); p.FirstName != x.chosen {
				t.Errorf("chosen is %s, want %s", p.FirstName, x.chosen)
			}
		})
	}
}

// TestTheChosenRowStaysUnderTheKey when another list takes the place of the one
// it was chosen from.
func TestTheChosenRowStaysUnderTheKey(t *testing.T) {
	b := open(t, people...)
	b.Type("alv")
	b.Press(fyne.KeyDown)
	b.view.find()
	if p, _ := b.view.selected(); p.FirstName != "Marta" {
		t.Errorf("the same list again chooses %s", p.FirstName)
	}
	b.Press(fyne.KeyEscape)
	b.Press(fyne.KeyReturn)
	if !slices.Equal(b.opened, []string{"Marta"}) {
		t.Errorf("opened %v, Marta was chosen", b.opened)
	}
}

// TestADoubleClickInAnOldListOpensNobodyElse than the row that was there.
func TestADoubleClickInAnOldListOpensNobodyElse(t *testing.T) {
	b := open(t, people...)
	b.wait()
	b.view.p.Records = &during{b.view.p.Records, "o", func() { b.view.list.DoubleTapped(nil) }}
	b.Type("o") // Alvarez, Maria stood on top; Okafor comes
	if len(b.opened) != 0 {
		t.Errorf("opened %v", b.opened)
	}
}

func TestListIsWalkedFromTheSearch(t *testing.T) {
	b := open(t, people...)
	b.wait()
	b.Type("alv")
	b.Press(fyne.KeyDown)
	b.wait()
	b.Golden("home")
	b.Press(fyne.KeyReturn)
	if !slices.Equal(b.opened, []string{"Marta"}) {
		t.Errorf("opened %v", b.opened)
	}
	b.Press(fyne.KeyEscape)
	if b.view.search.Text != "" || b.view.list.Len() != 5 {
		t.Errorf("Esc leaves %q and %d rows", b.view.search.Text, b.view.list.Len())
	}
}

func TestNobodyFound(t *testing.T) {
	b := open(t, people...)
	b.Type("alvx")
	b.Golden("nobody_found")
	b.Press(fyne.KeyReturn)
	if !slices.Equal(b.added, []string{"alvx"}) {
		t.Errorf("Enter with nobody found adds %q", b.added)
	}
}

func TestFirstDay(t *testing.T) {
	b := open(t)
	if b.Focused() != "Add the first patient" {
		t.Errorf("the keyboard is on %q", b.Focused())
	}
	b.Golden("first_day")
	b.Press(fyne.KeyReturn)
	if len(b.added) != 1 {
		t.Error("the button adds nobody")
	}
}

func TestLongListSaysSo(t *testing.T) {
	m := &model{now: time.Now}
	m.found("", clinic.List{Rows: make([]clinic.Row, 200), Total: 1284})
	if got, want := m.note(), "Showing 200 of 1,284. Type more letters."; got != want {
		t.Errorf("note %q, want %q", got, want)
	}
}

// slow answers searches in the order the test says.
type slow struct{ answers map[string]int }

func (s slow) FindPatients(_ context.Context, query string, _ int) (clinic.List, error) {
	return clinic.List{Rows: make([]clinic.Row, s.answers[query]), Total: s.answers[query]}, nil
}

func (s slow) Chart(context.Context, domain.PatientID) (clinic.Chart, error) {
	return clinic.Chart{}, fmt.Errorf("none")
}

func TestMainActionNeedsARow(t *testing.T) {
	h := guitest.NewHost()
	var v *View
	w := h.Open(t, fyne.NewSize(900, 400), func() page.View {
		v = New(Params{Frame: h, Records: slow{map[string]int{"": 2, "x": 0}}, OnOpen: func(domain.PatientID) {}, OnNew: func(string) {}})
		return v
	})
	if v.Main().Do == nil {
		t.Error("no main action with rows")
	}
	w.Canvas().Focus(v.FirstFocus())
	w.Type("x")
	if v.Main().Do != nil {
		t.Error("a main action without rows")
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
}

// unreadable is a clinic whose charts cannot be read.
type unreadable struct{ records }

func (unreadable) Chart(context.Context, domain.PatientID) (clinic.Chart, error) {
	return clinic.Chart{}, domain.ErrDamaged
}

// TestThePreviewIsOfTheChosenRow, or empty when it cannot be read.
func TestThePreviewIsOfTheChosenRow(t *testing.T) {
	b := open(t, people...)
	if len(b.view.preview.Objects) == 0 {
		t.Fatal("no preview of the first row")
	}
	b.view.p.Records = unreadable{b.view.p.Records}
	b.Press(fyne.KeyDown)
	if len(b.view.preview.Objects) != 0 || len(b.h.Notices) != 1 {
		t.Errorf("the preview of another row stays; notices %q", b.h.Notices)
	}
}

// TestAStopIsNotMissed: the list has room for the whole words, and the card says
// them with the sign of a stop.
func TestAStopIsNotMissed(t *testing.T) {
	open(t, people...) // the program's letters
	for outcome, text := range map[screen.Outcome]string{
		screen.Emergency: "Emergency: refer now", screen.UrgentRefer: "Stopped: refer the same day",
	} {
		if w := fyne.MeasureText(text, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width; w > nextWidth-10 {
			t.Errorf("%q needs %v, the column has %v", text, w, nextWidth)
		}
		c := clinic.Chart{Decision: screen.Decision{Outcome: outcome}, ScreenState: "signed", Next: clinic.Next{Text: text}}
		if got := todos(c)[0]; got != (todo{look.Stop, text}) {
			t.Errorf("the card says %+v", got)
		}
	}
}
