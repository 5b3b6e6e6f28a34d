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
		Plan: plan, Library: lib, Words: must(handout.LoadWords(assets.Handouts, lib))(t), Poses: must(figure.Shipped())(t),
		Language: "en", Paper: doc.Letter,
	}
}

// text and exercises are the words of a language as the files have them.
func text(t testing.TB, language string) *handout.Text {
	t.Helper()
	return must(handout.LoadText(assets.Handouts, language))(t)
}

func exercises(t testing.TB, language string) *program.HandoutText {
	t.Helper()
	return must(program.LoadHandoutText(assets.Handouts, language, must(program.Load(assets.Protocol))(t)))(t)
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

// kind is one of the ways to print a sheet.
type kind struct {
	paper    doc.Paper
	language string
	large    bool
}

var kinds = []kind{{doc.Letter, "en", false}, {doc.A4, "en", false}, {doc.Letter, "es", false}, {doc.A4, "es", false},
	{doc.Letter, "en", true}, {doc.A4, "en", true}, {doc.Letter, "es", true}, {doc.A4, "es", true}}

func (k kind) of(s handout.Sheet) handout.Sheet {
	s.Paper, s.Language, s.LargePrint = k.paper, k.language, k.large
	return s
}

// folder is where the goldens of a kind stand.
func (k kind) folder() string {
	out := ""
	if k.language != "en" {
		out = k.language + "-"
	}
	if k.large {
		out += "large-"
	}
	return out
}

// String is "letter en standard".
func (k kind) String() string {
	size := "standard"
	if k.large {
		size = "large"
	}
	return string(k.paper) + " " + k.language + " " + size
}

func TestEverySheet(t *testing.T) {
	sums := ""
	for _, kind := range kinds {
		for _, name := range names(t) {
			d := build(t, kind.of(sheet(t, name)))
			if kind.paper == doc.Letter {
				golden(t, kind.folder()+name+".txt", doc.Dump(d))
			}
			b := must(pdf.Write(d))(t)
			sum := sha256.Sum256(b)
			sums += hex.EncodeToString(sum[:]) + "  " + kind.String() + " " + name + "\n"
			if *keep != "" {
				file := strings.ReplaceAll(kind.String()+"-"+name+".pdf", " ", "-")
				if err := os.WriteFile(filepath.Join(*keep, file), b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	golden(t, "sha256.txt", sums)
}

// sizes are the standard and the large print.
var sizes = []bool{false, true}

// mass reads "8 kg".
func mass(t testing.TB, s string) domain.Mass {
	t.Helper()
	value, unit, _ := strings.Cut(s, " ")
	return domain.Mass{Value: must(domain.ParseDecimal(value))(t), Unit: domain.MassUnit(unit)}
}
