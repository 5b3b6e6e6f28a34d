package measure_test

import (
	"io/fs"
	"math"
	"math/big"
	"strings"
	"testing"
	"testing/fstest"

	"backtobar/assets"
	"backtobar/domain/measure"
)

// TestShippedFacts states the numbers of the file a second time: range, step,
// direction, and the number that calls a change real with its tag. A change of
// the file must be made here too, on purpose.
func TestShippedFacts(t *testing.T) {
	facts := map[string]string{
		"nprs_now":            "0-10 step 1 lower MIC 2 source",
		"nprs_worst":          "0-10 step 1 lower MIC 2 source",
		"nprs_7day":           "0-10 step 0.1 lower MIC 2 source",
		"vas":                 "0-100 step 0 lower MIC 15 source",
		"odi":                 "0-100 step 0 lower MDC 12 clinic default",
		"rmdq":                "0-24 step 1 lower MDC90 5 source",
		"start_back_total":    "0-9 step 1 -",
		"start_back_distress": "0-5 step 1 -",
		"psfs":                "0-10 step 0 higher MDC90 2 secondary source",
		"psfs_activity":       "0-10 step 1 higher MDC90 3 secondary source",
		"fabq_pa":             "0-24 step 1 lower",
		"fabq_work":           "0-42 step 1 lower",
		"tsk11":               "11-44 step 1 lower MDC95 7 source",
		"pseq":                "0-60 step 1 higher MDC 11 clinic default",
		"biering_sorensen":    "0-240 step 1 higher MDC95 32 source",
		"extensor_hold_other": "0-3600 step 1 higher",
		"bridge_reps":         "0-600 step 1 higher",
		"bridge_hold":         "0-600 step 1 higher",
		"hamstring_bridge":    "0-600 step 1 higher",
		"mmt":                 "0-5 step 1 higher",
		"hip_torque":          "0-2000 step 0 higher MDC 14.8 source standing_prone",
		"hip_torque_per_kg":   "0-100 step 0 higher",
		"slr_angle":           "0-120 step 0 -",
		"hinge_contacts":      "0-100 step 0 higher",
		"systolic":            "60-260 step 0 -",
		"diastolic":           "30-160 step 0 -",
	}
	for _, m := range catalog(t).Measures {
		direction := m.Better
		if direction == measure.NoDirection {
			direction = "-"
		}
		got := m.Low.String() + "-" + m.High.String() + " step " + m.Step.String() + " " + direction
		for _, n := range m.Change {
			if n.Use == measure.UseReal {
				got += " " + n.Kind + " " + n.Value.String() + " " + n.Tag
				if n.Protocol != "" {
					got += " " + n.Protocol
				}
			}
		}
		if got != facts[m.ID] {
			t.Errorf("%s: %q, want %q", m.ID, got, facts[m.ID])
		}
		delete(facts, m.ID)
	}
	for id := range facts {
		t.Errorf("%s is missing", id)
	}
}

// TestImportantNumbers states the numbers that call an improvement important.
func TestImportantNumbers(t *testing.T) {
	want := map[string]string{
		"nprs_now": "2 30%", "nprs_worst": "2 30%", "nprs_7day": "2 30%", "vas": "15 30%",
		"odi": "10 30%", "rmdq": "5 30%", "psfs": "1.3", "tsk11": "4",
	}
	for _, m := range catalog(t).Measures {
		var got []string
		for _, n := range m.Change {
			if n.Use == measure.UseImportant {
				s := n.Value.String()
				if n.Percent {
					s += "%"
				}
				got = append(got, s)
			}
		}
		if strings.Join(got, " ") != want[m.ID] {
			t.Errorf("%s: %q, want %q", m.ID, got, want[m.ID])
		}
	}
}

// TestShownNumbers states the numbers that are shown beside the others, and how
// many decimals a value shows.
func TestShownNumbers(t *testing.T) {
	want := map[string]string{
		"nprs_now": "MDC 1.77 MCID 1.5 MCID 3.5", "nprs_worst": "MDC 1.77 MCID 1.5 MCID 3.5", "nprs_7day": "MDC 1.77 MCID 1.5 MCID 3.5",
		"odi": "MCID 12 MCID 6", "psfs": "MCID 2.3 MCID 2.7", "tsk11": "SEM 2.54 MDC90 5.9",
		"biering_sorensen": "SEM 11.6 SEM 17.5 SEM 17.4",
	}
	decimals := map[string]int{"nprs_7day": 1, "vas": 1, "odi": 1, "psfs": 1, "hip_torque": 1, "hip_torque_per_kg": 2,
		"slr_angle": 1, "systolic": 1, "diastolic": 1}
	for _, m := range catalog(t).Measures {
		var got []string
		for _, n := range m.Change {
			if n.Use == measure.UseShown {
				got = append(got, n.Kind+" "+n.Value.String())
			}
		}
		if strings.Join(got, " ") != want[m.ID] {
			t.Errorf("%s: %q, want %q", m.ID, got, want[m.ID])
		}
		if m.Decimals != decimals[m.ID] {
			t.Errorf("%s shows %d decimals, want %d", m.ID, m.Decimals, decimals[m.ID])
		}
	}
	// A value that passes a limit must not show as the limit.
	if got := get(t, "vas").Shown(dec("59.5")); got != "59.5" {
		t.Errorf("59.5 mm shows as %s", got)
	}
	if got := get(t, "systolic").Shown(dec("160.5")); got != "160.5" {
		t.Errorf("160.5 mmHg shows as %s", got)
	}
}

// TestComputedErrors works out again every MDC that the file says was computed
// from a standard error of measurement: MDC = z * sqrt(2) * SEM.
func TestComputedErrors(t *testing.T) {
	z := map[string]float64{"MDC90": 1.645, "MDC95": 1.96}
	computed := 0
	for _, m := range catalog(t).Measures {
		sem := 0.0
		for _, n := range m.Change {
			if n.Kind == "SEM" && sem == 0 { // the first is that of people with pain now
				sem, _ = n.Value.Rat().Float64()
			}
		}
		for _, n := range m.Change {
			if !strings.Contains(n.Note, "computed") {
				continue
			}
			computed++
			got, _ := n.Value.Rat().Float64()
			want := z[n.Kind] * math.Sqrt2 * sem
			if digits := 10.0; strings.Contains(n.Note, "whole") {
				want = math.Round(want)
			} else {
				want = math.Round(want*digits) / digits
			}
			if math.Abs(got-want) > 1e-9 {
				t.Errorf("%s %s is %v, and %v from an SEM of %v", m.ID, n.Kind, got, want, sem)
			}
		}
	}
	if computed != 3 {
		t.Errorf("%d computed numbers, want 3", computed)
	}
}

// TestLicences: the forms that belong to somebody are score fields only, and
// the file has no place for their wording.
func TestLicences(t *testing.T) {
	for _, id := range []string{"odi", "rmdq", "start_back_total", "start_back_distress", "fabq_pa", "fabq_work", "tsk11", "pseq"} {
		if m := get(t, id); m.Licence.ItemText != measure.ScoreOnly || !m.Form {
			t.Errorf("%s must be a form of which only the score is kept: %+v", id, m.Licence)
		}
	}
	for _, m := range catalog(t).Measures {
		if strings.Contains(strings.ToLower(m.Title+m.Scoring), "par-q") || strings.Contains(m.Title, "CPT") {
			t.Errorf("%s must not be in the program", m.ID)
		}
	}
}

// TestBandsCover: every value of a measure with bands is in exactly one.
func TestBandsCover(t *testing.T) {
	for _, m := range catalog(t).Measures {
		for _, set := range m.BandSets {
			step := big.NewRat(1, 10)
			for v := m.Low.Rat(); v.Cmp(m.High.Rat()) <= 0; v.Add(v, step) {
				n := 0
				for _, b := range set.Bands {
					if one := (measure.Measure{BandSets: []measure.BandSet{{Bands: []measure.Band{b}}}}); has(one, v) {
						n++
					}
				}
				if n != 1 {
					t.Fatalf("%s %s is in %d bands", m.ID, v.FloatString(1), n)
				}
			}
		}
	}
}

func has(m measure.Measure, v *big.Rat) bool {
	_, ok := m.Band(dec(v.FloatString(1)), "")
	return ok
}

// good is a file that is accepted.
const good = `{"version":"T","issued":"2026-01-01","measures":[{"id":"x","title":"X","unit":"points","low":0,"high":10,"step":1,
"decimals":0,"better":"lower","protocols":["p","q"],"missing":"m","missing_tag":"source","scoring":"s",
"licence":{"owner":"o","item_text":"own words","note":"n"},
"band_sets":[{"tag":"source","citation":"c","bands":[
{"name":"a","plain":"a","from":0,"to":4},{"name":"b","plain":"b","above":4,"below":7},{"name":"c","plain":"c","from":7,"to":10}]}],
"change":[{"kind":"MDC90","value":2,"use":"real","tag":"source","citation":"c"}]}]}`

func TestParseRefuses(t *testing.T) {
	if _, err := measure.Parse([]byte(good)); err != nil {
		t.Fatalf("the good file is refused: %v", err)
	}
	const number = `"change":[{"kind":"MDC90","value":2,"use":"real","tag":"source","citation":"c"}]`
	for _, c := range []struct{ name, old, new, says string }{
		{"no version", `"T"`, `""`, "version"},
		{"no day", `"issued":"2026-01-01",`, ``, "version"},
		{"unknown key", `"unit"`, `"units"`, "units"},
		{"item text has no place", `"missing":"m"`, `"missing":"m","items":["a"]`, "items"},
		{"no id", `"id":"x"`, `"id":""`, "id of its own"},
		{"no title", `"X"`, `""`, "title"},
		{"no unit", `"points"`, `""`, "unit"},
		{"no source of the scoring", `"scoring":"s"`, `"scoring":""`, "scoring"},
		{"no protocol", `["p","q"]`, `[]`, "protocol"},
		{"low above high", `"low":0`, `"low":11`, "low below high"},
		{"low equal to high", `"low":0`, `"low":10`, "low below high"},
		{"negative step", `"step":1`, `"step":-1`, "step"},
		{"fewer than no decimals", `"decimals":0`, `"decimals":-1`, "decimals"},
		{"three decimals", `"decimals":0`, `"decimals":3`, "decimals"},
		{"six activities", `"step":1`, `"step":1,"activities":6`, "activities"},
		{"fewer than no activities", `"step":1`, `"step":1,"activities":-1`, "activities"},
		{"direction", `"lower"`, `"down"`, "x.better"},
		{"no rule for gaps", `"missing":"m"`, `"missing":""`, "missing"},
		{"no tag for it", `"missing_tag":"source"`, `"missing_tag":"own"`, "missing"},
		{"no owner", `"owner":"o"`, `"owner":""`, "licence"},
		{"no note", `"note":"n"`, `"note":""`, "licence"},
		{"item text shipped", `"own words"`, `"full"`, "licence"},
		{"band without citation", `"citation":"c","bands"`, `"citation":" ","bands"`, "band_sets[0]"},
		{"band with another tag", `"tag":"source","citation":"c","bands"`, `"tag":"V","citation":"c","bands"`, "band_sets[0]"},
		{"unknown sex", `{"tag":"source","citation":"c","bands"`, `{"sex":"all","tag":"source","citation":"c","bands"`, "sex"},
		{"band without plain words", `"plain":"b"`, `"plain":""`, "bands[1]"},
		{"band with two beginnings", `"above":4`, `"above":4,"from":4`, "bands[1]"},
		{"band without an end", `,"below":7`, ``, "bands[1]"},
		{"overlap", `"above":4`, `"from":4`, "bands[1]"},
		{"gap", `"above":4`, `"above":5`, "bands[1]"},
		{"gap at the seam", `"from":7`, `"above":7`, "bands[2]"},
		{"begins late", `"from":0`, `"from":1`, "lowest"},
		{"ends early", `"to":10`, `"to":9`, "lowest to the highest"},
		{"runs backward", `"above":4,"below":7},{"name":"c","plain":"c","from":7`, `"above":4,"below":3},{"name":"c","plain":"c","from":3`, "ends before it begins"},
		{"nothing in it", `"above":4,"below":7},{"name":"c","plain":"c","from":7`, `"above":4,"below":4},{"name":"c","plain":"c","from":4`, "ends before it begins"},
		{"nothing in it, open below", `"above":4,"below":7},{"name":"c","plain":"c","from":7`, `"above":4,"to":4},{"name":"c","plain":"c","above":4`, "ends before it begins"},
		{"no band", `{"name":"a","plain":"a","from":0,"to":4},{"name":"b","plain":"b","above":4,"below":7},{"name":"c","plain":"c","from":7,"to":10}`, ``, "has no band"},
		{"number without citation", `"use":"real","tag":"source","citation":"c"`, `"use":"real","tag":"source","citation":""`, "change[0]"},
		{"unknown kind", `MDC90`, `MDC80`, "change[0]"},
		{"unknown use", `"use":"real"`, `"use":"nice"`, "change[0]"},
		{"no size", `"value":2`, `"value":0`, "change[0]"},
		{"larger than the range", `"value":2`, `"value":11`, "change[0]"},
		{"above 100 percent", `"value":2,"use":"real"`, `"value":101,"percent":true,"use":"shown"`, "change[0]"},
		{"unknown protocol", `"use":"real"`, `"use":"real","protocol":"r"`, "protocol"},
		{"real by a share", `"value":2`, `"value":2,"percent":true`, "own unit"},
		{"real by an SEM", `MDC90`, `SEM`, "not an SEM"},
		{"no direction to judge", `"better":"lower",`, ``, "no better direction"},
		{"two real numbers", number, number[:len(number)-1] + `,{"kind":"MDC","value":3,"use":"real","protocol":"q","tag":"source","citation":"c"}]`, "two numbers"},
		{"important, never real", `"use":"real"`, `"use":"important"`, "without a number that calls it real"},
		{"important, not real for a protocol", number, strings.Replace(number[:len(number)-1], `"use":"real"`, `"use":"real","protocol":"p"`, 1) +
			`,{"kind":"MIC","value":3,"use":"important","tag":"source","citation":"c"}]`, "without a number that calls it real"},
		{"twice", `"measures":[`, `"measures":[` + good[strings.Index(good, `{"id"`):len(good)-2] + `,`, "id of its own"},
		{"empty", good[strings.Index(good, `{"id"`) : len(good)-2], ``, "must not be empty"},
		{"not JSON", good, `measures`, ""},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		if bad == good {
			t.Errorf("%s: the edit changed nothing", c.name)
			continue
		}
		if _, err := measure.Parse([]byte(bad)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.says)
		}
	}
	for name, edit := range map[string]string{
		"a number as large as the range": `"value":10`,
		"a share of the whole":           `"value":100,"percent":true,"use":"shown"`,
		"one of two protocols":           `"value":2,"protocol":"q"`,
	} {
		old := `"value":2`
		if strings.Contains(edit, "use") {
			old = `"value":2,"use":"real"`
		}
		if _, err := measure.Parse([]byte(strings.Replace(good, old, edit, 1))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	two := strings.Replace(good, `"band_sets":[`, `"band_sets":[{"sex":"male","tag":"source","citation":"c","bands":[{"name":"a","plain":"a","from":0,"to":10}]},`, 1)
	if _, err := measure.Parse([]byte(two)); err == nil || !strings.Contains(err.Error(), "sex") {
		t.Errorf("bands for everyone beside bands for men: %v", err)
	}
}

func TestLoad(t *testing.T) {
	if _, err := measure.Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder holds measures")
	}
	b, err := fs.ReadFile(assets.Measures, "measures/measures.json")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := measure.Load(fstest.MapFS{"measures/measures.json": {Data: b}}); err != nil {
		t.Error(err)
	}
	if _, ok := catalog(t).Measure("painDETECT"); ok {
		t.Error("there is a measure that is not in the file")
	}
}
