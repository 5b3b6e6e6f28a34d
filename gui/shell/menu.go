package shell

import (
	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
)

// menu is the main menu. Each item goes through the router, so that nothing in
// it runs behind an open sheet. The key stands in the words of the item: the
// toolkit's own print of a key is too pale to read, and the router has the keys
// already.
type menu struct {
	main   *fyne.MainMenu
	person *fyne.Menu
}

func newMenu(s *Shell) *menu {
	var menus []*fyne.Menu
	byName := map[string]*fyne.Menu{}
	for _, c := range s.commands() {
		m := byName[c.menu]
		if m == nil {
			m = fyne.NewMenu(c.menu)
			byName[c.menu] = m
			menus = append(menus, m)
		}
		m.Items = append(m.Items, fyne.NewMenuItem(c.text+"    "+kit.KeyText(c.key), func() { s.guarded(c) }))
	}
	quit := fyne.NewMenuItem("Quit", s.Close)
	quit.IsQuit = true
	file := byName["File"]
	file.Items = append(file.Items, fyne.NewMenuItemSeparator(), quit)
	person := fyne.NewMenu("Therapist")
	return &menu{fyne.NewMainMenu(append(menus, person)...), person}
}

// guarded runs a command unless a sheet is open; then the sheet may want the
// key.
func (s *Shell) guarded(c command) {
	if s.router.SheetOpen() {
		s.router.HandleShortcut(c.key)
		return
	}
	c.do()
}

// people lists the therapists; the one who works is ticked.
func (m *menu) people(s *Shell) {
	m.person.Items = nil
	for _, t := range s.settings.Therapists {
		item := fyne.NewMenuItem(t.Name+", "+t.Credentials, func() { s.switchTo(t.Name, t.Licence) })
		item.Checked = t.Name == s.actor.Name && t.Licence == s.actor.Licence
		m.person.Items = append(m.person.Items, item)
	}
	m.main.Refresh()
}

// switchTo makes another therapist the acting person.
func (s *Shell) switchTo(name, licence string) {
	if s.router.SheetOpen() {
		return
	}
	for _, t := range s.settings.Therapists {
		if t.Name == name && t.Licence == licence {
			s.become(t)
			s.Say("Working as " + t.Name + ".")
			s.Changed()
		}
	}
}
