package screen

import (
	"encoding/json"
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	rules "backtobar/domain/screen"
)

// word is the text of an option, or "" when there is no such option.
func (f field) word(value string) string {
	for _, o := range f.options {
		if o.value == value {
			return o.text
		}
	}
	return ""
}

// words puts an answer into words: "48 seconds", "Mid-shin", "No".
func (f field) words(value string) string {
	switch f.kind {
	case yesNo:
		return map[string]string{"yes": "Yes", "no": "No", "true": "Yes", "false": "No"}[value]
	case choice:
		return f.word(value)
	case scale:
		return fmt.Sprintf("%s of %d", value, f.high)
	}
	if f.unit == "" {
		return value
	}
	return value + " " + f.unit
}

// answersOf reads every answer of a case by its path; "" when it was not asked.
func answersOf(fields []field, c rules.Case) map[string]string {
	var tree map[string]any
	if b, err := json.Marshal(c); err == nil {
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.UseNumber()
		if d.Decode(&tree) != nil {
			return nil
		}
	}
	out := map[string]string{}
	for _, f := range fields {
		var v any = tree
		for _, key := range strings.Split(f.path, ".") {
			branch, ok := v.(map[string]any)
			if !ok {
				v = nil
				break
			}
			v = branch[key]
		}
		switch v := v.(type) {
		case nil:
		default:
			out[f.path] = fmt.Sprint(v)
		}
	}
	return out
}

// hintFrom shows the measurements of an earlier screen as hints. Safety
// questions are never hinted at: each is asked anew.
func (m *model) hintFrom(signed clinic.SignedScreen) {
	earlier := answersOf(m.fields, signed.Answers)
	for _, f := range m.fields {
		if v := earlier[f.path]; v != "" && f.hintable() {
			m.hints[f.path] = f.words(v) + " on " + signed.TakenOn.Short()
		}
	}
}

// note is the quiet remark behind a field: its unit, where the test decides
// about that, and what was measured before, as long as it is empty.
func (m *model) note(f field) string {
	var out []string
	if unit := bridgeUnits[m.get(pathHipTest)]; strings.HasPrefix(f.path, "hip_extension.") && f.kind == number && unit != "" {
		out = append(out, unit)
	}
	if text := m.measuredWords(f.path); text != "" {
		out = append(out, text)
	}
	if hint := m.hints[f.path]; hint != "" && m.get(f.path) == "" {
		out = append(out, "was "+hint)
	}
	return strings.Join(out, ", ")
}

var bridgeUnits = map[string]string{"bridge_reps": "repeats", "bridge_hold_seconds": "seconds"}

func (f field) hintable() bool {
	measured := f.part == partEpisode || f.part == partTests || f.part == partOptional
	return measured && f.kind != yesNo && f.path != pathReps
}

// line is one answer of a signed screen in words.
type line struct{ label, value string }

// chapter is the answers of one part of the form.
type chapter struct {
	title string
	lines []line
}

// summary tells a signed screen: every answer that was given, the safety
// questions that were all answered no in one line.
func summary(fields []field, c rules.Case) []chapter {
	given := answersOf(fields, c)
	var out []chapter
	add := func(part, label, value string) {
		if n := len(out); n == 0 || out[n-1].title != part {
			out = append(out, chapter{title: part})
		}
		last := &out[len(out)-1]
		last.lines = append(last.lines, line{label, value})
	}
	asked, no := 0, 0
	for _, f := range fields {
		if strings.HasPrefix(f.path, "red_flags.") {
			asked++
			if given[f.path] == string(rules.No) {
				no++
			}
		}
	}
	if no == asked {
		add(partSafety, "Safety questions", fmt.Sprintf("All %d answered no", asked))
	}
	for _, f := range fields {
		v := given[f.path]
		flag := strings.HasPrefix(f.path, "red_flags.")
		switch {
		case flag && no == asked:
		case flag && (v == "" || v == string(rules.Unknown)):
			add(f.part, f.name, "Not asked")
		case v != "" && f.words(v) != "":
			add(f.part, f.name, f.words(v))
		}
	}
	return out
}

// whatToDo says what an outcome that forbids training asks for now; "" for the
// others.
func whatToDo(o rules.Outcome) string {
	switch o {
	case rules.Emergency:
		return "Call 911, stay with the patient, and do not test or load."
	case rules.UrgentRefer:
		return "Call the physician now. No exercise until this is settled."
	case rules.HoldRefer:
		return "Write to the physician for a clearance or a consult. Training waits for the answer. When it is here, record the clearance."
	case rules.Retest:
		return "Some answers have grown too old since. Screen again."
	}
	return ""
}

// callFor says what a safety question answered yes asks for, "Cauda equina:
// emergency care now."; "" for every other reason.
func (m *model) callFor(r rules.Reason) string {
	f, ok := m.rules.RedFlag(strings.TrimPrefix(r.Field, "red_flags."))
	if !ok || r.State != "stop" && r.State != "hold" {
		return ""
	}
	switch f.Action {
	case rules.Emergency:
		return f.Group + ": emergency care now."
	case rules.UrgentRefer:
		return f.Group + ": medical review the same day."
	case rules.HoldRefer:
		return f.Group + ": a clearance or a consult first."
	}
	return ""
}

// signedWords says who signed and when.
func signedWords(s clinic.Signature) string {
	who := s.By.Name
	if s.By.Credentials != "" {
		who += ", " + s.By.Credentials
	}
	return "Signed by " + who + ", " + domain.DateOf(s.At).Short() + " " + s.At.Format("3:04 pm")
}
