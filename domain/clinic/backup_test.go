package clinic_test

import (
	"slices"
	"testing"
	"time"

	"backtobar/domain/clinic"
)

func TestExpiredBackups(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	// Two a day for 400 days.
	var made []time.Time
	for d := range 400 {
		made = append(made, noon.AddDate(0, 0, -d), noon.AddDate(0, 0, -d).Add(6*time.Hour))
	}
	expired := clinic.ExpiredBackups(made)
	if !slices.IsSortedFunc(expired, time.Time.Compare) {
		t.Error("not oldest first")
	}
	var kept []string
	for _, m := range made {
		if !slices.Contains(expired, m) {
			kept = append(kept, m.Format("2006-01-02 15"))
		}
	}
	want := []string{
		// seven days, the evening of each; Sunday 22 and 15 also end their weeks
		"2026-11-22 18", "2026-11-21 18", "2026-11-20 18", "2026-11-19 18", "2026-11-18 18", "2026-11-17 18", "2026-11-16 18",
		"2026-11-15 18", "2026-11-08 18", "2026-11-01 18", // weeks
		"2026-10-31 18", "2026-09-30 18", "2026-08-31 18", "2026-07-31 18", "2026-06-30 18", "2026-05-31 18",
		"2026-04-30 18", "2026-03-31 18", "2026-02-28 18", "2026-01-31 18", "2025-12-31 18", // months
	}
	if !slices.Equal(kept, want) {
		t.Errorf("kept %q", kept)
	}
}

func TestFewBackupsAreAllKept(t *testing.T) {
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, made := range [][]time.Time{nil, {noon}, {noon, noon.AddDate(0, 0, 1)}} {
		if got := clinic.ExpiredBackups(made); len(got) > 0 {
			t.Errorf("of %d: %v", len(made), got)
		}
	}
	// A clock that ran ahead makes nothing newer go.
	if got := clinic.ExpiredBackups([]time.Time{noon, noon.AddDate(30, 0, 0)}); len(got) > 0 {
		t.Errorf("%v", got)
	}
}
