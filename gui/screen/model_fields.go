package screen

import (
	rules "backtobar/domain/screen"
)

// kind is how a field is answered.
type kind int

const (
	// yesNo is answered yes, no or unknown.
	yesNo kind = iota
	// choice is one of a few answers.
	choice
	// scale is a whole number from 0 to field.high, one key each.
	scale
	// number is typed.
	number
)

// option is one answer of a choice, with the key that selects it.
type option struct {
	value, text string
	key         rune
}

// The parts of the form, in order.
const (
	partSafety   = rules.PartSafety
	partVitals   = rules.PartVitals
	partEpisode  = rules.PartEpisode
	partTests    = rules.PartTests
	partOptional = rules.PartOptional
)

// field is one question or measurement of the form. Its path is that of the
// answer in a rules.Case, so that one walk along the path stores and reads it.
type field struct {
	path, name string
	part       string
	// group is the heading within the part, "" for none.
	group string
	// item is the re-test interval that the answer counts against, as in
	// rules.AgeDays; "" when it does not grow old.
	item string
	kind kind
	// options of a choice.
	options []option
	// low and high bound a number or a scale; decimals allows a fraction.
	low, high int
	decimals  bool
	// full lets a number move on when no further digit can belong to it.
	full bool
	unit string
	// hint is a few quiet words beside the name.
	hint string
	// shown says whether the question is asked at all; nil is always.
	shown func(*model) bool
}

const (
	pathPregnancy = "pregnancy.status"
	pathReps      = "dowel_hinge.reps"
	pathContact   = "dowel_hinge.reps_with_contact"
	pathSeconds   = "biering_sorensen.seconds"
	pathHold      = "biering_sorensen.status"
	pathODI       = "disability.odi_percent"
	pathRMDQ      = "disability.rmdq"
	pathHipTest   = "hip_extension.test"
	pathSystolic  = "vitals.systolic_mmhg"
	pathDiastolic = "vitals.diastolic_mmhg"
	pathStart     = "start_back.total"
	pathDistress  = "start_back.distress"
	pathSex       = "patient.sex"
	pathNPRS      = "pain.nprs_7day"
)

// protocolReps is how many repeats the dowel hinge test has.
const protocolReps = "10"

// kinds are the controls of the kinds of questions.
var kinds = map[rules.QuestionKind]kind{rules.AskYesNo: yesNo, rules.AskChoice: choice, rules.AskScale: scale, rules.AskNumber: number}

// fieldsOf returns every field in the order of the form, which is that of the
// questions, with what only a window needs of them.
func fieldsOf(r *rules.Rules) []field {
	var out []field
	for _, q := range rules.Form(r) {
		f := field{path: q.Path, name: q.Name, part: q.Part, group: q.Group, item: q.Item, kind: kinds[q.Kind],
			low: q.Low, high: q.High, decimals: q.Decimals, unit: q.Unit, hint: q.Hint, full: fullFields[q.Path], shown: shownFields[q.Path]}
		keys := []rune(choiceKeys[q.Path])
		for i, o := range q.Options {
			f.options = append(f.options, option{o.Value, o.Text, keys[i]})
		}
		out = append(out, f)
	}
	return out
}

// choiceKeys are the keys of each choice, one for an option in its order.
var choiceKeys = map[string]string{
	"neuro.finding":                "n123456",
	pathPregnancy:                  "npba",
	"bone":                         "nofh",
	"surgery.kind":                 "ndcvafrs",
	"episode.mechanism":            "nepmu",
	"episode.irritability":         "lmh",
	pathHold:                       "pon",
	pathHipTest:                    "rhm",
	"dowel_hinge.depth":            "ntksf",
	"episode.directional_response": "ncosh",
}

// fullFields let a number move on when no further digit can belong to it.
var fullFields = map[string]bool{
	pathSystolic:            true,
	pathDiastolic:           true,
	"vitals.heart_rate_bpm": true,
	"neuro.slr_angle_deg":   true,
	pathRMDQ:                true,
	pathContact:             true,
	pathReps:                true,
	"tsk11":                 true,
}

// shownFields say whether a question is asked at all; the others always are.
var shownFields = map[string]func(*model) bool{
	"neuro.slr_angle_deg":        func(m *model) bool { return m.get("neuro.slr_own_leg_pain") == "yes" },
	pathPregnancy:                func(m *model) bool { return m.patient.Sex != "male" },
	"pregnancy.weeks_postpartum": func(m *model) bool { return m.asked(pathPregnancy) && m.get(pathPregnancy) == "postpartum" },
	"surgery.weeks_ago":          func(m *model) bool { k := m.get("surgery.kind"); return k != "" && k != "none" },
	"hip_extension.left":         bridgeOrOpen,
	"hip_extension.right":        bridgeOrOpen,
	"hip_extension.mmt_left":     hipChosen,
	"hip_extension.mmt_right":    hipChosen,
}

func hipChosen(m *model) bool    { return m.get(pathHipTest) != "" }
func bridgeOrOpen(m *model) bool { return m.get(pathHipTest) != "manual_muscle_test" }
