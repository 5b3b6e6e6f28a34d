package doc_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/reports/doc"
)

func fonts(t testing.TB) *doc.Fonts {
	t.Helper()
	f, err := doc.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWidthIsTheSumOfTheFontsWidths(t *testing.T) {
	f := fonts(t)
	// Noto Sans has 1000 units an em; H is 741 wide in regular.
	if got := f.Width("HH", 1000, false); got != 1482 {
		t.Errorf("HH is %g wide, want 1482", got)
	}
	if f.Width("H", 12, true) <= f.Width("H", 12, false) {
		t.Error("bold is not wider")
	}
}

func TestWrap(t *testing.T) {
	f := fonts(t)
	for text, want := range map[string]string{
		"": "", "  ": "", "one": "one", " one  two ": "one two",
		"Bend your knees a little.": "Bend your knees|a little.",
	} {
		if got := strings.Join(f.Wrap(text, 12, false, 100), "|"); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if got := f.Wrap("Donaudampfschifffahrt", 12, false, 60); len(got) < 2 || strings.Join(got, "") != "Donaudampfschifffahrt" {
		t.Errorf("a long word became %q", got)
	}
}

func TestWrapLosesNothingAndFits(t *testing.T) {
	f := fonts(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-zÀ-ž' ]{0,80}`).Draw(t, "text")
		width := rapid.Float64Range(20, 300).Draw(t, "width")
		lines := f.Wrap(text, 12, false, width)
		squeezed := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		if want := strings.Join(strings.Fields(text), ""); squeezed != want {
			t.Fatalf("%q became %q", text, lines)
		}
		for _, line := range lines {
			if len([]rune(line)) > 1 && f.Width(line, 12, false) > width {
				t.Fatalf("%q is longer than %g", line, width)
			}
		}
	})
}

func TestNamesCanBePrinted(t *testing.T) {
	f := fonts(t)
	for _, name := range []string{"Muñoz", "Nguyễn", "O'Neil", "O’Neil", "Łukasz", "Žižek", "Đặng Thị Hồng", "Ἀλέξανδρος", "Ольга"} {
		for _, bold := range []bool{false, true} {
			if text := f.Unprintable(norm.NFC.String(name), bold); text != "" {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
	for _, bad := range []string{"三郎", "محمد", "😀", "a\u200bb", "a\x00b", "tab\tin"} {
		if f.Unprintable(bad, false) == "" {
			t.Errorf("%q would print an empty box", bad)
		}
	}
}

func page(items ...doc.Item) *doc.Document {
	return &doc.Document{Title: "Test", Pages: []doc.Page{{W: 200, H: 100, Items: items}}}
}

func TestCheckNamesTheField(t *testing.T) {
	f := fonts(t)
	black := doc.RGB(0, 0, 0)
	text := func(x, y float64, s string) doc.Text {
		return doc.Text{X: x, Y: y, Size: 12, Colour: black, Content: s, Field: "patient.first_name"}
	}
	if p := doc.Check(page(text(10, 50, "Maria")), f); len(p) > 0 {
		t.Error(p)
	}
	for name, d := range map[string]*doc.Document{
		"missing glyph": page(text(10, 50, "三")),
		"over the edge": page(text(180, 50, "Maria")),
		"above the top": page(text(10, 5, "Maria")),
	} {
		if doc.Check(d, f).For("patient.first_name") == "" {
			t.Errorf("%s: not found", name)
		}
	}
	for name, item := range map[string]doc.Item{
		"rect": doc.Rect{X: 150, W: 60, H: 10}, "line": doc.Line{X2: 201},
		"circle":  doc.Circle{X: 5, Y: 50, R: 6},
		"polygon": doc.Polygon{Points: []doc.Point{{X: 1, Y: 1}, {X: 2, Y: 101}, {X: 3, Y: 1}}},
	} {
		if len(doc.Check(page(item), f)) != 1 {
			t.Errorf("a %s over the edge was not found", name)
		}
	}
	if len(doc.Check(&doc.Document{}, f)) == 0 {
		t.Error("a document without a page was accepted")
	}
}

func TestDumpAndWords(t *testing.T) {
	black := doc.RGB(0, 0, 0)
	d := page(
		doc.Text{X: 1, Y: 20, Size: 12, Bold: true, Colour: black, Content: "Two"},
		doc.Rect{X: 1, Y: 2, W: 3, H: 4, Radius: 1, Fill: black},
		doc.Line{X2: 5, Stroke: black, Width: 1},
		doc.Polygon{Points: []doc.Point{{X: 1, Y: 1}, {X: 2, Y: 3}, {X: 3, Y: 1}}, Fill: black},
		doc.Circle{X: 9, Y: 9, R: 2, Stroke: black, Width: 0.5})
	d.Date, _ = domain.NewDate(2026, 11, 22)
	const want = `document "Test" by "" language  date 2026-11-22
page 1 of 1, 200 x 100
  text 1.00 20.00 12 bold #000000 "Two"
  rect 1.00 2.00 3.00 x 4.00 radius 1 fill #000000 stroke none 0
  line 0.00 0.00 to 5.00 0.00 #000000 1.00
  polygon of 3 in 1.00 1.00 to 3.00 3.00 fill #000000 stroke none 0.00
  circle 9.00 9.00 radius 2.00 fill none stroke #000000 0.50
`
	if got := doc.Dump(d); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := d.Pages[0].Words(); got != "Two\n" {
		t.Errorf("words are %q", got)
	}
	if _, _, ok := doc.Paper("legal").Size(); ok {
		t.Error("an unknown paper has a size")
	}
}
