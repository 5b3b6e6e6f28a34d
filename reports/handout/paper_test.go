package handout_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/handout"
	"backtobar/reports/pdf"
	"backtobar/reports/raster"
)

// run runs a tool of poppler-utils, which make test installs.
func run(t *testing.T, tool string, args ...string) string {
	t.Helper()
	out, err := exec.Command(tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

func written(t *testing.T, d *doc.Document) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(file, must(pdf.Write(d))(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// oneLine makes a text independent of where its lines break.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestEverySheetSaysWhatItMust reads the PDF back by other software.
func TestEverySheetSaysWhatItMust(t *testing.T) {
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			s := sheet(t, name)
			d := build(t, s)
			file := written(t, d)
			all := oneLine(run(t, "pdftotext", "-raw", file, "-"))
			must := []string{"For: Maria", "November 22, 2026", "Good until December 6, 2026", s.Clinic.Name, "(954) 555-0100",
				"R. Castello, PT, DPT", "Stop and call us: (954) 555-0100", "Call 911 or go to the ER now",
				"My week", "If it flares up", "Questions? Call (954) 555-0100."}
			for _, it := range s.Plan.Items {
				words := exercises(t, "en").Exercises[it.Exercise]
				if !it.OnSheet {
					continue
				}
				must = append(must, words.Title, words.Cue, words.Short)
				for _, w := range program.DoseWords(it.Dose, it.Load) {
					must = append(must, w.Strong, w.Rest)
				}
				if it.Dose.RIR > 0 {
					must = append(must, fmt.Sprintf("able to do %d more.", it.Dose.RIR))
				}
			}
			for _, want := range must {
				if !strings.Contains(all, want) {
					t.Errorf("the sheet lacks %q", want)
				}
			}
			checkPages(t, d, file, text(t, "en"))
		})
	}
}

func checkPages(t *testing.T, d *doc.Document, file string, text *handout.Text) {
	t.Helper()
	for i := range d.Pages {
		n := fmt.Sprint(i + 1)
		page := oneLine(run(t, "pdftotext", "-raw", "-f", n, "-l", n, file, "-"))
		for _, want := range []string{fmt.Sprintf("Page %s of %d", n, len(d.Pages)), "Maria"} {
			if !strings.Contains(page, want) {
				t.Errorf("page %s lacks %q", n, want)
			}
		}
		full := i == 0 || i == len(d.Pages)-1
		if strings.Contains(page, text.DisclaimerFull) != full || strings.Contains(page, text.Disclaimer) == full {
			t.Errorf("page %s: the full disclaimer belongs on the first and the last page, the short one between", n)
		}
		if i == 0 {
			words := oneLine(d.Pages[0].Words())
			for _, line := range append(append([]string{}, text.Stop...), text.ER...) {
				if !strings.Contains(words, line) {
					t.Errorf("page 1 lacks the warning sign %q", line)
				}
			}
		}
	}
}

// TestEitherDisclaimerIsWhole: a page has one of them, so each must say that the
// sheet is no medical advice for others and not to start deadlifting by it.
func TestEitherDisclaimerIsWhole(t *testing.T) {
	text := text(t, "en")
	for name, d := range map[string]struct {
		text string
		want []string
	}{
		"short": {text.Disclaimer, []string{"by their physical therapist", "not medical advice for anyone else", "to start deadlifting"}},
		"full":  {text.DisclaimerFull, []string{"Your physical therapist made this plan for you", "not general medical advice", "not for other people", "Do not start deadlifting"}},
	} {
		for _, want := range d.want {
			if !strings.Contains(d.text, want) {
				t.Errorf("the %s disclaimer lacks %q", name, want)
			}
		}
	}
}

// TestAWeekToTickForEveryWeek that the sheet counts: a second grid on a sheet
// that ends before it begins would ask for exercises that nobody prescribed.
func TestAWeekToTickForEveryWeek(t *testing.T) {
	for _, name := range []string{"0-pain", "1B", "2A"} {
		for days, want := range map[int]int{0: 1, 6: 1, 7: 1, 8: 2, 14: 2} {
			s := sheet(t, name)
			s.GoodUntil = s.Date.AddDays(days)
			got := 0
			for _, p := range build(t, s).Pages {
				got += strings.Count(p.Words(), text(t, "en").Week)
			}
			if got != want {
				t.Errorf("%s, good for %d days: %d weeks to tick, want %d", name, days, got, want)
			}
		}
	}
}

func TestOnlyTheStepOfThePatientIsFilled(t *testing.T) {
	for name, want := range map[string]int{"0-pain": 0, "1B": 1, "4C": 1} {
		filled := 0
		for _, item := range build(t, sheet(t, name)).Pages[0].Items {
			if r, ok := item.(doc.Rect); ok && r.Fill == doc.RGB(0x00, 0x5c, 0x7a) {
				filled++
			}
		}
		if filled != want {
			t.Errorf("%s: %d steps are filled, want %d", name, filled, want)
		}
	}
}

func TestThePainGuideCoversEveryPain(t *testing.T) {
	text := text(t, "en")
	for pain := 0; pain <= 10; pain++ {
		bands := 0
		for _, band := range text.Pain {
			if band.From <= pain && pain <= band.To {
				bands++
			}
		}
		if bands != 1 {
			t.Errorf("pain %d has %d bands, want 1", pain, bands)
		}
	}
	// No other text of the sheet may state a pain limit of its own.
	words := oneLine(build(t, sheet(t, "1B")).Pages[0].Words())
	for _, want := range []string{"0 to 2: Go ahead.", "3 to 5: OK if", "More than 5: Stop."} {
		if !strings.Contains(words, want) {
			t.Errorf("page 1 lacks %q in one piece: %s", want, words)
		}
	}
	if found := regexp.MustCompile(`(?i)pain (from )?\d`).FindString(words); found != "" {
		t.Errorf("another text states a limit: %q", found)
	}
}

// TestASheetWithoutWeightsSpeaksOfNone: advice to take a lighter weight helps
// nobody who has none to lift, and is needed by who has one.
func TestASheetWithoutWeightsSpeaksOfNone(t *testing.T) {
	with, without := 0, 0
	for _, name := range names(t) {
		s := sheet(t, name)
		weighted := false
		for _, it := range s.Plan.Items {
			e, _ := s.Library.Exercise(it.Exercise)
			weighted = weighted || it.OnSheet && (it.Load != nil || e.Needs == program.NeedsBarbell)
		}
		d := build(t, s)
		words := ""
		for _, p := range d.Pages {
			words += " " + p.Words()
		}
		words = oneLine(words)
		pain, flare := "More than 5: Stop. Do less next time. Call us", "Do the easy moves. Do less and go slower. Call us"
		if weighted {
			with++
			pain, flare = "More than 5: Stop. Use less weight next time. Call us", "Do the easy moves. Go back to a lighter weight. Call us"
		} else {
			without++
			for _, never := range []string{"less weight", "lighter weight", "sets the weight"} {
				if strings.Contains(words, never) {
					t.Errorf("%s has no weight and says %q", name, never)
				}
			}
		}
		for _, want := range []string{pain, flare} {
			if !strings.Contains(words, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	if with == 0 || without == 0 {
		t.Errorf("%d sheets with a weight and %d without: the test needs both", with, without)
	}
	// A barbell stage whose lift stays in the clinic prints no weight either.
	s := sheet(t, "4A")
	for i := range s.Plan.Items {
		e, _ := s.Library.Exercise(s.Plan.Items[i].Exercise)
		if s.Plan.Items[i].Load != nil || e.Needs == program.NeedsBarbell {
			s.Plan.Items[i].OnSheet, s.Plan.Items[i].OffSheetReason = false, "In the clinic only."
		}
	}
	if words := oneLine(build(t, s).Pages[0].Words()); !strings.Contains(words, "Do less next time.") {
		t.Errorf("page 1 without the lift: %s", words)
	}
}

func TestTheTextsAreCheckedWhole(t *testing.T) {
	whole, err := assets.Handouts.ReadFile("handouts/en/text.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"a hole in the pain guide": {`"from": 3`, `"from": 4`},
		"an overlap":               {`"to": 2`, `"to": 3`},
		"an end before 10":         {`"to": 10`, `"to": 9`},
		"a lost warning sign":      {`  "Fever with bad back pain and feeling very sick."`, `  ""`},
		"a lost stop line":         {`  "You feel dizzy or unwell."`, ``},
		"no flare without weight":  {`"flare_no_weight": "Sore`, `"flare_no_weight_x": "Sore`},
		"no disclaimer":            {`"disclaimer": "This`, `"disclaimer_x": "This`},
		"an empty title":           {`"title": "Your home program"`, `"title": ""`},
		"another language":         {`"language": "en"`, `"language": "es"`},
	} {
		text := strings.Replace(string(whole), edit[0], edit[1], 1)
		if text == string(whole) {
			t.Errorf("%s: nothing to edit", name)
		}
		if _, err := handout.LoadText(fstest.MapFS{"handouts/en/text.json": {Data: []byte(text)}}, "en"); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := handout.LoadText(assets.Handouts, "xx"); err == nil {
		t.Error("a language without a file was accepted")
	}
}

func TestBuildRefuses(t *testing.T) {
	for field, edit := range map[string]func(*handout.Sheet){
		"clinic.name":           func(s *handout.Sheet) { s.Clinic.Name = " " },
		"clinic.phone":          func(s *handout.Sheet) { s.Clinic.Phone = "" },
		"therapist.name":        func(s *handout.Sheet) { s.Therapist.Name = "" },
		"therapist.credentials": func(s *handout.Sheet) { s.Therapist.Credentials = "" },
		"patient.first_name":    func(s *handout.Sheet) { s.FirstName = "三郎" },
		"clinic.address":        func(s *handout.Sheet) { s.Clinic.Address = strings.Repeat("Long Road ", 21) },
		"clinic.hours":          func(s *handout.Sheet) { s.Clinic.Hours = "9 → 5" },
		"date":                  func(s *handout.Sheet) { s.Date = domain.Date{} },
		"good_until":            func(s *handout.Sheet) { s.GoodUntil = s.Date.AddDays(-1) },
		"language":              func(s *handout.Sheet) { s.Language = "fr" },
		"paper":                 func(s *handout.Sheet) { s.Paper = "legal" },
		"sub_stage":             func(s *handout.Sheet) { s.Plan.SubStage = "5A" },
		"plan":                  func(s *handout.Sheet) { s.Plan.Items[0].Exercise = "juggling" },
		"":                      func(s *handout.Sheet) { s.Words = nil },
	} {
		s := sheet(t, "2A")
		edit(&s)
		d, problems := handout.Build(s)
		found := false
		for _, p := range problems {
			found = found || p.Field == field && p.Text != ""
		}
		if d != nil || !found {
			t.Errorf("%q was not refused by its field: %v", field, problems)
		}
	}
	s := sheet(t, "2A")
	for i := range s.Plan.Items {
		s.Plan.Items[i].OnSheet, s.Plan.Items[i].OffSheetReason = false, "In the clinic only."
	}
	if _, problems := handout.Build(s); !strings.Contains(problems.For("sub_stage"), "In the clinic only.") {
		t.Errorf("an empty sheet was not refused: %v", problems)
	}
}

// TestLongTextsWrap: the longest that is allowed still fits, and nothing of it
// is lost.
func TestLongTextsWrap(t *testing.T) {
	s := sheet(t, "0-all")
	s.Clinic.Name = strings.Repeat("Wagga Wagga ", 6) + "Physio"
	s.Clinic.Address = strings.Repeat("Long Street ", 16) + "1"
	s.Clinic.Hours = strings.Repeat("Monday 7 am ", 16) + "pm"
	s.FirstName = strings.Repeat("Maximiliana-", 6) + "Konst"
	s.Therapist.Name = strings.Repeat("Wolfeschlegel", 6)
	d := build(t, s)
	squeeze := strings.NewReplacer(" ", "", "\n", "").Replace
	words := squeeze(d.Pages[0].Words())
	for _, want := range []string{s.Clinic.Name, s.Clinic.Address, s.Clinic.Hours, s.FirstName, s.Therapist.Name} {
		if !strings.Contains(words, squeeze(want)) {
			t.Errorf("page 1 lost part of %q", want)
		}
	}
	noOverlap(t, d)
}

func TestTextsDoNotOverlap(t *testing.T) {
	for _, name := range names(t) {
		for _, k := range kinds {
			noOverlap(t, build(t, k.of(sheet(t, name))))
		}
	}
}

// noOverlap finds texts that run into each other.
func noOverlap(t *testing.T, d *doc.Document) {
	t.Helper()
	for _, problem := range overlaps(d) {
		t.Error(problem)
	}
}

func overlaps(d *doc.Document) (out []string) {
	fonts, err := doc.LoadFonts()
	if err != nil {
		return []string{err.Error()}
	}
	for n, p := range d.Pages {
		type ink struct {
			doc.Text
			right float64
		}
		var texts []ink
		for _, item := range p.Items {
			if x, ok := item.(doc.Text); ok {
				texts = append(texts, ink{x, x.X + fonts.Width(x.Content, x.Size, x.Bold)})
			}
		}
		for i, a := range texts {
			for _, b := range texts[i+1:] {
				wide := min(a.right, b.right) - max(a.X, b.X)
				high := min(a.Y, b.Y) - max(a.Y-a.Size*0.72, b.Y-b.Size*0.72)
				if wide > 0.5 && high > 0.5 {
					out = append(out, fmt.Sprintf("page %d: %q and %q overlap", n+1, a.Content, b.Content))
				}
			}
		}
	}
	return out
}

func TestNamesPrintAsWritten(t *testing.T) {
	for typed, want := range map[string]string{
		"Muñoz": "Muñoz", "Nguyễn": "Nguyễn", "O'Neil": "O'Neil", "Łukasz": "Łukasz",
		"Jose\u0301": "José", "  Ana\u00a0 Maria ": "Ana Maria",
	} {
		s := sheet(t, "1B")
		s.FirstName = typed
		text := oneLine(run(t, "pdftotext", "-raw", written(t, build(t, s)), "-"))
		if !strings.Contains(text, "For: "+want) {
			t.Errorf("%q did not print as %q", typed, want)
		}
	}
}

func TestPracticeIsOnEveryPage(t *testing.T) {
	s := sheet(t, "1B")
	s.Practice = true
	for i, p := range build(t, s).Pages {
		if !strings.Contains(p.Words(), "Practice sheet") {
			t.Errorf("page %d does not say that it is practice", i+1)
		}
	}
}

// TestPreviewIsThePage compares the window's picture with the PDF drawn by
// other software.
func TestPreviewIsThePage(t *testing.T) {
	d := build(t, sheet(t, "2A"))
	file := written(t, d)
	for i, page := range d.Pages {
		n := fmt.Sprint(i + 1)
		stem := filepath.Join(t.TempDir(), "page")
		run(t, "pdftoppm", "-r", "144", "-f", n, "-l", n, "-singlefile", "-png", file, stem)
		b, err := os.ReadFile(stem + ".png")
		if err != nil {
			t.Fatal(err)
		}
		other, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		ours := must(raster.Page(page, 2))(t)
		if ours.Bounds() != other.Bounds() {
			t.Fatalf("page %s: sizes %v and %v", n, ours.Bounds(), other.Bounds())
		}
		if d := apart(ours, other); d > 0.01 {
			t.Errorf("page %s: %.2f %% of the preview is not the page", n, 100*d)
		}
	}
}

// apart is the share of pixels that differ by more than the smoothing of edges
// explains.
func apart(a, b image.Image) float64 {
	count := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			sum := 0
			for _, p := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}} {
				sum += int(max(p[0], p[1])-min(p[0], p[1])) >> 8
			}
			if sum > 3*100 {
				count++
			}
		}
	}
	return float64(count) / float64(a.Bounds().Dx()*a.Bounds().Dy())
}
