// Package measure scores questionnaires and physical tests, and says whether
// two scores of the same measure differ for real.
//
// It has three parts, each of them pure:
//
//   - scoring: one function a form or test, from answers to a Score. A form with
//     too many gaps is not scored, and the score says why; that is a result. An
//     answer that cannot be (a section of 6) is a mistake, and comes back as
//     domain.Problems naming the field.
//   - the catalogue: ranges, bands, measurement errors and their sources. They
//     are data in assets/measures/measures.json, so that a clinician can read
//     and check them without reading code.
//   - change: Catalog.Change compares two records of a measure against its
//     measurement error, and refuses what cannot be compared.
//
// Package screen decides with final scores and never scores; this package
// scores and never decides. Where both know a number, a test holds them equal.
//
// Several questionnaires belong to their owners, so items are only numbers
// here: no wording of ODI, STarT Back, FABQ, TSK or PSEQ is in the program. The
// answers are added up and forgotten; the score is what is kept.
package measure

import (
	"math/big"

	"backtobar/domain"
)

// Status says how a record came to its value, or why it has none.
type Status string

// The statuses. Only Measured and Capped have a value.
const (
	Measured Status = "measured"
	// Capped: the test was ended at its longest time; the true value is the
	// recorded one or more.
	Capped Status = "capped"
	// NotScored: too many answers are missing.
	NotScored Status = "not_scored"
	// UnablePain: the test could not be done because of pain.
	UnablePain Status = "unable_pain"
	// UnableOther: the test could not be done for another reason.
	UnableOther Status = "unable_other"
	NotDone     Status = "not_done"
)

// HasValue reports whether a record of this status carries a value.
func (s Status) HasValue() bool { return s == Measured || s == Capped }

func (s Status) known() bool {
	return s.HasValue() || s == NotScored || s == UnablePain || s == UnableOther || s == NotDone
}

// Side is the side of the body that was tested.
type Side string

// The sides; a measure of the whole body has none.
const (
	NoSide Side = ""
	Left   Side = "left"
	Right  Side = "right"
)

// Score is what a form or a test comes to.
type Score struct {
	Status Status
	// Value counts only when Status.HasValue; its unit is the measure's.
	Value domain.Decimal
	// Why says what is missing when the status is NotScored.
	Why string
}

// Scored reports whether there is a value.
func (s Score) Scored() bool { return s.Status.HasValue() }

func scored(v domain.Decimal) Score { return Score{Status: Measured, Value: v} }

func whole(n int) Score { return scored(domain.NewDecimal(n)) }

func notScored(why string) Score { return Score{Status: NotScored, Why: why} }

// Record is one measurement as it is kept: the score with everything needed to
// compare it later. Answers to single items of a form that belongs to somebody
// are not kept.
type Record struct {
	// Measure is the id of the measure in the catalogue.
	Measure string `json:"measure"`
	Status  Status `json:"status"`
	// Value is nil unless the status has a value.
	Value *domain.Decimal `json:"value"`
	// Unit is the unit of the value; always the measure's own.
	Unit string `json:"unit"`
	// Date is the day of the measurement, not of its entry.
	Date domain.Date `json:"date"`
	// By is who measured, or who entered the patient's own form.
	By string `json:"by"`
	// Protocol is how it was measured: one of the measure's protocols. Values
	// by different protocols are not compared.
	Protocol string `json:"protocol"`
	// Language is the language of a questionnaire, such as "en"; empty for a
	// physical test.
	Language string `json:"language,omitempty"`
	Side     Side   `json:"side,omitempty"`
	// Activities are the patient's own activities of the PSFS, in any order.
	// Only the same activities are compared.
	Activities []string `json:"activities,omitempty"`
	// Stopped is why a timed or counted test ended, if it was asked.
	Stopped StopReason `json:"stopped,omitempty"`
	// Entries are what the value was worked out from, such as two readings of
	// blood pressure; none for a form whose wording belongs to others.
	Entries []Entry `json:"entries,omitempty"`
}

// Entry is one raw entry behind a value: a name of this program such as
// "reading_1_systolic", and what was entered.
type Entry struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Entry returns the raw entry of that name, "" when there is none.
func (r Record) Entry(name string) string {
	for _, e := range r.Entries {
		if e.Name == name {
			return e.Value
		}
	}
	return ""
}

// StopReason is why a timed or counted test ended.
type StopReason string

// The reasons for stopping.
const (
	StopFatigueBack StopReason = "fatigue_back"
	StopFatigueHip  StopReason = "fatigue_hip"
	StopPain        StopReason = "pain"
	StopOther       StopReason = "other"
)

func (s StopReason) known() bool {
	switch s {
	case "", StopFatigueBack, StopFatigueHip, StopPain, StopOther:
		return true
	}
	return false
}

// Put gives the record the score's status and value.
func (r *Record) Put(s Score) {
	r.Status, r.Value = s.Status, nil
	if s.Scored() {
		v := s.Value
		r.Value = &v
	}
}

// rounded returns r to that many decimals, a half away from zero. Every number
// here is far inside the range of a Decimal, so reading it back cannot fail.
func rounded(r *big.Rat, decimals int) domain.Decimal {
	d, _ := domain.ParseDecimal(r.FloatString(decimals))
	return d
}

// within reports whether low <= d <= high.
func within(d, low, high domain.Decimal) bool { return d.Cmp(low) >= 0 && d.Cmp(high) <= 0 }

// ratio is n/d as a fraction.
func ratio(n, d int) *big.Rat { return big.NewRat(int64(n), int64(d)) }
