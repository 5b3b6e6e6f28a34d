package clinic

import (
	"context"
	"slices"
	"time"
)

// Contents is how much is in the records, by kind, for people to compare before
// and after.
type Contents struct {
	Patients int `json:"patients"`
	Intakes  int `json:"intakes"`
	Screens  int `json:"screens"`
	Plans    int `json:"plans"`
	Sessions int `json:"sessions"`
	Handouts int `json:"handouts"`
	// Head is the newest row of the trail.
	Head TrailHead `json:"head"`
}

// Backup is one finished backup that was read back and found whole.
type Backup struct {
	// Path is the file.
	Path string
	At   time.Time
	// Size in bytes.
	Size     int64
	Contents Contents
}

// The steps of a backup, as Progress tells them.
const (
	StepCopy  = "copy"
	StepSeal  = "seal"
	StepCheck = "check"
)

// Progress is told how far a step is: done of total bytes, from time to time.
type Progress func(step string, done, total int64)

// Backups makes, examines and puts back backups of a vault.
//
// Errors that callers tell apart: ErrWrongSecret, ErrMistypedCode,
// domain.ErrDamaged, domain.ErrNewer, domain.ErrStorageFull, domain.ErrReadOnly,
// domain.ErrInUse, and the context's. A backup that fails leaves no file; a
// restore that is refused changes nothing.
type Backups interface {
	// Backup writes a backup of the open records into the folder and reads it
	// back whole before it says that it is there. Saving goes on meanwhile.
	Backup(ctx context.Context, o Opened, folder string, p Progress) (Backup, error)
	// Examine opens a backup in a scratch folder, with a person's passphrase
	// or, when user is empty, with the printed code of its time, and reads all
	// of it.
	Examine(ctx context.Context, path, user, secret string, p Progress) (Backup, error)
	// Restore examines the backup and puts it in place of the records, which
	// must be closed. What was there is set aside in the folder that is
	// returned, "" when there was nothing.
	Restore(ctx context.Context, path, user, secret string, p Progress) (Backup, string, error)
}

// How many backups are kept: the newest of each of the last days, weeks and
// months that have one. Clinic default.
const (
	keepDays   = 7
	keepWeeks  = 4
	keepMonths = 12
)

// ExpiredBackups returns which of the backups, by the times they were made, may
// be removed, oldest first. The newest never is.
func ExpiredBackups(made []time.Time) []time.Time {
	newestFirst := slices.Clone(made)
	slices.SortFunc(newestFirst, func(a, b time.Time) int { return b.Compare(a) })
	kept := map[time.Time]bool{}
	keep := func(n int, period func(time.Time) [2]int) {
		seen := map[[2]int]bool{}
		for _, t := range newestFirst {
			k := period(t)
			if !seen[k] && len(seen) < n {
				seen[k], kept[t] = true, true
			}
		}
	}
	keep(keepDays, func(t time.Time) [2]int { return [2]int{t.Year(), t.YearDay()} })
	keep(keepWeeks, func(t time.Time) [2]int { y, w := t.ISOWeek(); return [2]int{y, w} })
	keep(keepMonths, func(t time.Time) [2]int { return [2]int{t.Year(), int(t.Month())} })
	var expired []time.Time
	for _, t := range newestFirst {
		if !kept[t] {
			expired = append(expired, t)
		}
	}
	slices.Reverse(expired)
	return expired
}
