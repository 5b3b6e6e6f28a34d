package measure_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/measure"
	"backtobar/domain/screen"
)

var (
	shipped      = sync.OnceValues(func() (*measure.Catalog, error) { return measure.Load(assets.Measures) })
	shippedRules = sync.OnceValues(func() (*screen.Rules, error) { return screen.LoadRules(assets.Rules) })
)

func catalog(t testing.TB) *measure.Catalog {
	t.Helper()
	c, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func rules(t testing.TB) *screen.Rules {
	t.Helper()
	r, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// get is a measure of the shipped catalogue.
func get(t testing.TB, id string) measure.Measure {
	t.Helper()
	m, ok := catalog(t).Measure(id)
	if !ok {
		t.Fatalf("there is no measure %q", id)
	}
	return m
}

func dec(s string) domain.Decimal { return domain.MustDecimal(s) }

func decp(s string) *domain.Decimal {
	if s == "" {
		return nil
	}
	d := dec(s)
	return &d
}

// ptr is a pointer to a constant.
func ptr[T any](v T) *T { return &v }

// blanks reads "4 - 3": numbers, and "-" for an item left blank.
func blanks(t testing.TB, s string) []*int {
	t.Helper()
	var out []*int
	for _, w := range strings.Fields(s) {
		if w == "-" {
			out = append(out, nil)
			continue
		}
		n, err := strconv.Atoi(w)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, &n)
	}
	return out
}

// flag reads yes, no or "" for open.
func flag(s string) *bool {
	switch s {
	case "yes":
		return ptr(true)
	case "no":
		return ptr(false)
	}
	return nil
}

// told is a score as one word: its value, its status when it has none, with
// "capped" where it is.
func told(s measure.Score) string {
	switch {
	case s.Status == measure.Capped:
		return s.Value.String() + " capped"
	case s.Scored():
		return s.Value.String()
	}
	return string(s.Status)
}

// refused checks that err is a problem of exactly these fields.
func refused(t *testing.T, err error, fields ...string) {
	t.Helper()
	p, ok := err.(domain.Problems)
	if !ok {
		t.Fatalf("got %v, want problems", err)
	}
	var got []string
	for _, x := range p {
		got = append(got, x.Field)
		if x.Text == "" || strings.Contains(x.Text, "please") || strings.Contains(x.Text, "invalid") {
			t.Errorf("%s: %q is no sentence that helps", x.Field, x.Text)
		}
	}
	if strings.Join(got, " ") != strings.Join(fields, " ") {
		t.Errorf("refused %v, want %v", got, fields)
	}
}
