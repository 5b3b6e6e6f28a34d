package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backtobar/gui/look"
)

// drawing is what a control draws itself: texts, boxes and icons in order. The
// objects are used again for each drawing. New ones would make the toolkit lay
// the window out again, which draws again, without end.
type drawing struct {
	texts []*canvas.Text
	boxes []*canvas.Rectangle
	icons []*canvas.Image
	// how many of each are used
	text, box, icon int
	objects         []fyne.CanvasObject
}

// begin starts a new drawing.
func (d *drawing) begin() {
	d.text, d.box, d.icon = 0, 0, 0
	d.objects = nil
}

// addText draws words on one line and returns their width.
func (d *drawing) addText(s string, size float32, bold bool, colour fyne.ThemeColorName, x, y float32) float32 {
	if d.text == len(d.texts) {
		d.texts = append(d.texts, canvas.NewText("", color.Transparent))
	}
	t := d.texts[d.text]
	d.text++
	c := look.Color(colour)
	if t.Text != s || t.TextSize != size || t.TextStyle.Bold != bold || t.Color != c {
		t.Text, t.TextSize, t.TextStyle.Bold, t.Color = s, size, bold, c
		t.Refresh()
	}
	m := t.MinSize()
	t.Move(fyne.NewPos(x, y))
	t.Resize(m)
	d.objects = append(d.objects, t)
	return m.Width
}

// addBox draws a filled box; frame "" is none.
func (d *drawing) addBox(x, y, w, h float32, fill, frame fyne.ThemeColorName, stroke, radius float32) {
	if d.box == len(d.boxes) {
		d.boxes = append(d.boxes, canvas.NewRectangle(color.Transparent))
	}
	b := d.boxes[d.box]
	d.box++
	f := look.Color(fill)
	var line color.Color = color.Transparent
	if frame != "" {
		line = look.Color(frame)
	}
	if b.FillColor != f || b.StrokeColor != line || b.StrokeWidth != stroke || b.CornerRadius != radius {
		b.FillColor, b.StrokeColor, b.StrokeWidth, b.CornerRadius = f, line, stroke, radius
		b.Refresh()
	}
	b.Move(fyne.NewPos(x, y))
	b.Resize(fyne.NewSize(w, h))
	d.objects = append(d.objects, b)
}

// addIcon draws the silhouette of a status.
func (d *drawing) addIcon(s look.Status, x, y, size float32) {
	if d.icon == len(d.icons) {
		d.icons = append(d.icons, canvas.NewImageFromResource(s.Icon()))
	}
	i := d.icons[d.icon]
	d.icon++
	setIcon(i, s.Icon())
	i.Move(fyne.NewPos(x, y))
	i.Resize(fyne.NewSize(size, size))
	d.objects = append(d.objects, i)
}
