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

// moreSigned are the further actions of a signed screen.
func (s *Section) moreSigned() []page.Action {
	out := []page.Action{{Text: "Check the record", Do: s.verify}}
	if now := s.current; now.Resign == "" && now.Screen.Signature.RulesHash != now.Explanation.RulesHash {
		out = append(out, page.Action{Text: "Score again…", Do: s.rescore})
	}
	return out
}

// rescoredWords tell that a screen is an earlier one judged again.
func rescoredWords(signed clinic.SignedScreen) string {
	if signed.RescoredFrom == "" {
		return ""
	}
	return ". The answers are those of " + signed.TakenOn.Short() + ", scored again by other rules."
}

// verify judges the screen by the rules that it was signed under.
func (s *Section) verify() {
	id := s.current.Screen.ID
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (clinic.Verification, error) {
		return s.svc.VerifyScreen(ctx, id)
	}, func(v clinic.Verification, err error) {
		switch {
		case err != nil:
			s.host.Notify(look.Stop, clinic.Sentence(err))
		case len(v.Differences) == 0:
			s.host.Say("The rules it was signed under, " + v.Rules + ", give the same result again.")
		default:
			s.host.Notify(look.Attention, differenceWords(v))
		}
	})
}

func differenceWords(v clinic.Verification) string {
	var parts []string
	for _, d := range v.Differences {
		if d.Part == "Reasons" {
			return "The rules it was signed under, " + v.Rules + ", give the same result again, in other words. " +
				"This version of the program explains it otherwise."
		}
		parts = append(parts, strings.ToLower(d.Part))
	}
	return "The rules it was signed under, " + v.Rules + ", do not give the signed result again. Different: " +
		strings.Join(parts, ", ") + ". Screen again before anything is planned."
}

// rescore judges the answers by the rules in force and signs that as a new
// record.
func (s *Section) rescore() {
	now := s.current
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (rules.Explanation, error) {
		return s.svc.PreviewRescore(ctx, now.Screen.ID)
	}, func(x rules.Explanation, err error) {
		if err != nil {
			s.host.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		s.askRescore(now, x)
	})
}

func (s *Section) askRescore(now *clinic.Current, x rules.Explanation) {
	a := s.newAsk("Score again by the rules in force", "Sign")
	a.sheet.Do = func() bool {
		keep(a, "Scored again by "+x.RulesVersion, func(ctx context.Context) (clinic.SignedScreen, error) {
			return s.svc.RescoreScreen(ctx, now.Screen.ID)
		}, func(clinic.SignedScreen) { s.ruled(clinic.Ruling{}) })
		return false
	}
	a.show(kit.SummaryList(
		kit.SummaryItem{Label: "Answers of", Value: now.Screen.TakenOn.Short()},
		kit.SummaryItem{Label: "Signed", Value: now.Screen.Signature.RulesVersion + ": " + now.Screen.Explanation.Headline},
		kit.SummaryItem{Label: "Now", Value: x.RulesVersion + ": " + x.Headline}),
		"The signed record stays. The new one names it, and overrides of the earlier signature do not go on.")
}
