//go:build unix

package windowtest

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backtobar/domain"
	"backtobar/domain/equipment"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// secrets are words of the invented patients. None may be on stderr, in a title
// or in the name of a file.
var secrets = []string{"Alvarez", "ALVAREZ", "Maria", "9545550142", "555-0142", "1986", "Nguy", "O'Neil", "Łukasz"}

// keyBudget is how many keys lead from Ctrl+N to a saved handout: what it takes
// and none to spare. A change that needs one more must say why.
const keyBudget = 109

// The keys of the safety questions: 33 red flags, steroids, an injury.
var safetyKeys = strings.Repeat("n", 35)

// TestMainJob takes one patient from an empty store to a handout, with every
// field that a careful person fills in, then starts the program again and
// finds everything as it was.
func TestMainJob(t *testing.T) {
	d := newDesk(t)
	p := d.start(t)
	p.shown("Set up this clinic")
	p.shot("00_first_person")
	p.write(user + "\r" + passphrase + "\r" + passphrase + "\r")
	p.shown("Recovery code")
	p.shot("00_recovery_code")
	p.press("Tab", "Tab", "space") // Copy the code
	p.until("the copy", func() bool { return p.log.take("copied") })
	code := clipboard(t)
	p.write(code[strings.LastIndex(code, "-")+1:] + "\r")
	p.shown("*setup.View")
	p.shot("01_first_start")
	p.write("Example Physical Therapy\r9545550100" + "12 Palm Way, Miami, FL 33101\rMon to Fri 7 am to 9 pm\r" +
		"R. Castello\rPT, DPT\rPT 12345\r\r")
	p.shot("02_setup_filled")
	p.press("ctrl+Return")
	p.shown("*home.View")
	p.shot("03_home_empty")

	p.press("ctrl+n")
	p.shown("*newpatient.View")
	p.shot("04_new_patient")
	p.write("Alvarez\tMaria\t031419869545550142")
	p.shot("05_new_patient_filled")
	p.press("ctrl+Return")
	p.shown("Intake")
	p.waitTitle("Chart 000001 - Back to Bar")
	p.shot("06_intake")
	p.write("f" + "\t\t\t\t\t" + "Low back pain when lifting at work, 8 weeks." + "\t154\t\t\t15, 25\tn")
	p.shot("07_intake_filled")
	p.press("ctrl+Return")

	p.shown("Screen")
	p.shot("08_screen")
	p.write(safetyKeys)
	p.shot("09_screen_safety")
	p.write("12276\r64n" + "nnn" + "nnn")
	p.shot("10_screen_health")
	p.write("8\rnl4" + "24\r85\r")
	p.shot("11_screen_tests")
	p.write("r14\r15\r8s1\r" + "nn")
	p.shot("12_screen_ready")
	p.press("ctrl+Return")
	p.shot("13_screen_sign")
	p.press("Return")
	p.shown("Plan")
	p.shot("14_plan")
	p.press("ctrl+Return")
	p.shot("15_plan_sign")
	p.press("Return")
	p.shown("Handouts")
	p.repainted()
	p.shot("16_handout")
	p.press("ctrl+Return")
	p.until("the PDF", func() bool { path, _ := d.saved(t); return path != "" })
	p.repainted()
	p.shot("17_handout_saved")
	before := p.sections("before", false)
	d.hidden(t, "while it runs")
	p.close()
	d.hidden(t, "afterwards")

	kept := d.read(t)
	checkRecords(t, kept)
	path, _ := d.saved(t)
	checkPaper(t, path, "Maria", kept)

	p = d.startIn(t)
	p.shown("*home.View")
	p.repainted()
	p.shot("20_home_again")
	p.openFirst()
	after := p.sections("after", true)
	p.close()
	for name := range before {
		if !sameContent(before[name], after[name], contents[name]) {
			t.Errorf("after a restart the section %s looks different; see the pictures before_%s and after_%s", name, name, name)
		}
	}
	again := d.read(t)
	if n := len(again.Audit) - 1; again.Audit[n].Action == "access.sign_in" && again.Audit[n].Actor == user {
		again.Audit = again.Audit[:n] // and nothing else
	}
	if d := cmp.Diff(kept.text(t), again.text(t)); d != "" {
		t.Errorf("looking at the chart after a restart changed the records:\n%s", d)
	}
}

// contents is where a section shows what it is about. The ladder of the plan is
// left out, because it may be scrolled; so is the status bar, because it tells
// what was done last, and the first row of the intake, where the caret blinks.
var contents = map[string]image.Rectangle{
	"Intake":   image.Rect(170, 212, 1360, 640), // the caret blinks above
	"Screen":   image.Rect(170, 90, 1360, 640),
	"Plan":     image.Rect(520, 90, 1360, 640),
	"Handouts": image.Rect(170, 90, 1360, 640),
}

// addMaria adds a patient from Home with what is needed and nothing else, and
// goes on to the screen.
func (p *program) addMaria() {
	p.t.Helper()
	p.press("ctrl+n")
	p.shown("*newpatient.View")
	p.write("Alvarez\tMaria\t031419869545550142")
	p.press("ctrl+Return")
	p.shown("Intake")
	p.write("f")
	p.press("ctrl+Return")
	p.shown("Screen")
}

// openFirst opens the first chart of the list. Home ignores Enter while the
// list has only just changed; a second Enter would reach the chart, so it is
// pressed only when the first has long had its time.
func (p *program) openFirst() {
	p.t.Helper()
	open := func() bool { return title() == "Chart 000001 - Back to Bar" }
	for range 4 {
		time.Sleep(200 * time.Millisecond)
		p.press("Return")
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if open() {
				return
			}
		}
	}
	p.until("the chart", open)
}

// save waits for the sheet and saves it.
func (p *program) save(t *testing.T, d desk) {
	t.Helper()
	p.repainted() // the sheet is made in the background
	p.press("ctrl+Return")
	p.until("the PDF", func() bool { path, _ := d.saved(t); return path != "" })
}

// sections opens every section of the chart and returns their pictures. In a
// program just started the sheet is still to be made.
func (p *program) sections(when string, started bool) map[string]*image.RGBA {
	p.t.Helper()
	out := map[string]*image.RGBA{}
	for _, s := range []struct{ key, name string }{{"2", "Intake"}, {"3", "Screen"}, {"4", "Plan"}, {"6", "Handouts"}} {
		p.press("ctrl+" + s.key)
		p.shown(s.name)
		if s.name == "Handouts" && started {
			p.repainted()
		}
		out[s.name] = p.shot(when + "_" + s.name)
	}
	return out
}

// checkRecords holds the records of the main job to what was typed.
func checkRecords(t *testing.T, r records) {
	t.Helper()
	if r.Settings.ClinicName != "Example Physical Therapy" || r.Settings.Phone != "9545550100" || len(r.Settings.Therapists) != 1 {
		t.Errorf("settings %+v", r.Settings)
	}
	if len(r.Patients) != 1 || len(r.Intakes) != 1 || len(r.Screens) != 1 || len(r.Plans) != 1 || len(r.Handouts) != 1 {
		t.Fatalf("%d patients, %d intakes, %d screens, %d plans, %d handouts; want one of each",
			len(r.Patients), len(r.Intakes), len(r.Screens), len(r.Plans), len(r.Handouts))
	}
	p := r.Patients[0]
	want := patient.Patient{LastName: "Alvarez", FirstName: "Maria", Sex: patient.Female, Phone: "9545550142",
		BirthDate: domain.Date{Year: 1986, Month: 3, Day: 14}}
	if p.LastName != want.LastName || p.FirstName != want.FirstName || p.Sex != want.Sex || p.Phone != want.Phone ||
		p.BirthDate != want.BirthDate || p.Number != 1 {
		t.Errorf("patient %+v", p)
	}
	in := r.Intakes[0]
	if in.BodyMass.Value.String() != "154" || in.BodyMass.Unit != domain.Pound || len(in.Home.Kettlebells) != 2 || in.Home.Barbell != equipment.No ||
		in.MainProblem != "Low back pain when lifting at work, 8 weeks." || in.Language != "en" {
		t.Errorf("intake %+v", in)
	}
	s := r.Screens[0]
	if d := s.Explanation.Decision; d.Outcome != screen.Ready || d.Stage != 1 || len(s.Explanation.Reasons) == 0 {
		t.Errorf("the screen says %s, stage %d, with %d reasons", d.Outcome, d.Stage, len(s.Explanation.Reasons))
	}
	if got := s.Answers.BieringSorensen; got == nil || got.Seconds == nil || got.Seconds.String() != "85" {
		t.Errorf("hold %+v", got)
	}
	if s.Signature.By.Name != "R. Castello" || s.Signature.RulesHash == "" || s.TakenOn != (domain.Date{Year: 2026, Month: 11, Day: 22}) {
		t.Errorf("signed %+v on %s", s.Signature, s.TakenOn)
	}
	plan := r.Plans[0]
	if plan.Plan.SubStage != "1B" || plan.ScreenID != s.ID || len(plan.Plan.Items) == 0 || plan.Signature.By.Name != "R. Castello" {
		t.Errorf("plan %s of screen %s with %d exercises, signed by %q", plan.Plan.SubStage, plan.ScreenID, len(plan.Plan.Items), plan.Signature.By.Name)
	}
	if h := r.Handouts[0]; h.PlanID != plan.ID || h.Paper != "letter" || h.Language != "en" {
		t.Errorf("handout %+v", h)
	}
	if len(r.Drafts) != 0 {
		t.Errorf("drafts are left: %v", r.Drafts)
	}
	if want := "access.make settings.save patient.add draft.start patient.update intake.save draft.start screen.sign plan.sign handout.issue"; r.actions() != want {
		t.Errorf("the trail says\n%s, want\n%s", r.actions(), want)
	}
}

// disclaimer is on every page.
const disclaimer = "This program was made for the person named on it by their physical therapist. " +
	"It is not medical advice for anyone else with back pain to start deadlifting."

// fullDisclaimer stands on the first and the last page.
const fullDisclaimer = "Your physical therapist made this plan for you after an exam. It is not general medical advice."

// checkPaper holds the PDF to its record and to what a patient may be handed.
func checkPaper(t *testing.T, path, first string, r records) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil || len(r.Handouts) != 1 {
		t.Fatalf("%d handouts are kept, %v", len(r.Handouts), err)
	}
	if got := r.Handouts[0].SHA256; got != sum(file) || got != sum(r.PDFs[0]) {
		t.Errorf("the file has SHA-256 %s, the record says %s and holds %s", sum(file), got, sum(r.PDFs[0]))
	}
	text := pages(t, path)
	if len(text) != r.Handouts[0].Pages {
		t.Errorf("the record counts %d pages, the file has %d", r.Handouts[0].Pages, len(text))
	}
	whole := joined(strings.Join(text, " "))
	for _, want := range []string{"For: " + first, "November 22, 2026", "Learn to bend at your hips", "Call 911",
		"Example Physical Therapy", "(954) 555-0100", fullDisclaimer} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is not on the handout", want)
		}
	}
	for _, never := range []string{"Alvarez", "ALVAREZ", "O'Neil", "Nguy", "1986", "1979", "0142", "0143", "000001"} {
		if strings.Contains(whole, never) {
			t.Errorf("%q is on the handout", never)
		}
	}
	if got := filepath.Base(path); got != "home-program-000001-1-2026-11-22.pdf" {
		t.Errorf("the file is called %s", got)
	}
	keep(t, "handout.pdf", file)
	for i, page := range text {
		words := joined(page)
		if !strings.Contains(words, disclaimer) && !strings.Contains(words, fullDisclaimer) || !strings.Contains(words, first) ||
			!strings.Contains(words, fmt.Sprintf("Page %d of %d", i+1, len(text))) {
			t.Errorf("page %d has no disclaimer, no name or no number:\n%s", i+1, page)
		}
	}
}

// TestFewestKeys does the same job with the fewest keys: what is needed and
// nothing else.
func TestFewestKeys(t *testing.T) {
	d := newDesk(t)
	d.setUp(t)
	p := d.startIn(t)
	p.shown("*home.View")
	p.addMaria()
	p.write(safetyKeys + "12276")
	p.think() // the heart rate is skipped
	p.write("\rn" + "nnn" + "nnn" + "8\rnl4")
	p.think() // the ODI is skipped, the RMDQ is answered
	p.write("\r9" + "85\r" + "r14\r15\r" + "8s0")
	p.press("ctrl+Return", "Return")
	p.shown("Plan")
	p.press("ctrl+Return", "Return")
	p.shown("Handouts")
	p.save(t, d)
	keys := p.keys
	p.shot("saved")
	p.close()
	keep(t, "keys.txt", []byte(fmt.Sprintf("From Ctrl+N to the saved handout: %d keys, of %d allowed.\n", keys, keyBudget)))
	if keys > keyBudget {
		t.Errorf("it took %d keys, the budget is %d", keys, keyBudget)
	}
	r := d.read(t)
	if len(r.Screens) != 1 || r.Screens[0].Explanation.Decision.Outcome != screen.Ready || len(r.Plans) != 1 || len(r.Handouts) != 1 {
		t.Errorf("%d screens, %d plans, %d handouts", len(r.Screens), len(r.Plans), len(r.Handouts))
	}
}
