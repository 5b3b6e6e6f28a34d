package sqlite

import (
	"backtobar/domain"
	"backtobar/domain/clinic"
)

type measureStore struct{ *tx }

func (t measureStore) Append(m clinic.Measurement) error {
	if err := t.nextVersion("measures", m.PatientID, m.Version); err != nil {
		return err
	}
	if err := t.links(m); err != nil {
		return err
	}
	b, err := encode(m)
	if err != nil {
		return err
	}
	_, err = t.exec(`insert into measures(id, patient_id, version, corrects, screen_id, body)
		values (?, ?, ?, nullif(?, ''), nullif(?, ''), ?)`,
		m.ID, m.PatientID, m.Version, m.Corrects, m.ScreenID, b)
	return err
}

// links refuses a measurement that names a record of somebody else, or one that
// has been corrected already.
func (t measureStore) links(m clinic.Measurement) error {
	var known, taken bool
	err := t.one([]any{&known, &taken}, `select
		(?2 = '' or exists (select 1 from measures where patient_id = ?1 and id = ?2))
			and (?3 = '' or exists (select 1 from screens where patient_id = ?1 and id = ?3)),
		?2 <> '' and exists (select 1 from measures where corrects = ?2)`, m.PatientID, m.Corrects, m.ScreenID)
	switch {
	case err != nil:
		return err
	case !known:
		return domain.ErrNotFound
	case taken:
		return domain.ErrConflict
	}
	return nil
}

func (t measureStore) All(p domain.PatientID) ([]clinic.Measurement, error) {
	return many(t.tx, body[clinic.Measurement], "select body from measures where patient_id = ? order by version", p)
}
