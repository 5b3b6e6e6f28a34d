package kit

import "fyne.io/fyne/v2"

// Halves puts choices at the left and gives the page beside them the rest.
func Halves() fyne.Layout { return halves{} }

type halves struct{}

// The width of the choices: less than half, never less than their words need.
const (
	leastOptions = float32(380)
	mostOptions  = float32(520)
)

func (halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(mostOptions, max(leastOptions, size.Width*0.42))
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w, 0))
	o[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}

func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastOptions+o[1].MinSize().Width, 240)
}
