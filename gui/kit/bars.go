package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"backtobar/gui/look"
)

// BarAction is a button of an ActionBar.
type BarAction struct {
	Text, Key string
	Do        func()
}

// ActionBar is the row of buttons under a form, always in the same place: the
// main action first in the Tab order, the others, then the count of problems.
type ActionBar struct {
	// Box is what stands in the window.
	Box     *fyne.Container
	host    Host
	main    *Button
	more    []*Button
	problem *Button
	row     *fyne.Container
}

// NewActionBar returns an empty bar.
func NewActionBar(host Host) *ActionBar {
	a := &ActionBar{host: host}
	a.row = Inline(10)
	bg := canvas.NewRectangle(look.Color(look.ColorCard))
	line := ruleLine()
	a.Box = container.New(&actionBarLayout{}, bg, line, a.row)
	return a
}

// Set shows the actions. Actions without Do are left out; so are empty
// problems. The keyboard stays on a button that is still there.
func (a *ActionBar) Set(main BarAction, more []BarAction, problems string, onProblems func()) {
	var keep []fyne.CanvasObject
	if main.Do != nil {
		if a.main == nil {
			a.main = NewMainButton(a.host, "", "", nil)
		}
		put(a.main, main)
		keep = append(keep, a.main)
	}
	n := 0
	for _, m := range more {
		if m.Do == nil {
			continue
		}
		if n == len(a.more) {
			a.more = append(a.more, NewButton(a.host, "", "", nil))
		}
		put(a.more[n], m)
		keep = append(keep, a.more[n])
		n++
	}
	if problems != "" {
		if a.problem == nil {
			a.problem = NewButton(a.host, "", "", nil)
		}
		put(a.problem, BarAction{problems, "F8", onProblems})
		keep = append(keep, a.problem)
	}
	a.row.Objects = keep
	a.row.Refresh()
	a.Box.Refresh()
}

func put(b *Button, a BarAction) {
	b.onPress = a.Do
	if b.text != a.Text || b.key != a.Key {
		b.SetText(a.Text, a.Key)
	}
}

// Main returns the main button, or nil.
func (a *ActionBar) Main() fyne.Focusable {
	if a.main == nil || len(a.row.Objects) == 0 || a.row.Objects[0] != fyne.CanvasObject(a.main) {
		return nil
	}
	return a.main
}

type actionBarLayout struct{}

const actionBarHeight = float32(50)

func (actionBarLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Resize(fyne.NewSize(size.Width, 1))
	o[2].Move(fyne.NewPos(16, 0))
	o[2].Resize(fyne.NewSize(size.Width-32, size.Height))
}

func (actionBarLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, actionBarHeight)
}

// StatusBar is the last line of the window: at the left the last thing that
// happened, at the right who is working.
type StatusBar struct {
	// Box is what stands in the window.
	Box         *fyne.Container
	left, right *Text
}

// NewStatusBar returns an empty status bar.
func NewStatusBar() *StatusBar {
	s := &StatusBar{left: NewLabel("", Caption), right: NewLabel("", Caption)}
	bg := canvas.NewRectangle(look.Color(look.ColorTableHeader))
	s.Box = container.New(&statusLayout{}, bg, s.left, s.right)
	return s
}

// Say shows what happened last; it stays.
func (s *StatusBar) Say(text string) { s.left.SetText(text); s.Box.Refresh() }

// Said returns what is shown.
func (s *StatusBar) Said() string { return s.left.Text() }

// SetPerson shows who is working.
func (s *StatusBar) SetPerson(text string) { s.right.SetText(text); s.Box.Refresh() }

type statusLayout struct{}

func (statusLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	l, r := o[1].MinSize(), o[2].MinSize()
	o[1].Move(fyne.NewPos(16, (size.Height-l.Height)/2))
	o[1].Resize(l)
	o[2].Move(fyne.NewPos(size.Width-r.Width-16, (size.Height-r.Height)/2))
	o[2].Resize(r)
}

func (statusLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 24) }

// NoticeBar shows at most two notices, the newest on top. A notice stays until
// it is dismissed or pushed out.
type NoticeBar struct {
	// Box is what stands in the window.
	Box  *fyne.Container
	host Host
}

// NewNoticeBar returns an empty notice bar.
func NewNoticeBar(host Host) *NoticeBar {
	return &NoticeBar{Box: Stack(0), host: host}
}

// Show adds a notice. Each action's button also dismisses it.
func (n *NoticeBar) Show(s look.Status, text string, actions ...BarAction) {
	icon := canvas.NewImageFromResource(s.Icon())
	words := NewText(text, TextStyle{Color: s.Text(), Bold: true})
	objects := []fyne.CanvasObject{canvas.NewRectangle(look.Color(s.Tint())), icon, words}
	var row *fyne.Container
	dismiss := func() { n.remove(row) }
	for _, a := range actions {
		do := a.Do
		objects = append(objects, NewButton(n.host, a.Text, a.Key, func() {
			dismiss()
			if do != nil {
				do()
			}
		}))
	}
	objects = append(objects, NewButton(n.host, "Dismiss", "", dismiss))
	row = container.New(&noticeLayout{}, objects...)
	n.Box.Objects = append([]fyne.CanvasObject{row}, n.Box.Objects...)
	if len(n.Box.Objects) > 2 {
		n.Box.Objects = n.Box.Objects[:2]
	}
	n.Box.Refresh()
	n.host.Relayout()
}

// Clear takes every notice away.
func (n *NoticeBar) Clear() { n.Box.Objects = nil; n.Box.Refresh(); n.host.Relayout() }

func (n *NoticeBar) remove(row fyne.CanvasObject) {
	n.Box.Remove(row)
	n.host.Relayout()
}

type noticeLayout struct{}

func (noticeLayout) buttons(o []fyne.CanvasObject) float32 {
	w := float32(0)
	for _, b := range o[3:] {
		w += b.MinSize().Width + 8
	}
	return w
}

func (l noticeLayout) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return max(40, HeightFor(o[2], width-l.buttons(o)-60)+16)
}

func (l noticeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Move(fyne.NewPos(16, (size.Height-20)/2))
	o[1].Resize(fyne.NewSize(20, 20))
	w := size.Width - l.buttons(o) - 60
	h := HeightFor(o[2], w)
	o[2].Move(fyne.NewPos(44, (size.Height-h)/2))
	o[2].Resize(fyne.NewSize(w, h))
	x := size.Width - l.buttons(o) - 8
	for _, b := range o[3:] {
		m := b.MinSize()
		b.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		b.Resize(m)
		x += m.Width + 8
	}
}

func (l noticeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, max(40, HeightFor(o[2], 600)+16))
}
