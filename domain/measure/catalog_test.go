package measure_test

import (
	"testing"

	"backtobar/assets"
	"backtobar/domain/measure"
)

func TestLoad(t *testing.T) {
	if _, err := measure.Load(assets.Measures); err != nil {
		t.Fatal(err)
	}
}
