// Package pdf writes a display list as a PDF file. It is the only place that
// knows the PDF library, which its authors no longer change: to replace it is
// to replace this package.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/jung-kurt/gofpdf"

	"backtobar/reports/doc"
)

// Producer stands in the file's properties. It carries no version, so that the
// same sheet stays the same bytes from one release to the next.
const Producer = "Back to Bar"

const family = "NotoSans"

// Write returns the document as a PDF file with the typeface embedded. The
// same document gives the same bytes on every run. Errors that a person can
// put right are domain.Problems: a character that cannot be printed, a text
// beyond the edge of the page.
func Write(d *doc.Document) ([]byte, error) {
	fonts, err := doc.LoadFonts()
	if err != nil {
		return nil, err
	}
	if err := doc.Check(d, fonts).Err(); err != nil {
		return nil, err
	}
	if d.Date.IsZero() {
		return nil, errors.New("pdf: the document has no date")
	}
	p := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: d.Pages[0].W, Ht: d.Pages[0].H}})
	setProperties(p, d)
	for _, bold := range []bool{false, true} {
		_, file := fonts.Font(bold)
		// The library writes into the bytes it is given.
		p.AddUTF8FontFromBytes(family, style(bold), bytes.Clone(file))
	}
	for _, page := range d.Pages {
		p.AddPageFormat("P", gofpdf.SizeType{Wd: page.W, Ht: page.H})
		for _, item := range page.Items {
			draw(p, item)
		}
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return out.Bytes(), nil
}

func setProperties(p *gofpdf.Fpdf, d *doc.Document) {
	// Without a sorted catalogue and fixed dates every run gives other bytes.
	p.SetCatalogSort(true)
	made := time.Date(d.Date.Year, d.Date.Month, d.Date.Day, 12, 0, 0, 0, time.UTC)
	p.SetCreationDate(made)
	p.SetModificationDate(made)
	p.SetProducer(Producer, true)
	p.SetCreator(Producer, true)
	p.SetTitle(d.Title, true)
	p.SetAuthor(d.Author, true)
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	p.SetLineCapStyle("round")
	p.SetLineJoinStyle("round")
}

func style(bold bool) string {
	if bold {
		return "B"
	}
	return ""
}

// paint sets the colours and returns the library's word for filled, drawn or
// both; "" when there is nothing to draw.
func paint(p *gofpdf.Fpdf, fill, stroke doc.Colour, width float64) string {
	out := ""
	if fill.On {
		p.SetFillColor(int(fill.R), int(fill.G), int(fill.B))
		out = "F"
	}
	if stroke.On && width > 0 {
		p.SetDrawColor(int(stroke.R), int(stroke.G), int(stroke.B))
		p.SetLineWidth(width)
		out += "D"
	}
	return out
}

func draw(p *gofpdf.Fpdf, item doc.Item) {
	switch x := item.(type) {
	case doc.Text:
		p.SetFont(family, style(x.Bold), x.Size)
		p.SetTextColor(int(x.Colour.R), int(x.Colour.G), int(x.Colour.B))
		p.Text(x.X, x.Y, x.Content)
	case doc.Rect:
		if how := paint(p, x.Fill, x.Stroke, x.Width); how != "" {
			p.RoundedRect(x.X, x.Y, x.W, x.H, x.Radius, "1234", how)
		}
	case doc.Line:
		if how := paint(p, doc.Colour{}, x.Stroke, x.Width); how != "" {
			p.Line(x.X1, x.Y1, x.X2, x.Y2)
		}
	case doc.Polygon:
		if how := paint(p, x.Fill, x.Stroke, x.Width); how != "" {
			points := make([]gofpdf.PointType, len(x.Points))
			for i, q := range x.Points {
				points[i] = gofpdf.PointType{X: q.X, Y: q.Y}
			}
			p.Polygon(points, how)
		}
	case doc.Circle:
		if how := paint(p, x.Fill, x.Stroke, x.Width); how != "" {
			p.Circle(x.X, x.Y, x.R, how)
		}
	}
}
