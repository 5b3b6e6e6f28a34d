package program

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// DoseWord is one box of a dose: "3" "sets". Strong is printed larger.
type DoseWord struct{ Strong, Rest string }

// String joins the two.
func (w DoseWord) String() string {
	if w.Rest == "" {
		return w.Strong
	}
	return w.Strong + " " + w.Rest
}

// DoseNames are the words of a dose in one language. All are needed.
type DoseNames struct {
	// Range joins two numbers, with {from} and {to}.
	Range string `json:"range"`
	Set   string `json:"set"`
	Sets  string `json:"sets"`
	// Times follows repeats, Side repeats of one side.
	Times   string `json:"times"`
	Side    string `json:"side"`
	Minute  string `json:"minute"`
	Minutes string `json:"minutes"`
	EachDay string `json:"each_day"`
	Second  string `json:"second"`
	Seconds string `json:"seconds"`
	Hold    string `json:"hold"`
	Meter   string `json:"meter"`
	Meters  string `json:"meters"`
	// Day and Days say how often in a week.
	Day       string `json:"day"`
	Days      string `json:"days"`
	Rest      string `json:"rest"`
	Pound     string `json:"pound"`
	Pounds    string `json:"pounds"`
	Kilogram  string `json:"kilogram"`
	Kilograms string `json:"kilograms"`
}

// english are the words of screens, whatever language a sheet has.
var english = DoseNames{
	Range: "{from} to {to}", Set: "set", Sets: "sets", Times: "times each", Side: "each side",
	Minute: "minute", Minutes: "minutes", EachDay: "each day", Second: "second", Seconds: "seconds", Hold: "hold",
	Meter: "meter", Meters: "meters", Day: "day a week", Days: "days a week", Rest: "rest",
	Pound: "pound", Pounds: "pounds", Kilogram: "kilogram", Kilograms: "kilograms",
}

// Span writes a range, "3" or "8 to 10".
func (n DoseNames) Span(r Range) string {
	if r.Min == r.Max {
		return fmt.Sprint(r.Min)
	}
	return strings.NewReplacer("{from}", fmt.Sprint(r.Min), "{to}", fmt.Sprint(r.Max)).Replace(n.Range)
}

// unit writes a range with a unit that agrees with it.
func (n DoseNames) unit(r Range, one, many string) string {
	return n.Span(r) + " " + agree(r, one, many)
}

// agree is the form of a word for that many.
func agree(r Range, one, many string) string {
	if r.Max == 1 {
		return one
	}
	return many
}

// mass is the unit of a load in words that agree with it.
func (n DoseNames) mass(m domain.Mass) string {
	one := m.Value.String() == "1"
	switch {
	case m.Unit == domain.Pound && one:
		return n.Pound
	case m.Unit == domain.Pound:
		return n.Pounds
	case one:
		return n.Kilogram
	}
	return n.Kilograms
}

// unit writes a range with a unit in the words of screens.
func (r Range) unit(one, many string) string { return english.unit(r, one, many) }

// DoseWords writes a dose in the words of screens; see DoseNames.Words.
func DoseWords(d Dose, load *domain.Mass) []DoseWord { return english.Words(d, load) }

// Words writes a dose in safe words, the most needed first: sets, repeats or
// minutes, weight, hold, days, rest. No signs, no abbreviations, so that nothing
// can be read two ways; the same words stand on screen and paper.
func (n DoseNames) Words(d Dose, load *domain.Mass) []DoseWord {
	var out []DoseWord
	add := func(strong, rest string) { out = append(out, DoseWord{strong, rest}) }
	if d.Sets.Max > 0 {
		add(n.Span(d.Sets), agree(d.Sets, n.Set, n.Sets))
	}
	switch {
	case d.Minutes.Max > 0:
		add(n.unit(d.Minutes, n.Minute, n.Minutes), n.EachDay)
	case d.Reps.Max > 0 && d.PerSide:
		add(n.Span(d.Reps), n.Side)
	case d.Reps.Max > 1:
		add(n.Span(d.Reps), n.Times)
	}
	if load != nil {
		add(load.Value.String(), n.mass(*load))
	}
	if d.HoldSeconds.Max > 0 {
		add(n.unit(d.HoldSeconds, n.Second, n.Seconds), n.Hold)
	}
	if d.Metres.Max > 0 {
		add(n.unit(d.Metres, n.Meter, n.Meters), "")
	}
	if d.DaysPerWeek.Max > 0 {
		add(n.Span(d.DaysPerWeek), agree(d.DaysPerWeek, n.Day, n.Days))
	}
	if d.RestSeconds.Max > 0 {
		add(n.rest(d.RestSeconds), n.Rest)
	}
	return out
}

// rest writes whole minutes as minutes and everything else as seconds.
func (n DoseNames) rest(r Range) string {
	const minute = 60
	if r.Min%minute == 0 && r.Max%minute == 0 {
		return n.unit(Range{r.Min / minute, r.Max / minute}, n.Minute, n.Minutes)
	}
	return n.unit(r, n.Second, n.Seconds)
}

// DoseLine writes the same dose as one line for screens: "3 sets, 10 times
// each, 15 pounds, 3 days a week".
func DoseLine(d Dose, load *domain.Mass) string {
	line := ""
	for i, w := range DoseWords(d, load) {
		if i > 0 {
			line += ", "
		}
		line += w.String()
	}
	return line
}

// EffortWords writes the effort ceiling for the therapist, "" without one.
func EffortWords(d Dose) string {
	switch {
	case d.EffortRPE == 0:
		return ""
	case d.RIR == 0:
		return fmt.Sprintf("Effort at most RPE %d", d.EffortRPE)
	}
	return fmt.Sprintf("Effort at most RPE %d (%d RIR)", d.EffortRPE, d.RIR)
}

// TempoWords writes the tempo: "3 seconds down, 1 second pause, 1 second up".
func TempoWords(tempo string) string {
	var down, pause, up int
	if n, err := fmt.Sscanf(tempo, "%d-%d-%d", &down, &pause, &up); n != 3 || err != nil {
		return tempo
	}
	s := func(n int) string { return Range{n, n}.unit("second", "seconds") }
	return s(down) + " down, " + s(pause) + " pause, " + s(up) + " up"
}

// WhereWords says where an item is done.
func WhereWords(w Where) string {
	switch w {
	case HomeAndClinic:
		return "Home and clinic"
	case ClinicFirst:
		return "Clinic first, then home"
	case Supervised:
		return "Supervised only"
	case AtClinic:
		return "In the clinic"
	}
	return "At home"
}

// BarWords says how a bar is loaded: "Bar of 45 pounds, each side 25, 2.5"; ""
// for an item without a bar.
func BarWords(it Item) string {
	if it.Bar == nil {
		return ""
	}
	if len(it.PerSide) == 0 {
		return "Empty bar of " + it.Bar.String()
	}
	return "Bar of " + it.Bar.String() + ", each side " + plateWords(it.PerSide)
}

func plateWords(side []domain.Decimal) string {
	words := make([]string, len(side))
	for i, p := range side {
		words[i] = p.String()
	}
	return strings.Join(words, ", ")
}

// WarmUpWords says the lighter sets: "8 times with 45 pounds, then 5 times with
// 95 pounds, each side 25"; "" for none.
func WarmUpWords(sets []WarmUpSet) string {
	words := make([]string, len(sets))
	for i, s := range sets {
		words[i] = fmt.Sprintf("%s with %s", Range{s.Reps, s.Reps}.unit("time", "times"), s.Load)
		if len(s.PerSide) > 0 {
			words[i] += ", each side " + plateWords(s.PerSide)
		}
	}
	return strings.Join(words, ", then ")
}
