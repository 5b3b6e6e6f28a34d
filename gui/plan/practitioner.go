package plan

import (
	"context"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/run"
)

// sectionPractitioner is the way out of a plan that only the practitioner of
// record opens: a sheet of this section.
const sectionPractitioner = "practitioner"

// practitioner asks for an event of the count.
func (s *Section) practitioner() {
	p := s.model.chart.Patient
	sheet := &kit.Sheet{Title: "Practitioner of record", Main: "Record", Width: 720}
	host := kit.SheetForm{Router: s.host.Router(), Sheet: sheet}
	var fields kit.Fields
	field := func(path, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
		f := kit.NewField(host, name, c, options...)
		fields.Add(path, f)
		fixed := func() { fields.ShowOne(path, "") } // the message goes with the next key
		switch w := c.(type) {
		case *kit.Entry:
			w.OnChanged = func(string) { fixed() }
		case *kit.DateEntry:
			w.OnChanged = fixed
		case *kit.ChoiceChips:
			w.OnChanged = func(string) { fixed() }
		}
		return f
	}
	event := kit.NewChoiceChips(host,
		kit.Choice{Value: string(clinic.PractitionerSigned), Text: "Reviewed and signed the plan", Key: 's'},
		kit.Choice{Value: string(clinic.OutOfState), Text: "Diagnosed in another state", Key: 'o'},
		kit.Choice{Value: string(clinic.FirstTreatment), Text: "First treatment", Key: 'f'})
	event.AutoAdvance = true
	name, on := kit.NewEntry(host), kit.NewDateEntry(host)
	sheet.Body = kit.Stack(10,
		kit.SummaryList(
			kit.SummaryItem{Label: "Patient", Value: strings.ToUpper(p.LastName) + ", " + p.FirstName + ", born " + p.BirthDate.Short()},
			kit.SummaryItem{Label: "Recorded by", Value: signer(s.host.Actor())}),
		kit.Grid(
			kit.Row(kit.Span(12, field("event", "What happened", event, kit.Needed()))),
			kit.Row(kit.Span(7, field("name", "Name of the practitioner", name, kit.Hint("not for a first treatment"))),
				kit.Span(5, field("on", "Day", on, kit.Needed())))),
		kit.NewText("The count begins with the first plan, or with a first treatment before it. A signature ends it; a first treatment after that begins the count of another condition.", kit.Quiet))
	sheet.First = event.First()
	refuse := func(problems domain.Problems) {
		for _, x := range fields.Show(problems) {
			s.host.Notify(look.Stop, x.Text)
		}
		fields.First()
	}
	sheet.Do = func() bool {
		in := clinic.Practitioner{Event: clinic.PractitionerEvent(event.Value()), Name: name.Text}
		var problem string
		if in.On, problem = on.Date("Day"); problem != "" {
			refuse(domain.Problems{{Field: "on", Text: problem}})
			return false
		}
		run.Go(s.host.Context(), s.host.Runner(), func(ctx context.Context) (clinic.Ruling, error) {
			return s.model.svc.RecordPractitioner(ctx, s.model.id, in)
		}, func(_ clinic.Ruling, err error) {
			if problems := clinic.Reasons(err); len(problems) > 0 {
				refuse(problems)
				return
			}
			if err != nil {
				s.host.Notify(look.Stop, clinic.Sentence(err)+" What you typed is still here.")
				return
			}
			sheet.Close()
			s.reload()
			s.host.Say("Recorded")
			s.host.Canvas().Focus(s.FirstFocus())
		})
		return false
	}
	sheet.Show(s.host.Router(), s.host.Canvas())
}
