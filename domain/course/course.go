// Package course is what happens after the plan: training sessions, the verdict
// on each, and what they lead to next.
//
// A session is a record (Session). Its signs (Signs) give one verdict, the
// verdicts at one sub-stage and load give one ruling (Decide), and Suggest turns
// the ruling, the days since, flare-ups, the screen as it counts today and the
// weights that are there into one suggestion with its reasons. Nothing is
// applied: a therapist accepts a suggestion or changes it.
//
// Two things hold for every history and are tested on random ones: worse pain
// never leads to a heavier target or a higher sub-stage, and no suggestion is
// without a reason. All numbers are data (assets/protocol/progression.json).
package course
