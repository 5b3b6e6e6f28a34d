package screen

// Outcome is the result of a screen, from the most to the least urgent.
type Outcome string

// The outcomes in order of precedence.
const (
	Emergency   Outcome = "EMERGENCY"
	UrgentRefer Outcome = "URGENT_REFER"
	HoldRefer   Outcome = "HOLD_REFER"
	Incomplete  Outcome = "INCOMPLETE"
	NotReady    Outcome = "NOT_READY"
	Retest      Outcome = "RETEST"
	Ready       Outcome = "READY"
)

// Decision is the answer of Evaluate. Lists are sorted and never nil.
type Decision struct {
	ID      string  `json:"id"`
	Outcome Outcome `json:"outcome"`
	// Stage is 1 to 4 when Ready, else 0.
	Stage int `json:"stage"`
	// Cap is the lowest stage cap; 4 means none.
	Cap int `json:"cap"`
	// Rules are the ids of every rule that fired in the EMERGENCY,
	// URGENT_REFER, HOLD_REFER and NOT_READY blocks.
	Rules []string `json:"rules"`
	// Tracks are the stage-0 tracks of every readiness rule that failed, also
	// when a safety outcome decides.
	Tracks []string `json:"tracks"`
	// Flags are cautions, caps, conflicts and the like.
	Flags []string `json:"flags"`
	// Missing are items that were not asked.
	Missing []string `json:"missing"`
	// Stale are items older than their interval.
	Stale []string `json:"stale"`
}
