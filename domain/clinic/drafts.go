package clinic

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"backtobar/domain"
)

// MaxDraft is the most bytes of one draft; far above any form, so that a
// runaway program cannot fill the disk.
const MaxDraft = 1 << 20

// draftSections are the sections where work can be left unfinished.
var draftSections = []string{SectionIntake, SectionScreen, SectionPlan, SectionSessions}

// SaveDraft keeps unfinished work on a section. data is the form's own JSON.
// The first draft of a section is in the trail; the many that follow while
// somebody types are not.
func (s *Service) SaveDraft(ctx context.Context, p domain.PatientID, section string, data []byte) error {
	if !slices.Contains(draftSections, section) {
		return fmt.Errorf("save draft: no section %q", section)
	}
	if len(data) > MaxDraft {
		return domain.Problems{{Text: "This draft is too long to keep. Shorten the longest text."}}
	}
	who, err := acting(ctx)
	if err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx Tx) error {
		_, err := tx.Drafts().Get(p, section)
		first := errors.Is(err, domain.ErrNotFound)
		if err != nil && !first {
			return fmt.Errorf("save draft: %w", err)
		}
		d := Draft{PatientID: p, Section: section, Data: data, At: tx.Now(), By: who}
		if err := tx.Drafts().Put(d); err != nil {
			return fmt.Errorf("save draft: %w", err)
		}
		if !first {
			return nil
		}
		return record(ctx, tx, "draft.start", p, section)
	})
}

// Draft returns the unfinished work on a section, or domain.ErrNotFound.
func (s *Service) Draft(ctx context.Context, p domain.PatientID, section string) (Draft, error) {
	return view(ctx, s, func(tx Tx) (Draft, error) { return tx.Drafts().Get(p, section) })
}

// DiscardDraft removes the unfinished work on a section; removing none is not
// an error.
func (s *Service) DiscardDraft(ctx context.Context, p domain.PatientID, section string) error {
	if _, err := acting(ctx); err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx Tx) error {
		_, had, err := latest(tx.Drafts().Get(p, section))
		if err != nil || !had {
			return err
		}
		if err := tx.Drafts().Delete(p, section); err != nil {
			return fmt.Errorf("discard draft: %w", err)
		}
		return record(ctx, tx, "draft.discard", p, section)
	})
}
