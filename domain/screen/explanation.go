package screen

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// Reason explains one line of a decision to the therapist. Everything that is
// said of it stands in a field of its own, so that the window, the command and
// the clinician's report say the same; Lines puts the fields into words.
type Reason struct {
	// ID is the rule, flag, item or check: "PAIN-1", "CAP2:SURG",
	// "biering_sorensen", "CHECK:pulse_pressure".
	ID string `json:"id"`
	// Group is the fixed reading order: safety, pain, endurance, disability,
	// strength, hinge, other.
	Group string `json:"group"`
	// State is stop, hold, fail, pass, missing, stale, cap, caution or note;
	// conflict when two answers disagree, and check when an answer is unusual
	// and may be a slip of the keyboard. The last two decide nothing.
	State string `json:"state"`
	// Title names the item: "Back extensor hold (Biering-Sørensen)".
	Title string `json:"title"`
	// Value is what was found, in words: "48 seconds". "Not asked" when missing.
	Value string `json:"value"`
	// Threshold is the goal in words: "more than 60 seconds".
	Threshold string `json:"threshold"`
	// ThresholdTag and ThresholdCitation say where the number itself is from,
	// which may differ from the rule's source; "" when the goal is no number.
	ThresholdTag      string `json:"threshold_tag"`
	ThresholdCitation string `json:"threshold_citation"`
	// Better is "lower" or "higher" when the value has a direction, else "".
	Better string `json:"better"`
	// Side is on which side of the threshold the value is and how far, in words:
	// "12 seconds below the limit"; "" when it is not a distance.
	Side string `json:"side"`
	// AgeDays is how long ago it was taken and MaxAgeDays how old it may be;
	// nil and 0 when no day is kept for it.
	AgeDays    *int `json:"age_days"`
	MaxAgeDays int  `json:"max_age_days"`
	// Borderline is given when a repeat of the measurement could land on the
	// other side of the threshold by chance.
	Borderline *Borderline `json:"borderline"`
	// Text is the rationale, in whole sentences.
	Text string `json:"text"`
	// Tag is TagSource, TagSecondary or TagDefault; Citation names the source.
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Limit states how far the evidence goes: "one study, 35 people"; or "".
	Limit string `json:"limit"`
	// Field is the form field that Enter jumps to, e.g. "pain.nprs_7day".
	Field string `json:"field"`
}

// Borderline says that a value is nearer to its threshold than the measurement
// error.
type Borderline struct {
	// Distance is between value and threshold, and Error the measurement error,
	// both in Unit and never below 0.
	Distance domain.Decimal `json:"distance"`
	Error    domain.Decimal `json:"error"`
	Unit     string         `json:"unit"`
	// Kind is SEM, MDC, MDC90 or MDC95; or MIC when no error is published and the
	// smallest important change stands in.
	Kind string `json:"kind"`
	// Tag and Citation are of the error.
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Text says it in a sentence.
	Text string `json:"text"`
}

// Change is one of the nearest changes that would alter the outcome or the
// stage. It was tried: the case with the change was decided again.
type Change struct {
	// Steps are what has to change, together; one or two unless more stand in
	// the way. None asks for another answer to a safety question: what was found
	// is cleared or examined again, never unsaid.
	Steps []Step `json:"steps"`
	// Outcome and Stage are the result after it.
	Outcome Outcome `json:"outcome"`
	Stage   int     `json:"stage"`
	// Then says that result with how far it may be relied on: "Then: ready for
	// stage 1, dowel hip hinge."
	Then string `json:"then"`
}

// Step is one part of a Change.
type Step struct {
	// Field is the answer it is about.
	Field string `json:"field"`
	// Text is a whole sentence: "Hold more than 12 seconds longer."
	Text string `json:"text"`
}

// Text is the change in sentences, without what follows from it.
func (c Change) Text() string {
	texts := make([]string, len(c.Steps))
	for i, s := range c.Steps {
		texts[i] = s.Text
	}
	text := strings.Join(texts, " ")
	switch len(texts) {
	case 1:
		return text
	case 2:
		return "Both: " + text
	}
	return "All of these: " + text
}

// Next is the cheapest question or test that can change the outcome.
type Next struct {
	// Item is as in Decision.Missing; Field is where it is entered.
	Item  string `json:"item"`
	Field string `json:"field"`
	Title string `json:"title"`
	// Minutes it takes and what is needed are the clinic's own estimate.
	Minutes   int    `json:"minutes"`
	Equipment string `json:"equipment"`
	// Care says when it must not be done, or is "".
	Care string `json:"care"`
	// Why says what it can change.
	Why string `json:"why"`
}

// Text is the next measurement in a sentence or two.
func (n Next) Text() string {
	s := n.Title + ": about " + minutes(n.Minutes) + ", " + n.Equipment + ". " + n.Why
	if n.Care != "" {
		s += " " + n.Care
	}
	return s
}

func minutes(n int) string {
	if n == 1 {
		return "1 minute"
	}
	return fmt.Sprintf("%d minutes", n)
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
	// Changes are the one or two nearest changes that would alter the result;
	// none when it stops the patient, because nothing that the screen can name
	// lifts that.
	Changes []Change `json:"nearest_changes"`
	// Next is the cheapest next measurement, nil when none can change anything.
	Next *Next `json:"next"`
	// Unanswered are the fields still to answer, in the order of the form,
	// e.g. "red_flags.CES1", "vitals.systolic_mmhg". Empty when none is left.
	Unanswered []string `json:"unanswered"`
	// RulesVersion and RulesHash name the rules that decided.
	RulesVersion string `json:"rules_version"`
	RulesHash    string `json:"rules_hash"`
}

// Line is one labelled line of a reason in words.
type Line struct{ Label, Text string }

// Lines are the details of a reason in words, in reading order, for the window
// and for paper. today gives the day of the measurement; the zero date leaves
// its age alone. What does not apply has no line.
func (r Reason) Lines(today domain.Date) []Line {
	var out []Line
	add := func(label, text string) {
		if text != "" {
			out = append(out, Line{label, text})
		}
	}
	add("Why", r.Text)
	add("Direction", r.direction())
	if r.Borderline != nil {
		add("Near the limit", r.Borderline.Text)
	}
	add("Taken", r.taken(today))
	add("Rule", sourced(r.Tag, r.Citation))
	switch number := sourced(r.ThresholdTag, r.ThresholdCitation); {
	case number == sourced(r.Tag, r.Citation):
	case r.ThresholdTag == TagSecondary && r.ThresholdCitation == r.Citation:
		add("Number", capital(TagSecondary)+", not read in the original.") // named in the line above
	default:
		add("Number", number)
	}
	if r.Limit != "" {
		add("Limits of the evidence", capital(r.Limit)+".")
	}
	return out
}

func (r Reason) direction() string {
	if r.Better == "" {
		return ""
	}
	text := capital(r.Better) + " is better"
	if r.Side != "" {
		text += "; " + r.Side
	}
	return text + "."
}

// taken is the day and age of the measurement: "Nov 20, 2026, 2 days ago. Good
// for 7 days."
func (r Reason) taken(today domain.Date) string {
	if r.AgeDays == nil {
		return ""
	}
	age := "today"
	if *r.AgeDays > 0 {
		age = days(*r.AgeDays) + " ago"
	}
	if !today.IsZero() {
		age = today.AddDays(-*r.AgeDays).Short() + ", " + age
	}
	return capital(age) + ". Good for " + days(r.MaxAgeDays) + "."
}

// sourced says where a rule or a number is from.
func sourced(tag, citation string) string {
	switch {
	case tag == "":
		return ""
	case citation == "" || citation == tag:
		return capital(tag) + "."
	case tag == TagSecondary:
		return capital(tag) + ", not read in the original: " + citation + "."
	}
	return capital(tag) + ": " + citation + "."
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
