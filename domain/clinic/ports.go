package clinic

import (
	"context"
	"time"

	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/domain/staff"
)

// Store keeps the clinic's records. Both methods run fn inside one transaction
// with one fixed moment; an error of fn, or a panic, leaves nothing changed.
//
// Errors that callers tell apart with errors.Is: domain.ErrNotFound,
// domain.ErrConflict, domain.ErrStorageFull, domain.ErrReadOnly,
// domain.ErrDamaged. Every other error is unexpected.
type Store interface {
	// View reads; writing inside it is an error.
	View(ctx context.Context, fn func(Tx) error) error
	// Update reads and writes; at most one runs at a time.
	Update(ctx context.Context, fn func(Tx) error) error
	// Close releases the store.
	Close() error
}

// Tx is one transaction. It must not be kept after fn returns.
type Tx interface {
	// Now is the moment of the transaction.
	Now() time.Time
	Settings() SettingsStore
	Patients() PatientStore
	Intakes() IntakeStore
	Screens() ScreenStore
	Plans() PlanStore
	Handouts() HandoutStore
	Sessions() SessionStore
	Measures() MeasureStore
	Rulings() RulingStore
	Papers() PaperStore
	Drafts() DraftStore
	Audit() AuditStore
	Rules() RulesStore
}

// SettingsStore keeps the clinic's settings as versions; the newest counts.
type SettingsStore interface {
	// Current returns the newest settings, or domain.ErrNotFound before the
	// clinic is set up.
	Current() (Settings, error)
	// Append adds a version. Settings.Version must be the current version plus
	// one, else domain.ErrConflict.
	Append(Settings) error
}

// PatientStore keeps identities.
type PatientStore interface {
	// Add stores a new patient and returns it with its Number, which is one
	// more than the highest so far.
	Add(patient.Patient) (patient.Patient, error)
	// Replace stores an edit. p.Version must be the stored version plus one,
	// else domain.ErrConflict; domain.ErrNotFound when there is no such patient.
	Replace(p patient.Patient) error
	// Get returns domain.ErrNotFound when there is no such patient.
	Get(domain.PatientID) (patient.Patient, error)
	// Find returns patients of whom every token is the beginning of a search
	// word (patient.SearchWords), in order of name key, birth date and number,
	// at most limit, and how many match in all. No token matches everybody.
	Find(tokens []string, limit int) (found []patient.Patient, total int, err error)
	// SameBirthDate returns all patients born on that day, by number.
	SameBirthDate(domain.Date) ([]patient.Patient, error)
}

// IntakeStore keeps versions of intakes; none is ever changed.
type IntakeStore interface {
	// Append adds a version, which must be the latest plus one, else
	// domain.ErrConflict.
	Append(intake.Intake) error
	// Latest returns domain.ErrNotFound when nothing was saved.
	Latest(domain.PatientID) (intake.Intake, error)
	// All returns every version, oldest first.
	All(domain.PatientID) ([]intake.Intake, error)
}

// ScreenStore keeps signed screens; none is ever changed. Versions as in
// IntakeStore.
type ScreenStore interface {
	Append(SignedScreen) error
	Get(domain.ScreenID) (SignedScreen, error)
	Latest(domain.PatientID) (SignedScreen, error)
	All(domain.PatientID) ([]SignedScreen, error)
	// Newest returns the newest screen of each patient, at most limit, the last
	// signed first by its id, which begins with the time.
	Newest(limit int) ([]SignedScreen, error)
}

// PlanStore keeps signed plans; none is ever changed. Versions as in
// IntakeStore.
type PlanStore interface {
	Append(SignedPlan) error
	Get(domain.PlanID) (SignedPlan, error)
	Latest(domain.PatientID) (SignedPlan, error)
	All(domain.PatientID) ([]SignedPlan, error)
}

// HandoutStore keeps issued handouts with their bytes; none is ever changed.
// Versions as in IntakeStore.
type HandoutStore interface {
	Append(Handout) error
	Get(domain.HandoutID) (Handout, error)
	Latest(domain.PatientID) (Handout, error)
	// All returns every handout without its PDF bytes, oldest first.
	All(domain.PatientID) ([]Handout, error)
}

// DraftStore keeps unfinished work, one row per patient and section.
type DraftStore interface {
	// Put stores or replaces a draft.
	Put(Draft) error
	// Get returns domain.ErrNotFound when there is none.
	Get(p domain.PatientID, section string) (Draft, error)
	// Delete removes a draft; removing none is not an error.
	Delete(p domain.PatientID, section string) error
}

// AuditStore keeps the trail of who did what; rows are only ever added.
type AuditStore interface {
	// Append adds a row and gives it the next number and its seal.
	Append(AuditEntry) error
	// Verify reads the whole trail and compares it with its seals and with
	// what was remembered elsewhere.
	Verify(remembered ...TrailHead) (TrailReport, error)
	// All returns every row in order.
	All() ([]AuditEntry, error)
}

// Settings are the clinic's own facts.
type Settings struct {
	Version int `json:"version"`
	// ClinicName and Phone are required: both print on every handout.
	ClinicName string `json:"clinic_name"`
	// Phone is ten digits.
	Phone   string `json:"phone"`
	Address string `json:"address"`
	Hours   string `json:"hours"`
	// Staff is who works here and who has left; the first is made with the first
	// settings.
	Staff []staff.Member `json:"staff,omitempty"`
	// Therapists may sign; at least one. They are those of Staff, once there is
	// one.
	Therapists []domain.Actor `json:"therapists"`
	// Equipment is what the clinic owns.
	Equipment equipment.Inventory `json:"equipment"`
	// Templates are the clinic's own variants of the route, Template the name of
	// the one in use; "" is the route as shipped.
	Templates []program.Template `json:"templates,omitempty"`
	Template  string             `json:"template,omitempty"`
	// LoadUnit is the unit people at this clinic say.
	LoadUnit domain.MassUnit `json:"load_unit"`
	// CountPractitioner counts the days to the practitioner of record, as
	// Florida asks for direct access.
	CountPractitioner bool `json:"count_practitioner"`
	// LockMinutes is after how many minutes a window that nobody uses locks, from
	// 1 to 30; 0 means 5.
	LockMinutes int          `json:"lock_minutes,omitempty"`
	SavedAt     time.Time    `json:"saved_at"`
	SavedBy     domain.Actor `json:"saved_by"`
}

// Signature says who signed, when, and which rules were in force.
type Signature struct {
	By domain.Actor `json:"by"`
	At time.Time    `json:"at"`
	// RulesVersion and RulesHash name the screening rules or the route.
	RulesVersion string `json:"rules_version"`
	RulesHash    string `json:"rules_hash"`
}

// SignedScreen is one signed readiness screen: the answers, the decision, and
// why. It never changes.
type SignedScreen struct {
	ID        domain.ScreenID  `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	Version   int              `json:"version"`
	// TakenOn is the day of the answers; their age counts from here.
	TakenOn domain.Date `json:"taken_on"`
	// BirthDate is the birth date that the age in Answers was counted from.
	BirthDate domain.Date `json:"birth_date"`
	Answers   screen.Case `json:"answers"`
	// AnswerAges is how many days old the answers were on TakenOn that
	// Answers.AgeDays does not date, as in screen.Facts.
	AnswerAges map[string]int `json:"answer_ages,omitempty"`
	// Overrides were signed with the screen; later ones are rulings only.
	Overrides   []screen.Override  `json:"overrides,omitempty"`
	Explanation screen.Explanation `json:"explanation"`
	Signature   Signature          `json:"signature"`
	// RescoredFrom names the screen whose answers these are, when they were only
	// judged again by other rules.
	RescoredFrom domain.ScreenID `json:"rescored_from,omitempty"`
	// SignedAgain names the screen whose answers these are, when that was only
	// signed again: nothing was asked anew.
	SignedAgain domain.ScreenID `json:"signed_again,omitempty"`
}

// facts are what the decision stood on beside the answers.
func (s SignedScreen) facts() screen.Facts {
	return screen.Facts{Ages: s.AnswerAges, Overrides: s.Overrides}
}

// SignedPlan is one signed prescription. It never changes.
type SignedPlan struct {
	ID        domain.PlanID    `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	Version   int              `json:"version"`
	// ScreenID is the screen that allowed it.
	ScreenID domain.ScreenID `json:"screen_id"`
	Plan     program.Plan    `json:"plan"`
	// Changes are what a therapist decided otherwise than the route prescribes,
	// such as an accepted suggestion; Plan holds them already.
	Changes   []PlanChange `json:"changes,omitempty"`
	Signature Signature    `json:"signature"`
}

// Handout is one issued home program with the exact bytes that were given out.
type Handout struct {
	ID        domain.HandoutID `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	Version   int              `json:"version"`
	PlanID    domain.PlanID    `json:"plan_id"`
	Language  string           `json:"language"`
	Paper     string           `json:"paper"`
	Pages     int              `json:"pages"`
	// SupervisedPlace: By has said that a safe place and supervision are
	// arranged.
	SupervisedPlace bool `json:"supervised_place"`
	// SHA256 of PDF in lower-case hex.
	SHA256 string       `json:"sha256"`
	PDF    []byte       `json:"-"`
	By     domain.Actor `json:"by"`
	At     time.Time    `json:"at"`
}

// Draft is unfinished work on one section of a chart.
type Draft struct {
	PatientID domain.PatientID `json:"patient_id"`
	// Section is "intake", "screen", "plan" or "sessions".
	Section string `json:"section"`
	// Data is the form's own JSON.
	Data []byte       `json:"data"`
	At   time.Time    `json:"at"`
	By   domain.Actor `json:"by"`
}

// AuditEntry is one row of the trail. It names records by id and holds no
// patient data.
type AuditEntry struct {
	// Seq is 1 and up without gaps.
	Seq int64     `json:"seq"`
	At  time.Time `json:"at"`
	// Actor is the signing name and the workstation.
	Actor       string `json:"actor"`
	Workstation string `json:"workstation"`
	// Action is a word such as "patient.add" or "screen.sign".
	Action    string           `json:"action"`
	PatientID domain.PatientID `json:"patient_id"`
	// Object is the id of the record.
	Object string `json:"object"`
	// Seal is made by the store (TrailSealer); empty in rows from before
	// sealing.
	Seal []byte `json:"seal"`
}
