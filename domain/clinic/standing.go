package clinic

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// Current is the newest signed screen as it counts today.
type Current struct {
	Screen SignedScreen
	// Case is the signed answers with every age counted to today and the
	// clearances that count today.
	Case screen.Case
	// Explanation is what the rules say of them today, with the overrides in
	// force.
	Explanation screen.Explanation
	// Overrides in force today.
	Overrides []screen.Override
	// Rulings are the clearances and overrides that count for this screen today,
	// and the findings that closed a stop.
	Rulings []Ruling
	// Lapsed says which clearances and overrides of this screen have ended.
	Lapsed []string
	// Clearable are the clearances that would lift something, Overridable what
	// a therapist may decide against.
	Clearable, Overridable []string
	// NoOverride says why nothing may be overridden, "" when something may or
	// nothing needs it.
	NoOverride string
	// Resign says why the screen must be signed again before anything is
	// planned or printed, "" when it need not be.
	Resign string
	// Stopped is the newest emergency or urgent referral that no medical finding
	// has closed, nil for none. OpenStop says so when a later screen finds nothing:
	// then nothing is planned or printed until the finding is on record.
	Stopped  *SignedScreen
	OpenStop string
	// Count is that of the practitioner of record.
	Count PractitionerCount
	// answerAges are those of screen.Facts.
	answerAges map[string]int
}

// CurrentDecision evaluates the newest signed screen again, with the age of
// each answer and of the patient counted to today under the rules in force, and
// with the clearances and overrides that count today. What was ready a month
// ago may ask for a re-test now. domain.ErrNotFound when nothing was signed.
func (s *Service) CurrentDecision(ctx context.Context, id domain.PatientID) (Current, error) {
	return view(ctx, s, func(tx Tx) (Current, error) { return s.current(tx, id) })
}

func (s *Service) current(tx Tx, id domain.PatientID) (Current, error) {
	p, err := tx.Patients().Get(id)
	if err != nil {
		return Current{}, err
	}
	signed, err := tx.Screens().Latest(id)
	if err != nil {
		return Current{}, err
	}
	r, err := s.rules.in(tx)
	if err != nil {
		return Current{}, err
	}
	return s.standingOn(tx, p, signed, r, domain.DateOf(tx.Now()))
}

// Past is what the clearances of a patient's next screen stand on: the earlier
// screens and what was put on record about them.
type Past struct {
	past
	rules *screen.Rules
}

// Past reads the past of a patient, for the panel beside the form.
func (s *Service) Past(ctx context.Context, id domain.PatientID) (Past, error) {
	return view(ctx, s, func(tx Tx) (Past, error) {
		before, err := readPast(tx, id)
		if err != nil {
			return Past{}, err
		}
		r, err := s.rules.in(tx)
		return Past{before, r}, err
	})
}

// Clearances are those on record that answer the case of the day, as SignScreen
// will count them.
func (w Past) Clearances(c screen.Case, day domain.Date) []string {
	return w.clearances(w.rules, screen.Seen{On: day, Case: c}, "", day)
}

type past struct {
	// rulings are those that were not withdrawn.
	rulings []Ruling
	// screens are oldest first.
	screens []SignedScreen
}

func readPast(tx Tx, id domain.PatientID) (past, error) {
	all, err := tx.Rulings().All(id)
	if err != nil {
		return past{}, fmt.Errorf("read the rulings: %w", err)
	}
	screens, err := tx.Screens().All(id)
	if err != nil {
		return past{}, fmt.Errorf("read the screens: %w", err)
	}
	return past{rulings: counting(all), screens: screens}, nil
}

// clearances are the names that count on the day for the answers of now, which
// follow the stored screens, or are those of the stored screen at.
func (w past) clearances(r *screen.Rules, now screen.Seen, at domain.ScreenID, day domain.Date) []string {
	var out []string
	for _, x := range w.rulings {
		if w.covers(r, x, now, at) && x.Clearance.InForce(day) {
			out = append(out, x.Clearance.Name)
		}
	}
	return out
}

// covers reports whether a clearance answers the concern of now, in force or
// ended.
func (w past) covers(r *screen.Rules, x Ruling, now screen.Seen, at domain.ScreenID) bool {
	if x.Clearance == nil {
		return false
	}
	var line []screen.Seen
	for _, s := range w.screens {
		if s.ID == at {
			break
		}
		if s.ID == x.ScreenID || len(line) > 0 {
			line = append(line, screen.Seen{On: s.TakenOn, Case: s.Answers})
		}
	}
	if len(line) == 0 && x.ScreenID != at {
		return false
	}
	return r.Covers(*x.Clearance, append(line, now)...)
}

// standing is what counts for a patient with the newest signed screen.
type standing struct {
	patient patient.Patient
	signed  SignedScreen
	past    past
	// counted says that the days to the practitioner of record count, from the
	// first plan unless an earlier treatment is on record.
	counted   bool
	firstPlan domain.Date
}

func (s *Service) readStanding(tx Tx, p patient.Patient, signed SignedScreen) (standing, error) {
	before, err := readPast(tx, p.ID)
	if err != nil {
		return standing{}, err
	}
	out := standing{patient: p, signed: signed, past: before}
	settings, _, err := latest(tx.Settings().Current())
	if err != nil {
		return standing{}, fmt.Errorf("read the settings: %w", err)
	}
	if out.counted = settings.CountPractitioner; !out.counted {
		return out, nil
	}
	plans, err := tx.Plans().All(p.ID)
	if err != nil {
		return standing{}, fmt.Errorf("read the plans: %w", err)
	}
	if len(plans) > 0 {
		out.firstPlan = domain.DateOf(plans[0].Signature.At)
	}
	return out, nil
}

// on is the case of the day and what the chart knows beside it.
func (w standing) on(day domain.Date, r *screen.Rules) (screen.Case, screen.Facts) {
	c := aged(w.signed, w.patient, day)
	c.Clearances = w.past.clearances(r, screen.Seen{On: w.signed.TakenOn, Case: c}, w.signed.ID, day)
	days := max(0, w.signed.TakenOn.DaysUntil(day))
	f := screen.Facts{Ages: map[string]int{"irritability": days, "mechanism": days, "duration": days, "history": days}}
	for name, n := range w.signed.AnswerAges {
		f.Ages[name] += n
	}
	for _, x := range w.past.rulings {
		if x.Override != nil && x.ScreenID == w.signed.ID && x.Override.InForce(day) {
			f.Overrides = append(f.Overrides, *x.Override)
		}
	}
	return c, f
}

// count is the practitioner's count on the day.
func (w standing) count(day domain.Date) PractitionerCount {
	if !w.counted {
		return PractitionerCount{}
	}
	return countPractitioner(w.past.rulings, w.firstPlan, day)
}

// standingOn judges a signed screen on a day.
func (s *Service) standingOn(tx Tx, p patient.Patient, signed SignedScreen, rules *screen.Rules, day domain.Date) (Current, error) {
	w, err := s.readStanding(tx, p, signed)
	if err != nil {
		return Current{}, err
	}
	c, facts := w.on(day, rules)
	x := screen.ExplainWith(c, facts, rules)
	now := Current{Screen: signed, Case: c, Explanation: x, Overrides: facts.Overrides,
		Overridable: rules.Overridable(x.Decision), Resign: resign(signed, p), Count: w.count(day), answerAges: facts.Ages}
	now.Stopped = w.past.stopped()
	now.OpenStop = now.openStop()
	for _, r := range w.past.rulings {
		switch {
		case r.Finding != nil:
			now.Rulings = append(now.Rulings, r)
		case r.Override != nil && r.ScreenID == signed.ID:
			if r.Override.InForce(day) {
				now.Rulings = append(now.Rulings, r)
			} else {
				now.Lapsed = append(now.Lapsed, fmt.Sprintf("The override by %s ended on %s. Decide again, or measure again.",
					r.Override.By.Name, r.Override.Until.Short()))
			}
		case w.past.covers(rules, r, screen.Seen{On: signed.TakenOn, Case: c}, signed.ID):
			if r.Clearance.InForce(day) {
				now.Rulings = append(now.Rulings, r)
			} else {
				now.Lapsed = append(now.Lapsed, fmt.Sprintf("The clearance by %s ended on %s. Record a new one.",
					r.Clearance.By, r.Clearance.Until.Short()))
			}
		}
	}
	held := map[string]bool{}
	for _, name := range c.Clearances {
		held[name] = true
	}
	for _, name := range rules.Clearable(c) {
		if !held[name] {
			now.Clearable = append(now.Clearable, name)
		}
	}
	if len(now.Overridable) == 0 {
		now.NoOverride = noOverride(x.Decision, rules)
	}
	return now, nil
}

// noOverride is the first reason why nothing may be overridden; "" when nothing
// is in the way.
func noOverride(d screen.Decision, r *screen.Rules) string {
	for _, list := range [][]string{d.Rules, d.Missing, d.Stale} {
		for _, name := range list {
			if why := r.NoOverride(name); why != "" {
				return why
			}
		}
	}
	return ""
}

// resign says that the identity which the signed answers stand on was
// corrected. The rules judge by the corrected one at once, but what a therapist
// signed was another result.
func resign(signed SignedScreen, p patient.Patient) string {
	was := signed.Answers.Patient
	switch {
	case was.Sex != string(p.Sex):
		return "The sex was corrected after this screen was signed. Read the result again and sign the screen again."
	case !signed.BirthDate.IsZero() && signed.BirthDate != p.BirthDate,
		signed.BirthDate.IsZero() && was.AgeYears != nil && *was.AgeYears != p.BirthDate.AgeOn(signed.TakenOn):
		return "The birth date was corrected after this screen was signed. Read the result again and sign the screen again."
	}
	return ""
}

// refuses returns what forbids every plan and sheet beside the rules. What has
// ended is named when the rules refuse, because it may be why.
func (c Current) refuses(alsoRules bool) domain.Problems {
	var out domain.Problems
	if c.Resign != "" {
		out.Add("", c.Resign)
	}
	if c.OpenStop != "" {
		out.Add("", c.OpenStop)
	}
	if c.Count.Blocked() {
		out.Add("", c.Count.Text())
	}
	if alsoRules {
		for _, text := range c.Lapsed {
			out.Add("", text)
		}
	}
	return out
}
