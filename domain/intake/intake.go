// Package intake holds what is asked before the screen: what the program needs
// to choose a load, a language and the equipment at home.
package intake

import (
	"encoding/json"
	"time"

	"backtobar/domain"
	"backtobar/domain/equipment"
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
	// Home is the equipment the patient has at home.
	Home equipment.Home `json:"home"`
	// SavedAt and SavedBy say when and by whom this version was saved.
	SavedAt time.Time    `json:"saved_at"`
	SavedBy domain.Actor `json:"saved_by"`
}

// UnmarshalJSON also reads intakes that were kept before there was an
// inventory: the sizes of the kettlebells, and a barbell that was there or not
// spoken of. Not spoken of becomes "not asked", which puts no bar on paper
// either. Kept versions are never rewritten, so they are understood instead.
func (in *Intake) UnmarshalJSON(b []byte) error {
	type plain Intake
	v := struct {
		plain
		Kettlebells []domain.Mass `json:"home_kettlebells"`
		Barbell     bool          `json:"home_barbell"`
	}{plain: plain(*in)}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*in = Intake(v.plain)
	if v.Kettlebells != nil {
		in.Home.Kettlebells = v.Kettlebells
	}
	if v.Barbell {
		in.Home.Barbell = equipment.Yes
	}
	return nil
}
