package casefile_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"backtobar/domain/exchange/casefile"
)

func loads(t testing.TB) answerer          { return loadsWith(t, false) }
func loadsExplained(t testing.TB) answerer { return loadsWith(t, true) }

func loadsWith(t testing.TB, explain bool) answerer {
	t.Helper()
	return func(r io.Reader, w io.Writer) (bool, error) { return casefile.Load(r, w, progression(), explain) }
}

func TestGivenLoads(t *testing.T) { holdToExpected(t, "testdata/load.jsonl", loads(t), 27) }

func TestLoadRefuses(t *testing.T) {
	const good = `{"id":"x","ask":"e1rm","load":60,"reps":8,"rir":2}`
	for _, c := range []struct{ name, line, want string }{
		{"no_ask", `{"id":"x","load":60}`, "ask: is required, one of: kettlebell, barbell, e1rm, next_kettlebell"},
		{"unknown_ask", `{"id":"x","ask":"dumbbell"}`, "ask: is required, one of: kettlebell, barbell, e1rm, next_kettlebell"},
		{"misspelt", `{"id":"x","ask":"e1rm","load":60,"reps":8,"rirs":2}`, "rirs: there is no such field; check the spelling"},
		{"missing", `{"id":"x","ask":"e1rm","load":60,"reps":8}`, "rir: is required for e1rm"},
		{"null", `{"id":"x","ask":"e1rm","load":60,"reps":8,"rir":null}`, "rir: is required for e1rm"},
		{"of_another_question", `{"id":"x","ask":"e1rm","load":60,"reps":8,"rir":2,"bar":20}`, "bar: does not belong to e1rm; check the spelling"},
		{"no_load", `{"id":"x","ask":"e1rm","load":0,"reps":8,"rir":2}`, "load: must be above 0 and at most 1000"},
		{"no_reps", `{"id":"x","ask":"e1rm","load":60,"reps":0,"rir":2}`, "reps: must be from 1 to 100"},
		{"half_a_repeat", `{"id":"x","ask":"e1rm","load":60,"reps":7.5,"rir":2}`, "reps: must be a whole number"},
		{"unit_of_e1rm", `{"id":"x","ask":"e1rm","load":60,"reps":7,"rir":2,"unit":"stone"}`, "unit: is required: kg or lb"},
		{"exponent", `{"id":"x","ask":"e1rm","load":6e1,"reps":8,"rir":2}`, "load: write a number such as 72.5, with at most six decimal places"},
		{"level", `{"id":"x","ask":"kettlebell","level":"heavier","body_mass":70,"unit":"kg","available":[8]}`, "level: must be one of: light, moderate"},
		{"no_level", `{"id":"x","ask":"kettlebell","body_mass":70,"unit":"kg","available":[8]}`, "level: is required for kettlebell"},
		{"no_unit", `{"id":"x","ask":"kettlebell","level":"light","body_mass":70,"available":[8]}`, "unit: is required: kg or lb"},
		{"body_mass_in_grams", `{"id":"x","ask":"kettlebell","level":"light","body_mass":70000,"unit":"kg","available":[8]}`, "body_mass: must be from 20 to 350 kg"},
		{"body_mass_low", `{"id":"x","ask":"kettlebell","level":"light","body_mass":43.9,"unit":"lb","available":[5]}`, "body_mass: must be from 44 to 772 lb"},
		{"no_bells", `{"id":"x","ask":"kettlebell","level":"light","body_mass":70,"unit":"kg","available":[]}`, "available: is empty; list the sizes that are there"},
		{"bells_not_given", `{"id":"x","ask":"kettlebell","level":"light","body_mass":70,"unit":"kg"}`, "available: is required for kettlebell"},
		{"null_bell", `{"id":"x","ask":"kettlebell","level":"light","body_mass":70,"unit":"kg","available":[8,null]}`, "available[1]: must be from 1 to 100 kg"},
		{"bell_of_nothing", `{"id":"x","ask":"next_kettlebell","current":16,"unit":"lb","available":[0]}`, "available[0]: must be from 1 to 220 lb"},
		{"current", `{"id":"x","ask":"next_kettlebell","current":0,"unit":"kg","available":[8]}`, "current: must be from 1 to 100 kg"},
		{"bar", `{"id":"x","ask":"barbell","target":60,"unit":"kg","bar":0,"pairs":[]}`, "bar: must be from 1 to 100"},
		{"no_pairs", `{"id":"x","ask":"barbell","target":60,"unit":"kg","bar":20}`, "pairs: is required for barbell"},
		{"target", `{"id":"x","ask":"barbell","target":-1,"unit":"kg","bar":20,"pairs":[]}`, "target: must be above 0 and at most 1000"},
		{"plate", `{"id":"x","ask":"barbell","target":60,"unit":"kg","bar":20,"pairs":[{"plate":20,"count":1},{"plate":0,"count":1}]}`, "pairs[1].plate: must be from 0.1 to 100"},
		{"half_a_pair", `{"id":"x","ask":"barbell","target":60,"unit":"kg","bar":20,"pairs":[{"plate":20,"count":0.5}]}`, "pairs[0].count: must be a whole number"},
		{"pair_key", `{"id":"x","ask":"barbell","target":60,"unit":"kg","bar":20,"pairs":[{"weight":20,"count":1}]}`, "pairs[0].weight: there is no such field; check the spelling"},
		{"late_id", `{"wrong":1,"id":"x"}`, "wrong: there is no such field; check the spelling"},
	} {
		t.Run(c.name, func(t *testing.T) { holdRefusal(t, loads(t), good, c.line, c.want) })
	}
}

// TestLoadFieldsInOrder: the fields come as the format names them, numbers
// without trailing zeros.
func TestLoadFieldsInOrder(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"id":"a","ask":"kettlebell","level":"light","body_mass":72.50,"unit":"kg","available":[8.0,12]}`, `{"id":"a","target":9.0625,"load":8}`},
		{`{"id":"a","ask":"barbell","target":63.7,"unit":"kg","bar":20.0,"pairs":[{"count":1,"plate":20.50},{"plate":1.250,"count":1.0}]}`, `{"id":"a","load":63.5,"per_side":[20.5,1.25]}`},
		{`{"id":"a","ask":"e1rm","load":60.0,"reps":8,"rir":2}`, `{"id":"a","e1rm":80}`},
		{`{"id":"a","ask":"next_kettlebell","current":16,"available":[24],"unit":"kg"}`, `{"id":"a","load":16,"scheme":{"sets":3,"reps":12}}`},
		{`{"id":"a","ask":"next_kettlebell","current":16,"available":[18],"unit":"kg"}`, `{"id":"a","load":18,"scheme":null}`},
	} {
		var out bytes.Buffer
		if ok, err := loads(t)(strings.NewReader(c.in), &out); err != nil || !ok || strings.TrimSpace(out.String()) != c.want {
			t.Errorf("ok %v, error %v\ngot  %swant %s", ok, err, &out, c.want)
		}
	}
}

func TestLoadExplains(t *testing.T) {
	f, err := os.Open("testdata/load.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out bytes.Buffer
	if ok, err := loadsExplained(t)(f, &out); err != nil || !ok {
		t.Fatal(ok, err)
	}
	for _, want := range []string{
		`"value":"18 kilograms","threshold":"at most 19.25 kilograms: 27.5 percent of body mass within its limits"`,
		`"value":"99.3 by Brzycki"`, `"citation":"Epley 1985; Brzycki 1993"`,
		`"value":"62.5 kilograms, 1.2 kilograms short of 63.7 kilograms","threshold":"at most 63.7 kilograms"`,
		`First 3 sets of 12 at 16 kilograms, then 3 sets of 6 at 24 kilograms.`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(out.String(), `"tag":"clinic default"`); n != 27 {
		t.Errorf("%d of 27 answers explain themselves", n)
	}
}

// FuzzLoad: whatever the line holds, it is answered or refused with a reason.
func FuzzLoad(f *testing.F) {
	cases, err := os.ReadFile("testdata/load.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range bytes.Split(bytes.TrimSpace(cases), []byte("\n")) {
		f.Add(line)
	}
	answer := loadsExplained(f)
	f.Fuzz(func(t *testing.T, b []byte) { holdAnswer(t, b, answer, `"tag":"clinic default"`) })
}
