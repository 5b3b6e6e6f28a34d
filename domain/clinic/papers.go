package clinic

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// PaperKind is which paper for clinicians it is.
type PaperKind string

// The papers for clinicians.
const (
	// PaperSummary is the whole record in words and trends.
	PaperSummary PaperKind = "summary"
	// PaperReferral is the letter, or the transfer note, of a screen that stops
	// or holds the patient.
	PaperReferral PaperKind = "referral"
	// PaperIntake and PaperScreen are blank forms in the order of the screens,
	// with the identity filled in.
	PaperIntake PaperKind = "intake_form"
	PaperScreen PaperKind = "screening_form"
)

// PaperKinds are the papers in the order of a list to choose from.
var PaperKinds = []PaperKind{PaperSummary, PaperReferral, PaperIntake, PaperScreen}

// OfScreen reports whether the paper says what the newest screen found.
func (k PaperKind) OfScreen() bool { return k == PaperSummary || k == PaperReferral }

// Refers reports whether a screen with the outcome sends the patient to
// somebody else first.
func Refers(o screen.Outcome) bool {
	return o == screen.Emergency || o == screen.UrgentRefer || o == screen.HoldRefer
}

// Paper is one issued paper for clinicians with the exact bytes that were
// given out. It never changes.
type Paper struct {
	ID        domain.PaperID   `json:"id"`
	PatientID domain.PatientID `json:"patient_id"`
	// Version counts the patient's papers, 1 and up.
	Version int       `json:"version"`
	Kind    PaperKind `json:"kind"`
	// ScreenID is the screen that it tells of, "" for a blank form. Outcome is
	// what that screen said on the day.
	ScreenID domain.ScreenID `json:"screen_id,omitempty"`
	Outcome  screen.Outcome  `json:"outcome,omitempty"`
	// Size is "letter" or "a4".
	Size  string `json:"size"`
	Pages int    `json:"pages"`
	// SHA256 of PDF in lower-case hex.
	SHA256 string       `json:"sha256"`
	PDF    []byte       `json:"-"`
	By     domain.Actor `json:"by"`
	At     time.Time    `json:"at"`
}

// PaperStore keeps issued papers with their bytes; none is ever changed.
type PaperStore interface {
	// Append adds a paper, whose Version must be the patient's latest plus one,
	// else domain.ErrConflict. A ScreenID must be a screen of the same patient,
	// else domain.ErrNotFound.
	Append(Paper) error
	// Get returns domain.ErrNotFound when there is no such paper.
	Get(domain.PaperID) (Paper, error)
	// All returns every paper without its bytes, oldest first.
	All(domain.PatientID) ([]Paper, error)
}

// PaperRequest is a rendered paper that is about to be given out.
type PaperRequest struct {
	PatientID domain.PatientID
	Kind      PaperKind
	// On is the day that stands on it, ScreenID the screen that it tells of.
	On       domain.Date
	ScreenID domain.ScreenID
	// Size is "letter" or "a4".
	Size  string
	Pages int
	PDF   []byte
}

// IssuePaper keeps the exact bytes that are given out, with their SHA-256, and
// returns the record; the same bytes are the same paper, which is then returned
// instead. Refused when the day or the newest screen is no longer the one on
// the paper, and for a letter when the screen does not refer. A paper is no
// decision, so whoever works here may print one; the therapist signs it by hand.
func (s *Service) IssuePaper(ctx context.Context, r PaperRequest) (Paper, error) {
	if err := validatePaper(r).Err(); err != nil {
		return Paper{}, err
	}
	who, err := acting(ctx)
	if err != nil {
		return Paper{}, err
	}
	return update(ctx, s, func(tx Tx) (Paper, error) {
		p := Paper{PatientID: r.PatientID, Kind: r.Kind, Size: r.Size, Pages: r.Pages, PDF: bytes.Clone(r.PDF), By: who, At: tx.Now()}
		if r.On != domain.DateOf(tx.Now()) {
			return Paper{}, domain.NotAllowed(domain.Problem{Field: "date", Text: paperOutdated})
		}
		if r.Kind.OfScreen() {
			now, err := s.current(tx, r.PatientID)
			if errors.Is(err, domain.ErrNotFound) || err == nil && now.Screen.ID != r.ScreenID {
				return Paper{}, domain.NotAllowed(domain.Problem{Field: "screen", Text: paperOutdated})
			}
			if err != nil {
				return Paper{}, fmt.Errorf("issue paper: %w", err)
			}
			p.ScreenID, p.Outcome = now.Screen.ID, now.Explanation.Decision.Outcome
			if r.Kind == PaperReferral && !Refers(p.Outcome) {
				return Paper{}, domain.NotAllowed(domain.Problem{Field: "kind", Text: "The newest screen does not refer. There is nothing to write a letter about."})
			}
		}
		sum := sha256.Sum256(r.PDF)
		p.SHA256 = hex.EncodeToString(sum[:])
		given, err := tx.Papers().All(r.PatientID)
		if err != nil {
			return Paper{}, fmt.Errorf("issue paper: %w", err)
		}
		for _, old := range given {
			if old.SHA256 == p.SHA256 {
				return old, record(ctx, tx, "paper.copy", old.PatientID, string(old.ID))
			}
		}
		p.ID, p.Version = domain.PaperID(s.newID()), len(given)+1
		if err := tx.Papers().Append(p); err != nil {
			return Paper{}, fmt.Errorf("issue paper: %w", err)
		}
		return p, record(ctx, tx, "paper.issue", p.PatientID, string(p.ID))
	})
}

// paperOutdated is said when what the paper stands on has changed.
const paperOutdated = "The day or the screen has changed since this paper was made. It was made again; look at it, then save."

func validatePaper(r PaperRequest) domain.Problems {
	out := validatePDF(r.Size, r.Pages, r.PDF)
	switch r.Kind {
	case PaperSummary, PaperReferral, PaperIntake, PaperScreen:
	default:
		out.Add("kind", "Choose which paper to make")
	}
	return out
}

// Papers returns every paper of the patient without its bytes, oldest first.
func (s *Service) Papers(ctx context.Context, id domain.PatientID) ([]Paper, error) {
	return view(ctx, s, func(tx Tx) ([]Paper, error) { return tx.Papers().All(id) })
}

// PaperPDF returns a paper with the bytes that were given out, for another copy;
// the trail says who took it. Errors: domain.ErrNotFound; domain.ErrDamaged when
// they are no longer those bytes.
func (s *Service) PaperPDF(ctx context.Context, id domain.PaperID) (Paper, error) {
	if _, err := acting(ctx); err != nil {
		return Paper{}, err
	}
	return update(ctx, s, func(tx Tx) (Paper, error) {
		p, err := tx.Papers().Get(id)
		if err != nil {
			return Paper{}, err
		}
		if sum := sha256.Sum256(p.PDF); hex.EncodeToString(sum[:]) != p.SHA256 {
			return Paper{}, fmt.Errorf("the kept paper has changed: %w", domain.ErrDamaged)
		}
		return p, record(ctx, tx, "paper.copy", p.PatientID, string(p.ID))
	})
}
