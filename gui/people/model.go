// Package people is who works at the clinic: names as they are signed, roles,
// and passphrases. Administrators change the list; everybody changes the own
// passphrase.
package people

import (
	"context"
	"slices"
	"strings"

	"backtobar/domain/clinic"
	"backtobar/domain/staff"
)

// records is what this page needs of the clinic.
type records interface {
	Settings(context.Context) (clinic.Settings, error)
	SavePerson(ctx context.Context, m staff.Member, passphrase string) error
	RemovePerson(ctx context.Context, user string) error
	ChangePassphrase(ctx context.Context, old, fresh string) error
	NewRecoveryCode(ctx context.Context, passphrase string) (string, error)
}

// model is the list, and the person in the form.
type model struct {
	// here are the people who work here now.
	here []staff.Member
	// me is who is signed in.
	me string
	// person is in the form; known, when it is on the list already.
	person staff.Member
	known  bool
	// passphrase is a first or a new one for person.
	passphrase string
	// start is what the form held before anything was typed.
	start staff.Member
}

// adopt takes the list from the settings.
func (m *model) adopt(in clinic.Settings) {
	m.here = nil
	for _, x := range in.Staff {
		if !x.Left {
			m.here = append(m.here, x)
		}
	}
}

// may reports whether the person signed in changes the list.
func (m *model) may() bool {
	return slices.ContainsFunc(m.here, func(x staff.Member) bool {
		return x.User == m.me && staff.May(x.Roles, staff.ManageClinic)
	})
}

// edit puts a row of the list into the form; -1 is somebody new.
func (m *model) edit(row int) {
	m.person, m.known, m.passphrase = staff.Member{}, false, ""
	if row >= 0 && row < len(m.here) {
		m.person, m.known = m.here[row], true
		m.person.Roles = slices.Clone(m.person.Roles)
	}
	m.start = m.person
	m.start.Roles = slices.Clone(m.person.Roles)
}

// typed reports whether the form differs from what is kept.
func (m *model) typed() bool {
	a, b := m.start, m.person
	return m.passphrase != "" || a.User != b.User || a.Name != b.Name || a.Credentials != b.Credentials ||
		a.Licence != b.Licence || !slices.Equal(a.Roles, b.Roles)
}

// tick gives or takes a role, in the order of staff.Roles.
func (m *model) tick(i int, on bool) {
	var out []staff.Role
	for k, r := range staff.Roles {
		if has := slices.Contains(m.person.Roles, r); k == i && on || k != i && has {
			out = append(out, r)
		}
	}
	m.person.Roles = out
}

// roles are the roles of a person in words.
func roles(x staff.Member) string {
	var out []string
	for _, r := range x.Roles {
		out = append(out, r.Words())
	}
	return strings.Join(out, ", ")
}
