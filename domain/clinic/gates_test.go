package clinic_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/intake"
	"backtobar/domain/patient"
	"backtobar/domain/program"
	"backtobar/domain/screen"
)

// Each outcome with answers that lead to it, whether it can be signed, and
// which stages it then allows.
var outcomes = []struct {
	outcome screen.Outcome
	overlay string
	signs   bool
	allows  []program.Code
}{
	{screen.Emergency, `{"red_flags":{"CES1":"yes"}}`, true, nil},
	{screen.UrgentRefer, `{"red_flags":{"CA1":"yes"}}`, true, nil},
	{screen.HoldRefer, `{"red_flags":{"CA5":"yes"}}`, true, nil},
	{screen.Incomplete, `{"red_flags":{"GEN1":"unknown"}}`, false, nil},
	{screen.Incomplete, `{"pain":null}`, false, nil},
	{screen.Retest, `{"age_days":{"pain":8}}`, false, nil},
	{screen.NotReady, `{"pain":{"nprs_7day":7}}`, true, []program.Code{"0"}},
	{screen.Ready, `{}`, true, []program.Code{"1A", "1B"}},
	{screen.Ready, `{"history":{"highest_stage_exited":2}}`, true, []program.Code{"1A", "1B", "2A", "3B"}},
}

// What the list of patients says when nothing may be trained.
var stopped = map[screen.Outcome]string{
	screen.Emergency:   "Emergency: refer now",
	screen.UrgentRefer: "Stopped: refer the same day",
	screen.HoldRefer:   "On hold: referral",
}

var codes = []program.Code{"0", "1A", "1B", "2A", "3B", "4A"}

func TestWhatEachOutcomeAllows(t *testing.T) {
	for _, c := range outcomes {
		t.Run(string(c.outcome)+" "+c.overlay, func(t *testing.T) {
			d := open(t)
			d.saveIntake()
			answers := d.ready(c.overlay)
			x, problems := d.PreviewScreen(d.patient, answers)
			if x.Decision.Outcome != c.outcome || len(problems) != 0 {
				t.Fatalf("the panel says %s, %v", x.Decision.Outcome, problems)
			}
			_, err := d.SignScreen(d.ctx, d.patient.ID, answers)
			if !c.signs {
				refused(t, err)
				if reasons := clinic.Reasons(err); len(reasons) == 0 || reasons[0].Field == "" {
					t.Errorf("the refusal does not name what is open: %v", reasons)
				}
				_, err = d.DraftPlan(d.ctx, d.patient.ID, "0")
				refused(t, err, "There is no signed screen")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			chart, err := d.Chart(d.ctx, d.patient.ID)
			if err != nil {
				t.Fatal(err)
			}
			if want := stopped[c.outcome]; want != "" && chart.Next.Text != want {
				t.Errorf("the list says %q, want %q", chart.Next.Text, want)
			}
			if want := stopped[c.outcome]; want != "" {
				// Starting a new screen does not make the stop go away.
				if err := d.SaveDraft(d.ctx, d.patient.ID, clinic.SectionScreen, []byte("{}")); err != nil {
					t.Fatal(err)
				}
				if chart, err := d.Chart(d.ctx, d.patient.ID); err != nil || chart.Next.Text != want {
					t.Errorf("with a new draft the list says %q, %v; want %q", chart.Next.Text, err, want)
				}
			}
			for _, code := range codes {
				allowed := slices.Contains(c.allows, code)
				plan, err := d.DraftPlan(d.ctx, d.patient.ID, code)
				if allowed != (err == nil) {
					t.Errorf("%s: allowed %v, got %v", code, allowed, err)
				}
				if !allowed {
					refused(t, err)
					plan = program.Plan{SubStage: code, Stage: int(code[0] - '0')}
				}
				if _, err := d.SignPlan(d.ctx, d.patient.ID, plan); allowed != (err == nil) {
					t.Errorf("sign %s: allowed %v, got %v", code, allowed, err)
				}
			}
		})
	}
}

func TestImpossibleAnswersAreNotSigned(t *testing.T) {
	d := open(t)
	answers := d.ready(`{"pain":{"nprs_7day":11}}`)
	if _, problems := d.PreviewScreen(d.patient, answers); problems.For("pain.nprs_7day") == "" {
		t.Errorf("the panel has no sentence beside the field: %v", problems)
	}
	_, err := d.SignScreen(d.ctx, d.patient.ID, answers)
	if clinic.Reasons(err).For("pain.nprs_7day") == "" {
		t.Errorf("got %v", err)
	}
	unknown := d.patient
	unknown.Sex = patient.SexUnknown
	if _, err := d.UpdatePatient(d.front, unknown); err != nil {
		t.Fatal(err)
	}
	_, err = d.SignScreen(d.ctx, d.patient.ID, d.ready())
	if clinic.Reasons(err).For("patient.sex") == "" {
		t.Errorf("signed without the sex for clinical rules: %v", err)
	}
	if _, err := d.LatestScreen(d.ctx, d.patient.ID); !errors.Is(err, domain.ErrNotFound) {
		t.Errorf("something was signed: %v", err)
	}
}

func TestSignedScreensAreVersions(t *testing.T) {
	d := open(t)
	one := d.signScreen()
	d.clock.addDays(1)
	two := d.signScreen(`{"pain":{"nprs_7day":7}}`)
	all, err := d.Screens(d.ctx, d.patient.ID)
	if err != nil || len(all) != 2 || all[0].ID != one.ID || all[1].ID != two.ID {
		t.Fatalf("%v %v", all, err)
	}
	if all[0].Explanation.Decision.Outcome != screen.Ready || two.Version != 2 {
		t.Errorf("the first version changed: %+v", all[0].Explanation.Decision)
	}
}

func TestAnswersAgeEveryDay(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(`{"age_days":{"pain":3}}`)
	for _, c := range []struct {
		days int
		want screen.Outcome
	}{{0, screen.Ready}, {4, screen.Ready}, {5, screen.Retest}, {-3, screen.Ready}} {
		start := d.clock.Now()
		d.clock.addDays(c.days)
		now, err := d.CurrentDecision(d.ctx, d.patient.ID)
		if err != nil || now.Explanation.Decision.Outcome != c.want {
			t.Errorf("after %d days: %s %v", c.days, now.Explanation.Decision.Outcome, err)
		}
		if want := 3 + max(0, c.days); now.Case.AgeDays.Pain != want {
			t.Errorf("after %d days the pain answer is %d days old, want %d", c.days, now.Case.AgeDays.Pain, want)
		}
		if signed := now.Screen.Answers.AgeDays.Pain; signed != 3 {
			t.Errorf("the signed answer changed to %d days", signed)
		}
		d.clock.set(start)
	}
	d.clock.addDays(5)
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1A")
	refused(t, err, "out of date")
}

func TestBirthdayCounts(t *testing.T) {
	d := open(t)
	d.signScreen()
	d.clock.addDays(365)
	now, err := d.CurrentDecision(d.ctx, d.patient.ID)
	if err != nil || *now.Case.Patient.AgeYears != 41 {
		t.Fatalf("%+v %v", now.Case.Patient, err)
	}
}

func TestClockSetBack(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen()
	plan := d.signPlan("1A")
	d.clock.addDays(-1)
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1A")
	refused(t, err, "This computer's date is before the day of the screen")
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "This computer's date is before the day of the screen")
}

func TestAPlanIsSignedAsItWasShown(t *testing.T) {
	d := open(t)
	in := d.saveIntake()
	d.signScreen(`{"history":{"highest_stage_exited":1}}`)
	shown, err := d.DraftPlan(d.ctx, d.patient.ID, "2A")
	if err != nil {
		t.Fatal(err)
	}
	in.Home.Kettlebells = []domain.Mass{{Value: domain.NewDecimal(8), Unit: domain.Kilogram}}
	if _, err := d.SaveIntake(d.front, in); err != nil {
		t.Fatal(err)
	}
	_, err = d.SignPlan(d.ctx, d.patient.ID, shown)
	refused(t, err, "Read the new plan, then sign")
	d.signPlan("2A")
	forged, err := d.DraftPlan(d.ctx, d.patient.ID, "2A")
	if err != nil {
		t.Fatal(err)
	}
	forged.SubStage, forged.Stage = "4C", 4
	_, err = d.SignPlan(d.ctx, d.patient.ID, forged)
	refused(t, err)
	plans, err := d.Plans(d.ctx, d.patient.ID)
	if err != nil || len(plans) != 1 {
		t.Errorf("%d plans, %v", len(plans), err)
	}
}

func TestNoPlanWithoutAnIntake(t *testing.T) {
	d := open(t)
	d.signScreen()
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1A")
	refused(t, err, "There is no intake")
}

func TestHandoutGates(t *testing.T) {
	for _, c := range []struct {
		name   string
		after  func(d *desk)
		reason string
	}{
		{"the screen got old", func(d *desk) { d.clock.addDays(8) }, "The screen is out of date"},
		{"a new screen stops", func(d *desk) { d.signScreen(`{"red_flags":{"CES1":"yes"}}`) }, "The screen found an emergency"},
		{"a new screen is ready", func(d *desk) { d.signScreen() }, "Sign the plan again"},
		{"a newer plan", func(d *desk) { d.signPlan("1B") }, "A newer plan was signed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t)
			d.saveIntake()
			d.signScreen()
			plan := d.signPlan("1A")
			if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
				t.Fatal(err)
			}
			c.after(d)
			_, err := d.IssueHandout(d.ctx, sheet(plan.ID))
			refused(t, err, c.reason)
			refused(t, d.CheckHandout(d.ctx, plan.ID, false), c.reason)
			if given, err := d.Handouts(d.ctx, d.patient.ID); err != nil || len(given) != 0 {
				t.Errorf("%d handouts were kept, %v", len(given), err)
			}
		})
	}
	d := open(t)
	_, err := d.IssueHandout(d.ctx, sheet("no-such-plan"))
	refused(t, err, "This plan is not signed")
}

func TestBarbellStagesNeedASupervisedPlace(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(`{"history":{"highest_stage_exited":3}}`)
	for _, c := range []struct {
		code program.Code
		tick bool
	}{{"2C", false}, {"3A", true}, {"4B", true}} {
		plan := d.signPlan(c.code)
		request := sheet(plan.ID)
		_, err := d.IssueHandout(d.ctx, request)
		if !c.tick {
			if err != nil {
				t.Errorf("%s: %v", c.code, err)
			}
			continue
		}
		refused(t, err, "Confirm a safe place and supervision")
		if clinic.Reasons(err).For("supervised_place") == "" {
			t.Error("the reason does not name its field")
		}
		request.SupervisedPlace = true
		if h, err := d.IssueHandout(d.ctx, request); err != nil || !h.SupervisedPlace {
			t.Errorf("%s with the tick: recorded %v, %v", c.code, h.SupervisedPlace, err)
		}
	}
}

// A plan of stage 0 is printed although other measures are out of date, but
// never on old safety answers.
func TestStageZeroNeedsFreshSafetyAnswers(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen(`{"pain":{"nprs_7day":7},"biering_sorensen":{"seconds":40},"age_days":{"dowel_hinge":10}}`)
	plan := d.signPlan("0")
	d.clock.addDays(6) // the hinge is 16 days old, the safety answers 6
	if _, err := d.IssueHandout(d.ctx, sheet(plan.ID)); err != nil {
		t.Errorf("six days later: %v", err)
	}
	d.clock.addDays(9) // the red flags are 15 days old; the hold still fails
	_, err := d.IssueHandout(d.ctx, sheet(plan.ID))
	refused(t, err, "The safety answers are out of date")
}

func TestHandoutIsChecked(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen()
	plan := d.signPlan("1A")
	for field, change := range map[string]func(*clinic.HandoutRequest){
		"language": func(r *clinic.HandoutRequest) { r.Language = "fr" },
		"paper":    func(r *clinic.HandoutRequest) { r.Paper = "a5" },
		"pages":    func(r *clinic.HandoutRequest) { r.Pages = 0 },
		"pdf":      func(r *clinic.HandoutRequest) { r.PDF = []byte("<html>") },
	} {
		r := sheet(plan.ID)
		change(&r)
		if _, err := d.IssueHandout(d.ctx, r); clinic.Reasons(err).For(field) == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	for i := 1; i <= 2; i++ {
		h, err := d.IssueHandout(d.ctx, sheet(plan.ID))
		if err != nil || h.Version != i || len(h.SHA256) != 64 {
			t.Errorf("%+v %v", h, err)
		}
	}
}

// rotten is a store whose kept bytes have changed.
type rotten struct{ clinic.Store }

func (r rotten) Update(ctx context.Context, fn func(clinic.Tx) error) error {
	return r.Store.Update(ctx, func(tx clinic.Tx) error { return fn(rottenTx{tx}) })
}

type rottenTx struct{ clinic.Tx }

func (t rottenTx) Handouts() clinic.HandoutStore { return rottenHandouts{t.Tx.Handouts()} }

type rottenHandouts struct{ clinic.HandoutStore }

func (s rottenHandouts) Get(id domain.HandoutID) (clinic.Handout, error) {
	h, err := s.HandoutStore.Get(id)
	h.PDF = []byte(strings.Replace(string(h.PDF), "sheet", "shoot", 1))
	return h, err
}

func TestChangedBytesAreNotHandedOut(t *testing.T) {
	d := open(t)
	d.saveIntake()
	d.signScreen()
	h, err := d.IssueHandout(d.ctx, sheet(d.signPlan("1A").ID))
	if err != nil {
		t.Fatal(err)
	}
	s := clinic.New(clinic.Params{Store: rotten{d.store}, Clock: d.clock, Rules: d.rules, Library: d.route})
	if _, err := s.HandoutPDF(d.ctx, h.ID); !errors.Is(err, domain.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

// A chart that said male was never asked about pregnancy, so the answer of that
// screen does not count when the sex is corrected.
func TestACorrectedSexAsksAboutPregnancy(t *testing.T) {
	d := open(t)
	d.saveIntake()
	correct := func(sex patient.Sex) {
		t.Helper()
		p, err := d.Patient(d.ctx, d.patient.ID)
		if err != nil {
			t.Fatal(err)
		}
		p.Sex = sex
		if _, err := d.UpdatePatient(d.front, p); err != nil {
			t.Fatal(err)
		}
	}
	correct(patient.Male)
	d.signScreen(`{"pregnancy":{"status":"not_applicable"}}`)
	plan := d.signPlan("1B")
	if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
		t.Fatal(err)
	}
	correct(patient.Female)
	refused(t, d.CheckHandout(d.ctx, plan.ID, false), "The screen is not complete", "Pregnancy")
	_, err := d.DraftPlan(d.ctx, d.patient.ID, "1B")
	refused(t, err, "Pregnancy")
}

// What is printed is the plan as signed; when the rules would give another one
// today, it is signed again before it goes home.
func TestAPlanThatChangedIsNotGivenOut(t *testing.T) {
	bell := func(n int) []domain.Mass {
		return []domain.Mass{{Value: domain.NewDecimal(n), Unit: domain.Kilogram}}
	}
	for name, change := range map[string]func(*intake.Intake){
		"the body weight was a slip": func(in *intake.Intake) { in.BodyMass.Value = domain.NewDecimal(45) },
		"the bell was sold":          func(in *intake.Intake) { in.Home.Kettlebells = nil },
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			in := d.saveIntake()
			in.Home.Kettlebells = bell(8)
			in, err := d.SaveIntake(d.front, in)
			if err != nil {
				t.Fatal(err)
			}
			d.signScreen(`{"history":{"highest_stage_exited":1}}`)
			plan := d.signPlan("2A")
			if err := d.CheckHandout(d.ctx, plan.ID, false); err != nil {
				t.Fatal(err)
			}
			change(&in)
			if _, err := d.SaveIntake(d.front, in); err != nil {
				t.Fatal(err)
			}
			_, err = d.IssueHandout(d.ctx, sheet(plan.ID))
			refused(t, err, "gives another plan now")
			if _, err := d.IssueHandout(d.ctx, sheet(d.signPlan("2A").ID)); err != nil {
				t.Errorf("signed again: %v", err)
			}
		})
	}
}
