package domain

import "github.com/google/uuid"

// The ids of records. Each is a UUIDv7 in its 36-character text form, made by
// the workstation that creates the record, so that a retry is recognised and
// two workstations never collide. An id carries its creation time and is not
// a secret.
type (
	// PatientID names one patient.
	PatientID string
	// IntakeID names one version of an intake.
	IntakeID string
	// ScreenID names one signed screen.
	ScreenID string
	// PlanID names one signed plan.
	PlanID string
	// HandoutID names one issued handout.
	HandoutID string
	// SessionID names one version of one logged session.
	SessionID string
	// MeasurementID names one measurement.
	MeasurementID string
	// PaperID names one issued paper for clinicians.
	PaperID string
	// RulingID names one clearance, override, practitioner of record or
	// withdrawal.
	RulingID string
)

// NewID returns a fresh UUIDv7. It panics only when the operating system has
// no randomness, which no record should survive.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
