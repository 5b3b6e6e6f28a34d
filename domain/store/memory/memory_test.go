package memory_test

import (
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/memory"
	"backtobar/domain/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, storetest.Harness{
		Open: func(t *testing.T, clock domain.Clock) clinic.Store {
			s := memory.New(clock)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			return s
		},
	})
}
