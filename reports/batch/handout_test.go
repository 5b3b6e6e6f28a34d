package batch_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/reports/batch"
)

const request = "../handoutfile/testdata/request.json"

// command runs one command line without a screen.
func command(t *testing.T, in string, args ...string) (status int, out, complaint string) {
	t.Helper()
	var o, e bytes.Buffer
	status, ok := batch.Run(args[0], args[1:], batch.Streams{In: strings.NewReader(in), Out: &o, Err: &e})
	if !ok {
		t.Fatalf("there is no command %s", args[0])
	}
	return status, o.String(), e.String()
}

func TestHandoutAnswersWithSumAndPages(t *testing.T) {
	pdf := filepath.Join(t.TempDir(), "out.pdf")
	var before string
	for _, args := range [][]string{{"handout", request, "-o", pdf}, {"handout", "-o", pdf, request}, {"handout", "-o", pdf, "-"}} {
		in, err := os.ReadFile(request)
		if err != nil {
			t.Fatal(err)
		}
		status, out, complaint := command(t, string(in), args...)
		var answer struct {
			SHA256 string
			Pages  int
		}
		if err := json.Unmarshal([]byte(out), &answer); err != nil || status != 0 || complaint != "" || len(answer.SHA256) != 64 || answer.Pages < 2 {
			t.Fatalf("%v: status %d, %q, %q", args, status, out, complaint)
		}
		if before != "" && out != before {
			t.Error("the same request gave another answer")
		}
		before = out
		if b, err := os.ReadFile(pdf); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Fatalf("no PDF was written: %v", err)
		}
	}
}

func TestHandoutRefusesWithReasons(t *testing.T) {
	folder := t.TempDir()
	status, out, _ := command(t, `{"sub_stage": "1B"}`, "handout", "-", "-o", filepath.Join(folder, "out.pdf"))
	var answer struct {
		Refused []struct{ Field, Text string }
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || status != 1 || len(answer.Refused) == 0 {
		t.Errorf("status %d, %q", status, out)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("a refused request left %v", left)
	}
}

func TestHandoutCommandLine(t *testing.T) {
	for _, args := range [][]string{
		{"handout"}, {"handout", request}, {"handout", "-o", "x.pdf"}, {"handout", request, request, "-o", "x.pdf"},
		{"handout", request, "-x"},
	} {
		if status, _, complaint := command(t, "", args...); status != 2 || !strings.Contains(complaint, "backtobar help") {
			t.Errorf("%v: status %d, %q", args, status, complaint)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing.json")
	if status, _, complaint := command(t, "", "handout", missing, "-o", "x.pdf"); status != 1 || complaint == "" {
		t.Errorf("a missing file: status %d, %q", status, complaint)
	}
	gone := filepath.Join(t.TempDir(), "no", "out.pdf")
	if status, _, complaint := command(t, "", "handout", request, "-o", gone); status != 1 || complaint == "" {
		t.Errorf("a missing folder: status %d, %q", status, complaint)
	}
}
