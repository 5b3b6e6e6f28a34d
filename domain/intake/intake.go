// Package intake holds what is asked before the screen: what the program needs
// to choose a load, a language and the equipment at home.
package intake

import (
	"time"

	"backtobar/domain"
)

// Intake is one saved version of a patient's intake. An edit makes a new
// version; old versions stay.
type Intake struct {
	ID        domain.IntakeID  `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	// Version is 1 for the first and one more for each edit.
	Version int `json:"version"`
	// MainProblem is the patient's own words, at most 500 characters.
	MainProblem string `json:"main_problem"`
	// Language of the handout: "en" or "es".
	Language string `json:"language"`
	// BodyMass is the mass as told or weighed; zero when not asked.
	// 20 to 350 kilograms.
	BodyMass domain.Mass `json:"body_mass"`
	// HomeKettlebells are the bells the patient owns.
	HomeKettlebells []domain.Mass `json:"home_kettlebells"`
	// HomeBarbell: the patient has a barbell, plates and a rack at home.
	HomeBarbell bool `json:"home_barbell"`
	// SavedAt and SavedBy say when and by whom this version was saved.
	SavedAt time.Time    `json:"saved_at"`
	SavedBy domain.Actor `json:"saved_by"`
}
