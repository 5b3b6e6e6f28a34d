package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

// tx implements clinic.Tx.
type tx struct {
	ctx      context.Context
	sql      *sql.Tx
	now      time.Time
	writable bool
	ended    bool
	// broken is the first error of the database. SQLite may have undone
	// everything by itself then, so nothing after it may be committed, even if
	// the caller went on.
	broken error
	sealer clinic.TrailSealer
	// newest is the last row of the trail that this transaction wrote.
	newest clinic.TrailHead
}

var (
	errEnded    = errors.New("the transaction has ended")
	errReadOnly = errors.New("this transaction only reads")
)

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

// fail translates an error and remembers it; a missing row breaks nothing.
func (t *tx) fail(err error) error {
	if err == nil {
		return nil
	}
	err = translate(err)
	if t.broken == nil && !errors.Is(err, domain.ErrNotFound) {
		t.broken = err
	}
	return err
}

func (t *tx) usable() error {
	if t.ended {
		return errEnded
	}
	return t.broken
}

func (t *tx) canWrite() error {
	if !t.writable {
		return errReadOnly
	}
	return t.usable()
}

// exec changes something.
func (t *tx) exec(query string, args ...any) (int64, error) {
	if err := t.canWrite(); err != nil {
		return 0, err
	}
	res, err := t.sql.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, t.fail(err)
	}
	n, err := res.RowsAffected()
	return n, t.fail(err)
}

// one reads a single row into dest; domain.ErrNotFound when there is none.
func (t *tx) one(dest []any, query string, args ...any) error {
	if err := t.usable(); err != nil {
		return err
	}
	return t.fail(t.sql.QueryRowContext(t.ctx, query, args...).Scan(dest...))
}

// many reads rows one by one.
func many[T any](t *tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	if err := t.usable(); err != nil {
		return nil, err
	}
	rows, err := t.sql.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, t.fail(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, t.fail(err)
		}
		out = append(out, v)
	}
	return out, t.fail(rows.Err())
}

// scanner is a *sql.Row or *sql.Rows.
type scanner interface{ Scan(...any) error }

func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write a record: %w", err)
	}
	return string(b), nil
}

// body reads a record that is kept as JSON.
func body[T any](row scanner) (T, error) {
	var v T
	var b string
	if err := row.Scan(&b); err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(b), &v); err != nil {
		return v, fmt.Errorf("read a record: %w", domain.ErrDamaged)
	}
	return v, nil
}

// single reads one JSON record.
func single[T any](t *tx, query string, args ...any) (T, error) {
	found, err := many(t, body[T], query, args...)
	if err == nil && len(found) == 0 {
		err = domain.ErrNotFound
	}
	if err != nil {
		var zero T
		return zero, err
	}
	return found[0], nil
}

// nextVersion refuses a version that does not follow the newest of the patient.
// table is one of the constants of this package, never a text from outside.
func (t *tx) nextVersion(table string, p domain.PatientID, version int) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	var known bool
	var newest int
	err := t.one([]any{&known, &newest}, `select
		exists (select 1 from patients where id = ?1),
		(select coalesce(max(version), 0) from `+table+` where patient_id = ?1)`, p)
	switch {
	case err != nil:
		return err
	case !known:
		return domain.ErrNotFound
	case version != newest+1:
		return domain.ErrConflict
	}
	return nil
}
