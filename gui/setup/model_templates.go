package setup

import (
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
)

// box is one number of a sub-stage that a template may change.
type box struct {
	caption, field string
	// get is the number of the route or of a template, put keeps it when it
	// differs from the route.
	get func(program.SubStage) program.Range
	put func(*program.StepEdit, program.Range)
}

// boxes are the numbers in the order of a row.
var boxes = []box{
	{"Sets", "sets", func(s program.SubStage) program.Range { return s.Dose.Sets },
		func(e *program.StepEdit, r program.Range) { e.Sets = &r }},
	{"Repeats", "reps", func(s program.SubStage) program.Range { return s.Dose.Reps },
		func(e *program.StepEdit, r program.Range) { e.Reps = &r }},
	{"Rest, seconds", "rest_seconds", func(s program.SubStage) program.Range { return s.Dose.RestSeconds },
		func(e *program.StepEdit, r program.Range) { e.RestSeconds = &r }},
	{"Days a week", "days_per_week", func(s program.SubStage) program.Range { return s.Dose.DaysPerWeek },
		func(e *program.StepEdit, r program.Range) { e.DaysPerWeek = &r }},
	{"Effort", "effort_rpe", func(s program.SubStage) program.Range {
		return program.Range{Min: s.Dose.EffortRPE, Max: s.Dose.EffortRPE}
	}, func(e *program.StepEdit, r program.Range) { e.EffortRPE = &r.Min }},
}

// template is one variant of the route as it is typed: the texts of its boxes
// by sub-stage and field, only where they were typed.
type template struct {
	name  string
	kept  program.Template
	typed map[string]string
}

func boxKey(code program.Code, field string) string { return string(code) + "." + field }

// templatesOf are the templates that are kept.
func templatesOf(kept []program.Template) []template {
	out := make([]template, len(kept))
	for i, t := range kept {
		out[i] = template{name: t.Name, kept: t, typed: map[string]string{}}
	}
	return out
}

// rangeText writes a range as readRange reads it.
func rangeText(r program.Range) string {
	if r.Min == r.Max {
		return strconv.Itoa(r.Min)
	}
	return fmt.Sprintf("%d to %d", r.Min, r.Max)
}

// readRange reads "3", "8 to 10" or "8-10".
func readRange(text string) (program.Range, bool) {
	low, high, two := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), "-", "to"), "to")
	from, err := strconv.Atoi(strings.TrimSpace(low))
	if err != nil {
		return program.Range{}, false
	}
	to := from
	if two {
		if to, err = strconv.Atoi(strings.TrimSpace(high)); err != nil {
			return program.Range{}, false
		}
	}
	return program.Range{Min: from, Max: to}, true
}

// inUse is the template that is chosen, nil for the route as shipped.
func (m *model) inUse() *template {
	if m.using < 0 || m.using >= len(m.templates) {
		return nil
	}
	return &m.templates[m.using]
}

// text is what stands in a box: what was typed, else what is kept, else the
// route.
func (t *template) text(route *program.Library, s program.SubStage, b box) string {
	if text, ok := t.typed[boxKey(s.Code, b.field)]; ok {
		return text
	}
	if l, err := route.With(t.kept); err == nil {
		s, _ = l.SubStage(s.Code)
	}
	return rangeText(b.get(s))
}

// addTemplate clones the route, or the template in use, under a new name and
// chooses it.
func (m *model) addTemplate() {
	t := template{typed: map[string]string{}}
	if from := m.inUse(); from != nil {
		t.kept.Steps = from.kept.Steps
		for k, v := range from.typed {
			t.typed[k] = v
		}
	}
	t.name = fmt.Sprintf("Template %d", len(m.templates)+1)
	m.templates = append(m.templates, t)
	m.using = len(m.templates) - 1
}

// read is the template as it would be kept, with what cannot be read by the
// keys of its boxes.
func (t *template) read(route *program.Library) (out program.Template, wrong map[string]string) {
	out.Name, wrong = strings.TrimSpace(t.name), map[string]string{}
	for _, s := range route.SubStages() {
		edit := program.StepEdit{SubStage: s.Code}
		for _, kept := range t.kept.Steps {
			if kept.SubStage == s.Code {
				edit.Accessories = kept.Accessories
			}
		}
		changed := edit.Accessories != nil
		for _, b := range boxes {
			r, ok := readRange(t.text(route, s, b))
			switch {
			case !ok, b.field == "effort_rpe" && r.Min != r.Max:
				wrong[boxKey(s.Code, b.field)] = "Write a whole number, or two such as 8 to 10"
			case r != b.get(s):
				b.put(&edit, r)
				changed = true
			}
		}
		if changed {
			out.Steps = append(out.Steps, edit)
		}
	}
	return out, wrong
}

// templateProblems are what is wrong with the templates, by the fields of the
// form: "template.name" and "template.2A.sets" of the one in use.
func (m *model) templateProblems() (p domain.Problems) {
	for i := range m.templates {
		t := &m.templates[i]
		out, wrong := t.read(m.route)
		add := func(field, text string) {
			if i != m.using {
				field, text = "template", "The template "+t.name+" needs a change. Choose it to see where."
				if p.For(field) != "" {
					return
				}
			}
			p.Add(field, text)
		}
		for _, other := range m.templates[:i] {
			if strings.TrimSpace(other.name) == out.Name {
				add("template.name", "Enter a name that no other template has")
			}
		}
		for key, text := range wrong {
			add("template."+key, text)
		}
		for _, x := range m.route.CheckTemplate(out) {
			add(stepField(x.Field, out), x.Text)
		}
	}
	return p
}

// stepField is the box that a problem of a template belongs to.
func stepField(path string, t program.Template) string {
	var n int
	var field string
	if _, err := fmt.Sscanf(strings.Replace(path, "].", "] ", 1), "steps[%d] %s", &n, &field); err != nil || n >= len(t.Steps) {
		return "template.name"
	}
	return "template." + boxKey(t.Steps[n].SubStage, field)
}

// keepTemplates puts the templates into the settings.
func (m *model) keepTemplates(out *clinic.Settings) {
	out.Templates, out.Template = nil, ""
	for i := range m.templates {
		t, _ := m.templates[i].read(m.route)
		out.Templates = append(out.Templates, t)
		if i == m.using {
			out.Template = t.Name
		}
	}
}
