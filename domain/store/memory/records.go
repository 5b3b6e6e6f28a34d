package memory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
)

type settingsStore struct{ *tx }

func (t settingsStore) Current() (clinic.Settings, error) {
	if err := t.canRead(); err != nil {
		return clinic.Settings{}, err
	}
	if len(t.state.settings) == 0 {
		return clinic.Settings{}, domain.ErrNotFound
	}
	return decode[clinic.Settings](t.state.settings[len(t.state.settings)-1])
}

func (t settingsStore) Append(s clinic.Settings) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	if s.Version != len(t.state.settings)+1 {
		return domain.ErrConflict
	}
	b, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write the settings: %w", err)
	}
	t.state.settings = append(t.state.settings, b)
	return nil
}

type patientStore struct{ *tx }

func (t patientStore) Add(p patient.Patient) (patient.Patient, error) {
	if err := t.canWrite(); err != nil {
		return patient.Patient{}, err
	}
	if _, taken := t.state.patients[p.ID]; taken {
		return patient.Patient{}, domain.ErrConflict
	}
	p.Number = 1
	for _, q := range t.state.patients {
		p.Number = max(p.Number, q.Number+1)
	}
	t.state.patients[p.ID] = p
	return p, nil
}

func (t patientStore) Replace(p patient.Patient) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	old, ok := t.state.patients[p.ID]
	if !ok {
		return domain.ErrNotFound
	}
	if p.Version != old.Version+1 {
		return domain.ErrConflict
	}
	p.Number = old.Number
	t.state.patients[p.ID] = p
	return nil
}

func (t patientStore) Get(id domain.PatientID) (patient.Patient, error) {
	if err := t.canRead(); err != nil {
		return patient.Patient{}, err
	}
	p, ok := t.state.patients[id]
	if !ok {
		return patient.Patient{}, domain.ErrNotFound
	}
	return p, nil
}

func (t patientStore) Find(tokens []string, limit int) ([]patient.Patient, int, error) {
	if err := t.canRead(); err != nil {
		return nil, 0, err
	}
	var out []patient.Patient
	for _, p := range t.state.patients {
		if patient.Matches(p, tokens) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, patient.Compare)
	total := len(out)
	return out[:min(limit, total)], total, nil
}

func (t patientStore) SameBirthDate(d domain.Date) ([]patient.Patient, error) {
	if err := t.canRead(); err != nil {
		return nil, err
	}
	var out []patient.Patient
	for _, p := range t.state.patients {
		if p.BirthDate == d {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b patient.Patient) int { return a.Number - b.Number })
	return out, nil
}

type intakeStore struct{ *tx }

func (t intakeStore) Append(in intake.Intake) error {
	return t.appendVersion(t.state.intakes, in.PatientID, string(in.ID), in.Version, in)
}

func (t intakeStore) Latest(p domain.PatientID) (intake.Intake, error) {
	return newest[intake.Intake](t.tx, t.state.intakes, p)
}

func (t intakeStore) All(p domain.PatientID) ([]intake.Intake, error) {
	return all[intake.Intake](t.tx, t.state.intakes, p)
}

type screenStore struct{ *tx }

func (t screenStore) Append(s clinic.SignedScreen) error {
	return t.appendVersion(t.state.screens, s.PatientID, string(s.ID), s.Version, s)
}

func (t screenStore) Get(id domain.ScreenID) (clinic.SignedScreen, error) {
	return byID[clinic.SignedScreen](t.tx, t.state.screens, string(id))
}

func (t screenStore) Latest(p domain.PatientID) (clinic.SignedScreen, error) {
	return newest[clinic.SignedScreen](t.tx, t.state.screens, p)
}

func (t screenStore) All(p domain.PatientID) ([]clinic.SignedScreen, error) {
	return all[clinic.SignedScreen](t.tx, t.state.screens, p)
}

func (t screenStore) Newest(limit int) ([]clinic.SignedScreen, error) {
	if err := t.canRead(); err != nil {
		return nil, err
	}
	var out []clinic.SignedScreen
	for p := range t.state.screens.byPatient {
		s, err := t.Latest(p)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b clinic.SignedScreen) int { return strings.Compare(string(b.ID), string(a.ID)) })
	return out[:min(limit, len(out))], nil
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
	return t.appendVersion(t.state.plans, s.PatientID, string(s.ID), s.Version, s)
}

func (t planStore) Get(id domain.PlanID) (clinic.SignedPlan, error) {
	return byID[clinic.SignedPlan](t.tx, t.state.plans, string(id))
}

func (t planStore) Latest(p domain.PatientID) (clinic.SignedPlan, error) {
	return newest[clinic.SignedPlan](t.tx, t.state.plans, p)
}

func (t planStore) All(p domain.PatientID) ([]clinic.SignedPlan, error) {
	return all[clinic.SignedPlan](t.tx, t.state.plans, p)
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
	if err := t.appendVersion(t.state.handouts, h.PatientID, string(h.ID), h.Version, h); err != nil {
		return err
	}
	t.state.pdfs[string(h.ID)] = bytes.Clone(h.PDF)
	return nil
}

func (t handoutStore) Get(id domain.HandoutID) (clinic.Handout, error) {
	return t.withPDF(byID[clinic.Handout](t.tx, t.state.handouts, string(id)))
}

func (t handoutStore) Latest(p domain.PatientID) (clinic.Handout, error) {
	return t.withPDF(newest[clinic.Handout](t.tx, t.state.handouts, p))
}

func (t handoutStore) withPDF(h clinic.Handout, err error) (clinic.Handout, error) {
	if err == nil {
		h.PDF = bytes.Clone(t.state.pdfs[string(h.ID)])
	}
	return h, err
}

func (t handoutStore) All(p domain.PatientID) ([]clinic.Handout, error) {
	return all[clinic.Handout](t.tx, t.state.handouts, p)
}

type draftStore struct{ *tx }

func (t draftStore) Put(d clinic.Draft) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	if _, ok := t.state.patients[d.PatientID]; !ok {
		return domain.ErrNotFound
	}
	d.Data = bytes.Clone(d.Data)
	t.state.drafts[draftKey{d.PatientID, d.Section}] = d
	return nil
}

func (t draftStore) Get(p domain.PatientID, section string) (clinic.Draft, error) {
	if err := t.canRead(); err != nil {
		return clinic.Draft{}, err
	}
	d, ok := t.state.drafts[draftKey{p, section}]
	if !ok {
		return clinic.Draft{}, domain.ErrNotFound
	}
	d.Data = bytes.Clone(d.Data)
	return d, nil
}

func (t draftStore) Delete(p domain.PatientID, section string) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	delete(t.state.drafts, draftKey{p, section})
	return nil
}

type auditStore struct{ *tx }

func (t auditStore) Append(e clinic.AuditEntry) error {
	if err := t.canWrite(); err != nil {
		return err
	}
	e.Seq = int64(len(t.state.audit)) + 1
	var previous []byte
	if e.Seq > 1 {
		previous = t.state.audit[e.Seq-2].Seal
	}
	e.Seal = sealer.Seal(e, previous)
	t.state.audit = append(t.state.audit, e)
	return nil
}

func (t auditStore) All() ([]clinic.AuditEntry, error) {
	if err := t.canRead(); err != nil {
		return nil, err
	}
	return slices.Clone(t.state.audit), nil
}

func (t auditStore) Verify(remembered ...clinic.TrailHead) (clinic.TrailReport, error) {
	if err := t.canRead(); err != nil {
		return clinic.TrailReport{}, err
	}
	rows := func(yield func(clinic.AuditEntry, error) bool) {
		for _, e := range t.state.audit {
			if !yield(e, nil) {
				return
			}
		}
	}
	return clinic.VerifyTrail(rows, sealer, remembered...)
}
