package handouts

import (
	"context"
	"fmt"
	"image"

	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
	"backtobar/reports/handout"
	"backtobar/reports/pdf"
	"backtobar/reports/raster"
)

// previewScale is pixels a point of the preview's pictures: a Letter page is
// 1224 pixels wide, sharp when it fills a window.
const previewScale = 2

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
		s, err := sheetOf(ctx, d)
		s.On, s.Unreviewed = w.Words.Date(o.Language, o.Date), !w.Words.Reviewed(o.Language)
		return s, err
	}
}

// sheetOf draws one layout twice: as the file, and as the pictures of it.
func sheetOf(ctx context.Context, d *doc.Document) (Sheet, error) {
	file, err := pdf.Write(d)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{PDF: file}
	for i, p := range d.Pages {
		if err := ctx.Err(); err != nil {
			return Sheet{}, err
		}
		picture, err := raster.Page(p, previewScale)
		if err != nil {
			return Sheet{}, fmt.Errorf("draw page %d: %w", i+1, err)
		}
		s.Pictures = append(s.Pictures, image.Image(picture))
		s.Words = append(s.Words, p.Words())
	}
	return s, nil
}
