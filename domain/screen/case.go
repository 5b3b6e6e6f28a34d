// Package screen decides whether a patient is ready to start deadlift training,
// at which stage, and why. It is pure: the same answers and the same rules give
// the same decision, on any day and any machine.
//
// The rules advise; a licensed physical therapist decides. An answer that was
// not asked never passes, and no rule hides its reason.
package screen

import "backtobar/domain"

// Case is everything the decision looks at. A nil pointer or an empty text
// means "not asked", which never passes. Field names and values are those of
// the case files (docs/case-files.md).
type Case struct {
	ID      string      `json:"id,omitempty"`
	About   string      `json:"about,omitempty"`
	Patient CasePatient `json:"patient"`
	// RedFlags maps a red-flag id to yes, no or unknown; absent is unknown.
	RedFlags map[string]Answer `json:"red_flags,omitempty"`
	// LongTermSteroids: prednisone-equivalent 5 mg or more daily for 3 months
	// or more.
	LongTermSteroids  *bool         `json:"long_term_steroids"`
	SignificantTrauma *bool         `json:"significant_trauma"`
	Vitals            *Vitals       `json:"vitals"`
	Neuro             *Neuro        `json:"neuro"`
	Pregnancy         *Pregnancy    `json:"pregnancy"`
	Bone              Bone          `json:"bone,omitempty"`
	Surgery           *Surgery      `json:"surgery"`
	Episode           *Episode      `json:"episode"`
	Pain              *Pain         `json:"pain"`
	Disability        *Disability   `json:"disability"`
	BieringSorensen   *Sorensen     `json:"biering_sorensen"`
	HipExtension      *HipExtension `json:"hip_extension"`
	DowelHinge        *DowelHinge   `json:"dowel_hinge"`
	StartBack         *StartBack    `json:"start_back"`
	// TSK11 is the Tampa Scale of Kinesiophobia total, 11 to 44; never blocks.
	TSK11   *int     `json:"tsk11"`
	History *History `json:"history"`
	// AgeDays is days since each item was taken; absent is 0.
	AgeDays AgeDays `json:"age_days"`
	// Clearances are documented clearances by name.
	Clearances []string `json:"clearances,omitempty"`
}

// CasePatient is what the rules need to know of the person. Both are required.
type CasePatient struct {
	// AgeYears is completed years, 0 to 120.
	AgeYears *int `json:"age_years"`
	// Sex is "female" or "male", for clinical rules.
	Sex string `json:"sex"`
}

// Answer is the answer to a safety question.
type Answer string

// The answers. Unknown, also when absent, never counts as no.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Vitals are measured seated after five minutes, blood pressure as the mean of
// two readings.
type Vitals struct {
	// SystolicMmHg is 60 to 260 and above the diastolic.
	SystolicMmHg *domain.Decimal `json:"systolic_mmhg"`
	// DiastolicMmHg is 30 to 160.
	DiastolicMmHg *domain.Decimal `json:"diastolic_mmhg"`
	// HeartRateBpm is beats per minute, 20 to 250; not asked blocks nothing.
	HeartRateBpm *domain.Decimal `json:"heart_rate_bpm"`
	// Symptoms: headache, visual change, chest pain or confusion with the
	// reading.
	Symptoms *bool `json:"symptoms"`
}

// NeuroFinding is the result of the neurological screen.
type NeuroFinding string

// The neurological findings, from none to bilateral weakness.
const (
	NeuroNormal             NeuroFinding = "normal"
	NeuroMildUnassessed     NeuroFinding = "mild_unassessed"
	NeuroMildStableAssessed NeuroFinding = "mild_stable_assessed"
	NeuroMotorLE3           NeuroFinding = "motor_le3"
	NeuroProgressive        NeuroFinding = "progressive"
	NeuroUMN                NeuroFinding = "umn"
	NeuroBilateralMotor     NeuroFinding = "bilateral_motor"
)

// Neuro is the neurological screen with the straight leg raise (SLR).
type Neuro struct {
	Finding NeuroFinding `json:"finding,omitempty"`
	// SLROwnLegPain: the raise brings on the patient's own leg pain.
	SLROwnLegPain *bool `json:"slr_own_leg_pain"`
	// SLRAngleDeg is the angle of that pain, 0 to 120; own leg pain without an
	// angle counts as 70 degrees or less.
	SLRAngleDeg *domain.Decimal `json:"slr_angle_deg"`
	// CrossedSLR: raising the other leg brings on the leg pain.
	CrossedSLR *bool `json:"crossed_slr"`
}

// PregnancyStatus says whether pregnancy rules apply.
type PregnancyStatus string

// The pregnancy statuses.
const (
	PregnancyNo            PregnancyStatus = "no"
	PregnancyYes           PregnancyStatus = "yes"
	PregnancyPostpartum    PregnancyStatus = "postpartum"
	PregnancyNotApplicable PregnancyStatus = "not_applicable"
)

// Pregnancy is the pregnancy answer.
type Pregnancy struct {
	Status PregnancyStatus `json:"status,omitempty"`
	// WeeksPostpartum is 0 to 5200; unknown counts as under 12.
	WeeksPostpartum *domain.Decimal `json:"weeks_postpartum"`
}

// Bone is the bone-health answer.
type Bone string

// The bone-health answers.
const (
	BoneNone           Bone = "none"
	BoneOsteoporosis   Bone = "osteoporosis"
	BoneFractureRecent Bone = "vertebral_fracture_under_12_weeks"
	BoneFractureHealed Bone = "vertebral_fracture_healed"
)

// SurgeryKind is the kind of the most restrictive operation on record.
type SurgeryKind string

// The kinds of surgery that have a waiting window.
const (
	SurgeryNone          SurgeryKind = "none"
	SurgeryDiscectomy    SurgeryKind = "discectomy"
	SurgeryDecompression SurgeryKind = "decompression"
	SurgeryAugmentation  SurgeryKind = "vertebral_augmentation"
	SurgeryAbdominal     SurgeryKind = "abdominal"
	SurgeryFusion        SurgeryKind = "fusion"
	SurgeryDisc          SurgeryKind = "disc_replacement"
	SurgerySIFusion      SurgeryKind = "si_fusion"
)

// Surgery is the operation and how long ago it was.
type Surgery struct {
	Kind SurgeryKind `json:"kind,omitempty"`
	// WeeksAgo is 0 to 5200; needed unless Kind is none.
	WeeksAgo *domain.Decimal `json:"weeks_ago"`
}

// Episode describes this episode of back pain.
type Episode struct {
	// DurationWeeks is 0 to 5200.
	DurationWeeks *domain.Decimal `json:"duration_weeks"`
	// Mechanism is nociceptive, neuropathic, nociplastic, mixed or unknown.
	Mechanism string `json:"mechanism,omitempty"`
	// Irritability is low, moderate or high.
	Irritability string `json:"irritability,omitempty"`
	// DirectionalResponse is none, centralizes, no_change, peripheralizes or
	// peripheralizes_with_hinge.
	DirectionalResponse string `json:"directional_response,omitempty"`
}

// Pain is the average of the last seven days; one scale is enough.
type Pain struct {
	// NPRS7Day is the numeric pain rating scale, 0 to 10.
	NPRS7Day *domain.Decimal `json:"nprs_7day"`
	// VASMm is the visual analog scale in millimetres, 0 to 100.
	VASMm *domain.Decimal `json:"vas_mm"`
}

// Disability is a disability score; one is enough.
type Disability struct {
	// ODIPercent is the Oswestry Disability Index, 0 to 100.
	ODIPercent *domain.Decimal `json:"odi_percent"`
	// RMDQ is the Roland-Morris Disability Questionnaire total, 0 to 24.
	RMDQ *int `json:"rmdq"`
}

// Sorensen is the Biering-Sørensen back extensor hold.
type Sorensen struct {
	// Seconds held; more than 240 is stored as 240.
	Seconds *domain.Decimal `json:"seconds"`
	// Status is unable_pain, unable_other or not_done when there is no time.
	Status string `json:"status,omitempty"`
}

// HipExtension is the hip extensor test, both sides.
type HipExtension struct {
	// Test is bridge_reps, bridge_hold_seconds or manual_muscle_test.
	Test  string          `json:"test,omitempty"`
	Left  *domain.Decimal `json:"left"`
	Right *domain.Decimal `json:"right"`
	// MMTLeft and MMTRight are manual muscle test grades, 0 to 5.
	MMTLeft  *domain.Decimal `json:"mmt_left"`
	MMTRight *domain.Decimal `json:"mmt_right"`
}

// DowelHinge is the dowel hip-hinge test.
type DowelHinge struct {
	RepsWithContact *int `json:"reps_with_contact"`
	Reps            *int `json:"reps"`
	// Depth is none, mid_thigh, knee, mid_shin or floor: the lowest point with
	// all three contacts.
	Depth string `json:"depth,omitempty"`
	// Pain is 0 to 10.
	Pain *domain.Decimal `json:"pain"`
}

// StartBack is the STarT Back score; it never blocks.
type StartBack struct {
	// Total is 0 to 9.
	Total *int `json:"total"`
	// Distress is 0 to 5.
	Distress *int `json:"distress"`
}

// History is what the chart already knows.
type History struct {
	// HighestStageExited is the highest stage whose exit criteria are met,
	// 0 to 4.
	HighestStageExited        *int  `json:"highest_stage_exited"`
	BarbellExperience12Months *bool `json:"barbell_experience_12_months"`
}

// AgeDays is days since each item was taken, 0 and up. Absent counts as today.
type AgeDays struct {
	RedFlags        int `json:"red_flags"`
	Vitals          int `json:"vitals"`
	Pain            int `json:"pain"`
	Disability      int `json:"disability"`
	BieringSorensen int `json:"biering_sorensen"`
	HipExtension    int `json:"hip_extension"`
	DowelHinge      int `json:"dowel_hinge"`
	Neuro           int `json:"neuro"`
	Health          int `json:"health"`
}
