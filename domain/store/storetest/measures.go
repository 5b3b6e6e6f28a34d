package storetest

import (
	"context"
	"errors"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/measure"
)

func aMeasurement(p domain.PatientID, version int) clinic.Measurement {
	value := domain.MustDecimal("33.333333")
	return clinic.Measurement{
		ID: domain.MeasurementID(id("measure-"+string(p), version)), PatientID: p, Version: version,
		Record: measure.Record{Measure: "psfs", Status: measure.Measured, Value: &value, Unit: "points",
			Date: domain.DateOf(Now), By: therapist.Name, Protocol: "psfs", Language: "es",
			Activities: []string{"Sitting, an hour", "Lifting the niña"},
			Entries:    []measure.Entry{{Name: "activity_1", Value: "3"}, {Name: "activity_2", Value: "4"}}},
		Note: "after a long drive", Catalog: "M-1.0", EnteredAt: Now, EnteredBy: therapist,
	}
}

func testMeasures(t *testing.T, s clinic.Store) {
	p, scr, _, _ := chartOf(t, s, Person(1, "Alvarez", "Maria", "1986-03-14"))
	q := addPerson(t, s, Person(2, "Other", "Ann", "1990-01-01"))
	one, two, three := aMeasurement(p.ID, 2), aMeasurement(p.ID, 3), aMeasurement(p.ID, 4)
	one.ScreenID = scr.ID
	two.Corrects, two.Note = one.ID, "typed 43 for 34"
	three.Record.Status, three.Record.Value, three.Withdrawn, three.Corrects = measure.NotDone, nil, true, two.ID
	for _, m := range []clinic.Measurement{one, two, three} {
		update(t, s, func(tx clinic.Tx) error { return tx.Measures().Append(m) })
	}
	view(t, s, func(tx clinic.Tx) error {
		got, err := tx.Measures().All(p.ID)
		same(t, "in the order of entry", got, []clinic.Measurement{aMeasurement(p.ID, 1), one, two, three})
		none, err2 := tx.Measures().All(q.ID)
		if len(none) != 0 {
			t.Errorf("somebody else has %v", none)
		}
		return errors.Join(err, err2)
	})

	append1 := func(m clinic.Measurement) error {
		return s.Update(context.Background(), func(tx clinic.Tx) error { return tx.Measures().Append(m) })
	}
	again := aMeasurement(p.ID, 5)
	again.Corrects = one.ID
	is(t, "a second correction of one measurement", append1(again), domain.ErrConflict)
	again.Corrects = "none"
	is(t, "a correction of nothing", append1(again), domain.ErrNotFound)
	again.Corrects = again.ID
	is(t, "a correction of itself", append1(again), domain.ErrNotFound)
	stray := aMeasurement(q.ID, 1)
	stray.Corrects = three.ID
	is(t, "a correction of somebody else's", append1(stray), domain.ErrNotFound)
	stray.Corrects, stray.ScreenID = "", scr.ID
	is(t, "somebody else's screen", append1(stray), domain.ErrNotFound)
	stray.ScreenID, stray.ID = "", one.ID
	is(t, "the id of another measurement", append1(stray), domain.ErrConflict)
	if err := append1(aMeasurement(q.ID, 1)); err != nil {
		t.Errorf("an honest one after the refusals: %v", err)
	}
}
