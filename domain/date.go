package domain

import (
	"fmt"
	"strings"
	"time"
)

// Date is a civil day in the proleptic Gregorian calendar, without a time zone.
// The zero Date means "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the day, and false when there is no such day or the year is
// outside 1 to 9999.
func NewDate(year int, month time.Month, day int) (Date, bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	ok := year >= 1 && year <= 9999 && t.Year() == year && t.Month() == month && t.Day() == day
	if !ok {
		return Date{}, false
	}
	return Date{year, month, day}, true
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date { return Date{t.Year(), t.Month(), t.Day()} }

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("write the date as YYYY-MM-DD")
	}
	return DateOf(t), nil
}

// IsZero reports whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

func (d Date) time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// String returns YYYY-MM-DD, or "" for the zero date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Short returns the form for screens, "Mar 14, 1986", with the month in
// letters so that no reader can swap day and month.
func (d Date) Short() string {
	if d.IsZero() {
		return "Not recorded"
	}
	return d.time().Format("Jan 2, 2006")
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.time().Before(e.time()) }

// AddDays returns the day n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return DateOf(d.time().AddDate(0, 0, n)) }

// DaysUntil returns the whole days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int {
	return int(e.time().Sub(d.time()) / (24 * time.Hour))
}

// AgeOn returns the completed years from birth d to on. Somebody born on
// February 29 turns a year older on March 1 in other years.
func (d Date) AgeOn(on Date) int {
	years := on.Year - d.Year
	if on.Month < d.Month || (on.Month == d.Month && on.Day < d.Day) {
		years--
	}
	return years
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD, or the empty text as the zero date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(strings.TrimSpace(string(b)))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Slashed returns the form in which US staff type a date, "03/14/1986".
func (d Date) Slashed() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format("01/02/2006")
}
