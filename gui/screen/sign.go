package screen

import (
	"context"
	"strings"

	"backtobar/domain/clinic"
	rules "backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// sign asks for the signature, or goes to what is still in the way.
func (s *Section) sign() {
	if !s.filling || s.signing {
		return
	}
	for path := range s.controls {
		s.due[path] = true
	}
	s.model.evaluate()
	if text, path := s.model.refusal(); text != "" {
		s.needed = path
		s.judge()
		if s.keepNow() {
			s.host.Say(text)
		}
		s.jump(path)
		return
	}
	s.judge()
	if s.drafts.dirty {
		s.keepNow()
	}
	c, x, taken := s.model.answers, s.model.verdict, s.model.takenList()
	p, who := s.model.patient, s.host.Actor()
	name := who.Name
	if who.Credentials != "" {
		name += ", " + who.Credentials
	}
	sheet := &kit.Sheet{
		Title: "Sign this result",
		Body: kit.Stack(12,
			kit.SummaryList(
				kit.SummaryItem{Label: "Patient", Value: strings.ToUpper(p.LastName) + ", " + p.FirstName},
				kit.SummaryItem{Label: "Born", Value: bornWords(p, s.model.today)},
				kit.SummaryItem{Label: "Result", Value: x.Headline},
				kit.SummaryItem{Label: "Signed by", Value: name},
			),
			kit.NewText("A signed screen cannot be changed. A new screen makes a new version.", kit.Quiet)),
		Main: "Sign",
	}
	// The sheet gives the keyboard back before the signature moves it on.
	day := s.model.today
	sheet.Do = func() bool {
		sheet.Close()
		if s.svc.Today() != day { // the ages that the sheet stands on are of another day
			s.sign()
			return false
		}
		s.store(c, taken)
		return false
	}
	sheet.Show(s.host.Router(), s.host.Canvas())
}

// store signs the case that the sheet showed.
func (s *Section) store(c rules.Case, taken []clinic.Taken) {
	o := clinic.Signing{Answered: s.model.answered()}
	s.signing = true
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (clinic.SignedScreen, error) {
		s.drafts.mu.Lock()
		defer s.drafts.mu.Unlock()
		return s.svc.SignScreenWith(ctx, s.patient, c, o, taken...)
	}, func(signed clinic.SignedScreen, err error) {
		s.signing = false
		if err != nil {
			s.refused(err)
			return
		}
		s.signed(signed)
	})
}

// refused shows why the signature was not stored. Everything typed stays.
func (s *Section) refused(err error) {
	s.host.Notify(look.Stop, clinic.Sentence(err)+" What you typed is still here.", page.Action{Text: "Try again", Do: s.sign})
	s.drafts.failing = true // the notice says it already
	s.keepNow()
	for _, p := range clinic.Reasons(err) {
		if p.Field != "" {
			s.needed = p.Field
			s.judge()
			s.jump(p.Field)
			return
		}
	}
}

// signed goes on with a stored screen: to the plan, or to what must be done
// instead.
func (s *Section) signed(signed clinic.SignedScreen) {
	s.watch.reset()
	s.drafts.dirty = false
	s.current = &clinic.Current{Screen: signed, Case: signed.Answers, Explanation: signed.Explanation}
	// What may be recorded about it, as a clearance or a finding, is known to the
	// records alone.
	if now, err := s.svc.CurrentDecision(s.host.Context(), s.patient); err == nil && now.Screen.ID == signed.ID {
		s.current = &now
	}
	s.filling = false
	s.empty()
	s.host.Say(signedWords(signed.Signature))
	if trains(signed.Explanation.Decision.Outcome) {
		s.host.GoTo(page.Plan)
		return
	}
	s.host.Canvas().Focus(s.FirstFocus())
}
