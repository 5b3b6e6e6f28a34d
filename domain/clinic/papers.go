package clinic

import "backtobar/domain/screen"

// PaperKind is which paper for clinicians it is.
type PaperKind string

// The papers for clinicians.
const (
	// PaperSummary is the whole record in words and trends.
	PaperSummary PaperKind = "summary"
	// PaperReferral is the letter, or the transfer note, of a screen that stops
	// or holds the patient.
	PaperReferral PaperKind = "referral"
)

// Refers reports whether a screen with the outcome sends the patient to
// somebody else first.
func Refers(o screen.Outcome) bool {
	return o == screen.Emergency || o == screen.UrgentRefer || o == screen.HoldRefer
}
