// Package shell is the window: one window with two modes. Home shows many
// patients and never a banner; a chart shows one patient, whose identity stands
// on top of everything else. The shell owns the keys, the menu, the banner, the
// rail, the action bar, the notices and the status bar; what stands between
// them is a page.View made by another package.
//
// The title of the window names the chart by its number, never by the name,
// because titles are seen in task bars and in remote sessions.
package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Title is the window's title outside a chart.
const Title = "Back to Bar"

// DefaultSize is the size of a new window in Fyne units: a desk monitor of
// 1366 by 768 without its task bar.
var DefaultSize = fyne.NewSize(1366, 700)

// Records is what the window itself reads.
type Records interface {
	Settings(context.Context) (clinic.Settings, error)
	Chart(context.Context, domain.PatientID) (clinic.Chart, error)
}

// Params are what a Shell is made of.
type Params struct {
	Window  fyne.Window
	Records Records
	Runner  *run.Runner
	// User is who is signed in, and Workstation the name of this computer.
	User, Workstation string
	// Home, NewPatient and Setup make those views; each is made anew when it
	// is shown.
	Home       func(*Shell) page.View
	NewPatient func(s *Shell, query string) page.View
	Setup      func(*Shell) page.View
	// People makes the page of the people who work here.
	People func(*Shell) page.View
	// Rules makes the page of the screening rules.
	Rules func(*Shell) page.View
	// Sections make the sections of a chart, in the order of their numbers.
	Sections []func(page.Host, clinic.Chart) page.Section
	// OnLock closes the records and covers the window.
	OnLock func()
	// SectionIDs are the numbers of Sections, for the menu.
	SectionIDs []page.ID
}

// Shell is the window.
type Shell struct {
	p      Params
	router *kit.Router
	banner *kit.PatientBanner
	rail   *kit.SectionRail
	bar    *kit.ActionBar
	status *kit.StatusBar
	notice *kit.NoticeBar
	glance *fyne.Container
	center *fyne.Container
	side   *fyne.Container
	frame  *frame
	root   *fyne.Container
	menu   *fyne.MainMenu

	actor    domain.Actor
	settings clinic.Settings
	ready    bool // the clinic is set up

	view   page.View
	ctx    context.Context // of the view outside a chart
	leave  context.CancelFunc
	chart  *chart
	home   bool // the view is Home
	back   []place
	moving bool // walking back: do not note where we come from
	events io.Writer

	carried string // the line of the status bar that the next view keeps

	absence *absence      // what stood here when it was locked, nil while somebody works
	unkept  bool          // something typed could not be kept then
	idle    time.Duration // for how long nobody has used the window
	warned  bool          // the status bar says that it will lock

	asking  *kit.Sheet // whether typing that is not kept may be lost
	forsook bool       // the answer was yes
}

// place is somewhere the window has been.
type place struct {
	patient domain.PatientID // "" is Home
	section page.ID
}

// elsewhere is a form outside a chart.
var elsewhere = place{section: -1}

// New builds the window's content. Start shows the first view.
func New(p Params) *Shell {
	s := &Shell{p: p, router: kit.NewRouter(), events: eventLog(),
		actor: domain.Actor{User: p.User, Workstation: p.Workstation}}
	s.ctx, s.leave = context.WithCancel(context.Background())
	s.banner = kit.NewPatientBanner()
	s.rail = kit.NewSectionRail(s)
	s.rail.OnOpen = func(n int) { s.openSection(page.ID(n)) }
	s.bar = kit.NewActionBar(s)
	s.status = kit.NewStatusBar()
	s.notice = kit.NewNoticeBar(s)
	s.glance = kit.Stack(0)
	s.center = container.NewStack()
	s.side = container.NewStack()
	s.frame = &frame{s: s}
	// The order is the Tab order: form, actions, rail, panel.
	s.root = container.New(s.frame, newGround(), s.center, s.glance, s.bar.Box, s.rail, s.side,
		s.banner, s.notice.Box, s.status.Box)
	s.bindKeys()
	s.menu = newMenu(s)
	s.take()
	p.Window.SetTitle(Title)
	return s
}

// Start shows the set-up of the clinic the first time, and Home after that.
func (s *Shell) Start() {
	s.p.Runner.Every(context.Background(), watchEvery, s.watch)
	s.begin()
}

func (s *Shell) begin() {
	run.Go(s.ctx, s.p.Runner, s.p.Records.Settings, func(in clinic.Settings, err error) {
		switch {
		case errors.Is(err, domain.ErrNotFound):
			s.SetUp()
		case err != nil:
			s.show(&failure{text: clinic.Sentence(err), again: s.begin})
		default:
			s.Adopt(in)
			if !s.ready {
				s.show(&failure{text: "The user name " + s.p.User + " is not on the list of people who work here. An administrator puts it there (Ctrl+Shift+P).", again: s.Lock})
				return
			}
			s.GoHome()
		}
	})
}

// Adopt takes the clinic's settings and, from them, who is signed in.
func (s *Shell) Adopt(in clinic.Settings) {
	s.settings, s.ready = in, true
	m, ok := in.Member(s.p.User)
	if !ok {
		s.ready = false
		return
	}
	s.actor = domain.Actor{User: m.User, Name: m.Name, Credentials: m.Credentials, Licence: m.Licence, Workstation: s.p.Workstation}
	who := m.Name
	if m.Credentials != "" {
		who += ", " + m.Credentials
	}
	s.status.SetPerson(who)
}

// Settings returns the clinic's settings as last adopted.
func (s *Shell) Settings() clinic.Settings { return s.settings }

// GoHome shows Home.
func (s *Shell) GoHome() {
	if !s.ready || !s.mayLeave(s.GoHome) {
		return
	}
	s.note(place{})
	s.closeChart()
	s.p.Window.SetTitle(Title)
	s.show(s.p.Home(s))
	s.home = true
}

// AddPatient shows the form for a new patient; query is what was searched for.
func (s *Shell) AddPatient(query string) {
	if !s.ready || !s.mayLeave(func() { s.AddPatient(query) }) {
		return
	}
	s.note(elsewhere)
	s.closeChart()
	s.p.Window.SetTitle(Title)
	s.show(s.p.NewPatient(s, query))
}

// SetUp shows the clinic's settings.
func (s *Shell) SetUp() {
	if !s.mayLeave(s.SetUp) {
		return
	}
	s.note(elsewhere)
	s.closeChart()
	s.p.Window.SetTitle(Title)
	s.show(s.p.Setup(s))
}

// ChangeRules shows the screening rules.
func (s *Shell) ChangeRules() {
	if !s.ready || !s.mayLeave(s.ChangeRules) {
		return
	}
	s.note(elsewhere)
	s.closeChart()
	s.p.Window.SetTitle(Title)
	s.show(s.p.Rules(s))
}

// ManagePeople shows who works here.
func (s *Shell) ManagePeople() {
	if !s.ready || !s.mayLeave(s.ManagePeople) {
		return
	}
	s.note(elsewhere)
	s.closeChart()
	s.p.Window.SetTitle(Title)
	s.show(s.p.People(s))
}

// show puts a view outside a chart into the window.
func (s *Shell) show(v page.View) {
	s.leaveView()
	s.leave()
	s.ctx, s.leave = context.WithCancel(context.Background())
	s.hush()
	s.enter(v)
}

// hush empties the status bar, which spoke of what was shown before, unless it
// tells of what led here.
func (s *Shell) hush() {
	if s.carried == "" || s.status.Said() != s.carried {
		s.Say("")
	}
	s.carried = ""
}

// carry lets the next view keep the line of the status bar.
func (s *Shell) carry() { s.carried = s.status.Said() }

// leaveView tells the view that it is left.
func (s *Shell) leaveView() {
	if s.view != nil {
		s.view.Leave()
		s.view, s.home = nil, false
	}
	s.p.Window.Canvas().Unfocus()
}

// enter shows a view and gives it the keyboard.
func (s *Shell) enter(v page.View) {
	s.view = v
	s.frame.panelOpen = false
	s.notice.Clear()
	s.center.Objects = []fyne.CanvasObject{v.Content()}
	v.Refresh()
	s.side.Objects = nil
	if p, ok := s.panel(); ok {
		s.side.Objects = []fyne.CanvasObject{p.Panel()}
	}
	s.Changed()
	s.relayout()
	s.center.Refresh()
	s.side.Refresh()
	if f := v.FirstFocus(); f != nil {
		s.p.Window.Canvas().Focus(f)
	}
	s.tell("shown " + nameOf(v))
}

// grace is how long closing waits for work under way, such as a draft being
// written to a slow disk.
const grace = 5 * time.Second

// Close keeps drafts, waits until they are written, and closes the window.
func (s *Shell) Close() {
	if !s.mayLeave(s.Close) {
		return
	}
	s.leaveView()
	s.leave()
	s.closeChart()
	s.p.Runner.Close(grace)
	s.tell("closed")
	s.p.Window.Close()
}

// OpenChart shows the chart of a patient, at the section, or at the next thing
// to do when section is 0.
func (s *Shell) OpenChart(id domain.PatientID, section page.ID) {
	s.readChart(id, func(c clinic.Chart) { s.openChart(c, section) })
}

func (s *Shell) readChart(id domain.PatientID, done func(clinic.Chart)) {
	run.Go(s.Context(), s.p.Runner, func(ctx context.Context) (clinic.Chart, error) {
		return s.p.Records.Chart(ctx, id)
	}, func(c clinic.Chart, err error) {
		if err != nil {
			s.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		done(c)
	})
}

// here is the place that is shown; ok is false in a form outside a chart, which
// is no place to come back to.
func (s *Shell) here() (p place, ok bool) {
	if s.chart != nil {
		return place{s.chart.patient.ID, s.chart.at}, true
	}
	return place{}, s.home
}

// note remembers where the window is, for Alt+Left, before it goes to next.
func (s *Shell) note(next place) {
	here, ok := s.here()
	if s.moving || !ok || here == next {
		return
	}
	s.back = append(s.back, here)
	if len(s.back) > 20 {
		s.back = s.back[1:]
	}
}

// GoBack shows the place before.
func (s *Shell) GoBack() {
	n := len(s.back)
	for here, ok := s.here(); ok && n > 0 && s.back[n-1] == here; {
		n--
	}
	if n == 0 {
		return
	}
	p := s.back[n-1]
	switch {
	case p.patient == "":
		s.walk(n-1, s.GoHome)
	case s.chart != nil && s.chart.patient.ID == p.patient:
		s.back = s.back[:n-1]
		s.moving = true
		s.openSection(p.section)
		s.moving = false
	default:
		s.readChart(p.patient, func(c clinic.Chart) { s.walk(n-1, func() { s.openChart(c, p.section) }) })
	}
}

// walk goes to a place that was noted, and forgets it and all that was noted
// after it, unless the person stays for what is typed.
func (s *Shell) walk(left int, do func()) {
	if !s.mayLeave(func() { s.walk(left, do) }) {
		return
	}
	s.back = s.back[:min(left, len(s.back))]
	s.moving = true
	do()
	s.moving = false
}

// Last is the chart that was open before, for the way back from Home; ok is
// false when there was none.
func (s *Shell) Last() (id domain.PatientID, ok bool) {
	for i := len(s.back) - 1; i >= 0; i-- {
		if s.back[i].patient != "" {
			return s.back[i].patient, true
		}
	}
	return "", false
}

// identity is the banner of a patient.
func identity(p patient.Patient, age int, step string) kit.Identity {
	id := kit.Identity{
		LastName: p.LastName, FirstName: p.FirstName, Sex: "Not recorded",
		Born:   fmt.Sprintf("%s (%d y)", p.BirthDate.Short(), age),
		Number: patient.FormatNumber(p.Number), Practice: p.Practice,
	}
	switch p.Sex {
	case patient.Female:
		id.Sex = "Female"
	case patient.Male:
		id.Sex = "Male"
	}
	if p.Phone != "" {
		id.More = append(id.More, patient.FormatPhone(p.Phone))
	}
	id.More = append(id.More, step)
	return id
}
