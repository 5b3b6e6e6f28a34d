package screen_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"backtobar/domain/screen"
)

var update = flag.Bool("update", false, "write testdata/explained.txt anew; read every changed line before committing")

const explainedFile = "testdata/explained.txt"

// TestExplained holds the whole explanation of each case of the file: the
// headline, the reasons in their order, what would change the result and the
// case that each change makes, the next measurement, and what is open. Passes
// stand only in the first case, which has nothing else.
func TestExplained(t *testing.T) {
	b, err := os.ReadFile(explainedFile)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(b), "\n\n")
	for i, block := range blocks {
		head, want, _ := strings.Cut(strings.TrimRight(block, "\n"), "\n")
		edits, ok := strings.CutPrefix(head, "#")
		if edits = strings.TrimSpace(edits); !ok {
			t.Fatalf("case %d begins with %q", i+1, head)
		}
		got := written(t, edits)
		if *update {
			blocks[i] = head + "\n" + got
		} else if got != want {
			t.Errorf("%s\n got\n%s\nwant\n%s\nrun with -update if the change is meant, and read it", edits, got, want)
		}
	}
	if len(blocks) < 100 {
		t.Errorf("only %d cases", len(blocks))
	}
	if *update {
		if err := os.WriteFile(explainedFile, []byte(strings.Join(blocks, "\n\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// written writes an explanation down, one fact a line.
func written(t *testing.T, edits string) string {
	t.Helper()
	c := makeCase(t, edits)
	x, after := screen.TriedChanges(c, rules(t))
	out := []string{x.Headline}
	say := func(label, text string) {
		if text != "" {
			out = append(out, label+text)
		}
	}
	say("  leaning: ", x.Leaning)
	var order []string
	for _, r := range x.Reasons {
		order = append(order, r.ID)
		if r.State == "pass" && edits != "" {
			continue
		}
		line := fmt.Sprintf("%s %s: %s: %s; goal %s", r.State, r.ID, r.Title, r.Value, r.Threshold)
		if r.Better != "" {
			line += "; " + r.Better + " is better, " + r.Side
		}
		if r.AgeDays != nil {
			line += fmt.Sprintf("; %d of %d days", *r.AgeDays, r.MaxAgeDays)
		}
		say("  ", line+"; "+r.Field)
		if r.Borderline != nil {
			say("    near: ", r.Borderline.Text)
		}
	}
	say("  order: ", strings.Join(order, " "))
	before := flat(t, c)
	for i, n := range x.Changes {
		say("  change: ", n.Text()+" "+n.Then)
		var made, fields []string
		for _, s := range n.Steps {
			fields = append(fields, s.Field)
		}
		say("    at: ", strings.Join(fields, " "))
		for path, v := range flat(t, after[i]) {
			if before[path] != v {
				made = append(made, path+"="+v)
			}
		}
		slices.Sort(made)
		say("    case: ", strings.Join(made, " "))
	}
	if x.Next != nil {
		say("  next: ", x.Next.Text()+" "+x.Next.Field)
	}
	say("  open: ", strings.Join(x.Unanswered, " "))
	return strings.Join(out, "\n")
}

// flat is a case as its paths and values.
func flat(t *testing.T, c screen.Case) map[string]string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	var walk func(prefix string, v any)
	walk = func(prefix string, v any) {
		if in, ok := v.(map[string]any); ok {
			for name, x := range in {
				walk(prefix+"."+name, x)
			}
			return
		}
		out[strings.TrimPrefix(prefix, ".")] = fmt.Sprint(v)
	}
	walk("", m)
	return out
}
