package clinic_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/intake"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/domain/store/memory"
)

// base is a case that passes every gate but for its red flags, which ready adds.
const base = `{"long_term_steroids":false,"significant_trauma":false,
"vitals":{"systolic_mmhg":124,"diastolic_mmhg":78,"heart_rate_bpm":72,"symptoms":false},
"neuro":{"finding":"normal","slr_own_leg_pain":false,"slr_angle_deg":null,"crossed_slr":false},
"pregnancy":{"status":"no","weeks_postpartum":null},"bone":"none","surgery":{"kind":"none"},
"episode":{"duration_weeks":26,"mechanism":"nociceptive","irritability":"low","directional_response":"none"},
"pain":{"nprs_7day":4},"disability":{"odi_percent":10},"biering_sorensen":{"seconds":100},
"hip_extension":{"test":"bridge_reps","left":14,"right":15,"mmt_left":5,"mmt_right":5},
"dowel_hinge":{"reps_with_contact":6,"reps":10,"depth":"mid_shin","pain":1},
"history":{"highest_stage_exited":0,"barbell_experience_12_months":false}}`

// clock is a clock that a test moves.
type clock struct{ now atomic.Pointer[time.Time] }

func (c *clock) Now() time.Time { return *c.now.Load() }

func (c *clock) set(t time.Time) { c.now.Store(&t) }

func (c *clock) addDays(n int) { c.set(c.Now().AddDate(0, 0, n)) }

// desk is a clinic in memory with one therapist and one patient.
type desk struct {
	*clinic.Service
	t     *testing.T
	clock *clock
	store clinic.Store
	rules *screen.Rules
	route *program.Library
	// ctx acts as the therapist, front as somebody who may not sign.
	ctx, front context.Context
	patient    patient.Patient
}

var castello = domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 00001", Workstation: "GYM-1"}

func settings() clinic.Settings {
	return clinic.Settings{ClinicName: "Example Clinic", Phone: "9545550100",
		Therapists: []domain.Actor{castello}, LoadUnit: domain.Pound}
}

func somebody() patient.Patient {
	return patient.Patient{LastName: "Alvarez", FirstName: "Maria",
		BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}, Sex: patient.Female, Phone: "9545550142"}
}

// data is what the program ships, read once: it is never changed.
var data = sync.OnceValues(func() (p clinic.Params, err error) {
	if p.Rules, err = screen.LoadRules(assets.Rules); err != nil {
		return p, err
	}
	if p.Library, err = program.Load(assets.Protocol); err != nil {
		return p, err
	}
	if p.Measures, err = measure.Load(assets.Measures); err != nil {
		return p, err
	}
	p.Course, err = course.Load(assets.Protocol, p.Library)
	return p, err
})

func open(t *testing.T) *desk {
	t.Helper()
	in, err := data()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, clock: &clock{}, rules: in.Rules, route: in.Library}
	d.clock.set(time.Date(2026, 11, 22, 10, 30, 0, 0, time.FixedZone("EST", -5*3600)))
	d.store = memory.New(d.clock)
	ids := 0
	in.Store, in.Clock = d.store, d.clock
	in.NewID = func() string { ids++; return fmt.Sprintf("id-%d", ids) }
	d.Service = clinic.New(in)
	d.ctx = domain.WithActor(context.Background(), castello)
	d.front = domain.WithActor(context.Background(), domain.Actor{Name: "M. Park", Workstation: "FRONT-2"})
	if _, err := d.SaveSettings(context.Background(), settings()); err != nil {
		t.Fatal(err)
	}
	if d.patient, err = d.AddPatient(d.front, somebody()); err != nil {
		t.Fatal(err)
	}
	return d
}

// ready returns answers that are ready for stage 1, changed by the JSON
// fragments, each an object that is laid over the case.
func (d *desk) ready(overlays ...string) screen.Case {
	d.t.Helper()
	var c screen.Case
	for _, b := range append([]string{base}, overlays...) {
		if err := json.Unmarshal([]byte(b), &c); err != nil {
			d.t.Fatal(err)
		}
	}
	flags := map[string]screen.Answer{}
	for _, f := range d.rules.RedFlags {
		flags[f.ID] = screen.No
	}
	for id, a := range c.RedFlags {
		flags[id] = a
	}
	c.RedFlags = flags
	return c
}

func (d *desk) saveIntake() intake.Intake {
	d.t.Helper()
	in, err := d.SaveIntake(d.front, intake.Intake{PatientID: d.patient.ID, Language: "en",
		BodyMass: domain.Mass{Value: domain.NewDecimal(70), Unit: domain.Kilogram}})
	if err != nil {
		d.t.Fatal(err)
	}
	return in
}

func (d *desk) signScreen(overlays ...string) clinic.SignedScreen {
	d.t.Helper()
	s, err := d.SignScreen(d.ctx, d.patient.ID, d.ready(overlays...))
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *desk) signPlan(code program.Code) clinic.SignedPlan {
	d.t.Helper()
	shown, err := d.DraftPlan(d.ctx, d.patient.ID, code)
	if err != nil {
		d.t.Fatal(err)
	}
	signed, err := d.SignPlan(d.ctx, d.patient.ID, shown)
	if err != nil {
		d.t.Fatal(err)
	}
	return signed
}

func sheet(plan domain.PlanID) clinic.HandoutRequest {
	return clinic.HandoutRequest{PlanID: plan, Language: "en", Paper: "letter", Pages: 2, PDF: []byte("%PDF-1.3 sheet")}
}

// trail returns the actions of the trail in order and checks what every trail
// must hold: no gap, a name, a moment, and nothing of the patient but ids.
func (d *desk) trail() []string {
	d.t.Helper()
	var out []string
	err := d.store.View(context.Background(), func(tx clinic.Tx) error {
		rows, err := tx.Audit().All()
		for i, e := range rows {
			if e.Seq != int64(i+1) || e.Actor == "" || e.At.IsZero() {
				d.t.Errorf("row %d: %+v", i+1, e)
			}
			for _, secret := range []string{"Alvarez", "Maria", "1986", "5550142"} {
				if strings.Contains(fmt.Sprintf("%+v", e), secret) {
					d.t.Errorf("the trail holds patient data: %+v", e)
				}
			}
			out = append(out, e.Action)
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// refused fails unless err is a refusal whose reasons contain every text.
func refused(t *testing.T, err error, texts ...string) {
	t.Helper()
	if !errors.Is(err, domain.ErrNotAllowed) {
		t.Fatalf("not refused: %v", err)
	}
	said := clinic.Sentence(err)
	for _, text := range texts {
		if !strings.Contains(said, text) {
			t.Errorf("the reasons are %q and do not contain %q", said, text)
		}
	}
}
