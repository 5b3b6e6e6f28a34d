package kit

import (
	"testing"

	"backtobar/domain"
)

// TestDateOfTheBoxes reads what people type into three boxes.
func TestDateOfTheBoxes(t *testing.T) {
	for _, c := range []struct {
		month, day, year string
		want             domain.Date
		wrong            bool
	}{
		{"", "", "", domain.Date{}, false},
		{"11", "22", "2026", domain.Date{Year: 2026, Month: 11, Day: 22}, false},
		{"nov", "2", "2026", domain.Date{Year: 2026, Month: 11, Day: 2}, false},
		{"02", "29", "2028", domain.Date{Year: 2028, Month: 2, Day: 29}, false},
		{"02", "29", "2026", domain.Date{}, true},
		{"13", "1", "2026", domain.Date{}, true},
		{"11", "22", "26", domain.Date{}, true},
		{"11", "", "2026", domain.Date{}, true},
		{"x", "1", "2026", domain.Date{}, true},
	} {
		d := NewDateEntry(NewRouter())
		d.Put(c.month, c.day, c.year)
		got, problem := d.Date("Last day")
		if got != c.want || (problem != "") != c.wrong {
			t.Errorf("%q %q %q: %v, %q", c.month, c.day, c.year, got, problem)
		}
	}
}
