package memory

import (
	"backtobar/domain"
	"backtobar/domain/clinic"
)

type sessionStore struct{ *tx }

func (t sessionStore) Append(s clinic.LoggedSession) error {
	from, err := t.Plans().Get(s.PlanID)
	if err != nil {
		return err
	}
	if from.PatientID != s.PatientID {
		return domain.ErrNotFound
	}
	if s.Replaces != "" {
		before, err := t.Get(s.Replaces)
		if err != nil {
			return err
		}
		if before.PatientID != s.PatientID {
			return domain.ErrNotFound
		}
		all, err := t.All(s.PatientID)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Replaces == s.Replaces {
				return domain.ErrConflict
			}
		}
	}
	return t.appendVersion(t.state.sessions, s.PatientID, string(s.ID), s.Version, s)
}

func (t sessionStore) Get(id domain.SessionID) (clinic.LoggedSession, error) {
	return byID[clinic.LoggedSession](t.tx, t.state.sessions, string(id))
}

func (t sessionStore) All(p domain.PatientID) ([]clinic.LoggedSession, error) {
	return all[clinic.LoggedSession](t.tx, t.state.sessions, p)
}
