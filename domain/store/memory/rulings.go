package memory

import (
	"backtobar/domain"
	"backtobar/domain/clinic"
)

type rulingStore struct{ *tx }

func (t rulingStore) Append(r clinic.Ruling) error {
	if r.ScreenID != "" {
		from, err := t.Screens().Get(r.ScreenID)
		if err != nil {
			return err
		}
		if from.PatientID != r.PatientID {
			return domain.ErrNotFound
		}
	}
	return t.appendVersion(t.state.rulings, r.PatientID, string(r.ID), r.Version, r)
}

func (t rulingStore) All(p domain.PatientID) ([]clinic.Ruling, error) {
	return all[clinic.Ruling](t.tx, t.state.rulings, p)
}
