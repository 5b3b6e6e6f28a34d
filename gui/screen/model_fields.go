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
	partSafety   = "A  Safety questions"
	partVitals   = "B  Vitals, nerves and health"
	partEpisode  = "C  This episode"
	partTests    = "D  Disability and tests"
	partOptional = "E  Optional"
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

// fieldsOf returns every field in the order of the form. Needed answers come
// in the order in which rules.Explanation.Unanswered lists them.
func fieldsOf(r *rules.Rules) []field {
	var out []field
	for _, f := range r.RedFlags {
		out = append(out, field{path: "red_flags." + f.ID, name: f.Question, part: partSafety, group: f.Group,
			item: "red_flags", kind: yesNo})
	}
	out = append(out, healthFields...)
	out = append(out, episodeFields...)
	out = append(out, testFields...)
	return append(out, optionalFields...)
}

var healthFields = []field{
	{path: "long_term_steroids", part: partSafety, group: "Bone strength", item: "health", kind: yesNo,
		name: "Steroid tablets for 3 months or more, at 5 mg of prednisone a day or more?"},
	{path: "significant_trauma", part: partSafety, group: "Bone strength", item: "health", kind: yesNo,
		name: "A significant injury with this episode, such as a fall or a crash?"},

	{path: pathSystolic, name: "Systolic pressure", part: partVitals, item: "vitals", kind: number,
		low: 60, high: 260, full: true, unit: "mmHg"},
	{path: pathDiastolic, name: "Diastolic pressure", part: partVitals, item: "vitals", kind: number,
		low: 30, high: 160, full: true, unit: "mmHg"},
	{path: "vitals.heart_rate_bpm", name: "Heart rate", part: partVitals, item: "vitals", kind: number,
		low: 20, high: 250, full: true, unit: "a minute", hint: "optional"},
	{path: "vitals.symptoms", part: partVitals, item: "vitals", kind: yesNo,
		name: "Headache, changed sight, chest pain or confusion now?"},
	{path: "neuro.finding", name: "Neurological screen", part: partVitals, item: "neuro", kind: choice, options: []option{
		{"normal", "Normal", 'n'},
		{"mild_unassessed", "Mild deficit, not assessed", '1'},
		{"mild_stable_assessed", "Mild deficit, assessed and stable", '2'},
		{"motor_le3", "Strength of grade 3 or less", '3'},
		{"progressive", "Getting worse", '4'},
		{"umn", "Upper motor neuron signs", '5'},
		{"bilateral_motor", "New weakness in both legs", '6'}}},
	{path: "neuro.slr_own_leg_pain", part: partVitals, item: "neuro", kind: yesNo,
		name: "Straight leg raise brings on the patient's own leg pain?"},
	{path: "neuro.slr_angle_deg", name: "Angle of that pain", part: partVitals, item: "neuro", kind: number,
		high: 120, full: true, unit: "degrees", hint: "not measured counts as positive",
		shown: func(m *model) bool { return m.get("neuro.slr_own_leg_pain") == "yes" }},
	{path: "neuro.crossed_slr", part: partVitals, item: "neuro", kind: yesNo,
		name: "Raising the other leg brings on the leg pain (crossed)?"},
	{path: pathPregnancy, name: "Pregnancy", part: partVitals, item: "health", kind: choice, options: []option{
		{"no", "No", 'n'}, {"yes", "Pregnant", 'p'}, {"postpartum", "Has given birth recently", 'b'},
		{"not_applicable", "Not applicable", 'a'}},
		shown: func(m *model) bool { return m.patient.Sex != "male" }},
	{path: "pregnancy.weeks_postpartum", name: "Weeks since the birth", part: partVitals, item: "health", kind: number,
		high: 2000, decimals: true, unit: "weeks", hint: "not known counts as recent",
		shown: func(m *model) bool { return m.asked(pathPregnancy) && m.get(pathPregnancy) == "postpartum" }},
	{path: "bone", name: "Bone health", part: partVitals, item: "health", kind: choice, options: []option{
		{"none", "None known", 'n'}, {"osteoporosis", "Osteoporosis", 'o'},
		{"vertebral_fracture_under_12_weeks", "Vertebral fracture under 12 weeks or not healed", 'f'},
		{"vertebral_fracture_healed", "Vertebral fracture, healed", 'h'}}},
	{path: "surgery.kind", name: "Surgery of the spine or belly", part: partVitals, item: "health", kind: choice,
		hint: "the most restrictive one", options: []option{
			{"none", "None", 'n'}, {"discectomy", "Discectomy", 'd'}, {"decompression", "Decompression", 'c'},
			{"vertebral_augmentation", "Vertebral augmentation", 'v'}, {"abdominal", "Abdominal, hernia or C-section", 'a'},
			{"fusion", "Fusion", 'f'}, {"disc_replacement", "Disc replacement", 'r'}, {"si_fusion", "SI joint fusion", 's'}}},
	{path: "surgery.weeks_ago", name: "Weeks since the surgery", part: partVitals, item: "health", kind: number,
		high: 5200, decimals: true, unit: "weeks",
		shown: func(m *model) bool { k := m.get("surgery.kind"); return k != "" && k != "none" }},
}

var episodeFields = []field{
	{path: "episode.duration_weeks", name: "Duration of this episode", part: partEpisode, kind: number,
		high: 5200, decimals: true, unit: "weeks"},
	{path: "episode.mechanism", name: "Pain mechanism", part: partEpisode, kind: choice, options: []option{
		{"nociceptive", "Nociceptive", 'n'}, {"neuropathic", "Neuropathic", 'e'}, {"nociplastic", "Nociplastic", 'p'},
		{"mixed", "Mixed", 'm'}, {"unknown", "Not known", 'u'}}},
	{path: "episode.irritability", name: "Irritability", part: partEpisode, kind: choice, options: []option{
		{"low", "Low", 'l'}, {"moderate", "Moderate", 'm'}, {"high", "High", 'h'}}},
	{path: pathNPRS, name: "Average pain of the last 7 days (NPRS)", part: partEpisode, item: "pain", kind: scale,
		high: 10, decimals: true},
}

var testFields = []field{
	{path: pathODI, name: "Oswestry Disability Index (ODI)", part: partTests, item: "disability", kind: number,
		high: 100, decimals: true, unit: "percent", hint: "one score is enough"},
	{path: pathRMDQ, name: "Roland-Morris total (RMDQ)", part: partTests, item: "disability", kind: number,
		high: 24, full: true, unit: "of 24"},
	{path: pathSeconds, name: "Back extensor hold (Biering-Sørensen)", part: partTests, item: "biering_sorensen", kind: number,
		high: 600, unit: "seconds"},
	{path: pathHold, name: "No time, because", part: partTests, item: "biering_sorensen", kind: choice, options: []option{
		{"unable_pain", "Stopped by pain", 'p'}, {"unable_other", "Unable, other reason", 'o'}, {"not_done", "Not done", 'n'}}},
	{path: pathHipTest, name: "Hip extensor test", part: partTests, item: "hip_extension", kind: choice, options: []option{
		{"bridge_reps", "Single-leg bridge, repeats", 'r'}, {"bridge_hold_seconds", "Single-leg bridge, hold", 'h'},
		{"manual_muscle_test", "Manual muscle test", 'm'}}},
	{path: "hip_extension.left", name: "Bridge, left", part: partTests, item: "hip_extension", kind: number,
		high: 600, shown: bridgeOrOpen},
	{path: "hip_extension.right", name: "Bridge, right", part: partTests, item: "hip_extension", kind: number,
		high: 600, shown: bridgeOrOpen},
	{path: "hip_extension.mmt_left", name: "Muscle grade, left", part: partTests, item: "hip_extension", kind: scale,
		high: 5, shown: hipChosen, hint: "optional with a bridge"},
	{path: "hip_extension.mmt_right", name: "Muscle grade, right", part: partTests, item: "hip_extension", kind: scale,
		high: 5, shown: hipChosen, hint: "optional with a bridge"},
	{path: pathContact, name: "Dowel hinge: repeats that kept all three contacts", part: partTests, item: "dowel_hinge",
		kind: number, high: 50, full: true},
	{path: pathReps, name: "Repeats done", part: partTests, item: "dowel_hinge", kind: number, low: 1, high: 50,
		full: true, hint: "10 in the protocol"},
	{path: "dowel_hinge.depth", name: "Lowest point with all contacts", part: partTests, item: "dowel_hinge", kind: choice,
		options: []option{{"none", "None", 'n'}, {"mid_thigh", "Mid-thigh", 't'}, {"knee", "Knee", 'k'},
			{"mid_shin", "Mid-shin", 's'}, {"floor", "Floor", 'f'}}},
	{path: "dowel_hinge.pain", name: "Pain during the hinge", part: partTests, item: "dowel_hinge", kind: scale, high: 10},
	{path: "episode.directional_response", name: "Response to repeated movement", part: partTests, kind: choice,
		hint: "optional", options: []option{{"none", "No preference", 'n'}, {"centralizes", "Centralizes", 'c'},
			{"no_change", "No change", 'o'}, {"peripheralizes", "Spreads down the leg", 's'},
			{"peripheralizes_with_hinge", "Spreads with hinging", 'h'}}},
	{path: "history.barbell_experience_12_months", part: partTests, kind: yesNo,
		name: "Trained with a barbell in the last 12 months? (optional)"},
}

func hipChosen(m *model) bool    { return m.get(pathHipTest) != "" }
func bridgeOrOpen(m *model) bool { return m.get(pathHipTest) != "manual_muscle_test" }

var optionalFields = []field{
	{path: "pain.vas_mm", name: "Pain line (VAS)", part: partOptional, item: "pain", kind: number, high: 100,
		decimals: true, unit: "mm", hint: "from paper"},
	{path: "tsk11", name: "Fear of movement (TSK-11)", part: partOptional, kind: number, low: 11, high: 44, full: true},
	{path: pathStart, name: "STarT Back total", part: partOptional, kind: scale, high: 9},
	{path: pathDistress, name: "STarT Back distress", part: partOptional, kind: scale, high: 5},
	{path: "history.highest_stage_exited", name: "Highest stage completed before", part: partOptional, kind: scale, high: 4},
}
