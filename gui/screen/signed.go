package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// signedPage shows a signed screen for reading: who signed what, what to do,
// and every answer.
type signedPage struct {
	scroll *kit.FormScroll
	again  *kit.Button
}

func newSignedPage(host kit.Host, again func()) *signedPage {
	p := &signedPage{scroll: kit.NewFormScroll(host)}
	p.again = kit.NewButton(p.scroll, "Screen again", "", again)
	return p
}

func (p *signedPage) show(fields []field, now clinic.Current) {
	x := now.Explanation
	status, word := page.OutcomeStatus(x.Decision.Outcome)
	icon := canvas.NewImageFromResource(status.Icon())
	icon.SetMinSize(fyne.NewSize(28, 28))
	colour := kit.TextStyle{Color: status.Text(), Bold: true}
	result := []fyne.CanvasObject{
		kit.Inline(10, icon, kit.NewLabel(word, kit.TextStyle{Size: kit.Title.Size, Color: status.Text(), Bold: true})),
		kit.NewText(x.Headline, colour),
	}
	if text := whatToDo(x.Decision.Outcome); text != "" {
		result = append(result, kit.NewText(text, colour))
	}
	parts := []fyne.CanvasObject{
		kit.Stack(4, kit.NewText("Readiness screen", kit.Heading),
			kit.NewText(signedWords(now.Screen.Signature), kit.Quiet)),
		kit.Panel(status.Tint(), status.Border(), 12, kit.Stack(6, result...)),
		kit.Inline(10, p.again),
	}
	for _, ch := range summary(fields, now.Screen.Answers) {
		var rows [][]kit.Cell
		for _, l := range ch.lines {
			style := kit.Body
			if l.value == "Yes" {
				style = kit.Strong
			}
			rows = append(rows, kit.Row(kit.Span(7, kit.NewText(l.label, kit.Quiet)), kit.Span(5, kit.NewText(l.value, style))))
		}
		parts = append(parts, kit.Card(kit.Stack(8, kit.NewText(ch.title, kit.Title), kit.Grid(rows...))))
	}
	p.scroll.SetContent(kit.Stack(16, parts...))
}
