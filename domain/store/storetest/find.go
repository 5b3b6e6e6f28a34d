package storetest

import (
	"slices"
	"testing"

	"backtobar/domain/clinic"
	"backtobar/domain/patient"
)

func find(t *testing.T, s clinic.Store, query string, limit int) ([]string, int) {
	t.Helper()
	var names []string
	var total int
	view(t, s, func(tx clinic.Tx) error {
		found, n, err := tx.Patients().Find(patient.Tokens(query), limit)
		for _, p := range found {
			names = append(names, p.LastName+" "+p.FirstName)
		}
		total = n
		return err
	})
	return names, total
}

func testFind(t *testing.T, s clinic.Store) {
	people := []struct{ last, first, born string }{
		{"Alvarez", "Maria", "1986-03-14"},
		{"Alvarez", "Marta", "1968-03-04"},
		{"Muñoz", "José", "1990-01-02"},
		{"Nguyễn", "Thị Bích Ngọc", "1959-12-09"},
		{"O’Neil", "Seán", "1971-07-02"},
		{"Łukasz", "Paweł", "1980-05-05"},
		{"García-López", "Ana", "1975-11-30"},
		{"Müller", "Jürgen", "1966-02-28"},
		{"100% Ann", "A_B", "1991-09-09"},
		{"de la Cruz", "Inés", "1988-08-08"},
		{"李", "小龙", "1994-04-04"},
		{"Chen-O'Neill", "Lin", "1983-10-10"},
	}
	for i, p := range people {
		addPerson(t, s, Person(i+1, p.last, p.first, p.born))
	}
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"alv ma", []string{"Alvarez Maria", "Alvarez Marta"}},
		{"ma alv", []string{"Alvarez Maria", "Alvarez Marta"}},
		{"alv ma 86", []string{"Alvarez Maria"}},
		{"ALVAREZ, Maria", []string{"Alvarez Maria"}},
		{"lvarez", nil},
		{"munoz", []string{"Muñoz José"}},
		{"Muñoz", []string{"Muñoz José"}},
		{"nguyen", []string{"Nguyễn Thị Bích Ngọc"}},
		{"Nguyễn bích", []string{"Nguyễn Thị Bích Ngọc"}},
		{"oneil", []string{"Chen-O'Neill Lin", "O’Neil Seán"}},
		{"O'Neil", []string{"Chen-O'Neill Lin", "O’Neil Seán"}},
		{"oneill", []string{"Chen-O'Neill Lin"}},
		{"o’neill chen", []string{"Chen-O'Neill Lin"}},
		{"neill", []string{"Chen-O'Neill Lin"}},
		{"lukasz pawel", []string{"Łukasz Paweł"}},
		{"Łukasz", []string{"Łukasz Paweł"}},
		{"lopez", []string{"García-López Ana"}},
		{"garcia-lopez", []string{"García-López Ana"}},
		{"mueller", []string{"Müller Jürgen"}},
		{"muller", []string{"Müller Jürgen"}},
		{"delacruz", []string{"de la Cruz Inés"}},
		{"de la cruz", []string{"de la Cruz Inés"}},
		{"李", []string{"李 小龙"}},
		{"1986", []string{"Alvarez Maria"}},
		{"3/14/86", []string{"Alvarez Maria"}},
		{"03/14/1986", []string{"Alvarez Maria"}},
		{"1986-03-14", []string{"Alvarez Maria"}},
		{"954 555 0007", []string{"García-López Ana"}},
		{"(954) 555-0007", []string{"García-López Ana"}},
		{"000007", []string{"García-López Ana"}},
		{"100%", []string{"100% Ann A_B"}},
		{"a_b", []string{"100% Ann A_B"}},
		{"al%", []string{"Alvarez Maria", "Alvarez Marta"}},
		{"a?v", nil},
		{"a*z", nil},
		{`"alv`, []string{"Alvarez Maria", "Alvarez Marta"}},
		{"'; drop table patients; --", nil},
		{"zzz", nil},
	} {
		got, total := find(t, s, c.query, 50)
		if !slices.Equal(got, c.want) || total != len(c.want) {
			t.Errorf("%q: got %q (%d in all), want %q", c.query, got, total, c.want)
		}
	}
	got, total := find(t, s, "", 3)
	want := []string{"100% Ann A_B", "Alvarez Maria", "Alvarez Marta"}
	if !slices.Equal(got, want) || total != len(people) {
		t.Errorf("everybody, three shown: got %q (%d in all), want %q", got, total, want)
	}
	if got, total := find(t, s, "alv", 0); len(got) != 0 || total != 2 {
		t.Errorf("none shown: got %q (%d in all)", got, total)
	}
	// Raw tokens that no query makes are literal, too.
	view(t, s, func(tx clinic.Tx) error {
		for _, token := range []string{"%", "_", "'", "a%", "*", "alv*"} {
			if _, n, err := tx.Patients().Find([]string{token}, 10); n != 0 || err != nil {
				t.Errorf("token %q: %d found, %v", token, n, err)
			}
		}
		return nil
	})
}

func testFindAfterEdit(t *testing.T, s clinic.Store) {
	p := addPerson(t, s, Person(1, "Before", "Ann", "1986-03-14"))
	p.LastName, p.Version = "After", 2
	update(t, s, func(tx clinic.Tx) error { return tx.Patients().Replace(p) })
	if got, _ := find(t, s, "before", 5); len(got) != 0 {
		t.Fatalf("still found by the old name: %q", got)
	}
	if got, _ := find(t, s, "after", 5); len(got) != 1 {
		t.Fatal("not found by the new name")
	}
	for i := range 5 {
		addPerson(t, s, Person(i+2, "Twin", "Ann", "1990-01-01"))
	}
	view(t, s, func(tx clinic.Tx) error {
		found, _, err := tx.Patients().Find([]string{"twin"}, 10)
		for i, q := range found {
			if want := i + 2; q.Number != want {
				t.Fatalf("same name and birth date: number %d, want %d", q.Number, want)
			}
		}
		return err
	})
}
