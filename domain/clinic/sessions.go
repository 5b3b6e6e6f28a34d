package clinic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/course"
)

// SessionStore keeps logged sessions; none is ever changed.
type SessionStore interface {
	// Append adds a version, which must be the patient's latest plus one, else
	// domain.ErrConflict. domain.ErrNotFound when the plan, or the session it
	// replaces, is not one of the patient's; domain.ErrConflict when that
	// session was replaced already.
	Append(LoggedSession) error
	Get(domain.SessionID) (LoggedSession, error)
	// All returns every version, oldest first.
	All(domain.PatientID) ([]LoggedSession, error)
}

// LoggedSession is one version of what is known of a training session. It never
// changes: a correction, or the pain of the next day, is a new version that
// names the one it replaces.
type LoggedSession struct {
	ID        domain.SessionID `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	// Version counts the patient's entries, 1 and up.
	Version int `json:"version"`
	// Replaces is the version before; "" for a new session. Reason says why.
	Replaces domain.SessionID `json:"replaces,omitempty"`
	Reason   string           `json:"reason,omitempty"`
	// PlanID is the plan that was trained.
	PlanID  domain.PlanID  `json:"plan_id"`
	Session course.Session `json:"session"`
	By      domain.Actor   `json:"by"`
	At      time.Time      `json:"at"`
}

// LogSession keeps a new session on a signed plan of the patient and returns
// it. What cannot be is refused field by field, and nothing of it is kept.
func (s *Service) LogSession(ctx context.Context, plan domain.PlanID, log course.Session) (LoggedSession, error) {
	out, err := s.LogSessions(ctx, plan, []course.Session{log})
	if err != nil {
		return LoggedSession{}, inFirst(err)
	}
	return out[0], nil
}

// inFirst takes the place in the list out of the fields of problems: there was
// only one.
func inFirst(err error) error {
	var p domain.Problems
	if !errors.As(err, &p) {
		return err
	}
	for i := range p {
		p[i].Field = strings.TrimPrefix(p[i].Field, "sessions[0].")
	}
	return err
}

// LogSessions is LogSession for several days at once, such as a paper log that
// came back: all of them are kept, or none. The fields of problems begin with
// "sessions[0].".
func (s *Service) LogSessions(ctx context.Context, plan domain.PlanID, logs []course.Session) ([]LoggedSession, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	if len(logs) == 0 {
		return nil, domain.Problems{{Text: "There is no session to save. Tick the days that were done."}}
	}
	return update(ctx, s, func(tx Tx) ([]LoggedSession, error) {
		on, all, err := s.sessionPlan(tx, plan)
		if err != nil {
			return nil, err
		}
		settings, _, err := latest(tx.Settings().Current())
		if err != nil {
			return nil, fmt.Errorf("log session: %w", err)
		}
		var problems domain.Problems
		taken := newest(all)
		var out []LoggedSession
		for i, log := range logs {
			log = s.cleanLog(log, on, who)
			for _, p := range append(s.checkLog(log, on, domain.DateOf(tx.Now()), taken, ""), s.checkThere(log, settings)...) {
				problems.Add(fmt.Sprintf("sessions[%d].%s", i, p.Field), p.Text)
			}
			one := LoggedSession{ID: domain.SessionID(s.newID()), PatientID: on.PatientID, Version: len(all) + i + 1,
				PlanID: on.ID, Session: log, By: who, At: tx.Now()}
			out, taken = append(out, one), append(taken, one)
		}
		if err := problems.Err(); err != nil {
			return nil, err
		}
		for _, one := range out {
			if err := tx.Sessions().Append(one); err != nil {
				return nil, fmt.Errorf("log session: %w", err)
			}
			if err := record(ctx, tx, "session.log", one.PatientID, string(one.ID)); err != nil {
				return nil, err
			}
		}
		if err := tx.Drafts().Delete(on.PatientID, SectionSessions); err != nil {
			return nil, fmt.Errorf("log session: %w", err)
		}
		return out, nil
	})
}

// sessionPlan returns the plan and the entries of its patient so far.
func (s *Service) sessionPlan(tx Tx, id domain.PlanID) (SignedPlan, []LoggedSession, error) {
	plan, err := tx.Plans().Get(id)
	if errors.Is(err, domain.ErrNotFound) {
		return SignedPlan{}, nil, domain.NotAllowed(domain.Problem{
			Text: "There is no signed plan. Sign the plan before logging a session."})
	}
	if err != nil {
		return SignedPlan{}, nil, fmt.Errorf("log session: %w", err)
	}
	all, err := tx.Sessions().All(plan.PatientID)
	if err != nil {
		return SignedPlan{}, nil, fmt.Errorf("log session: %w", err)
	}
	return plan, all, nil
}

// CorrectSession keeps a new version of a session and returns it; the version
// before stays in the records. reason is required. Refused like LogSession;
// domain.ErrConflict when the session was corrected since it was read.
func (s *Service) CorrectSession(ctx context.Context, id domain.SessionID, log course.Session, reason string) (LoggedSession, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return LoggedSession{}, domain.Problems{{Field: "reason", Text: "Enter why the session is corrected. The first entry stays in the records."}}
	}
	return s.replace(ctx, id, actionCorrect, reason, func(LoggedSession) (course.Session, error) { return log, nil })
}

// actionCorrect is a correction in the trail.
const actionCorrect = "session.correct"

// RecordNextDayPain adds the pain of the day after, 0 to 10, to a session that
// waits for it, and returns the new version. It is refused before that day.
func (s *Service) RecordNextDayPain(ctx context.Context, id domain.SessionID, pain int) (LoggedSession, error) {
	return s.replace(ctx, id, "session.next_day", "Pain of the next day", func(was LoggedSession) (course.Session, error) {
		log := was.Session
		if log.Pain24h != nil {
			return log, domain.Problems{{Field: "pain_24h", Text: "The pain of the next day is known already. Correct the session to change it."}}
		}
		d := domain.NewDecimal(pain)
		log.Pain24h = &d
		return log, nil
	})
}

// replace adds a version that takes the place of another.
func (s *Service) replace(ctx context.Context, id domain.SessionID, action, reason string, change func(LoggedSession) (course.Session, error)) (LoggedSession, error) {
	who, err := acting(ctx)
	if err != nil {
		return LoggedSession{}, err
	}
	return update(ctx, s, func(tx Tx) (LoggedSession, error) {
		was, err := tx.Sessions().Get(id)
		if err != nil {
			return LoggedSession{}, fmt.Errorf("correct session: %w", err)
		}
		log, err := change(was)
		if err != nil {
			return LoggedSession{}, err
		}
		on, all, err := s.sessionPlan(tx, was.PlanID)
		if err != nil {
			return LoggedSession{}, err
		}
		log = s.cleanLog(log, on, who)
		if slices.ContainsFunc(all, func(x LoggedSession) bool { return x.Replaces == id }) {
			return LoggedSession{}, fmt.Errorf("correct session: %w", domain.ErrConflict)
		}
		problems := s.checkLog(log, on, domain.DateOf(tx.Now()), newest(all), was.ID)
		if action == actionCorrect { // the next day asks nothing of the weights
			settings, _, err := latest(tx.Settings().Current())
			if err != nil {
				return LoggedSession{}, fmt.Errorf("correct session: %w", err)
			}
			problems = append(problems, s.checkThere(log, settings)...)
		}
		if err := problems.Err(); err != nil {
			return LoggedSession{}, err
		}
		next := LoggedSession{ID: domain.SessionID(s.newID()), PatientID: was.PatientID, Version: len(all) + 1,
			Replaces: was.ID, Reason: reason, PlanID: was.PlanID, Session: log, By: who, At: tx.Now()}
		if err := tx.Sessions().Append(next); err != nil {
			return LoggedSession{}, fmt.Errorf("correct session: %w", err)
		}
		if action == actionCorrect {
			if err := tx.Drafts().Delete(was.PatientID, SectionSessions); err != nil {
				return LoggedSession{}, fmt.Errorf("correct session: %w", err)
			}
		}
		return next, record(ctx, tx, action, was.PatientID, string(next.ID))
	})
}

// SessionVersions returns every version of every session of the patient, in the
// order in which they were entered.
func (s *Service) SessionVersions(ctx context.Context, id domain.PatientID) ([]LoggedSession, error) {
	return view(ctx, s, func(tx Tx) ([]LoggedSession, error) { return tx.Sessions().All(id) })
}

// newest returns the versions that no other replaces, in the order of their
// days; sessions of one day in the order of their first entry.
func newest(all []LoggedSession) []LoggedSession {
	first := map[domain.SessionID]int{}
	replaced := map[domain.SessionID]bool{}
	for _, x := range all {
		first[x.ID] = x.Version
		if x.Replaces != "" {
			first[x.ID] = first[x.Replaces]
			replaced[x.Replaces] = true
		}
	}
	var out []LoggedSession
	for _, x := range all {
		if !replaced[x.ID] {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b LoggedSession) int {
		if n := b.Session.Date.DaysUntil(a.Session.Date); n != 0 {
			return n
		}
		return first[a.ID] - first[b.ID]
	})
	return out
}

// Warned reports whether a red-flag question of the session was answered yes.
func (l LoggedSession) Warned() bool {
	for _, yes := range l.Session.RedFlags {
		if yes {
			return true
		}
	}
	return false
}

// asking is when the safety questions of a screen were put to the patient.
type asking struct {
	on domain.Date
	// at is the moment of the signature; the zero time when only the day is known.
	at time.Time
}

// asked returns when the safety questions of a screen were really asked. A
// screen that was only signed again, or judged again by other rules, has asked
// nothing, so it answers nothing that a session has raised since.
func asked(tx Tx, s SignedScreen) (asking, error) {
	for {
		from := s.SignedAgain
		if from == "" {
			from = s.RescoredFrom
		}
		if from == "" {
			break
		}
		before, err := tx.Screens().Get(from)
		if err != nil {
			return asking{}, fmt.Errorf("read the screen that was asked: %w", err)
		}
		s = before
	}
	if age := s.Answers.AgeDays.RedFlags; age > 0 {
		return asking{on: s.TakenOn.AddDays(-age)}, nil
	}
	return asking{s.TakenOn, s.Signature.At}, nil
}

// warned returns why nothing may be lifted: a red-flag question was answered
// yes at a session after the newest screen was asked. It names no answer, as
// every refusal.
func warned(sessions []LoggedSession, since asking) domain.Problems {
	var out domain.Problems
	for _, x := range sessions {
		after := since.on.DaysUntil(x.Session.Date)
		if x.Warned() && (after > 0 || after == 0 && x.At.After(since.at)) {
			out = domain.Problems{{Field: "session", Text: fmt.Sprintf(
				"A warning question was answered yes at the session of %s. No lifting until the patient is screened again.", x.Session.Date.Short())}}
		}
	}
	return out
}
