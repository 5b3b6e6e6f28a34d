package screen

import (
	"context"
	"fmt"
	"time"

	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// stopwatch times the hold. Space or Enter on its button starts and stops it;
// the seconds then stand in their field, where they can still be changed.
type stopwatch struct {
	button *kit.Button
	host   page.Host
	now    func() time.Time
	done   func(seconds string)
	from   time.Time
	stop   context.CancelFunc
}

func newStopwatch(form kit.Host, host page.Host, done func(seconds string)) *stopwatch {
	w := &stopwatch{host: host, now: time.Now, done: done}
	w.button = kit.NewButton(form, startTimer, "Space", w.press)
	return w
}

const startTimer = "Start timer"

func (w *stopwatch) press() {
	if w.stop != nil {
		held := w.seconds()
		w.reset()
		w.done(fmt.Sprint(held))
		return
	}
	var ctx context.Context
	ctx, w.stop = context.WithCancel(w.host.Context())
	w.from = w.now()
	w.show()
	w.host.Runner().Every(ctx, time.Second/4, w.show)
}

// seconds are whole seconds, never rounded up.
func (w *stopwatch) seconds() int { return int(w.now().Sub(w.from) / time.Second) }

func (w *stopwatch) show() {
	w.button.SetText(fmt.Sprintf("Stop timer, %d seconds", w.seconds()), "Space")
}

// reset stops the timer without taking its time.
func (w *stopwatch) reset() {
	if w.stop != nil {
		w.stop()
		w.stop = nil
		w.button.SetText(startTimer, "Space")
	}
}
