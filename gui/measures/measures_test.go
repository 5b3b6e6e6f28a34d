package measures

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
	"backtobar/domain/store/memory"
	"backtobar/gui/guitest"
	"backtobar/gui/kit"
	"backtobar/gui/page"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// desk is a clinic on real use cases with one patient.
type desk struct {
	*clinic.Service
	t       *testing.T
	host    *guitest.Host
	ctx     context.Context
	patient patient.Patient
	broken  error
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	catalog, err := measure.Load(assets.Measures)
	if err != nil {
		t.Fatal(err)
	}
	c := domain.FixedClock(noon)
	d := &desk{t: t, host: guitest.NewHost(), Service: clinic.New(clinic.Params{Store: memory.New(c), Clock: c, Measures: catalog})}
	d.ctx = domain.WithActor(context.Background(), d.host.Who)
	born, _ := domain.NewDate(1986, 3, 14)
	d.patient, err = d.AddPatient(d.ctx, patient.Patient{LastName: "Alvarez", FirstName: "Mario", BirthDate: born, Sex: patient.Male, Phone: "9545550142"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) Measures(ctx context.Context, id domain.PatientID) ([]clinic.MeasureHistory, error) {
	if d.broken != nil {
		return nil, d.broken
	}
	return d.Service.Measures(ctx, id)
}

// keep records a value of so many days ago.
func (d *desk) keep(id string, side measure.Side, value string, ago int) {
	d.t.Helper()
	m, _ := d.MeasureCatalog().Measure(id)
	v := domain.MustDecimal(value)
	r := measure.Record{Measure: id, Side: side, Status: measure.Measured, Value: &v, Date: d.Today().AddDays(-ago), Protocol: m.Protocols[0]}
	if _, err := d.RecordMeasures(d.ctx, d.patient.ID, "", r); err != nil {
		d.t.Fatal(err)
	}
}

// months is a patient with a history.
func (d *desk) months() {
	for ago, v := range map[int]string{63: "52", 42: "48", 21: "34", 3: "30"} {
		d.keep("odi", "", v, ago)
	}
	for ago, v := range map[int]string{42: "38", 35: "44", 3: "85"} {
		d.keep("biering_sorensen", "", v, ago)
	}
	d.keep("bridge_reps", measure.Left, "14", 3)
	d.keep("bridge_reps", measure.Right, "10", 3)
	d.keep("nprs_7day", "", "6", 42)
	d.keep("nprs_7day", "", "5.5", 21)
	d.keep("nprs_7day", "", "3", 3)
	d.keep("tsk11", "", "33", 42)
}

var (
	wide   = fyne.NewSize(1198, 560)
	narrow = fyne.NewSize(968, 480)
)

func (d *desk) open(size fyne.Size) (*guitest.Window, *Section) {
	d.t.Helper()
	var s *Section
	w := d.host.Open(d.t, size, func() page.View {
		s = New(d, d.host, clinic.Chart{Patient: d.patient})
		return s
	})
	if f := s.FirstFocus(); f != nil {
		w.Canvas().Focus(f)
	}
	return w, s
}

func TestPictures(t *testing.T) {
	d := newDesk(t)
	w, _ := d.open(wide)
	w.Golden("nothing")
	d.months()
	w, _ = d.open(wide)
	w.Press(fyne.KeyDown)
	w.Golden("wide")
	w, _ = d.open(narrow)
	w.Press(fyne.KeyDown)
	w.Golden("narrow")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Golden("choose")
}

// TestRowsSayWhatChanged: the newest value, its day and whether it is real.
func TestRowsSayWhatChanged(t *testing.T) {
	d := newDesk(t)
	d.months()
	_, s := d.open(wide)
	var got [][4]string
	for _, h := range s.model.histories {
		got = append(got, row(h))
	}
	want := [][4]string{
		{"Average pain in 7 days (NPRS)", "3.0 points, mild", "Nov 19, 2026", "2.5 lower: real, better"},
		{"Oswestry Disability Index", "30.0 percent, moderate", "Nov 19, 2026", "4 lower: within error"},
		{"Tampa Scale of Kinesiophobia, 11 items", "33 points, raised", "Oct 11, 2026", ""},
		{"Back extensor hold (Biering-Sørensen)", "85 seconds, medium", "Nov 19, 2026", "41 higher: real, better"},
		{"Single-leg bridge, repeats, left", "14 repeats", "Nov 19, 2026", ""},
		{"Single-leg bridge, repeats, right", "10 repeats", "Nov 19, 2026", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if s.Status() != "6 measures" {
		t.Errorf("status %q", s.Status())
	}
	h := s.model.histories[1]
	tr := s.trend(h)
	if len(tr.Points) != 4 || tr.Points[0].Value != 52 || tr.Points[3].Value != 30 || tr.Low != 0 || tr.High != 100 ||
		tr.Words != "A change of 12 or more is likely real (MDC)." {
		t.Errorf("trend %+v", tr)
	}
	if low, high := rangeOf(s.model.histories[4]); low != 0 || high < 16 || high > 20 {
		t.Errorf("the range of a bridge is %v to %v", low, high)
	}
}

// TestKeysReachAll: both lists, the text, and the words of each measurement.
func TestKeysReachAll(t *testing.T) {
	d := newDesk(t)
	d.months()
	w, s := d.open(wide)
	if got := w.TabOrder(); !slices.Equal(got, []string{"Measures", "Measurements", "About this measurement"}) {
		t.Errorf("Tab goes to %q", got)
	}
	w.Canvas().Focus(s.list)
	w.Press(fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown)
	if w.Focused() != "Measurements" || s.model.line != 1 || s.plot == nil {
		t.Errorf("the keyboard is on %q, line %d", w.Focused(), s.model.line)
	}
	text := strings.Join(s.model.about(), " ")
	for _, part := range []string{"14 percent lower. A real change: 12 percent or more (MDC, clinic default", "Large enough to matter",
		"Measured by R. Castello, version 2.1a, language en", "must not be mixed"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %q", part, text)
		}
	}
	w.Canvas().Focus(s.list)
	w.Press(fyne.KeyEnd)
	if text := strings.Join(s.model.about(), " "); !strings.Contains(text, "The right side is 29 percent lower.") {
		t.Errorf("the sides: %q", text)
	}
}

// TestRecordCorrectWithdraw by keys alone.
func TestRecordCorrectWithdraw(t *testing.T) {
	d := newDesk(t)
	w, s := d.open(wide)
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	w.Type("f") // FABQ is the first with F
	w.Press(fyne.KeyReturn)
	if !strings.HasPrefix(w.Focused(), "Item 1") {
		t.Fatalf("the keyboard is on %q", w.Focused())
	}
	w.Type("0453300000000000")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if got := s.model.histories; len(got) != 2 || got[0].Lines[0].Shown != "15 points" || got[0].Lines[0].Record.Language != "en" {
		t.Fatalf("kept %+v", got)
	}
	if w.Focused() != "Measures" || s.model.at != 0 {
		t.Errorf("the keyboard is on %q, measure %d", w.Focused(), s.model.at)
	}
	w.Press(fyne.KeyReturn, fyne.KeyReturn)
	if w.Focused() != "Value" {
		t.Fatalf("to correct, the keyboard is on %q", w.Focused())
	}
	w.Type("16")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if w.Focused() != "Why it is corrected" {
		t.Fatalf("without a reason the keyboard is on %q", w.Focused())
	}
	w.Type("added wrongly")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	h, _ := s.model.history()
	if len(h.Lines) != 2 || valueWords(h.Lines[0]) != "16 points, high" || valueWords(h.Lines[1]) != "15 points, replaced" || h.Lines[0].Note != "added wrongly" {
		t.Fatalf("after the correction %+v", h.Lines)
	}
	var withdraw func()
	for _, a := range s.More() {
		if a.Text == "Withdraw" {
			withdraw = a.Do
		}
	}
	withdraw()
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !d.host.Router().SheetOpen() {
		t.Fatal("withdrawn without a reason")
	}
	w.Type("not this patient")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	h, _ = s.model.history()
	if len(h.Lines) != 3 || row(h)[1] != "withdrawn" || d.host.Router().SheetOpen() {
		t.Errorf("after the withdrawal %+v", row(h))
	}
	if len(s.More()) != 0 {
		t.Error("what is replaced can be corrected again")
	}
	if said := d.host.Said; said[len(said)-1] != "Measure withdrawn" {
		t.Errorf("said %q", said)
	}
}

// TestARefusalStaysInTheSheet with its sentence, and a broken store in a notice.
func TestARefusalStaysInTheSheet(t *testing.T) {
	d := newDesk(t)
	d.keep("vas", "", "40", 0)
	w, s := d.open(wide)
	calc, _ := d.MeasureCatalog().Calculator("ready_vas")
	s.record(calc)
	w.Type("40")
	w.Shortcut(kit.Ctrl(fyne.KeyReturn))
	if !d.host.Router().SheetOpen() || len(s.model.histories[0].Lines) != 1 {
		t.Error("the same value of the same day was kept twice")
	}
	w.Press(fyne.KeyEscape)
	d.broken = domain.ErrDamaged
	s.Refresh()
	if n := d.host.Notices; len(n) != 1 || len(s.model.histories) != 1 {
		t.Errorf("notices %q", n)
	}
}

func TestChangeWords(t *testing.T) {
	for _, c := range []struct {
		verdict measure.Verdict
		diff    string
		least   bool
		want    string
	}{
		{measure.NotComparable, "0", false, "not comparable"}, {measure.WithinError, "0", false, "no change"},
		{measure.Worse, "12.5", false, "12.5 higher: real, worse"}, {measure.NotJudged, "-3", false, "3 lower: not judged"},
		{measure.Improved, "160", true, "at least 160 higher: real, better"}, {measure.WithinError, "-0.333333", false, "0.33 lower: within error"},
		{measure.Improved, "100", false, "100 higher: real, better"},
	} {
		l := clinic.MeasureLine{Change: &measure.Comparison{Verdict: c.verdict, Difference: domain.MustDecimal(c.diff), AtLeast: c.least}}
		if got := changeWords(l); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.verdict, c.diff, got, c.want)
		}
	}
}
