package assets

import "embed"

// Drawings holds drawings/poses.json: the exercise pictures as joint angles.
//
//go:embed drawings/*.json
var Drawings embed.FS
