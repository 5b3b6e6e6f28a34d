package equipment

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"backtobar/domain"
)

// part is one entry of a typed list: "35", "16 kg", "5 to 50 by 5", "45 x 4".
var part = regexp.MustCompile(`^([0-9.]+)(?: ?(?:to|-) ?([0-9.]+) ?(?:by|step) ?([0-9.]+))? ?([a-z"]*)(?: ?[x×*] ?([0-9]{1,3}))?$`)

// entry is a part that was read.
type entry struct {
	from, to, by domain.Decimal
	// unit is the unit typed, "" for none.
	unit  string
	count int
}

// units are the words for a unit.
var units = map[string]string{
	"lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb",
	"kg": "kg", "kgs": "kg", "kilo": "kg", "kilos": "kg", "kilogram": "kg", "kilograms": "kg",
	"in": "in", "inch": "in", "inches": "in", `"`: "in",
	"cm": "cm", "cms": "cm", "centimeter": "cm", "centimeters": "cm", "centimetre": "cm", "centimetres": "cm",
}

// parse reads a list with commas, semicolons or lines between its parts.
func parse(text string) (out []entry, ok bool) {
	for _, raw := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		word := strings.ToLower(strings.Join(strings.Fields(raw), " "))
		if word == "" {
			continue
		}
		m := part.FindStringSubmatch(word)
		if m == nil {
			return nil, false
		}
		e := entry{count: 1}
		for i, to := range []*domain.Decimal{&e.from, &e.to, &e.by} {
			if m[i+1] == "" {
				continue
			}
			v, err := domain.ParseDecimal(m[i+1])
			if err != nil || v.Sign() <= 0 {
				return nil, false
			}
			*to = v
		}
		if m[4] != "" {
			if e.unit = units[m[4]]; e.unit == "" {
				return nil, false
			}
		}
		if m[5] != "" {
			n, err := strconv.Atoi(m[5])
			if err != nil || n < 1 {
				return nil, false
			}
			e.count = n
		}
		out = append(out, e)
	}
	return out, true
}

// common are the sizes of bells and dumbbells on the market.
var common = map[domain.MassUnit][]string{
	domain.Pound:    {"5", "8", "10", "12", "15", "18", "20", "25", "26", "30", "35", "40", "44", "45", "50", "53", "55", "60", "62", "65", "70", "75", "80", "90", "100"},
	domain.Kilogram: {"4", "6", "8", "10", "12", "14", "16", "18", "20", "22", "24", "28", "32", "36", "40", "44", "48"},
}

// CommonBells are the sizes of kettlebells that are offered for ticking, in the
// unit (those most clinics can buy).
func CommonBells(unit domain.MassUnit) []domain.Decimal {
	sizes := map[domain.MassUnit]string{
		domain.Pound:    "5 10 15 18 20 25 26 30 35 40 44 45 50 53 60 62 70",
		domain.Kilogram: "4 6 8 10 12 14 16 18 20 24 28 32 36 40 48",
	}[unit]
	var out []domain.Decimal
	for _, s := range strings.Fields(sizes) {
		out = append(out, domain.MustDecimal(s))
	}
	return out
}

// doubtful reports whether a number without a unit is a common size only in the
// other unit, so that 16 in a clinic of pounds is most likely a bell of 16 kg.
func doubtful(v domain.Decimal, unit domain.MassUnit) bool {
	other := domain.Kilogram
	if unit == domain.Kilogram {
		other = domain.Pound
	}
	return !slices.Contains(common[unit], v.String()) && slices.Contains(common[other], v.String())
}

// ParseSizes reads the sizes of one implement as a person types them: "15, 25",
// "8 kg, 35 lb", "5 to 50 by 5". A size without a unit is in unit, unless it is
// a common size only in the other one; then the problem asks. problem is one
// sentence when something is to put right, "" otherwise; the empty text is no
// sizes.
func ParseSizes(text string, of Implement, unit domain.MassUnit) (sizes []domain.Mass, ranges []Range, problem string) {
	entries, ok := parse(text)
	for _, e := range entries {
		u, is := massUnit(e, unit)
		switch {
		case !is || e.count != 1:
			ok = false
		case e.by.Sign() > 0:
			ranges = append(ranges, Range{Of: of, From: e.from, To: e.to, By: e.by, Unit: u})
		case e.unit == "" && doubtful(e.from, unit):
			return nil, nil, fmt.Sprintf("Is one of the sizes in %s? A size that is common only in the other unit needs its unit, such as 16 kg or 16 lb.", other(unit).Name())
		default:
			sizes = append(sizes, domain.Mass{Value: e.from, Unit: u})
		}
	}
	if !ok {
		return nil, nil, "Write the sizes as on the weights with commas between them, such as 15, 25 or 8 kg, 12 kg or 5 to 50 by 5"
	}
	return sizes, ranges, ""
}

func other(unit domain.MassUnit) domain.MassUnit {
	if unit == domain.Pound {
		return domain.Kilogram
	}
	return domain.Pound
}

// massUnit is the unit of an entry, when it is one of mass.
func massUnit(e entry, unit domain.MassUnit) (domain.MassUnit, bool) {
	if e.unit != "" {
		unit = domain.MassUnit(e.unit)
	}
	return unit, unit.Valid()
}

// ParseBars reads the masses of bars, "45, 35, 20 kg".
func ParseBars(text string, unit domain.MassUnit) (bars []domain.Mass, problem string) {
	entries, ok := parse(text)
	for _, e := range entries {
		u, is := massUnit(e, unit)
		ok = ok && is && e.count == 1 && e.by.Sign() == 0
		bars = append(bars, domain.Mass{Value: e.from, Unit: u})
	}
	if !ok {
		return nil, "Write the weights of the empty bars with commas between them, such as 45, 35 or 20 kg"
	}
	return bars, ""
}

// ParsePlates reads pairs of plates, "45 x 4, 35, 25 x 2": four pairs of 45, one
// of 35, two of 25.
func ParsePlates(text string, unit domain.MassUnit, wide bool) (plates []Plates, problem string) {
	entries, ok := parse(text)
	for _, e := range entries {
		u, is := massUnit(e, unit)
		ok = ok && is && e.by.Sign() == 0
		plates = append(plates, Plates{Mass: domain.Mass{Value: e.from, Unit: u}, Pairs: e.count, Wide: wide})
	}
	if !ok {
		return nil, "Write each plate once, with its number of pairs after an x, such as 45 x 4, 25 x 2, 2.5"
	}
	return plates, ""
}

// ParseHeights reads heights above the floor, "4, 6, 30 cm".
func ParseHeights(text string, unit domain.LengthUnit) (heights []domain.Length, problem string) {
	entries, ok := parse(text)
	for _, e := range entries {
		u := unit
		if e.unit != "" {
			u = domain.LengthUnit(e.unit)
		}
		ok = ok && u.Valid() && e.count == 1 && e.by.Sign() == 0
		heights = append(heights, domain.Length{Value: e.from, Unit: u})
	}
	if !ok {
		return nil, "Write the heights above the floor with commas between them, such as 4, 6, 12 or 30 cm"
	}
	return heights, ""
}

// SizesText writes the sizes and ranges of one implement as ParseSizes reads
// them. What is in unit stands without it, unless it would be asked for.
func SizesText(sizes []domain.Mass, ranges []Range, of Implement, unit domain.MassUnit) string {
	var out []string
	for _, m := range sizes {
		if m.Unit == unit && doubtful(m.Value, unit) {
			out = append(out, m.Value.String()+" "+string(m.Unit))
			continue
		}
		out = append(out, m.Value.String()+unitText(string(m.Unit), string(unit)))
	}
	for _, r := range ranges {
		if r.Of == of {
			out = append(out, fmt.Sprintf("%s to %s by %s%s", r.From, r.To, r.By, unitText(string(r.Unit), string(unit))))
		}
	}
	return strings.Join(out, ", ")
}

func unitText(of, usual string) string {
	if of == usual {
		return ""
	}
	return " " + of
}

// BarsText writes bars as ParseBars reads them.
func BarsText(bars []domain.Mass, unit domain.MassUnit) string {
	out := make([]string, len(bars))
	for i, b := range bars {
		out[i] = b.Value.String() + unitText(string(b.Unit), string(unit))
	}
	return strings.Join(out, ", ")
}

// PlatesText writes the wide or the other plates as ParsePlates reads them.
func PlatesText(plates []Plates, unit domain.MassUnit, wide bool) string {
	var out []string
	for _, p := range plates {
		if p.Wide != wide {
			continue
		}
		text := p.Mass.Value.String() + unitText(string(p.Mass.Unit), string(unit))
		if p.Pairs != 1 {
			text += fmt.Sprintf(" x %d", p.Pairs)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// HeightsText writes heights as ParseHeights reads them.
func HeightsText(heights []domain.Length, unit domain.LengthUnit) string {
	out := make([]string, len(heights))
	for i, h := range heights {
		out[i] = h.Value.String() + unitText(string(h.Unit), string(unit))
	}
	return strings.Join(out, ", ")
}
