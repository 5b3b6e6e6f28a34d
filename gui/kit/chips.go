package kit

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Choice is one answer of ChoiceChips.
type Choice struct {
	// Value is what the model stores.
	Value string
	// Text is what the chip says.
	Text string
	// Key selects it, a letter or a digit, and is printed on the chip when it
	// is not the text itself. 0 for none.
	Key rune
}

// ChoiceChips is a question with a few answers, all visible, one Tab stop. The
// key on a chip selects it; Left and Right move; Delete clears; Enter goes to
// the next control. Nothing is selected until somebody selects it.
type ChoiceChips struct {
	widget.BaseWidget
	base
	onePush
	// OnChanged is called with the new value; "" when cleared.
	OnChanged func(value string)
	// AutoAdvance goes to the next control after a choice by key.
	AutoAdvance bool

	choices  []Choice
	selected int
	scale    bool
	waiting  bool // 1 was typed and may become 10
	oneAt    time.Time
	now      func() time.Time
}

// NewChoiceChips returns chips with nothing selected.
func NewChoiceChips(host Host, choices ...Choice) *ChoiceChips {
	c := &ChoiceChips{choices: choices, selected: -1, now: time.Now}
	c.host, c.self = host, c
	c.region = c
	c.ExtendBaseWidget(c)
	return c
}

// NewScaleChips returns the scale from 0 to limit, at most 10. A digit selects
// itself; 1 followed by 0 within 700 milliseconds is 10, where there is a 10.
// With AutoAdvance the keyboard waits on 1; another digit then answers the next
// control, as it would after any other digit.
func NewScaleChips(host Host, limit int) *ChoiceChips {
	var choices []Choice
	for i := 0; i <= min(limit, 10); i++ {
		s := strconv.Itoa(i)
		choices = append(choices, Choice{Value: s, Text: s, Key: rune(s[0])})
	}
	c := NewChoiceChips(host, choices...)
	c.scale = true
	return c
}

// scaleTen is how long after 1 a 0 still makes 10.
const scaleTen = 700 * time.Millisecond

// First implements Control.
func (c *ChoiceChips) First() fyne.Focusable { return c }

// SetWrong implements Control.
func (c *ChoiceChips) SetWrong(wrong bool) {
	if c.wrong != wrong {
		c.wrong = wrong
		c.Refresh()
	}
}

// Value returns the selected value, or "".
func (c *ChoiceChips) Value() string {
	if c.selected < 0 {
		return ""
	}
	return c.choices[c.selected].Value
}

// Put shows a value from the model; OnChanged is not called.
func (c *ChoiceChips) Put(value string) {
	at := -1
	for i, ch := range c.choices {
		if ch.Value == value {
			at = i
		}
	}
	if at != c.selected {
		c.selected = at
		c.Refresh()
	}
}

func (c *ChoiceChips) choose(i int) {
	// The same choice made again is told too: it was asked again today.
	if i < -1 || i >= len(c.choices) || i < 0 && i == c.selected {
		return
	}
	used()
	c.selected = i
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(c.Value())
	}
}

// TypedRune implements fyne.Focusable.
func (c *ChoiceChips) TypedRune(r rune) {
	Stir()
	r = unicode.ToLower(r)
	if c.waiting && r >= '0' && r <= '9' {
		c.waiting = false
		if r == '0' && c.now().Sub(c.oneAt) < scaleTen {
			if c.take() {
				c.choose(10)
				c.advance()
			}
			return
		}
		if c.AutoAdvance {
			c.passOn(r)
			return
		}
	}
	for i, ch := range c.choices {
		if unicode.ToLower(ch.Key) != r || (c.scale && i == 10) {
			continue
		}
		if !c.take() {
			return
		}
		c.choose(i)
		if c.scale && i == 1 && len(c.choices) > 10 {
			c.waiting, c.oneAt = true, c.now()
			return
		}
		c.advance()
		return
	}
}

func (c *ChoiceChips) advance() {
	if c.AutoAdvance && c.focused {
		jump(c)
	}
}

// passOn gives a digit to the next control.
func (c *ChoiceChips) passOn(r rune) {
	Next(c)
	if cv := canvasOf(c); cv != nil {
		if f := cv.Focused(); f != nil && f != fyne.Focusable(c) {
			f.TypedRune(r)
		}
	}
}

// TypedKey implements fyne.Focusable.
func (c *ChoiceChips) TypedKey(k *fyne.KeyEvent) {
	Stir()
	// A window tells of the key before it tells of the letter, so a digit must
	// not end the waiting for the 0 of 10.
	switch k.Name {
	case fyne.KeyRight:
		c.waiting = false
		c.choose(c.selected + 1)
	case fyne.KeyLeft:
		c.waiting = false
		c.choose(max(0, c.selected-1))
	case fyne.KeyDelete, fyne.KeyBackspace:
		c.waiting = false
		c.choose(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !fromHabit(c) {
			Next(c)
		}
	default:
		c.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (c *ChoiceChips) TypedShortcut(s fyne.Shortcut) { c.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (c *ChoiceChips) FocusGained() { c.gained(); c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *ChoiceChips) FocusLost() { c.waiting = false; c.lost(); c.Refresh() }

// Tapped implements fyne.Tappable.
func (c *ChoiceChips) Tapped(p *fyne.PointEvent) {
	Stir()
	Focus(c)
	for i, b := range chipBoxes(c.labels(), c.Size().Width, c.scale) {
		if p.Position.X >= b.x && p.Position.X <= b.x+b.w && p.Position.Y >= b.y && p.Position.Y <= b.y+chipHeight {
			c.choose(i)
		}
	}
}

func (c *ChoiceChips) labels() []string {
	var out []string
	for _, ch := range c.choices {
		out = append(out, chipLabel(ch))
	}
	return out
}

// chipLabel prints the key before the text: "R  Right"; a chip whose text is
// its key, as on a scale, says it once.
func chipLabel(ch Choice) string {
	if ch.Key == 0 || strings.HasPrefix(ch.Text, string(ch.Key)) && unicode.IsDigit(ch.Key) {
		return ch.Text
	}
	return string(unicode.ToUpper(ch.Key)) + "  " + ch.Text
}

// HeightFor is the height at that width.
func (c *ChoiceChips) HeightFor(width float32) float32 {
	boxes := chipBoxes(c.labels(), width, c.scale)
	if len(boxes) == 0 {
		return chipHeight
	}
	return boxes[len(boxes)-1].y + chipHeight
}

type chipBox struct{ x, y, w float32 }

const (
	chipHeight = float32(31)
	chipGap    = float32(6)
)

// chipBoxes places the chips on as many lines as the width needs.
func chipBoxes(labels []string, width float32, scale bool) []chipBox {
	var out []chipBox
	x, y := float32(0), float32(0)
	for _, label := range labels {
		w := fyne.MeasureText(label, look.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width + 22
		if scale {
			w = 34
		}
		if x > 0 && x+w > width {
			x, y = 0, y+chipHeight+chipGap
		}
		out = append(out, chipBox{x, y, w})
		x += w + chipGap
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (c *ChoiceChips) CreateRenderer() fyne.WidgetRenderer {
	r := &chipsRenderer{c: c, ring: newRing()}
	for range c.choices {
		r.chips = append(r.chips, newChip())
	}
	r.Refresh()
	return r
}

type chipsRenderer struct {
	c     *ChoiceChips
	ring  *canvas.Rectangle
	chips []*chip
}

func (r *chipsRenderer) Destroy() {}

func (r *chipsRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, ch := range r.chips {
		out = append(out, ch.box, ch.text)
	}
	return append(out, r.ring)
}

func (r *chipsRenderer) MinSize() fyne.Size {
	w := r.c.Size().Width
	if w == 0 {
		w = 100_000
	}
	boxes := chipBoxes(r.c.labels(), w, r.c.scale)
	m := fyne.NewSize(34, chipHeight)
	for _, b := range boxes {
		if r.c.Size().Width == 0 {
			m.Width = max(m.Width, b.x+b.w)
		}
		m.Height = max(m.Height, b.y+chipHeight)
	}
	return m
}

func (r *chipsRenderer) Layout(size fyne.Size) {
	right := float32(0)
	for i, b := range chipBoxes(r.c.labels(), size.Width, r.c.scale) {
		r.chips[i].place(b)
		right = max(right, b.x+b.w)
	}
	placeRing(r.ring, fyne.NewPos(0, 0), fyne.NewSize(right, size.Height))
}

func (r *chipsRenderer) Refresh() {
	for i, label := range r.c.labels() {
		r.chips[i].paint(label, i == r.c.selected, r.c.wrong)
	}
	r.Layout(r.c.Size())
	paintRing(r.ring, r.c.focused)
}

// chip is one drawn choice: a bold white word on teal when selected, so that
// weight and tone tell it as well as colour.
type chip struct {
	box  *canvas.Rectangle
	text *canvas.Text
}

func newChip() *chip {
	c := &chip{canvas.NewRectangle(nil), canvas.NewText("", nil)}
	c.box.CornerRadius = look.Size(look.SizeRadius)
	c.text.Alignment = fyne.TextAlignCenter
	return c
}

func (c *chip) place(b chipBox) {
	c.box.Move(fyne.NewPos(b.x, b.y))
	c.box.Resize(fyne.NewSize(b.w, chipHeight))
	h := c.text.MinSize().Height
	c.text.Move(fyne.NewPos(b.x, b.y+(chipHeight-h)/2))
	c.text.Resize(fyne.NewSize(b.w, h))
}

func (c *chip) paint(label string, selected, wrong bool) {
	c.text.Text, c.text.TextSize = label, look.Size(theme.SizeNameText)
	c.text.TextStyle.Bold = selected
	c.box.FillColor, c.text.Color = look.Color(look.ColorCard), look.Color(foreground())
	c.box.StrokeColor, c.box.StrokeWidth = look.Color(theme.ColorNameInputBorder), 1
	if selected {
		c.box.FillColor, c.text.Color = look.Color(theme.ColorNamePrimary), look.Color(theme.ColorNameForegroundOnPrimary)
		c.box.StrokeColor = look.Color(theme.ColorNamePrimary)
	}
	if wrong {
		c.box.StrokeColor, c.box.StrokeWidth = look.Color(look.ColorStop), 2
	}
	c.box.Refresh()
	c.text.Refresh()
}
