package handouts

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/screen"
)

// opened returns a model with its sheet made.
func opened(t *testing.T, f *fake, p Press, folder string) *model {
	t.Helper()
	m := newModel(f, p, f.chart, folder)
	if _, err := m.load(context.Background()); err != nil {
		t.Fatal(err)
	}
	if order, ok := m.order(); ok && !m.take(m.make(context.Background(), order)) {
		t.Fatal("the sheet is not the one to show")
	}
	return m
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestChecksLookAtTheSheet(t *testing.T) {
	pages := func(words ...string) Press {
		return func(_ context.Context, o Order) (Sheet, error) {
			s, err := press(context.Background(), o)
			s.Words = words
			s.Pictures = s.Pictures[:len(words)]
			return s, err
		}
	}
	good := "Maria November 22, 2026"
	for _, c := range []struct {
		name   string
		press  Press
		change func(*fake)
		want   string // part of a failed check; "" for none
	}{
		{name: "all well", press: press},
		{name: "name missing", press: pages(good, "November 22, 2026"), want: "Page 2 lacks the name"},
		{name: "date missing", press: pages("Maria", good), want: "Page 1 lacks the name or the date"},
		{name: "date of another day", press: pages("Maria November 23, 2026"), want: "lacks"},
		{name: "does not fit", press: func(context.Context, Order) (Sheet, error) {
			return Sheet{}, domain.Problems{{Text: "Exercise 2 does not fit its card"}}
		}, want: "Exercise 2 does not fit its card."},
		{name: "the press breaks", press: func(context.Context, Order) (Sheet, error) { return Sheet{}, os.ErrInvalid },
			want: "could not be made"},
		{name: "a newer screen", press: press, want: "A newer screen was signed", change: func(f *fake) {
			f.refuse = domain.NotAllowed(domain.Problem{Text: "A newer screen was signed after this plan. Sign the plan again."})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake()
			if c.change != nil {
				c.change(f)
			}
			m := opened(t, f, c.press, t.TempDir())
			bad := ""
			for _, x := range m.checks() {
				if x.State == failed {
					bad += x.Text + "\n"
				}
			}
			if c.want == "" && bad != "" || !strings.Contains(bad, c.want) {
				t.Errorf("failed checks %q, want %q", bad, c.want)
			}
			if m.ready() != (c.want == "") {
				t.Errorf("ready is %v", m.ready())
			}
		})
	}
}

// TestTheLanguageOfTheIntakeIsTheSheets until another is chosen, and a sheet in
// another language than the intake is said.
func TestTheLanguageOfTheIntakeIsTheSheets(t *testing.T) {
	f := newFake()
	f.chart.Intake.Language = "es"
	m := opened(t, f, press, t.TempDir())
	if m.made.order.Language != "es" {
		t.Errorf("a patient who reads Spanish gets %q", m.made.order.Language)
	}
	said := func() (out string) {
		for _, c := range m.checks() {
			if c.State == warned {
				out += c.Text
			}
		}
		return out
	}
	if said() != "" {
		t.Errorf("warned: %s", said())
	}
	m.language = "en"
	order, _ := m.order()
	m.made = m.make(context.Background(), order)
	if !strings.Contains(said(), "The intake says Spanish. This sheet is in English") {
		t.Errorf("said %q", said())
	}
	m.made.sheet.Unreviewed = true
	if !strings.Contains(said(), "No certified translator") {
		t.Errorf("said %q", said())
	}
	f.chart.Intake = nil
	if m = opened(t, f, press, t.TempDir()); m.made.order.Language != "en" {
		t.Errorf("without an intake %q", m.made.order.Language)
	}
}

func TestSaveMakesOneRecordAndOneFile(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	m := opened(t, f, press, dir)
	for i := range 2 {
		x := m.run(context.Background(), m.save())
		if x.err != nil || x.record == nil || x.again != (i == 1) {
			t.Fatalf("save %d: %+v", i+1, x)
		}
		if want := filepath.Join(dir, "home-program-000217-3-2026-11-22.pdf"); x.path != want {
			t.Errorf("path %s, want %s", x.path, want)
		}
		got, err := os.ReadFile(x.path)
		if err != nil || string(got) != string(f.kept[x.record.ID].PDF) {
			t.Errorf("the file differs from the record: %v", err)
		}
		if _, err := m.load(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.kept) != 1 || len(files(t, dir)) != 1 {
		t.Errorf("%d records, files %v", len(f.kept), files(t, dir))
	}
}

func TestNoRecordWhenTheFileCannotBeWritten(t *testing.T) {
	f := newFake()
	m := opened(t, f, press, filepath.Join(t.TempDir(), "no such folder"))
	x := m.run(context.Background(), m.save())
	if x.err == nil || len(f.kept) != 0 {
		t.Fatalf("%d records, %v", len(f.kept), x.err)
	}
	if why := x.why(); !strings.Contains(why, "nothing was recorded") || !strings.Contains(why, "no folder with this path") {
		t.Errorf("said %q", why)
	}
	for _, folder := range []string{"", "Documents"} {
		m.folder = folder
		if x := m.run(context.Background(), m.save()); x.folderProblem() == "" || len(f.kept) != 0 {
			t.Errorf("folder %q: %v, %d records", folder, x.err, len(f.kept))
		}
	}
}

func TestNoFileWhenTheRecordIsRefused(t *testing.T) {
	for _, err := range []error{domain.ErrStorageFull,
		domain.NotAllowed(domain.Problem{Text: "The screen holds training until a referral is answered."})} {
		f, dir := newFake(), t.TempDir()
		m := opened(t, f, press, dir)
		f.issueErr = err
		x := m.run(context.Background(), m.save())
		if x.err == nil || x.record != nil || len(files(t, dir)) != 0 {
			t.Errorf("%v: %+v, files %v", err, x, files(t, dir))
		}
		if x.why() == "" || x.folderProblem() != "" {
			t.Errorf("said %q, of the folder %q", x.why(), x.folderProblem())
		}
	}
}

// TestTheStickIsPulledOut loses the folder after the record was made: the
// record is named, and the next save writes its bytes without a second record.
func TestTheStickIsPulledOut(t *testing.T) {
	f, root := newFake(), t.TempDir()
	stick := filepath.Join(root, "stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	m := opened(t, f, press, stick)
	f.between = func() {
		if err := os.RemoveAll(stick); err != nil {
			t.Error(err)
		}
	}
	x := m.run(context.Background(), m.save())
	if x.err == nil || x.record == nil || !strings.Contains(x.why(), "The handout is in the chart, but its file was not saved") {
		t.Fatalf("%+v says %q", x, x.why())
	}
	m.unsaved, m.folder = x.record, root
	x = m.run(context.Background(), m.save())
	if x.err != nil || !x.again || len(f.kept) != 1 {
		t.Fatalf("second save %+v, %d records", x, len(f.kept))
	}
	if got, err := os.ReadFile(x.path); err != nil || string(got) != string(f.kept[x.record.ID].PDF) {
		t.Errorf("the bytes differ: %v", err)
	}
}

func TestSaveAgainIsByteIdentical(t *testing.T) {
	f, dir := newFake(), t.TempDir()
	m := opened(t, f, press, dir)
	first := m.run(context.Background(), m.save())
	newer := f.plans[0]
	newer.ID, newer.Version = "plan-2", 4
	f.plans = append(f.plans, newer)
	f.chart.Plan = &newer
	if _, err := m.load(context.Background()); err != nil {
		t.Fatal(err)
	}
	rows := m.given()
	if len(rows) != 1 || !rows[0].replaced || rows[0].version != 3 {
		t.Fatalf("rows %+v", rows)
	}
	m.folder = t.TempDir()
	x := m.runAgain(context.Background(), m.saveAgain(rows[0]))
	if x.err != nil || filepath.Base(x.path) != filepath.Base(first.path) {
		t.Fatalf("%+v", x)
	}
	got, err := os.ReadFile(x.path)
	if want, _ := os.ReadFile(first.path); err != nil || string(got) != string(want) || len(f.kept) != 1 {
		t.Errorf("%q is not %q, %d records", got, want, len(f.kept))
	}
}

func TestASheetOfYesterdayIsNotGivenOut(t *testing.T) {
	f := newFake()
	m := opened(t, f, press, t.TempDir())
	order := m.save()
	f.today = today.AddDays(1)
	if x := m.run(context.Background(), order); x.err == nil || len(f.kept) != 0 || !strings.Contains(x.why(), "The day has changed") {
		t.Errorf("%+v", x)
	}
	if fresh, err := m.load(context.Background()); err != nil || fresh {
		t.Errorf("the sheet of yesterday counts as today's: %v, %v", fresh, err)
	}
}

func TestALateSheetIsDropped(t *testing.T) {
	f := newFake()
	m := opened(t, f, press, t.TempDir())
	order, _ := m.order()
	late := m.make(context.Background(), order)
	newer := f.plans[0]
	newer.ID = "plan-2"
	f.chart.Plan = &newer
	if _, err := m.load(context.Background()); err != nil {
		t.Fatal(err)
	}
	if m.take(late) {
		t.Error("the sheet of the old plan is shown for the new one")
	}
}

func TestWhereARefusalLeads(t *testing.T) {
	for _, c := range []struct {
		outcome screen.Outcome
		next    string
		want    string
	}{
		{screen.Ready, clinic.SectionPlan, clinic.SectionPlan},
		{screen.NotReady, clinic.SectionScreen, clinic.SectionScreen},
		{screen.Emergency, clinic.SectionScreen, clinic.SectionScreen},
		{screen.HoldRefer, clinic.SectionScreen, clinic.SectionScreen},
		{screen.Retest, clinic.SectionScreen, clinic.SectionScreen},
	} {
		f := newFake()
		f.chart.Decision.Outcome, f.chart.Next.Section = c.outcome, c.next
		if got := opened(t, f, press, "").wayOut(); got != c.want {
			t.Errorf("%s leads to %s, want %s", c.outcome, got, c.want)
		}
	}
}

func TestStatus(t *testing.T) {
	f := newFake()
	m := newModel(f, press, f.chart, "")
	if m.status() != "ready" {
		t.Errorf("before the section is shown %q", m.status())
	}
	if got := opened(t, f, press, "").status(); got != "ready" {
		t.Errorf("with a signed plan %q", got)
	}
	f.chart.Plan = nil
	if got := opened(t, f, press, "").status(); got != "no plan yet" {
		t.Errorf("without a plan %q", got)
	}
}
