// Package measures is the Summary section of a chart: every measure of the
// patient with its newest value, and for the chosen one its history, whether it
// changed for real, and its trend. New measurements are entered here when they
// do not belong to a screen; a mistake is corrected by a new one.
package measures

import (
	"context"
	"fmt"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
	"backtobar/gui/score"
)

// Service is what the section asks of the clinic.
type Service interface {
	Today() domain.Date
	MeasureCatalog() *measure.Catalog
	Measures(ctx context.Context, id domain.PatientID) ([]clinic.MeasureHistory, error)
	RecordMeasures(ctx context.Context, id domain.PatientID, note string, records ...measure.Record) ([]clinic.Measurement, error)
	CorrectMeasure(ctx context.Context, id domain.PatientID, old domain.MeasurementID, why string, r measure.Record) (clinic.Measurement, error)
	WithdrawMeasure(ctx context.Context, id domain.PatientID, old domain.MeasurementID, why string) (clinic.Measurement, error)
}

// model is the section without its window.
type model struct {
	histories []clinic.MeasureHistory
	// at is the chosen measure, line the chosen measurement of it.
	at, line int
}

// put takes new histories over and keeps the choice where it still is.
func (m *model) put(list []clinic.MeasureHistory) {
	was := m.key(m.at)
	m.histories = list
	m.at, m.line = 0, 0
	for i := range list {
		if m.key(i) == was {
			m.at = i
		}
	}
}

// key names a history: its measure and side.
func (m *model) key(i int) string {
	if i < 0 || i >= len(m.histories) {
		return ""
	}
	return m.histories[i].Measure.ID + " " + string(m.histories[i].Side)
}

// show chooses the history of a record.
func (m *model) show(r measure.Record) {
	for i := range m.histories {
		if m.key(i) == r.Measure+" "+string(r.Side) {
			m.at, m.line = i, 0
		}
	}
}

// history is the chosen one; false when there is none.
func (m *model) history() (clinic.MeasureHistory, bool) {
	if m.at < 0 || m.at >= len(m.histories) {
		return clinic.MeasureHistory{}, false
	}
	return m.histories[m.at], true
}

// chosen is the chosen measurement; false when there is none.
func (m *model) chosen() (clinic.MeasureLine, bool) {
	h, ok := m.history()
	if !ok || m.line < 0 || m.line >= len(h.Lines) {
		return clinic.MeasureLine{}, false
	}
	return h.Lines[m.line], true
}

// status is the word on the rail.
func (m *model) status() string {
	switch n := len(m.histories); n {
	case 0:
		return "no measures"
	case 1:
		return "1 measure"
	default:
		return fmt.Sprintf("%d measures", n)
	}
}

// title is a measure with its side.
func title(h clinic.MeasureHistory) string {
	if h.Side == measure.NoSide {
		return h.Measure.Title
	}
	return h.Measure.Title + ", " + string(h.Side)
}

// newest is the newest measurement that counts; false when all are withdrawn.
func newest(h clinic.MeasureHistory) (clinic.MeasureLine, bool) {
	for _, l := range h.Lines {
		if !l.Replaced {
			return l, true
		}
	}
	return clinic.MeasureLine{}, false
}

// row is a line of the upper list: measure, newest value, day, change.
func row(h clinic.MeasureHistory) [4]string {
	l, ok := newest(h)
	if !ok {
		return [4]string{title(h), "withdrawn", "", ""}
	}
	return [4]string{title(h), valueWords(l), l.Record.Date.Short(), changeWords(l)}
}

// lineRow is a line of the lower list: day, value, change, who, note.
func lineRow(l clinic.MeasureLine) [5]string {
	return [5]string{l.Record.Date.Short(), valueWords(l), changeWords(l), l.Record.By, l.Note}
}

func valueWords(l clinic.MeasureLine) string {
	switch {
	case l.Withdrawn:
		return "withdrawn"
	case l.Replaced:
		return l.Shown + ", replaced"
	case l.Band != "":
		return l.Shown + ", " + l.Band
	}
	return l.Shown
}

// changeWords is a change since the measurement before in a few words.
func changeWords(l clinic.MeasureLine) string {
	c := l.Change
	if c == nil {
		return ""
	}
	if c.Verdict == measure.NotComparable {
		return "not comparable"
	}
	if c.Difference.Sign() == 0 {
		return "no change"
	}
	moved := "higher"
	if c.Difference.Sign() < 0 {
		moved = "lower"
	}
	amount := c.Difference.Abs().Rat().FloatString(2)
	amount = strings.TrimSuffix(strings.TrimRight(amount, "0"), ".") + " " + moved
	if c.AtLeast {
		amount = "at least " + amount
	}
	switch c.Verdict {
	case measure.Improved:
		return amount + ": real, better"
	case measure.Worse:
		return amount + ": real, worse"
	case measure.WithinError:
		return amount + ": within error"
	}
	return amount + ": not judged"
}

// about is what stands under the lower list: the change with its source, how it
// was measured, and how far the measure goes.
func (m *model) about() []string {
	h, ok := m.history()
	l, chosen := m.chosen()
	if !ok || !chosen {
		return nil
	}
	var out []string
	if l.Change != nil {
		out = append(out, l.Change.Text)
	}
	if h.Sides != "" && m.line == 0 {
		out = append(out, h.Sides)
	}
	how := "Measured by " + l.Record.By + ", " + measure.ProtocolWords(l.Record.Protocol)
	if l.Record.Language != "" {
		how += ", language " + l.Record.Language
	}
	if l.ScreenID != "" {
		how += ", signed with a screen"
	}
	out = append(out, how+". Entered by "+l.EnteredBy.Name+" on "+domain.DateOf(l.EnteredAt).Short()+".")
	if len(l.Record.Activities) > 0 {
		out = append(out, "Activities: "+strings.Join(l.Record.Activities, "; ")+".")
	}
	var entries []string
	for _, e := range l.Record.Entries {
		entries = append(entries, strings.ReplaceAll(e.Name, "_", " ")+" "+e.Value)
	}
	if len(entries) > 0 {
		out = append(out, "Entered: "+strings.Join(entries, ", ")+".")
	}
	if l.Note != "" {
		out = append(out, "Note: "+l.Note)
	}
	if h.Measure.Limit != "" {
		out = append(out, h.Measure.Limit)
	}
	return out
}

// real says which change counts, for the plot; "" when nobody has stated it.
func real(m measure.Measure, protocol string) string {
	for _, n := range m.Change {
		if n.Use == measure.UseReal && (n.Protocol == "" || n.Protocol == protocol) {
			return "A change of " + n.Value.String() + " or more is likely real (" + n.Kind + ")."
		}
	}
	return "No error of this test is stated."
}

// widest is the longest range that is drawn whole; a wider one begins at its
// lowest value and ends a little above the highest measured.
const widest = 240

// rangeOf is the range of a plot.
func rangeOf(h clinic.MeasureHistory) (low, high float64) {
	low, _ = h.Measure.Low.Rat().Float64()
	high, _ = h.Measure.High.Rat().Float64()
	if high-low <= widest {
		return low, high
	}
	top := low + 10
	for _, l := range h.Lines {
		if v, ok := value(l); ok && v*1.2 > top {
			top = v * 1.2
		}
	}
	return low, min(high, top)
}

func value(l clinic.MeasureLine) (float64, bool) {
	if l.Record.Value == nil || l.Replaced {
		return 0, false
	}
	v, _ := l.Record.Value.Rat().Float64()
	return v, true
}

// corrected is the old record with what a sheet says now.
func corrected(old measure.Record, r score.Result) measure.Record {
	out, scored := old, r.Records[0]
	out.Status, out.Value, out.Date, out.Entries, out.By = scored.Status, scored.Value, r.On, nil, ""
	out.Protocol = scored.Protocol
	if r.Language != "" && old.Language != "" {
		out.Language = r.Language
	}
	return out
}
