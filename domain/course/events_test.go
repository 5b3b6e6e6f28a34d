package course_test

import (
	"testing"

	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// TestMissedDays holds each span at its boundary.
func TestMissedDays(t *testing.T) {
	for days, want := range map[int]string{2: "60", 6: "60", 7: "52.5", 14: "52.5", 15: "47.5", 28: "47.5"} {
		in := clinicInput("3B", work(3, 6, "60"))
		in.Sessions = []course.Session{trained(day("2026-01-05"), "3B", work(3, 6, "60"), false, "6")}
		in.Today = day("2026-01-05").AddDays(days)
		if s := suggest(t, in); s.SubStage != "3B" || s.Work.Load.Value.String() != want {
			t.Errorf("%d days: %s %+v, want %s", days, s.SubStage, s.Work.Load, want)
		}
	}
	in := clinicInput("3B", work(3, 6, "60"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "3A", work(3, 8, "50"), false, "6"), trained(day("2026-01-08"), "3B", work(3, 6, "60"), false, "6")}
	in.Today = day("2026-01-08").AddDays(29)
	if s := suggest(t, in); s.Action != course.ActionRescreen || !has(s, "MISSED_LONG") {
		t.Errorf("29 days: %+v", s)
	}
	in.Screen = ready("2026-02-05")
	expect(t, suggest(t, in), course.ActionBack, "3A", "40", 3, 8)
	// Once a week is as planned in 4C: seven days there are no pause.
	in = clinicInput("4C", work(3, 5, "60"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "4C", work(3, 5, "60"), false, "7")}
	in.Today = day("2026-01-12")
	expect(t, suggest(t, in), course.ActionRepeat, "4C", "60", 3, 5)
}

// TestFlare holds each length at its boundary, and what asks for a new screen.
func TestFlare(t *testing.T) {
	for _, c := range []struct {
		name   string
		days   int
		week   string
		leg    bool
		screen string
		action course.Action
		code   program.Code
		load   string
	}{
		{"3_days", 3, "4", false, "", course.ActionLighter, "3B", "47.5"},
		{"4_days", 4, "4", false, "", course.ActionBack, "3A", "35"},
		{"7_days", 7, "4", false, "", course.ActionBack, "3A", "35"},
		{"8_days", 8, "4", false, "", course.ActionRescreen, "3B", "none"},
		{"8_days_screened", 8, "4", false, "2026-01-25", course.ActionBack, "2D", "12"},
		{"14_days_screened", 14, "4", false, "2026-01-25", course.ActionBack, "2D", "12"},
		{"15_days", 15, "4", false, "", course.ActionRescreen, "3B", "none"},
		{"average_5.9", 4, "5.9", false, "", course.ActionBack, "3A", "35"},
		{"average_6", 4, "6", false, "", course.ActionRescreen, "3B", "none"},
		{"leg", 2, "3", true, "", course.ActionRescreen, "3B", "none"},
		{"leg_screened_too_early", 2, "3", true, "2026-01-09", course.ActionRescreen, "3B", "none"},
		{"leg_screened", 2, "3", true, "2026-01-25", course.ActionBack, "2D", "12"},
	} {
		in := clinicInput("3B", work(3, 6, "60"))
		for i, x := range []struct {
			code program.Code
			load string
		}{{"2D", "18"}, {"3A", "50"}, {"3B", "60"}} {
			in.Sessions = append(in.Sessions, trained(day("2026-01-05").AddDays(i), x.code, work(3, 6, x.load), false, "6"))
		}
		f := course.Flare{Began: day("2026-01-08"), PainWeek: dec(c.week), NewLegSymptom: c.leg}
		f.Settled = f.Began.AddDays(c.days)
		in.Flares = []course.Flare{f}
		in.Today = f.Settled
		if c.screen != "" {
			in.Screen = ready(c.screen)
			in.Today = day(c.screen)
		}
		s := suggest(t, in)
		load := "none"
		if s.Work.Load != nil {
			load = s.Work.Load.Value.String()
		}
		if s.Action != c.action || s.SubStage != c.code || load != c.load {
			t.Errorf("%s: %s %s %s, want %s %s %s: %+v", c.name, s.Action, s.SubStage, load, c.action, c.code, c.load, s.Reasons)
		}
	}
}

// TestC21C22C23 are the worked cases of load arithmetic that are about
// progression.
func TestC21C22C23(t *testing.T) {
	// C21: the first bar after an 18 kg bell is 22.5 kg.
	in := clinicInput("2D", work(3, 8, "18"))
	after(t, &in, "2026-01-05", "6", work(3, 8, "18"), nil)
	expect(t, after(t, &in, "2026-01-07", "6", work(3, 8, "18"), nil), course.ActionNext, "3A", "22.5", 3, 8)
	// C22: from 16 with 24 as the next bell, first 3 sets of 12, then 24 with 3
	// sets of 6.
	in = clinicInput("2B", work(3, 10, "16"))
	in.Bells, in.Screen.Decision.Stage = course.NewWeights(masses("kg", "8", "12", "16", "24")), 2
	unseen := func(s *course.Session) { s.Observed = false }
	after(t, &in, "2026-01-05", "6", work(3, 10, "16"), unseen)
	expect(t, after(t, &in, "2026-01-07", "6", work(3, 10, "16"), unseen), course.ActionReps, "2B", "16", 3, 12)
	after(t, &in, "2026-01-09", "6", work(3, 12, "16"), unseen)
	expect(t, after(t, &in, "2026-01-12", "6", work(3, 12, "16"), unseen), course.ActionLoad, "2B", "24", 3, 6)
	// C23: after a flare-up of five days the bell of 18 becomes one of 12.
	in = clinicInput("3A", work(3, 8, "35"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "2D", work(3, 8, "18"), false, "6"), trained(day("2026-01-07"), "3A", work(3, 8, "35"), false, "6")}
	in.Flares = []course.Flare{{Began: day("2026-01-08"), Settled: day("2026-01-13")}}
	in.Today = day("2026-01-13")
	expect(t, suggest(t, in), course.ActionBack, "2D", "12", 3, 8)
}

// TestGateHolds: each exit criterion alone keeps the next sub-stage away.
func TestGateHolds(t *testing.T) {
	base := func() course.Input {
		in := clinicInput("3B", work(3, 6, "40"))
		in.Measures = course.Measures{EnduranceSeconds: dec("61"), ODIStart: dec("20"), ODINow: dec("29")}
		for i := range 2 {
			in.Sessions = append(in.Sessions, trained(day("2026-01-05").AddDays(3*i), "3B", work(3, 6, "40"), false, "6"))
		}
		in.Today = day("2026-01-11")
		return in
	}
	if s := suggest(t, base()); s.Action != course.ActionNext || s.SubStage != "4A" {
		t.Fatalf("everything shown: %+v", s)
	}
	for rule, change := range map[string]func(*course.Input){
		"OBSERVED":   func(in *course.Input) { in.Sessions[0].Observed, in.Sessions[1].Observed = false, false },
		"EXIT_PAIN":  func(in *course.Input) { in.Sessions[1].Exercises[0].PainDuring = dec("4") },
		"EXIT_LOAD":  func(in *course.Input) { in.BodyMass = *kg("81") },
		"3B.hold":    func(in *course.Input) { in.Measures.EnduranceSeconds = dec("60") },
		"3B.odi":     func(in *course.Input) { in.Measures.ODINow = dec("30") },
		"SCREEN":     func(in *course.Input) { in.Screen.Decision.Stage = 3 },
		"SUPERVISED": func(in *course.Input) { in.Supervised = false },
		"EXIT_SETS":  func(in *course.Input) { in.Sessions[1].Exercises[0].Done = in.Sessions[1].Exercises[0].Done[:2] },
		"EXIT_TWICE": func(in *course.Input) { in.Sessions[1].Exercises[0].RPE = dec("5"); in.Sessions = in.Sessions[1:] },
		"EXIT_GOOD":  func(in *course.Input) { in.Sessions[1].Pain24h = dec("2") },
	} {
		in := base()
		change(&in)
		s := suggest(t, in)
		if s.SubStage != "3B" || s.Action == course.ActionNext {
			t.Errorf("%s: on to %s", rule, s.SubStage)
		}
		named := has(s, rule)
		for _, m := range s.Missing {
			named = named || m.Rule == rule
		}
		if !named && s.Next == course.NextProgress {
			t.Errorf("%s is not named: %+v", rule, s)
		}
	}
	// A goal of the therapist replaces the share of body mass.
	in := base()
	in.Goal = kg("60")
	if s := suggest(t, in); s.SubStage != "3B" {
		t.Errorf("below the goal: %+v", s)
	}
}

// TestScreenTakesBack: a screen that allows less leads back to what it allows.
func TestScreenTakesBack(t *testing.T) {
	in := clinicInput("3A", work(3, 8, "40"))
	in.Sessions = []course.Session{trained(day("2026-01-05"), "3A", work(3, 8, "40"), false, "6")}
	in.Today, in.Screen.Decision.Stage = day("2026-01-07"), 2
	if s := suggest(t, in); s.Action != course.ActionBack || s.SubStage != "2D" || s.Work.Load == nil {
		t.Errorf("stage 2 allowed: %+v", s)
	}
	in.Screen.Decision = notReady
	if s := suggest(t, in); s.SubStage != program.Preparation || s.Lifts() {
		t.Errorf("not ready: %+v", s)
	}
	in.Screen.Decision = screen.Decision{Outcome: screen.Retest, Cap: 4, Stale: []string{"vitals"}}
	if s := suggest(t, in); s.Action != course.ActionRescreen {
		t.Errorf("stale safety answers: %+v", s)
	}
}

// TestLighterWeek: what asks for one, and that it does not come in stage 2.
func TestLighterWeek(t *testing.T) {
	for name, c := range map[string]struct {
		rule   string
		change func(*course.Input)
	}{
		"sleep":   {"DELOAD_SLEEP", func(in *course.Input) { in.Sessions[3].PoorSleep = true }},
		"illness": {"DELOAD_ILL", func(in *course.Input) { in.Sessions[3].Ill = true }},
		"pain": {"DELOAD_PAIN", func(in *course.Input) {
			in.Sessions[0].PainWeek, in.Sessions[3].PainWeek = dec("2"), dec("3")
		}},
		"no_rise":     {"", func(in *course.Input) { in.Sessions[0].PainWeek, in.Sessions[3].PainWeek = dec("3"), dec("3") }},
		"same_week":   {"", func(in *course.Input) { in.Sessions[2].PainWeek, in.Sessions[3].PainWeek = dec("2"), dec("3") }},
		"three_weeks": {"DELOAD", func(in *course.Input) { in.Sessions[3].Date, in.Today = day("2026-01-21"), day("2026-01-26") }},
		"two_weeks":   {"", func(*course.Input) {}},
	} {
		in := clinicInput("3A", work(3, 8, "40"))
		for i := range 4 {
			in.Sessions = append(in.Sessions, trained(day("2026-01-05").AddDays(4*i), "3A", work(3, 8, "40"), false, []string{"6", "8"}[i%2]))
		}
		in.Today = day("2026-01-19")
		c.change(&in)
		s := suggest(t, in)
		if s.Deload != (c.rule != "") || c.rule != "" && s.Reasons[0].Rule != c.rule {
			t.Errorf("%s: %+v, want %q", name, s, c.rule)
		}
		if s.Deload && (s.Work.Sets != 2 || s.Work.Load.Value.String() != "35") {
			t.Errorf("%s: %+v", name, s.Work)
		}
	}
}

// TestPlateau: three sessions at the ceiling without more lead to a lighter
// week, then to other ways, then to a review.
func TestPlateau(t *testing.T) {
	in := clinicInput("3B", work(3, 6, "60"))
	add := func(date, rpe string, deload bool) course.Suggestion {
		w := work(3, 6, "60")
		if deload {
			w = work(2, 6, "52.5")
		}
		x := trained(day(date), "3B", w, deload, rpe)
		if rpe == "7" {
			// Good and hard in turn, so that neither way is taken.
			x.Exercises[0].FaultyReps = []int{0, 5}[len(in.Sessions)%2]
		}
		x.Exercises[0].Done[0].Reps = 6
		in.Sessions = append(in.Sessions, x)
		in.Today = day(date).AddDays(2)
		in.Screen = ready(date)
		return suggest(t, in)
	}
	add("2026-01-05", "7", false)
	add("2026-01-07", "7", false)
	s := add("2026-01-09", "7", false)
	if !s.Deload || s.Reasons[0].Rule != "DELOAD_PLATEAU" && !has(s, "DELOAD_PLATEAU") {
		t.Fatalf("first plateau: %+v", s)
	}
	add("2026-01-12", "4", true)
	add("2026-01-19", "7", false)
	add("2026-01-21", "7", false)
	if s = add("2026-01-23", "7", false); len(s.Options) < 3 || s.Options[0].Rule != "PLATEAU" {
		t.Fatalf("second plateau: %+v", s)
	}
	add("2026-01-26", "4", true)
	add("2026-02-02", "7", false)
	add("2026-02-04", "7", false)
	if s = add("2026-02-06", "7", false); len(s.Options) != 1 || s.Options[0].Rule != "PLATEAU_REVIEW" {
		t.Fatalf("third plateau: %+v", s)
	}
}

// TestHomeAndClinic: each place has its own weights; pain counts in both.
func TestHomeAndClinic(t *testing.T) {
	in := clinicInput("2D", work(3, 8, "16"))
	after(t, &in, "2026-01-05", "6", work(3, 8, "16"), nil)
	home := func(s *course.Session) { s.Place = program.AtHome }
	s := after(t, &in, "2026-01-07", "6", work(3, 8, "8"), home)
	expect(t, s, course.ActionRepeat, "2D", "16", 3, 8)
	expect(t, after(t, &in, "2026-01-08", "6", work(3, 8, "16"), nil), course.ActionLoad, "2D", "18", 3, 8)
	s = after(t, &in, "2026-01-09", "6", work(3, 8, "8"), func(s *course.Session) { home(s); s.Pain24h = dec("3") })
	expect(t, s, course.ActionLighter, "2D", "14", 3, 8)
	in.Place = program.AtHome
	if s := suggest(t, in); s.Work.Load == nil || s.Work.Load.Value.String() != "6" {
		t.Errorf("at home: %+v", s)
	}
}
