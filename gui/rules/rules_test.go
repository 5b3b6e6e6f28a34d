package rules

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// passing are answers that pass every gate but the hold, and the safety
// questions, which desk adds.
const passing = `{"long_term_steroids":false,"significant_trauma":false,
"vitals":{"systolic_mmhg":124,"diastolic_mmhg":78,"heart_rate_bpm":72,"symptoms":false},
"neuro":{"finding":"normal","slr_own_leg_pain":false,"crossed_slr":false},"pregnancy":{"status":"no"},"bone":"none",
"surgery":{"kind":"none"},"episode":{"duration_weeks":26,"mechanism":"nociceptive","irritability":"low"},
"pain":{"nprs_7day":4},"disability":{"odi_percent":10},"biering_sorensen":{"seconds":%d},
"hip_extension":{"test":"bridge_reps","left":14,"right":15},
"dowel_hinge":{"reps_with_contact":6,"reps":10,"depth":"mid_shin","pain":1}}`

// desk is a clinic with one signed screen for each hold.
func desk(t *testing.T, h *guitest.Host, holds ...int) *clinic.Service {
	t.Helper()
	shipped, err := screen.LoadRules(assets.Rules)
	if err != nil {
		t.Fatal(err)
	}
	clock := domain.FixedClock(time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC))
	ids := 0
	s := clinic.New(clinic.Params{Store: memory.New(clock), Clock: clock, Rules: shipped,
		NewID: func() string { ids++; return fmt.Sprintf("id-%02d", ids) }})
	ctx := h.Context()
	if _, err := s.SaveSettings(ctx, clinic.Settings{ClinicName: "Example Clinic", Phone: "9545550100",
		LoadUnit: domain.Pound, Therapists: []domain.Actor{h.Who}}); err != nil {
		t.Fatal(err)
	}
	for i, hold := range holds {
		p, err := s.AddPatient(ctx, patient.Patient{LastName: []string{"Alvarez", "Brook", "Castillo"}[i], FirstName: "Ann",
			BirthDate: domain.Date{Year: 1980 + i, Month: 3, Day: 14}, Sex: patient.Female, Phone: "9545550142"})
		if err != nil {
			t.Fatal(err)
		}
		var c screen.Case
		if err := json.Unmarshal(fmt.Appendf(nil, passing, hold), &c); err != nil {
			t.Fatal(err)
		}
		c.RedFlags = map[string]screen.Answer{}
		for _, f := range shipped.RedFlags {
			c.RedFlags[f.ID] = screen.No
		}
		if _, err := s.SignScreen(ctx, p.ID, c); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func open(t *testing.T, holds ...int) (*guitest.Window, *guitest.Host, *clinic.Service, *View) {
	t.Helper()
	h := guitest.NewHost()
	s := desk(t, h, holds...)
	var v *View
	w := h.Open(t, fyne.NewSize(1100, 640), func() page.View {
		v = New(Params{Frame: h, Records: s, OnBack: func() {}})
		return v
	})
	return w, h, s, v
}

const hold = "Back extensor hold (Biering-Sørensen) fails at or below"

func TestEveryValueIsReachedByKey(t *testing.T) {
	w, _, s, _ := open(t)
	state, err := s.Rules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, x := range state.Rules.Values() {
		if x.Lock == "" {
			want = append(want, x.Title)
		}
	}
	if got := w.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab order\n got %q\nwant %q", got, want)
	}
	w.Golden("rules")
	w.GoTo("Dowel hinge must reach")
	w.Golden("rules_choices")
}

func TestPreviewReasonSign(t *testing.T) {
	w, h, s, v := open(t, 80, 50, 100)
	w.GoTo(hold)
	w.Type("90")
	w.Press(fyne.KeyReturn)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if v.Main().Text != "Sign these rules" || w.Focused() != "Reason for the change" {
		t.Fatalf("after the preview: %q, the keyboard is on %q", v.Main().Text, w.Focused())
	}
	w.Golden("preview")
	if got, want := w.TabOrder(), []string{"Reason for the change", "Patients whose result would change"}; !slices.Equal(got, want) {
		t.Errorf("Tab order %q", got)
	}
	w.GoTo("Reason for the change")
	w.Type("why not")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if h.Router().SheetOpen() || v.Problems() != "1 problem" {
		t.Errorf("a short reason: %q", v.Problems())
	}
	w.Golden("short_reason")
	w.Type(", our runners ask for it")
	if v.Problems() != "" {
		t.Errorf("a longer reason: %q", v.Problems())
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !h.Router().SheetOpen() {
		t.Fatal("nobody asks for the signature")
	}
	w.Golden("sign")
	h.Router().HandleKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if state, _ := s.Rules(h.Context()); state.Number != 0 {
		t.Fatal("Esc signed")
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	state, err := s.Rules(h.Context())
	if err != nil || state.Number != 1 || state.History[0].Edits["bst_min"] != "90" || len(state.History[0].Edits) != 1 ||
		state.History[0].Reason != "why not, our runners ask for it" || state.History[0].Signature.By.Name != h.Who.Name {
		t.Fatalf("signed %+v, %v", state.History, err)
	}
	if h.Said[len(h.Said)-1] != "Signed. BB-1.0+clinic.1 is in force." || v.Unkept() != "" {
		t.Errorf("said %q, unkept %q", h.Said[len(h.Said)-1], v.Unkept())
	}
	w.GoTo(hold)
	w.Golden("signed")
	// Back to shipped is one more version.
	v.More()[0].Do()
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Type("The runners have gone home")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if state, err = s.Rules(h.Context()); err != nil || state.Number != 2 || len(state.History[1].Edits) != 0 {
		t.Errorf("back to shipped: %+v, %v", state.History, err)
	}
}

func TestProblemsInWords(t *testing.T) {
	w, h, s, v := open(t, 80)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if h.Said[len(h.Said)-1] != "No value differs from the rules in force." || v.m.preview != nil {
		t.Errorf("nothing typed: %q", h.Said)
	}
	w.GoTo("Heart rate at rest stops for same-day care above")
	w.Type("130")
	w.Press(fyne.KeyReturn)
	if v.Problems() != "1 problem" || !strings.Contains(v.Unkept(), "not signed") {
		t.Errorf("past the limit: %q, %q", v.Problems(), v.Unkept())
	}
	w.GoTo(hold)
	w.Type("7x,")
	w.Press(fyne.KeyReturn)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if h.Said[len(h.Said)-1] != "Nothing is signed. 2 problems." || w.Focused() != "Heart rate at rest stops for same-day care above" {
		t.Errorf("said %q, the keyboard is on %q", h.Said[len(h.Said)-1], w.Focused())
	}
	w.Golden("problems")
	w.Type("110")
	w.Press(fyne.KeyF8)
	if w.Focused() != hold {
		t.Errorf("F8 goes to %q", w.Focused())
	}
	w.Type("61")
	if v.Problems() != "" {
		t.Errorf("put right: %q", v.Problems())
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if v.m.preview == nil || len(v.m.preview.Values) != 2 {
		t.Fatalf("preview %+v", v.m.preview)
	}
	// Somebody else signs meanwhile; what was typed stays.
	if _, err := s.SignRules(h.Context(), clinic.RulesRequest{Edits: screen.Edits{"vas_fail": "50"}, Reason: "Meanwhile, elsewhere"}); err != nil {
		t.Fatal(err)
	}
	w.Type("Long enough a reason")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if len(h.Notices) == 0 || !strings.Contains(h.Notices[len(h.Notices)-1], "Somebody else") || v.m.typed["bst_min"] != "61" {
		t.Errorf("told %q", h.Notices)
	}
	v.More()[0].Do()
	if v.m.preview != nil || v.m.typed["bst_min"] != "61" {
		t.Error("the way back lost what was typed")
	}
}

func TestFrontDeskMaySeeButNotSign(t *testing.T) {
	w, h, s, v := open(t, 80)
	h.Who = domain.Actor{Name: "M. Park"}
	v.p.Records = actingAs{s, h.Who}
	w.GoTo(hold)
	w.Type("90")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Type("The front desk would like it")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if state, _ := s.Rules(h.Context()); state.Number != 0 {
		t.Fatal("signed without a licence")
	}
	if len(h.Notices) == 0 || !strings.Contains(h.Notices[0], "Only a therapist") {
		t.Errorf("told %q", h.Notices)
	}
}

// actingAs signs in another name than the host's.
type actingAs struct {
	*clinic.Service
	who domain.Actor
}

func (a actingAs) SignRules(ctx context.Context, q clinic.RulesRequest) (clinic.RulesVersion, error) {
	return a.Service.SignRules(domain.WithActor(ctx, a.who), q)
}

func TestRecordsThatCannotBeRead(t *testing.T) {
	h := guitest.NewHost()
	var v *View
	w := h.Open(t, fyne.NewSize(900, 400), func() page.View {
		v = New(Params{Frame: h, Records: broken{}, OnBack: func() {}})
		return v
	})
	if len(h.Notices) != 1 || v.FirstFocus() != nil || w.Focused() != "" {
		t.Errorf("told %q", h.Notices)
	}
	w.Shortcut(kit.Ctrl(fyne.KeyReturn)) // nothing to preview
	if v.m.preview != nil || v.Unkept() != "" {
		t.Error("a preview of nothing")
	}
}

type broken struct{ records }

func (broken) Rules(context.Context) (clinic.RulesState, error) {
	return clinic.RulesState{}, errors.New("broken")
}

func TestWords(t *testing.T) {
	h := guitest.NewHost()
	s := desk(t, h)
	state, err := s.Rules(h.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(state)
	value := func(key string) screen.Value {
		for _, v := range m.values {
			if v.Key == key {
				return v
			}
		}
		t.Fatal(key)
		return screen.Value{}
	}
	for key, want := range map[string]string{
		"bst_min":             "Shipped 60. From 30 to 120; higher is stricter. | Secondary source, not read in the original: Berglund 2015, J Strength Cond Res 29(7):1803-1811, doi:10.1519/JSC.0000000000000837",
		"hr_urgent":           "Shipped 120. From 100 to 120: only lower. | Clinic default.",
		"bp_low_systolic":     "Shipped 90. From 90 to 110: only higher. | Clinic default.",
		"age_min":             "Shipped 18. From 18 to 21: only higher. | Clinic default: the trials enrolled adults",
		"fast_track":          "Shipped Yes. Further right is stricter. | Clinic default.",
		"max_age_days.health": "Shipped 365. From 1 to 365: only lower. | Clinic default.",
	} {
		if got := limitWords(value(key)) + " | " + sourceWords(value(key)); got != want {
			t.Errorf("%s\n got %s\nwant %s", key, got, want)
		}
	}
	if len(m.edits()) != 0 || m.changed() || m.note(value("bst_min")) != "" {
		t.Errorf("untouched: %v", m.edits())
	}
	m.typed["bst_min"], m.typed["fast_track"] = " 75 ", "off"
	if e := m.edits(); len(e) != 2 || e["bst_min"] != "75" || !m.changed() || m.note(value("bst_min")) != "Stricter than now, 60" ||
		m.note(value("fast_track")) != "Stricter than now, Yes" {
		t.Errorf("typed: %v, %q", e, m.note(value("bst_min")))
	}
	for _, g := range screen.Groups {
		if groupTitles[g] == "" {
			t.Errorf("group %s has no title", g)
		}
	}
	ready := screen.Decision{Outcome: screen.Ready, Stage: 2, Cap: 4}
	capped := ready
	capped.Cap = 2
	for want, got := range map[string]string{
		"Ready 2 to Hold":      move(ready, screen.Decision{Outcome: screen.HoldRefer}),
		"Ready 2, other goals": move(ready, capped), "Ready 2, stays": move(ready, ready),
		"There is no signed screen yet, so nothing changes for anybody.": previewWords(clinic.RulesPreview{}),
		"None of the newest screens of 1 patient would come to another result.": previewWords(
			clinic.RulesPreview{Screens: 1}),
		"Of the newest screens of 9 patients, 4 would come to another result: 1 stricter, 2 looser, 1 with other preparation.": previewWords(
			clinic.RulesPreview{Screens: 9, Changes: make([]clinic.RulesChange, 4), Stricter: 1, Looser: 2}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
