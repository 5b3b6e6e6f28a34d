package look

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The icons are drawn on a grid of 20, with a stroke of 2 and one colour, so
// that each can take any colour of the table. They are text here because each
// is one line.
var shapes = map[string]string{
	"check":    circle + `<path d="M6 10.5l2.8 2.8L14.2 7.5"/>`,
	"minus":    circle + `<path d="M6 10h8"/>`,
	"dashed":   `<path d="M8 2.3a8 8 0 0 1 4 0M15 3.8a8 8 0 0 1 2.6 3.8M17.8 11.5a8 8 0 0 1-2 3.8M12.5 17.6a8 8 0 0 1-4.6 0.1M5 16.2a8 8 0 0 1-2.6-3.8M2.2 8.5a8 8 0 0 1 2-3.8"/><path d="M7 10h0.01M10 10h0.01M13 10h0.01"/>`,
	"octagon":  `<path d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z"/><path d="M6 10h8"/>`,
	"clock":    circle + `<path d="M10 5.5V10l3.2 2"/>`,
	"base":     `<path d="M3 18h14M10 15V3M5 8l5-5l5 5"/>`,
	"triangle": `<path d="M10 2.5L18.3 17H1.7z"/><path d="M10 8v4M10 14.6v0.01"/>`,
	"info":     circle + `<path d="M10 9.5V14M10 6.2v0.01"/>`,
	"pen":      `<path d="M3 17l1-4L13.5 3.5l3 3L7 16z"/><path d="M11.5 5.5l3 3"/>`,
	"lock":     `<path d="M4 9.5h12V18H4zM6.5 9.5V6a3.5 3.5 0 0 1 7 0v3.5"/>`,
	"search":   `<path d="M14 8.5a5.5 5.5 0 1 1-11 0a5.5 5.5 0 0 1 11 0zM12.6 12.6L17.5 17.5"/>`,
	"tick":     `<path d="M4 10.5l4 4L16 6"/>`,
	"person":   `<path d="M13.5 6a3.5 3.5 0 1 1-7 0a3.5 3.5 0 0 1 7 0zM3 18c0-4 3-6 7-6s7 2 7 6"/>`,
	"ladder":   `<path d="M6 2v16M14 2v16M6 6h8M6 10h8M6 14h8"/>`,
	"page":     `<path d="M4.5 2h7l4 4v12h-11zM7.5 9.5h5M7.5 13h5"/>`,
	"shield":   `<path d="M10 2l6.5 2.5v5c0 4-2.7 7-6.5 8.5c-3.8-1.5-6.5-4.5-6.5-8.5v-5z"/>`,
}

const circle = `<path d="M18 10a8 8 0 1 1-16 0a8 8 0 0 1 16 0z"/>`

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">` +
	`<g fill="none" stroke="#%02x%02x%02x" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">%s</g></svg>`

// Icon returns the drawing of that name in the colour of that name. A name
// without a drawing gives the information mark.
//
// The same icon is the same resource each time, so that who holds it can see
// that nothing changed. Icons are made on the window's goroutine only.
func Icon(name string, colour fyne.ThemeColorName) fyne.Resource {
	shape, ok := shapes[name]
	if !ok {
		name, shape = "info", shapes["info"]
	}
	r, g, b, _ := theme.Color(colour).RGBA()
	file := fmt.Sprintf("%s-%02x%02x%02x.svg", name, r>>8, g>>8, b>>8)
	if made[file] == nil {
		made[file] = fyne.NewStaticResource(file, []byte(fmt.Sprintf(svg, r>>8, g>>8, b>>8, shape)))
	}
	return made[file]
}

var made = map[string]fyne.Resource{}
