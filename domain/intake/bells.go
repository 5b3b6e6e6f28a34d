package intake

import (
	"strings"

	"backtobar/domain"
)

// ParseKettlebells reads the sizes a person types, "15, 25" or "8 kg, 35 lb".
// A size without a unit is in unit. problem is one sentence when a part is no
// size; the empty text is no bells.
func ParseKettlebells(text string, unit domain.MassUnit) (bells []domain.Mass, problem string) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	for _, part := range parts {
		part = strings.ToLower(strings.TrimSpace(part))
		if part == "" {
			continue
		}
		m := domain.Mass{Unit: unit}
		for _, u := range []struct {
			suffix string
			unit   domain.MassUnit
		}{{"pounds", domain.Pound}, {"lbs", domain.Pound}, {"lb", domain.Pound},
			{"kilograms", domain.Kilogram}, {"kg", domain.Kilogram}} {
			if rest, ok := strings.CutSuffix(part, u.suffix); ok {
				part, m.Unit = strings.TrimSpace(rest), u.unit
				break
			}
		}
		v, err := domain.ParseDecimal(part)
		if err != nil || v.Sign() <= 0 {
			return nil, "Write the sizes on the bells with commas between them, such as 15, 25 or 8 kg, 12 kg"
		}
		m.Value = v
		bells = append(bells, m)
	}
	return bells, ""
}

// KettlebellText writes bells as ParseKettlebells reads them. Sizes in unit
// stand without it.
func KettlebellText(bells []domain.Mass, unit domain.MassUnit) string {
	out := make([]string, len(bells))
	for i, b := range bells {
		out[i] = b.Value.String()
		if b.Unit != unit {
			out[i] += " " + string(b.Unit)
		}
	}
	return strings.Join(out, ", ")
}
