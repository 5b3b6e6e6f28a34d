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

// Reason explains one line of a decision to the therapist.
type Reason struct {
	// ID is the rule, flag or item: "PAIN-1", "CAP2:SURG", "biering_sorensen".
	ID string `json:"id"`
	// Group is the fixed reading order: safety, pain, endurance, disability,
	// strength, hinge, other.
	Group string `json:"group"`
	// State is stop, hold, fail, pass, missing, stale, cap, caution or note.
	State string `json:"state"`
	// Title names the item: "Back extensor hold (Biering-Sørensen)".
	Title string `json:"title"`
	// Value is what was found, in words: "48 seconds". "Not asked" when missing.
	Value string `json:"value"`
	// Threshold is the goal in words: "more than 60 seconds".
	Threshold string `json:"threshold"`
	// Text is the rationale, a whole sentence.
	Text string `json:"text"`
	// Tag is "source" or "clinic default"; Citation names the source.
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Field is the form field that Enter jumps to, e.g. "pain.nprs_7day".
	Field string `json:"field"`
}

// Explanation says why a decision is what it is.
type Explanation struct {
	Decision Decision `json:"decision"`
	// Headline is one sentence for the top of the panel.
	Headline string `json:"headline"`
	// Leaning says where an incomplete screen is heading, or "". It never
	// leans to Ready while a safety answer is missing.
	Leaning string `json:"leaning"`
	// Reasons in the fixed reading order.
	Reasons []Reason `json:"reasons"`
	// Changes are at most two nearest changes that would alter the result.
	Changes []string `json:"changes"`
	// Unanswered are the fields still to answer, in the order of the form,
	// e.g. "red_flags.CES1", "vitals.systolic_mmhg". Empty when none is left.
	Unanswered []string `json:"unanswered"`
	// RulesVersion and RulesHash name the rules that decided.
	RulesVersion string `json:"rules_version"`
	RulesHash    string `json:"rules_hash"`
}
