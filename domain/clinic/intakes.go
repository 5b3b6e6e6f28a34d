package clinic

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/intake"
)

// The sections of a chart that can hold unfinished work.
const (
	SectionIntake = "intake"
	SectionScreen = "screen"
	SectionPlan   = "plan"
	// SectionSessions holds the session that is being logged.
	SectionSessions = "sessions"
	// SectionHandouts holds no drafts; it is a place that Next points to.
	SectionHandouts = "handouts"
)

// SaveIntake keeps a new version of the intake, removes its draft, and returns
// the version. in.Version is the version that was read, 0 the first time;
// domain.ErrConflict when somebody else has saved since.
func (s *Service) SaveIntake(ctx context.Context, in intake.Intake) (intake.Intake, error) {
	in = intake.Clean(in)
	if err := intake.Validate(in).Err(); err != nil {
		return intake.Intake{}, err
	}
	who, err := acting(ctx)
	if err != nil {
		return intake.Intake{}, err
	}
	return update(ctx, s, func(tx Tx) (intake.Intake, error) {
		in.ID = domain.IntakeID(s.newID())
		in.Version++
		in.SavedAt, in.SavedBy = tx.Now(), who
		if err := tx.Intakes().Append(in); err != nil {
			return intake.Intake{}, fmt.Errorf("save intake: %w", err)
		}
		if err := tx.Drafts().Delete(in.PatientID, SectionIntake); err != nil {
			return intake.Intake{}, fmt.Errorf("save intake: %w", err)
		}
		return in, record(ctx, tx, "intake.save", in.PatientID, string(in.ID))
	})
}

// LatestIntake returns the newest version, or domain.ErrNotFound.
func (s *Service) LatestIntake(ctx context.Context, p domain.PatientID) (intake.Intake, error) {
	return view(ctx, s, func(tx Tx) (intake.Intake, error) { return tx.Intakes().Latest(p) })
}
