package people

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/staff"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// ctrlEnter is the main button of a sheet.
var ctrlEnter = kit.Ctrl(fyne.KeyReturn)

// desk is records that keep people and passphrases in a list.
type desk struct {
	staff []staff.Member
	pass  map[string]string
}

func (d *desk) Settings(context.Context) (clinic.Settings, error) {
	return clinic.Settings{Staff: slices.Clone(d.staff)}, nil
}

func (d *desk) SavePerson(_ context.Context, m staff.Member, passphrase string) error {
	if p := m.Validate(); len(p) > 0 {
		return p
	}
	if passphrase != "" {
		d.pass[m.User] = passphrase
	}
	for i := range d.staff {
		if d.staff[i].User == m.User {
			d.staff[i] = m
			return nil
		}
	}
	d.staff = append(d.staff, m)
	return nil
}

func (d *desk) RemovePerson(_ context.Context, user string) error {
	for i := range d.staff {
		if d.staff[i].User == user {
			d.staff[i].Left = true
		}
	}
	return nil
}

func (d *desk) ChangePassphrase(_ context.Context, old, fresh string) error {
	if old != d.pass["anna"] {
		return clinic.ErrWrongSecret
	}
	d.pass["anna"] = fresh
	return nil
}

func (d *desk) NewRecoveryCode(_ context.Context, passphrase string) (string, error) {
	if passphrase != d.pass["anna"] {
		return "", clinic.ErrWrongSecret
	}
	return "AAAAA-BBBBB", nil
}

func open(t *testing.T, role staff.Role) (*desk, *guitest.Host, *guitest.Window, *View) {
	t.Helper()
	d := &desk{pass: map[string]string{"anna": "river stone"}, staff: []staff.Member{
		{User: "anna", Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 1", Roles: []staff.Role{role}},
		{User: "ben", Name: "B. Ray", Roles: []staff.Role{staff.FrontDesk, staff.Student}}}}
	h := guitest.NewHost()
	h.Who = domain.Actor{User: "anna", Name: "R. Castello"}
	var v *View
	w := h.Open(t, fyne.NewSize(1100, 620), func() page.View {
		v = New(Params{Frame: h, Records: d, OnBack: func() {}, OnSaved: func(clinic.Settings) {}})
		return v
	})
	return d, h, w, v
}

func TestAddChangeRemove(t *testing.T) {
	d, h, w, v := open(t, staff.Administrator)
	w.GoTo("Name as signed")
	w.Type("C. Day")
	if v.Unkept() == "" {
		t.Error("what is typed does not count")
	}
	v.Save()
	if len(d.staff) != 2 || v.Problems() != "2 problems" || w.Focused() != "Roles" {
		t.Fatalf("%d people, %s, keyboard on %q", len(d.staff), v.Problems(), w.Focused())
	}
	w.Press(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeySpace)
	w.GoTo("User name")
	w.Type("cleo")
	w.GoTo("First passphrase")
	w.Type("window tree sofa")
	w.Golden("add")
	v.Save()
	if len(d.staff) != 3 || d.pass["cleo"] != "window tree sofa" || len(d.staff[2].Roles) != 1 || v.Unkept() != "" {
		t.Fatalf("kept %+v", d.staff)
	}
	v.list.OnOpen(1)
	w.GoTo("Licence number")
	w.Type("PT 9")
	v.Save()
	if got := d.staff[1]; got.Licence != "PT 9" || got.Name != "B. Ray" || len(got.Roles) != 2 || d.pass["ben"] != "" {
		t.Errorf("changed to %+v", got)
	}
	v.list.OnOpen(1)
	v.remove()
	if w.Press(fyne.KeyEscape); d.staff[1].Left {
		t.Error("Esc removes")
	}
	v.remove()
	w.Router.HandleShortcut(ctrlEnter)
	if !d.staff[1].Left || len(v.m.here) != 2 || h.Said[len(h.Said)-1] != "Removed." {
		t.Errorf("removed %v, %d are here", d.staff[1].Left, len(v.m.here))
	}
}

func TestOwnPassphraseAndCode(t *testing.T) {
	d, h, w, v := open(t, staff.FrontDesk)
	if v.Main().Text != "Change my passphrase" || len(v.More()) != 1 {
		t.Errorf("the front desk may %q and %d more", v.Main().Text, len(v.More()))
	}
	v.Save()
	w.Golden("front_desk")
	v.own()
	w.Type("river stone")
	w.Tab()
	w.Type("lamp tent")
	w.Tab()
	w.Type("lamp")
	w.Router.HandleShortcut(ctrlEnter)
	if !h.Router().SheetOpen() || d.pass["anna"] != "river stone" {
		t.Fatal("two that differ are taken")
	}
	w.Type(" tent")
	w.Router.HandleShortcut(ctrlEnter)
	if h.Router().SheetOpen() || d.pass["anna"] != "lamp tent" {
		t.Fatalf("the passphrase is %q", d.pass["anna"])
	}
	d.staff[0].Roles = []staff.Role{staff.Administrator}
	v.Refresh()
	v.code()
	w.Type("wrong")
	w.Router.HandleShortcut(ctrlEnter)
	if len(h.Notices) != 1 || !h.Router().SheetOpen() {
		t.Errorf("a code with a wrong passphrase: %q", h.Notices)
	}
	w.Golden("code_wrong")
	w.Press(fyne.KeyEscape)
	v.code()
	w.Type("lamp tent")
	w.Router.HandleShortcut(ctrlEnter)
	if got := h.Notices[len(h.Notices)-1]; !strings.Contains(got, "AAAAA-BBBBB") {
		t.Errorf("said %q", got)
	}
}
