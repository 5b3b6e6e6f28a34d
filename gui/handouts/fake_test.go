package handouts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"time"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/gui/paper"
)

var today = domain.Date{Year: 2026, Month: time.November, Day: 22}

func moment() time.Time { return time.Date(2026, time.November, 22, 11, 6, 0, 0, time.UTC) }

// fake is a clinic with one invented patient.
type fake struct {
	today    domain.Date
	chart    clinic.Chart
	settings clinic.Settings
	plans    []clinic.SignedPlan
	kept     map[domain.HandoutID]clinic.Handout
	// refuse is what the rules answer, needPlace makes them ask for the tick.
	refuse    error
	needPlace bool
	// issueErr is what the store answers.
	issueErr error
	// between runs right before a record is made.
	between func()
}

func newFake() *fake {
	plan := clinic.SignedPlan{ID: "plan-1", PatientID: "p", Version: 3, ScreenID: "s",
		Plan:      program.Plan{SubStage: "1B", Stage: 1},
		Signature: clinic.Signature{By: domain.Actor{Name: "R. Castello"}, At: moment()}}
	return &fake{today: today, kept: map[domain.HandoutID]clinic.Handout{}, plans: []clinic.SignedPlan{plan},
		settings: clinic.Settings{Version: 1, ClinicName: "Palm Clinic", Phone: "9545550100"},
		chart: clinic.Chart{Patient: patient.Patient{ID: "p", Number: 217, FirstName: "Maria", LastName: "Alvarez"},
			Intake: &intake.Intake{Language: "en"}, Screen: &clinic.SignedScreen{ID: "s"},
			Decision: screen.Decision{Outcome: screen.Ready, Stage: 1}, Plan: &plan, HandoutsState: "none",
			Next: clinic.Next{Section: clinic.SectionHandouts}}}
}

func (f *fake) Today() domain.Date { return f.today }

func (f *fake) Chart(context.Context, domain.PatientID) (clinic.Chart, error) { return f.chart, nil }

func (f *fake) Settings(context.Context) (clinic.Settings, error) { return f.settings, nil }

func (f *fake) HandoutUntil(context.Context, domain.PlanID) (domain.Date, error) {
	return f.today.AddDays(14), nil
}

func (f *fake) Plans(context.Context, domain.PatientID) ([]clinic.SignedPlan, error) {
	return f.plans, nil
}

func (f *fake) CheckHandout(_ context.Context, _ domain.PlanID, place bool) error {
	if f.needPlace && !place {
		return domain.NotAllowed(domain.Problem{Field: "supervised_place", Text: "Confirm a safe place and supervision before printing a barbell stage"})
	}
	return f.refuse
}

func (f *fake) IssueHandout(ctx context.Context, r clinic.HandoutRequest) (clinic.Handout, error) {
	if f.between != nil {
		f.between()
	}
	if f.issueErr != nil {
		return clinic.Handout{}, f.issueErr
	}
	if err := f.CheckHandout(ctx, r.PlanID, r.SupervisedPlace); err != nil {
		return clinic.Handout{}, err
	}
	sum := sha256.Sum256(r.PDF)
	h := clinic.Handout{ID: domain.HandoutID(fmt.Sprint("h", len(f.kept)+1)), PlanID: r.PlanID, Version: len(f.kept) + 1,
		Language: r.Language, Paper: r.Paper, Pages: r.Pages, PDF: r.PDF, SHA256: hex.EncodeToString(sum[:]), At: moment()}
	f.kept[h.ID] = h
	h.PDF = nil
	f.chart.Handouts = append(f.chart.Handouts, h)
	f.chart.HandoutsState = fmt.Sprint(len(f.kept), " printed")
	return f.kept[h.ID], nil
}

func (f *fake) HandoutPDF(_ context.Context, id domain.HandoutID) (clinic.Handout, error) {
	h, ok := f.kept[id]
	if !ok {
		return h, domain.ErrNotFound
	}
	return h, nil
}

// press prints two simple pages.
func press(_ context.Context, o Order) (Sheet, error) {
	words := fmt.Sprintf("For: %s\nNovember %d, 2026 plan %s", o.FirstName, o.Date.Day, o.Plan.ID)
	return Sheet{Sheet: paper.Sheet{PDF: []byte("%PDF-1.4 " + words + o.Language + fmt.Sprint(o.Large)), Words: []string{words, words},
		Pictures: []image.Image{drawn(8), drawn(3)}}, On: fmt.Sprintf("November %d, 2026", o.Date.Day)}, nil
}

func drawn(lines int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 306, 396))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i := range lines {
		draw.Draw(img, image.Rect(20, 30+24*i, 280, 40+24*i), image.NewUniform(color.Gray{180}), image.Point{}, draw.Src)
	}
	return img
}
