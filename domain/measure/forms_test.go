package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"backtobar/domain/measure"
)

// sections reads ODI sections: "2 - 3,4" has a section left out and one with
// two boxes ticked.
func sections(t testing.TB, s string) (out [10][]int) {
	t.Helper()
	for i, w := range strings.Fields(s) {
		for _, n := range blanks(t, strings.ReplaceAll(w, ",", " ")) {
			if n != nil {
				out[i] = append(out[i], *n)
			}
		}
	}
	return out
}

// C01 to C05 and C24 are the worked cases of the clinic's specification.
func TestODI(t *testing.T) {
	for _, c := range []struct{ name, in, want, shown, band string }{
		{"C01", "2 1 3 1 2 2 1 1 2 1", "32", "32.0", "moderate"},
		{"C02, section 8 blank", "2 1 3 1 2 2 1 - 2 1", "33.333333", "33.3", "moderate"},
		{"C03, eight answered", "2 1 3 - 2 2 1 - 2 1", "35", "35.0", "moderate"},
		{"C04, seven answered", "2 1 3 - 2 2 1 - 2 -", "not_scored", "", ""},
		{"none answered", "- - - - - - - - - -", "not_scored", "", ""},
		{"all 0", "0 0 0 0 0 0 0 0 0 0", "0", "0.0", "minimal"},
		{"all 5", "5 5 5 5 5 5 5 5 5 5", "100", "100.0", "bed-bound or exaggerated"},
		{"two boxes: the higher", "2,4 0 0 0 0 0 0 0 0 0", "8", "8.0", "minimal"},
		{"two boxes, the other way round", "4,2 0 0 0 0 0 0 0 0 0", "8", "8.0", "minimal"},
		{"exactly 20", "1 1 1 1 1 1 1 1 1 1", "20", "20.0", "minimal"},
		{"next above 20 of 10", "2 1 1 1 1 1 1 1 1 1", "22", "22.0", "moderate"},
		{"exactly 40", "2 2 2 2 2 2 2 2 - -", "40", "40.0", "moderate"},
		{"next above 40 of 9", "3 2 2 2 2 2 2 2 2 -", "42.222222", "42.2", "severe"},
		{"exactly 60", "3 3 3 3 3 3 3 3 3 3", "60", "60.0", "severe"},
		{"exactly 80", "4 4 4 4 4 4 4 4 4 4", "80", "80.0", "crippled"},
		{"next above 80", "5 4 4 4 4 4 4 4 4 4", "82", "82.0", "bed-bound or exaggerated"},
	} {
		got, err := measure.ODI(sections(t, c.in))
		if err != nil || told(got) != c.want {
			t.Errorf("%s: %s, %v, want %s", c.name, told(got), err, c.want)
			continue
		}
		if !got.Scored() {
			if got.Why == "" {
				t.Errorf("%s: not scored without a reason", c.name)
			}
			continue
		}
		m := get(t, "odi")
		if b, _ := m.Band(got.Value, ""); b.Name != c.band || m.Shown(got.Value) != c.shown {
			t.Errorf("%s: %s %s, want %s %s", c.name, m.Shown(got.Value), b.Name, c.shown, c.band)
		}
	}
	_, err := measure.ODI(sections(t, "0 0 0 0 6 0 0 0 0 0"))
	refused(t, err, "odi.section_5")
	_, err = measure.ODI(sections(t, "6 0 0 0 0 0 0 0 0 -1"))
	refused(t, err, "odi.section_1", "odi.section_10")
}

func TestODIBandsOfEnteredPercent(t *testing.T) {
	for value, want := range map[string]string{ // C05
		"0": "minimal", "20": "minimal", "20.000001": "moderate", "20.1": "moderate", "40": "moderate",
		"40.04": "severe", "40.1": "severe", "60": "severe", "60.1": "crippled", "80": "crippled",
		"80.1": "bed-bound or exaggerated", "100": "bed-bound or exaggerated",
	} {
		if b, ok := get(t, "odi").Band(dec(value), ""); !ok || b.Name != want {
			t.Errorf("%s percent is %q, want %q", value, b.Name, want)
		}
	}
	if _, ok := get(t, "odi").Band(dec("100.1"), ""); ok {
		t.Error("a value outside the range has a band")
	}
}

func TestNPRSMean(t *testing.T) {
	for _, c := range []struct {
		in   []int
		want string
	}{
		{nil, "not_scored"},
		{[]int{0}, "0"}, {[]int{10}, "10"}, {[]int{5, 6}, "5.5"},
		{[]int{6, 6, 5}, "5.7"},       // C24: below 6
		{[]int{5, 5, 6}, "5.3"},       // 5.33
		{[]int{1, 1, 1, 2}, "1.3"},    // 1.25: a half goes up
		{[]int{6, 6, 6, 6, 5}, "5.8"}, // 5.8
	} {
		got, err := measure.NPRSMean(c.in)
		if err != nil || told(got) != c.want {
			t.Errorf("%v: %s, %v, want %s", c.in, told(got), err, c.want)
		}
	}
	twenty := make([]int, 20)
	for i := range twenty {
		twenty[i] = 6
	}
	twenty[0] = 5 // 5.95 must not slip below a limit of 6
	if got, _ := measure.NPRSMean(twenty); told(got) != "6" {
		t.Errorf("5.95 is %s, want 6", told(got))
	}
	for _, bad := range [][]int{{-1}, {11}} {
		_, err := measure.NPRSMean(bad)
		refused(t, err, "nprs.rating_1")
	}
}

func TestRMDQ(t *testing.T) {
	var ticked [24]bool
	for n := range 25 {
		if got := measure.RMDQ(ticked); told(got) != fmt.Sprint(n) {
			t.Errorf("%d ticks give %s", n, told(got))
		}
		if n < 24 {
			ticked[(n*7)%24] = true
		}
	}
	for n, want := range map[string]string{"0": "low", "7": "low", "8": "moderate", "13": "moderate", "14": "high", "24": "high"} {
		if b, _ := get(t, "rmdq").Band(dec(n), ""); b.Name != want {
			t.Errorf("RMDQ %s is %q, want %q", n, b.Name, want)
		}
	}
}

func TestStartBackItems(t *testing.T) {
	for _, c := range []struct{ name, in, total, distress string }{
		{"none", "0 0 0 0 0 0 0 0 0", "0", "0"},
		{"all", "1 1 1 1 1 1 1 1 4", "9", "5"},
		{"first four are not distress", "1 1 1 1 0 0 0 0 0", "4", "0"},
		{"last five are", "0 0 0 0 1 1 1 1 3", "5", "5"},
		{"third place of item 9 counts nothing", "0 0 0 0 0 0 0 0 2", "0", "0"},
		{"fourth counts one", "0 0 0 0 0 0 0 0 3", "1", "1"},
		{"one blank", "- 0 0 0 1 1 1 1 3", "not_scored", "not_scored"},
		{"item 9 blank", "1 1 1 1 1 1 1 1 -", "not_scored", "not_scored"},
	} {
		total, distress, err := measure.StartBackItems([9]*int(blanks(t, c.in)))
		if err != nil || told(total) != c.total || told(distress) != c.distress {
			t.Errorf("%s: %s and %s, %v, want %s and %s", c.name, told(total), told(distress), err, c.total, c.distress)
		}
	}
	_, _, err := measure.StartBackItems([9]*int(blanks(t, "2 0 0 0 -1 0 0 0 5")))
	refused(t, err, "start_back.item_1", "start_back.item_5", "start_back.item_9")
	for n, bad := range []string{"0 0 0 0 0 0 0 2 0", "0 0 0 0 0 0 0 0 -1"} {
		_, _, err := measure.StartBackItems([9]*int(blanks(t, bad)))
		refused(t, err, fmt.Sprintf("start_back.item_%d", n+8))
	}
	items := [9]*int(blanks(t, "0 0 0 0 0 0 0 0 4"))
	if _, _, err := measure.StartBackItems(items); err != nil || *items[8] != 4 {
		t.Error("scoring changed the answers it was given")
	}
}

func TestStartBackRisk(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     measure.Risk
	}{
		{"C06", "3 3", "low"},
		{"C07, first", "4 3", "medium"},
		{"C07, second", "4 4", "high"},
		{"low, distress open", "3 -", "low"},
		{"total 4, distress open", "4 -", ""},
		{"nothing", "- -", ""},
		{"distress alone", "- 5", ""},
		{"highest", "9 5", "high"},
		{"the lowest distress that 7 can have", "7 3", "medium"},
	} {
		in := blanks(t, c.in)
		if got, err := measure.StartBackRisk(in[0], in[1]); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	for in, fields := range map[string]string{
		"10 5": "start_back.total", "-1 0": "start_back.total", "9 6": "start_back.distress", "4 -1": "start_back.distress", "3 -1": "start_back.distress",
		"2 3": "start_back.distress", "8 3": "start_back.distress", "10 6": "start_back.total start_back.distress",
	} {
		v := blanks(t, in)
		got, err := measure.StartBackRisk(v[0], v[1])
		refused(t, err, strings.Fields(fields)...)
		if got != "" {
			t.Errorf("%s is refused and still %q", in, got)
		}
	}
}

func rated(t testing.TB, s string) (out []measure.Activity) {
	for i, n := range blanks(t, s) {
		out = append(out, measure.Activity{Name: fmt.Sprintf("activity %d", i), Score: n})
	}
	return out
}

func TestPSFS(t *testing.T) {
	for in, want := range map[string]string{
		"": "not_scored", "-": "not_scored", "0": "0", "10": "10",
		"3 4 5":      "4", // C10
		"3 4 - 5":    "4",
		"0 0 1":      "0.333333",
		"10 9 9 0 1": "5.8",
	} {
		if got, err := measure.PSFS(rated(t, in)); err != nil || told(got) != want {
			t.Errorf("%q: %s, %v, want %s", in, told(got), err, want)
		}
	}
	if got := measure.Rated(rated(t, "3 - 5")); strings.Join(got, "|") != "activity 0|activity 2" {
		t.Errorf("rated are %q", got)
	}
	_, err := measure.PSFS(rated(t, "11 3 -1"))
	refused(t, err, "psfs.activity_1", "psfs.activity_3")
	_, err = measure.PSFS(rated(t, "1 1 1 1 1 1"))
	refused(t, err, "psfs")
	_, err = measure.PSFS([]measure.Activity{{Name: " ", Score: ptr(4)}})
	refused(t, err, "psfs.activity_1")
}

func TestFABQ(t *testing.T) {
	for _, c := range []struct{ name, in, pa, work string }{
		{"C08", "0 4 5 3 3 0 0 0 0 0 0 0 0 0 0 0", "15", "0"},
		{"highest", "6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6", "24", "42"},
		{"the items that do not count", "6 0 0 0 0 0 0 6 0 0 0 0 6 6 0 6", "0", "0"},
		{"those may be blank", "- 1 1 1 1 1 1 - 1 1 1 1 - - 1 -", "4", "7"},
		{"a blank of one part leaves the other", "0 - 1 1 1 1 1 0 1 1 1 1 0 0 1 0", "not_scored", "7"},
		{"and the other way round", "0 1 1 1 1 1 1 0 1 1 1 1 0 0 - 0", "4", "not_scored"},
	} {
		pa, work, err := measure.FABQ([16]*int(blanks(t, c.in)))
		if err != nil || told(pa) != c.pa || told(work) != c.work {
			t.Errorf("%s: %s and %s, %v, want %s and %s", c.name, told(pa), told(work), err, c.pa, c.work)
		}
	}
	// Each item alone, so that no set of items can be swapped.
	for n := 1; n <= 16; n++ {
		var items [16]*int
		for i := range items {
			items[i] = ptr(0)
		}
		items[n-1] = ptr(6)
		pa, work, _ := measure.FABQ(items)
		wantPA := n >= 2 && n <= 5
		wantWork := n == 6 || n == 7 || n >= 9 && n <= 12 || n == 15
		if (pa.Value.Sign() > 0) != wantPA || (work.Value.Sign() > 0) != wantWork {
			t.Errorf("item %d counts %s and %s", n, told(pa), told(work))
		}
	}
	_, _, err := measure.FABQ([16]*int(blanks(t, "7 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -1")))
	refused(t, err, "fabq.item_1", "fabq.item_16")
	_, _, err = measure.FABQ([16]*int(blanks(t, "0 0 0 0 0 0 0 7 0 0 0 0 0 0 0 0")))
	refused(t, err, "fabq.item_8")
	for value, want := range map[string]string{"14": "lower", "15": "high", "24": "high"} {
		if b, _ := get(t, "fabq_pa").Band(dec(value), ""); b.Name != want {
			t.Errorf("FABQ physical activity %s is %q, want %q", value, b.Name, want)
		}
	}
	for value, want := range map[string]string{"29": "lower", "30": "above 29", "34": "above 29", "35": "above 34", "42": "above 34"} {
		if b, _ := get(t, "fabq_work").Band(dec(value), ""); b.Name != want {
			t.Errorf("FABQ work %s is %q, want %q", value, b.Name, want)
		}
	}
}

func TestTSK11(t *testing.T) {
	for in, want := range map[string]string{
		"4 4 4 4 4 4 4 4 4 4 4": "44", // C09
		"4 4 4 4 4 - 4 4 4 4 4": "not_scored",
		"1 1 1 1 1 1 1 1 1 1 1": "11",
		"1 2 3 4 1 2 3 4 1 2 3": "26",
	} {
		if got, err := measure.TSK11([11]*int(blanks(t, in))); err != nil || told(got) != want {
			t.Errorf("%q: %s, %v, want %s", in, told(got), err, want)
		}
	}
	for _, bad := range []string{"0", "5"} {
		_, err := measure.TSK11([11]*int(blanks(t, bad+" 1 1 1 1 1 1 1 1 1 1")))
		refused(t, err, "tsk11.item_1")
	}
	for value, want := range map[string]string{"11": "lower", "28": "lower", "29": "raised", "44": "raised"} {
		if b, _ := get(t, "tsk11").Band(dec(value), ""); b.Name != want {
			t.Errorf("TSK-11 %s is %q, want %q", value, b.Name, want)
		}
	}
}

func TestPSEQ(t *testing.T) {
	for in, want := range map[string]string{
		"6 6 6 6 6 6 6 6 6 6": "60", "0 0 0 0 0 0 0 0 0 0": "0",
		"1 2 3 4 5 6 0 1 2 3": "27", "1 2 3 4 5 6 0 1 2 -": "not_scored",
	} {
		if got, err := measure.PSEQ([10]*int(blanks(t, in))); err != nil || told(got) != want {
			t.Errorf("%q: %s, %v, want %s", in, told(got), err, want)
		}
	}
	_, err := measure.PSEQ([10]*int(blanks(t, "7 0 0 0 0 0 0 0 0 -1")))
	refused(t, err, "pseq.item_1", "pseq.item_10")
	_, err = measure.PSEQ([10]*int(blanks(t, "0 0 0 0 0 0 0 0 0 7")))
	refused(t, err, "pseq.item_10")
	for value, want := range map[string]string{"0": "low", "29": "low", "30": "higher", "60": "higher"} {
		if b, _ := get(t, "pseq").Band(dec(value), ""); b.Name != want {
			t.Errorf("PSEQ %s is %q, want %q", value, b.Name, want)
		}
	}
}

func TestPainBands(t *testing.T) {
	for value, want := range map[string]string{
		"0": "none", "0.1": "mild", "3": "mild", "3.9": "mild", "4": "moderate", "5.7": "moderate",
		"6.9": "moderate", "7": "severe", "10": "severe",
	} {
		if b, _ := get(t, "nprs_7day").Band(dec(value), ""); b.Name != want {
			t.Errorf("pain %s is %q, want %q", value, b.Name, want)
		}
	}
}
