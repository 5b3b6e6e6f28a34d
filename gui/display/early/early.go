// Package early sets what the window library reads while it is being loaded,
// before main runs. It works because Go initialises packages in the order of
// their import paths as soon as what they import is ready: this one imports
// only os, and "backtobar" comes before "fyne.io".
package early

import "os"

// pictureLife is how long a picture of a text that is no longer on the screen
// is kept. The library's own minute let scrolling a long list reach 900 MB.
const pictureLife = "10s"

func init() {
	if os.Getenv("FYNE_CACHE") == "" {
		// Where it cannot be set, the library's own minute holds.
		_ = os.Setenv("FYNE_CACHE", pictureLife)
	}
}
