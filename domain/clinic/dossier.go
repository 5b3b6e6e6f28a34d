package clinic

import (
	"context"
	"errors"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// Dossier is everything that a paper for clinicians may say of one patient, as
// it counts on one day.
type Dossier struct {
	// On is the day, By the person who makes the paper.
	On domain.Date
	By domain.Actor
	// Settings are the clinic's; zero before it is set up.
	Settings Settings
	Patient  patient.Patient
	// Intake is the newest one, nil without one.
	Intake *intake.Intake
	// Rules are the screening rules in force.
	Rules *screen.Rules
	// Current is the newest signed screen as it counts on the day, nil without
	// one. Warned: a red-flag question was answered yes at a session after it.
	Current *Current
	Warned  bool
	// Measures are the histories, newest value first.
	Measures []MeasureHistory
	// Rulings are every one on record, oldest first, also those that ended.
	Rulings []Ruling
	// Plans are all signed plans, oldest first.
	Plans []SignedPlan
	// Sessions are the newest version of each session, by day.
	Sessions []LoggedSession
}

// Dossier reads the records of a patient in one transaction, or returns
// domain.ErrNotFound.
func (s *Service) Dossier(ctx context.Context, id domain.PatientID) (Dossier, error) {
	return view(ctx, s, func(tx Tx) (Dossier, error) {
		d := Dossier{On: domain.DateOf(tx.Now()), By: domain.ActorFrom(ctx)}
		var err error
		if d.Patient, err = tx.Patients().Get(id); err != nil {
			return Dossier{}, err
		}
		if d.Settings, _, err = latest(tx.Settings().Current()); err != nil {
			return Dossier{}, fmt.Errorf("read the settings: %w", err)
		}
		if d.Rules, err = s.rules.in(tx); err != nil {
			return Dossier{}, fmt.Errorf("read the rules: %w", err)
		}
		in, found, err := latest(tx.Intakes().Latest(id))
		if err != nil {
			return Dossier{}, fmt.Errorf("read the intake: %w", err)
		}
		if found {
			d.Intake = &in
		}
		if err := s.readHistory(tx, &d); err != nil {
			return Dossier{}, err
		}
		return d, nil
	})
}

// readHistory adds what was found, decided and done.
func (s *Service) readHistory(tx Tx, d *Dossier) error {
	id := d.Patient.ID
	measured, err := tx.Measures().All(id)
	if err != nil {
		return fmt.Errorf("read the measures: %w", err)
	}
	d.Measures = s.histories(d.Patient, measured)
	if d.Rulings, err = tx.Rulings().All(id); err != nil {
		return fmt.Errorf("read the rulings: %w", err)
	}
	if d.Plans, err = tx.Plans().All(id); err != nil {
		return fmt.Errorf("read the plans: %w", err)
	}
	all, err := tx.Sessions().All(id)
	if err != nil {
		return fmt.Errorf("read the sessions: %w", err)
	}
	d.Sessions = newest(all)
	now, err := s.current(tx, id)
	if errors.Is(err, domain.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the screen: %w", err)
	}
	since, err := asked(tx, now.Screen)
	if err != nil {
		return err
	}
	d.Current, d.Warned = &now, warned(d.Sessions, since) != nil
	return nil
}
