// Package handoutfile makes a home program from one request file, without a
// window and without a store, by the same rules, prescription and layout. The
// format is described in docs/case-files.md.
package handoutfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/equipment"
	"backtobar/domain/outfile"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/domain/strictjson"
	"backtobar/reports/doc"
	"backtobar/reports/figure"
	"backtobar/reports/handout"
	"backtobar/reports/pdf"
)

// maxRequest bounds a request, in bytes. A real one is about three kilobytes.
const maxRequest = 1 << 20

// byteOrderMark is what some editors of Windows write before UTF-8 text.
const byteOrderMark = "\ufeff"

// Result is what was made.
type Result struct {
	// SHA256 of the file in lower-case hex.
	SHA256 string `json:"sha256"`
	Pages  int    `json:"pages"`
}

// request is the file, but for the screen case, which has its own reader.
type request struct {
	Clinic    handout.Clinic    `json:"clinic"`
	Therapist handout.Therapist `json:"therapist"`
	Patient   person            `json:"patient"`
	Date      domain.Date       `json:"date"`
	Language  string            `json:"language"`
	Paper     string            `json:"paper"`
	// LargePrint asks for the 18 point sheet.
	LargePrint bool   `json:"large_print"`
	SubStage   string `json:"sub_stage"`
	Home       home   `json:"home_equipment"`
	// SupervisedPlace: a safe place and supervision for a barbell are arranged.
	SupervisedPlace bool `json:"supervised_place_confirmed"`
}

type person struct {
	FirstName string `json:"first_name"`
	// LastName and DateOfBirth are never printed.
	LastName    string      `json:"last_name"`
	DateOfBirth domain.Date `json:"date_of_birth"`
	// BodyMassKg is needed for a kettlebell stage.
	BodyMassKg *domain.Decimal `json:"body_mass_kg"`
}

type home struct {
	Kettlebells []bell `json:"kettlebells"`
	Barbell     bool   `json:"barbell"`
}

type bell struct {
	Size domain.Decimal  `json:"size"`
	Unit domain.MassUnit `json:"unit"`
}

// Make reads a request and writes the PDF to the path out. A request that must
// not become a sheet is refused with domain.Problems, each with the field and
// the reason, and no file is left at out, not even the sheet of an earlier
// request: a script that prints out must never print a sheet that the screen
// no longer allows. Other errors are of reading or writing. The same request
// gives the same bytes.
func Make(r io.Reader, out string) (Result, error) {
	d, err := Document(r)
	if err != nil {
		return Result{}, errors.Join(err, outfile.RemovePDF(out))
	}
	b, err := pdf.Write(d)
	if err != nil {
		return Result{}, err
	}
	if err := outfile.Replace(out, b); err != nil {
		return Result{}, fmt.Errorf("write the handout: %w", err)
	}
	sum := sha256.Sum256(b)
	return Result{hex.EncodeToString(sum[:]), len(d.Pages)}, nil
}

// Document is Make without the file.
func Document(r io.Reader) (*doc.Document, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxRequest+1))
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	if len(data) > maxRequest {
		return nil, domain.Problems{{Text: fmt.Sprintf("The request is longer than %d bytes. Give one request in a file.", maxRequest)}}
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	m, err := shipped()
	if err != nil {
		return nil, err
	}
	q, c, problems := read(data, m.rules)
	if len(problems) > 0 {
		return nil, problems
	}
	s, problems := q.sheet(c, m)
	if len(problems) > 0 {
		return nil, problems
	}
	d, problems := handout.Build(s)
	if len(problems) > 0 {
		return nil, problems
	}
	return d, nil
}

// material is what the program ships: rules, route, words and drawings.
type material struct {
	rules *screen.Rules
	route *program.Library
	words *handout.Words
	poses *figure.Poses
}

// shipped reads the material once.
var shipped = sync.OnceValues(func() (m material, err error) {
	if m.rules, err = screen.LoadRules(assets.Rules); err != nil {
		return m, err
	}
	if m.route, err = program.Load(assets.Protocol); err != nil {
		return m, err
	}
	if m.words, err = handout.LoadWords(assets.Handouts, m.route); err != nil {
		return m, err
	}
	m.poses, err = figure.Shipped()
	return m, err
})

// read takes the request apart. Unknown and repeated keys are refused, in the
// screen case too.
func read(data []byte, rules *screen.Rules) (q request, c screen.Case, p domain.Problems) {
	if err := strictjson.Unmarshal(data, &q, "screen"); err != nil {
		return q, c, problems("", err)
	}
	var part struct {
		Screen json.RawMessage `json:"screen"`
	}
	if err := json.Unmarshal(data, &part); err != nil {
		return q, c, domain.Problems{{Text: "this is not JSON, or it ends too early"}}
	}
	if s := string(bytes.TrimSpace(part.Screen)); s == "" || s == "null" {
		p.Add("screen", "Give the readiness screen. Without it no exercise is given out.")
	} else {
		var err error
		if c, err = screen.DecodeCase(part.Screen, rules); err != nil {
			p = append(p, problems("screen", err)...)
		}
	}
	return q, c, append(p, q.check(c)...)
}

// problems turns a reader's error into problems below a field.
func problems(under string, err error) domain.Problems {
	join := func(field string) string { return strings.Trim(under+"."+field, ".") }
	var many domain.Problems
	if errors.As(err, &many) {
		var out domain.Problems
		for _, x := range many {
			out.Add(join(x.Field), x.Text)
		}
		return out
	}
	var one *strictjson.Error
	if errors.As(err, &one) {
		return domain.Problems{{Field: join(one.Path), Text: one.Text}}
	}
	return domain.Problems{{Field: under, Text: err.Error()}}
}

// The limits of a body mass, in kilograms, so that a slip of the unit or the
// comma does not choose a kettlebell.
const (
	leastBodyKg = 20
	mostBodyKg  = 350
	mostBell    = 200
	mostBells   = 50
)

// check looks at what Build does not know of.
func (q request) check(c screen.Case) (p domain.Problems) {
	if q.SubStage == "" {
		p.Add("sub_stage", "Choose the sub-stage: 0, or 1A to 4C")
	}
	if q.Date.IsZero() {
		p.Add("date", "Enter the date of the sheet as YYYY-MM-DD")
	}
	born := q.Patient.DateOfBirth
	switch {
	case born.IsZero() || q.Date.IsZero():
	case q.Date.Before(born):
		p.Add("patient.date_of_birth", "Birth date must be in the past")
	case c.Patient.AgeYears != nil && born.AgeOn(q.Date) != *c.Patient.AgeYears:
		p.Add("patient.date_of_birth", "The birth date and screen.patient.age_years do not agree on the date of the sheet. Check whose screen this is.")
	}
	if m := q.Patient.BodyMassKg; m != nil && (m.Cmp(domain.NewDecimal(leastBodyKg)) < 0 || m.Cmp(domain.NewDecimal(mostBodyKg)) > 0) {
		p.Add("patient.body_mass_kg", fmt.Sprintf("Body weight must be from %d to %d kilograms", leastBodyKg, mostBodyKg))
	}
	if len(q.Home.Kettlebells) > mostBells {
		p.Add("home_equipment.kettlebells", fmt.Sprintf("List at most %d kettlebells", mostBells))
	}
	for i, b := range q.Home.Kettlebells {
		field := fmt.Sprintf("home_equipment.kettlebells[%d]", i)
		if b.Size.Sign() <= 0 || b.Size.Cmp(domain.NewDecimal(mostBell)) > 0 {
			p.Add(field+".size", fmt.Sprintf("Kettlebell size must be above 0 and at most %d", mostBell))
		}
		if !b.Unit.Valid() {
			p.Add(field+".unit", "Kettlebell unit must be kg or lb")
		}
	}
	return p
}

// sheet decides, prescribes and fills in the sheet.
func (q request) sheet(c screen.Case, m material) (handout.Sheet, domain.Problems) {
	var body domain.Mass
	if q.Patient.BodyMassKg != nil {
		body = domain.Mass{Value: *q.Patient.BodyMassKg, Unit: domain.Kilogram}
	}
	atHome := equipment.Home{Barbell: equipment.No}
	if q.Home.Barbell {
		atHome.Barbell = equipment.Yes
	}
	for _, b := range q.Home.Kettlebells {
		atHome.Kettlebells = append(atHome.Kettlebells, domain.Mass{Value: b.Size, Unit: b.Unit})
	}
	code := program.Code(q.SubStage)
	plan, p := program.Prescribe(m.route, program.Input{
		Decision: screen.Evaluate(c, m.rules), Want: code, BodyMass: body,
		Home: atHome, SupervisedPlace: q.SupervisedPlace, BestHold: bestHold(c),
	})
	for i, x := range p {
		if x.Field == "body_mass" {
			p[i] = domain.Problem{Field: "patient.body_mass_kg", Text: "Enter the body weight. The kettlebell is chosen from it."}
		}
	}
	if stage, ok := m.route.SubStage(code); ok && stage.Stage >= clinic.FirstBarbellStage && !q.SupervisedPlace {
		p.Add("supervised_place_confirmed", "Confirm a safe place and supervision before printing a barbell stage")
	}
	if len(p) > 0 {
		return handout.Sheet{}, p
	}
	return handout.Sheet{
		Clinic: q.Clinic, Therapist: q.Therapist, FirstName: q.Patient.FirstName,
		Date: q.Date, GoodUntil: goodUntil(q.Date, c, m.rules, m.route, code),
		Plan: plan, Library: m.route, Words: m.words, Poses: m.poses,
		Language: q.Language, Paper: doc.Paper(q.Paper), LargePrint: q.LargePrint,
	}, nil
}

// goodUntil returns the last day on which the sheet counts: clinic.HandoutDays
// after the day, but never past the day on which the screen stops to allow the
// sub-stage because an answer has become too old.
func goodUntil(on domain.Date, c screen.Case, rules *screen.Rules, route *program.Library, code program.Code) domain.Date {
	days := 0
	for days < clinic.HandoutDays && slices.Contains(route.Allowed(screen.Evaluate(screen.Age(c, days+1), rules)), code) {
		days++
	}
	return on.AddDays(days)
}

// bestHold is the time of the Biering-Sørensen test, nil without one.
func bestHold(c screen.Case) *domain.Decimal {
	if c.BieringSorensen == nil {
		return nil
	}
	return c.BieringSorensen.Seconds
}
