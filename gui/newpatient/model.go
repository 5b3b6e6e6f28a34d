// Package newpatient adds a patient with the four facts that are needed:
// family name, given name, birth date and phone. While they are typed it looks
// for people who may be the same, because two charts of one person are a
// hazard to both.
package newpatient

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
)

// records is what this page needs of the clinic.
type records interface {
	Today() domain.Date
	FindDuplicates(context.Context, patient.Patient) (clinic.Duplicates, error)
	AddPatient(context.Context, patient.Patient) (patient.Patient, error)
	AddNamesake(context.Context, patient.Patient) (patient.Patient, error)
}

// model holds what was typed, as typed.
type model struct {
	today       domain.Date
	last, first string
	birth       string // "03/14/1986", "" when all three boxes are empty
	phone       string
	noPhone     bool
	duplicates  clinic.Duplicates
	taken       [2]string // the names that came with the search
}

// typed reports whether anything stands here that did not come with the search.
func (m *model) typed() bool {
	return [2]string{m.last, m.first} != m.taken || m.birth != "" || m.phone != "" || m.noPhone
}

// takeQuery begins with what was searched for, when it reads like a name.
func (m *model) takeQuery(query string) {
	for _, r := range query {
		if !unicode.IsLetter(r) && !strings.ContainsRune(" ,-'’.", r) {
			return
		}
	}
	words := strings.Fields(strings.ReplaceAll(query, ",", " "))
	if len(words) > 0 {
		m.last = capital(words[0])
	}
	if len(words) > 1 {
		m.first = capital(words[1])
	}
	m.taken = [2]string{m.last, m.first}
}

func capital(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// patient is what is typed, as far as it can be read.
func (m *model) patient() patient.Patient {
	p := patient.Patient{LastName: m.last, FirstName: m.first, NoPhone: m.noPhone && m.phone == ""}
	p.BirthDate, _, _ = patient.ParseBirthDate(m.birth, m.today)
	p.Phone = m.phone
	if digits, problem := patient.ParsePhone(m.phone); problem == "" {
		p.Phone = digits
	}
	return patient.Clean(p)
}

// problems is what must be put right before saving. The birth date and the
// phone number are judged as typed.
func (m *model) problems() domain.Problems {
	var out domain.Problems
	_, _, birth := patient.ParseBirthDate(m.birth, m.today)
	_, phone := patient.ParsePhone(m.phone)
	for _, p := range patient.Validate(m.patient(), m.today) {
		switch {
		case p.Field == "birth_date" && birth != "":
			p.Text = birth
		case p.Field == "phone" && phone != "":
			p.Text = phone
		}
		out = append(out, p)
	}
	return out
}

// birthNote is the age, or how a two-digit year was read.
func (m *model) birthNote() string {
	date, note, problem := patient.ParseBirthDate(m.birth, m.today)
	switch {
	case m.birth == "" || problem != "":
		return ""
	case note != "":
		return note
	}
	years := date.AgeOn(m.today)
	if years == 1 {
		return "1 year"
	}
	return fmt.Sprintf("%d years", years)
}

// empty reports whether nothing was typed into the field.
func (m *model) empty(field string) bool {
	switch field {
	case "last_name":
		return m.last == ""
	case "first_name":
		return m.first == ""
	case "birth_date":
		return m.birth == ""
	case "phone":
		return m.phone == ""
	}
	return false
}
