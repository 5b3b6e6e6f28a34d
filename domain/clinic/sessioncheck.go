package clinic

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/course"
)

// CheckSession returns what LogSession would refuse of the log, or
// CorrectSession when it replaces one, so that everything that is wrong can be
// said at once. It stores nothing.
func (s *Service) CheckSession(ctx context.Context, plan domain.PlanID, replaces domain.SessionID, log course.Session) (domain.Problems, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	return view(ctx, s, func(tx Tx) (domain.Problems, error) {
		on, all, err := s.sessionPlan(tx, plan)
		if err != nil {
			return nil, err
		}
		settings, _, err := latest(tx.Settings().Current())
		if err != nil {
			return nil, fmt.Errorf("check session: %w", err)
		}
		log = s.cleanLog(log, on, who)
		return append(s.checkLog(log, on, domain.DateOf(tx.Now()), newest(all), replaces), s.checkThere(log, settings)...), nil
	})
}

// cleanLog fills in what the plan and the acting person say, so that nobody
// types it and it is never wrong.
func (s *Service) cleanLog(l course.Session, on SignedPlan, who domain.Actor) course.Session {
	l.Note = norm.NFC.String(strings.TrimSpace(l.Note))
	l.SubStage = on.Plan.SubStage
	l.Deload = slices.ContainsFunc(on.Changes, func(c PlanChange) bool { return c.Deload && c.Place == l.Place })
	if l.By == "" {
		l.By = who.Name
		if who.Credentials != "" {
			l.By += ", " + who.Credentials
		}
	}
	return l
}

// checkLog returns what must be put right before the log can be kept, by the
// JSON names of course.Session. taken are the sessions there are; the one that
// is replaced does not count. A session of today that must not begin is not kept
// as one that was done without a stop; one of an earlier day is kept as it was,
// because leaving it out would hide it from the rules.
func (s *Service) checkLog(l course.Session, on SignedPlan, today domain.Date, taken []LoggedSession, replaces domain.SessionID) domain.Problems {
	signed := domain.DateOf(on.Signature.At)
	out := s.course.Check(l, course.Limits{Planned: signed, Today: today})
	if out.For("date") == "" {
		for _, x := range taken {
			if x.ID != replaces && x.Session.Date == l.Date && x.Session.Place == l.Place {
				out.Add("date", fmt.Sprintf("A session on %s is logged already. Correct that one instead.", l.Date.Short()))
				break
			}
		}
	}
	if l.Date == today && l.Stop == nil && lifted(l) {
		for _, p := range s.course.StartReasons(l) {
			out.Add(p.Field, p.Text+" Stop the session with its reason, then it is kept with what was done.")
		}
	}
	if l.Pain24h != nil && !l.Date.IsZero() && !l.Date.Before(today) {
		out.Add("pain_24h", "Pain the next day can be asked from the day after the session.")
	}
	return out
}

// lifted reports whether any set was done.
func lifted(l course.Session) bool {
	return slices.ContainsFunc(l.Exercises, func(x course.Exercise) bool { return len(x.Done) > 0 })
}
