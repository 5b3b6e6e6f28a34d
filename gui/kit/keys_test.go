package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"backtobar/domain"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
)

func TestScaleOneAndTen(t *testing.T) {
	for typed, want := range map[string][2]string{
		"10":  {"10", ""},  // ten
		"46":  {"4", "6"},  // two answers
		"16":  {"1", "6"},  // one, then the next answer
		"110": {"1", "10"}, // one, then ten
		"00":  {"0", "0"},
	} {
		w, f := openForm(t, fyne.NewSize(900, 640))
		w.GoTo("Pain now, 0 to 10")
		w.Type(typed)
		if got := [2]string{f.pain.Value(), f.worst.Value()}; got != want {
			t.Errorf("%q gives %q, want %q", typed, got, want)
		}
	}
	w, f := openForm(t, fyne.NewSize(900, 640))
	w.GoTo("Pain now, 0 to 10")
	w.Type("1")
	w.Press(fyne.KeyBackspace) // not one after all
	w.Type("3")
	if f.pain.Value() != "3" || f.worst.Value() != "" {
		t.Errorf("1, Backspace, 3 gives %q and %q", f.pain.Value(), f.worst.Value())
	}
}

func TestDateKeys(t *testing.T) {
	for typed, want := range map[string]string{
		"03141986": "03/14/1986", "3/14/1986": "3/14/1986", "03/14/1986": "03/14/1986", "3-4-1986": "3/4/1986",
		"3 14 1986": "3/14/1986", "mar 14 1986": "mar/14/1986", "13451980": "13/45/1980",
	} {
		w, f := openForm(t, fyne.NewSize(900, 640))
		w.GoTo("Birth date month")
		w.Type(typed)
		if got := f.birth.Typed(); got != want {
			t.Errorf("%q gives %q, want %q", typed, got, want)
		}
		if w.Focused() != "Mobile phone" {
			t.Errorf("after %q the keyboard is on %q", typed, w.Focused())
		}
	}
}

func TestDateBackspaceGoesBack(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	w.GoTo("Birth date month")
	w.Type("0314")
	w.Press(fyne.KeyBackspace) // from the empty year to the day
	if w.Focused() != "Birth date day" {
		t.Fatalf("Backspace goes to %q", w.Focused())
	}
	w.Press(fyne.KeyBackspace)
	w.Type("5")
	if f.birth.Day() != "15" {
		t.Errorf("day %q, want 15", f.birth.Day())
	}
}

func TestDatePaste(t *testing.T) {
	for text, want := range map[string]string{"3/14/1986": "3/14/1986", "1986-03-14": "03/14/1986", "14 mar 1986": "mar/14/1986", "03141986": "03/14/1986"} {
		w, f := openForm(t, fyne.NewSize(900, 640))
		w.GoTo("Birth date month")
		c := test.NewClipboard()
		c.SetContent(text)
		w.Shortcut(&fyne.ShortcutPaste{Clipboard: c})
		if got := f.birth.Typed(); got != want {
			t.Errorf("pasting %q gives %q, want %q", text, got, want)
		}
	}
}

func TestNumberKeys(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	w.GoTo("Systolic")
	w.Type("1.2")
	if f.systolic.Text != "1.2" {
		t.Errorf("a point is dropped: %q", f.systolic.Text)
	}
	w.Press(fyne.KeyBackspace, fyne.KeyBackspace)
	w.Type("x 2")
	if f.systolic.Text != "12" {
		t.Errorf("a number takes %q", f.systolic.Text)
	}
	w.Press(fyne.KeyUp, fyne.KeyUp, fyne.KeyDown)
	if f.systolic.Text != "14" {
		t.Errorf("Up, Up, Down from 12 by 2 gives %q", f.systolic.Text)
	}
	w.Type("0")
	if f.systolic.Text != "140" || w.Focused() != "Diastolic" {
		t.Errorf("the third digit leaves %q and the keyboard on %q", f.systolic.Text, w.Focused())
	}
	w.BackTab()
	w.Type("99") // entering by key selected what was there
	if f.systolic.Text != "99" {
		t.Errorf("typing over gives %q", f.systolic.Text)
	}
}

func TestYesNoBackspaceClearsTheRowAbove(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	w.GoTo("New loss of bladder or bowel control")
	w.Type("nn")
	w.Press(fyne.KeyBackspace)
	if w.Focused() != "Numbness between the legs" || f.q2.Answer() != kit.Unanswered || f.q1.Answer() != kit.AnswerNo {
		t.Errorf("on %q with %q above %q", w.Focused(), f.q1.Answer(), f.q2.Answer())
	}
	w.Press(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if f.q2.Answer() != kit.AnswerNo {
		t.Errorf("Right three times and Left is %q", f.q2.Answer())
	}
}

// TestAHeldKeyAnswersOnce: leaning on N is not an answer to every question.
func TestAHeldKeyAnswersOnce(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	w.GoTo("New loss of bladder or bowel control")
	w.Hold('n', 9)
	if f.q1.Answer() != kit.AnswerNo || f.q2.Answer() != kit.Unanswered || w.Focused() != "Numbness between the legs" {
		t.Errorf("held down: %q, %q, the keyboard on %q", f.q1.Answer(), f.q2.Answer(), w.Focused())
	}
	w.Type("n")
	if f.q2.Answer() != kit.AnswerNo {
		t.Error("the next push does not answer")
	}
}

// TestTheSameAnswerAgainIsTold: an answer asked again today is an answer of
// today, also when it is the same.
func TestTheSameAnswerAgainIsTold(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	told := 0
	f.q1.OnChanged = func(kit.Answer) { told++ }
	for range 2 {
		w.GoTo("New loss of bladder or bowel control")
		w.Type("n")
	}
	if told != 2 {
		t.Errorf("told %d times", told)
	}
}

// TestTenOnAScale presses keys as a window does: it tells of the key first and
// of the letter second. Once 1 and 0 were recorded as 0.
func TestTenOnAScale(t *testing.T) {
	var scale *kit.ChoiceChips
	w := guitest.New(t, fyne.NewSize(700, 200), func(r *kit.Router) fyne.CanvasObject {
		scale = kit.NewScaleChips(r, 10)
		scale.AutoAdvance = true
		return kit.Stack(8, kit.NewField(r, "Pain", scale), kit.NewField(r, "Then", kit.NewEntry(r)))
	})
	push := func(name fyne.KeyName, letter rune) {
		f := w.Canvas().Focused()
		f.(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: name})
		f.TypedKey(&fyne.KeyEvent{Name: name})
		f.TypedRune(letter)
	}
	w.GoTo("Pain")
	push(fyne.Key1, '1')
	push(fyne.Key0, '0')
	if scale.Value() != "10" || w.Focused() != "Then" {
		t.Errorf("1 and 0 are %q, the keyboard on %q", scale.Value(), w.Focused())
	}
}

// TestEnterOutOfHabit: an Enter right after an answer that moved on by itself
// skips no question; a later one does.
func TestEnterOutOfHabit(t *testing.T) {
	var first, second *kit.NumberEntry
	w := guitest.New(t, fyne.NewSize(700, 200), func(r *kit.Router) fyne.CanvasObject {
		first, second = kit.NewNumberEntry(r, 3), kit.NewNumberEntry(r, 3)
		first.FullAt = func(text string) bool { return len(text) == 3 }
		return kit.Stack(8, kit.NewField(r, "Systolic", first), kit.NewField(r, "Diastolic", second),
			kit.NewField(r, "Heart rate", kit.NewNumberEntry(r, 3)))
	})
	w.GoTo("Systolic")
	w.Type("118")
	w.Press(fyne.KeyReturn)
	if w.Focused() != "Diastolic" {
		t.Fatalf("118 and Enter lead to %q", w.Focused())
	}
	w.Type("76")
	w.Press(fyne.KeyReturn)
	if second.Text != "76" || w.Focused() != "Heart rate" {
		t.Errorf("76 and Enter: %q, the keyboard on %q", second.Text, w.Focused())
	}
}

// TestEnterAfterOne: on a scale 1 waits for a 0, and Enter ends the waiting at
// once although the scale got the keyboard by itself a moment ago.
func TestEnterAfterOne(t *testing.T) {
	var scale *kit.ChoiceChips
	w := guitest.New(t, fyne.NewSize(700, 200), func(r *kit.Router) fyne.CanvasObject {
		first := kit.NewChoiceChips(r, kit.Choice{Value: "knee", Text: "Knee", Key: 'K'})
		scale = kit.NewScaleChips(r, 10)
		first.AutoAdvance, scale.AutoAdvance = true, true
		return kit.Stack(8, kit.NewField(r, "Depth", first), kit.NewField(r, "Pain", scale), kit.NewField(r, "Then", kit.NewEntry(r)))
	})
	w.GoTo("Depth")
	w.Type("k1")
	w.Press(fyne.KeyReturn)
	if scale.Value() != "1" || w.Focused() != "Then" {
		t.Errorf("pain %q, the keyboard on %q", scale.Value(), w.Focused())
	}
}

func TestProblemsAreWalkedByKeys(t *testing.T) {
	w, f := openForm(t, fyne.NewSize(900, 640))
	var fields kit.Fields
	fields.Add("email", f.email)
	fields.Add("q1", f.q1)
	fields.Add("q3", f.q3)
	rest := fields.Show(domain.Problems{{Field: "email", Text: "Enter the email"}, {Field: "q3", Text: "Answer it"}, {Text: "Of the whole"}})
	if fields.Words() != "2 problems" || len(rest) != 1 || rest[0].Text != "Of the whole" {
		t.Errorf("%q, rest %v", fields.Words(), rest)
	}
	var got []string
	fields.First()
	for _, back := range []bool{false, false, true} {
		got = append(got, w.Focused())
		fields.Next(back)
	}
	if got = append(got, w.Focused()); got[0] != "Email" || got[1] != "Recent fall, crash or other injury" || got[2] != "Email" || got[3] != got[1] {
		t.Errorf("the problems are walked %q", got)
	}
	fields.Clear("email", "")
	if fields.Words() != "1 problem" {
		t.Errorf("%q", fields.Words())
	}
}

func TestEntryHandsOnWhatItDoesNotUse(t *testing.T) {
	w, _ := openForm(t, fyne.NewSize(900, 640))
	var got []string
	l := w.Router.Window()
	l.OnKey(fyne.KeyF8, func() { got = append(got, "F8") })
	l.OnKey(fyne.KeyEscape, func() { got = append(got, "Esc") })
	l.On(kit.Ctrl(fyne.KeyS), func() { got = append(got, "save") })
	for _, name := range []string{"Last name", "Birth date day", "Systolic", "Mobile phone", "No phone", "Sex for care", "Numbness between the legs"} {
		w.GoTo(name)
		got = nil
		w.Press(fyne.KeyF8, fyne.KeyEscape)
		w.Shortcut(kit.Ctrl(fyne.KeyS))
		if len(got) != 3 {
			t.Errorf("%q hands on only %q", name, got)
		}
	}
}

func TestKeyText(t *testing.T) {
	for want, s := range map[string]fyne.KeyboardShortcut{"Ctrl+Enter": kit.Ctrl(fyne.KeyReturn), "Ctrl+Shift+S": kit.CtrlShift(fyne.KeyS),
		"Alt+Left": kit.Alt(fyne.KeyLeft), "Ctrl+comma": kit.Ctrl(fyne.KeyComma)} {
		if got := kit.KeyText(s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSpaceOnAButtonIsUsedUp: the letter of the Space that pressed a button is
// not typed into the control that the button gave the keyboard to.
func TestSpaceOnAButtonIsUsedUp(t *testing.T) {
	var box *kit.Entry
	pressed := 0
	w := guitest.New(t, fyne.NewSize(500, 200), func(r *kit.Router) fyne.CanvasObject {
		box = kit.NewEntry(r)
		button := kit.NewButton(r, "Go", "", func() { pressed++; kit.Focus(box.First()) })
		return kit.Stack(8, button, kit.NewField(r, "Box", box))
	})
	w.GoTo("Go")
	w.Press(fyne.KeySpace)
	if pressed != 1 || w.Focused() != "Box" || box.Text != "" {
		t.Errorf("pressed %d times, the keyboard on %q with %q", pressed, w.Focused(), box.Text)
	}
}
