package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/gui/dose"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Section is the Plan section of one chart.
type Section struct {
	model *model
	host  page.Host
	now   func() time.Time

	climb   *climb
	ladder  *kit.StageLadder
	text    *kit.Reader
	way     *kit.Button
	content fyne.CanvasObject
	// shown: nobody is taken away from another section.
	shown bool
	// signing: a signature is on its way to the store.
	signing bool
}

var (
	_ page.Section = (*Section)(nil)
	_ page.Printer = (*Section)(nil)
)

// climb holds the ladder. It shows the sub-stage looked at, not the top of the
// ladder, when the ladder takes the keyboard.
type climb struct {
	*kit.FormScroll
	ladder *kit.StageLadder
}

// Focused implements kit.Host.
func (c *climb) Focused(fyne.CanvasObject) { c.Reveal(c.ladder.LookingAt()) }

// New returns the section of a patient's chart. The chart tells the rail how
// far the plan is until the section is shown. now is the program's clock; it
// only stamps the words in the status bar.
func New(svc Service, host page.Host, chart clinic.Chart, route *program.Library, now func() time.Time) *Section {
	s := &Section{model: newModel(svc, route, chart), host: host, now: now}
	s.climb = &climb{FormScroll: kit.NewFormScroll(host)}
	s.ladder = kit.NewStageLadder(s.climb)
	s.climb.ladder = s.ladder
	s.climb.SetContent(s.ladder)
	s.ladder.OnLook = func(id string) {
		s.model.lookAt(program.Code(id))
		s.climb.Reveal(s.ladder.LookingAt())
		s.paintText()
	}
	s.ladder.OnTake = func(string) { s.take() }
	s.text = kit.NewReader(host, "Exercises")
	s.way = kit.NewButton(s.text.Form, "", "", s.goOn)
	s.content = container.New(&columns{}, s.climb.FormScroll, s.text)
	return s
}

// paint shows the model.
func (s *Section) paint() {
	var rungs []kit.Rung
	for _, r := range s.model.ladder() {
		x := kit.Rung{Number: r.number, Title: r.title, Note: r.note, Locked: r.locked}
		for _, t := range r.steps {
			x.Steps = append(x.Steps, kit.Step{ID: string(t.code), Title: t.title, Done: t.done, Here: t.here, Locked: t.locked})
		}
		rungs = append(rungs, x)
	}
	s.ladder.SetRungs(rungs, string(s.model.looking))
	s.climb.Relayout()
	s.climb.Reveal(s.ladder.LookingAt())
	s.paintText()
}

// standing is what counts beside the answers and is not said by the lock above.
func (s *Section) standing() []page.Line {
	all := page.Standing(s.model.chart)
	l := s.model.locked()
	if l == nil || !s.model.loaded {
		return all
	}
	return slices.DeleteFunc(all, func(x page.Line) bool {
		return strings.HasSuffix(l.title, x.Text) || slices.Contains(l.reasons, x.Text)
	})
}

// paintText shows the sub-stage looked at.
func (s *Section) paintText() {
	m := s.model
	var parts []fyne.CanvasObject
	if l := m.locked(); l != nil && m.loaded {
		s.way.SetText(wayText(l.section), "")
		// The way out comes before the reasons: it has the keyboard, and a long
		// list must not push the first line out of sight.
		parts = append(parts, kit.NewText("Plan", kit.Title), kit.StatusLine(look.Locked, l.title), kit.Inline(0, s.way))
		for _, r := range l.reasons {
			parts = append(parts, kit.StatusLine(look.Unmet, r))
		}
	}
	for _, l := range s.standing() {
		parts = append(parts, kit.StatusLine(l.Status, l.Text))
	}
	if line := m.signedLine(); line != "" {
		parts = append(parts, kit.StatusLine(look.Ready, line))
	}
	if line := m.olderLine(); line != "" {
		parts = append(parts, kit.StatusLine(look.Attention, line))
	}
	if m.loaded {
		parts = append(parts, s.looked()...)
	}
	s.text.SetContent(kit.Stack(10, parts...))
	s.host.Changed()
}

// looked are the parts about the sub-stage looked at.
func (s *Section) looked() []fyne.CanvasObject {
	m := s.model
	if m.looking == "" || m.looking == program.Preparation && !m.allowed(program.Preparation) && !m.prepares() {
		return nil
	}
	parts := []fyne.CanvasObject{kit.NewText(m.heading(), kit.Title)}
	a := m.answers[m.looking]
	if m.locked() == nil {
		for i, p := range a.refused {
			status := look.Unmet
			if i == 0 {
				status = look.Locked
			}
			parts = append(parts, kit.StatusLine(status, p.Text))
		}
		if to := sectionOf(a.refused); to != "" {
			s.way.SetText(wayText(to), "")
			parts = append(parts, kit.Inline(0, s.way))
		}
	}
	if m.looking == program.Preparation && a.refused == nil {
		for _, goal := range m.reasons("fail") {
			parts = append(parts, kit.StatusLine(look.Unmet, "Open goal. "+goal))
		}
	}
	if m.looking == m.here() {
		for _, x := range m.advice {
			parts = append(parts, dose.Card(m.route, x))
		}
	}
	for _, w := range a.plan.Warnings {
		parts = append(parts, kit.StatusLine(look.Attention, w))
	}
	if a.refused == nil {
		for _, c := range m.cards(a.plan) {
			parts = append(parts, exercise(c))
		}
	}
	return append(parts, s.gates()...)
}

// gates are what the sub-stage needs and what ends it.
func (s *Section) gates() []fyne.CanvasObject {
	m := s.model
	var parts []fyne.CanvasObject
	part := func(title string, status look.Status, lines ...string) {
		var out []fyne.CanvasObject
		for _, l := range lines {
			if l != "" {
				out = append(out, kit.StatusLine(status, l))
			}
		}
		if len(out) > 0 {
			parts = append(parts, kit.NewText(title, kit.Strong), kit.Stack(4, out...))
		}
	}
	texts := func(list []program.Criterion) []string {
		var out []string
		for _, c := range list {
			out = append(out, c.Text)
		}
		return out
	}
	if m.looking == program.Preparation {
		for _, id := range m.answers[program.Preparation].plan.Tracks {
			t, _ := m.route.Track(id)
			again := fmt.Sprintf("Screen again in %d to %d days", t.RescreenDays.Min, t.RescreenDays.Max)
			part(t.Name, look.Info, append(append([]string{t.Aim}, t.Advice...), again)...)
		}
		return parts
	}
	step, _ := m.route.SubStage(m.looking)
	code := string(step.Code)
	part("Set-up of "+code, look.Info, step.SetUp)
	part("To enter "+code, look.Unknown, texts(step.Entry)...)
	part("To go on from "+code, look.Unknown, texts(step.Exit)...)
	part("Not on a day with", look.Attention, step.Contraindications...)
	part("Instead", look.Info, step.Alternatives...)
	return parts
}

// exercise is one exercise as a card.
func exercise(c card) fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.NewText(c.title, kit.Title), kit.NewText(c.dose, kit.Strong)}
	var facts []kit.SummaryItem
	for _, f := range c.facts {
		facts = append(facts, kit.SummaryItem{Label: f[0], Value: f[1]})
	}
	for i, f := range c.faults {
		label := ""
		if i == 0 {
			label = "Faults"
		}
		facts = append(facts, kit.SummaryItem{Label: label, Value: f})
	}
	parts = append(parts, kit.SummaryList(facts...))
	if c.off != "" {
		parts = append(parts, kit.StatusLine(look.Info, "Not on the home sheet: "+c.off))
	}
	return kit.Card(kit.Stack(6, parts...))
}

func wayText(section string) string {
	switch section {
	case clinic.SectionIntake:
		return "Go to intake"
	case sectionPractitioner:
		return "Practitioner of record…"
	}
	return "Go to screen"
}

// goOn opens the section where a refusal is put right.
func (s *Section) goOn() {
	section := sectionOf(s.model.answers[s.model.looking].refused)
	if l := s.model.locked(); l != nil {
		section = l.section
	}
	switch section {
	case clinic.SectionIntake:
		s.host.GoTo(page.Intake)
	case sectionPractitioner:
		s.practitioner()
	default:
		s.host.GoTo(page.Screen)
	}
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Plan }

// Title implements page.Section.
func (s *Section) Title() string { return "Plan" }

// Status implements page.Section.
func (s *Section) Status() string { return s.model.status() }

// Content implements page.View.
func (s *Section) Content() fyne.CanvasObject { return s.content }

// FirstFocus implements page.View: the way out of a lock, else the ladder.
func (s *Section) FirstFocus() fyne.Focusable {
	if s.model.loaded && s.model.locked() != nil {
		return s.way
	}
	return s.ladder
}

// Main implements page.View.
func (s *Section) Main() page.Action {
	m := s.model
	switch {
	case !m.loaded:
		return page.Action{}
	case m.locked() != nil:
		return page.Action{Text: wayText(m.locked().section), Key: "Ctrl+Enter", Do: s.goOn}
	case m.current():
		return page.Action{Text: "Go to handouts", Key: "Ctrl+Enter", Do: func() { s.host.GoTo(page.Handouts) }}
	case m.looking == program.Preparation:
		return page.Action{Text: "Sign preparation plan", Key: "Ctrl+Enter", Do: s.sign}
	}
	return page.Action{Text: "Sign plan for " + string(m.looking), Key: "Ctrl+Enter", Do: s.sign}
}

// More implements page.View.
func (s *Section) More() []page.Action {
	var more []page.Action
	if s.model.chart.Plan != nil {
		more = append(more, page.Action{Text: "Handout", Key: "Ctrl+P", Do: s.Print},
			page.Action{Text: "Change dose", Do: s.changeDose})
	}
	if s.model.chart.Count.Counted {
		more = append(more, page.Action{Text: "Practitioner of record…", Do: s.practitioner})
	}
	return more
}

// changeDose opens the sheet for another dose than the plan's, with a reason.
func (s *Section) changeDose() {
	unit := domain.Pound
	if in, err := s.model.svc.Settings(s.host.Context()); err == nil && in.LoadUnit.Valid() {
		unit = in.LoadUnit
	}
	dose.Desk{Service: s.model.svc, Host: s.host, Route: s.model.route, Unit: unit,
		Done: func(clinic.SignedPlan) { s.reload() }}.Change(s.model.chart, program.AtClinic)
}

// Problems implements page.View: a plan has no fields that can be wrong.
func (s *Section) Problems() string { return "" }

// NextProblem implements page.View.
func (s *Section) NextProblem(bool) {}

// Save implements page.View: it keeps the sub-stage looked at as the draft.
func (s *Section) Save() {
	if s.model.locked() != nil {
		s.host.Say("There is no plan to keep.")
		return
	}
	written, err := s.model.choose(s.host.Context())
	switch {
	case err != nil:
		s.host.Notify(look.Stop, "Draft not saved. "+clinic.Sentence(err))
	case written:
		s.host.Say("Draft saved " + s.now().Format("15:04:05") + ": " + s.model.heading())
	case !s.model.allowed(s.model.looking):
		s.refuse()
	}
	s.host.Changed()
}

// take chooses the sub-stage looked at and goes on to its exercises.
func (s *Section) take() {
	if !s.model.allowed(s.model.looking) {
		s.refuse()
		return
	}
	s.Save()
	s.host.Canvas().Focus(s.text)
}

// refuse says why the sub-stage looked at cannot be taken.
func (s *Section) refuse() {
	s.host.Say(s.model.heading() + " is locked. " + clinic.Sentence(domain.NotAllowed(s.model.answers[s.model.looking].refused...)))
}

// Print implements page.Printer: the sheet has its own section.
func (s *Section) Print() { s.host.GoTo(page.Handouts) }

// SavePDF implements page.Printer.
func (s *Section) SavePDF() { s.host.GoTo(page.Handouts) }

// Leave implements page.View. What was taken is in the draft already.
func (s *Section) Leave() { s.shown = false }

// Refresh implements page.View.
func (s *Section) Refresh() {
	s.shown = true
	s.reload()
}

// reload reads the records again and paints them.
func (s *Section) reload() {
	if err := s.model.load(s.host.Context()); err != nil {
		if s.host.Context().Err() == nil {
			s.host.Notify(look.Stop, "The plan cannot be read. "+clinic.Sentence(err))
		}
		return
	}
	s.host.SetStep(s.model.stepLine())
	s.paint()
}

// sign asks for the signature.
func (s *Section) sign() {
	m := s.model
	if s.signing {
		return
	}
	if !m.allowed(m.looking) {
		s.refuse()
		return
	}
	who, p := s.host.Actor(), m.chart.Patient
	plan := m.answers[m.looking].plan
	items := []kit.SummaryItem{
		{Label: "Patient", Value: fmt.Sprintf("%s, %s", strings.ToUpper(p.LastName), p.FirstName)},
		{Label: "Born", Value: fmt.Sprintf("%s (%d y)", p.BirthDate.Short(), m.chart.Age)},
		{Label: "Plan", Value: m.heading()},
		{Label: "Exercises", Value: m.list(plan)},
	}
	if gate := m.gate(); gate != "" {
		items = append(items, kit.SummaryItem{Label: "You confirm", Value: gate})
	}
	items = append(items, kit.SummaryItem{Label: "Signed by", Value: signer(who)})
	sheet := &kit.Sheet{Title: "Sign plan", Main: "Sign plan", Body: kit.Stack(12, kit.SummaryList(items...),
		kit.NewText("A signed plan cannot be changed. A new plan makes a new version.", kit.Quiet))}
	sheet.Do = func() bool {
		sheet.Close() // before going on, so that the keyboard is not given back behind
		s.signNow(plan)
		return false
	}
	sheet.Show(s.host.Router(), s.host.Canvas())
}

// signNow signs the plan that the sheet showed and goes on to the handout.
func (s *Section) signNow(shown program.Plan) {
	s.signing = true
	run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (clinic.SignedPlan, error) {
		return s.model.svc.SignPlan(ctx, s.model.id, shown)
	}, func(_ clinic.SignedPlan, err error) {
		s.signing = false
		s.reload()
		if err != nil {
			s.host.Notify(look.Stop, "Not signed. "+clinic.Sentence(err))
			return
		}
		s.host.Say("Signed " + s.now().Format("3:04 pm"))
		if s.shown {
			s.host.GoTo(page.Handouts)
		}
	})
}

// columns puts the ladder at the left and gives the exercises the rest.
type columns struct{}

// The width of the ladder in a full window and in a narrow one.
const (
	ladderWidth  = float32(350)
	ladderNarrow = float32(290)
)

func (columns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := ladderWidth
	if size.Width < 1000 {
		w = ladderNarrow
	}
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w, 0))
	o[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}

func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(ladderNarrow+360, 240) }
