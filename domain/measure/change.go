package measure

import (
	"fmt"
	"slices"
	"strings"

	"backtobar/domain"
)

// Check returns everything that is wrong with a record: an unknown measure,
// unit, protocol or side, a value outside the range or off the step, a value
// without a status that allows it, a missing name, a day in the future or
// before the patient's birth (born may be zero when it is not known).
func (c *Catalog) Check(r Record, born, today domain.Date) error {
	m, ok := c.Measure(r.Measure)
	if !ok {
		return problem("measure", "is not in the list of measures; check the spelling")
	}
	var p domain.Problems
	m.checkValue(r, &p)
	if r.Unit != m.Unit {
		p.Add("unit", "must be "+m.Unit)
	}
	switch {
	case r.Date.IsZero():
		p.Add("date", "needs the day of the measurement")
	case today.Before(r.Date):
		p.Add("date", "must not be in the future")
	case !born.IsZero() && r.Date.Before(born):
		p.Add("date", "must not be before the patient's birth")
	}
	if strings.TrimSpace(r.By) == "" {
		p.Add("by", "needs the name of the person who measured or entered it")
	}
	notDone := r.Status == NotDone
	if !oneOf(r.Protocol, m.Protocols) && !(notDone && r.Protocol == "") {
		p.Add("protocol", "must be one of: "+strings.Join(m.Protocols, ", "))
	}
	if m.Form != (r.Language != "") && !(m.Form && notDone) {
		p.Add("language", "is needed for a questionnaire and for nothing else")
	}
	switch {
	case m.Sides && r.Side != Left && r.Side != Right:
		p.Add("side", "must be left or right")
	case !m.Sides && r.Side != NoSide:
		p.Add("side", "must be empty, because this is not measured by side")
	}
	names := activities(r)
	switch {
	case len(names) > m.Activities:
		p.Add("activities", fmt.Sprintf("must name at most %d", m.Activities))
	case len(names) == 0 && m.Activities > 0 && r.Status.HasValue():
		p.Add("activities", "must name what was rated, so that the same is asked next time")
	case len(slices.Compact(names)) < len(r.Activities):
		p.Add("activities", "names an activity twice; name each once")
	}
	if !r.Stopped.known() {
		p.Add("stopped", "must be one of: fatigue_back, fatigue_hip, pain, other")
	}
	m.checkEntries(r.Entries, &p)
	return p.Err()
}

// The most raw entries of a record and their longest text; far above any test.
const (
	maxEntries = 40
	maxEntry   = 100
)

func (m Measure) checkEntries(entries []Entry, p *domain.Problems) {
	if len(entries) > 0 && m.Licence.ItemText == ScoreOnly {
		p.Add("entries", "must be empty, because the form belongs to others and only its score is kept")
	}
	if len(entries) > maxEntries {
		p.Add("entries", fmt.Sprintf("must be at most %d", maxEntries))
	}
	seen := map[string]bool{}
	for _, e := range entries {
		if e.Name == "" || seen[e.Name] || e.Value == "" || len(e.Name) > maxEntry || len(e.Value) > maxEntry {
			p.Add("entries", fmt.Sprintf("each needs a name of its own and a value, at most %d letters long", maxEntry))
			return
		}
		seen[e.Name] = true
	}
}

func (m Measure) checkValue(r Record, p *domain.Problems) {
	switch {
	case !r.Status.known():
		p.Add("status", "must be one of: measured, capped, not_scored, unable_pain, unable_other, not_done")
	case r.Status.HasValue() != (r.Value != nil):
		p.Add("value", "is needed when something was measured, and must be empty when nothing was")
	case r.Value == nil:
	case !within(*r.Value, m.Low, m.High):
		p.Add("value", "must be from "+m.Low.String()+" to "+m.High.String()+" "+m.Unit)
	case m.Step.Sign() > 0 && !onStep(*r.Value, m.Step):
		p.Add("value", "must be in steps of "+m.Step.String())
	case (r.Status == Capped) != (m.Capped && r.Value.Cmp(m.High) == 0):
		p.Add("status", "must be capped exactly when the test was ended at its longest time")
	}
}

func onStep(v, step domain.Decimal) bool {
	return v.Rat().Quo(v.Rat(), step.Rat()).IsInt()
}

// activities are the record's activities in order, without regard to case or
// spaces around them.
func activities(r Record) []string {
	var out []string
	for _, a := range r.Activities {
		out = append(out, strings.ToLower(strings.Join(strings.Fields(a), " ")))
	}
	slices.Sort(out)
	return out
}

// Verdict is what can be said of a change.
type Verdict string

// The verdicts.
const (
	// Improved and Worse: the change is as large as the measurement error or
	// larger.
	Improved Verdict = "improved"
	Worse    Verdict = "worse"
	// WithinError: the difference is smaller than the measurement error, or than
	// the number that stands in for it, and may be chance.
	WithinError Verdict = "within measurement error"
	// NotComparable: the two records do not measure the same, or one of them
	// has no value.
	NotComparable Verdict = "not comparable"
	// NotJudged: they can be compared, but nobody has stated the measurement
	// error, so the difference is shown without a judgement.
	NotJudged Verdict = "not judged"
)

// Comparison is a change between two records.
type Comparison struct {
	Verdict Verdict
	// Difference is after minus before, in the measure's unit; 0 when not
	// comparable.
	Difference domain.Decimal
	// AtLeast: one value was capped, so the true difference is this or more.
	AtLeast bool
	// Important: a real improvement that is also large enough to matter to
	// patients by a published number.
	Important bool
	// Limit is the number that the difference was held against; nil when there
	// is none.
	Limit *Number
	// Text says it in a sentence or two, for clinicians.
	Text string
}

// Change compares two records of one patient, before first. Both must pass
// Check.
func (c *Catalog) Change(before, after Record) Comparison {
	m, ok := c.Measure(before.Measure)
	if !ok {
		return notComparable("This measure is not in the list of measures.")
	}
	if why := m.differs(before, after); why != "" {
		return notComparable(why)
	}
	diff := after.Value.Sub(*before.Value)
	capped := before.Status == Capped || after.Status == Capped
	out := Comparison{Difference: diff, AtLeast: capped}
	limits := m.numbers(UseReal, before.Protocol)
	if capped && (len(limits) == 0 || diff.Abs().Cmp(limits[0].Value) < 0) {
		return notComparable("The test was ended at its longest time, which hides how large the change is.")
	}
	if len(limits) > 0 {
		out.Limit = &limits[0]
	}
	moved := m.moved(diff, capped)
	switch {
	case diff.Sign() == 0:
		out.Verdict, out.Text = WithinError, moved
		return out
	case out.Limit == nil:
		out.Verdict = NotJudged
		out.Text = moved + " No measurement error is known for this test, so this is not judged."
		return out
	}
	limit := *out.Limit
	better := diff.Sign() > 0 == (m.Better == HigherIsBetter)
	switch {
	case diff.Abs().Cmp(limit.Value) < 0:
		out.Verdict = WithinError
		out.Text = moved + " Less than " + m.amount(limit.Value) + ", so it does not count as a change (" + limit.source() + ")."
		return out
	case better:
		out.Verdict = Improved
		out.Important = m.important(*before.Value, diff, before.Protocol)
	default:
		out.Verdict = Worse
	}
	out.Text = moved + " A real change: " + m.amount(limit.Value) + " or more (" + limit.source() + ")."
	if out.Important {
		out.Text += " Large enough to matter to patients."
	}
	return out
}

func notComparable(why string) Comparison { return Comparison{Verdict: NotComparable, Text: why} }

// differs says why two records cannot be compared, or "".
func (m Measure) differs(before, after Record) string {
	switch {
	case before.Measure != after.Measure:
		return "These are two different measures."
	case !before.Status.HasValue() || before.Value == nil:
		return "The first one has no value: " + before.Status.words() + "."
	case !after.Status.HasValue() || after.Value == nil:
		return "The later one has no value: " + after.Status.words() + "."
	case before.Unit != m.Unit || after.Unit != m.Unit:
		return "They are not both in the unit of this measure."
	case after.Date.Before(before.Date):
		return "The later one is dated before the first."
	case before.Side != after.Side:
		return "They were measured on different sides."
	case before.Protocol != after.Protocol:
		return "They were measured by different protocols."
	case before.Language != after.Language:
		return "The questionnaires were in different languages."
	case !slices.Equal(activities(before), activities(after)):
		return "Different activities were rated."
	}
	return ""
}

func (s Status) words() string {
	switch s {
	case NotScored:
		return "too many answers are missing"
	case UnablePain:
		return "pain stopped the test"
	case UnableOther:
		return "the test could not be done"
	}
	return "it was not done"
}

// important reports whether an improvement reaches any number that patients
// call important: an amount, or a share of the first value.
func (m Measure) important(before, diff domain.Decimal, protocol string) bool {
	size := diff.Abs().Rat()
	for _, n := range m.numbers(UseImportant, protocol) {
		need := n.Value.Rat()
		if n.Percent {
			need.Mul(need, before.Rat()).Quo(need, ratio(100, 1))
		}
		// A share of 0 is no size at all.
		if need.Sign() > 0 && size.Cmp(need) >= 0 {
			return true
		}
	}
	return false
}

// moved is the difference in words: "2.5 points lower."
func (m Measure) moved(diff domain.Decimal, capped bool) string {
	least := ""
	if capped {
		least = "At least "
	}
	switch diff.Sign() {
	case 1:
		return least + m.amount(diff) + " higher."
	case -1:
		return least + m.amount(diff.Abs()) + " lower."
	}
	return "No change."
}

// amount is a number with the measure's unit. A difference shows one decimal
// more than the values when it needs it, so that 1.96 does not read as 2.0 just
// below a limit of 2.
func (m Measure) amount(v domain.Decimal) string {
	text := v.String()
	if front, frac, dot := strings.Cut(text, "."); dot && len(frac) > m.Decimals+1 {
		text = front + "." + frac[:m.Decimals+1]
	}
	unit := m.Unit
	if text == "1" {
		unit = strings.TrimSuffix(unit, "s")
	}
	return text + " " + unit
}

func (n Number) source() string {
	if n.Tag != TagSource {
		return fmt.Sprintf("%s, %s: %s", n.Kind, n.Tag, n.Citation)
	}
	return n.Kind + ", " + n.Citation
}
