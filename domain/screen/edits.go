package screen

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"backtobar/domain"
)

// Edits are a clinic's own values by key: "bst_min", "max_age_days.pain",
// "surgery_window_weeks.fusion", "fast_track". A number is written plain, as in
// "72.5"; a choice is one of its options. What is not named is as shipped.
type Edits map[string]string

// Edits are the clinic's own values in these rules; none of them is the shipped
// one.
func (r *Rules) Edits() Edits { return maps.Clone(r.edits) }

// File is the shipped file that these rules stand on, and BaseHash its SHA-256.
func (r *Rules) File() []byte { return slices.Clone(r.file) }

// BaseHash is the SHA-256 of File in lower-case hex.
func (r *Rules) BaseHash() string { return r.base.hash }

// Clinic is the number of the clinic's version, 0 for the shipped rules.
func (r *Rules) Clinic() int { return r.clinic }

// With returns the shipped rules with a clinic's own values as the clinic's
// version n, 1 and up: the version of BB-1.0 is BB-1.0+clinic.n. Problems name
// the key of each value that is not allowed; then there are no rules. Edits of r
// itself are not carried over.
//
// No edit weakens a rule that stops a patient for emergency or same-day care, or
// holds one: their values lie at the laxest limit as shipped, and the questions
// and actions cannot be edited at all.
func (r *Rules) With(n int, e Edits) (*Rules, domain.Problems) {
	b := r.base
	out := *b
	out.Thresholds, out.Choices = maps.Clone(b.Thresholds), maps.Clone(b.Choices)
	for _, l := range numberLists {
		*l.of(&out) = maps.Clone(*l.of(b))
	}
	out.edits = Edits{}
	var p domain.Problems
	for _, key := range sortedKeys(e) {
		value, shipped, problem := out.set(key, e[key])
		switch {
		case problem != "":
			p.Add(key, problem)
		case value != shipped:
			out.edits[key] = value
		}
	}
	for _, key := range sortedKeys(out.Thresholds) {
		t := out.Thresholds[key]
		if most := out.Thresholds[t.AtMost]; t.AtMost != "" && p.For(key) == "" && t.Value.Cmp(most.Value) > 0 {
			p.Add(key, fmt.Sprintf("%s: enter %s or less, the value of “%s”.", t.Title, most.Value, most.Title))
		}
	}
	if len(p) > 0 {
		return nil, p
	}
	if p = out.index(); len(p) > 0 {
		return nil, p
	}
	out.clinic, out.Version = n, fmt.Sprintf("%s+clinic.%d", b.Version, n)
	text, err := json.Marshal(out.edits) // the keys of a map are written in order
	if err != nil {
		p.Add("", "The values cannot be written.")
		return nil, p
	}
	out.hash = sha256Hex([]byte(b.hash + "\n" + out.Version + "\n" + string(text)))
	return &out, nil
}

// set puts one edited value into r and returns it as it is written, the shipped
// value, and a sentence when it is not allowed.
func (r *Rules) set(key, text string) (value, shipped, problem string) {
	if c, ok := r.Choices[key]; ok {
		if !contains(c.Options, text) {
			return "", "", c.Title + ": choose one of the words offered."
		}
		shipped, c.Value = c.Value, text
		r.Choices[key] = c
		return text, shipped, ""
	}
	in, name := r.numbers(key)
	t, ok := in[name]
	if !ok {
		return "", "", "The rules have no such value. Take it out."
	}
	v, err := domain.ParseDecimal(text)
	switch {
	case t.Lock != "":
		return "", "", t.Title + ": this value is fixed. " + t.Lock
	case err != nil:
		return "", "", t.Title + ": enter a number " + t.span() + "."
	case v.Cmp(t.Low) < 0 || v.Cmp(t.High) > 0:
		return "", "", t.Title + ": enter a number " + t.span() + "." + t.why(v)
	case !onStep(v, t) && t.Step.Cmp(domain.NewDecimal(1)) == 0:
		return "", "", t.Title + ": enter a whole number " + t.span() + "."
	case !onStep(v, t):
		return "", "", t.Title + ": enter a number in steps of " + t.Step.String() + " " + t.span() + "."
	}
	shipped = t.Value.String()
	t.Value = v
	in[name] = t
	return v.String(), shipped, ""
}

// numbers finds the list that a key is in and its name there.
func (r *Rules) numbers(key string) (in map[string]Threshold, name string) {
	part, name, _ := strings.Cut(key, ".")
	for _, l := range numberLists {
		if l.name == part {
			return *l.of(r), name
		}
	}
	return r.Thresholds, key
}

// span is the hard limits in words: "from 4 to 8 points".
func (t Threshold) span() string {
	return "from " + t.Low.String() + " to " + t.High.String() + " " + t.Unit
}

// why says why a value past the lax limit of a safety rule is refused.
func (t Threshold) why(v domain.Decimal) string {
	lax := v.Cmp(t.High) > 0
	if t.Stricter == "higher" {
		lax = v.Cmp(t.Low) < 0
	}
	if !lax {
		return ""
	}
	switch t.Guards {
	case Emergency:
		return " An emergency rule is never weakened."
	case UrgentRefer:
		return " A rule for same-day care is never weakened."
	case HoldRefer:
		return " A rule that holds training for a clearance is never weakened."
	}
	return ""
}

// Fit is With for values that were signed under another shipped file. What is
// no longer allowed becomes the nearest value that is, or the shipped one when
// there is none; the problems say what happened. It always returns rules.
func (r *Rules) Fit(n int, e Edits) (*Rules, domain.Problems) {
	var told domain.Problems
	fit := Edits{}
	for _, key := range sortedKeys(e) {
		in, name := r.base.numbers(key)
		t, number := in[name]
		c, choice := r.base.Choices[key]
		switch {
		case choice && contains(c.Options, e[key]):
			fit[key] = e[key]
		case choice:
			fit[key] = c.Options[len(c.Options)-1]
			told.Add(key, c.Title+": the strictest choice counts until new rules are signed.")
		case !number:
			told.Add(key, "One signed value is not in these rules any more.")
		default:
			near := t.nearest(e[key])
			if t.Lock == "" {
				fit[key] = near
			}
			if near != e[key] {
				told.Add(key, t.Title+": "+near+" counts until new rules are signed.")
			}
		}
	}
	for _, key := range sortedKeys(r.base.Thresholds) {
		most := r.base.Thresholds[key].AtMost
		if most != "" && r.number(fit, key).Cmp(r.number(fit, most)) > 0 {
			fit[key] = r.number(fit, most).String()
			told.Add(key, r.base.Thresholds[key].Title+": "+fit[key]+" counts until new rules are signed.")
		}
	}
	out, problems := r.With(n, fit)
	if len(problems) == 0 {
		return out, told
	}
	told.Add("", "The signed values do not fit these rules. The shipped values count until new rules are signed.")
	out, _ = r.With(n, nil)
	return out, told
}

// number is the threshold with the edits.
func (r *Rules) number(e Edits, key string) domain.Decimal {
	if v, err := domain.ParseDecimal(e[key]); err == nil {
		return v
	}
	return r.base.Thresholds[key].Value
}

// nearest is the allowed value nearest to one that was allowed before.
func (t Threshold) nearest(text string) string {
	v, err := domain.ParseDecimal(text)
	switch {
	case err != nil || t.Lock != "":
		return t.Value.String()
	case v.Cmp(t.Low) < 0:
		return t.Low.String()
	case v.Cmp(t.High) > 0:
		return t.High.String()
	case !onStep(v, t):
		return t.Value.String()
	}
	return v.String()
}

// Toward says whether a value of the rules becomes stricter (1), laxer (-1) or
// stays (0) when it goes from one text to another; both are allowed values.
func (v Value) Toward(from, to string) int {
	if v.Options != nil {
		return sign(slices.Index(v.Options, to) - slices.Index(v.Options, from))
	}
	a, errA := domain.ParseDecimal(from)
	b, errB := domain.ParseDecimal(to)
	if errA != nil || errB != nil {
		return 0
	}
	if v.Stricter == "lower" {
		a, b = b, a
	}
	return b.Cmp(a)
}

func sign(n int) int { return max(-1, min(1, n)) }
