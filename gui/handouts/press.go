package handouts

import (
	"context"

	"backtobar/domain/program"
	"backtobar/gui/paper"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
	"backtobar/reports/handout"
)

// Material is what the press needs besides the order: the route, the words in
// every language, and the drawings.
type Material struct {
	Route *program.Library
	Words *handout.Words
	Poses *figure.Poses
}

// NewPress returns the press of the program.
func NewPress(w Material) Press {
	return func(ctx context.Context, o Order) (Sheet, error) {
		d, problems := handout.Build(handout.Sheet{
			Clinic:    handout.Clinic{Name: o.Settings.ClinicName, Phone: o.Settings.Phone, Address: o.Settings.Address, Hours: o.Settings.Hours},
			Therapist: handout.Therapist{Name: o.Plan.Signature.By.Name, Credentials: o.Plan.Signature.By.Credentials},
			FirstName: o.FirstName,
			Date:      o.Date,
			GoodUntil: o.Until,
			Plan:      o.Plan.Plan,
			Library:   w.Route, Words: w.Words, Poses: w.Poses,
			Language: o.Language, Paper: doc.Paper(o.Paper), LargePrint: o.Large, Practice: o.Practice,
		})
		if err := problems.Err(); err != nil {
			return Sheet{}, err
		}
		s, err := paper.Of(ctx, d)
		return Sheet{Sheet: s, On: w.Words.Date(o.Language, o.Date), Unreviewed: !w.Words.Reviewed(o.Language)}, err
	}
}
