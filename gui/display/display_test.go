package display

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/test"
)

func TestReadyNeedsADisplayOnLinux(t *testing.T) {
	none := func(string) string { return "" }
	some := func(name string) string {
		if name == "DISPLAY" {
			return ":0"
		}
		return ""
	}
	wayland := func(name string) string {
		if name == "WAYLAND_DISPLAY" {
			return "wayland-0"
		}
		return ""
	}
	for _, c := range []struct {
		name, system string
		getenv       func(string) string
		want         error
	}{
		{"linux without", "linux", none, ErrNone},
		{"linux with", "linux", some, nil},
		{"linux with Wayland alone", "linux", wayland, ErrNone},
		{"windows", "windows", none, nil},
		{"mac", "darwin", none, nil},
	} {
		if got := ready(c.system, c.getenv); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestOpenedNeedsAHandle(t *testing.T) {
	for _, c := range []struct {
		context any
		want    bool
	}{
		{driver.WindowsWindowContext{}, false},
		{driver.WindowsWindowContext{HWND: 1}, true},
		{driver.MacWindowContext{}, false},
		{driver.MacWindowContext{NSWindow: 1}, true},
		{driver.X11WindowContext{}, false},
		{driver.X11WindowContext{WindowHandle: 1}, true},
		{driver.WaylandWindowContext{}, false},
		{driver.WaylandWindowContext{WaylandSurface: 1}, true},
		{driver.UnknownContext{}, true},
	} {
		if got := opened(c.context); got != c.want {
			t.Errorf("%T %v: got %v, want %v", c.context, c.context, got, c.want)
		}
	}
}

// panics is a window whose Show fails as the library's does when the display
// that DISPLAY names does not answer.
type panics struct{ fyne.Window }

func (panics) Show() { panic("NotInitialized: The GLFW library is not initialized") }

func TestShowTurnsThePanicIntoAReason(t *testing.T) {
	if err := Show(panics{}); err != ErrNone {
		t.Errorf("got %v, want ErrNone", err)
	}
}

// shapeless is a window that the library could not open.
type shapeless struct{ fyne.Window }

func (shapeless) Show()                         {}
func (shapeless) RunNative(f func(context any)) { f(driver.X11WindowContext{}) }

func TestShowNoticesThatNoWindowCame(t *testing.T) {
	if err := Show(shapeless{}); err != ErrGraphics {
		t.Errorf("got %v, want ErrGraphics", err)
	}
}

func TestShowAcceptsAWindowWithoutASystem(t *testing.T) {
	w := test.NewTempWindow(t, nil)
	if err := Show(w); err != nil {
		t.Error(err)
	}
}
