// Package clinic is the use cases: the only door through which windows and
// commands reach rules and records.
package clinic
