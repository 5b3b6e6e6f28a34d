package clinic

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/staff"
)

// Access changes who can open the records while they are open, as Keys.
type Access interface {
	// Check asks for a passphrase again.
	Check(user, passphrase string) error
	// Set gives a person a passphrase, in place of an earlier one.
	Set(user, passphrase string) error
	// Remove takes a person's access away.
	Remove(user string) error
	// NewCode replaces the printed code.
	NewCode() (string, error)
}

// SavePerson adds a person, or changes one with the same user name. A new
// person needs a passphrase; for others "" leaves it as it is. Only an
// administrator may.
func (s *Service) SavePerson(ctx context.Context, m staff.Member, passphrase string) error {
	m = cleanMember(m)
	problems := m.Validate()
	if passphrase != "" {
		if text := staff.CheckPassphrase(passphrase, m.User, m.Name); text != "" {
			problems.Add("passphrase", text)
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	err := s.changePeople(ctx, "person.save", m.User, func(all []staff.Member) ([]staff.Member, error) {
		i := slices.IndexFunc(all, func(x staff.Member) bool { return x.User == m.User })
		if (i < 0 || all[i].Left) && passphrase == "" {
			return nil, domain.Problems{{Field: "passphrase", Text: "Enter a first passphrase, which the person changes after signing in"}}
		}
		if i < 0 {
			return append(all, m), nil
		}
		all[i] = m
		return all, nil
	})
	if err != nil || passphrase == "" {
		return err
	}
	return s.setPassphrase(ctx, m.User, passphrase)
}

// RemovePerson takes a person's access away. The name stays in what was signed.
// Only an administrator may, and one always stays.
func (s *Service) RemovePerson(ctx context.Context, user string) error {
	err := s.changePeople(ctx, "person.remove", user, func(all []staff.Member) ([]staff.Member, error) {
		for i := range all {
			if all[i].User == user {
				all[i].Left = true
				return all, nil
			}
		}
		return nil, domain.ErrNotFound
	})
	if err != nil {
		return err
	}
	return s.access.Remove(user)
}

// changePeople keeps a new version of the settings with another list of people.
func (s *Service) changePeople(ctx context.Context, action, user string, change func([]staff.Member) ([]staff.Member, error)) error {
	_, err := update(ctx, s, func(tx Tx) (Settings, error) {
		in, who, err := managing(ctx, tx)
		if err != nil {
			return Settings{}, err
		}
		if in.Staff, err = change(slices.Clone(in.Staff)); err != nil {
			return Settings{}, err
		}
		if err := staff.ValidateAll(in.Staff).Err(); err != nil {
			return Settings{}, err
		}
		if in.Therapists = signers(in.Staff); len(in.Therapists) == 0 {
			return Settings{}, domain.Problems{{Field: "roles", Text: "At least one person must stay physical therapist, who can sign"}}
		}
		in.Version++
		in.SavedAt, in.SavedBy = tx.Now(), who
		if err := tx.Settings().Append(in); err != nil {
			return Settings{}, fmt.Errorf("save people: %w", err)
		}
		return in, record(ctx, tx, action, "", user)
	})
	return err
}

// managing returns the settings to somebody who may change them, by the roles
// that the records give and not by what the window believes.
func managing(ctx context.Context, tx Tx) (Settings, domain.Actor, error) {
	who, err := acting(ctx)
	if err != nil {
		return Settings{}, who, err
	}
	in, err := tx.Settings().Current()
	if err != nil {
		return Settings{}, who, err
	}
	m, ok := in.Member(who.User)
	if !ok || !staff.May(m.Roles, staff.ManageClinic) {
		return Settings{}, who, domain.NotAllowed(domain.Problem{Text: staff.Refusal(staff.ManageClinic) + "."})
	}
	return in, who, nil
}

// ChangePassphrase changes the acting person's own passphrase.
func (s *Service) ChangePassphrase(ctx context.Context, old, fresh string) error {
	who, err := acting(ctx)
	if err != nil {
		return err
	}
	if text := staff.CheckPassphrase(fresh, who.User, who.Name); text != "" {
		return domain.Problems{{Field: "passphrase", Text: text}}
	}
	if err := s.access.Check(who.User, old); err != nil {
		return err
	}
	return s.setPassphrase(ctx, who.User, fresh)
}

func (s *Service) setPassphrase(ctx context.Context, user, passphrase string) error {
	if err := s.access.Set(user, passphrase); err != nil {
		return err
	}
	_, err := update(ctx, s, func(tx Tx) (bool, error) { return true, record(ctx, tx, "access.passphrase", "", user) })
	return err
}

// NewRecoveryCode replaces the printed code, and returns it, for an
// administrator who gives the own passphrase again.
func (s *Service) NewRecoveryCode(ctx context.Context, passphrase string) (string, error) {
	if _, err := view(ctx, s, func(tx Tx) (Settings, error) { in, _, err := managing(ctx, tx); return in, err }); err != nil {
		return "", err
	}
	if err := s.access.Check(domain.ActorFrom(ctx).User, passphrase); err != nil {
		return "", err
	}
	_, err := update(ctx, s, func(tx Tx) (bool, error) { return true, record(ctx, tx, "access.code", "", "") })
	if err != nil {
		return "", err
	}
	return s.access.NewCode() // after the transaction: both wait for a desk that is being locked
}

// Member returns the person with that user name who works here.
func (in Settings) Member(user string) (staff.Member, bool) {
	for _, m := range in.Staff {
		if m.User == user && !m.Left {
			return m, true
		}
	}
	return staff.Member{}, false
}

// signers are the therapists of the list, who may sign.
func signers(all []staff.Member) (out []domain.Actor) {
	for _, m := range all {
		if !m.Left && staff.May(m.Roles, staff.SignScreen) {
			out = append(out, domain.Actor{Name: m.Name, Credentials: m.Credentials, Licence: m.Licence})
		}
	}
	return out
}

// firstPeople is the list of a clinic that is set up: who does it, as
// administrator and therapist.
func firstPeople(user string, t domain.Actor) []staff.Member {
	return []staff.Member{{User: user, Name: t.Name, Credentials: t.Credentials, Licence: t.Licence,
		Roles: []staff.Role{staff.Administrator, staff.PT}}}
}

func cleanMember(m staff.Member) staff.Member {
	text := func(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }
	m.User, m.Name, m.Credentials, m.Licence = UserName(m.User), text(m.Name), text(m.Credentials), text(m.Licence)
	return m
}
