package dose

import (
	"fyne.io/fyne/v2"

	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/program"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// status is the silhouette of an action.
func status(a course.Action) look.Status {
	switch a {
	case course.ActionRefer:
		return look.Stop
	case course.ActionRescreen, course.ActionRest, course.ActionWait:
		return look.Hold
	case course.ActionBack, course.ActionLighter, course.ActionDeload:
		return look.Build
	case course.ActionRepeat, course.ActionStart:
		return look.Info
	}
	return look.Ready
}

// Card shows the advice with what can be done about it. The buttons may be nil.
func Card(route *program.Library, a clinic.Advice, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	w := Describe(route, a)
	title := "Suggestion for next time"
	if a.Place == program.AtHome {
		title = "Suggestion for home"
	}
	parts := []fyne.CanvasObject{kit.NewText(title, kit.Caption), kit.StatusLine(status(a.Suggestion.Action), w.Title)}
	if w.What != "" {
		parts = append(parts, kit.NewText(w.What, kit.Title))
	}
	for _, r := range w.Reasons {
		parts = append(parts, kit.NewText(r, kit.Body))
	}
	for _, r := range w.Missing {
		parts = append(parts, kit.StatusLine(look.Unmet, r))
	}
	for _, r := range w.Notes {
		parts = append(parts, kit.StatusLine(look.Attention, r))
	}
	if len(buttons) > 0 {
		parts = append(parts, kit.Inline(10, buttons...))
	}
	parts = append(parts, kit.NewText(w.Rule+". Advice for the therapist. You decide.", kit.Caption))
	return kit.Card(kit.Stack(7, parts...))
}
