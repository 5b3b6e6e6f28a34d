package screen

import (
	"strconv"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
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
	for other := range m.records.Scored {
		if testOf(other) == testOf(path) {
			delete(m.records.Scored, other)
		}
	}
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
	on, before := m.taken[path], ""
	if v, err := domain.ParseDecimal(m.values[path]); err == nil && !v.IsWhole() && m.fields[m.at[path]].kind == scale {
		before = v.String() + ", " // no chip shows it
	}
	switch {
	case m.records.Fed[path] && !keepsWithin[path]:
		days := max(0, on.DaysUntil(m.today))
		if days == 0 {
			return before + "measured today"
		}
		return before + "measured " + on.Short() + ", " + counted(days, "day", "days") + " ago"
	case len(m.records.Scored[path]) > 0:
		return before + "scored"
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

// calculators are the score sheets behind answers, by the answer's path.
var calculators = map[string]string{
	"red_flags.INFL1": "inflammatory",
	pathSystolic:      "pressure", pathDiastolic: "pressure",
	"neuro.finding": "neuro", "neuro.slr_own_leg_pain": "leg_raise", "neuro.slr_angle_deg": "leg_raise", "neuro.crossed_slr": "leg_raise",
	pathNPRS: "nprs", pathODI: "odi", pathRMDQ: "rmdq",
	pathSeconds: "biering_sorensen", pathHold: "biering_sorensen",
	"hip_extension.mmt_left": "mmt", "hip_extension.mmt_right": "mmt",
	pathContact: "hinge", pathReps: "hinge", "dowel_hinge.depth": "hinge", "dowel_hinge.pain": "hinge",
	"episode.directional_response": "movements",
	"tsk11":                        "tsk11", pathStart: "start_back", pathDistress: "start_back",
}

// fractureWords counts the fracture features of the rules aloud while they are
// asked: which of the four are there, and what that asks for.
func (m *model) fractureWords() string {
	age := m.patient.BirthDate.AgeOn(m.today)
	f := measure.Fracture{AgeYears: &age, Steroids: m.answers.LongTermSteroids, Trauma: m.answers.SignificantTrauma}
	if m.patient.Sex != patient.SexUnknown {
		female := m.patient.Sex == patient.Female
		f.Female = &female
	}
	count, action, err := f.FXC()
	if err != nil {
		return ""
	}
	text := strconv.Itoa(count.Present) + " of 4 fracture features (age above 70, female, long-term steroids, significant injury)"
	if count.Open > 0 {
		text += ", " + strconv.Itoa(count.Open) + " not asked"
	}
	return text + map[measure.FractureAction]string{measure.FractureUrgent: ". Medical review the same day.",
		measure.FractureHold: ". Two hold the training until they are checked.", measure.FractureNone: "."}[action]
}

// opensSheet reports whether the sheet is announced at the answer: at the first
// one of each sheet, though the key works at all of them.
func (m *model) opensSheet(path string) bool {
	id := calculators[path]
	if id == "" {
		return false
	}
	for _, f := range m.fields {
		if calculators[f.path] == id {
			return f.path == path
		}
	}
	return false
}

// answerOf are the answers that take the value of a measure.
var answerOf = map[string]string{
	"systolic": pathSystolic, "diastolic": pathDiastolic, "nprs_7day": pathNPRS, "odi": pathODI, "rmdq": pathRMDQ,
	"biering_sorensen": pathSeconds, "mmt left": "hip_extension.mmt_left", "mmt right": "hip_extension.mmt_right",
	"hinge_contacts": "", "tsk11": "tsk11", "start_back_total": pathStart, "start_back_distress": pathDistress,
}

// entries are what a score sheet begins with: the answers that the form has.
func (m *model) entries(calculator string) map[string]string {
	paths := map[string]map[string]string{
		"hinge":            {"reps": pathReps, "reps_with_contact": pathContact, "depth": "dowel_hinge.depth", "pain": "dowel_hinge.pain"},
		"leg_raise":        {"crossed": "neuro.crossed_slr"},
		"biering_sorensen": {"seconds": pathSeconds, "status": pathHold},
	}[calculator]
	out := map[string]string{}
	for name, path := range paths {
		if v := m.values[path]; v != "" && v != "unknown" {
			out[name] = v
		}
	}
	return out
}

// score puts the result of a calculator into the form, as if it was typed
// today, and remembers how it was scored. It returns what is missing, or "".
func (m *model) score(at string, s measure.Scored) string {
	values, records := map[string]string{}, map[string][]measure.Record{}
	for path, v := range s.Answers {
		values[path] = v
	}
	home := "" // the answer that the result belongs to
	for _, r := range s.Records {
		key := strings.TrimSpace(r.Measure + " " + string(r.Side))
		path, known := answerOf[key]
		switch {
		case r.Measure == "hinge_contacts":
			path = pathContact
		case known && r.Value == nil:
			path = pathHold
			values[pathHold], values[pathSeconds] = string(r.Status), ""
		case known:
			values[path] = r.Value.String()
			if path == pathSeconds {
				values[pathHold] = ""
			}
		}
		if known {
			home = path
		} else if home == "" && len(s.Answers) > 0 {
			home = at
		}
		if home == "" {
			return "The form needs the average of the last 7 days. Enter it, or go back and keep the others in the summary."
		}
		records[home] = append(records[home], r)
	}
	if m.values[pathHipTest] == "" && (values["hip_extension.mmt_left"] != "" || values["hip_extension.mmt_right"] != "") {
		values[pathHipTest] = "manual_muscle_test"
	}
	for _, f := range m.fields {
		if v, ok := values[f.path]; ok {
			m.set(f.path, v)
		}
	}
	for path, list := range records {
		m.records.Scored[path] = list
	}
	return ""
}
