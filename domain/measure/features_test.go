package measure_test

import (
	"strings"
	"testing"

	"backtobar/domain/measure"
)

// inflammatory reads onset age, weeks and the four answers, "-" for open.
func inflammatory(t testing.TB, onset, weeks, answers string) measure.Inflammatory {
	t.Helper()
	var b [4]*bool
	for i, w := range strings.Fields(answers) {
		b[i] = flag(w)
	}
	f := measure.Inflammatory{PainWeeks: decp(weeks), Gradual: b[0], BetterWithExercise: b[1], NotBetterWithRest: b[2], NightPain: b[3]}
	if onset != "" {
		f.OnsetAge = blanks(t, onset)[0]
	}
	return f
}

func TestINFL1(t *testing.T) {
	for _, c := range []struct {
		name, onset, weeks, answers string
		present, open               int
		want                        measure.Answer
	}{
		{"all five", "39", "12", "yes yes yes yes", 5, 0, "yes"},
		{"four with early onset", "39", "12", "yes yes yes no", 4, 0, "yes"},
		{"three with early onset", "39", "12", "yes yes no no", 3, 0, "no"},
		{"onset at 40 is not early", "40", "12", "yes yes yes no", 3, 0, "no"},
		{"onset at 40, the other four", "40", "12", "yes yes yes yes", 4, 0, "yes"},
		{"onset at 44", "44", "12", "yes yes yes yes", 4, 0, "yes"},
		{"onset at 45 is outside", "45", "12", "yes yes yes yes", 4, 0, "no"},
		{"just under 12 weeks", "30", "11.9", "yes yes yes yes", 5, 0, "no"},
		{"nothing asked", "", "", "- - - -", 0, 5, "unknown"},
		{"enough features, weeks open", "30", "", "yes yes yes yes", 5, 0, "unknown"},
		{"enough features, onset open", "", "20", "yes yes yes yes", 4, 1, "unknown"},
		{"two noes decide", "", "", "no no - -", 0, 3, "no"},
		{"one no does not", "", "20", "no yes - -", 1, 3, "unknown"},
		{"late onset decides alone", "50", "", "- - - -", 0, 4, "no"},
		{"four, the fifth open", "30", "20", "yes yes yes -", 4, 1, "yes"},
	} {
		got, err := inflammatory(t, c.onset, c.weeks, c.answers).INFL1()
		if err != nil || got != (measure.Count{Present: c.present, Open: c.open, Answer: c.want}) {
			t.Errorf("%s: %+v, %v, want %d %d %s", c.name, got, err, c.present, c.open, c.want)
		}
	}
	for _, edge := range [][2]string{{"0", "0"}, {"120", "5200"}} {
		if _, err := inflammatory(t, edge[0], edge[1], "").INFL1(); err != nil {
			t.Errorf("onset at %s, %s weeks: %v", edge[0], edge[1], err)
		}
	}
	_, err := inflammatory(t, "-1", "", "").INFL1()
	refused(t, err, "inflammatory.onset_age")
	_, err = inflammatory(t, "", "5201", "").INFL1()
	refused(t, err, "inflammatory.pain_weeks")
	_, err = inflammatory(t, "-1", "-1", "").INFL1()
	refused(t, err, "inflammatory.onset_age", "inflammatory.pain_weeks")
	_, err = inflammatory(t, "121", "5201", "").INFL1()
	refused(t, err, "inflammatory.onset_age", "inflammatory.pain_weeks")
}

func TestFXC(t *testing.T) {
	for _, c := range []struct {
		name, age, female, steroids, trauma string
		present, open                       int
		answer                              measure.Answer
		want                                measure.FractureAction
	}{
		{"C25, 71 F with steroids", "71", "yes", "yes", "no", 3, 0, "yes", "URGENT_REFER"},
		{"C25, 70 F without", "70", "yes", "no", "no", 1, 0, "no", "none"},
		{"two without trauma", "71", "yes", "no", "no", 2, 0, "yes", "HOLD_REFER"},
		{"two with trauma", "40", "yes", "no", "yes", 2, 0, "yes", "URGENT_REFER"},
		{"trauma alone", "40", "no", "no", "yes", 1, 0, "no", "none"},
		{"all four", "90", "yes", "yes", "yes", 4, 0, "yes", "URGENT_REFER"},
		{"none", "40", "no", "no", "no", 0, 0, "no", "none"},
		{"nothing asked", "-", "", "", "", 0, 4, "unknown", "none"},
		{"one open could make two", "71", "no", "no", "", 1, 1, "unknown", "none"},
		{"one open cannot", "40", "no", "no", "", 0, 1, "no", "none"},
		{"two known, the rest open", "71", "yes", "", "", 2, 2, "yes", "HOLD_REFER"},
	} {
		n, action, err := measure.Fracture{AgeYears: blanks(t, c.age)[0], Female: flag(c.female), Steroids: flag(c.steroids), Trauma: flag(c.trauma)}.FXC()
		if err != nil || action != c.want || n != (measure.Count{Present: c.present, Open: c.open, Answer: c.answer}) {
			t.Errorf("%s: %+v %s, %v, want %d %d %s %s", c.name, n, action, err, c.present, c.open, c.answer, c.want)
		}
	}
	for _, bad := range []int{-1, 121} {
		_, action, err := measure.Fracture{AgeYears: &bad}.FXC()
		refused(t, err, "patient.age_years")
		if action != measure.FractureNone {
			t.Error("a refused age has an action")
		}
	}
}

// neuro is a screen without a finding, then the edits, such as "left=4"
// (grade of L4 on the left), "sensation=yes", "weeks=6" or "reflex=" for open.
func neuro(t testing.TB, edits string) measure.Neuro {
	t.Helper()
	no := ptr(false)
	n := measure.Neuro{Sensation: no, Reflex: no, Babinski: no, Clonus: no, Worsening: no, Assessed: no}
	for i := range n.Left {
		n.Left[i], n.Right[i] = ptr(5), ptr(5)
	}
	for _, e := range strings.Fields(edits) {
		name, value, _ := strings.Cut(e, "=")
		switch name {
		case "left":
			n.Left[2] = blanks(t, value)[0]
		case "right":
			n.Right[4] = blanks(t, value)[0]
		case "weeks":
			n.UnchangedWeeks = decp(value)
		case "sensation":
			n.Sensation = flag(value)
		case "reflex":
			n.Reflex = flag(value)
		case "babinski":
			n.Babinski = flag(value)
		case "clonus":
			n.Clonus = flag(value)
		case "worsening":
			n.Worsening = flag(value)
		case "assessed":
			n.Assessed = flag(value)
		default:
			t.Fatalf("no edit %q", name)
		}
	}
	return n
}

func TestNeuro(t *testing.T) {
	for _, c := range []struct{ edits, want string }{
		{"", "normal"},
		{"left=4", "mild_unassessed"},
		{"right=4", "mild_unassessed"},
		{"weeks=0", "normal"},
		{"weeks=5200", "normal"},
		{"sensation=yes", "mild_unassessed"},
		{"reflex=yes", "mild_unassessed"},
		{"left=4 assessed=yes weeks=6", "mild_stable_assessed"},
		{"left=4 assessed=yes weeks=5.9", "mild_unassessed"},
		{"left=4 assessed=yes", "mild_unassessed"},
		{"left=4 assessed=no weeks=20", "mild_unassessed"},
		{"sensation=yes assessed=yes weeks=6", "mild_stable_assessed"},
		{"left=3", "motor_le3"},
		{"right=0", "motor_le3"},
		{"left=3 assessed=yes weeks=52", "motor_le3"},
		{"worsening=yes", "progressive"},
		{"left=4 worsening=yes assessed=yes weeks=8", "progressive"},
		{"left=3 worsening=yes", "progressive"},
		{"babinski=yes", "umn"},
		{"clonus=yes", "umn"},
		{"clonus=yes worsening=yes", "umn"},
		{"left=4 right=4", "bilateral_motor"},
		{"left=4 right=4 babinski=yes", "bilateral_motor"},
		{"left=4 right=4 assessed=yes weeks=8", "mild_stable_assessed"},
		{"left=4 right=3 assessed=yes weeks=8", "motor_le3"},
		{"left=4 right=4 assessed=yes weeks=8 worsening=yes", "bilateral_motor"},
		// A gap never makes normal or stable, and never hides a deficit.
		{"left=-", ""}, {"right=-", ""}, {"sensation=", ""}, {"reflex=", ""}, {"babinski=", ""}, {"clonus=", ""}, {"worsening=", ""},
		{"assessed=", "normal"},
		{"left=4 reflex=", "mild_unassessed"},
		{"left=4 assessed=yes weeks=8 reflex=", "mild_unassessed"},
		{"left=4 assessed=yes weeks=8 worsening=", "mild_unassessed"},
		{"left=3 reflex=", "motor_le3"},
		{"clonus=yes left=-", "umn"},
	} {
		if got, err := neuro(t, c.edits).Finding(); err != nil || got != c.want {
			t.Errorf("%q: %q, %v, want %q", c.edits, got, err, c.want)
		}
	}
	_, err := neuro(t, "left=6 right=-1 weeks=-1").Finding()
	refused(t, err, "neuro.left.L4", "neuro.right.S1", "neuro.unchanged_weeks")
	_, err = neuro(t, "weeks=5201").Finding()
	refused(t, err, "neuro.unchanged_weeks")
	if got, _ := (measure.Neuro{}).Finding(); got != "" {
		t.Errorf("nothing tested is %q", got)
	}
}
