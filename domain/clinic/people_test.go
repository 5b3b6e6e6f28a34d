package clinic_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/staff"
	"backtobar/domain/store/memory"
)

const annas, bens = "river stone lamp tent", "window tree sofa moon"

// house is a clinic with a vault; anna, who set it up, is signed in.
type house struct {
	*clinic.Service
	v    *fakeVault
	desk *clinic.Desk
	// anna is administrator and therapist, ben a therapist, cleo at the desk.
	anna, ben, cleo context.Context
}

func newHouse(t *testing.T) *house {
	t.Helper()
	c := &clock{}
	c.set(domain.FixedClock{}.Now())
	h := &house{v: &fakeVault{store: memory.New(c)}}
	h.desk = clinic.NewDesk(h.v, c)
	h.Service = clinic.New(clinic.Params{Store: h.desk, Access: h.desk, Clock: c})
	as := func(user, name string) context.Context {
		return domain.WithActor(context.Background(), domain.Actor{User: user, Name: name, Workstation: "GYM-1"})
	}
	if _, err := h.desk.Make(as("anna", ""), "anna", annas); err != nil {
		t.Fatal(err)
	}
	if _, err := h.SaveSettings(as("anna", ""), settings()); err != nil {
		t.Fatal(err)
	}
	h.anna, h.ben, h.cleo = as("anna", castello.Name), as("ben", "B. Ray"), as("cleo", "C. Day")
	for _, m := range []staff.Member{
		{User: "Ben ", Name: "B. Ray", Credentials: "PT", Licence: "PT 2", Roles: []staff.Role{staff.PT}},
		{User: "cleo", Name: "C. Day", Roles: []staff.Role{staff.FrontDesk}},
	} {
		if err := h.SavePerson(h.anna, m, bens); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// list is the people as "user roles", and who may sign.
func (h *house) list(t *testing.T) string {
	t.Helper()
	in, err := h.Settings(h.anna)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range in.Staff {
		text := m.User
		for _, r := range m.Roles {
			text += " " + string(r)
		}
		if m.Left {
			text += " left"
		}
		out = append(out, text)
	}
	for _, s := range in.Therapists {
		out = append(out, s.Name)
	}
	return strings.Join(out, ", ")
}

func TestPeople(t *testing.T) {
	h := newHouse(t)
	if got := h.list(t); got != "anna administrator pt, ben pt, cleo front_desk, R. Castello, B. Ray" {
		t.Errorf("%s", got)
	}
	if err := h.SavePerson(h.anna, staff.Member{User: "cleo", Name: "C. Day", Licence: "PT 3", Roles: []staff.Role{staff.PT, staff.Administrator}}, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.RemovePerson(h.cleo, "anna"); err != nil {
		t.Fatal(err)
	}
	if got := h.list(t); got != "anna administrator pt left, ben pt, cleo pt administrator, B. Ray, C. Day" {
		t.Errorf("%s", got)
	}
	if _, there := h.v.pass["anna"]; there {
		t.Error("who was removed still has a passphrase")
	}
	// Settings are kept with the people as they are, whatever the page held.
	in, err := h.Settings(h.cleo)
	if err != nil {
		t.Fatal(err)
	}
	in.Staff, in.Therapists = nil, []domain.Actor{castello}
	if _, err := h.SaveSettings(h.cleo, in); err != nil {
		t.Fatal(err)
	}
	if got := h.list(t); got != "anna administrator pt left, ben pt, cleo pt administrator, B. Ray, C. Day" {
		t.Errorf("after saving the settings: %s", got)
	}
	if _, err := h.SaveSettings(h.anna, in); !errors.Is(err, domain.ErrNotAllowed) {
		t.Errorf("who has left saves settings: %v", err)
	}
}

func TestWhoMayNotChangePeople(t *testing.T) {
	h := newHouse(t)
	before := h.list(t)
	dora := staff.Member{User: "dora", Name: "D. Fox", Roles: []staff.Role{staff.Student}}
	in, err := h.Settings(h.anna)
	if err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func(context.Context) error{
		"add":      func(c context.Context) error { return h.SavePerson(c, dora, bens) },
		"remove":   func(c context.Context) error { return h.RemovePerson(c, "cleo") },
		"settings": func(c context.Context) error { _, err := h.SaveSettings(c, in); return err },
		"code":     func(c context.Context) error { _, err := h.NewRecoveryCode(c, bens); return err },
	} {
		for who, c := range map[string]context.Context{"ben": h.ben, "cleo": h.cleo,
			"nobody": context.Background(), "a stranger": domain.WithActor(context.Background(), domain.Actor{User: "x", Name: "X"})} {
			if err := do(c); !errors.Is(err, domain.ErrNotAllowed) {
				t.Errorf("%s, %s: %v", name, who, err)
			}
		}
	}
	if got := h.list(t); got != before || h.v.code != "AAAAA-BBBBB" || len(h.v.pass) != 3 {
		t.Errorf("changed to %s", got)
	}
}

func TestWhatIsWrongWithAPerson(t *testing.T) {
	h := newHouse(t)
	anna := staff.Member{User: "anna", Name: "R. Castello", Licence: "PT 00001", Roles: []staff.Role{staff.PT}}
	dora := staff.Member{User: "dora", Name: "D. Fox", Roles: []staff.Role{staff.Student}}
	for name, c := range map[string]struct {
		m          staff.Member
		passphrase string
		field      string
	}{
		"last administrator":   {anna, "", "roles"},
		"no first passphrase":  {dora, "", "passphrase"},
		"short passphrase":     {dora, "short", "passphrase"},
		"name in passphrase":   {dora, "dora dora dora dora", "passphrase"},
		"no role":              {staff.Member{User: "dora", Name: "D. Fox"}, bens, "roles"},
		"therapist no licence": {staff.Member{User: "dora", Name: "D. Fox", Roles: []staff.Role{staff.PT}}, bens, "licence"},
	} {
		if p := clinic.Reasons(h.SavePerson(h.anna, c.m, c.passphrase)); p.For(c.field) == "" {
			t.Errorf("%s: %v", name, p)
		}
	}
	if err := h.RemovePerson(h.anna, "anna"); clinic.Reasons(err).For("roles") == "" {
		t.Errorf("the last administrator goes: %v", err)
	}
	if _, there := h.v.pass["anna"]; !there {
		t.Error("and can no longer sign in")
	}
	if err := h.RemovePerson(h.anna, "zoe"); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("nobody goes: %v", err)
	}
}

func TestPassphrases(t *testing.T) {
	h := newHouse(t)
	if err := h.ChangePassphrase(h.ben, annas, "a tram full of plums"); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("with a wrong one: %v", err)
	}
	if p := clinic.Reasons(h.ChangePassphrase(h.ben, bens, "short")); p.For("passphrase") == "" {
		t.Error("a short one is taken")
	}
	if err := h.ChangePassphrase(h.ben, bens, "a tram full of plums"); err != nil || h.v.pass["ben"] != "a tram full of plums" {
		t.Error(err, h.v.pass["ben"])
	}
	if _, err := h.NewRecoveryCode(h.anna, bens); !errors.Is(err, clinic.ErrWrongSecret) {
		t.Errorf("a code with a wrong passphrase: %v", err)
	}
	if code, err := h.NewRecoveryCode(h.anna, annas); err != nil || code != h.v.code {
		t.Error(code, err)
	}
	var got []string
	err := h.desk.View(h.anna, func(tx clinic.Tx) error {
		all, err := tx.Audit().All()
		for _, e := range all {
			got = append(got, e.Action+" "+e.Object)
		}
		return err
	})
	want := "access.make , settings.save 1, person.save ben, access.passphrase ben, person.save cleo, access.passphrase cleo, access.passphrase ben, access.code "
	if err != nil || strings.Join(got, ", ") != want {
		t.Errorf("%v: the trail says\n%s, want\n%s", err, strings.Join(got, ", "), want)
	}
}

func TestALockedDeskChangesNobody(t *testing.T) {
	h := newHouse(t)
	if err := h.desk.Lock(h.anna); err != nil {
		t.Fatal(err)
	}
	_, err := h.desk.NewCode()
	for _, err := range []error{err, h.desk.Check("anna", annas), h.desk.Set("anna", bens), h.desk.Remove("anna"), h.SavePerson(h.anna, staff.Member{User: "z", Name: "Z", Roles: []staff.Role{staff.Student}}, bens)} {
		if !errors.Is(err, clinic.ErrLocked) {
			t.Errorf("%v", err)
		}
	}
}
