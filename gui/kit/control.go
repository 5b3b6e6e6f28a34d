package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backtobar/gui/look"
	"backtobar/gui/run"
)

// Control is a part of a form that takes the keyboard.
type Control interface {
	fyne.CanvasObject
	// AccessibleName is what the control is called, e.g. "Last name".
	AccessibleName() string
	// SetAccessibleName is called by the Field around it.
	SetAccessibleName(string)
	// SetWrong draws the frame of a problem.
	SetWrong(bool)
	// First is where the keyboard goes when the control is entered.
	First() fyne.Focusable
	setRegion(fyne.CanvasObject)
	hasFocus() bool
}

// base is what all controls have in common.
type base struct {
	host    Host
	name    string
	focused bool
	wrong   bool
	// self is the outermost widget, the one that stands in the window.
	self   fyne.CanvasObject
	region fyne.CanvasObject
	// OnLeave is called when the keyboard leaves the control; the time to
	// check what was typed.
	OnLeave func()
}

// AccessibleName implements Control.
func (b *base) AccessibleName() string { return b.name }

// SetAccessibleName implements Control.
func (b *base) SetAccessibleName(s string) { b.name = s }

func (b *base) setRegion(o fyne.CanvasObject) { b.region = o }

// gained notes that the control has the keyboard and shows it.
func (b *base) gained() {
	Stir()
	b.focused = true
	b.reveal()
}

// reveal tells the host to bring the control, with its caption and its problem,
// into view once the event is over and sizes are known.
func (b *base) reveal() {
	target := b.self
	if b.region != nil {
		target = b.region
	}
	run.Later(func() {
		if b.focused {
			b.host.Focused(target)
		}
	})
}

func (b *base) lost() {
	b.focused = false
	if b.OnLeave != nil {
		b.OnLeave()
	}
}

// setIcon shows an icon. Reading a drawing costs more than anything else here,
// so an icon that is there already is left alone.
func setIcon(i *canvas.Image, icon fyne.Resource) {
	if i.Resource != icon {
		i.Resource = icon
		i.Refresh()
	}
}

// refreshAll paints objects again, but for pictures; see setIcon.
func refreshAll(objects []fyne.CanvasObject) {
	for _, o := range objects {
		if _, picture := o.(*canvas.Image); !picture {
			o.Refresh()
		}
	}
}

// newRing returns the focus ring, drawn outside the control with a gap so that
// it is judged against the ground and not against the control.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeWidth = look.Size(look.SizeRing)
	r.CornerRadius = look.Size(look.SizeRadius)
	r.Hide()
	return r
}

func placeRing(r *canvas.Rectangle, pos fyne.Position, size fyne.Size) {
	d := 2 * look.Size(look.SizeRing)
	r.Move(pos.SubtractXY(d, d))
	r.Resize(size.AddWidthHeight(2*d, 2*d))
}

func paintRing(r *canvas.Rectangle, focused bool) {
	r.StrokeColor = look.Color(look.ColorFocusRing)
	if focused {
		r.Show()
	} else {
		r.Hide()
	}
	r.Refresh()
}

// again lays out a renderer that is made anew. The toolkit throws a renderer
// away when its widget was out of sight for a minute, and does not lay out the
// next one when the size is still the same.
func again(r fyne.WidgetRenderer, size fyne.Size) {
	if size.Width > 0 {
		r.Layout(size)
	}
}
