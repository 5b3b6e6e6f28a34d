package course

import (
	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// Action is what a suggestion proposes for the next session.
type Action string

// The actions, from the most cautious.
const (
	// ActionRefer: no lifting; ask the full list and refer.
	ActionRefer Action = "refer"
	// ActionRescreen: no lifting before a new screen.
	ActionRescreen Action = "rescreen"
	// ActionRest: a flare-up is going on; easy movement, no load.
	ActionRest Action = "rest"
	// ActionWait: ask for the pain after 24 hours first.
	ActionWait Action = "wait"
	// ActionBack: an earlier sub-stage.
	ActionBack Action = "back"
	// ActionLighter: the same sub-stage with less load.
	ActionLighter Action = "lighter"
	// ActionDeload: a planned lighter week.
	ActionDeload Action = "deload"
	// ActionRepeat: the same again.
	ActionRepeat Action = "repeat"
	// ActionStart: the plan as it was signed; there is no session yet.
	ActionStart Action = "start"
	// ActionReturn: a step back up towards the load before the flare-up.
	ActionReturn Action = "return"
	// ActionReps and ActionSets: more of the same load.
	ActionReps Action = "reps"
	ActionSets Action = "sets"
	// ActionLoad: the next load.
	ActionLoad Action = "load"
	// ActionNext: the next sub-stage.
	ActionNext Action = "next"
)

// Reason is one sentence of a suggestion.
type Reason struct {
	// Rule names the rule, e.g. "GREEN_TWICE"; Text is the sentence.
	Rule string `json:"rule"`
	Text string `json:"text"`
	// Source is "clinic default" or where the number comes from.
	Source string `json:"source"`
}

// Suggestion is what the rules propose for the next session. It changes
// nothing: a therapist accepts it, or changes it with a reason.
type Suggestion struct {
	Action Action `json:"action"`
	// Next is the decision of the history that it follows.
	Next Next `json:"next"`
	// SubStage and Work are what to do; Work is empty when nothing is lifted.
	SubStage program.Code `json:"sub_stage"`
	Work     Work         `json:"work"`
	// EffortRPE is the effort ceiling, 0 when nothing is lifted.
	EffortRPE int `json:"effort_rpe"`
	// Deload: log the session as a lighter one.
	Deload bool `json:"deload,omitempty"`
	// Reasons, the deciding one first; never empty.
	Reasons []Reason `json:"reasons"`
	// Missing is what the next sub-stage still asks for, when it is not
	// suggested; Options are other ways on for the therapist; Flags are
	// sentences to look at that block nothing.
	Missing []Reason `json:"missing,omitempty"`
	Options []Reason `json:"options,omitempty"`
	Flags   []Reason `json:"flags,omitempty"`
	// RulesVersion and RulesHash name the rules.
	RulesVersion string `json:"rules_version"`
	RulesHash    string `json:"rules_hash"`
}

// Text is the deciding sentence.
func (s Suggestion) Text() string { return s.Reasons[0].Text }

// Lifts reports whether the suggestion is a session with exercises.
func (s Suggestion) Lifts() bool { return s.Work.Sets > 0 }

// Start is what a signed plan prescribes for the lift of its sub-stage.
type Start struct {
	SubStage program.Code
	Work     Work
	// Signed is the day of the plan.
	Signed domain.Date
	// AfterLast: it was signed after the sessions of that day, which the day
	// alone does not tell.
	AfterLast bool
}

// Screened is the screen as it counts today.
type Screened struct {
	Decision screen.Decision
	// On is the day of the newest signed screen; AfterLast reports whether it
	// was signed after the newest session was logged, which two of the same day
	// do not tell.
	On        domain.Date
	AfterLast bool
}

// Flare is one flare-up.
type Flare struct {
	Began domain.Date `json:"began"`
	// Settled is the first day without it, zero while it goes on.
	Settled domain.Date `json:"settled"`
	// PainWeek is the highest 7-day average in it, 0 to 10; nil when not asked.
	PainWeek      *domain.Decimal `json:"pain_week"`
	NewLegSymptom bool            `json:"new_leg_symptom"`
}

// Measures are what is measured beside the sessions and must be current; nil
// is not measured and never passes.
type Measures struct {
	// EnduranceSeconds of the Biering-Sørensen hold.
	EnduranceSeconds *domain.Decimal
	// ODIStart and ODINow in percent; PSFSStart and PSFSNow as means, 0 to 10.
	ODIStart, ODINow   *domain.Decimal
	PSFSStart, PSFSNow *domain.Decimal
	// ManagesFlare: the patient can manage a flare alone.
	ManagesFlare *bool
}

// Input is everything that a suggestion is made from.
type Input struct {
	// Today is the day of the next session.
	Today domain.Date
	// Place is program.AtClinic or program.AtHome.
	Place program.Where
	// Plan is the newest signed plan.
	Plan Start
	// Sessions, the oldest first; those that were corrected appear once.
	Sessions []Session
	Flares   []Flare
	Screen   Screened
	BodyMass domain.Mass
	// Bells and Bars are the weights at that place, from NewWeights; Floor are
	// the bars that lie at standard height on the floor, nil for all of them.
	Bells, Bars, Floor Weights
	// Cap is the most that the therapist allows, nil for none; LiftBellCap
	// lifts the limit of the bells.
	Cap         *domain.Mass
	LiftBellCap bool
	// Goal is the load that the therapist set for 3B and 4C, nil for the share
	// of body mass.
	Goal     *domain.Mass
	Measures Measures
	// Supervised: the place has a safe rack and supervision for a barbell.
	Supervised bool
}
