// Package clinic is the use cases: the only door through which windows and
// commands reach rules and records.
//
// Every use case has the same shape: who acts (domain.WithActor), one
// transaction, the pure rules, the store, and a row in the trail, all or
// nothing. What a person can put right comes back as domain.Problems; what the
// rules forbid as domain.NotAllowed with the reasons; Sentence turns every
// error into words for people.
package clinic

import (
	"context"
	"errors"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// Params are what a Service is made of.
type Params struct {
	Store Store
	// Clock tells today while nothing is stored, as in previews. It is the
	// clock that the store was opened with.
	Clock domain.Clock
	// Rules are the shipped rules about readiness. The clinic's own values, once
	// signed, are laid over them.
	Rules *screen.Rules
	// Library is the route from dowel to barbell.
	Library *program.Library
	// Course is what follows from the sessions; nil for a service that logs none.
	Course *course.Rules
	// Measures are the questionnaires and tests that are kept; nil keeps none.
	Measures *measure.Catalog
	// Access changes who can open the records.
	Access Access
	// NewID makes ids; nil means domain.NewID.
	NewID func() string
}

// Service is the use cases. It is safe for concurrent use.
type Service struct {
	store Store
	clock domain.Clock
	rules *rulesInForce
	route *program.Library
	// course may be nil.
	course *course.Rules
	// measures is never nil.
	measures *measure.Catalog
	access   Access
	newID    func() string
}

// New returns a Service.
func New(p Params) *Service {
	if p.NewID == nil {
		p.NewID = domain.NewID
	}
	if p.Measures == nil {
		p.Measures = &measure.Catalog{}
	}
	return &Service{store: p.Store, clock: p.Clock, rules: &rulesInForce{shipped: p.Rules}, route: p.Library, course: p.Course, measures: p.Measures, access: p.Access, newID: p.NewID}
}

// Today is the day by the program's clock.
func (s *Service) Today() domain.Date { return domain.DateOf(s.clock.Now()) }

// view runs fn in a reading transaction and returns its result.
func view[T any](ctx context.Context, s *Service, fn func(Tx) (T, error)) (T, error) {
	var out T
	err := s.store.View(ctx, func(tx Tx) (err error) {
		out, err = fn(tx)
		return err
	})
	if err != nil {
		var zero T
		return zero, err
	}
	return out, nil
}

// update runs fn in a writing transaction and returns its result, which is
// stored only when the error is nil.
func update[T any](ctx context.Context, s *Service, fn func(Tx) (T, error)) (T, error) {
	var out T
	err := s.store.Update(ctx, func(tx Tx) (err error) {
		out, err = fn(tx)
		return err
	})
	if err != nil {
		var zero T
		return zero, err
	}
	return out, nil
}

// record adds a row to the trail. It names the record by its id and nothing
// else, so that the trail holds no patient data.
func record(ctx context.Context, tx Tx, action string, p domain.PatientID, object string) error {
	who := domain.ActorFrom(ctx)
	err := tx.Audit().Append(AuditEntry{
		At:          tx.Now(),
		Actor:       who.Name,
		Workstation: who.Workstation,
		Action:      action,
		PatientID:   p,
		Object:      object,
	})
	if err != nil {
		return fmt.Errorf("record %s: %w", action, err)
	}
	return nil
}

// acting returns who acts, or refuses when nobody is named: no change without
// a name in the trail.
func acting(ctx context.Context) (domain.Actor, error) {
	who := domain.ActorFrom(ctx)
	if who.Name == "" {
		return who, domain.NotAllowed(domain.Problem{Text: "Choose who is working before saving"})
	}
	return who, nil
}

// signing returns who signs, or refuses: only a therapist of the clinic's
// settings signs.
func signing(ctx context.Context, tx Tx) (domain.Actor, Settings, error) {
	who, err := acting(ctx)
	if err != nil {
		return who, Settings{}, err
	}
	settings, err := tx.Settings().Current()
	if errors.Is(err, domain.ErrNotFound) {
		return who, Settings{}, domain.NotAllowed(domain.Problem{Text: "Set up the clinic before signing"})
	}
	if err != nil {
		return who, Settings{}, err
	}
	for _, t := range settings.Therapists {
		if t.Name == who.Name && t.Licence == who.Licence && t.Licence != "" {
			return who, settings, nil
		}
	}
	return who, settings, domain.NotAllowed(domain.Problem{
		Text: "Only a therapist listed in Settings with a licence number can sign"})
}

// identified returns c with the age and sex of p on the day, so that nobody
// types them twice and the banner and the rules never disagree.
func identified(c screen.Case, p patient.Patient, on domain.Date) screen.Case {
	age := p.BirthDate.AgeOn(on)
	c.Patient = screen.CasePatient{AgeYears: &age, Sex: string(p.Sex)}
	return c
}

// latest returns the zero value instead of domain.ErrNotFound, and whether
// there was one.
func latest[T any](v T, err error) (T, bool, error) {
	if errors.Is(err, domain.ErrNotFound) {
		var zero T
		return zero, false, nil
	}
	return v, err == nil, err
}
