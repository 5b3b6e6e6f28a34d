package screen_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// FuzzDecodeCase: whatever the line holds, nothing panics; what is accepted is
// in range, can be decided and explained, and keeps its meaning when it is
// written and read again.
func FuzzDecodeCase(f *testing.F) {
	r, o := rules(f), tables(f)
	for _, edits := range []string{"", "red_flags={}", "vitals={}", "neuro={}", "surgery.kind=fusion", "episode=null",
		"hip_extension={}", "dowel_hinge={}", `bone=osteoporosis clearances=["bone_heavy"]`, "id=null tsk11=40",
		`hip_extension={"mmt_left":3}`, "pain=null disability={} biering_sorensen.seconds=999",
		"history=null start_back.total=9", "age_days.pain=8 age_days.vitals=400", "patient={}"} {
		f.Add(line(f, edits))
	}
	f.Add([]byte(`{"patient":{"age_years":18,"sex":"female"}}`))
	for seed := range uint64(30) { // full cases, written in every way
		rng := rand.New(rand.NewPCG(seed, 0))
		drawn := o.draw(rng)
		f.Add(o.json(&drawn, rng))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := screen.DecodeCase(b, r)
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a reason")
			}
			screen.Explain(c, r) // the form may ask while a number is half typed
			return
		}
		if p := screen.Validate(c, r); len(p) > 0 {
			t.Errorf("accepted with problems: %v", p)
		}
		d := screen.Evaluate(c, r)
		x := screen.Explain(c, r)
		if diff := cmp.Diff(d, x.Decision); diff != "" {
			t.Errorf("Evaluate and Explain disagree:\n%s", diff)
		}
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if why := o.outside(again); why != "" {
			t.Errorf("accepted out of range: %s\n%s", why, again)
		}
		c2, err := screen.DecodeCase(again, r)
		if err != nil {
			t.Fatalf("written and read again: %v\n%s", err, again)
		}
		if diff := cmp.Diff(c, c2, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b domain.Decimal) bool { return a == b })); diff != "" {
			t.Errorf("the case changed when it was written and read again:\n%s", diff)
		}
		if diff := cmp.Diff(d, screen.Evaluate(c2, r)); diff != "" {
			t.Errorf("the decision changed when the case was written and read again:\n%s", diff)
		}
	})
}

// outside returns the first answer of a case, as it was written again, that is
// not in the range that ranges.tsv gives, or "".
func (o *oracle) outside(line []byte) (wrong string) {
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				walk(strings.TrimPrefix(path+"."+key, "."), inner)
			}
			return
		case nil:
			return
		}
		i, known := o.index[path]
		switch x := v.(type) {
		case []any:
			for _, name := range x {
				if s, ok := name.(string); !ok || !slices.ContainsFunc(o.clearances, func(e map[string]string) bool { return e["clearance"] == s }) {
					wrong = path
				}
			}
		case bool:
			if !known || o.fields[i].kind != "truth" {
				wrong = path
			}
		case json.Number:
			if !known || !o.fields[i].numeric() || !o.fields[i].allows(readValue(x.String())) {
				wrong = path + "=" + x.String()
			}
		case string:
			if path != "id" && path != "about" && x != "" && (!known || o.fields[i].kind != "word" || !o.fields[i].allows(word(x))) {
				wrong = path + "=" + x
			}
		}
	}
	var v map[string]any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return err.Error()
	}
	walk("", v)
	return wrong
}
