package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// FieldRow is one line of a table that is filled in: what it is about at the
// left, and small boxes with their captions. The boxes are too narrow for a
// sentence, so the row has one place for the problem of whichever box is wrong.
type FieldRow struct {
	widget.BaseWidget
	host    Host
	title   *Text
	note    *Text
	cells   []*RowCell
	mark    *canvas.Image
	problem *Text
}

// RowCell is one box of a FieldRow.
type RowCell struct {
	// Control takes the answer.
	Control Control
	row     *FieldRow
	caption *Text
	problem string
}

// NewFieldRow returns a row without boxes; note is a quiet second line, such as
// what was planned.
func NewFieldRow(host Host, title, note string) *FieldRow {
	r := &FieldRow{host: host, title: NewText(title, Strong), note: NewText(note, Quiet),
		mark:    canvas.NewImageFromResource(look.Icon("triangle", look.ColorStop)),
		problem: NewText("", TextStyle{Color: look.ColorStop})}
	r.mark.Hide()
	r.problem.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// Add adds a box; its accessible name is the title and the caption.
func (r *FieldRow) Add(caption string, c Control) *RowCell {
	cell := &RowCell{Control: c, row: r,
		caption: NewLabel(caption, TextStyle{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary, Bold: true})}
	c.SetAccessibleName(r.title.Text() + ", " + caption)
	c.setRegion(r)
	r.cells = append(r.cells, cell)
	return cell
}

// SetProblem implements Questioned.
func (c *RowCell) SetProblem(text string) {
	if c.problem == text {
		return
	}
	c.problem = text
	c.Control.SetWrong(text != "")
	c.row.showProblem()
}

// Problem implements Questioned.
func (c *RowCell) Problem() string { return c.problem }

// Focus implements Questioned.
func (c *RowCell) Focus() { Focus(c.Control.First()) }

func (c *RowCell) hasFocus() bool { return c.Control.hasFocus() }

// showProblem shows the sentence of the first wrong box.
func (r *FieldRow) showProblem() {
	text := ""
	for _, c := range r.cells {
		if c.problem != "" {
			text = c.caption.Text() + ": " + c.problem
			break
		}
	}
	r.problem.SetText(text)
	r.problem.Hidden, r.mark.Hidden = text == "", text == ""
	r.Refresh()
	r.host.Relayout()
}

const (
	rowTitle = float32(250)
	rowGap   = float32(10)
)

// place puts the boxes from x on, on as many lines as the width needs, and
// returns the height.
func (r *FieldRow) place(width float32, put func(c *RowCell, x, y float32)) float32 {
	line := float32(0)
	for _, c := range r.cells {
		line = max(line, c.caption.lineHeight()+captionGap+c.Control.MinSize().Height)
	}
	x, y := rowTitle+rowGap, float32(0)
	for _, c := range r.cells {
		w := max(c.caption.MinSize().Width, c.Control.MinSize().Width)
		if x > rowTitle+rowGap && x+w > width {
			x, y = rowTitle+rowGap, y+line+4
		}
		put(c, x, y)
		x += w + rowGap
	}
	left := r.title.HeightFor(rowTitle) + r.note.HeightFor(rowTitle)
	return max(left, y+line)
}

func (r *FieldRow) problemHeight(width float32) float32 {
	if r.problem.Hidden {
		return 0
	}
	return r.problem.HeightFor(width-markSize-6) + captionGap
}

// HeightFor is the height at that width.
func (r *FieldRow) HeightFor(width float32) float32 {
	return r.problemHeight(width) + r.place(width, func(*RowCell, float32, float32) {})
}

// CreateRenderer implements fyne.Widget.
func (r *FieldRow) CreateRenderer() fyne.WidgetRenderer { return &fieldRowRenderer{r} }

type fieldRowRenderer struct{ r *FieldRow }

func (f *fieldRowRenderer) Destroy() {}

func (f *fieldRowRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{f.r.mark, f.r.problem, f.r.title, f.r.note}
	for _, c := range f.r.cells {
		out = append(out, c.caption, c.Control)
	}
	return out
}

func (f *fieldRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(480, f.r.HeightFor(max(480, f.r.Size().Width)))
}

func (f *fieldRowRenderer) Layout(size fyne.Size) {
	r := f.r
	top := r.problemHeight(size.Width)
	if top > 0 {
		r.mark.Move(fyne.NewPos(0, 1))
		r.mark.Resize(fyne.NewSize(markSize, markSize))
		r.problem.Move(fyne.NewPos(markSize+6, 0))
		r.problem.Resize(fyne.NewSize(size.Width-markSize-6, top-captionGap))
	}
	h := r.title.HeightFor(rowTitle)
	r.title.Move(fyne.NewPos(0, top))
	r.title.Resize(fyne.NewSize(rowTitle, h))
	r.note.Move(fyne.NewPos(0, top+h))
	r.note.Resize(fyne.NewSize(rowTitle, r.note.HeightFor(rowTitle)))
	r.place(size.Width, func(c *RowCell, x, y float32) {
		c.caption.Move(fyne.NewPos(x, top+y))
		c.caption.Resize(c.caption.MinSize())
		c.Control.Move(fyne.NewPos(x, top+y+c.caption.lineHeight()+captionGap))
		c.Control.Resize(c.Control.MinSize())
	})
}

func (f *fieldRowRenderer) Refresh() {
	f.Layout(f.r.Size())
	refreshAll(f.Objects())
}
