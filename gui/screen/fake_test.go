package screen

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	rules "backtobar/domain/screen"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/page"
)

var shipped = func() *rules.Rules {
	r, err := rules.LoadRules(assets.Rules)
	if err != nil {
		panic(err)
	}
	return r
}()

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// records is a clinic that decides by the shipped rules, keeps what it is
// given and refuses what fail says.
type records struct {
	*clinic.Service
	now     time.Time
	patient patient.Patient
	draft   *clinic.Draft
	saves   int
	signed  []clinic.SignedScreen
	fail    error
	fed     []clinic.Fed
	taken   []clinic.Taken
}

func newRecords(sex patient.Sex) *records {
	born, _ := domain.NewDate(1986, 3, 14)
	r := &records{now: noon, patient: patient.Patient{ID: "p1", Number: 217, Version: 1, LastName: "Alvarez",
		FirstName: "Mario", BirthDate: born, Sex: sex}}
	r.Service = clinic.New(clinic.Params{Store: memory.New(clock{r}), Clock: clock{r}, Rules: shipped, Measures: catalog})
	return r
}

type clock struct{ r *records }

func (c clock) Now() time.Time { return c.r.now }

func (r *records) Chart(context.Context, domain.PatientID) (clinic.Chart, error) {
	c := clinic.Chart{Patient: r.patient}
	if n := len(r.signed); n > 0 {
		c.Screen = &r.signed[n-1]
	}
	return c, r.fail
}

func (r *records) CurrentDecision(context.Context, domain.PatientID) (clinic.Current, error) {
	n := len(r.signed)
	if n == 0 {
		return clinic.Current{}, domain.ErrNotFound
	}
	s := r.signed[n-1]
	c := rules.Age(s.Answers, s.TakenOn.DaysUntil(r.Today()))
	x, _ := r.PreviewScreen(r.patient, c)
	return clinic.Current{Screen: s, Case: c, Explanation: x}, nil
}

func (r *records) SignScreen(ctx context.Context, _ domain.PatientID, c rules.Case, taken ...clinic.Taken) (clinic.SignedScreen, error) {
	return r.SignScreenWith(ctx, "", c, clinic.Signing{}, taken...)
}

func (r *records) SignScreenWith(ctx context.Context, _ domain.PatientID, c rules.Case, _ clinic.Signing, taken ...clinic.Taken) (clinic.SignedScreen, error) {
	if r.fail != nil {
		return clinic.SignedScreen{}, r.fail
	}
	x, _ := r.PreviewScreen(r.patient, c)
	s := clinic.SignedScreen{ID: "s1", Version: len(r.signed) + 1, TakenOn: r.Today(), Answers: c, Explanation: x,
		Signature: clinic.Signature{By: domain.ActorFrom(ctx), At: r.now}}
	r.signed, r.taken = append(r.signed, s), taken
	r.draft = nil
	return s, nil
}

func (r *records) MeasuredAnswers(context.Context, domain.PatientID) ([]clinic.Fed, error) {
	return r.fed, nil
}

func (r *records) Past(context.Context, domain.PatientID) (clinic.Past, error) {
	return clinic.Past{}, r.fail
}

func (r *records) Rulings(context.Context, domain.PatientID) ([]clinic.Ruling, error) {
	return nil, r.fail
}

func (r *records) SaveDraft(_ context.Context, _ domain.PatientID, _ string, b []byte) error {
	if r.fail != nil {
		return r.fail
	}
	r.saves++
	r.draft = &clinic.Draft{Data: b, At: r.now}
	return nil
}

func (r *records) Draft(context.Context, domain.PatientID, string) (clinic.Draft, error) {
	if r.draft == nil {
		return clinic.Draft{}, domain.ErrNotFound
	}
	return *r.draft, nil
}

func (r *records) DiscardDraft(context.Context, domain.PatientID, string) error {
	r.draft = nil
	return r.fail
}

// wide is the room of the section in a window of 1366 by 700.
var wide = fyne.NewSize(1198, 560)

func open(t *testing.T, r *records) (*guitest.Window, *guitest.Host, *Section) {
	t.Helper()
	h := guitest.NewHost()
	var s *Section
	w := h.Open(t, wide, func() page.View {
		s = New(r, h, shipped, clinic.Chart{Patient: r.patient, ScreenState: "draft"})
		return s
	})
	w.Canvas().Focus(s.FirstFocus())
	return w, h, s
}

// ready are the typed answers of a man who is ready for stage 1.
func ready() map[string]string {
	out := map[string]string{
		"long_term_steroids": "no", "significant_trauma": "no",
		pathSystolic: "124", pathDiastolic: "78", "vitals.symptoms": "no",
		"neuro.finding": "normal", "neuro.slr_own_leg_pain": "no", "neuro.crossed_slr": "no",
		"bone": "none", "surgery.kind": "none",
		"episode.duration_weeks": "26", "episode.mechanism": "nociceptive", "episode.irritability": "low",
		"pain.nprs_7day": "4", pathODI: "24", pathSeconds: "85",
		pathHipTest: "bridge_reps", "hip_extension.left": "14", "hip_extension.right": "15",
		pathContact: "8", "dowel_hinge.depth": "mid_shin", "dowel_hinge.pain": "1",
	}
	for _, f := range shipped.RedFlags {
		out["red_flags."+f.ID] = "no"
	}
	return out
}

// filled is a model of a man with those answers.
func filled(r *records, answers map[string]string) *model {
	m := newModel(r, shipped)
	m.patient = r.patient
	m.evaluate()
	for path, v := range answers {
		m.set(path, v)
	}
	return m
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
