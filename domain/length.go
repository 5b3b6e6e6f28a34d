package domain

import "math/big"

// LengthUnit is a unit of length as it stands on a tape.
type LengthUnit string

// The two units in use.
const (
	Centimeter LengthUnit = "cm"
	Inch       LengthUnit = "in"
)

// Valid reports whether u is cm or in.
func (u LengthUnit) Valid() bool { return u == Centimeter || u == Inch }

// Lengths is the unit of length said by people who say masses in u: inches go
// with pounds, centimeters with kilograms.
func (u MassUnit) Lengths() LengthUnit {
	if u == Kilogram {
		return Centimeter
	}
	return Inch
}

// centimetersPerInch is exact by the international definition of 1959.
var centimetersPerInch = big.NewRat(254, 100)

// Length is a value with its unit, kept as it was entered, like a Mass.
type Length struct {
	Value Decimal    `json:"value"`
	Unit  LengthUnit `json:"unit"`
}

// Centimeters returns the exact value in centimeters.
func (l Length) Centimeters() *big.Rat {
	v := l.Value.Rat()
	if l.Unit == Inch {
		v.Mul(v, centimetersPerInch)
	}
	return v
}

// Cmp compares two lengths exactly, whatever their units.
func (l Length) Cmp(m Length) int { return l.Centimeters().Cmp(m.Centimeters()) }

// String writes the length for people, "12 inches".
func (l Length) String() string {
	one := l.Value.Cmp(NewDecimal(1)) == 0
	switch {
	case l.Unit == Inch && one:
		return "1 inch"
	case l.Unit == Inch:
		return l.Value.String() + " inches"
	case one:
		return "1 centimeter"
	}
	return l.Value.String() + " centimeters"
}
