package staff

import (
	"slices"
	"strings"
	"testing"
)

// The whole table as it is agreed, one line a permission, so that a change of
// who may do what is a change of two places.
func TestTable(t *testing.T) {
	agreed := map[Permission]string{
		SeePatients:  "administrator pt pta student front_desk auditor",
		EditPatients: "administrator pt pta front_desk",
		SeeClinical:  "pt pta student auditor",
		TakeIntake:   "pt pta front_desk",
		EnterScreen:  "pt pta student",
		SignScreen:   "pt",
		DraftPlan:    "pt pta student",
		SignPlan:     "pt",
		LogSession:   "pt pta student",
		PrintHandout: "administrator pt pta student front_desk",
		ChangeRules:  "pt",
		ManageClinic: "administrator",
		MoveRecords:  "administrator",
		SeeTrail:     "administrator auditor",
	}
	if len(agreed) != len(Permissions) {
		t.Fatalf("%d permissions agreed, %d in the program", len(agreed), len(Permissions))
	}
	for _, p := range Permissions {
		var who []string
		for _, r := range Roles {
			if May([]Role{r}, p.ID) {
				who = append(who, string(r))
			}
		}
		if got := strings.Join(who, " "); got != agreed[p.ID] {
			t.Errorf("%s: %q, agreed %q", p.ID, got, agreed[p.ID])
		}
	}
	if May(nil, SeePatients) || May([]Role{"owner"}, SeePatients) || May(Roles, "fly") {
		t.Error("something is allowed that is not in the table")
	}
	if !May([]Role{FrontDesk, Administrator}, ManageClinic) {
		t.Error("two roles allow less than one of them")
	}
}

func TestRefusalSaysWhatAndWho(t *testing.T) {
	for _, p := range Permissions {
		got := Refusal(p.ID)
		if !strings.Contains(got, p.Words) || !strings.Contains(got, "Ask: ") || strings.HasSuffix(got, "Ask: ") {
			t.Errorf("%s: %q", p.ID, got)
		}
	}
	if got := Refusal(SignPlan); got != "Your role may not sign a plan. Ask: physical therapist" {
		t.Errorf("%q", got)
	}
}

func TestValidate(t *testing.T) {
	good := Member{User: "r.castello-2", Name: "R. Castello", Credentials: "PT, DPT", Licence: "PT 12345", Roles: []Role{PT, Administrator}}
	for name, c := range map[string]struct {
		change func(*Member)
		field  string
	}{
		"good":                   {func(m *Member) {}, ""},
		"front desk, no licence": {func(m *Member) { m.Roles, m.Licence = []Role{FrontDesk}, "" }, ""},
		"no user":                {func(m *Member) { m.User = "" }, "user"},
		"user with blank":        {func(m *Member) { m.User = "r castello" }, "user"},
		"user with capital":      {func(m *Member) { m.User = "Rcastello" }, "user"},
		"user of 32":             {func(m *Member) { m.User = strings.Repeat("a", 32) }, ""},
		"user of 33":             {func(m *Member) { m.User = strings.Repeat("a", 33) }, "user"},
		"no name":                {func(m *Member) { m.Name = "  " }, "name"},
		"name of 80":             {func(m *Member) { m.Name = strings.Repeat("ñ", 80) }, ""},
		"name of 81":             {func(m *Member) { m.Name = strings.Repeat("n", 81) }, "name"},
		"two lines":              {func(m *Member) { m.Credentials = "PT\nDPT" }, "credentials"},
		"therapist, no licence":  {func(m *Member) { m.Licence = " " }, "licence"},
		"no role":                {func(m *Member) { m.Roles = nil }, "roles"},
		"no such role":           {func(m *Member) { m.Roles = []Role{"owner"} }, "roles"},
	} {
		t.Run(name, func(t *testing.T) {
			m := good
			m.Roles = slices.Clone(good.Roles)
			c.change(&m)
			p := m.Validate()
			if c.field == "" && len(p) > 0 || c.field != "" && p.For(c.field) == "" {
				t.Errorf("%v", p)
			}
		})
	}
}

func TestSomebodyStaysAdministrator(t *testing.T) {
	a := Member{User: "a", Roles: []Role{Administrator}}
	b := Member{User: "b", Roles: []Role{PT}}
	if p := ValidateAll([]Member{a, b}); len(p) > 0 {
		t.Errorf("%v", p)
	}
	a.Left = true
	if p := ValidateAll([]Member{a, b}); p.For("roles") == "" {
		t.Error("nobody is left to change the list")
	}
	if p := ValidateAll([]Member{{User: "a", Roles: []Role{Administrator}}, {User: "a", Roles: []Role{PT}}}); p.For("user") == "" {
		t.Error("two people with one name for signing in")
	}
}

func TestCheckPassphrase(t *testing.T) {
	for text, good := range map[string]bool{
		"correct horse battery staple":        true,
		"four words are better":               true,
		"zażółć gęślą jaźń":                   true,
		"кошка сидит на окне":                 true,
		"                    lamp tent sofa":  true,
		strings.Repeat("river stone ", 21):    true,
		"14 characters.":                      false, // 14
		"15 characterss.":                     true,  // 15
		strings.Repeat("river stone ", 22):    false, // 264
		"":                                    false,
		"aaaaaaaaaaaaaaaaaaaa":                false,
		"abababababababababab":                false,
		"12345678901234567890":                false,
		"passwordpassword1":                   false,
		"P@ssw0rdP@ssw0rd!":                   false,
		"qwertyuiopasdfghjkl":                 false,
		"Password-Welcome-2026":               false,
		"rcastello-rcastello":                 false,
		"Example Physical Therapy 12":         false,
		"backtobar clinic admin":              false,
		"                                   ": false,
	} {
		got := CheckPassphrase(text, "rcastello", "R. Castello", "Example Physical Therapy")
		if (got == "") != good {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The same letters in another form are the same passphrase, in length, too.
func TestPassphraseIsCountedInOneForm(t *testing.T) {
	apart := "e\u0301e\u0301e\u0301e\u0301 lamp tent"
	if CheckPassphrase(apart) == "" {
		t.Error("14 characters of which four come apart pass for 18")
	}
}
