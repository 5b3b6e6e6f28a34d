package sqlite

import (
	"backtobar/domain"
	"backtobar/domain/clinic"
)

type rulingStore struct{ *tx }

func (t rulingStore) Append(r clinic.Ruling) error {
	// A screen id is empty for what is about no screen; the table then keeps
	// none, because an empty id is no screen's.
	var about any
	if r.ScreenID != "" {
		from, err := t.Screens().Get(r.ScreenID)
		if err != nil {
			return err
		}
		if from.PatientID != r.PatientID {
			return domain.ErrNotFound
		}
		about = r.ScreenID
	}
	if err := t.nextVersion("rulings", r.PatientID, r.Version); err != nil {
		return err
	}
	b, err := encode(r)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into rulings(id, patient_id, version, screen_id, body) values (?, ?, ?, ?, ?)",
		r.ID, r.PatientID, r.Version, about, b)
	return err
}

func (t rulingStore) All(p domain.PatientID) ([]clinic.Ruling, error) {
	return many(t.tx, body[clinic.Ruling], "select body from rulings where patient_id = ? order by version", p)
}
