// Package setup is the clinic's own facts on one page: what prints on every
// handout, who signs, and which kettlebells there are. It is the first thing a
// new clinic sees and is the same page later.
package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
)

// records is what this page needs of the clinic.
type records interface {
	Settings(context.Context) (clinic.Settings, error)
	SaveSettings(context.Context, clinic.Settings) (clinic.Settings, error)
}

// shipped are the sizes of bells on the market and, for pounds, the ones most
// clinics own, which are ticked at first (clinic default).
var (
	shipped = map[domain.MassUnit][]string{
		domain.Pound:    {"5", "10", "15", "18", "20", "25", "26", "30", "35", "40", "44", "45", "50", "53", "60", "62", "70"},
		domain.Kilogram: {"4", "6", "8", "10", "12", "14", "16", "18", "20", "24", "28", "32", "36", "40", "48"},
	}
	usual = map[domain.MassUnit][]string{
		domain.Pound: {"10", "15", "20", "25", "30", "35", "45", "53", "70"},
	}
)

// model holds what was typed.
type model struct {
	in    clinic.Settings
	phone string // as typed
	bells map[domain.MassUnit]map[string]bool
	saved bool
	// start is what was here before anything was typed.
	start clinic.Settings
}

func newModel() *model {
	m := &model{in: clinic.Settings{LoadUnit: domain.Pound, Therapists: make([]domain.Actor, 1)},
		bells: map[domain.MassUnit]map[string]bool{domain.Pound: {}, domain.Kilogram: {}}}
	for unit, sizes := range usual {
		for _, s := range sizes {
			m.bells[unit][s] = true
		}
	}
	m.begin()
	return m
}

// begin takes what is here as kept.
func (m *model) begin() { m.start = m.settings() }

// typed reports whether anything differs from what is kept.
func (m *model) typed() bool {
	a, b := m.start, m.settings()
	return a.ClinicName != b.ClinicName || a.Phone != b.Phone || a.Address != b.Address || a.Hours != b.Hours ||
		a.LoadUnit != b.LoadUnit || !slices.Equal(a.Therapists, b.Therapists) ||
		!slices.EqualFunc(a.Kettlebells, b.Kettlebells, func(x, y domain.Mass) bool {
			return x.Unit == y.Unit && x.Value.Cmp(y.Value) == 0
		})
}

// load reads the settings; none yet is not an error.
func (m *model) load(ctx context.Context, r records) error {
	in, err := r.Settings(ctx)
	if errors.Is(err, domain.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	m.adopt(in)
	return nil
}

func (m *model) adopt(in clinic.Settings) {
	m.in, m.phone, m.saved = in, in.Phone, true
	m.in.Therapists = slices.Clone(in.Therapists)
	for unit := range m.bells {
		m.bells[unit] = map[string]bool{}
	}
	for _, b := range in.Kettlebells {
		m.bells[b.Unit][b.Value.String()] = true
	}
	m.begin()
}

// sizes are the bells offered in the unit: those on the market and any other
// the clinic owns.
func (m *model) sizes() []string {
	out := slices.Clone(shipped[m.in.LoadUnit])
	for s := range m.bells[m.in.LoadUnit] {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return domain.MustDecimal(a).Cmp(domain.MustDecimal(b)) })
	return out
}

func (m *model) owns(size string) bool { return m.bells[m.in.LoadUnit][size] }

func (m *model) tick(size string, owned bool) {
	if owned {
		m.bells[m.in.LoadUnit][size] = true
	} else {
		delete(m.bells[m.in.LoadUnit], size)
	}
}

func (m *model) addTherapist() { m.in.Therapists = append(m.in.Therapists, domain.Actor{}) }

// settings is what is typed, as it would be kept. A phone number that cannot be
// read stays as typed, so that its problem is about it. A further therapist
// left empty is left out. Bells of the other unit stay.
func (m *model) settings() clinic.Settings {
	out := m.in
	out.Phone = m.phone
	if digits, problem := patient.ParsePhone(m.phone); problem == "" {
		out.Phone = digits
	}
	out.Therapists = nil
	for i, t := range m.in.Therapists {
		if i == 0 || t.Name+t.Credentials+t.Licence != "" {
			out.Therapists = append(out.Therapists, t)
		}
	}
	out.Kettlebells = nil
	for _, unit := range []domain.MassUnit{domain.Pound, domain.Kilogram} {
		if unit != m.in.LoadUnit && !m.saved {
			continue // the other unit's usual bells were only offered
		}
		var sizes []domain.Decimal
		for s := range m.bells[unit] {
			sizes = append(sizes, domain.MustDecimal(s))
		}
		slices.SortFunc(sizes, domain.Decimal.Cmp)
		for _, s := range sizes {
			out.Kettlebells = append(out.Kettlebells, domain.Mass{Value: s, Unit: unit})
		}
	}
	return out
}

// problems is what must be put right before saving.
func (m *model) problems() domain.Problems {
	out := clinic.ValidateSettings(m.settings())
	if _, text := patient.ParsePhone(m.phone); text != "" {
		for i, p := range out {
			if p.Field == "phone" {
				out[i].Text = text
			}
		}
	}
	return out
}

// empty reports whether nothing was typed into the field.
func (m *model) empty(path string) bool {
	switch path {
	case "clinic_name":
		return m.in.ClinicName == ""
	case "phone":
		return m.phone == ""
	}
	for i, t := range m.in.Therapists {
		at := fmt.Sprintf("therapists[%d].", i)
		switch path {
		case at + "name":
			return t.Name == ""
		case at + "credentials":
			return t.Credentials == ""
		case at + "licence":
			return t.Licence == ""
		}
	}
	return false
}
