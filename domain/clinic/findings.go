package clinic

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// Finding is the medical result that closes an emergency or an urgent referral:
// who looked, when, and what was found. Other answers on the next screen alone do
// not close it, because the answer that stopped the patient may have been right.
type Finding struct {
	// By is who looked, Profession what they are: "emergency physician".
	By         string `json:"by"`
	Profession string `json:"profession"`
	// On is the day of the finding.
	On domain.Date `json:"on"`
	// Text is what was found.
	Text string `json:"text"`
}

// Words is the finding in a line.
func (f Finding) Words() string {
	return "Medical finding by " + f.By + ", " + f.Profession + ", on " + f.On.Short() + ": " + f.Text
}

// RecordFinding keeps the finding that closes the newest stop, which must be the
// screen that was shown. The patient is then screened again; a stop on a later
// screen is new and needs a finding of its own.
func (s *Service) RecordFinding(ctx context.Context, id domain.PatientID, stopped domain.ScreenID, f Finding) (Ruling, error) {
	return update(ctx, s, func(tx Tx) (Ruling, error) {
		if _, _, err := signing(ctx, tx); err != nil {
			return Ruling{}, err
		}
		now, err := s.current(tx, id)
		if err != nil {
			return Ruling{}, fmt.Errorf("record finding: %w", err)
		}
		if now.Stopped == nil || now.Stopped.ID != stopped {
			return Ruling{}, domain.NotAllowed(domain.Problem{Text: "No stop is open on this screen. Open the chart again."})
		}
		text := func(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }
		f = Finding{By: text(f.By), Profession: text(f.Profession), On: f.On, Text: text(f.Text)}
		if err := f.problems(now.Stopped.TakenOn, domain.DateOf(tx.Now())).Err(); err != nil {
			return Ruling{}, err
		}
		return s.rule(ctx, tx, "finding.record", Ruling{PatientID: id, ScreenID: stopped, Finding: &f})
	})
}

func (f Finding) problems(stopped, today domain.Date) domain.Problems {
	var out domain.Problems
	required(&out, "by", "The name", "Enter who found it", f.By, maxClearBy)
	required(&out, "profession", "The profession", "Enter the profession, such as emergency physician", f.Profession, maxClearBy)
	required(&out, "text", "The finding", "Enter what was found", f.Text, maxReason)
	switch {
	case f.On.IsZero():
		out.Add("on", "Enter the day of the finding")
	case today.Before(f.On):
		out.Add("on", "The day of the finding must not be in the future")
	case f.On.Before(stopped):
		out.Add("on", "The finding must not be older than the stop of "+stopped.Short())
	}
	return out
}

// stops reports whether a screen was signed as an emergency or an urgent referral.
func stops(s SignedScreen) bool {
	o := s.Explanation.Decision.Outcome
	return o == screen.Emergency || o == screen.UrgentRefer
}

// stopped is the newest stop without a finding, nil when there is none. The same
// answers scored again are the same stop.
func (w past) stopped() *SignedScreen {
	found := map[domain.ScreenID]bool{}
	for _, r := range w.rulings {
		if r.Finding != nil {
			found[r.ScreenID] = true
		}
	}
	var open *SignedScreen
	for i := range w.screens {
		s := &w.screens[i]
		again := i > 0 && s.RescoredFrom == w.screens[i-1].ID && stops(w.screens[i-1])
		if stops(*s) && !again {
			open = s
		}
		if found[s.ID] {
			open = nil
		}
	}
	return open
}

// openStop says that a stop was never closed, "" when none is open or the newest
// screen stops the patient itself.
func (c Current) openStop() string {
	if c.Stopped == nil || stops(c.Screen) {
		return ""
	}
	what := "urgent referral"
	if c.Stopped.Explanation.Decision.Outcome == screen.Emergency {
		what = "emergency"
	}
	return fmt.Sprintf("The %s of %s has no medical finding on record. Record it before anything is planned or printed.",
		what, c.Stopped.TakenOn.Short())
}
