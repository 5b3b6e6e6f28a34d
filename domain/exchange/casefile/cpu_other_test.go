//go:build !unix

package casefile_test

import "time"

// cpu is not measured here.
func cpu() time.Duration { return 0 }
