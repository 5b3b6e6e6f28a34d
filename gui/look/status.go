package look

import "fyne.io/fyne/v2"

// Status is what a mark, a chip or a panel says about something.
type Status int

// The states. Each has its own silhouette.
const (
	// Unknown: not answered, not tested. A dashed circle.
	Unknown Status = iota
	// Ready: met, allowed. A check in a circle.
	Ready
	// Unmet: a goal that is not reached. A minus in a circle, amber.
	Unmet
	// Build: build up first. An arrow up from a base line, amber.
	Build
	// Hold: wait. A clock, amber.
	Hold
	// Attention: something to look at. A triangle, amber.
	Attention
	// Stop: do not load; refer. An octagon, red.
	Stop
	// Info: a fact worth knowing. A ring with an i, blue.
	Info
	// Chosen: a therapist decided otherwise. A pen, blue.
	Chosen
	// Locked: not open yet. A padlock, grey.
	Locked
)

type statusLook struct {
	icon               string
	text, tint, border fyne.ThemeColorName
}

var statuses = map[Status]statusLook{
	Unknown:   {"dashed", ColorUnknown, ColorUnknownTint, ColorUnknown},
	Ready:     {"check", ColorReady, ColorReadyTint, ColorReadyBorder},
	Unmet:     {"minus", ColorCaution, ColorCautionTint, ColorCautionBorder},
	Build:     {"base", ColorCaution, ColorCautionTint, ColorCautionBorder},
	Hold:      {"clock", ColorCaution, ColorCautionTint, ColorCautionBorder},
	Attention: {"triangle", ColorCaution, ColorCautionTint, ColorCautionBorder},
	Stop:      {"octagon", ColorStop, ColorStopTint, ColorStop},
	Info:      {"info", ColorInfo, ColorInfoTint, ColorInfo},
	Chosen:    {"pen", ColorInfo, ColorInfoTint, ColorInfo},
	Locked:    {"lock", ColorUnknown, ColorUnknownTint, ColorUnknown},
}

// Text returns the colour of words in this state.
func (s Status) Text() fyne.ThemeColorName { return statuses[s].text }

// Tint returns the ground on which those words stand.
func (s Status) Tint() fyne.ThemeColorName { return statuses[s].tint }

// Border returns the colour of the frame.
func (s Status) Border() fyne.ThemeColorName { return statuses[s].border }

// Icon returns the silhouette in the colour of the state.
func (s Status) Icon() fyne.Resource { return Icon(statuses[s].icon, s.Text()) }
