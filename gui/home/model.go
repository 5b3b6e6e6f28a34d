// Package home is many patients: a search that is there from the start, the
// list it gives, and a preview of one. It never shows a banner, because a
// banner says whose chart is open, and none is.
package home

import (
	"context"
	"fmt"
	"strings"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
	"backtobar/gui/kit"
	"backtobar/gui/look"
)

// records is what Home needs of the clinic.
type records interface {
	FindPatients(ctx context.Context, query string, limit int) (clinic.List, error)
	Chart(context.Context, domain.PatientID) (clinic.Chart, error)
}

// listed is the most rows shown at once.
const listed = 200

// settle is how long after the list of all patients came Enter is ignored, so
// that an Enter held too long before opens nobody.
const settle = 150 * time.Millisecond

type model struct {
	query   string
	list    clinic.List
	loaded  bool
	changed time.Time
	now     func() time.Time
}

// found takes the answer for query. The time counts from a change that can be
// seen.
func (m *model) found(query string, list clinic.List) {
	if !m.loaded || !sameRows(m.list, list) {
		m.changed = m.now()
	}
	m.query, m.list, m.loaded = query, list, true
}

func sameRows(a, b clinic.List) bool {
	if len(a.Rows) != len(b.Rows) {
		return false
	}
	for i := range a.Rows {
		if a.Rows[i].Patient.ID != b.Rows[i].Patient.ID {
			return false
		}
	}
	return true
}

// rowOf is the row of a patient, or -1.
func (m *model) rowOf(id domain.PatientID) int {
	for i, r := range m.list.Rows {
		if id != "" && r.Patient.ID == id {
			return i
		}
	}
	return -1
}

// steady reports whether the list has stood still long enough for Enter.
func (m *model) steady() bool { return m.now().Sub(m.changed) >= settle }

// The columns of the list.
const (
	colName = iota
	colBorn
	colNumber
	colStep
	colNext
)

func (m *model) cell(row, col int) string {
	r := m.list.Rows[row]
	switch col {
	case colName:
		name := patient.DisplayName(r.Patient)
		if r.Similar {
			name += "  (S)"
		}
		if r.Patient.Practice {
			name += "  PRACTICE"
		}
		return name
	case colBorn:
		return fmt.Sprintf("%s (%d)", r.Patient.BirthDate.Short(), r.Age)
	case colNumber:
		return patient.FormatNumber(r.Patient.Number)
	case colStep:
		if r.Step == "" {
			return "new"
		}
		return r.Step
	default:
		return r.Next.Text
	}
}

// note is the line under the list.
func (m *model) note() string {
	var out []string
	if m.list.Total > len(m.list.Rows) {
		out = append(out, fmt.Sprintf("Showing %d of %s. Type more letters.", len(m.list.Rows), thousands(m.list.Total)))
	}
	for _, r := range m.list.Rows {
		if r.Similar {
			out = append(out, "(S) Similar name on this list. Check the birth date.")
			break
		}
	}
	return strings.Join(out, "     ")
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

// nothing is what is said instead of an empty list: a headline, a sentence, and
// the words of the button.
func (m *model) nothing() (headline, sentence, button string) {
	if m.query == "" {
		return "No patients yet.", "Add the first patient. Everything else starts from there.", "Add the first patient"
	}
	return fmt.Sprintf("No patient matches “%s”.", m.query),
		"Check the spelling or try a birth date, like 3/14/86.",
		fmt.Sprintf("New patient “%s”", m.query)
}

// todo is one line of the preview.
type todo struct {
	status look.Status
	text   string
}

// todos says where the chart of the preview stands.
func todos(c clinic.Chart) []todo {
	line := func(name, state string, done ...string) todo {
		s := look.Unknown
		if state == "draft" {
			s = look.Attention
		}
		for _, d := range done {
			if state == d {
				s = look.Ready
			}
		}
		return todo{s, name + ": " + state}
	}
	handouts := line("Handouts", c.HandoutsState)
	if len(c.Handouts) > 0 {
		handouts.status = look.Ready
	}
	out := []todo{line("Intake", c.IntakeState, "done"), line("Screen", c.ScreenState, "signed"),
		line("Plan", c.PlanState, "signed"), handouts}
	if c.Next.Text != "" && c.Next.Text != "None" {
		next := todo{look.Info, "Next: " + c.Next.Text}
		if o := c.Decision.Outcome; c.ScreenState == "signed" && (o == screen.Emergency || o == screen.UrgentRefer) {
			next = todo{look.Stop, c.Next.Text}
		}
		out = append([]todo{next}, out...)
	}
	return out
}

// facts are the identity of the preview.
func facts(c clinic.Chart) []kit.SummaryItem {
	phone := "Not recorded"
	if c.Patient.Phone != "" {
		phone = patient.FormatPhone(c.Patient.Phone)
	} else if c.Patient.NoPhone {
		phone = "No phone"
	}
	step := "No signed plan"
	if c.Plan != nil {
		step = string(c.Plan.Plan.SubStage)
	}
	return []kit.SummaryItem{
		{Label: "Born", Value: fmt.Sprintf("%s (%d y)", c.Patient.BirthDate.Short(), c.Age)},
		{Label: "Chart", Value: patient.FormatNumber(c.Patient.Number)},
		{Label: "Phone", Value: phone},
		{Label: "Step", Value: step},
	}
}
