package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// TextStyle is how a text looks. The zero style is body text.
type TextStyle struct {
	// Size is a text size of the theme; "" is body size.
	Size fyne.ThemeSizeName
	// Color is a colour of the theme; "" is the text colour.
	Color fyne.ThemeColorName
	Bold  bool
}

func (s TextStyle) size() float32 {
	if s.Size == "" {
		return look.Size(theme.SizeNameText)
	}
	return look.Size(s.Size)
}

func (s TextStyle) colour() fyne.ThemeColorName {
	if s.Color == "" {
		return foreground()
	}
	return s.Color
}

// The styles of the type scale.
var (
	Body    = TextStyle{}
	Strong  = TextStyle{Bold: true}
	Heading = TextStyle{Size: theme.SizeNameHeadingText, Bold: true}
	Title   = TextStyle{Size: theme.SizeNameSubHeadingText, Bold: true}
	Caption = TextStyle{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary}
	Quiet   = TextStyle{Color: look.ColorSecondary}
)

// Text is words that wrap at the width they are given and are never cut.
type Text struct {
	widget.BaseWidget
	text  string
	style TextStyle
	// oneLine keeps the natural width as minimum, for rows.
	oneLine bool
	lines   []string
	width   float32
}

// NewText returns wrapping text.
func NewText(text string, style TextStyle) *Text {
	t := &Text{text: text, style: style}
	t.ExtendBaseWidget(t)
	return t
}

// NewLabel returns text that stays on one line at its own width, for rows of
// Inline.
func NewLabel(text string, style TextStyle) *Text {
	t := NewText(text, style)
	t.oneLine = true
	return t
}

// Text returns the words.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(s string) {
	if s != t.text {
		t.text, t.lines = s, nil
		t.Refresh()
	}
}

// SetStyle changes the look.
func (t *Text) SetStyle(s TextStyle) {
	if s != t.style {
		t.style, t.lines = s, nil
		t.Refresh()
	}
}

func (t *Text) measure(s string) float32 {
	return fyne.MeasureText(s, t.style.size(), fyne.TextStyle{Bold: t.style.Bold}).Width
}

// wrap fills lines for the width. A word longer than a line is broken.
func (t *Text) wrap(width float32) []string {
	if t.oneLine {
		return []string{t.text}
	}
	if t.lines != nil && t.width == width {
		return t.lines
	}
	key := wrapKey{t.text, t.style, width}
	if lines, ok := wrapped[key]; ok {
		t.width, t.lines = width, lines
		return lines
	}
	t.width, t.lines = width, nil
	for _, para := range strings.Split(t.text, "\n") {
		line := ""
		for _, word := range strings.Fields(para) {
			for {
				try := word
				if line != "" {
					try = line + " " + word
				}
				if t.measure(try) <= width {
					line = try
					break
				}
				if line != "" {
					t.lines = append(t.lines, line)
					line = ""
					continue
				}
				cut := t.fits(word, width)
				t.lines = append(t.lines, word[:cut])
				if word = word[cut:]; word == "" {
					break
				}
			}
		}
		t.lines = append(t.lines, line)
	}
	if len(wrapped) >= wrapLimit {
		clear(wrapped)
	}
	wrapped[key] = t.lines
	return t.lines
}

// wrapped remembers how texts broke into lines: the same words are placed
// again after each key, and measuring them is slow. The window's goroutine is
// the only one that wraps.
var wrapped = map[wrapKey][]string{}

type wrapKey struct {
	text  string
	style TextStyle
	width float32
}

const wrapLimit = 4000

// fits returns how many bytes of the word fit, at least one letter.
func (t *Text) fits(word string, width float32) int {
	cut := 0
	for i, r := range word {
		end := i + len(string(r))
		if cut > 0 && t.measure(word[:end]) > width {
			break
		}
		cut = end
	}
	return cut
}

func (t *Text) lineHeight() float32 {
	return textHeight(t.style.size(), t.style.Bold)
}

// HeightFor is the height at that width.
func (t *Text) HeightFor(width float32) float32 {
	return float32(len(t.wrap(width))) * t.lineHeight()
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t}
	again(r, t.Size())
	return r
}

type textRenderer struct {
	t       *Text
	objects []fyne.CanvasObject
}

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *textRenderer) MinSize() fyne.Size {
	if r.t.oneLine {
		return fyne.NewSize(r.t.measure(r.t.text), r.t.lineHeight())
	}
	w := float32(0)
	for _, word := range strings.Fields(r.t.text) {
		w = max(w, r.t.measure(word))
	}
	width := r.t.Size().Width
	if width == 0 {
		width = max(w, 320)
	}
	return fyne.NewSize(min(w, 160), r.t.HeightFor(width))
}

func (r *textRenderer) Layout(size fyne.Size) {
	lines := r.t.wrap(size.Width)
	h := r.t.lineHeight()
	for len(r.objects) < len(lines) {
		r.objects = append(r.objects, canvas.NewText("", nil))
	}
	r.objects = r.objects[:len(lines)]
	for i, line := range lines {
		o := r.objects[i].(*canvas.Text)
		o.Text = line
		o.TextSize = r.t.style.size()
		o.TextStyle.Bold = r.t.style.Bold
		o.Color = look.Color(r.t.style.colour())
		o.Move(fyne.NewPos(0, float32(i)*h))
		o.Resize(fyne.NewSize(size.Width, h))
	}
}

func (r *textRenderer) Refresh() {
	r.t.lines = nil
	r.Layout(r.t.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}
