package measure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/measure"
)

// entered reads "name=value name=value"; an underscore in a value is a space.
func entered(text string) map[string]string {
	out := map[string]string{}
	for _, pair := range strings.Fields(text) {
		name, value, _ := strings.Cut(pair, "=")
		out[name] = strings.ReplaceAll(value, "~", " ")
	}
	return out
}

// itemised is entries of numbered items from "2 1 - 3".
func itemised(text string) map[string]string {
	out := map[string]string{}
	for i, v := range strings.Fields(text) {
		if v != "-" {
			out[fmt.Sprintf("item_%d", i+1)] = v
		}
	}
	return out
}

// inShort is a result: "odi=32; neuro.finding=normal".
func inShort(s measure.Scored) string {
	var out []string
	for _, r := range s.Records {
		text := r.Measure
		if r.Side != "" {
			text += " " + string(r.Side)
		}
		if r.Value != nil {
			text += "=" + r.Value.String()
		} else {
			text += "=" + string(r.Status)
		}
		if r.Status == measure.Capped {
			text += " capped"
		}
		out = append(out, text)
	}
	var answers []string
	for path, v := range s.Answers {
		answers = append(answers, path+"="+v)
	}
	slices.Sort(answers)
	return strings.Join(append(out, answers...), "; ")
}

func TestCalculators(t *testing.T) {
	c, today := catalog(t), day(t, "2026-11-22")
	for _, x := range []struct {
		id, given, want, says string
	}{
		// C01 to C11 by the sheets that people use; the rules are tested beside them.
		{"odi", "#2 1 3 1 2 2 1 1 2 1", "odi=32", "32.0 percent, moderate"},
		{"odi", "#2 1 3 1 2 2 1 - 2 1", "odi=33.333333", "33.3 percent"},
		{"odi", "#2 1 3 - 2 2 1 - 2 -", "", "7 of 10 sections answered; at least 8"},
		{"start_back", "#1 0 1 0 1 0 1 1 4", "start_back_total=6; start_back_distress=4", "high risk"},
		{"start_back", "#1 0 1 0 1 0 1 1 -", "", "Not answered: 9"},
		{"fabq", "#- 4 5 3 3 - - - - - - - - - - -", "fabq_pa=15", "15 points, high"},
		{"tsk11", "#4 4 4 4 4 4 4 4 4 4 4", "tsk11=44", "raised"},
		{"tsk11", "#4 4 4 4 4 4 4 4 4 4", "", "Not answered: 11"},
		{"pseq", "#3 3 3 3 3 3 3 3 3 2", "pseq=29", "low"},
		{"psfs", "name_1=sit activity_1=3 name_2=lift activity_2=4 name_3=run activity_3=5 name_4=swim", "psfs=4", "4.0 points"},
		{"biering_sorensen", "seconds=275", "biering_sorensen=240 capped", "240 seconds or more"},
		{"biering_sorensen", "seconds=60.9 stopped=pain", "biering_sorensen=60", "60 seconds"},
		{"biering_sorensen", "status=unable_pain", "biering_sorensen=unable_pain", "pain stopped the test"},
		{"biering_sorensen", "", "", "No time"},
		{"nprs", "week=6~6~5 now=2 worst=8", "nprs_7day=5.7; nprs_now=2; nprs_worst=8", "5.7 points, moderate"}, // C24
		{"nprs", "now=2", "nprs_now=2", "is what the screen needs"},
		{"rmdq", "#1 0 1 1", "rmdq=3", "3 points, low"},
		{"rmdq", "", "", "one 0 is enough"},
		{"rmdq", "#0", "rmdq=0", "0 points"},
		{"pressure", "systolic_1=160 diastolic_1=90 systolic_2=161 diastolic_2=91", "systolic=160.5; diastolic=90.5", "Mean of 2 readings: 160.5 over 90.5"},
		{"pressure", "systolic_1=184 diastolic_1=90", "systolic=184; diastolic=90", "Take a second one"},
		{"pressure", "systolic_1=184", "", "Reading 1 needs both"},
		{"pressure", "", "", "two are needed"},
		{"bridge_reps", "left=10 right=8", "bridge_reps left=10; bridge_reps right=8", "20 percent lower"},
		{"bridge_hold", "right=20", "bridge_hold right=20", "Right 20 seconds."},
		{"bridge_hold", "", "", "at least one side"},
		{"mmt", "left_straight=4 left_bent=5 right_straight=5", "mmt left=4", "Right: Both positions are needed"},
		{"mmt", "left_straight=3", "mmt left=3", "3 grades"},
		{"dynamometer", "left=200 right=250 lever=0.4 protocol=prone_belt mass=80 unit=kg",
			"hip_torque left=80; hip_torque right=100; hip_torque_per_kg left=1; hip_torque_per_kg right=1.25", "Weaker by stronger: 0.80"},
		{"dynamometer", "left=200", "", "The lever arm and the position"},
		{"leg_raise", "left=yes left_angle=45 right=no crossed=no",
			"slr_angle left=45; neuro.crossed_slr=no; neuro.slr_angle_deg=45; neuro.slr_own_leg_pain=yes", "Positive straight"},
		{"leg_raise", "left=yes left_angle=75 right=yes right_angle=60 crossed=yes",
			"slr_angle left=75; slr_angle right=60; neuro.crossed_slr=yes; neuro.slr_angle_deg=60; neuro.slr_own_leg_pain=yes", "crossed"},
		{"leg_raise", "left=yes left_angle=75 right=yes crossed=no",
			"slr_angle left=75; neuro.crossed_slr=no; neuro.slr_angle_deg=; neuro.slr_own_leg_pain=yes", "Positive"},
		{"leg_raise", "left=yes right=yes right_angle=75 crossed=no",
			"slr_angle right=75; neuro.crossed_slr=no; neuro.slr_angle_deg=; neuro.slr_own_leg_pain=yes", "Positive"},
		{"leg_raise", "left=no crossed=no", "neuro.crossed_slr=no", "Not complete"},
		{"leg_raise", "left=no right=no crossed=no", "neuro.crossed_slr=no; neuro.slr_own_leg_pain=no", "Negative"},
		{"neuro", "neuro.left.L4=4", "neuro.finding=mild_unassessed", "not assessed"},
		{"neuro", "neuro.left.L4=4 neuro.right.S1=4", "neuro.finding=bilateral_motor", "both legs"},
		{"neuro", "sensation=no", "", "Not complete"},
		{"hinge", "reps=10 reps_with_contact=8 depth=knee pain=1.5 lost_head=yes fault_breath_hold=yes",
			"hinge_contacts=80; dowel_hinge.depth=knee; dowel_hinge.pain=1.5; dowel_hinge.reps=10; dowel_hinge.reps_with_contact=8", "80 percent kept all contacts: steady"},
		{"hinge", "reps=10 reps_with_contact=7", "hinge_contacts=70; dowel_hinge.reps=10; dowel_hinge.reps_with_contact=7", "not steady yet"},
		{"hinge", "reps=10", "", "are needed"},
		{"movements", "flexion=centralizes hinge=peripheralizes", "episode.directional_response=peripheralizes_with_hinge", "Eases: flexion. Spreads: hinge."},
		{"movements", "", "episode.directional_response=none", "Nothing was tested."},
		{"inflammatory", "onset_age=30 pain_weeks=20 gradual=yes exercise=yes rest=yes", "red_flags.INFL1=yes", "4 of 5 features, 1 not asked: inflammatory"},
		{"inflammatory", "onset_age=30", "red_flags.INFL1=unknown", "Not complete"},
		{"inflammatory", "onset_age=50 pain_weeks=20", "red_flags.INFL1=no", "not likely"},
		{"ready_odi", "value=41.5 protocol=odi_other", "odi=41.5", "41.5 percent, severe"},
		{"ready_odi", "value=41.5", "", "Choose the form"},
		{"ready_hamstring_bridge", "left=25 right=31", "hamstring_bridge left=25; hamstring_bridge right=31", "good"},
		{"ready_psfs_activity", "value=3 activity=running", "psfs_activity=3", "3 points"},
	} {
		given := entered(x.given)
		if items, ok := strings.CutPrefix(x.given, "#"); ok {
			given = itemised(items)
		}
		calc, ok := c.Calculator(x.id)
		if !ok {
			t.Fatalf("no calculator %q", x.id)
		}
		s, p := calc.Score(given)
		if got := inShort(s); len(p) > 0 || got != x.want || !strings.Contains(s.Text, x.says) {
			t.Errorf("%s %s: %q, want %q; says %q, want %q; %v", x.id, x.given, got, x.want, s.Text, x.says, p)
		}
		// Whatever a calculator gives can be kept.
		for _, r := range s.Records {
			m := get(t, r.Measure)
			r.Unit, r.Date, r.By = m.Unit, today, "R. Castello"
			if m.Form {
				r.Language = "en"
			}
			if err := c.Check(r, domain.Date{}, today); err != nil {
				t.Errorf("%s %s: %v", x.id, x.given, err)
			}
			if !slices.Contains(calc.Measures, r.Measure) {
				t.Errorf("%s does not say that it gives %s", x.id, r.Measure)
			}
		}
	}
}

// TestCalculatorsRefuse bad entries beside the question, in a sentence that
// names it.
func TestCalculatorsRefuse(t *testing.T) {
	c := catalog(t)
	for _, x := range []struct{ id, given, field, says string }{
		{"odi", "item_3=6", "item_3", "Section 3 must be a whole number from 0 to 5"},
		{"odi", "item_3=2.5", "item_3", "Section 3 must be a whole number"},
		{"tsk11", "item_1=0", "item_1", "from 1 to 4"},
		{"nprs", "week=6~11", "week", "Average pain of the last 7 days must be whole numbers"},
		{"nprs", "now=x", "now", "Pain now must be a whole number from 0 to 10"},
		{"psfs", "activity_1=3", "name_1", "Activity 1 needs what the patient calls it"},
		{"psfs", "name_1=sit activity_1=3 name_2=" + strings.Repeat("x", 101), "name_2", "100 characters or fewer"},
		{"biering_sorensen", "seconds=60 status=unable_pain", "seconds", "not both"},
		{"biering_sorensen", "seconds=4000", "seconds", "from 0 to 3600"},
		{"biering_sorensen", "status=tired", "status", "one of the answers shown"},
		{"pressure", "systolic_1=90 diastolic_1=90", "diastolic_1", "must be below the systolic"},
		{"pressure", "systolic_2=59 diastolic_2=40", "systolic_2", "Reading 2, systolic must be a whole number from 60 to 260"},
		{"dynamometer", "left=200 lever=0.01 protocol=prone_belt", "lever", "0.05 to 1 metre"},
		{"dynamometer", "left=200 lever=0.4 protocol=prone_belt mass=890 unit=kg", "mass", "20 to 400 kilograms"},
		{"hinge", "reps=10 reps_with_contact=11", "reps_with_contact", "not be more than the repeats"},
		{"hinge", "reps=4", "reps", "from 5 to 20"},
		{"hinge", "lost_head=maybe", "lost_head", "Y, N or U"},
		{"leg_raise", "left_angle=121", "left_angle", "from 0 to 120"},
		{"ready_psfs_activity", "value=3", "activity", "needs what the patient calls it"},
	} {
		calc, _ := c.Calculator(x.id)
		s, p := calc.Score(entered(x.given))
		if !strings.Contains(p.For(x.field), x.says) || len(s.Records) > 0 {
			t.Errorf("%s %s: %v, want %q at %s", x.id, x.given, p, x.says, x.field)
		}
	}
}

// TestCalculatorsKeepNoItemsOfOthers: answers to a form that belongs to
// somebody are added up and forgotten, and no question carries wording.
func TestCalculatorsKeepNoItemsOfOthers(t *testing.T) {
	c := catalog(t)
	for _, calc := range c.Calculators() {
		for _, id := range calc.Measures {
			if get(t, id).Licence.ItemText != measure.ScoreOnly {
				continue
			}
			for _, q := range calc.Questions {
				if len(q.Label) > len("Form or position") {
					t.Errorf("%s asks %q", calc.ID, q.Label)
				}
			}
		}
		names := map[string]bool{}
		for _, q := range calc.Questions {
			if names[q.Name] || q.Label == "" || q.Kind == "" || q.Kind == measure.AskNumber && q.High <= q.Low {
				t.Errorf("%s: %+v", calc.ID, q)
			}
			names[q.Name] = true
		}
	}
}

// TestEveryMeasureCanBeEntered through some calculator.
func TestEveryMeasureCanBeEntered(t *testing.T) {
	c := catalog(t)
	given := map[string]bool{}
	ids := map[string]bool{}
	for _, calc := range c.Calculators() {
		if ids[calc.ID] {
			t.Errorf("two calculators %q", calc.ID)
		}
		ids[calc.ID] = true
		for _, id := range calc.Measures {
			given[id] = true
		}
	}
	for _, m := range c.Measures {
		if !given[m.ID] {
			t.Errorf("%s cannot be entered", m.ID)
		}
		for _, p := range m.Protocols {
			if measure.ProtocolWords(p) == "" {
				t.Errorf("protocol %q has no words", p)
			}
		}
	}
}
