package handout_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"backtobar/assets"
	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/handout"
)

// edited is the shipped texts with one replacement in one file.
func edited(t *testing.T, name, old, with string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	for _, file := range []string{"en/text.json", "en/exercises.json", "es/text.json", "es/exercises.json"} {
		b := string(must(assets.Handouts.ReadFile("handouts/" + file))(t))
		if file == name {
			if !strings.Contains(b, old) {
				t.Fatalf("%s has no %q", name, old)
			}
			b = strings.Replace(b, old, with, 1)
		}
		if b != "" {
			out["handouts/"+file] = &fstest.MapFile{Data: []byte(b)}
		}
	}
	return out
}

// TestAMissingTranslationBlocksItsLanguage and no other.
func TestAMissingTranslationBlocksItsLanguage(t *testing.T) {
	lib := must(program.Load(assets.Protocol))(t)
	for name, c := range map[string]struct{ file, old, with, want string }{
		"a key is gone":              {"es/text.json", `"log": "Anote lo que hizo cada día. Traiga esta hoja.",`, ``, "log"},
		"a word is empty":            {"es/text.json", `"rest": "de descanso"`, `"rest": " "`, "dose.rest"},
		"a brace is gone":            {"es/text.json", `Llame al {phone}.`, `Llame.`, "call"},
		"a pain limit is another":    {"es/text.json", `"from": 3, "to": 5`, `"from": 3, "to": 6`, "pain"},
		"the words without a weight": {"es/text.json", `,` + "\n" + `   "no_weight": "Pare. La próxima vez haga menos. Llámenos si no baja."`, ``, "no_weight"},
		"an exercise is gone":        {"es/exercises.json", `"bridge": {`, `"brid": {`, "bridge"},
		"a step is gone":             {"es/exercises.json", `    "Camine en piso plano.",` + "\n", ``, "walking"},
		"an exercise needs nothing":  {"es/exercises.json", `"need": "Buenos zapatos"`, `"need": ""`, "walking.need"},
		"no mark":                    {"es/text.json", `"not_reviewed": "No revisado por un traductor certificado.",`, ``, "not_reviewed"},
		"reviewed on no day":         {"es/text.json", `"reviewed_by": ""`, `"reviewed_by": "A. Perez"`, "reviewed_by"},
		"exercises reviewed so":      {"es/exercises.json", `"reviewed_on": ""`, `"reviewed_on": "2026-11-01"`, "reviewed_by"},
	} {
		t.Run(name, func(t *testing.T) {
			words, err := handout.LoadWords(edited(t, c.file, c.old, c.with), lib)
			if err != nil {
				t.Fatal(err)
			}
			if got := words.Blocked("es"); !strings.Contains(got, c.want) || !strings.Contains(got, "no Spanish sheet is printed") {
				t.Errorf("said %q, want %q in it", got, c.want)
			}
			s := sheet(t, "1B")
			s.Words = words
			build(t, s)
			s.Language = "es"
			if _, p := handout.Build(s); p.For("language") == "" {
				t.Errorf("printed with gaps: %v", p)
			}
			if words.Date("es", s.Date) != "" {
				t.Error("a language that is kept out writes dates")
			}
		})
	}
	if _, err := handout.LoadWords(edited(t, "en/text.json", `"log"`, `"lag"`), lib); err == nil {
		t.Error("English with a gap was accepted")
	}
	for language, want := range map[string]bool{"en": false, "es": false, "fr": true, "": true} {
		if got := sheet(t, "1B").Words.Blocked(language); (got != "") != want {
			t.Errorf("%q: %q", language, got)
		}
	}
}

// TestAnUnreviewedTranslationSaysSo on every page, until a translator's name
// and day stand in both files.
func TestAnUnreviewedTranslationSaysSo(t *testing.T) {
	const mark = "No revisado por un traductor"
	reviewed := func(t *testing.T, files ...string) fs.FS {
		out := fstest.MapFS{}
		for _, name := range []string{"en/text.json", "en/exercises.json", "es/text.json", "es/exercises.json"} {
			b := string(must(assets.Handouts.ReadFile("handouts/" + name))(t))
			for _, f := range files {
				if f == name {
					b = strings.Replace(b, `"reviewed_by": ""`, `"reviewed_by": "A. Perez"`, 1)
					b = strings.Replace(b, `"reviewed_on": ""`, `"reviewed_on": "2026-11-01"`, 1)
				}
			}
			out["handouts/"+name] = &fstest.MapFile{Data: []byte(b)}
		}
		return out
	}
	lib := must(program.Load(assets.Protocol))(t)
	for name, c := range map[string]struct {
		files    []string
		language string
		want     bool
	}{
		"Spanish as it is": {nil, "es", true},
		"English":          {nil, "en", false},
		"one file":         {[]string{"es/text.json"}, "es", true},
		"the other file":   {[]string{"es/exercises.json"}, "es", true},
		"both files":       {[]string{"es/text.json", "es/exercises.json"}, "es", false},
	} {
		for _, large := range sizes {
			s := sheet(t, "2A")
			s.Words = must(handout.LoadWords(reviewed(t, c.files...), lib))(t)
			s.Language, s.LargePrint = c.language, large
			for i, p := range build(t, s).Pages {
				if got := strings.Contains(oneLine(p.Words()), mark); got != c.want {
					t.Errorf("%s, large %v, page %d: marked is %v, want %v", name, large, i+1, got, c.want)
				}
			}
			if s.Words.Reviewed(c.language) == c.want {
				t.Errorf("%s: reviewed is %v", name, !c.want)
			}
		}
	}
}

// TestTheDoseReadsTheSameOnScreenAndPaper: the English file and the screens have
// the same words.
func TestTheDoseReadsTheSameOnScreenAndPaper(t *testing.T) {
	lib := must(program.Load(assets.Protocol))(t)
	names := text(t, "en").Dose
	for _, e := range lib.Exercises {
		if got, want := words(names.Words(e.Dose, nil)), words(program.DoseWords(e.Dose, nil)); got != want {
			t.Errorf("%s: paper %q, screen %q", e.ID, got, want)
		}
	}
}

func words(w []program.DoseWord) string {
	out := ""
	for _, x := range w {
		out += x.String() + ", "
	}
	return out
}

// TestSpanishDoses: numbers with their words, one and many.
func TestSpanishDoses(t *testing.T) {
	r := func(min, max int) program.Range { return program.Range{Min: min, Max: max} }
	for want, d := range map[string]program.Dose{
		"3 series, 8 a 10 veces cada una, 3 días por semana, 60 a 90 segundos de descanso, ":    {Sets: r(3, 3), Reps: r(8, 10), DaysPerWeek: r(3, 3), RestSeconds: r(60, 90)},
		"1 serie, 6 por lado, 8 segundos sin moverse, 1 día por semana, 1 minuto de descanso, ": {Sets: r(1, 1), Reps: r(6, 6), PerSide: true, HoldSeconds: r(8, 8), DaysPerWeek: r(1, 1), RestSeconds: r(60, 60)},
		"10 minutos cada día, 7 días por semana, ":                                              {Minutes: r(10, 10), DaysPerWeek: r(7, 7)},
		"3 series, 1 por lado, 20 metros, 1 a 2 días por semana, 2 a 3 minutos de descanso, ":   {Sets: r(3, 3), Reps: r(1, 1), PerSide: true, Metres: r(20, 20), DaysPerWeek: r(1, 2), RestSeconds: r(120, 180)},
	} {
		if got := words(text(t, "es").Dose.Words(d, nil)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for want, m := range map[string]string{"8 kilogramos": "8 kg", "1 kilogramo": "1 kg", "2.5 kilogramos": "2.5 kg", "35 libras": "35 lb", "1 libra": "1 lb"} {
		load := mass(t, m)
		if got := text(t, "es").Dose.Words(program.Dose{}, &load)[0].String(); got != want {
			t.Errorf("%s is %q, want %q", m, got, want)
		}
	}
}

// TestSpanishSheetIsSpanish: no English word of the fixed texts is left on it.
func TestSpanishSheetIsSpanish(t *testing.T) {
	for _, name := range names(t) {
		s := sheet(t, name)
		s.Language, s.Paper = "es", doc.Letter
		d := build(t, s)
		all := ""
		for _, p := range d.Pages {
			all += " " + oneLine(p.Words())
		}
		for _, want := range []string{"Para: Maria", "22 de noviembre de 2026", "Vale hasta el 6 de diciembre de 2026.", "Pare y llámenos: (954) 555-0100",
			"0 a 2: Siga.", "Más de 5: Pare."} {
			if !strings.Contains(all, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		for _, never := range []string{" the ", " your ", " sets", " days", "pounds", "kilograms", "Start", "November", "Page", "{"} {
			if strings.Contains(all, never) {
				t.Errorf("%s has %q", name, never)
			}
		}
	}
}
