package clinic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/screen"
)

// RulesStore keeps what the clinic signed about its rules, and every set of
// rules that a screen was signed under, whole. Nothing in it is ever changed.
type RulesStore interface {
	// Append adds a signed version, whose number must be the newest plus one,
	// else domain.ErrConflict.
	Append(RulesVersion) error
	// Latest returns domain.ErrNotFound while the clinic uses the shipped rules.
	Latest() (RulesVersion, error)
	// All returns every version, oldest first.
	All() ([]RulesVersion, error)
	// Keep stores a set under its hash; one that is there already stays as it is.
	Keep(RulesSet) error
	// Kept returns the set with its file, or domain.ErrNotFound.
	Kept(hash string) (RulesSet, error)
}

// RulesVersion is one signed version of the clinic's own values.
type RulesVersion struct {
	// Number is 1 and up without gaps.
	Number int `json:"number"`
	// Edits are all values that differ from the shipped ones.
	Edits  screen.Edits `json:"edits"`
	Reason string       `json:"reason"`
	// Signature names the rules that came of it.
	Signature Signature `json:"signature"`
}

// RulesSet is rules as they were used, with all that is needed to make them
// again.
type RulesSet struct {
	Hash    string `json:"hash"`
	Version string `json:"version"`
	// Number is the clinic's version, 0 for the shipped rules.
	Number   int          `json:"number"`
	Edits    screen.Edits `json:"edits"`
	BaseHash string       `json:"base_hash"`
	// File is the shipped rules file, byte for byte.
	File []byte `json:"-"`
}

func setOf(r *screen.Rules) RulesSet {
	return RulesSet{Hash: r.Hash(), Version: r.Version, Number: r.Clinic(), Edits: r.Edits(),
		BaseHash: r.BaseHash(), File: r.File()}
}

// rules makes the rules of the set again. domain.ErrDamaged when they are no
// longer those that were kept; refused when they are, and this program cannot
// read a file of that layout.
func (s RulesSet) rules() (*screen.Rules, error) {
	if sum := sha256.Sum256(s.File); hex.EncodeToString(sum[:]) != s.BaseHash {
		return nil, fmt.Errorf("the kept rules have changed: %w", domain.ErrDamaged)
	}
	r, err := screen.ParseRules(s.File)
	if err != nil {
		return nil, domain.NotAllowed(domain.Problem{Text: "The rules that this screen was signed under, " + s.Version +
			", are kept, but this version of the program cannot read them. Check it with the version that signed it."})
	}
	if s.Number > 0 {
		again, problems := r.With(s.Number, s.Edits)
		if len(problems) > 0 {
			return nil, fmt.Errorf("the kept rules cannot be made again: %w", domain.ErrDamaged)
		}
		r = again
	}
	if r.Hash() != s.Hash || r.Version != s.Version {
		return nil, fmt.Errorf("the kept rules have changed: %w", domain.ErrDamaged)
	}
	return r, nil
}

// rulesInForce are the shipped rules with the clinic's newest signed values.
// They are made once for each signed version.
type rulesInForce struct {
	shipped *screen.Rules

	mu   sync.Mutex // guards what follows
	made *screen.Rules
	told domain.Problems
}

// in returns the rules in force in the transaction.
func (f *rulesInForce) in(tx Tx) (*screen.Rules, error) {
	r, _, err := f.both(tx)
	return r, err
}

// both also returns what of the signed values does not fit the shipped rules.
func (f *rulesInForce) both(tx Tx) (*screen.Rules, domain.Problems, error) {
	last, signed, err := latest(tx.Rules().Latest())
	if err != nil {
		return nil, nil, fmt.Errorf("read the clinic's rules: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case !signed:
		f.made, f.told = f.shipped, nil
	case f.made == nil || f.made.Clinic() != last.Number:
		f.made, f.told = f.shipped.Fit(last.Number, last.Edits)
	}
	return f.made, f.told, nil
}

// forget lets the rules be read again.
func (f *rulesInForce) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made = nil
}

// rulesShown are the rules in force as last read; what is signed is judged by
// those in the transaction.
func (s *Service) rulesShown() *screen.Rules {
	s.rules.mu.Lock()
	made := s.rules.made
	s.rules.mu.Unlock()
	if made != nil {
		return made
	}
	r, err := view(context.Background(), s, s.rules.in)
	if err != nil {
		return s.rules.shipped
	}
	return r
}

// RulesState is the screening rules as the clinic has them.
type RulesState struct {
	// Rules are those in force.
	Rules *screen.Rules
	// Number is the newest signed version, 0 before there is one.
	Number int
	// Unfit says which signed values the shipped rules no longer allow, and what
	// counts instead.
	Unfit domain.Problems
	// History is every signed version, oldest first.
	History []RulesVersion
}

// Rules returns the screening rules in force and their history.
func (s *Service) Rules(ctx context.Context) (RulesState, error) {
	return view(ctx, s, func(tx Tx) (RulesState, error) {
		r, unfit, err := s.rules.both(tx)
		if err != nil {
			return RulesState{}, err
		}
		all, err := tx.Rules().All()
		return RulesState{Rules: r, Number: r.Clinic(), Unfit: unfit, History: all}, err
	})
}

// RulesRequest is a change of the clinic's rules that is about to be signed.
type RulesRequest struct {
	// From is the number of the version that was read; domain.ErrConflict when
	// it is no longer the newest.
	From int
	// Edits are all of the clinic's own values, also those that stay.
	Edits screen.Edits
	// Reason is a sentence for whoever reads the history.
	Reason string
}

// The lengths of a reason, in characters (clinic default).
const (
	minReason = 10
	maxReason = 400
)

// SignRules keeps the values as a new signed version and returns it. It counts
// from the next decision on; what was signed before stays as it is. Refused:
// values outside their hard limits, by key; a reason too short; values that
// change nothing; and whoever is not a listed therapist.
func (s *Service) SignRules(ctx context.Context, q RulesRequest) (RulesVersion, error) {
	reason := norm.NFC.String(strings.TrimSpace(q.Reason))
	defer s.rules.forget()
	return update(ctx, s, func(tx Tx) (RulesVersion, error) {
		who, _, err := signing(ctx, tx)
		if err != nil {
			return RulesVersion{}, err
		}
		was, made, err := s.proposed(tx, q.From, q.Edits)
		if err != nil {
			return RulesVersion{}, err
		}
		if text := RulesReasonProblem(reason); text != "" {
			return RulesVersion{}, domain.Problems{{Field: "reason", Text: text}}
		}
		if len(differing(was, made)) == 0 {
			return RulesVersion{}, domain.NotAllowed(domain.Problem{
				Text: "No value differs from the rules in force. Change a value before signing."})
		}
		v := RulesVersion{Number: made.Clinic(), Edits: made.Edits(), Reason: reason,
			Signature: Signature{By: who, At: tx.Now(), RulesVersion: made.Version, RulesHash: made.Hash()}}
		if err := tx.Rules().Append(v); err != nil {
			return RulesVersion{}, fmt.Errorf("sign rules: %w", err)
		}
		if err := tx.Rules().Keep(setOf(made)); err != nil {
			return RulesVersion{}, fmt.Errorf("sign rules: %w", err)
		}
		return v, record(ctx, tx, "rules.sign", "", fmt.Sprint(v.Number))
	})
}

// RulesReasonProblem returns the sentence for a reason that cannot be kept with
// new rules, or "".
func RulesReasonProblem(reason string) string {
	if utf8.RuneCountInString(strings.TrimSpace(reason)) < minReason {
		return fmt.Sprintf("Reason: say in %d characters or more why the rules change", minReason)
	}
	return intake.FreeTextProblem("Reason", reason, maxReason)
}

// proposed returns the rules in force and those that the edits would make.
func (s *Service) proposed(tx Tx, from int, edits screen.Edits) (was, made *screen.Rules, err error) {
	was, err = s.rules.in(tx)
	if err != nil {
		return nil, nil, err
	}
	if from != was.Clinic() {
		return nil, nil, fmt.Errorf("change the rules: %w", domain.ErrConflict)
	}
	made, problems := was.With(from+1, edits)
	return was, made, problems.Err()
}
