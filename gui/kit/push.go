package kit

import "fyne.io/fyne/v2"

// onePush makes a control that moves on by itself take one answer for each push
// of a key. A key that is held down repeats its letter; without this, holding N
// for two seconds would answer every safety question with no.
//
// The window library tells of a push and of a letter, and a repeated letter has
// no push of its own. The letter may come to the next control, because the first
// moved on, so what is remembered belongs to the keyboard and not to a control.
type onePush struct{}

// answered: the push under way has given an answer. Only the window's goroutine
// touches it.
var answered bool

// KeyDown implements desktop.Keyable.
func (onePush) KeyDown(*fyne.KeyEvent) {
	answered = false
	Stir()
}

// KeyUp implements desktop.Keyable.
func (onePush) KeyUp(*fyne.KeyEvent) {}

// take reports whether the letter may answer, and uses the push up.
func (onePush) take() bool {
	fresh := !answered
	answered = true
	return fresh
}
