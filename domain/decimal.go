package domain

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"strings"
)

// Decimal is an exact decimal number with at most six places, between
// -9 trillion and 9 trillion. Loads and masses are decimals so that what is
// typed, stored, computed and printed is the same number; binary floating
// point never touches them. The zero Decimal is 0.
type Decimal struct{ micro int64 }

const decimalPlaces = 6

var errDecimal = errors.New("write a number such as 72.5, with at most six decimal places")

// NewDecimal returns a whole number.
func NewDecimal(n int) Decimal { return Decimal{int64(n) * 1_000_000} }

// ParseDecimal reads a plain number such as "72.5". It refuses exponents,
// signs other than a leading minus, and more than six places.
func ParseDecimal(s string) (Decimal, error) {
	t, neg := strings.CutPrefix(s, "-")
	whole, frac, dot := strings.Cut(t, ".")
	if whole == "" || len(whole) > 12 || len(frac) > decimalPlaces || (dot && frac == "") {
		return Decimal{}, errDecimal
	}
	// At most 12 + 6 digits, so the sum cannot overflow.
	n, ok := digits(0, whole)
	if ok {
		n, ok = digits(n, frac)
	}
	if !ok {
		return Decimal{}, errDecimal
	}
	for range decimalPlaces - len(frac) {
		n *= 10
	}
	if neg {
		n = -n
	}
	return Decimal{n}, nil
}

// digits appends decimal digits to n; false when one of them is none.
func digits(n int64, s string) (int64, bool) {
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	return n, true
}

// MustDecimal is ParseDecimal for constants; it panics on a bad text.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DecimalFromRat returns r rounded down to six places, toward minus infinity.
func DecimalFromRat(r *big.Rat) Decimal {
	n := new(big.Int).Mul(r.Num(), big.NewInt(1_000_000))
	return Decimal{n.Div(n, r.Denom()).Int64()}
}

// Rat returns the number as a fraction, for arithmetic without rounding.
func (d Decimal) Rat() *big.Rat { return big.NewRat(d.micro, 1_000_000) }

// Cmp returns -1, 0 or 1 as d is smaller than, equal to or larger than e.
func (d Decimal) Cmp(e Decimal) int {
	switch {
	case d.micro < e.micro:
		return -1
	case d.micro > e.micro:
		return 1
	}
	return 0
}

// Add returns d + e.
func (d Decimal) Add(e Decimal) Decimal { return Decimal{d.micro + e.micro} }

// Sub returns d - e.
func (d Decimal) Sub(e Decimal) Decimal { return Decimal{d.micro - e.micro} }

// Sign returns -1, 0 or 1.
func (d Decimal) Sign() int { return d.Cmp(Decimal{}) }

// String writes the number without trailing zeros and with a leading zero:
// "35", "0.5", "72.5".
func (d Decimal) String() string {
	sign, n := "", d.micro
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%s%d.%06d", sign, n/1_000_000, n%1_000_000)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// MarshalJSON writes a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads a plain JSON number.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	v, err := ParseDecimal(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// IsWhole reports whether the number has no fraction.
func (d Decimal) IsWhole() bool { return d.micro%1_000_000 == 0 }

// Mul returns d times the whole number n.
func (d Decimal) Mul(n int) Decimal { return Decimal{d.micro * int64(n)} }

// Abs returns the number without its sign.
func (d Decimal) Abs() Decimal {
	if d.micro < 0 {
		return Decimal{-d.micro}
	}
	return d
}

// CmpProducts compares a times b with c times d exactly, also where a product
// is beyond the range of a Decimal, and returns -1, 0 or 1.
func CmpProducts(a, b, c, d Decimal) int {
	left, right := a.Sign()*b.Sign(), c.Sign()*d.Sign()
	if left != right || left == 0 {
		return NewDecimal(left).Cmp(NewDecimal(right))
	}
	high1, low1 := bits.Mul64(a.size(), b.size())
	high2, low2 := bits.Mul64(c.size(), d.size())
	switch {
	case high1 < high2 || high1 == high2 && low1 < low2:
		return -left
	case high1 == high2 && low1 == low2:
		return 0
	}
	return left
}

// size is the number of millionths without the sign.
func (d Decimal) size() uint64 {
	if d.micro < 0 {
		return -uint64(d.micro)
	}
	return uint64(d.micro)
}
