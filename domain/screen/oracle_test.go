package screen_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"backtobar/domain/screen"
)

// This file is a second statement of the rules: it reads the decision tables in
// testdata/rules, which a clinician can check by hand, and decides a case from
// them alone. It shares no number and no line with the engine. Where the two
// differ, one of them is wrong.

// value is an answer as the tables see it: a word or a number in millionths;
// the zero value is "not asked".
type value struct {
	text   string
	micro  int64
	number bool
}

func word(s string) value { return value{text: s} }

func yesNo(b bool) value {
	if b {
		return word("yes")
	}
	return word("no")
}

func numberOf(micro int64) value { return value{text: "#", micro: micro, number: true} }

// readValue reads a word or a plain number of at most six decimals.
func readValue(s string) value {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > 6 {
		return word(s)
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", 6-len(frac)), 10, 64)
	if err != nil {
		return word(s)
	}
	return value{text: s, micro: n, number: true}
}

// condition is one cell of a table.
type condition struct {
	any, absent, not bool
	word             string
	low, high        int64 // of a comparison, both ends included
	compares         bool
	either           []condition
}

const farthest = int64(1) << 62

func readCondition(cell string) condition {
	if alternatives := strings.Split(cell, "/"); len(alternatives) > 1 {
		c := condition{}
		for _, a := range alternatives {
			c.either = append(c.either, readCondition(a))
		}
		return c
	}
	if rest, ok := strings.CutPrefix(cell, "!"); ok {
		return condition{not: true, either: []condition{readCondition(rest)}}
	}
	between := func(low, high int64) condition { return condition{compares: true, low: low, high: high} }
	for _, op := range []string{"<=", ">=", "<", ">"} {
		if rest, ok := strings.CutPrefix(cell, op); ok {
			n := readValue(rest).micro
			return map[string]condition{"<=": between(-farthest, n), ">=": between(n, farthest),
				"<": between(-farthest, n-1), ">": between(n+1, farthest)}[op]
		}
	}
	if low, high, ok := strings.Cut(cell, ".."); ok {
		return between(readValue(low).micro, readValue(high).micro)
	}
	switch v := readValue(cell); {
	case cell == "*":
		return condition{any: true}
	case cell == "?":
		return condition{absent: true}
	case v.number:
		return between(v.micro, v.micro)
	}
	return condition{word: cell}
}

func (c condition) holds(v value) bool {
	if len(c.either) > 0 {
		for _, e := range c.either {
			if e.holds(v) {
				return !c.not
			}
		}
		return c.not
	}
	switch {
	case c.any:
		return true
	case c.absent:
		return v.text == ""
	case c.compares:
		return v.number && v.micro >= c.low && v.micro <= c.high
	}
	return v.text == c.word
}

// table is one decision table: columns of conditions and what follows.
type table struct {
	name  string
	first bool
	over  []string
	at    []int // where in the fields a column stands, -1 for what is worked out
	rows  []tableRow
}

type tableRow struct {
	when []condition
	then []string
}

// says returns what the rows that hold say of the answers.
func (t table) says(f *facts, get func(string) value, say func(string)) {
	var vs [8]value
	for i, name := range t.over {
		if at := t.at[i]; at >= 0 {
			vs[i] = f.v[at]
		} else {
			vs[i] = get(name)
		}
	}
	for _, row := range t.rows {
		holds := true
		for i, c := range row.when {
			if holds = c.holds(vs[i]); !holds {
				break
			}
		}
		if holds {
			for _, s := range row.then {
				say(s)
			}
			if t.first {
				return
			}
		}
	}
}

// sheet is one file: a list with a header, and tables.
type sheet struct {
	list   []map[string]string
	tables []table
}

func readSheet(name string) (sheet, error) {
	text, err := os.ReadFile("testdata/rules/" + name + ".tsv")
	if err != nil {
		return sheet{}, err
	}
	var s sheet
	var header []string
	open := false
	for n, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if title, ok := strings.CutPrefix(line, "== "); ok {
			title, mode, _ := strings.Cut(title, ": ")
			if mode != "first" && mode != "each" {
				return s, fmt.Errorf("%s.tsv:%d: mode %q", name, n+1, mode)
			}
			s.tables = append(s.tables, table{name: title, first: mode == "first"})
			header, open = nil, true
			continue
		}
		cells := strings.Split(line, "\t")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case header == nil:
			header = cells
			if open {
				if header[len(header)-1] != "then" {
					return s, fmt.Errorf("%s.tsv:%d: the last column must be then", name, n+1)
				}
				s.tables[len(s.tables)-1].over = header[:len(header)-1]
			}
		case len(cells) > len(header) || open && len(cells) < len(header)-1:
			return s, fmt.Errorf("%s.tsv:%d: %d cells under %d columns", name, n+1, len(cells), len(header))
		case open:
			t := &s.tables[len(s.tables)-1]
			row := tableRow{}
			for _, c := range cells[:len(t.over)] {
				row.when = append(row.when, readCondition(c))
			}
			if len(cells) == len(header) {
				row.then = strings.Fields(cells[len(cells)-1])
			}
			t.rows = append(t.rows, row)
		default:
			entry := map[string]string{}
			for i, c := range cells {
				entry[header[i]] = c
			}
			s.list = append(s.list, entry)
		}
	}
	return s, nil
}

// itemRow is one line of items.tsv.
type itemRow struct {
	name, part string
	needs      [][]string
	days       int64
	takenBy    []string
}

// oracle is the whole of testdata/rules.
type oracle struct {
	fields      []fieldSpec
	index       map[string]int // path -> place in fields
	flagsFrom   int            // the place of the first safety question
	flags       []map[string]string
	flagTable   table
	tables      []table
	impossible  table
	items       []itemRow
	clearances  []map[string]string
	worse       []map[string]string
	optional    []map[string]string
	clearanceAt map[string]int
}

var loadOracle = sync.OnceValues(func() (*oracle, error) {
	sheets := map[string]sheet{}
	for _, name := range strings.Fields("ranges flags safety readiness items worse clearances optional") {
		s, err := readSheet(name)
		if err != nil {
			return nil, err
		}
		sheets[name] = s
	}
	o := &oracle{index: map[string]int{}, clearanceAt: map[string]int{},
		flags: sheets["flags"].list, flagTable: sheets["flags"].tables[0],
		tables:     append(slices.Clone(sheets["safety"].tables), sheets["readiness"].tables...),
		impossible: sheets["ranges"].tables[0], clearances: sheets["clearances"].list,
		worse: sheets["worse"].list, optional: sheets["optional"].list}
	for _, e := range sheets["ranges"].list {
		o.fields = append(o.fields, newField(e["field"], e["kind"], e["low"], e["high"], e["words"]))
	}
	o.flagsFrom = len(o.fields)
	for _, e := range o.flags {
		o.fields = append(o.fields, newField("red_flags."+e["id"], "word", "", "", "yes no unknown"))
	}
	for i, f := range o.fields {
		o.index[f.path] = i
	}
	for _, t := range append([]*table{&o.flagTable, &o.impossible}, pointers(o.tables)...) {
		for _, name := range t.over {
			at, ok := o.index[name]
			if !ok {
				at = -1
			}
			t.at = append(t.at, at)
		}
	}
	for i, e := range o.clearances {
		o.clearanceAt[e["clearance"]] = i
	}
	for _, e := range sheets["items"].list {
		row := itemRow{name: e["item"], part: e["part"], takenBy: strings.Fields(e["taken by"])}
		for _, need := range strings.Fields(e["needs"]) {
			row.needs = append(row.needs, strings.Split(need, "/"))
		}
		if e["days"] != "" {
			row.days = readValue(e["days"]).micro
			if row.name == "red_flags" {
				row.takenBy = nil
				for _, flag := range o.flags {
					row.takenBy = append(row.takenBy, "red_flags."+flag["id"])
				}
			}
		}
		o.items = append(o.items, row)
	}
	return o, o.check()
})

func pointers(tables []table) (out []*table) {
	for i := range tables {
		out = append(out, &tables[i])
	}
	return out
}

// check fails on a column or a need that names nothing.
func (o *oracle) check() error {
	if len(o.fields) > maxFields || len(o.clearances) > maxClearances {
		return fmt.Errorf("%d fields, %d clearances", len(o.fields), len(o.clearances))
	}
	known := func(name string) error {
		_, field := o.index[name]
		prefix, rest, _ := strings.Cut(name, ".")
		_, clear := o.clearanceAt[rest]
		old := slices.ContainsFunc(o.items, func(i itemRow) bool { return i.name == rest && i.days > 0 })
		if field || prefix == "clear" && clear || prefix == "old" && old || slices.Contains(derived, name) {
			return nil
		}
		return fmt.Errorf("the tables name %s, which is nothing", name)
	}
	var names []string
	for _, t := range append(slices.Clone(o.tables), o.impossible) {
		names = append(names, t.over...)
	}
	for _, i := range o.items {
		names = append(names, i.takenBy...)
		for _, n := range i.needs {
			names = append(names, n...)
		}
	}
	for _, n := range names {
		if err := known(n); err != nil {
			return err
		}
	}
	return nil
}

func tables(t testing.TB) *oracle {
	t.Helper()
	o, err := loadOracle()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// derived are the names in the tables that are worked out from the answers.
var derived = strings.Fields(`vitals.pulse_pressure dowel.excess dowel.contact start.excess pain.apart
	hip.left hip.right hip.gap hold.unable_pain this.answer this.action this.cleared`)

func less(a, b value) value {
	if !a.number || b.number && b.micro < a.micro {
		return b
	}
	return a
}

func distance(a, b int64) int64 { return max(a, b) - min(a, b) }

// answer returns what the tables call name.
func (o *oracle) answer(f *facts, name string) value {
	if i, ok := o.index[name]; ok {
		return f.at(i)
	}
	get := func(path string) value { return f.at(o.index[path]) }
	difference := func(a, b value, of func(a, b int64) int64) value {
		if !a.number || !b.number {
			return value{}
		}
		return numberOf(of(a.micro, b.micro))
	}
	minus := func(a, b int64) int64 { return a - b }
	side := func(plain, muscle string) value {
		switch get("hip_extension.test").text {
		case "":
			return value{}
		case "manual_muscle_test":
			return less(get(plain), get(muscle))
		}
		return get(plain)
	}
	switch name {
	case "vitals.pulse_pressure":
		return difference(get("vitals.systolic_mmhg"), get("vitals.diastolic_mmhg"), minus)
	case "dowel.excess":
		return difference(get("dowel_hinge.reps_with_contact"), get("dowel_hinge.reps"), minus)
	case "start.excess":
		return difference(get("start_back.distress"), get("start_back.total"), minus)
	case "dowel.contact": // rounded down, so that 90 percent is reached only by 90
		return difference(get("dowel_hinge.reps_with_contact"), get("dowel_hinge.reps"),
			func(contact, reps int64) int64 { return contact * 100 / (reps / 1_000_000) })
	case "pain.apart":
		return difference(get("pain.nprs_7day"), get("pain.vas_mm"), func(nprs, vas int64) int64 { return distance(10*nprs, vas) })
	case "hip.left":
		return side("hip_extension.left", "hip_extension.mmt_left")
	case "hip.right":
		return side("hip_extension.right", "hip_extension.mmt_right")
	case "hip.gap": // rounded up, so that exactly 20 percent stays 20
		return difference(o.answer(f, "hip.left"), o.answer(f, "hip.right"), func(l, r int64) int64 {
			most := max(l, r, 1)
			return (distance(l, r)*100*1_000_000 + most - 1) / most
		})
	case "hold.unable_pain":
		if get("biering_sorensen.status").text == "unable_pain" {
			return word("yes")
		}
		return value{}
	}
	if clear, ok := strings.CutPrefix(name, "clear."); ok {
		return yesNo(f.clear[o.clearanceAt[clear]])
	}
	return yesNo(o.old(f, strings.TrimPrefix(name, "old.")))
}

func (o *oracle) old(f *facts, item string) bool {
	for _, i := range o.items {
		if i.name != item || i.days == 0 {
			continue
		}
		taken := false
		for _, path := range i.takenBy {
			v := o.answer(f, path)
			taken = taken || v.text != "" && v.text != "unknown"
		}
		return taken && f.at(o.index["age_days."+item]).micro > i.days
	}
	return false
}

// decide is the decision by the tables, or the field at which the case must be
// refused.
func (o *oracle) decide(f *facts) (d screen.Decision, refused string) {
	if refused = o.refuses(f); refused != "" {
		return d, refused
	}
	d = screen.Decision{ID: "T", Cap: 4, Rules: []string{}, Tracks: []string{}, Flags: []string{}, Missing: []string{}, Stale: []string{}}
	fired, fast := map[string]bool{}, false
	say := func(s string) {
		kind, what, assigned := strings.Cut(s, "=")
		switch {
		case kind == "missing":
			d.Missing = append(d.Missing, what)
		case kind == "track":
			d.Tracks = append(d.Tracks, what)
		case kind == "stage":
			d.Stage = int(what[0] - '0')
		case s == "FAST_TRACK":
			fast = true
		case assigned:
			fired[kind] = true
			d.Rules = append(d.Rules, what)
		default:
			if cap, ok := strings.CutPrefix(s, "CAP"); ok {
				d.Cap = min(d.Cap, int(cap[0]-'0'))
			}
			d.Flags = append(d.Flags, s)
		}
	}
	for k, flag := range o.flags {
		id := flag["id"]
		o.flagTable.says(f, func(name string) value {
			switch name {
			case "this.answer":
				return f.v[o.flagsFrom+k]
			case "this.action":
				return word(flag["action"])
			}
			at, ok := o.clearanceAt[id]
			return yesNo(ok && f.clear[at])
		}, func(s string) { say(strings.ReplaceAll(s, "{id}", id)) })
	}
	get := func(name string) value { return o.answer(f, name) }
	for _, t := range o.tables {
		t.says(f, get, say)
	}
	gap := map[string]bool{"safety": len(d.Missing) > 0} // of a question or the surgery
	for _, i := range o.items {
		for _, oneOf := range i.needs {
			if !slices.ContainsFunc(oneOf, func(path string) bool { return get(path).text != "" }) {
				d.Missing = append(d.Missing, i.name)
				gap[i.part] = true
				break
			}
		}
		if o.old(f, i.name) {
			d.Stale = append(d.Stale, i.name)
		}
	}
	switch {
	case fired["EMERGENCY"]:
		d.Outcome = screen.Emergency
	case fired["URGENT_REFER"]:
		d.Outcome = screen.UrgentRefer
	case fired["HOLD_REFER"]:
		d.Outcome = screen.HoldRefer
	case gap["safety"]:
		d.Outcome = screen.Incomplete
	case fired["NOT_READY"]:
		d.Outcome = screen.NotReady
	case gap["other"]:
		d.Outcome = screen.Incomplete
	case len(d.Stale) > 0:
		d.Outcome = screen.Retest
	default:
		d.Outcome = screen.Ready
	}
	if d.Stage = min(d.Stage, d.Cap); d.Outcome != screen.Ready {
		d.Stage = 0
	} else if fast {
		d.Flags = append(d.Flags, "FAST_TRACK")
	}
	for _, list := range []*[]string{&d.Rules, &d.Tracks, &d.Flags, &d.Missing, &d.Stale} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return d, ""
}

// refuses returns the field at which a case must be refused, or "".
func (o *oracle) refuses(f *facts) (field string) {
	if f.rogue != "" {
		return f.rogueAt
	}
	for i, spec := range o.fields {
		if v := f.at(i); v.text == "" && spec.required || v.text != "" && !spec.allows(v) {
			return spec.path
		}
	}
	o.impossible.says(f, func(name string) value { return o.answer(f, name) },
		func(s string) { field = strings.TrimPrefix(s, "refused=") })
	return field
}
