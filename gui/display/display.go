// Package display finds out whether this computer can show a window at all,
// and says so in words when it cannot.
//
// The window library fails quietly: without OpenGL, as on a remote desktop
// without a graphics driver, it logs a line and then runs for ever with no
// window. So the program asks Ready before it starts the library, shows its
// first window through Show, and on an error calls Tell and ends.
package display

import (
	"errors"
	"os"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// ErrNone: the computer offers no display to this program.
var ErrNone = errors.New("there is no display that answers. Start it from a desktop session, or use the commands that need no window (backtobar help)")

// ErrGraphics: there is a display, and the graphics driver cannot draw a
// window on it. GL-1 is the code that a person reads out to whoever helps.
var ErrGraphics = errors.New("the graphics driver of this computer offers no OpenGL. Update the driver, or use another computer. The code for help is GL-1")

// Ready returns ErrNone when it is certain beforehand that no window can
// open. The Linux build speaks X11 only.
func Ready() error { return ready(runtime.GOOS, os.Getenv) }

func ready(system string, getenv func(string) string) error {
	switch system {
	case "windows", "darwin":
		return nil
	}
	if getenv("DISPLAY") == "" {
		return ErrNone
	}
	return nil
}

// sentence is what Tell says, in the terminal and in the message box.
func sentence(reason error) string {
	return "Back to Bar cannot open its window: " + reason.Error() + "."
}

// Show shows the program's first window. It returns ErrNone when the display
// does not answer and ErrGraphics when no window of the operating system came
// of it. Call it before the library's loop runs.
func Show(w fyne.Window) (err error) {
	defer func() {
		// The library gives up in a panic when its connection to the display
		// failed.
		if recover() != nil {
			err = ErrNone
		}
	}()
	w.Show()
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return nil
	}
	err = ErrGraphics
	native.RunNative(func(context any) {
		if opened(context) {
			err = nil
		}
	})
	return err
}

// Run shows the program's first window and runs the library's loop until the
// program is asked to end. Its errors are those of Show; then nothing ran. The
// library was once seen to stay alive after its window had closed, so the
// process ends by itself three seconds later at the latest.
func Run(a fyne.App, w fyne.Window) error {
	if err := Show(w); err != nil {
		return err
	}
	a.Lifecycle().SetOnStopped(func() {
		time.AfterFunc(3*time.Second, func() { os.Exit(0) })
	})
	a.Run()
	return nil
}

// opened reports whether the context belongs to a real window. A context of an
// unknown kind says nothing, so it counts as real.
func opened(context any) bool {
	switch c := context.(type) {
	case driver.WindowsWindowContext:
		return c.HWND != 0
	case driver.MacWindowContext:
		return c.NSWindow != 0
	case driver.X11WindowContext:
		return c.WindowHandle != 0
	case driver.WaylandWindowContext:
		return c.WaylandSurface != 0
	default:
		return true
	}
}
