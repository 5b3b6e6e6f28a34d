package measure

import (
	"fmt"
	"strings"

	"backtobar/domain"
)

// Calculators are the calculators of questionnaires and tests, and after them
// one for each score that comes ready from paper.
func (c *Catalog) Calculators() []Calculator {
	out := append(c.forms(), c.tests()...)
	given := map[string]bool{}
	for _, x := range out {
		for _, id := range x.Measures {
			given[id] = true
		}
	}
	for _, m := range c.Measures {
		if !given[m.ID] || m.Licence.ItemText == ScoreOnly {
			out = append(out, ready(m))
		}
	}
	return out
}

// ValueCalculator asks for the value of a measure alone, as a correction does.
func (c *Catalog) ValueCalculator(id string) (Calculator, bool) {
	m, ok := c.Measure(id)
	m.Sides, m.Activities = false, 0
	return ready(m), ok
}

// ready is the calculator of a measure whose value is known.
func ready(m Measure) Calculator {
	low, high := int(m.Low.Rat().Num().Int64()), int(m.High.Rat().Num().Int64())
	decimals := m.Step.Sign() == 0 || !m.Step.IsWhole()
	value := func(name, label string) Question {
		return Question{Name: name, Label: label, Kind: AskNumber, Low: low, High: high, Decimals: decimals, Unit: m.Unit, Beside: 2}
	}
	c := Calculator{ID: "ready_" + m.ID, Title: m.Title + ", the value", Help: m.Missing, Measures: []string{m.ID}}
	names := map[string]Side{"value": NoSide}
	if m.Sides {
		names = map[string]Side{"left": Left, "right": Right}
		c.Questions = []Question{value("left", "Left"), value("right", "Right")}
	} else {
		c.Questions = []Question{value("value", "Value")}
	}
	if m.Activities > 0 {
		c.Questions = append([]Question{{Name: "activity", Label: "Activity, as the patient says it", Kind: AskText}}, c.Questions...)
	}
	if len(m.Protocols) > 1 {
		var choices []Option
		for i, p := range m.Protocols {
			choices = append(choices, Option{p, ProtocolWords(p), rune('1' + i)})
		}
		c.Questions = append(c.Questions, Question{Name: "protocol", Label: "Form or position", Kind: AskChoice, Choices: choices})
	}
	c.score = func(e *entries) (Scored, error) {
		e.protocol = m.Protocols[0]
		if p := e.text("protocol"); p != "" {
			e.protocol = p
		} else if len(m.Protocols) > 1 {
			return Scored{Text: "Choose the form or position."}, nil
		}
		var out Scored
		for _, name := range []string{"value", "left", "right"} {
			side, asked := names[name]
			v := e.number(name)
			if !asked || v == nil {
				continue
			}
			r, _ := scoreRecord(m.ID, side, scored(*v))
			if a := e.text("activity"); a != "" {
				r.Activities = []string{a}
			} else if m.Activities > 0 {
				return Scored{}, problem("activity", "needs what the patient calls it, so that the same one is asked next time")
			}
			if m.Capped && v.Cmp(m.High) == 0 {
				r.Status = Capped
			}
			out.Records = append(out.Records, r)
			if b, ok := m.Band(*v, ""); ok {
				out.Text += m.Words(r) + ", " + b.Name + ". "
			} else {
				out.Text += m.Words(r) + ". "
			}
		}
		out.Text = strings.TrimSpace(out.Text)
		return out, nil
	}
	return c
}

// ProtocolWords is the name of a protocol in words.
func ProtocolWords(protocol string) string {
	if w := protocolWords[protocol]; w != "" {
		return w
	}
	return strings.ReplaceAll(protocol, "_", " ")
}

var protocolWords = map[string]string{
	"odi_2.1a": "version 2.1a", "odi_other": "another version", "bench_45_degrees": "bench at 45 degrees", "ito": "Ito",
	"prone_double_leg_raise": "prone double leg raise", "seated_mean_of_2": "seated, mean of readings",
	"seated_single": "seated, one reading", "seated_as_entered": "seated, readings not counted",
	"diary_mean": "mean of several ratings", "asked": "asked", "paper_100_mm": "line of 100 mm on paper",
	"three_straps": "three straps", "prone_belt": "prone, belt", "standing_prone": "standing prone",
}

// Calculator returns the calculator with that id.
func (c *Catalog) Calculator(id string) (Calculator, bool) {
	for _, x := range c.Calculators() {
		if x.ID == id {
			return x, true
		}
	}
	return Calculator{}, false
}

// says is the sentence of a score: the value with its band, or what is missing.
func (c *Catalog) says(id string, s Score) string {
	m, ok := c.Measure(id)
	if !ok || s.Status == NotScored {
		return s.Why
	}
	r := Record{}
	r.Put(s)
	text := m.Title + ": " + m.Words(r)
	if b, ok := m.Band(s.Value, ""); ok && s.Scored() {
		text += ", " + b.Name
	}
	return text + "."
}

// one is the result of a calculator with a single score.
func (c *Catalog) one(id string, s Score, err error) (Scored, error) {
	out := Scored{Text: c.says(id, s)}
	if r, ok := scoreRecord(id, NoSide, s); ok && err == nil {
		out.Records = []Record{r}
	}
	return out, err
}

const scoreOnlyHelp = "Read the numbers from the paper form. Only the score is kept, because the form belongs to others."

func (c *Catalog) forms() []Calculator {
	return []Calculator{
		{ID: "nprs", Title: "Pain ratings, 0 to 10", Measures: []string{"nprs_7day", "nprs_now", "nprs_worst"},
			Help: "0 is no pain and 10 the worst pain there can be. Several ratings of the week may stand with spaces between; their mean counts.",
			Questions: []Question{
				{Name: "now", Label: "Pain now", Kind: AskNumber, High: 10, Beside: 2},
				{Name: "worst", Label: "Worst pain in 24 hours", Kind: AskNumber, High: 10, Beside: 2},
				{Name: "week", Label: "Average pain of the last 7 days", Kind: AskText}},
			score: c.nprs},
		{ID: "odi", Title: "Oswestry Disability Index (ODI)", Measures: []string{"odi"},
			Help:      scoreOnlyHelp + " 0 to 5 a section; the higher one where two boxes are ticked; empty where a section was left out.",
			Questions: items(10, "Section", 0, odiHighest, 5),
			score: func(e *entries) (Scored, error) {
				var sections [odiSections][]int
				for i, v := range e.item(odiSections) {
					if v != nil {
						sections[i] = []int{*v}
					}
				}
				e.protocol = "odi_2.1a"
				s, err := ODI(sections)
				return c.one("odi", s, err)
			}},
		{ID: "rmdq", Title: "Roland-Morris (RMDQ), 24 statements", Measures: []string{"rmdq"},
			Help:      "1 where the statement is ticked. 0 or empty where it is not: what was left blank does not apply.",
			Questions: items(24, "No.", 0, 1, 6),
			score: func(e *entries) (Scored, error) {
				var ticked [24]bool
				answered := false
				for i, v := range e.item(24) {
					answered = answered || v != nil
					ticked[i] = v != nil && *v == 1
				}
				e.protocol = "rmdq_24"
				if !answered {
					return Scored{Text: "Enter 0 for each statement of a form on which nothing is ticked; one 0 is enough."}, nil
				}
				return c.one("rmdq", RMDQ(ticked), nil)
			}},
		{ID: "start_back", Title: "STarT Back", Measures: []string{"start_back_total", "start_back_distress"},
			Help: scoreOnlyHelp + " Items 1 to 8: 1 agree, 0 disagree. Item 9: 0 the weakest answer to 4 the strongest.",
			Questions: append(items(8, "Item", 0, 1, 5),
				Question{Name: "item_9", Label: "Item 9", Kind: AskNumber, High: 4, Beside: 5}),
			score: c.startBack},
		{ID: "psfs", Title: "Patient-Specific Functional Scale (PSFS)", Measures: []string{"psfs"},
			Help:      "Activities that the patient names, as the patient says them. 0 cannot do it, 10 as well as before. Ask the same ones next time.",
			Questions: psfsQuestions(), score: c.psfs},
		{ID: "fabq", Title: "Fear-avoidance beliefs (FABQ)", Measures: []string{"fabq_pa", "fabq_work"},
			Help:      scoreOnlyHelp + " 0 to 6 an item.",
			Questions: items(16, "Item", 0, 6, 6),
			score: func(e *entries) (Scored, error) {
				physical, work, err := FABQ([16]*int(e.item(16)))
				e.protocol = "fabq_16"
				out := Scored{Text: "Physical activity: " + c.says("fabq_pa", physical) + " Work: " + c.says("fabq_work", work)}
				for _, x := range []struct {
					id string
					s  Score
				}{{"fabq_pa", physical}, {"fabq_work", work}} {
					if r, ok := scoreRecord(x.id, NoSide, x.s); ok {
						out.Records = append(out.Records, r)
					}
				}
				return out, err
			}},
		{ID: "tsk11", Title: "Fear of movement (TSK-11)", Measures: []string{"tsk11"},
			Help:      scoreOnlyHelp + " 1 to 4 an item.",
			Questions: items(11, "Item", 1, 4, 6),
			score: func(e *entries) (Scored, error) {
				e.protocol = "tsk_11"
				s, err := TSK11([11]*int(e.item(11)))
				return c.one("tsk11", s, err)
			}},
		{ID: "pseq", Title: "Pain self-efficacy (PSEQ)", Measures: []string{"pseq"},
			Help:      scoreOnlyHelp + " 0 to 6 an item.",
			Questions: items(10, "Item", 0, 6, 5),
			score: func(e *entries) (Scored, error) {
				e.protocol = "pseq_10"
				s, err := PSEQ([10]*int(e.item(10)))
				return c.one("pseq", s, err)
			}},
	}
}

func (c *Catalog) nprs(e *entries) (Scored, error) {
	var ratings []int
	for _, word := range strings.FieldsFunc(e.text("week"), func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		v, err := domain.ParseDecimal(word)
		if err != nil || !v.IsWhole() || !within(v, domain.Decimal{}, domain.NewDecimal(10)) {
			return Scored{}, domain.Problems{{Field: "week", Text: "must be whole numbers from 0 to 10 with spaces between"}}
		}
		ratings = append(ratings, int(v.Rat().Num().Int64()))
	}
	week, err := NPRSMean(ratings)
	if err != nil {
		return Scored{}, err
	}
	out := Scored{Text: c.says("nprs_7day", week)}
	if !week.Scored() {
		out.Text = "The average of the last 7 days is what the screen needs."
	}
	if r, ok := scoreRecord("nprs_7day", NoSide, week); ok {
		r.Protocol, r.Entries = "asked", e.kept("week")
		if len(ratings) > 1 {
			r.Protocol = "diary_mean"
		}
		out.Records = append(out.Records, r)
	}
	e.protocol = "asked"
	for _, x := range []struct{ name, id string }{{"now", "nprs_now"}, {"worst", "nprs_worst"}} {
		if n := e.whole(x.name); n != nil {
			r, _ := scoreRecord(x.id, NoSide, whole(*n))
			out.Records = append(out.Records, r)
		}
	}
	return out, nil
}

func (c *Catalog) startBack(e *entries) (Scored, error) {
	total, distress, err := StartBackItems([9]*int(e.item(9)))
	if err != nil || !total.Scored() {
		return Scored{Text: total.Why}, err
	}
	e.protocol = "start_back_9"
	t, d := int(total.Value.Rat().Num().Int64()), int(distress.Value.Rat().Num().Int64())
	risk, err := StartBackRisk(&t, &d)
	one, _ := scoreRecord("start_back_total", NoSide, total)
	two, _ := scoreRecord("start_back_distress", NoSide, distress)
	return Scored{Records: []Record{one, two},
		Text: fmt.Sprintf("Total %d of 9, distress %d of 5: %s risk.", t, d, risk)}, err
}

const psfsMost = 5

func psfsQuestions() []Question {
	var out []Question
	for i := 1; i <= psfsMost; i++ {
		out = append(out,
			Question{Name: fmt.Sprintf("name_%d", i), Label: fmt.Sprintf("Activity %d", i), Kind: AskText, Beside: 2},
			Question{Name: fmt.Sprintf("activity_%d", i), Label: fmt.Sprintf("Rating %d, 0 to 10", i), Kind: AskNumber, High: 10, Beside: 2})
	}
	return out
}

func (c *Catalog) psfs(e *entries) (Scored, error) {
	var list []Activity
	var p domain.Problems
	var kept []Entry
	for i := 1; i <= psfsMost; i++ {
		name, rating := fmt.Sprintf("name_%d", i), fmt.Sprintf("activity_%d", i)
		a := Activity{Name: e.text(name), Score: e.whole(rating)}
		if a.Score != nil && a.Name == "" {
			p.Add(name, "needs what the patient calls it, so that the same one is asked next time")
		}
		if a.Score != nil {
			list = append(list, a)
			kept = append(kept, Entry{a.Name, e.text(rating)})
		}
	}
	if len(p) > 0 {
		return Scored{}, p
	}
	s, err := PSFS(list)
	if err != nil {
		return Scored{}, err
	}
	e.protocol = "psfs"
	out, err := c.one("psfs", s, nil)
	for i := range out.Records {
		out.Records[i].Activities, out.Records[i].Entries = Rated(list), kept
	}
	return out, err
}
