package memory

import (
	"bytes"

	"backtobar/domain"
	"backtobar/domain/clinic"
)

type paperStore struct{ *tx }

func (t paperStore) Append(p clinic.Paper) error {
	if p.ScreenID != "" {
		from, err := t.Screens().Get(p.ScreenID)
		if err != nil {
			return err
		}
		if from.PatientID != p.PatientID {
			return domain.ErrNotFound
		}
	}
	if err := t.appendVersion(t.state.papers, p.PatientID, string(p.ID), p.Version, p); err != nil {
		return err
	}
	t.state.pdfs[paperPrefix+string(p.ID)] = bytes.Clone(p.PDF)
	return nil
}

// paperPrefix keeps the bytes of papers apart from those of handouts.
const paperPrefix = "paper "

func (t paperStore) Get(id domain.PaperID) (clinic.Paper, error) {
	p, err := byID[clinic.Paper](t.tx, t.state.papers, string(id))
	if err == nil {
		p.PDF = bytes.Clone(t.state.pdfs[paperPrefix+string(id)])
	}
	return p, err
}

func (t paperStore) All(p domain.PatientID) ([]clinic.Paper, error) {
	return all[clinic.Paper](t.tx, t.state.papers, p)
}
