package kit_test

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

var incomplete = kit.Verdict{
	Status: look.Unknown, Word: "Not complete", Headline: "4 answers are left.",
	Leaning: "Leaning to Build first, start at Step 1 Dowel.",
	Reasons: []kit.VerdictReason{
		{Status: look.Ready, Word: "Met", Title: "Safety questions", Value: "All answered No"},
		{Status: look.Ready, Word: "Met", Title: "Pain now", Value: "4 out of 10", Goal: "Goal: 6 or less", Field: "pain"},
		{Status: look.Unmet, Word: "Not met", Title: "Back extensor hold (Biering-Sørensen)", Value: "48 seconds", Goal: "Goal: more than 60 seconds", Field: "hold",
			Why: "It predicts benefit. Source: Berglund 2015.", Details: []kit.VerdictDetail{
				{Label: "Why", Text: "It predicts benefit."}, {Label: "Direction", Text: "Higher is better; 12 seconds below the limit."},
				{Label: "Taken", Text: "Nov 20, 2026, 2 days ago. Good for 42 days."}, {Label: "Limits of the evidence", Text: "One study, 35 people."}}},
		{Status: look.Unknown, Word: "Not asked", Title: "Hip hinge with dowel", Field: "hinge"},
	},
	Missing: 4, Next: "Hip hinge with dowel: about 3 minutes, a dowel.", Changes: []string{"Hold 13 seconds longer."}, Rules: "SF-1.2",
}

var rungs = []kit.Rung{
	{Number: 1, Title: "Dowel hip hinge", Steps: []kit.Step{{ID: "1A", Title: "Wall taps", Done: true}, {ID: "1B", Title: "Dowel", Done: true}, {ID: "1C", Title: "Dowel, slow", Done: true}}},
	{Number: 2, Title: "Kettlebell RDL", Note: "Day 6, 2 sessions", Steps: []kit.Step{{ID: "2A", Title: "From a high step", Done: true}, {ID: "2B", Title: "From a low step, to the middle of the shin and back", Here: true}, {ID: "2C", Title: "From the floor"}}},
	{Number: 3, Title: "Rack pull", Locked: true, Note: "The screen allows Step 2 at most until the surgeon clears loading.", Steps: []kit.Step{{ID: "3A", Title: "Above the knee", Locked: true}, {ID: "3B", Title: "At the knee", Locked: true}, {ID: "3C", Title: "Below the knee", Locked: true}}},
	{Number: 4, Title: "Barbell deadlift", Locked: true, Steps: []kit.Step{{ID: "4A", Title: "Blocks", Locked: true}, {ID: "4B", Title: "Floor", Locked: true}, {ID: "4C", Title: "Keep", Locked: true}}},
}

func sheetOfPaper(n int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 425, 550))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i := range 10 * n {
		draw.Draw(img, image.Rect(40, 40+20*i, 385, 52+20*i), image.NewUniform(color.Gray{200}), image.Point{}, draw.Src)
	}
	return img
}

func TestVerdictPanel(t *testing.T) {
	var v *kit.VerdictPanel
	w := guitest.New(t, fyne.NewSize(336, 560), func(r *kit.Router) fyne.CanvasObject {
		v = kit.NewVerdictPanel(r)
		v.SetVerdict(incomplete)
		return v
	})
	jumped := ""
	v.OnJump = func(field string) { jumped = field }
	v.FocusFirst()
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if jumped != "hold" {
		t.Errorf("Enter on the third reason jumps to %q", jumped)
	}
	if want := []string{"Safety questions, Met", "Pain now, Met", "Back extensor hold (Biering-Sørensen), Not met", "Hip hinge with dowel, Not asked"}; !slices.Equal(w.TabOrder(), want) {
		t.Errorf("Tab order %q", w.TabOrder())
	}
	w.Golden("verdict_incomplete")

	jumped = ""
	w.Press(fyne.KeySpace) // the first reason has no details to open
	w.Golden("verdict_incomplete")
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	if jumped != "" {
		t.Errorf("Space jumps to %q instead of showing the details", jumped)
	}
	w.Golden("verdict_details")
	// They stay open while other answers change, and close where they opened.
	more := incomplete
	more.Missing = 3
	v.SetVerdict(more)
	w.Press(fyne.KeyF1)
	v.SetVerdict(incomplete)
	v.FocusFirst()
	w.Golden("verdict_incomplete")
}

func TestVerdictStates(t *testing.T) {
	states := []kit.Verdict{
		{Status: look.Stop, Word: "Stop: emergency", Headline: "Numbness between the legs: Yes. Send to the emergency department now.", Rules: "SF-1.2"},
		{Status: look.Hold, Word: "Hold and refer", Headline: "Not yet. A physician must clear loading first.", Rules: "SF-1.2"},
		{Status: look.Build, Word: "Build first", Headline: "Start with the back extensor track.", Rules: "SF-1.2"},
		{Status: look.Ready, Word: "Ready", Headline: "Ready for Step 2 (Kettlebell RDL).", Rules: "SF-1.2"},
	}
	w := guitest.New(t, fyne.NewSize(1200, 300), func(r *kit.Router) fyne.CanvasObject {
		var all []fyne.CanvasObject
		for _, s := range states {
			v := kit.NewVerdictPanel(r)
			v.SetVerdict(s)
			all = append(all, v)
		}
		return container.NewGridWithColumns(4, all...)
	})
	w.Golden("verdict_states")
}

func TestStageLadder(t *testing.T) {
	var l *kit.StageLadder
	w := guitest.New(t, fyne.NewSize(320, 560), func(r *kit.Router) fyne.CanvasObject {
		l = kit.NewStageLadder(r)
		l.SetRungs(rungs, "2B")
		return kit.Inset(10, 10, 10, 10, l)
	})
	looked, taken := "", ""
	l.OnLook = func(id string) { looked = id }
	l.OnTake = func(id string) { taken = id }
	w.GoTo("Ladder")
	w.Press(fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn)
	if looked != "3A" || taken != "3A" {
		t.Errorf("Up, Up, Enter looks at %q and takes %q, want 3A", looked, taken)
	}
	w.Press(fyne.KeyDown)
	if l.Looking() != "2C" {
		t.Errorf("Down looks at %q", l.Looking())
	}
	w.Golden("ladder")
}

func TestPagePreview(t *testing.T) {
	var p *kit.PagePreview
	w := guitest.New(t, fyne.NewSize(420, 480), func(r *kit.Router) fyne.CanvasObject {
		p = kit.NewPagePreview(r, "No signed plan yet.")
		return p
	})
	w.GoTo("Preview")
	w.Press(fyne.KeyPageDown) // nothing to turn
	p.SetPages([]image.Image{sheetOfPaper(1), sheetOfPaper(2)})
	w.Press(fyne.KeyPageDown, fyne.KeyPageDown)
	if at, of := p.Page(); at != 2 || of != 2 {
		t.Errorf("page %d of %d", at, of)
	}
	w.Golden("preview")
	w.Type("1")
	w.Press(fyne.KeyDown)
	w.Golden("preview_wide")
}

// paints counts how often the window is told to paint a picture anew.
type paints struct {
	fyne.App
	pictures int
}

func (p *paints) Driver() fyne.Driver { return paintsDriver{p.App.Driver(), p} }

type paintsDriver struct {
	fyne.Driver
	p *paints
}

func (d paintsDriver) CanvasForObject(o fyne.CanvasObject) fyne.Canvas {
	if c := d.Driver.CanvasForObject(o); c != nil {
		return paintsCanvas{c, d.p}
	}
	return nil
}

type paintsCanvas struct {
	fyne.Canvas
	p *paints
}

func (c paintsCanvas) Refresh(o fyne.CanvasObject) {
	if _, ok := o.(*canvas.Image); ok {
		c.p.pictures++
	}
	c.Canvas.Refresh(o)
}

// TestPagePreviewIsPaintedAnew: pages have one size, and the window keeps a
// picture of the same size until it is told that the picture is another.
func TestPagePreviewIsPaintedAnew(t *testing.T) {
	var p *kit.PagePreview
	w := guitest.New(t, fyne.NewSize(420, 480), func(r *kit.Router) fyne.CanvasObject {
		p = kit.NewPagePreview(r, "No signed plan yet.")
		return p
	})
	p.SetPages([]image.Image{sheetOfPaper(1), sheetOfPaper(2)})
	w.GoTo("Preview")
	app := fyne.CurrentApp()
	spy := &paints{App: app}
	fyne.SetCurrentApp(spy)
	defer fyne.SetCurrentApp(app)
	for _, step := range []struct {
		what string
		do   func()
		want bool
	}{
		{"PgDn, whole page", func() { w.Press(fyne.KeyPageDown) }, true},
		{"PgUp, whole page", func() { w.Press(fyne.KeyPageUp) }, true},
		{"1", func() { w.Type("1") }, true},
		{"PgDn, wide page", func() { w.Press(fyne.KeyPageDown) }, true},
		{"Down", func() { w.Press(fyne.KeyDown) }, true},
		{"Up", func() { w.Press(fyne.KeyUp) }, true},
		{"Up at the top", func() { w.Press(fyne.KeyUp) }, false},
		{"PgDn on the last page", func() { w.Press(fyne.KeyPageDown) }, false},
		{"another sheet", func() { p.SetPages([]image.Image{sheetOfPaper(1), sheetOfPaper(1)}) }, true},
	} {
		before := spy.pictures
		step.do()
		if got := spy.pictures > before; got != step.want {
			t.Errorf("%s: painted anew is %v, want %v", step.what, got, step.want)
		}
	}
}

// TestTheWholeWidePageCanBeRead: the arrows come to the last line of the page,
// and another page begins at its top.
func TestTheWholeWidePageCanBeRead(t *testing.T) {
	var p *kit.PagePreview
	w := guitest.New(t, fyne.NewSize(420, 300), func(r *kit.Router) fyne.CanvasObject {
		p = kit.NewPagePreview(r, "No signed plan yet.")
		return p
	})
	page := sheetOfPaper(1)
	p.SetPages([]image.Image{page, sheetOfPaper(1)})
	w.GoTo("Preview")
	w.Type("1")
	part := func() image.Rectangle {
		for _, o := range test.WidgetRenderer(p).Objects() {
			if picture, ok := o.(*canvas.Image); ok {
				return picture.Image.Bounds()
			}
		}
		return image.Rectangle{}
	}
	if top := part(); top.Min.Y != 0 || top.Max.Y >= page.Bounds().Max.Y {
		t.Fatalf("the wide page begins with %v", top)
	}
	for range 20 {
		before := part()
		w.Press(fyne.KeyDown)
		if after := part(); after != before && after.Min.Y > before.Max.Y {
			t.Fatalf("Down leaves out what is between %v and %v", before, after)
		}
	}
	if end := part(); end.Max.Y < page.Bounds().Max.Y-1 {
		t.Errorf("Down ends at %v of %v", end, page.Bounds())
	}
	w.Press(fyne.KeyPageDown)
	if at, _ := p.Page(); at != 2 || part().Min.Y != 0 {
		t.Errorf("PgDn shows %v of page %d", part(), at)
	}
}

func TestDataList(t *testing.T) {
	rows := [][]string{
		{"OKAFOR, Daniel", "Jul 2, 1971 (55)", "003998", "Print handout"},
		{"ALVAREZ, Maria", "Mar 14, 1986 (40)", "004217", "Screen: 3 left"},
		{"NGUYEN, Thi Bich Ngoc with a very long given name indeed", "Dec 9, 1959 (66)", "004101", "none"},
		{"PIERRE-LOUIS, Jean", "Jan 30, 1990 (36)", "004220", "Start intake"},
	}
	var l *kit.DataList
	w := guitest.New(t, fyne.NewSize(760, 200), func(r *kit.Router) fyne.CanvasObject {
		l = kit.NewDataList(r, kit.Column{Title: "Name", Strong: true}, kit.Column{Title: "Born", Width: 150, Fixed: true},
			kit.Column{Title: "Chart", Width: 80, Fixed: true}, kit.Column{Title: "Next thing to do", Width: 160})
		l.SetRows(len(rows), func(r, c int) string { return rows[r][c] })
		return l
	})
	opened := -1
	l.OnOpen = func(row int) { opened = row }
	w.GoTo("List")
	for _, step := range []struct {
		keys []fyne.KeyName
		want int
	}{
		{[]fyne.KeyName{fyne.KeyDown}, 1}, {[]fyne.KeyName{fyne.KeyEnd}, 3}, {[]fyne.KeyName{fyne.KeyDown}, 3},
		{[]fyne.KeyName{fyne.KeyHome}, 0}, {[]fyne.KeyName{fyne.KeyUp}, 0}, {[]fyne.KeyName{fyne.KeyPageDown}, 3}, {[]fyne.KeyName{fyne.KeyPageUp}, 0},
	} {
		w.Press(step.keys...)
		if l.Selected() != step.want {
			t.Errorf("%v goes to row %d, want %d", step.keys, l.Selected(), step.want)
		}
	}
	w.Type("n")
	w.Press(fyne.KeyReturn)
	if opened != 2 {
		t.Errorf("n, Enter opens row %d", opened)
	}
	w.Golden("list")
}

func TestBanner(t *testing.T) {
	id := kit.Identity{LastName: "Alvarez", FirstName: "Maria", Born: "Mar 14, 1986 (40 y)", Sex: "Female", Number: "004217",
		More: []string{"(954) 555-0142", "Step 2 of 4: Kettlebell RDL"}}
	long := id
	long.LastName, long.Practice = strings.Repeat("Wolfeschlegelsteinhausen ", 3), true
	var b, c *kit.PatientBanner
	w := guitest.New(t, fyne.NewSize(900, 200), func(r *kit.Router) fyne.CanvasObject {
		b, c = kit.NewPatientBanner(), kit.NewPatientBanner()
		b.SetIdentity(id)
		c.SetIdentity(long)
		rail := kit.NewNoticeBar(r)
		rail.Show(look.Info, "Your unfinished work from 10:42 am today was brought back.", kit.BarAction{Text: "Discard"})
		return kit.Stack(8, b, c, rail.Box)
	})
	if b.HeightFor(900) >= c.HeightFor(900) {
		t.Error("a long name must make the banner grow")
	}
	w.Golden("banner")
}

func TestRailAndBars(t *testing.T) {
	var rail *kit.SectionRail
	opened := 0
	w := guitest.New(t, fyne.NewSize(900, 320), func(r *kit.Router) fyne.CanvasObject {
		rail = kit.NewSectionRail(r)
		rail.OnOpen = func(n int) { opened = n }
		rail.SetItems([]kit.RailItem{{Number: 2, Title: "Intake", Status: "done"}, {Number: 3, Title: "Screen", Status: "3 left"},
			{Number: 4, Title: "Plan", Status: "not started"}}, 3)
		bar := kit.NewActionBar(r)
		bar.Set(kit.BarAction{Text: "Sign result and go to plan", Key: "Ctrl+Enter", Do: func() {}},
			[]kit.BarAction{{Text: "Save draft", Key: "Ctrl+S", Do: func() {}}, {Text: "Not here"}}, "4 left", func() {})
		status := kit.NewStatusBar()
		status.Say("Draft saved 10:42:07")
		status.SetPerson("R. Castello, PT")
		return container.NewBorder(nil, kit.Stack(0, bar.Box, status.Box), rail, nil)
	})
	w.GoTo("Sections")
	w.Press(fyne.KeyDown, fyne.KeyReturn)
	if opened != 4 {
		t.Errorf("Down, Enter opens %d", opened)
	}
	w.Golden("rail")
}
