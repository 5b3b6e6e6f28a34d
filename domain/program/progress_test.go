package program_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/program"
)

func dec(s string) *domain.Decimal { d := domain.MustDecimal(s); return &d }

func flag(b bool) *bool { return &b }

// session is a plain good session, changed by words such as "during=4";
// "null" takes an answer away.
func session(t testing.TB, changes string) program.Session {
	t.Helper()
	s := program.Session{PainBefore: dec("2"), PainDuring: dec("1"), Pain24h: dec("2"), RPE: dec("6"), RPETarget: dec("7"),
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
		want    program.Verdict
	}{
		{"", program.VerdictGreen},
		{"red=yes", program.VerdictStopScreen},
		{"leg=yes", program.VerdictStop},
		{"during=2", program.VerdictGreen},
		{"during=2.1", program.VerdictAmber},
		{"during=3", program.VerdictAmber},
		{"during=4", program.VerdictAmber},
		{"during=5", program.VerdictAmber},
		{"during=5.000001", program.VerdictStop},
		{"during=6", program.VerdictStop},
		{"during=10", program.VerdictStop},
		{"after=null", program.VerdictPending},
		{"before=2 after=0", program.VerdictGreen},
		{"before=2 after=1", program.VerdictGreen},
		{"before=2 after=2", program.VerdictGreen},
		{"before=2 after=2.1", program.VerdictHold},
		{"before=2 after=3", program.VerdictHold},
		{"before=2 after=3.9", program.VerdictHold},
		{"before=2 after=4", program.VerdictRegress},
		{"before=2 after=5", program.VerdictRegress},
		{"before=0 during=0 after=1", program.VerdictHold},
		{"before=10 after=10", program.VerdictGreen},
		{"before=0 after=10", program.VerdictRegress},
		{"reps=99", program.VerdictHold},
		{"reps=99.9", program.VerdictHold},
		{"reps=0", program.VerdictHold},
		{"reps=101", program.VerdictGreen},
		{"reps=200", program.VerdictGreen},
		{"faults=19", program.VerdictGreen},
		{"faults=20", program.VerdictGreen},
		{"faults=20.1", program.VerdictHold},
		{"faults=21", program.VerdictHold},
		{"faults=100", program.VerdictHold},
		{"rpe=7", program.VerdictGreen},
		{"rpe=7.5", program.VerdictHold},
		{"rpe=8", program.VerdictHold},
		{"rpe=5.5", program.VerdictGreen},
		{"rpe=5.1", program.VerdictGreen},
		{"rpe=5", program.VerdictGreenEasy},
		{"rpe=4", program.VerdictGreenEasy},
		{"rpe=0", program.VerdictGreenEasy},
		{"rpe=0 target=1", program.VerdictGreen},
		{"rpe=10 target=10", program.VerdictGreen},
		// Far too easy does not make an amber session green.
		{"rpe=5 during=3", program.VerdictAmber},
		{"rpe=5 during=2", program.VerdictGreenEasy},
	} {
		got, err := program.Judge(session(t, c.changes))
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
		verdict       program.Verdict
	}{
		{"RED_FLAG", "red=yes", program.VerdictStopScreen},
		{"LEG_SYMPTOM", "leg=yes", program.VerdictStop},
		{"PAIN_STOP", "during=6", program.VerdictStop},
		{"NO_NEXT_DAY", "after=null", program.VerdictPending},
		{"NEXT_DAY_2", "after=4", program.VerdictRegress},
		{"NEXT_DAY_1", "after=3", program.VerdictHold},
		{"REPS", "reps=90", program.VerdictHold},
		{"FAULTS", "faults=30", program.VerdictHold},
		{"EFFORT", "rpe=9", program.VerdictHold},
		{"PAIN_AMBER", "during=4", program.VerdictAmber},
		{"EASY", "rpe=3", program.VerdictGreenEasy},
	}
	key := func(change string) string { k, _, _ := strings.Cut(change, "="); return k }
	for i, upper := range lines {
		for _, lower := range lines[i+1:] {
			if key(upper.changes) == key(lower.changes) {
				continue // one answer cannot be both
			}
			s := session(t, upper.changes+" "+lower.changes)
			got, err := program.Judge(s)
			if err != nil || got != upper.verdict {
				t.Errorf("%s and %s: %s, %v; want %s", upper.rule, lower.rule, got, err, upper.verdict)
			}
			var named []string
			for _, w := range s.Reasons() {
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
	if r := session(t, "").Reasons(); len(r) != 0 {
		t.Errorf("a green session has reasons: %v", r)
	}
}

// TestGapsAreNamed: a gap never becomes a verdict, unless the session was
// stopped by what is known.
func TestGapsAreNamed(t *testing.T) {
	paths := map[string]string{"before": "pain_before", "during": "pain_during", "rpe": "rpe", "target": "rpe_target",
		"reps": "reps_done_percent", "faults": "faulty_reps_percent", "leg": "new_leg_symptom", "red": "red_flag"}
	for name, path := range paths {
		s := session(t, name+"=null")
		if v, err := program.Judge(s); err == nil || v != "" {
			t.Errorf("without %s: %s, %v", name, v, err)
		}
		if p := s.Check("sessions[3]"); len(p) != 1 || p[0].Field != "sessions[3]."+path || !strings.HasPrefix(p[0].Text, "is required") {
			t.Errorf("without %s: %v", name, p)
		}
	}
	none := "before=null during=null after=null rpe=null target=null reps=null faults=null leg=null"
	for changes, want := range map[string]program.Verdict{
		none + " red=yes":          program.VerdictStopScreen,
		none + " red=no leg=yes":   program.VerdictStop,
		none + " red=no during=6":  program.VerdictStop,
		none + " red=yes during=1": program.VerdictStopScreen,
	} {
		if v, err := program.Judge(session(t, changes)); err != nil || v != want {
			t.Errorf("%s: %s, %v; want %s", changes, v, err, want)
		}
	}
	if v, err := program.Judge(session(t, "red=null leg=yes")); err == nil {
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
		if v, err := program.Judge(session(t, c.changes)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.changes, v, err, c.want)
		}
	}
}

// letters are the verdicts as one letter each, for histories.
var letters = map[byte]program.Verdict{'S': program.VerdictStopScreen, 'T': program.VerdictStop, 'P': program.VerdictPending,
	'R': program.VerdictRegress, 'H': program.VerdictHold, 'A': program.VerdictAmber, 'E': program.VerdictGreenEasy, 'G': program.VerdictGreen}

func verdicts(word string) []program.Verdict {
	out := make([]program.Verdict, len(word))
	for i := range out {
		out[i] = letters[word[i]]
	}
	return out
}

func TestDecisions(t *testing.T) {
	for word, want := range map[string]program.Next{
		"":     program.NextRepeat,
		"G":    program.NextRepeat,
		"A":    program.NextRepeat,
		"H":    program.NextRepeat,
		"E":    program.NextProgress,
		"GG":   program.NextProgress,
		"GA":   program.NextRepeat,
		"AG":   program.NextRepeat,
		"AA":   program.NextRepeat,
		"AAA":  program.NextProgress,
		"GAG":  program.NextProgress,
		"AGA":  program.NextProgress,
		"HGG":  program.NextProgress,
		"HGA":  program.NextRepeat,
		"HAA":  program.NextRepeat,
		"HE":   program.NextProgress,
		"TE":   program.NextProgress,
		"EG":   program.NextProgress,
		"AEG":  program.NextProgress,
		"EA":   program.NextRepeat,
		"EAA":  program.NextProgress,
		"HH":   program.NextRepeat,
		"HHH":  program.NextRegress,
		"HHHH": program.NextRegress,
		"GHHH": program.NextRegress,
		"HHG":  program.NextRepeat,
		"HGH":  program.NextRepeat,
		"HHHG": program.NextRepeat,
		"HHHA": program.NextRepeat,
		"HHHE": program.NextProgress,
		"HHHP": program.NextWait,
		"HRH":  program.NextRegress,
		"RHH":  program.NextRegress,
		"RH":   program.NextRepeat,
		"HPH":  program.NextRegress,
		"PG":   program.NextRepeat,
		"GPG":  program.NextRepeat,
		"GP":   program.NextWait,
		"GGP":  program.NextWait,
		"RP":   program.NextWait,
		"GGR":  program.NextRegress,
		"GGT":  program.NextRegress,
		"RG":   program.NextRepeat,
		"TGG":  program.NextProgress,
		"GGS":  program.NextRescreen,
		"SG":   program.NextRepeat,
	} {
		if got := program.Decide(verdicts(word)); got.Next != want {
			t.Errorf("%q: %s, want %s", word, got.Next, want)
		}
	}
}

// TestVolumeFirst: repeats come before load when an amber session counts.
func TestVolumeFirst(t *testing.T) {
	for word, want := range map[string]bool{"GG": false, "E": false, "AGG": false, "AAA": true, "GAG": true, "AAG": true, "AG": false} {
		if got := program.Decide(verdicts(word)); got.VolumeFirst != want {
			t.Errorf("%q: volume first %v, want %v", word, got.VolumeFirst, want)
		}
	}
}

// TestEveryHistory holds all histories of up to five sessions to a second
// statement of the table, as patterns, the first that matches.
func TestEveryHistory(t *testing.T) {
	table := []struct {
		pattern *regexp.Regexp
		next    program.Next
	}{
		{regexp.MustCompile(`S$`), program.NextRescreen},
		{regexp.MustCompile(`[TR]$`), program.NextRegress},
		{regexp.MustCompile(`P$`), program.NextWait},
		{regexp.MustCompile(`[HRTSP][HRTSP]H$`), program.NextRegress},
		{regexp.MustCompile(`H$`), program.NextRepeat},
		{regexp.MustCompile(`E$|[GE]G$|[GEA][GEA][GA]$`), program.NextProgress},
		{regexp.MustCompile(``), program.NextRepeat},
	}
	var walk func(word string)
	walk = func(word string) {
		for _, line := range table {
			if line.pattern.MatchString(word) {
				if got := program.Decide(verdicts(word)); got.Next != line.next || got.Text == "" {
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
var freedom = map[program.Next]int{program.NextRescreen: 0, program.NextRegress: 1, program.NextWait: 1, program.NextRepeat: 2, program.NextProgress: 3}

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
		history := make([]program.Session, n)
		for i := range history {
			before := whole(0, 3, "before")
			after := before.Add(*whole(0, 2, "rise"))
			history[i] = program.Session{PainBefore: before, PainDuring: whole(0, 6, "during"), Pain24h: &after,
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

func decide(t *rapid.T, history []program.Session) program.Next {
	var v []program.Verdict
	for _, s := range history {
		one, err := program.Judge(s)
		if err != nil {
			t.Fatal(err)
		}
		v = append(v, one)
	}
	return program.Decide(v).Next
}
