package raster_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"backtobar/reports/doc"
	"backtobar/reports/figure"
	"backtobar/reports/raster"
)

var update = flag.Bool("update", false, "write the goldens anew; look at them before committing")

// pairs are the pictures of each exercise, in the order of the contact sheet.
var pairs = []string{
	"dowel_start dowel_end", "wall_start wall_end", "kbstep_start kbstep_end", "kbfloor_start kbfloor_end",
	"rack_start rack_end", "dl_start dl_mid dl_end", "bridge_start bridge_end", "bird_start bird_end",
	"prone_start prone_end", "sp_start sp_end", "spk_end",
}

// contactSheet is every picture at the size of the home program.
func contactSheet(t *testing.T) doc.Page {
	t.Helper()
	poses, err := figure.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	const w, h, gap, across = 88, 92, 8, 6
	page := doc.Page{W: across*(w+gap) + gap, H: 4*(h+gap) + gap}
	seen := 0
	for _, pair := range pairs {
		names := strings.Fields(pair)
		var frames []figure.Frame
		for range names {
			frames = append(frames, figure.Frame{X: gap + float64(seen%across)*(w+gap), Y: gap + float64(seen/across)*(h+gap), W: w, H: h})
			seen++
		}
		items, err := poses.Draw(names, frames)
		if err != nil {
			t.Fatal(err)
		}
		page.Add(items...)
	}
	if seen != len(poses.Poses) {
		t.Errorf("the sheet shows %d of %d pictures", seen, len(poses.Poses))
	}
	return page
}

func TestContactSheet(t *testing.T) {
	got, err := raster.Page(contactSheet(t), 2.8)
	if err != nil {
		t.Fatal(err)
	}
	const name = "testdata/figures.png"
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if d := difference(t, got, want); d > 0.005 {
		t.Errorf("%.2f %% of the pixels differ from the golden; look at it and run with -update if it is right", 100*d)
	}
}

// difference is the share of pixels that are clearly not the same.
func difference(t *testing.T, a, b image.Image) float64 {
	t.Helper()
	if a.Bounds() != b.Bounds() {
		t.Fatalf("the pictures have sizes %v and %v", a.Bounds(), b.Bounds())
	}
	differ := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if far(a, b, x, y) {
				differ++
			}
		}
	}
	return float64(differ) / float64(a.Bounds().Dx()*a.Bounds().Dy())
}

func far(a, b image.Image, x, y int) bool {
	r1, g1, b1, _ := a.At(x, y).RGBA()
	r2, g2, b2, _ := b.At(x, y).RGBA()
	const most = 0x3000
	gap := func(p, q uint32) bool { return max(p, q)-min(p, q) > most }
	return gap(r1, r2) || gap(g1, g2) || gap(b1, b2)
}
