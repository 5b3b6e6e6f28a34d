package handouts

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// the content of a full window and of a narrow one
var (
	wide   = fyne.NewSize(1198, 529)
	narrow = fyne.NewSize(968, 500)
)

// documents is a folder for pictures, the same on every computer.
const documents = "/home/desk/Documents"

// shown opens the section and returns the paths handed to the viewer, too.
func shown(t *testing.T, f *fake, folder string, size fyne.Size) (*guitest.Window, *guitest.Host, *Section, *[]string) {
	t.Helper()
	h, open := guitest.NewHost(), &[]string{}
	var s *Section
	w := h.Open(t, size, func() page.View {
		s = New(f, h, f.chart, Config{Press: press, Folder: folder, Now: moment,
			Open: func(path string) error { *open = append(*open, path); return nil }})
		return s
	})
	l := h.Router().Window()
	l.On(kit.CtrlShift(fyne.KeyS), s.SavePDF)
	l.On(kit.Ctrl(fyne.KeyP), s.Print)
	return w, h, s, open
}

func TestSaveByKeys(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	w, h, s, opened := shown(t, f, dir, wide)
	w.Canvas().Focus(s.FirstFocus())
	if w.Focused() != "Preview" {
		t.Errorf("the keyboard starts on %q", w.Focused())
	}
	w.Press(fyne.KeyPageDown)
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	if len(f.kept) != 0 {
		t.Error("the habit of Ctrl+S gives a handout out")
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := files(t, dir); len(got) != 1 || len(f.kept) != 1 {
		t.Fatalf("files %v, %d records", got, len(f.kept))
	}
	if last := h.Said[len(h.Said)-1]; !strings.Contains(last, "Saved 2 pages at 11:06 am") {
		t.Errorf("said %q", last)
	}
	if len(h.NoticeActions) != 1 {
		t.Fatal("no way to the viewer is offered")
	}
	h.NoticeActions[0].Do()
	if want := []string{filepath.Join(dir, files(t, dir)[0])}; !slices.Equal(*opened, want) {
		t.Errorf("opened %v, want %v", *opened, want)
	}
	w.Shortcut(kit.CtrlShift(fyne.KeyS))
	if len(f.kept) != 1 || len(files(t, dir)) != 1 {
		t.Errorf("the same sheet was recorded again: %d records, %v", len(f.kept), files(t, dir))
	}
	w.Shortcut(kit.Ctrl(fyne.KeyP))
	if len(*opened) != 2 || !strings.Contains(h.Notices[len(h.Notices)-1], "Press Ctrl+P there") {
		t.Errorf("printing opened %v and said %v", *opened, h.Notices)
	}
	w.GoTo("Given before")
	if err := os.Remove((*opened)[0]); err != nil {
		t.Fatal(err)
	}
	w.Press(fyne.KeyReturn)
	if got := files(t, dir); len(got) != 1 || len(f.kept) != 1 {
		t.Errorf("after Save again: files %v, %d records", got, len(f.kept))
	}
	s.folder.Put(documents)
	w.Golden("saved")
}

func TestTabOrder(t *testing.T) {
	f := newFake()
	f.needPlace, f.plans[0].Plan.Stage = true, 3
	f.chart.Plan = &f.plans[0]
	w, _, _, _ := shown(t, f, t.TempDir(), wide)
	want := []string{"Language", "Print size", "Barbell stages", "Folder for the PDF", "Preview"}
	if got := w.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab order %q, want %q", got, want)
	}
}

func TestBarbellStageNeedsTheTick(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	f.needPlace, f.plans[0].Plan.Stage, f.plans[0].Plan.SubStage = true, 3, "3A"
	f.chart.Plan = &f.plans[0]
	w, h, s, _ := shown(t, f, dir, wide)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(f.kept) != 0 || w.Focused() != "Barbell stages" || s.Problems() != "1 problem" {
		t.Fatalf("%d records, the keyboard is on %q, %q, said %v", len(f.kept), w.Focused(), s.Problems(), h.Said)
	}
	w.Type(" ")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(f.kept) != 1 {
		t.Errorf("not saved after the tick: %v", h.Notices)
	}
	newer := f.plans[0]
	newer.ID = "plan-2"
	f.chart.Plan = &newer
	s.Refresh()
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(f.kept) != 1 || s.supervised.Ticked(0) {
		t.Errorf("the tick of the plan before counts for the next one, %d records", len(f.kept))
	}
}

func TestAWrongFolderIsSaidBesideIt(t *testing.T) {
	f := newFake()
	w, h, s, _ := shown(t, f, documents+"/no such folder", narrow)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(f.kept) != 0 || s.where.Problem() == "" || w.Focused() != "Folder for the PDF" {
		t.Fatalf("%d records, problem %q, keyboard on %q, notices %v", len(f.kept), s.where.Problem(), w.Focused(), h.Notices)
	}
	w.Golden("no_folder")
	s.folder.TypedShortcut(&fyne.ShortcutSelectAll{})
	dir := t.TempDir()
	w.Type(dir)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(f.kept) != 1 || s.where.Problem() != "" {
		t.Errorf("not saved to %s: %v", dir, h.Notices)
	}
}

func TestWithoutAPlan(t *testing.T) {
	f := newFake()
	f.chart.Plan, f.plans = nil, nil
	w, h, s, _ := shown(t, f, t.TempDir(), narrow)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !slices.Equal(h.Went, []page.ID{page.Plan}) || s.Main().Text != "Go to plan" {
		t.Errorf("went %v by %q", h.Went, s.Main().Text)
	}
	s.SavePDF()
	if len(h.Said) == 0 || len(f.kept) != 0 {
		t.Error("Save PDF without a plan says nothing")
	}
	w.Golden("no_plan")
}

func TestARefusalShowsEveryReason(t *testing.T) {
	f := newFake()
	f.refuse = domain.NotAllowed(domain.Problem{Text: "The screen is out of date. Take these again:"},
		domain.Problem{Field: "vitals", Text: "Blood pressure"}, domain.Problem{Field: "pain", Text: "Pain over the last 7 days"})
	f.chart.Decision.Outcome, f.chart.Next.Section = "RETEST", "screen"
	w, h, s, _ := shown(t, f, t.TempDir(), wide)
	if s.Problems() != "3 problems" || s.Main().Text != "Go to screen" {
		t.Errorf("%q, main %q", s.Problems(), s.Main().Text)
	}
	if _, pages := s.preview.Page(); pages != 0 || s.model.untilWords() != "Not allowed today" {
		t.Errorf("%d pages can be seen, until %q", pages, s.model.untilWords())
	}
	s.SavePDF()
	if len(f.kept) != 0 || w.Focused() != "Go to screen" {
		t.Errorf("%d records, keyboard on %q", len(f.kept), w.Focused())
	}
	w.Press(fyne.KeyReturn)
	if !slices.Equal(h.Went, []page.ID{page.Screen}) {
		t.Errorf("went %v", h.Went)
	}
	s.folder.Put(documents)
	w.Golden("refused")
}

func TestACopyIsNotTheProgramOfToday(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	w, h, s, _ := shown(t, f, dir, wide)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if err := os.Remove(filepath.Join(dir, files(t, dir)[0])); err != nil {
		t.Fatal(err)
	}
	f.refuse = domain.NotAllowed(domain.Problem{Text: "The screen found an emergency. No exercise until it is settled."})
	s.Refresh()
	w.GoTo("Save again")
	before := files(t, dir)
	w.Press(fyne.KeyReturn, fyne.KeyReturn) // the keyboard starts on Go back
	if !slices.Equal(files(t, dir), before) {
		t.Error("an old handout is saved without a question")
	}
	again := func() {
		w.GoTo("Save again")
		w.Press(fyne.KeyReturn)
		w.GoTo("Save the old handout")
		w.Press(fyne.KeyReturn)
	}
	again()
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("files %v", got)
	}
	if last := h.Notices[len(h.Notices)-1]; !strings.Contains(last, "do not allow this program today") {
		t.Errorf("said %q", last)
	}
	f.refuse = nil
	newer := f.plans[0]
	newer.ID = "plan-2"
	f.chart.Plan = &newer
	s.Refresh()
	again()
	if last := h.Notices[len(h.Notices)-1]; !strings.Contains(last, "A newer plan has replaced it") {
		t.Errorf("said %q", last)
	}
}

func TestNothingLandsOnALeftPage(t *testing.T) {
	f, h := newFake(), guitest.NewHost()
	var s *Section
	h.Open(t, narrow, func() page.View {
		s = New(f, h, f.chart, Config{Folder: t.TempDir(), Now: moment, Press: func(ctx context.Context, o Order) (Sheet, error) {
			h.LeavePage()
			return press(ctx, o)
		}})
		return s
	})
	if s.model.made.done {
		t.Error("a sheet was shown on a page that was left")
	}
}

func TestNoViewerSaysWhereTheFileIs(t *testing.T) {
	f, h, dir := newFake(), guitest.NewHost(), t.TempDir()
	var s *Section
	h.Open(t, narrow, func() page.View {
		s = New(f, h, f.chart, Config{Press: press, Folder: dir, Now: moment, Open: func(string) error { return errors.New("none") }})
		return s
	})
	s.Print()
	if last := h.Notices[len(h.Notices)-1]; !strings.Contains(last, dir) {
		t.Errorf("said %q", last)
	}
}
