package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"backtobar/assets"
)

// The names of the colours that the toolkit does not know. Each is opaque.
const (
	// ColorGround is the window behind the cards.
	ColorGround fyne.ThemeColorName = "bbGround"
	// ColorCard is the surface of forms, panels and sheets.
	ColorCard fyne.ThemeColorName = "bbCard"
	// ColorRule is a line that nobody needs in order to understand.
	ColorRule fyne.ThemeColorName = "bbRule"
	// ColorSecondary is text of lesser weight: captions, units, times.
	ColorSecondary fyne.ThemeColorName = "bbSecondary"
	// ColorFocusRing surrounds the control that has the keyboard.
	ColorFocusRing fyne.ThemeColorName = "bbFocusRing"
	// ColorPrimaryHover is the main button under the pointer.
	ColorPrimaryHover fyne.ThemeColorName = "bbPrimaryHover"
	// ColorSelectedRow is the ground of the chosen row of a list.
	ColorSelectedRow fyne.ThemeColorName = "bbSelectedRow"
	// ColorTableHeader is the ground of a list's header.
	ColorTableHeader fyne.ThemeColorName = "bbTableHeader"

	ColorReady         fyne.ThemeColorName = "bbReady"
	ColorReadyTint     fyne.ThemeColorName = "bbReadyTint"
	ColorReadyBorder   fyne.ThemeColorName = "bbReadyBorder"
	ColorCaution       fyne.ThemeColorName = "bbCaution"
	ColorCautionTint   fyne.ThemeColorName = "bbCautionTint"
	ColorCautionBorder fyne.ThemeColorName = "bbCautionBorder"
	ColorStop          fyne.ThemeColorName = "bbStop"
	ColorStopTint      fyne.ThemeColorName = "bbStopTint"
	ColorInfo          fyne.ThemeColorName = "bbInfo"
	ColorInfoTint      fyne.ThemeColorName = "bbInfoTint"
	ColorUnknown       fyne.ThemeColorName = "bbUnknown"
	ColorUnknownTint   fyne.ThemeColorName = "bbUnknownTint"
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

// light is the light table. Names of the toolkit's own colours stand beside
// ours so that its menus and entries match.
var light = map[fyne.ThemeColorName]color.NRGBA{
	ColorGround:        rgb(0xF3F6F8),
	ColorCard:          rgb(0xFFFFFF),
	ColorRule:          rgb(0xD5DCE2),
	ColorSecondary:     rgb(0x465462),
	ColorFocusRing:     rgb(0x6B2FB3),
	ColorPrimaryHover:  rgb(0x004A63),
	ColorSelectedRow:   rgb(0xD6E8EF),
	ColorTableHeader:   rgb(0xE8EDF1),
	ColorReady:         rgb(0x17602D),
	ColorReadyTint:     rgb(0xE3F2E7),
	ColorReadyBorder:   rgb(0x2E8B4A),
	ColorCaution:       rgb(0x6E4300),
	ColorCautionTint:   rgb(0xFFF1D1),
	ColorCautionBorder: rgb(0xB26A00),
	ColorStop:          rgb(0x9B1420),
	ColorStopTint:      rgb(0xFCE7E8),
	ColorInfo:          rgb(0x1C4A86),
	ColorInfoTint:      rgb(0xE6EFFA),
	ColorUnknown:       rgb(0x465462),
	ColorUnknownTint:   rgb(0xECEFF2),

	theme.ColorNameBackground:          rgb(0xF3F6F8),
	theme.ColorNameForeground:          rgb(0x1B2631),
	theme.ColorNamePlaceHolder:         rgb(0x5C6874),
	theme.ColorNameDisabled:            rgb(0x66727D),
	theme.ColorNamePrimary:             rgb(0x005C7A),
	theme.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
	theme.ColorNameHyperlink:           rgb(0x00587A),
	theme.ColorNameInputBackground:     rgb(0xFFFFFF),
	theme.ColorNameInputBorder:         rgb(0x7A8794),
	theme.ColorNameButton:              rgb(0xFFFFFF),
	theme.ColorNameDisabledButton:      rgb(0xECEFF2),
	theme.ColorNameError:               rgb(0xB01E2B),
	theme.ColorNameForegroundOnError:   rgb(0xFFFFFF),
	theme.ColorNameSuccess:             rgb(0x17602D),
	theme.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
	theme.ColorNameWarning:             rgb(0x6E4300),
	theme.ColorNameForegroundOnWarning: rgb(0xFFFFFF),
	theme.ColorNameFocus:               rgb(0xD6E8EF),
	theme.ColorNameHover:               rgb(0xE8EDF1),
	theme.ColorNamePressed:             rgb(0xD6E8EF),
	theme.ColorNameSelection:           rgb(0xBFDCE8),
	theme.ColorNameSeparator:           rgb(0xD5DCE2),
	theme.ColorNameHeaderBackground:    rgb(0xE8EDF1),
	theme.ColorNameMenuBackground:      rgb(0xE8EDF1),
	theme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
	theme.ColorNameScrollBar:           rgb(0x7A8794),
	theme.ColorNameScrollBarBackground: rgb(0xECEFF2),
}

// Veil lies between a sheet and what waits behind it. It is the only colour
// that is not opaque; no text stands on it.
var Veil = color.NRGBA{R: 0x1B, G: 0x26, B: 0x31, A: 0x70}

// sizes is the Comfortable density.
var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:            14,
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    6,
	theme.SizeNameCaptionText:     12,
	theme.SizeNameSubHeadingText:  17,
	theme.SizeNameHeadingText:     22,
	theme.SizeNameLineSpacing:     3,
	theme.SizeNameInputBorder:     1,
	theme.SizeNameInputRadius:     4,
	theme.SizeNameSelectionRadius: 3,
	theme.SizeNameScrollBar:       14,
	theme.SizeNameScrollBarSmall:  8,
	theme.SizeNameInlineIcon:      18,
	theme.SizeNameModalBlurRadius: 0,
	SizeRing:                      2,
	SizeRadius:                    6,
	SizeGap:                       12,
	SizeControl:                   31,
}

// The names of the sizes that the toolkit does not know.
const (
	// SizeRing is the width of the focus ring and also its distance from the
	// control.
	SizeRing fyne.ThemeSizeName = "bbRing"
	// SizeRadius rounds the corners of cards.
	SizeRadius fyne.ThemeSizeName = "bbRadius"
	// SizeGap is the distance between columns and between cards.
	SizeGap fyne.ThemeSizeName = "bbGap"
	// SizeControl is the height of an entry, a chip and a button.
	SizeControl fyne.ThemeSizeName = "bbControl"
)

type paper struct{ regular, bold fyne.Resource }

// New returns the theme of the program: light, Comfortable, Noto Sans.
func New() fyne.Theme {
	return &paper{font("NotoSans-Regular.ttf"), font("NotoSans-Bold.ttf")}
}

func font(name string) fyne.Resource {
	data, err := assets.Fonts.ReadFile("fonts/" + name)
	if err != nil { // impossible: the file is part of the program
		return theme.DefaultTextFont()
	}
	return fyne.NewStaticResource(name, data)
}

// Color implements fyne.Theme. The variant of the desktop is not followed:
// contrast was computed for this table.
func (p *paper) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := light[name]; ok {
		return c
	}
	if name == theme.ColorNameShadow {
		return color.Transparent // lines divide here, and shadows cost time on slow desktops
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

// Size implements fyne.Theme.
func (p *paper) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

// Font implements fyne.Theme.
func (p *paper) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return p.bold
	}
	return p.regular
}

// Icon implements fyne.Theme.
func (p *paper) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Color returns the colour of the name in the running theme.
func Color(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

// Size returns the size of the name in the running theme, in Fyne units.
func Size(name fyne.ThemeSizeName) float32 { return theme.Size(name) }
