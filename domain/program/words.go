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

// words writes a range, "3" or "8 to 10".
func (r Range) words() string {
	if r.Min == r.Max {
		return fmt.Sprint(r.Min)
	}
	return fmt.Sprintf("%d to %d", r.Min, r.Max)
}

// unit writes a range with a unit that agrees with it.
func (r Range) unit(one, many string) string {
	if r.Min == 1 && r.Max == 1 {
		return "1 " + one
	}
	return r.words() + " " + many
}

// DoseWords writes a dose in safe words, the most needed first: sets, repeats
// or minutes, weight, hold, days, rest. No signs, no abbreviations, so that
// nothing can be read two ways; the same words stand on screen and paper.
func DoseWords(d Dose, load *domain.Mass) []DoseWord {
	var out []DoseWord
	add := func(strong, rest string) { out = append(out, DoseWord{strong, rest}) }
	if d.Sets.Max > 0 {
		rest := "sets"
		if d.Sets.Max == 1 {
			rest = "set"
		}
		add(d.Sets.words(), rest)
	}
	switch {
	case d.Minutes.Max > 0:
		add(d.Minutes.unit("minute", "minutes"), "each day")
	case d.Reps.Max > 0 && d.PerSide:
		add(d.Reps.words(), "each side")
	case d.Reps.Max > 1:
		add(d.Reps.words(), "times each")
	}
	if load != nil {
		add(load.Value.String(), load.Unit.Name())
	}
	if d.HoldSeconds.Max > 0 {
		add(d.HoldSeconds.unit("second", "seconds"), "hold")
	}
	if d.Metres.Max > 0 {
		add(d.Metres.unit("meter", "meters"), "")
	}
	if d.DaysPerWeek.Max > 0 {
		rest := "days a week"
		if d.DaysPerWeek.Max == 1 {
			rest = "day a week"
		}
		add(d.DaysPerWeek.words(), rest)
	}
	if d.RestSeconds.Max > 0 {
		add(restWords(d.RestSeconds), "rest")
	}
	return out
}

// restWords writes whole minutes as minutes and everything else as seconds.
func restWords(r Range) string {
	const minute = 60
	if r.Min%minute == 0 && r.Max%minute == 0 {
		return Range{r.Min / minute, r.Max / minute}.unit("minute", "minutes")
	}
	return r.unit("second", "seconds")
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
