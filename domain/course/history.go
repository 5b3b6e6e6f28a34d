package course

import (
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/program"
)

// point is one session of the history of one place.
type point struct {
	s       *Session
	e       *Exercise
	verdict Verdict
	// load and target are those of the main lift; nil without a weight.
	load, target *domain.Mass
	ruling       Ruling
}

// history is what the sessions of one place say, the newest last.
type history struct {
	points []point
	// regressions are the days on which a step back was due.
	regressions []domain.Date
	// lifted is the newest day with the main lift, at any place; paused is the
	// last such day before the newest pause that was too long, zero without one.
	lifted, paused domain.Date
}

// replay judges the sessions one after the other. Sessions of the other place
// count when they speak against going on, unless the sub-stage has no weight:
// then both places are one.
func (r *Rules) replay(in Input) (history, error) {
	sessions := slices.Clone(in.Sessions)
	slices.SortStableFunc(sessions, func(a, b Session) int {
		switch {
		case a.Date.Before(b.Date):
			return -1
		case b.Date.Before(a.Date):
			return 1
		}
		return 0
	})
	h := history{points: make([]point, 0, len(sessions))}
	var run []Verdict
	for i := range sessions {
		s := &sessions[i]
		p := point{s: s, e: r.main(s)}
		signs := r.Signs(*s)
		answered := isTrue(signs.RedFlag) && in.Screen.answers(s.Date)
		if answered {
			// The new screen has judged the red flag; the rest of the session
			// still counts, and never as a good one.
			no := false
			signs.RedFlag = &no
		}
		switch {
		case p.e == nil && !r.stopped(signs) && !answered:
			continue // without the main lift and without a stop it says nothing about the load
		case r.broken(s, signs):
			if p.verdict = r.verdict(signs); good(p.verdict) {
				p.verdict = VerdictHold
			}
		default:
			if err := r.CheckSigns(signs, "session").Err(); err != nil {
				return history{}, fmt.Errorf("session of %s: %w", s.Date, err)
			}
			p.verdict = r.verdict(signs)
		}
		if good(p.verdict) && (answered || r.tooSore(s)) {
			p.verdict = VerdictHold
		}
		if p.e != nil {
			p.load, p.target = p.e.worked(), p.e.aimed()
			if !h.lifted.IsZero() && h.lifted.DaysUntil(s.Date) > r.Missed.LongDays {
				h.paused = h.lifted
			}
			h.lifted = s.Date
		}
		own := s.Place == in.Place || p.load == nil
		if !own && (good(p.verdict) || p.verdict == VerdictHold) {
			continue
		}
		if !own {
			p.load, p.target, p.e = nil, nil, nil
		}
		if p.e != nil && fresh(&h, &p) {
			run = run[:0:0]
		}
		if !restful(&p) {
			run = append(run, p.verdict)
		}
		p.ruling = r.decide(run)
		if p.ruling.Next == NextRegress {
			h.regressions = append(h.regressions, s.Date)
		}
		h.points = append(h.points, p)
	}
	return h, nil
}

// fresh reports whether a session begins a new run: another sub-stage, or
// another load than that of the last session that was not a lighter one. A
// lighter session of the same sub-stage begins none, so that a bad one among
// them never wipes out what was bad before.
func fresh(h *history, p *point) bool {
	before := h.last(func(q *point) bool { return q.e != nil })
	if before == nil || before.s.SubStage != p.s.SubStage {
		return true
	}
	if p.s.Deload {
		return false
	}
	before = h.at(p.s.SubStage, domain.Date{})
	return before == nil || !sameMass(before.load, p.load)
}

// broken reports whether a session was broken off: it was not done as asked,
// and what was not reached need not be given.
func (r *Rules) broken(s *Session, signs Signs) bool { return s.Stop != nil || r.stopped(signs) }

// tooSore reports whether the session began with more pain than a session may
// begin with. Then the comparison with the next day says nothing good.
func (r *Rules) tooSore(s *Session) bool { return above(s.PainBefore, r.Start.PainBeforeMost) }

// restful reports whether the session was a planned lighter one that went well;
// it says nothing about more load.
func restful(p *point) bool { return p.s.Deload && good(p.verdict) }

// last returns the newest point that is so, or nil.
func (h *history) last(so func(*point) bool) *point {
	for i := len(h.points) - 1; i >= 0; i-- {
		if so(&h.points[i]) {
			return &h.points[i]
		}
	}
	return nil
}

// at returns the newest point of that sub-stage with its lift, lighter ones
// left out, and among those dated before the day unless it is zero.
func (h *history) at(code program.Code, before domain.Date) *point {
	return h.last(func(p *point) bool {
		return p.e != nil && p.s.SubStage == code && !p.s.Deload && (before.IsZero() || p.s.Date.Before(before))
	})
}

// backs reports whether there were so many steps back, which no screen has
// answered, within so many days, the last of them on the day or later.
func (h *history) backs(screen Screened, count, days int, since domain.Date) bool {
	var open []domain.Date
	for _, d := range h.regressions {
		if !screen.answers(d) {
			open = append(open, d)
		}
	}
	for i := 0; i+count <= len(open); i++ {
		if last := open[i+count-1]; !last.Before(since) && open[i].DaysUntil(last) <= days {
			return true
		}
	}
	return false
}

// moved is the day of the newest session with the lift at this place, or of the
// newest session: what was due since then is still due, also when a session at
// the other place came after it.
func (h *history) moved() domain.Date {
	p := h.last(func(p *point) bool { return p.e != nil })
	if p == nil {
		p = h.last(func(*point) bool { return true })
	}
	if p == nil {
		return domain.Date{}
	}
	return p.s.Date
}

// answers reports whether the screen was taken after what happened on the day.
func (s Screened) answers(day domain.Date) bool {
	return day.Before(s.On) || day == s.On && s.AfterLast
}
