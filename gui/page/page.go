// Package page is the agreement between the window and what it shows. The
// shell knows sections only through this package, and sections know the window
// only through it, so that no screen imports another.
//
// A section lives as long as its chart is open. It builds its widgets once in
// Content; Refresh reads the records again; Leave is called when another
// section or Home is shown. Results of background work arrive only while its
// context has not ended.
package page

import (
	"context"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/patient"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/run"
)

// ID is the number of a section on the rail, which is also its key: Ctrl+3
// opens section 3. The numbers stay the same when sections are missing.
type ID int

// The sections.
const (
	Summary   ID = 1
	Intake    ID = 2
	Screen    ID = 3
	Plan      ID = 4
	Sessions  ID = 5
	Handouts  ID = 6
	Documents ID = 7
	History   ID = 8
)

// Action is a button of the action bar.
type Action struct {
	// Text is the verb on the button, Key the key printed beside it ("" none).
	Text, Key string
	// Do runs on the window's goroutine. Nil leaves the button out.
	Do func()
}

// View is what fills the window between banner and action bar: Home, a form
// outside a chart, or a section of a chart.
type View interface {
	// Content is the form; it is asked for once.
	Content() fyne.CanvasObject
	// FirstFocus is the first unanswered needed control, else the first one.
	FirstFocus() fyne.Focusable
	// Main is the main action; the shell prints Ctrl+Enter beside it.
	Main() Action
	// More are the other buttons, in order.
	More() []Action
	// Problems is the chip of the action bar, "2 problems" or "4 left"; "" for
	// none. The shell prints F8 beside it.
	Problems() string
	// NextProblem moves the keyboard to the next wrong or unanswered control,
	// or to the one before.
	NextProblem(back bool)
	// Save is Ctrl+S.
	Save()
	// Leave is called before something else is shown, and before the window
	// closes. Drafts are kept here, with context.WithoutCancel: the page's own
	// context ends right after.
	Leave()
	// Refresh reads the records again and paints them. It is called each time
	// the view is shown, before FirstFocus.
	Refresh()
}

// Section is one part of a chart.
type Section interface {
	View
	// ID is its place on the rail.
	ID() ID
	// Title is its name, "Intake".
	Title() string
	// Status is a few words for the rail: "done", "3 left", "not started".
	Status() string
}

// Keeper is a Section whose typing is kept as a draft.
type Keeper interface {
	// Unkept tries to keep the draft once more and returns why that did not
	// work, in a sentence; "" when nothing would be lost.
	Unkept() string
}

// Panelled is a View with a panel at its right, such as the verdict.
type Panelled interface {
	// Panel is asked for once.
	Panel() fyne.CanvasObject
	// Glance is the panel in one line, for narrow windows.
	Glance() (look.Status, string)
	// FocusPanel moves the keyboard into the panel.
	FocusPanel()
}

// Printer is a View that can print and save a PDF.
type Printer interface {
	// Print is Ctrl+P.
	Print()
	// SavePDF is Ctrl+Shift+S.
	SavePDF()
}

// Frame is what the window offers every view.
type Frame interface {
	// The router of the window; forms and controls hand their keys to it.
	kit.Host
	// Router is the same as a whole, for sheets.
	Router() *kit.Router
	// Canvas is the window's canvas, for sheets.
	Canvas() fyne.Canvas
	// Context carries the acting person (domain.ActorFrom) and ends when the
	// view, or the chart it belongs to, is left.
	Context() context.Context
	// Runner does work in the background.
	Runner() *run.Runner
	// Actor is the person who signs.
	Actor() domain.Actor
	// Changed says that Status, Main, More, Problems or Glance may have
	// changed.
	Changed()
	// Say puts a line into the status bar, where it stays: "Saved 10:43 am".
	Say(text string)
	// Notify shows a notice under the banner until it is dismissed or the next
	// one comes; actions may be empty.
	Notify(s look.Status, text string, actions ...Action)
}

// Host is what the window offers a section of a chart.
type Host interface {
	Frame
	// GoTo opens another section of the same chart.
	GoTo(ID)
	// SetPatient tells the window that the identity in the banner changed; age
	// is completed years today.
	SetPatient(p patient.Patient, age int)
	// SetStep puts the stage line into the banner: "Step 2 of 4: Kettlebell
	// RDL". "" removes it.
	SetStep(text string)
}
