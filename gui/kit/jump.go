package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// habit is how soon after an answer that moved on by itself an Enter counts as
// the one that people press after a number. Without it, that Enter would skip
// the next question, and the number after it would land in the wrong place.
const habit = 500 * time.Millisecond

// landed is the control that got the keyboard from jump, and when. Only the
// window's goroutine touches it.
var landed struct {
	on any
	at time.Time
}

// jump gives the keyboard to the control after o, because the answer in o is
// complete.
func jump(o fyne.CanvasObject) {
	Next(o)
	if c := canvasOf(o); c != nil {
		landed.on, landed.at = any(c.Focused()), time.Now()
	}
}

// fromHabit reports whether an Enter on o belongs to the answer before, and
// forgets that answer. A key that was used on o has made any Enter its own.
func fromHabit(o any) bool {
	was := landed
	landed.on = nil
	return was.on == o && time.Since(was.at) < habit
}

// used notes that o took a key.
func used() {
	landed.on = nil
	Stir()
}

// stirred: somebody used the window since Stirred was asked. Only the window's
// goroutine touches it.
var stirred bool

// Stir notes that somebody uses the window: a key, a click, the pointer.
func Stir() { stirred = true }

// Stirred reports whether somebody used the window since it was last asked, so
// that a window that is left alone can lock.
func Stirred() bool {
	was := stirred
	stirred = false
	return was
}
