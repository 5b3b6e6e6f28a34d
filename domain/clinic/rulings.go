package clinic

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/screen"
)

// RulingStore keeps rulings; none is ever changed. Versions count for each
// patient as in IntakeStore.
type RulingStore interface {
	// Append adds a ruling, whose Version must be the latest plus one, else
	// domain.ErrConflict. A ScreenID must be a screen of the same patient, else
	// domain.ErrNotFound.
	Append(Ruling) error
	// All returns every ruling, oldest first.
	All(domain.PatientID) ([]Ruling, error)
}

// Ruling is one thing that a therapist has put on record beside the answers: a
// clearance that came in, an override, a practitioner of record, the finding that
// closes a stop, or the withdrawal of one of those. Exactly one of them is set. It never changes.
type Ruling struct {
	ID        domain.RulingID  `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	Version   int              `json:"version"`
	// ScreenID is the screen that a clearance, an override or a finding is about.
	ScreenID     domain.ScreenID   `json:"screen_id,omitempty"`
	Clearance    *screen.Clearance `json:"clearance,omitempty"`
	Override     *screen.Override  `json:"override,omitempty"`
	Practitioner *Practitioner     `json:"practitioner,omitempty"`
	// Finding closes the emergency or urgent referral of ScreenID.
	Finding    *Finding     `json:"finding,omitempty"`
	Withdrawal *Withdrawal  `json:"withdrawal,omitempty"`
	By         domain.Actor `json:"by"`
	At         time.Time    `json:"at"`
}

// Withdrawal ends an earlier ruling.
type Withdrawal struct {
	Ruling domain.RulingID `json:"ruling"`
	Reason string          `json:"reason"`
}

// The longest texts of a clearance, in characters (clinic defaults).
const (
	maxClearBy  = 80
	maxCovering = 200
)

// ClearanceRequest is a clearance as it is typed from the paper.
type ClearanceRequest struct {
	// Name is one of Current.Clearable.
	Name string
	// By and Profession are who signed the paper, Covers what it allows.
	By, Profession, Covers string
	// Given is the day on the paper.
	Given domain.Date
	// Until is the last day that the paper counts; the zero date is as long as
	// the rules let it count.
	Until domain.Date
}

// RecordClearance keeps a documented clearance for the newest screen, which
// must be the one that was read, and only for a concern that is really there.
// The clearance also counts for later screens while the concern is there
// without a break.
func (s *Service) RecordClearance(ctx context.Context, id domain.PatientID, shown domain.ScreenID, r ClearanceRequest) (Ruling, error) {
	return update(ctx, s, func(tx Tx) (Ruling, error) {
		_, now, err := s.ruling(ctx, tx, id, shown)
		if err != nil {
			return Ruling{}, err
		}
		rules, err := s.rules.in(tx)
		if err != nil {
			return Ruling{}, fmt.Errorf("record clearance: %w", err)
		}
		text := func(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }
		c := screen.Clearance{Name: r.Name, By: text(r.By), Profession: text(r.Profession), Covers: text(r.Covers),
			Given: r.Given, Until: r.Until}
		last := rules.ClearanceUntil(c.Name, c.Given)
		if c.Until.IsZero() {
			c.Until = last
		}
		if err := clearanceProblems(c, last, domain.DateOf(tx.Now())).Err(); err != nil {
			return Ruling{}, err
		}
		if rules.Concern(c.Name, now.Case) == "" {
			return Ruling{}, domain.NotAllowed(domain.Problem{Field: "name",
				Text: "This clearance answers nothing on the newest screen. Choose one that it asks for."})
		}
		if !rules.Covers(c, screen.Seen{On: now.Screen.TakenOn, Case: now.Case}) {
			return Ruling{}, domain.NotAllowed(domain.Problem{Field: "given",
				Text: "The paper is older than the operation. Ask the surgeon for a new one."})
		}
		return s.rule(ctx, tx, "clearance.record", Ruling{PatientID: id, ScreenID: shown, Clearance: &c})
	})
}

func clearanceProblems(c screen.Clearance, last, today domain.Date) domain.Problems {
	var out domain.Problems
	required(&out, "by", "The name", "Enter who signed the clearance", c.By, maxClearBy)
	required(&out, "profession", "The profession", "Enter the profession, such as cardiologist", c.Profession, maxClearBy)
	required(&out, "covers", "What is cleared", "Enter what the paper allows, with any limit", c.Covers, maxCovering)
	switch {
	case c.Given.IsZero():
		out.Add("given", "Enter the day on the paper")
	case today.Before(c.Given):
		out.Add("given", "The day on the paper must not be in the future")
	case last.Before(today):
		out.Add("given", "The paper is too old: it counted until "+last.Short()+". Ask for a new one.")
	case c.Until.Before(c.Given):
		out.Add("until", "The last day must not be before the day on the paper")
	case last.Before(c.Until):
		out.Add("until", "The last day must be "+last.Short()+" or earlier")
	case c.Until.Before(today):
		out.Add("until", "The last day must not be in the past")
	}
	return out
}

// OverrideRequest is a decision against the rules as a therapist writes it.
type OverrideRequest struct {
	// Names are some of Current.Overridable.
	Names []string
	// Reason has 10 characters or more.
	Reason string
	// Until is the last day; the zero date is as long as the rules allow.
	Until domain.Date
}

// Override keeps a therapist's decision against the named rules of the newest
// screen, which must be the one that was read. Refused: rules that did not fire
// today, and what nobody may override, with the reason.
func (s *Service) Override(ctx context.Context, id domain.PatientID, shown domain.ScreenID, r OverrideRequest) (Ruling, error) {
	return update(ctx, s, func(tx Tx) (Ruling, error) {
		who, now, err := s.ruling(ctx, tx, id, shown)
		if err != nil {
			return Ruling{}, err
		}
		rules, err := s.rules.in(tx)
		if err != nil {
			return Ruling{}, fmt.Errorf("override: %w", err)
		}
		o, problems := r.check(who, domain.DateOf(tx.Now()), now.Explanation, rules)
		if len(problems) > 0 {
			return Ruling{}, domain.NotAllowed(problems...)
		}
		return s.rule(ctx, tx, "override.sign", Ruling{PatientID: id, ScreenID: shown, Override: &o})
	})
}

// check makes the override of a request, or says what is wrong with it.
func (r OverrideRequest) check(who domain.Actor, today domain.Date, x screen.Explanation, rules *screen.Rules) (screen.Override, domain.Problems) {
	var out domain.Problems
	last := today.AddDays(rules.OverrideDays)
	o := screen.Override{Names: r.Names, By: who, Reason: norm.NFC.String(strings.TrimSpace(r.Reason)), Signed: today, Until: r.Until}
	if o.Until.IsZero() {
		o.Until = last
	}
	if len(o.Names) == 0 {
		out.Add("names", "Choose what to override")
	}
	can := map[string]bool{}
	for _, name := range rules.Overridable(x.Decision) {
		can[name] = true
	}
	for _, name := range o.Names {
		if why := rules.NoOverride(name); why != "" {
			out.Add("names", why)
		} else if !can[name] {
			out.Add("names", "The result has changed since it was shown. Read it again, then choose.")
		}
	}
	whyProblem(&out, o.Reason)
	if o.Until.Before(today) || last.Before(o.Until) {
		out.Add("until", fmt.Sprintf("An override lasts %d days at most, until %s", rules.OverrideDays, last.Short()))
	}
	return o, out
}

// whyProblem adds what is wrong with the reason of an override or a withdrawal.
func whyProblem(out *domain.Problems, reason string) {
	if len([]rune(reason)) < minReason {
		out.Add("reason", fmt.Sprintf("Give the reason in %d characters or more", minReason))
	} else if text := intake.FreeTextProblem("Reason", reason, maxReason); text != "" {
		out.Add("reason", text)
	}
}

// Withdraw ends a ruling from now on; the record of both stays.
func (s *Service) Withdraw(ctx context.Context, id domain.PatientID, r domain.RulingID, reason string) (Ruling, error) {
	return update(ctx, s, func(tx Tx) (Ruling, error) {
		if _, _, err := signing(ctx, tx); err != nil {
			return Ruling{}, err
		}
		reason = norm.NFC.String(strings.TrimSpace(reason))
		var out domain.Problems
		if whyProblem(&out, reason); len(out) > 0 {
			return Ruling{}, out
		}
		all, err := tx.Rulings().All(id)
		if err != nil {
			return Ruling{}, fmt.Errorf("withdraw: %w", err)
		}
		for _, x := range counting(all) {
			if x.ID == r {
				return s.rule(ctx, tx, "ruling.withdraw", Ruling{PatientID: id, ScreenID: x.ScreenID,
					Withdrawal: &Withdrawal{Ruling: r, Reason: reason}})
			}
		}
		return Ruling{}, domain.NotAllowed(domain.Problem{Text: "This was withdrawn already. Open the chart again."})
	})
}

// Rulings returns every ruling of the patient, oldest first, also those that
// ended or were withdrawn.
func (s *Service) Rulings(ctx context.Context, id domain.PatientID) ([]Ruling, error) {
	return view(ctx, s, func(tx Tx) ([]Ruling, error) { return tx.Rulings().All(id) })
}

// ruling returns who may rule on the screen that was shown, and how the patient
// stands; it refuses when a newer screen was signed meanwhile.
func (s *Service) ruling(ctx context.Context, tx Tx, id domain.PatientID, shown domain.ScreenID) (domain.Actor, Current, error) {
	who, _, err := signing(ctx, tx)
	if err != nil {
		return who, Current{}, err
	}
	now, err := s.current(tx, id)
	switch {
	case errors.Is(err, domain.ErrNotFound):
		return who, Current{}, domain.NotAllowed(domain.Problem{Text: "There is no signed screen. Sign the screen first."})
	case err != nil:
		return who, Current{}, err
	case now.Screen.ID != shown:
		return who, Current{}, domain.NotAllowed(domain.Problem{Text: newerScreen})
	case domain.DateOf(tx.Now()).Before(now.Screen.TakenOn):
		return who, Current{}, domain.NotAllowed(domain.Problem{Text: clockBack})
	case now.Resign != "":
		return who, Current{}, domain.NotAllowed(domain.Problem{Text: now.Resign})
	}
	return who, now, nil
}

// newerScreen is said when what was shown is no longer the newest screen.
const newerScreen = "A newer screen was signed since this was shown. Read it, then decide again."

// rule appends a ruling with its version, who and when.
func (s *Service) rule(ctx context.Context, tx Tx, action string, r Ruling) (Ruling, error) {
	all, err := tx.Rulings().All(r.PatientID)
	if err != nil {
		return Ruling{}, err
	}
	r.ID, r.Version = domain.RulingID(s.newID()), len(all)+1
	r.By, r.At = domain.ActorFrom(ctx), tx.Now()
	if err := tx.Rulings().Append(r); err != nil {
		return Ruling{}, fmt.Errorf("%s: %w", action, err)
	}
	return r, record(ctx, tx, action, r.PatientID, string(r.ID))
}

// counting are the rulings that were not withdrawn.
func counting(all []Ruling) []Ruling {
	ended := map[domain.RulingID]bool{}
	for _, r := range all {
		if r.Withdrawal != nil {
			ended[r.Withdrawal.Ruling] = true
		}
	}
	var out []Ruling
	for _, r := range all {
		if r.Withdrawal == nil && !ended[r.ID] {
			out = append(out, r)
		}
	}
	return out
}

// Signing is what a signature of a screen says beside the answers.
type Signing struct {
	// Override is of what is missing, out of date, failed or limited. It is kept
	// in the same transaction: what is not complete is never on record without
	// it.
	Override *OverrideRequest
	// Answered dates the answers that a case does not date, by the names of
	// screen.Facts.Ages.
	Answered map[string]domain.Date

	// again: the answers are those of a screen that was signed before, so
	// nothing was measured.
	again bool
}

// ages counts the dated answers to today.
func (o Signing) ages(today domain.Date) map[string]int {
	var out map[string]int
	for name, day := range o.Answered {
		if n := day.DaysUntil(today); n > 0 {
			if out == nil {
				out = map[string]int{}
			}
			out[name] = n
		}
	}
	return out
}
