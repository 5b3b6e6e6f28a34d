package doc

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"backtobar/assets"
)

// Fonts is the one typeface in its two weights. It measures with the widths
// that the PDF and the window draw with, so that a line that fits here fits
// everywhere. It is safe for concurrent use.
type Fonts struct {
	regular, bold face
}

type face struct {
	font  *sfnt.Font
	bytes []byte
	units fixed.Int26_6
}

// LoadFonts reads the typeface. It fails only when the program was built with
// a damaged font file.
var LoadFonts = sync.OnceValues(loadFonts)

func loadFonts() (*Fonts, error) {
	var f Fonts
	for name, to := range map[string]*face{"NotoSans-Regular.ttf": &f.regular, "NotoSans-Bold.ttf": &f.bold} {
		b, err := assets.Fonts.ReadFile("fonts/" + name)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		parsed, err := sfnt.Parse(b)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		*to = face{parsed, b, fixed.I(int(parsed.UnitsPerEm()))}
	}
	return &f, nil
}

func (f *Fonts) face(bold bool) face {
	if bold {
		return f.bold
	}
	return f.regular
}

// Font returns the parsed weight and its file.
func (f *Fonts) Font(bold bool) (parsed *sfnt.Font, file []byte) {
	x := f.face(bold)
	return x.font, x.bytes
}

// Advance returns how far r moves the pen at the size, in points. A character
// that the typeface does not have has the width of its empty box.
func (f *Fonts) Advance(r rune, size float64, bold bool) float64 {
	var buf sfnt.Buffer
	return f.face(bold).advance(&buf, r) * size
}

// advance returns the width of r for a size of 1.
func (f face) advance(buf *sfnt.Buffer, r rune) float64 {
	i, err := f.font.GlyphIndex(buf, r)
	if err != nil {
		return 0
	}
	a, err := f.font.GlyphAdvance(buf, i, f.units, font.HintingNone)
	if err != nil {
		return 0
	}
	return float64(a) / float64(f.units)
}

// Width returns the length of s on one line, in points, without kerning, which
// neither the PDF nor the window applies.
func (f *Fonts) Width(s string, size float64, bold bool) float64 {
	var buf sfnt.Buffer
	x, w := f.face(bold), 0.0
	for _, r := range s {
		w += x.advance(&buf, r)
	}
	return w * size
}

// Wrap breaks s into lines no longer than width. It breaks at spaces, and
// inside a word only when the word alone is longer than a line. A text without
// words gives no line.
func (f *Fonts) Wrap(s string, size float64, bold bool, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		joined := word
		if line != "" {
			joined = line + " " + word
		}
		if f.Width(joined, size, bold) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for f.Width(word, size, bold) > width {
			head := f.fitting(word, size, bold, width)
			lines, word = append(lines, head), word[len(head):]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting returns the longest beginning of word that fits, at least one
// character.
func (f *Fonts) fitting(word string, size float64, bold bool, width float64) string {
	end, w := 0, 0.0
	for i, r := range word {
		w += f.Advance(r, size, bold)
		if w > width && i > 0 {
			return word[:i]
		}
		end = i + len(string(r))
	}
	return word[:end]
}

// Unprintable returns a sentence naming the first character of s that cannot
// be printed, or "". The PDF would show an empty box for it.
func (f *Fonts) Unprintable(s string, bold bool) string {
	var buf sfnt.Buffer
	x := f.face(bold)
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return fmt.Sprintf("The hidden character U+%04X cannot be printed. Type the text again.", r)
		}
		if i, err := x.font.GlyphIndex(&buf, r); err != nil || i == 0 {
			return fmt.Sprintf("The character %c (U+%04X) cannot be printed. Write it with other letters.", r, r)
		}
	}
	return ""
}
