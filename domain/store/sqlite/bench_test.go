package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/store/storetest"
)

// patientsEnv asks for more than the 100,000 patients of an ordinary run.
const patientsEnv = "BACKTOBAR_PATIENTS"

func patientsWanted(tb testing.TB) int {
	tb.Helper()
	s := os.Getenv(patientsEnv)
	if s == "" {
		return 100_000
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// Encrypted beside plain, in one run: each operation alternates between the two
// files, so that whatever else the computer does meets both.
func BenchmarkEncryption(b *testing.B) {
	n := patientsWanted(b)
	stores := map[string]*Store{"plain": filled(b, nil, n), "encrypted": filled(b, testKey, n)}
	queries := []string{"alv", "gar", "muc", "smi", "lop", "kow", "bel", "val", "nun", "alv gar", "954123"}
	search := func(s *Store, i int) error {
		tokens := patient.Tokens(queries[i%len(queries)])
		return s.View(context.Background(), func(tx clinic.Tx) error {
			_, _, err := tx.Patients().Find(tokens, 200)
			return err
		})
	}
	next := n
	save := func(s *Store, _ int) error {
		next++
		p := storetest.Person(next, "Example", "Ann", "1990-01-01")
		return s.Update(context.Background(), func(tx clinic.Tx) error {
			_, err := tx.Patients().Add(p)
			return err
		})
	}
	opening := func(s *Store, _ int) error {
		db := pool(s.path, vfsName(s), examining, 1)
		defer db.Close()
		return check(context.Background(), db, false)
	}
	for _, c := range []struct {
		name string
		do   func(*Store, int) error
	}{{"search", search}, {"save", save}, {"open", opening}} {
		b.Run(c.name, func(b *testing.B) {
			took := map[string][]time.Duration{}
			for i := 0; b.Loop(); i++ {
				for name, s := range stores {
					from := time.Now()
					if err := c.do(s, i); err != nil {
						b.Fatal(err)
					}
					took[name] = append(took[name], time.Since(from))
				}
			}
			report(b, took)
		})
	}
}

func vfsName(s *Store) string {
	if s.vfs == nil {
		return ""
	}
	return s.vfs.Name()
}

// report gives the median and the slowest hundredth of both, and their ratio.
func report(b *testing.B, took map[string][]time.Duration) {
	b.Helper()
	at := func(name string, q float64) float64 {
		t := slices.Clone(took[name])
		slices.Sort(t)
		return float64(t[int(q*float64(len(t)-1))].Microseconds())
	}
	for _, q := range []float64{0.5, 0.99} {
		label := fmt.Sprintf("p%.0f", q*100)
		b.ReportMetric(at("plain", q), "plain-"+label+"-µs")
		b.ReportMetric(at("encrypted", q), "encrypted-"+label+"-µs")
		b.ReportMetric(at("encrypted", q)/max(at("plain", q), 1), "ratio-"+label)
	}
}

// filled makes a store of n patients with names as in a large clinic.
func filled(tb testing.TB, key []byte, n int) *Store {
	tb.Helper()
	s, err := Open(context.Background(), filepath.Join(tb.TempDir(), "clinic.db"), key, fixed)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	addSyllablePeople(tb, s, n)
	if _, err := s.writer.Exec("pragma wal_checkpoint(truncate)"); err != nil {
		tb.Fatal(err)
	}
	return s
}
