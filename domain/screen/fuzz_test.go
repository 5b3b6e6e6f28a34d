package screen_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backtobar/domain/screen"
)

// FuzzDecodeCase: whatever the line holds, nothing panics; what is accepted is
// in range, can be decided and explained, and keeps its meaning when it is
// written and read again.
func FuzzDecodeCase(f *testing.F) {
	r := rules(f)
	for _, edits := range []string{"", "red_flags={}", "vitals={}", "neuro={}", "surgery.kind=fusion", "episode=null",
		"hip_extension={}", "dowel_hinge={}", `bone=osteoporosis clearances=["bone_heavy"]`, "id=null tsk11=40",
		`hip_extension={"mmt_left":3}`, "pain=null disability={} biering_sorensen.seconds=999",
		"history=null start_back.total=9", "age_days.pain=8 age_days.vitals=400", "patient={}"} {
		f.Add(line(f, edits))
	}
	f.Add([]byte(`{"patient":{"age_years":18,"sex":"female"}}`))
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
		c2, err := screen.DecodeCase(again, r)
		if err != nil {
			t.Fatalf("written and read again: %v\n%s", err, again)
		}
		if diff := cmp.Diff(d, screen.Evaluate(c2, r)); diff != "" {
			t.Errorf("the decision changed when the case was written and read again:\n%s", diff)
		}
	})
}
