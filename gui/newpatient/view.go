package newpatient

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Params are what the page is made of.
type Params struct {
	Frame   page.Frame
	Records records
	// Query is what was searched for before.
	Query string
	// OnSaved is called with the patient added.
	OnSaved func(patient.Patient)
	// OnSame is called when the person is already here.
	OnSame func(domain.PatientID)
	// OnBack leaves without saving.
	OnBack func()
}

// View is the page.
type View struct {
	p      Params
	m      *model
	form   *kit.FormScroll
	panel  *kit.FormScroll
	fields kit.Fields
	last   *kit.Entry
	first  *kit.Entry
	birth  *kit.DateEntry
	born   *kit.Field
	phone  *kit.PhoneEntry
	none   *kit.Ticks
	cancel context.CancelFunc
	saving bool
	done   bool // saved, or given up for the chart that was here before
}

var _ interface {
	page.View
	page.Panelled
	page.Keeper
} = (*View)(nil)

// New returns the page.
func New(p Params) *View {
	v := &View{p: p, m: &model{today: p.Records.Today()}, cancel: func() {}}
	v.m.takeQuery(p.Query)
	v.form, v.panel = kit.NewFormScroll(p.Frame), kit.NewFormScroll(p.Frame)
	v.last = v.entry("last_name", &v.m.last)
	v.first = v.entry("first_name", &v.m.first)
	v.birth = kit.NewDateEntry(v.form)
	v.birth.OnChanged = func() { v.m.birth = v.birth.Typed(); v.typed("birth_date") }
	v.birth.OnLeave = func() { v.check("birth_date") }
	v.phone = kit.NewPhoneEntry(v.form)
	v.phone.OnChanged = func(s string) { v.m.phone = s; v.typed("phone") }
	v.phone.OnLeave = func() { v.check("phone") }
	v.none = kit.NewTicks(v.form, "No phone")
	v.none.OnChanged = func(_ int, ticked bool) { v.m.noPhone = ticked; v.typed("phone") }
	last := v.field("last_name", "Last name", v.last, kit.Needed())
	first := v.field("first_name", "First name", v.first, kit.Needed())
	v.born = v.field("birth_date", "Birth date", v.birth, kit.Needed(), kit.Hint("month day year"))
	v.form.SetContent(kit.Stack(14,
		kit.NewText("New patient", kit.Heading),
		kit.NewText("Four facts are enough to start. The intake asks the rest.", kit.Quiet),
		kit.Grid(
			kit.Row(kit.Span(6, last), kit.Span(6, first)),
			kit.Row(kit.Span(6, v.born)),
			kit.Row(kit.Span(6, v.field("phone", "Phone", v.phone, kit.Needed(), kit.Hint("10 digits"))),
				kit.Span(6, v.none)),
		),
		kit.NewText("* needed to save. Ctrl+Enter saves and opens the intake.", kit.Caption),
	))
	v.paintPanel()
	return v
}

func (v *View) entry(path string, value *string) *kit.Entry {
	e := kit.NewEntry(v.form)
	e.Put(*value)
	e.OnChanged = func(s string) { *value = s; v.typed(path) }
	e.OnLeave = func() { v.check(path) }
	return e
}

func (v *View) field(path, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
	f := kit.NewField(v.form, name, c, options...)
	v.fields.Add(path, f)
	return f
}

// typed follows each edit: it takes a problem away when it is put right, and
// looks for duplicates.
func (v *View) typed(path string) {
	v.done = false
	v.fields.Clear(path, v.m.problems().For(path))
	if path == "birth_date" {
		v.born.SetNote(v.m.birthNote())
	}
	v.p.Frame.Changed()
	if path != "phone" {
		v.findDuplicates()
	}
}

// check shows the problem of a field that is left with something in it.
func (v *View) check(path string) {
	text := v.m.problems().For(path)
	if text == "" || !v.m.empty(path) {
		v.fields.ShowOne(path, text)
		v.p.Frame.Changed()
	}
}

func (v *View) findDuplicates() {
	v.cancel()
	p := v.m.patient()
	if p.LastName == "" && p.BirthDate.IsZero() {
		v.m.duplicates = clinic.Duplicates{}
		v.paintPanel()
		return
	}
	ctx, cancel := context.WithCancel(v.p.Frame.Context())
	v.cancel = cancel
	run.Go(ctx, v.p.Frame.Runner(), func(ctx context.Context) (clinic.Duplicates, error) {
		return v.p.Records.FindDuplicates(ctx, p)
	}, func(d clinic.Duplicates, err error) {
		if err != nil {
			v.p.Frame.Notify(look.Attention, "Possible duplicates could not be looked up. "+clinic.Sentence(err))
			return
		}
		v.m.duplicates = d
		v.paintPanel()
		v.p.Frame.Changed()
	})
}

// paintPanel shows who may be the same person.
func (v *View) paintPanel() {
	d := v.m.duplicates
	rows := []fyne.CanvasObject{kit.NewText("Possible duplicates", kit.Title)}
	add := func(s look.Status, words string, people []patient.Patient) {
		icon := canvas.NewImageFromResource(s.Icon())
		icon.SetMinSize(fyne.NewSize(18, 18))
		rows = append(rows, kit.Lead(icon, kit.NewText(words, kit.TextStyle{Bold: true, Color: s.Text()})))
		for _, p := range people {
			rows = append(rows, kit.Stack(2,
				kit.NewText(patient.DisplayName(p), kit.Strong),
				kit.NewText(fmt.Sprintf("Born %s, chart %s", p.BirthDate.Short(), patient.FormatNumber(p.Number)), kit.Quiet),
				kit.Inline(0, kit.NewButton(v.panel, "Open this chart instead", "", func() { v.same(p.ID) }))))
		}
	}
	if len(d.Exact) > 0 {
		add(look.Stop, "Same name and birth date", d.Exact)
	}
	if len(d.Similar) > 0 {
		add(look.Attention, "Similar name or same birth date", d.Similar)
	}
	if len(d.Exact)+len(d.Similar) == 0 {
		rows = append(rows, kit.NewText("None found so far.", kit.Quiet),
			kit.NewText("Looks at names that sound or are written alike and at the birth date while you type.", kit.Caption))
	}
	v.panel.SetContent(kit.Stack(10, rows...))
}

// Content implements page.View.
func (v *View) Content() fyne.CanvasObject { return v.form }

// Panel implements page.Panelled.
func (v *View) Panel() fyne.CanvasObject { return kit.Side(v.panel) }

// Glance implements page.Panelled.
func (v *View) Glance() (look.Status, string) {
	switch n := len(v.m.duplicates.Similar); {
	case len(v.m.duplicates.Exact) > 0:
		return look.Stop, "Somebody with this name and birth date is already here."
	case n == 1:
		return look.Attention, "1 similar patient."
	case n > 1:
		return look.Attention, fmt.Sprintf("%d similar patients.", n)
	}
	return look.Ready, "No possible duplicate found so far."
}

// FocusPanel implements page.Panelled.
func (v *View) FocusPanel() {
	if len(v.m.duplicates.Exact)+len(v.m.duplicates.Similar) > 0 {
		v.p.Frame.Canvas().Focus(kit.FirstIn(v.panel))
	}
}

// FirstFocus implements page.View.
func (v *View) FirstFocus() fyne.Focusable { return v.last }

// Main implements page.View.
func (v *View) Main() page.Action { return page.Action{Text: "Save and start intake", Do: v.Save} }

// More implements page.View.
func (v *View) More() []page.Action {
	return []page.Action{{Text: "Leave without saving", Key: "Ctrl+0", Do: v.p.OnBack}}
}

// Problems implements page.View.
func (v *View) Problems() string { return v.fields.Words() }

// NextProblem implements page.View.
func (v *View) NextProblem(back bool) { v.fields.Next(back) }

// Save implements page.View.
func (v *View) Save() {
	if v.saving || v.refuse(v.m.problems()) {
		return
	}
	v.add(v.p.Records.AddPatient)
}

func (v *View) add(how func(context.Context, patient.Patient) (patient.Patient, error)) {
	v.saving = true
	p := v.m.patient()
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (patient.Patient, error) {
		return how(ctx, p)
	}, func(added patient.Patient, err error) {
		v.saving = false
		switch {
		case err == nil:
			v.p.Frame.Say("Patient added. Chart " + patient.FormatNumber(added.Number) + ".")
			v.done = true
			v.p.OnSaved(added)
		case errors.Is(err, domain.ErrNotAllowed) && clinic.Reasons(err).For("last_name") != "":
			v.compare(p)
		case !v.refuse(clinic.Reasons(err)):
			v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
		}
	})
}

// same goes to the chart of the person, who was here before; what was typed is
// given up for it.
func (v *View) same(id domain.PatientID) {
	v.done = true
	v.p.OnSame(id)
}

// compare asks whether the person who is already here is the same.
func (v *View) compare(p patient.Patient) {
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (clinic.Duplicates, error) {
		return v.p.Records.FindDuplicates(ctx, p)
	}, func(d clinic.Duplicates, err error) {
		if err != nil {
			v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		if len(d.Exact) == 0 { // changed at another window in between
			v.p.Frame.Notify(look.Info, "The other chart has changed. Save again.")
			return
		}
		old := d.Exact[0]
		phone := func(q patient.Patient) string {
			if q.Phone == "" {
				return "No phone"
			}
			return patient.FormatPhone(q.Phone)
		}
		sheet := &kit.Sheet{
			Title: "A patient with this name and birth date is already here",
			Main:  "Same person, open that chart",
			Do:    func() bool { v.same(old.ID); return true },
		}
		sheet.Body = kit.Stack(12,
			kit.SummaryList(
				kit.SummaryItem{Label: "Name", Value: patient.DisplayName(old)},
				kit.SummaryItem{Label: "Born", Value: old.BirthDate.Short()},
				kit.SummaryItem{Label: "Chart", Value: patient.FormatNumber(old.Number)},
				kit.SummaryItem{Label: "Phone there", Value: phone(old)},
				kit.SummaryItem{Label: "Phone typed", Value: phone(p)}),
			kit.NewText("Compare before you choose. Two charts of one person hide what the other one says.", kit.Body),
			kit.Inline(0, kit.NewButton(v.p.Frame, "Different person, keep going", "", func() {
				sheet.Close()
				v.add(v.p.Records.AddNamesake)
			})))
		sheet.Show(v.p.Frame.Router(), v.p.Frame.Canvas())
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

// Unkept implements page.Keeper: nothing is kept before the patient is saved.
func (v *View) Unkept() string {
	if v.done || !v.m.typed() {
		return ""
	}
	return "What you typed here is not kept."
}

// Leave implements page.View.
func (v *View) Leave() { v.cancel() }

// Refresh implements page.View.
func (v *View) Refresh() { v.findDuplicates() }
