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

// ladder is the stages, lowest first.
func (m *model) ladder() []rung {
	here := m.here()
	var out []rung
	if m.prepares() {
		out = append(out, rung{number: 0, title: "Preparation", locked: !m.allowed(preparation), steps: []step{{
			code: preparation, title: m.trackNames(), here: here == preparation, locked: !m.allowed(preparation)}}})
	}
	below := m.chart.Plan != nil
	for _, st := range m.route.Stages() {
		r := rung{number: st.Number, title: st.Name, locked: true}
		for _, s := range st.Steps {
			x := step{code: s.Code, title: s.Name, here: s.Code == here, locked: !m.allowed(s.Code)}
			below = below && !x.here
			x.done = below && m.walked[s.Code]
			r.locked = r.locked && x.locked
			r.steps = append(r.steps, x)
		}
		if r.locked {
			r.note = m.lockNote(st)
		} else if m.chart.Plan == nil && len(r.steps) > 0 && m.route.Start(m.why.Decision.Stage) == m.startIn(r) {
			r.note = "Start here: " + string(m.startIn(r))
		}
		out = append(out, r)
	}
	return out
}

// prepares reports whether the preparation belongs on the ladder: the screen
// asks for it, or the patient is still in it.
func (m *model) prepares() bool {
	return m.why.Decision.Outcome == screen.NotReady || m.here() == preparation
}

// trackNames are the stage-0 tracks in words.
func (m *model) trackNames() string {
	var names []string
	for _, id := range m.answers[preparation].plan.Tracks {
		names = append(names, m.route.Track(id).Name)
	}
	if len(names) == 0 {
		return "Before stage 1"
	}
	return strings.Join(names, ", ")
}

// startIn returns the start of the route when it lies in the rung.
func (m *model) startIn(r rung) program.Code {
	at := m.route.Start(m.why.Decision.Stage)
	for _, s := range r.steps {
		if s.code == at {
			return at
		}
	}
	return ""
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
func (m *model) lockNote(st Stage) string {
	d := m.why.Decision
	switch {
	case m.chart.Screen == nil:
		return "Locked: needs a signed screen"
	case d.Outcome == screen.NotReady:
		return "Locked: build first"
	case d.Outcome != screen.Ready:
		return "Locked: see the screen"
	case st.Number > d.Cap:
		var why []string
		for _, r := range m.why.Reasons {
			if r.State == "cap" {
				why = append(why, r.Title)
			}
		}
		note := fmt.Sprintf("Locked: stage %d at most", d.Cap)
		if len(why) > 0 {
			note += ". " + strings.Join(why, "; ")
		}
		return note
	case st.Number > d.Stage && len(st.Steps) > 0 && len(st.Steps[0].Gate) > 0:
		return "Locked: needs " + lowerFirst(strings.Join(st.Steps[0].Gate, "; "))
	}
	for _, s := range st.Steps {
		for _, p := range m.answers[s.Code].refused {
			return "Locked: " + lowerFirst(p.Text)
		}
	}
	return ""
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
	if m.chart.Screen == nil {
		return &lock{title: "Plan is locked. There is no signed screen.", section: clinic.SectionScreen}
	}
	if m.chart.Intake == nil {
		return &lock{title: "Plan is locked. There is no intake: the plan needs the equipment and the body weight.", section: clinic.SectionIntake}
	}
	l := &lock{title: "Plan is locked.", section: clinic.SectionScreen}
	refused := m.answers[preparation].refused
	if m.why.Decision.Outcome == screen.Ready {
		refused = m.answers[m.route.Start(m.why.Decision.Stage)].refused
	}
	for i, p := range refused {
		if i == 0 {
			l.title = "Plan is locked. " + p.Text
			if p.Field == "body_mass" {
				l.section = clinic.SectionIntake
			}
			continue
		}
		l.reasons = append(l.reasons, p.Text)
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
	cues   []string
	faults []string
	// off says why it is not on the home sheet, "" when it is.
	off string
}

// cards are the exercises of a plan.
func (m *model) cards(p program.Plan) []card {
	var out []card
	for i, it := range p.Items {
		x := m.route.Exercise(it.Exercise)
		c := card{title: fmt.Sprintf("%d  %s", i+1, x.Name), dose: m.route.Dose(it.Dose), cues: x.Cues, faults: x.Faults}
		fact := func(label, value string) {
			if value != "" {
				c.facts = append(c.facts, [2]string{label, value})
			}
		}
		if it.Load != nil {
			fact("Weight", it.Load.String())
		}
		fact("Why this weight", it.LoadReason)
		fact("Effort", effort(it.Dose))
		fact("Where", where(it.Where))
		fact("Set-up", x.Setup)
		if !it.OnSheet {
			c.off = it.OffSheetReason
		}
		out = append(out, c)
	}
	return out
}

// effort is the ceiling in words.
func effort(d program.Dose) string {
	if d.EffortRPE == 0 {
		return ""
	}
	s := fmt.Sprintf("RPE %d out of 10 at most", d.EffortRPE)
	if d.RIR > 0 {
		s += fmt.Sprintf(", with %d repeats left in reserve", d.RIR)
	}
	return s
}

// where is a place in words.
func where(w program.Where) string {
	switch w {
	case program.HomeAndClinic:
		return "At home and in the clinic"
	case program.ClinicFirst:
		return "In the clinic first, then at home"
	case program.Supervised:
		return "Only under supervision"
	}
	return ""
}

// heading names what is shown at the right.
func (m *model) heading() string {
	if m.looking == preparation || m.looking == "" {
		return "Preparation, before stage 1"
	}
	s := m.route.Step(m.looking)
	return "Step " + string(s.Code) + ": " + s.Name
}

// stepLine is the line of the banner, "" without a plan.
func (m *model) stepLine() string {
	p := m.chart.Plan
	if p == nil {
		return ""
	}
	if p.Plan.Stage == 0 {
		return "Preparation, before step 1"
	}
	for _, st := range m.route.Stages() {
		if st.Number == p.Plan.Stage {
			return fmt.Sprintf("Step %d of %d: %s", st.Number, len(m.route.Stages()), st.Name)
		}
	}
	return ""
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

// olderLine says that the plan in force does not stand on the newest screen.
func (m *model) olderLine() string {
	if m.chart.Plan == nil || m.standing() || m.chart.Screen == nil {
		return ""
	}
	return "A newer screen was signed on " + m.chart.Screen.TakenOn.Short() + ", after this plan. Read the plan it gives now, then sign again."
}

// status is a few words for the rail.
func (m *model) status() string {
	switch {
	case !m.loaded:
		return ""
	case m.locked() != nil:
		return "locked"
	case m.olderLine() != "":
		return "sign again"
	}
	return m.chart.PlanState
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
		name := m.route.Exercise(it.Exercise).Name
		if it.Load != nil {
			name += ", " + it.Load.String()
		}
		out = append(out, name)
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
