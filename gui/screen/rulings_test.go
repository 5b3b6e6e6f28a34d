package screen

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// ruledOn opens the Screen section on a signed screen with the changed answers.
func ruledOn(t *testing.T, changed map[string]string) (*guitest.Window, *guitest.Host, *Section, *clinic.Service, context.Context, patient.Patient) {
	t.Helper()
	svc, h, ctx, p := clinicOf(t)
	answers := ready()
	for path, v := range changed {
		answers[path] = v
	}
	m := newModel(svc, shipped)
	m.patient = p
	for path, v := range answers {
		m.set(path, v)
	}
	if _, err := svc.SignScreen(ctx, p.ID, m.answers); err != nil {
		t.Fatal(err)
	}
	chart, err := svc.Chart(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	var s *Section
	w := h.Open(t, wide, func() page.View { s = New(svc, h, shipped, chart); return s })
	w.Canvas().Focus(s.FirstFocus())
	return w, h, s, svc, ctx, p
}

func outcomeOf(t *testing.T, svc *clinic.Service, ctx context.Context, p patient.Patient) rules.Outcome {
	t.Helper()
	now, err := svc.CurrentDecision(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now.Explanation.Decision.Outcome
}

// TestAClearanceByKeys: a hold starts on the clearance, an empty sheet says what
// is missing, and the recorded paper lifts the hold.
func TestAClearanceByKeys(t *testing.T) {
	w, h, s, svc, ctx, p := ruledOn(t, map[string]string{"red_flags.CV3": "yes"})
	if w.Focused() != "Record clearance…" {
		t.Fatalf("the keyboard is on %q", w.Focused())
	}
	w.Press(fyne.KeyReturn)
	if w.Focused() != "Who cleared" {
		t.Fatalf("the sheet starts on %q", w.Focused())
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Who cleared" || outcomeOf(t, svc, ctx, p) != rules.HoldRefer {
		t.Fatalf("the empty sheet went to %q", w.Focused())
	}
	w.Type("Dr. A. Example")
	w.Press(fyne.KeyReturn)
	w.Type("cardiologist")
	w.Press(fyne.KeyReturn)
	w.Type("Strength training, no breath-holding")
	w.Press(fyne.KeyReturn)
	w.Type("11")
	w.Type("20")
	w.Type("2026")
	w.Golden("clearance")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := outcomeOf(t, svc, ctx, p); got != rules.Ready {
		t.Fatalf("%s; said %q, notices %q", got, h.Said, h.Notices)
	}
	if s.Main().Text != "Go to plan" || !slices.Contains(h.Said, "Clearance recorded") {
		t.Errorf("main %q, said %q", s.Main().Text, h.Said)
	}
	if w.Focused() != "Screen again" {
		t.Errorf("the keyboard is on %q", w.Focused())
	}
}

// TestAnOverrideByKeys: what is chosen and why is shown in the panel, and a
// withdrawal takes it back.
func TestAnOverrideByKeys(t *testing.T) {
	w, h, s, svc, ctx, p := ruledOn(t, map[string]string{pathSeconds: "48"})
	w.GoTo("Override…")
	w.Press(fyne.KeyReturn)
	if w.Focused() != "Reason in your words" {
		t.Fatalf("the sheet starts on %q", w.Focused())
	}
	w.Type("short")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Reason in your words" || outcomeOf(t, svc, ctx, p) != rules.NotReady {
		t.Fatalf("five letters are a reason; the keyboard is on %q", w.Focused())
	}
	w.Type(", hold limited by the shoulder")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := outcomeOf(t, svc, ctx, p); got != rules.Ready {
		t.Fatalf("%s; notices %q", got, h.Notices)
	}
	v := s.panel.Verdict()
	if v.Word != "Overridden" || v.Status != look.Chosen || !strings.Contains(v.Headline, "by override") {
		t.Errorf("the panel says %q, %q", v.Word, v.Headline)
	}
	told := false
	for _, r := range v.Reasons {
		told = told || r.Word == "Overridden" && strings.Contains(r.Why, "hold limited by the shoulder")
	}
	if !told {
		t.Errorf("no reason tells of the override: %+v", v.Reasons)
	}
	w.Golden("overridden")
	w.GoTo("Withdraw…")
	w.Press(fyne.KeyReturn)
	w.Type("It was of somebody else")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := outcomeOf(t, svc, ctx, p); got != rules.NotReady {
		t.Errorf("withdrawn: %s; notices %q", got, h.Notices)
	}
	all, err := svc.Rulings(ctx, p.ID)
	if err != nil || len(history(shipped, all)) != 2 || !strings.Contains(history(shipped, all)[0].value, "It was: Back extensor hold (Biering-Sørensen). Override by R. Castello") {
		t.Errorf("the history is %+v, %v", history(shipped, all), err)
	}
}

// TestNoOverrideIsOffered for a stop, a hold and blood pressure; the sentence
// says why.
func TestNoOverrideIsOffered(t *testing.T) {
	for path, want := range map[string]string{"red_flags.CES1": "An emergency cannot be overridden",
		"red_flags.CA1": "An urgent referral cannot be overridden", "red_flags.CV3": "A hold cannot be overridden",
		pathSystolic: "Blood pressure cannot be overridden"} {
		value := "yes"
		if path == pathSystolic {
			value = "170"
		}
		w, _, s, _, _, _ := ruledOn(t, map[string]string{path: value, pathSeconds: "48"})
		order := w.TabOrder()
		if slices.Contains(order, "Override…") || !strings.Contains(s.current.NoOverride, want) {
			t.Errorf("%s: offers %q and says %q", path, order, s.current.NoOverride)
		}
		if clearable := path == "red_flags.CV3" || path == pathSystolic; slices.Contains(order, "Record clearance…") != clearable {
			t.Errorf("%s: offers %q", path, order)
		}
	}
}

// TestSignedWithAnOverrideByKeys: a form with a gap that may be overridden is
// signed together with its override, and only then.
func TestSignedWithAnOverrideByKeys(t *testing.T) {
	svc, h, ctx, p := clinicOf(t)
	chart, err := svc.Chart(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	var s *Section
	w := h.Open(t, wide, func() page.View { s = New(svc, h, shipped, chart); return s })
	offered := func() func() {
		for _, a := range s.More() {
			if a.Text == "Sign with an override…" {
				return a.Do
			}
		}
		return nil
	}
	if offered() != nil {
		t.Error("offered while safety answers are missing")
	}
	for path, v := range ready() {
		if path != pathSeconds {
			s.model.set(path, v)
		}
	}
	s.model.set(pathHold, "unable_other")
	s.arrange()
	do := offered()
	if do == nil {
		t.Fatalf("not offered: %q", s.model.stops())
	}
	do()
	w.Type("Amputee, cannot lie prone")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := outcomeOf(t, svc, ctx, p); got != rules.Ready || !slices.Contains(h.Went, page.Plan) {
		t.Fatalf("%s, went %v, notices %q", got, h.Went, h.Notices)
	}
	if _, err := svc.Draft(ctx, p.ID, clinic.SectionScreen); err == nil {
		t.Error("the draft is still there")
	}
}

// TestACorrectedBirthDateIsSignedAgainByKeys.
func TestACorrectedBirthDateIsSignedAgainByKeys(t *testing.T) {
	w, h, s, svc, ctx, p := ruledOn(t, nil)
	p.BirthDate = p.BirthDate.AddDays(1)
	if _, err := svc.UpdatePatient(ctx, p); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if s.Main().Text != "Sign again" || s.Status() != "sign again" {
		t.Errorf("main %q, status %q", s.Main().Text, s.Status())
	}
	s.Main().Do()
	w.Press(fyne.KeyReturn)
	if now, err := svc.CurrentDecision(ctx, p.ID); err != nil || now.Resign != "" || s.Main().Text != "Go to plan" {
		t.Errorf("still %q, %v; main %q; notices %q", now.Resign, err, s.Main().Text, h.Notices)
	}
}

// TestAStopIsClosedByKeys: after an emergency a clean screen leads to the finding
// and not to the plan, and the finding leads on.
func TestAStopIsClosedByKeys(t *testing.T) {
	w, h, s, svc, ctx, p := ruledOn(t, map[string]string{"red_flags.CES1": "yes"})
	w.GoTo("Record medical finding…")
	m := newModel(svc, shipped)
	m.patient = p
	for path, v := range ready() {
		m.set(path, v)
	}
	if _, err := svc.SignScreen(ctx, p.ID, m.answers); err != nil {
		t.Fatal(err)
	}
	s.Refresh()
	if s.Main().Text != "Record medical finding" || s.Status() != "stop not closed" {
		t.Errorf("main %q, status %q", s.Main().Text, s.Status())
	}
	w.Golden("stop_not_closed")
	s.Main().Do()
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Who found it" {
		t.Fatalf("the empty sheet went to %q", w.Focused())
	}
	for _, text := range []string{"Dr. A. Example", "emergency physician"} {
		w.Type(text)
		w.Press(fyne.KeyReturn)
	}
	w.Type("MRI without compression")
	w.Press(fyne.KeyTab)
	for _, text := range []string{"11", "22", "2026"} {
		w.Type(text)
	}
	w.Golden("finding")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	now, err := svc.CurrentDecision(ctx, p.ID)
	if err != nil || now.OpenStop != "" || s.Main().Text != "Go to plan" {
		t.Errorf("still %q, %v; main %q, notices %q", now.OpenStop, err, s.Main().Text, h.Notices)
	}
	all, err := svc.Rulings(ctx, p.ID)
	if lines := history(shipped, all); err != nil || len(lines) != 1 || !strings.HasPrefix(lines[0].value, "Medical finding by Dr. A. Example") {
		t.Errorf("the history is %+v, %v", lines, err)
	}
}

// TestASignedStopOffersItsWayOn at once, without leaving the section first.
func TestASignedStopOffersItsWayOn(t *testing.T) {
	for way, change := range map[string]string{"Record medical finding…": "red_flags.CES1", "Record clearance…": "red_flags.CV3"} {
		w, _, s, svc, ctx, p := ruledOn(t, nil)
		m := newModel(svc, shipped)
		m.patient = p
		for path, v := range ready() {
			m.set(path, v)
		}
		m.set(change, "yes")
		signed, err := svc.SignScreen(ctx, p.ID, m.answers)
		if err != nil {
			t.Fatal(err)
		}
		s.signed(signed)
		if w.Focused() != way {
			t.Errorf("%s: the keyboard is on %q", way, w.Focused())
		}
	}
}
