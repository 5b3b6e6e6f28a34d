package screen

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backtobar/domain"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/gui/kit"
)

// TestNeededFieldsStandInTheOrderOfTheRules: F8 follows the form because both
// lists are in the same order.
func TestNeededFieldsStandInTheOrderOfTheRules(t *testing.T) {
	r := newRecords(patient.Female)
	start := map[string]map[string]string{
		"nothing answered":      nil,
		"surgery without weeks": {"surgery.kind": "fusion"},
		"bridge without sides":  {pathHipTest: "bridge_hold_seconds"},
		"muscle test, no sides": {pathHipTest: "manual_muscle_test"},
		"no number of repeats":  {pathReps: ""},
	}
	for name, answers := range start {
		m := filled(r, answers)
		if d := cmp.Diff(m.verdict.Unanswered, m.stops()); d != "" {
			t.Errorf("%s: the rules and the form differ:\n%s", name, d)
		}
	}
	if n := len(filled(r, nil).verdict.Unanswered); n < 50 {
		t.Errorf("an empty form lacks only %d answers", n)
	}
}

// TestEveryFieldReachesTheCase types one answer for every field and reads it
// back at the same path of the case.
func TestEveryFieldReachesTheCase(t *testing.T) {
	typed := map[string]string{
		pathSystolic: "124", pathDiastolic: "78", "vitals.heart_rate_bpm": "72", "neuro.slr_angle_deg": "45",
		"pregnancy.weeks_postpartum": "12.5", "surgery.weeks_ago": "60", "episode.duration_weeks": "0.5",
		pathODI: "24.4", pathRMDQ: "9", pathSeconds: "85", "hip_extension.left": "14", "hip_extension.right": "15",
		pathContact: "8", pathReps: "12", "pain.vas_mm": "33.5", "tsk11": "22",
	}
	parents := map[string]string{"neuro.slr_own_leg_pain": "yes", pathPregnancy: "postpartum", "surgery.kind": "fusion",
		pathHipTest: "bridge_reps"}
	m := filled(newRecords(patient.Female), parents)
	want := map[string]string{}
	for _, f := range m.fields {
		text := typed[f.path]
		switch {
		case parents[f.path] != "":
			text = parents[f.path]
		case f.kind == yesNo:
			text = "yes"
		case f.kind == choice:
			text = f.options[len(f.options)-1].value
		case f.kind == scale:
			text = "4"
		}
		if f.path == pathHold {
			continue // it excludes the seconds; TestSentences has it
		}
		if text == "" {
			t.Fatalf("%s: this test has no answer for it", f.path)
		}
		m.set(f.path, text)
		want[f.path] = text
		if f.kind == yesNo && !strings.HasPrefix(f.path, "red_flags.") {
			want[f.path] = "true"
		}
	}
	if len(m.problems) > 0 {
		t.Fatalf("problems %v", m.problems)
	}
	if d := cmp.Diff(want, answersOf(m.fields, m.answers)); d != "" {
		t.Error(d)
	}
	if p := rules.Validate(withAge(m.answers), shipped); len(p) > 0 {
		t.Errorf("the rules refuse the case: %v", p)
	}
}

func withAge(c rules.Case) rules.Case {
	age := 40
	c.Patient = rules.CasePatient{AgeYears: &age, Sex: "female"}
	return c
}

// TestUnknownIsNotNo: U, and nothing at all, never count as an answer.
func TestUnknownIsNotNo(t *testing.T) {
	m := filled(newRecords(patient.Male), ready())
	if m.verdict.Decision.Outcome != rules.Ready {
		t.Fatalf("the typical answers are %s", m.verdict.Decision.Outcome)
	}
	for _, f := range m.fields {
		if f.kind != yesNo || m.get(f.path) == "" {
			continue
		}
		was := m.get(f.path)
		for _, a := range []string{"unknown", ""} {
			m.set(f.path, a)
			if got := m.verdict.Decision.Outcome; got != rules.Incomplete {
				t.Errorf("%s answered %q: %s", f.path, a, got)
			}
		}
		m.set(f.path, was)
	}
}

// TestUnansweredNeverSigns takes each needed answer away in turn.
func TestUnansweredNeverSigns(t *testing.T) {
	answers := ready()
	m := filled(newRecords(patient.Male), answers)
	if text, _ := m.refusal(); text != "" {
		t.Fatalf("a complete screen is refused: %s", text)
	}
	for path := range answers {
		m := filled(newRecords(patient.Male), answers)
		m.set(path, "")
		text, at := m.refusal()
		if text == "" || at == "" {
			t.Errorf("%s not answered: it could be signed", path)
		}
		if path != pathHipTest && at != path {
			t.Errorf("%s not answered: the keyboard goes to %s", path, at)
		}
	}
}

// TestAnotherHipTestHasItsOwnValues: 15 repeats must not become 15 seconds.
func TestAnotherHipTestHasItsOwnValues(t *testing.T) {
	m := filled(newRecords(patient.Male), ready())
	if m.get("hip_extension.left") == "" {
		t.Fatal("the test begins without a value")
	}
	m.set(pathHipTest, m.get(pathHipTest))
	if m.get("hip_extension.left") == "" {
		t.Error("the same test chosen again lost its values")
	}
	m.set(pathHipTest, "bridge_hold_seconds")
	if m.get("hip_extension.left") != "" || m.get("hip_extension.right") != "" || m.verdict.Decision.Outcome == rules.Ready {
		t.Errorf("left %q, right %q, %s", m.get("hip_extension.left"), m.get("hip_extension.right"), m.verdict.Decision.Outcome)
	}
}

// TestTheSameAnswerAgainIsFresh: asked again with the same result, an answer
// is of today.
func TestTheSameAnswerAgainIsFresh(t *testing.T) {
	r := newRecords(patient.Male)
	m := filled(r, ready())
	r.now = noon.AddDate(0, 0, 6)
	m.set("pain.nprs_7day", m.get("pain.nprs_7day"))
	if m.answers.AgeDays.Pain != 0 {
		t.Errorf("pain asked again today is %d days old", m.answers.AgeDays.Pain)
	}
}

// TestSentences types what cannot be right and reads the sentence beside the
// field. What was typed stays, does not count, and cannot be signed.
func TestSentences(t *testing.T) {
	tests := []struct {
		path, text, want string
		with             map[string]string
	}{
		{pathSystolic, "59", "Systolic pressure must be a whole number from 60 to 260", nil},
		{pathSystolic, "261", "Systolic pressure must be a whole number from 60 to 260", nil},
		{pathSystolic, "1e2", "Systolic pressure must be a whole number from 60 to 260", nil},
		{pathDiastolic, "29", "Diastolic pressure must be a whole number from 30 to 160", nil},
		{pathDiastolic, "161", "Diastolic pressure must be a whole number from 30 to 160", nil},
		{pathDiastolic, "124", "Diastolic pressure must be below the systolic pressure. Measure or enter both again.", nil},
		{"vitals.heart_rate_bpm", "19", "Heart rate must be a whole number from 20 to 250", nil},
		{"vitals.heart_rate_bpm", "251", "Heart rate must be a whole number from 20 to 250", nil},
		{"neuro.slr_angle_deg", "121", "Angle of that pain must be a whole number from 0 to 120",
			map[string]string{"neuro.slr_own_leg_pain": "yes"}},
		{"surgery.weeks_ago", "5201", "Weeks since the surgery must be a number from 0 to 5200",
			map[string]string{"surgery.kind": "fusion"}},
		{"episode.duration_weeks", "5200.5", "Duration of this episode must be a number from 0 to 5200", nil},
		{"episode.duration_weeks", ".", "Duration of this episode must be a number from 0 to 5200", nil},
		{"episode.duration_weeks", "1.0000001", "Duration of this episode must be a number from 0 to 5200", nil},
		{pathODI, "100.1", "Oswestry Disability Index (ODI) must be a number from 0 to 100", nil},
		{pathRMDQ, "25", "Roland-Morris total (RMDQ) must be a whole number from 0 to 24", nil},
		{pathSeconds, "601", "Back extensor hold must be whole seconds, 600 or less. Check the timer.", nil},
		{pathSeconds, "60.5", "Back extensor hold must be whole seconds, 600 or less. Check the timer.", nil},
		{pathHold, "unable_pain", "Back extensor hold needs either the seconds or a reason, not both. Delete one.", nil},
		{"hip_extension.left", "601", "Bridge, left must be a whole number from 0 to 600", nil},
		{"hip_extension.mmt_left", "6", "Muscle grade, left must be a whole number from 0 to 5", nil},
		{pathContact, "11", "Repeats that kept all contacts must not be more than the repeats done", nil},
		{pathReps, "0", "Repeats done must be a whole number from 1 to 50", nil},
		{pathReps, "51", "Repeats done must be a whole number from 1 to 50", nil},
		{"pain.nprs_7day", "11", "Average pain of the last 7 days (NPRS) must be a whole number from 0 to 10", nil},
		{"dowel_hinge.pain", "11", "Pain during the hinge must be a whole number from 0 to 10", nil},
		{"pain.vas_mm", "101", "Pain line (VAS) must be a number from 0 to 100", nil},
		{"tsk11", "10", "Fear of movement (TSK-11) must be a whole number from 11 to 44", nil},
		{"tsk11", "45", "Fear of movement (TSK-11) must be a whole number from 11 to 44", nil},
		{pathDistress, "4", "STarT Back distress must not be more than the total", map[string]string{pathStart: "3"}},
		{"bone", "glass", "Bone health must be one of the answers shown", nil},
		{"bone", "", "", nil},
	}
	for _, tt := range tests {
		answers := ready()
		for k, v := range tt.with {
			answers[k] = v
		}
		if tt.path == "surgery.weeks_ago" {
			answers["surgery.weeks_ago"] = "60"
		}
		m := filled(newRecords(patient.Male), answers)
		m.set(tt.path, tt.text)
		if got := m.problems.For(tt.path); got != tt.want {
			t.Errorf("%s %q: %q, want %q", tt.path, tt.text, got, tt.want)
		}
		if m.get(tt.path) != tt.text {
			t.Errorf("%s %q: what was typed is gone", tt.path, tt.text)
		}
		if tt.want == "" {
			continue
		}
		if answersOf(m.fields, m.answers)[tt.path] != "" {
			t.Errorf("%s %q: it counts although it cannot be right", tt.path, tt.text)
		}
		if text, _ := m.refusal(); text == "" {
			t.Errorf("%s %q: it could be signed", tt.path, tt.text)
		}
	}
}

func TestLimitsThemselvesAreTaken(t *testing.T) {
	for path, ends := range map[string][2]string{
		"vitals.heart_rate_bpm": {"20", "250"}, "episode.duration_weeks": {"0", "5200"}, pathODI: {"0", "100"},
		pathRMDQ: {"0", "24"}, pathSeconds: {"0", "600"}, "hip_extension.left": {"0", "600"},
		"tsk11": {"11", "44"}, "pain.vas_mm": {"0", "100"},
	} {
		for _, end := range ends {
			m := filled(newRecords(patient.Male), ready())
			m.set(path, end)
			if len(m.problems) > 0 {
				t.Errorf("%s %s: %v", path, end, m.problems)
			}
		}
	}
}

func TestSexDecidesAboutPregnancy(t *testing.T) {
	man := filled(newRecords(patient.Male), ready())
	if man.asked(pathPregnancy) || man.answers.Pregnancy == nil || man.answers.Pregnancy.Status != rules.PregnancyNotApplicable {
		t.Errorf("a man: asked %t, case %+v", man.asked(pathPregnancy), man.answers.Pregnancy)
	}
	woman := filled(newRecords(patient.Female), ready())
	if !woman.asked(pathPregnancy) || !slices.Contains(woman.stops(), pathPregnancy) {
		t.Error("a woman is not asked")
	}
	open := filled(newRecords(patient.SexUnknown), ready())
	if text, at := open.refusal(); !strings.Contains(text, "female or male in the intake") || at != pathSex {
		t.Errorf("sex not recorded: %q at %q", text, at)
	}
}

// TestHiddenAnswersDoNotCount: a value typed before its question went away
// stays typed and is not in the case.
func TestHiddenAnswersDoNotCount(t *testing.T) {
	m := filled(newRecords(patient.Male), ready())
	m.set("neuro.slr_own_leg_pain", "yes")
	m.set("neuro.slr_angle_deg", "999")
	if len(m.problems) != 1 {
		t.Fatal("an angle of 999 is taken")
	}
	m.set("neuro.slr_own_leg_pain", "no")
	if len(m.problems) != 0 || m.answers.Neuro.SLRAngleDeg != nil || m.get("neuro.slr_angle_deg") != "999" {
		t.Errorf("problems %v, case %+v", m.problems, m.answers.Neuro)
	}
	m.set(pathHipTest, "manual_muscle_test")
	if m.answers.HipExtension.Left != nil {
		t.Error("the repeats of a bridge count as a muscle grade")
	}
	if want := []string{"hip_extension.mmt_left", "hip_extension.mmt_right"}; !slices.Equal(m.stops(), want) {
		t.Errorf("left %q, want %q", m.stops(), want)
	}
}

// TestDraftKeepsEverything also keeps what cannot be right.
func TestDraftKeepsEverything(t *testing.T) {
	r := newRecords(patient.Female)
	answers := ready()
	answers[pathSystolic], answers["episode.duration_weeks"] = "999", "."
	answers["red_flags.CES1"] = "unknown"
	m := filled(r, answers)
	data, err := m.pack()
	if err != nil {
		t.Fatal(err)
	}
	back := newModel(r, shipped)
	back.patient = r.patient
	if old, err := back.unpack(data); err != nil || old != 0 {
		t.Fatal(old, err)
	}
	if d := cmp.Diff(m.values, back.values); d != "" {
		t.Error(d)
	}
	if a, b := mustJSON(t, m.verdict), mustJSON(t, back.verdict); a != b {
		t.Errorf("it means something else:\n%s\n%s", a, b)
	}
	for _, bad := range []string{"", "{", `{"version":2}`, `[]`} {
		if _, err := back.unpack([]byte(bad)); err == nil {
			t.Errorf("%q is read as a draft", bad)
		}
	}
}

// TestDraftGrowsOlder: an answer is as old as the day it was given, and one
// past its interval is asked again.
func TestDraftGrowsOlder(t *testing.T) {
	r := newRecords(patient.Male)
	data, err := filled(r, ready()).pack()
	if err != nil {
		t.Fatal(err)
	}
	open := func(days int) (*model, int) {
		r.now = noon.AddDate(0, 0, days)
		m := newModel(r, shipped)
		m.patient = r.patient
		old, err := m.unpack(data)
		if err != nil {
			t.Fatal(err)
		}
		return m, old
	}
	m, old := open(7)
	if old != 0 || m.answers.AgeDays.Pain != 7 || m.answers.AgeDays.RedFlags != 7 || m.verdict.Decision.Outcome != rules.Ready {
		t.Errorf("7 days: %d too old, ages %+v, %s", old, m.answers.AgeDays, m.verdict.Decision.Outcome)
	}
	m, old = open(8)
	if old != 4 || m.get("pain.nprs_7day") != "" || m.hints["pain.nprs_7day"] != "4 of 10 on Nov 22, 2026" {
		t.Errorf("8 days: %d too old, hints %v", old, m.hints)
	}
	for _, path := range []string{"episode.duration_weeks", "episode.mechanism", "episode.irritability"} {
		if m.get(path) != "" || m.hints[path] == "" {
			t.Errorf("8 days: %s came back as %q", path, m.get(path))
		}
	}
	m, _ = open(15)
	if m.get("red_flags.CES1") != "" || m.hints["red_flags.CES1"] != "" || m.get(pathSeconds) != "85" {
		t.Error("15 days: a safety answer came back, or a fresh hold did not")
	}
	m.set("red_flags.CES1", "no")
	if m.answers.AgeDays.RedFlags != 0 {
		t.Error("an answer given today is not fresh")
	}
}

// TestHintsNeverAnswer: a new screen shows earlier measurements and holds none.
func TestHintsNeverAnswer(t *testing.T) {
	r := newRecords(patient.Male)
	old := filled(r, ready())
	signed, err := r.SignScreen(t.Context(), "p1", old.answers)
	if err != nil {
		t.Fatal(err)
	}
	m := filled(r, nil)
	m.hintFrom(signed)
	if got := m.hints[pathSeconds]; got != "85 seconds on Nov 22, 2026" {
		t.Errorf("hint %q", got)
	}
	for path := range m.hints {
		f := m.fields[m.at[path]]
		if f.part == partSafety || f.part == partVitals || m.get(path) != "" {
			t.Errorf("%s has a hint or a value", path)
		}
	}
	if m.touched() || len(m.stops()) < 50 {
		t.Error("the new screen is not empty")
	}
}

func TestSummaryTellsEveryAnswer(t *testing.T) {
	answers := ready()
	answers["red_flags.INFL1"] = "yes"
	m := filled(newRecords(patient.Male), answers)
	told := map[string]string{}
	for _, ch := range summary(m.fields, m.answers) {
		for _, l := range ch.lines {
			told[l.label] = l.value
		}
	}
	for path, v := range answers {
		f := m.fields[m.at[path]]
		if told[f.name] != f.words(v) || f.words(v) == "" {
			t.Errorf("%s is told as %q, want %q", path, told[f.name], f.words(v))
		}
	}
	plain := summary(m.fields, filled(newRecords(patient.Male), ready()).answers)
	if plain[0].lines[0].value != "All 33 answered no" {
		t.Errorf("it begins with %+v", plain[0].lines[0])
	}
}

func TestFull(t *testing.T) {
	tests := []struct {
		text      string
		low, high int
		want      bool
	}{
		{"1", 60, 260, false}, {"12", 60, 260, false}, {"124", 60, 260, true}, {"6", 60, 260, false},
		{"60", 60, 260, true}, {"26", 60, 260, false}, {"45", 60, 260, false}, {"78", 30, 160, true},
		{"9", 30, 160, false}, {"16", 30, 160, false}, {"160", 30, 160, true}, {"25", 20, 250, false},
		{"26", 20, 250, true}, {"0", 0, 10, true}, {"1", 0, 10, false}, {"2", 0, 10, true}, {"10", 0, 10, true},
		{"", 0, 10, false}, {"1.", 0, 10, false},
	}
	for _, tt := range tests {
		if got := kit.Full(tt.text, tt.low, tt.high); got != tt.want {
			t.Errorf("%q from %d to %d: %t", tt.text, tt.low, tt.high, got)
		}
	}
}

func TestEveryClearanceHasWords(t *testing.T) {
	for _, name := range shipped.Clearances() {
		if text := clearanceText(shipped, name); text == name || strings.Contains(text, "question") {
			t.Errorf("%s has no words", name)
		}
	}
}

func TestRefusalOfTooOldAnswers(t *testing.T) {
	m := filled(newRecords(patient.Male), ready())
	for path := range m.taken {
		m.taken[path] = domain.Date{Year: 2026, Month: 10, Day: 1}
	}
	m.evaluate()
	if text, at := m.refusal(); !strings.Contains(text, "too old") || at == "" {
		t.Errorf("%q at %q", text, at)
	}
}
