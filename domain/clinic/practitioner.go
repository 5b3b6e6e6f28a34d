package clinic

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
)

// The days from the first treatment on which the practitioner of record is
// asked for, and without whom nothing more is planned or printed. The 30 days
// are Florida law (s. 486.021(11)(a) F.S.); the earlier day is a clinic default.
const (
	PractitionerWarnDay  = 21
	PractitionerBlockDay = 30
)

// PractitionerEvent is what starts or stops the count.
type PractitionerEvent string

// The events.
const (
	// FirstTreatment starts the count; one after a signature, for another
	// condition, starts it again.
	FirstTreatment PractitionerEvent = "first_treatment"
	// PractitionerSigned: a practitioner of record reviewed and signed the plan.
	PractitionerSigned PractitionerEvent = "signed"
	// OutOfState: a practitioner of another state diagnosed the condition,
	// which exempts it.
	OutOfState PractitionerEvent = "out_of_state"
)

// Practitioner is one event of the count.
type Practitioner struct {
	Event PractitionerEvent `json:"event"`
	// On is the day of the treatment, the signature or the diagnosis.
	On domain.Date `json:"on"`
	// Name is the practitioner; "" for the first treatment.
	Name string `json:"name,omitempty"`
}

// Words is the event in a sentence.
func (p Practitioner) Words() string {
	switch p.Event {
	case FirstTreatment:
		return "First treatment on " + p.On.Short() + "."
	case OutOfState:
		return "Diagnosed in another state by " + p.Name + " on " + p.On.Short() + "."
	}
	return "Practitioner of record: " + p.Name + " signed on " + p.On.Short() + "."
}

// RecordPractitioner keeps an event of the count.
func (s *Service) RecordPractitioner(ctx context.Context, id domain.PatientID, in Practitioner) (Ruling, error) {
	return update(ctx, s, func(tx Tx) (Ruling, error) {
		if _, _, err := signing(ctx, tx); err != nil {
			return Ruling{}, err
		}
		p, err := tx.Patients().Get(id)
		if err != nil {
			return Ruling{}, err
		}
		in.Name = norm.NFC.String(strings.TrimSpace(in.Name))
		var out domain.Problems
		switch in.Event {
		case FirstTreatment:
			in.Name = ""
		case PractitionerSigned, OutOfState:
			required(&out, "name", "The name", "Enter the name of the practitioner", in.Name, maxClearBy)
		default:
			out.Add("event", "Choose what happened")
		}
		switch {
		case in.On.IsZero():
			out.Add("on", "Enter the day")
		case domain.DateOf(tx.Now()).Before(in.On):
			out.Add("on", "The day must not be in the future")
		case in.On.Before(p.BirthDate):
			out.Add("on", "The day must not be before the birth date")
		}
		if len(out) > 0 {
			return Ruling{}, out
		}
		return s.rule(ctx, tx, "practitioner.record", Ruling{PatientID: id, Practitioner: &in})
	})
}

// PractitionerCount is how many days a patient has been treated without a
// practitioner of record. The zero value counts nothing.
type PractitionerCount struct {
	// Counted: the clinic's settings ask for the count.
	Counted bool
	// From is the first treatment, zero when the clinic does not count or
	// nothing was treated yet.
	From domain.Date
	// Days is how many days From is ago; the day itself is 0.
	Days int
	// Stopped is the event that ended the count, nil while it runs.
	Stopped *Practitioner
}

// Running reports whether days are being counted.
func (c PractitionerCount) Running() bool { return !c.From.IsZero() && c.Stopped == nil }

// Warned reports whether the practitioner must be asked for now.
func (c PractitionerCount) Warned() bool { return c.Running() && c.Days >= PractitionerWarnDay }

// Blocked reports whether nothing more may be planned or printed.
func (c PractitionerCount) Blocked() bool { return c.Running() && c.Days >= PractitionerBlockDay }

// Text says how far the count is, "" when there is nothing to say.
func (c PractitionerCount) Text() string {
	switch {
	case c.Blocked():
		return fmt.Sprintf("Day %d without a practitioner of record. Record the signature before anything more is planned or printed.", c.Days)
	case c.Warned():
		return fmt.Sprintf("Day %d of %d without a practitioner of record. Ask for the signature now.", c.Days, PractitionerBlockDay)
	case c.Running():
		return fmt.Sprintf("Day %d of %d without a practitioner of record.", c.Days, PractitionerBlockDay)
	}
	return ""
}

// countPractitioner counts to the day from the first plan, or from a first
// treatment on record that is earlier. A signature or an exemption stops the
// count; a first treatment after its day, for another condition, starts it
// again. A first treatment alone never moves the start to a later day.
func countPractitioner(rulings []Ruling, firstPlan, day domain.Date) PractitionerCount {
	out := PractitionerCount{Counted: true, From: firstPlan}
	for _, r := range rulings {
		p := r.Practitioner
		switch {
		case p == nil:
		case p.Event != FirstTreatment:
			out.Stopped = p
		case out.Stopped != nil && out.Stopped.On.Before(p.On):
			out.From, out.Stopped = p.On, nil
		case out.From.IsZero() || p.On.Before(out.From):
			out.From = p.On
		}
	}
	if !out.From.IsZero() {
		out.Days = max(0, out.From.DaysUntil(day))
	}
	return out
}
