// Package screen is the Screen section of a chart: the questions and tests of
// the readiness screen beside a panel that says, after every answer, what they
// mean.
//
// The model holds what was typed, also what cannot be right, and makes a case
// for the rules out of what can. Nothing is answered by default: a question
// that nobody asked stays open, and an open one never lets a patient pass.
package screen

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
)

// Service is what the section asks of the clinic.
type Service interface {
	Today() domain.Date
	Chart(ctx context.Context, id domain.PatientID) (clinic.Chart, error)
	CurrentDecision(ctx context.Context, id domain.PatientID) (clinic.Current, error)
	PreviewScreen(p patient.Patient, c rules.Case) (rules.Explanation, domain.Problems)
	PreviewRescore(context.Context, domain.ScreenID) (rules.Explanation, error)
	RescoreScreen(context.Context, domain.ScreenID) (clinic.SignedScreen, error)
	VerifyScreen(context.Context, domain.ScreenID) (clinic.Verification, error)
	SignAgain(ctx context.Context, id domain.PatientID, shown domain.ScreenID) (clinic.SignedScreen, error)
	SignScreenWith(ctx context.Context, id domain.PatientID, c rules.Case, o clinic.Signing, taken ...clinic.Taken) (clinic.SignedScreen, error)
	MeasureCatalog() *measure.Catalog
	MeasuredAnswers(ctx context.Context, id domain.PatientID) ([]clinic.Fed, error)
	Past(ctx context.Context, id domain.PatientID) (clinic.Past, error)
	RecordClearance(context.Context, domain.PatientID, domain.ScreenID, clinic.ClearanceRequest) (clinic.Ruling, error)
	Override(context.Context, domain.PatientID, domain.ScreenID, clinic.OverrideRequest) (clinic.Ruling, error)
	RecordFinding(context.Context, domain.PatientID, domain.ScreenID, clinic.Finding) (clinic.Ruling, error)
	Withdraw(context.Context, domain.PatientID, domain.RulingID, string) (clinic.Ruling, error)
	Rulings(context.Context, domain.PatientID) ([]clinic.Ruling, error)
	SaveDraft(ctx context.Context, p domain.PatientID, section string, data []byte) error
	Draft(ctx context.Context, p domain.PatientID, section string) (clinic.Draft, error)
	DiscardDraft(ctx context.Context, p domain.PatientID, section string) error
}

// model is the form without its window.
type model struct {
	svc    Service
	rules  *rules.Rules
	fields []field
	// at finds a field by its path.
	at      map[string]int
	patient patient.Patient
	today   domain.Date
	// past is what clearances stand on.
	past clinic.Past

	// values are the answers as typed, by path; taken is the day of each.
	values map[string]string
	taken  map[string]domain.Date
	// hints are earlier values in words, shown in grey and never counted.
	hints map[string]string
	// records is what is known of answers that came from measurements, and of
	// those that a calculator made.
	records measured

	// What the answers mean, after each change.
	answers  rules.Case
	verdict  rules.Explanation
	problems domain.Problems
}

func newModel(svc Service, r *rules.Rules) *model {
	m := &model{svc: svc, rules: r, fields: fieldsOf(r), at: map[string]int{}, today: svc.Today()}
	for i, f := range m.fields {
		m.at[f.path] = i
	}
	m.clear()
	return m
}

// clear empties the form. The number of repeats is not an answer but the
// protocol, so it alone is filled in.
func (m *model) clear() {
	m.values = map[string]string{pathReps: protocolReps}
	m.taken = map[string]domain.Date{}
	m.hints = map[string]string{}
	m.records = newMeasured()
}

// get returns what was typed.
func (m *model) get(path string) string { return m.values[path] }

// set keeps what was typed and works out what it means. It reports whether
// another answer changed with it.
func (m *model) set(path, text string) (others bool) {
	m.today = m.svc.Today()
	if m.values[path] == text && m.taken[path] == m.today {
		return false
	}
	others = m.typedOver(path, text)
	if old := m.values[path]; path == pathHipTest && old != "" && old != text {
		// The numbers belong to the test they were taken in: 15 repeats are not
		// 15 seconds.
		for _, side := range hipSides {
			delete(m.values, side)
			delete(m.taken, side)
		}
	}
	if text == "" {
		delete(m.values, path)
		delete(m.taken, path)
	} else {
		m.values[path] = text
		m.taken[path] = m.today
	}
	m.evaluate()
	return others
}

// hipSides are the two values of the hip extensor test.
var hipSides = []string{"hip_extension.left", "hip_extension.right"}

// asked reports whether the field belongs to this form.
func (m *model) asked(path string) bool {
	i, ok := m.at[path]
	return ok && (m.fields[i].shown == nil || m.fields[i].shown(m))
}

// touched reports whether anything was answered.
func (m *model) touched() bool {
	for path, v := range m.values {
		if !m.records.Fed[path] && (path != pathReps || v != protocolReps) {
			return true
		}
	}
	return false
}

// evaluate makes the case of the answers that can be right and explains it as
// of today: a form that lies open over the weekend goes on growing older.
func (m *model) evaluate() {
	m.today = m.svc.Today()
	own := m.check()
	m.answers = m.caseOf(own)
	m.answers.Clearances = m.past.Clearances(m.answers, m.today)
	x, more := m.svc.PreviewScreen(m.patient, m.answers)
	m.verdict = x
	for _, p := range more {
		if own.For(p.Field) == "" {
			own.Add(p.Field, m.sentence(p))
		}
	}
	m.problems = own
}

// sentence names the field in a problem that the rules found.
func (m *model) sentence(p domain.Problem) string {
	switch p.Field {
	case pathSex:
		return "Choose female or male in the intake. The clinical rules need it."
	case pathHipTest:
		return "Choose the hip extensor test that these values are from"
	case "patient.age_years":
		return "Check the birth date in the intake. The clinical rules need the age."
	}
	if i, ok := m.at[p.Field]; ok {
		return m.fields[i].name + " " + p.Text
	}
	return p.Text
}

// check returns what cannot be right, in the order of the form.
func (m *model) check() domain.Problems {
	var out domain.Problems
	for _, f := range m.fields {
		if m.asked(f.path) && m.values[f.path] != "" {
			if text := m.wrong(f); text != "" {
				out.Add(f.path, text)
			}
		}
	}
	return out
}

// wrong says what is wrong with a typed answer and what to do, or "".
func (m *model) wrong(f field) string {
	text := m.values[f.path]
	switch f.kind {
	case number, scale:
		v, err := domain.ParseDecimal(text)
		low, high := domain.NewDecimal(f.low), domain.NewDecimal(f.high)
		if err != nil || v.Cmp(low) < 0 || v.Cmp(high) > 0 || !f.decimals && !v.IsWhole() {
			return rangeSentence(f)
		}
	case yesNo:
		if text != "yes" && text != "no" && text != "unknown" {
			return `Answer "` + f.name + `" with Y, N or U`
		}
	case choice:
		if f.word(text) == "" {
			return f.name + " must be one of the answers shown"
		}
	}
	switch f.path {
	case pathDiastolic:
		if less(m, pathSystolic, pathDiastolic, true) {
			return "Diastolic pressure must be below the systolic pressure. Measure or enter both again."
		}
	case pathHold:
		if m.values[pathSeconds] != "" {
			return "Back extensor hold needs either the seconds or a reason, not both. Delete one."
		}
	case pathContact:
		if less(m, pathReps, pathContact, false) {
			return "Repeats that kept all contacts must not be more than the repeats done"
		}
	case pathDistress:
		if less(m, pathStart, pathDistress, false) {
			return "STarT Back distress must not be more than the total"
		}
	}
	return ""
}

// rangeSentence names the field and its range.
func rangeSentence(f field) string {
	if f.path == pathSeconds {
		return "Back extensor hold must be whole seconds, 600 or less. Check the timer."
	}
	what := "a whole number"
	if f.decimals && f.kind == number {
		what = "a number"
	}
	return fmt.Sprintf("%s must be %s from %d to %d", f.name, what, f.low, f.high)
}

// less reports whether a is less than b, or equal when orEqual. A field
// without a number answers false.
func less(m *model, a, b string, orEqual bool) bool {
	x, errA := domain.ParseDecimal(m.values[a])
	y, errB := domain.ParseDecimal(m.values[b])
	if errA != nil || errB != nil {
		return false
	}
	return x.Cmp(y) < 0 || orEqual && x.Cmp(y) == 0
}

// caseOf is the case of the answers without a problem. Answers to questions
// that are not asked stay typed and do not count.
func (m *model) caseOf(bad domain.Problems) rules.Case {
	tree := map[string]any{}
	ages := map[string]int{}
	for _, f := range m.fields {
		text := m.values[f.path]
		if text == "" || !m.asked(f.path) || bad.For(f.path) != "" {
			continue
		}
		if v := f.value(text); v != nil {
			plant(tree, f.path, v)
		}
		if day := m.taken[f.path]; f.item != "" && !day.IsZero() {
			ages[f.item] = max(ages[f.item], day.DaysUntil(m.today))
		}
	}
	if m.patient.Sex == patient.Male {
		plant(tree, pathPregnancy, string(rules.PregnancyNotApplicable))
	}
	tree["age_days"] = ages
	var c rules.Case
	b, err := json.Marshal(tree)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil {
		// Only an answer that slipped past check gets here. An empty case is
		// not complete, so it can never pass.
		return rules.Case{}
	}
	return c
}

// answered are the days of the answers that a case does not date.
func (m *model) answered() map[string]domain.Date {
	out := map[string]domain.Date{}
	for item, path := range map[string]string{"irritability": "episode.irritability", "mechanism": "episode.mechanism",
		"duration": "episode.duration_weeks", "history": "history.highest_stage_exited"} {
		if day := m.taken[path]; !day.IsZero() {
			out[item] = day
		}
	}
	return out
}

// value is the answer as it stands in a case file; nil for "not asked".
func (f field) value(text string) any {
	switch f.kind {
	case number, scale:
		v, err := domain.ParseDecimal(text)
		if err != nil {
			return nil
		}
		return json.Number(v.String())
	case yesNo:
		if !strings.HasPrefix(f.path, "red_flags.") {
			if text == "unknown" {
				return nil
			}
			return text == "yes"
		}
	}
	return text
}

// plant puts a value into the tree at the path.
func plant(tree map[string]any, path string, v any) {
	for {
		head, rest, deeper := strings.Cut(path, ".")
		if !deeper {
			tree[head] = v
			return
		}
		next, ok := tree[head].(map[string]any)
		if !ok {
			next = map[string]any{}
			tree[head] = next
		}
		tree, path = next, rest
	}
}

// stops returns the fields to visit with F8, in the order of the form: what is
// wrong and what is still needed.
func (m *model) stops() []string {
	visit := map[string]bool{}
	for _, p := range m.problems {
		visit[p.Field] = true
	}
	for _, path := range m.verdict.Unanswered {
		visit[path] = true
	}
	var out []string
	for _, f := range m.fields {
		if visit[f.path] && m.asked(f.path) {
			out = append(out, f.path)
		}
	}
	return out
}

// after returns the stop after the path, or before it; with "" the first or
// last. It comes round. "" when nothing is left.
func (m *model) after(path string, back bool) string {
	stops := m.stops()
	if len(stops) == 0 {
		return ""
	}
	here, known := m.at[path]
	if back {
		for i := len(stops) - 1; i >= 0; i-- {
			if known && m.at[stops[i]] < here {
				return stops[i]
			}
		}
		return stops[len(stops)-1]
	}
	for _, s := range stops {
		if known && m.at[s] > here {
			return s
		}
	}
	return stops[0]
}

// refusal says why the screen cannot be signed yet, and the field to go to;
// "" when it can.
func (m *model) refusal() (text, path string) {
	if n := len(m.problems); n > 0 {
		path = m.problems[0].Field
		if n == 1 {
			return "Saved as draft. " + m.problems[0].Text, path
		}
		return "Saved as draft. " + counted(n, "answer needs", "answers need") + " a change.", path
	}
	switch m.verdict.Decision.Outcome {
	case rules.Incomplete:
		n := len(m.verdict.Unanswered)
		return "Saved as draft. " + counted(n, "answer is", "answers are") + " still needed before signing.", m.after("", false)
	case rules.Retest:
		for _, r := range m.verdict.Reasons {
			if r.State == "stale" {
				return "Saved as draft. " + r.Title + " is too old. Ask or measure it again before signing.", r.Field
			}
		}
	}
	return "", ""
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// left is the chip of the action bar: problems first, then what is left.
func (m *model) left() string {
	if n := len(m.problems); n > 0 {
		return counted(n, "problem", "problems")
	}
	if n := len(m.verdict.Unanswered); n > 0 {
		return strconv.Itoa(n) + " left"
	}
	return ""
}

// need is the sentence at an open answer that keeps the screen from being
// signed.
func (f field) need() string {
	switch f.kind {
	case yesNo:
		return "Answer this with Y or N. While it is not asked, the screen cannot be signed."
	case choice, scale:
		return "Choose an answer here"
	}
	return "Enter a number here"
}
