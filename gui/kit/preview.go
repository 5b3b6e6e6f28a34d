package kit

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// PagePreview shows the pages of a paper as pictures. PgUp and PgDn turn
// pages; 1 shows the page as wide as the view, 0 fits the whole page; the
// arrows scroll.
type PagePreview struct {
	widget.BaseWidget
	base
	// OnPage is called when another page is shown, from 0, so that its picture
	// can be drawn at the scale asked for.
	OnPage func(page int)

	pages []image.Image
	at    int
	wide  bool
	down  float32
	empty string
}

// NewPagePreview returns a preview that says text while there is no page.
func NewPagePreview(host Host, text string) *PagePreview {
	p := &PagePreview{empty: text}
	p.host, p.self, p.name = host, p, "Preview"
	p.ExtendBaseWidget(p)
	return p
}

// SetPages shows pictures of pages; none shows the text of SetEmpty.
func (p *PagePreview) SetPages(pages []image.Image) {
	p.pages = pages
	p.at = max(0, min(p.at, len(pages)-1))
	p.down = 0
	p.Refresh()
}

// SetEmpty changes what is said while there is no page.
func (p *PagePreview) SetEmpty(text string) { p.empty = text; p.Refresh() }

// Page returns the number of the page shown, from 1, and how many there are.
func (p *PagePreview) Page() (page, of int) {
	if len(p.pages) == 0 {
		return 0, 0
	}
	return p.at + 1, len(p.pages)
}

func (p *PagePreview) turn(by int) {
	at := max(0, min(len(p.pages)-1, p.at+by))
	if at == p.at || len(p.pages) == 0 {
		return
	}
	p.at, p.down = at, 0
	p.Refresh()
	if p.OnPage != nil {
		p.OnPage(at)
	}
}

func (p *PagePreview) scroll(by float32) {
	p.down = max(0, min(p.down+by, p.room()))
	p.Refresh()
}

// room is how far the page can be scrolled.
func (p *PagePreview) room() float32 {
	if len(p.pages) == 0 {
		return 0
	}
	_, s := p.place(p.Size())
	return max(0, s.Height-(p.Size().Height-previewFoot-2*previewEdge))
}

// TypedRune implements fyne.Focusable.
func (p *PagePreview) TypedRune(r rune) {
	Stir()
	if r == '1' || r == '0' {
		p.wide, p.down = r == '1', 0
		p.Refresh()
	}
}

// TypedKey implements fyne.Focusable.
func (p *PagePreview) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyPageDown, fyne.KeyRight:
		p.turn(1)
	case fyne.KeyPageUp, fyne.KeyLeft:
		p.turn(-1)
	case fyne.KeyHome:
		p.turn(-len(p.pages))
	case fyne.KeyEnd:
		p.turn(len(p.pages))
	case fyne.KeyDown:
		p.scroll(60)
	case fyne.KeyUp:
		p.scroll(-60)
	default:
		p.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable: Ctrl+plus and minus zoom.
func (p *PagePreview) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierControl {
		switch c.KeyName {
		case fyne.KeyPlus, fyne.KeyEqual:
			p.TypedRune('1')
			return
		case fyne.KeyMinus:
			p.TypedRune('0')
			return
		}
	}
	p.host.HandleShortcut(s)
}

// FocusGained implements fyne.Focusable.
func (p *PagePreview) FocusGained() { p.gained(); p.Refresh() }

// FocusLost implements fyne.Focusable.
func (p *PagePreview) FocusLost() { p.lost(); p.Refresh() }

// Tapped implements fyne.Tappable.
func (p *PagePreview) Tapped(*fyne.PointEvent) { Focus(p) }

// Scrolled implements fyne.Scrollable.
func (p *PagePreview) Scrolled(e *fyne.ScrollEvent) { p.scroll(-e.Scrolled.DY) }

const (
	previewEdge = float32(10)
	previewFoot = float32(26)
)

// place returns where the page stands.
func (p *PagePreview) place(size fyne.Size) (fyne.Position, fyne.Size) {
	b := p.pages[p.at].Bounds()
	if b.Dx() == 0 || b.Dy() == 0 {
		return fyne.Position{}, fyne.Size{}
	}
	room := size.SubtractWidthHeight(2*previewEdge, 2*previewEdge+previewFoot)
	w := room.Width
	if !p.wide {
		w = min(w, room.Height*float32(b.Dx())/float32(b.Dy()))
	}
	w = max(w, 1)
	h := w * float32(b.Dy()) / float32(b.Dx())
	return fyne.NewPos((size.Width-w)/2, previewEdge), fyne.NewSize(w, h)
}

// CreateRenderer implements fyne.Widget.
func (p *PagePreview) CreateRenderer() fyne.WidgetRenderer {
	r := &previewRenderer{p: p, ring: newRing(), ground: canvas.NewRectangle(nil), frame: canvas.NewRectangle(nil),
		foot: canvas.NewRectangle(nil), picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth},
		words: NewText("", Quiet), line: NewLabel("", Caption)}
	r.Refresh()
	return r
}

type previewRenderer struct {
	p                   *PagePreview
	ring                *canvas.Rectangle
	ground, frame, foot *canvas.Rectangle
	picture             *canvas.Image
	words, line         *Text
	// page and shown are the page and the part of it that the window was last
	// told to paint.
	page  image.Image
	shown image.Rectangle
}

func (r *previewRenderer) Destroy() {}

func (r *previewRenderer) Objects() []fyne.CanvasObject {
	if len(r.p.pages) == 0 {
		return []fyne.CanvasObject{r.ground, r.words, r.ring}
	}
	return []fyne.CanvasObject{r.ground, r.frame, r.picture, r.foot, r.line, r.ring}
}

func (r *previewRenderer) MinSize() fyne.Size { return fyne.NewSize(240, 200) }

func (r *previewRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	placeRing(r.ring, fyne.NewPos(8, 8), size.SubtractWidthHeight(16, 16)) // inside: a scrolling control is cut at its edge
	r.words.Move(fyne.NewPos(24, size.Height/3))
	r.words.Resize(fyne.NewSize(size.Width-48, 80))
	if len(r.p.pages) == 0 {
		return
	}
	pos, s := r.p.place(size)
	view := size.Height - previewFoot - 2*previewEdge
	page := r.p.pages[r.p.at]
	r.picture.Image = cut(page, r.p.down/s.Height, min(view, s.Height)/s.Height)
	s.Height = min(s.Height, view)
	r.frame.Move(pos.SubtractXY(1, 1))
	r.frame.Resize(s.AddWidthHeight(2, 2))
	r.picture.Move(pos)
	r.picture.Resize(s)
	// The window keeps what it painted of a picture until it is told, and
	// another page or another part of it often has the same size.
	if part := r.picture.Image.Bounds(); page != r.page || part != r.shown {
		r.page, r.shown = page, part
		r.picture.Refresh()
	}
	r.foot.Move(fyne.NewPos(0, size.Height-previewFoot))
	r.foot.Resize(fyne.NewSize(size.Width, previewFoot))
	m := r.line.MinSize()
	// A little above the middle, so that the ring below does not touch the words.
	r.line.Move(fyne.NewPos((size.Width-m.Width)/2, size.Height-previewFoot+(previewFoot-m.Height)/2-5))
	r.line.Resize(m)
}

// cut returns the part of a page that is in view, from and high as fractions.
func cut(img image.Image, from, high float32) image.Image {
	sub, ok := img.(interface {
		SubImage(image.Rectangle) image.Image
	})
	if !ok || high >= 1 {
		return img
	}
	b := img.Bounds()
	top := b.Min.Y + int(from*float32(b.Dy()))
	return sub.SubImage(image.Rect(b.Min.X, top, b.Max.X, top+int(high*float32(b.Dy()))))
}

func (r *previewRenderer) Refresh() {
	r.ground.FillColor = look.Color(look.ColorTableHeader)
	r.foot.FillColor = look.Color(look.ColorTableHeader)
	r.frame.FillColor = look.Color(look.ColorCard)
	r.frame.StrokeColor, r.frame.StrokeWidth = look.Color(look.ColorSecondary), 1
	r.words.SetText(r.p.empty)
	page, of := r.p.Page()
	r.line.SetText(fmt.Sprintf("Page %d of %d     PgUp PgDn pages     1 wide, 0 whole page", page, of))
	r.Layout(r.p.Size())
	paintRing(r.ring, r.p.focused)
	refreshAll(r.Objects())
	canvas.Refresh(r.p)
}
