package patient

import (
	"slices"
	"strings"
	"testing"
	"time"

	"backtobar/domain"
)

var today = domain.Date{Year: 2026, Month: time.November, Day: 22}

func date(t *testing.T, s string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func good(t *testing.T) Patient {
	return Patient{LastName: "Alvarez", FirstName: "Maria", BirthDate: date(t, "1986-03-14"), Phone: "9545550142"}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Patient)
		field  string
		want   string
	}{
		{"good", func(*Patient) {}, "", ""},
		{"accents", func(p *Patient) { p.LastName, p.FirstName = "Nguyễn", "Zoë-Łucja d'Arc" }, "", ""},
		{"one letter", func(p *Patient) { p.LastName = "O" }, "", ""},
		{"Chinese", func(p *Patient) { p.LastName, p.FirstName = "李", "小龙" }, "", ""},
		{"no last name", func(p *Patient) { p.LastName = " \t" }, "last_name", "Enter the last name"},
		{"no first name", func(p *Patient) { p.FirstName = "" }, "first_name", "Enter the first name"},
		{"80 characters", func(p *Patient) { p.LastName = strings.Repeat("ñ", 80) }, "", ""},
		{"80 characters decomposed", func(p *Patient) { p.LastName = strings.Repeat("n\u0303", 80) }, "", ""},
		{"81 characters", func(p *Patient) { p.LastName = strings.Repeat("ñ", 81) }, "last_name", "Last name must be 80 characters or fewer. This has 81."},
		{"control", func(p *Patient) { p.FirstName = "Ma\x00ria" }, "first_name", "First name contains a character that cannot be shown. Type it again by hand."},
		{"direction", func(p *Patient) { p.FirstName = "Ma\u202eria" }, "first_name", "First name contains a character that cannot be shown. Type it again by hand."},
		{"not UTF-8", func(p *Patient) { p.FirstName = "Ma\xffria" }, "first_name", "First name contains a character that cannot be shown. Type it again by hand."},
		{"no letter", func(p *Patient) { p.LastName = "12%" }, "last_name", "Last name must contain a letter"},
		{"no birth date", func(p *Patient) { p.BirthDate = domain.Date{} }, "birth_date", "Enter the birth date"},
		{"no such day", func(p *Patient) { p.BirthDate = domain.Date{Year: 1986, Month: 2, Day: 30} }, "birth_date", "Birth date must be a real date"},
		{"born yesterday", func(p *Patient) { p.BirthDate = today.AddDays(-1) }, "", ""},
		{"born today", func(p *Patient) { p.BirthDate = today }, "birth_date", "Birth date must be in the past"},
		{"born tomorrow", func(p *Patient) { p.BirthDate = today.AddDays(1) }, "birth_date", "Birth date must be in the past"},
		{"120 years", func(p *Patient) { p.BirthDate = date(t, "1905-11-23") }, "", ""},
		{"121 years", func(p *Patient) { p.BirthDate = date(t, "1905-11-22") }, "birth_date", "Check the birth year. 1905 makes the age 121."},
		{"140 years", func(p *Patient) { p.BirthDate = date(t, "1886-03-14") }, "birth_date", "Check the birth year. 1886 makes the age 140."},
		{"sex", func(p *Patient) { p.Sex = "x" }, "sex", "Sex must be female or male, or left open"},
		{"no phone", func(p *Patient) { p.Phone = "" }, "phone", "Enter a phone number, or tick No phone"},
		{"no phone, ticked", func(p *Patient) { p.Phone, p.NoPhone = "", true }, "", ""},
		{"phone and tick", func(p *Patient) { p.NoPhone = true }, "phone", "Remove the phone number, or untick No phone"},
		{"nine digits", func(p *Patient) { p.Phone = "954555014" }, "phone", "Phone must have 10 digits. This has 9."},
		{"letters", func(p *Patient) { p.Phone = "954555HELP" }, "phone", "Phone must be digits, such as 954 555 0142"},
		{"area code", func(p *Patient) { p.Phone = "1545550142" }, "phone", "Phone cannot begin with 0 or 1. Check the area code."},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := good(t)
			c.change(&p)
			got := Validate(p, today)
			if c.want == "" && len(got) != 0 {
				t.Fatalf("got %v", got)
			}
			if got.For(c.field) != c.want {
				t.Fatalf("got %v, want %q for %s", got, c.want, c.field)
			}
		})
	}
}

func TestClean(t *testing.T) {
	p := Clean(Patient{LastName: "  Mun\u0303oz \u00a0 y  Cruz ", FirstName: "Jose\u0301"})
	if p.LastName != "Muñoz y Cruz" || p.FirstName != "José" {
		t.Errorf("got %q, %q", p.LastName, p.FirstName)
	}
}

func TestParseBirthDate(t *testing.T) {
	for _, c := range []struct{ text, want, note, problem string }{
		{"3/14/86", "1986-03-14", "Year read as 1986. Change it if that is wrong.", ""},
		{"03141986", "1986-03-14", "", ""},
		{"03/14/1986", "1986-03-14", "", ""},
		{"3-14-1986", "1986-03-14", "", ""},
		{"3.14.1986", "1986-03-14", "", ""},
		{"3 14 86", "1986-03-14", "Year read as 1986. Change it if that is wrong.", ""},
		{"mar 14 1986", "1986-03-14", "", ""},
		{"14 mar 1986", "1986-03-14", "", ""},
		{"Mar 14, 1986", "1986-03-14", "", ""},
		{"MARCH 14 1986", "1986-03-14", "", ""},
		{"14mar1986", "1986-03-14", "", ""},
		{"1986-03-14", "1986-03-14", "", ""},
		{" 3 / 14 / 1986 ", "1986-03-14", "", ""},
		{"３/１４/１９８６", "1986-03-14", "", ""},
		{"sept 2 1971", "1971-09-02", "", ""},
		{"2/29/2024", "2024-02-29", "", ""},
		{"11/21/26", "2026-11-21", "Year read as 2026. Change it if that is wrong.", ""},
		{"11/22/26", "1926-11-22", "Year read as 1926. Change it if that is wrong.", ""},
		{"11/23/26", "1926-11-23", "Year read as 1926. Change it if that is wrong.", ""},
		{"1/1/00", "2000-01-01", "Year read as 2000. Change it if that is wrong.", ""},
		{"2/29/00", "2000-02-29", "Year read as 2000. Change it if that is wrong.", ""},
		{"", "", "", "Enter the birth date"},
		{" / / ", "", "", "Enter the birth date"},
		{"3/14", "", "", "Birth date must include a year"},
		{"mar 14", "", "", "Birth date must include a year"},
		{"314", "", "", "Birth date must include a year"},
		{"3/14/198", "", "", "Write the birth year with 4 digits"},
		{"3/14/6", "", "", "Write the birth year with 4 digits"},
		{"2/29/2023", "", "", "Birth date must be a real date"},
		{"2/30/86", "", "", "Birth date must be a real date"},
		{"13/14/1986", "", "", "Birth date must be a real date"},
		{"0/14/1986", "", "", "Birth date must be a real date"},
		{"3/0/1986", "", "", "Birth date must be a real date"},
		{"3/14/0000", "", "", "Birth date must be a real date"},
		{"ma 14 1986", "", "", "Birth date must be a real date"},
		{"mai 14 1986", "", "", "Birth date must be a real date"},
		{"3/14/86/1", "", "", "Birth date must be a real date"},
		{"3/14/19860", "", "", "Birth date must be a real date"},
		{"maria", "", "", "Birth date must include a year"},
		{"11/22/2026", "", "", "Birth date must be in the past"},
		{"3/14/2086", "", "", "Birth date must be in the past"},
		{"3/14/1886", "", "", "Check the birth year. 1886 makes the age 140."},
	} {
		got, note, problem := ParseBirthDate(c.text, today)
		if got.String() != c.want || note != c.note || problem != c.problem {
			t.Errorf("%q: got %q, %q, %q; want %q, %q, %q", c.text, got, note, problem, c.want, c.note, c.problem)
		}
	}
}

// Whatever is typed, the answer is a date in the past or a sentence.
func FuzzParseBirthDate(f *testing.F) {
	for _, s := range []string{"3/14/86", "14 mar 1986", "03141986", "\u00bd/1/20", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, _, problem := ParseBirthDate(s, today)
		if d.IsZero() == (problem == "") {
			t.Fatalf("%q: date %v, problem %q", s, d, problem)
		}
		if !d.IsZero() && (!d.Before(today) || d.AgeOn(today) > MaxAge) {
			t.Fatalf("%q: %v", s, d)
		}
	})
}

func TestParsePhone(t *testing.T) {
	for _, c := range []struct{ text, want, problem string }{
		{"(954) 555-0142", "9545550142", ""},
		{"954.555.0142", "9545550142", ""},
		{"+1 954 555 0142", "9545550142", ""},
		{"1-954-555-0142", "9545550142", ""},
		{"９５４5550142", "9545550142", ""},
		{"", "", ""},
		{"  ", "", ""},
		{"-", "", "Phone must be digits, such as 954 555 0142"},
		{"954 555 014", "", "Phone must have 10 digits. This has 9."},
		{"954 555 0142 3", "", "Phone must have 10 digits. This has 11."},
		{"954 555 0142 ext 3", "", "Phone must be digits, such as 954 555 0142"},
		{"054 555 0142", "", "Phone cannot begin with 0 or 1. Check the area code."},
	} {
		got, problem := ParsePhone(c.text)
		if got != c.want || problem != c.problem {
			t.Errorf("%q: got %q, %q", c.text, got, problem)
		}
	}
	if got := FormatPhone("9545550142"); got != "(954) 555-0142" {
		t.Errorf("got %q", got)
	}
	if got := FormatPhone("955"); got != "955" {
		t.Errorf("got %q", got)
	}
}

func TestSearchWords(t *testing.T) {
	p := good(t)
	p.Number, p.LastName, p.FirstName = 4217, "O’Neil-Müller", "Łucja"
	words := SearchWords(p)
	for _, query := range []string{
		"oneil", "O'Neil", "neil", "mueller", "muller", "MÜLLER", "oneilmuller", "lucja", "Łucja",
		"1986", "86", "19860314", "1986-03-14", "3/14/86", "03141986", "3/14/1986", "03/14/86",
		"9545550142", "555 0142", "0142", "4217", "004217",
	} {
		if !Matches(p, Tokens(query)) {
			t.Errorf("%q does not find %q", query, words)
		}
	}
	for _, query := range []string{"eil", "1987", "4/14", "xyz", "9555"} {
		if Matches(p, Tokens(query)) {
			t.Errorf("%q finds %q", query, words)
		}
	}
	if !slices.IsSorted(words) {
		t.Errorf("not sorted: %q", words)
	}
	for i := range words[1:] {
		if strings.HasPrefix(words[i+1], words[i]) {
			t.Errorf("%q begins %q", words[i], words[i+1])
		}
	}
}

// TestEveryPartOfANameIsFound with its apostrophe, without it, and after it.
func TestEveryPartOfANameIsFound(t *testing.T) {
	for name, queries := range map[string][]string{
		"Chen-O'Neill":              {"o'neill", "oneill", "ONEILL", "O’Neill", "neill", "o neill", "chen", "chen-o'neill", "chenoneill", "chen oneill", "oneill chen", "onei"},
		"Chen O’Neill":              {"o'neill", "oneill", "neill", "chen", "chen o'neill"},
		"Chen‐O`Neill":              {"o'neill", "oneill", "neill", "chen"},
		"Saʻid D´Angelo":            {"saʻid", "said", "d'angelo", "dangelo", "angelo"},
		"St. John-D'Müller-N'Diaye": {"dmueller", "dmuller", "d'müller", "müller", "ndiaye", "diaye", "st john"},
	} {
		p := Patient{LastName: name, FirstName: "Ana"}
		for _, query := range queries {
			if !Matches(p, Tokens(query)) {
				t.Errorf("%q does not find %q: %q", query, name, SearchWords(p))
			}
		}
		for _, query := range []string{"eill", "oneil x", "neilson"} {
			if Matches(p, Tokens(query)) {
				t.Errorf("%q finds %q", query, name)
			}
		}
	}
}

func TestNameKey(t *testing.T) {
	for name, want := range map[string]string{
		"Müller": "muller", "García-López": "garcialopez", "O’Neil": "oneil", "Straße": "strasse",
		"Nguyễn": "nguyen", "Øster": "oster", "Łukasz": "lukasz", "Đặng": "dang", "İpek": "ipek",
		"ÇINAR": "cinar", "Þór": "thor", "李": "李", "de la Cruz": "delacruz", "Æbelø": "aebelo", "김": "김",
	} {
		if got := NameKey(Patient{LastName: name}); got != want+" " {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestDisplayName(t *testing.T) {
	if got := DisplayName(Patient{LastName: "Muñoz", FirstName: "José"}); got != "MUÑOZ, José" {
		t.Errorf("got %q", got)
	}
}

func TestSimilarNames(t *testing.T) {
	person := func(id, last, first, born string) Patient {
		return Patient{ID: domain.PatientID(id), LastName: last, FirstName: first, BirthDate: date(t, born)}
	}
	a := person("a", "Alvarez", "Maria", "1986-03-14")
	for _, c := range []struct {
		other Patient
		want  bool
	}{
		{person("b", "Alvarez", "Marta", "1968-03-04"), true},
		{person("b", "Álvarez", "María", "1950-01-01"), true},
		{person("b", "Alvares", "Maria", "1950-01-01"), true},
		{person("b", "Alvarez", "Mari", "1950-01-01"), true},
		{person("b", "Alvarez", "Mariana", "1950-01-01"), false},
		{person("b", "Alvarez", "Peter", "1986-12-31"), true},
		{person("b", "Alvarez", "Peter", "1987-01-01"), false},
		{person("b", "Alvarado", "Mario", "1986-08-22"), false},
		{person("a", "Alvarez", "Maria", "1986-03-14"), false},
	} {
		if got := SimilarNames(a, c.other); got != c.want || SimilarNames(c.other, a) != got {
			t.Errorf("%s, %s: got %v", c.other.LastName, c.other.FirstName, got)
		}
	}
}
