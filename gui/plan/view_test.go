package plan

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// the content of a full window and of a narrow one
var (
	wide   = fyne.NewSize(1198, 529)
	narrow = fyne.NewSize(968, 500)
)

func shown(t *testing.T, f *fake, size fyne.Size) (*guitest.Window, *guitest.Host, *Section) {
	t.Helper()
	h := guitest.NewHost()
	var s *Section
	w := h.Open(t, size, func() page.View {
		s = New(f, h, f.chart, f.route, moment)
		return s
	})
	w.Canvas().Focus(s.FirstFocus())
	return w, h, s
}

func TestSignByKeys(t *testing.T) {
	f := newFake(t)
	w, h, s := shown(t, f, wide)
	if w.Focused() != "Ladder" || s.Main().Text != "Sign plan for 2A" {
		t.Fatalf("the keyboard is on %q, the main action is %q", w.Focused(), s.Main().Text)
	}
	w.Golden("ready")
	w.Press(fyne.KeyDown, fyne.KeyReturn)
	if s.Main().Text != "Sign plan for 1B" || string(f.draft) != `{"sub_stage":"1B"}` || w.Focused() != "Exercises" {
		t.Fatalf("%q, draft %s, keyboard on %q", s.Main().Text, f.draft, w.Focused())
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !h.Router().SheetOpen() || len(f.signed) != 0 {
		t.Fatal("no sheet before the signature")
	}
	w.Golden("sign")
	w.Press(fyne.KeyEscape)
	if h.Router().SheetOpen() || len(f.signed) != 0 || w.Focused() != "Exercises" {
		t.Fatalf("Esc signs or keeps the sheet; keyboard on %q", w.Focused())
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyReturn)
	if len(f.signed) != 1 || f.signed[0].SubStage != "1B" || !slices.Equal(h.Went, []page.ID{page.Handouts}) {
		t.Fatalf("signed %v, went %v", f.signed, h.Went)
	}
	if h.Step != "Step 1 of 4: Dowel hip hinge" || h.Said[len(h.Said)-1] != "Signed 11:04 am" {
		t.Errorf("banner %q, said %v", h.Step, h.Said)
	}
	if s.Main().Text != "Go to handouts" {
		t.Errorf("the main action after signing is %q", s.Main().Text)
	}
	w.Golden("signed")
}

func TestTabOrder(t *testing.T) {
	w, _, _ := shown(t, newFake(t), narrow)
	if got, want := w.TabOrder(), []string{"Ladder", "Exercises"}; !slices.Equal(got, want) {
		t.Errorf("Tab order %q, want %q", got, want)
	}
}

func TestALockedSubStageSaysWhy(t *testing.T) {
	f := newFake(t)
	w, h, s := shown(t, f, narrow)
	w.Press(fyne.KeyUp, fyne.KeyUp)
	w.Press(fyne.KeyUp, fyne.KeyUp)
	if s.model.looking != "3A" {
		t.Fatalf("looking at %s", s.model.looking)
	}
	w.Press(fyne.KeyReturn)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if h.Router().SheetOpen() || f.draft != nil || len(h.Said) != 2 || !strings.Contains(h.Said[1], "The screen allows stage 2 at most") {
		t.Errorf("sheet %v, draft %s, said %v", h.Router().SheetOpen(), f.draft, h.Said)
	}
	w.Golden("locked_step")
}

func TestWithoutAScreen(t *testing.T) {
	f := newFake(t)
	f.chart.Screen, f.why = nil, screen.Explanation{}
	w, h, s := shown(t, f, narrow)
	if w.Focused() != "Go to screen" || s.Status() != "locked" {
		t.Errorf("keyboard on %q, status %q", w.Focused(), s.Status())
	}
	w.Press(fyne.KeyReturn)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !slices.Equal(h.Went, []page.ID{page.Screen, page.Screen}) {
		t.Errorf("went %v", h.Went)
	}
	w.Golden("no_screen")
}

func TestAHoldListsItsReasons(t *testing.T) {
	f := newFake(t)
	f.decide(screen.HoldRefer, 0, 4)
	f.why.Headline = "Not yet. Clearance or a consult comes first."
	f.why.Reasons = []screen.Reason{{State: "hold", Title: "Bone health", Value: "Osteoporosis with a fracture"}, {State: "pass", Title: "Pain"}}
	w, _, s := shown(t, f, wide)
	if l := s.model.locked(); l == nil || !slices.Equal(l.reasons, []string{"Bone health: osteoporosis with a fracture"}) || l.section != clinic.SectionScreen {
		t.Errorf("lock %+v", l)
	}
	w.Golden("hold")
}

func TestPreparation(t *testing.T) {
	f := newFake(t)
	f.decide(screen.NotReady, 0, 4, "STRENGTH", "MOBILITY")
	f.why.Reasons = []screen.Reason{{State: "fail", Title: "Back extensor hold", Value: "48 seconds", Threshold: "more than 60 seconds"}}
	w, _, s := shown(t, f, wide)
	if s.model.looking != program.Preparation || s.Main().Text != "Sign preparation plan" || s.model.locked() != nil {
		t.Errorf("looking at %q, main %q", s.model.looking, s.Main().Text)
	}
	w.Golden("preparation")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyReturn)
	if len(f.signed) != 1 || f.signed[0].Stage != 0 {
		t.Errorf("signed %v", f.signed)
	}
}

func TestMissingBodyWeightLeadsToTheIntake(t *testing.T) {
	f := newFake(t)
	f.mass = domain.Mass{}
	w, h, s := shown(t, f, narrow)
	s.Refresh()
	if s.model.looking != "2A" {
		t.Fatalf("looking at %s", s.model.looking)
	}
	w.GoTo("Go to intake")
	w.Press(fyne.KeyReturn)
	if !slices.Equal(h.Went, []page.ID{page.Intake}) {
		t.Errorf("went %v", h.Went)
	}
	w.Golden("no_weight")
}

func TestARefusedSignatureIsSaid(t *testing.T) {
	f := newFake(t)
	f.signErr = domain.NotAllowed(domain.Problem{Text: "The screen, the intake or the equipment has changed since this plan was shown. Read the new plan, then sign."})
	w, h, _ := shown(t, f, narrow)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyReturn)
	if len(h.Went) != 0 || len(h.Notices) != 1 || !strings.Contains(h.Notices[0], "Not signed. The screen, the intake") {
		t.Errorf("went %v, notices %v", h.Went, h.Notices)
	}
	f.signErr, f.keepErr = nil, domain.ErrStorageFull
	w.Press(fyne.KeyDown, fyne.KeyReturn)
	if !strings.Contains(h.Notices[len(h.Notices)-1], "The disk is full") {
		t.Errorf("a draft that was not kept: %v", h.Notices)
	}
}

func TestANewerScreenIsSaid(t *testing.T) {
	f := newFake(t)
	if _, err := f.SignPlan(t.Context(), "p", f.plan("1B")); err != nil {
		t.Fatal(err)
	}
	newer := *f.chart.Screen
	newer.ID = "s2"
	f.chart.Screen = &newer
	_, _, s := shown(t, f, wide)
	if s.model.olderLine() == "" || s.Status() != "sign again" || s.Main().Text != "Sign plan for 2A" {
		t.Errorf("%q, status %q, main %q", s.model.olderLine(), s.Status(), s.Main().Text)
	}
}

// TestAChangedIntakeIsSaid: the plan that was signed has a weight of before.
func TestAChangedIntakeIsSaid(t *testing.T) {
	f := newFake(t)
	if _, err := f.SignPlan(t.Context(), "p", f.plan("2A")); err != nil {
		t.Fatal(err)
	}
	_, _, s := shown(t, f, wide)
	if s.model.olderLine() != "" || s.Status() == "sign again" {
		t.Errorf("before: %q, status %q", s.model.olderLine(), s.Status())
	}
	f.mass = pounds("90")
	s.Refresh()
	if !strings.Contains(s.model.olderLine(), "another plan now") || s.Status() != "sign again" || s.Main().Text != "Sign plan for 2A" {
		t.Errorf("%q, status %q, main %q", s.model.olderLine(), s.Status(), s.Main().Text)
	}
}

func TestTheTextScrollsByKeys(t *testing.T) {
	w, _, s := shown(t, newFake(t), fyne.NewSize(968, 260))
	w.GoTo("Exercises")
	w.Press(fyne.KeyPageDown)
	if s.text.Form.Offset() == 0 {
		t.Error("PgDn does not scroll the exercises")
	}
	w.Press(fyne.KeyHome)
	if s.text.Form.Offset() != 0 {
		t.Error("Home does not go back")
	}
}
