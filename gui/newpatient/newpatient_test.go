package newpatient

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

type bench struct {
	*guitest.Window
	h     *guitest.Host
	s     *clinic.Service
	view  *View
	saved []patient.Patient
	same  []domain.PatientID
}

func open(t *testing.T, query string, already ...patient.Patient) *bench {
	t.Helper()
	clock := domain.FixedClock(time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC))
	b := &bench{h: guitest.NewHost(), s: clinic.New(clinic.Params{Store: memory.New(clock), Clock: clock})}
	for _, p := range already {
		if _, err := b.s.AddNamesake(b.h.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	b.Window = b.h.Open(t, fyne.NewSize(1200, 560), func() page.View {
		b.view = New(Params{Frame: b.h, Records: b.s, Query: query,
			OnSaved: func(p patient.Patient) { b.saved = append(b.saved, p) },
			OnSame:  func(id domain.PatientID) { b.same = append(b.same, id) },
			OnBack:  func() {}})
		return b.view
	})
	b.Canvas().Focus(b.view.FirstFocus())
	return b
}

var maria = patient.Patient{LastName: "Alvarez", FirstName: "Maria", Phone: "9545550142",
	BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}}
var marta = patient.Patient{LastName: "Alvarez", FirstName: "Marta", Phone: "9545550143",
	BirthDate: domain.Date{Year: 1968, Month: time.March, Day: 4}}

func TestTabOrder(t *testing.T) {
	b := open(t, "")
	want := []string{"Last name", "First name", "Birth date month", "Birth date day", "Birth date year", "Phone", "No phone"}
	if got := b.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab order\n got %q\nwant %q", got, want)
	}
}

func TestTypedThrough(t *testing.T) {
	for _, birth := range []string{"03141986", "3/14/1986", "3-14-1986", "3 14 1986", "mar 14 1986", "mar141986"} {
		t.Run(birth, func(t *testing.T) {
			b := open(t, "")
			b.Type("Alvarez")
			b.Press(fyne.KeyTab)
			b.Type("Maria")
			b.Press(fyne.KeyTab)
			b.Type(birth)
			b.Type("9545550142")
			b.Shortcut(kit.Ctrl(fyne.KeyReturn))
			if len(b.saved) != 1 {
				t.Fatalf("not saved; %s, %v", b.view.Problems(), b.h.Said)
			}
			p := b.saved[0]
			if p.LastName != "Alvarez" || p.FirstName != "Maria" || p.BirthDate != maria.BirthDate || p.Phone != "9545550142" || p.Number != 1 {
				t.Errorf("saved %+v", p)
			}
		})
	}
}

func TestTwoDigitYear(t *testing.T) {
	b := open(t, "")
	b.GoTo("Birth date month")
	b.Type("3/14/86")
	b.Press(fyne.KeyTab)
	if got := b.view.born.Note(); got != "Year read as 1986. Change it if that is wrong." {
		t.Errorf("note %q", got)
	}
}

func TestProblems(t *testing.T) {
	b := open(t, "")
	b.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if b.Focused() != "Last name" || b.view.Problems() != "4 problems" {
		t.Errorf("the keyboard is on %q with %q", b.Focused(), b.view.Problems())
	}
	b.Golden("problems")
	b.Type("Alvarez")
	if b.view.Problems() != "3 problems" {
		t.Errorf("a problem put right stays: %q", b.view.Problems())
	}
	b.GoTo("Birth date month")
	b.Type("13451980")
	b.GoTo("Phone")
	b.Type("954555")
	b.GoTo("No phone")
	for path, want := range map[string]string{
		"birth_date": "Birth date must be a real date",
		"phone":      "Phone must have 10 digits. This has 6.",
	} {
		if got := b.view.m.problems().For(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if len(b.saved) != 0 {
		t.Error("saved")
	}
}

func TestNoPhone(t *testing.T) {
	b := open(t, "")
	b.Type("Alvarez")
	b.Press(fyne.KeyTab)
	b.Type("Maria")
	b.Press(fyne.KeyTab)
	b.Type("03141986")
	b.GoTo("No phone")
	b.Type(" ")
	b.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(b.saved) != 1 || !b.saved[0].NoPhone {
		t.Errorf("saved %+v; %v", b.saved, b.h.Said)
	}
}

func TestDuplicateWhileTypingAndOnSaving(t *testing.T) {
	b := open(t, "", maria, marta)
	b.Type("Álvarez")
	b.Press(fyne.KeyTab)
	b.Type("MARIA")
	if n := len(b.view.m.duplicates.Similar); n == 0 {
		t.Error("no similar name while the names are typed")
	}
	b.Press(fyne.KeyTab)
	b.Type("03141986")
	b.Type("9545550999")
	if n := len(b.view.m.duplicates.Exact); n != 1 {
		t.Fatalf("%d exact before saving", n)
	}
	b.Golden("duplicate")
	b.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !b.Router.SheetOpen() || len(b.saved) != 0 {
		t.Fatal("saving somebody who is here opens no question")
	}
	b.Golden("duplicate_sheet")
	b.Press(fyne.KeyEscape)
	if b.Router.SheetOpen() || b.Focused() == "" {
		t.Errorf("Esc leaves the sheet open or the keyboard nowhere (%q)", b.Focused())
	}
	b.Shortcut(kit.Ctrl(fyne.KeyReturn))
	b.Shortcut(kit.Ctrl(fyne.KeyReturn)) // the main button: the same person
	if len(b.same) != 1 || len(b.saved) != 0 {
		t.Errorf("same %v, saved %v", b.same, b.saved)
	}
	list, err := b.s.FindPatients(context.Background(), "", 10)
	if err != nil || list.Total != 2 {
		t.Errorf("%d patients, %v; want the two of before", list.Total, err)
	}
}

func TestNamesake(t *testing.T) {
	b := open(t, "", maria)
	b.Type("Alvarez")
	b.Press(fyne.KeyTab)
	b.Type("Maria")
	b.Press(fyne.KeyTab)
	b.Type("031419869545550999")
	b.Shortcut(kit.Ctrl(fyne.KeyReturn))
	b.GoTo("Different person, keep going")
	b.Press(fyne.KeyReturn)
	if len(b.saved) != 1 || b.Router.SheetOpen() {
		t.Errorf("saved %v, sheet open %v", b.saved, b.Router.SheetOpen())
	}
}

func TestQueryBecomesTheName(t *testing.T) {
	for query, want := range map[string]string{"alvx": "Alvx,", "alv ma": "Alv,Ma", "3/14/86": ",", "004217": ",", "o'neil, tim": "O'neil,Tim"} {
		m := &model{}
		m.takeQuery(query)
		if got := m.last + "," + m.first; got != want {
			t.Errorf("%q becomes %q, want %q", query, got, want)
		}
	}
}

func TestMessagesAreUseful(t *testing.T) {
	m := &model{today: domain.Date{Year: 2026, Month: time.November, Day: 22}}
	for _, p := range m.problems() {
		for _, bad := range []string{"please", "sorry", "invalid", "oops"} {
			if strings.Contains(strings.ToLower(p.Text), bad) {
				t.Errorf("%q", p.Text)
			}
		}
	}
}
