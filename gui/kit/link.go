package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// link is a few words that a click carries out. It takes no keyboard.
type link struct {
	widget.BaseWidget
	words *Text
	do    func()
}

func newLink(text string, do func()) *link {
	l := &link{words: NewLabel(text, TextStyle{Size: theme.SizeNameCaptionText, Color: theme.ColorNameHyperlink, Bold: true}), do: do}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped implements fyne.Tappable.
func (l *link) Tapped(*fyne.PointEvent) { l.do() }

// Cursor implements desktop.Cursorable.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (l *link) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.words) }
