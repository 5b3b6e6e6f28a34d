package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Field is one question of a form: the caption above its control, a star when
// the answer is needed to save, a hint, a unit, and the sentence of a problem
// between caption and control.
type Field struct {
	widget.BaseWidget
	// Name is the caption and what the control is called.
	Name string
	// Control takes the answer.
	Control Control

	host    Host
	caption *Text
	star    *Text
	hint    *Text
	unit    *Text
	mark    *canvas.Image
	problem *Text
	note    *Text
	help    *link
}

// FieldOption adds something to a Field.
type FieldOption func(*Field)

// Needed marks the answer as needed to save.
func Needed() FieldOption { return func(f *Field) { f.star.SetText("*") } }

// Hint adds a few quiet words beside the caption, such as "month day year".
func Hint(text string) FieldOption { return func(f *Field) { f.hint.SetText(text) } }

// Help adds words beside the caption that a click carries out. The keyboard has
// a key for the same, which the words name: they are no Tab stop.
func Help(text string, do func()) FieldOption {
	return func(f *Field) { f.help = newLink(text, do) }
}

// Unit adds the unit, spelled out, behind the control.
func Unit(text string) FieldOption { return func(f *Field) { f.unit.SetText(text) } }

// NewField returns a field of the form host.
func NewField(host Host, name string, control Control, options ...FieldOption) *Field {
	f := &Field{
		Name: name, Control: control, host: host,
		caption: NewLabel(name, TextStyle{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary, Bold: true}),
		star:    NewLabel("", TextStyle{Size: theme.SizeNameCaptionText, Color: look.ColorStop, Bold: true}),
		hint:    NewLabel("", Caption),
		unit:    NewLabel("", Quiet),
		note:    NewLabel("", Quiet),
		problem: NewText("", TextStyle{Color: look.ColorStop}),
		mark:    canvas.NewImageFromResource(look.Icon("triangle", look.ColorStop)),
	}
	f.problem.Hide()
	f.mark.Hide()
	control.SetAccessibleName(name)
	control.setRegion(f)
	for _, o := range options {
		o(f)
	}
	f.ExtendBaseWidget(f)
	return f
}

// SetProblem shows the sentence, or takes it away when it is "". What was
// typed stays.
func (f *Field) SetProblem(text string) {
	if text == f.problem.Text() {
		return
	}
	f.problem.SetText(text)
	f.problem.Hidden = text == ""
	f.mark.Hidden = text == ""
	f.Control.SetWrong(text != "")
	f.Refresh()
	f.host.Relayout()
}

// Problem returns the sentence shown, or "".
func (f *Field) Problem() string { return f.problem.Text() }

// SetNote shows a quiet remark behind the control, such as "40 years".
func (f *Field) SetNote(text string) {
	if text != f.note.Text() {
		f.note.SetText(text)
		f.Refresh()
	}
}

// Note returns the remark shown.
func (f *Field) Note() string { return f.note.Text() }

// Focus gives the keyboard to the control.
func (f *Field) Focus() { Focus(f.Control.First()) }

const (
	captionGap = float32(4) // room for the focus ring
	markSize   = float32(16)
	unitGap    = float32(8)
)

func (f *Field) controlWidth(width float32) float32 {
	w := width
	for _, t := range []*Text{f.unit, f.note} {
		if t.Text() != "" {
			w -= t.MinSize().Width + unitGap
		}
	}
	if e, ok := f.Control.(interface{ answerWidth() float32 }); ok && e.answerWidth() > 0 {
		w = min(w, e.answerWidth())
	}
	return max(w, 24)
}

// hintBelow reports whether the hint needs its own line.
func (f *Field) hintBelow(width float32) bool {
	if f.hint.Text() == "" {
		return false
	}
	w := f.caption.MinSize().Width + f.star.MinSize().Width + f.hint.MinSize().Width + 12
	if f.help != nil {
		w += f.help.MinSize().Width + 12
	}
	return w > width
}

// HeightFor is the height at that width.
func (f *Field) HeightFor(width float32) float32 {
	h := f.caption.lineHeight() + captionGap
	if f.hintBelow(width) {
		h += f.hint.lineHeight()
	}
	if f.problem.Visible() {
		h += f.problem.HeightFor(width-markSize-6) + captionGap
	}
	return h + HeightFor(f.Control, f.controlWidth(width))
}

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return &fieldRenderer{f} }

type fieldRenderer struct{ f *Field }

func (r *fieldRenderer) Destroy() {}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	f := r.f
	out := []fyne.CanvasObject{f.caption, f.star, f.hint, f.mark, f.problem, f.Control, f.unit, f.note}
	if f.help != nil {
		out = append(out, f.help)
	}
	return out
}

func (r *fieldRenderer) MinSize() fyne.Size {
	w := r.f.Size().Width
	if w == 0 {
		w = max(r.f.Control.MinSize().Width, 120)
	}
	return fyne.NewSize(min(w, 120), r.f.HeightFor(w))
}

func (r *fieldRenderer) Layout(size fyne.Size) {
	f := r.f
	place := func(o fyne.CanvasObject, x, y float32) float32 {
		m := o.MinSize()
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
		return x + m.Width
	}
	x := place(f.caption, 0, 0)
	if f.star.Text() != "" {
		x = place(f.star, x+4, 0)
	}
	y := f.caption.lineHeight() + captionGap
	if f.hintBelow(size.Width) {
		place(f.hint, 0, y-captionGap)
		y += f.hint.lineHeight()
	} else {
		x = place(f.hint, x+8, 0)
	}
	if f.help != nil {
		place(f.help, x+12, 0)
	}
	if f.problem.Visible() {
		h := f.problem.HeightFor(size.Width - markSize - 6)
		f.mark.Move(fyne.NewPos(0, y+1))
		f.mark.Resize(fyne.NewSize(markSize, markSize))
		f.problem.Move(fyne.NewPos(markSize+6, y))
		f.problem.Resize(fyne.NewSize(size.Width-markSize-6, h))
		y += h + captionGap
	}
	w := f.controlWidth(size.Width)
	h := HeightFor(f.Control, w)
	f.Control.Move(fyne.NewPos(0, y))
	f.Control.Resize(fyne.NewSize(w, h))
	x = w
	for _, t := range []*Text{f.unit, f.note} {
		if t.Text() != "" {
			x = place(t, x+unitGap, y+(min(h, 31)-t.lineHeight())/2)
		}
	}
}

func (r *fieldRenderer) Refresh() {
	r.Layout(r.f.Size())
	refreshAll(r.Objects())
}
