package course_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/course"
)

func dec(s string) *domain.Decimal { d := domain.MustDecimal(s); return &d }

func flag(b bool) *bool { return &b }

// signs are those of a plain good session, changed by words such as "during=4";
// "null" takes an answer away.
func signs(t testing.TB, changes string) course.Signs {
	t.Helper()
	s := course.Signs{PainBefore: dec("2"), PainDuring: dec("1"), Pain24h: dec("2"), RPE: dec("6"), RPETarget: dec("7"),
		RepsDonePercent: dec("100"), FaultyRepsPercent: dec("0"), NewLegSymptom: flag(false), RedFlag: flag(false)}
	for _, c := range strings.Fields(changes) {
		name, value, _ := strings.Cut(c, "=")
		numbers := map[string]**domain.Decimal{"before": &s.PainBefore, "during": &s.PainDuring, "after": &s.Pain24h,
			"rpe": &s.RPE, "target": &s.RPETarget, "reps": &s.RepsDonePercent, "faults": &s.FaultyRepsPercent}
		answers := map[string]**bool{"leg": &s.NewLegSymptom, "red": &s.RedFlag}
		switch {
		case numbers[name] != nil && value == "null":
			*numbers[name] = nil
		case numbers[name] != nil:
			*numbers[name] = dec(value)
		case answers[name] != nil && value == "null":
			*answers[name] = nil
		case answers[name] != nil:
			*answers[name] = flag(value == "yes")
		default:
			t.Fatalf("there is no %q", name)
		}
	}
	return s
}

// TestVerdictBoundaries holds every line of the table just below, at and just
// above its limit, also between the whole numbers.
func TestVerdictBoundaries(t *testing.T) {
	for _, c := range []struct {
		changes string
		want    course.Verdict
	}{
		{"", course.VerdictGreen},
		{"red=yes", course.VerdictStopScreen},
		{"leg=yes", course.VerdictStop},
		{"during=2", course.VerdictGreen},
		{"during=2.1", course.VerdictAmber},
		{"during=3", course.VerdictAmber},
		{"during=4", course.VerdictAmber},
		{"during=5", course.VerdictAmber},
		{"during=5.000001", course.VerdictStop},
		{"during=6", course.VerdictStop},
		{"during=10", course.VerdictStop},
		{"after=null", course.VerdictPending},
		{"before=2 after=0", course.VerdictGreen},
		{"before=2 after=1", course.VerdictGreen},
		{"before=2 after=2", course.VerdictGreen},
		{"before=2 after=2.1", course.VerdictHold},
		{"before=2 after=3", course.VerdictHold},
		{"before=2 after=3.9", course.VerdictHold},
		{"before=2 after=4", course.VerdictRegress},
		{"before=2 after=5", course.VerdictRegress},
		{"before=0 during=0 after=1", course.VerdictHold},
		{"before=10 after=10", course.VerdictGreen},
		{"before=0 after=10", course.VerdictRegress},
		{"reps=99", course.VerdictHold},
		{"reps=99.9", course.VerdictHold},
		{"reps=0", course.VerdictHold},
		{"reps=101", course.VerdictGreen},
		{"reps=200", course.VerdictGreen},
		{"faults=19", course.VerdictGreen},
		{"faults=20", course.VerdictGreen},
		{"faults=20.1", course.VerdictHold},
		{"faults=21", course.VerdictHold},
		{"faults=100", course.VerdictHold},
		{"rpe=7", course.VerdictGreen},
		{"rpe=7.5", course.VerdictHold},
		{"rpe=8", course.VerdictHold},
		{"rpe=5.5", course.VerdictGreen},
		{"rpe=5.1", course.VerdictGreen},
		{"rpe=5", course.VerdictGreenEasy},
		{"rpe=4", course.VerdictGreenEasy},
		{"rpe=0", course.VerdictGreenEasy},
		{"rpe=0 target=1", course.VerdictGreen},
		{"rpe=10 target=10", course.VerdictGreen},
		// Far too easy does not make an amber session green.
		{"rpe=5 during=3", course.VerdictAmber},
		{"rpe=5 during=2", course.VerdictGreenEasy},
	} {
		got, err := rules(t).Judge(signs(t, c.changes))
		if err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.changes, got, err, c.want)
		}
	}
}

// TestVerdictOrder lets every line of the table hold together with every line
// below it: the upper one decides, and the reasons name both in that order.
func TestVerdictOrder(t *testing.T) {
	lines := []struct {
		rule, changes string
		verdict       course.Verdict
	}{
		{"RED_FLAG", "red=yes", course.VerdictStopScreen},
		{"LEG_SYMPTOM", "leg=yes", course.VerdictStop},
		{"PAIN_STOP", "during=6", course.VerdictStop},
		{"NO_NEXT_DAY", "after=null", course.VerdictPending},
		{"NEXT_DAY_2", "after=4", course.VerdictRegress},
		{"NEXT_DAY_1", "after=3", course.VerdictHold},
		{"REPS", "reps=90", course.VerdictHold},
		{"FAULTS", "faults=30", course.VerdictHold},
		{"EFFORT", "rpe=9", course.VerdictHold},
		{"PAIN_AMBER", "during=4", course.VerdictAmber},
		{"EASY", "rpe=3", course.VerdictGreenEasy},
	}
	key := func(change string) string { k, _, _ := strings.Cut(change, "="); return k }
	for i, upper := range lines {
		for _, lower := range lines[i+1:] {
			if key(upper.changes) == key(lower.changes) {
				continue // one answer cannot be both
			}
			s := signs(t, upper.changes+" "+lower.changes)
			got, err := rules(t).Judge(s)
			if err != nil || got != upper.verdict {
				t.Errorf("%s and %s: %s, %v; want %s", upper.rule, lower.rule, got, err, upper.verdict)
			}
			var named []string
			for _, w := range rules(t).Explain(s) {
				named = append(named, w.Rule)
				if w.Value == "" || w.Threshold == "" || w.Tag == "" {
					t.Errorf("%s does not explain itself: %+v", w.Rule, w)
				}
			}
			if want := []string{upper.rule, lower.rule}; !slices.Equal(named, want) {
				t.Errorf("reasons %v, want %v", named, want)
			}
		}
	}
	if r := rules(t).Explain(signs(t, "")); len(r) != 0 {
		t.Errorf("a green session has reasons: %v", r)
	}
}

// TestGapsAreNamed: a gap never becomes a verdict, unless the session was
// stopped by what is known.
func TestGapsAreNamed(t *testing.T) {
	paths := map[string]string{"before": "pain_before", "during": "pain_during", "rpe": "rpe", "target": "rpe_target",
		"reps": "reps_done_percent", "faults": "faulty_reps_percent", "leg": "new_leg_symptom", "red": "red_flag"}
	for name, path := range paths {
		s := signs(t, name+"=null")
		if v, err := rules(t).Judge(s); err == nil || v != "" {
			t.Errorf("without %s: %s, %v", name, v, err)
		}
		if p := rules(t).CheckSigns(s, "sessions[3]"); len(p) != 1 || p[0].Field != "sessions[3]."+path || !strings.HasPrefix(p[0].Text, "is required") {
			t.Errorf("without %s: %v", name, p)
		}
	}
	none := "before=null during=null after=null rpe=null target=null reps=null faults=null leg=null"
	for changes, want := range map[string]course.Verdict{
		none + " red=yes":          course.VerdictStopScreen,
		none + " red=no leg=yes":   course.VerdictStop,
		none + " red=no during=6":  course.VerdictStop,
		none + " red=yes during=1": course.VerdictStopScreen,
	} {
		if v, err := rules(t).Judge(signs(t, changes)); err != nil || v != want {
			t.Errorf("%s: %s, %v; want %s", changes, v, err, want)
		}
	}
	if v, err := rules(t).Judge(signs(t, "red=null leg=yes")); err == nil {
		t.Errorf("a leg symptom without the red-flag answer: %s", v)
	}
}

func TestSessionRanges(t *testing.T) {
	for _, c := range []struct{ changes, want string }{
		{"before=10.1", "session.pain_before: must be from 0 to 10"},
		{"before=-1", "session.pain_before: must be from 0 to 10"},
		{"during=11", "session.pain_during: must be from 0 to 10"},
		{"after=11", "session.pain_24h: must be from 0 to 10"},
		{"rpe=11", "session.rpe: must be from 0 to 10"},
		{"target=0", "session.rpe_target: must be from 1 to 10"},
		{"target=11", "session.rpe_target: must be from 1 to 10"},
		{"reps=-1", "session.reps_done_percent: must be from 0 to 200"},
		{"reps=201", "session.reps_done_percent: must be from 0 to 200"},
		{"faults=101", "session.faulty_reps_percent: must be from 0 to 100"},
		// Also in a session that was stopped.
		{"red=yes before=11", "session.pain_before: must be from 0 to 10"},
	} {
		if v, err := rules(t).Judge(signs(t, c.changes)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.changes, v, err, c.want)
		}
	}
}

// letters are the verdicts as one letter each, for histories.
var letters = map[byte]course.Verdict{'S': course.VerdictStopScreen, 'T': course.VerdictStop, 'P': course.VerdictPending,
	'R': course.VerdictRegress, 'H': course.VerdictHold, 'A': course.VerdictAmber, 'E': course.VerdictGreenEasy, 'G': course.VerdictGreen}

func verdicts(word string) []course.Verdict {
	out := make([]course.Verdict, len(word))
	for i := range out {
		out[i] = letters[word[i]]
	}
	return out
}

func TestDecisions(t *testing.T) {
	for word, want := range map[string]course.Next{
		"":     course.NextRepeat,
		"G":    course.NextRepeat,
		"A":    course.NextRepeat,
		"H":    course.NextRepeat,
		"E":    course.NextProgress,
		"GG":   course.NextProgress,
		"GA":   course.NextRepeat,
		"AG":   course.NextRepeat,
		"AA":   course.NextRepeat,
		"AAA":  course.NextProgress,
		"GAG":  course.NextProgress,
		"AGA":  course.NextProgress,
		"HGG":  course.NextProgress,
		"HGA":  course.NextRepeat,
		"HAA":  course.NextRepeat,
		"HE":   course.NextProgress,
		"TE":   course.NextProgress,
		"EG":   course.NextProgress,
		"AEG":  course.NextProgress,
		"EA":   course.NextRepeat,
		"EAA":  course.NextProgress,
		"HH":   course.NextRepeat,
		"HHH":  course.NextRegress,
		"HHHH": course.NextRegress,
		"GHHH": course.NextRegress,
		"HHG":  course.NextRepeat,
		"HGH":  course.NextRepeat,
		"HHHG": course.NextRepeat,
		"HHHA": course.NextRepeat,
		"HHHE": course.NextProgress,
		"HHHP": course.NextWait,
		"HRH":  course.NextRegress,
		"RHH":  course.NextRegress,
		"RH":   course.NextRepeat,
		"HPH":  course.NextRegress,
		"PG":   course.NextRepeat,
		"GPG":  course.NextRepeat,
		"GP":   course.NextWait,
		"GGP":  course.NextWait,
		"RP":   course.NextWait,
		"GGR":  course.NextRegress,
		"GGT":  course.NextRegress,
		"RG":   course.NextRepeat,
		"TGG":  course.NextProgress,
		"GGS":  course.NextRescreen,
		"SG":   course.NextRepeat,
	} {
		if got := rules(t).Decide(verdicts(word)); got.Next != want {
			t.Errorf("%q: %s, want %s", word, got.Next, want)
		}
	}
}

// TestVolumeFirst: repeats come before load when an amber session counts.
func TestVolumeFirst(t *testing.T) {
	for word, want := range map[string]bool{"GG": false, "E": false, "AGG": false, "AAA": true, "GAG": true, "AAG": true, "AG": false} {
		if got := rules(t).Decide(verdicts(word)); got.VolumeFirst != want {
			t.Errorf("%q: volume first %v, want %v", word, got.VolumeFirst, want)
		}
	}
}

// TestEveryHistory holds all histories of up to five sessions to a second
// statement of the table, as patterns, the first that matches.
func TestEveryHistory(t *testing.T) {
	table := []struct {
		pattern *regexp.Regexp
		next    course.Next
	}{
		{regexp.MustCompile(`S$`), course.NextRescreen},
		{regexp.MustCompile(`[TR]$`), course.NextRegress},
		{regexp.MustCompile(`P$`), course.NextWait},
		{regexp.MustCompile(`[HRTSP][HRTSP]H$`), course.NextRegress},
		{regexp.MustCompile(`H$`), course.NextRepeat},
		{regexp.MustCompile(`E$|[GE]G$|[GEA][GEA][GA]$`), course.NextProgress},
		{regexp.MustCompile(``), course.NextRepeat},
	}
	var walk func(word string)
	walk = func(word string) {
		for _, line := range table {
			if line.pattern.MatchString(word) {
				if got := rules(t).Decide(verdicts(word)); got.Next != line.next || got.Text == "" {
					t.Fatalf("%q: %+v, want %s", word, got, line.next)
				}
				break
			}
		}
		if len(word) < 5 {
			for l := range letters {
				walk(word + string(l))
			}
		}
	}
	walk("")
}

// freedom orders the decisions by how much they allow. Waiting and going back
// stand beside each other: neither allows the same load again.
var freedom = map[course.Next]int{course.NextRescreen: 0, course.NextRegress: 1, course.NextWait: 1, course.NextRepeat: 2, course.NextProgress: 3}

// TestWorseNeverAllowsMore: more pain, more effort, fewer repeats, more faults,
// a symptom, or a score that is not reported, in any session of the history,
// never leads to more.
func TestWorseNeverAllowsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := func(low, high int, label string) *domain.Decimal {
			d := domain.NewDecimal(rapid.IntRange(low, high).Draw(t, label))
			return &d
		}
		n := rapid.IntRange(1, 5).Draw(t, "sessions")
		history := make([]course.Signs, n)
		for i := range history {
			before := whole(0, 3, "before")
			after := before.Add(*whole(0, 2, "rise"))
			history[i] = course.Signs{PainBefore: before, PainDuring: whole(0, 6, "during"), Pain24h: &after,
				RPE: whole(4, 8, "rpe"), RPETarget: whole(6, 7, "target"), RepsDonePercent: whole(99, 100, "reps"),
				FaultyRepsPercent: whole(19, 21, "faults"), NewLegSymptom: flag(false), RedFlag: flag(false)}
		}
		was := decide(t, history)
		s := &history[rapid.IntRange(0, n-1).Draw(t, "which")]
		more := func(d *domain.Decimal, by string) *domain.Decimal {
			sum := d.Add(domain.MustDecimal(by))
			return &sum
		}
		what := rapid.SampledFrom([]string{"during", "after", "rpe", "reps", "faults", "leg", "red", "not reported"}).Draw(t, "worse")
		switch what {
		case "during":
			s.PainDuring = more(s.PainDuring, fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "by")))
		case "after":
			s.Pain24h = more(s.Pain24h, fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "by")))
		case "rpe":
			s.RPE = more(s.RPE, fmt.Sprint(rapid.IntRange(1, 2).Draw(t, "by")))
		case "reps":
			s.RepsDonePercent = more(s.RepsDonePercent, "-1")
		case "faults":
			s.FaultyRepsPercent = more(s.FaultyRepsPercent, "1")
		case "leg":
			s.NewLegSymptom = flag(true)
		case "red":
			s.RedFlag = flag(true)
		case "not reported":
			s.Pain24h = nil
		}
		if now := decide(t, history); freedom[now] > freedom[was] {
			t.Fatalf("worse (%s): %s became %s", what, was, now)
		}
	})
}

func decide(t *rapid.T, history []course.Signs) course.Next {
	var v []course.Verdict
	for _, s := range history {
		one, err := rules(t).Judge(s)
		if err != nil {
			t.Fatal(err)
		}
		v = append(v, one)
	}
	return rules(t).Decide(v).Next
}
