// Package run moves work between the window and the background. It is the only
// place of the program's windows with a go statement or fyne.Do, so the rule
// "widgets are touched on the window's own goroutine" is kept in one file.
//
// A screen gives its work a context that ends when the screen is left; a result
// that arrives later is dropped. Tests use Inline, where everything happens at
// once and timers fire when the test says so.
package run

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Runner starts work and timers. The zero Runner is not useful; take New or
// Inline.
type Runner struct {
	inline bool
	wg     sync.WaitGroup
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	timers []*timer
}

type timer struct {
	ctx  context.Context
	fn   func()
	once bool
}

// New returns the runner of the program: work goes to its own goroutine, and
// results come back on the window's.
func New() *Runner { return newRunner(false) }

// Inline returns a runner for tests: work and result happen before Go returns,
// and timers fire on Tick.
func Inline() *Runner { return newRunner(true) }

func newRunner(inline bool) *Runner {
	ctx, cancel := context.WithCancel(context.Background())
	return &Runner{inline: inline, ctx: ctx, cancel: cancel}
}

// Go runs work and then calls done with its result on the window's goroutine.
// When ctx has ended by then, the page was left and done is not called.
func Go[T any](ctx context.Context, r *Runner, work func(context.Context) (T, error), done func(T, error)) {
	if r.inline {
		v, err := work(ctx)
		if ctx.Err() == nil {
			done(v, err)
		}
		return
	}
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		v, err := work(ctx)
		if ctx.Err() != nil || r.ctx.Err() != nil {
			return
		}
		fyne.Do(func() {
			if ctx.Err() == nil {
				done(v, err)
			}
		})
	}()
}

// Every calls fn on the window's goroutine each d until ctx ends or the runner
// is closed.
func (r *Runner) Every(ctx context.Context, d time.Duration, fn func()) { r.start(ctx, d, fn, false) }

// After calls fn once on the window's goroutine when d has passed, unless ctx
// ended or the runner was closed before.
func (r *Runner) After(ctx context.Context, d time.Duration, fn func()) { r.start(ctx, d, fn, true) }

func (r *Runner) start(ctx context.Context, d time.Duration, fn func(), once bool) {
	if r.inline {
		r.mu.Lock()
		r.timers = append(r.timers, &timer{ctx, fn, once})
		r.mu.Unlock()
		return
	}
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		tick := time.NewTicker(d)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-r.ctx.Done():
				return
			case <-tick.C:
				fyne.Do(func() {
					if ctx.Err() == nil && r.ctx.Err() == nil {
						fn()
					}
				})
				if once {
					return
				}
			}
		}
	}()
}

// Tick fires every timer of an Inline runner whose context has not ended.
func (r *Runner) Tick() {
	r.mu.Lock()
	due := r.timers
	r.timers = nil
	for _, t := range due {
		if !t.once && t.ctx.Err() == nil {
			r.timers = append(r.timers, t)
		}
	}
	r.mu.Unlock()
	if r.ctx.Err() != nil {
		return
	}
	for _, t := range due {
		if t.ctx.Err() == nil {
			t.fn()
		}
	}
}

// Close stops the timers, drops results that have not been delivered, and
// waits until running work has returned, at most for the grace given.
func (r *Runner) Close(grace time.Duration) {
	r.cancel()
	gone := make(chan struct{})
	go func() {
		r.wg.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(grace):
	}
}

// Later calls fn on the window's goroutine after the event being handled.
func Later(fn func()) { fyne.Do(fn) }
