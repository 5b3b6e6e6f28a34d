package guitest

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/patient"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Host stands in for the window in a test of one view and notes what the view
// asks of it. Background work happens at once; timers fire on Runner().Tick.
type Host struct {
	kit.Host
	// Who is the acting person.
	Who domain.Actor
	// Said are the lines of the status bar, Notices the texts of notices.
	Said, Notices []string
	// NoticeActions are the actions of the last notice.
	NoticeActions []page.Action
	// Went are the sections opened.
	Went []page.ID
	// Patient, Age and Step are what the banner was told last.
	Patient patient.Patient
	Age     int
	Step    string

	router *kit.Router
	view   page.View
	window *Window
	runner *run.Runner
	ctx    context.Context
	leave  context.CancelFunc
}

// NewHost returns a host with an invented therapist. Show builds the window.
func NewHost() *Host {
	r := kit.NewRouter()
	h := &Host{Host: r, router: r, runner: run.Inline(),
		Who: domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT12345", Workstation: "GYM-1"}}
	h.ctx, h.leave = context.WithCancel(domain.WithActor(context.Background(), h.Who))
	return h
}

// LeavePage ends the context, as the window does when the chart is left.
func (h *Host) LeavePage() { h.leave() }

var _ page.Host = (*Host)(nil)

// Open shows the content of a view, and its panel where it has one, in a
// window of that size, and binds F6, F8, Ctrl+S and Ctrl+Enter as the shell
// does.
func (h *Host) Open(t testing.TB, size fyne.Size, build func() page.View) *Window {
	t.Helper()
	return open(t, size, h.router, func() fyne.CanvasObject {
		v := build()
		h.view = v
		l := h.router.Window()
		l.On(kit.Ctrl(fyne.KeyS), v.Save)
		l.On(kit.Ctrl(fyne.KeyReturn), func() {
			if do := v.Main().Do; do != nil {
				do()
			}
		})
		l.OnKey(fyne.KeyF8, func() { v.NextProblem(false) })
		content := v.Content()
		if p, ok := v.(page.Panelled); ok {
			l.OnKey(fyne.KeyF6, p.FocusPanel)
			return container.New(&beside{}, content, p.Panel())
		}
		return content
	}, func(w *Window) { h.window = w; h.view.Refresh() })
}

// Router implements page.Frame.
func (h *Host) Router() *kit.Router { return h.router }

// Canvas implements page.Frame.
func (h *Host) Canvas() fyne.Canvas { return h.window.Canvas() }

// Context implements page.Frame.
func (h *Host) Context() context.Context { return h.ctx }

// Runner implements page.Frame.
func (h *Host) Runner() *run.Runner { return h.runner }

// Actor implements page.Frame.
func (h *Host) Actor() domain.Actor { return h.Who }

// Changed implements page.Frame.
func (h *Host) Changed() {}

// Say implements page.Frame.
func (h *Host) Say(text string) { h.Said = append(h.Said, text) }

// Notify implements page.Frame.
func (h *Host) Notify(_ look.Status, text string, actions ...page.Action) {
	h.Notices, h.NoticeActions = append(h.Notices, text), actions
}

// GoTo implements page.Host.
func (h *Host) GoTo(id page.ID) { h.Went = append(h.Went, id) }

// SetPatient implements page.Host.
func (h *Host) SetPatient(p patient.Patient, age int) { h.Patient, h.Age = p, age }

// SetStep implements page.Host.
func (h *Host) SetStep(text string) { h.Step = text }

// beside puts a panel of the shell's width at the right of the content.
type beside struct{}

const panelWidth = float32(336)

func (beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width-panelWidth, size.Height))
	o[1].Move(fyne.NewPos(size.Width-panelWidth, 0))
	o[1].Resize(fyne.NewSize(panelWidth, size.Height))
}

func (beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 300) }
