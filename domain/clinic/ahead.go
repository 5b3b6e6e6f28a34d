package clinic

import (
	"context"
	"fmt"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// PreviewSessions returns what the rules would suggest for the next sessions at
// the place, at most course.PreviewSessions of them, if every suggestion is
// accepted and each session goes as assumed. It stores nothing. Refused as
// Suggestions is; domain.ErrNotFound before a plan is signed.
func (s *Service) PreviewSessions(ctx context.Context, id domain.PatientID, place program.Where, how course.Assumption) ([]course.Ahead, error) {
	return view(ctx, s, func(tx Tx) ([]course.Ahead, error) {
		f, err := s.adviceFacts(tx, id)
		if err != nil {
			return nil, err
		}
		out, err := s.course.Preview(s.inputAt(f, place), how)
		if err != nil {
			return nil, fmt.Errorf("preview: %w", err)
		}
		return out, nil
	})
}
