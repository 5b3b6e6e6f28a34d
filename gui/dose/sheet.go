package dose

import (
	"context"
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
	"backtobar/gui/run"
)

// Desk is where a decision is made.
type Desk struct {
	Service Service
	Host    page.Host
	Route   *program.Library
	// Unit is that of a weight typed without one.
	Unit domain.MassUnit
	// Done is called with the plan that was signed.
	Done func(clinic.SignedPlan)
}

// person names whom a signature is about and who signs.
func (d Desk) person(c clinic.Chart, what ...kit.SummaryItem) []kit.SummaryItem {
	who, p := d.Host.Actor(), c.Patient
	name := who.Name
	if who.Credentials != "" {
		name += ", " + who.Credentials
	}
	out := []kit.SummaryItem{
		{Label: "Patient", Value: fmt.Sprintf("%s, %s", strings.ToUpper(p.LastName), p.FirstName)},
		{Label: "Born", Value: fmt.Sprintf("%s (%d y)", p.BirthDate.Short(), c.Age)},
	}
	return append(append(out, what...), kit.SummaryItem{Label: "Signed by", Value: name})
}

// Accept asks for the signature on the plan that the advice offers.
func (d Desk) Accept(c clinic.Chart, a clinic.Advice) {
	if a.Offer == nil {
		return
	}
	w := Describe(d.Route, a)
	sheet := &kit.Sheet{Title: "Sign the suggestion", Main: "Sign plan", Body: kit.Stack(12,
		kit.SummaryList(d.person(c, kit.SummaryItem{Label: "Next time", Value: w.What},
			kit.SummaryItem{Label: "Because", Value: strings.Join(w.Reasons, " ")})...),
		kit.NewText("This makes a new version of the plan. A handout that was given before is then replaced.", kit.Quiet))}
	sheet.Do = func() bool {
		sheet.Close() // before going on, so that the keyboard is not given back behind
		d.sign(func(ctx context.Context) (clinic.SignedPlan, error) {
			return d.Service.AcceptSuggestion(ctx, c.Patient.ID, a)
		})
		return false
	}
	sheet.Show(d.Host.Router(), d.Host.Canvas())
}

// sign keeps the plan in the background and goes on with it.
func (d Desk) sign(do func(context.Context) (clinic.SignedPlan, error)) {
	run.Go(d.Host.Context(), d.Host.Runner(), do, func(p clinic.SignedPlan, err error) {
		if err != nil {
			d.Host.Notify(look.Stop, "Not signed. "+clinic.Sentence(err))
			return
		}
		d.Host.Say(fmt.Sprintf("Plan %d signed %s", p.Version, p.Signature.At.Format("3:04 pm")))
		d.Done(p)
	})
}

// Change opens the sheet for another dose than the suggested one.
func (d Desk) Change(c clinic.Chart, place program.Where) {
	if c.Plan == nil {
		return
	}
	f := begin(*c.Plan, place)
	r := d.Host.Router()
	fields := &kit.Fields{}
	entry := func(value *string, width float32) *kit.Entry {
		e := kit.NewEntry(r)
		e.Width = width
		e.Put(*value)
		e.OnChanged = func(v string) { *value = v }
		return e
	}
	add := func(path, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
		x := kit.NewField(r, name, c, options...)
		fields.Add(path, x)
		return x
	}
	load, reason := entry(&f.Load, 110), entry(&f.Reason, 0)
	where := kit.NewChoiceChips(r, kit.Choice{Value: string(program.AtClinic), Text: "Clinic", Key: 'C'},
		kit.Choice{Value: string(program.AtHome), Text: "Home", Key: 'H'})
	where.Put(string(f.Place))
	where.OnChanged = func(v string) { f.Place = program.Where(v) }
	other := kit.NewText("", kit.TextStyle{Color: look.ColorStop})
	other.Hide()
	sheet := &kit.Sheet{Title: "Choose another dose", Main: "Sign plan", Width: 800, Body: kit.Stack(12,
		kit.SummaryList(d.person(c)...), other,
		kit.Grid(
			kit.Row(kit.Span(2, add("sub_stage", "Step", entry(&f.SubStage, 60), kit.Needed())), kit.Span(2, add("sets", "Sets", entry(&f.Sets, 60), kit.Needed())),
				kit.Span(2, add("reps", "Repeats", entry(&f.Reps, 60), kit.Needed())), kit.Span(3, add("load", "Weight", load)),
				kit.Span(3, add("place", "Where", where, kit.Needed()))),
			kit.Row(kit.Span(12, add("reason", "Why", reason, kit.Needed(), kit.Hint("stays with the plan")))),
		),
		kit.NewText("This makes a new version of the plan.", kit.Quiet))}
	sheet.First = load.First()
	sheet.Do = func() bool {
		choice, wrong := f.read(d.Unit)
		if len(wrong) == 0 {
			_, err := d.Service.PreviewChoice(d.Host.Context(), c.Patient.ID, choice)
			if wrong = clinic.Reasons(err); err != nil && len(wrong) == 0 {
				wrong.Add("", clinic.Sentence(err))
			}
		}
		rest := fields.Show(wrong)
		var said []string
		for _, p := range rest {
			said = append(said, p.Text)
		}
		other.SetText(strings.Join(said, " "))
		other.Hidden = len(said) == 0
		sheet.Relayout()
		if len(wrong) > 0 {
			fields.First()
			return false
		}
		sheet.Close()
		d.sign(func(ctx context.Context) (clinic.SignedPlan, error) {
			return d.Service.ChangeSuggestion(ctx, c.Patient.ID, choice)
		})
		return false
	}
	sheet.Show(r, d.Host.Canvas())
}
