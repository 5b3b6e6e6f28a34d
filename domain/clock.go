package domain

import "time"

// Clock tells the time. Only the program's entry uses the system's clock;
// rules receive a date, and a transaction receives one fixed moment.
type Clock interface {
	// Now returns the current moment.
	Now() time.Time
}

// SystemClock is the clock of the computer, in its local time zone.
type SystemClock struct{}

// Now implements Clock.
func (SystemClock) Now() time.Time { return time.Now() }

// FixedClock always answers the same moment.
type FixedClock time.Time

// Now implements Clock.
func (c FixedClock) Now() time.Time { return time.Time(c) }
