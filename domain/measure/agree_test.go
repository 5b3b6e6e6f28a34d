package measure_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/measure"
	"backtobar/domain/screen"
)

// This file holds the scores and the screen to the same numbers. The screen
// keeps its own, because a clinic may change a threshold and never a score.

func threshold(t testing.TB, key string) domain.Decimal {
	t.Helper()
	x, ok := rules(t).Thresholds[key]
	if !ok {
		t.Fatalf("the screen has no threshold %q", key)
	}
	return x.Value
}

// TestBandsAgree: a band of the catalogue begins where the screen's threshold
// is, on the same side of it.
func TestBandsAgree(t *testing.T) {
	for _, c := range []struct{ id, key, below, at, above string }{
		{"odi", "odi_caution", "minimal", "minimal", "moderate"}, // the screen speaks above 20
		{"odi", "odi_fail", "moderate", "moderate", "severe"},    // and fails above 40
		{"rmdq", "rmdq_caution", "low", "moderate", "moderate"},  // 8 or more
		{"rmdq", "rmdq_fail", "moderate", "high", "high"},        // 14 or more
		{"tsk11", "tsk_caution", "lower", "raised", "raised"},    // 29 or more
	} {
		limit, m := threshold(t, c.key), get(t, c.id)
		step := m.Step
		if step.Sign() == 0 {
			step = dec("0.1")
		}
		for value, want := range map[domain.Decimal]string{limit.Sub(step): c.below, limit: c.at, limit.Add(step): c.above} {
			if b, _ := m.Band(value, ""); b.Name != want {
				t.Errorf("%s %s is %q, want %q", c.id, value, b.Name, want)
			}
		}
	}
}

func TestNumbersAgree(t *testing.T) {
	if got := get(t, "biering_sorensen").High; got != threshold(t, "bst_max") {
		t.Errorf("the hold is ended at %s, the screen's at %s", got, threshold(t, "bst_max"))
	}
	if s, _ := measure.Sorensen(measure.Hold{Seconds: decp("3000")}); s.Value != threshold(t, "bst_max") {
		t.Errorf("a long hold is stored as %s", s.Value)
	}
	// The borderline is one SEM, to whole seconds.
	for _, n := range get(t, "biering_sorensen").Change {
		if n.Kind == "SEM" && strings.Contains(n.Note, "now") && n.Value.Rat().FloatString(0) != threshold(t, "bst_border").String() {
			t.Errorf("the SEM is %s and the screen's borderline %s", n.Value, threshold(t, "bst_border"))
		}
	}
	// The weaker side at 0.80 of the stronger is a gap of 20 percent.
	edge := new(big.Rat).Sub(big.NewRat(100, 1), threshold(t, "asymmetry_max").Rat())
	if edge.Cmp(big.NewRat(80, 1)) != 0 {
		t.Errorf("the screen's asymmetry leaves a ratio of %s percent", edge.FloatString(1))
	}
	if !slices.Equal(measure.Depths, []string{"none", "mid_thigh", "knee", "mid_shin", "floor"}) {
		t.Error("the depths are not those of the case files")
	}
}

// decide screens a healthy person of that age and sex with an edit.
func decide(t *testing.T, age int, sex string, edit func(*screen.Case)) screen.Decision {
	t.Helper()
	c := screen.Case{
		Patient:          screen.CasePatient{AgeYears: &age, Sex: sex},
		RedFlags:         map[string]screen.Answer{},
		LongTermSteroids: ptr(false), SignificantTrauma: ptr(false),
		Vitals:    &screen.Vitals{SystolicMmHg: decp("120"), DiastolicMmHg: decp("70"), Symptoms: ptr(false)},
		Neuro:     &screen.Neuro{Finding: screen.NeuroNormal, SLROwnLegPain: ptr(false), CrossedSLR: ptr(false)},
		Pregnancy: &screen.Pregnancy{Status: screen.PregnancyNo}, Bone: screen.BoneNone, Surgery: &screen.Surgery{Kind: screen.SurgeryNone},
		Episode:         &screen.Episode{DurationWeeks: decp("20"), Mechanism: "nociceptive", Irritability: "low"},
		Pain:            &screen.Pain{NPRS7Day: decp("2")},
		Disability:      &screen.Disability{ODIPercent: decp("10")},
		BieringSorensen: &screen.Sorensen{Seconds: decp("100")},
		HipExtension:    &screen.HipExtension{Test: "bridge_reps", Left: decp("20"), Right: decp("20")},
		DowelHinge:      &screen.DowelHinge{RepsWithContact: ptr(9), Reps: ptr(10), Depth: "knee", Pain: decp("0")},
	}
	for _, f := range rules(t).RedFlags {
		c.RedFlags[f.ID] = screen.No
	}
	if edit != nil {
		edit(&c)
	}
	if err := screen.Validate(c, rules(t)).Err(); err != nil {
		t.Fatalf("the screen does not take what was scored: %v", err)
	}
	return screen.Evaluate(c, rules(t))
}

func TestScreenTakesAHealthyPerson(t *testing.T) {
	if d := decide(t, 40, "male", nil); d.Outcome != screen.Ready {
		t.Fatalf("the case to edit is %s: %+v", d.Outcome, d)
	}
}

// TestStartBackAgrees: every pair of scores that answers can give has the same
// group here and on the screen.
func TestStartBackAgrees(t *testing.T) {
	pairs := 0
	for total := range 10 {
		for distress := range 6 {
			risk, err := measure.StartBackRisk(&total, &distress)
			if (err != nil) != (distress > total || total-distress > 4) {
				t.Errorf("total %d, distress %d: %v", total, distress, err)
			}
			if err != nil {
				continue
			}
			pairs++
			d := decide(t, 40, "male", func(c *screen.Case) { c.StartBack = &screen.StartBack{Total: &total, Distress: &distress} })
			if !slices.Contains(d.Flags, "START:"+string(risk)) {
				t.Errorf("total %d, distress %d: %s here, %v on the screen", total, distress, risk, d.Flags)
			}
		}
		risk, err := measure.StartBackRisk(&total, nil)
		d := decide(t, 40, "male", func(c *screen.Case) { c.StartBack = &screen.StartBack{Total: &total} })
		if err != nil || slices.Contains(d.Flags, "START:low") != (risk == measure.RiskLow) || risk == measure.RiskMedium || risk == measure.RiskHigh {
			t.Errorf("total %d alone: %q here, %v on the screen", total, risk, d.Flags)
		}
	}
	if pairs != 30 {
		t.Errorf("%d possible pairs, want 30", pairs)
	}
}

// TestFractureAgrees: every combination of the four features, answered or
// open, at the ages around the limit.
func TestFractureAgrees(t *testing.T) {
	answers := []*bool{nil, ptr(false), ptr(true)}
	for _, age := range []int{0, 69, 70, 71, 72, 120} {
		for _, sex := range []string{"female", "male"} {
			for _, steroids := range answers {
				for _, trauma := range answers {
					_, action, err := measure.Fracture{AgeYears: &age, Female: ptr(sex == "female"), Steroids: steroids, Trauma: trauma}.FXC()
					if err != nil {
						t.Fatal(err)
					}
					d := decide(t, age, sex, func(c *screen.Case) { c.LongTermSteroids, c.SignificantTrauma = steroids, trauma })
					fired := slices.Contains(d.Rules, "RF-FXC")
					if fired != (action != measure.FractureNone) {
						t.Errorf("%d %s: %s here, fired %v on the screen", age, sex, action, fired)
					}
					// A minor is held for the age, so the outcome tells only of adults.
					if fired && age >= 18 && string(d.Outcome) != string(action) {
						t.Errorf("%d %s: %s here, %s on the screen", age, sex, action, d.Outcome)
					}
				}
			}
		}
	}
}

// TestLegRaiseAgrees: every answer and the angles around the limit.
func TestLegRaiseAgrees(t *testing.T) {
	answers := []*bool{nil, ptr(false), ptr(true)}
	for _, own := range answers {
		for _, crossed := range answers {
			for _, angle := range []string{"", "0", "29", "30", "69.9", "70", "70.1", "120"} {
				got, err := measure.LegRaise{OwnLegPain: own, AngleDeg: decp(angle), Crossed: crossed}.Result()
				if err != nil {
					t.Fatal(err)
				}
				d := decide(t, 40, "male", func(c *screen.Case) {
					c.Neuro = &screen.Neuro{Finding: screen.NeuroNormal, SLROwnLegPain: own, SLRAngleDeg: decp(angle), CrossedSLR: crossed}
				})
				want := measure.LegRaiseNegative
				switch {
				case slices.Contains(d.Flags, "CAP1:CSLR"):
					want = measure.LegRaiseCrossed
				case slices.Contains(d.Flags, "CAP2:SLR"):
					want = measure.LegRaisePositive
				case slices.Contains(d.Missing, "neuro"):
					want = measure.LegRaiseNotComplete
				}
				if got != want {
					t.Errorf("own %v, crossed %v, angle %q: %q here, %q on the screen", own, crossed, angle, got, want)
				}
			}
		}
	}
}

// TestWordsAgree: whatever this package names, the screen takes.
func TestWordsAgree(t *testing.T) {
	for _, finding := range []string{measure.NeuroNormal, measure.NeuroMildUnassessed, measure.NeuroMildStable,
		measure.NeuroMotorLE3, measure.NeuroProgressive, measure.NeuroUMN, measure.NeuroBilateralMotor} {
		d := decide(t, 40, "male", func(c *screen.Case) { c.Neuro.Finding = screen.NeuroFinding(finding) })
		if (d.Outcome == screen.Ready) != (finding == measure.NeuroNormal || finding == measure.NeuroMildStable) {
			t.Errorf("%s is %s on the screen", finding, d.Outcome)
		}
	}
	if measure.Answer(screen.Yes) != measure.Yes || measure.Answer(screen.No) != measure.No || measure.Answer(screen.Unknown) != measure.Unknown {
		t.Error("the answers are not those of the screen")
	}
	responses := []measure.Response{"", "centralizes", "no_change", "peripheralizes"}
	for _, flexion := range responses {
		for _, hinge := range responses {
			s, err := measure.Movements{Flexion: flexion, Hinge: hinge}.Summary()
			if err != nil {
				t.Fatal(err)
			}
			d := decide(t, 40, "male", func(c *screen.Case) { c.Episode.DirectionalResponse = s.Answer })
			if slices.Contains(d.Rules, "PAIN-3") != (hinge == "peripheralizes") {
				t.Errorf("flexion %q, hinge %q: %v", flexion, hinge, d.Rules)
			}
		}
	}
	for _, status := range []measure.Status{measure.UnablePain, measure.UnableOther, measure.NotDone} {
		decide(t, 40, "male", func(c *screen.Case) { c.BieringSorensen = &screen.Sorensen{Status: string(status)} })
	}
}
