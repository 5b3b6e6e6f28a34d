package display

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

// iconError is MB_ICONERROR of the Windows message box.
const iconError = 0x10

// Tell shows the reason in a message box of Windows itself, because the window
// library has just failed and a program with a window has no console.
func Tell(reason error) {
	fmt.Fprintln(os.Stderr, sentence(reason))
	text, err := syscall.UTF16PtrFromString(sentence(reason))
	if err != nil {
		return
	}
	title, err := syscall.UTF16PtrFromString("Back to Bar")
	if err != nil {
		return
	}
	box := syscall.NewLazyDLL("user32.dll").NewProc("MessageBoxW")
	if box.Find() != nil {
		return
	}
	box.Call(0, uintptr(unsafe.Pointer(text)), uintptr(unsafe.Pointer(title)), iconError)
}
