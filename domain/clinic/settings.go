package clinic

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
)

// The longest texts of the settings, in characters; they are what fits the
// head of the printed sheet (clinic defaults).
const (
	maxClinicName = 80
	maxClinicText = 200
	maxTherapist  = 80
)

// Settings returns the clinic's settings, or domain.ErrNotFound before the
// clinic is set up.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	return view(ctx, s, func(tx Tx) (Settings, error) { return tx.Settings().Current() })
}

// Route is the route as shipped, which nobody can edit.
func (s *Service) Route() *program.Library { return s.route }

// SaveSettings keeps a new version of the settings and returns it. in.Version
// is the version that was read, 0 the first time; domain.ErrConflict when it is
// no longer the newest. The first save needs no actor: whoever sets the clinic
// up is its first therapist.
func (s *Service) SaveSettings(ctx context.Context, in Settings) (Settings, error) {
	in = cleanSettings(in)
	problems := ValidateSettings(in)
	for i, t := range in.Templates {
		for _, p := range s.route.CheckTemplate(t) {
			problems.Add(fmt.Sprintf("templates[%d].%s", i, p.Field), p.Text)
		}
	}
	if err := problems.Err(); err != nil {
		return Settings{}, err
	}
	if who := domain.ActorFrom(ctx); who.Name == "" && in.Version == 0 {
		named := in.Therapists[0]
		named.User, named.Workstation = who.User, who.Workstation
		ctx = domain.WithActor(ctx, named)
		if who.User != "" {
			in.Staff = firstPeople(who.User, in.Therapists[0])
		}
	}
	who, err := acting(ctx)
	if err != nil {
		return Settings{}, err
	}
	return update(ctx, s, func(tx Tx) (Settings, error) {
		if in.Version > 0 {
			now, err := tx.Settings().Current()
			if err != nil {
				return Settings{}, err
			}
			if now.Staff != nil { // people change on their own page alone
				if _, _, err := managing(ctx, tx); err != nil {
					return Settings{}, err
				}
				in.Staff, in.Therapists = now.Staff, now.Therapists
			}
		}
		in.Version++
		in.SavedAt, in.SavedBy = tx.Now(), who
		if err := tx.Settings().Append(in); err != nil {
			return Settings{}, fmt.Errorf("save settings: %w", err)
		}
		return in, record(ctx, tx, "settings.save", "", fmt.Sprint(in.Version))
	})
}

func cleanSettings(in Settings) Settings {
	text := func(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }
	in.ClinicName, in.Address, in.Hours = text(in.ClinicName), text(in.Address), text(in.Hours)
	therapists := make([]domain.Actor, len(in.Therapists))
	for i, t := range in.Therapists {
		therapists[i] = domain.Actor{
			Name: text(t.Name), Credentials: text(t.Credentials), Licence: text(t.Licence)}
	}
	in.Therapists = therapists
	return in
}

// ValidateSettings returns what must be put right before in can be kept. Fields
// are the JSON names of Settings; a therapist's name is "therapists[0].name".
func ValidateSettings(in Settings) domain.Problems {
	var out domain.Problems
	in = cleanSettings(in)
	required(&out, "clinic_name", "Clinic name", "Enter the clinic name", in.ClinicName, maxClinicName)
	if in.Phone == "" {
		out.Add("phone", "Enter the clinic phone number. It prints on every handout.")
	} else if text := patient.PhoneProblem(in.Phone); text != "" {
		out.Add("phone", text)
	}
	optional(&out, "address", "Address", in.Address)
	optional(&out, "hours", "Hours", in.Hours)
	if len(in.Therapists) == 0 {
		out.Add("therapists", "Enter at least one therapist, who can sign")
	}
	for i, t := range in.Therapists {
		at := fmt.Sprintf("therapists[%d].", i)
		required(&out, at+"name", "Therapist name", "Enter the name of the therapist", t.Name, maxTherapist)
		required(&out, at+"credentials", "Credentials", "Enter the credentials, such as PT, DPT", t.Credentials, maxTherapist)
		required(&out, at+"licence", "Licence number", "Enter the licence number", t.Licence, maxTherapist)
	}
	out = append(out, in.Equipment.Check("equipment")...)
	out = append(out, checkTemplates(in)...)
	if in.LockMinutes < 0 || in.LockMinutes > mostLockMinutes {
		out.Add("lock_minutes", fmt.Sprintf("Choose from 1 to %d minutes", mostLockMinutes))
	}
	if !in.LoadUnit.Valid() {
		out.Add("load_unit", "Choose pounds or kilograms for weights")
	}
	return out
}

// The bounds of locking (clinic defaults): HIPAA asks for an automatic logoff
// (45 CFR 164.312(a)(2)(iii)) and names no time.
const (
	defaultLockMinutes = 5
	mostLockMinutes    = 30
)

// LockAfter is for how long a window may be left alone before it locks.
func (in Settings) LockAfter() time.Duration {
	if in.LockMinutes == 0 {
		return defaultLockMinutes * time.Minute
	}
	return time.Duration(in.LockMinutes) * time.Minute
}

func required(out *domain.Problems, field, label, ask, s string, most int) {
	if s == "" {
		out.Add(field, ask)
		return
	}
	if text := intake.FreeTextProblem(label, s, most); text != "" {
		out.Add(field, text)
	}
}

func optional(out *domain.Problems, field, label, s string) {
	if text := intake.FreeTextProblem(label, s, maxClinicText); text != "" {
		out.Add(field, text)
	}
}

// UnmarshalJSON also reads settings that were kept before there was an
// inventory and held the sizes of the kettlebells only. Kept versions are never
// rewritten, so they are understood instead.
func (s *Settings) UnmarshalJSON(b []byte) error {
	type plain Settings
	v := struct {
		plain
		Kettlebells []domain.Mass `json:"kettlebells"`
	}{plain: plain(*s)}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*s = Settings(v.plain)
	if v.Kettlebells != nil {
		s.Equipment.Kettlebells = v.Kettlebells
	}
	return nil
}

// maxTemplates is the most variants of the route that a clinic keeps (clinic
// default).
const maxTemplates = 20

// checkTemplates holds the names together: each once, and the one in use there.
func checkTemplates(in Settings) (p domain.Problems) {
	if len(in.Templates) > maxTemplates {
		p.Add("templates", fmt.Sprintf("Keep at most %d templates", maxTemplates))
	}
	names := map[string]bool{"": true}
	for i, t := range in.Templates {
		if names[t.Name] {
			p.Add(fmt.Sprintf("templates[%d].name", i), "Enter a name that no other template has")
		}
		names[t.Name] = true
	}
	if !names[in.Template] {
		p.Add("template", "Choose one of the templates, or the route as shipped")
	}
	return p
}

// routeOf is the route with the clinic's template in use. A template of an
// older route that this one no longer allows is refused with the reason: nobody
// gets doses that nobody chose.
func (s *Service) routeOf(in Settings) (*program.Library, domain.Problems) {
	for _, t := range in.Templates {
		if t.Name != in.Template || in.Template == "" {
			continue
		}
		l, err := s.route.With(t)
		if err != nil {
			return nil, domain.Problems{{Field: "template", Text: "The clinic's template does not fit this version of the route. Check it in Settings."}}
		}
		return l, nil
	}
	return s.route, nil
}
