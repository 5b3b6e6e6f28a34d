package screen

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	rules "backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/run"
)

// ask is a sheet with a form for one ruling.
type ask struct {
	s      *Section
	sheet  *kit.Sheet
	host   kit.Host
	fields kit.Fields
	first  fyne.Focusable
}

func (s *Section) newAsk(title, verb string) *ask {
	a := &ask{s: s, sheet: &kit.Sheet{Title: title, Main: verb, Width: 760}}
	a.host = kit.SheetForm{Router: s.host.Router(), Sheet: a.sheet}
	return a
}

// field adds a question under the name of its problems.
func (a *ask) field(path, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
	f := kit.NewField(a.host, name, c, options...)
	a.fields.Add(path, f)
	fixed := func() { a.fields.ShowOne(path, "") } // the message goes with the next key
	switch w := c.(type) {
	case *kit.Entry:
		w.OnChanged = func(string) { fixed() }
	case *kit.DateEntry:
		w.OnChanged = fixed
	case *kit.ChoiceChips:
		w.OnChanged = func(string) { fixed() }
	case *kit.Ticks:
		w.OnChanged = func(int, bool) { fixed() }
	}
	if a.first == nil {
		a.first = c.First()
	}
	return f
}

// show opens the sheet: whose chart it is, the form, and what signing means.
func (a *ask) show(form fyne.CanvasObject, meaning string) {
	p, who := a.s.model.patient, a.s.host.Actor()
	signer := who.Name
	if who.Credentials != "" {
		signer += ", " + who.Credentials
	}
	if who.Licence != "" {
		signer += ", licence " + who.Licence
	}
	a.sheet.Body = kit.Stack(10,
		kit.SummaryList(
			kit.SummaryItem{Label: "Patient", Value: strings.ToUpper(p.LastName) + ", " + p.FirstName + ", born " + bornWords(p, a.s.model.today)},
			kit.SummaryItem{Label: "Signed by", Value: signer}),
		form, kit.NewText(meaning, kit.Quiet))
	a.sheet.First = a.first
	a.sheet.Show(a.s.host.Router(), a.s.host.Canvas())
}

// refuse shows problems on the sheet, which stays with everything typed. What
// belongs to no field stands in a notice.
func (a *ask) refuse(problems domain.Problems) {
	for _, p := range a.fields.Show(problems) {
		a.s.host.Notify(look.Stop, p.Text)
	}
	a.fields.First()
}

// keep runs a use case and closes the sheet when it was kept.
func keep[T any](a *ask, said string, do func(context.Context) (T, error), then func(T)) {
	a.s.signing = true // no draft comes back behind the signature
	run.Go(a.s.host.Context(), a.s.host.Runner(), do, func(out T, err error) {
		a.s.signing = false
		if p := clinic.Reasons(err); len(p) > 0 {
			a.refuse(p)
			return
		}
		if err != nil {
			a.s.host.Notify(look.Stop, clinic.Sentence(err)+" What you typed is still here.")
			return
		}
		a.sheet.Close()
		then(out)
		a.s.host.Say(said)
	})
}

// ruled shows the newest screen again after something was put on record.
func (s *Section) ruled(clinic.Ruling) {
	s.Refresh()
	s.host.Changed()
	s.host.Canvas().Focus(s.FirstFocus())
}

// recordClearance asks for a clearance as it stands on the paper.
func (s *Section) recordClearance() {
	names := s.current.Clearable
	a := s.newAsk("Record a clearance", "Record clearance")
	var choices []kit.Choice
	for i, name := range names {
		choices = append(choices, kit.Choice{Value: name, Text: clearanceText(s.model.rules, name), Key: rune('1' + i%9)})
	}
	which := kit.NewChoiceChips(a.host, choices...)
	which.AutoAdvance = true
	by, profession, covers := kit.NewEntry(a.host), kit.NewEntry(a.host), kit.NewEntry(a.host)
	given, until := kit.NewDateEntry(a.host), kit.NewDateEntry(a.host)
	rows := [][]kit.Cell{
		kit.Row(kit.Span(12, a.field("name", "Clearance", which, kit.Needed()))),
		kit.Row(kit.Span(6, a.field("by", "Who cleared", by, kit.Needed())),
			kit.Span(6, a.field("profession", "Profession", profession, kit.Needed(), kit.Hint("such as cardiologist")))),
		kit.Row(kit.Span(12, a.field("covers", "What the paper allows, with any limit", covers, kit.Needed()))),
		kit.Row(kit.Span(6, a.field("given", "Day on the paper", given, kit.Needed())),
			kit.Span(6, a.field("until", "Last day it counts", until, kit.Hint("empty: as long as the rules allow")))),
	}
	if len(names) == 1 {
		which.Put(names[0])
		a.first = by
	}
	shown := s.current.Screen.ID
	a.sheet.Do = func() bool {
		r := clinic.ClearanceRequest{Name: which.Value(), By: by.Text, Profession: profession.Text, Covers: covers.Text}
		var problems domain.Problems
		if r.Name == "" {
			problems.Add("name", "Choose what was cleared")
		}
		var text string
		if r.Given, text = given.Date("Day on the paper"); text != "" {
			problems.Add("given", text)
		}
		if r.Until, text = until.Date("Last day"); text != "" {
			problems.Add("until", text)
		}
		if len(problems) > 0 {
			a.refuse(problems)
			return false
		}
		keep(a, "Clearance recorded", func(ctx context.Context) (clinic.Ruling, error) {
			return s.svc.RecordClearance(ctx, s.patient, shown, r)
		}, s.ruled)
		return false
	}
	a.show(kit.Grid(rows...), "A record cannot be changed; it can be withdrawn. It counts until its last day, and only while the concern goes on.")
}

// recordFinding asks for the medical result that closes a stop.
func (s *Section) recordFinding() {
	a := s.newAsk("Record the medical finding that closes the stop", "Record finding")
	by, profession, text := kit.NewEntry(a.host), kit.NewEntry(a.host), kit.NewNotes(a.host, 2)
	on := kit.NewDateEntry(a.host)
	form := kit.Grid(
		kit.Row(kit.Span(6, a.field("by", "Who found it", by, kit.Needed())),
			kit.Span(6, a.field("profession", "Profession", profession, kit.Needed(), kit.Hint("such as emergency physician")))),
		kit.Row(kit.Span(12, a.field("text", "What was found", text, kit.Needed()))),
		kit.Row(kit.Span(12, a.field("on", "Day of the finding", on, kit.Needed()))))
	stopped := s.current.Stopped.ID
	a.sheet.Do = func() bool {
		f := clinic.Finding{By: by.Text, Profession: profession.Text, Text: text.Text}
		var wrong string
		if f.On, wrong = on.Date("Day of the finding"); wrong != "" {
			a.refuse(domain.Problems{{Field: "on", Text: wrong}})
			return false
		}
		keep(a, "Finding recorded", func(ctx context.Context) (clinic.Ruling, error) {
			return s.svc.RecordFinding(ctx, s.patient, stopped, f)
		}, s.ruled)
		return false
	}
	a.show(form, "It closes this stop only. The patient is screened again before anything is planned; a stop that comes back is new.")
}

// askOverride asks what is decided against, why, and until when.
func (s *Section) askOverride(title string, x rules.Explanation, names []string, all bool, store func(*ask, clinic.OverrideRequest)) {
	a := s.newAsk(title, "Sign override")
	what := kit.NewTicks(a.host, overrideTexts(x, names)...)
	reason := kit.NewNotes(a.host, 2)
	until := kit.NewDateEntry(a.host)
	last := s.svc.Today().AddDays(s.model.rules.OverrideDays)
	for i := range names {
		what.Put(i, all || len(names) == 1)
	}
	form := kit.Grid(
		kit.Row(kit.Span(12, a.field("names", "Override", what, kit.Needed(), kit.Hint("Left and Right move, Space ticks")))),
		kit.Row(kit.Span(12, a.field("reason", "Reason in your words", reason, kit.Needed()))),
		kit.Row(kit.Span(12, a.field("until", "Last day", until,
			kit.Hint(fmt.Sprintf("empty: %s; %d days at most", last.Short(), s.model.rules.OverrideDays))))))
	if len(names) == 1 {
		a.first = reason
	}
	a.sheet.Do = func() bool {
		r := clinic.OverrideRequest{Reason: reason.Text}
		for i, name := range names {
			if what.Ticked(i) {
				r.Names = append(r.Names, name)
			}
		}
		var text string
		if r.Until, text = until.Date("Last day"); text != "" {
			a.refuse(domain.Problems{{Field: "until", Text: text}})
			return false
		}
		store(a, r)
		return false
	}
	a.show(form, "The chart and the plan show the rule, your name, your licence and your reason. The handout does not.")
}

// decideAgainst overrides rules of the signed screen.
func (s *Section) decideAgainst() {
	shown := s.current.Screen.ID
	s.askOverride("Override: decide against the rules", s.current.Explanation, s.current.Overridable, false,
		func(a *ask, r clinic.OverrideRequest) {
			keep(a, "Override signed", func(ctx context.Context) (clinic.Ruling, error) {
				return s.svc.Override(ctx, s.patient, shown, r)
			}, s.ruled)
		})
}

// signOverriding signs the form together with an override of all its gaps.
func (s *Section) signOverriding() {
	s.model.evaluate()
	names := s.model.gaps()
	if len(names) == 0 {
		s.sign()
		return
	}
	c, answered, taken := s.model.answers, s.model.answered(), s.model.takenList()
	s.askOverride("Sign this result with an override", s.model.verdict, names, true,
		func(a *ask, r clinic.OverrideRequest) {
			keep(a, "Override signed", func(ctx context.Context) (clinic.SignedScreen, error) {
				s.drafts.mu.Lock()
				defer s.drafts.mu.Unlock()
				return s.svc.SignScreenWith(ctx, s.patient, c, clinic.Signing{Override: &r, Answered: answered}, taken...)
			}, s.signed)
		})
}

// resign signs the answers again, for the identity as it was corrected.
func (s *Section) resign() {
	now := s.current
	a := s.newAsk("Sign this result again", "Sign")
	v := now.Explanation
	a.sheet.Do = func() bool {
		keep(a, "Signed again", func(ctx context.Context) (clinic.SignedScreen, error) {
			return s.svc.SignAgain(ctx, s.patient, now.Screen.ID)
		}, func(clinic.SignedScreen) { s.ruled(clinic.Ruling{}) })
		return false
	}
	a.show(kit.Stack(6, kit.StatusLine(look.Attention, now.Resign),
		kit.SummaryList(kit.SummaryItem{Label: "Result now", Value: v.Headline})),
		"The answers stay as old as they are. Overrides of the earlier signature do not go on.")
}

// withdraw ends a clearance, an override or a finding that counts.
func (s *Section) withdraw() {
	list := s.current.Rulings
	a := s.newAsk("Withdraw a record", "Withdraw")
	var choices []kit.Choice
	for i, x := range list {
		text := ruled(s.model.rules, x)
		choices = append(choices, kit.Choice{Value: string(x.ID), Text: text, Key: rune('1' + i%9)})
	}
	which := kit.NewChoiceChips(a.host, choices...)
	which.AutoAdvance = true
	reason := kit.NewNotes(a.host, 2)
	form := kit.Grid(
		kit.Row(kit.Span(12, a.field("ruling", "Withdraw", which, kit.Needed()))),
		kit.Row(kit.Span(12, a.field("reason", "Reason in your words", reason, kit.Needed()))))
	if len(list) == 1 {
		which.Put(string(list[0].ID))
		a.first = reason
	}
	a.sheet.Do = func() bool {
		if which.Value() == "" {
			a.refuse(domain.Problems{{Field: "ruling", Text: "Choose what to withdraw"}})
			return false
		}
		id, why := domain.RulingID(which.Value()), reason.Text
		keep(a, "Withdrawn", func(ctx context.Context) (clinic.Ruling, error) {
			return s.svc.Withdraw(ctx, s.patient, id, why)
		}, s.ruled)
		return false
	}
	a.show(form, "Both records stay in the history.")
}
