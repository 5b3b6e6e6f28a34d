// Package program turns a readiness decision into a prescription: which
// sub-stage, which exercises, how often, how hard, with which weight, and what
// must be shown before the next step.
//
// The route is data (assets/protocol); the logic here is pure.
package program

import "backtobar/domain"

// Code names a sub-stage: "0" for the stage-0 tracks, else "1A" to "4C".
type Code string

// Range is a span of whole numbers. Min equals Max for a single number; the
// zero Range means "not applicable".
type Range struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Where says where a sub-stage may be done.
type Where string

// The places.
const (
	// Home and clinic alike.
	HomeAndClinic Where = "home_and_clinic"
	// ClinicFirst: taught in the clinic, then at home.
	ClinicFirst Where = "clinic_then_home"
	// Supervised only.
	Supervised Where = "supervised"
	// AtClinic and AtHome mark the two entries of an exercise that is done in
	// both places with different weights.
	AtClinic Where = "clinic"
	AtHome   Where = "home"
)

// Dose is how much of an exercise. Fields that do not apply are zero.
type Dose struct {
	Sets Range `json:"sets"`
	// Reps per set, per side when PerSide.
	Reps    Range `json:"reps"`
	PerSide bool  `json:"per_side"`
	// HoldSeconds per rep or per set.
	HoldSeconds Range `json:"hold_seconds"`
	// Minutes of a timed activity such as walking.
	Minutes Range `json:"minutes"`
	// Metres of a carry.
	Metres Range `json:"metres"`
	// Tempo is seconds down, pause, up: "3-1-1"; or "reset each rep".
	Tempo string `json:"tempo"`
	// RestSeconds between sets.
	RestSeconds Range `json:"rest_seconds"`
	// EffortRPE is the ceiling on the 0 to 10 rating of perceived exertion
	// tied to repetitions in reserve; 0 when no ceiling is given.
	EffortRPE int `json:"effort_rpe"`
	// RIR is repetitions in reserve at that ceiling; 0 when not given.
	RIR int `json:"rir"`
	// DaysPerWeek is 1 to 7.
	DaysPerWeek Range `json:"days_per_week"`
}

// Criterion is one measurable condition of a gate.
type Criterion struct {
	// ID is stable, e.g. "1B.contacts".
	ID string `json:"id"`
	// Text states the condition in words with its value: "8 of 10 repeats keep
	// all three contacts".
	Text string `json:"text"`
	// Source is "clinic default" or a citation.
	Source string `json:"source"`
}

// Item is one exercise of a plan.
type Item struct {
	// Exercise is an exercise id of the library.
	Exercise string `json:"exercise"`
	Dose     Dose   `json:"dose"`
	// Load is the weight to use, nil when the exercise has none.
	Load *domain.Mass `json:"load,omitempty"`
	// Target is what the rules ask for, nil when it is the load itself. The next
	// target comes from the target, never from the load that was rounded.
	Target *domain.Mass `json:"target,omitempty"`
	// Bar and PerSide say how a barbell is loaded, the heaviest plate first.
	Bar     *domain.Mass     `json:"bar,omitempty"`
	PerSide []domain.Decimal `json:"per_side,omitempty"`
	// WarmUp are the lighter sets before the first working set.
	WarmUp []WarmUpSet `json:"warm_up,omitempty"`
	// SetUp is what this clinic adds to the set-up of the exercise, such as which
	// step to take, in the units of the step; else "".
	SetUp string `json:"set_up,omitempty"`
	// LoadReason is one sentence that says where the load comes from.
	LoadReason string `json:"load_reason,omitempty"`
	// Where this exercise may be done.
	Where Where `json:"where"`
	// OnSheet: the item may be printed on the home program.
	OnSheet bool `json:"on_sheet"`
	// OffSheetReason says why not, when OnSheet is false.
	OffSheetReason string `json:"off_sheet_reason,omitempty"`
}

// Plan is a prescription for one sub-stage.
type Plan struct {
	SubStage Code `json:"sub_stage"`
	// Stage is 0 to 4.
	Stage int `json:"stage"`
	// Tracks are the stage-0 tracks, empty for stages 1 to 4.
	Tracks []string `json:"tracks"`
	Items  []Item   `json:"items"`
	// Warnings are sentences for the therapist, e.g. no small enough bell.
	Warnings []string `json:"warnings"`
	// ProtocolVersion and ProtocolHash name the route that prescribed.
	ProtocolVersion string `json:"protocol_version"`
	ProtocolHash    string `json:"protocol_hash"`
}
