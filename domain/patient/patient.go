// Package patient says who a patient is: the identity that stands in the
// banner of every screen, and how people find it.
package patient

import (
	"time"

	"backtobar/domain"
)

// Sex is the sex for clinical rules; some red flags depend on it.
type Sex string

// The values of Sex. SexUnknown ("") means not asked.
const (
	SexUnknown Sex = ""
	Female     Sex = "female"
	Male       Sex = "male"
)

// Patient is the identity of one person. Everything clinical is kept in other
// records that point here.
type Patient struct {
	ID domain.PatientID `json:"id"`
	// Number is the chart number that people say aloud, 1 and up.
	Number int `json:"number"`
	// Version counts the edits, 1 and up; a save with an old version is refused.
	Version   int         `json:"version"`
	LastName  string      `json:"last_name"`
	FirstName string      `json:"first_name"`
	BirthDate domain.Date `json:"birth_date"`
	Sex       Sex         `json:"sex"`
	// Phone holds ten digits of a US number, or "" with NoPhone set.
	Phone   string `json:"phone"`
	NoPhone bool   `json:"no_phone"`
	// Practice marks invented data; it is shown on every screen and page.
	Practice  bool      `json:"practice"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}
