package screen

import (
	"slices"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	rules "backtobar/domain/screen"
	"backtobar/gui/page"
)

// clearanceText is a clearance in words.
func clearanceText(r *rules.Rules, name string) string {
	if text := clearanceWords[name]; text != "" {
		return text
	}
	if f, ok := r.RedFlag(name); ok {
		return f.Group + " question " + f.ID
	}
	return name
}

var clearanceWords = map[string]string{
	"fx_combo": "Fracture features checked", "bp": "Blood pressure", "ob": "Obstetric", "bone": "Bone health",
	"bone_heavy": "Bone health, heavy loading", "surgeon": "Surgeon", "minor": "Under-age training",
	"nociplastic": "Nociplastic pain plan", "psych_plan": "Distress plan",
	"CA5": "Cancer doctor", "VAS2": "Aneurysm or aorta", "VAS3": "Leg pain on walking", "CV3": "Fainting",
	"CV4": "Unstable heart disease", "CV5": "Stable heart disease, stroke or diabetes",
	"GEN1": "Eye, hernia, brain bleed or fever",
}

// overrideTexts are what may be overridden in words, in the order of the names.
func overrideTexts(x rules.Explanation, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = name
		for _, r := range x.Reasons {
			if r.ID == name {
				out[i] = r.Title
				if r.Value != "" {
					out[i] += ": " + strings.ToLower(r.Value[:1]) + r.Value[1:]
				}
				if r.State == "cap" {
					out[i] += " (stage limit)"
				}
				break
			}
		}
	}
	return out
}

// ruled is one clearance, override or finding that counts, in a line.
func ruled(r *rules.Rules, x clinic.Ruling) string {
	if o := x.Override; o != nil {
		return page.OverrideWords(r, *o)
	}
	if f := x.Finding; f != nil {
		return f.Words()
	}
	c := x.Clearance
	return "Clearance, " + strings.ToLower(clearanceText(r, c.Name)) + ": " + c.By + ", " + c.Profession + ", " + c.Given.Short() +
		", until " + c.Until.Short() + ". " + sentenceOf(c.Covers)
}

// history tells every ruling, the newest first: when, who, what.
func history(r *rules.Rules, all []clinic.Ruling) []line {
	texts := map[domain.RulingID]string{}
	var out []line
	for _, x := range all {
		var text string
		switch {
		case x.Withdrawal != nil:
			text = "Withdrawn: " + sentenceOf(x.Withdrawal.Reason) + " It was: " + texts[x.Withdrawal.Ruling]
		case x.Practitioner != nil:
			text = x.Practitioner.Words()
		default:
			text = ruled(r, x)
		}
		texts[x.ID] = text
		out = append(out, line{domain.DateOf(x.At).Short() + ", " + x.By.Name, text})
	}
	slices.Reverse(out)
	return out
}

func sentenceOf(s string) string {
	if strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// gaps are the names whose override would make the open form one that can be
// signed; nil while something else is in the way.
func (m *model) gaps() []string {
	d := m.verdict.Decision
	if len(m.problems) > 0 || d.Outcome != rules.Incomplete && d.Outcome != rules.Retest {
		return nil
	}
	may := map[string]bool{}
	for _, name := range m.rules.Overridable(d) {
		may[name] = true
	}
	var out []string
	for _, name := range append(append(out, d.Missing...), d.Stale...) {
		if !may[name] {
			return nil
		}
		out = append(out, name)
	}
	return out
}
