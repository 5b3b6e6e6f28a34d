package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// TestContrast holds every pair that is drawn to the WCAG limits.
func TestContrast(t *testing.T) {
	text := [][2]fyne.ThemeColorName{
		{theme.ColorNameForeground, ColorCard}, {theme.ColorNameForeground, ColorGround},
		{ColorSecondary, ColorCard}, {ColorSecondary, ColorGround}, {ColorSecondary, ColorSelectedRow},
		{theme.ColorNamePlaceHolder, ColorCard}, {theme.ColorNameDisabled, ColorCard},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNameForegroundOnPrimary, ColorPrimaryHover},
		{theme.ColorNameHyperlink, ColorCard},
		{theme.ColorNameForeground, ColorSelectedRow}, {theme.ColorNameForeground, ColorTableHeader},
		{theme.ColorNameForeground, theme.ColorNameSelection},
		{ColorStop, ColorCard}, {ColorStop, ColorGround},
		{theme.ColorNameForegroundOnError, theme.ColorNameError},
	}
	for s := Unknown; s <= Locked; s++ {
		text = append(text, [2]fyne.ThemeColorName{s.Text(), s.Tint()}, [2]fyne.ThemeColorName{s.Text(), ColorCard})
	}
	for _, p := range text {
		if c := contrast(light[p[0]], light[p[1]]); c < 4.5 {
			t.Errorf("%s on %s is %.2f to 1, want 4.5", p[0], p[1], c)
		}
	}
	lines := [][2]fyne.ThemeColorName{
		{theme.ColorNameInputBorder, ColorCard}, {theme.ColorNameInputBorder, ColorGround},
		{ColorFocusRing, ColorCard}, {ColorFocusRing, ColorGround},
		{ColorReadyBorder, ColorCard}, {ColorCautionBorder, ColorCard},
	}
	for _, p := range lines {
		if c := contrast(light[p[0]], light[p[1]]); c < 3 {
			t.Errorf("%s on %s is %.2f to 1, want 3", p[0], p[1], c)
		}
	}
}

// TestNoStockColour: every colour the toolkit asks for by a public name that
// is drawn in this program is ours, and opaque.
func TestNoStockColour(t *testing.T) {
	for name, c := range light {
		if c.A != 0xff {
			t.Errorf("%s is not opaque", name)
		}
	}
	th := New()
	if th.Color(theme.ColorNameForeground, theme.VariantDark) != th.Color(theme.ColorNameForeground, theme.VariantLight) {
		t.Error("the desktop's dark setting changes the table")
	}
	if th.Size(theme.SizeNameModalBlurRadius) != 0 {
		t.Error("blur leaves text readable and costs a processor")
	}
}

func TestEveryStatusHasItsOwnSilhouette(t *testing.T) {
	test.NewTempApp(t)
	seen := map[string]Status{}
	for s := Unknown; s <= Locked; s++ {
		name := statuses[s].icon
		if _, ok := shapes[name]; !ok {
			t.Errorf("status %d has no drawing", s)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("statuses %d and %d share a silhouette", s, other)
		}
		seen[name] = s
	}
}

func TestFontsAreOurs(t *testing.T) {
	th := New()
	if n := th.Font(fyne.TextStyle{}).Name(); n != "NotoSans-Regular.ttf" {
		t.Errorf("regular is %s", n)
	}
	if n := th.Font(fyne.TextStyle{Bold: true}).Name(); n != "NotoSans-Bold.ttf" {
		t.Errorf("bold is %s", n)
	}
}
