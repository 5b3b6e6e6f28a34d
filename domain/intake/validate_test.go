package intake

import (
	"strings"
	"testing"

	"backtobar/domain"
)

func mass(value string, unit domain.MassUnit) domain.Mass {
	return domain.Mass{Value: domain.MustDecimal(value), Unit: unit}
}

func TestValidate(t *testing.T) {
	const (
		ssn   = "This looks like a Social Security number. This program does not store them."
		kilos = "Body weight must be from 20 to 350 kilograms. Check the number and the unit."
		lbs   = "Body weight must be from 44.1 to 771.6 pounds. Check the number and the unit."
	)
	for _, c := range []struct {
		name   string
		change func(*Intake)
		field  string
		want   string
	}{
		{"empty but for the language", func(*Intake) {}, "", ""},
		{"Spanish", func(in *Intake) { in.Language = "es" }, "", ""},
		{"no language", func(in *Intake) { in.Language = "" }, "language", "Choose the language of the handout: English or Spanish"},
		{"French", func(in *Intake) { in.Language = "fr" }, "language", "Choose the language of the handout: English or Spanish"},
		{"20 kg", func(in *Intake) { in.BodyMass = mass("20", "kg") }, "", ""},
		{"19.999999 kg", func(in *Intake) { in.BodyMass = mass("19.999999", "kg") }, "body_mass", kilos},
		{"350 kg", func(in *Intake) { in.BodyMass = mass("350", "kg") }, "", ""},
		{"350.000001 kg", func(in *Intake) { in.BodyMass = mass("350.000001", "kg") }, "body_mass", kilos},
		// 20 kg is 44.09245… lb and 350 kg is 771.61791… lb.
		{"44.092452 lb", func(in *Intake) { in.BodyMass = mass("44.092452", "lb") }, "body_mass", lbs},
		{"44.092453 lb", func(in *Intake) { in.BodyMass = mass("44.092453", "lb") }, "", ""},
		{"771.617917 lb", func(in *Intake) { in.BodyMass = mass("771.617917", "lb") }, "", ""},
		{"771.617918 lb", func(in *Intake) { in.BodyMass = mass("771.617918", "lb") }, "body_mass", lbs},
		{"negative", func(in *Intake) { in.BodyMass = mass("-70", "kg") }, "body_mass", kilos},
		{"no unit", func(in *Intake) { in.BodyMass = mass("70", "") }, "body_mass", "Choose pounds or kilograms for the body weight"},
		{"500 characters", func(in *Intake) { in.MainProblem = strings.Repeat("é", 500) }, "", ""},
		{"501 characters", func(in *Intake) { in.MainProblem = strings.Repeat("é", 501) }, "main_problem", "Main problem must be 500 characters or fewer. This has 501."},
		{"lines", func(in *Intake) { in.MainProblem = "Low back\n\tafter gardening" }, "", ""},
		{"control", func(in *Intake) { in.MainProblem = "a\x07b" }, "main_problem", "Main problem contains a character that cannot be shown. Type it again by hand."},
		{"ssn", func(in *Intake) { in.MainProblem = "her number is 123-45-6789." }, "main_problem", ssn},
		{"ssn with spaces", func(in *Intake) { in.MainProblem = "123 45 6789" }, "main_problem", ssn},
		{"ssn in one run", func(in *Intake) { in.MainProblem = "ssn:123456789" }, "main_problem", ssn},
		{"ssn in wide digits", func(in *Intake) { in.MainProblem = "１２３-４５-６７８９" }, "main_problem", ssn},
		{"ssn with a long dash", func(in *Intake) { in.MainProblem = "123–45–6789" }, "main_problem", ssn},
		{"a phone number", func(in *Intake) { in.MainProblem = "call 954-555-0142 or 9545550142" }, "", ""},
		{"a date", func(in *Intake) { in.MainProblem = "since 03-14-2026" }, "", ""},
		{"bells", func(in *Intake) {
			in.Home.Kettlebells = []domain.Mass{mass("8", "kg"), mass("17.5", "lb"), mass("8", "kg")}
		}, "", ""},
		{"a bell of nothing", func(in *Intake) { in.Home.Kettlebells = []domain.Mass{{Unit: "kg"}} }, "home.kettlebells[0]", "A kettlebell must be from 1 to 100 kilograms"},
		{"a huge bell", func(in *Intake) {
			in.Home.Kettlebells = []domain.Mass{mass("8", "kg"), mass("221", "lb")}
		}, "home.kettlebells[1]", "A kettlebell must be from 2.3 to 220 pounds"},
		{"a bell without unit", func(in *Intake) { in.Home.Kettlebells = []domain.Mass{mass("8", "")} }, "home.kettlebells[0]", "Choose pounds or kilograms for each weight"},
		{"41 bells", func(in *Intake) {
			for range 41 {
				in.Home.Kettlebells = append(in.Home.Kettlebells, mass("8", "kg"))
			}
		}, "home.kettlebells", "List at most 40"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := Intake{Language: "en"}
			c.change(&in)
			got := Validate(in)
			if c.want == "" && len(got) != 0 {
				t.Fatalf("got %v", got)
			}
			if got.For(c.field) != c.want {
				t.Fatalf("got %v, want %q for %s", got, c.want, c.field)
			}
		})
	}
}
