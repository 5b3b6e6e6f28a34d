package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/door"
	"backtobar/gui/run"
	"backtobar/gui/shell"
)

// seats are the people who have worked in this window since it was opened. Each
// has a window of their own, of which one at most is shown; the others wait
// with what was typed in them.
type seats struct {
	window fyne.Window
	desk   *clinic.Desk
	door   *door.Door
	params shell.Params
	shells map[string]*shell.Shell
	warned bool // closing has told that typing would be lost
}

// sit gives the window to the person who has just signed in: as it was left, or
// anew from the start. Others stay only while they have something typed that is
// kept nowhere else.
func (s *seats) sit(user string) {
	s.warned = false
	for other, sh := range s.shells {
		if other != user && sh.Dismiss() {
			delete(s.shells, other)
		}
	}
	if sh := s.shells[user]; sh != nil {
		sh.Resume()
		return
	}
	p := s.params
	p.Runner, p.User = run.New(), user
	p.OnLock = func() { s.lock(user) }
	s.shells[user] = shell.New(p)
	s.shells[user].Start()
}

// lock closes the records and shows the door.
func (s *seats) lock(user string) {
	who := domain.Actor{Workstation: s.params.Workstation}
	// What cannot be written any more is no reason to leave the window open.
	err := s.desk.Lock(domain.WithActor(context.Background(), who))
	s.door.Lock(user, err)
}

// close closes the window from the door. What somebody has typed and nothing
// keeps is lost only when the window is closed a second time.
func (s *seats) close() {
	for _, sh := range s.shells {
		if sh.Unkept() && !s.warned {
			s.warned = true
			s.door.Say("Something is typed behind this lock that is not saved yet. Unlock to save it, or close the window again to lose it.")
			return
		}
	}
	s.window.Close()
}
