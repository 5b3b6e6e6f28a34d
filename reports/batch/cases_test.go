package batch_test

import (
	"path/filepath"
	"strings"
	"testing"
)

const (
	sessions = "../../domain/exchange/casefile/testdata/sessions.jsonl"
	weights  = "../../domain/exchange/casefile/testdata/load.jsonl"
)

// TestCaseCommands: each command reads its file or the standard input, answers
// line by line, and tells with its status whether a line was refused.
func TestCaseCommands(t *testing.T) {
	for _, c := range []struct {
		name, in string
		args     []string
		status   int
		has      string
	}{
		{"screen", `{"id":"a","patient":{"age_years":40,"sex":"male"}}`, []string{"screen"}, 0, `"outcome":"INCOMPLETE"`},
		{"screen_explained", `{"id":"a","patient":{"age_years":40,"sex":"male"}}`, []string{"screen", "--explain", "-"}, 0, `"explain":`},
		{"screen_refused", `{"id":"a"}`, []string{"screen", "-"}, 1, `"error":"patient.age_years: is required`},
		{"progress", "", []string{"progress", sessions}, 0, `{"id":"P07","verdicts":["REGRESS"],"decision":"REGRESS"}`},
		{"progress_explained", "", []string{"progress", "--explain", sessions}, 0, `"rule":"NEXT_DAY_2"`},
		{"progress_from_input", `{"id":"a","sessions":[]}`, []string{"progress", "-"}, 0, `"decision":"REPEAT"`},
		{"progress_refused", `{"id":"a","sesions":[]}`, []string{"progress"}, 1, `"error":"sesions: there is no such field; check the spelling"`},
		{"load", "", []string{"load", weights}, 0, `{"id":"C13","e1rm":99.3}`},
		{"load_explained", "", []string{"load", "--explain", weights}, 0, `"rule":"HEAVIEST_LOADABLE"`},
		{"load_refused", `{"id":"a","ask":"e1rm"}`, []string{"load", "-"}, 1, `"error":"load: is required for e1rm`},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, complaint := command(t, c.in, c.args...)
			if status != c.status || complaint != "" || !strings.Contains(out, c.has) {
				t.Errorf("status %d, %q\n%s", status, complaint, out)
			}
		})
	}
}

func TestCaseCommandLines(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing.jsonl")
	for _, name := range []string{"screen", "progress", "load"} {
		if status, _, complaint := command(t, "", name, "a", "b"); status != 2 || !strings.HasPrefix(complaint, name+" reads one file") {
			t.Errorf("%s with two files: status %d, %q", name, status, complaint)
		}
		if status, _, complaint := command(t, "", name, "--wrong"); status != 2 || complaint == "" {
			t.Errorf("%s --wrong: status %d, %q", name, status, complaint)
		}
		if status, out, complaint := command(t, "", name, missing); status != 1 || out != "" || !strings.Contains(complaint, "cannot be opened") {
			t.Errorf("%s of a missing file: status %d, %q, %q", name, status, out, complaint)
		}
	}
}
