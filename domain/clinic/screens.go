package clinic

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// PreviewScreen explains the answers given so far, for the panel beside the
// form, by the rules in force. It stores nothing and reads nothing but the clock
// and, the first time, the clinic's rules, so it may run at every key. The age
// and sex of p, on today, are put into the case. Problems are answers out of
// range, by field; while there are any, the explanation is not to be relied on
// and SignScreen refuses.
func (s *Service) PreviewScreen(p patient.Patient, c screen.Case) (screen.Explanation, domain.Problems) {
	c = identified(c, p, s.Today())
	r := s.rulesShown()
	return screen.Explain(c, r), screen.Validate(c, r)
}

// SignScreen keeps the answers with their decision and reasons as a new signed
// version, removes the draft, and returns the version. A result that stops or
// holds the patient is signed like any other, because it is the record of why.
// What was measured is kept as measurements, too; taken says of such answers
// when and how they were measured, as far as the case cannot. Refused: answers
// out of range, anything still missing or out of date, and whoever is not a
// listed therapist. The clearances of c are those on record, whatever c says.
func (s *Service) SignScreen(ctx context.Context, id domain.PatientID, c screen.Case, taken ...Taken) (SignedScreen, error) {
	return s.SignScreenWith(ctx, id, c, Signing{}, taken...)
}

// SignScreenWith is SignScreen with what the signature also says: the days of
// the answers that a case does not date, and an override of the same moment
// that covers what is missing, out of date, failed or limited.
func (s *Service) SignScreenWith(ctx context.Context, id domain.PatientID, c screen.Case, o Signing, taken ...Taken) (SignedScreen, error) {
	return update(ctx, s, func(tx Tx) (SignedScreen, error) { return s.signScreen(ctx, tx, id, c, o, taken) })
}

// SignAgain signs the newest screen again as it counts today, which must be the
// one that was shown: after the birth date or the sex was corrected, for
// instance. The answers stay as old as they are.
func (s *Service) SignAgain(ctx context.Context, id domain.PatientID, shown domain.ScreenID) (SignedScreen, error) {
	return update(ctx, s, func(tx Tx) (SignedScreen, error) {
		now, err := s.current(tx, id)
		if err != nil {
			return SignedScreen{}, fmt.Errorf("sign again: %w", err)
		}
		if now.Screen.ID != shown {
			return SignedScreen{}, domain.NotAllowed(domain.Problem{Text: newerScreen})
		}
		today := domain.DateOf(tx.Now())
		o := Signing{Answered: map[string]domain.Date{}, again: true}
		for name, days := range now.answerAges {
			o.Answered[name] = today.AddDays(-days)
		}
		return s.signScreen(ctx, tx, id, now.Case, o, nil)
	})
}

func (s *Service) signScreen(ctx context.Context, tx Tx, id domain.PatientID, c screen.Case, o Signing, taken []Taken) (SignedScreen, error) {
	who, _, err := signing(ctx, tx)
	if err != nil {
		return SignedScreen{}, err
	}
	p, err := tx.Patients().Get(id)
	if err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	today := domain.DateOf(tx.Now())
	c = identified(c, p, today)
	c.ID, c.About = "", ""
	r, err := s.rules.in(tx)
	if err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	if err := screen.Validate(c, r).Err(); err != nil {
		return SignedScreen{}, err
	}
	before, err := readPast(tx, id)
	if err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	c.Clearances = before.clearances(r, screen.Seen{On: today, Case: c}, "", today)
	facts := screen.Facts{Ages: o.ages(today)}
	if o.Override != nil {
		over, problems := o.Override.check(who, today, screen.ExplainWith(c, facts, r), r)
		if len(problems) > 0 {
			return SignedScreen{}, domain.NotAllowed(problems...)
		}
		facts.Overrides = []screen.Override{over}
	}
	x := screen.ExplainWith(c, facts, r)
	if open := unfinished(x); len(open) > 0 {
		return SignedScreen{}, domain.NotAllowed(open...)
	}
	last, _, err := latest(tx.Screens().Latest(id))
	if err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	signed := SignedScreen{
		ID:          domain.ScreenID(s.newID()),
		PatientID:   id,
		Version:     last.Version + 1,
		TakenOn:     today,
		BirthDate:   p.BirthDate,
		Answers:     c,
		AnswerAges:  facts.Ages,
		Overrides:   facts.Overrides,
		Explanation: x,
		Signature:   Signature{By: who, At: tx.Now(), RulesVersion: x.RulesVersion, RulesHash: x.RulesHash},
	}
	if o.again {
		signed.SignedAgain = last.ID
	}
	if err := tx.Screens().Append(signed); err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	for _, over := range facts.Overrides {
		_, err := s.rule(ctx, tx, "override.sign", Ruling{PatientID: id, ScreenID: signed.ID, Override: &over})
		if err != nil {
			return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
		}
	}
	if err := tx.Rules().Keep(setOf(r)); err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	if !o.again {
		if err := s.keepMeasured(ctx, tx, p, signed, taken); err != nil {
			return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
		}
	}
	if err := tx.Drafts().Delete(id, SectionScreen); err != nil {
		return SignedScreen{}, fmt.Errorf("sign screen: %w", err)
	}
	return signed, record(ctx, tx, "screen.sign", id, string(signed.ID))
}

// unfinished returns what keeps a screen from being signed, one problem an item.
func unfinished(x screen.Explanation) domain.Problems {
	var state, ask string
	switch x.Decision.Outcome {
	case screen.Incomplete:
		state, ask = "missing", "Not asked: "
	case screen.Retest:
		state, ask = "stale", "Out of date, take it again: "
	default:
		return nil
	}
	var out domain.Problems
	for _, r := range x.Reasons {
		if r.State == state {
			out.Add(r.Field, ask+r.Title)
		}
	}
	if len(out) == 0 {
		out.Add("", "The screen is not complete. Answer every question before signing.")
	}
	return out
}

// LatestScreen returns the newest signed screen, or domain.ErrNotFound.
func (s *Service) LatestScreen(ctx context.Context, id domain.PatientID) (SignedScreen, error) {
	return view(ctx, s, func(tx Tx) (SignedScreen, error) { return tx.Screens().Latest(id) })
}

// Screens returns every signed screen of the patient, oldest first.
func (s *Service) Screens(ctx context.Context, id domain.PatientID) ([]SignedScreen, error) {
	return view(ctx, s, func(tx Tx) ([]SignedScreen, error) { return tx.Screens().All(id) })
}

// aged counts the answers to today. A clock set back never makes an answer
// younger than it was when it was signed. When the sex on the chart is corrected
// from male, nobody has asked about pregnancy yet: the form of a man does not.
func aged(signed SignedScreen, p patient.Patient, today domain.Date) screen.Case {
	c := identified(screen.Age(signed.Answers, max(0, signed.TakenOn.DaysUntil(today))), p, today)
	if signed.Answers.Patient.Sex == string(patient.Male) && p.Sex != patient.Male {
		c.Pregnancy = nil
	}
	return c
}

// forbids returns why the decision does not allow work at a stage, 0 to 4, or
// nil when it does. READY allows every stage up to its own, NOT_READY only
// stage 0 and only while the safety answers are in date.
func forbids(x screen.Explanation, stage int) domain.Problems {
	var out domain.Problems
	d := x.Decision
	switch d.Outcome {
	case screen.Ready:
		if stage > d.Stage {
			out.Add("", fmt.Sprintf("The screen allows stage %d at most. Choose a lower stage.", d.Stage))
		}
		return out
	case screen.NotReady:
		if stage > 0 {
			out.Add("", "The screen allows only the preparation of stage 0. These goals are open:")
			return append(out, reasons(x, "fail")...)
		}
		if stale := d.StaleSafety(); len(stale) > 0 {
			out.Add(stale[0], "The safety answers are out of date. Screen again first.")
		}
		return out
	case screen.Emergency:
		out.Add("", "The screen found an emergency. No exercise until it is settled.")
	case screen.UrgentRefer:
		out.Add("", "The screen asks for an urgent referral. No exercise until it is settled.")
	case screen.HoldRefer:
		out.Add("", "The screen holds training until a referral is answered.")
	case screen.Retest:
		out.Add("", "The screen is out of date. Take these again:")
	default:
		out.Add("", "The screen is not complete. Answer these first:")
	}
	return append(out, reasons(x, "stop", "hold", "stale", "missing")...)
}

// reasons names the items in the given states, without what was found: a
// refusal holds no patient data.
func reasons(x screen.Explanation, states ...string) domain.Problems {
	var out domain.Problems
	for _, r := range x.Reasons {
		for _, state := range states {
			if r.State == state {
				out.Add(r.Field, r.Title)
			}
		}
	}
	return out
}
