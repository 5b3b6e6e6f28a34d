package screen

import (
	"fmt"
	"maps"
	"strings"

	"backtobar/domain"
)

// Facts are what a chart knows beside the answers of a case. A case file has
// none of them.
type Facts struct {
	// Ages is days since the answers that a case does not date: "irritability",
	// "mechanism", "duration" and "history". Absent is today.
	Ages map[string]int
	// Overrides in force. One that names what may not be overridden changes
	// nothing.
	Overrides []Override
}

// answerItems are the items of Facts.Ages.
var answerItems = []string{"irritability", "mechanism", "duration", "history"}

// Override is a named therapist's decision against the rules: which of them,
// why, and for how long. The rules still speak and are still shown.
type Override struct {
	// Names are what it covers: rules ("PAIN-1"), stage limits ("CAP2:ACUTE")
	// and missing or stale items ("biering_sorensen").
	Names []string `json:"names"`
	// By is the therapist, with the licence number.
	By     domain.Actor `json:"by"`
	Reason string       `json:"reason"`
	// Signed is the first day, Until the last day on which it counts.
	Signed domain.Date `json:"signed"`
	Until  domain.Date `json:"until"`
}

// InForce reports whether the override counts on the day.
func (o Override) InForce(on domain.Date) bool {
	return !on.Before(o.Signed) && !o.Until.Before(on)
}

// Sentence says who decided against the rule, why and until when.
func (o Override) Sentence() string {
	return fmt.Sprintf("Override by %s, licence %s, until %s: %s", o.signer(), o.By.Licence, o.Until.Short(), sentence(o.Reason))
}

func (o Override) signer() string {
	if o.By.Credentials == "" {
		return o.By.Name
	}
	return o.By.Name + ", " + o.By.Credentials
}

// sentence closes a text with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// OverridePrefix begins the flag that each override in force raises:
// "OVERRIDE:PAIN-1".
const OverridePrefix = "OVERRIDE:"

// Overridden returns the names that overrides lift in the decision.
func (d Decision) Overridden() []string {
	var out []string
	for _, f := range d.Flags {
		if name, ok := strings.CutPrefix(f, OverridePrefix); ok {
			out = append(out, name)
		}
	}
	return out
}

// failing are the readiness rules.
var failing = strings.Fields("PAIN-1 PAIN-2 PAIN-3 STR-1 STR-2 STR-3 DIS-1 MOB-1 MOB-2 MECH-1")

// The rules that stop a patient, beside the safety questions.
var (
	emergencies = strings.Fields("BP-1 NEURO-1")
	urgencies   = strings.Fields("BP-2 HR-1 NEURO-2")
	holding     = strings.Fields("BP-3 BP-5 NEURO-3 SCOPE-1 PREG-1 PREG-2 BONE-1 BONE-2 BONE-3 SURG-1")
)

// The reasons why something cannot be overridden.
const (
	noneForEmergency = "An emergency cannot be overridden. It ends with a medical finding and a new screen."
	noneForUrgent    = "An urgent referral cannot be overridden. It ends with a medical finding and a new screen."
	noneForHold      = "A hold cannot be overridden. A documented clearance or a new finding lifts it."
	noneForPressure  = "Blood pressure cannot be overridden. Measure it again on another day."
	noneForSafety    = "A safety answer that is missing or too old cannot be overridden. Ask it now."
	noneForFeatures  = "Fracture features cannot be overridden. They are settled by a documented check."
)

// NoOverride returns "" when a therapist may override the rule, the stage limit
// or the item of that name, else the sentence why not. Only readiness rules,
// stage limits other than that of blood pressure, and missing or stale items
// that are no safety answers may be overridden; a hold is lifted by a
// documented clearance instead.
func (r *Rules) NoOverride(name string) string {
	switch {
	case contains(failing, name):
		return ""
	case strings.HasPrefix(name, "CAP"):
		return r.noCapOverride(name)
	case strings.HasPrefix(name, "BP-") || name == "vitals":
		if contains(emergencies, name) {
			return noneForEmergency
		}
		return noneForPressure
	case name == "RF-FXC":
		return noneForFeatures
	case contains(emergencies, name):
		return noneForEmergency
	case contains(urgencies, name):
		return noneForUrgent
	case contains(holding, name):
		return noneForHold
	case safetyItems[name] || name == "health":
		return noneForSafety
	}
	if _, known := items[name]; known {
		return ""
	}
	if f, known := r.flags[strings.TrimPrefix(name, "RF-")]; known && strings.HasPrefix(name, "RF-") {
		switch f.Action {
		case Emergency:
			return noneForEmergency
		case UrgentRefer:
			return noneForUrgent
		}
		return noneForHold
	}
	return "There is no such rule to override."
}

func (r *Rules) noCapOverride(name string) string {
	_, why, _ := strings.Cut(name, ":")
	switch {
	case why == "BP":
		return noneForPressure
	case limitTexts[why] != "":
		return ""
	}
	return "There is no such stage limit to override."
}

// limitTexts are the rules that speak of each stage limit.
var limitTexts = map[string]string{"BP": "BP-3", "NEURO": "NEURO-4", "SLR": "SLR-1", "CSLR": "SLR-2", "PREG": "PREG-1",
	"BONE": "BONE-1", "SURG": "SURG-1", "NEUROPATHIC": "MECH-2", "ACUTE": "ACUTE-1", "START_HIGH": "PSY-1"}

// NameTitle is the rule, stage limit or item of a name in words; the name itself
// when the rules do not know it.
func (r *Rules) NameTitle(name string) string {
	if head, why, limit := strings.Cut(name, ":"); limit && strings.HasPrefix(head, "CAP") {
		if t, ok := r.texts[limitTexts[why]]; ok {
			return t.Title + " (stage limit)"
		}
	}
	if t, ok := r.texts[name]; ok {
		return t.Title
	}
	if i, ok := items[name]; ok {
		return i.title
	}
	return name
}

// override finds the override of a name, nil for none.
func (e *evaluator) override(name string) *Override {
	for i, o := range e.facts.Overrides {
		if contains(o.Names, name) && e.r.NoOverride(name) == "" {
			return &e.facts.Overrides[i]
		}
	}
	return nil
}

// overridden reports whether a rule or limit is overridden. It then says so in
// its place.
func (e *evaluator) overridden(name, text, field string) bool {
	o := e.override(name)
	if o == nil {
		return false
	}
	e.flags.add(OverridePrefix + name)
	if e.why != nil {
		e.why.reason(e, OverridePrefix+name, text, "overridden", field)
		last := &e.why.reasons[len(e.why.reasons)-1]
		last.Text = o.Sentence() + " " + last.Text
	}
	return true
}

// overriddenItem is overridden for a missing or stale item. A stale value that
// is accepted passes or fails like a fresh one.
func (e *evaluator) overriddenItem(item, found string) bool {
	o := e.override(item)
	if o == nil {
		return false
	}
	if e.flags[OverridePrefix+item] {
		return true
	}
	e.flags.add(OverridePrefix + item)
	if e.why != nil {
		i := items[item]
		e.why.reasons = append(e.why.reasons, Reason{ID: OverridePrefix + item, Group: i.group, State: "overridden", Title: i.title,
			Value: found, Threshold: "an answer in date", Text: o.Sentence(), Tag: TagDefault,
			Citation: TagDefault, Field: i.first})
	}
	return true
}

// renewed are the facts after the steps that ask or measure again: what a case
// does not date is of today then.
func (e *evaluator) renewed(steps []step) Facts {
	f := e.facts
	for _, item := range answerItems {
		for _, s := range steps {
			if s.as == asSame && s.field == items[item].first && f.Ages[item] > 0 {
				f.Ages = maps.Clone(f.Ages)
				delete(f.Ages, item)
			}
		}
	}
	return f
}

// Overridable returns what a therapist may override in a decision, sorted: the
// rules that failed, the stage limits, and the missing or stale items that are
// no safety answers. Nothing while a safety outcome decides or a safety answer
// is open: an override could not change the result then.
func (r *Rules) Overridable(d Decision) []string {
	names := append([]string(nil), d.Rules...)
	names = append(append(names, d.Missing...), d.Stale...)
	for _, f := range d.Flags {
		if strings.HasPrefix(f, "CAP") {
			names = append(names, f)
		}
	}
	found := set{}
	for _, name := range names {
		switch {
		case r.NoOverride(name) == "":
			found.add(name)
		case !strings.HasPrefix(name, "CAP"):
			return nil
		}
	}
	return found.sorted()
}
