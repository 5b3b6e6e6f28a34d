package clinic

import (
	"time"

	"backtobar/domain"
	"backtobar/domain/measure"
)

// Measurement is one measurement as it is kept. It never changes: a mistake is
// put right by another one that names it.
type Measurement struct {
	ID        domain.MeasurementID `json:"id"`
	PatientID domain.PatientID     `json:"patient_id"`
	// Version is 1 and up without a gap, in the order of entry.
	Version int `json:"version"`
	// Record is the measure, its value, unit, day, protocol, who measured and
	// what was entered.
	Record measure.Record `json:"record"`
	// Note is at most MaxMeasureNote characters; a correction needs one.
	Note string `json:"note,omitempty"`
	// Corrects is the measurement that this one takes the place of, "" for none.
	Corrects domain.MeasurementID `json:"corrects,omitempty"`
	// Withdrawn: the corrected one should not have been entered, and nothing
	// takes its place.
	Withdrawn bool `json:"withdrawn,omitempty"`
	// ScreenID is the signed screen that it was entered with, "" for none.
	ScreenID domain.ScreenID `json:"screen_id,omitempty"`
	// Catalog is the version of the measures.
	Catalog string `json:"catalog"`
	// EnteredAt and EnteredBy say when and by whom it was entered.
	EnteredAt time.Time    `json:"entered_at"`
	EnteredBy domain.Actor `json:"entered_by"`
}

// MaxMeasureNote is the most characters of a note (clinic default).
const MaxMeasureNote = 300

// MeasureStore keeps measurements; none is ever changed.
type MeasureStore interface {
	// Append adds a measurement. Version must be the patient's newest plus one,
	// and nothing else may correct the same one, else domain.ErrConflict. What
	// it corrects and the screen it names must be the same patient's, else
	// domain.ErrNotFound.
	Append(Measurement) error
	// All returns every measurement of the patient in the order of entry.
	All(domain.PatientID) ([]Measurement, error)
}
