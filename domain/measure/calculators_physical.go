package measure

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"backtobar/domain"
)

// The calculators of physical tests and of counts.

var (
	noTimeOptions = []Option{{"unable_pain", "Stopped by pain", 'p'}, {"unable_other", "Unable, other reason", 'o'}, {"not_done", "Not done", 'n'}}
	stopOptions   = []Option{{"fatigue_back", "Back tired", 'b'}, {"fatigue_hip", "Hip or thigh tired", 'h'}, {"pain", "Pain", 'p'}, {"other", "Other", 'o'}}
	depthOptions  = []Option{{"none", "None", 'n'}, {"mid_thigh", "Mid-thigh", 't'}, {"knee", "Knee", 'k'}, {"mid_shin", "Mid-shin", 's'}, {"floor", "Floor", 'f'}}
	movedOptions  = []Option{{"centralizes", "Centralizes", 'c'}, {"no_change", "No change", 'o'}, {"peripheralizes", "Spreads down the leg", 's'}}
	torqueOptions = []Option{{"prone_belt", "Prone, belt", 'p'}, {"standing_prone", "Standing prone", 's'}}
	unitOptions   = []Option{{"kg", "Kilograms", 'k'}, {"lb", "Pounds", 'l'}}
)

// perSide asks the same number of the left and the right side.
func perSide(label string, high int, unit string) []Question {
	return []Question{
		{Name: "left", Label: label + ", left", Kind: AskNumber, High: high, Unit: unit, Beside: 2},
		{Name: "right", Label: label + ", right", Kind: AskNumber, High: high, Unit: unit, Beside: 2},
	}
}

func (c *Catalog) tests() []Calculator {
	grades := func(side string) []Question {
		return []Question{
			{Name: side + "_straight", Label: "Knee straight", Group: "Grade, " + side, Kind: AskNumber, High: 5, Beside: 2},
			{Name: side + "_bent", Label: "Knee bent", Group: "Grade, " + side, Kind: AskNumber, High: 5, Beside: 2}}
	}
	return []Calculator{
		{ID: "pressure", Title: "Blood pressure, mean of readings", Measures: []string{"systolic", "diastolic"},
			Help:      "Seated for five minutes; two readings, one to two minutes apart, the same arm. The mean counts and is not rounded.",
			Questions: pressureQuestions(), score: c.pressure},
		{ID: "biering_sorensen", Title: "Back extensor hold (Biering-Sørensen)", Measures: []string{"biering_sorensen"},
			Help: "Whole seconds with the trunk level; ended at 240.",
			Questions: []Question{
				{Name: "seconds", Label: "Seconds held", Kind: AskNumber, High: 3600, Decimals: true, Unit: "seconds"},
				{Name: "status", Label: "No time, because", Kind: AskChoice, Choices: noTimeOptions},
				{Name: "stopped", Label: "Why it ended", Kind: AskChoice, Choices: stopOptions}},
			score: func(e *entries) (Scored, error) {
				s, err := Sorensen(Hold{Seconds: e.number("seconds"), Status: Status(e.text("status"))})
				e.protocol = "three_straps"
				out, err := c.one("biering_sorensen", s, named(err, "seconds"))
				for i := range out.Records {
					out.Records[i].Stopped = StopReason(e.text("stopped"))
				}
				return out, err
			}},
		{ID: "bridge_reps", Title: "Single-leg bridge, repeats", Measures: []string{"bridge_reps"},
			Help:      "Full lifts at 60 beats a minute, until the height is lost twice, cramp, or pain above 5.",
			Questions: perSide("Repeats", 600, ""), score: c.sides("bridge_reps", "floor_60_per_minute", func(e *entries, name string) (Score, error) {
				return BridgeReps(e.whole(name))
			})},
		{ID: "bridge_hold", Title: "Single-leg bridge, hold", Measures: []string{"bridge_hold"},
			Help:      "Whole seconds with a level pelvis.",
			Questions: perSide("Hold", 600, "seconds"), score: c.sides("bridge_hold", "floor", func(e *entries, name string) (Score, error) {
				return BridgeHold(Hold{Seconds: e.number(name)})
			})},
		{ID: "mmt", Title: "Manual muscle test of hip extension", Measures: []string{"mmt"},
			Help:      "Prone. The lower of the two grades counts.",
			Questions: append(grades("left"), grades("right")...), score: c.muscle},
		{ID: "dynamometer", Title: "Hip extension by dynamometer", Measures: []string{"hip_torque", "hip_torque_per_kg"},
			Help:      "Force times the lever arm, from the hip joint to the pad in metres. With the body weight also by kilogram.",
			Questions: torqueQuestions(), score: c.torque},
		{ID: "leg_raise", Title: "Straight leg raise", Measures: []string{"slr_angle"},
			Help: "Only the patient's own leg pain counts, not a stretch at the back of the thigh.",
			Questions: []Question{
				{Name: "left", Label: "Left: own leg pain?", Kind: AskYesNo},
				{Name: "left_angle", Label: "Angle of that pain, left", Kind: AskNumber, High: 120, Decimals: true, Unit: "degrees"},
				{Name: "right", Label: "Right: own leg pain?", Kind: AskYesNo},
				{Name: "right_angle", Label: "Angle of that pain, right", Kind: AskNumber, High: 120, Decimals: true, Unit: "degrees"},
				{Name: "crossed", Label: "Raising the good leg brings on the pain of the other?", Kind: AskYesNo}},
			score: legRaises},
		{ID: "neuro", Title: "Neurological screen", Help: "Grades 0 to 5 of each level and side; 5 is full strength.",
			Questions: neuroQuestions(), score: neuroFinding},
		{ID: "hinge", Title: "Dowel hinge", Measures: []string{"hinge_contacts"},
			Help: "Slow repeats with the dowel on head, mid-back and sacrum.",
			Questions: []Question{
				{Name: "reps", Label: "Repeats done", Kind: AskNumber, Low: 5, High: 20, Beside: 3},
				{Name: "reps_with_contact", Label: "Kept all three contacts", Kind: AskNumber, High: 20, Beside: 3},
				{Name: "pain", Label: "Pain during the hinge", Kind: AskNumber, High: 10, Decimals: true, Beside: 3},
				{Name: "depth", Label: "Lowest point with all contacts", Kind: AskChoice, Choices: depthOptions},
				{Name: "lost_head", Label: "Head lost contact?", Kind: AskYesNo},
				{Name: "lost_mid_back", Label: "Mid-back lost contact?", Kind: AskYesNo},
				{Name: "lost_sacrum", Label: "Sacrum lost contact?", Kind: AskYesNo},
				{Name: "fault_knee_drift", Label: "Knees drifted or it became a squat?", Kind: AskYesNo},
				{Name: "fault_weight_shift", Label: "Weight shifted to one side?", Kind: AskYesNo},
				{Name: "fault_breath_hold", Label: "Held the breath?", Kind: AskYesNo}},
			score: hinge},
		{ID: "movements", Title: "Response to repeated movement", Help: "Ten of each. What happens to the symptoms?",
			Questions: []Question{
				{Name: "flexion", Label: "Bending forward", Kind: AskChoice, Choices: movedOptions},
				{Name: "extension", Label: "Bending back", Kind: AskChoice, Choices: movedOptions},
				{Name: "hinge", Label: "Hip hinge", Kind: AskChoice, Choices: movedOptions}},
			score: func(e *entries) (Scored, error) {
				d, err := Movements{Flexion: Response(e.text("flexion")), Extension: Response(e.text("extension")), Hinge: Response(e.text("hinge"))}.Summary()
				if err != nil {
					return Scored{}, err
				}
				text := "Nothing was tested."
				if d.Answer != "none" {
					text = strings.ReplaceAll(d.Answer, "_", " ") + "."
					text = "Result: " + text
				}
				if len(d.Eases) > 0 {
					text += " Eases: " + strings.Join(d.Eases, ", ") + "."
				}
				if len(d.Spreads) > 0 {
					text += " Spreads: " + strings.Join(d.Spreads, ", ") + "."
				}
				return Scored{Answers: map[string]string{"episode.directional_response": d.Answer}, Text: text}, nil
			}},
		{ID: "inflammatory", Title: "Inflammatory back pain, ASAS features", Help: "Four of five, with pain for 12 weeks or more and onset before 45. An open question never counts as no.",
			Questions: []Question{
				{Name: "onset_age", Label: "Age when the pain began", Kind: AskNumber, High: 120, Unit: "years", Beside: 2},
				{Name: "pain_weeks", Label: "Weeks with pain", Kind: AskNumber, High: 5200, Decimals: true, Unit: "weeks", Beside: 2},
				{Name: "gradual", Label: "Began bit by bit?", Kind: AskYesNo},
				{Name: "exercise", Label: "Better with exercise?", Kind: AskYesNo},
				{Name: "rest", Label: "Not better with rest?", Kind: AskYesNo},
				{Name: "night", Label: "Pain at night that eases on getting up?", Kind: AskYesNo}},
			score: inflammatory},
	}
}

// named puts problems beside a question of the calculator.
func named(err error, question string) error {
	var found domain.Problems
	if !errors.As(err, &found) {
		return err
	}
	var out domain.Problems
	for _, p := range found {
		out.Add(question, p.Text)
	}
	return out
}

// sides scores a number of each side.
func (c *Catalog) sides(id, protocol string, score func(e *entries, name string) (Score, error)) func(*entries) (Scored, error) {
	return func(e *entries) (Scored, error) {
		e.protocol = protocol
		var out Scored
		for _, side := range []Side{Left, Right} {
			s, err := score(e, string(side))
			if err != nil {
				return Scored{}, named(err, string(side))
			}
			if r, ok := scoreRecord(id, side, s); ok {
				out.Records = append(out.Records, r)
			}
		}
		out.Text = c.sidesText(out.Records)
		return out, nil
	}
}

// sidesText tells the values of the sides and how far they lie apart.
func (c *Catalog) sidesText(records []Record) string {
	var parts []string
	for _, r := range records {
		if m, ok := c.Measure(r.Measure); ok {
			parts = append(parts, strings.ToUpper(string(r.Side[:1]))+string(r.Side[1:])+" "+m.Words(r))
		}
	}
	text := strings.Join(parts, ", ")
	switch len(records) {
	case 0:
		return "Enter at least one side."
	case 2:
		if gap := Gap(*records[0].Value, *records[1].Value); gap != nil {
			text += "; the weaker side is " + gap.FloatString(0) + " percent lower"
		}
	}
	return text + "."
}

const pressureReadings = 3

func pressureQuestions() []Question {
	var out []Question
	for i := 1; i <= pressureReadings; i++ {
		group := "Reading " + strconv.Itoa(i)
		if i > 2 {
			group += ", if one was needed"
		}
		out = append(out,
			Question{Name: fmt.Sprintf("systolic_%d", i), Label: "Systolic", Group: group, Kind: AskNumber, Low: 60, High: 260, Unit: "mmHg", Beside: 2},
			Question{Name: fmt.Sprintf("diastolic_%d", i), Label: "Diastolic", Group: group, Kind: AskNumber, Low: 30, High: 160, Unit: "mmHg", Beside: 2})
	}
	return out
}

func (c *Catalog) pressure(e *entries) (Scored, error) {
	var readings []Reading
	var names []string
	for i := 1; i <= pressureReadings; i++ {
		s, d := fmt.Sprintf("systolic_%d", i), fmt.Sprintf("diastolic_%d", i)
		sys, dia := e.whole(s), e.whole(d)
		switch {
		case sys == nil && dia == nil:
			continue
		case sys == nil || dia == nil:
			return Scored{Text: fmt.Sprintf("Reading %d needs both numbers.", i)}, nil
		case *dia >= *sys:
			return Scored{}, domain.Problems{{Field: d, Text: "must be below the systolic pressure; measure or enter both again"}}
		}
		readings, names = append(readings, Reading{*sys, *dia}), append(names, s, d)
	}
	p, err := MeanPressure(readings)
	if err != nil || p.Readings == 0 {
		return Scored{Text: p.Systolic.Why}, err
	}
	e.protocol = "seated_mean_of_2"
	text := fmt.Sprintf("Mean of %d readings: %s over %s mmHg, highest %d over %d.", p.Readings, p.Systolic.Value, p.Diastolic.Value, p.Highest.Systolic, p.Highest.Diastolic)
	if !p.Complete() {
		e.protocol = "seated_single"
		text = fmt.Sprintf("One reading: %s over %s mmHg. Take a second one after one to two minutes.", p.Systolic.Value, p.Diastolic.Value)
	}
	out := Scored{Text: text}
	for _, x := range []struct {
		id string
		s  Score
	}{{"systolic", p.Systolic}, {"diastolic", p.Diastolic}} {
		r, _ := scoreRecord(x.id, NoSide, x.s)
		r.Entries = e.kept(names...)
		out.Records = append(out.Records, r)
	}
	return out, nil
}

func (c *Catalog) muscle(e *entries) (Scored, error) {
	e.protocol = "prone"
	var out Scored
	var open []string
	for _, side := range []Side{Left, Right} {
		names := []string{string(side) + "_straight", string(side) + "_bent"}
		s, err := MMT(e.whole(names[0]), e.whole(names[1]))
		if err != nil {
			return Scored{}, err
		}
		if r, ok := scoreRecord("mmt", side, s); ok {
			r.Entries = e.kept(names...)
			out.Records = append(out.Records, r)
		} else if len(e.kept(names...)) > 0 {
			open = append(open, strings.ToUpper(string(side[:1]))+string(side[1:])+": "+s.Why)
		}
	}
	out.Text = strings.Join(append([]string{c.sidesText(out.Records)}, open...), " ")
	return out, nil
}

func torqueQuestions() []Question {
	return append(perSide("Force", 2000, "newtons"),
		Question{Name: "lever", Label: "Lever arm", Kind: AskNumber, High: 1, Decimals: true, Unit: "metres", Beside: 2},
		Question{Name: "protocol", Label: "Position", Kind: AskChoice, Choices: torqueOptions},
		Question{Name: "mass", Label: "Body weight", Kind: AskNumber, Low: 20, High: 900, Decimals: true, Beside: 2},
		Question{Name: "unit", Label: "In", Kind: AskChoice, Choices: unitOptions, Beside: 2})
}

func (c *Catalog) torque(e *entries) (Scored, error) {
	lever := e.number("lever")
	if lever == nil || e.text("protocol") == "" {
		return Scored{Text: "The lever arm and the position are needed."}, nil
	}
	e.protocol = e.text("protocol")
	var out Scored
	var perKg []Record
	for _, side := range []Side{Left, Right} {
		force := e.number(string(side))
		if force == nil {
			continue
		}
		s, err := Torque(*force, *lever)
		if err != nil {
			return Scored{}, named(err, "lever")
		}
		r, _ := scoreRecord("hip_torque", side, s)
		r.Entries = e.kept(string(side), "lever")
		out.Records = append(out.Records, r)
		mass := e.number("mass")
		if mass == nil || e.text("unit") == "" {
			continue
		}
		k, err := TorquePerKilogram(s.Value, domain.Mass{Value: *mass, Unit: domain.MassUnit(e.text("unit"))})
		if err != nil {
			return Scored{}, named(err, "mass")
		}
		r, _ = scoreRecord("hip_torque_per_kg", side, k)
		r.Entries = e.kept(string(side), "lever", "mass", "unit")
		perKg = append(perKg, r)
	}
	out.Text = c.sidesText(out.Records)
	if len(out.Records) == 2 {
		if x := SideRatio(*out.Records[0].Value, *out.Records[1].Value); x != nil {
			out.Text += " Weaker by stronger: " + x.FloatString(2) + "; 0.80 or more is the goal (clinic default)."
		}
	}
	out.Records = append(out.Records, perKg...)
	return out, nil
}

// legRaises scores both legs. The screen takes one answer: the worse leg.
func legRaises(e *entries) (Scored, error) {
	out := Scored{Answers: map[string]string{}}
	worst, angle := LegRaiseNegative, ""
	own, open := false, false
	for _, side := range []Side{Left, Right} {
		l := LegRaise{OwnLegPain: e.yes(string(side)), AngleDeg: e.number(string(side) + "_angle"), Crossed: e.yes("crossed")}
		result, err := l.Result()
		if err != nil {
			return Scored{}, named(err, string(side)+"_angle")
		}
		if l.OwnLegPain == nil {
			open = true
		}
		if isTrue(l.OwnLegPain) {
			// Pain without an angle counts as low, so it outranks any angle.
			switch {
			case l.AngleDeg == nil:
				angle = ""
			case !own || angle != "" && l.AngleDeg.Cmp(domain.MustDecimal(angle)) < 0:
				angle = l.AngleDeg.String()
			}
			own = true
			if l.AngleDeg != nil {
				r, _ := scoreRecord("slr_angle", side, scored(*l.AngleDeg))
				r.Protocol = "supine"
				out.Records = append(out.Records, r)
			}
		}
		if result == LegRaiseCrossed || result == LegRaisePositive && worst != LegRaiseCrossed {
			worst = result
		}
	}
	if c := e.yes("crossed"); c != nil {
		out.Answers["neuro.crossed_slr"] = e.text("crossed")
	} else {
		open = true
	}
	switch {
	case own:
		out.Answers["neuro.slr_own_leg_pain"] = "yes"
		out.Answers["neuro.slr_angle_deg"] = angle
	case e.yes("left") != nil && e.yes("right") != nil:
		out.Answers["neuro.slr_own_leg_pain"] = "no"
	}
	out.Text = map[LegRaiseResult]string{LegRaiseNegative: "Negative.", LegRaisePositive: "Positive straight leg raise.",
		LegRaiseCrossed: "Positive crossed straight leg raise."}[worst]
	if open && worst == LegRaiseNegative {
		out.Text = "Not complete: both legs and the crossed raise are needed."
	}
	return out, nil
}

func neuroQuestions() []Question {
	var out []Question
	for _, side := range []string{"Left", "Right"} {
		for _, level := range Levels {
			out = append(out, Question{Name: "neuro." + strings.ToLower(side) + "." + level, Label: level, Group: side + " grades", Kind: AskNumber, High: 5, Beside: 5})
		}
	}
	return append(out,
		Question{Name: "sensation", Label: "Touch or pin reduced at any level, L2 to S2?", Kind: AskYesNo},
		Question{Name: "reflex", Label: "Knee or ankle reflex changed?", Kind: AskYesNo},
		Question{Name: "babinski", Label: "Babinski sign?", Kind: AskYesNo},
		Question{Name: "clonus", Label: "Clonus?", Kind: AskYesNo},
		Question{Name: "worsening", Label: "Getting worse?", Kind: AskYesNo},
		Question{Name: "assessed", Label: "Has a medical provider assessed it?", Kind: AskYesNo},
		Question{Name: "neuro.unchanged_weeks", Label: "Unchanged for", Kind: AskNumber, High: 5200, Decimals: true, Unit: "weeks"})
}

// NeuroWords names the findings in words.
var NeuroWords = map[string]string{
	NeuroNormal: "Normal", NeuroMildUnassessed: "Mild deficit, not assessed", NeuroMildStable: "Mild deficit, assessed and stable",
	NeuroMotorLE3: "Strength of grade 3 or less", NeuroProgressive: "Getting worse", NeuroUMN: "Upper motor neuron signs",
	NeuroBilateralMotor: "New weakness in both legs",
}

func neuroFinding(e *entries) (Scored, error) {
	n := Neuro{Sensation: e.yes("sensation"), Reflex: e.yes("reflex"), Babinski: e.yes("babinski"), Clonus: e.yes("clonus"),
		Worsening: e.yes("worsening"), Assessed: e.yes("assessed"), UnchangedWeeks: e.number("neuro.unchanged_weeks")}
	for i, level := range Levels {
		n.Left[i], n.Right[i] = e.whole("neuro.left."+level), e.whole("neuro.right."+level)
	}
	finding, err := n.Finding()
	if err != nil {
		return Scored{}, err
	}
	if finding == NeuroNotComplete {
		return Scored{Text: "Not complete: every grade and every sign is needed before it is normal."}, nil
	}
	return Scored{Answers: map[string]string{"neuro.finding": finding}, Text: "Result: " + NeuroWords[finding] + "."}, nil
}

func hinge(e *entries) (Scored, error) {
	h := Hinge{Reps: e.whole("reps"), Kept: e.whole("reps_with_contact"), Depth: e.text("depth"), Pain: e.number("pain")}
	for _, x := range Contacts {
		if isTrue(e.yes("lost_" + x)) {
			h.Lost = append(h.Lost, x)
		}
	}
	for _, x := range HingeFaults {
		if isTrue(e.yes("fault_" + x)) {
			h.Faults = append(h.Faults, x)
		}
	}
	if h.Reps != nil && h.Kept != nil && *h.Kept > *h.Reps {
		return Scored{}, domain.Problems{{Field: "reps_with_contact", Text: "must not be more than the repeats done"}}
	}
	s, err := h.Score()
	if err != nil || !s.Kept.Scored() {
		return Scored{Text: s.Kept.Why}, err
	}
	r, err := HingeRecord(h)
	out := Scored{Records: []Record{r}, Answers: map[string]string{}}
	for _, name := range HingeEntries {
		if v := r.Entry(name); v != "" {
			out.Answers["dowel_hinge."+name] = v
		}
	}
	out.Text = s.Kept.Value.Rat().FloatString(0) + " percent kept all contacts: not steady yet, 8 of 10 is the goal (clinic default)."
	if s.Steady {
		out.Text = s.Kept.Value.Rat().FloatString(0) + " percent kept all contacts: steady."
	}
	out.Text = strings.Join(append([]string{out.Text}, s.Notes...), " ")
	return out, err
}

func inflammatory(e *entries) (Scored, error) {
	count, err := Inflammatory{OnsetAge: e.whole("onset_age"), PainWeeks: e.number("pain_weeks"), Gradual: e.yes("gradual"),
		BetterWithExercise: e.yes("exercise"), NotBetterWithRest: e.yes("rest"), NightPain: e.yes("night")}.INFL1()
	if err != nil {
		return Scored{}, err
	}
	text := fmt.Sprintf("%d of 5 features", count.Present)
	if count.Open > 0 {
		text += fmt.Sprintf(", %d not asked", count.Open)
	}
	text += map[Answer]string{Yes: ": inflammatory back pain is likely. Refer to rheumatology.", No: ": not likely.", Unknown: ". Not complete yet."}[count.Answer]
	return Scored{Answers: map[string]string{"red_flags.INFL1": string(count.Answer)}, Text: text}, nil
}
