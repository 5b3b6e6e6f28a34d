// Package assets is the program's data: fonts, screening rules, the exercise
// route, patient texts, drawings and database migrations. It holds no logic;
// each kind is read and checked by the package that uses it.
package assets

import "embed"

// Fonts holds NotoSans-Regular.ttf and NotoSans-Bold.ttf, the one face of
// screen and paper, so that what is measured in one fits in the other.
//
//go:embed fonts/*.ttf
var Fonts embed.FS

// Rules holds screen.json, the screening rules: thresholds, red flags,
// re-test intervals, surgery windows and the reasons with their sources.
//
//go:embed rules/*.json
var Rules embed.FS

// Migrations holds migrations/sqlite/NNNN_name.sql, the steps that bring a
// database file to the layout of this program, in order and never edited once
// released.
//
//go:embed migrations/sqlite/*.sql
var Migrations embed.FS

// Protocol holds protocol.json: the exercises, the sub-stages with their doses
// and gates, and the preparation tracks.
//
//go:embed protocol/*.json
var Protocol embed.FS

// Handouts holds the patient texts by language: handouts/en/exercises.json.
//
//go:embed handouts/*/*.json
var Handouts embed.FS

// Measures holds measures.json: the ranges, bands, measurement errors and
// sources of the questionnaires and physical tests.
//
//go:embed measures/*.json
var Measures embed.FS

// Icon is icon.png, the picture of the program in title and task bars.
//
//go:embed icon.png
var Icon []byte
