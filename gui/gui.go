// Package gui puts the window together: the frame, the views outside charts and
// the sections of a chart. Each of them is a package of its own and knows none
// of the others.
package gui

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"backtobar/assets"
	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/course"
	"backtobar/domain/measure"
	"backtobar/domain/program"
	"backtobar/domain/screen"
	"backtobar/gui/documents"
	"backtobar/gui/door"
	"backtobar/gui/handouts"
	"backtobar/gui/intake"
	"backtobar/gui/kit"
	"backtobar/gui/look"
	"backtobar/gui/measures"
	"backtobar/gui/page"
	"backtobar/gui/plan"
	"backtobar/gui/run"
	screening "backtobar/gui/screen"
	"backtobar/gui/sessions"
	"backtobar/gui/shell"
	"backtobar/reports/figure"
	"backtobar/reports/handout"
	"backtobar/reports/viewer"
)

// Build fills the window, which is not shown yet, with the program working on
// the records of the desk; it begins when the library's loop does, with somebody
// signing in. refuse is called when nobody can open the records. An error means
// that the program's own data is broken.
func Build(a fyne.App, w fyne.Window, desk *clinic.Desk, clock domain.Clock, refuse func(error)) error {
	rules, err := screen.LoadRules(assets.Rules)
	if err != nil {
		return err
	}
	route, err := program.Load(assets.Protocol)
	if err != nil {
		return err
	}
	catalog, err := measure.Load(assets.Measures)
	if err != nil {
		return err
	}
	progression, err := course.Load(assets.Protocol, route)
	if err != nil {
		return err
	}
	press, err := newPress(route)
	if err != nil {
		return err
	}
	dress(a, w)
	w.Resize(shell.DefaultSize)
	service := clinic.New(clinic.Params{Store: desk, Access: desk, Clock: clock, Rules: rules, Library: route, Course: progression, Measures: catalog})
	paper := handouts.Config{Press: press, Folder: documentsFolder(), Open: viewer.Open, Now: clock.Now}
	papers := documents.Config{Press: documents.NewPress(route), Folder: documentsFolder(), Open: viewer.Open, Now: clock.Now}
	params := shell.Params{
		Window: w, Workstation: workstation(),
		SectionIDs: []page.ID{page.Summary, page.Intake, page.Screen, page.Plan, page.Sessions, page.Handouts, page.Documents},
		Sections: []func(page.Host, clinic.Chart) page.Section{
			func(h page.Host, c clinic.Chart) page.Section { return measures.New(service, h, c) },
			func(h page.Host, c clinic.Chart) page.Section { return intake.New(service, h, c, clock.Now) },
			func(h page.Host, c clinic.Chart) page.Section { return screening.New(service, h, c.Rules, c) },
			func(h page.Host, c clinic.Chart) page.Section {
				return plan.New(service, h, c, route, clock.Now)
			},
			func(h page.Host, c clinic.Chart) page.Section {
				return sessions.New(service, h, c, sessions.Config{Rules: progression, Route: route, Now: clock.Now})
			},
			func(h page.Host, c clinic.Chart) page.Section { return handouts.New(service, h, c, paper) },
			func(h page.Host, c clinic.Chart) page.Section { return documents.New(service, h, c, papers) },
		},
	}
	s := &seats{window: w, desk: desk, params: params.WithScreens(service), shells: map[string]*shell.Shell{}}
	s.door = door.New(door.Params{Window: w, Records: desk, Runner: run.New(), Clock: clock, Title: shell.Title,
		Workstation: params.Workstation, OnOpen: s.sit, OnRefused: refuse, OnClose: s.close, Tell: shell.Tell})
	a.Lifecycle().SetOnStarted(s.door.Start)
	return nil
}

// dress gives the program its look and its picture.
func dress(a fyne.App, w fyne.Window) {
	a.Settings().SetTheme(look.New())
	w.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
}

// newPress returns what prints the home program.
func newPress(route *program.Library) (handouts.Press, error) {
	words, err := handout.LoadWords(assets.Handouts, route)
	if err != nil {
		return nil, err
	}
	poses, err := figure.Shipped()
	if err != nil {
		return nil, err
	}
	return handouts.NewPress(handouts.Material{Route: route, Words: words, Poses: poses}), nil
}

// workstation is the name of this computer, for the trail.
func workstation() string {
	name, err := os.Hostname()
	if err != nil {
		return "unnamed computer"
	}
	return name
}

// documentsFolder is where papers are saved unless somebody types another folder.
func documentsFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if folder := filepath.Join(home, "Documents"); isFolder(folder) {
		return folder
	}
	return home
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Refuse fills the window with the reason why the program cannot work and the
// file that it is about, for those who did not start it from a terminal.
func Refuse(a fyne.App, w fyne.Window, sentence, file string) {
	dress(a, w)
	router := kit.NewRouter()
	leave := kit.NewMainButton(router, "Close the program", "Enter", w.Close)
	w.SetContent(kit.Inset(24, 24, 24, 24, kit.Stack(16,
		kit.NewText("The records cannot be opened", kit.Heading),
		kit.NewText(sentence, kit.Body),
		kit.NewText(file, kit.Quiet),
		kit.Inline(8, leave))))
	w.Resize(fyne.NewSize(640, 260))
	w.Canvas().Focus(leave.First())
}
