package sqlite

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/store/pagevfs"
	"backtobar/domain/store/storetest"
)

// fixed is the clock of these tests.
// testKey encrypts the files of these tests.
var testKey = bytes.Repeat([]byte{7}, pagevfs.KeySize)

var fixed = domain.FixedClock(storetest.Now)

func openAt(t *testing.T, path string, clock domain.Clock) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, testKey, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // some tests close it themselves
	return s
}

func TestConformance(t *testing.T) {
	paths := map[clinic.Store]string{}
	storetest.Run(t, storetest.Harness{
		Open: func(t *testing.T, clock domain.Clock) clinic.Store {
			// Characters that an option of the connection could start with.
			path := filepath.Join(t.TempDir(), "a folder #1?mode=ro&x%41", "clinic.db")
			s := openAt(t, path, clock)
			paths[s] = path
			return s
		},
		Reopen: func(t *testing.T, s clinic.Store, clock domain.Clock) clinic.Store {
			path := paths[s]
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			again := openAt(t, path, clock)
			paths[again] = path
			return again
		},
	})
}
