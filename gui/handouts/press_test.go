package handouts

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"backtobar/domain/clinic"
	"backtobar/reports/doc"
)

func onePage(text string) *doc.Document {
	p := doc.Page{W: 612, H: 792}
	p.Add(doc.Text{X: 40, Y: 60, Size: 12, Colour: doc.RGB(0, 0, 0), Content: text, Field: "title"})
	return &doc.Document{Title: "Home program", Author: "Clinic", Language: "en", Date: today, Pages: []doc.Page{p}}
}

func TestFileAndPicturesComeFromOneLayout(t *testing.T) {
	s, err := sheetOf(context.Background(), onePage("For: Maria"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(s.PDF, []byte("%PDF-")) || len(s.Pictures) != 1 || !strings.Contains(s.Words[0], "For: Maria") {
		t.Errorf("%d bytes, %d pictures, words %q", len(s.PDF), len(s.Pictures), s.Words)
	}
	if b := s.Pictures[0].Bounds(); b.Dx() != 1224 || b.Dy() != 1584 {
		t.Errorf("the picture is %v", b)
	}
	again, err := sheetOf(context.Background(), onePage("For: Maria"))
	if err != nil || !bytes.Equal(s.PDF, again.PDF) {
		t.Errorf("the same sheet has other bytes: %v", err)
	}
}

func TestALetterThatCannotBePrintedStopsTheSheet(t *testing.T) {
	if _, err := sheetOf(context.Background(), onePage("For: \U0001F3CB")); len(clinic.Reasons(err)) == 0 {
		t.Errorf("no reason: %v", err)
	}
}
