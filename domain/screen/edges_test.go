package screen_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"backtobar/domain/screen"
)

// TestEmptyBlocksAreGaps: a block without an answer is as if it were not there,
// whatever age is written beside it.
func TestEmptyBlocksAreGaps(t *testing.T) {
	for block, missing := range map[string]string{"vitals": "vitals", "neuro": "neuro", "pain": "pain", "disability": "disability",
		"biering_sorensen": "biering_sorensen", "hip_extension": "hip_extension", "dowel_hinge": "dowel_hinge"} {
		check(t, []row{
			{block + "={} age_days." + block + "=400", "INCOMPLETE missing=" + missing},
			{block + "=null age_days." + block + "=400", "INCOMPLETE missing=" + missing},
		})
	}
	const none = "bone=null long_term_steroids=null significant_trauma=null age_days.health=400 "
	const gaps = "INCOMPLETE missing=bone,pregnancy,steroids,surgery,trauma"
	check(t, []row{
		{none + "pregnancy={} surgery={}", gaps},
		{none + "pregnancy=null surgery=null", gaps},
		{none + `pregnancy={"weeks_postpartum":3} surgery={"weeks_ago":3}`, gaps},
		{`hip_extension={"test":"bridge_reps"} age_days.hip_extension=400`, "INCOMPLETE missing=hip_extension"},
	})
}

// TestClearanceOfAStopLiftsNothing: the reader refuses such a clearance, and the
// engine would not heed it either.
func TestClearanceOfAStopLiftsNothing(t *testing.T) {
	r := rules(t)
	for _, f := range r.RedFlags {
		c := makeCase(t, "red_flags."+f.ID+"=yes")
		want := brief(screen.Evaluate(c, r))
		c.Clearances = []string{f.ID}
		if got := brief(screen.Evaluate(c, r)); f.Action != screen.HoldRefer && got != want {
			t.Errorf("%s cleared: %s, want %s", f.ID, got, want)
		}
	}
}

// TestTheReasonLeadsToTheScaleThatWasUsed: Enter on a reason jumps to a field
// that was answered.
func TestTheReasonLeadsToTheScaleThatWasUsed(t *testing.T) {
	r := rules(t)
	for edits, want := range map[string]string{
		"pain.nprs_7day=3":                                 "pain.nprs_7day",
		"pain.nprs_7day=null pain.vas_mm=30":               "pain.vas_mm",
		"pain.nprs_7day=null pain.vas_mm=70":               "pain.vas_mm",
		"pain.nprs_7day=4 pain.vas_mm=70":                  "pain.vas_mm",
		"pain.nprs_7day=7 pain.vas_mm=70":                  "pain.nprs_7day",
		"disability.odi_percent=null disability.rmdq=3":    "disability.rmdq",
		"disability.odi_percent=null disability.rmdq=15":   "disability.rmdq",
		"disability.odi_percent=10 disability.rmdq=15":     "disability.rmdq",
		"disability.odi_percent=50 disability.rmdq=15":     "disability.odi_percent",
		"disability.odi_percent=10 disability.rmdq=3":      "disability.odi_percent",
		"disability.odi_percent=null disability.rmdq=null": "disability.odi_percent",
	} {
		x := screen.Explain(makeCase(t, edits), r)
		id := map[bool]string{true: "PAIN-1", false: "DIS-1"}[strings.HasPrefix(edits, "pain")]
		reason, ok := reasonOf(x, id)
		if !ok {
			reason, ok = reasonOf(x, "disability")
		}
		if !ok || reason.Field != want {
			t.Errorf("%s: %q leads to %q, want %q", edits, id, reason.Field, want)
		}
	}
}

// TestFastTrackCanBeSwitchedOff by the clinic, and then nobody skips a stage.
func TestFastTrackCanBeSwitchedOff(t *testing.T) {
	const lifter = "history.barbell_experience_12_months=true dowel_hinge.reps_with_contact=9 dowel_hinge.reps=10 dowel_hinge.pain=2"
	c := makeCase(t, lifter)
	if got := brief(screen.Evaluate(c, rules(t))); got != "READY/2 flags=FAST_TRACK" {
		t.Error(got)
	}
	off, problems := rules(t).With(1, screen.Edits{"fast_track": "off"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := brief(screen.Evaluate(c, off)); got != "READY/1" {
		t.Error(got)
	}
}

// TestRefusedLineKeepsItsID: also when the line is refused before its id is
// reached, and no id is made up when there is none.
func TestRefusedLineKeepsItsID(t *testing.T) {
	for line, want := range map[string]string{
		`{"wrong":1,"id":"late"}`: "late", `{"id":"early","wrong":1}`: "early", `{"wrong":1}`: "",
		`{"wrong":1,"id":"x"`: "", `{"id":"range","patient":{"age_years":200,"sex":"male"}}`: "range", `{"id":5}`: "",
		`{"id":"first","id":"second"}`: "first",
	} {
		c, err := screen.DecodeCase([]byte(line), rules(t))
		if err == nil || c.ID != want {
			t.Errorf("%s: id %q, want %q (%v)", line, c.ID, want, err)
		}
	}
}

// TestOneMisspeltQuestionAmongAnyNumber is refused.
func TestOneMisspeltQuestionAmongAnyNumber(t *testing.T) {
	r := rules(t)
	c := makeCase(t, "")
	c.RedFlags = map[string]screen.Answer{"CES11": screen.No}
	for n := range len(r.RedFlags) + 1 {
		if p := screen.Validate(c, r); len(p) != 1 || p[0].Field != "red_flags.CES11" {
			t.Errorf("with %d known questions: %v", n, p)
		}
		if n < len(r.RedFlags) {
			c.RedFlags[r.RedFlags[n].ID] = screen.No
		}
	}
}

// TestOneValueOneProblem: a value that is not allowed is not also said to be
// above the one it leads up to.
func TestOneValueOneProblem(t *testing.T) {
	_, p := rules(t).With(1, screen.Edits{"bp_caution_systolic": "999", "bp_relative_systolic": "130"})
	if len(p) != 1 || p[0].Field != "bp_caution_systolic" {
		t.Error(p)
	}
	if _, p = rules(t).With(1, screen.Edits{"bp_caution_systolic": "135", "bp_relative_systolic": "130"}); len(p) != 1 {
		t.Error(p)
	}
}

// TestShippedNumbers holds the rest of the rules file to numbers.tsv.
func TestShippedNumbers(t *testing.T) {
	s, err := readSheet("numbers")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, row := range s.list {
		want[row["number"]] = row["value"]
	}
	var file any
	d := json.NewDecoder(bytes.NewReader(rules(t).File()))
	d.UseNumber()
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				walk(strings.TrimPrefix(path+"."+key, "."), inner)
			}
		case []any:
			for i, inner := range v {
				name := strconv.Itoa(i)
				if m, ok := inner.(map[string]any); ok {
					for _, key := range []string{"field", "id"} {
						if s, ok := m[key].(string); ok {
							name = s
						}
					}
				}
				walk(path+"["+name+"]", inner)
			}
		case json.Number:
			first, _, _ := strings.Cut(path, ".")
			last := path[strings.LastIndex(path, ".")+1:]
			if strings.Contains("thresholds max_age_days surgery_window_weeks answer_days clearance_days", first) && strings.Contains("value low high", last) {
				return // TestShippedThresholds
			}
			if want[path] != v.String() {
				t.Errorf("%s is %s, want %q", path, v, want[path])
			}
			delete(want, path)
		}
	}
	walk("", file)
	for path := range want {
		t.Errorf("%s is missing", path)
	}
}

// TestWhyNothingOverrides names the reason of each kind, not only that there is
// one.
func TestWhyNothingOverrides(t *testing.T) {
	r := rules(t)
	for name, want := range map[string]string{"BP-1": "An emergency", "BP-2": "Blood pressure", "BP-3": "Blood pressure",
		"vitals": "Blood pressure", "NEURO-1": "An emergency", "HR-1": "An urgent", "RF-FXC": "Fracture features",
		"RF-CES1": "An emergency", "RF-CA1": "An urgent", "RF-CV3": "A hold", "BONE-1": "A hold", "bone": "A safety answer",
		"health": "A safety answer", "CAP2:BP": "Blood pressure", "CAP2:NONE": "There is no such stage", "STR-9": "There is no such rule"} {
		if got := r.NoOverride(name); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want it to begin with %q", name, got, want)
		}
	}
	for _, name := range strings.Fields("PAIN-1 CAP2:ACUTE CAP3:SURG pain") {
		if got := r.NoOverride(name); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
