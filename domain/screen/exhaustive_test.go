package screen_test

import (
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// axis is one field of a sweep with every value to try; "?" is not asked.
type axis struct {
	path   string
	values []string
}

func over(path, values string) axis { return axis{path, strings.Fields(values)} }

// around is both ends and both sides of every limit of a field, and not asked.
func (o *oracle) around(path string) axis {
	a := axis{path, []string{"?"}}
	for _, v := range pools()[o.index[path]] {
		a.values = append(a.values, v.text)
	}
	return a
}

func count(path string, from, to int) axis {
	a := axis{path: path}
	for n := from; n <= to; n++ {
		a.values = append(a.values, strconv.Itoa(n))
	}
	return a
}

const answers = "? true false"

// wrongCombinations stops every sweep after a few.
var wrongCombinations atomic.Int64

// sweep tries every combination of the axes and holds the engine to the tables.
func sweep(t *testing.T, start facts, axes ...axis) {
	t.Helper()
	o, r := tables(t), rules(t)
	tried := 0
	var next func(f facts, rest []axis)
	next = func(f facts, rest []axis) {
		if wrongCombinations.Load() > 5 { // a mistake shows in thousands

			return
		}
		if len(rest) == 0 {
			if tried++; raced && tried%50 != 1 {
				return
			}
			if why := o.differ(&f, r, false); why != "" {
				wrongCombinations.Add(1)
				t.Errorf("%s: %s", o.edits(&f), why)
			}
			return
		}
		for _, v := range rest[0].values {
			next(o.set(t, f, rest[0].path+"="+v), rest[1:])
		}
	}
	next(start, axes)
	t.Logf("%d combinations", tried)
}

// TestEveryCombination sweeps each block over its discretised domain: every
// word, not asked, both ends, and one step on either side of each limit, with
// and without the clearances that matter, fresh and stale.
func TestEveryCombination(t *testing.T) {
	o, b := tables(t), baseFacts()
	at := func(path string) axis { return o.around(path) }
	clear := func(names ...string) (out []axis) {
		for _, n := range names {
			out = append(out, over("clear."+n, "no yes"))
		}
		return out
	}
	for _, s := range []struct {
		name string
		axes []axis
	}{
		{"pressure", append(clear("bp"), at("vitals.systolic_mmhg"), at("vitals.diastolic_mmhg"), over("vitals.symptoms", answers))},
		{"heart_rate", append(clear("bp"), at("vitals.heart_rate_bpm"), over("vitals.systolic_mmhg", "? 89 124 161"), over("vitals.symptoms", answers), at("age_days.vitals"))},
		{"stale_pressure", append(clear("bp"), over("vitals.systolic_mmhg", "? 89 90 139 140 160 161 180 181"), over("vitals.diastolic_mmhg", "? 78 90 101 111 120"), over("vitals.symptoms", answers), at("age_days.vitals"))},
		{"neuro", []axis{at("neuro.finding"), over("neuro.slr_own_leg_pain", answers), at("neuro.slr_angle_deg"), over("neuro.crossed_slr", answers), over("age_days.neuro", "0 30 31")}},
		{"surgery", append(clear("surgeon"), at("surgery.kind"), axis{"surgery.weeks_ago", append(count("", 0, 60).values, "?", "11.9", "11.999999", "25.999999", "51.999999", "5200")}, over("age_days.health", "0 365 366"))},
		{"bone", append(clear("bone", "bone_heavy", "surgeon", "ob"), at("bone"), over("age_days.health", "0 365 366"), over("patient.sex", "male female"))},
		{"pregnancy", append(clear("ob", "bone"), at("pregnancy.status"), at("pregnancy.weeks_postpartum"), over("patient.sex", "male female"), over("age_days.health", "0 366"))},
		{"fracture", append(clear("fx_combo", "minor"), count("patient.age_years", 0, 120), over("patient.sex", "male female"), over("long_term_steroids", answers), over("significant_trauma", answers))},
		{"stale_health", append(clear("fx_combo"), over("long_term_steroids", answers), over("significant_trauma", answers), over("bone", "? none"), over("pregnancy.status", "? no"), over("surgery.kind", "? none"), over("age_days.health", "0 366"))},
		{"pain", []axis{at("pain.nprs_7day"), at("pain.vas_mm"), over("age_days.pain", "0 7 8")}},
		{"pain_conflict", []axis{over("pain.nprs_7day", "0 3 5.7 5.9 10"), {"pain.vas_mm", append(count("", 0, 100).values, "36.9", "37.000001", "79.9")}}},
		{"disability", []axis{at("disability.odi_percent"), {"disability.rmdq", append(count("", 0, 24).values, "?")}, over("age_days.disability", "0 30 31")}},
		{"endurance", []axis{at("biering_sorensen.seconds"), at("biering_sorensen.status"), at("age_days.biering_sorensen")}},
		{"hinge", []axis{at("dowel_hinge.depth"), at("dowel_hinge.pain"), over("dowel_hinge.reps_with_contact", "? 0 8 9 10"), over("dowel_hinge.reps", "? 10"), over("history.barbell_experience_12_months", answers), over("age_days.dowel_hinge", "0 14 15")}},
		{"placement", []axis{at("history.highest_stage_exited"), over("history.barbell_experience_12_months", answers), count("dowel_hinge.reps_with_contact", 0, 21), over("dowel_hinge.reps", "1 10 11 20"), over("dowel_hinge.depth", "knee mid_shin floor"), over("dowel_hinge.pain", "2 2.000001")}},
		{"contact", []axis{over("history.barbell_experience_12_months", "true"), count("dowel_hinge.reps_with_contact", 0, 50), count("dowel_hinge.reps", 1, 50)}},
		{"caps", append(clear("bp", "ob", "surgeon", "psych_plan"), at("history.highest_stage_exited"), over("neuro.crossed_slr", "false true"), over("vitals.systolic_mmhg", "124 161"), over("pregnancy.status", "no yes"), over("surgery.weeks_ago", "20 60"), over("surgery.kind", "none abdominal"), over("start_back.total", "9"), over("start_back.distress", "4"))},
		{"episode", append(clear("nociplastic"), at("episode.mechanism"), at("episode.irritability"), at("episode.directional_response"), at("episode.duration_weeks"))},
		{"start_back", append(clear("psych_plan"), at("start_back.total"), at("start_back.distress"), axis{"tsk11", append(count("", 11, 44).values, "?")})},
		{"scope_and_age", append(clear("minor"), count("patient.age_years", 0, 120), over("pain.nprs_7day", "5 6"))},
	} {
		t.Run(s.name, func(t *testing.T) { t.Parallel(); sweep(t, b, s.axes...) })
	}
	for _, test := range []string{"?", "bridge_reps", "bridge_hold_seconds", "manual_muscle_test"} {
		grades := over("", "? 0 3 3.9 4 5")
		sides := over("", "? 0 4 7.9 8 9.999999 10 12.499999 12.5 19.9 20 24.9 25 26 600")
		if test == "manual_muscle_test" {
			sides = over("", "? 0 3 3.999999 4 4.1 5 6")
		}
		t.Run("hip_"+test, func(t *testing.T) {
			t.Parallel()
			sweep(t, o.set(t, b, "hip_extension.test="+test), axis{"hip_extension.left", sides.values}, axis{"hip_extension.right", sides.values},
				axis{"hip_extension.mmt_left", grades.values}, axis{"hip_extension.mmt_right", grades.values}, over("age_days.hip_extension", "0 43"))
		})
	}
}

// TestSafetyQuestionsByOneAndByTwo: each question and each pair, with each
// answer, with and without their clearances.
func TestSafetyQuestionsByOneAndByTwo(t *testing.T) {
	o, b := tables(t), baseFacts()
	answers := "yes no unknown ?"
	question := func(id string) []axis {
		out := []axis{over("red_flags."+id, answers)}
		if _, ok := o.clearanceAt[id]; ok {
			out = append(out, over("clear."+id, "no yes"))
		}
		return out
	}
	for i, first := range o.flags {
		t.Run(first["id"], func(t *testing.T) {
			t.Parallel()
			sweep(t, b, append(question(first["id"]), over("age_days.red_flags", "0 13 14 15"))...)
			for _, second := range o.flags[i+1:] {
				sweep(t, b, append(question(first["id"]), question(second["id"])...)...)
			}
		})
	}
	none := b
	for _, flag := range o.flags {
		none = o.set(t, none, "red_flags."+flag["id"]+"=?")
	}
	sweep(t, none, over("red_flags.CES1", answers), over("red_flags.INFL1", answers), over("age_days.red_flags", "0 15"))
}

// TestEveryStatusAtEveryAge: each measure passed, near, failed, in part and
// missing, on each day of more than a year.
func TestEveryStatusAtEveryAge(t *testing.T) {
	o, b := tables(t), baseFacts()
	for item, states := range map[string][]string{
		"red_flags":        {"", "red_flags.CES1=yes", "red_flags.CV3=yes", "red_flags.CV3=?", "red_flags.INFL1=yes"},
		"vitals":           {"", "vitals.systolic_mmhg=140", "vitals.systolic_mmhg=161", "vitals.systolic_mmhg=181", "vitals.symptoms=?", "vitals.systolic_mmhg=89", "vitals.heart_rate_bpm=121"},
		"neuro":            {"", "neuro.finding=umn", "neuro.finding=mild_stable_assessed", "neuro.finding=?", "neuro.crossed_slr=true", "neuro.slr_own_leg_pain=true"},
		"health":           {"", "bone=osteoporosis", "pregnancy.status=yes", "surgery.kind=fusion", "long_term_steroids=true", "bone=?"},
		"pain":             {"", "pain.nprs_7day=6", "pain.nprs_7day=?", "pain.vas_mm=90", "pain.vas_mm=10"},
		"disability":       {"", "disability.odi_percent=21", "disability.odi_percent=41", "disability.odi_percent=?", "disability.rmdq=14"},
		"biering_sorensen": {"", "biering_sorensen.seconds=61", "biering_sorensen.seconds=60", "biering_sorensen.seconds=?", "biering_sorensen.seconds=? biering_sorensen.status=unable_pain", "biering_sorensen.seconds=? biering_sorensen.status=unable_other", "biering_sorensen.seconds=? biering_sorensen.status=not_done"},
		"hip_extension":    {"", "hip_extension.left=9", "hip_extension.left=?", "hip_extension.mmt_left=3", "hip_extension.left=40", "hip_extension.test=?"},
		"dowel_hinge":      {"", "dowel_hinge.depth=mid_thigh", "dowel_hinge.pain=6", "dowel_hinge.pain=?", "dowel_hinge.reps_with_contact=10 history.barbell_experience_12_months=true"},
	} {
		t.Run(item, func(t *testing.T) {
			t.Parallel()
			for _, state := range states {
				for _, other := range []string{"", "disability.rmdq=20", "red_flags.CA5=yes"} {
					sweep(t, o.set(t, b, strings.Fields(state+" "+other)...), count("age_days."+item, 0, 400))
				}
			}
		})
	}
}

// TestEveryLimitOneStepBesideIt: each number in the tables, one step below, at
// it, and one step above, alone and beside each word of the other fields of its
// table.
func TestEveryLimitOneStepBesideIt(t *testing.T) {
	o, b := tables(t), baseFacts()
	for _, spec := range o.fields {
		if !spec.numeric() {
			continue
		}
		near := o.around(spec.path)
		sweep(t, b, near)
		for _, table := range o.tables {
			for _, name := range table.over {
				if name != spec.path {
					continue
				}
				for _, other := range table.over {
					_, field := o.index[other]
					if clear := strings.HasPrefix(other, "clear."); clear {
						sweep(t, b, near, over(other, "no yes"))
					} else if field && other != spec.path {
						sweep(t, b, near, o.around(other))
					}
				}
			}
		}
	}
}

// TestOutOfRangeIsRefused: one step outside each range, a misspelt word, and
// the wrong kind of value, field by field.
func TestOutOfRangeIsRefused(t *testing.T) {
	o, r := tables(t), rules(t)
	for i, spec := range o.fields {
		wrong := []string{`misspelt`}
		if spec.numeric() {
			wrong = []string{micros(spec.low - 1_000_000), micros(spec.high + 1_000_000), "1e1", `"5"`, "true", "[]", "99999999999999999999", "0.0000001"}
			if spec.kind == "whole" {
				wrong = append(wrong, micros(spec.low+500_000))
			} else {
				wrong = append(wrong, micros(spec.low-1), micros(spec.high+1))
			}
		} else if spec.kind == "truth" {
			wrong = []string{`"true"`, "1", "0", `"yes"`}
		}
		for _, text := range wrong {
			f := baseFacts()
			f.v[i] = word(text)
			if v := readValue(text); spec.numeric() && v.number {
				f.v[i] = v
			}
			if _, refused := o.decide(&f); refused == "" {
				t.Errorf("%s=%s: the tables allow it", spec.path, text)
			}
			if why := o.differ(&f, r, true); why != "" {
				t.Errorf("%s=%s: %s", spec.path, text, why)
			}
		}
	}
}
