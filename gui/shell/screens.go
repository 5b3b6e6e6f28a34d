package shell

import (
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/patient"
	"backtobar/gui/home"
	"backtobar/gui/newpatient"
	"backtobar/gui/page"
	"backtobar/gui/people"
	"backtobar/gui/rules"
	"backtobar/gui/setup"
)

// WithScreens returns p with the records and the views outside charts that the
// program has.
func (p Params) WithScreens(svc *clinic.Service) Params {
	p.Records = svc
	p.Home = func(s *Shell) page.View {
		return home.New(home.Params{Frame: s, Records: svc, OnNew: s.AddPatient, Last: s.Last, OnBack: s.GoBack,
			OnOpen: func(id domain.PatientID) { s.OpenChart(id, 0) }})
	}
	p.NewPatient = func(s *Shell, query string) page.View {
		return newpatient.New(newpatient.Params{Frame: s, Records: svc, Query: query, OnBack: s.GoHome,
			OnSaved: func(added patient.Patient) {
				s.carry()
				s.OpenChart(added.ID, page.Intake)
			},
			OnSame: func(id domain.PatientID) { s.OpenChart(id, 0) }})
	}
	p.Setup = func(s *Shell) page.View {
		params := setup.Params{Frame: s, Records: svc, OnSaved: func(in clinic.Settings) {
			s.carry()
			s.Adopt(in)
			s.GoHome()
		}}
		if s.ready {
			params.OnBack, params.OnRules, params.OnPeople = s.GoHome, s.ChangeRules, s.ManagePeople
		}
		return setup.New(params)
	}
	p.People = func(s *Shell) page.View {
		return people.New(people.Params{Frame: s, Records: svc, OnBack: s.GoBack, OnSaved: s.Adopt})
	}
	p.Rules = func(s *Shell) page.View {
		return rules.New(rules.Params{Frame: s, Records: svc, OnBack: s.GoBack})
	}
	return p
}
