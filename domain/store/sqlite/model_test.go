package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/domain/store/memory"
	"backtobar/domain/store/storetest"
)

// Whatever people are called and whatever is typed, the store on disk finds
// the same patients in the same order as the one in memory.
func TestFindsWhatMemoryFinds(t *testing.T) {
	names := []string{"Alvarez", "alvares", "Álvarez", "Muñoz", "Munoz", "O'Neil", "O’Neil", "Łukasz", "Nguyễn",
		"Müller", "Mueller", "de la Cruz", "%", "_", "李", "Straße", "", "ÅÄÖ", "김", "a b c", "10%", "Ann"}
	name := rapid.OneOf(rapid.SampledFrom(names), rapid.StringN(0, 6, 20))
	queries := rapid.OneOf(name, rapid.SampledFrom([]string{"a", "al", "19", "1986", "3/14/86", "954", "0001", "al ma", "n 5"}))
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		disk := openAt(t, filepath.Join(dir, fmt.Sprint(n), "clinic.db"), fixed)
		defer func() { _ = disk.Close() }()
		stores := []clinic.Store{disk, memory.New(fixed)}
		count := rapid.IntRange(0, 8).Draw(r, "patients")
		for i := range count {
			p := patient.Clean(storetest.Person(i+1, name.Draw(r, "last"), name.Draw(r, "first"),
				fmt.Sprintf("19%02d-03-14", rapid.IntRange(0, 99).Draw(r, "year"))))
			q := p
			q.Version, q.LastName = 2, name.Draw(r, "edited")
			edit := rapid.Bool().Draw(r, "edit")
			for _, s := range stores {
				err := s.Update(context.Background(), func(tx clinic.Tx) error {
					if _, err := tx.Patients().Add(p); err != nil || !edit {
						return err
					}
					return tx.Patients().Replace(q)
				})
				if err != nil {
					r.Fatal(err)
				}
			}
		}
		for range 5 {
			query, limit := queries.Draw(r, "query"), rapid.IntRange(0, 9).Draw(r, "limit")
			var ids [2][]domain.PatientID
			var totals [2]int
			for i, s := range stores {
				err := s.View(context.Background(), func(tx clinic.Tx) error {
					found, total, err := tx.Patients().Find(patient.Tokens(query), limit)
					for _, p := range found {
						ids[i] = append(ids[i], p.ID)
					}
					totals[i] = total
					return err
				})
				if err != nil {
					r.Fatal(err)
				}
			}
			if !slices.Equal(ids[0], ids[1]) || totals[0] != totals[1] {
				r.Fatalf("%q: disk %v (%d), memory %v (%d)", query, ids[0], totals[0], ids[1], totals[1])
			}
		}
	})
}

// hundredThousand fills a store with as many patients as no clinic has.
func hundredThousand(tb testing.TB) *Store {
	tb.Helper()
	s, err := Open(context.Background(), filepath.Join(tb.TempDir(), "clinic.db"), testKey, fixed)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	addSyllablePeople(tb, s, 100_000)
	return s
}

// addSyllablePeople adds people whose names share beginnings, as names do.
func addSyllablePeople(tb testing.TB, s *Store, all int) {
	tb.Helper()
	syllables := []string{"al", "va", "rez", "gar", "cia", "mu", "noz", "ngu", "yen", "smi", "th", "lo", "pez", "kow", "ski", "bel"}
	word := func(n int) string {
		return syllables[n%16] + syllables[n/16%16] + syllables[n/256%16]
	}
	const batch = 5_000
	for first := 1; first <= all; first += batch {
		err := s.Update(context.Background(), func(tx clinic.Tx) error {
			for n := first; n < first+batch; n++ {
				p := storetest.Person(n, word(n*7), word(n*13+n/4096), "1940-01-01")
				p.BirthDate = p.BirthDate.AddDays(n % 25_000)
				p.Phone = fmt.Sprintf("954%07d", n)
				p.ID = domain.PatientID(fmt.Sprintf("patient-%06d", n))
				if _, err := tx.Patients().Add(p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

func BenchmarkFind100k(b *testing.B) {
	s := hundredThousand(b)
	for _, query := range []string{"", "a", "al", "alv", "alvarez", "al va", "alv gar 19", "954", "9540001234", "zzzz"} {
		b.Run("query="+query, func(b *testing.B) {
			tokens := patient.Tokens(query)
			for b.Loop() {
				err := s.View(context.Background(), func(tx clinic.Tx) error {
					_, _, err := tx.Patients().Find(tokens, 200)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("open", func(b *testing.B) {
		path := b.TempDir() + "/copy.db"
		if _, err := s.writer.Exec("vacuum into ?", path); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			again, err := Open(context.Background(), path, testKey, fixed)
			if err != nil {
				b.Fatal(err)
			}
			if err := again.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("save", func(b *testing.B) {
		n := 200_000
		for b.Loop() {
			n++
			p := storetest.Person(n, "Example", "Ann", "1990-01-01")
			err := s.Update(context.Background(), func(tx clinic.Tx) error {
				_, err := tx.Patients().Add(p)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
