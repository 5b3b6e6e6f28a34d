package screen

import (
	"encoding/json"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/gui/kit"
)

var catalog = func() *measure.Catalog {
	c, err := measure.Load(assets.Measures)
	if err != nil {
		panic(err)
	}
	return c
}()

// lastWeek is what the records have for a new screen, two answers of it too old.
func lastWeek() []clinic.Fed {
	day := domain.DateOf(noon).AddDays(-7)
	old := domain.DateOf(noon).AddDays(-43)
	return []clinic.Fed{
		{Path: pathNPRS, Text: "4", On: day, Days: 7, Valid: true},
		{Path: pathODI, Text: "24", On: day, Days: 7, Valid: true},
		{Path: pathHipTest, Text: "bridge_reps", On: day, Days: 7, Valid: true},
		{Path: "hip_extension.left", Text: "14", On: day, Days: 7, Valid: true},
		{Path: "hip_extension.right", Text: "15", On: day, Days: 7, Valid: true},
		{Path: pathReps, Text: "12", On: day, Days: 7, Valid: true},
		{Path: pathContact, Text: "9", On: day, Days: 7, Valid: true},
		{Path: "dowel_hinge.depth", Text: "mid_shin", On: day, Days: 7, Valid: true},
		{Path: "dowel_hinge.pain", Text: "1", On: day, Days: 7, Valid: true},
		{Path: pathSeconds, Text: "85", On: old, Days: 43},
		{Path: pathSystolic, Text: "124", On: day, Days: 7},
	}
}

// TestFedAnswersCountWithTheirAge and are not work of the person at the form.
func TestFedAnswersCountWithTheirAge(t *testing.T) {
	m := filled(newRecords(patient.Male), nil)
	if !m.feed(lastWeek()) {
		t.Fatal("the form did not change")
	}
	m.evaluate()
	if m.touched() {
		t.Error("nobody has typed anything")
	}
	if a := m.answers.AgeDays; a.Disability != 7 || a.HipExtension != 7 || a.DowelHinge != 7 || a.Pain != 7 || *m.answers.DowelHinge.Reps != 12 {
		t.Errorf("ages %+v, answers %+v", a, m.answers.DowelHinge)
	}
	if got := m.note(m.fields[m.at[pathODI]]); got != "measured Nov 15, 2026, 7 days ago" {
		t.Errorf("note %q", got)
	}
	if got := m.note(m.fields[m.at[pathSeconds]]); got != "was 85 seconds on Oct 10, 2026" || m.get(pathSeconds) != "" {
		t.Errorf("too old: note %q, value %q", got, m.get(pathSeconds))
	}
	if got := m.get(pathSystolic); got != "" {
		t.Errorf("the pressure of last week stands in the form: %q", got)
	}
	answers := ready()
	for _, f := range lastWeek() {
		if f.Valid {
			delete(answers, f.Path)
		}
	}
	for path, v := range answers {
		m.set(path, v)
	}
	if m.verdict.Decision.Outcome != rules.Ready {
		t.Errorf("with the rest typed: %s, left %v", m.verdict.Decision.Outcome, m.stops())
	}
	days := map[string]int{}
	for _, x := range m.takenList() {
		days[x.Path] = x.On.DaysUntil(m.today)
	}
	if days[pathODI] != 7 || days[pathContact] != 7 || days[pathSeconds] != 0 || len(days) < 20 {
		t.Errorf("taken %v", days)
	}
}

// TestTypingOverATestTakesItAsAWhole: today's repeats are not mixed with last
// week's depth, and a value that was deleted does not come back.
func TestTypingOverATestTakesItAsAWhole(t *testing.T) {
	m := filled(newRecords(patient.Male), nil)
	m.feed(lastWeek())
	if others := m.set(pathContact, "8"); !others {
		t.Error("the rest of the test stayed")
	}
	if m.get("dowel_hinge.depth") != "" || m.get("dowel_hinge.pain") != "" || m.get(pathReps) != "12" || m.taken[pathReps] != m.today {
		t.Errorf("left: %q, %q, %q", m.get("dowel_hinge.depth"), m.get("dowel_hinge.pain"), m.get(pathReps))
	}
	if got := m.note(m.fields[m.at["dowel_hinge.depth"]]); got != "was Mid-shin on Nov 15, 2026" {
		t.Errorf("note %q", got)
	}
	m.set(pathODI, "")
	m.feed(lastWeek())
	if m.get(pathODI) != "" || m.get("dowel_hinge.depth") != "" || m.get(pathContact) != "8" {
		t.Error("the records took the place of what was typed")
	}
	// The draft knows all of it.
	data, err := m.pack()
	if err != nil {
		t.Fatal(err)
	}
	again := filled(newRecords(patient.Male), nil)
	if _, err := again.unpack(data); err != nil {
		t.Fatal(err)
	}
	again.feed(lastWeek())
	if a, b := mustJSON(t, m.values), mustJSON(t, again.values); a != b {
		t.Errorf("after the draft\n%s, want\n%s", b, a)
	}
	if m.set(pathHipTest, "bridge_hold_seconds"); m.get("hip_extension.left") != "" || m.get(pathNPRS) != "4" {
		t.Errorf("another hip test: left %q, pain %q", m.get("hip_extension.left"), m.get(pathNPRS))
	}
}

// TestFeedingTwiceIsFeedingOnce: a newer measurement takes the place of an
// older one that nobody touched.
func TestFeedingTwiceIsFeedingOnce(t *testing.T) {
	m := filled(newRecords(patient.Male), nil)
	m.feed(lastWeek())
	newer := lastWeek()[:2]
	newer[1].Text, newer[1].On, newer[1].Days = "30", m.today, 0
	m.feed(newer)
	if m.get(pathODI) != "30" || m.get(pathContact) != "" || m.get(pathReps) != protocolReps {
		t.Errorf("ODI %q, contacts %q of %q", m.get(pathODI), m.get(pathContact), m.get(pathReps))
	}
	if got := m.note(m.fields[m.at[pathODI]]); got != "measured today" {
		t.Errorf("note %q", got)
	}
}

// TestTheFormOpensWithWhatIsKnown and signs it with its own day.
func TestTheFormOpensWithWhatIsKnown(t *testing.T) {
	r := newRecords(patient.Male)
	r.fed = lastWeek()
	w, h, s := open(t, r)
	if s.Status() != "not started" || r.draft != nil {
		t.Errorf("status %q, draft %v", s.Status(), r.draft)
	}
	press(w, strings.Repeat("n", len(shipped.RedFlags))+"nn12478"+"64"+"n"+"nnn"+"nn"+"26\rnl")
	s.focus(pathSeconds)
	press(w, "85\r")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Press(fyne.KeyReturn)
	if len(r.signed) != 1 {
		t.Fatalf("nothing was signed: left %v, said %v", s.model.stops(), h.Said)
	}
	for _, x := range r.taken {
		if want := map[string]int{pathODI: 7, pathSeconds: 0, pathNPRS: 7}; x.On.DaysUntil(s.svc.Today()) != want[x.Path] && want[x.Path] > 0 {
			t.Errorf("%s on %s", x.Path, x.On)
		}
	}
}

// TestScoreSheets opens the sheet of an answer with F7, types, and puts the
// result into the form.
func TestScoreSheets(t *testing.T) {
	for _, c := range []struct {
		at, keys string
		want     map[string]string
		note     string
		records  int
	}{
		{pathODI, "2131221121", map[string]string{pathODI: "32"}, "scored", 1},
		{pathRMDQ, "101", map[string]string{pathRMDQ: "2"}, "scored", 1},
		{pathSystolic, "12480126" + "82", map[string]string{pathSystolic: "125", pathDiastolic: "81"}, "scored", 1},
		{pathNPRS, "28" + "6 6 5", map[string]string{pathNPRS: "5.7"}, "5.7, scored", 3},
		{"neuro.finding", "55555" + "55545" + "nnnnn", map[string]string{"neuro.finding": "mild_unassessed"}, "", 0},
		{pathStart, "101010114", map[string]string{pathStart: "6", pathDistress: "4"}, "scored", 1},
		{"hip_extension.mmt_left", "5445", map[string]string{"hip_extension.mmt_left": "4", "hip_extension.mmt_right": "4"}, "scored", 1},
		{pathContact, "\t81\tk", map[string]string{pathContact: "8", pathReps: "10", "dowel_hinge.depth": "knee", "dowel_hinge.pain": "1"}, "scored", 1},
	} {
		r := newRecords(patient.Male)
		w, h, s := open(t, r)
		if c.at == "hip_extension.mmt_left" {
			s.model.set(pathHipTest, "manual_muscle_test")
			s.paint()
		}
		s.focus(c.at)
		w.Press(fyne.KeyF7)
		if !h.Router().SheetOpen() {
			t.Fatalf("%s: no sheet; the keyboard is on %q", c.at, w.Focused())
		}
		for _, k := range c.keys {
			if k == '\t' {
				w.Tab()
			} else {
				w.Type(string(k))
			}
		}
		w.Shortcut(kit.Ctrl(fyne.KeyReturn))
		if h.Router().SheetOpen() {
			w.Golden("stuck")
			t.Fatalf("%s: the sheet is still open", c.at)
		}
		for path, v := range c.want {
			if s.model.get(path) != v || s.model.taken[path] != s.model.today {
				t.Errorf("%s: %s is %q, want %q", c.at, path, s.model.get(path), v)
			}
		}
		if got := s.model.note(s.model.fields[s.model.at[c.at]]); got != c.note || len(s.model.records.Scored[c.at]) != c.records {
			t.Errorf("%s: note %q with %d records", c.at, got, len(s.model.records.Scored[c.at]))
		}
		if s.here() == "" {
			t.Errorf("%s: the keyboard is on %q", c.at, w.Focused())
		}
	}
}

// TestScoredAnswersTypedOver lose how they were scored, and every result of a
// sheet has its place in the form.
func TestScoredAnswersTypedOver(t *testing.T) {
	m := filled(newRecords(patient.Male), nil)
	value := domain.MustDecimal("80")
	hinge := measure.Scored{Records: []measure.Record{{Measure: "hinge_contacts", Status: measure.Measured, Value: &value}},
		Answers: map[string]string{pathContact: "8", pathReps: "10", "dowel_hinge.depth": "knee"}}
	if text := m.score(pathContact, hinge); text != "" || m.get("dowel_hinge.depth") != "knee" {
		t.Errorf("said %q, depth %q", text, m.get("dowel_hinge.depth"))
	}
	m.set("dowel_hinge.depth", "floor")
	if len(m.records.Scored) > 0 {
		t.Error("the records of the sheet still say another depth")
	}
	if text := m.score(pathNPRS, measure.Scored{Records: []measure.Record{{Measure: "nprs_now", Value: &value}}}); !strings.Contains(text, "average of the last 7 days") {
		t.Errorf("said %q", text)
	}
	m.score("neuro.crossed_slr", measure.Scored{Records: []measure.Record{{Measure: "slr_angle", Side: measure.Left, Value: &value}},
		Answers: map[string]string{"neuro.slr_own_leg_pain": "yes", "neuro.slr_angle_deg": "80", "neuro.crossed_slr": "no"}})
	if m.get("neuro.slr_angle_deg") != "80" || len(m.records.Scored["neuro.crossed_slr"]) != 1 {
		t.Errorf("the leg raise: %v, %v", m.values, m.records.Scored)
	}
	m.score(pathHold, measure.Scored{Records: []measure.Record{{Measure: "biering_sorensen", Status: measure.UnablePain}}})
	if m.get(pathHold) != "unable_pain" || m.get(pathSeconds) != "" {
		t.Errorf("the hold: %q %q", m.get(pathHold), m.get(pathSeconds))
	}
	for path, id := range calculators {
		if _, ok := catalog.Calculator(id); !ok || m.at[path] == 0 && path != m.fields[0].path {
			t.Errorf("%s names %q", path, id)
		}
	}
	var d draft
	data, _ := m.pack()
	if err := json.Unmarshal(data, &d); err != nil || len(d.Records.Scored) != len(m.records.Scored) {
		t.Errorf("the draft keeps %v, %v", d.Records.Scored, err)
	}
}

// TestFractureFeaturesAreCounted with the answers as they come.
func TestFractureFeaturesAreCounted(t *testing.T) {
	r := newRecords(patient.Female)
	r.patient.BirthDate, _ = domain.NewDate(1955, 11, 22) // 71 today
	m := filled(r, nil)
	for _, c := range []struct{ path, answer, want string }{
		{"long_term_steroids", "no", "2 of 4 fracture features (age above 70, female, long-term steroids, significant injury), 1 not asked. Two hold the training until they are checked."},
		{"long_term_steroids", "yes", "3 of 4 fracture features (age above 70, female, long-term steroids, significant injury), 1 not asked. Medical review the same day."},
	} {
		m.set(c.path, c.answer)
		if got := m.fractureWords(); got != c.want {
			t.Errorf("%s %s: %q", c.path, c.answer, got)
		}
	}
	young := filled(newRecords(patient.Male), map[string]string{"long_term_steroids": "no", "significant_trauma": "yes"})
	if got := young.fractureWords(); got != "1 of 4 fracture features (age above 70, female, long-term steroids, significant injury)." {
		t.Errorf("a young man: %q", got)
	}
}
