package clinic

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/patient"
)

// Duplicates are people already here who may be the person being added.
type Duplicates struct {
	// Exact: the same name, but for accents and punctuation, and birth date.
	Exact []patient.Patient
	// Similar: the same birth date, or an easily confused name.
	Similar []patient.Patient
}

// maxSimilar is how many similar names the panel beside the form can show.
const maxSimilar = 20

// FindDuplicates looks for people who may be p; it works while p is still
// being typed. p.ID is left out of the result.
func (s *Service) FindDuplicates(ctx context.Context, p patient.Patient) (Duplicates, error) {
	return view(ctx, s, func(tx Tx) (Duplicates, error) { return duplicates(tx, patient.Clean(p)) })
}

func duplicates(tx Tx, p patient.Patient) (Duplicates, error) {
	var out Duplicates
	seen := map[domain.PatientID]bool{p.ID: true}
	if !p.BirthDate.IsZero() {
		born, err := tx.Patients().SameBirthDate(p.BirthDate)
		if err != nil {
			return Duplicates{}, fmt.Errorf("look for duplicates: %w", err)
		}
		for _, q := range born {
			if seen[q.ID] {
				continue
			}
			seen[q.ID] = true
			if patient.SameName(p, q) {
				out.Exact = append(out.Exact, q)
			} else if len(out.Similar) < maxSimilar {
				out.Similar = append(out.Similar, q)
			}
		}
	}
	tokens := patient.Tokens(p.LastName)
	if len(tokens) == 0 {
		return out, nil
	}
	named, _, err := tx.Patients().Find(tokens, maxListed)
	if err != nil {
		return Duplicates{}, fmt.Errorf("look for similar names: %w", err)
	}
	for _, q := range named {
		if !seen[q.ID] && len(out.Similar) < maxSimilar && patient.SimilarNames(p, q) {
			seen[q.ID] = true
			out.Similar = append(out.Similar, q)
		}
	}
	return out, nil
}

// AddPatient keeps a new patient and returns it with its id and chart number.
// Somebody with the same name and birth date who is already here is refused;
// AddNamesake is for when a person has compared the two.
func (s *Service) AddPatient(ctx context.Context, p patient.Patient) (patient.Patient, error) {
	return s.addPatient(ctx, p, "patient.add")
}

// AddNamesake is AddPatient after a person has said that the patient with the
// same name and birth date is somebody else. The trail says so.
func (s *Service) AddNamesake(ctx context.Context, p patient.Patient) (patient.Patient, error) {
	return s.addPatient(ctx, p, "patient.add_namesake")
}

func (s *Service) addPatient(ctx context.Context, p patient.Patient, action string) (patient.Patient, error) {
	p = patient.Clean(p)
	if _, err := acting(ctx); err != nil {
		return patient.Patient{}, err
	}
	return update(ctx, s, func(tx Tx) (patient.Patient, error) {
		if err := patient.Validate(p, domain.DateOf(tx.Now())).Err(); err != nil {
			return patient.Patient{}, err
		}
		if action == "patient.add" {
			d, err := duplicates(tx, p)
			if err != nil {
				return patient.Patient{}, err
			}
			if len(d.Exact) > 0 {
				return patient.Patient{}, domain.NotAllowed(domain.Problem{
					Field: "last_name",
					Text:  "A patient with this name and birth date is already here. Compare the two."})
			}
		}
		p.ID = domain.PatientID(s.newID())
		p.Version = 1
		p.CreatedAt, p.UpdatedAt = tx.Now(), tx.Now()
		added, err := tx.Patients().Add(p)
		if err != nil {
			return patient.Patient{}, fmt.Errorf("add patient: %w", err)
		}
		return added, record(ctx, tx, action, added.ID, string(added.ID))
	})
}

// UpdatePatient keeps an edit and returns it. p.Version is the version that was
// read; domain.ErrConflict when somebody else has saved since. The chart number
// and the day of the first entry never change.
func (s *Service) UpdatePatient(ctx context.Context, p patient.Patient) (patient.Patient, error) {
	p = patient.Clean(p)
	if _, err := acting(ctx); err != nil {
		return patient.Patient{}, err
	}
	return update(ctx, s, func(tx Tx) (patient.Patient, error) {
		if err := patient.Validate(p, domain.DateOf(tx.Now())).Err(); err != nil {
			return patient.Patient{}, err
		}
		old, err := tx.Patients().Get(p.ID)
		if err != nil {
			return patient.Patient{}, fmt.Errorf("update patient: %w", err)
		}
		p.Number, p.CreatedAt, p.UpdatedAt = old.Number, old.CreatedAt, tx.Now()
		p.Version++
		if err := tx.Patients().Replace(p); err != nil {
			return patient.Patient{}, fmt.Errorf("update patient: %w", err)
		}
		return p, record(ctx, tx, "patient.update", p.ID, string(p.ID))
	})
}

// Patient returns the patient, or domain.ErrNotFound.
func (s *Service) Patient(ctx context.Context, id domain.PatientID) (patient.Patient, error) {
	return view(ctx, s, func(tx Tx) (patient.Patient, error) { return tx.Patients().Get(id) })
}

// maxListed is the most patients that one list shows; beyond it a person types
// more letters.
const maxListed = 200

// Row is one patient in a list.
type Row struct {
	Patient patient.Patient
	// Age is completed years today.
	Age int
	// Similar: another row of this list is easily confused with this one.
	Similar bool
	// Step is where the patient stands, "1A", or "" without a signed plan.
	Step string
	// Next is the next thing to do.
	Next Next
}

// List is the answer to a search.
type List struct {
	Rows []Row
	// Total is how many match; more than the rows when the list is cut.
	Total int
}

// FindPatients returns the patients that match every word of query, in the
// order of their names: names, birth year or date, phone, chart number. An
// empty query matches everybody. limit is 1 to 200; anything else means 200.
func (s *Service) FindPatients(ctx context.Context, query string, limit int) (List, error) {
	if limit < 1 || limit > maxListed {
		limit = maxListed
	}
	tokens := patient.Tokens(query)
	return view(ctx, s, func(tx Tx) (List, error) {
		found, total, err := tx.Patients().Find(tokens, limit)
		if err != nil {
			return List{}, fmt.Errorf("find patients: %w", err)
		}
		today := domain.DateOf(tx.Now())
		out := List{Rows: make([]Row, len(found)), Total: total}
		for i, p := range found {
			c, err := s.chart(tx, p)
			if err != nil {
				return List{}, fmt.Errorf("find patients: %w", err)
			}
			row := Row{Patient: p, Age: p.BirthDate.AgeOn(today), Next: c.Next}
			if c.Plan != nil {
				row.Step = string(c.Plan.Plan.SubStage)
			}
			out.Rows[i] = row
		}
		markSimilar(out.Rows)
		return out, nil
	})
}

func markSimilar(rows []Row) {
	for i := range rows {
		for j := i + 1; j < len(rows); j++ {
			if patient.SimilarNames(rows[i].Patient, rows[j].Patient) {
				rows[i].Similar, rows[j].Similar = true, true
			}
		}
	}
}
