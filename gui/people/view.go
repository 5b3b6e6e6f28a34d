package people

import (
	"context"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/staff"
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
	// OnSaved is called with the settings that hold the list now.
	OnSaved func(clinic.Settings)
}

// View is the page.
type View struct {
	p      Params
	m      model
	form   *kit.FormScroll
	fields kit.Fields
	list   *kit.DataList
	first  fyne.Focusable
}

var _ interface {
	page.View
	page.Keeper
} = (*View)(nil)

// New returns the page.
func New(p Params) *View {
	v := &View{p: p, form: kit.NewFormScroll(p.Frame)}
	v.m.me = p.Frame.Actor().User
	return v
}

// Content implements page.View.
func (v *View) Content() fyne.CanvasObject { v.build(); return v.form }

func (v *View) build() {
	v.fields = kit.Fields{}
	v.list = kit.NewDataList(v.form, kit.Column{Title: "Name", Strong: true}, kit.Column{Title: "User name", Width: 200}, kit.Column{Title: "Roles", Width: 420})
	v.list.SetAccessibleName("People")
	v.list.SetRows(len(v.m.here), func(row, column int) string {
		x := v.m.here[row]
		return []string{x.Name, x.User, roles(x)}[column]
	})
	v.list.OnOpen = func(row int) {
		if v.m.may() {
			v.edit(row)
		}
	}
	v.first = v.list
	rows := []fyne.CanvasObject{kit.NewText("People", kit.Heading)}
	if v.m.may() {
		rows = append(rows, kit.NewText("Enter on a person of the list puts it into the form below.", kit.Quiet))
	} else {
		rows = append(rows, kit.NewText(staff.Refusal(staff.ManageClinic)+". You can change your own passphrase.", kit.Body))
	}
	rows = append(rows, kit.Grid(kit.Row(kit.Span(12, kit.Side(v.list)))))
	if v.m.may() {
		rows = append(rows, v.person()...)
	}
	v.form.SetContent(kit.Stack(12, rows...))
}

// person is the form of one person.
func (v *View) person() []fyne.CanvasObject {
	m := &v.m.person
	title, pass := "Add a person", "First passphrase"
	if v.m.known {
		title, pass = "Change "+m.Name, "New passphrase"
	}
	entry := func(path, name string, e *kit.Entry, value *string, o ...kit.FieldOption) *kit.Field {
		e.Put(*value)
		e.OnChanged = func(s string) { *value = s; v.fields.Clear(path, "") }
		f := kit.NewField(v.form, name, e, o...)
		v.fields.Add(path, f)
		return f
	}
	name := kit.NewEntry(v.form)
	if v.m.person.User != "" || len(v.m.here) == 0 {
		v.first = name
	}
	cells := []kit.Cell{kit.Span(4, entry("name", "Name as signed", name, &m.Name, kit.Needed())),
		kit.Span(4, entry("credentials", "Credentials", kit.NewEntry(v.form), &m.Credentials, kit.Hint("such as PT, DPT"))),
		kit.Span(4, entry("licence", "Licence number", kit.NewEntry(v.form), &m.Licence, kit.Hint("needed to sign")))}
	var texts []string
	for _, r := range staff.Roles {
		texts = append(texts, r.Words())
	}
	ticks := kit.NewTicks(v.form, texts...)
	for i, r := range staff.Roles {
		for _, has := range m.Roles {
			if r == has {
				ticks.Put(i, true)
			}
		}
	}
	ticks.OnChanged = func(i int, on bool) { v.m.tick(i, on); v.fields.Clear("roles", "") }
	roleField := kit.NewField(v.form, "Roles", ticks, kit.Needed())
	v.fields.Add("roles", roleField)
	var account []kit.Cell
	if v.m.known {
		account = append(account, kit.Span(4, kit.NewText("User name: "+m.User, kit.Body)))
	} else {
		account = append(account, kit.Span(4, entry("user", "User name", kit.NewEntry(v.form), &m.User, kit.Needed(), kit.Hint("for signing in"))))
	}
	options := []kit.FieldOption{kit.Hint("15 characters or more; empty leaves it as it is")}
	if !v.m.known {
		options = []kit.FieldOption{kit.Needed(), kit.Hint("15 characters or more; tell the person to change it")}
	}
	account = append(account, kit.Span(8, entry("passphrase", pass, kit.NewSecret(v.form), &v.m.passphrase, options...)))
	return []fyne.CanvasObject{kit.NewText(title, kit.Title),
		kit.Grid(kit.Row(cells...), kit.Row(kit.Span(12, roleField)), kit.Row(account...))}
}

func (v *View) edit(row int) {
	v.m.edit(row)
	v.build()
	v.fields.Focus("name")
	v.p.Frame.Changed()
}

// FirstFocus implements page.View.
func (v *View) FirstFocus() fyne.Focusable { return v.first }

// Main implements page.View.
func (v *View) Main() page.Action {
	if !v.m.may() {
		return page.Action{Text: "Change my passphrase", Do: v.own}
	}
	return page.Action{Text: "Save this person", Do: v.Save}
}

// More implements page.View.
func (v *View) More() []page.Action {
	var out []page.Action
	if v.m.may() {
		out = append(out, page.Action{Text: "Somebody new", Do: func() { v.edit(-1) }})
		if v.m.known {
			out = append(out, page.Action{Text: "Remove", Do: v.remove})
		}
		out = append(out, page.Action{Text: "Change my passphrase", Do: v.own}, page.Action{Text: "New recovery code", Do: v.code})
	}
	return append(out, page.Action{Text: "Back", Key: "Alt+Left", Do: v.p.OnBack})
}

// Problems implements page.View.
func (v *View) Problems() string { return v.fields.Words() }

// NextProblem implements page.View.
func (v *View) NextProblem(back bool) { v.fields.Next(back) }

// Save implements page.View.
func (v *View) Save() {
	if !v.m.may() {
		return
	}
	m, passphrase := v.m.person, v.m.passphrase
	v.do(func(ctx context.Context) error { return v.p.Records.SavePerson(ctx, m, passphrase) }, "Saved.")
}

// do carries out a change and reads the list again.
func (v *View) do(work func(context.Context) error, said string) {
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (clinic.Settings, error) {
		if err := work(ctx); err != nil {
			return clinic.Settings{}, err
		}
		return v.p.Records.Settings(ctx)
	}, func(in clinic.Settings, err error) {
		if err != nil {
			v.refuse(err)
			return
		}
		v.take(in)
		v.p.OnSaved(in)
		v.p.Frame.Say(said)
	})
}

func (v *View) refuse(err error) {
	problems := clinic.Reasons(err)
	rest := v.fields.Show(problems)
	if len(problems) == 0 {
		rest = domain.Problems{{Text: clinic.Sentence(err)}}
	}
	for _, p := range rest {
		v.p.Frame.Notify(look.Attention, p.Text)
	}
	v.p.Frame.Changed()
	v.fields.First()
}

// take shows the list as it is kept now.
func (v *View) take(in clinic.Settings) {
	v.m.adopt(in)
	v.m.edit(-1)
	v.build()
	v.p.Frame.Changed()
	kit.Focus(v.first)
}

func (v *View) remove() {
	who := v.m.person
	(&kit.Sheet{Title: "Remove " + who.Name + "?", Destructive: true, Main: "Remove",
		Body: kit.NewText(who.User+" can no longer sign in. The name stays in what was signed.", kit.Body),
		Do: func() bool {
			v.do(func(ctx context.Context) error { return v.p.Records.RemovePerson(ctx, who.User) }, "Removed.")
			return true
		}}).Show(v.p.Frame.Router(), v.p.Frame.Canvas())
}

// ask shows a sheet with secrets; do gets them and what to call with the answer.
func (v *View) ask(title, main string, names []string, do func(ctx context.Context, typed []string) (string, error)) {
	sheet := &kit.Sheet{Title: title, Main: main}
	host := kit.SheetForm{Router: v.p.Frame.Router(), Sheet: sheet}
	var entries []*kit.Entry
	var boxes []fyne.CanvasObject
	trouble := kit.NewText("", kit.TextStyle{Color: look.ColorStop})
	for _, name := range names {
		e := kit.NewSecret(host)
		entries = append(entries, e)
		boxes = append(boxes, kit.NewField(host, name, e))
	}
	sheet.First, sheet.Body = entries[0], kit.Stack(12, append(boxes, trouble)...)
	sheet.Do = func() bool {
		var typed []string
		for _, e := range entries {
			typed = append(typed, e.Text)
		}
		run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), func(ctx context.Context) (string, error) { return do(ctx, typed) },
			func(said string, err error) {
				if err != nil {
					trouble.SetText(clinic.Sentence(err))
					sheet.Relayout()
					return
				}
				sheet.Close()
				v.p.Frame.Notify(look.Info, said)
			})
		return false
	}
	sheet.Show(v.p.Frame.Router(), v.p.Frame.Canvas())
}

// own changes the passphrase of who is signed in.
func (v *View) own() {
	v.ask("Change my passphrase", "Change it", []string{"Passphrase until now", "New passphrase, 15 characters or more", "The new passphrase again"},
		func(ctx context.Context, typed []string) (string, error) {
			if typed[1] != typed[2] {
				return "", domain.Problems{{Text: "The new passphrases differ. Type both again."}}
			}
			return "Your passphrase was changed.", v.p.Records.ChangePassphrase(ctx, typed[0], typed[1])
		})
}

// code makes a new recovery code.
func (v *View) code() {
	v.ask("New recovery code", "Make a new code", []string{"Your passphrase"}, func(ctx context.Context, typed []string) (string, error) {
		code, err := v.p.Records.NewRecoveryCode(ctx, typed[0])
		return "The new recovery code is " + code + ". Write it on paper now; the code before opens nothing any more.", err
	})
}

// Unkept implements page.Keeper.
func (v *View) Unkept() string {
	if !v.m.typed() {
		return ""
	}
	return "What you typed about this person is not saved."
}

// Leave implements page.View.
func (v *View) Leave() {}

// Refresh implements page.View.
func (v *View) Refresh() {
	run.Go(v.p.Frame.Context(), v.p.Frame.Runner(), v.p.Records.Settings, func(in clinic.Settings, err error) {
		if err != nil {
			v.p.Frame.Notify(look.Stop, clinic.Sentence(err))
			return
		}
		v.take(in)
	})
}
