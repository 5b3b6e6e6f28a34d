package kit

import "fyne.io/fyne/v2"

// Reveal scrolls so that the part of the content from y on, h high, is in
// view. y counts from the top of what SetContent was given.
func (f *FormScroll) Reveal(y, h float32) {
	top, view := f.scroll.Offset.Y, f.scroll.Size().Height
	y += formEdge
	switch {
	case y < top+8:
		f.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y-24)))
	case y+h > top+view-8:
		f.scroll.ScrollToOffset(fyne.NewPos(0, y+h-view+24))
	}
}

// LookingAt is where the sub-stage looked at stands in the ladder.
func (l *StageLadder) LookingAt() (y, h float32) {
	b := l.at[l.cursor]
	return b.y, b.h
}
