package rules

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Params are what the page is made of.
type Params struct {
	Frame   page.Frame
	Records records
	// OnBack leaves the page.
	OnBack func()
}

// View is the page. It shows the values, and after "Preview" what they would do,
// where they are signed.
type View struct {
	p      Params
	m      *model
	form   *kit.FormScroll
	fields kit.Fields
	first  fyne.Focusable
}

var _ interface {
	page.View
	page.Keeper
} = (*View)(nil)

// New returns the page.
func New(p Params) *View {
	return &View{p: p, m: newModel(clinic.RulesState{}), form: kit.NewFormScroll(p.Frame)}
}

// Content implements page.View.
func (v *View) Content() fyne.CanvasObject { v.build(); return v.form }

func (v *View) build() {
	v.fields, v.first = kit.Fields{}, nil
	if v.m.preview != nil {
		v.form.SetContent(kit.Stack(12, v.previewRows()...))
		return
	}
	v.form.SetContent(kit.Stack(12, v.valueRows()...))
}

// valueRows are the page while values are typed.
func (v *View) valueRows() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.NewText("Readiness rules", kit.Heading),
		kit.NewText(v.m.versionWords()+" A change needs a therapist's signature, makes a new version and counts from the next "+
			"decision on. What was signed before keeps its rules.", kit.Quiet),
	}
	for _, p := range v.m.state.Unfit {
		rows = append(rows, kit.NewText(p.Text, kit.TextStyle{Color: look.ColorStop, Bold: true}))
	}
	for _, g := range screen.Groups {
		var cells [][]kit.Cell
		for _, x := range v.m.values {
			if x.Group == g {
				cells = append(cells, v.row(x))
			}
		}
		if len(cells) > 0 {
			rows = append(rows, kit.NewText(groupTitles[g], kit.Title), kit.Card(kit.Grid(cells...)))
		}
	}
	if v.m.state.Rules == nil {
		return rows
	}
	rows = append(rows, kit.NewText("Rules that cannot be changed", kit.Title), kit.Card(v.locks()))
	return append(rows, v.history()...)
}

// row is one value: its box or its chips, then its limits, then its source.
func (v *View) row(x screen.Value) []kit.Cell {
	beside := func(text string) fyne.CanvasObject { return kit.Inset(0, 0, 0, 7, kit.NewText(text, kit.Caption)) } // at the middle of the box
	about := []kit.Cell{kit.Span(3, beside(limitWords(x))), kit.Span(4, beside(sourceWords(x)))}
	if x.Lock != "" {
		return append([]kit.Cell{kit.Span(5, kit.Stack(2, kit.NewText(x.Title, kit.Caption),
			kit.NewText(x.Now+" "+x.Unit, kit.Strong)))}, kit.Span(3, kit.NewText(x.Lock, kit.Caption)), kit.Span(4, kit.NewText(sourceWords(x), kit.Caption)))
	}
	var control kit.Control
	var options []kit.FieldOption
	if x.Options != nil {
		var choices []kit.Choice
		for _, o := range x.Options {
			w := optionWords[o]
			choices = append(choices, kit.Choice{Value: o, Text: w, Key: rune(w[0] - 'A' + 'a')})
		}
		chips := kit.NewChoiceChips(v.form, choices...)
		chips.Put(v.m.typed[x.Key])
		chips.OnChanged = func(s string) { v.set(x, s) }
		control = chips
	} else {
		control = v.number(x)
		options = append(options, kit.Unit(x.Unit))
	}
	f := kit.NewField(v.form, x.Title, control, options...)
	f.SetNote(v.m.note(x))
	v.fields.Add(x.Key, f)
	if v.first == nil {
		v.first = control.First()
	}
	return append([]kit.Cell{kit.Span(5, f)}, about...)
}

func (v *View) number(x screen.Value) *kit.NumberEntry {
	n := kit.NewNumberEntry(v.form, 5)
	n.Put(v.m.typed[x.Key])
	if x.Step.IsWhole() {
		n.Step, n.Min, n.Max = 1, whole(x.Low), whole(x.High)
	}
	n.OnChanged = func(s string) { v.set(x, s) }
	n.OnLeave = func() {
		v.fields.ShowOne(x.Key, v.m.problems().For(x.Key))
		v.p.Frame.Changed()
	}
	return n
}

func whole(d domain.Decimal) int { return int(d.Rat().Num().Int64()) }

// set takes what is typed or chosen.
func (v *View) set(x screen.Value, text string) {
	v.m.typed[x.Key] = text
	problem := v.m.problems().For(x.Key)
	v.fields.Clear(x.Key, problem)
	note := ""
	if problem == "" {
		note = v.m.note(x)
	}
	v.fields.Note(x.Key, note)
	v.p.Frame.Changed()
}

func (v *View) locks() fyne.CanvasObject {
	var rows [][]kit.Cell
	for _, l := range v.m.state.Rules.Locks() {
		rows = append(rows, kit.Row(kit.Span(2, kit.NewText(l.ID, kit.Quiet)), kit.Span(4, kit.NewText(l.Title, kit.Body)),
			kit.Span(6, kit.NewText(l.Why, kit.Body))))
	}
	return kit.Grid(rows...)
}

func (v *View) history() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText("Versions", kit.Title)}
	all := v.m.state.History
	if len(all) == 0 {
		return append(rows, kit.NewText("No version was signed yet. The rules are as shipped.", kit.Quiet))
	}
	for i := len(all) - 1; i >= 0; i-- {
		rows = append(rows, kit.Stack(2, kit.NewText(historyWords(all[i]), kit.Body), kit.NewText(all[i].Reason, kit.Quiet)))
	}
	return rows
}

// previewRows are the page before the signature.
func (v *View) previewRows() []fyne.CanvasObject {
	p := *v.m.preview
	rows := []fyne.CanvasObject{
		kit.NewText("New rules "+p.Version, kit.Heading),
		kit.NewText(previewWords(p), kit.Strong),
	}
	var changed []fyne.CanvasObject
	for _, d := range p.Values {
		changed = append(changed, kit.NewText(valueWords(d), kit.Body))
	}
	rows = append(rows, kit.NewText("Values that change", kit.Title), kit.Card(kit.Stack(4, changed...)))
	reason := kit.NewEntry(v.form)
	reason.Put(v.m.reason)
	reason.OnChanged = func(s string) { v.m.reason = s; v.fields.Clear("reason", "") }
	field := kit.NewField(v.form, "Reason for the change", reason, kit.Needed(), kit.Hint("kept with the version"))
	v.fields.Add("reason", field)
	v.first = reason
	rows = append(rows, field)
	if n := len(p.Changes); n > 0 {
		list := kit.NewDataList(v.form, kit.Column{Title: "Patient", Strong: true}, kit.Column{Title: "Screened", Width: 120, Fixed: true},
			kit.Column{Title: "On that day", Width: 270}, kit.Column{Title: "Today", Width: 270}, kit.Column{Title: "", Width: 80, Fixed: true})
		list.SetAccessibleName("Patients whose result would change")
		list.SetRows(n, func(row, column int) string { return cell(p.Changes[row], column) })
		rows = append(rows, kit.NewText("Patients whose result would change", kit.Title), container.New(lines{min(n, 10)}, list))
	}
	return rows
}

// lines is a list n rows high.
type lines struct{ n int }

func (l lines) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

func (l lines) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(m.Width, m.Height+float32(max(0, l.n-3))*36)
}

// FirstFocus implements page.View.
func (v *View) FirstFocus() fyne.Focusable { return v.first }

// Main implements page.View.
func (v *View) Main() page.Action {
	if v.m.preview != nil {
		return page.Action{Text: "Sign these rules", Do: v.sign}
	}
	return page.Action{Text: "Preview the change", Do: v.preview}
}

// More implements page.View.
func (v *View) More() []page.Action {
	if v.m.preview != nil {
		return []page.Action{{Text: "Back to the values", Do: v.back}}
	}
	return []page.Action{{Text: "Put all back to shipped", Do: func() { v.m.shipped(); v.build(); v.focusFirst() }},
		{Text: "Leave", Do: v.p.OnBack}}
}

func (v *View) focusFirst() {
	v.form.ScrollToTop()
	kit.Focus(v.first)
	v.p.Frame.Changed()
}

func (v *View) back() {
	v.m.preview = nil
	v.build()
	v.focusFirst()
}

// Problems implements page.View.
func (v *View) Problems() string { return v.fields.Words() }

// NextProblem implements page.View.
func (v *View) NextProblem(back bool) { v.fields.Next(back) }

// Save implements page.View: values are kept by signing them.
func (v *View) Save() { v.Main().Do() }

// preview asks what the typed values would do.
func (v *View) preview() {
	if v.refuse(v.m.problems()) {
		return
	}
	if !v.m.changed() {
		v.p.Frame.Say("No value differs from the rules in force.")
		return
	}
	from, edits := v.m.state.Number, v.m.edits()
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (clinic.RulesPreview, error) {
		return v.p.Records.PreviewRules(ctx, from, edits)
	}, func(p clinic.RulesPreview, err error) {
		if err != nil {
			v.failed(err)
			return
		}
		v.m.preview = &p
		v.build()
		v.focusFirst()
	})
}

// sign asks for the signature.
func (v *View) sign() {
	if text := clinic.RulesReasonProblem(v.m.reason); text != "" {
		v.refuse(domain.Problems{{Field: "reason", Text: text}})
		return
	}
	who := v.p.Frame.Actor()
	name := who.Name
	if who.Credentials != "" {
		name += ", " + who.Credentials
	}
	p := *v.m.preview
	sheet := &kit.Sheet{
		Title: "Sign new rules",
		Body: kit.Stack(12,
			kit.SummaryList(
				kit.SummaryItem{Label: "Version", Value: p.Version},
				kit.SummaryItem{Label: "Values", Value: fmt.Sprintf("%d change", len(p.Values))},
				kit.SummaryItem{Label: "Patients", Value: fmt.Sprintf("%d of %d would change, %d stricter, %d looser", len(p.Changes), p.Screens, p.Stricter, p.Looser)},
				kit.SummaryItem{Label: "Signed by", Value: name},
			),
			kit.NewText("A signed version cannot be changed. Another change makes a new version.", kit.Quiet)),
		Main: "Sign",
	}
	sheet.Do = func() bool {
		sheet.Close()
		v.store(clinic.RulesRequest{From: v.m.state.Number, Edits: v.m.edits(), Reason: v.m.reason})
		return false
	}
	sheet.Show(v.p.Frame.Router(), v.p.Frame.Canvas())
}

func (v *View) store(q clinic.RulesRequest) {
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (clinic.RulesState, error) {
		if _, err := v.p.Records.SignRules(ctx, q); err != nil {
			return clinic.RulesState{}, err
		}
		return v.p.Records.Rules(ctx)
	}, func(state clinic.RulesState, err error) {
		if err != nil {
			v.failed(err)
			return
		}
		v.m = newModel(state)
		v.build()
		v.focusFirst()
		v.p.Frame.Say("Signed. " + state.Rules.Version + " is in force.")
	})
}

// failed shows why something was refused. What was typed stays.
func (v *View) failed(err error) {
	if !v.refuse(clinic.Reasons(err)) {
		v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
	}
}

// refuse shows problems and goes to the first; it reports whether there were.
func (v *View) refuse(problems domain.Problems) bool {
	if len(problems) == 0 {
		return false
	}
	for _, p := range v.fields.Show(problems) {
		v.p.Frame.Notify(look.Attention, p.Text)
	}
	v.p.Frame.Changed()
	if words := v.fields.Words(); words != "" {
		v.p.Frame.Say("Nothing is signed. " + words + ".")
	}
	v.fields.First()
	return true
}

// Unkept implements page.Keeper: nothing is kept before it is signed.
func (v *View) Unkept() string {
	if !v.m.changed() {
		return ""
	}
	return "The values you typed here are not signed."
}

// Leave implements page.View.
func (v *View) Leave() {}

// Refresh implements page.View.
func (v *View) Refresh() {
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), v.p.Records.Rules, func(state clinic.RulesState, err error) {
		if err != nil {
			v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		v.m = newModel(state)
		v.build()
		kit.Focus(v.first)
		v.p.Frame.Changed()
	})
}
