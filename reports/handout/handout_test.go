package handout_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
	"backtobar/reports/handout"
	"backtobar/reports/pdf"
)

var (
	update = flag.Bool("update", false, "write the goldens anew; look at the pages before committing")
	keep   = flag.String("keep", "", "keep the PDF files in this folder, to look at them")
)

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// tracks are the preparations, alone and together.
var tracks = map[string][]string{
	"0-pain": {"PAIN"}, "0-disability": {"DISABILITY"}, "0-mobility": {"MOBILITY"}, "0-strength": {"STRENGTH"},
	"0-education": {"EDUCATION"}, "0-all": {"DISABILITY", "EDUCATION", "MOBILITY", "PAIN", "STRENGTH"},
}

// sheet is an ordinary sheet for a sub-stage, or for a name in tracks.
func sheet(t testing.TB, name string) handout.Sheet {
	t.Helper()
	lib := must(program.Load(assets.Protocol))(t)
	code := program.Code(name)
	decision := screen.Decision{Outcome: screen.Ready, Stage: 4}
	if names, ok := tracks[name]; ok {
		code = program.Preparation
		decision = screen.Decision{Outcome: screen.NotReady, Tracks: names}
	}
	bells := []domain.Mass{
		{Value: domain.NewDecimal(8), Unit: domain.Kilogram},
		{Value: domain.NewDecimal(35), Unit: domain.Pound},
	}
	plan, problems := program.Prescribe(lib, program.Input{
		Decision: decision, Want: code, BodyMass: domain.Mass{Value: domain.NewDecimal(70), Unit: domain.Kilogram},
		Clinic: equipment.Inventory{Kettlebells: bells}, SupervisedPlace: true,
		Home: equipment.Home{Inventory: equipment.Inventory{Kettlebells: bells}, Barbell: equipment.Yes},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	date, _ := domain.NewDate(2026, 11, 22)
	return handout.Sheet{
		Clinic:    handout.Clinic{Name: "Harbor Back and Sport", Phone: "9545550100", Address: "Fort Lauderdale, FL", Hours: "Monday to Friday 7 am to 9 pm"},
		Therapist: handout.Therapist{Name: "R. Castello", Credentials: "PT, DPT"},
		FirstName: "Maria", Date: date, GoodUntil: date.AddDays(14),
		Plan: plan, Library: lib, Exercises: must(program.LoadHandoutText(assets.Handouts, "en", lib))(t),
		Text: must(handout.LoadText(assets.Handouts, "en"))(t), Poses: must(figure.Shipped())(t),
		Language: "en", Paper: doc.Letter,
	}
}

func names(t testing.TB) []string {
	t.Helper()
	out := []string{"0-all", "0-disability", "0-education", "0-mobility", "0-pain", "0-strength"}
	for _, s := range must(program.Load(assets.Protocol))(t).SubStages() {
		out = append(out, string(s.Code))
	}
	return out
}

func build(t testing.TB, s handout.Sheet) *doc.Document {
	t.Helper()
	d, problems := handout.Build(s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return d
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
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
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

func TestEverySheet(t *testing.T) {
	sums := ""
	for _, paper := range []doc.Paper{doc.Letter, doc.A4} {
		for _, name := range names(t) {
			s := sheet(t, name)
			s.Paper = paper
			d := build(t, s)
			if paper == doc.Letter {
				golden(t, name+".txt", doc.Dump(d))
			}
			b := must(pdf.Write(d))(t)
			sum := sha256.Sum256(b)
			sums += hex.EncodeToString(sum[:]) + "  " + string(paper) + " " + name + "\n"
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, string(paper)+"-"+name+".pdf"), b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	golden(t, "sha256.txt", sums)
}
