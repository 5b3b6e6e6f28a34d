package program

// VisitQuestion is one of the short safety questions of every visit.
type VisitQuestion struct {
	// ID is stable: "saddle", "leg_weakness", "fever" or "injury".
	ID string
	// Text is the question, in the clinic's own words.
	Text string
}

// VisitQuestions are asked before every session. Any yes is a red flag: nobody
// lifts until the full screen was asked again (clinic default, after the
// international framework of red flags, JOSPT 2020, doi:10.2519/jospt.2020.9971).
func VisitQuestions() []VisitQuestion {
	return []VisitQuestion{
		{"saddle", "New numbness between the legs, new trouble with bladder or bowel, or both legs changed?"},
		{"leg_weakness", "New weakness in a leg or foot?"},
		{"fever", "Fever, or ill without a known reason?"},
		{"injury", "A new fall, crash or other injury?"},
	}
}

// LegQuestion is asked with the VisitQuestions. A yes is no red flag, but stops
// the session and takes a step back.
const LegQuestion = "New or spreading pain, tingling or numbness in a leg?"
