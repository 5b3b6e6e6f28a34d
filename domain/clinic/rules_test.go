package clinic_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

const why = "Our runners need longer holds."

func (d *desk) signRules(from int, e screen.Edits) clinic.RulesVersion {
	d.t.Helper()
	v, err := d.SignRules(d.ctx, clinic.RulesRequest{From: from, Edits: e, Reason: why})
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// later is the desk after an update of the program that ships other rules.
func (d *desk) later(t *testing.T, change func(m map[string]any)) *desk {
	t.Helper()
	b, err := fs.ReadFile(assets.Rules, "rules/screen.json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	m["version"] = "BB-1.1"
	change(m)
	if b, err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
	rules, err := screen.ParseRules(b)
	if err != nil {
		t.Fatal(err)
	}
	out := *d
	out.rules = rules
	ids := 1000
	out.Service = clinic.New(clinic.Params{Store: d.store, Clock: d.clock, Rules: rules, Library: d.route,
		NewID: func() string { ids++; return fmt.Sprintf("id-%d", ids) }})
	return &out
}

func threshold(m map[string]any, key string) map[string]any {
	return m["thresholds"].(map[string]any)[key].(map[string]any)
}

func TestSignedRulesDecide(t *testing.T) {
	d := open(t)
	d.saveIntake()
	answers := d.ready(`{"biering_sorensen":{"seconds":80}}`)
	if x, _ := d.PreviewScreen(d.patient, answers); x.Decision.Outcome != screen.Ready || x.RulesVersion != "BB-1.0" {
		t.Fatalf("as shipped: %s by %s", x.Decision.Outcome, x.RulesVersion)
	}
	old := d.signScreen(`{"biering_sorensen":{"seconds":80}}`)
	plan := d.signPlan("1A")
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Fatal(err)
	}
	v := d.signRules(0, screen.Edits{"bst_min": "90", "vas_fail": "60"})
	if v.Number != 1 || v.Signature.RulesVersion != "BB-1.0+clinic.1" || v.Signature.By.Name != castello.Name || v.Edits["vas_fail"] != "" {
		t.Errorf("signed %+v", v)
	}
	// The panel, the chart, the plan and the paper all go by the new rules.
	if x, _ := d.PreviewScreen(d.patient, answers); x.Decision.Outcome != screen.NotReady || x.RulesVersion != "BB-1.0+clinic.1" {
		t.Errorf("the panel says %s by %s", x.Decision.Outcome, x.RulesVersion)
	}
	c, err := d.Chart(d.ctx, d.patient.ID)
	if err != nil || c.Decision.Outcome != screen.NotReady || c.Rules.Clinic() != 1 {
		t.Errorf("the chart says %s by %d, %v", c.Decision.Outcome, c.Rules.Clinic(), err)
	}
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "stage 0")
	if _, err := d.DraftPlan(d.ctx, d.patient.ID, "1A"); !errors.Is(err, domain.ErrNotAllowed) {
		t.Errorf("a plan of stage 1: %v", err)
	}
	if until, err := d.HandoutUntil(d.ctx, plan.ID); err != nil || until != d.Today() {
		t.Errorf("the sheet counts until %v, %v", until, err)
	}
	if kept, err := d.LatestScreen(d.ctx, d.patient.ID); err != nil || kept.Explanation.Decision.Outcome != screen.Ready || kept.ID != old.ID {
		t.Errorf("the signed screen has changed: %+v, %v", kept.Explanation.Decision, err)
	}
	signed := d.signScreen(`{"biering_sorensen":{"seconds":80}}`)
	if signed.Explanation.Decision.Outcome != screen.NotReady || signed.Signature.RulesVersion != "BB-1.0+clinic.1" {
		t.Errorf("a new screen is %s by %s", signed.Explanation.Decision.Outcome, signed.Signature.RulesVersion)
	}
	// Another start of the program finds the same rules, also before any chart.
	again := clinic.New(clinic.Params{Store: d.store, Clock: d.clock, Rules: d.rules, Library: d.route})
	if x, _ := again.PreviewScreen(d.patient, answers); x.RulesVersion != "BB-1.0+clinic.1" {
		t.Errorf("after a restart the rules are %s", x.RulesVersion)
	}
	state, err := again.Rules(d.ctx)
	if err != nil || state.Number != 1 || len(state.History) != 1 || len(state.Unfit) != 0 {
		t.Errorf("state %+v, %v", state, err)
	}
	// Going back to the shipped values is one more version.
	back := d.signRules(1, nil)
	if back.Number != 2 || len(back.Edits) != 0 {
		t.Errorf("back %+v", back)
	}
	if x, _ := d.PreviewScreen(d.patient, answers); x.Decision.Outcome != screen.Ready || x.RulesVersion != "BB-1.0+clinic.2" {
		t.Errorf("back: %s by %s", x.Decision.Outcome, x.RulesVersion)
	}
	if trail := d.trail(); !slices.Contains(trail, "rules.sign") {
		t.Errorf("the trail has %v", trail)
	}
}

func TestWhoMaySignRules(t *testing.T) {
	d := open(t)
	good := clinic.RulesRequest{Edits: screen.Edits{"bst_min": "75"}, Reason: why}
	for _, c := range []struct {
		name    string
		ctx     context.Context
		change  func(q *clinic.RulesRequest)
		kind    error
		field   string
		message string
	}{
		{"nobody", context.Background(), nil, domain.ErrNotAllowed, "", "Choose who is working"},
		{"the front desk", d.front, nil, domain.ErrNotAllowed, "", "Only a therapist"},
		{"no reason", d.ctx, func(q *clinic.RulesRequest) { q.Reason = "  because  " }, nil, "reason", "10 characters"},
		{"a book for a reason", d.ctx, func(q *clinic.RulesRequest) { q.Reason = strings.Repeat("a", 401) }, nil, "reason", "400"},
		{"outside the limits", d.ctx, func(q *clinic.RulesRequest) { q.Edits = screen.Edits{"bst_min": "121"} }, nil, "bst_min", "from 30 to 120"},
		{"a weaker stop", d.ctx, func(q *clinic.RulesRequest) { q.Edits = screen.Edits{"hr_urgent": "130"} }, nil, "hr_urgent", "never weakened"},
		{"nothing changed", d.ctx, func(q *clinic.RulesRequest) { q.Edits = screen.Edits{"bst_min": "60"} }, domain.ErrNotAllowed, "", "No value differs"},
		{"a version not there", d.ctx, func(q *clinic.RulesRequest) { q.From = 1 }, domain.ErrConflict, "", "Somebody else"},
	} {
		q := good
		if c.change != nil {
			c.change(&q)
		}
		_, err := d.SignRules(c.ctx, q)
		if err == nil || c.kind != nil && !errors.Is(err, c.kind) || c.field != "" && clinic.Reasons(err).For(c.field) == "" ||
			!strings.Contains(clinic.Sentence(err), c.message) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	state, err := d.Rules(d.ctx)
	if err != nil || state.Number != 0 || len(state.History) != 0 || slices.Contains(d.trail(), "rules.sign") {
		t.Fatalf("something was kept: %+v, %v", state, err)
	}
	if _, err := d.SignRules(d.ctx, good); err != nil {
		t.Fatal(err)
	}
	_, err = d.SignRules(d.ctx, good)
	if !errors.Is(err, domain.ErrConflict) {
		t.Errorf("a second signature on the same version: %v", err)
	}
}

func TestPreviewShowsWhoChanges(t *testing.T) {
	d := open(t)
	d.signScreen(`{"biering_sorensen":{"seconds":80}}`)
	first := d.patient
	second := somebody()
	second.LastName, second.Phone = "Brook", "9545550143"
	var err error
	if d.patient, err = d.AddPatient(d.front, second); err != nil {
		t.Fatal(err)
	}
	d.signScreen(`{"biering_sorensen":{"seconds":40}}`)
	d.clock.addDays(4)
	for _, c := range []struct {
		name            string
		edits           screen.Edits
		want            []string
		stricter, loose int
	}{
		{"nothing", nil, nil, 0, 0},
		{"a longer hold", screen.Edits{"bst_min": "80"}, []string{"Alvarez READY/1>NOT_READY/0 today READY/1>NOT_READY/0 1"}, 1, 0},
		{"a shorter hold", screen.Edits{"bst_min": "35"}, []string{"Brook NOT_READY/0>READY/1 today NOT_READY/0>READY/1 -1"}, 0, 1},
		{"pain asked sooner", screen.Edits{"max_age_days.pain": "3"}, []string{"Alvarez READY/1>READY/1 today READY/1>RETEST/0 1"}, 1, 0},
		{"a hold on age, and pain asked sooner", screen.Edits{"hr_caution": "80", "max_age_days.pain": "3", "bst_min": "35"}, []string{
			"Brook NOT_READY/0>READY/1 today NOT_READY/0>RETEST/0 1", "Alvarez READY/1>READY/1 today READY/1>RETEST/0 1"}, 2, 0},
	} {
		got, err := d.PreviewRules(d.front, 0, c.edits)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, x := range got.Changes {
			lines = append(lines, fmt.Sprintf("%s %s/%d>%s/%d today %s/%d>%s/%d %d", x.Patient.LastName,
				x.SignedWas.Outcome, x.SignedWas.Stage, x.SignedBecomes.Outcome, x.SignedBecomes.Stage,
				x.TodayWas.Outcome, x.TodayWas.Stage, x.TodayBecomes.Outcome, x.TodayBecomes.Stage, x.Toward))
		}
		slices.Sort(lines)
		slices.Sort(c.want)
		if !slices.Equal(lines, c.want) || got.Stricter != c.stricter || got.Looser != c.loose || got.Screens != 2 || got.Version != "BB-1.0+clinic.1" {
			t.Errorf("%s: %+v\n got %q\nwant %q", c.name, got, lines, c.want)
		}
	}
	got, err := d.PreviewRules(d.front, 0, screen.Edits{"bst_min": "75", "nprs_fail": "7", "vas_fail": "60"})
	if err != nil || len(got.Values) != 2 || got.Values[0].Value.Key != "nprs_fail" || got.Values[0].Toward != -1 ||
		got.Values[1].Was != "60" || got.Values[1].Becomes != "75" || got.Values[1].Toward != 1 {
		t.Errorf("values %+v, %v", got.Values, err)
	}
	if _, err := d.PreviewRules(d.front, 0, screen.Edits{"bst_min": "29"}); clinic.Reasons(err).For("bst_min") == "" {
		t.Errorf("outside the limits: %v", err)
	}
	if _, err := d.PreviewRules(d.front, 1, nil); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("a version not there: %v", err)
	}
	if first.ID == d.patient.ID || slices.Contains(d.trail(), "rules.sign") {
		t.Error("a preview was signed")
	}
}

// TestOldScreensRunAgain: whatever the clinic signs and the program ships later,
// a signed screen comes to the same answer, byte for byte.
func TestOldScreensRunAgain(t *testing.T) {
	d := open(t)
	overlays := []string{`{}`, `{"biering_sorensen":{"seconds":80}}`, `{"red_flags":{"CES1":"yes"}}`,
		`{"pain":{"nprs_7day":6}}`, `{"surgery":{"kind":"fusion","weeks_ago":30},"clearances":["surgeon"]}`}
	var signed []clinic.SignedScreen
	sign := func(d *desk) {
		for _, o := range overlays {
			signed = append(signed, d.signScreen(o))
		}
	}
	sign(d)
	d.signRules(0, screen.Edits{"bst_min": "90", "nprs_fail": "6.5"})
	sign(d)
	d.signRules(1, screen.Edits{"bst_min": "110", "surgery_window_weeks.fusion": "40"})
	sign(d)
	d = d.later(t, func(m map[string]any) {
		threshold(m, "bst_min")["high"], threshold(m, "vas_fail")["value"] = 100, 50
		m["rules"].([]any)[0].(map[string]any)["text"] = "Other words."
	})
	state, err := d.Rules(d.ctx)
	if err != nil || state.Rules.Version != "BB-1.1+clinic.2" || state.Unfit.For("bst_min") == "" || len(state.Unfit) != 1 {
		t.Fatalf("after the update: %s, %v, %v", state.Rules.Version, state.Unfit, err)
	}
	sign(d)
	d.signRules(2, screen.Edits{"bst_min": "95"})
	sign(d)
	versions := map[string]int{}
	for _, s := range signed {
		v, err := d.VerifyScreen(d.ctx, s.ID)
		if err != nil || len(v.Differences) > 0 || v.Rules != s.Signature.RulesVersion {
			t.Errorf("%s by %s: %+v, %v", s.ID, s.Signature.RulesVersion, v, err)
		}
		versions[v.Rules]++
	}
	if len(versions) != 5 || versions["BB-1.0"] != len(overlays) {
		t.Errorf("versions %v", versions)
	}
}

func TestVerifyTellsADifference(t *testing.T) {
	d := open(t)
	good := d.signScreen()
	tamper := func(version int, change func(s *clinic.SignedScreen)) domain.ScreenID {
		s := good
		s.ID, s.Version = domain.ScreenID(fmt.Sprintf("tampered-%d", version)), version
		change(&s)
		if err := d.store.Update(context.Background(), func(tx clinic.Tx) error { return tx.Screens().Append(s) }); err != nil {
			t.Fatal(err)
		}
		return s.ID
	}
	outcome := tamper(2, func(s *clinic.SignedScreen) {
		s.Explanation.Decision.Outcome, s.Explanation.Decision.Stage = screen.NotReady, 0
		s.Explanation.Decision.Rules = []string{"PAIN-1"}
	})
	v, err := d.VerifyScreen(d.ctx, outcome)
	if err != nil || len(v.Differences) != 3 || v.Differences[0] != (clinic.Difference{Part: "Result", Signed: "NOT_READY", Now: "READY"}) {
		t.Errorf("%+v, %v", v, err)
	}
	words := tamper(3, func(s *clinic.SignedScreen) { s.Explanation.Headline = "Ready for anything." })
	if v, err = d.VerifyScreen(d.ctx, words); err != nil || len(v.Differences) != 1 || v.Differences[0].Part != "Reasons" {
		t.Errorf("%+v, %v", v, err)
	}
	unknown := tamper(4, func(s *clinic.SignedScreen) { s.Signature.RulesHash = "gone" })
	_, err = d.VerifyScreen(d.ctx, unknown)
	refused(t, err, "were not kept")
	if _, err := d.VerifyScreen(d.ctx, "none"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("no such screen: %v", err)
	}
	// Rules of a layout that this program does not know are whole, not damaged.
	err = d.store.Update(context.Background(), func(tx clinic.Tx) error {
		file := []byte(`{"version":"BB-0.9"}`)
		sum := sha256.Sum256(file)
		hash := hex.EncodeToString(sum[:])
		return tx.Rules().Keep(clinic.RulesSet{Hash: hash, BaseHash: hash, Version: "BB-0.9", File: file})
	})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(`{"version":"BB-0.9"}`))
	older := tamper(5, func(s *clinic.SignedScreen) { s.Signature.RulesHash = hex.EncodeToString(sum[:]) })
	_, err = d.VerifyScreen(d.ctx, older)
	refused(t, err, "BB-0.9, are kept, but this version of the program cannot read them")
	for n, change := range []func(s *clinic.RulesSet){
		func(s *clinic.RulesSet) { s.File = []byte("{}") },
		func(s *clinic.RulesSet) { s.File = append(s.File, '\n') },
		func(s *clinic.RulesSet) { s.Number, s.Edits = 1, screen.Edits{"bst_min": "200"} },
		func(s *clinic.RulesSet) { s.Number, s.Edits = 1, screen.Edits{"bst_min": "70"} },
		func(s *clinic.RulesSet) { s.Version = "BB-9" },
	} {
		hash := fmt.Sprintf("bad-%d", n)
		err := d.store.Update(context.Background(), func(tx clinic.Tx) error {
			set, err := tx.Rules().Kept(good.Signature.RulesHash)
			if err != nil {
				return err
			}
			set.Hash = hash
			change(&set)
			return tx.Rules().Keep(set)
		})
		if err != nil {
			t.Fatal(err)
		}
		id := tamper(6+n, func(s *clinic.SignedScreen) { s.Signature.RulesHash = hash })
		if _, err := d.VerifyScreen(d.ctx, id); !errors.Is(err, domain.ErrDamaged) {
			t.Errorf("damaged rules %d: %v", n, err)
		}
	}
}

func TestRescoreMakesANewRecord(t *testing.T) {
	d := open(t)
	d.saveIntake()
	first := d.signScreen(`{"biering_sorensen":{"seconds":80}}`)
	plan := d.signPlan("1A")
	_, err := d.RescoreScreen(d.ctx, first.ID)
	refused(t, err, "nothing to score again")
	d.signRules(0, screen.Edits{"bst_min": "80"})
	d.clock.addDays(2)
	_, err = d.RescoreScreen(d.front, first.ID)
	refused(t, err, "Only a therapist")
	shown, err := d.PreviewRescore(d.front, first.ID)
	if err != nil || shown.Decision.Outcome != screen.NotReady {
		t.Fatalf("the preview says %s, %v", shown.Decision.Outcome, err)
	}
	second, err := d.RescoreScreen(d.ctx, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	if second.Explanation.Headline != shown.Headline {
		t.Errorf("signed %q, shown %q", second.Explanation.Headline, shown.Headline)
	}
	if second.ID == first.ID || second.Version != 2 || second.RescoredFrom != first.ID || second.TakenOn != first.TakenOn ||
		second.Explanation.Decision.Outcome != screen.NotReady || second.Signature.RulesVersion != "BB-1.0+clinic.1" {
		t.Errorf("scored again: %+v", second)
	}
	all, err := d.Screens(d.ctx, d.patient.ID)
	if err != nil || len(all) != 2 || all[0].Explanation.Decision.Outcome != screen.Ready || all[0].RescoredFrom != "" {
		t.Fatalf("the records are %+v, %v", all, err)
	}
	for _, s := range all {
		if v, err := d.VerifyScreen(d.ctx, s.ID); err != nil || len(v.Differences) > 0 {
			t.Errorf("version %d: %+v, %v", s.Version, v, err)
		}
	}
	// The answers are as old as they were: eight days later the pain is too old.
	d.clock.addDays(6)
	if now, err := d.CurrentDecision(d.ctx, d.patient.ID); err != nil || !slices.Contains(now.Explanation.Decision.Stale, "pain") {
		t.Errorf("the answers grew younger: %v, %v", now.Explanation.Decision.Stale, err)
	}
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "newer screen")
	_, err = d.RescoreScreen(d.ctx, first.ID)
	refused(t, err, "newer screen")
	if _, err := d.RescoreScreen(d.ctx, "none"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("no such screen: %v", err)
	}
	if !slices.Contains(d.trail(), "screen.rescore") {
		t.Error("the trail does not tell")
	}
}

// TestRescoreAsksForWhatIsMissing: an update may ask a question that nobody has
// answered; then the old answers cannot be scored again.
func TestRescoreAsksForWhatIsMissing(t *testing.T) {
	d := open(t)
	old := d.signScreen()
	d = d.later(t, func(m map[string]any) {
		m["red_flags"] = append(m["red_flags"].([]any), map[string]any{"id": "NEW1", "group": "Other",
			"question": "Something new?", "action": "URGENT_REFER"})
	})
	_, err := d.RescoreScreen(d.ctx, old.ID)
	refused(t, err, "Not asked: Safety questions")
}
