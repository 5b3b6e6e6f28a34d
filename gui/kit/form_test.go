package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/gui/guitest"
	"backtobar/gui/kit"
)

type form struct {
	last, first *kit.Entry
	birth       *kit.DateEntry
	phone       *kit.PhoneEntry
	noPhone     *kit.Ticks
	pain        *kit.ChoiceChips
	worst       *kit.ChoiceChips
	sex         *kit.ChoiceChips
	systolic    *kit.NumberEntry
	diastolic   *kit.NumberEntry
	q1, q2, q3  *kit.YesNoRow
	email       *kit.Field
	scroll      *kit.FormScroll
}

func newForm(r *kit.Router) *form {
	s := kit.NewFormScroll(r)
	f := &form{scroll: s, last: kit.NewEntry(s), first: kit.NewEntry(s), birth: kit.NewDateEntry(s),
		phone: kit.NewPhoneEntry(s), noPhone: kit.NewTicks(s, "No phone"),
		pain: kit.NewScaleChips(s, 10), worst: kit.NewScaleChips(s, 10),
		sex:      kit.NewChoiceChips(s, kit.Choice{Value: "female", Text: "Female", Key: 'f'}, kit.Choice{Value: "male", Text: "Male", Key: 'm'}),
		systolic: kit.NewNumberEntry(s, 3), diastolic: kit.NewNumberEntry(s, 3),
		q1: kit.NewYesNoRow(s, "New loss of bladder or bowel control", ""),
		q2: kit.NewYesNoRow(s, "Numbness between the legs", "Also around the genitals or the back passage"),
		q3: kit.NewYesNoRow(s, "Recent fall, crash or other injury", ""),
	}
	f.pain.AutoAdvance, f.worst.AutoAdvance, f.sex.AutoAdvance = true, true, true
	f.systolic.FullAt, f.diastolic.FullAt = kit.FullAbove(300), kit.FullAbove(200)
	f.systolic.Step, f.systolic.Max = 2, 300
	f.email = kit.NewField(s, "Email", kit.NewEntry(s))
	s.SetContent(kit.Stack(14,
		kit.NewText("Person", kit.Heading),
		kit.Grid(
			kit.Row(kit.Span(4, kit.NewField(s, "Last name", f.last, kit.Needed())),
				kit.Span(4, kit.NewField(s, "First name", f.first, kit.Needed())),
				kit.Span(4, f.email)),
			kit.Row(kit.Span(4, kit.NewField(s, "Birth date", f.birth, kit.Needed(), kit.Hint("month day year"))),
				kit.Span(4, kit.NewField(s, "Mobile phone", f.phone, kit.Needed())),
				kit.Span(4, f.noPhone)),
			kit.Row(kit.Span(4, kit.NewField(s, "Sex for care", f.sex)),
				kit.Span(3, kit.NewField(s, "Systolic", f.systolic, kit.Unit("mmHg"))),
				kit.Span(3, kit.NewField(s, "Diastolic", f.diastolic, kit.Unit("mmHg")))),
			kit.Row(kit.Span(12, kit.NewField(s, "Pain now, 0 to 10", f.pain))),
			kit.Row(kit.Span(12, kit.NewField(s, "Worst pain, past 7 days", f.worst))),
		),
		kit.NewText("Safety questions", kit.Title),
		kit.YesNoGroup(f.q1, f.q2, f.q3),
	))
	return f
}

func openForm(t *testing.T, size fyne.Size) (*guitest.Window, *form) {
	var f *form
	w := guitest.New(t, size, func(r *kit.Router) fyne.CanvasObject {
		f = newForm(r)
		return f.scroll
	})
	return w, f
}

func TestFormTabOrderIsReadingOrder(t *testing.T) {
	w, _ := openForm(t, fyne.NewSize(900, 640))
	want := []string{"Last name", "First name", "Email", "Birth date month", "Birth date day", "Birth date year",
		"Mobile phone", "No phone", "Sex for care", "Systolic", "Diastolic", "Pain now, 0 to 10",
		"Worst pain, past 7 days", "New loss of bladder or bowel control", "Numbness between the legs",
		"Recent fall, crash or other injury"}
	if got := w.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab order\n got %q\nwant %q", got, want)
	}
}

func TestFormTypedThrough(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	w.GoTo("Last name")
	w.Type("Alvarez")
	w.Press(fyne.KeyTab)
	w.Type("Maria")
	w.Press(fyne.KeyReturn, fyne.KeyTab) // Enter is next as well
	w.Type("031419869545550142")
	w.Press(fyne.KeyReturn) // past No phone
	w.Type("f1249246yn")
	if got := f.birth.Typed(); got != "03/14/1986" {
		t.Errorf("birth date %q", got)
	}
	if got := f.phone.Digits(); got != "9545550142" {
		t.Errorf("phone %q", got)
	}
	if got := f.phone.Text; got != "(954) 555-0142" {
		t.Errorf("phone shown as %q", got)
	}
	if f.sex.Value() != "female" || f.systolic.Text != "124" || f.diastolic.Text != "92" {
		t.Errorf("sex %q, pressure %s over %s", f.sex.Value(), f.systolic.Text, f.diastolic.Text)
	}
	if f.pain.Value() != "4" || f.worst.Value() != "6" {
		t.Errorf("pain %q, worst %q", f.pain.Value(), f.worst.Value())
	}
	if f.q1.Answer() != kit.AnswerYes || f.q2.Answer() != kit.AnswerNo || f.q3.Answer() != kit.Unanswered {
		t.Errorf("answers %q %q %q", f.q1.Answer(), f.q2.Answer(), f.q3.Answer())
	}
	f.email.SetProblem("Email must include an @ and a domain")
	f.q3.SetProblem("Answer \"Recent fall, crash or other injury\". Use U if it was not asked.")
	w.Golden("form")
}

func TestFocusIsAlwaysInView(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 240))
	d := fyne.CurrentApp().Driver()
	check := func() {
		t.Helper()
		o := w.Canvas().Focused().(fyne.CanvasObject)
		top := d.AbsolutePositionForObject(o).Y
		if bottom := top + o.Size().Height; top < 0 || bottom > 240 {
			t.Errorf("%q stands from %.0f to %.0f of 240", w.Focused(), top, bottom)
		}
	}
	for range 16 {
		w.Tab()
		check()
	}
	if f.scroll.Offset() == 0 {
		t.Fatal("the form did not scroll")
	}
	w.Tab() // round to the first
	check()
	w.GoTo("New loss of bladder or bowel control")
	w.Type("yyy")
	check()
}
