package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Sheet is a question that must be answered before work goes on: signing,
// or deciding about a duplicate. The keyboard starts inside and stays inside;
// Esc cancels, Ctrl+Enter is the main button, and the keyboard then returns to
// the control that had it.
type Sheet struct {
	// Title says what is asked.
	Title string
	// Body is the content; it may hold controls whose Host is the Router.
	Body fyne.CanvasObject
	// Main is the words of the main button, Do what it does. Do returns false
	// to keep the sheet open, for instance because something is missing.
	Main string
	Do   func() bool
	// Cancel is the words of the other button; "" is "Go back".
	Cancel string
	// OnCancel may be nil.
	OnCancel func()
	// First is where the keyboard starts; nil is the main button, or the
	// cancel button when Destructive.
	First fyne.Focusable
	// Destructive sheets start on Cancel.
	Destructive bool
	// Width in Fyne units; 0 is 640.
	Width float32

	router *Router
	layer  *Layer
	popup  *widget.PopUp
	veil   *canvas.Rectangle
	canvas fyne.Canvas
	before fyne.Focusable
}

// Show opens the sheet on the canvas.
func (s *Sheet) Show(r *Router, c fyne.Canvas) {
	s.router, s.canvas, s.before = r, c, c.Focused()
	c.Unfocus() // the ring behind the sheet goes out
	s.layer = r.Open()
	if s.Cancel == "" {
		s.Cancel = "Go back"
	}
	if s.Width == 0 {
		s.Width = 640
	}
	main := NewMainButton(r, s.Main, "Ctrl+Enter", s.run)
	cancel := NewButton(r, s.Cancel, "Esc", s.cancel)
	s.layer.On(Ctrl(fyne.KeyReturn), s.run)
	s.layer.OnKey(fyne.KeyEscape, s.cancel)
	content := Stack(14,
		NewText(s.Title, Title),
		s.Body,
		Rule(),
		container.New(&ends{}, cancel, main),
	)
	edge := canvas.NewRectangle(look.Color(look.ColorCard))
	edge.StrokeColor = look.Color(theme.ColorNameInputBorder)
	edge.StrokeWidth = 1
	edge.CornerRadius = look.Size(look.SizeRadius)
	// The veil shows that what is behind waits.
	s.veil = canvas.NewRectangle(look.Veil)
	s.veil.Resize(c.Size())
	c.Overlays().Add(s.veil)
	s.popup = widget.NewModalPopUp(container.New(&sheetBody{s.Width}, edge, content), c)
	s.popup.Show()
	switch {
	case s.First != nil:
		c.Focus(s.First)
	case s.Destructive:
		c.Focus(cancel)
	default:
		c.Focus(main)
	}
}

func (s *Sheet) run() {
	if s.Do == nil || s.Do() {
		s.Close()
	}
}

func (s *Sheet) cancel() {
	s.Close()
	if s.OnCancel != nil {
		s.OnCancel()
	}
}

// Close takes the sheet away and gives the keyboard back.
func (s *Sheet) Close() {
	if s.popup == nil {
		return
	}
	s.popup.Hide()
	s.popup = nil
	s.canvas.Overlays().Remove(s.veil)
	s.router.Close(s.layer)
	// Do may have gone somewhere else; then the keyboard is there already.
	if s.before != nil && s.canvas.Focused() == nil {
		s.canvas.Focus(s.before)
	}
}

// Relayout makes room when the body changed its height.
func (s *Sheet) Relayout() {
	if s.popup != nil {
		s.popup.Resize(s.popup.Content.MinSize())
		s.popup.Refresh()
	}
}

type sheetBody struct{ width float32 }

func (b *sheetBody) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Move(fyne.NewPos(20, 18))
	objects[1].Resize(size.SubtractWidthHeight(40, 36))
}

func (b *sheetBody) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(b.width, HeightFor(objects[1], b.width-40)+36)
}

// ends puts the first object at the left and the last at the right.
type ends struct{}

func (ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	last := len(objects) - 1
	for i, o := range objects {
		m := o.MinSize()
		o.Resize(m)
		y := (size.Height - m.Height) / 2
		if i == last && last > 0 {
			o.Move(fyne.NewPos(size.Width-m.Width, y))
		} else {
			o.Move(fyne.NewPos(0, y))
		}
	}
}

func (ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		s.Width += m.Width + 12
		s.Height = max(s.Height, m.Height)
	}
	return s
}
