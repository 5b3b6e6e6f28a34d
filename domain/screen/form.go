package screen

// QuestionKind is how a question of the form is answered.
type QuestionKind int

// The kinds.
const (
	// AskYesNo is answered yes, no or unknown.
	AskYesNo QuestionKind = iota
	// AskChoice is one of a few answers.
	AskChoice
	// AskScale is a whole number from 0 to Question.High.
	AskScale
	// AskNumber is written.
	AskNumber
)

// QuestionOption is one answer of a choice: as it is kept, and in words.
type QuestionOption struct{ Value, Text string }

// Question is one question or measurement of the screen, for the window and for
// paper.
type Question struct {
	// Path is that of the answer in a Case, "vitals.systolic_mmhg".
	Path, Name string
	// Part is one of the parts of the form, Group the heading within it, "" for
	// none.
	Part, Group string
	// Item is the re-test interval that the answer counts against, as in
	// AgeDays; "" when it does not grow old.
	Item    string
	Kind    QuestionKind
	Options []QuestionOption
	// Low and High bound a number or a scale; Decimals allows a fraction.
	Low, High int
	Decimals  bool
	Unit      string
	// Hint is a few words beside the name.
	Hint string
}

// The parts of the form, in order.
const (
	PartSafety   = "A  Safety questions"
	PartVitals   = "B  Vitals, nerves and health"
	PartEpisode  = "C  This episode"
	PartTests    = "D  Disability and tests"
	PartOptional = "E  Optional"
)

// Form returns every question in the order in which it is asked. Needed answers
// come in the order in which Explanation.Unanswered lists them. Of a licensed
// questionnaire only its score is asked.
func Form(r *Rules) []Question {
	var out []Question
	for _, f := range r.RedFlags {
		out = append(out, Question{Path: "red_flags." + f.ID, Name: f.Question, Part: PartSafety, Group: f.Group,
			Item: "red_flags", Kind: AskYesNo})
	}
	out = append(out, healthQuestions...)
	out = append(out, episodeQuestions...)
	out = append(out, testQuestions...)
	return append(out, optionalQuestions...)
}

var healthQuestions = []Question{
	{Path: "long_term_steroids", Part: PartSafety, Group: "Bone strength", Item: "health", Kind: AskYesNo,
		Name: "Steroid tablets for 3 months or more, at 5 mg of prednisone a day or more?"},
	{Path: "significant_trauma", Part: PartSafety, Group: "Bone strength", Item: "health", Kind: AskYesNo,
		Name: "A significant injury with this episode, such as a fall or a crash?"},

	{Path: "vitals.systolic_mmhg", Name: "Systolic pressure", Part: PartVitals, Item: "vitals", Kind: AskNumber,
		Low: 60, High: 260, Unit: "mmHg"},
	{Path: "vitals.diastolic_mmhg", Name: "Diastolic pressure", Part: PartVitals, Item: "vitals", Kind: AskNumber,
		Low: 30, High: 160, Unit: "mmHg"},
	{Path: "vitals.heart_rate_bpm", Name: "Heart rate", Part: PartVitals, Item: "vitals", Kind: AskNumber,
		Low: 20, High: 250, Unit: "a minute", Hint: "optional"},
	{Path: "vitals.symptoms", Part: PartVitals, Item: "vitals", Kind: AskYesNo,
		Name: "Headache, changed sight, chest pain or confusion now?"},
	{Path: "neuro.finding", Name: "Neurological screen", Part: PartVitals, Item: "neuro", Kind: AskChoice, Options: []QuestionOption{
		{"normal", "Normal"},
		{"mild_unassessed", "Mild deficit, not assessed"},
		{"mild_stable_assessed", "Mild deficit, assessed and stable"},
		{"motor_le3", "Strength of grade 3 or less"},
		{"progressive", "Getting worse"},
		{"umn", "Upper motor neuron signs"},
		{"bilateral_motor", "New weakness in both legs"}}},
	{Path: "neuro.slr_own_leg_pain", Part: PartVitals, Item: "neuro", Kind: AskYesNo,
		Name: "Straight leg raise brings on the patient's own leg pain?"},
	{Path: "neuro.slr_angle_deg", Name: "Angle of that pain", Part: PartVitals, Item: "neuro", Kind: AskNumber,
		High: 120, Unit: "degrees", Hint: "not measured counts as positive"},
	{Path: "neuro.crossed_slr", Part: PartVitals, Item: "neuro", Kind: AskYesNo,
		Name: "Raising the other leg brings on the leg pain (crossed)?"},
	{Path: "pregnancy.status", Name: "Pregnancy", Part: PartVitals, Item: "health", Kind: AskChoice, Options: []QuestionOption{
		{"no", "No"}, {"yes", "Pregnant"}, {"postpartum", "Has given birth recently"},
		{"not_applicable", "Not applicable"}}},
	{Path: "pregnancy.weeks_postpartum", Name: "Weeks since the birth", Part: PartVitals, Item: "health", Kind: AskNumber,
		High: 2000, Decimals: true, Unit: "weeks", Hint: "not known counts as recent"},
	{Path: "bone", Name: "Bone health", Part: PartVitals, Item: "health", Kind: AskChoice, Options: []QuestionOption{
		{"none", "None known"}, {"osteoporosis", "Osteoporosis"},
		{"vertebral_fracture_under_12_weeks", "Vertebral fracture under 12 weeks or not healed"},
		{"vertebral_fracture_healed", "Vertebral fracture, healed"}}},
	{Path: "surgery.kind", Name: "Surgery of the spine or belly", Part: PartVitals, Item: "health", Kind: AskChoice,
		Hint: "the most restrictive one", Options: []QuestionOption{
			{"none", "None"}, {"discectomy", "Discectomy"}, {"decompression", "Decompression"},
			{"vertebral_augmentation", "Vertebral augmentation"}, {"abdominal", "Abdominal, hernia or C-section"},
			{"fusion", "Fusion"}, {"disc_replacement", "Disc replacement"}, {"si_fusion", "SI joint fusion"}}},
	{Path: "surgery.weeks_ago", Name: "Weeks since the surgery", Part: PartVitals, Item: "health", Kind: AskNumber,
		High: 5200, Decimals: true, Unit: "weeks"},
}

var episodeQuestions = []Question{
	{Path: "episode.duration_weeks", Name: "Duration of this episode", Part: PartEpisode, Kind: AskNumber,
		High: 5200, Decimals: true, Unit: "weeks"},
	{Path: "episode.mechanism", Name: "Pain mechanism", Part: PartEpisode, Kind: AskChoice, Options: []QuestionOption{
		{"nociceptive", "Nociceptive"}, {"neuropathic", "Neuropathic"}, {"nociplastic", "Nociplastic"},
		{"mixed", "Mixed"}, {"unknown", "Not known"}}},
	{Path: "episode.irritability", Name: "Irritability", Part: PartEpisode, Kind: AskChoice, Options: []QuestionOption{
		{"low", "Low"}, {"moderate", "Moderate"}, {"high", "High"}}},
	{Path: "pain.nprs_7day", Name: "Average pain of the last 7 days (NPRS)", Part: PartEpisode, Item: "pain", Kind: AskScale,
		High: 10, Decimals: true},
}

var testQuestions = []Question{
	{Path: "disability.odi_percent", Name: "Oswestry Disability Index (ODI)", Part: PartTests, Item: "disability", Kind: AskNumber,
		High: 100, Decimals: true, Unit: "percent", Hint: "one score is enough"},
	{Path: "disability.rmdq", Name: "Roland-Morris total (RMDQ)", Part: PartTests, Item: "disability", Kind: AskNumber,
		High: 24, Unit: "of 24"},
	{Path: "biering_sorensen.seconds", Name: "Back extensor hold (Biering-Sørensen)", Part: PartTests, Item: "biering_sorensen", Kind: AskNumber,
		High: 600, Unit: "seconds"},
	{Path: "biering_sorensen.status", Name: "No time, because", Part: PartTests, Item: "biering_sorensen", Kind: AskChoice, Options: []QuestionOption{
		{"unable_pain", "Stopped by pain"}, {"unable_other", "Unable, other reason"}, {"not_done", "Not done"}}},
	{Path: "hip_extension.test", Name: "Hip extensor test", Part: PartTests, Item: "hip_extension", Kind: AskChoice, Options: []QuestionOption{
		{"bridge_reps", "Single-leg bridge, repeats"}, {"bridge_hold_seconds", "Single-leg bridge, hold"},
		{"manual_muscle_test", "Manual muscle test"}}},
	{Path: "hip_extension.left", Name: "Bridge, left", Part: PartTests, Item: "hip_extension", Kind: AskNumber,
		High: 600},
	{Path: "hip_extension.right", Name: "Bridge, right", Part: PartTests, Item: "hip_extension", Kind: AskNumber,
		High: 600},
	{Path: "hip_extension.mmt_left", Name: "Muscle grade, left", Part: PartTests, Item: "hip_extension", Kind: AskScale,
		High: 5, Hint: "optional with a bridge"},
	{Path: "hip_extension.mmt_right", Name: "Muscle grade, right", Part: PartTests, Item: "hip_extension", Kind: AskScale,
		High: 5, Hint: "optional with a bridge"},
	{Path: "dowel_hinge.reps_with_contact", Name: "Dowel hinge: repeats that kept all three contacts", Part: PartTests, Item: "dowel_hinge",
		Kind: AskNumber, High: 50},
	{Path: "dowel_hinge.reps", Name: "Repeats done", Part: PartTests, Item: "dowel_hinge", Kind: AskNumber, Low: 1, High: 50,
		Hint: "10 in the protocol"},
	{Path: "dowel_hinge.depth", Name: "Lowest point with all contacts", Part: PartTests, Item: "dowel_hinge", Kind: AskChoice,
		Options: []QuestionOption{{"none", "None"}, {"mid_thigh", "Mid-thigh"}, {"knee", "Knee"},
			{"mid_shin", "Mid-shin"}, {"floor", "Floor"}}},
	{Path: "dowel_hinge.pain", Name: "Pain during the hinge", Part: PartTests, Item: "dowel_hinge", Kind: AskScale, High: 10},
	{Path: "episode.directional_response", Name: "Response to repeated movement", Part: PartTests, Kind: AskChoice,
		Hint: "optional", Options: []QuestionOption{{"none", "No preference"}, {"centralizes", "Centralizes"},
			{"no_change", "No change"}, {"peripheralizes", "Spreads down the leg"},
			{"peripheralizes_with_hinge", "Spreads with hinging"}}},
	{Path: "history.barbell_experience_12_months", Part: PartTests, Kind: AskYesNo,
		Name: "Trained with a barbell in the last 12 months? (optional)"},
}

var optionalQuestions = []Question{
	{Path: "pain.vas_mm", Name: "Pain line (VAS)", Part: PartOptional, Item: "pain", Kind: AskNumber, High: 100,
		Decimals: true, Unit: "mm", Hint: "from paper"},
	{Path: "tsk11", Name: "Fear of movement (TSK-11)", Part: PartOptional, Kind: AskNumber, Low: 11, High: 44},
	{Path: "start_back.total", Name: "STarT Back total", Part: PartOptional, Kind: AskScale, High: 9},
	{Path: "start_back.distress", Name: "STarT Back distress", Part: PartOptional, Kind: AskScale, High: 5},
	{Path: "history.highest_stage_exited", Name: "Highest stage completed before", Part: PartOptional, Kind: AskScale, High: 4},
}
