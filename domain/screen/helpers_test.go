package screen_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/screen"
)

// base is a case that passes every gate without a caution.
const base = `{"id":"T","patient":{"age_years":45,"sex":"male"},
"long_term_steroids":false,"significant_trauma":false,
"vitals":{"systolic_mmhg":124,"diastolic_mmhg":78,"heart_rate_bpm":72,"symptoms":false},
"neuro":{"finding":"normal","slr_own_leg_pain":false,"slr_angle_deg":null,"crossed_slr":false},
"pregnancy":{"status":"no","weeks_postpartum":null},"bone":"none","surgery":{"kind":"none"},
"episode":{"duration_weeks":26,"mechanism":"nociceptive","irritability":"low","directional_response":"none"},
"pain":{"nprs_7day":4,"vas_mm":null},"disability":{"odi_percent":10,"rmdq":null},
"biering_sorensen":{"seconds":100},
"hip_extension":{"test":"bridge_reps","left":14,"right":15,"mmt_left":5,"mmt_right":5},
"dowel_hinge":{"reps_with_contact":6,"reps":10,"depth":"mid_shin","pain":1},
"history":{"highest_stage_exited":0,"barbell_experience_12_months":false}}`

var shipped = sync.OnceValues(func() (*screen.Rules, error) { return screen.LoadRules(assets.Rules) })

func rules(t testing.TB) *screen.Rules {
	t.Helper()
	r, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fieldPaths are the paths of every answer of a case, as the form and the case
// files name them.
func fieldPaths(t testing.TB) []string {
	var out []string
	var walk func(prefix string, v reflect.Type)
	walk = func(prefix string, v reflect.Type) {
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Field(i).Tag.Get("json"), ",")
			ft := v.Field(i).Type
			if ft.Kind() == reflect.Pointer {
				ft = ft.Elem()
			}
			switch {
			case ft.Kind() == reflect.Struct && ft != reflect.TypeFor[domain.Decimal]():
				walk(prefix+name+".", ft)
			case ft.Kind() == reflect.Map:
				for _, f := range rules(t).RedFlags {
					out = append(out, prefix+name+"."+f.ID)
				}
			default:
				out = append(out, prefix+name)
			}
		}
	}
	walk("", reflect.TypeFor[screen.Case]())
	return out
}

// line is base with every safety question answered no and then the edits, each
// "path=value" with the value in JSON or a bare word, applied in order.
func line(t testing.TB, edits string) []byte {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(base), &m); err != nil {
		t.Fatal(err)
	}
	flags := map[string]any{}
	for _, f := range rules(t).RedFlags {
		flags[f.ID] = "no"
	}
	m["red_flags"] = flags
	for _, e := range strings.Fields(edits) {
		path, text, ok := strings.Cut(e, "=")
		if !ok {
			t.Fatalf("edit %q has no value", e)
		}
		var v any
		if json.Unmarshal([]byte(text), &v) != nil {
			v = text
		}
		at := m
		keys := strings.Split(path, ".")
		for _, k := range keys[:len(keys)-1] {
			next, ok := at[k].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[k] = next
			}
			at = next
		}
		at[keys[len(keys)-1]] = v
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func makeCase(t testing.TB, edits string) screen.Case {
	t.Helper()
	c, err := screen.DecodeCase(line(t, edits), rules(t))
	if err != nil {
		t.Fatalf("%s: %v", edits, err)
	}
	return c
}

// brief writes a decision in one line: the outcome, the stage when ready, and
// only the parts that are not empty.
func brief(d screen.Decision) string {
	var b strings.Builder
	b.WriteString(string(d.Outcome))
	if d.Stage != 0 {
		b.WriteString("/" + strconv.Itoa(d.Stage))
	}
	if d.Cap != 4 {
		fmt.Fprintf(&b, " cap=%d", d.Cap)
	}
	for _, part := range []struct {
		name string
		list []string
	}{{"rules", d.Rules}, {"tracks", d.Tracks}, {"flags", d.Flags}, {"missing", d.Missing}, {"stale", d.Stale}} {
		if len(part.list) > 0 {
			b.WriteString(" " + part.name + "=" + strings.Join(part.list, ","))
		}
	}
	return b.String()
}

// row is one line of a table: the edits to base and the brief decision.
type row struct{ edits, want string }

func check(t *testing.T, rows []row) {
	t.Helper()
	r := rules(t)
	for _, row := range rows {
		t.Run(row.edits, func(t *testing.T) {
			c := makeCase(t, row.edits)
			if got := brief(screen.Evaluate(c, r)); got != row.want {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
			if got := brief(screen.Explain(c, r).Decision); got != row.want {
				t.Errorf("explained\n got %s\nwant %s", got, row.want)
			}
		})
	}
}
