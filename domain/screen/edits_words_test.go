package screen_test

import (
	"strings"
	"testing"

	"backtobar/domain/screen"
)

// TestWhatIsSaidOfAValue: the sentence about a value that is not allowed says
// what is, and speaks of weakening only where a stop or a hold would be weaker.
func TestWhatIsSaidOfAValue(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"bst_min", "60.5", "enter a whole number from 30 to 120 seconds."},
		{"bst_min", "29", "enter a number from 30 to 120 seconds."},
		{"bst_min", "x", "enter a number from 30 to 120 seconds."},
		{"nprs_fail", "5.55", "enter a number in steps of 0.1 from 4 to 8 points."},
		{"hr_urgent", "99", "enter a number from 100 to 120 per minute."},
		{"hr_urgent", "121", "enter a number from 100 to 120 per minute. A rule for same-day care is never weakened."},
		{"bp_low_systolic", "111", "enter a number from 90 to 110 mmHg."},
		{"bp_low_systolic", "89", "enter a number from 90 to 110 mmHg. A rule that holds training for a clearance is never weakened."},
		{"bp_crisis_systolic", "159", "enter a number from 160 to 180 mmHg."},
		{"bp_crisis_systolic", "181", "enter a number from 160 to 180 mmHg. An emergency rule is never weakened."},
		{"fast_track", "often", "choose one of the words offered."},
	} {
		_, p := rules(t).With(1, screen.Edits{c.key: c.value})
		if got := p.For(c.key); got != valueOf(t, rules(t), c.key).Title+": "+c.want || len(p) != 1 {
			t.Errorf("%s = %s: %v", c.key, c.value, p)
		}
	}
	for _, key := range []string{"CES1", "rules.BP-1", "max_age_days.mood", "max_age_days."} {
		for _, value := range []string{"0", "1"} {
			if _, p := rules(t).With(1, screen.Edits{key: value}); p.For(key) != "The rules have no such value. Take it out." {
				t.Errorf("%q = %s: %v", key, value, p)
			}
		}
	}
	// A caution above the failure is said once, for the value that has to move.
	_, p := rules(t).With(1, screen.Edits{"bp_relative_systolic": "135"})
	if len(p) != 1 || !strings.Contains(p.For("bp_caution_systolic"), "enter 135 or less, the value of “") {
		t.Errorf("%v", p)
	}
	_, p = rules(t).With(1, screen.Edits{"bp_relative_systolic": "135", "bp_caution_systolic": "141"})
	if len(p) != 1 || !strings.Contains(p.For("bp_caution_systolic"), "from 120 to 140") {
		t.Errorf("%v", p)
	}
}

// TestSignedValuesThatCannotBeRead: the shipped value counts for what is no
// number, and what fits is left alone without a word.
func TestSignedValuesThatCannotBeRead(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ key, value, now, of, told string }{
		{"bst_min", "x", "60", "bst_min", "bst_min"},
		{"bst_min", "30", "30", "bst_min", ""},
		{"bst_min", "120", "120", "bst_min", ""},
		{"bst_max", "x", "240", "bst_max", "bst_max"},
		{"nprs_fail", "5.55", "6", "nprs_fail", "nprs_fail"},
		{"fast_track", "off", "off", "fast_track", ""},
		{"fast_track", "x", "off", "fast_track", "fast_track"},
		{"hinge_depth_min", "x", "floor", "hinge_depth_min", "hinge_depth_min"},
		{"bp_relative_systolic", "140", "140", "bp_caution_systolic", ""},
		{"bp_relative_systolic", "139", "139", "bp_caution_systolic", "bp_caution_systolic"},
	} {
		made, told := r.Fit(1, screen.Edits{c.key: c.value})
		if got := valueOf(t, made, c.of).Now; got != c.now {
			t.Errorf("%s = %s: %s counts as %s, want %s", c.key, c.value, c.of, got, c.now)
		}
		if c.told == "" && len(told) != 0 || c.told != "" && (len(told) != 1 || told.For(c.told) == "") {
			t.Errorf("%s = %s: told %v", c.key, c.value, told)
		}
	}
}

func TestTowardOfTexts(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		key, from, to string
		want          int
	}{
		{"bst_min", "x", "60", 0}, {"bst_min", "60", "x", 0}, {"bst_min", "x", "y", 0},
		{"hinge_depth_min", "floor", "knee", -1}, {"hinge_depth_min", "mid_shin", "knee", -1}, {"hinge_depth_min", "knee", "knee", 0},
	} {
		if got := valueOf(t, r, c.key).Toward(c.from, c.to); got != c.want {
			t.Errorf("%s from %s to %s is %d, want %d", c.key, c.from, c.to, got, c.want)
		}
	}
}
