package plan

import (
	"context"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

func loaded(t *testing.T, f *fake) *model {
	t.Helper()
	m := newModel(f, f.route, f.chart)
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
			f.chart.Plan = &clinic.SignedPlan{ScreenID: "s1", Plan: f.plan("1A")}
		}, "1A"},
		{"a plan of an older screen", func(f *fake) {
			f.chart.Plan = &clinic.SignedPlan{ScreenID: "s0", Plan: f.plan("1A")}
		}, "2A"},
		{"not ready", func(f *fake) { f.decide(screen.NotReady, 0, 4) }, "0"},
	} {
		f := newFake(t)
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
		{"the cap alone", func(*fake) {}, 4, "Locked: stage 2 at most"},
		{"the gate", func(f *fake) { f.decide(screen.Ready, 2, 4) }, 3, "Locked: needs exit of 2D; the readiness screen is current; stage limit of 3 or higher; supervised, with a safe rack"},
		{"build first", func(f *fake) { f.decide(screen.NotReady, 0, 4) }, 4, "Locked: build first"},
		{"the answer to its first step", func(f *fake) {
			f.mass = domain.Mass{}
		}, 2, "Locked: enter the body weight in Intake. The kettlebell is chosen from it."},
		{"stopped", func(f *fake) { f.decide(screen.Emergency, 0, 4) }, 4, "Locked: see the screen"},
		{"no screen", func(f *fake) { f.chart.Screen = nil }, 4, "Locked: needs a signed screen"},
	} {
		f := newFake(t)
		c.change(f)
		for _, r := range loaded(t, f).ladder() {
			if r.number == c.stage && r.note != c.want {
				t.Errorf("%s: %q, want %q", c.name, r.note, c.want)
			}
		}
	}
}

func TestLadderShowsWhereThePatientStands(t *testing.T) {
	f := newFake(t)
	f.chart.Plan = &clinic.SignedPlan{ScreenID: "s1", Plan: f.plan("2A")}
	f.plans = []clinic.SignedPlan{{Plan: f.plan("1B")}, {Plan: program.Plan{SubStage: "2B"}}, *f.chart.Plan}
	m := loaded(t, f)
	want := map[program.Code]string{"1A": "", "1B": "done", "2A": "here", "2B": "", "2C": "", "2D": "", "3A": "locked", "3B": "locked", "4A": "locked", "4B": "locked", "4C": "locked"}
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
		f := newFake(t)
		f.chart.Plan = plan
		for _, r := range loaded(t, f).ladder() {
			for _, s := range r.steps {
				if s.done || s.here && s.code != program.Preparation {
					t.Errorf("%s is done %v, here %v", s.code, s.done, s.here)
				}
			}
		}
	}
}

func TestCardsSayWeightAndPlace(t *testing.T) {
	m := loaded(t, newFake(t))
	cards := m.cards(m.answers["2A"].plan)
	if len(cards) < 3 || cards[0].title != "1  Kettlebell RDL from a step" || cards[1].title != "2  Kettlebell RDL from a step" {
		t.Fatalf("%+v", cards)
	}
	words := func(c card) string {
		out := c.dose + "\n"
		for _, f := range c.facts {
			out += f[0] + ": " + f[1] + "\n"
		}
		return out + "Off: " + c.off
	}
	for _, want := range []string{"3 sets, 10 times each, 15 pounds, 3 days a week", "Why this weight: ", "Effort: At most RPE 6 (4 RIR)", "Where: In the clinic", "Off: At home with 10 pounds."} {
		if !strings.Contains(words(cards[0]), want) {
			t.Errorf("%q is missing in\n%s", want, words(cards[0]))
		}
	}
	if !strings.Contains(words(cards[1]), "10 pounds") || !strings.Contains(words(cards[1]), "Where: At home") || cards[1].off != "" {
		t.Errorf("at home:\n%s", words(cards[1]))
	}
	if !strings.Contains(words(cards[0]), "Cues: Same hinge") || len(cards[0].faults) == 0 {
		t.Error("cues or faults are missing")
	}
}

func TestShortNames(t *testing.T) {
	for _, c := range [][3]string{
		{"Rack pull", "Barbell rack pull, above the knee", "Above the knee"},
		{"Kettlebell RDL", "Kettlebell RDL from a step, light", "From a step, light"},
		{"Kettlebell RDL", "Kettlebell deadlift, moderate", "Kettlebell deadlift, moderate"},
		{"Dowel hip hinge", "Dowel hip hinge", "Dowel hip hinge"},
		{"Barbell deadlift", "Full-range barbell deadlift, build", "Build"},
	} {
		if got := shortName(c[0], c[1]); got != c[2] {
			t.Errorf("%s in %s: %q, want %q", c[1], c[0], got, c[2])
		}
	}
}

func TestEveryPlanOfTheRouteHasItsWords(t *testing.T) {
	f := newFake(t)
	f.decide(screen.Ready, 4, 4)
	m := loaded(t, f)
	for _, code := range m.codes()[1:] {
		if !m.allowed(code) {
			t.Errorf("%s is refused: %v", code, m.answers[code].refused)
		}
		m.lookAt(code)
		if !strings.HasPrefix(m.heading(), "Step "+string(code)+": ") {
			t.Errorf("%s is headed %q", code, m.heading())
		}
		for _, c := range m.cards(m.answers[code].plan) {
			if strings.HasSuffix(c.title, "  ") || c.dose == "" {
				t.Errorf("%s: a card without words: %+v", code, c)
			}
		}
	}
}

func TestStatusBeforeTheSectionIsShown(t *testing.T) {
	f := newFake(t)
	f.chart.PlanState = "signed"
	if got := newModel(f, f.route, f.chart).status(); got != "signed" {
		t.Errorf("status %q", got)
	}
}

func TestTheSignatureConfirmsTheGate(t *testing.T) {
	m := loaded(t, newFake(t))
	for code, want := range map[program.Code]string{"2B": "Exit of 2A", "0": "", "1B": "The readiness screen allows stage 1"} {
		m.lookAt(code)
		if got := m.gate(); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
