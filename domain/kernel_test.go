package domain

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDecimalText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0", "0"}, {"35", "35"}, {"35.0", "35"}, {"0.5", "0.5"}, {"72.500", "72.5"},
		{"-4.25", "-4.25"}, {"-0", "0"}, {"0.000001", "0.000001"}, {"999999999999", "999999999999"},
	} {
		d, err := ParseDecimal(c.in)
		if err != nil || d.String() != c.want {
			t.Errorf("%q: %s, %v; want %s", c.in, d, err, c.want)
		}
	}
	for _, in := range []string{"", ".", "-", ".5", "5.", "1e2", "+5", "--5", "1,5", "0x1", "5 ", "٣",
		"0.0000001", "9999999999999", "NaN"} {
		if d, err := ParseDecimal(in); err == nil {
			t.Errorf("%q was read as %s", in, d)
		}
	}
}

func TestDecimalIsExact(t *testing.T) {
	if got := MustDecimal("5.7").Mul(10).Sub(MustDecimal("37")); got.Cmp(NewDecimal(20)) != 0 {
		t.Errorf("10 times 5.7 less 37 is %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := Decimal{rapid.Int64Range(-1e15, 1e15).Draw(t, "a")}
		b := Decimal{rapid.Int64Range(-1e15, 1e15).Draw(t, "b")}
		if back, err := ParseDecimal(a.String()); err != nil || back != a {
			t.Fatalf("%s comes back as %s, %v", a, back, err)
		}
		if a.Add(b).Sub(b) != a || a.Cmp(b) != a.Sub(b).Sign() || a.Abs().Sign() < 0 {
			t.Fatalf("arithmetic of %s and %s", a, b)
		}
		if DecimalFromRat(a.Rat()) != a {
			t.Fatalf("%s is not the fraction %s", a, a.Rat())
		}
		j, err := json.Marshal(a)
		var back Decimal
		if err != nil || json.Unmarshal(j, &back) != nil || back != a {
			t.Fatalf("%s as JSON is %s", a, j)
		}
	})
	if got := DecimalFromRat(big.NewRat(-1, 3)); got.String() != "-0.333334" {
		t.Errorf("a third below nothing rounds down to %s", got)
	}
}

func TestMass(t *testing.T) {
	lb := func(s string) Mass { return Mass{MustDecimal(s), Pound} }
	kg := func(s string) Mass { return Mass{MustDecimal(s), Kilogram} }
	for _, c := range []struct {
		a, b Mass
		want int
	}{
		{lb("35"), kg("16"), -1}, {lb("35.274"), kg("16"), 1}, {lb("53"), kg("24"), 1},
		{lb("100"), kg("45.359237"), 0}, {kg("8"), kg("8.0"), 0},
	} {
		if got := c.a.Cmp(c.b); got != c.want || c.b.Cmp(c.a) != -c.want {
			t.Errorf("%s and %s compare as %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := lb("35").String(); got != "35 pounds" {
		t.Errorf("got %q", got)
	}
	// A change of unit and back is exact.
	v := lb("154.5")
	kgs := new(big.Rat).Set(v.In(Kilogram))
	if kgs.Quo(kgs, kilogramsPerPound).Cmp(v.Value.Rat()) != 0 {
		t.Error("pounds to kilograms and back is not the same")
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		y  int
		m  time.Month
		d  int
		ok bool
	}{{2024, 2, 29, true}, {2023, 2, 29, false}, {1900, 2, 29, false}, {2000, 2, 29, true}, {2026, 13, 1, false},
		{2026, 4, 31, false}, {0, 1, 1, false}, {10000, 1, 1, false}} {
		if _, ok := NewDate(c.y, c.m, c.d); ok != c.ok {
			t.Errorf("%d-%d-%d: real is %v", c.y, c.m, c.d, ok)
		}
	}
	born := Date{1986, 3, 14}
	for _, c := range []struct {
		on   Date
		want int
	}{{Date{2026, 3, 13}, 39}, {Date{2026, 3, 14}, 40}, {Date{2026, 11, 22}, 40}, {born, 0}} {
		if got := born.AgeOn(c.on); got != c.want {
			t.Errorf("age on %s is %d, want %d", c.on, got, c.want)
		}
	}
	leap := Date{2008, 2, 29}
	if leap.AgeOn(Date{2026, 2, 28}) != 17 || leap.AgeOn(Date{2026, 3, 1}) != 18 {
		t.Error("a birthday on February 29 does not fall on March 1")
	}
	if got := born.Short(); got != "Mar 14, 1986" {
		t.Errorf("got %q", got)
	}
	if got := (Date{}).Short(); got != "Not recorded" {
		t.Errorf("got %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := DateOf(time.Unix(rapid.Int64Range(-6e10, 6e10).Draw(t, "a"), 0).UTC())
		n := rapid.IntRange(-40000, 40000).Draw(t, "n")
		if a.DaysUntil(a.AddDays(n)) != n {
			t.Fatalf("%d days from %s is %s", n, a, a.AddDays(n))
		}
		back, err := ParseDate(a.String())
		if err != nil || back != a {
			t.Fatalf("%s comes back as %s, %v", a, back, err)
		}
	})
}

func TestProblems(t *testing.T) {
	var p Problems
	if p.Err() != nil {
		t.Error("no problem is an error")
	}
	p.Add("vitals", "Enter the pressure")
	err := NotAllowed(p...)
	var got Problems
	if !errors.Is(err, ErrNotAllowed) || !errors.As(fmt.Errorf("sign: %w", err), &got) || got.For("vitals") != "Enter the pressure" {
		t.Errorf("the reasons are lost in %v", err)
	}
}

// TestCmpProducts holds the comparison of products to that of big numbers, also
// beyond the range of a Decimal.
func TestCmpProducts(t *testing.T) {
	var some []Decimal
	for _, text := range []string{"0", "-1", "1", "0.000001", "-0.000001", "0.2", "20", "100", "99.999999", "999999999999.999999", "-999999999999.999999"} {
		some = append(some, MustDecimal(text))
	}
	for _, a := range some {
		for _, b := range some {
			left := new(big.Rat).Mul(a.Rat(), b.Rat())
			for _, c := range some {
				for _, d := range some {
					if got, want := CmpProducts(a, b, c, d), left.Cmp(new(big.Rat).Mul(c.Rat(), d.Rat())); got != want {
						t.Fatalf("%s times %s against %s times %s: %d, want %d", a, b, c, d, got, want)
					}
				}
			}
		}
	}
}
