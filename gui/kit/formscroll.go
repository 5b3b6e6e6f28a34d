package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// FormScroll is a form that scrolls. It is the Host of the controls in it: it
// brings the control with the keyboard into view, which the toolkit does not,
// and makes room when a problem appears.
type FormScroll struct {
	widget.BaseWidget
	Host
	scroll *container.Scroll
	body   *fyne.Container
	layout *formBody
}

type formBody struct{ width float32 }

func (f *formBody) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(formEdge, formEdge))
		o.Resize(fyne.NewSize(f.width-2*formEdge, size.Height-2*formEdge))
	}
}

func (f *formBody) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, o := range objects {
		h = max(h, HeightFor(o, f.width-2*formEdge))
	}
	return fyne.NewSize(0, h+2*formEdge)
}

// formEdge leaves room for the focus ring and some air around the form.
const formEdge = float32(16)

// NewFormScroll returns an empty form whose keys go on to host.
func NewFormScroll(host Host) *FormScroll {
	f := &FormScroll{Host: host, layout: &formBody{width: 600}}
	f.body = container.New(f.layout)
	f.scroll = container.NewVScroll(f.body)
	f.ExtendBaseWidget(f)
	return f
}

// SetContent puts the fields into the form.
func (f *FormScroll) SetContent(o fyne.CanvasObject) {
	f.body.Objects = []fyne.CanvasObject{o}
	f.Relayout()
}

// Focused implements Host: o and a little around it is scrolled into view.
func (f *FormScroll) Focused(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(f.scroll).Y
	view := f.scroll.Size().Height
	switch bottom := y + o.Size().Height; {
	case y < 8:
		f.scroll.ScrollToOffset(fyne.NewPos(0, f.scroll.Offset.Y+y-24))
	case bottom > view-8:
		f.scroll.ScrollToOffset(fyne.NewPos(0, f.scroll.Offset.Y+bottom-view+24))
	}
	f.Host.Focused(f)
}

// ScrollToTop shows the beginning of the form.
func (f *FormScroll) ScrollToTop() { f.scroll.ScrollToTop() }

// Needs is the height at which nothing of the form has to be scrolled.
func (f *FormScroll) Needs(width float32) float32 {
	h := 2 * formEdge
	for _, o := range f.body.Objects {
		h += HeightFor(o, width-2*formEdge)
	}
	return h
}

// Offset returns how far the form is scrolled.
func (f *FormScroll) Offset() float32 { return f.scroll.Offset.Y }

// Relayout implements Host.
func (f *FormScroll) Relayout() {
	if f.Size().Width > 0 {
		f.place(f.Size())
		f.body.Layout.Layout(f.body.Objects, f.body.Size())
		f.scroll.Refresh()
	}
	f.Host.Relayout()
}

func (f *FormScroll) place(size fyne.Size) {
	f.layout.width = size.Width
	f.scroll.Resize(size)
	f.body.Resize(fyne.NewSize(size.Width, max(size.Height, f.body.MinSize().Height)))
}

// CreateRenderer implements fyne.Widget.
func (f *FormScroll) CreateRenderer() fyne.WidgetRenderer { return &formRenderer{f} }

type formRenderer struct{ f *FormScroll }

func (r *formRenderer) Destroy()                     {}
func (r *formRenderer) Layout(size fyne.Size)        { r.f.place(size) }
func (r *formRenderer) MinSize() fyne.Size           { return fyne.NewSize(320, 120) }
func (r *formRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.f.scroll} }
func (r *formRenderer) Refresh()                     { r.f.scroll.Refresh() }

// FirstIn is the first control in the content of a form that takes the
// keyboard, or nil.
func FirstIn(f *FormScroll) fyne.Focusable { return firstIn(f.body) }

func firstIn(o fyne.CanvasObject) fyne.Focusable {
	if !o.Visible() {
		return nil
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, child := range x.Objects {
			if f := firstIn(child); f != nil {
				return f
			}
		}
	case *Field:
		return x.Control.First()
	case Control:
		return x.First()
	case fyne.Focusable:
		return x
	}
	return nil
}
