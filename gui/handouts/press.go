package handouts

import (
	"context"
	"fmt"
	"image"

	"backtobar/reports/doc"
	"backtobar/reports/pdf"
	"backtobar/reports/raster"
)

// previewScale is pixels a point of the preview's pictures: a Letter page is
// 1224 pixels wide, sharp when it fills a window.
const previewScale = 2

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
