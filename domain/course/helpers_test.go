package course_test

import (
	"sync"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// shipped is the shipped route, read once.
var shipped = sync.OnceValues(func() (*program.Library, error) { return program.Load(assets.Protocol) })

// loaded are the shipped rules, read once.
var loaded = sync.OnceValues(func() (*course.Rules, error) {
	route, err := shipped()
	if err != nil {
		return nil, err
	}
	return course.Load(assets.Protocol, route)
})

func rules(t interface{ Fatal(args ...any) }) *course.Rules {
	r, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func loadedRules() *course.Rules { r, _ := loaded(); return r }

func kg(s string) *domain.Mass {
	return &domain.Mass{Value: domain.MustDecimal(s), Unit: domain.Kilogram}
}

func lb(s string) *domain.Mass {
	return &domain.Mass{Value: domain.MustDecimal(s), Unit: domain.Pound}
}

// masses is a list of weights in one unit.
func masses(unit domain.MassUnit, values ...string) []domain.Mass {
	out := make([]domain.Mass, len(values))
	for i, v := range values {
		out[i] = domain.Mass{Value: domain.MustDecimal(v), Unit: unit}
	}
	return out
}

// bells are cast-iron kettlebells of 4 to 24 kg, two apart, and a 32.
func bells() course.Weights {
	return course.NewWeights(masses(domain.Kilogram, "4", "6", "8", "10", "12", "14", "16", "18", "20", "22", "24", "32"))
}

// bars are the totals from an empty bar upward, one step apart.
func bars(unit domain.MassUnit, from, step string, n int) course.Weights {
	var list []domain.Mass
	v := domain.MustDecimal(from)
	for range n {
		list = append(list, domain.Mass{Value: v, Unit: unit})
		v = v.Add(domain.MustDecimal(step))
	}
	return course.NewWeights(list)
}

func day(s string) domain.Date {
	d, err := domain.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// notReady is a screen that failed the back extensor hold.
var notReady = screen.Decision{Outcome: screen.NotReady, Rules: []string{"STR-1"}, Tracks: []string{"STRENGTH"}}

// ready is a screen that allows everything.
func ready(on string) course.Screened {
	return course.Screened{Decision: screen.Decision{Outcome: screen.Ready, Stage: 4, Cap: 4}, On: day(on)}
}

// clinicInput is a patient of 70 kg in a clinic with everything, whose plan of
// that sub-stage was signed on January 5, a Monday.
func clinicInput(code program.Code, work course.Work) course.Input {
	return course.Input{Today: day("2026-01-05"), Place: program.AtClinic,
		Plan:   course.Start{SubStage: code, Work: work, Signed: day("2026-01-05")},
		Screen: ready("2026-01-05"), BodyMass: *kg("70"), Bells: bells(), Bars: bars(domain.Kilogram, "20", "2.5", 81), Supervised: true}
}

// work is sets of repeats with a weight in kg; "" is none.
func work(sets, reps int, load string) course.Work {
	w := course.Work{Sets: sets, Reps: reps}
	if load != "" {
		w.Target, w.Load = kg(load), kg(load)
	}
	return w
}

// done is a session that was done as suggested, on that day, with that effort.
func done(t testing.TB, on domain.Date, s course.Suggestion, rpe string) course.Session {
	t.Helper()
	if !s.Lifts() {
		t.Fatalf("nothing to lift: %+v", s)
	}
	return trained(on, s.SubStage, s.Work, s.Deload, rpe)
}

// trained is a good session of that work.
func trained(on domain.Date, code program.Code, w course.Work, deload bool, rpe string) course.Session {
	route, _ := shipped()
	sub, _ := route.SubStage(code)
	x := course.Exercise{Exercise: sub.Main, Prescribed: w, RPE: dec(rpe), PainDuring: dec("1")}
	for range w.Sets {
		x.Done = append(x.Done, course.Set{Reps: w.Reps, Seconds: w.Seconds, Load: w.Load})
	}
	return course.Session{Date: on, SubStage: code, Place: program.AtClinic, Deload: deload, Observed: true,
		PainBefore: dec("1"), PainAfter: dec("1"), Pain24h: dec("1"), NewLegSymptom: flag(false),
		RedFlags:  map[string]bool{"saddle": false, "leg_weakness": false, "fever": false, "injury": false},
		Exercises: []course.Exercise{x}, Shown: shown(code), By: "R. Castello, PT"}
}

// shown are the criteria that the therapist ticks in each sub-stage.
func shown(code program.Code) []string {
	return map[program.Code][]string{"1A": {"1A.pattern"}, "1B": {"1B.depth"}, "2C": {"2C.range"}, "2D": {"2D.range"}, "4A": {"4A.technique"}}[code]
}

func suggest(t testing.TB, in course.Input) course.Suggestion {
	t.Helper()
	s, err := rules(t).Suggest(in)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Reasons) == 0 || s.Text() == "" {
		t.Fatalf("no reason: %+v", s)
	}
	return s
}

func mass(value string, unit domain.MassUnit) domain.Mass { return masses(unit, value)[0] }
