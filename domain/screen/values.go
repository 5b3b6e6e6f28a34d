package screen

import (
	"bytes"
	"fmt"
	"sort"

	"backtobar/domain"
)

// Threshold is one number of the rules with its source and hard limits.
type Threshold struct {
	// Title reads on into the value: "Pain on the VAS fails at".
	Title string `json:"title"`
	// Group is one of Groups.
	Group string         `json:"group"`
	Value domain.Decimal `json:"value"`
	Unit  string         `json:"unit"`
	// Low and High are the hard limits within which a clinic may set Value, so
	// that a typing slip cannot turn a safety gate off. Equal limits leave
	// nothing to set.
	Low  domain.Decimal `json:"low"`
	High domain.Decimal `json:"high"`
	// Step is the smallest difference: Value is Low and a number of steps.
	Step domain.Decimal `json:"step"`
	// Stricter is "lower" or "higher": the way that asks more of a patient. Empty
	// when there is nothing to set.
	Stricter string `json:"stricter"`
	// Guards is the outcome that the value decides about when that is EMERGENCY,
	// URGENT_REFER or HOLD_REFER. Such a value is never laxer than shipped.
	Guards Outcome `json:"guards"`
	// AtMost names the threshold that this one may not be above, or is empty: a
	// caution begins before the failure it warns of.
	AtMost string `json:"at_most"`
	// Lock says why there is nothing to set.
	Lock string `json:"lock"`
	// Tag is TagSource, TagSecondary or TagDefault.
	Tag string `json:"tag"`
	// Citation names the source, or says "clinic default".
	Citation string `json:"citation"`
}

// Choice is a setting that is one of a few words.
type Choice struct {
	Title string `json:"title"`
	Group string `json:"group"`
	Value string `json:"value"`
	// Options from the laxest, which is the shipped one, to the strictest.
	Options  []string `json:"options"`
	Tag      string   `json:"tag"`
	Citation string   `json:"citation"`
}

// numberList is a list of numbers in the file; its name and a point begin the
// keys of its members in Values and Edits.
type numberList struct {
	name string
	of   func(*Rules) *map[string]Threshold
}

// numberLists are those beside the thresholds, in the order of Values.
var numberLists = []numberList{
	{"surgery_window_weeks", func(r *Rules) *map[string]Threshold { return &r.Windows }},
	{"max_age_days", func(r *Rules) *map[string]Threshold { return &r.Intervals }},
	{"answer_days", func(r *Rules) *map[string]Threshold { return &r.AnswerTimes }},
	{"clearance_days", func(r *Rules) *map[string]Threshold { return &r.ClearanceTimes }},
}

// guards are the thresholds that decide whether a patient is stopped or held;
// the file must mark them, and no clinic can set them laxer than shipped.
var guards = map[string]Outcome{
	"bp_crisis_systolic": Emergency, "bp_crisis_diastolic": Emergency,
	"bp_absolute_systolic": UrgentRefer, "bp_absolute_diastolic": UrgentRefer,
	"hr_urgent": UrgentRefer, "fracture_age": UrgentRefer,
	"bp_relative_systolic": HoldRefer, "bp_relative_diastolic": HoldRefer, "bp_low_systolic": HoldRefer,
	"age_min": HoldRefer, "postpartum_weeks": HoldRefer, "surgery_year": HoldRefer,
}

// options are the words that the logic knows for each choice.
var options = map[string][]string{"hinge_depth_min": depths, "fast_track": {"on", "off"}}

func (r *Rules) indexThresholds(p *domain.Problems) {
	names := r.lim.names()
	for key, dst := range names {
		t, ok := r.Thresholds[key]
		field := "thresholds." + key
		if !ok {
			p.Add(field, "is missing")
			continue
		}
		t.check(p, field)
		if most, ok := r.Thresholds[t.AtMost]; t.AtMost != "" && (!ok || t.Value.Cmp(most.Value) > 0) {
			p.Add(field, "must not be above the threshold that it leads up to")
		}
		*dst = t.Value
	}
	for key := range r.Thresholds {
		if names[key] == nil {
			p.Add("thresholds."+key, "no rule uses this threshold")
		}
	}
	sort.Slice(*p, func(i, j int) bool { return (*p)[i].Field < (*p)[j].Field })
}

// check adds what is wrong with a number in the file.
func (t Threshold) check(p *domain.Problems, field string) {
	fixed := t.Low.Cmp(t.High) == 0
	switch {
	case t.Value.Cmp(t.Low) < 0 || t.Value.Cmp(t.High) > 0:
		p.Add(field, "must be from "+t.Low.String()+" to "+t.High.String())
	case !tagged(t.Tag, t.Citation) || t.Unit == "":
		p.Add(field, "needs a unit and "+wantTag)
	case t.Title == "" || !contains(Groups, t.Group):
		p.Add(field, "needs a title and a known group")
	case t.Step.Sign() <= 0 || !onStep(t.Value, t) || !onStep(t.High, t):
		p.Add(field, "needs a step that leads from low to value and to high")
	case fixed != (t.Stricter == "") || fixed != (t.Lock != ""):
		p.Add(field, "needs the stricter way when it can be set, and the reason when it cannot")
	case !fixed && t.Stricter != "lower" && t.Stricter != "higher":
		p.Add(field, `the stricter way must be "lower" or "higher"`)
	}
}

// onStep reports whether v is low and a whole number of steps.
func onStep(v domain.Decimal, t Threshold) bool {
	n := v.Sub(t.Low).Rat()
	return n.Quo(n, t.Step.Rat()).IsInt()
}

// laxest is the limit at the lax end.
func (t Threshold) laxest() domain.Decimal {
	if t.Stricter == "lower" {
		return t.High
	}
	return t.Low
}

func (r *Rules) indexIntervals(p *domain.Problems) {
	r.MaxAgeDays = wholes(p, r.Intervals, "max_age_days", ageItems)
	r.SurgeryWindowWeeks, r.windows = map[string]int{}, map[SurgeryKind]domain.Decimal{}
	for _, k := range surgeryKinds[1:] {
		n := whole(p, r.Windows, "surgery_window_weeks", string(k), 0)
		r.SurgeryWindowWeeks[string(k)], r.windows[k] = n, domain.NewDecimal(n)
	}
	if len(r.Windows) != len(surgeryKinds)-1 {
		p.Add("surgery_window_weeks", "holds a kind that the rules do not know")
	}
}

// wholes checks the days of a list that holds exactly these names.
func wholes(p *domain.Problems, in map[string]Threshold, part string, names []string) map[string]int {
	out := map[string]int{}
	for _, name := range names {
		out[name] = whole(p, in, part, name, 1)
	}
	if len(in) != len(names) {
		p.Add(part, "holds an item that the rules do not know")
	}
	return out
}

// whole checks a number of days or weeks and returns it.
func whole(p *domain.Problems, in map[string]Threshold, part, key string, least int) int {
	t, ok := in[key]
	field := part + "." + key
	if !ok {
		p.Add(field, "is missing")
		return 0
	}
	t.check(p, field)
	if !t.Low.IsWhole() || !t.Step.IsWhole() || t.Low.Cmp(domain.NewDecimal(least)) < 0 {
		p.Add(field, fmt.Sprintf("needs whole numbers from %d", least))
		return 0
	}
	return int(t.Value.Rat().Num().Int64())
}

func (r *Rules) indexChoices(p *domain.Problems) {
	for key, known := range options {
		c, ok := r.Choices[key]
		field := "choices." + key
		good := ok && len(c.Options) > 1 && contains(c.Options, c.Value)
		for _, o := range c.Options {
			good = good && contains(known, o)
		}
		switch {
		case !good:
			p.Add(field, "must be one of its options, and each of them one that the rules know")
		case c.Title == "" || !contains(Groups, c.Group) || !tagged(c.Tag, c.Citation):
			p.Add(field, "needs a title, a known group and "+wantTag)
		}
	}
	if len(r.Choices) != len(options) {
		p.Add("choices", "holds a setting that the rules do not know")
	}
	r.lim.HingeDepth = depthOf(r.Choices["hinge_depth_min"].Value)
	r.lim.FastTrack = r.Choices["fast_track"].Value == "on"
}

// checkFloor adds where a shipped file would let a clinic be laxer than it may:
// what decides about stops and holds, how long answers count, how long the
// clinic waits after surgery and how deep the hinge goes are only ever made
// stricter.
func (r *Rules) checkFloor(p *domain.Problems) {
	stricter := func(field string, t Threshold) {
		if t.laxest().Cmp(t.Value) != 0 {
			p.Add(field, "must be shipped at its laxest limit")
		}
	}
	for _, key := range sortedKeys(guards) {
		if t := r.Thresholds[key]; t.Guards != guards[key] {
			p.Add("thresholds."+key, "must be marked as guarding "+string(guards[key]))
		}
	}
	for _, key := range sortedKeys(r.Thresholds) {
		if t := r.Thresholds[key]; t.Guards != "" {
			stricter("thresholds."+key, t)
		}
	}
	for _, l := range numberLists {
		for _, key := range sortedKeys(*l.of(r)) {
			stricter(l.name+"."+key, (*l.of(r))[key])
		}
	}
	for _, key := range sortedKeys(r.Choices) {
		if c := r.Choices[key]; len(c.Options) > 0 && c.Value != c.Options[0] {
			p.Add("choices."+key, "must be shipped at its laxest option")
		}
	}
}

// Value is one value of the rules as a clinic sees it.
type Value struct {
	// Key is its name in Edits.
	Key   string
	Title string
	Group string
	// Unit is empty for a choice.
	Unit string
	// Shipped is the value that the program came with, Now the one in these
	// rules.
	Shipped, Now string
	// Low, High and Step bound a number.
	Low, High, Step domain.Decimal
	// Options of a choice, from the laxest to the strictest; nil for a number.
	Options []string
	// Stricter is "lower" or "higher" for a number that can be set.
	Stricter string
	// Guards is the stop or hold that the value decides about, or empty.
	Guards Outcome
	// Lock says why it cannot be set, or is empty.
	Lock          string
	Tag, Citation string
}

// Values lists every value of the rules in the order of Groups, numbers first,
// then choices, waits and intervals, each in the order of the file.
func (r *Rules) Values() []Value {
	var out []Value
	numbers := func(prefix string, now, shipped map[string]Threshold) {
		for _, key := range r.inFileOrder(sortedKeys(now)) {
			t := now[key]
			out = append(out, Value{Key: prefix + key, Title: t.Title, Group: t.Group, Unit: t.Unit,
				Shipped: shipped[key].Value.String(), Now: t.Value.String(), Low: t.Low, High: t.High, Step: t.Step,
				Stricter: t.Stricter, Guards: t.Guards, Lock: t.Lock, Tag: t.Tag, Citation: t.Citation})
		}
	}
	numbers("", r.Thresholds, r.base.Thresholds)
	for _, key := range r.inFileOrder(sortedKeys(r.Choices)) {
		c := r.Choices[key]
		out = append(out, Value{Key: key, Title: c.Title, Group: c.Group, Shipped: r.base.Choices[key].Value,
			Now: c.Value, Options: c.Options, Tag: c.Tag, Citation: c.Citation})
	}
	for _, l := range numberLists {
		numbers(l.name+".", *l.of(r), *l.of(r.base))
	}
	rank := map[string]int{}
	for i, g := range Groups {
		rank[g] = i
	}
	sort.SliceStable(out, func(i, j int) bool { return rank[out[i].Group] < rank[out[j].Group] })
	return out
}

// inFileOrder sorts names by where the file first has them as a key.
func (r *Rules) inFileOrder(names []string) []string {
	at := map[string]int{}
	for _, name := range names {
		at[name] = bytes.Index(r.file, []byte(`"`+name+`":`))
	}
	sort.SliceStable(names, func(i, j int) bool { return at[names[i]] < at[names[j]] })
	return names
}

// Lock is a rule that no clinic can change, and why.
type Lock struct{ ID, Title, Why string }

// Locks lists the rules that stop a patient for emergency or same-day care. None
// of them can be switched off or weakened.
func (r *Rules) Locks() []Lock {
	var out []Lock
	for _, t := range r.Texts {
		if t.Lock != "" {
			out = append(out, Lock{t.ID, t.Title, t.Lock})
		}
	}
	return out
}
