package casefile_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backtobar/assets"
	"backtobar/domain/course"
	"backtobar/domain/exchange/casefile"
	"backtobar/domain/program"
)

// answerer is a command on a case file.
type answerer func(r io.Reader, w io.Writer) (bool, error)

func progress(r io.Reader, w io.Writer) (bool, error) {
	return casefile.Progress(r, w, progression(), false)
}

// progression are the shipped rules of progression, read once.
var progression = sync.OnceValue(func() *course.Rules {
	route, err := program.Load(assets.Protocol)
	if err != nil {
		panic(err)
	}
	rules, err := course.Load(assets.Protocol, route)
	if err != nil {
		panic(err)
	}
	return rules
})

// holdToExpected holds the answers of a case file to what the file expects,
// with all fields.
func holdToExpected(t *testing.T, file string, answer answerer, cases int) {
	t.Helper()
	f, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if ok, err := answer(bytes.NewReader(f), &out); err != nil || !ok {
		t.Fatalf("ok %v, error %v\n%s", ok, err, &out)
	}
	answers := bufio.NewScanner(&out)
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(string(f)), "\n") {
		n++
		var c struct {
			ID     string         `json:"id"`
			About  string         `json:"about"`
			Expect map[string]any `json:"expect"`
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if !answers.Scan() {
			t.Fatalf("no answer for %s", c.ID)
		}
		var got map[string]any
		if err := json.Unmarshal(answers.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		c.Expect["id"] = c.ID
		if d := cmp.Diff(c.Expect, got); d != "" {
			t.Errorf("%s %s\n%s", c.ID, c.About, d)
		}
	}
	if n != cases {
		t.Errorf("the case file holds %d cases, want %d", n, cases)
	}
}

func TestGivenSessions(t *testing.T) { holdToExpected(t, "testdata/sessions.jsonl", progress, 10) }

// edited is a history of one good session with one text replaced.
func edited(from, to string) string {
	const good = `{"id":"x","about":"good","sessions":[{"pain_before":2,"pain_during":1,"pain_24h":2,"rpe":6,"rpe_target":7,` +
		`"reps_done_percent":100,"faulty_reps_percent":0,"new_leg_symptom":false,"red_flag":false}]}`
	return strings.Replace(good, from, to, 1)
}

// holdRefusal holds that one line is refused so, and the lines around it are
// answered.
func holdRefusal(t *testing.T, answer answerer, good, line, want string) {
	t.Helper()
	var out bytes.Buffer
	ok, err := answer(strings.NewReader(good+"\n"+line+"\n\n"+good+"\n"), &out)
	if err != nil || ok {
		t.Fatalf("ok %v, error %v; want a refused line\n%s", ok, err, &out)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || strings.Contains(lines[0], `"error"`) || lines[0] != lines[2] {
		t.Fatalf("answers:\n%s", &out)
	}
	var got struct{ ID, Error string }
	if err := json.Unmarshal([]byte(lines[1]), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != "x" || got.Error != want {
		t.Errorf("%s\ngot  %q\nwant %q", line, got.Error, want)
	}
}

func TestProgressRefuses(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"misspelt_red_flag", `"red_flag"`, `"red_flags"`, "sessions[0].red_flags: there is no such field; check the spelling"},
		{"misspelt_next_day", `"pain_24h"`, `"pain_24"`, "sessions[0].pain_24: there is no such field; check the spelling"},
		{"other_case", `"red_flag"`, `"Red_Flag"`, "sessions[0].Red_Flag: there is no such field; check the spelling"},
		{"red_flag_twice", `"red_flag":false`, `"red_flag":true,"red_flag":false`, "sessions[0].red_flag: is given twice; give it once"},
		{"unknown_key", `"about"`, `"abuot"`, "abuot: there is no such field; check the spelling"},
		{"no_red_flag", `,"red_flag":false`, ``, "sessions[0].red_flag: is required: true or false"},
		{"red_flag_null", `"red_flag":false`, `"red_flag":null`, "sessions[0].red_flag: is required: true or false"},
		{"red_flag_text", `"red_flag":false`, `"red_flag":"no"`, "sessions[0].red_flag: must be true, false or null"},
		{"no_leg_answer", `"new_leg_symptom":false,`, ``, "sessions[0].new_leg_symptom: is required: true or false"},
		{"no_pain_before", `"pain_before":2,`, ``, "sessions[0].pain_before: is required, from 0 to 10"},
		{"pain_11", `"pain_during":1`, `"pain_during":11`, "sessions[0].pain_during: must be from 0 to 10"},
		{"pain_text", `"pain_during":1`, `"pain_during":"1"`, "sessions[0].pain_during: must be a number"},
		{"two_problems", `"pain_24h":2,"rpe":6`, `"pain_24h":-1,"rpe":10.5`, "sessions[0].pain_24h: must be from 0 to 10; sessions[0].rpe: must be from 0 to 10"},
		{"null_session", `"sessions":[`, `"sessions":[null,`, "sessions[0].pain_before: is required, from 0 to 10; sessions[0].pain_during: is required, from 0 to 10; " +
			"sessions[0].rpe: is required, from 0 to 10; sessions[0].rpe_target: is required, from 1 to 10; sessions[0].reps_done_percent: is required, from 0 to 200; " +
			"sessions[0].faulty_reps_percent: is required, from 0 to 100; sessions[0].new_leg_symptom: is required: true or false; sessions[0].red_flag: is required: true or false"},
		{"no_sessions", `"sessions"`, `"expect"`, "sessions: is required: a list of sessions, the newest last"},
		{"sessions_twice", `"about":"good"`, `"about":"good","sessions":null`, "sessions: is given twice; give it once"},
		{"more_text", `]}`, `]}}`, "one JSON object is allowed, and more text follows it"},
		{"one_session", `[{`, `{`, "sessions: must be a list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			holdRefusal(t, progress, edited("", ""), edited(c.from, c.to), c.want)
		})
	}
	holdRefusal(t, progress, edited("", ""), `{"id":"x","sessions":null}`, "sessions: is required: a list of sessions, the newest last")
}

func TestProgressReads(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"id":"none","sessions":[]}`, `{"id":"none","verdicts":[],"decision":"REPEAT"}`},
		{edited(`"pain_24h":2,`, ``), `{"id":"x","verdicts":["PENDING"],"decision":"WAIT_24H"}`},
		{edited(`"rpe":6`, `"rpe":6.5`), `{"id":"x","verdicts":["GREEN"],"decision":"REPEAT"}`},
		{`{"id":"stopped","sessions":[{"red_flag":true}]}`, `{"id":"stopped","verdicts":["STOP_SCREEN"],"decision":"RESCREEN"}`},
		{`{"sessions":[]}`, `{"id":"","verdicts":[],"decision":"REPEAT"}`},
	} {
		var out bytes.Buffer
		if ok, err := progress(strings.NewReader(c.in), &out); err != nil || !ok || strings.TrimSpace(out.String()) != c.want {
			t.Errorf("ok %v, error %v\ngot  %swant %s", ok, err, &out, c.want)
		}
	}
}

func TestProgressExplains(t *testing.T) {
	var out bytes.Buffer
	in := edited(`"pain_during":1`, `"pain_during":6`)
	if ok, err := casefile.Progress(strings.NewReader(in), &out, progression(), true); err != nil || !ok {
		t.Fatal(ok, err)
	}
	for _, want := range []string{`"decision":"The last session was stopped for pain above 5 or a new leg symptom."`,
		`"rule":"PAIN_STOP","verdict":"STOP","value":"pain 6 during","threshold":"pain during at most 5","tag":"clinic default"`, "doi:10.1177/0363546506298279"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in %s", want, &out)
		}
	}
}

func progressExplained(r io.Reader, w io.Writer) (bool, error) {
	return casefile.Progress(r, w, progression(), true)
}

// FuzzProgress: whatever the line holds, it is answered and explained, or
// refused with a reason.
func FuzzProgress(f *testing.F) {
	f.Add([]byte(edited("", "")))
	f.Add([]byte(edited(`"pain_24h":2`, `"pain_24h":null`)))
	f.Add([]byte(edited(`"red_flag":false`, `"red_flag":true`)))
	f.Add([]byte(`{"id":"","sessions":[{"red_flag":true},{}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		holdAnswer(t, b, progressExplained, `"explain":{"decision":"`)
	})
}

// holdAnswer holds that every line of b gets one line of JSON, which is a
// refusal with a reason or an answer with that text.
func holdAnswer(t *testing.T, b []byte, answer answerer, has string) {
	t.Helper()
	var out bytes.Buffer
	ok, err := answer(bytes.NewReader(b), &out)
	if err != nil {
		t.Fatal(err)
	}
	refused := false
	for _, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
		if line == "" {
			continue
		}
		var got struct {
			Error *string `json:"error"`
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		refused = refused || got.Error != nil
		if got.Error != nil && *got.Error == "" || got.Error == nil && !strings.Contains(line, has) {
			t.Fatalf("%q answers %q", b, line)
		}
	}
	if ok == refused {
		t.Fatalf("ok %v for %s", ok, &out)
	}
}
