package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"backtobar/domain"
	"backtobar/domain/measure"
)

func TestSorensen(t *testing.T) {
	for _, c := range []struct {
		name, seconds, status, want string
	}{
		{"C11", "275", "", "240 capped"},
		{"0", "0", "", "0"},
		{"cut, not rounded", "60.9", "", "60"},
		{"just below the end", "239.9", "", "239"},
		{"the end of the test", "240", "", "240 capped"},
		{"an hour", "3600", "", "240 capped"},
		{"pain", "", "unable_pain", "unable_pain"},
		{"another reason", "", "unable_other", "unable_other"},
		{"not done", "", "not_done", "not_done"},
		{"nothing entered", "", "", "not_scored"},
	} {
		got, err := measure.Sorensen(measure.Hold{Seconds: decp(c.seconds), Status: measure.Status(c.status)})
		if err != nil || told(got) != c.want {
			t.Errorf("%s: %s, %v, want %s", c.name, told(got), err, c.want)
		}
	}
	for _, bad := range []measure.Hold{
		{Seconds: decp("-1")}, {Seconds: decp("3601")}, {Seconds: decp("-0.5")},
		{Seconds: decp("50"), Status: measure.UnablePain}, {Status: "tired"}, {Status: measure.Measured}, {Status: measure.Capped},
	} {
		_, err := measure.Sorensen(bad)
		refused(t, err, "biering_sorensen.seconds")
	}
	m := get(t, "biering_sorensen")
	for _, c := range []struct{ value, sex, want string }{
		{"0", "male", "poor"}, {"58", "male", "poor"}, {"59", "male", "medium"}, {"104", "male", "medium"}, {"105", "male", "good"},
		{"58", "female", "poor"}, {"110", "female", "medium"}, {"111", "female", "good"}, {"240", "female", "good"}, {"100", "", ""},
	} {
		if b, _ := m.Band(dec(c.value), c.sex); b.Name != c.want {
			t.Errorf("%s seconds, %s: %q, want %q", c.value, c.sex, b.Name, c.want)
		}
	}
}

func TestBridges(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "10.99": "10", "600": "600"} {
		if got, err := measure.BridgeHold(measure.Hold{Seconds: decp(in)}); err != nil || told(got) != want {
			t.Errorf("hold %s: %s, %v, want %s", in, told(got), err, want)
		}
	}
	_, err := measure.BridgeHold(measure.Hold{Seconds: decp("600.1")})
	refused(t, err, "bridge_hold.seconds")
	for value, want := range map[string]string{"19": "poor", "20": "average", "30": "average", "31": "good"} {
		if b, _ := get(t, "hamstring_bridge").Band(dec(value), ""); b.Name != want {
			t.Errorf("%s hamstring bridges are %q, want %q", value, b.Name, want)
		}
	}
	for in, want := range map[string]string{"-": "not_scored", "0": "0", "10": "10", "600": "600"} {
		if got, err := measure.BridgeReps(blanks(t, in)[0]); err != nil || told(got) != want {
			t.Errorf("repeats %s: %s, %v, want %s", in, told(got), err, want)
		}
	}
	for _, bad := range []int{-1, 601} {
		_, err := measure.BridgeReps(&bad)
		refused(t, err, "bridge_reps.count")
	}
}

func TestMMT(t *testing.T) {
	for in, want := range map[string]string{
		"5 5": "5", "5 4": "4", "4 5": "4", "0 5": "0", "3 3": "3",
		"5 -": "not_scored", "- 4": "not_scored", "- -": "not_scored",
		"3 -": "3", "- 0": "0", // a weakness found is not lost
	} {
		v := blanks(t, in)
		if got, err := measure.MMT(v[0], v[1]); err != nil || told(got) != want {
			t.Errorf("%s: %s, %v, want %s", in, told(got), err, want)
		}
	}
	_, err := measure.MMT(ptr(5), ptr(6))
	refused(t, err, "mmt.knee_bent")
	_, err = measure.MMT(ptr(6), ptr(-1))
	refused(t, err, "mmt.knee_straight", "mmt.knee_bent")
}

func TestDynamometry(t *testing.T) {
	torque, err := measure.Torque(dec("200"), dec("0.35"))
	if err != nil || told(torque) != "70" {
		t.Errorf("200 N at 0.35 m: %s, %v, want 70", told(torque), err)
	}
	perKg, err := measure.TorquePerKilogram(torque.Value, domain.Mass{Value: dec("80"), Unit: domain.Kilogram})
	if err != nil || told(perKg) != "0.875" || get(t, "hip_torque_per_kg").Shown(perKg.Value) != "0.88" {
		t.Errorf("70 Nm at 80 kg: %s, %v, want 0.875", told(perKg), err)
	}
	// 100 lb are exactly 45.359237 kg.
	if got, err := measure.TorquePerKilogram(dec("45.359237"), domain.Mass{Value: dec("100"), Unit: domain.Pound}); err != nil || told(got) != "1" {
		t.Errorf("45.359237 Nm at 100 lb: %s, %v, want 1", told(got), err)
	}
	for _, c := range []struct{ force, lever, fields string }{
		{"-1", "0.3", "dynamometry.force"}, {"2000.1", "0.3", "dynamometry.force"},
		{"200", "35", "dynamometry.lever"}, {"200", "0.049", "dynamometry.lever"}, {"200", "1.01", "dynamometry.lever"},
		{"2001", "0", "dynamometry.force dynamometry.lever"},
	} {
		_, err := measure.Torque(dec(c.force), dec(c.lever))
		refused(t, err, strings.Fields(c.fields)...)
	}
	for _, c := range []struct{ force, lever, want string }{{"0", "0.05", "0"}, {"2000", "1", "2000"}} {
		if got, err := measure.Torque(dec(c.force), dec(c.lever)); err != nil || told(got) != c.want {
			t.Errorf("%s N at %s m: %s, %v, want %s", c.force, c.lever, told(got), err, c.want)
		}
	}
	for _, kg := range []string{"20", "400"} {
		if _, err := measure.TorquePerKilogram(dec("70"), domain.Mass{Value: dec(kg), Unit: domain.Kilogram}); err != nil {
			t.Errorf("%s kg: %v", kg, err)
		}
	}
	for _, c := range []struct{ torque, mass, unit, fields string }{
		{"-1", "80", "kg", "dynamometry.torque"}, {"2001", "80", "kg", "dynamometry.torque"},
		{"70", "19.9", "kg", "body_mass"}, {"70", "400.1", "kg", "body_mass"}, {"70", "80", "", "body_mass"},
		{"70", "44", "lb", "body_mass"}, {"70", "882", "lb", "body_mass"},
	} {
		_, err := measure.TorquePerKilogram(dec(c.torque), domain.Mass{Value: dec(c.mass), Unit: domain.MassUnit(c.unit)})
		refused(t, err, strings.Fields(c.fields)...)
	}
	for _, c := range []struct{ left, right, gap, ratio string }{
		{"10", "8", "20.00", "0.800"}, {"8", "10", "20.00", "0.800"}, {"10", "10", "0.00", "1.000"},
		{"10", "0", "100.00", "0.000"}, {"12", "9.59", "20.08", "0.799"}, {"0", "0", "", ""},
	} {
		gap, quotient := measure.Gap(dec(c.left), dec(c.right)), measure.SideRatio(dec(c.left), dec(c.right))
		if c.gap == "" {
			if gap != nil || quotient != nil {
				t.Error("two sides of 0 have a ratio")
			}
			continue
		}
		if gap.FloatString(2) != c.gap || quotient.FloatString(3) != c.ratio {
			t.Errorf("%s and %s: %s and %s, want %s and %s", c.left, c.right, gap.FloatString(2), quotient.FloatString(3), c.gap, c.ratio)
		}
	}
}

func TestLegRaise(t *testing.T) {
	for _, c := range []struct {
		name, own, angle, crossed string
		want                      measure.LegRaiseResult
	}{
		{"nothing", "no", "", "no", "negative"},
		{"own pain at 70", "yes", "70", "no", "positive"},
		{"own pain above 70", "yes", "70.5", "no", "negative"},
		{"own pain, no angle", "yes", "", "no", "positive"},
		{"below 30 counts too", "yes", "20", "no", "positive"},
		{"a stretch at 50", "no", "50", "no", "negative"},
		{"crossed outranks", "yes", "40", "yes", "crossed_positive"},
		{"crossed alone", "no", "", "yes", "crossed_positive"},
		{"crossed, the other open", "", "", "yes", "crossed_positive"},
		{"crossed open, positive", "yes", "40", "", "positive"},
		{"crossed open, negative", "no", "", "", ""},
		{"own pain open", "", "50", "no", ""},
		{"own pain above 70, crossed open", "yes", "80", "", ""},
	} {
		got, err := measure.LegRaise{OwnLegPain: flag(c.own), AngleDeg: decp(c.angle), Crossed: flag(c.crossed)}.Result()
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	for _, bad := range []string{"-1", "120.5"} {
		_, err := measure.LegRaise{OwnLegPain: ptr(true), AngleDeg: decp(bad)}.Result()
		refused(t, err, "slr.angle")
	}
}

func TestHinge(t *testing.T) {
	for _, c := range []struct {
		name, kept, reps, want string
		steady                 bool
	}{
		{"8 of 10", "8", "10", "80", true},
		{"7 of 10", "7", "10", "70", false},
		{"all of 10", "10", "10", "100", true},
		{"none", "0", "10", "0", false},
		{"4 of 5", "4", "5", "80", true},
		{"15 of 19", "15", "19", "78.947368", false},
		{"16 of 20", "16", "20", "80", true},
		{"count open", "-", "10", "not_scored", false},
		{"repeats open", "8", "-", "not_scored", false},
	} {
		got, err := measure.Hinge{Kept: blanks(t, c.kept)[0], Reps: blanks(t, c.reps)[0], Depth: "knee"}.Score()
		if err != nil || told(got.Kept) != c.want || got.Steady != c.steady || got.Depth != "knee" {
			t.Errorf("%s: %s steady %v, %v, want %s steady %v", c.name, told(got.Kept), got.Steady, err, c.want, c.steady)
		}
	}
	for _, pain := range []string{"0", "10"} {
		if _, err := (measure.Hinge{Pain: decp(pain)}).Score(); err != nil {
			t.Errorf("pain of %s: %v", pain, err)
		}
	}
	notes := func(kept int, lost ...string) int {
		got, err := measure.Hinge{Kept: &kept, Reps: ptr(10), Lost: lost}.Score()
		if err != nil {
			t.Fatal(err)
		}
		return len(got.Notes)
	}
	if notes(8) != 1 || notes(10, "head") != 1 || notes(8, "head", "sacrum") != 0 || notes(10) != 0 {
		t.Error("a contradiction between the count and the contacts named is not noted, or none is")
	}
	for _, c := range []struct {
		in     measure.Hinge
		fields string
	}{
		{measure.Hinge{Reps: ptr(4)}, "dowel_hinge.reps"}, {measure.Hinge{Reps: ptr(21)}, "dowel_hinge.reps"},
		{measure.Hinge{Reps: ptr(10), Kept: ptr(11)}, "dowel_hinge.reps_with_contact"},
		{measure.Hinge{Kept: ptr(-1)}, "dowel_hinge.reps_with_contact"},
		{measure.Hinge{Pain: decp("10.1")}, "dowel_hinge.pain"}, {measure.Hinge{Pain: decp("-1")}, "dowel_hinge.pain"},
		{measure.Hinge{Depth: "shin"}, "dowel_hinge.depth"}, {measure.Hinge{Lost: []string{"neck"}}, "dowel_hinge.lost"},
		{measure.Hinge{Faults: []string{"slow"}}, "dowel_hinge.faults"},
	} {
		_, err := c.in.Score()
		refused(t, err, c.fields)
	}
}

func TestMovements(t *testing.T) {
	for _, c := range []struct {
		flexion, extension, hinge, want, eases, spreads string
	}{
		{"", "", "", "none", "", ""},
		{"no_change", "", "", "no_change", "", ""},
		{"centralizes", "no_change", "no_change", "centralizes", "flexion", ""},
		{"peripheralizes", "centralizes", "no_change", "centralizes", "extension", "flexion"},
		{"peripheralizes", "no_change", "no_change", "peripheralizes", "", "flexion"},
		{"no_change", "no_change", "peripheralizes", "peripheralizes_with_hinge", "", "hinge"},
		{"centralizes", "centralizes", "peripheralizes", "peripheralizes_with_hinge", "flexion extension", "hinge"},
	} {
		m := measure.Movements{Flexion: measure.Response(c.flexion), Extension: measure.Response(c.extension), Hinge: measure.Response(c.hinge)}
		got, err := m.Summary()
		if err != nil || got.Answer != c.want || strings.Join(got.Eases, " ") != c.eases || strings.Join(got.Spreads, " ") != c.spreads {
			t.Errorf("%+v: %+v, %v, want %s", m, got, err, c.want)
		}
	}
	_, err := measure.Movements{Extension: "better"}.Summary()
	refused(t, err, "directional.extension")
	_, err = measure.Movements{Flexion: "worse", Hinge: "peripheralizes_with_hinge"}.Summary()
	refused(t, err, "directional.flexion", "directional.hinge")
}

func TestMeanPressure(t *testing.T) {
	for _, c := range []struct {
		in        []measure.Reading
		sys, dia  string
		complete  bool
		high, low string
	}{
		{[]measure.Reading{{160, 100}, {161, 101}}, "160.5", "100.5", true, "161", "101"},
		{[]measure.Reading{{180, 110}, {180, 110}}, "180", "110", true, "180", "110"},
		{[]measure.Reading{{200, 80}, {150, 120}}, "175", "100", true, "200", "120"},
		{[]measure.Reading{{120, 80}, {121, 80}, {120, 81}}, "120.333333", "80.333333", true, "121", "81"},
		{[]measure.Reading{{190, 100}}, "190", "100", false, "190", "100"},
		{[]measure.Reading{{60, 30}, {260, 160}}, "160", "95", true, "260", "160"},
		{nil, "not_scored", "not_scored", false, "0", "0"},
	} {
		got, err := measure.MeanPressure(c.in)
		if err != nil || told(got.Systolic) != c.sys || told(got.Diastolic) != c.dia || got.Complete() != c.complete ||
			fmt.Sprint(got.Highest.Systolic) != c.high || fmt.Sprint(got.Highest.Diastolic) != c.low {
			t.Errorf("%v: %+v, %v", c.in, got, err)
		}
	}
	for _, c := range []struct {
		in     measure.Reading
		fields string
	}{
		{measure.Reading{59, 40}, "systolic"}, {measure.Reading{261, 100}, "systolic"},
		{measure.Reading{120, 29}, "diastolic"}, {measure.Reading{200, 161}, "diastolic"},
		{measure.Reading{100, 100}, "diastolic"}, {measure.Reading{90, 100}, "diastolic"},
	} {
		_, err := measure.MeanPressure([]measure.Reading{{120, 80}, c.in})
		refused(t, err, "blood_pressure.reading_2."+c.fields)
	}
}
