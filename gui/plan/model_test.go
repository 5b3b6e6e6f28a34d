package plan

import (
	"context"
	"strings"
	"testing"

	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func loaded(t *testing.T, f *fake) *model {
	t.Helper()
	m := newModel(f, route{}, "p")
	if err := m.load(context.Background()); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestStart(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*fake)
		want   program.Code
	}{
		{"where the screen places", func(*fake) {}, "2A"},
		{"the draft comes first", func(f *fake) { f.draft = []byte(`{"sub_stage":"1B"}`) }, "1B"},
		{"a draft that is refused by now", func(f *fake) { f.draft = []byte(`{"sub_stage":"3A"}`) }, "2A"},
		{"a damaged draft", func(f *fake) { f.draft = []byte(`{`) }, "2A"},
		{"the plan in force", func(f *fake) {
			f.chart.Plan = &clinic.SignedPlan{ScreenID: "s1", Plan: f.answers["1A"].plan}
		}, "1A"},
		{"a plan of an older screen", func(f *fake) {
			f.chart.Plan = &clinic.SignedPlan{ScreenID: "s0", Plan: f.answers["1A"].plan}
		}, "2A"},
		{"not ready", func(f *fake) { f.decide(screen.NotReady, 0, 4) }, "0"},
	} {
		f := newFake()
		c.change(f)
		if got := loaded(t, f).looking; got != c.want {
			t.Errorf("%s: looking at %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLockNotes(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*fake)
		stage  int
		want   string
	}{
		{"the cap and its reason", func(*fake) {}, 3, "Locked: stage 2 at most. Back surgery in the last 12 months"},
		{"the gate", func(f *fake) { f.decide(screen.Ready, 2, 4) }, 3, "Locked: needs 2B passed; Supervision"},
		{"build first", func(f *fake) { f.decide(screen.NotReady, 0, 4) }, 4, "Locked: build first"},
		{"the answer to its first step", func(f *fake) {
			f.answers["2A"] = no("Enter the body weight in the intake.")
		}, 2, "Locked: enter the body weight in the intake."},
		{"stopped", func(f *fake) { f.decide(screen.Emergency, 0, 4) }, 4, "Locked: see the screen"},
		{"no screen", func(f *fake) { f.chart.Screen = nil }, 4, "Locked: needs a signed screen"},
	} {
		f := newFake()
		c.change(f)
		for _, r := range loaded(t, f).ladder() {
			if r.number == c.stage && r.note != c.want {
				t.Errorf("%s: %q, want %q", c.name, r.note, c.want)
			}
		}
	}
}

func TestLadderShowsWhereThePatientStands(t *testing.T) {
	f := newFake()
	f.chart.Plan = &clinic.SignedPlan{ScreenID: "s1", Plan: f.answers["2A"].plan}
	f.plans = []clinic.SignedPlan{{Plan: f.answers["1B"].plan}, {Plan: program.Plan{SubStage: "2B"}}, *f.chart.Plan}
	m := loaded(t, f)
	want := map[program.Code]string{"1A": "", "1B": "done", "2A": "here", "2B": "locked", "3A": "locked", "4A": "locked"}
	for _, r := range m.ladder() {
		for _, s := range r.steps {
			got := ""
			switch {
			case s.here:
				got = "here"
			case s.done:
				got = "done"
			case s.locked:
				got = "locked"
			}
			if got != want[s.code] {
				t.Errorf("%s is %q, want %q", s.code, got, want[s.code])
			}
		}
	}
}

func TestNothingIsDoneBeforeTheFirstPlan(t *testing.T) {
	for _, plan := range []*clinic.SignedPlan{nil, {ScreenID: "s1", Plan: program.Plan{SubStage: "0"}}} {
		f := newFake()
		f.chart.Plan = plan
		for _, r := range loaded(t, f).ladder() {
			for _, s := range r.steps {
				if s.done || s.here && s.code != preparation {
					t.Errorf("%s is done %v, here %v", s.code, s.done, s.here)
				}
			}
		}
	}
}

func TestCards(t *testing.T) {
	m := loaded(t, newFake())
	cards := m.cards(m.answers["2A"].plan)
	if len(cards) != 2 || cards[0].title != "1  Kettlebell RDL from a step" {
		t.Fatalf("%+v", cards)
	}
	facts := ""
	for _, f := range cards[0].facts {
		facts += f[0] + ": " + f[1] + "\n"
	}
	for _, want := range []string{"Weight: 15 pounds", "Why this weight: 12.5 percent", "Effort: RPE 4 out of 10 at most", "Where: At home and in the clinic"} {
		if !strings.Contains(facts, want) {
			t.Errorf("%q is missing in\n%s", want, facts)
		}
	}
}

func TestWherePeopleMayTrain(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range []program.Where{program.HomeAndClinic, program.ClinicFirst, program.Supervised} {
		if s := where(w); s == "" || seen[s] {
			t.Errorf("%s is %q", w, s)
		}
		seen[where(w)] = true
	}
}
