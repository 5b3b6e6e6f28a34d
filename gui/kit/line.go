package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"backtobar/gui/look"
)

// StatusLine is a sentence behind the silhouette of a status. It wraps.
func StatusLine(s look.Status, text string) *fyne.Container {
	icon := canvas.NewImageFromResource(s.Icon())
	icon.SetMinSize(fyne.NewSize(18, 18))
	return container.New(&lead{18, 8}, icon, NewText(text, TextStyle{Color: lineColor(s)}))
}

// lineColor keeps plain lines black: only what stops is coloured.
func lineColor(s look.Status) fyne.ThemeColorName {
	if s == look.Stop {
		return s.Text()
	}
	return foreground()
}
