package run

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

func TestInlineDelivers(t *testing.T) {
	r := Inline()
	var got int
	var gotErr error
	want := errors.New("x")
	Go(context.Background(), r, func(context.Context) (int, error) { return 7, want },
		func(v int, err error) { got, gotErr = v, err })
	if got != 7 || !errors.Is(gotErr, want) {
		t.Fatalf("got %d, %v", got, gotErr)
	}
}

func TestResultOfALeftPageIsDropped(t *testing.T) {
	ctx, leave := context.WithCancel(context.Background())
	Go(ctx, Inline(), func(context.Context) (int, error) { leave(); return 1, nil },
		func(int, error) { t.Error("delivered to a page that was left") })
}

func TestTimers(t *testing.T) {
	r := Inline()
	ctx, stop := context.WithCancel(context.Background())
	every, once := 0, 0
	r.Every(ctx, time.Second, func() { every++ })
	r.After(ctx, time.Second, func() { once++ })
	r.Tick()
	r.Tick()
	stop()
	r.Tick()
	if every != 2 || once != 1 {
		t.Errorf("every fired %d times, want 2; after %d, want 1", every, once)
	}
}

func TestCloseEndsTimersAndWaits(t *testing.T) {
	test.NewTempApp(t)
	r := New()
	fired := make(chan struct{}, 100)
	r.Every(context.Background(), time.Millisecond, func() {
		select {
		case fired <- struct{}{}:
		default:
		}
	})
	<-fired
	r.Close(5 * time.Second)
	for len(fired) > 0 {
		<-fired
	}
	select {
	case <-fired:
		t.Error("a timer fired after Close")
	case <-time.After(20 * time.Millisecond):
	}
}

func TestLiveDelivers(t *testing.T) {
	test.NewTempApp(t)
	r := New()
	got := make(chan int, 1)
	Go(context.Background(), r, func(context.Context) (int, error) { return 3, nil },
		func(v int, _ error) { got <- v })
	if v := <-got; v != 3 {
		t.Errorf("got %d", v)
	}
	r.Close(time.Second)
}
