package intake

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/page"
)

// draftEvery is how far a draft may be behind the keys.
const draftEvery = 1500 * time.Millisecond

// Section is the Intake section of one chart.
type Section struct {
	model *model
	host  page.Host
	form  *kit.FormScroll

	last, first, problem *kit.Entry
	born                 *kit.DateEntry
	sex, unit, language  *kit.ChoiceChips
	phone                *kit.PhoneEntry
	noPhone              *kit.Ticks
	weight               *kit.NumberEntry
	bells, dumbbells     *kit.Entry
	bars, plates         *kit.Entry
	barbell, backpack    *kit.ChoiceChips

	// fields by the names of the problems, in the order of the form.
	fields map[string]*kit.Field
	order  []string
	built  fyne.CanvasObject
	now    func() time.Time
}

// New returns the section of a patient's chart. now is the program's clock; it
// only stamps the words in the status bar.
func New(svc Service, host page.Host, chart clinic.Chart, now func() time.Time) *Section {
	s := &Section{model: newModel(svc, chart), host: host, now: now}
	s.build()
	return s
}

func (s *Section) build() {
	f := kit.NewFormScroll(s.host)
	s.form = f
	s.last, s.first = kit.NewEntry(f), kit.NewEntry(f)
	s.sex = kit.NewChoiceChips(f, kit.Choice{Value: "female", Text: "Female", Key: 'F'},
		kit.Choice{Value: "male", Text: "Male", Key: 'M'})
	s.sex.AutoAdvance = true
	s.born = kit.NewDateEntry(f)
	s.phone = kit.NewPhoneEntry(f)
	s.noPhone = kit.NewTicks(f, "No phone")
	s.problem = kit.NewNotes(f, 3)
	s.weight = kit.NewNumberEntry(f, 5)
	s.unit = kit.NewChoiceChips(f, kit.Choice{Value: string(domain.Pound), Text: "Pounds", Key: 'P'},
		kit.Choice{Value: string(domain.Kilogram), Text: "Kilograms", Key: 'K'})
	s.language = kit.NewChoiceChips(f, kit.Choice{Value: "en", Text: "English", Key: 'E'},
		kit.Choice{Value: "es", Text: "Spanish", Key: 'S'})
	s.bells, s.dumbbells, s.bars, s.plates = kit.NewEntry(f), kit.NewEntry(f), kit.NewEntry(f), kit.NewEntry(f)
	yesNo := func() *kit.ChoiceChips {
		c := kit.NewChoiceChips(f, kit.Choice{Value: "yes", Text: "Yes", Key: 'Y'}, kit.Choice{Value: "no", Text: "No", Key: 'N'})
		c.AutoAdvance = true
		return c
	}
	s.barbell, s.backpack = yesNo(), yesNo()

	s.fields = map[string]*kit.Field{}
	add := func(key, name string, c kit.Control, options ...kit.FieldOption) *kit.Field {
		s.fields[key] = kit.NewField(f, name, c, options...)
		s.order = append(s.order, key)
		return s.fields[key]
	}
	f.SetContent(kit.Inset(16, 12, 16, 24, kit.Stack(14,
		kit.NewText("Person", kit.Title),
		kit.Grid(
			kit.Row(kit.Span(4, add("last_name", "Last name", s.last, kit.Needed())),
				kit.Span(4, add("first_name", "First name", s.first, kit.Needed())),
				kit.Span(4, add("sex", "Sex for care", s.sex, kit.Needed()))),
			kit.Row(kit.Span(4, add("birth_date", "Birth date", s.born, kit.Needed(), kit.Hint("month day year"))),
				kit.Span(4, add("phone", "Mobile phone", s.phone, kit.Needed())),
				kit.Span(4, add("no_phone", "Or", s.noPhone))),
		),
		kit.Rule(),
		kit.NewText("Problem and training", kit.Title),
		kit.Grid(
			kit.Row(kit.Span(12, add("main_problem", "Main problem", s.problem, kit.Hint("in the patient's own words")))),
			kit.Row(kit.Span(3, add("body_mass", "Body weight", s.weight)),
				kit.Span(4, add("unit", "Weight in", s.unit)),
				kit.Span(5, add("language", "Handout language", s.language))),
			kit.Row(kit.Span(7, add(fieldBells, "Kettlebells at home", s.bells,
				kit.Hint("sizes with commas, such as 15, 25 or 8 kg"))),
				kit.Span(5, add(fieldBarbell, "Barbell and rack at home", s.barbell))),
			kit.Row(kit.Span(7, add(fieldDumbbells, "Dumbbells at home", s.dumbbells,
				kit.Hint("such as 10, 20 or 5 to 50 by 5"))),
				kit.Span(5, add(fieldBackpack, "Strong backpack and a scale", s.backpack))),
			kit.Row(kit.Span(7, add(fieldPlates, "Plates at home, in pairs", s.plates,
				kit.Hint("such as 45 x 2, 25, 10 x 2"))),
				kit.Span(5, add(fieldBars, "Empty bar at home", s.bars, kit.Hint("such as 45")))),
		),
		kit.NewText("* needed to save. All other answers can wait; a body weight is needed before the first kettlebell.", kit.Quiet),
	)))
	s.wire()
	s.built = f
}

// wire makes every edit reach the model.
func (s *Section) wire() {
	text := func(e *kit.Entry, to *string) {
		e.OnChanged = func(v string) { *to = v; s.edited() }
	}
	m := s.model
	text(s.last, &m.form.Last)
	text(s.first, &m.form.First)
	text(s.problem, &m.form.MainProblem)
	text(&s.weight.Entry, &m.form.Weight)
	text(s.bells, &m.form.Bells)
	text(s.dumbbells, &m.form.Dumbbells)
	text(s.bars, &m.form.Bars)
	text(s.plates, &m.form.Plates)
	s.phone.OnChanged = func(v string) { m.form.Phone = kit.PhoneDigits(v); s.edited() }
	s.born.OnChanged = func() { m.form.Born = s.born.Typed(); s.edited() }
	s.sex.OnChanged = func(v string) { m.form.Sex = v; s.edited() }
	s.unit.OnChanged = func(v string) { m.form.WeightUnit = domain.MassUnit(v); s.edited() }
	s.language.OnChanged = func(v string) { m.form.Language = v; s.edited() }
	s.barbell.OnChanged = func(v string) { m.form.Barbell = v; s.edited() }
	s.backpack.OnChanged = func(v string) { m.form.Backpack = v; s.edited() }
	s.noPhone.OnChanged = func(_ int, ticked bool) { m.form.NoPhone = ticked; s.edited() }
}

func (s *Section) edited() {
	s.model.recheck()
	s.showProblems()
	s.host.Changed()
}

// paint shows the model in the controls.
func (s *Section) paint() {
	a := s.model.form
	s.last.Put(a.Last)
	s.first.Put(a.First)
	s.sex.Put(a.Sex)
	month, day, year, ok := kit.SplitDate(a.Born)
	if !ok {
		year = a.Born
	}
	if s.born.Typed() != a.Born {
		s.born.Put(month, day, year)
	}
	if s.phone.Digits() != a.Phone {
		s.phone.Put(a.Phone)
	}
	s.noPhone.Put(0, a.NoPhone)
	s.problem.Put(a.MainProblem)
	s.weight.Put(a.Weight)
	s.unit.Put(string(a.WeightUnit))
	s.language.Put(a.Language)
	s.bells.Put(a.Bells)
	s.barbell.Put(a.Barbell)
	s.dumbbells.Put(a.Dumbbells)
	s.bars.Put(a.Bars)
	s.plates.Put(a.Plates)
	s.backpack.Put(a.Backpack)
	s.showProblems()
}

func (s *Section) showProblems() {
	for key, f := range s.fields {
		f.SetProblem(s.model.problems.For(key))
	}
	s.fields["birth_date"].SetNote(s.model.ageNote())
	s.fields[fieldBells].SetNote(s.model.bellNote())
}

// ID implements page.Section.
func (s *Section) ID() page.ID { return page.Intake }

// Title implements page.Section.
func (s *Section) Title() string { return "Intake" }

// Status implements page.Section.
func (s *Section) Status() string { return s.model.status() }

// Content implements page.Section. It starts keeping drafts.
func (s *Section) Content() fyne.CanvasObject {
	s.host.Runner().Every(s.host.Context(), draftEvery, func() { s.keepDraft() })
	return s.built
}

// FirstFocus implements page.Section: the first open needed answer, else the
// first field.
func (s *Section) FirstFocus() fyne.Focusable {
	_, _, open := s.model.read()
	for _, key := range s.order {
		if open.For(key) != "" {
			return s.fields[key].Control.First()
		}
	}
	return s.last.First()
}

// Main implements page.Section.
func (s *Section) Main() page.Action {
	return page.Action{Text: "Save and start screen", Key: "Ctrl+Enter", Do: func() {
		if s.save() {
			s.host.GoTo(page.Screen)
		}
	}}
}

// More implements page.Section.
func (s *Section) More() []page.Action {
	out := []page.Action{{Text: "Save", Key: "Ctrl+S", Do: s.Save}}
	if s.model.dirty() && s.model.kept != "" {
		out = append(out, page.Action{Text: "Discard changes", Do: s.discard})
	}
	return out
}

// Problems implements page.Section.
func (s *Section) Problems() string {
	if n := len(s.model.problems); n > 0 {
		return count(n, "problem", "problems")
	}
	return ""
}

// NextProblem implements page.Section.
func (s *Section) NextProblem(back bool) {
	if !s.model.checked {
		s.model.check()
		s.showProblems()
		s.host.Changed()
	}
	var wrong []string
	at := -1
	for _, key := range s.order {
		if s.model.problems.For(key) == "" {
			continue
		}
		if s.host.Canvas().Focused() == s.fields[key].Control.First() {
			at = len(wrong)
		}
		wrong = append(wrong, key)
	}
	if len(wrong) == 0 {
		return
	}
	next := at + 1
	if back {
		next = max(at, 0) - 1
	}
	s.fields[wrong[(next+len(wrong))%len(wrong)]].Focus()
}

// Save implements page.Section.
func (s *Section) Save() { s.save() }

// save reports whether everything was kept. With a problem the form stays as
// it is, the draft is kept, and the keyboard goes to the first problem.
func (s *Section) save() bool {
	err := s.model.save(s.host.Context())
	s.paint()
	defer s.host.Changed()
	if err == nil {
		s.host.SetPatient(s.model.patient, s.model.age())
		s.host.Say("Saved " + s.now().Format("3:04 pm"))
		return true
	}
	if n := len(s.model.problems); n > 0 {
		s.keepDraft()
		s.host.Say("Saved as draft. " + count(n, "answer needs", "answers need") + " a change.")
		s.focusFirstProblem()
		return false
	}
	s.host.Notify(look.Stop, "Not saved. "+clinic.Sentence(err)+" What you typed is still here.")
	return false
}

func (s *Section) focusFirstProblem() {
	for _, key := range s.order {
		if s.model.problems.For(key) != "" {
			s.fields[key].Focus()
			return
		}
	}
}

// keepDraft returns why the draft could not be kept, "" when it is.
func (s *Section) keepDraft() string {
	written, err := s.model.saveDraft(s.host.Context())
	switch {
	case err != nil:
		s.host.Say("Draft not saved. " + clinic.Sentence(err))
		return clinic.Sentence(err)
	case written:
		s.host.Say("Draft saved " + s.now().Format("15:04:05"))
	}
	return ""
}

// Unkept implements page.Keeper.
func (s *Section) Unkept() string { return s.keepDraft() }

func (s *Section) discard() {
	if err := s.model.discard(s.host.Context()); err != nil {
		s.host.Notify(look.Stop, "Not discarded. "+clinic.Sentence(err))
		return
	}
	s.paint()
	s.host.Changed()
}

// Leave implements page.Section.
func (s *Section) Leave() { s.keepDraft() }

// Refresh implements page.Section.
func (s *Section) Refresh() {
	restored, err := s.model.load(s.host.Context())
	if err != nil && context.Cause(s.host.Context()) == nil {
		s.host.Notify(look.Stop, "The intake cannot be read. "+clinic.Sentence(err))
		return
	}
	s.paint()
	if restored {
		s.host.Notify(look.Info, "Your unfinished work on the intake was brought back.",
			page.Action{Text: "Keep", Do: func() {}}, page.Action{Text: "Discard", Do: s.discard})
	}
	s.host.Changed()
}
