package clinic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// Verification is a signed screen judged again by the very rules that it was
// signed under.
type Verification struct {
	// Rules is the version that it was signed under.
	Rules string
	// Differences between the record and the answer today; empty when both are
	// the same byte for byte.
	Differences []Difference
}

// Difference is one part of a result that is not as it was signed.
type Difference struct {
	// Part is what differs, in words: "Result", "Stage", "Reasons".
	Part string
	// Signed is what the record says, Now what came out; empty for Reasons,
	// which are long.
	Signed, Now string
}

// VerifyScreen judges a signed screen again by the rules that it was signed
// under, which are kept with the records, and compares. It changes nothing.
// Errors: domain.ErrNotFound; domain.ErrDamaged when the kept rules are no
// longer what they were; refused when the rules were not kept.
func (s *Service) VerifyScreen(ctx context.Context, id domain.ScreenID) (Verification, error) {
	return view(ctx, s, func(tx Tx) (Verification, error) {
		signed, err := tx.Screens().Get(id)
		if err != nil {
			return Verification{}, err
		}
		set, err := tx.Rules().Kept(signed.Signature.RulesHash)
		if errors.Is(err, domain.ErrNotFound) {
			return Verification{}, domain.NotAllowed(domain.Problem{
				Text: "The rules that this screen was signed under were not kept with it, so it cannot be judged by them again."})
		}
		if err != nil {
			return Verification{}, fmt.Errorf("verify screen: %w", err)
		}
		r, err := set.rules()
		if err != nil {
			return Verification{}, fmt.Errorf("verify screen: %w", err)
		}
		found, err := compare(signed.Explanation, screen.ExplainWith(signed.Answers, signed.facts(), r))
		return Verification{Rules: r.Version, Differences: found}, err
	})
}

// compare lists what differs, the decision part by part and the reasons whole.
func compare(then, now screen.Explanation) ([]Difference, error) {
	a, err := json.Marshal(then)
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(now)
	if err != nil || string(a) == string(b) {
		return nil, err
	}
	var out []Difference
	d, e := then.Decision, now.Decision
	list := func(l []string) string { return strings.Join(l, ", ") }
	for _, x := range []Difference{
		{"Result", string(d.Outcome), string(e.Outcome)},
		{"Stage", fmt.Sprint(d.Stage), fmt.Sprint(e.Stage)},
		{"Stage limit", fmt.Sprint(d.Cap), fmt.Sprint(e.Cap)},
		{"Rules", list(d.Rules), list(e.Rules)},
		{"Tracks", list(d.Tracks), list(e.Tracks)},
		{"Flags", list(d.Flags), list(e.Flags)},
		{"Not asked", list(d.Missing), list(e.Missing)},
		{"Out of date", list(d.Stale), list(e.Stale)},
	} {
		if x.Signed != x.Now {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		out = append(out, Difference{Part: "Reasons"})
	}
	return out, nil
}

// PreviewRescore is what RescoreScreen would keep, and is refused as it is but
// for who signs.
func (s *Service) PreviewRescore(ctx context.Context, id domain.ScreenID) (screen.Explanation, error) {
	return view(ctx, s, func(tx Tx) (screen.Explanation, error) {
		again, _, err := s.rescored(tx, id)
		return again.Explanation, err
	})
}

// RescoreScreen judges the patient's newest signed screen by the rules in force
// and keeps the result as a new signed version that names the old one, with the
// same answers of the same day. The old one stays as it is. Refused: a screen
// that is not the newest; rules that have not changed since; answers that the
// rules in force find missing or too old; and whoever is not a listed therapist.
func (s *Service) RescoreScreen(ctx context.Context, id domain.ScreenID) (SignedScreen, error) {
	return update(ctx, s, func(tx Tx) (SignedScreen, error) {
		who, _, err := signing(ctx, tx)
		if err != nil {
			return SignedScreen{}, err
		}
		again, r, err := s.rescored(tx, id)
		if err != nil {
			return SignedScreen{}, err
		}
		again.ID = domain.ScreenID(s.newID())
		again.Signature.By, again.Signature.At = who, tx.Now()
		if err := tx.Screens().Append(again); err != nil {
			return SignedScreen{}, fmt.Errorf("score again: %w", err)
		}
		if err := tx.Rules().Keep(setOf(r)); err != nil {
			return SignedScreen{}, fmt.Errorf("score again: %w", err)
		}
		return again, record(ctx, tx, "screen.rescore", again.PatientID, string(again.ID))
	})
}

// rescored is the screen judged by the rules in force, still without an id and
// a name under it.
func (s *Service) rescored(tx Tx, id domain.ScreenID) (SignedScreen, *screen.Rules, error) {
	refuse := func(text string) (SignedScreen, *screen.Rules, error) {
		return SignedScreen{}, nil, domain.NotAllowed(domain.Problem{Text: text})
	}
	old, err := tx.Screens().Get(id)
	if err != nil {
		return SignedScreen{}, nil, fmt.Errorf("score again: %w", err)
	}
	newest, err := tx.Screens().Latest(old.PatientID)
	if err != nil {
		return SignedScreen{}, nil, fmt.Errorf("score again: %w", err)
	}
	if newest.ID != old.ID {
		return refuse("A newer screen was signed. Score that one again.")
	}
	r, err := s.rules.in(tx)
	if err != nil {
		return SignedScreen{}, nil, fmt.Errorf("score again: %w", err)
	}
	if r.Hash() == old.Signature.RulesHash {
		return refuse("This screen was signed under the rules that are in force. There is nothing to score again.")
	}
	if err := screen.Validate(old.Answers, r).Err(); err != nil {
		return SignedScreen{}, nil, err
	}
	again := old
	again.Overrides = nil // an override is of one signature
	again.Version, again.RescoredFrom = old.Version+1, old.ID
	again.Explanation = screen.ExplainWith(old.Answers, again.facts(), r)
	again.Signature = Signature{RulesVersion: r.Version, RulesHash: r.Hash()}
	if open := unfinished(again.Explanation); len(open) > 0 {
		return SignedScreen{}, nil, domain.NotAllowed(open...)
	}
	return again, r, nil
}
