package report_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
	"backtobar/reports/doc"
	"backtobar/reports/pdf"
	"backtobar/reports/report"
)

// longNames are as long and as foreign as names get.
var longNames = []string{"Muñoz", "Nguyễn", "Łukasz", "Wolfeschlegelsteinhausenbergerdorff", "O’Neil-Žižek de la Cruz y Santander von Hohenzollern", "Đặng Thị Hồng"}

// randomCase answers, or leaves open, everything.
func randomCase(t *rapid.T, r *screen.Rules) screen.Case {
	age := rapid.IntRange(15, 99).Draw(t, "age")
	c := screen.Case{Patient: screen.CasePatient{AgeYears: &age, Sex: "female"}, RedFlags: map[string]screen.Answer{}}
	answers := []screen.Answer{screen.No, screen.Yes, screen.Unknown}
	calm := rapid.Bool().Draw(t, "calm")
	for _, f := range r.RedFlags {
		c.RedFlags[f.ID] = screen.No
		if !calm {
			c.RedFlags[f.ID] = rapid.SampledFrom(answers).Draw(t, f.ID)
		}
	}
	some := func(name string, low, high int) *domain.Decimal {
		if rapid.IntRange(0, 5).Draw(t, name+" open") == 0 {
			return nil
		}
		v := domain.NewDecimal(rapid.IntRange(low, high).Draw(t, name))
		return &v
	}
	yes := func(name string) *bool {
		switch rapid.IntRange(0, 2).Draw(t, name) {
		case 0:
			return nil
		case 1:
			return new(bool)
		}
		v := true
		return &v
	}
	c.LongTermSteroids, c.SignificantTrauma = yes("steroids"), yes("trauma")
	c.Vitals = &screen.Vitals{SystolicMmHg: some("sys", 140, 220), DiastolicMmHg: some("dia", 50, 130), HeartRateBpm: some("hr", 40, 160), Symptoms: yes("symptoms")}
	c.Neuro = &screen.Neuro{Finding: rapid.SampledFrom([]screen.NeuroFinding{"", screen.NeuroNormal, screen.NeuroMildUnassessed, screen.NeuroBilateralMotor}).Draw(t, "neuro"),
		SLROwnLegPain: yes("slr"), CrossedSLR: yes("crossed")}
	c.Pregnancy = &screen.Pregnancy{Status: rapid.SampledFrom([]screen.PregnancyStatus{"", screen.PregnancyNo, screen.PregnancyYes}).Draw(t, "pregnancy")}
	c.Bone = rapid.SampledFrom([]screen.Bone{"", screen.BoneNone, screen.BoneOsteoporosis, screen.BoneFractureRecent}).Draw(t, "bone")
	c.Surgery = &screen.Surgery{Kind: rapid.SampledFrom([]screen.SurgeryKind{"", screen.SurgeryNone, screen.SurgeryFusion}).Draw(t, "surgery"), WeeksAgo: some("weeks", 0, 80)}
	c.Episode = &screen.Episode{DurationWeeks: some("duration", 0, 300), Mechanism: rapid.SampledFrom([]string{"", "nociceptive", "nociplastic", "neuropathic"}).Draw(t, "mechanism"),
		Irritability: rapid.SampledFrom([]string{"", "low", "high"}).Draw(t, "irritability")}
	c.Pain = &screen.Pain{NPRS7Day: some("nprs", 0, 10), VASMm: some("vas", 0, 100)}
	c.Disability = &screen.Disability{ODIPercent: some("odi", 0, 100)}
	c.BieringSorensen = &screen.Sorensen{Seconds: some("hold", 0, 240)}
	c.HipExtension = &screen.HipExtension{Test: "bridge_reps", Left: some("left", 0, 30), Right: some("right", 0, 30), MMTLeft: some("ml", 0, 5), MMTRight: some("mr", 0, 5)}
	c.AgeDays = screen.AgeDays{RedFlags: rapid.IntRange(0, 40).Draw(t, "flags age"), Pain: rapid.IntRange(0, 40).Draw(t, "pain age"), BieringSorensen: rapid.IntRange(0, 90).Draw(t, "hold age")}
	return c
}

// TestRandomPapers: whatever was found, and however long the names are, nothing
// leaves the margins, every page carries its notice and its patient, and no
// reason is lost.
func TestRandomPapers(t *testing.T) {
	d := history(t, "ready")
	base := d.order(clinic.PaperSummary, doc.Letter)
	rapid.Check(t, func(t *rapid.T) {
		o := base
		now := *o.Current
		now.Case = randomCase(t, d.rules)
		now.Explanation = screen.Explain(now.Case, d.rules)
		o.Current = &now
		o.Paper = rapid.SampledFrom([]doc.Paper{doc.Letter, doc.A4}).Draw(t, "paper")
		o.Patient.LastName = rapid.SampledFrom(longNames).Draw(t, "last")
		o.Patient.FirstName = rapid.SampledFrom(longNames).Draw(t, "first")
		o.Settings.ClinicName = strings.Repeat("Wagga Wagga ", rapid.IntRange(1, 6).Draw(t, "clinic")) + "Physio"
		o.Settings.Address = strings.Repeat("Long Street ", rapid.IntRange(0, 16).Draw(t, "address"))
		o.Rulings = nil
		for i := range rapid.IntRange(0, 12).Draw(t, "rulings") {
			o.Rulings = append(o.Rulings, clinic.Ruling{ID: domain.RulingID(fmt.Sprint(i)), At: d.now, Override: &screen.Override{Names: []string{"PAIN-1", "CAP2:ACUTE"},
				By: o.By, Reason: strings.Repeat("because of this ", rapid.IntRange(1, 30).Draw(t, "reason")), Signed: o.On, Until: o.On}})
		}
		o.Kind = clinic.PaperSummary
		if clinic.Refers(now.Explanation.Decision.Outcome) && rapid.Bool().Draw(t, "letter") {
			o.Kind = clinic.PaperReferral
		}
		made, problems := report.Build(o)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		onEveryPage(t, made, report.Disclaimer, o.Patient.FirstName, "Mar 14, 1986", "Chart 000001")
		all := squeeze(made)
		for _, r := range now.Explanation.Reasons {
			if o.Kind == clinic.PaperReferral && r.State != "stop" && r.State != "hold" {
				continue
			}
			if !strings.Contains(all, strings.ReplaceAll(r.Title, " ", "")) || !strings.Contains(all, strings.ReplaceAll(r.Value, " ", "")) || !strings.Contains(all, r.ID) {
				t.Fatalf("the paper lost %s: %q, %q", r.ID, r.Title, r.Value)
			}
		}
	})
}

// squeeze is the words of a document without spaces, so that a break in a line
// or in a long word does not matter.
func squeeze(d *doc.Document) string {
	var b strings.Builder
	for _, p := range d.Pages {
		b.WriteString(p.Words())
	}
	return strings.NewReplacer(" ", "", "\n", "").Replace(b.String())
}

// TestNamesPrintAsWritten also where accents were typed as marks of their own.
func TestNamesPrintAsWritten(t *testing.T) {
	d := history(t, "hold")
	for typed, want := range map[string]string{"Muñoz": "MUÑOZ", "Nguyễn": "NGUYỄN", "Łukasz": "ŁUKASZ", "Jose\u0301": "JOSÉ"} {
		for _, kind := range clinic.PaperKinds {
			o := d.order(kind, doc.A4)
			o.Patient.LastName = typed
			made := build(t, o)
			if !strings.Contains(made.Pages[0].Words(), want) {
				t.Errorf("%q did not print as %q on the %s", typed, want, kind)
			}
			if _, err := pdf.Write(made); err != nil {
				t.Error(err)
			}
		}
	}
	o := d.order(clinic.PaperSummary, doc.Letter)
	o.Patient.LastName = "三郎"
	if _, problems := report.Build(o); problems.For("patient.name") == "" {
		t.Errorf("a name that cannot be printed was accepted: %v", problems)
	}
}

// TestABlankFormNamesNobody: it lies on the counter.
func TestABlankFormNamesNobody(t *testing.T) {
	d := history(t, "hold")
	for _, kind := range []clinic.PaperKind{clinic.PaperIntake, clinic.PaperScreen} {
		o := d.order(kind, doc.Letter)
		o.Dossier = clinic.Dossier{On: o.On, Settings: o.Settings, Rules: o.Rules}
		made := build(t, o)
		onEveryPage(t, made, report.BlankDisclaimer)
		all := squeeze(made)
		for _, never := range []string{"MUÑOZ", "Chart", "1986"} {
			if strings.Contains(all, never) {
				t.Errorf("%s says %q", kind, never)
			}
		}
	}
}

// TestTheFormAsksEverything in the order of the window, and no item of a
// licensed questionnaire.
func TestTheFormAsksEverything(t *testing.T) {
	d := history(t, "hold")
	all := squeeze(build(t, d.order(clinic.PaperScreen, doc.Letter)))
	at := 0
	for _, q := range screen.Form(d.rules) {
		i := strings.Index(all[at:], strings.ReplaceAll(q.Name, " ", ""))
		if i < 0 {
			t.Fatalf("%s is not asked, or not in its place", q.Path)
		}
		at += i
	}
}

func TestBuildRefuses(t *testing.T) {
	ready, hold := history(t, "ready"), history(t, "hold")
	for field, o := range map[string]report.Order{
		"clinic":  with(hold, func(o *report.Order) { o.Settings.Phone = "" }),
		"paper":   with(hold, func(o *report.Order) { o.Paper = "legal" }),
		"kind":    with(hold, func(o *report.Order) { o.Kind = "poster" }),
		"patient": with(hold, func(o *report.Order) { o.Patient.BirthDate = domain.Date{} }),
		"date":    with(hold, func(o *report.Order) { o.On = domain.Date{} }),
		"":        with(ready, func(o *report.Order) { o.Kind = clinic.PaperReferral }),
	} {
		made, problems := report.Build(o)
		found := false
		for _, p := range problems {
			found = found || p.Field == field && p.Text != ""
		}
		if made != nil || !found {
			t.Errorf("%q was not refused: %v", field, problems)
		}
	}
}

func with(d *desk, edit func(*report.Order)) report.Order {
	o := d.order(clinic.PaperSummary, doc.Letter)
	edit(&o)
	return o
}
