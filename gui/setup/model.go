// Package setup is the clinic's own facts on one page: what prints on every
// handout, who signs, and what there is to lift. It is the first thing a
// new clinic sees and is the same page later.
package setup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/patient"
	"backtobar/domain/program"
)

// records is what this page needs of the clinic.
type records interface {
	Settings(context.Context) (clinic.Settings, error)
	SaveSettings(context.Context, clinic.Settings) (clinic.Settings, error)
	Route() *program.Library
}

// model holds what was typed.
type model struct {
	in    clinic.Settings
	phone string // as typed
	gear  gear
	// route is the route as shipped; templates are the clinic's variants of it
	// and using the place of the one in use, -1 for none.
	route     *program.Library
	templates []template
	using     int
	saved     bool
	// start is what was here before anything was typed.
	start clinic.Settings
}

func newModel() *model {
	m := &model{using: -1, in: clinic.Settings{LoadUnit: domain.Pound, Therapists: make([]domain.Actor, 1)}}
	m.gear = write(m.in.Equipment, m.in.LoadUnit)
	m.begin()
	return m
}

// begin takes what is here as kept.
func (m *model) begin() { m.start = m.settings() }

// typed reports whether anything differs from what is kept.
func (m *model) typed() bool {
	a, b := m.start, m.settings()
	if a.Template != b.Template || !reflect.DeepEqual(a.Templates, b.Templates) {
		return true
	}
	if a.ClinicName != b.ClinicName || a.Phone != b.Phone || a.Address != b.Address || a.Hours != b.Hours ||
		a.LoadUnit != b.LoadUnit || a.CountPractitioner != b.CountPractitioner || !slices.Equal(a.Therapists, b.Therapists) {
		return true
	}
	// As it would be typed, so that the order of a list does not count.
	now := write(b.Equipment, b.LoadUnit)
	if _, wrong := m.gear.read(); len(wrong) > 0 {
		now = m.gear
	}
	then := write(a.Equipment, a.LoadUnit)
	return !maps.Equal(now.bells, then.bells) || !maps.Equal(now.lists, then.lists)
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
	m.route = r.Route()
	m.adopt(in)
	return nil
}

func (m *model) adopt(in clinic.Settings) {
	m.in, m.phone, m.saved = in, in.Phone, true
	m.in.Therapists = slices.Clone(in.Therapists)
	m.gear = write(in.Equipment, in.LoadUnit)
	m.templates = templatesOf(in.Templates)
	m.using = slices.IndexFunc(in.Templates, func(t program.Template) bool { return t.Name == in.Template })
	m.begin()
}

// asksTherapist: who sets the clinic up is its first therapist. Later the page
// of the people keeps the list.
func (m *model) asksTherapist() bool { return !m.saved }

// settings is what is typed, as it would be kept. A phone number that cannot be
// read stays as typed, so that its problem is about it. A further therapist
// left empty is left out, and so is a list of equipment that cannot be read is left out.
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
	out.Equipment, _ = m.gear.read()
	if m.route != nil {
		m.keepTemplates(&out)
	}
	return out
}

// problems is what must be put right before saving.
func (m *model) problems() domain.Problems {
	in := m.settings()
	in.Equipment = equipment.Inventory{} // these two are checked as they were typed
	in.Templates, in.Template = nil, ""
	out := clinic.ValidateSettings(in)
	_, wrong := m.gear.read()
	out = append(out, wrong...)
	if m.route != nil {
		out = append(out, m.templateProblems()...)
	}
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
	if text, list := m.gear.lists[path]; list {
		return text == ""
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
