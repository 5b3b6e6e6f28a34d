package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// The widths at which the window changes, in Fyne units.
const (
	wideWindow  = float32(1800) // a broader panel
	fullWindow  = float32(1200) // rail with words
	smallWindow = float32(1040) // below: the panel is one line above the buttons
)

// frame lays the window out. The objects stand in the Tab order; this says
// where each goes.
type frame struct {
	s *Shell
	// narrow: the panel has no room of its own; panelOpen: it stands where the
	// form was.
	narrow, panelOpen bool
}

func (f *frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	ground, center, glance, bar, rail, side, banner, notice, status := o[0], o[1], o[2], o[3], o[4], o[5], o[6], o[7], o[8]
	s := f.s
	inChart := s.chart != nil
	if narrow := size.Width < smallWindow; narrow != f.narrow {
		f.narrow, f.panelOpen = narrow, false
		s.buildGlance()
	}
	ground.Resize(size)
	y := float32(0)
	banner.(*kit.PatientBanner).Hidden = !inChart
	if inChart {
		h := kit.HeightFor(banner, size.Width)
		put(banner, 0, 0, size.Width, h)
		y += h
	}
	h := kit.HeightFor(notice, size.Width)
	put(notice, 0, y, size.Width, h)
	y += h

	statusH, barH := status.MinSize().Height, bar.MinSize().Height
	put(status, 0, size.Height-statusH, size.Width, statusH)
	put(bar, 0, size.Height-statusH-barH, size.Width, barH)
	bottom := size.Height - statusH - barH

	left := float32(0)
	rail.(*kit.SectionRail).Hidden = !inChart
	if inChart {
		s.rail.SetNarrow(size.Width < fullWindow)
		left = s.rail.Width()
		put(rail, 0, y, left, bottom-y)
	}
	if glanceH := kit.HeightFor(glance, size.Width-left); glanceH > 0 {
		bottom -= glanceH
		put(glance, left, bottom, size.Width-left, glanceH)
	}
	right := float32(0)
	hasPanel := len(s.side.Objects) > 0
	switch {
	case !hasPanel:
	case f.narrow && f.panelOpen:
		right = size.Width - left
	case f.narrow:
	case size.Width >= wideWindow:
		right = 400
	case size.Width >= fullWindow:
		right = 336
	default:
		right = 300
	}
	s.side.Hidden = right == 0
	s.center.Hidden = f.narrow && f.panelOpen
	put(side, size.Width-right, y, right, bottom-y)
	put(center, left, y, size.Width-left-right, bottom-y)
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

// MinSize is small, so that the window can be; below it things scroll.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(800, 480) }

// ground is what is behind everything. It feels the pointer wherever nothing
// above wants it, so that reading with the mouse is not taken for nobody.
type ground struct{ widget.BaseWidget }

func newGround() *ground {
	g := &ground{}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(look.Color(look.ColorGround)))
}

// MouseIn implements desktop.Hoverable.
func (g *ground) MouseIn(*desktop.MouseEvent) { kit.Stir() }

// MouseMoved implements desktop.Hoverable.
func (g *ground) MouseMoved(*desktop.MouseEvent) { kit.Stir() }

// MouseOut implements desktop.Hoverable.
func (g *ground) MouseOut() { kit.Stir() }

// glanceLine is the verdict in one line with its button.
func glanceLine(s look.Status, icon *canvas.Image, text string, b *kit.Button) fyne.CanvasObject {
	return container.New(&glanceLayout{}, canvas.NewRectangle(look.Color(s.Tint())), icon,
		kit.NewText(text, kit.TextStyle{Color: s.Text(), Bold: true}), b)
}

type glanceLayout struct{}

func (glanceLayout) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return max(44, kit.HeightFor(o[2], width-60-o[3].MinSize().Width)+12)
}

func (glanceLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	put(o[1], 14, (size.Height-20)/2, 20, 20)
	b := o[3].MinSize()
	put(o[3], size.Width-b.Width-10, (size.Height-b.Height)/2, b.Width, b.Height)
	w := size.Width - 60 - b.Width
	h := kit.HeightFor(o[2], w)
	put(o[2], 42, (size.Height-h)/2, w, h)
}

func (glanceLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 44) }
