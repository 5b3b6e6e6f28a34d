package course_test

import (
	"slices"
	"testing"

	"backtobar/domain"
	"backtobar/domain/course"
	"backtobar/domain/program"
)

// flags reports whether a suggestion carries the flag.
func flags(s course.Suggestion, rule string) bool {
	return slices.ContainsFunc(s.Flags, func(r course.Reason) bool { return r.Rule == rule })
}

// TestTonnageIsThatOfAWeek: the flag looks at 7 days against the 7 days before,
// both places together, and not at one session against the last.
func TestTonnageIsThatOfAWeek(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "16"))
	add := func(date string, deload bool) {
		in.Sessions = append(in.Sessions, trained(day(date), "2D", work(3, 8, "16"), deload, "7"))
	}
	add("2026-01-05", false)
	add("2026-01-07", false)
	in.Today = day("2026-01-09")
	if flags(suggest(t, in), "TONNAGE") {
		t.Error("flagged without a full week before")
	}
	add("2026-01-12", false)
	in.Today = day("2026-01-18")
	if flags(suggest(t, in), "TONNAGE") {
		t.Error("two sessions after two sessions")
	}
	add("2026-01-14", false)
	add("2026-01-16", false)
	if s := suggest(t, in); !flags(s, "TONNAGE") || s.Work.Load.Cmp(*kg("16")) > 0 && s.Work.Reps > 8 {
		t.Errorf("four sessions after two: %+v", s)
	}
	for i := range in.Sessions[:2] {
		in.Sessions[i].Deload = true
	}
	if flags(suggest(t, in), "TONNAGE") {
		t.Error("compared with a lighter week")
	}
}

// TestAPlanOfTheSameDayIsNewer: a plan that was signed after the session of the
// same day is where the next session starts from, so a load that the therapist
// lowered stays low.
func TestAPlanOfTheSameDayIsNewer(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "18"))
	in.Sessions = []course.Session{trained(day("2026-01-07"), "2D", work(3, 8, "18"), false, "7")}
	in.Plan = course.Start{SubStage: "2D", Work: work(3, 8, "10"), Signed: day("2026-01-07"), AfterLast: true}
	in.Today = day("2026-01-09")
	if s := suggest(t, in); s.Action != course.ActionStart || s.Work.Load.Value.String() != "10" {
		t.Errorf("the plan of 10 kg was passed over: %+v", s)
	}
	in.Plan.AfterLast = false
	if s := suggest(t, in); s.Work.Load.Value.String() != "18" {
		t.Errorf("a session on the plan: %+v", s)
	}
}

// TestFlaresFromTheAverages: a rise of the 7-day average by 2 is a flare-up,
// until an average below that or a screen that was asked after it.
func TestFlaresFromTheAverages(t *testing.T) {
	type report struct{ date, average string }
	for name, c := range map[string]struct {
		reports []report
		screen  string
		want    string // began, settled
		high    string
	}{
		"none":              {[]report{{"2026-01-05", "2"}, {"2026-01-08", "3.9"}}, "2026-01-01", "", ""},
		"one report":        {[]report{{"2026-01-05", "8"}}, "2026-01-01", "", ""},
		"going on":          {[]report{{"2026-01-05", "2"}, {"2026-01-08", "4"}, {"2026-01-10", "5"}}, "2026-01-01", "2026-01-06 ", "5"},
		"settled":           {[]report{{"2026-01-05", "2"}, {"2026-01-08", "4"}, {"2026-01-10", "3.9"}}, "2026-01-01", "2026-01-06 2026-01-10", "4"},
		"screened":          {[]report{{"2026-01-05", "2"}, {"2026-01-08", "4"}}, "2026-01-12", "2026-01-06 2026-01-12", "4"},
		"the lowest counts": {[]report{{"2026-01-05", "2"}, {"2026-01-07", "3"}, {"2026-01-09", "4"}}, "2026-01-01", "2026-01-07 ", "4"},
		"after 14 days":     {[]report{{"2026-01-05", "2"}, {"2026-01-19", "4"}}, "2026-01-01", "2026-01-17 ", "4"},
		"after 15 days":     {[]report{{"2026-01-05", "2"}, {"2026-01-20", "4"}}, "2026-01-01", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var list []course.Session
			for _, r := range c.reports {
				s := trained(day(r.date), "2D", work(3, 8, "18"), false, "6")
				s.PainWeek = dec(r.average)
				list = append(list, s)
			}
			slices.Reverse(list) // the order of entry does not matter
			got, high := "", ""
			for _, f := range rules(t).Flares(list, ready(c.screen)) {
				got, high = f.Began.String()+" ", f.PainWeek.String()
				if !f.Settled.IsZero() {
					got += f.Settled.String()
				}
			}
			if got != c.want || high != c.high {
				t.Errorf("flare-up %q, highest %q; want %q, %q", got, high, c.want, c.high)
			}
		})
	}
}

// TestABeginningInPainIsNoGoodSession: more than 5 before the session, and the
// same 24 hours later, is not "settled".
func TestABeginningInPainIsNoGoodSession(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "16"))
	for _, date := range []string{"2026-01-05", "2026-01-07"} {
		s := trained(day(date), "2D", work(3, 8, "16"), false, "5")
		s.PainBefore, s.Pain24h = dec("6"), dec("6")
		in.Sessions = append(in.Sessions, s)
	}
	in.Today = day("2026-01-09")
	s := suggest(t, in)
	if s.Action != course.ActionRepeat || s.Reasons[0].Rule != "PAIN_BEFORE" {
		t.Errorf("pain 6 before: %+v", s)
	}
	for i := range in.Sessions {
		in.Sessions[i].PainBefore, in.Sessions[i].Pain24h = dec("5"), dec("5")
	}
	if s := suggest(t, in); s.Action == course.ActionRepeat {
		t.Errorf("pain 5 before: %+v", s)
	}
}

// TestTheFloorHasItsOwnWeights: what lies too low on the floor is no load of
// stage 4, neither to begin nor to go on.
func TestTheFloorHasItsOwnWeights(t *testing.T) {
	in := clinicInput("4A", work(3, 5, "60"))
	in.Floor = course.NewWeights(masses(domain.Kilogram, "40", "60", "70"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "4A", work(3, 5, "60"), false, "4")}
	in.Today = day("2026-01-08")
	s := suggest(t, in)
	if s.Work.Load == nil || !slices.ContainsFunc(in.Floor, func(m domain.Mass) bool { return m.Cmp(*s.Work.Load) == 0 }) {
		t.Errorf("not to be loaded at standard height: %+v", s)
	}
	in.Floor = course.Weights{}
	if s := suggest(t, in); s.Work.Load != nil || !flags(s, "NOT_SET_UP") {
		t.Errorf("nothing for the floor: %+v", s)
	}
}

// TestTheCeilingLetsTheExitBeShownTwice: a load that showed everything its
// sub-stage asks for is repeated, and nothing heavier comes; with more pain or
// effort, or in 4B, whose exit is a share of the estimate, the ceiling counts.
func TestTheCeilingLetsTheExitBeShownTwice(t *testing.T) {
	one := func(code, load, rpe string, change func(*course.Session)) course.Suggestion {
		in := clinicInput("3B", work(3, 6, load))
		in.Plan.SubStage = "3B"
		reps := 6
		if code == "4B" {
			in.Plan.SubStage, reps = "4B", 5
		}
		x := trained(day("2026-01-05"), in.Plan.SubStage, work(3, reps, load), false, rpe)
		change(&x)
		in.Sessions, in.Today = []course.Session{x}, day("2026-01-08")
		return suggest(t, in)
	}
	as := func(*course.Session) {}
	if s := one("3B", "35", "7", as); s.Work.Load.Value.String() != "35" || s.Action != course.ActionRepeat {
		t.Errorf("35 kg is half of body weight: %+v", s)
	}
	if s := one("3B", "32.5", "7", as); s.Work.Load.Value.String() != "30" {
		t.Errorf("too light for the exit, 75 percent of 41.8 is 31.3: %+v", s)
	}
	if s := one("3B", "35", "8", as); s.Work.Load.Cmp(*kg("35")) >= 0 {
		t.Errorf("effort 8: %+v", s)
	}
	if s := one("3B", "35", "7", func(x *course.Session) { x.Exercises[0].PainDuring = dec("4") }); s.Work.Load.Cmp(*kg("35")) >= 0 {
		t.Errorf("pain 4: %+v", s)
	}
	if s := one("4B", "80", "7", as); s.Work.Load.Cmp(*kg("80")) >= 0 {
		t.Errorf("4B: %+v", s)
	}
}

// TestALongPauseStaysOne: a session after more than 28 days without a new screen
// does not stand for that screen.
func TestALongPauseStaysOne(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "16"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "2D", work(3, 8, "16"), false, "5"), trained(day("2026-02-03"), "2D", work(3, 8, "16"), false, "5")}
	in.Today = day("2026-02-05")
	if s := suggest(t, in); s.Lifts() || s.Reasons[0].Rule != "MISSED_LONG" {
		t.Errorf("29 days without a screen: %+v", s)
	}
	in.Screen = ready("2026-02-01")
	if s := suggest(t, in); !s.Lifts() {
		t.Errorf("screened in the pause: %+v", s)
	}
	in.Screen = ready("2026-01-05")
	in.Sessions[1].Date = day("2026-02-02")
	if s := suggest(t, in); !s.Lifts() {
		t.Errorf("28 days: %+v", s)
	}
}

// TestASessionDoesNotStandForTheScreenAfterAFlareUp: whoever trained after a long
// flare-up without a new screen is screened all the same.
func TestASessionDoesNotStandForTheScreenAfterAFlareUp(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "16"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "2D", work(3, 8, "16"), false, "5"), trained(day("2026-01-16"), "2D", work(3, 8, "16"), false, "5")}
	in.Flares = []course.Flare{{Began: day("2026-01-06"), Settled: day("2026-01-15"), PainWeek: dec("5")}}
	in.Today = day("2026-01-18")
	if s := suggest(t, in); s.Lifts() || s.Reasons[0].Rule != "FLARE_SCREEN" {
		t.Errorf("9 days, not screened: %+v", s)
	}
	in.Screen = ready("2026-01-15")
	if s := suggest(t, in); !s.Lifts() {
		t.Errorf("screened: %+v", s)
	}
}

// TestAStopElsewhereNeverUndoesAStepBack: two steps back within 14 days lead one
// sub-stage back also when a later session at home went worse.
func TestAStopElsewhereNeverUndoesAStepBack(t *testing.T) {
	in := clinicInput("2C", work(3, 8, "20"))
	for _, date := range []string{"2026-01-07", "2026-01-21"} {
		s := trained(day(date), "2C", work(3, 8, "20"), false, "6")
		s.Pain24h = dec("4")
		in.Sessions = append(in.Sessions, s)
	}
	home := trained(day("2026-02-05"), "2B", work(3, 10, "6"), false, "6")
	home.Place, home.Exercises[0].PainDuring = program.AtHome, dec("8")
	in.Sessions = append(in.Sessions, home)
	in.Today = day("2026-02-06")
	if s := suggest(t, in); s.SubStage != "2B" || !has(s, "BACK_TWICE") {
		t.Errorf("after a stop at home: %+v", s)
	}
}

// TestTheDayOfTheReportIsNoReturn: a session on the day on which a flare-up was
// reported and settled by a screen does not begin the way back up.
func TestTheDayOfTheReportIsNoReturn(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "24"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "2D", work(3, 8, "24"), false, "8"), trained(day("2026-01-10"), "2D", work(3, 8, "20"), false, "6")}
	in.Flares = []course.Flare{{Began: day("2026-01-08"), Settled: day("2026-01-10"), PainWeek: dec("4")}}
	in.Today = day("2026-01-12")
	if s := suggest(t, in); s.Work.Load.Cmp(*kg("20")) > 0 {
		t.Errorf("heavier on the report: %+v", s)
	}
}
