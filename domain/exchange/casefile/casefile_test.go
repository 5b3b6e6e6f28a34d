package casefile_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"backtobar/assets"
	"backtobar/domain/exchange/casefile"
	"backtobar/domain/screen"
)

func rules(t testing.TB) *screen.Rules {
	t.Helper()
	r, err := screen.LoadRules(assets.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGivenCases holds every case of the case file to its expected answer.
func TestGivenCases(t *testing.T) {
	f, err := os.ReadFile("testdata/screen.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	ok, err := casefile.Screen(bytes.NewReader(f), &out, rules(t), false)
	if err != nil || !ok {
		t.Fatalf("ok %v, error %v", ok, err)
	}
	answers := bufio.NewScanner(&out)
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(string(f)), "\n") {
		n++
		var c struct {
			ID     string          `json:"id"`
			About  string          `json:"about"`
			Expect screen.Decision `json:"expect"`
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if !answers.Scan() {
			t.Fatalf("no answer for %s", c.ID)
		}
		var got screen.Decision
		if err := json.Unmarshal(answers.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		c.Expect.ID = c.ID
		if d := cmp.Diff(c.Expect, got); d != "" {
			t.Errorf("%s %s\n%s", c.ID, c.About, d)
		}
	}
	if n != 35 {
		t.Errorf("the case file holds %d cases, 35 were given", n)
	}
}

func TestBadLinesAnswerAndTheRestRun(t *testing.T) {
	good := `{"id":"ok","patient":{"age_years":40,"sex":"male"}}`
	for _, c := range []struct{ name, line, want string }{
		{"misspelt_flag", `{"id":"x","patient":{"age_years":40,"sex":"male"},"red_flags":{"CES9":"no"}}`, "red_flags.CES9: there is no such safety question"},
		{"unknown_key", `{"id":"x","patient":{"age_years":40,"sex":"male"},"red_flag":{}}`, "red_flag: there is no such field"},
		{"repeated_key", `{"id":"x","red_flags":{"CES1":"yes","CES1":"no"}}`, "red_flags.CES1: is given twice"},
		{"no_age", `{"id":"x","patient":{"sex":"male"}}`, "patient.age_years: is required"},
		{"no_patient", `{"id":"x"}`, "patient.age_years: is required"},
		{"pain_11", `{"id":"x","patient":{"age_years":40,"sex":"male"},"pain":{"nprs_7day":11}}`, "pain.nprs_7day: must be from 0 to 10"},
		{"swapped_pressure", `{"id":"x","patient":{"age_years":40,"sex":"male"},"vitals":{"systolic_mmhg":80,"diastolic_mmhg":120}}`, "vitals.diastolic_mmhg: must be below the systolic"},
		{"not_json", `hello`, "this is not JSON"},
		{"unknown_clearance", `{"id":"x","patient":{"age_years":40,"sex":"male"},"clearances":["CES1"]}`, "clearances: there is no such clearance"},
		{"too_long", `{"id":"` + strings.Repeat("x", 1<<20) + `"}`, "longer than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			ok, err := casefile.Screen(strings.NewReader(good+"\n"+c.line+"\n\n"+good), &out, rules(t), false)
			if err != nil || ok {
				t.Fatalf("ok %v, error %v; want a refused line", ok, err)
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			if len(lines) != 3 {
				t.Fatalf("%d answers, want 3:\n%s", len(lines), out.String())
			}
			if !strings.Contains(lines[1], c.want) {
				t.Errorf("got %.300s, want %q", lines[1], c.want)
			}
			if !strings.Contains(lines[2], `"outcome":"INCOMPLETE"`) {
				t.Errorf("the line after it: %s", lines[2])
			}
		})
	}
}

// TestRefusedLineKeepsItsID: also when the line is refused before its id.
func TestRefusedLineKeepsItsID(t *testing.T) {
	var out bytes.Buffer
	in := `{"wrong":1,"id":"late"}` + "\n" + `{"id":"early","wrong":1}` + "\n" + `{"wrong`
	if ok, err := casefile.Screen(strings.NewReader(in), &out, rules(t), false); ok || err != nil {
		t.Fatalf("ok %v, error %v", ok, err)
	}
	const want = `{"id":"late","error":"wrong: there is no such field; check the spelling"}
{"id":"early","error":"wrong: there is no such field; check the spelling"}
{"id":"","error":"this is not JSON, or it ends too early"}
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

// TestLongAndWindowsLines: a case longer than the read buffer, and the byte
// order mark and line ends of Windows, are read like any other.
func TestLongAndWindowsLines(t *testing.T) {
	long := `{"id":"long","about":"` + strings.Repeat("x", 200_000) + `","patient":{"age_years":40,"sex":"male"}}`
	short := `{"id":"short","patient":{"age_years":17,"sex":"male"}}`
	var out bytes.Buffer
	if ok, err := casefile.Screen(strings.NewReader("\ufeff"+short+"\r\n"+long+"\r\n"+short), &out, rules(t), false); !ok || err != nil {
		t.Fatalf("ok %v, error %v", ok, err)
	}
	var ids []string
	for _, l := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var d screen.Decision
		if err := json.Unmarshal([]byte(l), &d); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.ID+" "+string(d.Outcome))
	}
	if got := strings.Join(ids, ", "); got != "short HOLD_REFER, long INCOMPLETE, short HOLD_REFER" {
		t.Error(got)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestStreamsThatFail(t *testing.T) {
	const in = `{"id":"a","patient":{"age_years":40,"sex":"male"}}`
	if ok, err := casefile.Screen(strings.NewReader(in), brokenWriter{}, rules(t), false); ok || err == nil || !strings.Contains(err.Error(), "write the answer") {
		t.Errorf("writing: ok %v, error %v", ok, err)
	}
	if ok, err := casefile.Screen(iotest.ErrReader(errors.New("gone")), io.Discard, rules(t), false); ok || err == nil || !strings.Contains(err.Error(), "read the cases") {
		t.Errorf("reading: ok %v, error %v", ok, err)
	}
}

func TestExplainCarriesReasons(t *testing.T) {
	f, err := os.Open("testdata/screen.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out bytes.Buffer
	if _, err := casefile.Screen(f, &out, rules(t), true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"threshold":"more than 60 seconds"`, `"citation":"Berglund 2015`, "one study, 35 people"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in the explanations", want)
		}
	}
}
