package domain

import "math/big"

// MassUnit is a unit of mass as it stands on a bell, a plate or a scale.
type MassUnit string

// The two units in use.
const (
	Kilogram MassUnit = "kg"
	Pound    MassUnit = "lb"
)

// Valid reports whether u is kg or lb.
func (u MassUnit) Valid() bool { return u == Kilogram || u == Pound }

// Name returns the unit spelled out in the plural, "pounds" or "kilograms".
func (u MassUnit) Name() string {
	if u == Pound {
		return "pounds"
	}
	return "kilograms"
}

// kilogramsPerPound is exact by the international definition of 1959.
var kilogramsPerPound = big.NewRat(45359237, 100000000)

// Mass is a value with its unit, kept as it was entered. A change of the unit
// shown never rewrites it.
type Mass struct {
	Value Decimal  `json:"value"`
	Unit  MassUnit `json:"unit"`
}

// In returns the exact value in unit u.
func (m Mass) In(u MassUnit) *big.Rat {
	v := m.Value.Rat()
	switch {
	case m.Unit == u:
		return v
	case u == Kilogram:
		return v.Mul(v, kilogramsPerPound)
	default:
		return v.Quo(v, kilogramsPerPound)
	}
}

// Cmp compares two masses exactly, whatever their units.
func (m Mass) Cmp(n Mass) int {
	if m.Unit == n.Unit {
		return m.Value.Cmp(n.Value) // the usual case, without a fraction
	}
	return m.In(Kilogram).Cmp(n.In(Kilogram))
}

// IsZero reports whether no mass was given.
func (m Mass) IsZero() bool { return m.Value == Decimal{} }

// String writes the mass for people, "35 pounds".
func (m Mass) String() string { return m.Value.String() + " " + m.Unit.Name() }

// Share returns that percentage of the mass in its own unit, rounded down to
// six places.
func (m Mass) Share(percent Decimal) Mass {
	r := new(big.Rat).Mul(percent.Rat(), m.Value.Rat())
	return Mass{DecimalFromRat(r.Quo(r, big.NewRat(100, 1))), m.Unit}
}
