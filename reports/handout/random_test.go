package handout_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/program"
	"backtobar/reports/doc"
	"backtobar/reports/handout"
)

// wordy is the shipped words with the cue of every exercise twice as long.
func wordy(t testing.TB, lib *program.Library) *handout.Words {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, language := range []string{"en", "es"} {
		raw := must(assets.Handouts.ReadFile("handouts/" + language + "/exercises.json"))(t)
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		for _, e := range all["exercises"].(map[string]any) {
			e := e.(map[string]any)
			e["cue"] = e["cue"].(string) + " " + e["cue"].(string)
		}
		fsys["handouts/"+language+"/exercises.json"] = &fstest.MapFile{Data: must(json.Marshal(all))(t)}
		fsys["handouts/"+language+"/text.json"] = &fstest.MapFile{Data: must(assets.Handouts.ReadFile("handouts/" + language + "/text.json"))(t)}
	}
	return must(handout.LoadWords(fsys, lib))(t)
}

// span is a range within limits, a single number as often as not.
func span(t *rapid.T, label string, least, most int) program.Range {
	min := rapid.IntRange(least, most).Draw(t, label)
	if rapid.Bool().Draw(t, label+" single") {
		return program.Range{Min: min, Max: min}
	}
	return program.Range{Min: min, Max: rapid.IntRange(min, most).Draw(t, label+" to")}
}

// dose is any dose that the route may hold; nothing is both held and carried.
func dose(t *rapid.T) program.Dose {
	d := program.Dose{DaysPerWeek: span(t, "days", 1, 7)}
	if rapid.IntRange(0, 5).Draw(t, "timed") == 0 {
		d.Minutes = span(t, "minutes", 1, 60)
		return d
	}
	d.Sets, d.Reps, d.RestSeconds = span(t, "sets", 1, 10), span(t, "reps", 1, 30), span(t, "rest", 15, 600)
	d.PerSide = rapid.Bool().Draw(t, "each side")
	d.RIR = rapid.IntRange(0, 5).Draw(t, "in reserve")
	switch rapid.IntRange(0, 4).Draw(t, "held or carried") {
	case 0:
		d.Metres = span(t, "meters", 1, 100)
	case 1, 2:
		d.HoldSeconds = span(t, "hold", 1, 240)
	}
	return d
}

// name is a name of several words with the letters of many languages.
func name(t *rapid.T, label string, most int) string {
	words := []string{"Maria", "Nguyễn", "Muñoz", "Łukasz", "Conceição", "Jean-Baptiste", "Guimarães", "Wolfeschlegelstein", "Đặng", "O'Neil", "Thélus", "São", "Ana"}
	out := rapid.SampledFrom(words).Draw(t, label)
	for range rapid.IntRange(0, 8).Draw(t, label+" words") {
		next := out + " " + rapid.SampledFrom(words).Draw(t, label)
		if len([]rune(next)) > most {
			break
		}
		out = next
	}
	return out
}

// TestRandomPlansFit: whatever a plan holds, the sheet has room for it, each page
// has its disclaimer, no card is split, nothing is small and the pain guide has
// no gap. `make proof` runs it 5,000 times.
func TestRandomPlansFit(t *testing.T) {
	base := sheet(t, "2A")
	shipped, long := base.Words, wordy(t, base.Library)
	texts := map[string]*handout.Text{"en": text(t, "en"), "es": text(t, "es")}
	titles := map[string]*program.HandoutText{"en": exercises(t, "en"), "es": exercises(t, "es")}
	rapid.Check(t, func(t *rapid.T) {
		s := base
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		s = k.of(s)
		s.Words = rapid.SampledFrom([]*handout.Words{shipped, long}).Draw(t, "words")
		most, first := 80, 80
		if k.large {
			most, first = 60, 40
		}
		s.Clinic.Name, s.FirstName, s.Therapist.Name = name(t, "clinic", most), name(t, "first name", first), name(t, "therapist", 80)
		s.Clinic.Address, s.Clinic.Hours = name(t, "address", 200), name(t, "hours", 200)
		s.Practice = rapid.Bool().Draw(t, "practice")
		s.GoodUntil = s.Date.AddDays(rapid.IntRange(0, 14).Draw(t, "days it counts"))
		s.Plan.Stage = rapid.IntRange(0, 4).Draw(t, "stage")
		s.Plan.SubStage = program.Code([]string{"0", "1B", "2C", "3A", "4C"}[s.Plan.Stage])
		s.Plan.Tracks = nil
		if s.Plan.Stage == 0 {
			s.Plan.Tracks = []string{"DISABILITY", "EDUCATION", "MOBILITY", "PAIN", "STRENGTH"}[:rapid.IntRange(0, 5).Draw(t, "tracks")]
		}
		s.Plan.Items = nil
		for range rapid.IntRange(1, 8).Draw(t, "exercises") {
			e := rapid.SampledFrom(s.Library.Exercises).Draw(t, "exercise")
			it := program.Item{Exercise: e.ID, Dose: dose(t), OnSheet: true}
			if e.Needs == program.NeedsKettlebell {
				it.Load = &domain.Mass{Value: domain.NewDecimal(rapid.IntRange(1, 200).Draw(t, "load")), Unit: rapid.SampledFrom([]domain.MassUnit{domain.Pound, domain.Kilogram}).Draw(t, "unit")}
			}
			s.Plan.Items = append(s.Plan.Items, it)
		}
		d, problems := handout.Build(s)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", k, problems)
		}
		checkSheet(t, d, k, texts[k.language], titles[k.language], s)
	})
}

func checkSheet(t *rapid.T, d *doc.Document, k kind, text *handout.Text, titles *program.HandoutText, s handout.Sheet) {
	least := 12.0
	if k.large {
		least = 18
	}
	all := ""
	for i, p := range d.Pages {
		words := oneLine(p.Words())
		all += words + " "
		full := i == 0 || i == len(d.Pages)-1
		if strings.Contains(words, text.DisclaimerFull) != full || strings.Contains(words, text.Disclaimer) == full {
			t.Errorf("page %d of %d: wrong disclaimer", i+1, len(d.Pages))
		}
		if !strings.Contains(strings.ReplaceAll(words, " ", ""), strings.ReplaceAll(s.FirstName, " ", "")) {
			t.Errorf("page %d lacks the name", i+1)
		}
		for _, item := range p.Items {
			if x, ok := item.(doc.Text); ok && x.Size < least {
				t.Errorf("page %d: %q is %g points", i+1, x.Content, x.Size)
			}
		}
	}
	one := oneLine(d.Pages[0].Words())
	for _, line := range append(append([]string{}, text.Stop...), text.ER...) {
		if !strings.Contains(one, line) {
			t.Errorf("page 1 lacks the warning sign %q", line)
		}
	}
	for n, it := range s.Plan.Items {
		heading, whole := fmt.Sprintf("%d. %s", n+1, titles.Exercises[it.Exercise].Title), false
		for _, p := range d.Pages {
			words := oneLine(p.Words())
			at := strings.Index(words, heading)
			whole = whole || at >= 0 && strings.Contains(words[at:], titles.Exercises[it.Exercise].Cue)
		}
		if !whole {
			t.Errorf("exercise %q is not whole on one page", heading)
		}
	}
	painHasNoGap(t, all, text)
	for i, problem := range overlaps(d) {
		if i < 3 {
			t.Error(problem)
		}
	}
}

// painHasNoGap reads the numbers of the guide off the page.
func painHasNoGap(t *rapid.T, words string, text *handout.Text) {
	bands := regexp.MustCompile(`(\d+) (?:to|a) (\d+): |(?:More than|Más de) (\d+): `).FindAllStringSubmatch(words, -1)
	next := 0
	for _, b := range bands {
		if b[3] != "" {
			if above, _ := strconv.Atoi(b[3]); above != next-1 {
				t.Errorf("the guide goes from %d to more than %d", next-1, above)
			}
			next = 11
			continue
		}
		if from, _ := strconv.Atoi(b[1]); from != next {
			t.Errorf("the guide has a gap before %d", from)
		}
		to, _ := strconv.Atoi(b[2])
		next = to + 1
	}
	if next != 11 || len(bands) != len(text.Pain) {
		t.Errorf("the guide ends at %d with %d bands", next-1, len(bands))
	}
}
