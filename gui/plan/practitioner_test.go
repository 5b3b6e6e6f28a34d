package plan

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// TestThePractitionerOpensThePlan: on day 30 the plan is locked, its way out is
// the sheet, and the recorded signature opens it.
func TestThePractitionerOpensThePlan(t *testing.T) {
	f := newFake(t)
	f.chart.Count = clinic.PractitionerCount{Counted: true, From: domain.Date{Year: 2026, Month: 10, Day: 23}, Days: 30}
	f.refuse = domain.Problems{{Text: f.chart.Count.Text()}}
	w, h, s := shown(t, f, wide)
	if w.Focused() != "Practitioner of record…" || !strings.Contains(s.model.locked().title, "Day 30 without a practitioner of record") {
		t.Fatalf("the keyboard is on %q; locked by %+v", w.Focused(), s.model.locked())
	}
	w.Press(fyne.KeyReturn)
	w.Type("s")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Name of the practitioner" {
		t.Fatalf("without a name the keyboard is on %q", w.Focused())
	}
	w.Type("Dr. A. Example")
	w.Press(fyne.KeyReturn)
	w.Type("11222026")
	w.Golden("practitioner")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	want := clinic.Practitioner{Event: clinic.PractitionerSigned, On: domain.Date{Year: 2026, Month: 11, Day: 22}, Name: "Dr. A. Example"}
	if f.practitioner != want || s.model.locked() != nil {
		t.Errorf("recorded %+v, locked by %+v, notices %q", f.practitioner, s.model.locked(), h.Notices)
	}
}

// TestTheCountIsOnlyThereWhenAskedFor, and the banner names it from day 21.
func TestTheCountIsOnlyThereWhenAskedFor(t *testing.T) {
	f := newFake(t)
	_, _, s := shown(t, f, wide)
	offered := func() bool {
		for _, a := range s.More() {
			if strings.HasPrefix(a.Text, "Practitioner") {
				return true
			}
		}
		return false
	}
	if offered() {
		t.Error("offered in a clinic that does not count")
	}
	f.chart.Plan = &clinic.SignedPlan{Plan: f.plan("1B"), ScreenID: f.chart.Screen.ID}
	for days, warned := range map[int]bool{20: false, 21: true} {
		f.chart.Count = clinic.PractitionerCount{Counted: true, From: domain.Date{Year: 2026, Month: 11, Day: 1}, Days: days}
		s.Refresh()
		if !offered() || strings.Contains(s.model.stepLine(), "practitioner of record") != warned {
			t.Errorf("day %d: offered %v, banner %q", days, offered(), s.model.stepLine())
		}
	}
}

// TestThePlanSaysItIsByOverride with the name, the reason and the last day.
func TestThePlanSaysItIsByOverride(t *testing.T) {
	f := newFake(t)
	f.chart.Plan = &clinic.SignedPlan{Plan: f.plan("1B"), ScreenID: f.chart.Screen.ID}
	f.chart.Overrides = []screen.Override{{Names: []string{"STR-1"}, By: domain.Actor{Name: "R. Castello", Licence: "PT 1"},
		Reason: "Hold limited by the shoulder", Until: domain.Date{Year: 2026, Month: 12, Day: 6}}}
	_, h, s := shown(t, f, wide)
	lines := page.Standing(s.model.chart)
	if want := "STR-1. Override by R. Castello, licence PT 1, until Dec 6, 2026: Hold limited by the shoulder."; len(lines) != 1 || lines[0].Text != want {
		t.Errorf("the plan says %+v", lines)
	}
	if !strings.HasSuffix(h.Step, "by override") {
		t.Errorf("the banner says %q", h.Step)
	}
}

// TestALockIsSaidOnce: what locks the plan is not repeated below the lock.
func TestALockIsSaidOnce(t *testing.T) {
	f := newFake(t)
	f.chart.OpenStop = "The emergency of Nov 20, 2026 has no medical finding on record. Record it before anything is planned or printed."
	_, _, s := shown(t, f, wide)
	if lines := s.standing(); len(lines) != 1 || lines[0].Text != f.chart.OpenStop {
		t.Errorf("without a lock the plan says %+v", lines)
	}
	f.refuse = domain.Problems{{Text: f.chart.OpenStop}}
	_, _, s = shown(t, f, wide)
	if l := s.model.locked(); l == nil || !strings.HasSuffix(l.title, f.chart.OpenStop) || len(s.standing()) != 0 {
		t.Errorf("locked by %+v, and said again: %+v", l, s.standing())
	}
}
