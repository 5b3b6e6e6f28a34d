package plan

import (
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// rung is one stage of the ladder in words.
type rung struct {
	number int
	title  string
	// note says why the stage is locked, or where to start.
	note   string
	locked bool
	steps  []step
}

// step is one sub-stage of the ladder in words.
type step struct {
	code               program.Code
	title              string
	done, here, locked bool
}

// stages are the sub-stages by stage; the index is the stage, 0 is empty.
func (m *model) stages() [][]program.SubStage {
	out := make([][]program.SubStage, len(screen.StageNames))
	for _, s := range m.route.SubStages() {
		out[s.Stage] = append(out[s.Stage], s)
	}
	return out
}

// ladder is the stages, lowest first.
func (m *model) ladder() []rung {
	here := m.here()
	var out []rung
	if m.prepares() {
		out = append(out, rung{number: 0, title: screen.StageNames[0], locked: !m.allowed(program.Preparation), steps: []step{{
			code: program.Preparation, title: m.trackNames(), here: here == program.Preparation, locked: !m.allowed(program.Preparation)}}})
	}
	below := m.chart.Plan != nil
	usual := m.route.Usual(m.why.Decision)
	for number, steps := range m.stages() {
		if number == 0 {
			continue
		}
		r := rung{number: number, title: screen.StageNames[number], locked: true}
		for _, s := range steps {
			x := step{code: s.Code, title: shortName(r.title, s.Name), here: s.Code == here, locked: !m.allowed(s.Code)}
			below = below && !x.here
			x.done = below && m.walked[s.Code]
			r.locked = r.locked && x.locked
			r.steps = append(r.steps, x)
			if m.chart.Plan == nil && s.Code == usual {
				r.note = "Start here: " + string(usual)
			}
		}
		if r.locked {
			r.note = m.lockNote(number, steps)
		}
		out = append(out, r)
	}
	return out
}

// shortName leaves out of the name of a sub-stage what the rung says already:
// "Barbell rack pull, above the knee" in "Rack pull" is "Above the knee".
func shortName(stage, name string) string {
	words := strings.Fields(strings.ToLower(stage))
	last := words[len(words)-1]
	at := strings.Index(strings.ToLower(name), last)
	if at < 0 {
		return name
	}
	rest := strings.TrimLeft(name[at+len(last):], ", ")
	if rest == "" {
		return name
	}
	return upperFirst(rest)
}

// prepares reports whether the preparation belongs on the ladder: the screen
// asks for it, or the patient is still in it.
func (m *model) prepares() bool {
	return m.why.Decision.Outcome == screen.NotReady || m.here() == program.Preparation
}

// trackNames are the stage-0 tracks in words.
func (m *model) trackNames() string {
	var names []string
	for _, id := range m.answers[program.Preparation].plan.Tracks {
		t, _ := m.route.Track(id)
		names = append(names, t.Name)
	}
	if len(names) == 0 {
		return "Before stage 1"
	}
	return strings.Join(names, ", ")
}

// here is where the patient stands: the signed plan. Before the first plan
// nobody stands anywhere.
func (m *model) here() program.Code {
	if m.chart.Plan == nil {
		return ""
	}
	return m.chart.Plan.Plan.SubStage
}

// lockNote is why a whole stage is locked: what the screen limits, else what
// its gate needs.
func (m *model) lockNote(number int, steps []program.SubStage) string {
	d := m.why.Decision
	switch {
	case m.chart.Screen == nil:
		return "Locked: needs a signed screen"
	case d.Outcome == screen.NotReady:
		return "Locked: build first"
	case d.Outcome != screen.Ready:
		return "Locked: see the screen"
	case number > d.Cap:
		note := fmt.Sprintf("Locked: stage %d at most", d.Cap)
		if why := m.reasons("cap"); len(why) > 0 && number == d.Cap+1 {
			note += ". " + strings.Join(why, "; ")
		}
		return note
	case number > d.Stage:
		var needs []string
		for _, c := range steps[0].Entry {
			needs = append(needs, lowerFirst(c.Text))
		}
		return "Locked: needs " + strings.Join(needs, "; ")
	}
	for _, s := range steps {
		for _, p := range m.answers[s.Code].refused {
			return "Locked: " + lowerFirst(p.Text)
		}
	}
	return ""
}

// reasons are the screen's reasons in the given states, with what was found.
func (m *model) reasons(states ...string) []string {
	var out []string
	for _, state := range states {
		for _, r := range m.why.Reasons {
			if r.State != state {
				continue
			}
			text := r.Title
			if r.Value != "" {
				text = withValue(text, r.Value)
			}
			if r.State == "fail" && r.Threshold != "" {
				text += ", goal " + r.Threshold
			}
			out = append(out, text)
		}
	}
	return out
}

// withValue is a title with what was found; a question is followed by its answer.
func withValue(title, value string) string {
	if strings.HasSuffix(title, "?") {
		return title + " " + value
	}
	return title + ": " + lowerFirst(value)
}

// lock is what stands in the way of every plan.
type lock struct {
	title   string
	reasons []string
	// section is where it is put right.
	section string
}

// locked returns why no plan at all can be made, or nil.
func (m *model) locked() *lock {
	for _, a := range m.answers {
		if a.refused == nil {
			return nil
		}
	}
	switch {
	case m.chart.Screen == nil:
		return &lock{title: "Plan is locked. There is no signed screen.", section: clinic.SectionScreen}
	case m.chart.Intake == nil:
		return &lock{title: "Plan is locked. Save the intake first: the plan needs the equipment and the body weight.", section: clinic.SectionIntake}
	}
	if m.chart.Count.Blocked() && m.chart.Resign == "" {
		return &lock{title: "Plan is locked. " + m.chart.Count.Text(), section: sectionPractitioner}
	}
	l := &lock{title: "Plan is locked. " + m.why.Headline, section: clinic.SectionScreen}
	l.reasons = m.reasons("stop", "hold", "missing", "stale")
	usual := m.route.Usual(m.why.Decision)
	for i, p := range m.answers[usual].refused { // allowed by the screen, but not today
		if i == 0 {
			l.title, l.reasons = "Plan is locked. "+p.Text, nil
		} else {
			l.reasons = append(l.reasons, p.Text)
		}
		if p.Field == "body_mass" {
			l.section = clinic.SectionIntake
		}
	}
	return l
}

// sectionOf is where a refusal of one sub-stage is put right, "" for nowhere
// but the ladder.
func sectionOf(refused domain.Problems) string {
	for _, p := range refused {
		if p.Field == "body_mass" {
			return clinic.SectionIntake
		}
	}
	return ""
}

// card is one exercise in words.
type card struct {
	title string
	dose  string
	// facts are label and value.
	facts  [][2]string
	faults []string
	// off says why it is not on the home sheet, "" when it is.
	off string
}

// cards are the exercises of a plan.
func (m *model) cards(p program.Plan) []card {
	var out []card
	for i, it := range p.Items {
		x, _ := m.route.Exercise(it.Exercise)
		c := card{title: fmt.Sprintf("%d  %s", i+1, x.Name), dose: program.DoseLine(it.Dose, it.Load)}
		fact := func(label, value string) {
			if value != "" {
				c.facts = append(c.facts, [2]string{label, value})
			}
		}
		fact("Why this weight", it.LoadReason)
		if it.Target != nil {
			fact("Target", it.Target.String())
		}
		fact("On the bar", program.BarWords(it))
		fact("Lighter sets first", program.WarmUpWords(it.WarmUp))
		fact("Effort", upperFirst(strings.TrimPrefix(program.EffortWords(it.Dose), "Effort ")))
		fact("Tempo", program.TempoWords(it.Dose.Tempo))
		fact("Where", program.WhereWords(it.Where))
		fact("Set-up", strings.TrimSpace(x.SetUp+" "+it.SetUp))
		fact("Cues", strings.Join(x.Cues, ". ")+".")
		fact("Later", x.ProgressTo)
		for _, f := range x.Faults {
			c.faults = append(c.faults, f.Fault+": "+lowerFirst(f.Fix))
		}
		if !it.OnSheet {
			c.off = it.OffSheetReason
		}
		out = append(out, c)
	}
	return out
}

// heading names what is shown at the right.
func (m *model) heading() string {
	if m.looking == program.Preparation || m.looking == "" {
		return "Preparation, before stage 1"
	}
	s, _ := m.route.SubStage(m.looking)
	return "Step " + string(s.Code) + ": " + s.Name
}

// stepLine is the line of the banner, "" without a plan.
func (m *model) stepLine() string {
	p := m.chart.Plan
	if p == nil {
		return ""
	}
	line := "Preparation, before step 1"
	if p.Plan.Stage > 0 {
		line = fmt.Sprintf("Step %d of 4: %s", p.Plan.Stage, screen.StageNames[p.Plan.Stage])
	}
	if len(m.chart.Overrides) > 0 {
		line += ", by override"
	}
	if c := m.chart.Count; c.Warned() {
		line += fmt.Sprintf(". Day %d without practitioner of record", c.Days)
	}
	return line
}

// signedLine says who signed the plan in force, "" for nobody.
func (m *model) signedLine() string {
	p := m.chart.Plan
	if p == nil {
		return ""
	}
	return fmt.Sprintf("%s signed by %s, %s (plan %d)", m.name(p.Plan), p.Signature.By.Name,
		p.Signature.At.Format("Jan 2, 2006 3:04 pm"), p.Version)
}

func (m *model) name(p program.Plan) string {
	if p.Stage == 0 {
		return "Preparation"
	}
	return "Step " + string(p.SubStage)
}

// olderLine says that the plan in force is not what the rules give today.
func (m *model) olderLine() string {
	if m.chart.Plan == nil || m.chart.Screen == nil {
		return ""
	}
	if m.standing() {
		if m.allowed(m.here()) && !m.inForce(m.here()) {
			return "The screen, the intake or the equipment gives another plan now. Read it, then sign again."
		}
		return ""
	}
	return "A newer screen was signed on " + m.chart.Screen.TakenOn.Short() + ", after this plan. Read the plan it gives now, then sign again."
}

// status is a few words for the rail.
func (m *model) status() string {
	switch {
	case !m.loaded:
		return m.chart.PlanState
	case m.locked() != nil:
		return "locked"
	case m.olderLine() != "":
		return "sign again"
	}
	return m.chart.PlanState
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// list names the exercises of a plan with their weights, for the signature.
func (m *model) list(p program.Plan) string {
	var out []string
	for _, it := range p.Items {
		x, _ := m.route.Exercise(it.Exercise)
		name := x.Name
		if it.Load != nil {
			name += ", " + it.Load.String()
		}
		if it.Where == program.AtClinic || it.Where == program.AtHome {
			name += ", " + lowerFirst(program.WhereWords(it.Where))
		}
		out = append(out, name)
	}
	return strings.Join(out, "; ")
}

// gate is what the therapist confirms by signing the sub-stage looked at: the
// screen cannot know whether the step before was seen to be passed.
func (m *model) gate() string {
	s, ok := m.route.SubStage(m.looking)
	if !ok {
		return ""
	}
	var out []string
	for _, c := range s.Entry {
		out = append(out, c.Text)
	}
	return strings.Join(out, "; ")
}

// signer is the name with the credentials.
func signer(a domain.Actor) string {
	if a.Credentials == "" {
		return a.Name
	}
	return a.Name + ", " + a.Credentials
}
