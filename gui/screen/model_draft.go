package screen

import (
	"encoding/json"
	"fmt"

	"backtobar/domain"
)

// draftVersion is the layout of the draft below.
const draftVersion = 1

// draft is unfinished work as it is kept: every text as typed, and the day of
// each, so that an answer goes on growing older while the draft lies.
type draft struct {
	Version int                    `json:"version"`
	Values  map[string]string      `json:"values"`
	Taken   map[string]domain.Date `json:"taken"`
	// Records are the answers that came from measurements or calculators.
	Records measured `json:"records"`
}

// pack returns the draft of the form.
func (m *model) pack() ([]byte, error) {
	return json.Marshal(draft{draftVersion, m.values, m.taken, m.records})
}

// unpack fills the form from a draft and returns how many answers were left
// out because they are older than their re-test interval. Those of tests stay
// as hints.
func (m *model) unpack(data []byte) (old int, err error) {
	var d draft
	if err := json.Unmarshal(data, &d); err != nil {
		return 0, fmt.Errorf("read the draft of a screen: %w", err)
	}
	if d.Version != draftVersion {
		return 0, fmt.Errorf("read the draft of a screen: version %d is not known", d.Version)
	}
	m.clear()
	m.today = m.svc.Today()
	delete(m.values, pathReps)
	for _, f := range m.fields {
		text, day := d.Values[f.path], d.Taken[f.path]
		if text == "" {
			continue
		}
		if !day.IsZero() && day.DaysUntil(m.today) > m.lasts(f) {
			old++
			if f.hintable() && m.wrongText(f, text) == "" {
				m.hints[f.path] = f.words(text) + " on " + day.Short()
			}
			continue
		}
		m.values[f.path] = text
		if !day.IsZero() {
			m.taken[f.path] = day
		}
	}
	m.records = d.Records.kept(m.values)
	m.evaluate()
	return old, nil
}

// lasts is how many days an answer may lie in a draft. What has no re-test
// interval of its own, such as irritability, is about the same week as the pain:
// nothing of a forgotten draft may count as asked.
func (m *model) lasts(f field) int {
	if f.item == "" {
		return m.rules.MaxAgeDays["pain"]
	}
	return m.rules.MaxAgeDays[f.item]
}

// wrongText is wrong for a text that is not in the form.
func (m *model) wrongText(f field, text string) string {
	other := model{values: map[string]string{f.path: text}}
	return other.wrong(f)
}
