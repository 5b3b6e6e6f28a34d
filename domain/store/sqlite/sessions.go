package sqlite

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
	if err := t.nextVersion("sessions", s.PatientID, s.Version); err != nil {
		return err
	}
	var replaces any
	if s.Replaces != "" {
		before, err := t.Get(s.Replaces)
		if err != nil {
			return err
		}
		if before.PatientID != s.PatientID {
			return domain.ErrNotFound
		}
		var again bool
		if err := t.one([]any{&again}, "select exists (select 1 from sessions where replaces = ?)", s.Replaces); err != nil {
			return err
		}
		if again {
			return domain.ErrConflict
		}
		replaces = string(s.Replaces)
	}
	b, err := encode(s)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into sessions(id, patient_id, version, plan_id, replaces, body) values (?, ?, ?, ?, ?, ?)",
		s.ID, s.PatientID, s.Version, s.PlanID, replaces, b)
	return err
}

func (t sessionStore) Get(id domain.SessionID) (clinic.LoggedSession, error) {
	return single[clinic.LoggedSession](t.tx, "select body from sessions where id = ?", id)
}

func (t sessionStore) All(p domain.PatientID) ([]clinic.LoggedSession, error) {
	return many(t.tx, body[clinic.LoggedSession],
		"select body from sessions where patient_id = ? order by version", p)
}
