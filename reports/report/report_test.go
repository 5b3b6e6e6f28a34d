package report_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain/clinic"
	"backtobar/reports/doc"
	"backtobar/reports/pdf"
	"backtobar/reports/report"
)

var (
	update = flag.Bool("update", false, "write the goldens anew; look at the pages before committing")
	keep   = flag.String("keep", "", "keep the PDF files in this folder, to look at them")
)

// kinds are the papers that a course has.
func kinds(name string) []clinic.PaperKind {
	switch name {
	case "emergency", "urgent", "hold":
		return []clinic.PaperKind{clinic.PaperSummary, clinic.PaperReferral}
	case "ready":
		return []clinic.PaperKind{clinic.PaperSummary, clinic.PaperIntake, clinic.PaperScreen}
	}
	return []clinic.PaperKind{clinic.PaperSummary}
}

// golden compares with a file in testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := must(os.ReadFile(name))(t)
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s:%d\n got %s\nwant %s\nrun with -update if the change is meant, and look at the pages", name, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s: %d lines, want %d", name, len(a), len(b))
}

// TestEveryPaper holds each paper to its words and its bytes, on both sizes,
// and to being the same when made again.
func TestEveryPaper(t *testing.T) {
	sums := ""
	for _, name := range names {
		d := history(t, name)
		for _, kind := range kinds(name) {
			for _, paper := range []doc.Paper{doc.Letter, doc.A4} {
				title := name + "-" + string(kind)
				o := d.order(kind, paper)
				made := build(t, o)
				b := must(pdf.Write(made))(t)
				if again := must(pdf.Write(build(t, o)))(t); string(again) != string(b) {
					t.Errorf("%s on %s is not the same bytes again", title, paper)
				}
				if paper == doc.Letter {
					golden(t, title+".txt", doc.Dump(made))
				}
				sum := sha256.Sum256(b)
				sums += hex.EncodeToString(sum[:]) + "  " + string(paper) + " " + title + "\n"
				if *keep != "" {
					if err := os.WriteFile(filepath.Join(*keep, string(paper)+"-"+title+".pdf"), b, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				checkPages(t, kind, made)
			}
		}
	}
	golden(t, "sha256.txt", sums)
}

// oneLine makes a text independent of where its lines break.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// checkPages holds every page of a paper to what each must carry.
func checkPages(t tester, kind clinic.PaperKind, d *doc.Document) {
	t.Helper()
	notice := report.Disclaimer
	if !kind.OfScreen() {
		notice = report.BlankDisclaimer
	}
	onEveryPage(t, d, notice, "MUÑOZ, Ana María", "Mar 14, 1986", "Chart 000001", "(954) 555-0100")
}

// failer is a test, or one draw of a random one.
type failer interface {
	Helper()
	Errorf(string, ...any)
	Fatal(...any)
}

// onEveryPage holds every page to its words, its number, the least size of type
// and the margins.
func onEveryPage(t failer, d *doc.Document, wants ...string) {
	t.Helper()
	fonts, err := doc.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range d.Pages {
		words := oneLine(p.Words())
		for _, want := range append(wants, fmt.Sprintf("Page %d of %d", i+1, len(d.Pages))) {
			if !strings.Contains(words, want) {
				t.Errorf("page %d lacks %q", i+1, want)
			}
		}
		for _, item := range p.Items {
			x, ok := item.(doc.Text)
			if !ok {
				continue
			}
			if x.Size < 9 {
				t.Errorf("page %d: %q is set in %g points", i+1, x.Content, x.Size)
			}
			if end := x.X + fonts.Width(x.Content, x.Size, x.Bold); x.X < 39.9 || end > p.W-39.9 || x.Y > p.H-39.9 {
				t.Errorf("page %d: %q leaves the margins", i+1, x.Content)
			}
		}
	}
}
