package measure

import (
	"fmt"
	"io/fs"
	"strings"

	"backtobar/domain"
	"backtobar/domain/strictjson"
)

// The directions of a measure.
const (
	LowerIsBetter  = "lower"
	HigherIsBetter = "higher"
	// NoDirection: a change is neither better nor worse by itself.
	NoDirection = ""
)

// The tags of a number.
const (
	// TagSource: the citation states the number, and was read.
	TagSource = "source"
	// TagSecondary: the citation is said to state it by a secondary page, and
	// was not read itself.
	TagSecondary = "secondary source"
	// TagDefault: no source states it, or nobody could read the source again;
	// it is the clinic's default.
	TagDefault = "clinic default"
)

// Band is a named part of a range. Exactly one of From and Above, and one of
// To and Below, is given.
type Band struct {
	// Name is the published name, for clinicians.
	Name string `json:"name"`
	// Plain is how a patient reads it; some published names are unkind.
	Plain string          `json:"plain"`
	From  *domain.Decimal `json:"from"`
	Above *domain.Decimal `json:"above"`
	To    *domain.Decimal `json:"to"`
	Below *domain.Decimal `json:"below"`
}

func (b Band) holds(v domain.Decimal) bool {
	switch {
	case b.From != nil && v.Cmp(*b.From) < 0, b.Above != nil && v.Cmp(*b.Above) <= 0,
		b.To != nil && v.Cmp(*b.To) > 0, b.Below != nil && v.Cmp(*b.Below) >= 0:
		return false
	}
	return true
}

// BandSet is the bands of a measure, for everyone or for one sex.
type BandSet struct {
	// Sex is female, male, or empty for everyone.
	Sex      string `json:"sex"`
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Bands from low to high, without a gap or an overlap.
	Bands []Band `json:"bands"`
}

// The uses of a number of change.
const (
	// UseReal: a change of this size or more is real.
	UseReal = "real"
	// UseImportant: an improvement of this size or more matters to patients.
	UseImportant = "important"
	// UseShown: shown beside the others and decides nothing.
	UseShown = "shown"
)

// Number is one published number on change.
type Number struct {
	// Kind is SEM, MDC90, MDC95, MDC, MIC or MCID.
	Kind  string         `json:"kind"`
	Value domain.Decimal `json:"value"`
	// Percent: the value is a percentage of the first measurement.
	Percent bool   `json:"percent"`
	Use     string `json:"use"`
	// Protocol limits the number to one protocol; empty is all of them.
	Protocol string `json:"protocol"`
	Tag      string `json:"tag"`
	Citation string `json:"citation"`
	// Note says how far the number goes, or is empty.
	Note string `json:"note"`
}

// Licence says whose the instrument is and what of it the program holds.
type Licence struct {
	Owner string `json:"owner"`
	// ItemText is "score only": the program holds no wording of the form, or
	// "own words": a protocol or a prompt written for this program.
	ItemText string `json:"item_text"`
	Note     string `json:"note"`
}

// The values of Licence.ItemText.
const (
	ScoreOnly = "score only"
	OwnWords  = "own words"
)

// Measure is one measure of the catalogue.
type Measure struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Unit  string `json:"unit"`
	// Low and High are the range of the value, both allowed.
	Low  domain.Decimal `json:"low"`
	High domain.Decimal `json:"high"`
	// Step is what every value is a multiple of; 0 for any value.
	Step domain.Decimal `json:"step"`
	// Decimals is how many are shown, 0 to 2.
	Decimals int    `json:"decimals"`
	Better   string `json:"better"`
	// Form: it is a questionnaire, so a record needs its language.
	Form bool `json:"form"`
	// Sides: it is taken on each side, so a record needs its side.
	Sides bool `json:"sides"`
	// Activities is how many of the patient's own activities a record may name,
	// 0 to 5; above 0 it must name at least one.
	Activities int `json:"activities"`
	// Capped: High is where the test is ended, not where the quality ends.
	Capped bool `json:"capped"`
	// RetestDays is for how many days a value counts on the screen where the
	// screening rules state no interval; 0 for no use without asking again.
	RetestDays int `json:"retest_days"`
	// Protocols are the names that Record.Protocol may have.
	Protocols []string `json:"protocols"`
	// Missing is the rule for missing answers, in words.
	Missing    string `json:"missing"`
	MissingTag string `json:"missing_tag"`
	// Scoring names the source of the scoring rule.
	Scoring  string    `json:"scoring"`
	Licence  Licence   `json:"licence"`
	BandSets []BandSet `json:"band_sets"`
	Change   []Number  `json:"change"`
	// Limit says how far the measure goes, or is empty.
	Limit string `json:"limit"`
}

// Shown writes a value with the measure's decimals, a half away from zero.
// Bands and limits always look at the value itself.
func (m Measure) Shown(v domain.Decimal) string { return v.Rat().FloatString(m.Decimals) }

// Words is the value of a record with its unit, "33.3 percent", or why it has
// none.
func (m Measure) Words(r Record) string {
	if r.Value == nil {
		return r.Status.words()
	}
	text, unit := m.Shown(*r.Value), m.Unit
	if text == "1" {
		unit = strings.TrimSuffix(unit, "s")
	}
	if r.Status == Capped {
		return text + " " + unit + " or more"
	}
	return text + " " + unit
}

// Band is the band of a value, given a patient's sex ("" when not known); false
// when the measure has none for it.
func (m Measure) Band(v domain.Decimal, sex string) (Band, bool) {
	for _, set := range m.BandSets {
		if set.Sex != "" && set.Sex != sex {
			continue
		}
		for _, b := range set.Bands {
			if b.holds(v) {
				return b, true
			}
		}
	}
	return Band{}, false
}

// numbers returns the numbers of that use that hold for the protocol.
func (m Measure) numbers(use, protocol string) (out []Number) {
	for _, n := range m.Change {
		if n.Use == use && (n.Protocol == "" || n.Protocol == protocol) {
			out = append(out, n)
		}
	}
	return out
}

// Catalog is the measures of one version. It is read-only after Load and safe
// to share.
type Catalog struct {
	Version  string      `json:"version"`
	Issued   domain.Date `json:"issued"`
	Measures []Measure   `json:"measures"`

	byID map[string]Measure
}

// Load reads measures/measures.json from the folder and checks it whole.
func Load(fsys fs.FS) (*Catalog, error) {
	b, err := fs.ReadFile(fsys, "measures/measures.json")
	if err != nil {
		return nil, fmt.Errorf("read the measures: %w", err)
	}
	return Parse(b)
}

// Parse is Load for the bytes of one file.
func Parse(b []byte) (*Catalog, error) {
	c := &Catalog{}
	if err := strictjson.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	if err := c.index().Err(); err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	return c, nil
}

// Measure returns the measure with that id.
func (c *Catalog) Measure(id string) (Measure, bool) {
	m, ok := c.byID[id]
	return m, ok
}

func (c *Catalog) index() (p domain.Problems) {
	if c.Version == "" || c.Issued.IsZero() {
		p.Add("version", "a version and its day of issue are required")
	}
	c.byID = map[string]Measure{}
	for i, m := range c.Measures {
		field := fmt.Sprintf("measures[%d]", i)
		if m.ID != "" {
			field = m.ID
		}
		if _, twice := c.byID[m.ID]; twice || m.ID == "" {
			p.Add(field, "needs an id of its own")
		}
		c.byID[m.ID] = m
		m.check(field, &p)
	}
	if len(c.Measures) == 0 {
		p.Add("measures", "must not be empty")
	}
	return p
}

func (m Measure) check(field string, p *domain.Problems) {
	if m.Title == "" || m.Unit == "" || m.Scoring == "" || len(m.Protocols) == 0 {
		p.Add(field, "needs a title, a unit, the source of its scoring and at least one protocol")
	}
	if m.Low.Cmp(m.High) >= 0 || m.Step.Sign() < 0 || m.Decimals < 0 || m.Decimals > 2 {
		p.Add(field, "needs low below high, a step of 0 or more, and 0 to 2 decimals")
	}
	if m.Activities < 0 || m.Activities > 5 {
		p.Add(field+".activities", "must be from 0 to 5")
	}
	if m.RetestDays < 0 || m.RetestDays > 365 {
		p.Add(field+".retest_days", "must be from 0 to 365")
	}
	if m.Better != LowerIsBetter && m.Better != HigherIsBetter && m.Better != NoDirection {
		p.Add(field+".better", "must be lower, higher or empty")
	}
	if m.Missing == "" || !knownTag(m.MissingTag) {
		p.Add(field+".missing", `needs the rule for missing answers and its tag, "source", "secondary source" or "clinic default"`)
	}
	if m.Licence.Owner == "" || m.Licence.Note == "" ||
		m.Licence.ItemText != ScoreOnly && m.Licence.ItemText != OwnWords {
		p.Add(field+".licence", `needs an owner, a note and item_text, "score only" or "own words"`)
	}
	for i, set := range m.BandSets {
		m.checkBands(fmt.Sprintf("%s.band_sets[%d]", field, i), set, p)
	}
	m.checkChange(field, p)
}

func (m Measure) checkBands(field string, set BandSet, p *domain.Problems) {
	if !tagged(set.Tag, set.Citation) {
		p.Add(field, `needs the tag "source", "secondary source" or "clinic default" and a citation`)
	}
	if set.Sex != "" && set.Sex != "female" && set.Sex != "male" || set.Sex == "" && len(m.BandSets) > 1 {
		p.Add(field+".sex", "must be female or male, or empty when it is the only set")
	}
	if len(set.Bands) == 0 {
		p.Add(field, "has no band")
		return
	}
	for i, b := range set.Bands {
		at := fmt.Sprintf("%s.bands[%d]", field, i)
		if b.Name == "" || b.Plain == "" || (b.From == nil) == (b.Above == nil) || (b.To == nil) == (b.Below == nil) {
			p.Add(at, "needs a name, plain words, one of from and above, and one of to and below")
			continue
		}
		if i == 0 {
			continue
		}
		before := set.Bands[i-1]
		if !same(before.To, b.Above) || !same(before.Below, b.From) {
			p.Add(at, "must begin where the band before it ends, without a gap or an overlap")
		}
	}
	first, last := set.Bands[0], set.Bands[len(set.Bands)-1]
	if !same(first.From, &m.Low) || !same(last.To, &m.High) {
		p.Add(field, "must reach from the lowest to the highest value")
	}
	for i, b := range set.Bands {
		low, high := either(b.From, b.Above), either(b.To, b.Below)
		if low == nil || high == nil {
			continue
		}
		if order := low.Cmp(*high); order > 0 || order == 0 && (b.From == nil || b.To == nil) {
			p.Add(fmt.Sprintf("%s.bands[%d]", field, i), "ends before it begins")
		}
	}
}

func either(a, b *domain.Decimal) *domain.Decimal {
	if a != nil {
		return a
	}
	return b
}

// same reports whether both are missing or both are the same number.
func same(a, b *domain.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Cmp(*b) == 0
}

func (m Measure) checkChange(field string, p *domain.Problems) {
	for i, n := range m.Change {
		at := fmt.Sprintf("%s.change[%d]", field, i)
		if !tagged(n.Tag, n.Citation) {
			p.Add(at, `needs the tag "source", "secondary source" or "clinic default" and a citation`)
		}
		if !oneOf(n.Kind, []string{"SEM", "MDC90", "MDC95", "MDC", "MIC", "MCID"}) {
			p.Add(at, "must be an SEM, MDC90, MDC95, MDC, MIC or MCID")
		}
		if n.Value.Sign() <= 0 || n.Percent && n.Value.Cmp(domain.NewDecimal(100)) > 0 ||
			!n.Percent && n.Value.Cmp(m.High.Sub(m.Low)) > 0 {
			p.Add(at, "must be above 0 and inside the range of the measure")
		}
		if n.Protocol != "" && !oneOf(n.Protocol, m.Protocols) {
			p.Add(at, "names a protocol that the measure does not have")
		}
		switch {
		case n.Use != UseReal && n.Use != UseImportant && n.Use != UseShown:
			p.Add(at, "must be used as real, important or shown")
		case n.Use == UseReal && (n.Percent || n.Kind == "SEM"):
			p.Add(at, "must be a number of the measure's own unit, and not an SEM, to call a change real")
		case n.Use != UseShown && m.Better == NoDirection:
			p.Add(at, "cannot judge a change of a measure that has no better direction")
		}
	}
	for _, protocol := range m.Protocols {
		if len(m.numbers(UseReal, protocol)) > 1 {
			p.Add(field+".change", "has two numbers that call a change real for one protocol")
		}
		if len(m.numbers(UseReal, protocol)) == 0 && len(m.numbers(UseImportant, protocol)) > 0 {
			p.Add(field+".change", "calls a change important without a number that calls it real")
		}
	}
}

func tagged(tag, citation string) bool {
	return knownTag(tag) && strings.TrimSpace(citation) != ""
}

func knownTag(tag string) bool { return tag == TagSource || tag == TagSecondary || tag == TagDefault }
