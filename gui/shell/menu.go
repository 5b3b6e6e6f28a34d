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
	next   *fyne.MenuItem // in person, below the names
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
		item := fyne.NewMenuItem(c.text+"    "+kit.KeyText(c.key), func() { s.guarded(c) })
		if item.IsQuit = c.text == quitText; item.IsQuit {
			m.Items = append(m.Items, fyne.NewMenuItemSeparator())
		}
		m.Items = append(m.Items, item)
	}
	person := byName["Therapist"]
	return &menu{fyne.NewMainMenu(menus...), person, person.Items[0]}
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
	m.person.Items = append(m.person.Items, fyne.NewMenuItemSeparator(), m.next)
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

// nextTherapist makes the next therapist of the list the acting person.
func (s *Shell) nextTherapist() {
	all := s.settings.Therapists
	for i, t := range all {
		if t.Name != s.actor.Name || t.Licence != s.actor.Licence {
			continue
		}
		if len(all) == 1 {
			s.Say("Working as " + t.Name + ". Clinic settings (Ctrl+comma) add another therapist.")
			return
		}
		next := all[(i+1)%len(all)]
		s.switchTo(next.Name, next.Licence)
		return
	}
}
