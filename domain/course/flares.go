package course

import (
	"slices"

	"backtobar/domain"
)

// Flares returns the flare-ups that the 7-day averages of the sessions show, the
// oldest first. One begins when an average is FlareRules.Rise or more above the
// lowest of the days before; an average stands for the pain of days, so the
// hours that make a flare-up lie before the day on which it is reported. It is
// settled on the day of the first average that is below that again, or on the
// day of a screen that was asked after the last high one: pain is measured there,
// too, and the screen decides. While neither is known it goes on.
func (r *Rules) Flares(sessions []Session, screen Screened) (out []Flare) {
	const hoursOfDay = 24
	reports := slices.DeleteFunc(slices.Clone(sessions), func(s Session) bool { return s.PainWeek == nil })
	slices.SortStableFunc(reports, func(a, b Session) int { return b.Date.DaysUntil(a.Date) })
	var open *Flare
	var base domain.Decimal
	var high domain.Date
	for i, s := range reports {
		if open == nil {
			var known bool
			if base, known = r.lowest(reports[:i], s.Date); !known || s.PainWeek.Sub(base).Cmp(r.Flare.Rise) < 0 {
				continue
			}
			open = &Flare{Began: s.Date.AddDays(-r.Flare.Hours / hoursOfDay)}
		}
		if s.PainWeek.Sub(base).Cmp(r.Flare.Rise) < 0 {
			open.Settled = s.Date
			out, open = append(out, *open), nil
			continue
		}
		high = s.Date
		open.PainWeek = worse(open.PainWeek, s.PainWeek)
		open.NewLegSymptom = open.NewLegSymptom || isTrue(s.NewLegSymptom)
	}
	if open != nil {
		if screen.answers(high) {
			open.Settled = screen.On
		}
		out = append(out, *open)
	}
	return out
}

// lowest is the lowest 7-day average of the days before the day.
func (r *Rules) lowest(reports []Session, day domain.Date) (base domain.Decimal, known bool) {
	for _, s := range reports {
		if n := s.Date.DaysUntil(day); n >= 0 && n <= r.Flare.BaseDays && (!known || s.PainWeek.Cmp(base) < 0) {
			base, known = *s.PainWeek, true
		}
	}
	return base, known
}
