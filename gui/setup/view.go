package setup

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Params are what the page is made of.
type Params struct {
	Frame   page.Frame
	Records records
	// OnSaved is called with the settings kept.
	OnSaved func(clinic.Settings)
	// OnBack leaves without saving; nil the first time.
	OnBack func()
	// OnRules opens the screening rules, OnPeople the people; nil the first time.
	OnRules, OnPeople func()
}

// View is the page.
type View struct {
	p      Params
	m      *model
	form   *kit.FormScroll
	fields kit.Fields
	first  *kit.Entry
	gear   gearView
}

var _ interface {
	page.View
	page.Keeper
} = (*View)(nil)

// New returns the page.
func New(p Params) *View { return &View{p: p, m: newModel(), form: kit.NewFormScroll(p.Frame)} }

// Content implements page.View.
func (v *View) Content() fyne.CanvasObject { v.build(); return v.form }

// build makes the form from the model.
func (v *View) build() {
	v.fields = kit.Fields{}
	in := &v.m.in
	title, intro := "Set up this clinic", "These facts print on every handout. You can change them later with Ctrl+comma."
	if v.m.saved {
		title, intro = "Clinic settings", "These facts print on every handout."
	}
	v.first = v.entry("clinic_name", &in.ClinicName)
	phone := kit.NewPhoneEntry(v.form)
	phone.Put(v.m.phone)
	phone.OnChanged = func(s string) { v.m.phone = s; v.clear("phone") }
	phone.OnLeave = func() { v.check("phone") }
	gear := v.equipment() // it makes the text of what can be loaded, too
	rows := []fyne.CanvasObject{
		kit.NewText(title, kit.Heading),
		kit.NewText(intro, kit.Quiet),
		kit.Grid(
			kit.Row(kit.Span(6, v.field("clinic_name", "Clinic name", v.first, kit.Needed())),
				kit.Span(4, v.field("phone", "Clinic phone", phone, kit.Needed()))),
			kit.Row(kit.Span(6, v.field("address", "Address", v.entry("address", &in.Address))),
				kit.Span(6, v.field("hours", "Hours", v.entry("hours", &in.Hours), kit.Hint("as they should print")))),
		),
	}
	if v.m.asksTherapist() {
		rows = append(rows, kit.NewText("You, as therapist", kit.Title),
			kit.NewText("Only a therapist can sign a screen or a plan. More people are added with Ctrl+Shift+P.", kit.Quiet),
			kit.Grid(v.therapists()...))
	}
	rows = append(rows,
		kit.NewText("Equipment this clinic owns", kit.Title),
		kit.NewText("Only what is listed here is ever prescribed. A list left empty is not set up.", kit.Quiet),
		kit.Grid(gear...),
		v.gear.made,
		kit.NewText("Patients without a referral", kit.Title),
		kit.Grid(kit.Row(kit.Span(12, v.practitioner()))))
	rows = append(rows, v.templates()...)
	rows = append(rows,
		kit.NewText("* needed to save. All other answers can wait.", kit.Caption))
	v.form.SetContent(kit.Stack(12, rows...))
}

func (v *View) therapists() [][]kit.Cell {
	var rows [][]kit.Cell
	for i := range v.m.in.Therapists {
		t := &v.m.in.Therapists[i]
		at := fmt.Sprintf("therapists[%d].", i)
		needed := []kit.FieldOption{kit.Needed()}
		rows = append(rows, kit.Row(
			kit.Span(5, v.field(at+"name", "Therapist name", v.entry(at+"name", &t.Name), needed...)),
			kit.Span(3, v.field(at+"credentials", "Credentials", v.entry(at+"credentials", &t.Credentials),
				append(needed, kit.Hint("such as PT, DPT"))...)),
			kit.Span(4, v.field(at+"licence", "Licence number", v.entry(at+"licence", &t.Licence), needed...))))
	}
	return rows
}

// practitioner asks whether the days to the practitioner of record count.
func (v *View) practitioner() fyne.CanvasObject {
	box := kit.NewTicks(v.form, fmt.Sprintf("Count the days: ask for the signature from day %d, plan and print nothing more from day %d",
		clinic.PractitionerWarnDay, clinic.PractitionerBlockDay))
	box.Put(0, v.m.in.CountPractitioner)
	box.OnChanged = func(_ int, ticked bool) { v.m.in.CountPractitioner = ticked }
	return v.field("count_practitioner", "Practitioner of record (Florida)", box)
}

func (v *View) entry(path string, value *string) *kit.Entry {
	e := kit.NewEntry(v.form)
	e.Put(*value)
	e.OnChanged = func(s string) { *value = s; v.clear(path) }
	e.OnLeave = func() { v.check(path) }
	return e
}

func (v *View) field(path, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
	f := kit.NewField(v.form, name, c, options...)
	v.fields.Add(path, f)
	return f
}

// check shows the problem of a field that is left with something in it.
func (v *View) check(path string) {
	text := v.m.problems().For(path)
	if text != "" && v.m.empty(path) {
		return // not yet answered is no mistake before saving
	}
	v.fields.ShowOne(path, text)
	v.p.Frame.Changed()
}

func (v *View) clear(path string) { v.fields.Clear(path, v.m.problems().For(path)) }

// FirstFocus implements page.View.
func (v *View) FirstFocus() fyne.Focusable { return v.first }

// Main implements page.View.
func (v *View) Main() page.Action { return page.Action{Text: "Save and start", Do: v.Save} }

// More implements page.View.
func (v *View) More() []page.Action {
	var out []page.Action
	if v.p.OnPeople != nil {
		out = append(out, page.Action{Text: "People", Key: "Ctrl+Shift+P", Do: v.p.OnPeople})
	}
	if v.p.OnRules != nil {
		out = append(out, page.Action{Text: "Readiness rules", Do: v.p.OnRules})
	}
	if v.m.saved {
		out = append(out, page.Action{Text: "Clone the route", Do: func() {
			v.m.addTemplate()
			v.build()
			v.fields.Focus("template.name")
		}})
	}
	if v.p.OnBack != nil {
		out = append(out, page.Action{Text: "Leave without saving", Do: v.p.OnBack})
	}
	return out
}

// Problems implements page.View.
func (v *View) Problems() string { return v.fields.Words() }

// NextProblem implements page.View.
func (v *View) NextProblem(back bool) { v.fields.Next(back) }

// Save implements page.View.
func (v *View) Save() {
	if v.refuse(v.m.problems()) {
		return
	}
	in := v.m.settings()
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (clinic.Settings, error) {
		return v.p.Records.SaveSettings(ctx, in)
	}, func(out clinic.Settings, err error) {
		if err != nil {
			if !v.refuse(clinic.Reasons(err)) {
				v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
			}
			return
		}
		v.m.start = in
		v.p.Frame.Say("Saved.")
		v.p.OnSaved(out)
	})
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
	v.p.Frame.Say("Not saved. " + v.fields.Words() + ".")
	v.fields.First()
	return true
}

// Unkept implements page.Keeper: nothing is kept before the settings are saved.
func (v *View) Unkept() string {
	if !v.m.typed() {
		return ""
	}
	return "What you typed here is not kept."
}

// Leave implements page.View.
func (v *View) Leave() {}

// Refresh implements page.View.
func (v *View) Refresh() {
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (*model, error) {
		m := newModel()
		return m, m.load(ctx, v.p.Records)
	}, func(m *model, err error) {
		if err != nil {
			v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		if m.saved {
			v.m = m
			v.build()
			kit.Focus(v.first)
		}
	})
}
