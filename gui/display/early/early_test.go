package early

import (
	"os"
	"testing"
	"time"
)

func TestPictureLifeIsSet(t *testing.T) {
	d, err := time.ParseDuration(os.Getenv("FYNE_CACHE"))
	if err != nil || d <= 0 {
		t.Errorf("FYNE_CACHE = %q, want a duration", os.Getenv("FYNE_CACHE"))
	}
}
