package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Identity is what a banner says. All parts are words ready to show.
type Identity struct {
	// LastName is shown in capitals, first of all.
	LastName, FirstName string
	// Born is "Mar 14, 1986 (40 y)".
	Born string
	// Sex is "Female", "Male" or "Not recorded".
	Sex string
	// Number is the chart number, "000217".
	Number string
	// More are further facts of the second line: phone, step.
	More []string
	// Practice marks an invented patient.
	Practice bool
}

// Name is the family name in capitals, then the given name.
func (i Identity) Name() string { return strings.ToUpper(i.LastName) + ", " + i.FirstName }

// PatientBanner says whose chart is open, on top of every chart screen. It
// wraps and grows; it never cuts a name and never scrolls.
type PatientBanner struct {
	widget.BaseWidget
	id Identity
}

// NewPatientBanner returns an empty banner.
func NewPatientBanner() *PatientBanner {
	b := &PatientBanner{}
	b.ExtendBaseWidget(b)
	return b
}

// SetIdentity changes the identity.
func (b *PatientBanner) SetIdentity(id Identity) { b.id = id; b.Refresh() }

// Identity returns what is shown.
func (b *PatientBanner) Identity() Identity { return b.id }

const (
	bannerSide = float32(16)
	bannerTop  = float32(7)
	bannerGap  = float32(22)
	stripe     = float32(22)
)

type bannerPart struct {
	label, value string
	big          bool
}

func (b *PatientBanner) parts() []bannerPart {
	p := []bannerPart{
		{"", b.id.Name(), true},
		{"Born", b.id.Born, false},
		{"Sex", b.id.Sex, false},
		{"Chart", b.id.Number, false},
	}
	for _, m := range b.id.More {
		if m != "" {
			p = append(p, bannerPart{"", m, false})
		}
	}
	return p
}

// HeightFor is the height at that width.
func (b *PatientBanner) HeightFor(width float32) float32 {
	_, h := b.flow(width)
	return h
}

type placed struct {
	text   string
	size   float32
	bold   bool
	colour fyne.ThemeColorName
	x, y   float32
}

// flow places the words in reading order on as many lines as they need.
func (b *PatientBanner) flow(width float32) ([]placed, float32) {
	nameSize := look.Size(theme.SizeNameSubHeadingText)
	body := look.Size(theme.SizeNameText)
	if b.nameWidth(nameSize) > width-2*bannerSide {
		nameSize = 15
	}
	var out []placed
	line := textHeight(nameSize, true)
	x, y := bannerSide, bannerTop
	for i, p := range b.parts() {
		size, bold := body, p.label != ""
		if p.big {
			size, bold = nameSize, true
		}
		words := splitTo(p.value, size, bold, width-2*bannerSide)
		label := float32(0)
		if p.label != "" {
			label = measure(p.label, body, false) + 6
		}
		w := label + measure(words[0], size, bold)
		if i > 0 && x+w > width-bannerSide || i > 0 && len(words) > 1 {
			x, y = bannerSide, y+line+2
			line = textHeight(body, true)
		}
		drop := line - textHeight(size, bold)
		if p.label != "" {
			out = append(out, placed{p.label, body, false, look.ColorSecondary, x, y + drop})
		}
		for j, word := range words {
			if j > 0 {
				y += line
			}
			out = append(out, placed{word, size, bold, foreground(), x + label, y + drop})
			w = label + measure(word, size, bold)
		}
		x += w + bannerGap
	}
	h := y + line + bannerTop
	if b.id.Practice {
		h += stripe
	}
	return out, h
}

func (b *PatientBanner) nameWidth(size float32) float32 { return measure(b.id.Name(), size, true) }

func measure(s string, size float32, bold bool) float32 {
	return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width
}

func splitTo(s string, size float32, bold bool, width float32) []string {
	t := &Text{text: s, style: TextStyle{Bold: bold}}
	switch size {
	case look.Size(theme.SizeNameSubHeadingText):
		t.style.Size = theme.SizeNameSubHeadingText
	case look.Size(theme.SizeNameCaptionText):
		t.style.Size = theme.SizeNameCaptionText
	default:
		width *= look.Size(theme.SizeNameText) / size
	}
	return t.wrap(width)
}

// CreateRenderer implements fyne.Widget.
func (b *PatientBanner) CreateRenderer() fyne.WidgetRenderer {
	r := &bannerRenderer{b: b}
	r.Refresh()
	return r
}

type bannerRenderer struct {
	drawing
	b *PatientBanner
}

func (r *bannerRenderer) Destroy()                     {}
func (r *bannerRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *bannerRenderer) MinSize() fyne.Size {
	w := max(r.b.Size().Width, 600)
	return fyne.NewSize(320, r.b.HeightFor(w))
}

func (r *bannerRenderer) Layout(size fyne.Size) {
	r.begin()
	r.addBox(0, 0, size.Width, size.Height, look.ColorCard, "", 0, 0)
	r.addBox(0, size.Height-1, size.Width, 1, look.ColorRule, "", 0, 0)
	words, _ := r.b.flow(size.Width)
	for _, w := range words {
		r.addText(w.text, w.size, w.bold, w.colour, w.x, w.y)
	}
	if r.b.id.Practice {
		r.addBox(0, size.Height-stripe, size.Width, stripe, look.ColorCautionTint, look.ColorCautionBorder, 1, 0)
		r.addText("PRACTICE   This patient is made up. Do not use for care.", look.Size(theme.SizeNameCaptionText), true,
			look.ColorCaution, bannerSide, size.Height-stripe+2)
	}
}

func (r *bannerRenderer) Refresh() {
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

// SummaryItem is one line of a SummaryList.
type SummaryItem struct{ Label, Value string }

// SummaryList returns facts as label and value, for reading.
func SummaryList(items ...SummaryItem) *fyne.Container {
	var rows []fyne.CanvasObject
	for _, it := range items {
		rows = append(rows, container.New(&pair{110}, NewText(it.Label, Quiet), NewText(it.Value, Body)))
	}
	return Stack(6, rows...)
}

// pair puts a label of fixed width beside a value that takes the rest.
type pair struct{ label float32 }

func (p *pair) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return max(HeightFor(o[0], p.label), HeightFor(o[1], width-p.label-8))
}

func (p *pair) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(p.label, size.Height))
	o[1].Move(fyne.NewPos(p.label+8, 0))
	o[1].Resize(fyne.NewSize(size.Width-p.label-8, size.Height))
}

func (p *pair) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(p.label+60, p.HeightFor(o, p.label+180))
}

// blank is a see-through rectangle, for space.
func blank() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
