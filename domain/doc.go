// Package domain is the kernel of Back to Bar: the few types that every other
// package speaks. It holds ids, civil dates, exact decimals, masses, the clock,
// the person who acts, and the problems a person can put right.
//
// The packages below it hold the rules:
//
//	patient   who the patient is, and how a name is found
//	intake    what the front desk asks before the screen
//	screen    the deadlift-readiness decision
//	program   stages, doses, loads and gates
//	clinic    the use cases; the only door for windows and commands
//	store     where records are kept
//
// Rules are pure: no file, no database, no clock, no goroutine, no toolkit.
// What a rule needs to know about today arrives as a parameter.
package domain
