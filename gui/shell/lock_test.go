package shell

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"backtobar/gui/kit"
	"backtobar/gui/page"
)

// cover stands for the door, which takes the window.
func (b *bench) cover() {
	b.w.SetContent(kit.NewText("Locked", kit.Heading))
	b.w.SetTitle(Title)
}

func TestLockComesBackToTheSameBox(t *testing.T) {
	b := newBench(t, true)
	p := b.addPatient("Alvarez", "Maria", 14)
	b.s.OpenChart(p.ID, page.Screen)
	b.typed("half a wo")
	b.log = nil
	b.shortcut(kit.Ctrl(fyne.KeyL))
	b.cover()
	b.took("locked")
	// Nothing that is pressed now reaches what is behind.
	for _, key := range []fyne.KeyName{fyne.KeyN, fyne.Key0, fyne.Key2, fyne.KeyL, fyne.KeyReturn, fyne.KeyS} {
		b.s.HandleShortcut(kit.Ctrl(key))
	}
	b.s.HandleKey(&fyne.KeyEvent{Name: fyne.KeyF8})
	if len(b.log) != 0 {
		t.Errorf("behind the lock: %q", b.log)
	}
	b.s.Resume()
	if b.w.Title() != "Chart 000001 - Back to Bar" || b.focused() != "First question of Screen" || len(b.log) != 0 {
		t.Fatalf("back in %q on %q, %q", b.w.Title(), b.focused(), b.log)
	}
	b.typed("rd")
	if e := b.w.Canvas().Focused().(*kit.Entry); e.Text != "half a word" {
		t.Errorf("typed %q", e.Text)
	}
}

func TestLockTakesASheetAwayAndPutsItBack(t *testing.T) {
	b := newBench(t, true)
	signed := 0
	(&kit.Sheet{Title: "Sign", Body: kit.NewText("Sign?", kit.Body), Main: "Sign", Do: func() bool { signed++; return true }}).Show(b.s.Router(), b.s.Canvas())
	b.s.HandleShortcut(kit.Ctrl(fyne.KeyL))
	b.cover()
	b.s.HandleShortcut(kit.Ctrl(fyne.KeyReturn))
	if len(b.w.Canvas().Overlays().List()) != 0 || signed != 0 {
		t.Fatalf("%d things are above the lock, signed %d times", len(b.w.Canvas().Overlays().List()), signed)
	}
	b.s.Resume()
	b.s.HandleShortcut(kit.Ctrl(fyne.KeyReturn))
	if signed != 1 || b.s.Router().SheetOpen() {
		t.Errorf("signed %d times, a sheet is open %v", signed, b.s.Router().SheetOpen())
	}
}

func TestAWindowLeftAloneLocks(t *testing.T) {
	b := newBench(t, true)
	runner := b.s.p.Runner
	kit.Stirred()
	ticks := int(b.s.settings.LockAfter()/watchEvery) - 1
	for range ticks {
		runner.Tick()
	}
	if b.s.absence != nil || b.s.status.Said() != "Locking in 30 s. Any key keeps it open." {
		t.Fatalf("5 s before: locked %v, said %q", b.s.absence != nil, b.s.status.Said())
	}
	b.typed("a")
	runner.Tick()
	if b.s.status.Said() != "" {
		t.Errorf("used again it says %q", b.s.status.Said())
	}
	for range ticks {
		runner.Tick()
	}
	if b.s.absence != nil {
		t.Fatal("locked too soon")
	}
	runner.Tick()
	if b.s.absence == nil || !slices.Contains(b.log, "locked") {
		t.Error("not locked")
	}
}

// TestDismiss: a window with typing that nothing keeps waits for its person.
func TestDismiss(t *testing.T) {
	for name, typed := range map[string]string{"typed": "Alva", "nothing typed": ""} {
		b := newBench(t, true)
		b.shortcut(kit.Ctrl(fyne.KeyN))
		b.typed(typed)
		b.s.Lock()
		if b.s.Unkept() != (typed != "") || b.s.Dismiss() != (typed == "") {
			t.Errorf("%s: unkept %v", name, b.s.Unkept())
		}
	}
}
