package intake

import (
	"testing"

	"backtobar/domain"
)

func TestParseKettlebells(t *testing.T) {
	for _, c := range []struct {
		in, want string
		wrong    bool
	}{
		{"", "", false},
		{" , ", "", false},
		{"15, 25", "15, 25", false},
		{"8 kg,12kg; 35 lb", "8 kg, 12 kg, 35", false},
		{"22.5 pounds", "22.5", false},
		{"15 25", "", true},
		{"heavy", "", true},
		{"-4", "", true},
		{"0", "", true},
		{"12 stone", "", true},
	} {
		bells, problem := ParseKettlebells(c.in, domain.Pound)
		if got := KettlebellText(bells, domain.Pound); got != c.want || (problem != "") != c.wrong {
			t.Errorf("%q: %q, problem %q; want %q, wrong %v", c.in, got, problem, c.want, c.wrong)
		}
	}
}
