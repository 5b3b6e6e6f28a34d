package clinic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/domain/screen"
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
	// PlanID is the plan that was trained, SubStage its sub-stage.
	PlanID   domain.PlanID `json:"plan_id"`
	SubStage program.Code  `json:"sub_stage"`
	Log      SessionLog    `json:"log"`
	By       domain.Actor  `json:"by"`
	At       time.Time     `json:"at"`
}

// SessionLog is what somebody writes down about one session. Nil and "" mean
// not asked.
type SessionLog struct {
	Date domain.Date `json:"date"`
	// Place is program.AtClinic or program.AtHome.
	Place program.Where `json:"place"`
	// PainBefore, PainAfter and Pain24h, the pain of the next day, are 0 to 10.
	// The worst pain during is that of the exercises.
	PainBefore *domain.Decimal `json:"pain_before"`
	PainAfter  *domain.Decimal `json:"pain_after"`
	Pain24h    *domain.Decimal `json:"pain_24h"`
	// Warnings are the answers to program.VisitQuestions by id; LegSymptom is
	// the answer to program.LegQuestion.
	Warnings   map[string]screen.Answer `json:"warnings"`
	LegSymptom screen.Answer            `json:"leg_symptom"`
	Exercises  []ExerciseLog            `json:"exercises"`
	// Stopped says why the session was stopped, "" when it was not.
	Stopped string `json:"stopped"`
	Note    string `json:"note"`
}

// ExerciseLog is what was done of one exercise.
type ExerciseLog struct {
	// Exercise is an id of the route.
	Exercise string `json:"exercise"`
	// PlannedSets and PlannedReps are what the plan asked for, PlannedLoad with
	// which weight; the reps are the lower end of a range.
	PlannedSets int          `json:"planned_sets"`
	PlannedReps int          `json:"planned_reps"`
	PlannedLoad *domain.Mass `json:"planned_load,omitempty"`
	// Load is the weight used, Reps those of each set done.
	Load *domain.Mass `json:"load,omitempty"`
	Reps []int        `json:"reps"`
	// RPE is the effort of the hardest set, 0 to 10; RPETarget its ceiling, 0
	// when the plan gives none.
	RPE       *domain.Decimal `json:"rpe"`
	RPETarget int             `json:"rpe_target"`
	// Pain is the worst pain during this exercise, 0 to 10.
	Pain *domain.Decimal `json:"pain"`
	// Faulty is how many of the repeats had a fault, nil when nobody watched.
	Faulty *int `json:"faulty"`
}

// The limits of what can be typed for a session.
const (
	maxSessionReps = 50
	maxSessionSets = 10
	maxSessionNote = 500
)

// LogSession keeps a new session on a signed plan of the patient and returns
// it. What cannot be is refused field by field, and nothing of it is kept.
func (s *Service) LogSession(ctx context.Context, plan domain.PlanID, log SessionLog) (LoggedSession, error) {
	out, err := s.LogSessions(ctx, plan, []SessionLog{log})
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
func (s *Service) LogSessions(ctx context.Context, plan domain.PlanID, logs []SessionLog) ([]LoggedSession, error) {
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
			log = cleanLog(log)
			for _, p := range append(s.checkLog(log, on, domain.DateOf(tx.Now()), taken, ""), s.checkThere(log, settings)...) {
				problems.Add(fmt.Sprintf("sessions[%d].%s", i, p.Field), p.Text)
			}
			one := LoggedSession{ID: domain.SessionID(s.newID()), PatientID: on.PatientID, Version: len(all) + i + 1,
				PlanID: on.ID, SubStage: on.Plan.SubStage, Log: log, By: who, At: tx.Now()}
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
func (s *Service) CorrectSession(ctx context.Context, id domain.SessionID, log SessionLog, reason string) (LoggedSession, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return LoggedSession{}, domain.Problems{{Field: "reason", Text: "Enter why the session is corrected. The first entry stays in the records."}}
	}
	return s.replace(ctx, id, "session.correct", reason, func(LoggedSession) (SessionLog, error) { return log, nil })
}

// RecordNextDayPain adds the pain of the day after, 0 to 10, to a session that
// waits for it, and returns the new version. It is refused before that day.
func (s *Service) RecordNextDayPain(ctx context.Context, id domain.SessionID, pain int) (LoggedSession, error) {
	return s.replace(ctx, id, "session.next_day", "Pain of the next day", func(was LoggedSession) (SessionLog, error) {
		log := was.Log
		if log.Pain24h != nil {
			return log, domain.Problems{{Field: "pain_24h", Text: "The pain of the next day is known already. Correct the session to change it."}}
		}
		d := domain.NewDecimal(pain)
		log.Pain24h = &d
		return log, nil
	})
}

// replace adds a version that takes the place of another.
func (s *Service) replace(ctx context.Context, id domain.SessionID, action, reason string, change func(LoggedSession) (SessionLog, error)) (LoggedSession, error) {
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
		log = cleanLog(log)
		on, all, err := s.sessionPlan(tx, was.PlanID)
		if err != nil {
			return LoggedSession{}, err
		}
		if slices.ContainsFunc(all, func(x LoggedSession) bool { return x.Replaces == id }) {
			return LoggedSession{}, fmt.Errorf("correct session: %w", domain.ErrConflict)
		}
		if err := s.checkLog(log, on, domain.DateOf(tx.Now()), newest(all), was.ID).Err(); err != nil {
			return LoggedSession{}, err
		}
		next := LoggedSession{ID: domain.SessionID(s.newID()), PatientID: was.PatientID, Version: len(all) + 1,
			Replaces: was.ID, Reason: reason, PlanID: was.PlanID, SubStage: was.SubStage, Log: log, By: who, At: tx.Now()}
		if err := tx.Sessions().Append(next); err != nil {
			return LoggedSession{}, fmt.Errorf("correct session: %w", err)
		}
		if action == "session.correct" {
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
		if n := b.Log.Date.DaysUntil(a.Log.Date); n != 0 {
			return n
		}
		return first[a.ID] - first[b.ID]
	})
	return out
}

// Warned reports whether a red-flag question of the session was answered yes.
func (l SessionLog) Warned() bool {
	for _, a := range l.Warnings {
		if a == screen.Yes {
			return true
		}
	}
	return false
}

// Worst is the worst pain during the session: that of its exercises. A paper
// log asks only for the pain after; then that stands for it (clinic default).
func (l SessionLog) Worst() *domain.Decimal {
	var worst *domain.Decimal
	for _, x := range l.Exercises {
		if x.Pain != nil && (worst == nil || x.Pain.Cmp(*worst) > 0) {
			worst = x.Pain
		}
	}
	if worst == nil && l.Place == program.AtHome {
		return l.PainAfter
	}
	return worst
}

// warned returns why nothing may be lifted: a red-flag question was answered
// yes at a session after the newest screen. It names no answer, as every
// refusal.
func warned(sessions []LoggedSession, since SignedScreen) domain.Problems {
	var out domain.Problems
	for _, x := range sessions {
		after := since.TakenOn.DaysUntil(x.Log.Date)
		if x.Log.Warned() && (after > 0 || after == 0 && x.At.After(since.Signature.At)) {
			out = domain.Problems{{Field: "session", Text: fmt.Sprintf(
				"A warning question was answered yes at the session of %s. No lifting until the patient is screened again.", x.Log.Date.Short())}}
		}
	}
	return out
}
