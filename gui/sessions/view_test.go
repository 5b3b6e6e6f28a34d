package sessions

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// answers is a screen that is ready for stage 2.
const answers = `{"long_term_steroids":false,"significant_trauma":false,
"vitals":{"systolic_mmhg":124,"diastolic_mmhg":78,"heart_rate_bpm":72,"symptoms":false},
"neuro":{"finding":"normal","slr_own_leg_pain":false,"slr_angle_deg":null,"crossed_slr":false},
"pregnancy":{"status":"no","weeks_postpartum":null},"bone":"none","surgery":{"kind":"none"},
"episode":{"duration_weeks":26,"mechanism":"nociceptive","irritability":"low","directional_response":"none"},
"pain":{"nprs_7day":4},"disability":{"odi_percent":10},"biering_sorensen":{"seconds":100},
"hip_extension":{"test":"bridge_reps","left":14,"right":15,"mmt_left":5,"mmt_right":5},
"dowel_hinge":{"reps_with_contact":10,"reps":10,"depth":"mid_shin","pain":1},
"history":{"highest_stage_exited":1,"barbell_experience_12_months":false}}`

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// desk is a clinic in memory with one patient on a signed plan of 2A.
type desk struct {
	*clinic.Service
	clock *clock
	cfg   Config
	id    domain.PatientID
	host  *guitest.Host
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	assets := os.DirFS("../../assets")
	rules := must[*screen.Rules](t)(screen.LoadRules(assets))
	route := must[*program.Library](t)(program.Load(assets))
	d := &desk{clock: &clock{time.Date(2026, time.November, 8, 11, 4, 0, 0, time.UTC)}, host: guitest.NewHost()}
	d.cfg = Config{Rules: must[*course.Rules](t)(course.Load(assets, route)), Route: route, Now: func() time.Time { return d.clock.now }}
	d.Service = clinic.New(clinic.Params{Store: memory.New(d.clock), Clock: d.clock, Rules: rules, Library: route, Course: d.cfg.Rules})
	ctx := domain.WithActor(context.Background(), d.host.Who)
	pounds := func(n ...int) (out []domain.Mass) {
		for _, x := range n {
			out = append(out, domain.Mass{Value: domain.NewDecimal(x), Unit: domain.Pound})
		}
		return out
	}
	must[clinic.Settings](t)(d.SaveSettings(ctx, clinic.Settings{ClinicName: "Example Clinic", Phone: "9545550100", LoadUnit: domain.Pound,
		Therapists: []domain.Actor{d.host.Who}, Equipment: equipment.Inventory{Kettlebells: pounds(10, 15, 20, 25, 35, 40)}}))
	p := must[patient.Patient](t)(d.AddPatient(ctx, patient.Patient{LastName: "Alvarez", FirstName: "Maria", Sex: patient.Female,
		BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}, Phone: "9545550142"}))
	d.id = p.ID
	must[intake.Intake](t)(d.SaveIntake(ctx, intake.Intake{PatientID: p.ID, Language: "en", BodyMass: pounds(154)[0],
		Home: equipment.Home{Inventory: equipment.Inventory{Kettlebells: pounds(15)}}}))
	var c screen.Case
	if err := json.Unmarshal([]byte(answers), &c); err != nil {
		t.Fatal(err)
	}
	c.RedFlags = map[string]screen.Answer{}
	for _, f := range rules.RedFlags {
		c.RedFlags[f.ID] = screen.No
	}
	must[clinic.SignedScreen](t)(d.SignScreen(ctx, p.ID, c))
	plan := must[program.Plan](t)(d.DraftPlan(ctx, p.ID, "2A"))
	must[clinic.SignedPlan](t)(d.SignPlan(ctx, p.ID, plan))
	return d
}

func (d *desk) shown(t *testing.T, size fyne.Size) (*guitest.Window, *Section) {
	t.Helper()
	var s *Section
	w := d.host.Open(t, size, func() page.View {
		s = New(d.Service, d.host, must[clinic.Chart](t)(d.Chart(d.host.Context(), d.id)), d.cfg)
		return s
	})
	if f := s.FirstFocus(); f != nil {
		w.Canvas().Focus(f)
	}
	return w, s
}

var (
	wide   = fyne.NewSize(1198, 529)
	narrow = fyne.NewSize(968, 500)
)

// log logs a session as prescribed by keys, from the first question on.
func log(w *guitest.Window) {
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Type("nnnnn2")
	time.Sleep(600 * time.Millisecond)                                      // an Enter at once would belong to the 2
	w.Press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn) // weight and three sets
	w.Type("62")                                                            // effort and pain
	w.Type("0")                                                             // no faults
}

func TestOneKeyASet(t *testing.T) {
	d := newDesk(t)
	w, s := d.shown(t, wide)
	log(w)
	w.Golden("log")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	chart := must[clinic.Chart](t)(d.Chart(d.host.Context(), d.id))
	if len(chart.Sessions) != 1 {
		t.Fatalf("%d sessions, problems %v, said %v", len(chart.Sessions), s.model.problems, d.host.Said)
	}
	x := chart.Sessions[0].Session.Exercises[0]
	if len(x.Done) != 3 || x.Done[2].Reps != 10 || x.Done[0].Load == nil || x.RPE.String() != "6" || x.PainDuring.String() != "2" {
		t.Errorf("logged %+v", x)
	}
	if s.model.form.Mode != overview {
		t.Error("the form stays open")
	}
	d.clock.now = d.clock.now.AddDate(0, 0, 2)
	s.Refresh()
	w.Canvas().Focus(s.FirstFocus())
	w.Type("2")
	log(w)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	d.clock.now = d.clock.now.AddDate(0, 0, 2)
	s.Refresh()
	w.Canvas().Focus(s.FirstFocus())
	w.Type("2")
	w.Golden("suggestion")
	w.GoTo("What if clinic")
	w.Press(fyne.KeyReturn)
	w.Golden("whatif")
	if n := len(must[[]clinic.SignedPlan](t)(d.Plans(d.host.Context(), d.id))); n != 1 {
		t.Fatalf("a preview signed %d plans", n)
	}
	w.Press(fyne.KeyEscape)
	w.GoTo("Accept clinic")
	w.Press(fyne.KeyReturn)
	w.Golden("accept")
	if n := len(must[[]clinic.SignedPlan](t)(d.Plans(d.host.Context(), d.id))); n != 1 {
		t.Fatalf("%d plans before the signature", n)
	}
	w.Press(fyne.KeyReturn)
	if n := len(must[[]clinic.SignedPlan](t)(d.Plans(d.host.Context(), d.id))); n != 2 {
		t.Fatalf("%d plans after the signature, notices %v", n, d.host.Notices)
	}
}

func TestWhatIsWrongIsSaidAndTheRestKept(t *testing.T) {
	d := newDesk(t)
	w, s := d.shown(t, narrow)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Type("nnnn")
	w.GoTo("Kettlebell RDL from a step, Weight")
	w.Type("37")
	w.GoTo("Kettlebell RDL from a step, Set 1")
	w.Type("0")
	w.GoTo("Kettlebell RDL from a step, Pain")
	w.Type("11")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Golden("problems")
	if got := s.model.problems.For("rows[0].load"); !strings.Contains(got, "35 pounds and 40 pounds") {
		t.Errorf("beside the other problems the weight is not named: %q of %v", got, s.model.problems)
	}
	if n := len(must[clinic.Chart](t)(d.Chart(d.host.Context(), d.id)).Sessions); n != 0 || s.Problems() == "" || s.model.form.Rows[0].Load != "37" {
		t.Errorf("%d sessions, %q, %+v", n, s.Problems(), s.model.form.Rows[0])
	}
	s.Leave()
	_, again := d.shown(t, narrow)
	if again.model.form.Mode != logging || again.model.form.Rows[0].Load != "37" || again.model.form.Answers["injury"] != no {
		t.Errorf("brought back %+v", again.model.form)
	}
}

func TestANumberOfBothUnitsIsAsked(t *testing.T) {
	d := newDesk(t)
	in := must[clinic.Settings](t)(d.Settings(d.host.Context()))
	in.Equipment.Kettlebells = append(in.Equipment.Kettlebells, domain.Mass{Value: domain.NewDecimal(10), Unit: domain.Kilogram})
	must[clinic.Settings](t)(d.SaveSettings(d.host.Context(), in))
	w, s := d.shown(t, wide)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	for typed, asked := range map[string]bool{"10": true, "10 lb": false, "15": false, "16": true} {
		s.model.form.Rows[0].Load = typed
		if got := s.model.read().wrong.For("rows[0].load"); asked != strings.Contains(got, "in kilograms or in pounds") {
			t.Errorf("%q is answered by %q", typed, got)
		}
	}
}

// paperKeys is how many keys two weeks of three days take, once the form is open.
const paperKeys = 41

func TestAPaperLogIsShortWork(t *testing.T) {
	d := newDesk(t)
	d.clock.now = d.clock.now.AddDate(0, 0, 14)
	w, s := d.shown(t, wide)
	s.startPaper()
	keys := 0
	typed := func(text string) { keys += len(text); w.Type(text) }
	typed("nnnnn")
	press := func(n int) {
		for range n {
			w.Tab()
			keys++
		}
	}
	press(3) // the first day of the log stands there
	for range paperWeeks {
		typed("135")
		press(1)
		for range 3 {
			typed("2225") // before, after, next day, effort
		}
	}
	for w, week := range s.model.form.Weeks {
		for _, day := range []int{0, 2, 4} {
			if got := week.Days[day]; !got.Done || got.Before != "2" || got.After != "2" || got.Next != "2" || got.RPE != "5" {
				t.Errorf("week %d, day %d: %+v", w, day, got)
			}
		}
	}
	w.Golden("paper")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	keys++
	if n := len(must[clinic.Chart](t)(d.Chart(d.host.Context(), d.id)).Sessions); n != 6 {
		t.Errorf("%d sessions, problems %v, notices %v", n, s.model.problems, d.host.Notices)
	}
	if keys != paperKeys {
		t.Errorf("it took %d keys, want %d", keys, paperKeys)
	}
}

func TestTabOrder(t *testing.T) {
	d := newDesk(t)
	w, _ := d.shown(t, wide)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	order := w.TabOrder()
	at := func(part string) int {
		return slices.IndexFunc(order, func(s string) bool { return strings.Contains(s, part) })
	}
	for _, pair := range [][2]string{{"Date month", "New numbness"}, {"New numbness", "Pain before"}, {"Pain before", "step, Weight"},
		{"step, Weight", "step, Set 1"}, {"step, Set 3", "step, Effort"}, {"step, Faulty", "Pain after"}} {
		if a, b := at(pair[0]), at(pair[1]); a < 0 || b < 0 || a > b {
			t.Errorf("%q is at %d, %q at %d of %q", pair[0], a, pair[1], b, order)
		}
	}
}
