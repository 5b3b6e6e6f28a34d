package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// chart is the one chart that is open. It is the page.Host of its sections.
type chart struct {
	*Shell
	patient  patient.Patient
	age      int
	step     string
	sections []page.Section
	contents map[page.ID]fyne.CanvasObject
	at       page.ID
	ctx      context.Context
	end      context.CancelFunc
}

var _ page.Host = (*chart)(nil)

// bySection are the sections as the records name them.
var bySection = map[string]page.ID{
	clinic.SectionIntake: page.Intake, clinic.SectionScreen: page.Screen,
	clinic.SectionPlan: page.Plan, clinic.SectionSessions: page.Sessions, clinic.SectionHandouts: page.Handouts,
}

func (s *Shell) openChart(c clinic.Chart, section page.ID) {
	if !s.mayLeave(func() { s.openChart(c, section) }) {
		return
	}
	if section == 0 {
		section = bySection[c.Next.Section]
	}
	s.note(place{c.Patient.ID, section})
	s.closeChart()
	s.leaveView()
	s.leave()
	s.hush()
	ch := &chart{Shell: s, patient: c.Patient, age: c.Age, contents: map[page.ID]fyne.CanvasObject{}}
	ch.ctx, ch.end = context.WithCancel(context.Background())
	s.chart = ch
	for _, build := range s.p.Sections {
		ch.sections = append(ch.sections, build(ch, c))
	}
	s.p.Window.SetTitle("Chart " + patient.FormatNumber(c.Patient.Number) + " - " + Title)
	ch.paintBanner()
	ch.open(section)
}

// closeChart leaves the chart; results for it are dropped from here on.
func (s *Shell) closeChart() {
	if s.chart == nil {
		return
	}
	s.leaveView()
	s.chart.end()
	s.chart = nil
	s.ctx, s.leave = context.WithCancel(context.Background())
}

// mayLeave reports whether what is shown can be left without losing what was
// typed: a form outside a chart keeps nothing before it is saved, and the draft
// of a chart cannot be kept when the disk is full for instance. Else a sheet
// asks, and then is called only if the person chooses to lose it.
func (s *Shell) mayLeave(then func()) bool {
	sheet := s.question()
	if s.forsook || sheet == nil {
		if s.asking != nil { // saved meanwhile
			s.asking.Close()
			s.asking = nil
		}
		return true
	}
	if s.asking != nil && s.router.SheetOpen() {
		return false
	}
	s.asking, sheet.Destructive = sheet, true
	sheet.OnCancel = func() {
		s.asking = nil
		s.giveBack()
	}
	sheet.Do = func() bool {
		s.asking = nil
		sheet.Close()
		s.forsook = true
		then()
		s.forsook = false
		return false
	}
	sheet.Show(s.router, s.Canvas())
	return false
}

// question is the sheet that asks whether typing may be lost, nil when none
// would be.
func (s *Shell) question() *kit.Sheet {
	if k, ok := s.view.(page.Keeper); ok {
		if why := k.Unkept(); why != "" {
			return &kit.Sheet{Title: "Leave without saving?", Body: kit.NewText(why, kit.Body),
				Main: "Leave without saving", Cancel: "Go back"}
		}
	}
	if s.chart == nil {
		return nil
	}
	for _, x := range s.chart.sections {
		k, ok := x.(page.Keeper)
		if !ok {
			continue
		}
		if why := k.Unkept(); why != "" {
			return &kit.Sheet{Title: "What you typed is not saved",
				Body: kit.Stack(12, kit.NewText(x.Title()+": "+why, kit.Strong),
					kit.NewText("It is still in the form. Put the reason right and stay, or leave and lose it.", kit.Body)),
				Main: "Leave and lose it", Cancel: "Stay"}
		}
	}
	return nil
}

// giveBack gives the keyboard back to the form only after the key that closed a
// sheet: the letter of a Space would take the place of what is typed there.
func (s *Shell) giveBack() {
	f := s.Canvas().Focused()
	if f == nil {
		return
	}
	s.Canvas().Unfocus()
	run.Later(func() {
		if s.Canvas().Focused() == nil {
			s.Canvas().Focus(f)
		}
	})
}

// openSection opens a section of the open chart.
func (s *Shell) openSection(id page.ID) {
	if s.chart == nil || s.chart.at == id && s.view != nil {
		return
	}
	s.note(place{s.chart.patient.ID, id})
	s.chart.open(id)
}

func (c *chart) find(id page.ID) page.Section {
	for _, x := range c.sections {
		if x.ID() == id {
			return x
		}
	}
	return nil
}

func (c *chart) open(id page.ID) {
	next := c.find(id)
	if next == nil && len(c.sections) > 0 {
		next = c.sections[0]
	}
	if next == nil {
		return
	}
	c.leaveView()
	c.at = next.ID()
	c.enter(&kept{next, c})
}

// kept asks a section for its content only once.
type kept struct {
	page.Section
	c *chart
}

// Content implements page.View.
func (k *kept) Content() fyne.CanvasObject {
	if k.c.contents[k.ID()] == nil {
		k.c.contents[k.ID()] = k.Section.Content()
	}
	return k.c.contents[k.ID()]
}

// paintBanner shows the identity.
func (c *chart) paintBanner() {
	c.banner.SetIdentity(identity(c.patient, c.age, c.step))
	c.relayout()
}

// paintRail shows what is left in each section.
func (c *chart) paintRail() {
	var items []kit.RailItem
	for _, x := range c.sections {
		items = append(items, kit.RailItem{Number: int(x.ID()), Title: x.Title(), Status: x.Status()})
	}
	c.rail.SetItems(items, int(c.at))
}

// Context implements page.Frame: it ends when the chart is left.
func (c *chart) Context() context.Context { return domain.WithActor(c.ctx, c.actor) }

// GoTo implements page.Host.
func (c *chart) GoTo(id page.ID) {
	if c.Shell.chart == c {
		c.openSection(id)
	}
}

// SetPatient implements page.Host.
func (c *chart) SetPatient(p patient.Patient, age int) {
	c.patient, c.age = p, age
	c.paintBanner()
}

// SetStep implements page.Host.
func (c *chart) SetStep(text string) {
	if c.step != text {
		c.step = text
		c.paintBanner()
	}
}

// Say implements page.Frame. What comes after the chart was left, such as word
// of a draft, would stand under another patient.
func (c *chart) Say(text string) {
	if c.Shell.chart == c {
		c.Shell.Say(text)
	}
}

// Notify implements page.Frame, as Say does.
func (c *chart) Notify(st look.Status, text string, actions ...page.Action) {
	if c.Shell.chart == c {
		c.Shell.Notify(st, text, actions...)
	}
}
