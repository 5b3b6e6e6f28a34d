package memory

import (
	"backtobar/domain"
	"backtobar/domain/clinic"
)

type measureStore struct{ *tx }

func (t measureStore) Append(m clinic.Measurement) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	earlier, err := t.All(m.PatientID)
	if err != nil {
		return err
	}
	known := m.Corrects == ""
	for _, e := range earlier {
		if m.Corrects != "" && e.Corrects == m.Corrects {
			return domain.ErrConflict
		}
		known = known || e.ID == m.Corrects
	}
	if !known {
		return domain.ErrNotFound
	}
	if m.ScreenID != "" {
		from, err := t.Screens().Get(m.ScreenID)
		if err != nil {
			return err
		}
		if from.PatientID != m.PatientID {
			return domain.ErrNotFound
		}
	}
	return t.appendVersion(t.state.measures, m.PatientID, string(m.ID), m.Version, m)
}

func (t measureStore) All(p domain.PatientID) ([]clinic.Measurement, error) {
	return all[clinic.Measurement](t.tx, t.state.measures, p)
}
