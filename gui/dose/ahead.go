package dose

import (
	"fmt"

	"fyne.io/fyne/v2"

	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// assumptions are the columns of the preview.
var assumptions = []struct {
	how         course.Assumption
	title, text string
}{
	{course.AsPrescribed, "As planned", "All done, effort at its ceiling, pain as before."},
	{course.Hard, "Hard", "All done, effort one above its ceiling."},
	{course.Painful, "Painful", "Pain at the limit, and more the next day."},
}

// ahead are the words of one session of a preview: what is done, and the action.
func ahead(n int, a course.Ahead) (what, action string) {
	s := a.Suggestion
	what = fmt.Sprintf("%d  No lifting", n)
	if s.Lifts() {
		what = fmt.Sprintf("%d  %s: %s", n, s.SubStage, WorkWords(course.Work{Sets: s.Work.Sets, Reps: s.Work.Reps, Seconds: s.Work.Seconds, Load: s.Work.Load}))
	}
	return what, titles[s.Action]
}

// WhatIf shows the next sessions as they would be suggested if those before go
// as planned, hard, or with pain. It changes nothing; another dose can be chosen
// from there.
func (d Desk) WhatIf(c clinic.Chart, place program.Where) {
	columns := make([][]course.Ahead, len(assumptions))
	rows := 0
	var heads []kit.Cell
	for i, x := range assumptions {
		list, err := d.Service.PreviewSessions(d.Host.Context(), c.Patient.ID, place, x.how)
		if err != nil {
			d.Host.Notify(look.Stop, "There is no preview. "+clinic.Sentence(err))
			return
		}
		columns[i], rows = list, max(rows, len(list))
		heads = append(heads, kit.Span(4, kit.Stack(2, kit.NewText(x.title, kit.Strong), kit.NewText(x.text, kit.Caption))))
	}
	grid := [][]kit.Cell{kit.Row(heads...)}
	for n := range rows {
		var cells []kit.Cell
		for _, list := range columns {
			cell := kit.Stack(1)
			if n < len(list) {
				what, action := ahead(n+1, list[n])
				cell.Objects = []fyne.CanvasObject{kit.NewText(what, kit.Body), kit.NewText(action, kit.Caption)}
			}
			cells = append(cells, kit.Span(4, cell))
		}
		grid = append(grid, kit.Row(cells...))
	}
	title := "What if? The next sessions in the clinic"
	if place == program.AtHome {
		title = "What if? The next sessions at home"
	}
	sheet := &kit.Sheet{Title: title, Main: "Choose another dose", Width: 940, Body: kit.Stack(10, kit.Grid(grid...),
		kit.NewText("Each column takes every suggestion and goes on the same way. The screen stays as it counts today. Nothing is changed.", kit.Quiet))}
	sheet.Do = func() bool {
		sheet.Close()
		d.Change(c, place)
		return false
	}
	sheet.Show(d.Host.Router(), d.Host.Canvas())
}
