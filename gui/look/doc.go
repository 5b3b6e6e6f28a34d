// Package look is the program's appearance: one theme with its colours, sizes
// and typeface, the status colours with their own silhouettes, and the icons.
// No other package names a colour value, so contrast is settled here once.
//
// Every status is told three times, by a silhouette, by a word and by a
// colour, in that order; the colour alone never carries a meaning. All text
// pairs reach a contrast of 4.5 to 1 or more, borders 3 to 1 (see theme_test).
package look
