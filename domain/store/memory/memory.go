// Package memory is a store for tests: the same behaviour as the store on
// disk, without the disk. storetest holds both to one suite.
package memory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
)

// state is everything that is kept. Values are never changed in place, so a
// shallow copy of the maps is a snapshot.
type state struct {
	settings []json.RawMessage
	patients map[domain.PatientID]patient.Patient
	intakes  versions
	screens  versions
	plans    versions
	handouts versions
	sessions versions
	measures versions
	rulings  versions
	papers   versions
	pdfs     map[string][]byte
	drafts   map[draftKey]clinic.Draft
	audit    []clinic.AuditEntry
	rules    []json.RawMessage
	sets     map[string]clinic.RulesSet
}

type draftKey struct {
	patient domain.PatientID
	section string
}

func newState() *state {
	return &state{
		patients: map[domain.PatientID]patient.Patient{},
		intakes:  newVersions(), screens: newVersions(), plans: newVersions(), handouts: newVersions(),
		sessions: newVersions(),
		measures: newVersions(),
		rulings:  newVersions(),
		papers:   newVersions(),
		pdfs:     map[string][]byte{},
		drafts:   map[draftKey]clinic.Draft{}, sets: map[string]clinic.RulesSet{},
	}
}

func (s *state) clone() *state {
	return &state{
		settings: slices.Clip(s.settings),
		patients: maps.Clone(s.patients),
		intakes:  s.intakes.clone(), screens: s.screens.clone(),
		plans: s.plans.clone(), handouts: s.handouts.clone(),
		sessions: s.sessions.clone(),
		measures: s.measures.clone(),
		rulings:  s.rulings.clone(),
		papers:   s.papers.clone(),
		pdfs:     maps.Clone(s.pdfs),
		drafts:   maps.Clone(s.drafts),
		audit:    slices.Clip(s.audit), rules: slices.Clip(s.rules), sets: maps.Clone(s.sets),
	}
}

// Store implements clinic.Store. It is safe for concurrent use.
type Store struct {
	clock domain.Clock

	writing sync.Mutex // held by the one Update that runs

	mu     sync.Mutex // guards what follows
	kept   *state
	closed bool
}

// New returns an empty store that tells the time by clock.
func New(clock domain.Clock) *Store { return &Store{clock: clock, kept: newState()} }

var errClosed = errors.New("the store is closed")

func (s *Store) snapshot() (*state, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	return s.kept, nil
}

// View implements clinic.Store.
func (s *Store) View(ctx context.Context, fn func(clinic.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	kept, err := s.snapshot()
	if err != nil {
		return err
	}
	t := &tx{state: kept, now: s.now()}
	defer t.end()
	return fn(t)
}

// Update implements clinic.Store.
func (s *Store) Update(ctx context.Context, fn func(clinic.Tx) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	kept, err := s.snapshot()
	if err != nil {
		return err
	}
	t := &tx{state: kept.clone(), now: s.now(), writable: true}
	defer t.end()
	if err := fn(t); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = t.state
	return nil
}

// Close implements clinic.Store.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

func (s *Store) now() time.Time { return s.clock.Now().Truncate(time.Microsecond) }

// sealer seals the trail. What is in memory has no key.
var sealer = clinic.NewTrailSealer(nil)

type tx struct {
	state    *state
	now      time.Time
	writable bool
	ended    bool
}

func (t *tx) end() { t.ended = true }

var (
	errEnded    = errors.New("the transaction has ended")
	errReadOnly = errors.New("this transaction only reads")
)

func (t *tx) canRead() error {
	if t.ended {
		return errEnded
	}
	return nil
}

func (t *tx) canWrite() error {
	if t.ended {
		return errEnded
	}
	if !t.writable {
		return errReadOnly
	}
	return nil
}

func (t *tx) Now() time.Time                 { return t.now }
func (t *tx) Settings() clinic.SettingsStore { return settingsStore{t} }
func (t *tx) Patients() clinic.PatientStore  { return patientStore{t} }
func (t *tx) Intakes() clinic.IntakeStore    { return intakeStore{t} }
func (t *tx) Screens() clinic.ScreenStore    { return screenStore{t} }
func (t *tx) Plans() clinic.PlanStore        { return planStore{t} }
func (t *tx) Handouts() clinic.HandoutStore  { return handoutStore{t} }
func (t *tx) Sessions() clinic.SessionStore  { return sessionStore{t} }
func (t *tx) Measures() clinic.MeasureStore  { return measureStore{t} }
func (t *tx) Rulings() clinic.RulingStore    { return rulingStore{t} }
func (t *tx) Papers() clinic.PaperStore      { return paperStore{t} }
func (t *tx) Drafts() clinic.DraftStore      { return draftStore{t} }
func (t *tx) Audit() clinic.AuditStore       { return auditStore{t} }
func (t *tx) Rules() clinic.RulesStore       { return rulesStore{t} }

// versions keeps the immutable versions of one kind of record, as JSON: a
// caller that later changes what it handed in changes nothing here.
type versions struct {
	byPatient map[domain.PatientID][]json.RawMessage
	byID      map[string]json.RawMessage
}

func newVersions() versions {
	return versions{map[domain.PatientID][]json.RawMessage{}, map[string]json.RawMessage{}}
}

func (v versions) clone() versions {
	return versions{maps.Clone(v.byPatient), maps.Clone(v.byID)}
}

func (t *tx) appendVersion(v versions, p domain.PatientID, id string, version int, record any) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	if _, ok := t.state.patients[p]; !ok {
		return domain.ErrNotFound
	}
	if _, taken := v.byID[id]; taken || version != len(v.byPatient[p])+1 {
		return domain.ErrConflict
	}
	b, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("write a record: %w", err)
	}
	v.byPatient[p] = append(slices.Clip(v.byPatient[p]), b)
	v.byID[id] = b
	return nil
}

func decode[T any](b json.RawMessage) (T, error) {
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		return v, fmt.Errorf("read a record: %w", err)
	}
	return v, nil
}

func byID[T any](t *tx, v versions, id string) (T, error) {
	var zero T
	if err := t.canRead(); err != nil {
		return zero, err
	}
	b, ok := v.byID[id]
	if !ok {
		return zero, domain.ErrNotFound
	}
	return decode[T](b)
}

func newest[T any](t *tx, v versions, p domain.PatientID) (T, error) {
	var zero T
	if err := t.canRead(); err != nil {
		return zero, err
	}
	list := v.byPatient[p]
	if len(list) == 0 {
		return zero, domain.ErrNotFound
	}
	return decode[T](list[len(list)-1])
}

func all[T any](t *tx, v versions, p domain.PatientID) ([]T, error) {
	if err := t.canRead(); err != nil {
		return nil, err
	}
	var out []T
	for _, b := range v.byPatient[p] {
		x, err := decode[T](b)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}
