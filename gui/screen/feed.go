package screen

import (
	"context"

	"backtobar/domain/clinic"
	"backtobar/gui/look"
)

// feed brings answers from the measurements into the form, so that a test of
// last week is not typed again.
func (s *Section) feed(ctx context.Context) {
	if !s.filling {
		return
	}
	list, err := s.svc.MeasuredAnswers(ctx, s.patient)
	if err != nil {
		s.host.Notify(look.Attention, clinic.Sentence(err)+" The form begins without the earlier measurements.")
		return
	}
	if s.model.feed(list) {
		s.model.evaluate()
	}
}
