package kit

import (
	"fmt"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backtobar/gui/look"
)

// VerdictPanel shows a decision beside the answers: what it is, every reason
// with the value found and the goal, what is missing, what to measure next, what
// would change it, and which rules decided. Its reasons take the keyboard; Enter
// goes to the answer that caused one, Space opens its details.
type VerdictPanel struct {
	widget.BaseWidget
	// OnJump is called with VerdictReason.Field.
	OnJump func(field string)

	host  Host
	shown Verdict
	// painted: shown is what the widgets say.
	painted bool
	band    *fyne.Container
	form    *FormScroll
	body    *fyne.Container
	rows    []*reasonRow
	foot    *fyne.Container
	// opened are the reasons whose details show, by title, so that they stay
	// open while answers change.
	opened map[string]bool
}

// NewVerdictPanel returns an empty panel.
func NewVerdictPanel(host Host) *VerdictPanel {
	v := &VerdictPanel{host: host, body: Stack(6), band: Stack(0), opened: map[string]bool{}}
	v.form = NewFormScroll(host)
	v.form.SetContent(v.body)
	v.foot = Stack(2)
	v.ExtendBaseWidget(v)
	return v
}

// Verdict is a decision in words, ready to show.
type Verdict struct {
	// Status is the silhouette, Word its name: "Build first".
	Status look.Status
	Word   string
	// Headline is one sentence.
	Headline string
	// Leaning says where an incomplete screen is heading, or "".
	Leaning string
	// Reasons in the fixed reading order.
	Reasons []VerdictReason
	// Missing is how many answers are missing.
	Missing int
	// Next is the cheapest next measurement, or "".
	Next string
	// Changes are at most two nearest changes that would alter the result.
	Changes []string
	// Rules names the rules that decided.
	Rules string
}

// VerdictReason is one reason of a Verdict.
type VerdictReason struct {
	// Status is the silhouette, Word its name: "Not met".
	Status look.Status
	Word   string
	// Title names the item, Value is what was found, Goal what is needed, in
	// words. Value and Goal may be "".
	Title, Value, Goal string
	// Why is the reason behind the rule and its source, or "".
	Why string
	// Details are everything that is known of the reason, line by line; they
	// show when the reason is opened.
	Details []VerdictDetail
	// Field is the answer that Enter goes to.
	Field string
}

// VerdictDetail is one labelled line of the details of a reason.
type VerdictDetail struct{ Label, Text string }

// SetVerdict shows a decision.
func (v *VerdictPanel) SetVerdict(e Verdict) {
	if v.painted && reflect.DeepEqual(e, v.shown) {
		return
	}
	v.shown, v.painted = e, true
	icon := canvas.NewImageFromResource(e.Status.Icon())
	icon.SetMinSize(fyne.NewSize(28, 28))
	words := Stack(1,
		NewText(e.Word, TextStyle{Size: theme.SizeNameSubHeadingText, Bold: true, Color: e.Status.Text()}),
		NewText(e.Headline, TextStyle{Color: e.Status.Text()}))
	v.band.Objects = []fyne.CanvasObject{Panel(e.Status.Tint(), e.Status.Border(), 10, container.New(&lead{28, 10}, icon, words))}

	var body []fyne.CanvasObject
	if e.Leaning != "" {
		body = append(body, NewText(e.Leaning, Strong), space(4))
	}
	body = append(body, NewText("Why", partTitle))
	for i, r := range e.Reasons {
		if i == len(v.rows) {
			v.rows = append(v.rows, newReasonRow(v))
		}
		v.rows[i].set(r)
		body = append(body, v.rows[i])
	}
	if len(e.Reasons) == 0 {
		body = append(body, NewText("Nothing was answered yet.", Quiet))
	}
	if e.Missing > 0 {
		body = append(body, space(6), NewText("Missing: "+count(e.Missing, "answer"), Strong))
	}
	if e.Next != "" {
		body = append(body, space(6), NewText("Measure next", partTitle), NewText(e.Next, Body))
	}
	if len(e.Changes) > 0 {
		body = append(body, space(6), NewText("What would change it", partTitle))
		for _, c := range e.Changes {
			body = append(body, NewText(c, Body))
		}
	}
	v.body.Objects = body
	v.foot.Objects = []fyne.CanvasObject{
		NewText("Advice for the therapist. You decide.", Strong),
		NewText("Rules "+e.Rules, Caption),
	}
	v.Refresh()
	v.form.Relayout()
}

var partTitle = TextStyle{Bold: true, Color: look.ColorSecondary}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// space is empty height.
func space(h float32) fyne.CanvasObject {
	b := blank()
	b.SetMinSize(fyne.NewSize(1, h))
	return b
}

// Verdict returns what is shown.
func (v *VerdictPanel) Verdict() Verdict { return v.shown }

// Glance is the panel in one line.
func (v *VerdictPanel) Glance() (look.Status, string) {
	return v.shown.Status, v.shown.Word + ". " + v.shown.Headline
}

// FocusFirst gives the keyboard to the first reason.
func (v *VerdictPanel) FocusFirst() {
	if len(v.shown.Reasons) > 0 {
		Focus(v.rows[0])
	}
}

// CreateRenderer implements fyne.Widget.
func (v *VerdictPanel) CreateRenderer() fyne.WidgetRenderer {
	bg := canvas.NewRectangle(look.Color(look.ColorCard))
	r := &verdictRenderer{v, bg, ruleLine()}
	again(r, v.Size())
	return r
}

type verdictRenderer struct {
	v        *VerdictPanel
	bg, line *canvas.Rectangle
}

func (r *verdictRenderer) Destroy() {}

func (r *verdictRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bg, r.line, r.v.band, r.v.form, r.v.foot}
}

func (r *verdictRenderer) MinSize() fyne.Size { return fyne.NewSize(280, 200) }

func (r *verdictRenderer) Layout(size fyne.Size) {
	r.bg.Resize(size)
	r.line.Resize(fyne.NewSize(1, size.Height))
	const edge = float32(14)
	w := size.Width - 2*edge
	top := HeightFor(r.v.band, w)
	r.v.band.Move(fyne.NewPos(edge, edge))
	r.v.band.Resize(fyne.NewSize(w, top))
	foot := HeightFor(r.v.foot, w)
	r.v.foot.Move(fyne.NewPos(edge, size.Height-foot-10))
	r.v.foot.Resize(fyne.NewSize(w, foot))
	y := edge + top
	r.v.form.Move(fyne.NewPos(0, y))
	r.v.form.Resize(fyne.NewSize(size.Width, size.Height-foot-16-y))
}

func (r *verdictRenderer) Refresh() {
	r.Layout(r.v.Size())
	refreshAll(r.Objects())
}

// lead puts an icon before something that takes the rest of the width.
type lead struct{ icon, gap float32 }

func (l *lead) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return max(l.icon, HeightFor(o[1], width-l.icon-l.gap))
}

func (l *lead) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := HeightFor(o[1], size.Width-l.icon-l.gap)
	o[0].Move(fyne.NewPos(0, 1))
	o[0].Resize(fyne.NewSize(l.icon, l.icon))
	o[1].Move(fyne.NewPos(l.icon+l.gap, max(0, (size.Height-h)/2)))
	o[1].Resize(fyne.NewSize(size.Width-l.icon-l.gap, h))
}

func (l *lead) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.icon+l.gap+60, l.HeightFor(o, l.icon+l.gap+180))
}

// reasonRow is one reason: silhouette, name, their value, the goal in words.
type reasonRow struct {
	widget.BaseWidget
	base
	panel  *VerdictPanel
	reason VerdictReason
	icon   *canvas.Image
	title  *Text
	value  *Text
	goal   *Text
	why    *Text
	// more says whether the details show; they take the place of why.
	more    *Text
	details *fyne.Container
}

func newReasonRow(v *VerdictPanel) *reasonRow {
	r := &reasonRow{panel: v, icon: canvas.NewImageFromResource(look.Unknown.Icon()),
		title: NewText("", Strong), value: NewText("", Body), goal: NewText("", Caption), why: NewText("", Caption), more: NewLabel("", linkStyle), details: Stack(3)}
	r.host, r.self = v.form, r
	r.region = r
	r.ExtendBaseWidget(r)
	return r
}

func (r *reasonRow) set(x VerdictReason) {
	r.reason = x
	setIcon(r.icon, x.Status.Icon())
	r.name = x.Title + ", " + x.Word
	r.title.SetText(x.Title)
	value := x.Word
	if x.Value != "" {
		value = x.Value
	}
	goal := x.Goal
	style := TextStyle{Color: x.Status.Text(), Bold: true}
	if x.Status == look.Ready {
		// What is met takes one line, so that what is not stays in sight.
		style = TextStyle{Color: x.Status.Text(), Size: theme.SizeNameCaptionText}
		if goal != "" {
			value, goal = value+". "+goal, ""
		}
	}
	r.value.SetText(value)
	r.value.SetStyle(style)
	r.goal.SetText(goal)
	r.goal.Hidden = goal == ""
	r.why.SetText(x.Why)
	r.arrange()
}

// linkStyle is a word that can be pressed.
var linkStyle = TextStyle{Size: theme.SizeNameCaptionText, Color: theme.ColorNamePrimary}

// open reports whether the details show.
func (r *reasonRow) open() bool { return r.panel.opened[r.reason.Title] && len(r.reason.Details) > 0 }

// arrange shows the details or the short reason.
func (r *reasonRow) arrange() {
	r.more.Hidden = len(r.reason.Details) == 0
	r.why.Hidden = r.reason.Why == "" || r.open()
	r.details.Hidden = !r.open()
	r.details.Objects = nil
	r.more.SetText("Details")
	if r.open() {
		r.more.SetText("Less")
		for _, d := range r.reason.Details {
			r.details.Add(Stack(0, NewText(d.Label, TextStyle{Size: theme.SizeNameCaptionText, Bold: true, Color: look.ColorSecondary}),
				NewText(d.Text, TextStyle{Size: theme.SizeNameCaptionText})))
		}
	}
	r.Refresh()
}

// toggle opens or closes the details.
func (r *reasonRow) toggle() {
	if len(r.reason.Details) == 0 {
		return
	}
	r.panel.opened[r.reason.Title] = !r.panel.opened[r.reason.Title]
	r.arrange()
	r.panel.form.Relayout()
	y := r.Position().Y
	r.panel.form.Reveal(y, min(r.Size().Height, r.panel.form.Size().Height-60))
}

// TypedRune implements fyne.Focusable.
func (r *reasonRow) TypedRune(c rune) {
	Stir()
	if c == ' ' { // as a Button: the letter acts, not the key before it
		r.toggle()
	}
}

// TypedKey implements fyne.Focusable.
func (r *reasonRow) TypedKey(k *fyne.KeyEvent) {
	Stir()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		r.Tapped(nil)
	case fyne.KeySpace:
	case fyne.KeyF1:
		r.toggle()
	case fyne.KeyDown:
		Next(r)
	case fyne.KeyUp:
		Previous(r)
	default:
		r.host.HandleKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (r *reasonRow) TypedShortcut(s fyne.Shortcut) { r.host.HandleShortcut(s) }

// FocusGained implements fyne.Focusable.
func (r *reasonRow) FocusGained() { r.gained(); r.Refresh() }

// FocusLost implements fyne.Focusable.
func (r *reasonRow) FocusLost() { r.lost(); r.Refresh() }

// Tapped implements fyne.Tappable.
func (r *reasonRow) Tapped(e *fyne.PointEvent) {
	Stir()
	if e != nil && r.more.Visible() && e.Position.Y < r.title.Position().Y+r.title.Size().Height+4 && e.Position.X > r.more.Position().X-8 {
		r.toggle()
		return
	}
	if r.panel.OnJump != nil && r.reason.Field != "" {
		r.panel.OnJump(r.reason.Field)
	}
}

const reasonIcon = float32(18)

// HeightFor is the height at that width.
func (r *reasonRow) HeightFor(width float32) float32 {
	w := width - reasonIcon - 8
	h := r.title.HeightFor(w-r.moreWidth()) + r.value.HeightFor(w) + 6
	for _, t := range []*Text{r.goal, r.why} {
		if t.Visible() {
			h += t.HeightFor(w)
		}
	}
	if r.details.Visible() {
		h += HeightFor(r.details, w) + 4
	}
	return h
}

// moreWidth is what the word that opens the details takes from the title.
func (r *reasonRow) moreWidth() float32 {
	if !r.more.Visible() {
		return 0
	}
	return r.more.MinSize().Width + 8
}

// CreateRenderer implements fyne.Widget.
func (r *reasonRow) CreateRenderer() fyne.WidgetRenderer {
	o := &reasonRenderer{r, newRing()}
	again(o, r.Size())
	paintRing(o.ring, r.focused)
	return o
}

type reasonRenderer struct {
	r    *reasonRow
	ring *canvas.Rectangle
}

func (o *reasonRenderer) Destroy() {}

func (o *reasonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{o.r.icon, o.r.title, o.r.value, o.r.goal, o.r.why, o.r.more, o.r.details, o.ring}
}

func (o *reasonRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, o.r.HeightFor(max(o.r.Size().Width, 240)))
}

func (o *reasonRenderer) Layout(size fyne.Size) {
	o.r.icon.Move(fyne.NewPos(0, 3))
	o.r.icon.Resize(fyne.NewSize(reasonIcon, reasonIcon))
	x, w, y := reasonIcon+8, size.Width-reasonIcon-8, float32(2)
	more := o.r.moreWidth()
	o.r.more.Move(fyne.NewPos(size.Width-more+4, y+2))
	o.r.more.Resize(o.r.more.MinSize())
	for _, t := range []*Text{o.r.title, o.r.value, o.r.goal, o.r.why} {
		if !t.Visible() {
			continue
		}
		w := w
		if t == o.r.title {
			w -= more
		}
		h := t.HeightFor(w)
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(w, h))
		y += h
	}
	if o.r.details.Visible() {
		o.r.details.Move(fyne.NewPos(x, y+4))
		o.r.details.Resize(fyne.NewSize(w, HeightFor(o.r.details, w)))
	}
	placeRing(o.ring, fyne.NewPos(0, 0), size)
}

func (o *reasonRenderer) Refresh() {
	o.Layout(o.r.Size())
	paintRing(o.ring, o.r.focused)
	refreshAll(o.Objects())
}
