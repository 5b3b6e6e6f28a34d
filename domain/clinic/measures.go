package clinic

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
)

// MeasureHistory is every measurement of one measure, of one side where it has
// sides.
type MeasureHistory struct {
	Measure measure.Measure
	Side    measure.Side
	// Lines are the measurements, newest first.
	Lines []MeasureLine
	// Sides compares the newest value with that of the other side of the same
	// day, in a sentence; "" when there is none.
	Sides string
}

// MeasureLine is one measurement with what it means.
type MeasureLine struct {
	Measurement
	// Shown is the value in words, "33.3 percent", or why there is none.
	Shown string
	// Band is the published name of the range that the value is in, "" for none.
	Band string
	// Change compares it with the measurement before; nil when there is none.
	Change *measure.Comparison
	// Replaced: a later one corrects or withdraws it. It counts for nothing.
	Replaced bool
}

// RecordMeasures keeps what was measured, all or nothing, and returns it. The
// unit is filled in, and where they are missing the name of who measured and the
// language of a questionnaire, which is that of the intake. The note goes to each. Problems name the field of the record; a value that is
// already here for that day is one.
func (s *Service) RecordMeasures(ctx context.Context, id domain.PatientID, note string, records ...measure.Record) ([]Measurement, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	note, err = cleanNote(note, false)
	if err != nil {
		return nil, err
	}
	return update(ctx, s, func(tx Tx) ([]Measurement, error) {
		p, all, err := measurementsOf(tx, id)
		if err != nil {
			return nil, fmt.Errorf("record measures: %w", err)
		}
		var out []Measurement
		language, err := formLanguage(tx, id)
		if err != nil {
			return nil, fmt.Errorf("record measures: %w", err)
		}
		for _, r := range records {
			if x, ok := s.measures.Measure(r.Measure); ok && x.Form && r.Language == "" {
				r.Language = language
			}
			m := Measurement{PatientID: id, Record: s.signedBy(r, who), Note: note}
			if err := s.checkMeasurement(m.Record, p, domain.DateOf(tx.Now())); err != nil {
				return nil, err
			}
			if here(inForce(all), m.Record) {
				title := s.measureTitle(r.Measure)
				return nil, domain.Problems{{Field: "value", Text: title + " has this value for that day already. Change the day or the value, or go back."}}
			}
			if m, err = s.appendMeasurement(ctx, tx, all, m); err != nil {
				return nil, err
			}
			if err := record(ctx, tx, "measure.record", id, string(m.ID)); err != nil {
				return nil, err
			}
			all, out = append(all, m), append(out, m)
		}
		return out, nil
	})
}

// CorrectMeasure keeps a measurement that takes the place of another one, which
// stays readable, and returns it. It must be of the same measure and side, and
// the note says why. domain.ErrConflict when somebody has corrected it already.
// A signed screen keeps the value that it was signed with.
func (s *Service) CorrectMeasure(ctx context.Context, id domain.PatientID, old domain.MeasurementID, why string, r measure.Record) (Measurement, error) {
	return s.replaceMeasure(ctx, id, old, why, &r)
}

// WithdrawMeasure takes back a measurement that should not have been entered,
// such as another patient's. It stays readable; the note says why.
func (s *Service) WithdrawMeasure(ctx context.Context, id domain.PatientID, old domain.MeasurementID, why string) (Measurement, error) {
	return s.replaceMeasure(ctx, id, old, why, nil)
}

func (s *Service) replaceMeasure(ctx context.Context, id domain.PatientID, old domain.MeasurementID, why string, r *measure.Record) (Measurement, error) {
	who, err := acting(ctx)
	if err != nil {
		return Measurement{}, err
	}
	if why, err = cleanNote(why, true); err != nil {
		return Measurement{}, err
	}
	return update(ctx, s, func(tx Tx) (Measurement, error) {
		p, all, err := measurementsOf(tx, id)
		if err != nil {
			return Measurement{}, fmt.Errorf("correct a measure: %w", err)
		}
		at := slices.IndexFunc(all, func(m Measurement) bool { return m.ID == old })
		if at < 0 || all[at].Withdrawn {
			return Measurement{}, domain.ErrNotFound
		}
		was := all[at].Record
		m, action := Measurement{PatientID: id, Note: why, Corrects: old}, "measure.correct"
		if r == nil {
			// A withdrawal measures nothing, on the day of what it withdraws.
			m.Withdrawn, action = true, "measure.withdraw"
			m.Record = measure.Record{Measure: was.Measure, Status: measure.NotDone, Unit: was.Unit, Date: was.Date,
				By: who.Name, Side: was.Side, Language: was.Language, Protocol: was.Protocol}
		} else if r.Measure != was.Measure || r.Side != was.Side {
			return Measurement{}, domain.Problems{{Field: "measure",
				Text: "A correction must be of the same measure and side. Withdraw this one and enter the other."}}
		} else {
			m.Record = s.signedBy(*r, who)
			if err := s.checkMeasurement(m.Record, p, domain.DateOf(tx.Now())); err != nil {
				return Measurement{}, err
			}
		}
		if m, err = s.appendMeasurement(ctx, tx, all, m); err != nil {
			return Measurement{}, err
		}
		return m, record(ctx, tx, action, id, string(m.ID))
	})
}

// Measures returns the history of every measure that the patient has, in the
// order of the catalogue, left before right.
func (s *Service) Measures(ctx context.Context, id domain.PatientID) ([]MeasureHistory, error) {
	return view(ctx, s, func(tx Tx) ([]MeasureHistory, error) {
		p, all, err := measurementsOf(tx, id)
		if err != nil {
			return nil, err
		}
		return s.histories(p, all), nil
	})
}

// MeasureCatalog returns the measures with their ranges, bands and sources. It
// is read-only.
func (s *Service) MeasureCatalog() *measure.Catalog { return s.measures }

// signedBy fills in the unit, and the name when nobody is named.
func (s *Service) signedBy(r measure.Record, who domain.Actor) measure.Record {
	if m, ok := s.measures.Measure(r.Measure); ok {
		r.Unit = m.Unit
	}
	if strings.TrimSpace(r.By) == "" {
		r.By = who.Name
	}
	return r
}

// checkMeasurement turns what is wrong with a record into sentences that name
// the measure.
func (s *Service) checkMeasurement(r measure.Record, p patient.Patient, today domain.Date) error {
	err := s.measures.Check(r, p.BirthDate, today)
	if err == nil {
		return nil
	}
	var out domain.Problems
	for _, x := range Reasons(err) {
		subject := s.measureTitle(r.Measure)
		if x.Field != "value" && x.Field != "measure" {
			subject += ": the " + x.Field
		}
		out.Add(x.Field, subject+" "+x.Text)
	}
	return out.Err()
}

// measureTitle is the title of a measure, or its id when it is not known.
func (s *Service) measureTitle(id string) string {
	if m, ok := s.measures.Measure(id); ok {
		return m.Title
	}
	return id
}

func cleanNote(note string, needed bool) (string, error) {
	note = strings.TrimSpace(note)
	if needed && note == "" {
		return "", domain.Problems{{Field: "note", Text: "Enter why it is corrected"}}
	}
	if text := intake.FreeTextProblem("The note", note, MaxMeasureNote); text != "" {
		return "", domain.Problems{{Field: "note", Text: text}}
	}
	if intake.LooksLikeSSN(note) {
		return "", domain.Problems{{Field: "note", Text: "This looks like a Social Security number. This program does not store them."}}
	}
	return note, nil
}

func measurementsOf(tx Tx, id domain.PatientID) (patient.Patient, []Measurement, error) {
	p, err := tx.Patients().Get(id)
	if err != nil {
		return p, nil, err
	}
	all, err := tx.Measures().All(id)
	return p, all, err
}

// appendMeasurement keeps m behind all. The trail is the caller's: those of a
// signed screen name it, and the signature is in the trail.
func (s *Service) appendMeasurement(ctx context.Context, tx Tx, all []Measurement, m Measurement) (Measurement, error) {
	m.ID = domain.MeasurementID(s.newID())
	m.Version = len(all) + 1
	m.Catalog = s.measures.Version
	m.EnteredAt, m.EnteredBy = tx.Now(), domain.ActorFrom(ctx)
	if err := tx.Measures().Append(m); err != nil {
		return Measurement{}, fmt.Errorf("record measures: %w", err)
	}
	return m, nil
}

// inForce returns the measurements that count, oldest first: those that nothing
// corrects, without the withdrawals, by their day and then by their entry.
func inForce(all []Measurement) []Measurement {
	replaced := corrected(all)
	var out []Measurement
	for _, m := range all {
		if !m.Withdrawn && !replaced[m.ID] {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b Measurement) int {
		return cmp.Or(b.Record.Date.DaysUntil(a.Record.Date), a.Version-b.Version)
	})
	return out
}

func corrected(all []Measurement) map[domain.MeasurementID]bool {
	out := map[domain.MeasurementID]bool{}
	for _, m := range all {
		if m.Corrects != "" {
			out[m.Corrects] = true
		}
	}
	return out
}

// here reports whether the same value of the same day is in force.
func here(counting []Measurement, r measure.Record) bool {
	return slices.ContainsFunc(counting, func(m Measurement) bool {
		x := m.Record
		sameValue := x.Value == nil && r.Value == nil || x.Value != nil && r.Value != nil && x.Value.Cmp(*r.Value) == 0
		return x.Measure == r.Measure && x.Side == r.Side && x.Date == r.Date && x.Status == r.Status && sameValue
	})
}

// histories sorts measurements into histories.
func (s *Service) histories(p patient.Patient, all []Measurement) []MeasureHistory {
	counting, replaced := inForce(all), corrected(all)
	var out []MeasureHistory
	for _, m := range s.measures.Measures {
		sides := []measure.Side{measure.NoSide}
		if m.Sides {
			sides = []measure.Side{measure.Left, measure.Right}
		}
		for _, side := range sides {
			h := MeasureHistory{Measure: m, Side: side}
			var before *measure.Record
			for _, x := range counting {
				if x.Record.Measure != m.ID || x.Record.Side != side {
					continue
				}
				line := MeasureLine{Measurement: x, Shown: m.Words(x.Record), Band: bandOf(m, x.Record, p, counting)}
				if before != nil {
					change := s.measures.Change(*before, x.Record)
					line.Change = &change
				}
				if x.Record.Status.HasValue() {
					r := x.Record
					before = &r
				}
				h.Lines = append(h.Lines, line)
			}
			for _, x := range all {
				if x.Record.Measure == m.ID && x.Record.Side == side && (replaced[x.ID] || x.Withdrawn) {
					h.Lines = append(h.Lines, MeasureLine{Measurement: x, Shown: m.Words(x.Record), Replaced: true})
				}
			}
			if len(h.Lines) == 0 {
				continue
			}
			slices.SortStableFunc(h.Lines, func(a, b MeasureLine) int {
				return cmp.Or(a.Record.Date.DaysUntil(b.Record.Date), b.Version-a.Version)
			})
			h.Sides = sidesOf(m, side, counting)
			out = append(out, h)
		}
	}
	return out
}

// bandOf names the range of a value. The risk group of STarT Back needs both of
// its scores, of the same day.
func bandOf(m measure.Measure, r measure.Record, p patient.Patient, counting []Measurement) string {
	if r.Value == nil {
		return ""
	}
	if m.ID == idStartTotal {
		total := int(r.Value.Rat().Num().Int64())
		var distress *int
		for _, x := range counting {
			if x.Record.Measure == idStartDistress && x.Record.Date == r.Date && x.Record.Value != nil {
				n := int(x.Record.Value.Rat().Num().Int64())
				distress = &n
			}
		}
		if risk, err := measure.StartBackRisk(&total, distress); err == nil && risk != measure.RiskUnknown {
			return string(risk) + " risk"
		}
		return ""
	}
	b, _ := m.Band(*r.Value, string(p.Sex))
	return b.Name
}

// sidesOf says how the two sides of the newest day compare.
func sidesOf(m measure.Measure, side measure.Side, counting []Measurement) string {
	if !m.Sides || side == measure.NoSide || m.Better != measure.HigherIsBetter {
		return ""
	}
	newest := map[measure.Side]measure.Record{}
	for _, x := range counting {
		if x.Record.Measure == m.ID && x.Record.Value != nil {
			newest[x.Record.Side] = x.Record
		}
	}
	left, okLeft := newest[measure.Left]
	right, okRight := newest[measure.Right]
	if !okLeft || !okRight || left.Date != right.Date || left.Protocol != right.Protocol {
		return ""
	}
	weaker := "left"
	switch left.Value.Cmp(*right.Value) {
	case 0:
		return "Both sides are the same."
	case 1:
		weaker = "right"
	}
	gap := measure.Gap(*left.Value, *right.Value)
	return "The " + weaker + " side is " + gap.FloatString(0) + " percent lower."
}
