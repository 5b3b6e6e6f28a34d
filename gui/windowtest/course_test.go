//go:build unix

package windowtest

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/equipment"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	protocol "backtobar/domain/program"
	"backtobar/domain/screen"
)

// readyForBells is a screen that allows the kettlebell, without the safety
// questions.
const readyForBells = `{"long_term_steroids":false,"significant_trauma":false,
"vitals":{"systolic_mmhg":124,"diastolic_mmhg":78,"heart_rate_bpm":72,"symptoms":false},
"neuro":{"finding":"normal","slr_own_leg_pain":false,"slr_angle_deg":null,"crossed_slr":false},
"pregnancy":{"status":"no","weeks_postpartum":null},"bone":"none","surgery":{"kind":"none"},
"episode":{"duration_weeks":26,"mechanism":"nociceptive","irritability":"low","directional_response":"none"},
"pain":{"nprs_7day":4},"disability":{"odi_percent":10},"biering_sorensen":{"seconds":100},
"hip_extension":{"test":"bridge_reps","left":14,"right":15,"mmt_left":5,"mmt_right":5},
"dowel_hinge":{"reps_with_contact":10,"reps":10,"depth":"mid_shin","pain":1},
"history":{"highest_stage_exited":1,"barbell_experience_12_months":false}}`

// inTraining puts a patient on a signed plan of step 2B into the records, on
// the evening before the desk's clock. The job up to here is that of TestMainJob.
func (d desk) inTraining(t *testing.T) {
	t.Helper()
	d.setUp(t)
	now, err := time.Parse(time.RFC3339, d.at)
	if err != nil {
		t.Fatal(err)
	}
	at := domain.FixedClock(now.Add(-14 * time.Hour))
	rules, err := screen.LoadRules(assets.Rules)
	route, err2 := protocol.Load(assets.Protocol)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	steps, err := course.Load(assets.Protocol, route)
	if err != nil {
		t.Fatal(err)
	}
	o := d.open(t)
	defer o.Close()
	svc := clinic.New(clinic.Params{Store: o.Store, Clock: at, Rules: rules, Library: route, Course: steps})
	who := domain.Actor{User: user, Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 12345"}
	ctx := domain.WithActor(context.Background(), who)
	pounds := func(n ...int) (out []domain.Mass) {
		for _, x := range n {
			out = append(out, domain.Mass{Value: domain.NewDecimal(x), Unit: domain.Pound})
		}
		return out
	}
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	settings, err := svc.Settings(ctx)
	fail(err)
	settings.Equipment = equipment.Inventory{Kettlebells: pounds(10, 15, 18, 20, 35)}
	_, err = svc.SaveSettings(ctx, settings)
	fail(err)
	p, err := svc.AddPatient(ctx, patient.Patient{LastName: "Alvarez", FirstName: "Maria", Sex: patient.Female,
		BirthDate: domain.Date{Year: 1986, Month: time.March, Day: 14}, Phone: "9545550142"})
	fail(err)
	_, err = svc.SaveIntake(ctx, intake.Intake{PatientID: p.ID, Language: "en", BodyMass: pounds(154)[0],
		Home: equipment.Home{Inventory: equipment.Inventory{Kettlebells: pounds(15, 18, 20)}, Barbell: equipment.No}})
	fail(err)
	var c screen.Case
	fail(json.Unmarshal([]byte(readyForBells), &c))
	c.RedFlags = map[string]screen.Answer{}
	for _, f := range rules.RedFlags {
		c.RedFlags[f.ID] = screen.No
	}
	_, err = svc.SignScreen(ctx, p.ID, c)
	fail(err)
	plan, err := svc.DraftPlan(ctx, p.ID, "2B")
	fail(err)
	_, err = svc.SignPlan(ctx, p.ID, plan)
	fail(err)
}

// sessions returns the patient's entries, corrections and next days among them.
func (d desk) sessions(t *testing.T) (out []clinic.LoggedSession) {
	t.Helper()
	o := d.open(t)
	defer o.Close()
	err := o.Store.View(context.Background(), func(tx clinic.Tx) error {
		found, _, err := tx.Patients().Find(nil, 1)
		if err != nil {
			return err
		}
		out, err = tx.Sessions().All(found[0].ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// visit starts the program and opens the Sessions section of the only patient.
func (d desk) visit(t *testing.T) *program {
	t.Helper()
	p := d.startIn(t)
	p.shown("*home.View")
	p.repainted()
	p.openFirst()
	p.press("ctrl+5")
	p.shown("Sessions")
	return p
}

// TestSessionsToTheNextDose is a course by keys: two sessions as prescribed, the
// pain of each next day, the suggestion accepted and signed, and the new dose on
// the sheet that the patient takes home.
func TestSessionsToTheNextDose(t *testing.T) {
	d := newDesk(t)
	d.inTraining(t)
	d.at = "2026-11-23T08:30:00-05:00"
	p := d.visit(t)
	p.shot("01_before_any")
	p.logAsPrescribed()
	p.close()

	d.at = "2026-11-25T08:30:00-05:00"
	p = d.visit(t)
	p.write("2") // the next day
	p.shot("02_next_day")
	p.logAsPrescribed()
	p.shot("03_logged_twice")
	p.close()

	d.at = "2026-11-27T08:30:00-05:00"
	p = d.visit(t)
	p.write("2")
	p.shot("04_suggestion")
	p.press("Tab", "Tab", "Return") // What if
	p.shot("04_what_if")
	p.press("Escape", "shift+Tab", "shift+Tab", "Return")
	p.shot("05_sign")
	p.press("Return")
	p.until("the signature", func() bool { return p.log.take("changed") })
	p.shot("06_signed")
	p.press("ctrl+6")
	p.shown("Handouts")
	p.save(t, d)
	p.shot("07_handout")
	p.close()

	r := d.read(t)
	entries := d.sessions(t)
	if len(entries) != 4 || len(r.Plans) != 2 || len(r.Handouts) != 1 {
		t.Fatalf("%d entries, %d plans, %d handouts; want 2 sessions with 2 next days, 2 plans and 1 handout",
			len(entries), len(r.Plans), len(r.Handouts))
	}
	last := entries[3].Session
	if x := last.Exercises[0]; len(x.Done) != 3 || x.Done[2].Reps != 10 || x.Done[0].Load.String() != "20 pounds" ||
		last.Pain24h == nil || last.Pain24h.String() != "2" || len(last.RedFlags) != 4 {
		t.Errorf("the second session is %+v", last)
	}
	plan := r.Plans[1]
	if it := plan.Plan.Items[0]; it.Dose.Reps.Min != 12 || it.Load.String() != "20 pounds" || len(plan.Changes) != 1 || plan.Changes[0].Rule == "" {
		t.Errorf("plan 2 has %+v, changed by %+v", it, plan.Changes)
	}
	path, _ := d.saved(t)
	whole := joined(strings.Join(pages(t, path), " "))
	// In the order of the words: numbers over their units, or each beside its own.
	dose := func(reps string) bool {
		return regexp.MustCompile(`3 (sets )?` + reps + ` (times each )?20 (pounds )?3 `).MatchString(whole)
	}
	if !dose("12") || dose("10") || !strings.Contains(whole, "pounds") {
		t.Errorf("the new sheet does not say 3 sets of 12 at 20 pounds:\n%s", whole)
	}
	keep(t, "handout.txt", []byte(whole))
}

// logAsPrescribed logs a session with one key a set: every safety question no,
// pain 2, the planned weight and sets, effort 7, pain 2, no faults.
func (p *program) logAsPrescribed() {
	p.t.Helper()
	p.press("ctrl+Return")
	p.write("nnnnn2")
	p.think() // an Enter at once would belong to the 2
	p.press("Return", "Return", "Return", "Return")
	p.write("720")
	p.shot("form")
	p.press("ctrl+Return")
	p.until("the end of the form", func() bool { return p.log.take("changed") })
}

// paperBudget is how many keys a returned paper log of two weeks with three days
// each takes, from the open section to the saved days.
const paperBudget = 45

// TestPaperLogOfTwoWeeks types a paper log that came back.
func TestPaperLogOfTwoWeeks(t *testing.T) {
	d := newDesk(t)
	d.inTraining(t)
	d.at = "2026-12-07T08:30:00-05:00"
	p := d.visit(t)
	from := p.keys
	p.press("Tab", "Tab", "Tab", "Return") // Enter paper log
	p.shot("01_form")
	p.write("nnnnn" + "\t\t\t")
	for range 2 {
		p.write("135\t" + strings.Repeat("2225", 3)) // before, after, next day, effort
	}
	p.shot("02_filled")
	p.press("ctrl+Return")
	p.shot("03_saved")
	keys := p.keys - from
	p.close()
	if n := len(d.sessions(t)); n != 6 {
		t.Errorf("%d sessions are kept, want 6", n)
	}
	if keys > paperBudget {
		t.Errorf("it took %d keys, the budget is %d", keys, paperBudget)
	}
	keep(t, "keys.txt", []byte(fmt.Sprintf("A paper log of two weeks with three days each: %d keys, of %d allowed.\n", keys, paperBudget)))
}
