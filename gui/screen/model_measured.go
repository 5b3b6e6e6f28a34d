package screen

import (
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
)

// measured is what the form knows of answers that it did not get by typing. A
// draft keeps it as it is.
type measured struct {
	// Fed are the answers that stand in the form because the records have them.
	Fed map[string]bool `json:"fed,omitempty"`
	// Dropped are the tests whose fed answers somebody deleted: they do not come
	// back.
	Dropped map[string]bool `json:"dropped,omitempty"`
	// Scored are the records that a calculator made for an answer.
	Scored map[string][]measure.Record `json:"scored,omitempty"`
}

func newMeasured() measured {
	return measured{map[string]bool{}, map[string]bool{}, map[string][]measure.Record{}}
}

// kept returns what a draft says of the answers that are there.
func (r measured) kept(values map[string]string) measured {
	out := newMeasured()
	for path := range values {
		if r.Fed[path] {
			out.Fed[path] = true
		}
		if list := r.Scored[path]; len(list) > 0 {
			out.Scored[path] = list
		}
	}
	for test := range r.Dropped {
		out.Dropped[test] = true
	}
	return out
}

// testOf names the test that an answer belongs to. The answers of one test are
// taken together: what is left of last week's is not mixed with today's.
func testOf(path string) string {
	switch {
	case strings.HasPrefix(path, "hip_extension.mmt_"):
		return "muscle grades"
	case strings.HasPrefix(path, "hip_extension."), strings.HasPrefix(path, "dowel_hinge."),
		strings.HasPrefix(path, "biering_sorensen."), strings.HasPrefix(path, "start_back."):
		test, _, _ := strings.Cut(path, ".")
		return test
	}
	return path
}

// keepsWithin are the answers that say which test it is and not what came out.
var keepsWithin = map[string]bool{pathHipTest: true, pathReps: true}

// feed puts the answers that the records have into the form, as far as nobody
// has answered there. What is too old becomes a hint. It reports whether the
// form changed.
func (m *model) feed(list []clinic.Fed) (changed bool) {
	m.today = m.svc.Today()
	own := map[string]bool{}
	for path, v := range m.values {
		if !m.records.Fed[path] && (path != pathReps || v != protocolReps) {
			own[testOf(path)] = true
		}
	}
	for path := range m.records.Fed {
		m.take(path)
		changed = true
	}
	for _, f := range list {
		i, known := m.at[f.Path]
		if !known {
			continue
		}
		test := testOf(f.Path)
		if f.Valid && !own[test] && !m.records.Dropped[test] && m.wrongText(m.fields[i], f.Text) == "" {
			m.values[f.Path], m.taken[f.Path], m.records.Fed[f.Path] = f.Text, f.On, true
			changed = true
		} else if !f.Valid && !keepsWithin[f.Path] {
			m.hints[f.Path] = m.fields[i].words(f.Text) + " on " + f.On.Short()
		}
	}
	return changed
}

// take empties an answer that was fed. The number of repeats goes back to that
// of the protocol.
func (m *model) take(path string) {
	delete(m.values, path)
	delete(m.taken, path)
	delete(m.records.Fed, path)
	if path == pathReps {
		m.values[pathReps] = protocolReps
	}
}

// typedOver is called before an answer changes by hand: it is no longer from
// the records or from a calculator, and neither is the rest of its test. It
// reports whether another answer went.
func (m *model) typedOver(path, text string) (others bool) {
	delete(m.records.Scored, path)
	if !m.records.Fed[path] {
		return false
	}
	delete(m.records.Fed, path)
	if text == "" {
		m.records.Dropped[testOf(path)] = true
	}
	for other := range m.records.Fed {
		if testOf(other) != testOf(path) {
			continue
		}
		if keepsWithin[other] && text != "" {
			delete(m.records.Fed, other)
			m.taken[other] = m.today
			continue
		}
		if i, ok := m.at[other]; ok {
			m.hints[other] = m.fields[i].words(m.values[other]) + " on " + m.taken[other].Short()
		}
		m.take(other)
		others = true
	}
	return others
}

// measuredWords says where an answer comes from when nobody typed it.
func (m *model) measuredWords(path string) string {
	on := m.taken[path]
	switch {
	case m.records.Fed[path] && !keepsWithin[path]:
		days := max(0, on.DaysUntil(m.today))
		if days == 0 {
			return "measured today"
		}
		return "measured " + on.Short() + ", " + counted(days, "day", "days") + " ago"
	case len(m.records.Scored[path]) > 0:
		return "scored"
	}
	return ""
}

// takenList is what signing says of each answer beside the case.
func (m *model) takenList() []clinic.Taken {
	var out []clinic.Taken
	for _, f := range m.fields {
		on, text := m.taken[f.path], m.values[f.path]
		if text != "" && m.asked(f.path) && on != (domain.Date{}) {
			out = append(out, clinic.Taken{Path: f.path, On: on, Records: m.records.Scored[f.path]})
		}
	}
	return out
}
