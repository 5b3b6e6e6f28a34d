package kit

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// Answer is an answer of a YesNoRow.
type Answer string

// The answers. NotAsked is a chosen answer, "U"; Unanswered is none at all.
const (
	Unanswered Answer = ""
	AnswerYes  Answer = "yes"
	AnswerNo   Answer = "no"
	NotAsked   Answer = "unknown"
)

// YesNoRow is one question of a list with the answers Yes, No and not asked.
// Y, N and U answer it and go to the next row; Backspace goes back to the row
// above and clears it; Left and Right change the answer; Enter goes on.
type YesNoRow struct {
	widget.BaseWidget
	base
	onePush
	// OnChanged is called with the new answer.
	OnChanged func(Answer)

	text    string
	hint    *Text
	words   *Text
	problem *Text
	answer  Answer
	above   *YesNoRow
}

// NewYesNoRow returns an unanswered question; hint may be "".
func NewYesNoRow(host Host, question, hint string) *YesNoRow {
	y := &YesNoRow{text: question, words: NewText(question, Body), hint: NewText(hint, Caption),
		problem: NewText("", TextStyle{Color: look.ColorStop})}
	y.host, y.self, y.name = host, y, question
	y.region = y
	y.hint.Hidden = hint == ""
	y.problem.Hide()
	y.ExtendBaseWidget(y)
	return y
}

// YesNoGroup makes rows one list, so that Backspace knows the row above.
func YesNoGroup(rows ...*YesNoRow) *fyne.Container {
	var objects []fyne.CanvasObject
	for i, r := range rows {
		if i > 0 {
			r.above = rows[i-1]
		}
		objects = append(objects, r)
	}
	return Stack(3, objects...)
}

// First implements Control.
func (y *YesNoRow) First() fyne.Focusable { return y }

// SetWrong implements Control.
func (y *YesNoRow) SetWrong(wrong bool) {
	if y.wrong != wrong {
		y.wrong = wrong
		y.Refresh()
	}
}

// SetProblem shows the sentence above the row, or takes it away.
func (y *YesNoRow) SetProblem(text string) {
	if text == y.problem.Text() {
		return
	}
	y.problem.SetText(text)
	y.problem.Hidden = text == ""
	y.wrong = text != ""
	y.Refresh()
	y.host.Relayout()
}

// Problem returns the sentence shown, or "".
func (y *YesNoRow) Problem() string { return y.problem.Text() }

// Answer returns the answer.
func (y *YesNoRow) Answer() Answer { return y.answer }

// Put shows an answer from the model; OnChanged is not called.
func (y *YesNoRow) Put(a Answer) {
	if y.answer != a {
		y.answer = a
		y.Refresh()
	}
}

// set takes an answer. The same answer given again is told too: it was asked
// again today.
func (y *YesNoRow) set(a Answer) {
	used()
	y.answer = a
	y.Refresh()
	if y.OnChanged != nil {
		y.OnChanged(a)
	}
}

// TypedRune implements fyne.Focusable.
func (y *YesNoRow) TypedRune(r rune) {
	Stir()
	a, ok := map[rune]Answer{'y': AnswerYes, 'n': AnswerNo, 'u': NotAsked}[unicode.ToLower(r)]
	if !ok || !y.take() {
		return
	}
	y.set(a)
	// At once, not after the frame: the next key may already be waiting, and it
	// answers the next question.
	if y.focused {
		jump(y)
	}
}

var answers = []Answer{AnswerYes, AnswerNo, NotAsked}

func (y *YesNoRow) at() int {
	for i, a := range answers {
		if a == y.answer {
			return i
		}
	}
	return -1
}

// TypedKey implements fyne.Focusable.
func (y *YesNoRow) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyRight:
		y.set(answers[min(y.at()+1, len(answers)-1)])
	case fyne.KeyLeft:
		y.set(answers[max(y.at()-1, 0)])
	case fyne.KeyDelete:
		y.set(Unanswered)
	case fyne.KeyBackspace:
		if y.above == nil {
			y.set(Unanswered)
			return
		}
		above := y.above
		Focus(above)
		above.set(Unanswered)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !fromHabit(y) {
			Next(y)
		}
	default:
		y.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (y *YesNoRow) TypedShortcut(s fyne.Shortcut) { y.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (y *YesNoRow) FocusGained() { y.gained(); y.Refresh() }

// FocusLost implements fyne.Focusable.
func (y *YesNoRow) FocusLost() { y.lost(); y.Refresh() }

// Tapped implements fyne.Tappable.
func (y *YesNoRow) Tapped(p *fyne.PointEvent) {
	Stir()
	Focus(y)
	for i, b := range y.boxes(y.Size().Width) {
		if p.Position.X >= b.x && p.Position.X <= b.x+b.w {
			y.set(answers[i])
		}
	}
}

// The three answers stand in fixed columns so that the eye runs down them.
const (
	yesNoChip  = float32(76)
	yesNoMark  = float32(22)
	yesNoWords = float32(560)
)

var yesNoLabels = []string{"Y  Yes", "N  No", "U  Not asked"}

func (y *YesNoRow) boxes(width float32) []chipBox {
	x := y.wordsWidth(width) + yesNoMark + 12
	var out []chipBox
	for i := range answers {
		w := yesNoChip
		if i == 2 {
			w += 36
		}
		out = append(out, chipBox{x, 0, w})
		x += w + chipGap
	}
	return out
}

func (y *YesNoRow) wordsWidth(width float32) float32 {
	chips := 3*yesNoChip + 36 + 2*chipGap
	return min(yesNoWords, max(120, width-chips-yesNoMark-12))
}

func (y *YesNoRow) rowHeight(width float32) float32 {
	w := y.wordsWidth(width)
	h := y.words.HeightFor(w)
	if y.hint.Visible() {
		h += y.hint.HeightFor(w)
	}
	return max(h, chipHeight)
}

func (y *YesNoRow) problemHeight(width float32) float32 {
	if !y.problem.Visible() {
		return 0
	}
	return y.problem.HeightFor(width-yesNoMark) + 6
}

// HeightFor is the height at that width.
func (y *YesNoRow) HeightFor(width float32) float32 {
	return y.problemHeight(width) + y.rowHeight(width)
}

// CreateRenderer implements fyne.Widget.
func (y *YesNoRow) CreateRenderer() fyne.WidgetRenderer {
	r := &yesNoRenderer{y: y, ring: newRing(), mark: canvas.NewImageFromResource(look.Unknown.Icon())}
	for range answers {
		r.chips = append(r.chips, newChip())
	}
	r.Refresh()
	return r
}

type yesNoRenderer struct {
	y     *YesNoRow
	ring  *canvas.Rectangle
	mark  *canvas.Image
	chips []*chip
}

func (r *yesNoRenderer) Destroy() {}

func (r *yesNoRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.y.problem, r.mark, r.y.words, r.y.hint}
	for _, c := range r.chips {
		out = append(out, c.box, c.text)
	}
	return append(out, r.ring)
}

func (r *yesNoRenderer) MinSize() fyne.Size {
	w := max(r.y.Size().Width, 460)
	return fyne.NewSize(460, r.y.HeightFor(w))
}

func (r *yesNoRenderer) Layout(size fyne.Size) {
	y := r.y
	top := y.problemHeight(size.Width)
	if top > 0 {
		y.problem.Move(fyne.NewPos(yesNoMark, 0))
		y.problem.Resize(fyne.NewSize(size.Width-yesNoMark, top-6))
	}
	h := y.rowHeight(size.Width)
	w := y.wordsWidth(size.Width)
	r.mark.Move(fyne.NewPos(0, top+(h-16)/2))
	r.mark.Resize(fyne.NewSize(16, 16))
	textH := y.words.HeightFor(w)
	hintH := float32(0)
	if y.hint.Visible() {
		hintH = y.hint.HeightFor(w)
	}
	at := top + (h-textH-hintH)/2
	y.words.Move(fyne.NewPos(yesNoMark, at))
	y.words.Resize(fyne.NewSize(w, textH))
	y.hint.Move(fyne.NewPos(yesNoMark, at+textH))
	y.hint.Resize(fyne.NewSize(w, hintH))
	right := float32(0)
	for i, b := range y.boxes(size.Width) {
		b.y = top + (h-chipHeight)/2
		r.chips[i].place(b)
		right = b.x + b.w
	}
	placeRing(r.ring, fyne.NewPos(0, top), fyne.NewSize(right, h))
}

func (r *yesNoRenderer) Refresh() {
	y := r.y
	for i, a := range answers {
		r.chips[i].paint(yesNoLabels[i], a == y.answer, y.wrong && y.answer == Unanswered)
	}
	switch {
	case y.problem.Visible():
		setIcon(r.mark, look.Icon("triangle", look.ColorStop))
	case y.answer == Unanswered || y.answer == NotAsked: // both are open
		setIcon(r.mark, look.Unknown.Icon())
	default:
		setIcon(r.mark, look.Icon("tick", look.ColorSecondary))
	}
	y.words.SetStyle(TextStyle{Bold: y.answer == AnswerYes, Color: theme.ColorNameForeground})
	r.Layout(y.Size())
	paintRing(r.ring, y.focused)
}
