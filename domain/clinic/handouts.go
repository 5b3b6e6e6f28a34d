package clinic

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"backtobar/domain"
)

// The limits of one sheet: far above any home program, so that a wrong file is
// not kept as one.
const (
	maxHandoutPages = 20
	maxHandoutBytes = 16 << 20
)

// FirstBarbellStage is the first stage with a bar in the hands. From it on a
// sheet is given out only when a safe place and supervision are arranged.
const FirstBarbellStage = 3

// HandoutRequest is a rendered home program that is about to be given out.
type HandoutRequest struct {
	PlanID domain.PlanID
	// Language is "en" or "es"; Paper is "letter" or "a4".
	Language string
	Paper    string
	Pages    int
	// PDF is the exact bytes that are given out.
	PDF []byte
	// SupervisedPlace: the therapist has ticked that a safe place and
	// supervision are arranged; needed from stage 3.
	SupervisedPlace bool
}

// CheckHandout returns nil when a handout of the plan may be given out today,
// else domain.NotAllowed with the reasons. A window asks it before it renders;
// IssueHandout asks again.
func (s *Service) CheckHandout(ctx context.Context, id domain.PlanID, supervisedPlace bool) error {
	return s.store.View(ctx, func(tx Tx) error {
		_, err := s.checkHandout(tx, id, supervisedPlace)
		return err
	})
}

func (s *Service) checkHandout(tx Tx, id domain.PlanID, supervisedPlace bool) (SignedPlan, error) {
	plan, err := tx.Plans().Get(id)
	if errors.Is(err, domain.ErrNotFound) {
		return SignedPlan{}, domain.NotAllowed(domain.Problem{
			Text: "This plan is not signed. Ask a therapist to sign it before printing."})
	}
	if err != nil {
		return SignedPlan{}, fmt.Errorf("issue handout: %w", err)
	}
	now, err := s.current(tx, plan.PatientID)
	if err != nil {
		return SignedPlan{}, fmt.Errorf("issue handout: %w", err)
	}
	newest, err := tx.Plans().Latest(plan.PatientID)
	if err != nil {
		return SignedPlan{}, fmt.Errorf("issue handout: %w", err)
	}
	_, err = tx.Settings().Current()
	unset := errors.Is(err, domain.ErrNotFound)
	if err != nil && !unset {
		return SignedPlan{}, fmt.Errorf("issue handout: %w", err)
	}
	var out domain.Problems
	if unset {
		out.Add("", "Enter the clinic name and phone in Settings. They print on every handout.")
	}
	if newest.ID != plan.ID {
		out.Add("", "A newer plan was signed. Print that one.")
	}
	if now.Screen.ID != plan.ScreenID {
		out.Add("", "A newer screen was signed after this plan. Sign the plan again.")
	}
	if domain.DateOf(tx.Now()).Before(now.Screen.TakenOn) {
		out.Add("", clockBack)
	}
	not := forbids(now.Explanation, plan.Plan.Stage)
	out = append(append(out, now.refuses(len(not) > 0)...), not...)
	if plan.Plan.Stage >= FirstBarbellStage && !supervisedPlace {
		out.Add("supervised_place", "Confirm a safe place and supervision before printing a barbell stage")
	}
	if len(out) == 0 {
		if out, err = s.outdated(tx, plan); err != nil {
			return SignedPlan{}, fmt.Errorf("issue handout: %w", err)
		}
	}
	if len(out) > 0 {
		return SignedPlan{}, domain.NotAllowed(out...)
	}
	return plan, nil
}

// outdated says when the rules would prescribe something else today: a corrected
// body weight, a bell that was sold or a new route must not go home as the old
// load, although the screen still allows the stage.
func (s *Service) outdated(tx Tx, plan SignedPlan) (domain.Problems, error) {
	today, _, _, err := s.prescription(tx, plan.PatientID, plan.Plan.SubStage)
	if errors.Is(err, domain.ErrNotAllowed) {
		return Reasons(err), nil
	}
	if err != nil {
		return nil, err
	}
	same, err := equalPlans(today, plan.Plan)
	if err != nil || same {
		return nil, err
	}
	return domain.Problems{{Text: planChanged}}, nil
}

// planChanged is said when the plan that was signed is not the plan of today.
const planChanged = "The screen, the intake or the equipment gives another plan now. Read the new plan, then sign it."

// clockBack is said when today is before the day of the screen.
const clockBack = "This computer's date is before the day of the screen. Correct the date first."

// IssueHandout keeps the exact bytes that are given out, with their SHA-256,
// as a new version, and returns it. It asks the rules again inside the same
// transaction and refuses with the reasons when they no longer allow the plan.
func (s *Service) IssueHandout(ctx context.Context, r HandoutRequest) (Handout, error) {
	if err := validateHandout(r).Err(); err != nil {
		return Handout{}, err
	}
	who, err := acting(ctx)
	if err != nil {
		return Handout{}, err
	}
	return update(ctx, s, func(tx Tx) (Handout, error) {
		plan, err := s.checkHandout(tx, r.PlanID, r.SupervisedPlace)
		if err != nil {
			return Handout{}, err
		}
		given, err := tx.Handouts().All(plan.PatientID)
		if err != nil {
			return Handout{}, fmt.Errorf("issue handout: %w", err)
		}
		sum := sha256.Sum256(r.PDF)
		h := Handout{
			ID:              domain.HandoutID(s.newID()),
			PatientID:       plan.PatientID,
			Version:         len(given) + 1,
			PlanID:          plan.ID,
			Language:        r.Language,
			Paper:           r.Paper,
			Pages:           r.Pages,
			SHA256:          hex.EncodeToString(sum[:]),
			PDF:             bytes.Clone(r.PDF),
			By:              who,
			At:              tx.Now(),
			SupervisedPlace: r.SupervisedPlace,
		}
		if err := tx.Handouts().Append(h); err != nil {
			return Handout{}, fmt.Errorf("issue handout: %w", err)
		}
		return h, record(ctx, tx, "handout.issue", h.PatientID, string(h.ID))
	})
}

func validateHandout(r HandoutRequest) domain.Problems {
	var out domain.Problems
	if r.Language != "en" && r.Language != "es" {
		out.Add("language", "Choose the language of the handout: English or Spanish")
	}
	return append(out, validatePDF(r.Paper, r.Pages, r.PDF)...)
}

// validatePDF looks at what every document that is kept must be.
func validatePDF(size string, pages int, pdf []byte) domain.Problems {
	var out domain.Problems
	if size != "letter" && size != "a4" {
		out.Add("paper", "Choose the size of the paper: Letter or A4")
	}
	if pages < 1 || pages > maxHandoutPages {
		out.Add("pages", fmt.Sprintf("A document must have 1 to %d pages", maxHandoutPages))
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) > maxHandoutBytes {
		out.Add("pdf", "The document is not a PDF file. Make it again.")
	}
	return out
}

// Handouts returns every handout of the patient without its bytes, oldest first.
func (s *Service) Handouts(ctx context.Context, id domain.PatientID) ([]Handout, error) {
	return view(ctx, s, func(tx Tx) ([]Handout, error) { return tx.Handouts().All(id) })
}

// HandoutPDF returns a handout with the bytes that were given out, for another
// copy on paper or disk; the trail says who took it. Errors:
// domain.ErrNotFound; domain.ErrDamaged when they are no longer those bytes.
func (s *Service) HandoutPDF(ctx context.Context, id domain.HandoutID) (Handout, error) {
	if _, err := acting(ctx); err != nil {
		return Handout{}, err
	}
	return update(ctx, s, func(tx Tx) (Handout, error) {
		h, err := tx.Handouts().Get(id)
		if err != nil {
			return Handout{}, err
		}
		if sum := sha256.Sum256(h.PDF); hex.EncodeToString(sum[:]) != h.SHA256 {
			return Handout{}, fmt.Errorf("the kept handout has changed: %w", domain.ErrDamaged)
		}
		return h, record(ctx, tx, "handout.copy", h.PatientID, string(h.ID))
	})
}
