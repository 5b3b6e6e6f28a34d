package program

// Why is one rule that fired, for the therapist.
type Why struct {
	// Rule is the rule's name and Verdict what it asks for.
	Rule    string `json:"rule"`
	Verdict string `json:"verdict,omitempty"`
	// Value is what was found, Threshold what is allowed, both in words.
	Value     string `json:"value"`
	Threshold string `json:"threshold"`
	// Tag is "source" or "clinic default"; Citation names the source, if any.
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
}

// ClinicDefault tags a number that the clinic chose.
const ClinicDefault = "clinic default"
