package pdf_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/reports/doc"
	"backtobar/reports/pdf"
)

func sample() *doc.Document {
	ink, sky := doc.RGB(27, 38, 49), doc.RGB(0, 92, 122)
	date, _ := domain.NewDate(2026, 11, 22)
	return &doc.Document{Title: "Home program", Author: "Clínica del Mar", Language: "en", Date: date, Pages: []doc.Page{
		{W: 612, H: 792, Items: []doc.Item{
			doc.Text{X: 40, Y: 60, Size: 24, Bold: true, Colour: ink, Content: "Nguyễn, Łukasz, Muñoz"},
			doc.Rect{X: 40, Y: 80, W: 200, H: 40, Radius: 6, Fill: sky, Stroke: ink, Width: 1},
			doc.Line{X1: 40, Y1: 140, X2: 300, Y2: 150, Stroke: ink, Width: 2},
			doc.Polygon{Points: []doc.Point{{X: 40, Y: 200}, {X: 90, Y: 160}, {X: 140, Y: 200}}, Fill: sky, Stroke: ink, Width: 1},
			doc.Circle{X: 200, Y: 180, R: 20, Stroke: ink, Width: 3},
		}},
		{W: 612, H: 792, Items: []doc.Item{doc.Text{X: 40, Y: 60, Size: 12, Colour: ink, Content: "Page two"}}},
	}}
}

func TestSameDocumentSameBytes(t *testing.T) {
	first, err := pdf.Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		again, err := pdf.Write(sample())
		if err != nil || !bytes.Equal(first, again) {
			t.Fatal("two runs gave different bytes", err)
		}
	}
}

// run runs a tool of poppler-utils, which make test installs.
func run(t *testing.T, tool string, args ...string) string {
	t.Helper()
	out, err := exec.Command(tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

func TestReadByOthers(t *testing.T) {
	b, err := pdf.Write(sample())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if text := run(t, "pdftotext", file, "-"); !strings.Contains(text, "Nguyễn, Łukasz, Muñoz") || !strings.Contains(text, "Page two") {
		t.Errorf("the text reads back as %q", text)
	}
	info := run(t, "pdfinfo", file)
	for _, want := range []string{"Home program", "Clínica del Mar", "Back to Bar", "Pages:           2", "612 x 792", "Nov 22"} {
		if !strings.Contains(info, want) {
			t.Errorf("the properties lack %q:\n%s", want, info)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(run(t, "pdffonts", file)), "\n")[2:] {
		if !strings.Contains(line, "CID TrueType") || !strings.Contains(line, " yes ") {
			t.Errorf("a font is not embedded: %s", line)
		}
	}
}

func TestRefuses(t *testing.T) {
	d := sample()
	d.Pages[1].Items = []doc.Item{doc.Text{X: 40, Y: 60, Size: 12, Content: "三", Field: "clinic.name"}}
	var p domain.Problems
	if _, err := pdf.Write(d); !errors.As(err, &p) || p.For("clinic.name") == "" {
		t.Errorf("an empty box was written: %v", err)
	}
	d = sample()
	d.Date = domain.Date{}
	if _, err := pdf.Write(d); err == nil {
		t.Error("a document without a date was written")
	}
}
