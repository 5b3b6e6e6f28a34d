package screen

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// readyKeys are the keys of a man who is ready for stage 1, without Tab;
// \r is Enter.
const readyKeys = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" + // safety questions
	"nn" + "12478" + "64" + "n" + "nnn" + "nn" + // health, vitals, nerves, bone, surgery
	"26\rnl4" + // duration, mechanism, irritability, pain
	"24\r85\rr14\r15\r8s1\r" + // ODI, hold, bridge, hinge
	"nn" // direction, barbell

// press types keys and counts them.
func press(w *guitest.Window, text string) int {
	for _, r := range text {
		if r == '\r' {
			w.Press(fyne.KeyReturn)
			continue
		}
		w.Type(string(r))
	}
	return len(text)
}

func TestGoldens(t *testing.T) {
	w, _, _ := open(t, newRecords(patient.Male))
	w.Golden("start")
	press(w, "y")
	w.Golden("emergency")
}

// TestKeysAloneReachReadyAndSign types a whole screen without Tab, the mouse
// or a correction, and counts the keys.
func TestKeysAloneReachReadyAndSign(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, s := open(t, r)
	n := press(w, readyKeys)
	if got := s.model.verdict.Decision; got.Outcome != rules.Ready || got.Stage != 1 {
		t.Fatalf("the outcome is %s, stage %d; left %q; the keyboard is on %q", got.Outcome, got.Stage, s.model.stops(), w.Focused())
	}
	if s.Problems() != "" || s.Status() != "not signed" {
		t.Errorf("problems %q, status %q", s.Problems(), s.Status())
	}
	w.Golden("ready")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Golden("sign")
	w.Press(fyne.KeyReturn)
	n += 2
	if len(r.signed) != 1 {
		t.Fatal("nothing was signed")
	}
	got := r.signed[0]
	if d := cmp.Diff("R. Castello", got.Signature.By.Name); d != "" || got.Explanation.Decision.Outcome != rules.Ready {
		t.Errorf("signed %+v", got.Signature)
	}
	if !slices.Equal(h.Went, []page.ID{page.Plan}) || s.Status() != "signed" || r.draft != nil {
		t.Errorf("went %v, status %q, draft %v", h.Went, s.Status(), r.draft)
	}
	if last := h.Said[len(h.Said)-1]; last != "Signed by R. Castello, PT, DPT, Nov 22, 2026 12:00 pm" {
		t.Errorf("said %q", last)
	}
	if n > 75 {
		t.Errorf("it took %d keys", n)
	}
}

// TestTabOrder is the reading order, with the names that are asked of a woman.
func TestTabOrder(t *testing.T) {
	w, _, s := open(t, newRecords(patient.Female))
	var want []string
	for _, f := range shipped.RedFlags {
		want = append(want, f.Question)
	}
	want = append(want,
		"Steroid tablets for 3 months or more, at 5 mg of prednisone a day or more?",
		"A significant injury with this episode, such as a fall or a crash?",
		"Systolic pressure", "Diastolic pressure", "Heart rate",
		"Headache, changed sight, chest pain or confusion now?", "Neurological screen",
		"Straight leg raise brings on the patient's own leg pain?",
		"Raising the other leg brings on the leg pain (crossed)?",
		"Pregnancy", "Bone health", "Surgery of the spine or belly",
		"Duration of this episode", "Pain mechanism", "Irritability", "Average pain of the last 7 days (NPRS)",
		"Oswestry Disability Index (ODI)", "Roland-Morris total (RMDQ)",
		"Back extensor hold (Biering-Sørensen)", "Start timer", "No time, because",
		"Hip extensor test", "Bridge, left", "Bridge, right",
		"Dowel hinge: repeats that kept all three contacts", "Repeats done", "Lowest point with all contacts",
		"Pain during the hinge", "Response to repeated movement",
		"Trained with a barbell in the last 12 months? (optional)",
		"Pain line (VAS)", "Fear of movement (TSK-11)", "STarT Back total", "STarT Back distress",
		"Highest stage completed before")
	var got []string
	reasons := len(s.model.verdict.Reasons)
	got = w.TabOrder()
	if d := cmp.Diff(want, got[:len(got)-reasons]); d != "" {
		t.Error(d)
	}
	s.focus("neuro.slr_own_leg_pain")
	w.Type("y")
	if w.Focused() != "Angle of that pain" {
		t.Errorf("after own leg pain the keyboard is on %q", w.Focused())
	}
	s.focus(pathPregnancy)
	w.Type("b")
	if w.Focused() != "Weeks since the birth" {
		t.Errorf("after a birth the keyboard is on %q", w.Focused())
	}
	s.focus("surgery.kind")
	w.Type("f")
	if w.Focused() != "Weeks since the surgery" {
		t.Errorf("after a fusion the keyboard is on %q", w.Focused())
	}
	s.focus(pathHipTest)
	w.Type("m")
	if w.Focused() != "Muscle grade, left" {
		t.Errorf("after the muscle test the keyboard is on %q", w.Focused())
	}
}

// TestF8VisitsEveryOpenAnswerInOrder and comes round, in both directions.
func TestF8VisitsEveryOpenAnswerInOrder(t *testing.T) {
	w, _, s := open(t, newRecords(patient.Female))
	want := append([]string(nil), s.model.verdict.Unanswered...)
	if s.here() != want[0] {
		t.Fatalf("the keyboard starts on %q", s.here())
	}
	for _, path := range append(want[1:], want[0]) {
		w.Press(fyne.KeyF8)
		if s.here() != path {
			t.Fatalf("F8 went to %q, want %q", s.here(), path)
		}
	}
	s.NextProblem(true)
	if s.here() != want[len(want)-1] {
		t.Errorf("back went to %q", s.here())
	}
}

func TestProblemsComeBeforeOpenAnswers(t *testing.T) {
	w, _, s := open(t, newRecords(patient.Male))
	s.focus(pathSystolic)
	w.Type("45")
	if s.controls[pathSystolic].box.Problem() != "" {
		t.Error("the sentence shows while the number is typed")
	}
	w.Tab()
	if got := s.controls[pathSystolic].box.Problem(); got != "Systolic pressure must be a whole number from 60 to 260" {
		t.Errorf("after leaving: %q", got)
	}
	if s.Problems() != "1 problem" || s.Status() != "1 problem" {
		t.Errorf("the chip says %q, the rail %q", s.Problems(), s.Status())
	}
	s.focus(pathSystolic)
	w.Type("124")
	if s.controls[pathSystolic].box.Problem() != "" || !strings.HasSuffix(s.Problems(), "left") {
		t.Errorf("put right: %q, %q", s.controls[pathSystolic].box.Problem(), s.Problems())
	}
}

// TestSigningTooEarlySaysWhatIsOpen goes to the first open answer and keeps
// the draft.
func TestSigningTooEarlySaysWhatIsOpen(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, s := open(t, r)
	press(w, "nn")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	third := "red_flags." + shipped.RedFlags[2].ID
	if len(r.signed) > 0 || h.Router().SheetOpen() || s.here() != third {
		t.Fatalf("signed %d, sheet %t, the keyboard is on %q", len(r.signed), h.Router().SheetOpen(), s.here())
	}
	if got := s.controls[third].row.Problem(); !strings.HasPrefix(got, "Answer this") {
		t.Errorf("beside it: %q", got)
	}
	if r.draft == nil || !strings.Contains(h.Said[0], "still needed before signing") {
		t.Errorf("draft %v, said %q", r.draft, h.Said)
	}
	w.Type("n")
	if got := s.controls[third].row.Problem(); got != "" {
		t.Errorf("answered, and still %q", got)
	}
}

// TestStopShowsAtOnceAndCanBeSigned with nothing else answered.
func TestStopShowsAtOnceAndCanBeSigned(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, s := open(t, r)
	press(w, "ny")
	status, text := s.Glance()
	if status != look.Stop || text != "Stop. Emergency care now." || s.Status() != "stop" {
		t.Errorf("the panel says %q, the rail %q", text, s.Status())
	}
	if want := "red_flags." + shipped.RedFlags[2].ID; s.here() != want {
		t.Errorf("typing does not go on: %q", s.here())
	}
	if goal := s.verdictWords(s.model.verdict).Reasons[0].Goal; goal != "Cauda equina: emergency care now." {
		t.Errorf("the first reason asks for %q", goal)
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(r.signed) != 1 || r.signed[0].Explanation.Decision.Outcome != rules.Emergency {
		t.Fatalf("signed %+v", r.signed)
	}
	if len(h.Went) > 0 || s.Main().Text != "Screen again" || w.Focused() != "Screen again" {
		t.Errorf("went %v, main %q, the keyboard is on %q", h.Went, s.Main().Text, w.Focused())
	}
	w.Golden("signed_emergency")
}

func TestEscLeavesEverythingUnsigned(t *testing.T) {
	r := newRecords(patient.Male)
	w, _, s := open(t, r)
	press(w, readyKeys)
	was := w.Focused()
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyEscape)
	if len(r.signed) != 0 || w.Focused() != was || s.Status() != "not signed" {
		t.Errorf("signed %d, the keyboard is on %q", len(r.signed), w.Focused())
	}
}

// TestRefusedSignatureLosesNothing: a full disk, a conflict, a stranger.
func TestRefusedSignatureLosesNothing(t *testing.T) {
	refusals := map[string]error{
		"disk is full":     domain.ErrStorageFull,
		"Somebody else":    domain.ErrConflict,
		"Only a therapist": domain.NotAllowed(domain.Problem{Text: "Only a therapist can sign"}),
	}
	for words, err := range refusals {
		r := newRecords(patient.Male)
		w, h, s := open(t, r)
		press(w, readyKeys)
		r.fail = err
		w.Shortcut(kit.Ctrl(fyne.KeyReturn))
		w.Press(fyne.KeyReturn)
		if len(h.Notices) == 0 || !strings.Contains(h.Notices[len(h.Notices)-1], words) {
			t.Errorf("%v: notices %q", err, h.Notices)
		}
		if s.model.get(pathSeconds) != "85" || !s.filling {
			t.Errorf("%v: what was typed is gone", err)
		}
		r.fail = nil
		w.Shortcut(kit.Ctrl(fyne.KeyReturn))
		w.Press(fyne.KeyReturn)
		if len(r.signed) != 1 {
			t.Errorf("%v: it cannot be signed afterwards", err)
		}
	}
}

// TestDraftIsKeptAndBroughtBack: by the clock, by Ctrl+S, on leaving, and
// although the page's context has ended.
func TestDraftIsKeptAndBroughtBack(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, s := open(t, r)
	press(w, "nnn")
	if r.saves != 0 {
		t.Error("the draft is written at every key")
	}
	h.Runner().Tick()
	if r.saves != 1 {
		t.Errorf("%d drafts after a second", r.saves)
	}
	press(w, "u")
	w.Shortcut(kit.Ctrl(fyne.KeyS))
	if r.saves != 2 || h.Said[len(h.Said)-1] != "Draft saved" {
		t.Errorf("%d drafts after Ctrl+S, said %q", r.saves, h.Said)
	}
	press(w, "y")
	s.Leave()
	h.LeavePage()
	if r.saves != 3 {
		t.Errorf("%d drafts after leaving", r.saves)
	}
	s.Leave()
	if r.saves != 3 {
		t.Error("an unchanged draft is written again")
	}

	r.now = r.now.Add(90 * time.Minute)
	_, h2, s2 := open(t, r)
	if d := cmp.Diff(s.model.values, s2.model.values); d != "" {
		t.Error(d)
	}
	if want := "Your unfinished work from 12:00 pm today was brought back."; len(h2.Notices) != 1 || h2.Notices[0] != want {
		t.Errorf("notices %q", h2.Notices)
	}
	if s2.here() != "red_flags."+shipped.RedFlags[3].ID {
		t.Errorf("the keyboard starts on %q, not on the answer that was not asked", s2.here())
	}
	h2.NoticeActions[0].Do()
	if r.draft != nil || s2.model.touched() {
		t.Error("discarding keeps the draft")
	}
	h2.NoticeActions[0].Do()
	if r.draft == nil || s2.model.get("red_flags.CES1") != "no" {
		t.Error("undo does not bring it back")
	}
}

func TestDamagedDraftIsSaid(t *testing.T) {
	r := newRecords(patient.Male)
	r.draft = &clinic.Draft{Data: []byte("{"), At: noon}
	_, h, s := open(t, r)
	if len(h.Notices) != 1 || !strings.Contains(h.Notices[0], "could not be read") || s.model.touched() {
		t.Errorf("notices %q", h.Notices)
	}
	if r.draft == nil {
		t.Error("the damaged draft was thrown away before anything replaced it")
	}
}

func TestFailedDraftIsSaidOnce(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, _ := open(t, r)
	r.fail = domain.ErrStorageFull
	press(w, "n")
	h.Runner().Tick()
	press(w, "n")
	h.Runner().Tick()
	if len(h.Notices) != 1 || !strings.Contains(h.Notices[0], "still here") {
		t.Errorf("notices %q", h.Notices)
	}
}

// TestScreenAgain opens an empty form beside the signed one.
func TestScreenAgain(t *testing.T) {
	r := newRecords(patient.Male)
	if _, err := r.SignScreen(domain.WithActor(context.Background(), domain.Actor{Name: "R. Castello"}), "p1",
		filled(r, ready()).answers); err != nil {
		t.Fatal(err)
	}
	w, h, s := open(t, r)
	w.Golden("signed")
	if s.Main().Text != "Go to plan" || s.Problems() != "" || w.Focused() != "Screen again" {
		t.Errorf("main %q, problems %q, the keyboard is on %q", s.Main().Text, s.Problems(), w.Focused())
	}
	s.Main().Do()
	if !slices.Equal(h.Went, []page.ID{page.Plan}) {
		t.Errorf("went %v", h.Went)
	}
	w.Press(fyne.KeyReturn)
	if !s.filling || s.model.touched() || s.Status() != "new screen" || s.here() != "red_flags."+shipped.RedFlags[0].ID {
		t.Errorf("filling %t, the keyboard is on %q", s.filling, s.here())
	}
	if got := s.controls[pathSeconds].box.Note(); got != "was 85 seconds on Nov 22, 2026" {
		t.Errorf("hint %q", got)
	}
	s.focus(pathSeconds)
	w.Type("7")
	if got := s.controls[pathSeconds].box.Note(); got != "" {
		t.Errorf("the hint stays beside an answer: %q", got)
	}
}

func TestSignedScreenGrowsOld(t *testing.T) {
	r := newRecords(patient.Male)
	if _, err := r.SignScreen(context.Background(), "p1", filled(r, ready()).answers); err != nil {
		t.Fatal(err)
	}
	r.now = r.now.AddDate(0, 0, 20)
	_, _, s := open(t, r)
	if s.Status() != "re-screen due" || s.Main().Text != "Screen again" {
		t.Errorf("status %q, main %q", s.Status(), s.Main().Text)
	}
}

func TestStopwatch(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, s := open(t, r)
	at := noon
	s.watch.now = func() time.Time { return at }
	s.focus(pathSeconds)
	w.Tab()
	w.Press(fyne.KeySpace)
	at = at.Add(48*time.Second + 900*time.Millisecond)
	h.Runner().Tick()
	if got := s.watch.button.Text(); got != "Stop timer, 48 seconds" {
		t.Errorf("the button says %q", got)
	}
	w.Press(fyne.KeySpace)
	if s.model.get(pathSeconds) != "48" || s.here() != pathSeconds || s.watch.button.Text() != startTimer {
		t.Errorf("held %q, the keyboard is on %q", s.model.get(pathSeconds), s.here())
	}
}

// TestReasonGoesToItsField and, for the patient's own facts, to the intake.
func TestReasonGoesToItsField(t *testing.T) {
	_, h, s := open(t, newRecords(patient.Male))
	s.jump("dowel_hinge.depth")
	if s.here() != "dowel_hinge.depth" {
		t.Errorf("the keyboard is on %q", s.here())
	}
	s.jump(pathSex)
	if !slices.Equal(h.Went, []page.ID{page.Intake}) {
		t.Errorf("went %v", h.Went)
	}
}

// TestEveryKeyOfAChoiceIsItsOwn: two answers never share a key.
func TestEveryKeyOfAChoiceIsItsOwn(t *testing.T) {
	for _, f := range fieldsOf(shipped) {
		seen := map[rune]bool{}
		for _, o := range f.options {
			if f.kind == choice && (o.key == 0 || seen[o.key]) {
				t.Errorf("%s: the key of %q", f.name, o.text)
			}
			seen[o.key] = true
		}
	}
}

// TestRailBeforeTheSectionIsShown: the rail tells the chart's word until then.
func TestRailBeforeTheSectionIsShown(t *testing.T) {
	r := newRecords(patient.Male)
	h := guitest.NewHost()
	h.Open(t, wide, func() page.View {
		s := New(r, h, shipped, clinic.Chart{Patient: r.patient, ScreenState: "draft"})
		if got := s.Status(); got != "draft" {
			t.Errorf("before: %q", got)
		}
		return s
	})
}

// TestAFormLeftOpenGrowsOld: nobody types or leaves, and the days pass; the ages
// that are signed are those of the day of the signature.
func TestAFormLeftOpenGrowsOld(t *testing.T) {
	r := newRecords(patient.Male)
	w, h, s := open(t, r)
	press(w, readyKeys)
	r.now = noon.AddDate(0, 0, 3)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	r.now = noon.AddDate(0, 0, 4) // the sheet lies open over midnight
	w.Press(fyne.KeyReturn)
	if len(r.signed) != 0 || !h.Router().SheetOpen() {
		t.Fatalf("signed %d with the ages of the day before", len(r.signed))
	}
	w.Press(fyne.KeyReturn)
	if len(r.signed) != 1 || r.signed[0].Answers.AgeDays.Pain != 4 || r.signed[0].Answers.AgeDays.RedFlags != 4 {
		t.Fatalf("signed %d, ages %+v", len(r.signed), s.model.answers.AgeDays)
	}

	r = newRecords(patient.Male)
	w, h, s = open(t, r)
	press(w, readyKeys)
	r.now = noon.AddDate(0, 0, 8) // pain counts for 7 days
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if h.Router().SheetOpen() || s.here() != "pain.nprs_7day" {
		t.Errorf("the sheet is open: %t; the keyboard is on %q", h.Router().SheetOpen(), s.here())
	}
}

// TestAPointIsNotDropped: a hold of 58.5 seconds, too short to pass, must not
// become 585.
func TestAPointIsNotDropped(t *testing.T) {
	for _, typed := range []string{"58.5", "58,5", "5-8"} {
		r := newRecords(patient.Male)
		w, _, s := open(t, r)
		press(w, readyKeys)
		s.focus(pathSeconds)
		press(w, typed)
		w.Shortcut(kit.Ctrl(fyne.KeyReturn))
		if got := s.model.get(pathSeconds); got != typed || s.model.problems.For(pathSeconds) == "" || len(r.signed) > 0 {
			t.Errorf("%q became %q, problem %q", typed, got, s.model.problems.For(pathSeconds))
		}
	}
}

// TestUnkept: what could not be kept is known before the chart is left.
func TestUnkept(t *testing.T) {
	r := newRecords(patient.Male)
	w, _, s := open(t, r)
	if s.Unkept() != "" {
		t.Error("nothing was typed")
	}
	r.fail = domain.ErrStorageFull
	press(w, "n")
	if got := s.Unkept(); !strings.HasPrefix(got, "The disk is full") {
		t.Errorf("got %q", got)
	}
	r.fail = nil
	if s.Unkept() != "" || r.draft == nil {
		t.Error("the draft is not kept")
	}
}
