package raster_test

import (
	"image/color"
	"testing"

	"backtobar/reports/doc"
	"backtobar/reports/raster"
)

func TestThingsAreWhereTheyBelong(t *testing.T) {
	ink, sky := doc.RGB(10, 20, 30), doc.RGB(0, 92, 122)
	page := doc.Page{W: 100, H: 50, Items: []doc.Item{
		doc.Rect{X: 10, Y: 10, W: 20, H: 20, Fill: sky},
		doc.Rect{X: 40, Y: 10, W: 20, H: 20, Radius: 8, Fill: sky},
		doc.Circle{X: 80, Y: 20, R: 10, Stroke: ink, Width: 4},
		doc.Line{X1: 10, Y1: 42, X2: 90, Y2: 42, Stroke: ink, Width: 4},
	}}
	img, err := raster.Page(page, 2)
	if err != nil {
		t.Fatal(err)
	}
	paper := color.RGBA{255, 255, 255, 255}
	for name, c := range map[string]struct {
		x, y int
		want color.RGBA
	}{
		"in the box":             {40, 40, color.RGBA{0, 92, 122, 255}},
		"beside the box":         {15, 40, paper},
		"middle of the round":    {100, 40, color.RGBA{0, 92, 122, 255}},
		"corner of the round":    {81, 21, paper},
		"on the ring":            {180, 40, color.RGBA{10, 20, 30, 255}},
		"in the ring":            {160, 40, paper},
		"on the line":            {100, 84, color.RGBA{10, 20, 30, 255}},
		"above the line":         {100, 76, paper},
		"last pixel of the page": {199, 99, paper},
	} {
		if got := img.RGBAAt(c.x, c.y); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for _, scale := range []float64{0, -1, 1000} {
		if _, err := raster.Page(page, scale); err == nil {
			t.Errorf("scale %g was accepted", scale)
		}
	}
}
