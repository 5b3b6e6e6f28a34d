package shell

import (
	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
)

// newMenu is the main menu. Each item goes through the router, so that nothing in
// it runs behind an open sheet. The key stands in the words of the item: the
// toolkit's own print of a key is too pale to read, and the router has the keys
// already.
func newMenu(s *Shell) *fyne.MainMenu {
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
	return fyne.NewMainMenu(menus...)
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
