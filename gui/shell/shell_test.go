package shell

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/store/memory"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// part is a section that notes what is asked of it.
type part struct {
	host  page.Host
	id    page.ID
	title string
	entry *kit.Entry
	form  *kit.FormScroll
	log   *[]string
}

func (p *part) note(s string)              { *p.log = append(*p.log, p.title+" "+s) }
func (p *part) ID() page.ID                { return p.id }
func (p *part) Title() string              { return p.title }
func (p *part) Status() string             { return "not started" }
func (p *part) Content() fyne.CanvasObject { p.note("content"); return p.form }
func (p *part) FirstFocus() fyne.Focusable { return p.entry }
func (p *part) Main() page.Action {
	return page.Action{Text: "Finish " + p.title, Do: func() { p.note("main") }}
}
func (p *part) More() []page.Action { return nil }
func (p *part) Problems() string    { return "2 left" }
func (p *part) NextProblem(bool)    { p.note("next problem") }
func (p *part) Save()               { p.note("save") }
func (p *part) Leave()              { p.note("leave") }
func (p *part) Refresh()            { p.note("refresh") }

// withPanel is a section with a panel.
type withPanel struct {
	*part
	verdict *kit.VerdictPanel
}

func (p *withPanel) Panel() fyne.CanvasObject      { return p.verdict }
func (p *withPanel) Glance() (look.Status, string) { return p.verdict.Glance() }
func (p *withPanel) FocusPanel()                   { p.verdict.FocusFirst() }

type bench struct {
	t   *testing.T
	w   fyne.Window
	s   *Shell
	svc *clinic.Service
	log []string
	ctx context.Context
}

var castello = domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT1"}

func newBench(t *testing.T, setUp bool) *bench {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New())
	clock := domain.FixedClock(time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC))
	b := &bench{t: t, svc: clinic.New(clinic.Params{Store: memory.New(clock), Clock: clock}),
		ctx: domain.WithActor(context.Background(), castello)}
	if setUp {
		_, err := b.svc.SaveSettings(domain.WithActor(context.Background(), domain.Actor{User: "rcastello"}), clinic.Settings{ClinicName: "Example", Phone: "9545550100", LoadUnit: domain.Pound,
			Therapists: []domain.Actor{castello}})
		if err != nil {
			t.Fatal(err)
		}
	}
	b.w = test.NewWindow(nil)
	section := func(id page.ID, title string) func(page.Host, clinic.Chart) page.Section {
		return func(h page.Host, _ clinic.Chart) page.Section {
			p := &part{host: h, id: id, title: title, log: &b.log, form: kit.NewFormScroll(h)}
			p.entry = kit.NewEntry(p.form)
			p.form.SetContent(kit.NewField(p.form, "First question of "+title, p.entry))
			if id != page.Screen {
				return p
			}
			v := kit.NewVerdictPanel(h)
			v.SetVerdict(kit.Verdict{Status: look.Unknown, Word: "Not complete", Headline: "4 answers are left.", Rules: "X",
				Reasons: []kit.VerdictReason{{Status: look.Unknown, Word: "Not asked", Title: "Pain"}}})
			return &withPanel{p, v}
		}
	}
	b.w.Resize(DefaultSize)
	b.s = New(Params{Window: b.w, OnLock: func() { b.log = append(b.log, "locked") }, Runner: run.Inline(), User: "rcastello", Workstation: "GYM-1", SectionIDs: []page.ID{page.Intake, page.Screen},
		Sections: []func(page.Host, clinic.Chart) page.Section{section(page.Intake, "Intake"), section(page.Screen, "Screen")},
	}.WithScreens(b.svc))
	b.s.Start()
	return b
}

func (b *bench) addPatient(last, first string, day int) patient.Patient {
	b.t.Helper()
	p, err := b.svc.AddPatient(b.ctx, patient.Patient{LastName: last, FirstName: first, NoPhone: true,
		BirthDate: domain.Date{Year: 1986, Month: time.March, Day: day}})
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *bench) shortcut(s fyne.Shortcut) {
	if f, ok := b.w.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	b.s.HandleShortcut(s)
}

func (b *bench) key(k fyne.KeyName) {
	if f := b.w.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: k})
		return
	}
	b.s.HandleKey(&fyne.KeyEvent{Name: k})
}

func (b *bench) typed(text string) {
	for _, r := range text {
		b.w.Canvas().Focused().TypedRune(r)
	}
}

func (b *bench) focused() string {
	if n, ok := b.w.Canvas().Focused().(interface{ AccessibleName() string }); ok {
		return n.AccessibleName()
	}
	return ""
}

func (b *bench) took(want ...string) {
	b.t.Helper()
	for _, w := range want {
		if !slices.Contains(b.log, w) {
			b.t.Errorf("%q did not happen; %q did", w, b.log)
		}
	}
	b.log = nil
}

func TestFirstStartSetsTheClinicUpThenHome(t *testing.T) {
	b := newBench(t, false)
	if b.focused() != "Clinic name" {
		t.Fatalf("the keyboard is on %q", b.focused())
	}
	b.shortcut(kit.Ctrl(fyne.KeyN)) // nothing works before the clinic is set up
	if b.focused() != "Clinic name" {
		t.Errorf("a patient can be added to no clinic; the keyboard is on %q", b.focused())
	}
	b.typed("Example")
	b.key(fyne.KeyReturn)
	b.typed("9545550100") // moves on by itself
	b.typed("12 Palm Way")
	b.key(fyne.KeyReturn)
	b.key(fyne.KeyReturn)
	b.typed("R. Castello")
	b.key(fyne.KeyReturn)
	b.typed("PT")
	b.key(fyne.KeyReturn)
	b.typed("PT1")
	b.shortcut(kit.Ctrl(fyne.KeyReturn))
	if b.focused() != "Add the first patient" || b.s.Actor().Name != "R. Castello" || b.s.Actor().Workstation != "GYM-1" {
		t.Errorf("after set-up the keyboard is on %q, working is %+v", b.focused(), b.s.Actor())
	}
}

func TestNewPatientToIntakeByKeys(t *testing.T) {
	b := newBench(t, true)
	b.shortcut(kit.Ctrl(fyne.KeyN))
	b.typed("Alvarez")
	b.key(fyne.KeyReturn)
	b.typed("Maria")
	b.key(fyne.KeyReturn)
	b.typed("03141986")
	b.typed("9545550142")
	b.shortcut(kit.Ctrl(fyne.KeyReturn))
	if b.focused() != "First question of Intake" {
		t.Errorf("the keyboard is on %q", b.focused())
	}
	if got := b.w.Title(); got != "Chart 000001 - Back to Bar" {
		t.Errorf("title %q", got)
	}
	if strings.Contains(strings.ToLower(b.w.Title()), "alvarez") {
		t.Error("the title names the patient")
	}
	if id := b.s.banner.Identity(); id.Name() != "ALVAREZ, Maria" || id.Born != "Mar 14, 1986 (40 y)" || id.Number != "000001" {
		t.Errorf("banner %+v", id)
	}
}

// TestACorrectedBirthDateChangesTheAgeToo in the banner.
func TestACorrectedBirthDateChangesTheAgeToo(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Intake)
	p.BirthDate.Year = 1956
	b.s.chart.SetPatient(p, 70)
	if got := b.s.banner.Identity().Born; got != "Mar 14, 1956 (70 y)" {
		t.Errorf("the banner says %q", got)
	}
}

// keeper is a section with typing that cannot be kept.
type keeper struct {
	*part
	why *string
}

func (k keeper) Unkept() string { return *k.why }

// TestTypingThatCannotBeKeptHoldsTheChart: the disk is full; neither Home, nor
// another form, nor closing loses what was typed without a word.
func TestTypingThatCannotBeKeptHoldsTheChart(t *testing.T) {
	b := newBench(t, true)
	why := "The disk is full."
	build := b.s.p.Sections[0]
	b.s.p.Sections[0] = func(h page.Host, c clinic.Chart) page.Section {
		return keeper{build(h, c).(*part), &why}
	}
	p, other := b.addPatient("Alvarez", "Maria", 14), b.addPatient("Nguyen", "Ana", 15)
	b.s.OpenChart(p.ID, page.Intake)
	for name, leave := range map[string]func(){
		"home": b.s.GoHome, "new patient": func() { b.s.AddPatient("") }, "settings": b.s.SetUp, "close": b.s.Close,
		"another chart": func() { b.s.OpenChart(other.ID, page.Intake) },
	} {
		leave()
		if b.s.chart == nil || b.s.chart.patient.ID != p.ID || !b.s.router.SheetOpen() {
			t.Fatalf("%s: the chart is gone without a question", name)
		}
		b.key(fyne.KeyReturn) // the keyboard is on Stay
		if b.s.router.SheetOpen() || b.s.chart == nil {
			t.Fatalf("%s: Stay does not stay", name)
		}
	}
	why = ""
	b.s.OpenChart(other.ID, page.Intake)
	if b.s.router.SheetOpen() || b.s.chart.patient.ID != other.ID {
		t.Error("what is kept still holds the chart")
	}
	why = "The disk is full."
	b.s.GoHome()
	b.s.HandleShortcut(kit.Ctrl(fyne.KeyReturn))
	if b.s.chart != nil || b.s.router.SheetOpen() {
		t.Error("Leave and lose it does not leave")
	}
}

// TestTypingOutsideAChartIsNotLostWithoutAQuestion in the forms that keep no
// drafts.
func TestTypingOutsideAChartIsNotLostWithoutAQuestion(t *testing.T) {
	for name, open := range map[string]fyne.KeyboardShortcut{"new patient": kit.Ctrl(fyne.KeyN), "settings": kit.Ctrl(fyne.KeyComma)} {
		b := newBench(t, true)
		for _, leave := range []fyne.KeyboardShortcut{kit.Ctrl(fyne.Key0), kit.Ctrl(fyne.KeyF), kit.Ctrl(fyne.KeyN), kit.Ctrl(fyne.KeyComma)} {
			b.shortcut(open)
			form := b.s.view
			b.shortcut(leave)
			if b.s.router.SheetOpen() || b.s.view == form {
				t.Fatalf("%s, %s: a question although nothing was typed", name, kit.KeyText(leave))
			}
			b.shortcut(open)
			form = b.s.view
			b.typed("Alva")
			b.shortcut(leave)
			if b.s.view != form || b.focused() != "Go back" {
				t.Fatalf("%s, %s: left, the keyboard is on %q", name, kit.KeyText(leave), b.focused())
			}
			b.key(fyne.KeySpace)
			b.typed(" ")
			if b.s.view != form || b.s.router.SheetOpen() {
				t.Fatalf("%s, %s: Go back does not", name, kit.KeyText(leave))
			}
			if f := b.focused(); f != "Last name" && f != "Clinic name" {
				t.Errorf("%s: the keyboard went to %q", name, f)
			}
			b.shortcut(leave)
			b.s.HandleShortcut(kit.Ctrl(fyne.KeyReturn))
			if b.s.view == form || b.s.router.SheetOpen() {
				t.Errorf("%s, %s: the form is not left", name, kit.KeyText(leave))
			}
		}
		b.s.GoHome()
	}
}

// TestSpaceOnAButtonTypesNothingAtHome: the window sends the key and then its
// letter, and by then Home has the keyboard.
func TestSpaceOnAButtonTypesNothingAtHome(t *testing.T) {
	b := newBench(t, true)
	b.addPatient("Alvarez", "Maria", 14)
	b.shortcut(kit.Ctrl(fyne.KeyN))
	for b.focused() != "Leave without saving" {
		b.w.Canvas().(interface{ FocusNext() }).FocusNext()
	}
	b.key(fyne.KeySpace)
	b.typed(" ")
	find, ok := b.w.Canvas().Focused().(*kit.Entry)
	if !ok || b.focused() != "Find patient" || find.Text != "" {
		t.Fatalf("the keyboard is on %q with %q", b.focused(), find.Text)
	}
	b.typed("alv")
	if find.Text != "alv" {
		t.Errorf("typed %q", find.Text)
	}
}

// TestClosingAsksToo about the form that is open, and what was saved meanwhile
// takes the question away.
func TestClosingAsksToo(t *testing.T) {
	b := newBench(t, true)
	b.shortcut(kit.Ctrl(fyne.KeyN))
	for _, x := range []string{"Alvarez", "Maria"} {
		b.typed(x)
		b.key(fyne.KeyReturn)
	}
	b.typed("03141986")
	b.typed("9545550142")
	b.s.Close()
	if b.focused() != "Go back" {
		t.Fatalf("closed, the keyboard is on %q", b.focused())
	}
	b.s.view.Save() // the answer of a slow disk
	if b.s.router.SheetOpen() || b.s.chart == nil || b.focused() != "First question of Intake" {
		t.Errorf("after saving a sheet is open %v, the keyboard is on %q", b.s.router.SheetOpen(), b.focused())
	}
}

func TestSectionsKeysAndMainAction(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Intake)
	b.took("Intake content", "Intake refresh")
	b.shortcut(kit.Ctrl(fyne.Key3))
	b.took("Intake leave", "Screen content", "Screen refresh")
	b.shortcut(kit.Ctrl(fyne.Key4)) // no such section here
	if b.s.chart.at != page.Screen {
		t.Errorf("at %d", b.s.chart.at)
	}
	b.shortcut(kit.Ctrl(fyne.KeyReturn))
	b.shortcut(kit.Ctrl(fyne.KeyEnter))
	b.shortcut(kit.Ctrl(fyne.KeyS))
	b.key(fyne.KeyF8)
	if n := len(b.log); n != 4 {
		t.Errorf("%q", b.log)
	}
	b.took("Screen main", "Screen save", "Screen next problem")
	b.shortcut(kit.Ctrl(fyne.Key2))
	if slices.Contains(b.log, "Intake content") {
		t.Error("the content was asked for twice")
	}
	b.took("Screen leave", "Intake refresh")
}

func TestPanesRoundAndRound(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Screen)
	var got []string
	for range 5 {
		got = append(got, b.focused())
		b.key(fyne.KeyF6)
	}
	want := []string{"First question of Screen", "Pain, Not asked", "Sections", "Finish Screen", "First question of Screen"}
	if !slices.Equal(got, want) {
		t.Errorf("F6 goes %q, want %q", got, want)
	}
}

func TestHomeBackAndTitles(t *testing.T) {
	b := newBench(t, true)
	one, two := b.addPatient("Alvarez", "Maria", 14), b.addPatient("Okafor", "Daniel", 2)
	b.s.OpenChart(one.ID, page.Intake)
	ctx := b.s.chart.Context()
	if domain.ActorFrom(ctx).Name != "R. Castello" {
		t.Errorf("acting %+v", domain.ActorFrom(ctx))
	}
	b.shortcut(kit.Ctrl(fyne.Key3))
	b.shortcut(kit.Ctrl(fyne.Key0))
	if ctx.Err() == nil {
		t.Error("leaving the chart does not end its work")
	}
	if b.w.Title() != "Back to Bar" || !b.s.banner.Hidden || b.focused() != "Find patient" {
		t.Errorf("at Home: title %q, banner shown %v, keyboard on %q", b.w.Title(), !b.s.banner.Hidden, b.focused())
	}
	b.s.OpenChart(two.ID, page.Intake)
	b.shortcut(kit.Alt(fyne.KeyLeft))
	b.shortcut(kit.Alt(fyne.KeyLeft))
	if b.w.Title() != "Chart 000001 - Back to Bar" || b.s.chart.at != page.Screen {
		t.Errorf("two steps back is %q section %d", b.w.Title(), b.s.chart.at)
	}
	b.shortcut(kit.Alt(fyne.KeyLeft))
	if b.s.chart.at != page.Intake {
		t.Errorf("three steps back is section %d", b.s.chart.at)
	}
}

// TestAltLeftGoesWhereHomeSays: the chart that was open last, also after a form
// outside a chart.
func TestAltLeftGoesWhereHomeSays(t *testing.T) {
	for name, form := range map[string]fyne.KeyboardShortcut{"new patient": kit.Ctrl(fyne.KeyN), "settings": kit.Ctrl(fyne.KeyComma)} {
		b := newBench(t, true)
		one, two := b.addPatient("Alvarez", "Maria", 14), b.addPatient("Okafor", "Daniel", 2)
		b.s.OpenChart(one.ID, page.Screen)
		b.shortcut(kit.Ctrl(fyne.Key0))
		b.s.OpenChart(two.ID, page.Screen)
		b.shortcut(form) // from the chart
		b.shortcut(kit.Ctrl(fyne.Key0))
		b.shortcut(form) // and from Home
		b.shortcut(kit.Ctrl(fyne.Key0))
		said := ""
		for _, a := range b.s.view.More() {
			if a.Key == "Alt+Left" {
				said = a.Text
			}
		}
		b.shortcut(kit.Alt(fyne.KeyLeft))
		if said != "Back to OKAFOR, Daniel" || b.s.chart == nil || b.s.chart.patient.ID != two.ID || b.s.chart.at != page.Screen {
			t.Fatalf("%s: Home says %q, Alt+Left shows %q", name, said, b.w.Title())
		}
		b.shortcut(form)
		b.typed("Alva")
		b.shortcut(kit.Alt(fyne.KeyLeft))
		if b.focused() != "Go back" {
			t.Fatalf("%s: Alt+Left asks nothing", name)
		}
		b.key(fyne.KeyEscape)
		b.shortcut(kit.Alt(fyne.KeyLeft)) // nothing was forgotten
		b.s.HandleShortcut(kit.Ctrl(fyne.KeyReturn))
		if b.s.chart == nil || b.s.chart.patient.ID != two.ID {
			t.Fatalf("%s: Alt+Left from the form shows %q", name, b.w.Title())
		}
		b.shortcut(kit.Alt(fyne.KeyLeft))
		if !b.s.home {
			t.Errorf("%s: one more step back is not Home", name)
		}
		b.shortcut(kit.Alt(fyne.KeyLeft))
		if b.s.chart == nil || b.s.chart.patient.ID != one.ID {
			t.Errorf("%s: two more steps back is %q", name, b.w.Title())
		}
	}
}

// TestTheStatusLineSpeaksOfWhatIsShown and never of the patient before.
func TestTheStatusLineSpeaksOfWhatIsShown(t *testing.T) {
	b := newBench(t, true)
	one, two := b.addPatient("Alvarez", "Maria", 14), b.addPatient("Okafor", "Daniel", 2)
	for name, leave := range map[string]func(){
		"home": b.s.GoHome, "new patient": func() { b.s.AddPatient("") }, "settings": b.s.SetUp,
		"another chart": func() { b.s.OpenChart(two.ID, page.Intake) },
	} {
		b.s.OpenChart(one.ID, page.Intake)
		b.s.chart.Say("Signed 8:30 am")
		b.shortcut(kit.Ctrl(fyne.Key3))
		if b.s.status.Said() != "Signed 8:30 am" {
			t.Errorf("another section of the chart says %q", b.s.status.Said())
		}
		left := b.s.chart
		leave()
		left.Say("Draft saved 8:31")
		left.Notify(look.Stop, "Draft not saved.")
		if got := b.s.status.Said(); got != "" || len(b.s.notice.Box.Objects) != 0 {
			t.Errorf("%s says %q", name, got)
		}
	}
	b.s.SetUp()
	b.s.view.Save()
	if got := b.s.status.Said(); !b.s.home || got != "Saved." {
		t.Errorf("after the settings were saved Home says %q", got)
	}
	b.s.AddPatient("Nguyen, Ana")
	b.key(fyne.KeyReturn)
	b.key(fyne.KeyReturn)
	b.typed("03141986")
	b.typed("9545550142")
	b.s.view.Save()
	if got := b.s.status.Said(); b.s.chart == nil || got != "Patient added. Chart 000003." {
		t.Errorf("the new chart says %q", got)
	}
	b.s.GoHome()
	if got := b.s.status.Said(); got != "" {
		t.Errorf("Home says %q", got)
	}
}

func TestNothingRunsBehindASheet(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Intake)
	b.log = nil
	signed := 0
	(&kit.Sheet{Title: "Sign", Body: kit.NewText("Sign?", kit.Body), Main: "Sign", Do: func() bool { signed++; return true }}).Show(b.s.Router(), b.s.Canvas())
	for _, m := range b.w.MainMenu().Items {
		for _, item := range m.Items {
			if !item.IsSeparator && !item.IsQuit && !strings.HasSuffix(item.Label, "Ctrl+Enter") && !strings.HasPrefix(item.Label, lockText) {
				item.Action()
			}
		}
	}
	if len(b.log) != 0 || b.s.chart == nil || !b.s.Router().SheetOpen() {
		t.Errorf("behind the sheet %q happened", b.log)
	}
	b.shortcut(kit.Ctrl(fyne.KeyReturn))
	if signed != 1 || b.s.Router().SheetOpen() {
		t.Errorf("signed %d times, sheet open %v", signed, b.s.Router().SheetOpen())
	}
	if b.focused() != "First question of Intake" {
		t.Errorf("the keyboard went to %q", b.focused())
	}
}

func TestEveryCommandIsInTheMenuWithItsKey(t *testing.T) {
	b := newBench(t, true)
	var words []string
	for _, m := range b.w.MainMenu().Items {
		for _, item := range m.Items {
			words = append(words, item.Label)
		}
	}
	seen := map[string]bool{}
	for _, c := range b.s.commands() {
		key := kit.KeyText(c.key)
		if seen[key] {
			t.Errorf("%s is bound twice", key)
		}
		seen[key] = true
		if !slices.Contains(words, c.text+"    "+key) {
			t.Errorf("%s is not in the menu with %s", c.text, key)
		}
	}
	for _, key := range []string{"Ctrl+T", "Ctrl+L", "Ctrl+Shift+P", "Ctrl+Q", "Ctrl+N", "Ctrl+F", "Ctrl+0", "Ctrl+2", "Ctrl+3", "Ctrl+Enter", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+P", "F6", "F8", "Alt+Left"} {
		if !seen[key] {
			t.Errorf("%s does nothing", key)
		}
	}
}

// TestWhoIsSignedInWorks: what is done is done in the name of the person, as the
// list of people has it, and Ctrl+T gives the window to somebody else.
func TestWhoIsSignedInWorks(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Intake)
	want := domain.Actor{User: "rcastello", Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT1", Workstation: "GYM-1"}
	if got := domain.ActorFrom(b.s.chart.Context()); got != want {
		t.Errorf("acting %+v", got)
	}
	b.log = nil
	b.shortcut(kit.Ctrl(fyne.KeyT))
	b.took("locked")
	b.s.Resume()
	b.s.GoHome()
	b.s.p.User = "somebody"
	b.s.begin()
	if f, ok := b.s.view.(*failure); !ok || !strings.Contains(f.text, "not on the list") {
		t.Errorf("somebody who is not on the list sees %T", b.s.view)
	}
	b.shortcut(kit.Ctrl(fyne.KeyN))
	if _, ok := b.s.view.(*failure); !ok {
		t.Errorf("and gets to %T", b.s.view)
	}
}

// TestCtrlQClosesAsTheWindowDoes: with the question about typing.
func TestCtrlQClosesAsTheWindowDoes(t *testing.T) {
	b := newBench(t, true)
	b.shortcut(kit.Ctrl(fyne.KeyN))
	b.typed("Alva")
	b.shortcut(kit.Ctrl(fyne.KeyQ))
	if b.focused() != "Go back" {
		t.Fatalf("the keyboard is on %q", b.focused())
	}
	b.key(fyne.KeyEscape)
	b.shortcut(kit.Ctrl(fyne.Key0))
	b.s.HandleShortcut(kit.Ctrl(fyne.KeyReturn))
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Intake)
	b.shortcut(kit.Ctrl(fyne.KeyQ))
	b.took("Intake leave")
	quits := 0
	for _, item := range b.w.MainMenu().Items[0].Items {
		if item.IsQuit {
			quits++
		}
	}
	if quits != 1 {
		t.Errorf("%d items quit", quits)
	}
}

func TestClosingKeepsDrafts(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Intake)
	b.s.Close()
	b.took("Intake leave")
}

func TestWindowPictures(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Screen)
	b.s.chart.SetStep("Step 2 of 4: Kettlebell RDL")
	b.s.Notify(look.Info, "Your unfinished work from 8:20 am today was brought back.", page.Action{Text: "Discard", Do: func() {}})
	for _, x := range []struct {
		name string
		size fyne.Size
	}{{"full", fyne.NewSize(1366, 640)}, {"medium", fyne.NewSize(1093, 506)}, {"narrow", fyne.NewSize(1000, 600)}} {
		b.w.Resize(x.size)
		test.AssertRendersToImage(t, x.name+".png", b.w.Canvas())
	}
	b.key(fyne.KeyF6)
	if b.focused() != "Pain, Not asked" || b.s.center.Visible() {
		t.Errorf("in a narrow window F6 shows %q, form visible %v", b.focused(), b.s.center.Visible())
	}
	b.key(fyne.KeyEscape)
	if b.focused() != "First question of Screen" {
		t.Errorf("Esc goes to %q", b.focused())
	}
}

// away cannot read anything.
type away struct{ err error }

func (a *away) Settings(context.Context) (clinic.Settings, error) { return clinic.Settings{}, a.err }
func (a *away) Chart(context.Context, domain.PatientID) (clinic.Chart, error) {
	return clinic.Chart{}, a.err
}

func TestRecordsThatCannotBeRead(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New())
	w := test.NewTempWindow(t, nil)
	a := &away{err: domain.ErrDamaged}
	s := New(Params{Window: w, Runner: run.Inline(), Records: a, Setup: func(*Shell) page.View { return &failure{text: "set-up"} }})
	s.Start()
	f, ok := s.view.(*failure)
	if !ok || !strings.Contains(f.text, "damaged") {
		t.Fatalf("view %+v", s.view)
	}
	a.err = domain.ErrNotFound
	f.Main().Do()
	if f, ok := s.view.(*failure); !ok || f.text != "set-up" {
		t.Errorf("trying again shows %+v", s.view)
	}
}
