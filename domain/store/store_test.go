package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/store"
)

// A clinic that closes the program and opens it again goes on where it was.
func TestRestart(t *testing.T) {
	clock := domain.FixedClock(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	at := store.Location{Path: filepath.Join(t.TempDir(), "new folder", "clinic.db")}
	therapist := domain.Actor{Name: "R. Castello", Credentials: "PT", Licence: "PT 00001"}
	ctx := domain.WithActor(context.Background(), therapist)
	var id domain.PatientID
	for start := range 3 {
		kept, err := store.Open(ctx, at, clock)
		if err != nil {
			t.Fatal(err)
		}
		s := clinic.New(clinic.Params{Store: kept, Clock: clock})
		if start == 0 {
			if _, err := s.Settings(ctx); !errors.Is(err, domain.ErrNotFound) {
				t.Errorf("a new file has settings: %v", err)
			}
			_, err := s.SaveSettings(ctx, clinic.Settings{ClinicName: "Example Clinic", Phone: "9545550100",
				Therapists: []domain.Actor{therapist}, LoadUnit: domain.Pound})
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.AddPatient(ctx, patient.Patient{LastName: "Nguyễn", FirstName: "Thị",
				BirthDate: domain.Date{Year: 1959, Month: 12, Day: 9}, NoPhone: true})
			if err != nil {
				t.Fatal(err)
			}
			id = p.ID
		}
		c, err := s.Chart(ctx, id)
		if err != nil || c.Patient.LastName != "Nguyễn" || c.Age != 66 {
			t.Errorf("start %d: %+v %v", start+1, c.Patient, err)
		}
		list, err := s.FindPatients(ctx, "nguyen 1959", 10)
		if err != nil || list.Total != 1 {
			t.Errorf("start %d: found %d, %v", start+1, list.Total, err)
		}
		if _, err := store.Open(ctx, at, clock); !errors.Is(err, domain.ErrInUse) {
			t.Errorf("start %d: a second one opened: %v", start+1, err)
		}
		if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(at.Path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the records: %v %v", info.Mode(), err)
	}
}
