// Package staff says who works at the clinic and who may do what.
//
// A person has one or more roles, and a role is a fixed list of permissions:
// the clinic chooses people, not rules. What is not in the list is refused.
package staff

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"backtobar/domain"
)

// Role is what somebody is at the clinic.
type Role string

// The roles.
const (
	// Administrator keeps the clinic's settings, people and backups. Sees
	// clinical records only together with a clinical role.
	Administrator Role = "administrator"
	// PT is a physical therapist with a licence: screens, prescribes, signs.
	PT Role = "pt"
	// PTA is a physical therapist assistant: works within a signed plan.
	PTA Role = "pta"
	// Student works under a therapist, who signs.
	Student Role = "student"
	// FrontDesk takes patients in and prints what was signed.
	FrontDesk Role = "front_desk"
	// Auditor reads everything and changes nothing.
	Auditor Role = "auditor"
)

// Roles are all roles, in the order in which they are offered.
var Roles = []Role{Administrator, PT, PTA, Student, FrontDesk, Auditor}

// Words is the role as people say it.
func (r Role) Words() string {
	return map[Role]string{
		Administrator: "Administrator", PT: "Physical therapist", PTA: "PT assistant",
		Student: "Student or aide", FrontDesk: "Front desk", Auditor: "Auditor",
	}[r]
}

// Permission is one thing that somebody may do.
type Permission string

// The permissions.
const (
	// SeePatients: names, birth dates, phones, and which step they are at.
	SeePatients Permission = "see_patients"
	// EditPatients: add and change them.
	EditPatients Permission = "edit_patients"
	// SeeClinical: answers, measures, screens, plans and sessions.
	SeeClinical Permission = "see_clinical"
	// TakeIntake: what the front desk asks.
	TakeIntake Permission = "take_intake"
	// EnterScreen: fill in a screen, without signing it.
	EnterScreen Permission = "enter_screen"
	// SignScreen: sign a screen, a clearance or an override.
	SignScreen Permission = "sign_screen"
	// DraftPlan: prepare a plan, without signing it.
	DraftPlan Permission = "draft_plan"
	// SignPlan: sign a plan.
	SignPlan Permission = "sign_plan"
	// LogSession: write down a training session.
	LogSession Permission = "log_session"
	// PrintHandout: give out what was signed.
	PrintHandout Permission = "print_handout"
	// ChangeRules: sign the clinic's own values of the rules.
	ChangeRules Permission = "change_rules"
	// ManageClinic: settings, people and their roles.
	ManageClinic Permission = "manage_clinic"
	// MoveRecords: export, back up and restore.
	MoveRecords Permission = "move_records"
	// SeeTrail: who did what.
	SeeTrail Permission = "see_trail"
)

// Permissions are all permissions with the words that finish "... may not".
var Permissions = []struct {
	ID    Permission
	Words string
}{
	{SeePatients, "see patients"}, {EditPatients, "add or change patients"}, {SeeClinical, "see clinical records"},
	{TakeIntake, "take an intake"}, {EnterScreen, "fill in a screen"}, {SignScreen, "sign a screen"},
	{DraftPlan, "prepare a plan"}, {SignPlan, "sign a plan"}, {LogSession, "log a session"},
	{PrintHandout, "print a handout"}, {ChangeRules, "change the rules"}, {ManageClinic, "change settings or people"},
	{MoveRecords, "export, back up or restore"}, {SeeTrail, "see the trail"},
}

// table is who may do what. Clinic default; the scope of assistants follows the
// state's practice act, which the clinic must check.
var table = map[Role][]Permission{
	Administrator: {SeePatients, EditPatients, PrintHandout, ManageClinic, MoveRecords, SeeTrail},
	PT: {SeePatients, EditPatients, SeeClinical, TakeIntake, EnterScreen, SignScreen, DraftPlan, SignPlan,
		LogSession, PrintHandout, ChangeRules},
	PTA:       {SeePatients, EditPatients, SeeClinical, TakeIntake, EnterScreen, DraftPlan, LogSession, PrintHandout},
	Student:   {SeePatients, SeeClinical, EnterScreen, DraftPlan, LogSession, PrintHandout},
	FrontDesk: {SeePatients, EditPatients, TakeIntake, PrintHandout},
	Auditor:   {SeePatients, SeeClinical, SeeTrail},
}

// May reports whether one of the roles allows it.
func May(roles []Role, p Permission) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(table[r], p) })
}

// Refusal is the sentence for what the roles do not allow: what it was, and who
// may do it.
func Refusal(p Permission) string {
	words := string(p)
	for _, x := range Permissions {
		if x.ID == p {
			words = x.Words
		}
	}
	var who []string
	for _, r := range Roles {
		if slices.Contains(table[r], p) {
			who = append(who, strings.ToLower(r.Words()[:1])+r.Words()[1:])
		}
	}
	return "Your role may not " + words + ". Ask: " + strings.Join(who, ", ")
}

// Member is one person who works at the clinic.
type Member struct {
	// User is the name for signing in: lower-case letters, digits, dots and
	// hyphens.
	User string `json:"user"`
	// Name, Credentials and Licence as they are signed.
	Name        string `json:"name"`
	Credentials string `json:"credentials"`
	Licence     string `json:"licence"`
	Roles       []Role `json:"roles"`
	// Left: works here no more. The name stays in what was signed.
	Left bool `json:"left"`
}

// Bounds of a member's texts, in characters.
const (
	maxUser = 32
	maxText = 80
)

// Validate returns what is wrong with m, by the names of its JSON fields.
func (m Member) Validate() domain.Problems {
	var p domain.Problems
	if m.User == "" {
		p.Add("user", "Enter the name for signing in, such as rcastello")
	} else if len(m.User) > maxUser || strings.ContainsFunc(m.User, notInUser) {
		p.Add("user", "Use at most 32 small letters, digits, dots or hyphens")
	}
	for field, text := range map[string]string{"name": m.Name, "credentials": m.Credentials, "licence": m.Licence} {
		if len([]rune(text)) > maxText || strings.ContainsFunc(text, unicode.IsControl) {
			p.Add(field, "Use at most 80 characters on one line")
		}
	}
	if strings.TrimSpace(m.Name) == "" {
		p.Add("name", "Enter the name as it is signed")
	}
	if len(m.Roles) == 0 {
		p.Add("roles", "Choose at least one role")
	}
	for _, r := range m.Roles {
		if !slices.Contains(Roles, r) {
			p.Add("roles", "Choose from the roles listed")
		}
	}
	if slices.Contains(m.Roles, PT) && strings.TrimSpace(m.Licence) == "" {
		p.Add("licence", "Enter the licence number: a physical therapist signs with it")
	}
	return p
}

func notInUser(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-')
}

// ValidateAll returns what is wrong with the list as a whole: somebody must be
// able to change it.
func ValidateAll(members []Member) domain.Problems {
	var p domain.Problems
	seen := map[string]bool{}
	keeper := false
	for _, m := range members {
		if seen[m.User] {
			p.Add("user", "This name for signing in is taken")
		}
		seen[m.User] = true
		keeper = keeper || !m.Left && May(m.Roles, ManageClinic)
	}
	if !keeper {
		p.Add("roles", "At least one person must stay administrator")
	}
	return p
}

// MinPassphrase and MaxPassphrase bound a passphrase, in characters: NIST SP
// 800-63B-4 asks for 15 where it is the only factor, and that 64 are allowed.
const (
	MinPassphrase = 15
	MaxPassphrase = 256
)

// CheckPassphrase returns why a passphrase is not good enough, or "". As NIST SP
// 800-63B-4 has it, there is no rule about kinds of characters, only length and
// a list of what people guess first; own are words that belong to this person
// and clinic.
func CheckPassphrase(text string, own ...string) string {
	text = norm.NFC.String(text)
	switch n := len([]rune(text)); {
	case n < MinPassphrase:
		return "Use 15 characters or more. Four words are easy to remember"
	case n > MaxPassphrase:
		return "Use at most 256 characters"
	case left(text, own) < minLeft:
		return "This is among the first that somebody would try. Use words that have nothing to do with you, the clinic or the keyboard"
	}
	return ""
}

// minLeft is how many different letters must be left of a passphrase when all
// that is guessed first is taken out of it.
const minLeft = 5

// guessed is what people use first, and the rows of the keyboard.
var guessed = []string{
	"password", "passwort", "passphrase", "contrasena", "letmein", "welcome", "iloveyou", "sunshine", "princess",
	"football", "baseball", "superman", "starwars", "trustno", "whatever", "computer", "internet", "administrator",
	"admin", "secret", "master", "monkey", "dragon", "shadow", "summer", "winter", "spring", "autumn", "clinic",
	"therapy", "therapist", "physical", "physio", "deadlift", "barbell", "backtobar", "florida", "miami", "company",
	"changeme", "default", "login", "guest", "user", "test", "hello", "love", "january", "february", "march", "april",
	"june", "july", "august", "september", "october", "november", "december",
	"qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "qazwsxedc", "qwerty", "asdf", "zxcv", "1q2w3e4r",
	"abcdefghijklmnopqrstuvwxyz", "abcdef", "abc", "01234567890", "9876543210", "123456", "12345", "1234", "123",
}

var spelled = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "5", "s", "$", "s", "7", "t")

// left counts the different characters that remain.
func left(text string, own []string) int {
	text = strings.ToLower(text)
	words := slices.Clone(guessed)
	for _, o := range own {
		for _, w := range strings.Fields(strings.ToLower(norm.NFC.String(o))) {
			if len(w) >= 3 {
				words = append(words, w)
			}
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	least := different(text, words)
	return min(least, different(spelled.Replace(text), words))
}

func different(text string, words []string) int {
	for _, w := range words {
		text = strings.ReplaceAll(text, w, " ")
	}
	seen := map[rune]bool{}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			seen[r] = true
		}
	}
	return len(seen)
}
