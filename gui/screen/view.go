package screen

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// Section is the Screen section of one chart. It shows the form while a screen
// is being taken, and the newest signed screen otherwise.
type Section struct {
	svc     Service
	host    page.Host
	patient domain.PatientID
	model   *model

	form          *kit.FormScroll
	keys          scoringHost
	controls      map[string]*control
	noSex         *kit.Text
	notApplicable *kit.Text
	fracture      *kit.Text
	watch         *stopwatch
	panel         *kit.VerdictPanel
	signedPage    *signedPage
	root          *fyne.Container

	// current is the newest signed screen, nil when there is none; filling
	// says that the form is shown instead.
	current *clinic.Current
	// rulings are all on record, also those that ended.
	rulings []clinic.Ruling
	filling bool
	loaded  bool
	// state is the status in words before anything is loaded.
	state string
	// due are the fields whose problems show: the keyboard was there, or
	// signing was tried. needed is the open answer that signing stopped at.
	due      map[string]bool
	needed   string
	painting bool
	signing  bool
	// told is what the window last heard of the section.
	told string

	drafts keeper
}

// New returns the section of a patient's chart. The chart tells the rail how
// far the screen is until the section is shown.
func New(svc Service, host page.Host, r *rules.Rules, chart clinic.Chart) *Section {
	s := &Section{svc: svc, host: host, patient: chart.Patient.ID, state: chart.ScreenState,
		model: newModel(svc, r), due: map[string]bool{}, filling: true}
	s.drafts = keeper{svc: svc, host: host, patient: s.patient}
	s.build()
	s.panel = kit.NewVerdictPanel(host)
	s.panel.OnJump = s.jump
	s.signedPage = newSignedPage(s.host, signedActions{again: s.again, resign: s.resign, clear: s.recordClearance,
		override: s.decideAgainst, withdraw: s.withdraw, found: s.recordFinding})
	s.root = container.NewStack(s.form, s.signedPage.scroll)
	s.arrange()
	return s
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Screen }

// Title implements page.Section.
func (s *Section) Title() string { return "Screen" }

// Content implements page.Section.
func (s *Section) Content() fyne.CanvasObject { return s.root }

// Status implements page.Section.
func (s *Section) Status() string {
	if !s.loaded {
		return s.state
	}
	if !s.filling {
		if s.current.Resign != "" {
			return "sign again"
		}
		if s.current.OpenStop != "" {
			return "stop not closed"
		}
		if s.current.Explanation.Decision.Outcome == rules.Retest {
			return "re-screen due"
		}
		return "signed"
	}
	switch s.model.verdict.Decision.Outcome {
	case rules.Emergency, rules.UrgentRefer:
		return "stop"
	}
	switch {
	case !s.model.touched() && s.current != nil:
		return "new screen"
	case !s.model.touched():
		return "not started"
	case s.model.left() == "":
		return "not signed"
	}
	return s.model.left()
}

// FirstFocus implements page.Section: the first open answer.
func (s *Section) FirstFocus() fyne.Focusable {
	if !s.filling {
		return s.signedPage.first.First()
	}
	path := s.model.after("", false)
	if path == "" {
		path = s.model.fields[0].path
	}
	return s.controls[path].widget.First()
}

// Main implements page.Section.
func (s *Section) Main() page.Action {
	switch {
	case s.filling && (trains(s.model.verdict.Decision.Outcome) || s.model.verdict.Decision.Outcome == rules.Incomplete):
		return page.Action{Text: "Sign result and go to plan", Key: "Ctrl+Enter", Do: s.sign}
	case s.filling:
		return page.Action{Text: "Sign result", Key: "Ctrl+Enter", Do: s.sign}
	case s.current.Resign != "":
		return page.Action{Text: "Sign again", Key: "Ctrl+Enter", Do: s.resign}
	case s.current.OpenStop != "":
		return page.Action{Text: "Record medical finding", Key: "Ctrl+Enter", Do: s.recordFinding}
	case trains(s.current.Explanation.Decision.Outcome):
		return page.Action{Text: "Go to plan", Key: "Ctrl+Enter", Do: func() { s.host.GoTo(page.Plan) }}
	}
	return page.Action{Text: "Screen again", Key: "Ctrl+Enter", Do: s.again}
}

// trains reports whether an outcome leads to a plan.
func trains(o rules.Outcome) bool { return o == rules.Ready || o == rules.NotReady }

// More implements page.Section.
func (s *Section) More() []page.Action {
	if !s.filling {
		return s.moreSigned()
	}
	more := []page.Action{{Text: "Save draft", Key: "Ctrl+S", Do: s.Save}}
	if s.model.touched() || s.current != nil {
		more = append(more, page.Action{Text: "Discard draft", Do: s.discard})
	}
	if len(s.model.gaps()) > 0 {
		more = append(more, page.Action{Text: "Sign with an override…", Do: s.signOverriding})
	}
	return more
}

// Problems implements page.Section.
func (s *Section) Problems() string {
	if !s.filling {
		return ""
	}
	return s.model.left()
}

// NextProblem implements page.Section.
func (s *Section) NextProblem(back bool) {
	if !s.filling {
		return
	}
	path := s.model.after(s.here(), back)
	if path != "" {
		s.focus(path)
		return
	}
	if len(s.model.problems) > 0 {
		s.jump(s.model.problems[0].Field)
	}
}

// Panel implements page.Panelled.
func (s *Section) Panel() fyne.CanvasObject { return s.panel }

// Glance implements page.Panelled.
func (s *Section) Glance() (look.Status, string) {
	x := s.shown()
	return page.VerdictOf(x, s.svc.Today()).Status, x.Headline
}

// FocusPanel implements page.Panelled.
func (s *Section) FocusPanel() { s.panel.FocusFirst() }

// Save implements page.Section: the draft is kept now.
func (s *Section) Save() {
	if !s.filling {
		return
	}
	for path := range s.controls {
		s.due[path] = true
	}
	s.judge()
	if s.keepNow() {
		s.host.Say("Draft saved")
	}
}

// Unkept implements page.Keeper.
func (s *Section) Unkept() string {
	if !s.filling || !s.drafts.dirty || s.signing || s.keepNow() {
		return ""
	}
	return s.drafts.why
}

// Leave implements page.Section.
func (s *Section) Leave() {
	s.watch.reset()
	if s.filling && s.drafts.dirty {
		s.keepNow()
	}
}

// Refresh implements page.Section. The first time it also brings back
// unfinished work.
func (s *Section) Refresh() {
	ctx := s.host.Context()
	chart, err := s.svc.Chart(ctx, s.patient)
	if err != nil {
		s.host.Notify(look.Stop, clinic.Sentence(err), page.Action{Text: "Try again", Do: s.Refresh})
		return
	}
	s.model.patient, s.model.today = chart.Patient, s.svc.Today()
	if err := s.readCurrent(ctx); err != nil {
		s.host.Notify(look.Stop, clinic.Sentence(err), page.Action{Text: "Try again", Do: s.Refresh})
		return
	}
	past, err := s.svc.Past(ctx, s.patient)
	if err == nil {
		s.rulings, err = s.svc.Rulings(ctx, s.patient)
	}
	if err != nil {
		s.host.Notify(look.Stop, clinic.Sentence(err), page.Action{Text: "Try again", Do: s.Refresh})
		return
	}
	s.model.past = past
	if !s.loaded {
		s.filling = s.current == nil
		s.loadDraft(ctx)
	}
	s.feed(ctx)
	s.model.evaluate()
	s.arrange()
}

// readCurrent reads the newest signed screen as it counts today.
func (s *Section) readCurrent(ctx context.Context) error {
	current, err := s.svc.CurrentDecision(ctx, s.patient)
	switch {
	case err == nil:
		s.current = &current
	case errors.Is(err, domain.ErrNotFound):
		s.current = nil
	default:
		return err
	}
	return nil
}

// arrange shows the form or the signed screen.
func (s *Section) arrange() {
	if s.filling {
		s.signedPage.scroll.Hide()
		s.form.Show()
		s.paint()
	} else {
		s.form.Hide()
		s.signedPage.show(s.model, *s.current, s.rulings)
		s.signedPage.scroll.Show()
		s.showVerdict()
	}
	s.root.Refresh()
}

// showVerdict paints the panel and tells the window what changed.
func (s *Section) showVerdict() {
	s.panel.SetVerdict(s.verdictWords(s.shown()))
	_, glance := s.Glance()
	if told := strings.Join([]string{s.Status(), s.Main().Text, s.Problems(), glance}, "|"); told != s.told {
		s.told = told
		s.host.Changed()
	}
}

// shown is the decision that the panel is about.
func (s *Section) shown() rules.Explanation {
	if s.filling {
		return s.model.verdict
	}
	return s.current.Explanation
}

// verdictWords are the words of the panel. A safety question that stops or
// holds a patient says what it asks for, not that "no" was the goal.
func (s *Section) verdictWords(x rules.Explanation) kit.Verdict {
	v := page.VerdictOf(x, s.model.today)
	for i, r := range x.Reasons {
		if text := s.model.callFor(r); text != "" {
			v.Reasons[i].Goal = text
		}
	}
	return v
}

// changed is called by the controls with every edit.
func (s *Section) changed(path, text string) {
	if s.painting {
		return
	}
	others := s.model.set(path, text)
	if path == s.needed {
		s.needed = ""
	}
	// A message goes as soon as it is put right; a new one waits until the
	// keyboard leaves.
	if s.model.problems.For(path) == "" {
		delete(s.due, path)
	}
	if path == pathHipTest || others {
		s.paint() // another test has other values
	} else {
		s.judge()
	}
	s.drafts.soon(s.keepNow)
}

// left is called when the keyboard leaves a field: its problem is due now.
func (s *Section) left(path string) {
	if s.painting {
		return
	}
	text := s.model.problems.For(path)
	if text != "" && !s.due[path] {
		s.due[path] = true
		s.judge()
	}
}

// jump goes to the answer behind a reason.
func (s *Section) jump(path string) {
	switch {
	case strings.HasPrefix(path, "patient."):
		s.host.GoTo(page.Intake)
	case !s.filling:
	case !s.model.asked(path) && strings.HasPrefix(path, "hip_extension."):
		s.focus(pathHipTest)
	default:
		s.focus(path)
	}
}

// again starts a new screen. Earlier measurements stand beside the empty
// fields as hints.
func (s *Section) again() {
	if s.filling {
		return
	}
	s.filling = true
	s.empty()
	s.form.ScrollToTop()
	kit.Focus(s.FirstFocus())
}

// empty clears the form.
func (s *Section) empty() {
	s.model.clear()
	if s.current != nil {
		s.model.hintFrom(s.current.Screen)
	}
	s.feed(s.host.Context())
	s.due, s.needed = map[string]bool{}, ""
	s.model.evaluate()
	s.arrange()
}

// bornWords is the birth date with the age, as in the banner.
func bornWords(p patient.Patient, today domain.Date) string {
	return p.BirthDate.Short() + " (" + counted(p.BirthDate.AgeOn(today), "year", "years") + ")"
}
