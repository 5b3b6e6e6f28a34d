package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
)

type settingsStore struct{ *tx }

func (t settingsStore) Current() (clinic.Settings, error) {
	return single[clinic.Settings](t.tx, "select body from settings order by version desc limit 1")
}

func (t settingsStore) Append(s clinic.Settings) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	var newest int
	if err := t.one([]any{&newest}, "select coalesce(max(version), 0) from settings"); err != nil {
		return err
	}
	if s.Version != newest+1 {
		return domain.ErrConflict
	}
	b, err := encode(s)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into settings(version, body) values (?, ?)", s.Version, b)
	return err
}

type intakeStore struct{ *tx }

func (t intakeStore) Append(in intake.Intake) error {
	if err := t.nextVersion("intakes", in.PatientID, in.Version); err != nil {
		return err
	}
	b, err := encode(in)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into intakes(id, patient_id, version, body) values (?, ?, ?, ?)",
		in.ID, in.PatientID, in.Version, b)
	return err
}

func (t intakeStore) Latest(p domain.PatientID) (intake.Intake, error) {
	return single[intake.Intake](t.tx,
		"select body from intakes where patient_id = ? order by version desc limit 1", p)
}

func (t intakeStore) All(p domain.PatientID) ([]intake.Intake, error) {
	return many(t.tx, body[intake.Intake], "select body from intakes where patient_id = ? order by version", p)
}

type screenStore struct{ *tx }

func (t screenStore) Append(s clinic.SignedScreen) error {
	if err := t.nextVersion("screens", s.PatientID, s.Version); err != nil {
		return err
	}
	b, err := encode(s)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into screens(id, patient_id, version, body) values (?, ?, ?, ?)",
		s.ID, s.PatientID, s.Version, b)
	return err
}

func (t screenStore) Get(id domain.ScreenID) (clinic.SignedScreen, error) {
	return single[clinic.SignedScreen](t.tx, "select body from screens where id = ?", id)
}

func (t screenStore) Latest(p domain.PatientID) (clinic.SignedScreen, error) {
	return single[clinic.SignedScreen](t.tx,
		"select body from screens where patient_id = ? order by version desc limit 1", p)
}

func (t screenStore) All(p domain.PatientID) ([]clinic.SignedScreen, error) {
	return many(t.tx, body[clinic.SignedScreen],
		"select body from screens where patient_id = ? order by version", p)
}

func (t screenStore) Newest(limit int) ([]clinic.SignedScreen, error) {
	return many(t.tx, body[clinic.SignedScreen], `select body from screens as s
		where version = (select max(version) from screens where patient_id = s.patient_id)
		order by id desc limit ?`, limit)
}

type planStore struct{ *tx }

func (t planStore) Append(s clinic.SignedPlan) error {
	from, err := t.Screens().Get(s.ScreenID)
	if err != nil {
		return err
	}
	if from.PatientID != s.PatientID {
		return domain.ErrNotFound
	}
	if err := t.nextVersion("plans", s.PatientID, s.Version); err != nil {
		return err
	}
	b, err := encode(s)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into plans(id, patient_id, version, screen_id, body) values (?, ?, ?, ?, ?)",
		s.ID, s.PatientID, s.Version, s.ScreenID, b)
	return err
}

func (t planStore) Get(id domain.PlanID) (clinic.SignedPlan, error) {
	return single[clinic.SignedPlan](t.tx, "select body from plans where id = ?", id)
}

func (t planStore) Latest(p domain.PatientID) (clinic.SignedPlan, error) {
	return single[clinic.SignedPlan](t.tx,
		"select body from plans where patient_id = ? order by version desc limit 1", p)
}

func (t planStore) All(p domain.PatientID) ([]clinic.SignedPlan, error) {
	return many(t.tx, body[clinic.SignedPlan],
		"select body from plans where patient_id = ? order by version", p)
}

type handoutStore struct{ *tx }

func (t handoutStore) Append(h clinic.Handout) error {
	from, err := t.Plans().Get(h.PlanID)
	if err != nil {
		return err
	}
	if from.PatientID != h.PatientID {
		return domain.ErrNotFound
	}
	if err := t.nextVersion("handouts", h.PatientID, h.Version); err != nil {
		return err
	}
	b, err := encode(h)
	if err != nil {
		return err
	}
	pdf := h.PDF
	if pdf == nil {
		pdf = []byte{}
	}
	_, err = t.exec("insert into handouts(id, patient_id, version, plan_id, body, pdf) values (?, ?, ?, ?, ?, ?)",
		h.ID, h.PatientID, h.Version, h.PlanID, b, pdf)
	return err
}

func (t handoutStore) Get(id domain.HandoutID) (clinic.Handout, error) {
	return t.whole("select body, pdf from handouts where id = ?", id)
}

func (t handoutStore) Latest(p domain.PatientID) (clinic.Handout, error) {
	return t.whole("select body, pdf from handouts where patient_id = ? order by version desc limit 1", p)
}

func (t handoutStore) whole(query string, arg any) (clinic.Handout, error) {
	var b string
	var pdf []byte
	if err := t.one([]any{&b, &pdf}, query, arg); err != nil {
		return clinic.Handout{}, err
	}
	var h clinic.Handout
	if err := json.Unmarshal([]byte(b), &h); err != nil {
		return clinic.Handout{}, fmt.Errorf("read a handout: %w", domain.ErrDamaged)
	}
	h.PDF = pdf
	return h, nil
}

func (t handoutStore) All(p domain.PatientID) ([]clinic.Handout, error) {
	return many(t.tx, body[clinic.Handout],
		"select body from handouts where patient_id = ? order by version", p)
}

type draftStore struct{ *tx }

func (t draftStore) Put(d clinic.Draft) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	var known bool
	err := t.one([]any{&known}, "select exists (select 1 from patients where id = ?)", d.PatientID)
	if err != nil {
		return err
	}
	if !known {
		return domain.ErrNotFound
	}
	by, err := encode(d.By)
	if err != nil {
		return err
	}
	data := d.Data
	if data == nil {
		data = []byte{}
	}
	_, err = t.exec(`insert into drafts(patient_id, section, data, saved_at, saved_by) values (?, ?, ?, ?, ?)
		on conflict (patient_id, section) do update set
		data = excluded.data, saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
		d.PatientID, d.Section, data, d.At.UnixMicro(), by)
	return err
}

func (t draftStore) Get(p domain.PatientID, section string) (clinic.Draft, error) {
	d := clinic.Draft{PatientID: p, Section: section}
	var at int64
	var by string
	err := t.one([]any{&d.Data, &at, &by},
		"select data, saved_at, saved_by from drafts where patient_id = ? and section = ?", p, section)
	if err != nil {
		return clinic.Draft{}, err
	}
	if err := json.Unmarshal([]byte(by), &d.By); err != nil {
		return clinic.Draft{}, fmt.Errorf("read a draft: %w", domain.ErrDamaged)
	}
	d.At = t.moment(at)
	return d, nil
}

func (t draftStore) Delete(p domain.PatientID, section string) error {
	_, err := t.exec("delete from drafts where patient_id = ? and section = ?", p, section)
	return err
}

type auditStore struct{ *tx }

func (t auditStore) Append(e clinic.AuditEntry) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	var previous []byte
	e.Seq = 0
	err := t.one([]any{&e.Seq, &previous}, "select seq, seal from audit order by seq desc limit 1")
	if err != nil && !errors.Is(err, domain.ErrNotFound) {
		return err
	}
	e.Seq++
	e.Seal = t.sealer.Seal(e, previous)
	_, err = t.exec(`insert into audit(seq, at, actor, workstation, action, patient_id, object, seal)
		values (?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, e.At.UnixMicro(), e.Actor, e.Workstation, e.Action, e.PatientID, e.Object, e.Seal)
	if err == nil {
		t.newest = clinic.TrailHead{Seq: e.Seq, Seal: e.Seal}
	}
	return err
}

func (t auditStore) All() ([]clinic.AuditEntry, error) {
	var all []clinic.AuditEntry
	for e, err := range t.rows() {
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (t auditStore) Verify(remembered ...clinic.TrailHead) (clinic.TrailReport, error) {
	return clinic.VerifyTrail(t.rows(), t.sealer, remembered...)
}

// rows reads the trail row by row, so that its length costs no memory.
func (t auditStore) rows() iter.Seq2[clinic.AuditEntry, error] {
	return func(yield func(clinic.AuditEntry, error) bool) {
		if err := t.usable(); err != nil {
			yield(clinic.AuditEntry{}, err)
			return
		}
		rows, err := t.sql.QueryContext(t.ctx,
			"select seq, at, actor, workstation, action, patient_id, object, seal from audit order by seq")
		if err != nil {
			yield(clinic.AuditEntry{}, t.fail(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var e clinic.AuditEntry
			var at int64
			err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Workstation, &e.Action, &e.PatientID, &e.Object, &e.Seal)
			e.At = t.moment(at)
			if !yield(e, t.fail(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(clinic.AuditEntry{}, t.fail(err))
		}
	}
}
