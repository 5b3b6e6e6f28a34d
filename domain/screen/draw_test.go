package screen_test

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// draw makes a full case. Half of the cases are a few answers away from ready,
// so that every outcome and every stage is reached often; the rest have any
// share of their answers drawn. One in forty holds a slip that must be refused.
func (o *oracle) draw(rng *rand.Rand) facts {
	f := baseFacts()
	if rng.IntN(2) == 0 {
		for range rng.IntN(9) {
			o.redraw(&f, o.anyField(rng), rng)
		}
	} else {
		share := rng.IntN(101)
		for i := range o.fields {
			if rng.IntN(100) < share && (o.fields[i].block != "red_flags" || rng.IntN(20) == 0) {
				o.redraw(&f, i, rng)
			}
		}
	}
	often := []int{0, 0, 10, 50}[rng.IntN(4)]
	for i := range o.clearances {
		f.clear[i] = rng.IntN(100) < often
	}
	o.settle(&f, rng)
	if rng.IntN(40) == 0 {
		o.slip(&f, rng)
	}
	return f
}

// anyField is a field; the safety questions together are drawn as often as two
// other fields.
func (o *oracle) anyField(rng *rand.Rand) int {
	for {
		i := rng.IntN(len(o.fields))
		if o.fields[i].block != "red_flags" || rng.IntN(16) == 0 {
			return i
		}
	}
}

// redraw answers one field anew: mostly a value next to a limit or a word, else
// anything in range, and sometimes nothing.
func (o *oracle) redraw(f *facts, i int, rng *rand.Rand) {
	spec := o.fields[i]
	switch roll := rng.IntN(10); {
	case roll == 0 && !spec.required:
		f.v[i] = value{}
	case roll < 4 && spec.numeric():
		steps := spec.high - spec.low
		if spec.kind == "whole" {
			f.v[i] = readValue(micros(spec.low + rng.Int64N(steps/1_000_000+1)*1_000_000))
		} else {
			f.v[i] = readValue(micros(spec.low + rng.Int64N(steps/100_000+1)*100_000))
		}
	default:
		f.v[i] = pools()[i][rng.IntN(len(pools()[i]))]
	}
}

// settle takes away answers that exclude each other until the case is possible.
func (o *oracle) settle(f *facts, rng *rand.Rand) {
	for {
		refused := o.refuses(f)
		if refused == "" {
			return
		}
		clash := []string{refused}
		switch refused {
		case "biering_sorensen.status":
			clash = append(clash, "biering_sorensen.seconds")
		case "vitals.diastolic_mmhg":
			clash = append(clash, "vitals.systolic_mmhg")
		case "dowel_hinge.reps_with_contact":
			clash = append(clash, "dowel_hinge.reps")
		case "start_back.distress":
			clash = append(clash, "start_back.total")
		case "hip_extension.left", "hip_extension.right":
			at := o.index[refused]
			f.v[at] = readValue([]string{"0", "3", "3.9", "4", "5"}[rng.IntN(5)])
			continue
		}
		f.v[o.index[clash[rng.IntN(len(clash))]]] = value{}
	}
}

// slip puts one mistake in: a number out of range, a misspelt word, the wrong
// kind of value, a key that does not exist or stands twice.
func (o *oracle) slip(f *facts, rng *rand.Rand) {
	i := o.anyField(rng)
	spec := o.fields[i]
	switch roll := rng.IntN(4); {
	case roll == 0:
		rogues := []struct{ text, at string }{{`"red_flag":{"CES1":"no"}`, "red_flag"}, {`"id":"T"`, "id"},
			{`"Vitals":{}`, "Vitals"}, {`"clearance":[]`, "clearance"}, {`"age_days_":{}`, "age_days_"}, {`"bones":"none"`, "bones"}}
		r := rogues[rng.IntN(len(rogues))]
		f.rogue, f.rogueAt = r.text, r.at
	case roll == 1 && spec.numeric():
		f.v[i] = readValue(micros([]int64{spec.low - 1_000_000, spec.high + 1_000_000, spec.high + 1}[rng.IntN(3)]))
		if spec.kind == "whole" && f.v[i].micro == spec.high+1 {
			f.v[i] = readValue(micros(spec.low + 500_000))
		}
	case spec.numeric():
		f.v[i] = word([]string{`"5"`, "1e1", "true", "[]", "{}"}[rng.IntN(5)])
	case spec.kind == "truth":
		f.v[i] = word([]string{`"true"`, "1", "[]"}[rng.IntN(3)])
	default:
		w := spec.words[rng.IntN(len(spec.words))]
		f.v[i] = word([]string{strings.ToUpper(w[:1]) + w[1:], w + " ", w + "s", "x"}[rng.IntN(4)])
	}
}

// worsen is a pair of values of one field of which b is the worse by the table,
// or the same. Ok is false when the order does not hold for the case.
func (o *oracle) worsen(f *facts, rng *rand.Rand) (i int, a, b value, ok bool) {
	e := o.worse[rng.IntN(len(o.worse))]
	if alone := e["alone"]; alone != "" && f.clear[o.clearanceAt[alone]] {
		return 0, a, b, false
	}
	if e["field"] == "red_flags" {
		i = o.index["red_flags."+o.flags[rng.IntN(len(o.flags))]["id"]]
	} else {
		i = o.index[e["field"]]
	}
	if e["worse"] == "word" {
		groups := strings.Fields(e["words"])
		x, y := rng.IntN(len(groups)), rng.IntN(len(groups))
		pick := func(g string) value {
			same := strings.Split(g, "=")
			return word(same[rng.IntN(len(same))])
		}
		return i, pick(groups[min(x, y)]), pick(groups[max(x, y)]), true
	}
	var within []value
	low, high := readValue(e["low"]).micro, readValue(e["high"]).micro
	for _, v := range pools()[i] {
		if v.micro >= low && v.micro <= high {
			within = append(within, v)
		}
	}
	a, b = within[rng.IntN(len(within))], within[rng.IntN(len(within))]
	if (a.micro > b.micro) == (e["worse"] == "higher") {
		a, b = b, a
	}
	return i, a, b, true
}

// mayLeaveOut returns the best answer of a field that may be left out of this
// case without becoming missing.
func (o *oracle) mayLeaveOut(f *facts, i int) (best value, may bool) {
	at := slices.IndexFunc(o.optional, func(e map[string]string) bool { return e["field"] == o.fields[i].path })
	if at < 0 {
		return value{}, false
	}
	for _, need := range strings.Fields(o.optional[at]["if"]) {
		path, text, exact := strings.Cut(need, "=")
		v := f.v[o.index[path]].text
		if v == "" || exact && v != text {
			return value{}, false
		}
	}
	return o.read(i, o.optional[at]["best"]), true
}
