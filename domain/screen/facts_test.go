package screen_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"backtobar/domain"
	"backtobar/domain/screen"
)

// facts are the answers of one case, field by field, before there is a case:
// they are written as JSON for the engine and read as they are by the tables.
type facts struct {
	v     [maxFields]value
	clear [maxClearances]bool
	// rogue is a piece of JSON that must be refused at rogueAt, or "".
	rogue, rogueAt string
}

const (
	maxFields     = 90
	maxClearances = 16
)

func (f *facts) at(i int) value { return f.v[i] }

// fieldSpec is one line of ranges.tsv.
type fieldSpec struct {
	// path is block and name with a point between, or the name alone.
	path, block, name string
	// kind is whole, number, word or truth.
	kind      string
	low, high int64
	words     []string
	required  bool
}

func newField(path, kind, low, high, words string) fieldSpec {
	s := fieldSpec{path: path, kind: kind, name: path, words: strings.Fields(words)}
	if block, name, nested := strings.Cut(path, "."); nested {
		s.block, s.name = block, name
	}
	if s.required = len(s.words) > 0 && s.words[0] == "required"; s.required {
		s.words = s.words[1:]
	}
	switch kind {
	case "truth":
		s.words = []string{"true", "false"}
	case "whole", "number":
		s.low, s.high = readValue(low).micro, readValue(high).micro
	}
	return s
}

func (s fieldSpec) numeric() bool { return s.kind == "whole" || s.kind == "number" }

func (s fieldSpec) allows(v value) bool {
	if s.numeric() {
		return v.number && v.micro >= s.low && v.micro <= s.high && (s.kind == "number" || v.micro%1_000_000 == 0)
	}
	return slices.Contains(s.words, v.text)
}

func micros(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%s%d.%06d", sign, n/1_000_000, n%1_000_000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// pools are the values worth trying, field by field: both ends of the range and
// each number that a table compares the field with, one step below, at it, and
// one step above; every word.
var pools = sync.OnceValue(func() [][]value {
	o, err := loadOracle()
	if err != nil {
		return nil
	}
	out := make([][]value, len(o.fields))
	for i, spec := range o.fields {
		if !spec.numeric() {
			for _, w := range spec.words {
				out[i] = append(out[i], word(w))
			}
			continue
		}
		points := append(o.limits(spec.path), spec.low, spec.high)
		steps := []int64{1_000_000}
		if spec.kind == "number" {
			steps = []int64{1, 100_000, 1_000_000}
		}
		var values []int64
		for _, p := range points {
			for _, step := range append(steps, 0) {
				values = append(values, p-step, p+step)
			}
		}
		slices.Sort(values)
		for _, n := range slices.Compact(values) {
			if n >= spec.low && n <= spec.high {
				out[i] = append(out[i], readValue(micros(n)))
			}
		}
	}
	return out
})

// limits are the numbers that the tables compare a field with.
func (o *oracle) limits(path string) (out []int64) {
	names := []string{path}
	switch path {
	case "hip_extension.left", "hip_extension.mmt_left":
		names = append(names, "hip.left")
	case "hip_extension.right", "hip_extension.mmt_right":
		names = append(names, "hip.right")
	case "biering_sorensen.seconds":
		out = append(out, 240_000_000)
	}
	if item, ok := strings.CutPrefix(path, "age_days."); ok {
		for _, i := range o.items {
			if i.name == item {
				return []int64{i.days}
			}
		}
	}
	var add func(c condition)
	add = func(c condition) {
		for _, n := range []int64{c.low, c.high} {
			if c.compares && n > -farthest && n < farthest {
				// A limit that was written "<6" is held as one millionth less.
				out = append(out, (n+500_000)/1_000_000*1_000_000)
			}
		}
		for _, e := range c.either {
			add(e)
		}
	}
	for _, t := range o.tables {
		for i, name := range t.over {
			if slices.Contains(names, name) {
				for _, row := range t.rows {
					add(row.when[i])
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// baseFacts is base with every safety question answered no.
var baseFacts = sync.OnceValue(func() (f facts) {
	o, err := loadOracle()
	if err != nil {
		return f
	}
	var walk func(prefix string, m map[string]json.RawMessage)
	walk = func(prefix string, m map[string]json.RawMessage) {
		for key, raw := range m {
			path := prefix + key
			if i, ok := o.index[path]; ok {
				if text := strings.Trim(string(raw), `"`); text != "null" {
					f.v[i] = o.read(i, text)
				}
				continue
			}
			var inner map[string]json.RawMessage
			if json.Unmarshal(raw, &inner) == nil {
				walk(path+".", inner)
			}
		}
	}
	var m map[string]json.RawMessage
	_ = json.Unmarshal([]byte(base), &m)
	walk("", m)
	for _, flag := range o.flags {
		f.v[o.index["red_flags."+flag["id"]]] = word("no")
	}
	return f
})

// read is a text as the value of a field.
func (o *oracle) read(i int, text string) value {
	if text == "" || text == "?" {
		return value{}
	}
	if o.fields[i].numeric() {
		return readValue(text)
	}
	return word(text)
}

// set gives answers as "path=value", "?" for not asked, "clear.NAME=yes".
func (o *oracle) set(t testing.TB, f facts, edits ...string) facts {
	t.Helper()
	for _, e := range edits {
		path, text, _ := strings.Cut(e, "=")
		if name, ok := strings.CutPrefix(path, "clear."); ok {
			i, known := o.clearanceAt[name]
			if !known {
				t.Fatalf("no clearance %s", name)
			}
			f.clear[i] = text == "yes"
			continue
		}
		i, ok := o.index[path]
		if !ok {
			t.Fatalf("no field %s", path)
		}
		f.v[i] = o.read(i, text)
	}
	return f
}

// edits says how a case differs from base, for a person to read.
func (o *oracle) edits(f *facts) string {
	b := baseFacts()
	var out []string
	for i, spec := range o.fields {
		if f.v[i].text != b.v[i].text {
			text := f.v[i].text
			if text == "" {
				text = "?"
			}
			out = append(out, spec.path+"="+text)
		}
	}
	for i, on := range f.clear {
		if on {
			out = append(out, "clear."+o.clearances[i]["clearance"]+"=yes")
		}
	}
	if f.rogue != "" {
		out = append(out, "with "+f.rogue)
	}
	return strings.Join(out, " ")
}

// json writes a case. With rng it writes the same answers another way: keys and
// clearances in any order, clearances repeated, gaps as null, as an empty block
// or not at all, spaces, and whole numbers as 45.0.
func (o *oracle) json(f *facts, rng *rand.Rand) []byte {
	if rng == nil && f.rogue == "" {
		return o.plain(f)
	}
	chance := func(percent int) bool { return rng != nil && rng.IntN(100) < percent }
	blocks, order := map[string][]string{}, []string{}
	put := func(block, member string) {
		if _, ok := blocks[block]; !ok {
			order = append(order, block)
		}
		if member != "" || blocks[block] == nil {
			blocks[block] = append(blocks[block], member)
		}
	}
	put("id", `"T"`)
	for i, spec := range o.fields {
		v := f.v[i].text
		switch {
		case v == "" && chance(30):
			v = "null"
		case v == "":
			continue
		case !spec.numeric() && spec.kind != "truth":
			v = strconv.Quote(v)
		case spec.numeric() && f.v[i].number && !strings.Contains(v, ".") && chance(20):
			v += ".0"
		}
		if spec.block == "" {
			put(spec.name, v)
			continue
		}
		put(spec.block, `"`+spec.name+`":`+v)
	}
	var names []string
	for i, on := range f.clear {
		for on {
			names = append(names, strconv.Quote(o.clearances[i]["clearance"]))
			on = chance(40)
		}
	}
	if rng != nil {
		rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, block := range strings.Fields("vitals neuro pregnancy surgery episode red_flags start_back history age_days") {
			if _, ok := blocks[block]; !ok && chance(50) {
				order = append(order, block)
			}
		}
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	space := ""
	if chance(20) {
		space = " "
	}
	var out []string
	for _, block := range order {
		members := blocks[block]
		switch {
		case members == nil && chance(50) && block != "age_days":
			out = append(out, `"`+block+`":null`)
			continue
		case members == nil:
			out = append(out, `"`+block+`":{}`)
			continue
		case members[0][0] != '"' || !strings.Contains(members[0], `":`):
			out = append(out, `"`+block+`":`+space+members[0])
			continue
		case rng != nil:
			rng.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		}
		out = append(out, `"`+block+`":`+space+"{"+strings.Join(members, ","+space)+"}")
	}
	if len(names) > 0 || chance(50) {
		out = append(out, `"clearances":[`+strings.Join(names, ","+space)+"]")
	}
	if f.rogue != "" {
		at := 0
		if rng != nil {
			at = rng.IntN(len(out) + 1)
		}
		out = slices.Insert(out, at, f.rogue)
	}
	return []byte("{" + strings.Join(out, ","+space) + "}")
}

// plain writes a case one way, quickly.
func (o *oracle) plain(f *facts) []byte {
	out := append(make([]byte, 0, 2048), `{"id":"T"`...)
	block := ""
	for i, spec := range o.fields {
		v := f.v[i].text
		if v == "" {
			continue
		}
		if spec.block != block {
			if block != "" {
				out = append(out, '}')
			}
			if block = spec.block; block != "" {
				out = append(append(append(out, `,"`...), block...), `":{"`...)
			} else {
				out = append(out, `,"`...)
			}
		} else {
			out = append(out, `,"`...)
		}
		out = append(append(out, spec.name...), `":`...)
		if spec.kind == "word" {
			out = append(append(append(out, '"'), v...), '"')
		} else {
			out = append(out, v...)
		}
	}
	if block != "" {
		out = append(out, '}')
	}
	out = append(out, `,"clearances":[`...)
	for i, on := range f.clear {
		if on {
			if out[len(out)-1] != '[' {
				out = append(out, ',')
			}
			out = append(append(append(out, '"'), o.clearances[i]["clearance"]...), '"')
		}
	}
	return append(out, "]}"...)
}

// decoded is the case that the engine makes of the facts.
func (o *oracle) decoded(f *facts, r *screen.Rules) (screen.Case, error) {
	return screen.DecodeCase(o.json(f, nil), r)
}

// places are where in a screen.Case each field stands.
var places = sync.OnceValue(func() (out [][]int) {
	o, err := loadOracle()
	if err != nil {
		return nil
	}
	find := func(t reflect.Type, name string) int {
		for i := range t.NumField() {
			if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name {
				return i
			}
		}
		return -1
	}
	whole := reflect.TypeFor[screen.Case]()
	for _, spec := range o.fields {
		switch spec.block {
		case "":
			out = append(out, []int{find(whole, spec.name)})
		case "red_flags":
			out = append(out, nil)
		default:
			at := find(whole, spec.block)
			block := whole.Field(at).Type
			if block.Kind() == reflect.Pointer {
				block = block.Elem()
			}
			out = append(out, []int{at, find(block, spec.name)})
		}
	}
	return out
})

// build makes the case without writing and reading it, which is faster; ok is
// false for a value of the wrong kind. TestBuiltIsRead holds it to decoded.
func (o *oracle) build(f *facts) (c screen.Case, ok bool) {
	c.ID, c.RedFlags = "T", make(map[string]screen.Answer, len(o.flags))
	v := reflect.ValueOf(&c).Elem()
	for i, spec := range o.fields {
		x := f.v[i]
		if x.text == "" {
			continue
		}
		if spec.numeric() != x.number || spec.kind == "whole" && x.micro%1_000_000 != 0 || f.rogue != "" {
			return c, false
		}
		if spec.block == "red_flags" {
			c.RedFlags[spec.name] = screen.Answer(x.text)
			continue
		}
		at := v.Field(places()[i][0])
		if spec.block != "" {
			if at.Kind() == reflect.Pointer {
				if at.IsNil() {
					at.Set(reflect.New(at.Type().Elem()))
				}
				at = at.Elem()
			}
			at = at.Field(places()[i][1])
		}
		if at.Kind() == reflect.Pointer {
			at.Set(reflect.New(at.Type().Elem()))
			at = at.Elem()
		}
		switch to := at.Addr().Interface().(type) {
		case *domain.Decimal:
			d, err := domain.ParseDecimal(x.text)
			if err != nil {
				return c, false
			}
			*to = d
		case *int:
			*to = int(x.micro / 1_000_000)
		case *bool:
			if *to = x.text == "true"; !*to && x.text != "false" {
				return c, false
			}
		default:
			at.SetString(x.text)
		}
	}
	for i, on := range f.clear {
		if on {
			c.Clearances = append(c.Clearances, o.clearances[i]["clearance"])
		}
	}
	return c, true
}

// differ compares the engine with the tables; "" when they agree. The case is
// written and read when read is set, and else only built.
func (o *oracle) differ(f *facts, r *screen.Rules, read bool) string {
	var c screen.Case
	var err error
	if read {
		c, err = o.decoded(f, r)
	} else if c, read = o.build(f); read {
		err = screen.Validate(c, r).Err()
	} else {
		c, err = o.decoded(f, r)
	}
	want, refused := o.decide(f)
	if refused != "" {
		if err == nil {
			return "accepted, and " + refused + " cannot be"
		}
		if !strings.Contains(err.Error(), refused) {
			return "refused for another reason than " + refused + ": " + err.Error()
		}
		return ""
	}
	if err != nil {
		return "refused, and nothing is wrong with it: " + err.Error()
	}
	if got := screen.Evaluate(c, r); !sameDecision(got, want) {
		return fmt.Sprintf("the engine and the tables differ\n engine %s\n tables %s", brief(got), brief(want))
	}
	return ""
}

func sameDecision(a, b screen.Decision) bool {
	return a.ID == b.ID && a.Outcome == b.Outcome && a.Stage == b.Stage && a.Cap == b.Cap && slices.Equal(a.Rules, b.Rules) &&
		slices.Equal(a.Tracks, b.Tracks) && slices.Equal(a.Flags, b.Flags) &&
		slices.Equal(a.Missing, b.Missing) && slices.Equal(a.Stale, b.Stale)
}
