package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Rung is one stage of a StageLadder.
type Rung struct {
	// Number is 1 to 4, Title the name of the stage.
	Number int
	Title  string
	// Note is a few words below: "Locked: screen allows step 2", "" for none.
	Note string
	// Locked rungs cannot be chosen.
	Locked bool
	Steps  []Step
}

// Step is one sub-stage of a rung.
type Step struct {
	// ID is "2B", Title its name.
	ID, Title string
	// Done, Here and Locked say where the patient stands.
	Done, Here, Locked bool
}

// StageLadder shows the stages from the lowest at the bottom to the highest at
// the top, with their sub-stages, and where the patient stands: a thick double
// frame, the word HERE, bold words and a tint. Up and Down look at another
// sub-stage; Enter takes the one looked at.
type StageLadder struct {
	widget.BaseWidget
	base
	// OnLook is called when another sub-stage is looked at.
	OnLook func(id string)
	// OnTake is called on Enter; nil passes Enter on.
	OnTake func(id string)

	rungs  []Rung // lowest first
	cursor string
	at     map[string]rungBox
}

type rungBox struct{ y, h float32 }

// NewStageLadder returns an empty ladder.
func NewStageLadder(host Host) *StageLadder {
	l := &StageLadder{at: map[string]rungBox{}}
	l.host, l.self, l.name = host, l, "Ladder"
	l.region = l
	l.ExtendBaseWidget(l)
	return l
}

// SetRungs shows the stages, lowest first, and which sub-stage is looked at.
func (l *StageLadder) SetRungs(rungs []Rung, look string) {
	l.rungs, l.cursor = rungs, look
	l.Refresh()
}

// Looking returns the sub-stage looked at.
func (l *StageLadder) Looking() string { return l.cursor }

func (l *StageLadder) steps() []Step {
	var out []Step
	for _, r := range l.rungs {
		out = append(out, r.Steps...)
	}
	return out
}

func (l *StageLadder) move(by int) {
	steps := l.steps()
	at := -1
	for i, s := range steps {
		if s.ID == l.cursor {
			at = i
		}
	}
	at = max(0, min(len(steps)-1, at+by))
	if len(steps) == 0 || steps[at].ID == l.cursor {
		return
	}
	l.look(steps[at].ID)
}

func (l *StageLadder) look(id string) {
	l.cursor = id
	l.Refresh()
	if l.OnLook != nil {
		l.OnLook(id)
	}
}

// TypedRune implements fyne.Focusable.
func (l *StageLadder) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *StageLadder) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyUp, fyne.KeyRight:
		l.move(1)
	case fyne.KeyDown, fyne.KeyLeft:
		l.move(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.OnTake != nil {
			l.OnTake(l.cursor)
		} else {
			Next(l)
		}
	default:
		l.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (l *StageLadder) TypedShortcut(s fyne.Shortcut) { l.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (l *StageLadder) FocusGained() { l.gained(); l.Refresh() }

// FocusLost implements fyne.Focusable.
func (l *StageLadder) FocusLost() { l.lost(); l.Refresh() }

// Tapped implements fyne.Tappable.
func (l *StageLadder) Tapped(p *fyne.PointEvent) {
	Stir()
	Focus(l)
	for id, b := range l.at {
		if p.Position.Y >= b.y && p.Position.Y < b.y+b.h {
			l.look(id)
			return
		}
	}
}

const (
	rungPad  = float32(8)
	rungGap  = float32(10)
	rungLine = float32(22)
	stepLine = float32(24)
)

func (l *StageLadder) noteHeight(r Rung, width float32) float32 {
	if r.Note == "" {
		return 0
	}
	return NewText(r.Note, Caption).HeightFor(width-2*rungPad) + 2
}

// stepText is where the name of a sub-stage begins.
const stepText = rungPad + 66

// words are the lines of a sub-stage's name.
func (s Step) words(width float32) []string {
	name := s.Title
	if s.Here {
		name += "  NOW"
	}
	return splitTo(name, look.Size(theme.SizeNameText), s.Here, width-stepText-rungPad-6)
}

func (s Step) height(width float32) float32 {
	return stepLine + float32(len(s.words(width))-1)*(stepLine-5)
}

func (l *StageLadder) rungHeight(r Rung, width float32) float32 {
	h := 2*rungPad + rungLine + l.noteHeight(r, width)
	for _, s := range r.Steps {
		h += s.height(width)
	}
	return h
}

// HeightFor is the height at that width.
func (l *StageLadder) HeightFor(width float32) float32 {
	h := float32(4)
	for _, r := range l.rungs {
		h += l.rungHeight(r, width) + rungGap
	}
	return h
}

// CreateRenderer implements fyne.Widget.
func (l *StageLadder) CreateRenderer() fyne.WidgetRenderer {
	r := &ladderRenderer{l: l, ring: newRing()}
	r.Refresh()
	return r
}

type ladderRenderer struct {
	drawing
	l    *StageLadder
	ring *canvas.Rectangle
}

func (r *ladderRenderer) Destroy()                     {}
func (r *ladderRenderer) Objects() []fyne.CanvasObject { return append(r.objects, r.ring) }

func (r *ladderRenderer) MinSize() fyne.Size {
	return fyne.NewSize(220, r.l.HeightFor(max(r.l.Size().Width, 220)))
}

func (r *ladderRenderer) Layout(size fyne.Size) {
	r.build(size.Width)
	placeRing(r.ring, fyne.NewPos(0, 0), fyne.NewSize(size.Width, r.l.HeightFor(size.Width)))
}

func (r *ladderRenderer) box(x, y, w, h, stroke float32, fill, frame fyne.ThemeColorName) {
	r.addBox(x, y, w, h, fill, frame, stroke, look.Size(look.SizeRadius))
}

func (r *ladderRenderer) words(s string, style TextStyle, x, y float32) float32 {
	return x + r.addText(s, style.size(), style.Bold, style.colour(), x, y)
}

func (r *ladderRenderer) mark(s look.Status, x, y float32) { r.addIcon(s, x, y, 16) }

// build draws the rungs from the top, the highest stage first.
func (r *ladderRenderer) build(width float32) {
	r.begin()
	clear(r.l.at)
	y := float32(2)
	for i := len(r.l.rungs) - 1; i >= 0; i-- {
		rung := r.l.rungs[i]
		h := r.l.rungHeight(rung, width)
		r.rung(rung, y, width, h)
		y += h + rungGap
	}
}

func (r *ladderRenderer) rung(rung Rung, y, width, h float32) {
	here := false
	for _, s := range rung.Steps {
		here = here || s.Here
	}
	fill, frame := look.ColorCard, theme.ColorNameInputBorder
	if rung.Locked {
		fill = look.ColorUnknownTint
	}
	r.box(0, y, width, h, 1, fill, frame)
	if here { // the double frame
		r.box(0, y, width, h, 3, fill, theme.ColorNamePrimary)
		r.box(5, y+5, width-10, h-10, 1, fill, theme.ColorNamePrimary)
	}
	at := y + rungPad
	title := Strong
	x := rungPad + 4
	if rung.Locked {
		title.Color = look.ColorSecondary
		r.mark(look.Locked, x, at+2)
		x += 22
	}
	x = r.words(string(rune('0'+rung.Number))+"  "+rung.Title, title, x, at)
	if here {
		r.words("HERE", TextStyle{Bold: true, Color: theme.ColorNamePrimary}, x+12, at)
	}
	at += rungLine
	for _, line := range strings.Split(rung.Note, "\n") {
		if line == "" {
			continue
		}
		for _, part := range splitTo(line, look.Size(theme.SizeNameCaptionText), false, width-2*rungPad) {
			r.words(part, Caption, rungPad+4, at)
			at += textHeight(look.Size(theme.SizeNameCaptionText), false)
		}
	}
	for j := len(rung.Steps) - 1; j >= 0; j-- {
		r.step(rung.Steps[j], at, width)
		at += rung.Steps[j].height(width)
	}
}

func (r *ladderRenderer) step(s Step, y, width float32) {
	h := s.height(width)
	r.l.at[s.ID] = rungBox{y, h}
	if s.ID == r.l.cursor {
		r.box(rungPad, y, width-2*rungPad, h, 1, look.ColorSelectedRow, theme.ColorNamePrimary)
	}
	style, x := Body, rungPad+6
	switch {
	case s.Here:
		style = Strong
		r.mark(look.Info, x, y+4)
	case s.Done:
		r.mark(look.Ready, x, y+4)
	case s.Locked:
		style = Quiet
		r.mark(look.Locked, x, y+4)
	}
	r.words(s.ID, TextStyle{Bold: true, Color: style.Color}, x+24, y+2)
	for i, line := range s.words(width) {
		r.words(line, style, stepText, y+2+float32(i)*(stepLine-5))
	}
}

func (r *ladderRenderer) Refresh() {
	r.Layout(r.l.Size())
	paintRing(r.ring, r.l.focused)
	canvas.Refresh(r.l)
}
