package report_test

import (
	"context"
	"encoding/json"
	"fmt"
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
	"backtobar/reports/doc"
	"backtobar/reports/report"
)

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// answered is a case that passes every gate but for its red flags.
const answered = `{"long_term_steroids":false,"significant_trauma":false,
"vitals":{"systolic_mmhg":124,"diastolic_mmhg":78,"heart_rate_bpm":72,"symptoms":false},
"neuro":{"finding":"normal","slr_own_leg_pain":false,"slr_angle_deg":null,"crossed_slr":false},
"pregnancy":{"status":"no","weeks_postpartum":null},"bone":"none","surgery":{"kind":"none"},
"episode":{"duration_weeks":26,"mechanism":"nociceptive","irritability":"low","directional_response":"none"},
"pain":{"nprs_7day":4},"disability":{"odi_percent":10},"biering_sorensen":{"seconds":100},
"hip_extension":{"test":"bridge_reps","left":14,"right":15,"mmt_left":5,"mmt_right":5},
"dowel_hinge":{"reps_with_contact":6,"reps":10,"depth":"mid_shin","pain":1},
"history":{"highest_stage_exited":0,"barbell_experience_12_months":false}}`

type tester interface {
	testing.TB
}

// desk is a clinic in memory with one invented patient.
type desk struct {
	*clinic.Service
	t       tester
	now     time.Time
	ctx     context.Context
	rules   *screen.Rules
	route   *program.Library
	visits  []course.VisitQuestion
	patient patient.Patient
}

func (d *desk) Now() time.Time { return d.now }

func open(t tester, p patient.Patient) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2026, 10, 18, 10, 30, 0, 0, time.FixedZone("EST", -5*3600)),
		rules: must(screen.LoadRules(assets.Rules))(t), route: must(program.Load(assets.Protocol))(t)}
	ids, progression := 0, must(course.Load(assets.Protocol, d.route))(t)
	d.visits = progression.VisitQuestions
	d.Service = clinic.New(clinic.Params{Store: memory.New(d), Clock: d, Rules: d.rules, Library: d.route, Course: progression,
		Measures: must(measure.Load(assets.Measures))(t), NewID: func() string { ids++; return fmt.Sprintf("id-%d", ids) }})
	who := domain.Actor{Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 00001", Workstation: "GYM-1"}
	d.ctx = domain.WithActor(context.Background(), who)
	must(d.SaveSettings(d.ctx, clinic.Settings{ClinicName: "Harbor Back and Sport", Phone: "9545550100", Address: "Fort Lauderdale, FL",
		Hours: "Monday to Friday 7 am to 9 pm", Therapists: []domain.Actor{who}, LoadUnit: domain.Pound}))(t)
	d.patient = must(d.AddPatient(d.ctx, p))(t)
	must(d.SaveIntake(d.ctx, intake.Intake{PatientID: d.patient.ID, Language: "en", MainProblem: "Back hurts when lifting my niño",
		BodyMass: domain.Mass{Value: domain.NewDecimal(70), Unit: domain.Kilogram}}))(t)
	return d
}

func person(last, first string) patient.Patient {
	return patient.Patient{LastName: last, FirstName: first, BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14},
		Sex: patient.Female, Phone: "9545550142"}
}

// sign signs a screen with the fragments laid over the answers.
func (d *desk) sign(overlays ...string) {
	d.t.Helper()
	var c screen.Case
	for _, b := range append([]string{answered}, overlays...) {
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
	must(d.SignScreen(d.ctx, d.patient.ID, c))(d.t)
}

func (d *desk) days(n int) { d.now = d.now.AddDate(0, 0, n) }

func (d *desk) plan() clinic.SignedPlan {
	d.t.Helper()
	shown := must(d.DraftPlan(d.ctx, d.patient.ID, ""))(d.t)
	return must(d.SignPlan(d.ctx, d.patient.ID, shown))(d.t)
}

func dec(s string) *domain.Decimal { v := domain.MustDecimal(s); return &v }

// session logs one session with everything asked and a weight.
func (d *desk) session(p clinic.SignedPlan, before, after string, pounds int) {
	d.t.Helper()
	no, load := false, &domain.Mass{Value: domain.NewDecimal(pounds), Unit: domain.Pound}
	it := p.Plan.Items[0]
	x := course.Exercise{Exercise: it.Exercise, Prescribed: course.Work{Sets: 3, Reps: 10, Load: it.Load, Target: it.Target},
		RPE: dec("5"), PainDuring: dec(after), Done: []course.Set{{Reps: 10, Load: load}, {Reps: 10, Load: load}, {Reps: 10, Load: load}}}
	flags := map[string]bool{}
	for _, q := range d.visits {
		flags[q.ID] = false
	}
	must(d.LogSession(d.ctx, p.ID, course.Session{Date: domain.DateOf(d.now), Place: program.AtClinic, Observed: true,
		PainBefore: dec(before), PainAfter: dec(after), RedFlags: flags, NewLegSymptom: &no, Exercises: []course.Exercise{x}}))(d.t)
}

// names are the invented courses, in order.
var names = []string{"ready", "build", "stale", "emergency", "urgent", "hold"}

// history returns what a course came to.
func history(t tester, name string) *desk {
	t.Helper()
	d := open(t, person("Muñoz", "Ana María"))
	d.sign(`{"pain":{"nprs_7day":7},"disability":{"odi_percent":44},"biering_sorensen":{"seconds":31}}`)
	d.days(14)
	d.sign(`{"pain":{"nprs_7day":5},"disability":{"odi_percent":30},"biering_sorensen":{"seconds":66}}`)
	switch name {
	case "ready":
		p := d.plan()
		d.days(4)
		d.session(p, "4", "5", 20)
		d.days(7)
		d.session(p, "3", "3", 25)
		d.days(7)
		d.sign(`{"pain":{"nprs_7day":3},"disability":{"odi_percent":12},"biering_sorensen":{"seconds":84},"episode":{"duration_weeks":4}}`)
		now := must(d.CurrentDecision(d.ctx, d.patient.ID))(t)
		must(d.Override(d.ctx, d.patient.ID, now.Screen.ID, clinic.OverrideRequest{Names: []string{"CAP2:ACUTE"},
			Reason: "Lifted for years without pain; first episode is settling fast"}))(t)
		d.plan()
	case "build":
		d.days(20)
		d.sign(`{"pain":{"nprs_7day":6.5},"disability":{"odi_percent":41},"biering_sorensen":{"seconds":52},"red_flags":{"INFL1":"yes"}}`)
	case "stale":
		d.days(45)
	case "emergency":
		d.days(10)
		d.sign(`{"red_flags":{"CES1":"yes","CES2":"yes"},"neuro":{"finding":"bilateral_motor"}}`)
	case "urgent":
		d.days(10)
		d.sign(`{"red_flags":{"CA2":"yes"},"vitals":{"systolic_mmhg":186,"diastolic_mmhg":104,"symptoms":false}}`)
	case "hold":
		d.days(10)
		d.sign(`{"bone":"osteoporosis","red_flags":{"VAS2":"yes"},"vitals":{"systolic_mmhg":164,"diastolic_mmhg":92,"symptoms":false}}`)
	}
	return d
}

// order is the order of a paper for a course.
func (d *desk) order(kind clinic.PaperKind, paper doc.Paper) report.Order {
	d.t.Helper()
	return report.Order{Kind: kind, Paper: paper, Dossier: must(d.Dossier(d.ctx, d.patient.ID))(d.t), Route: d.route}
}

func build(t tester, o report.Order) *doc.Document {
	t.Helper()
	d, problems := report.Build(o)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return d
}
