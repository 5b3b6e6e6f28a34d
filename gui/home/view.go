package home

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Params are what Home is made of.
type Params struct {
	Frame   page.Frame
	Records records
	// OnOpen opens a chart at the next thing to do.
	OnOpen func(domain.PatientID)
	// OnNew opens the form for a new patient.
	OnNew func(query string)
	// Last is the chart that was open before; ok is false without one.
	Last func() (domain.PatientID, bool)
	// OnBack goes back to that chart, as Alt+Left does.
	OnBack func()
}

// View is Home.
type View struct {
	p       Params
	m       *model
	search  *kit.Entry
	list    *kit.DataList
	empty   *fyne.Container
	add     *kit.Button
	preview *fyne.Container
	layout  *homeLayout
	root    *fyne.Container
	last    *patient.Patient
	cancel  context.CancelFunc // of the search under way
	asked   bool               // whether one is under way
	waiting []waiting          // the keys that came while it was
	chosen  domain.PatientID   // the row chosen by key or pointer, "" for none
	shown   context.CancelFunc // of the preview under way
}

var _ page.View = (*View)(nil)

// New returns Home.
func New(p Params) *View {
	v := &View{p: p, m: &model{now: time.Now}, cancel: func() {}, shown: func() {}}
	f := p.Frame
	v.search = kit.NewEntry(f)
	v.search.SetAccessibleName("Find patient")
	v.search.SetPlaceHolder("Name, birth date, phone or chart number")
	v.search.OnChanged = func(string) { v.typed() }
	v.search.OnEnter = v.open
	v.search.OnKey = v.searchKey
	v.list = kit.NewDataList(f, kit.Column{Title: "Name", Strong: true}, kit.Column{Title: "Born", Width: 160, Fixed: true},
		kit.Column{Title: "Chart", Width: 84, Fixed: true}, kit.Column{Title: "Step", Width: 70, Fixed: true},
		kit.Column{Title: "Next thing to do", Width: nextWidth, Fixed: true})
	v.list.SetAccessibleName("Patients")
	v.list.OnSelect = func(int) { v.choose() }
	v.list.OnOpen = func(int) { v.openShown() }
	v.empty = kit.Stack(10)
	v.empty.Hide()
	v.add = kit.NewMainButton(f, "", "Ctrl+N", v.addNew)
	v.preview = kit.Stack(10)
	v.layout = &homeLayout{}
	v.root = container.New(v.layout, v.head(), v.list, v.empty, kit.Card(v.preview))
	return v
}

func (v *View) head() *fyne.Container {
	return container.New(&headLayout{}, kit.NewLabel("Find patient", kit.Strong), v.search,
		kit.NewLabel("Ctrl+F", kit.Caption), kit.NewButton(v.p.Frame, "New patient", "Ctrl+N", v.addNew))
}

func (v *View) addNew() { v.p.OnNew(v.search.Text) }

// waiting is a key that came while a search was under way. It is meant for the
// list of the text typed, which is not there yet.
type waiting struct {
	do    func()
	opens bool
}

// typed asks anew. A key that opens belongs to the text it was pressed for: when
// that text changes, nobody has said whom to open.
//
// A Space that pressed the button which led here types its letter into the
// search. Nobody's name begins with one, so it is taken out.
func (v *View) typed() {
	if t := strings.TrimLeft(v.search.Text, " "); t != v.search.Text {
		v.search.SetText(t)
		return
	}
	for _, k := range v.waiting {
		if k.opens {
			v.waiting = nil
			break
		}
	}
	v.find()
}

// afterSearch does a key now, or when the list of the text typed is shown.
func (v *View) afterSearch(k waiting) {
	if v.asked {
		v.waiting = append(v.waiting, k)
		return
	}
	k.do()
}

// searchKey lets the list be walked from the search.
func (v *View) searchKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		v.afterSearch(waiting{do: func() { v.list.TypedKey(k) }})
		return true
	case fyne.KeyEscape:
		if v.search.Text != "" {
			v.search.SetText("")
			return true
		}
	}
	return false
}

// find asks for the patients that match what is typed now. An answer to an
// earlier text is dropped.
func (v *View) find() {
	v.cancel()
	ctx, cancel := context.WithCancel(v.p.Frame.Context())
	v.cancel = cancel
	v.asked = true
	query := v.search.Text
	run.Go(ctx, v.p.Frame.Runner(), func(ctx context.Context) (clinic.List, error) {
		return v.p.Records.FindPatients(ctx, query, listed)
	}, func(list clinic.List, err error) {
		keys := v.waiting
		v.asked, v.waiting = false, nil
		if err != nil {
			v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		v.m.found(query, list)
		v.paint()
		for _, k := range keys {
			k.do()
			if k.opens {
				return
			}
		}
	})
}

func (v *View) paint() {
	n := len(v.m.list.Rows)
	v.list.SetRows(n, v.m.cell)
	row := v.m.rowOf(v.chosen)
	v.list.Select(max(0, row)) // whoever was chosen stays chosen
	if row < 0 {
		v.chosen = ""
	}
	v.list.SetNote(v.m.note())
	v.list.Hidden = n == 0
	v.empty.Hidden = n > 0
	if n == 0 {
		headline, sentence, button := v.m.nothing()
		v.add.SetText(button, "Ctrl+N")
		v.empty.Objects = []fyne.CanvasObject{kit.NewText(headline, kit.Title), kit.NewText(sentence, kit.Body), kit.Inline(0, v.add)}
	}
	v.root.Refresh()
	v.layout.Layout(v.root.Objects, v.root.Size())
	if n == 0 && v.m.query == "" {
		kit.Focus(v.add)
	}
	v.look()
	v.p.Frame.Changed()
}

// selected is the patient of the chosen row.
func (v *View) selected() (patient.Patient, bool) {
	if i := v.list.Selected(); i >= 0 && i < len(v.m.list.Rows) {
		return v.m.list.Rows[i].Patient, true
	}
	return patient.Patient{}, false
}

// choose notes whose row was chosen.
func (v *View) choose() {
	if p, ok := v.selected(); ok {
		v.chosen = p.ID
	}
	v.look()
}

// look shows the preview of the chosen row.
func (v *View) look() {
	v.shown()
	p, ok := v.selected()
	if !ok {
		v.showPreview(nil)
		return
	}
	ctx, cancel := context.WithCancel(v.p.Frame.Context())
	v.shown = cancel
	run.Go(ctx, v.p.Frame.Runner(), func(ctx context.Context) (clinic.Chart, error) {
		return v.p.Records.Chart(ctx, p.ID)
	}, func(c clinic.Chart, err error) {
		if err != nil { // never the patient of another row
			v.showPreview(nil)
			v.p.Frame.Notify(look.Stop, "This chart cannot be read. "+clinic.Sentence(err))
			return
		}
		v.showPreview(&c)
	})
}

func (v *View) showPreview(c *clinic.Chart) {
	v.preview.Objects = nil
	if c != nil {
		name := kit.NewText(patient.DisplayName(c.Patient), kit.Title)
		rows := []fyne.CanvasObject{name, kit.SummaryList(facts(*c)...), kit.Rule()}
		for _, t := range todos(*c) {
			icon := canvas.NewImageFromResource(t.status.Icon())
			icon.SetMinSize(fyne.NewSize(18, 18))
			rows = append(rows, kit.Lead(icon, kit.NewText(t.text, kit.Body)))
		}
		v.preview.Objects = append(rows, kit.Rule(), kit.NewText("Enter opens the chart at the next thing to do.", kit.Caption))
	}
	v.layout.hasPreview = c != nil
	v.layout.Layout(v.root.Objects, v.root.Size())
	v.root.Refresh()
}

// open opens the chosen chart of the text typed. A list that nobody typed for
// is chosen from by sight, so there Enter counts only once it has stood still.
func (v *View) open() {
	if v.search.Text == "" && (v.asked || !v.m.steady()) && len(v.waiting) == 0 && v.chosen == "" {
		return
	}
	v.afterSearch(waiting{do: v.openNow, opens: true})
}

// openShown is open from the list itself: the row under the pointer or the key
// is who is meant, so nobody else is opened when another list comes.
func (v *View) openShown() {
	p, ok := v.selected()
	if !ok {
		return
	}
	v.chosen = p.ID
	v.afterSearch(waiting{opens: true, do: func() {
		if v.chosen == p.ID {
			v.openNow()
		}
	}})
}

func (v *View) openNow() {
	if v.m.query != v.search.Text { // that search failed
		return
	}
	p, ok := v.selected()
	if !ok {
		if v.m.loaded {
			v.addNew()
		}
		return
	}
	v.p.OnOpen(p.ID)
}

// Content implements page.View.
func (v *View) Content() fyne.CanvasObject { return v.root }

// FirstFocus implements page.View.
func (v *View) FirstFocus() fyne.Focusable {
	if v.m.loaded && len(v.m.list.Rows) == 0 && v.m.query == "" {
		return v.add
	}
	return v.search
}

// Main implements page.View.
func (v *View) Main() page.Action {
	if len(v.m.list.Rows) == 0 && (!v.asked || v.search.Text == "") {
		return page.Action{}
	}
	return page.Action{Text: "Open chart", Do: v.open}
}

// More implements page.View.
func (v *View) More() []page.Action {
	out := []page.Action{{Text: "New patient", Key: "Ctrl+N", Do: v.addNew}}
	if v.last != nil {
		out = append(out, page.Action{Text: "Back to " + patient.DisplayName(*v.last), Key: "Alt+Left", Do: v.p.OnBack})
	}
	return out
}

// Problems implements page.View.
func (v *View) Problems() string { return "" }

// NextProblem implements page.View.
func (v *View) NextProblem(bool) {}

// Save implements page.View.
func (v *View) Save() {}

// Leave implements page.View.
func (v *View) Leave() { v.waiting = nil; v.cancel(); v.shown() }

// Refresh implements page.View.
func (v *View) Refresh() {
	v.find()
	if v.p.Last == nil {
		return
	}
	id, ok := v.p.Last()
	if !ok {
		return
	}
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (clinic.Chart, error) {
		return v.p.Records.Chart(ctx, id)
	}, func(c clinic.Chart, err error) {
		if err == nil {
			v.last = &c.Patient
			v.p.Frame.Changed()
		}
	})
}

// homeLayout: the search on top, the list below, the preview at the right when
// there is room for it.
type homeLayout struct{ hasPreview bool }

const (
	homeEdge     = float32(16)
	previewWidth = float32(310)
	previewFrom  = float32(1100)
	nextWidth    = float32(212) // the longest next thing to do, whole
)

func (l *homeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if size.Width == 0 {
		return
	}
	w := size.Width - 2*homeEdge
	o[0].Move(fyne.NewPos(homeEdge, homeEdge))
	o[0].Resize(fyne.NewSize(w, 32))
	top := homeEdge + 32 + 14
	h := size.Height - top - homeEdge
	o[3].(*fyne.Container).Hidden = !l.hasPreview || size.Width < previewFrom
	if !o[3].(*fyne.Container).Hidden {
		o[3].Move(fyne.NewPos(size.Width-homeEdge-previewWidth, top))
		o[3].Resize(fyne.NewSize(previewWidth, h))
		w -= previewWidth + 12
	}
	o[1].Move(fyne.NewPos(homeEdge, top))
	o[1].Resize(fyne.NewSize(w, h))
	o[2].Move(fyne.NewPos(homeEdge, top+30))
	o[2].Resize(fyne.NewSize(w, h-30))
}

func (l *homeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 320) }

type headLayout struct{}

func (headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range []float32{0, 460, 0, 0} {
		m := o[i].MinSize()
		if w == 0 {
			w = m.Width
		}
		o[i].Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o[i].Resize(fyne.NewSize(w, m.Height))
		x += w + 14
	}
}

func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 32) }
