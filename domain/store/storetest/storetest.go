// Package storetest is the one suite that every store passes. What a use case
// may rely on is written here and nowhere else.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// Harness opens stores of one kind.
type Harness struct {
	// Open returns an empty store that is closed when the test ends.
	Open func(t *testing.T, clock domain.Clock) clinic.Store
	// Reopen closes the store and opens the same records again; nil for a
	// store that keeps nothing.
	Reopen func(t *testing.T, s clinic.Store, clock domain.Clock) clinic.Store
}

// Now is the moment of the suite's clock.
var Now = time.Date(2026, 11, 22, 10, 41, 7, 123456000, time.FixedZone("EST", -5*3600))

// Run runs the whole suite.
func Run(t *testing.T, h Harness) {
	t.Helper()
	tests := map[string]func(*testing.T, clinic.Store){
		"settings":              testSettings,
		"patients":              testPatients,
		"patient versions":      testPatientVersions,
		"chart numbers":         testNumbers,
		"find":                  testFind,
		"find after an edit":    testFindAfterEdit,
		"same birth date":       testSameBirthDate,
		"intakes":               testIntakes,
		"screens":               testScreens,
		"plans":                 testPlans,
		"handouts":              testHandouts,
		"sessions":              testSessions,
		"measures":              testMeasures,
		"rules":                 testRules,
		"newest screens":        testNewestScreens,
		"rulings":               testRulings,
		"papers":                testPapers,
		"versions in order":     testVersionsInOrder,
		"records of nobody":     testRecordsOfNobody,
		"drafts":                testDrafts,
		"trail":                 testAudit,
		"nothing on error":      testRollbackOnError,
		"nothing on panic":      testRollbackOnPanic,
		"view cannot write":     testViewCannotWrite,
		"one moment":            testOneMoment,
		"not after the end":     testEnded,
		"what goes in is kept":  testKeptApart,
		"writers race":          testRace,
		"readers see whole":     testReadersSeeWhole,
		"all scripts":           testUnicode,
		"huge text":             testHuge,
		"a cancelled caller":    testCancelled,
		"own writes are seen":   testReadOwnWrites,
		"ids are not reused":    testDuplicateIDs,
		"numbers as they stand": testExactNumbers,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, h.Open(t, domain.FixedClock(Now))) })
	}
	if h.Reopen != nil {
		t.Run("reopen", func(t *testing.T) { testReopen(t, h) })
	}
}

// same compares records as people see them: an empty list is no list, a moment
// is a moment in any zone.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	exact := cmp.Comparer(func(a, b domain.Decimal) bool { return a.Cmp(b) == 0 })
	if d := cmp.Diff(want, got, exact, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

func is(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%s: got %v, want %v", what, err, want)
	}
}

func update(t *testing.T, s clinic.Store, fn func(clinic.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func view(t *testing.T, s clinic.Store, fn func(clinic.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

func id(kind string, n int) string { return fmt.Sprintf("%s-%04d", kind, n) }

// Person returns an invented patient.
func Person(n int, last, first, born string) patient.Patient {
	d, err := domain.ParseDate(born)
	if err != nil {
		d = domain.Date{}
	}
	return patient.Patient{
		ID: domain.PatientID(id("patient", n)), Version: 1,
		LastName: last, FirstName: first, BirthDate: d, Sex: patient.Female,
		Phone: fmt.Sprintf("954555%04d", n), CreatedAt: Now, UpdatedAt: Now,
	}
}

func addPerson(t *testing.T, s clinic.Store, p patient.Patient) patient.Patient {
	t.Helper()
	update(t, s, func(tx clinic.Tx) (err error) {
		p, err = tx.Patients().Add(p)
		return err
	})
	return p
}

var therapist = domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 00001", Workstation: "desk"}

func signature() clinic.Signature {
	return clinic.Signature{By: therapist, At: Now, RulesVersion: "1.0", RulesHash: "abc"}
}

func anIntake(p domain.PatientID, version int) intake.Intake {
	return intake.Intake{
		ID: domain.IntakeID(id("intake-"+string(p), version)), PatientID: p, Version: version,
		MainProblem: "Low back pain after gardening", Language: "en",
		BodyMass: domain.Mass{Value: domain.MustDecimal("165.5"), Unit: domain.Pound},
		Home: equipment.Home{Inventory: equipment.Inventory{
			Kettlebells: []domain.Mass{{Value: domain.NewDecimal(8), Unit: domain.Kilogram}}}},
		SavedAt: Now, SavedBy: therapist,
	}
}

func aScreen(p domain.PatientID, version int) clinic.SignedScreen {
	age, seconds, no := 40, domain.MustDecimal("61.5"), false
	return clinic.SignedScreen{
		ID: domain.ScreenID(id("screen-"+string(p), version)), PatientID: p, Version: version,
		TakenOn: domain.DateOf(Now),
		Answers: screen.Case{
			Patient:          screen.CasePatient{AgeYears: &age, Sex: "female"},
			RedFlags:         map[string]screen.Answer{"CES1": screen.No, "FX1": screen.Unknown},
			LongTermSteroids: &no,
			BieringSorensen:  &screen.Sorensen{Seconds: &seconds},
		},
		Explanation: screen.Explanation{
			Decision: screen.Decision{Outcome: screen.Ready, Stage: 1, Cap: 4,
				Flags: []string{"START:low"}},
			Headline: "Ready for stage 1.",
			Reasons:  []screen.Reason{{ID: "PAIN-1", State: "pass", Title: "Pain"}},
		},
		Signature: signature(),
	}
}

func aPlan(from clinic.SignedScreen, version int) clinic.SignedPlan {
	return clinic.SignedPlan{
		ID: domain.PlanID(id("plan-"+string(from.PatientID), version)), PatientID: from.PatientID,
		Version: version, ScreenID: from.ID,
		Plan: program.Plan{SubStage: "1A", Stage: 1, Items: []program.Item{{
			Exercise: "dowel_hinge",
			Dose:     program.Dose{Sets: program.Range{Min: 2, Max: 3}, Reps: program.Range{Min: 10, Max: 10}},
			Load:     &domain.Mass{Value: domain.MustDecimal("17.5"), Unit: domain.Pound},
		}}},
		Signature: signature(),
	}
}

func aHandout(from clinic.SignedPlan, version int) clinic.Handout {
	return clinic.Handout{
		ID: domain.HandoutID(id("handout-"+string(from.PatientID), version)), PatientID: from.PatientID,
		Version: version, PlanID: from.ID, Language: "en", Paper: "letter", Pages: 2,
		SHA256: "00ff", PDF: []byte("%PDF-1.3\x00\xff binary"), By: therapist, At: Now,
	}
}

// chartOf stores one version of everything for a patient.
func chartOf(t *testing.T, s clinic.Store, p patient.Patient) (patient.Patient, clinic.SignedScreen, clinic.SignedPlan, clinic.Handout) {
	t.Helper()
	p = addPerson(t, s, p)
	scr := aScreen(p.ID, 1)
	plan := aPlan(scr, 1)
	h := aHandout(plan, 1)
	update(t, s, func(tx clinic.Tx) error {
		return errors.Join(
			tx.Intakes().Append(anIntake(p.ID, 1)),
			tx.Screens().Append(scr),
			tx.Plans().Append(plan),
			tx.Handouts().Append(h),
			tx.Sessions().Append(aSession(plan, 1)),
			tx.Measures().Append(aMeasurement(p.ID, 1)),
			tx.Drafts().Put(clinic.Draft{PatientID: p.ID, Section: "plan", Data: []byte(`{"a":1}`), At: Now, By: therapist}),
			tx.Audit().Append(clinic.AuditEntry{At: Now, Actor: "R. Castello", Action: "test.add", PatientID: p.ID, Object: string(scr.ID)}),
		)
	})
	return p, scr, plan, h
}
