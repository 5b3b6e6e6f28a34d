package shell

import (
	"fmt"
	"io"
	"os"

	"backtobar/gui/page"
)

// eventsVariable, when it is set to "1", makes the window tell on stderr what
// it does, one line an event, so that a test that drives the real program by
// keys can wait for a fact instead of for a time. A line names views and
// nothing of a patient:
//
//	event: shown Screen      the section, or a view such as *home.View, is
//	                         there and has the keyboard
//	event: changed           the view has repainted its actions
//	event: closed            drafts are kept and the window closes
//	event: refused           what was typed to sign in is not right
//	event: locked            the records are closed and the lock is shown
const eventsVariable = "BACKTOBAR_EVENTS"

// eventLog is stderr when the variable asks for it, and nothing otherwise.
func eventLog() io.Writer {
	if os.Getenv(eventsVariable) == "1" {
		return os.Stderr
	}
	return io.Discard
}

// Tell writes one event of what stands before the window's own views.
func Tell(what string) { _, _ = fmt.Fprintln(eventLog(), "event:", what) }

// tell writes one event. A log that cannot be written is no reason to stop.
func (s *Shell) tell(what string) { _, _ = fmt.Fprintln(s.events, "event:", what) }

// nameOf names a view without anything of what it shows.
func nameOf(v page.View) string {
	if k, ok := v.(*kept); ok {
		return k.Title()
	}
	return fmt.Sprintf("%T", v)
}
