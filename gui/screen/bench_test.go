package screen

import (
	"testing"

	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/gui/guitest"
	"backtobar/gui/page"
)

// BenchmarkAnswer is one answer with everything that follows from it.
func BenchmarkAnswer(b *testing.B) {
	r := newRecords(patient.Male)
	h := guitest.NewHost()
	var s *Section
	w := h.Open(b, wide, func() page.View {
		s = New(r, h, shipped, clinic.Chart{Patient: r.patient, ScreenState: "draft"})
		return s
	})
	w.Canvas().Focus(s.FirstFocus())
	for i := 0; b.Loop(); i++ {
		s.focus("red_flags.CES2")
		w.Type(string("yn"[i%2]))
	}
}
