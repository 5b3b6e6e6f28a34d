package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backtobar/domain/clinic"
	rules "backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// signedPage shows a signed screen for reading: who signed what, what to do,
// what therapists have put on record about it, and every answer.
type signedPage struct {
	scroll *kit.FormScroll
	// The ways on. Those that lead nowhere for this screen are not shown.
	again, resign, found, clear, override, withdraw *kit.Button
	// first is where the keyboard starts.
	first *kit.Button
}

// signedActions are what the buttons of a signedPage do.
type signedActions struct{ again, resign, found, clear, override, withdraw func() }

func newSignedPage(host kit.Host, do signedActions) *signedPage {
	p := &signedPage{scroll: kit.NewFormScroll(host)}
	p.again = kit.NewButton(p.scroll, "Screen again", "", do.again)
	p.resign = kit.NewButton(p.scroll, "Sign again…", "", do.resign)
	p.found = kit.NewButton(p.scroll, "Record medical finding…", "", do.found)
	p.clear = kit.NewButton(p.scroll, "Record clearance…", "", do.clear)
	p.override = kit.NewButton(p.scroll, "Override…", "", do.override)
	p.withdraw = kit.NewButton(p.scroll, "Withdraw…", "", do.withdraw)
	p.first = p.again
	return p
}

// ways are the buttons that lead somewhere, the likeliest first.
func (p *signedPage) ways(now clinic.Current) []fyne.CanvasObject {
	var out []*kit.Button
	switch {
	case now.Resign != "":
		out = append(out, p.resign)
	default:
		if len(now.Clearable) > 0 {
			out = append(out, p.clear)
		}
	}
	if now.Stopped != nil && now.Resign == "" {
		out = append(out, p.found)
	}
	out = append(out, p.again)
	if now.Resign == "" && len(now.Overridable) > 0 {
		out = append(out, p.override)
	}
	if len(now.Rulings) > 0 {
		out = append(out, p.withdraw)
	}
	p.first = out[0]
	objects := make([]fyne.CanvasObject, len(out))
	for i, b := range out {
		objects[i] = b
	}
	return objects
}

// standing is what counts beside the answers, and why nothing may be overridden.
func standingLines(r *rules.Rules, now clinic.Current) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if now.Resign != "" {
		out = append(out, kit.StatusLine(look.Attention, now.Resign))
	}
	if now.OpenStop != "" {
		out = append(out, kit.StatusLine(look.Stop, now.OpenStop))
	}
	if text := now.Count.Text(); now.Count.Warned() {
		status := look.Attention
		if now.Count.Blocked() {
			status = look.Stop
		}
		out = append(out, kit.StatusLine(status, text))
	}
	for _, x := range now.Rulings {
		out = append(out, kit.StatusLine(look.Chosen, ruled(r, x)))
	}
	for _, text := range now.Lapsed {
		out = append(out, kit.StatusLine(look.Hold, text))
	}
	if now.NoOverride != "" {
		out = append(out, kit.StatusLine(look.Locked, now.NoOverride))
	}
	return out
}

func (p *signedPage) show(m *model, now clinic.Current, all []clinic.Ruling) {
	x := now.Explanation
	v := page.VerdictOf(x, m.today)
	status, word := v.Status, v.Word
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
			kit.NewText(signedWords(now.Screen.Signature)+rescoredWords(now.Screen), kit.Quiet)),
		kit.Panel(status.Tint(), status.Border(), 12, kit.Stack(6, result...)),
		kit.Inline(10, p.ways(now)...),
	}
	if lines := standingLines(m.rules, now); len(lines) > 0 {
		parts = append(parts, kit.Stack(4, lines...))
	}
	for _, ch := range summary(m.fields, now.Screen.Answers) {
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
	if lines := history(m.rules, all); len(lines) > 0 {
		var rows [][]kit.Cell
		for _, l := range lines {
			rows = append(rows, kit.Row(kit.Span(3, kit.NewText(l.label, kit.Quiet)), kit.Span(9, kit.NewText(l.value, kit.Body))))
		}
		parts = append(parts, kit.Card(kit.Stack(8, kit.NewText("On record", kit.Title), kit.Grid(rows...))))
	}
	p.scroll.SetContent(kit.Stack(16, parts...))
}
