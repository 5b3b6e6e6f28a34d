package sqlite

import (
	"encoding/json"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

type paperStore struct{ *tx }

func (t paperStore) Append(p clinic.Paper) error {
	var about any // a blank form is about no screen
	if p.ScreenID != "" {
		from, err := t.Screens().Get(p.ScreenID)
		if err != nil {
			return err
		}
		if from.PatientID != p.PatientID {
			return domain.ErrNotFound
		}
		about = p.ScreenID
	}
	if err := t.nextVersion("papers", p.PatientID, p.Version); err != nil {
		return err
	}
	b, err := encode(p)
	if err != nil {
		return err
	}
	pdf := p.PDF
	if pdf == nil {
		pdf = []byte{}
	}
	_, err = t.exec("insert into papers(id, patient_id, version, screen_id, body, pdf) values (?, ?, ?, ?, ?, ?)",
		p.ID, p.PatientID, p.Version, about, b, pdf)
	return err
}

func (t paperStore) Get(id domain.PaperID) (clinic.Paper, error) {
	var b string
	var pdf []byte
	if err := t.one([]any{&b, &pdf}, "select body, pdf from papers where id = ?", id); err != nil {
		return clinic.Paper{}, err
	}
	var p clinic.Paper
	if err := json.Unmarshal([]byte(b), &p); err != nil {
		return clinic.Paper{}, fmt.Errorf("read a paper: %w", domain.ErrDamaged)
	}
	p.PDF = pdf
	return p, nil
}

func (t paperStore) All(p domain.PatientID) ([]clinic.Paper, error) {
	return many(t.tx, body[clinic.Paper], "select body from papers where patient_id = ? order by version", p)
}
