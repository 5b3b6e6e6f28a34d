package clinic

import (
	"context"
	"fmt"
	"slices"

	"backtobar/domain"
	"backtobar/domain/measure"
	"backtobar/domain/patient"
	"backtobar/domain/screen"
)

// This file is where a screen and the measurements meet. A value that is on a
// screen is typed once: signing keeps it as a measurement, too, and the next
// screen takes it from there while it is young enough.

// Taken says of one answer of a screen what the case cannot: its day and how it
// was scored.
type Taken struct {
	// Path is the answer in the case, such as "disability.odi_percent".
	Path string
	// On is its day; zero is the day that the case's age gives.
	On domain.Date
	// Records are what a calculator made, the answer's own first. They count
	// while that one has the answer's value.
	Records []measure.Record
}

// The measures that the screen asks for, by their ids in the catalogue.
const (
	idSystolic      = "systolic"
	idDiastolic     = "diastolic"
	idNPRS          = "nprs_7day"
	idVAS           = "vas"
	idODI           = "odi"
	idRMDQ          = "rmdq"
	idSorensen      = "biering_sorensen"
	idBridgeReps    = "bridge_reps"
	idBridgeHold    = "bridge_hold"
	idMMT           = "mmt"
	idHinge         = "hinge_contacts"
	idTSK           = "tsk11"
	idStartTotal    = "start_back_total"
	idStartDistress = "start_back_distress"
)

// protocolTyped is the protocol of a pressure that was typed as one number.
const protocolTyped = "seated_as_entered"

// bridges are the tests of the screen and their measures.
var bridges = []struct{ test, id string }{
	{"bridge_reps", idBridgeReps}, {"bridge_hold_seconds", idBridgeHold},
}

// answered is one measured answer of a case.
type answered struct {
	path string
	age  int
	measure.Record
}

// measuredIn returns the measured answers of a case, without day, name and
// language.
func measuredIn(c screen.Case) ([]answered, error) {
	var out []answered
	add := func(path, id string, age int, v *domain.Decimal) {
		if v != nil {
			value := *v
			out = append(out, answered{path, age, measure.Record{Measure: id, Status: measure.Measured, Value: &value}})
		}
	}
	whole := func(path, id string, age int, n *int) {
		if n != nil {
			v := domain.NewDecimal(*n)
			add(path, id, age, &v)
		}
	}
	age := c.AgeDays
	if v := c.Vitals; v != nil {
		add("vitals.systolic_mmhg", idSystolic, age.Vitals, v.SystolicMmHg)
		add("vitals.diastolic_mmhg", idDiastolic, age.Vitals, v.DiastolicMmHg)
		for i := range out {
			out[i].Protocol = protocolTyped
		}
	}
	if v := c.Pain; v != nil {
		add("pain.nprs_7day", idNPRS, age.Pain, v.NPRS7Day)
		add("pain.vas_mm", idVAS, age.Pain, v.VASMm)
	}
	if v := c.Disability; v != nil {
		add("disability.odi_percent", idODI, age.Disability, v.ODIPercent)
		whole("disability.rmdq", idRMDQ, age.Disability, v.RMDQ)
	}
	if v := c.BieringSorensen; v != nil && (v.Seconds != nil || v.Status != "") {
		path := "biering_sorensen.seconds"
		if v.Seconds == nil {
			path = "biering_sorensen.status"
		}
		score, err := measure.Sorensen(measure.Hold{Seconds: v.Seconds, Status: measure.Status(v.Status)})
		if err != nil {
			return nil, err
		}
		a := answered{path, age.BieringSorensen, measure.Record{Measure: idSorensen}}
		a.Put(score)
		out = append(out, a)
	}
	if v := c.HipExtension; v != nil {
		for _, b := range bridges {
			if v.Test == b.test {
				add("hip_extension.left", b.id, age.HipExtension, v.Left)
				add("hip_extension.right", b.id, age.HipExtension, v.Right)
			}
		}
		add("hip_extension.mmt_left", idMMT, age.HipExtension, v.MMTLeft)
		add("hip_extension.mmt_right", idMMT, age.HipExtension, v.MMTRight)
	}
	for i := range out {
		switch out[i].path {
		case "hip_extension.left", "hip_extension.mmt_left":
			out[i].Side = measure.Left
		case "hip_extension.right", "hip_extension.mmt_right":
			out[i].Side = measure.Right
		}
	}
	if v := c.DowelHinge; v != nil && v.Reps != nil && v.RepsWithContact != nil {
		r, err := measure.HingeRecord(measure.Hinge{Reps: v.Reps, Kept: v.RepsWithContact, Depth: v.Depth, Pain: v.Pain})
		if err != nil {
			return nil, err
		}
		out = append(out, answered{"dowel_hinge.reps_with_contact", age.DowelHinge, r})
	}
	whole("tsk11", idTSK, 0, c.TSK11)
	if v := c.StartBack; v != nil {
		whole("start_back.total", idStartTotal, 0, v.Total)
		whole("start_back.distress", idStartDistress, 0, v.Distress)
	}
	return out, nil
}

// complete gives the measured answers of a screen their day, protocol and
// language, and puts in what calculators made.
func (s *Service) complete(in []answered, language string, today domain.Date, taken []Taken) []answered {
	var out []answered
	for _, a := range in {
		m, known := s.measures.Measure(a.Measure)
		if !known {
			continue
		}
		a.Date = today.AddDays(-a.age)
		how := takenAt(taken, a.path)
		if !how.On.IsZero() {
			a.Date = how.On
		}
		if a.Protocol == "" {
			a.Protocol = m.Protocols[0]
		}
		if m.Form {
			a.Language = language
		}
		for _, r := range scoredAs(a.Record, how.Records) {
			out = append(out, answered{path: a.path, Record: r})
		}
	}
	for _, t := range taken {
		if slices.ContainsFunc(in, func(a answered) bool { return a.path == t.Path }) {
			continue
		}
		// The answer is no measure itself, such as that a leg raise hurts; its
		// records stand for themselves.
		for _, r := range t.Records {
			if r.Date = t.On; t.On.IsZero() {
				r.Date = today
			}
			out = append(out, answered{path: t.Path, Record: r})
		}
	}
	return out
}

// takenAt is what is said of the answer at the path.
func takenAt(taken []Taken, path string) Taken {
	for _, t := range taken {
		if t.Path == path {
			return t
		}
	}
	return Taken{}
}

// scoredAs returns what the calculator made when it still holds: the answer
// itself was not typed over. Else the answer alone.
func scoredAs(answer measure.Record, scored []measure.Record) []measure.Record {
	if len(scored) == 0 || scored[0].Measure != answer.Measure || scored[0].Side != answer.Side ||
		scored[0].Value == nil || answer.Value == nil || scored[0].Value.Cmp(*answer.Value) != 0 {
		return []measure.Record{answer}
	}
	var out []measure.Record
	for _, r := range scored {
		r.Date = answer.Date
		if r.Language == "" {
			r.Language = answer.Language
		}
		out = append(out, r)
	}
	return out
}

// formLanguage is the language of the questionnaires when nobody says: that of
// the newest intake, else English.
func formLanguage(tx Tx, id domain.PatientID) (string, error) {
	in, found, err := latest(tx.Intakes().Latest(id))
	if err != nil || !found {
		return "en", err
	}
	return in.Language, nil
}

// keepMeasured keeps what a signed screen measured, with the signature, but for
// what is in force already. Problems name the answer of the screen.
func (s *Service) keepMeasured(ctx context.Context, tx Tx, p patient.Patient, signed SignedScreen, taken []Taken) error {
	in, err := measuredIn(signed.Answers)
	if err != nil {
		return err
	}
	language, err := formLanguage(tx, p.ID)
	if err != nil {
		return err
	}
	all, err := tx.Measures().All(p.ID)
	if err != nil {
		return err
	}
	for _, a := range s.complete(in, language, signed.TakenOn, taken) {
		if here(inForce(all), a.Record) {
			continue
		}
		m := Measurement{PatientID: p.ID, ScreenID: signed.ID, Record: s.signedBy(a.Record, signed.Signature.By)}
		if err := s.checkMeasurement(m.Record, p, signed.TakenOn); err != nil {
			return at(a.path, err)
		}
		if m, err = s.appendMeasurement(ctx, tx, all, m); err != nil {
			return err
		}
		all = append(all, m)
	}
	return nil
}

// at puts problems beside the answer at the path; other errors stay as they are.
func at(path string, err error) error {
	found := Reasons(err)
	if found == nil {
		return err
	}
	var out domain.Problems
	for _, x := range found {
		out.Add(path, x.Text)
	}
	return out
}

// Fed is an answer of a screen that the records already have.
type Fed struct {
	// Path is the answer in the case, and Text the answer as it is typed there.
	Path, Text string
	// On is the day of the measurement, and Days how long ago that is.
	On   domain.Date
	Days int
	// Valid: it is not older than its re-test interval, so the screen may count
	// it without asking again.
	Valid bool
}

// MeasuredAnswers returns the newest measured answers for a new screen, also
// those that are too old to count: the disability score, the hold, the hip test,
// the hinge, the pain and the optional scores. Blood pressure is never valid
// here, because a safety value is taken anew for every screen.
func (s *Service) MeasuredAnswers(ctx context.Context, id domain.PatientID) ([]Fed, error) {
	return view(ctx, s, func(tx Tx) ([]Fed, error) {
		_, all, err := measurementsOf(tx, id)
		if err != nil {
			return nil, fmt.Errorf("read the measures: %w", err)
		}
		r, err := s.rules.in(tx)
		if err != nil {
			return nil, err
		}
		return s.feed(r, inForce(all), domain.DateOf(tx.Now())), nil
	})
}

// simpleFeeds are the answers that are one value, with the re-test interval of
// the rules; the catalogue has the others.
var simpleFeeds = []struct{ path, id, item string }{
	{"pain.nprs_7day", idNPRS, "pain"}, {"pain.vas_mm", idVAS, "pain"},
	{"disability.odi_percent", idODI, "disability"}, {"disability.rmdq", idRMDQ, "disability"},
	{"tsk11", idTSK, ""},
	{"start_back.total", idStartTotal, ""}, {"start_back.distress", idStartDistress, ""},
	{"vitals.systolic_mmhg", idSystolic, ""}, {"vitals.diastolic_mmhg", idDiastolic, ""},
}

func (s *Service) feed(rules *screen.Rules, counting []Measurement, today domain.Date) []Fed {
	var out []Fed
	add := func(path, text string, r measure.Record, item string) {
		if text == "" {
			return
		}
		days := max(0, r.Date.DaysUntil(today))
		longest := rules.MaxAgeDays[item]
		if m, ok := s.measures.Measure(r.Measure); ok && item == "" {
			longest = m.RetestDays
		}
		valid := days <= longest && (item != "" || longest > 0)
		out = append(out, Fed{Path: path, Text: text, On: r.Date, Days: days, Valid: valid})
	}
	for _, f := range simpleFeeds {
		if r, ok := newestOf(counting, f.id, measure.NoSide); ok {
			add(f.path, valueText(r), r, f.item)
		}
	}
	if r, ok := newestOf(counting, idSorensen, measure.NoSide); ok {
		if r.Value != nil {
			add("biering_sorensen.seconds", valueText(r), r, "biering_sorensen")
		} else {
			add("biering_sorensen.status", string(r.Status), r, "biering_sorensen")
		}
	}
	s.feedHip(counting, add)
	if r, ok := newestOf(counting, idHinge, measure.NoSide); ok {
		for _, name := range measure.HingeEntries {
			add("dowel_hinge."+name, r.Entry(name), r, "dowel_hinge")
		}
	}
	return out
}

// feedHip gives the hip test that was taken last on both sides, and the muscle
// grades.
func (s *Service) feedHip(counting []Measurement, add func(path, text string, r measure.Record, item string)) {
	const item = "hip_extension"
	test := ""
	var left, right measure.Record
	for _, b := range bridges {
		l, okLeft := newestOf(counting, b.id, measure.Left)
		r, okRight := newestOf(counting, b.id, measure.Right)
		if okLeft && okRight && (test == "" || earlier(left, right).Before(earlier(l, r))) {
			test, left, right = b.test, l, r
		}
	}
	mmtLeft, okLeft := newestOf(counting, idMMT, measure.Left)
	mmtRight, okRight := newestOf(counting, idMMT, measure.Right)
	if test == "" && okLeft && okRight {
		test = "manual_muscle_test"
		add("hip_extension.test", test, mmtLeft, item)
	} else if test != "" {
		older := left
		if right.Date.Before(left.Date) {
			older = right
		}
		add("hip_extension.test", test, older, item)
		add("hip_extension.left", valueText(left), left, item)
		add("hip_extension.right", valueText(right), right, item)
	}
	if test == "" {
		return
	}
	if okLeft {
		add("hip_extension.mmt_left", valueText(mmtLeft), mmtLeft, item)
	}
	if okRight {
		add("hip_extension.mmt_right", valueText(mmtRight), mmtRight, item)
	}
}

func earlier(a, b measure.Record) domain.Date {
	if a.Date.Before(b.Date) {
		return a.Date
	}
	return b.Date
}

// newestOf returns the newest record of a measure that says something: a test
// that was left out does not hide the one before it, one that pain stopped does.
func newestOf(counting []Measurement, id string, side measure.Side) (out measure.Record, ok bool) {
	for _, m := range counting {
		r := m.Record
		if r.Measure == id && r.Side == side && r.Status != measure.NotDone && r.Status != measure.NotScored {
			out, ok = r, true
		}
	}
	return out, ok
}

func valueText(r measure.Record) string {
	if r.Value == nil {
		return ""
	}
	return r.Value.String()
}
