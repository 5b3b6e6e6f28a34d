package door

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/run"
)

// Params are what a Door is made of.
type Params struct {
	Window  fyne.Window
	Records records
	Runner  *run.Runner
	Clock   domain.Clock
	// Title is the window's title.
	Title string
	// Workstation is the name of this computer, for the trail.
	Workstation string
	// OnOpen is called when the records are open for a person.
	OnOpen func(user string)
	// OnRefused is called when the records cannot be opened by anybody.
	OnRefused func(error)
	// OnClose is called when the window is closed here.
	OnClose func()
	// Tell is told which page is shown, without anything that was typed.
	Tell func(what string)
}

// Door is the pages before the records.
type Door struct {
	p       Params
	m       model
	router  *kit.Router
	form    *kit.FormScroll
	fields  kit.Fields
	focus   fyne.Focusable
	trouble *kit.Text
	status  *kit.Text
	secrets []*kit.Entry
	shown   bool
	busy    bool
	kept    bool // somebody was signed in and left work here
}

// New returns the door. Nothing is shown yet.
func New(p Params) *Door {
	d := &Door{p: p, router: kit.NewRouter()}
	d.m.now = p.Clock.Now
	l := d.router.Window()
	l.On(kit.Ctrl(fyne.KeyReturn), d.main)
	l.On(kit.Ctrl(fyne.KeyQ), p.OnClose)
	l.OnKey(fyne.KeyF8, d.reveal)
	l.OnKey(fyne.KeyEscape, d.back)
	return d
}

// Start shows the first start, or signing in.
func (d *Door) Start() {
	made, err := d.p.Records.Made()
	switch {
	case err != nil:
		d.p.OnRefused(err)
	case made:
		d.show(signIn)
	default:
		d.show(first)
	}
}

// Lock shows the lock; user is who left the desk, and err what went wrong on
// closing the records.
func (d *Door) Lock(user string, err error) {
	d.m.user, d.kept = user, true
	d.show(locked)
	if err != nil {
		d.say(clinic.Sentence(err))
	}
}

func (d *Door) back() {
	if d.m.face == forgotten && !d.busy {
		d.show(d.entrance())
	}
}

// entrance is the face on which people come in.
func (d *Door) entrance() face {
	if d.kept {
		return locked
	}
	return signIn
}

// show builds a face and gives it the window.
func (d *Door) show(f face) {
	code := ""
	if f == printed {
		code = d.m.code
	}
	d.m.face = f
	d.m.wipe()
	d.m.code = code
	d.build()
	w := d.p.Window
	for _, o := range w.Canvas().Overlays().List() {
		w.Canvas().Overlays().Remove(o)
	}
	w.SetMainMenu(nil)
	w.SetPadded(false)
	w.SetTitle(d.p.Title)
	w.SetContent(d.form)
	w.SetCloseIntercept(d.p.OnClose)
	d.router.Attach(w.Canvas())
	w.Canvas().Focus(d.focus)
	d.p.Tell("shown " + d.m.words().title)
}

func (d *Door) build() {
	d.fields, d.secrets, d.shown = kit.Fields{}, nil, false
	d.form = kit.NewFormScroll(d.router)
	d.trouble = kit.NewText("", kit.TextStyle{Color: look.ColorStop, Bold: true})
	d.status = kit.NewText("", kit.Quiet)
	d.trouble.Hide()
	d.status.Hide()
	t := d.m.words()
	rows := []fyne.CanvasObject{kit.NewText(d.p.Title, kit.Caption), kit.NewText(t.title, kit.Heading)}
	if t.intro != "" {
		rows = append(rows, kit.NewText(t.intro, kit.Body))
	}
	rows = append(rows, d.questions()...)
	buttons := []fyne.CanvasObject{kit.NewMainButton(d.router, t.main, "Ctrl+Enter", d.main)}
	if len(d.secrets) > 0 {
		buttons = append(buttons, kit.NewButton(d.router, "Show", "F8", d.reveal))
	}
	switch d.m.face {
	case signIn, locked:
		buttons = append(buttons, kit.NewButton(d.router, "Use recovery code", "", func() { d.show(forgotten) }))
	case forgotten:
		buttons = append(buttons, kit.NewButton(d.router, "Back", "Esc", d.back))
	case printed:
		buttons = append(buttons, kit.NewButton(d.router, "Copy the code", "", d.copy))
	}
	rows = append(rows, kit.Inline(10, buttons...), d.trouble, d.status)
	d.form.SetContent(container.New(column{}, kit.Card(kit.Stack(14, rows...))))
}

// questions are the boxes of the face; the last of them leads on with Enter.
func (d *Door) questions() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var last *kit.Entry
	ask := func(path, name string, value *string, secret bool, options ...kit.FieldOption) {
		e := kit.NewEntry(d.form)
		if secret {
			e = kit.NewSecret(d.form)
			d.secrets = append(d.secrets, e)
		}
		e.Put(*value)
		e.OnChanged = func(s string) {
			*value = s
			d.fields.Clear(path, "")
		}
		f := kit.NewField(d.form, name, e, options...)
		d.fields.Add(path, f)
		out = append(out, f)
		if last == nil || d.m.face == locked && path == "passphrase" {
			d.focus = e
		}
		last = e
	}
	rule := kit.Hint("15 characters or more; four words are easy to remember")
	switch d.m.face {
	case first:
		ask("user", "User name", &d.m.user, false, kit.Hint("for signing in, such as rcastello"))
		ask("passphrase", "Passphrase", &d.m.passphrase, true, rule)
		ask("again", "The same passphrase again", &d.m.again, true)
	case forgotten:
		ask("code", "Recovery code", &d.m.code, false, kit.Hint("eight groups of five"))
		ask("user", "User name", &d.m.user, false)
		ask("passphrase", "New passphrase", &d.m.passphrase, true, rule)
		ask("again", "The same passphrase again", &d.m.again, true)
	case printed:
		out = append(out, kit.NewText(d.m.code, kit.Title))
		ask("group", "The last group, read from the paper", &d.m.group, false)
	default:
		ask("user", "User name", &d.m.user, false)
		ask("passphrase", "Passphrase", &d.m.passphrase, true)
	}
	last.OnEnter = d.main
	return out
}

// reveal shows what is typed, or hides it again.
func (d *Door) reveal() {
	d.shown = !d.shown
	for _, e := range d.secrets {
		e.Reveal(d.shown)
	}
}

func (d *Door) copy() {
	fyne.CurrentApp().Clipboard().SetContent(d.m.code)
	d.tellStatus("The code was copied. Print it, and do not keep it in a file beside the records.")
	d.p.Window.Canvas().Focus(d.focus)
	d.p.Tell("copied")
}

// main does what the main button says. A second Enter while the passphrase is
// being checked counts for nothing.
func (d *Door) main() {
	if d.busy {
		return
	}
	d.say("")
	if d.refuse(d.m.problems()) {
		return
	}
	if d.m.face == printed {
		d.open()
		return
	}
	d.busy = true
	d.tellStatus("Opening the records")
	m := d.m
	ctx := domain.WithActor(context.Background(), domain.Actor{Workstation: d.p.Workstation})
	run.Go(ctx, d.p.Runner, func(ctx context.Context) (string, error) { return m.act(ctx, d.p.Records) }, d.done)
}

func (d *Door) done(code string, err error) {
	d.busy = false
	d.tellStatus("")
	switch {
	case err != nil && d.refuse(d.m.answer(err)):
	case err != nil && d.kept:
		d.say(clinic.Sentence(err)) // somebody's work is here: the window stays
	case err != nil:
		d.p.OnRefused(err)
	case code != "":
		d.m.code = code
		d.show(printed)
	default:
		d.open()
	}
}

func (d *Door) open() {
	user := clinic.UserName(d.m.user)
	d.m.wipe()
	for _, e := range d.secrets {
		e.Put("")
	}
	d.p.OnOpen(user)
}

// Say shows a sentence that is about no box.
func (d *Door) Say(text string) { d.say(text) }

func (d *Door) say(text string) {
	d.trouble.SetText(text)
	d.trouble.Hidden = text == ""
	d.form.Relayout()
}

// tellStatus shows what is going on.
func (d *Door) tellStatus(text string) {
	d.status.SetText(text)
	d.status.Hidden = text == ""
	d.form.Relayout()
}

// refuse shows problems and goes to the first; it reports whether there were.
func (d *Door) refuse(p domain.Problems) bool {
	if len(p) == 0 {
		return false
	}
	if rest := d.fields.Show(p); len(rest) > 0 {
		d.tellStatus(clinic.Sentence(rest))
	}
	d.form.Relayout()
	d.p.Window.Canvas().Unfocus() // so that what is there is selected, and typing replaces it
	d.fields.First()
	d.p.Tell("refused")
	return true
}

// column is one column of a width that can be read, in the middle of the
// window.
type column struct{}

const columnWidth = float32(620)

func (column) width(all float32) float32 { return min(columnWidth, all) }

// HeightFor keeps the kit's rule: the height follows the width.
func (c column) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return kit.HeightFor(o[0], c.width(width)) + 2*columnTop
}

const columnTop = float32(40)

// Layout implements fyne.Layout.
func (c column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := c.width(size.Width)
	o[0].Resize(fyne.NewSize(w, kit.HeightFor(o[0], w)))
	o[0].Move(fyne.NewPos((size.Width-w)/2, columnTop))
}

// MinSize implements fyne.Layout.
func (c column) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, c.HeightFor(o, columnWidth))
}
